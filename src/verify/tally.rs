//! What was worked out again, counted by kind, and told in sentences.

use super::span::Span;
use super::{Difference, Verification};
use crate::publication::Figure;

/// Counts by kind, in the order in which kinds were met.
#[derive(Default)]
pub(super) struct Tally {
    kinds: Vec<(&'static str, Counts)>,
    /// How many of a kind could not be worked out for another reason than that figures are
    /// not there: kind, reason, how many.
    beyond: Vec<(&'static str, &'static str, usize)>,
    differences: Vec<Difference>,
}

#[derive(Default)]
struct Counts {
    right: usize,
    wrong: usize,
    cannot: usize,
}

impl Tally {
    fn counts(&mut self, kind: &'static str) -> &mut Counts {
        let at = match self.kinds.iter().position(|(known, _)| *known == kind) {
            Some(at) => at,
            None => {
                self.kinds.push((kind, Counts::default()));
                self.kinds.len() - 1
            }
        };
        &mut self.kinds[at].1
    }

    /// Notes whether something is as it should be.
    pub(super) fn check(
        &mut self,
        kind: &'static str,
        holds: bool,
        figure: impl FnOnce() -> String,
        published: impl Into<String>,
        recomputed: impl Into<String>,
    ) {
        let counts = self.counts(kind);
        if holds {
            counts.right += 1;
            return;
        }
        counts.wrong += 1;
        self.differences.push(Difference {
            file: "results.json".into(),
            figure: figure(),
            published: published.into(),
            recomputed: recomputed.into(),
        });
    }

    /// Notes whether a printed number can be what it was worked out to be, or that there is
    /// nothing to compare.
    pub(super) fn number(
        &mut self,
        kind: &'static str,
        figure: impl FnOnce() -> String,
        published: &Figure,
        recomputed: Option<Span>,
    ) {
        match (Span::of(published), recomputed) {
            (Some(span), Some(again)) => self.check(
                kind,
                span.meets(again),
                figure,
                published.text.as_str(),
                again.words(),
            ),
            _ => self.cannot(kind),
        }
    }

    /// Notes that something could not be worked out from what is published.
    pub(super) fn cannot(&mut self, kind: &'static str) {
        self.counts(kind).cannot += 1;
    }

    /// The same, for a reason of its own.
    pub(super) fn beyond(&mut self, kind: &'static str, why: &'static str) {
        let known = self
            .beyond
            .iter_mut()
            .find(|(other, reason, _)| *other == kind && *reason == why);
        match known {
            Some((_, _, many)) => *many += 1,
            None => self.beyond.push((kind, why, 1)),
        }
    }

    /// All of it in sentences.
    pub(super) fn told(self) -> Verification {
        let mut told = Verification {
            differences: self.differences,
            ..Verification::default()
        };
        for (kind, counts) in self.kinds {
            let of = counts.right + counts.wrong;
            if of > 0 {
                told.verified
                    .push(format!("{kind}: {} of {of}", counts.right));
            }
            if counts.cannot > 0 {
                told.not_verified.push(format!(
                    "{kind}: {}, for figures that are withheld or not there",
                    counts.cannot
                ));
            }
        }
        for (kind, why, many) in self.beyond {
            told.not_verified.push(format!("{kind}: {many}, {why}"));
        }
        told
    }
}
