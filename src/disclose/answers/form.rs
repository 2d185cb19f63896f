//! Counts of answers in, parts of them out: the forms in which answers are split, and which of
//! them a group's answers allow.

use super::COARSE;
use super::room::hides_single_answers;
use crate::disclose::threshold::FURTHER_VALUES;
use crate::national::is_one_or_two;
use std::ops::Range;

/// Whether all, or all but one, gave the same answer. The whole council may, from 50
/// answers up.
pub(in crate::disclose) fn alike(counts: &[u32], whole: bool) -> bool {
    let answered: u32 = counts.iter().sum();
    let most = counts.iter().max().copied().unwrap_or(0);
    most + 1 >= answered && !(whole && answered >= COARSE)
}

/// The lower half, the middle if there is one, and the upper half; as they are where there
/// are three or fewer.
pub(in crate::disclose) fn coarse(counts: &[u32]) -> Vec<u32> {
    parts(counts.len())
        .iter()
        .map(|part| counts[part.clone()].iter().sum())
        .collect()
}

pub(super) fn parts(answers: usize) -> Vec<Range<usize>> {
    let half = answers / 2;
    match answers {
        0..=3 => (0..answers).map(|index| index..index + 1).collect(),
        _ if answers.is_multiple_of(2) => vec![0..half, half..answers],
        _ => vec![0..half, half..half + 1, half + 1..answers],
    }
}

/// The coarse part into which the answer at `index` of so many falls.
pub(in crate::disclose) fn part_of(index: usize, answers: usize) -> usize {
    parts(answers)
        .iter()
        .position(|part| part.contains(&index))
        .unwrap_or(0)
}

/// How far answers are split.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::disclose) enum Form {
    /// Answer by answer.
    Fine,
    /// The lower half, the middle, the upper half.
    Coarse,
    /// The upper half, and everything below it.
    Upper,
    /// The lower half, and everything above it.
    Lower,
    /// Not at all.
    #[default]
    None,
}

impl Form {
    /// From the finest down.
    pub(super) const ALL: [Form; 5] = [
        Form::Fine,
        Form::Coarse,
        Form::Upper,
        Form::Lower,
        Form::None,
    ];

    /// The answers of each part.
    pub(super) fn parts(self, answers: usize) -> Vec<Range<usize>> {
        let coarse = parts(answers);
        match (self, coarse.as_slice()) {
            (Form::Fine, _) => (0..answers).map(|index| index..index + 1).collect(),
            (Form::Coarse, _) => coarse,
            (Form::Upper, [low, _, high]) => vec![low.start..high.start, high.clone()],
            (Form::Lower, [low, _, high]) => vec![low.clone(), low.end..high.end],
            (Form::Upper | Form::Lower | Form::None, _) => Vec::new(),
        }
    }

    /// The number in each part.
    pub(super) fn split(self, counts: &[u32]) -> Vec<u32> {
        self.parts(counts.len())
            .into_iter()
            .map(|part| counts[part].iter().sum())
            .collect()
    }

    /// Whether a split in this form can be worked out from one in the other.
    pub(super) fn follows_from(self, other: Form) -> bool {
        match self {
            Form::Fine => other == Form::Fine,
            Form::Coarse => matches!(other, Form::Fine | Form::Coarse),
            Form::Upper | Form::Lower => {
                other == self || matches!(other, Form::Fine | Form::Coarse)
            }
            Form::None => true,
        }
    }

    /// Whether it tells how many gave an answer of the upper half.
    pub(in crate::disclose) fn tells_upper(self) -> bool {
        !matches!(self, Form::Lower | Form::None)
    }

    /// Whether bands may be told in this form: no part of one or two people, or of fewer than
    /// four where groups are withheld, none of several bands that has one to three people, and not
    /// all in one band. Beside them it is told how many hold more than the third: forms that merge
    /// the middle say nothing else.
    pub(in crate::disclose) fn fits_bands(self, counts: &[u32], strict: bool) -> bool {
        let small = |(people, part): (u32, &Range<usize>)| {
            (strict && people < SAFE_PART)
                || is_one_or_two(people)
                || (part.len() > 1 && (1..SAFE_PART).contains(&people))
        };
        let parts = self.parts(counts.len());
        let split = self.split(counts);
        match self {
            Form::None => true,
            Form::Upper | Form::Lower => false,
            Form::Fine | Form::Coarse => {
                !split.into_iter().zip(&parts).any(small)
                    && !alike(counts, false)
                    && !alike(&coarse(counts), false)
            }
        }
    }

    /// Whether counts may be split in this form: no part of one or two people, where parts
    /// are merged or groups withheld none of fewer than four, and no part of several answers
    /// of which one could have had fewer than five numbers.
    pub(super) fn fits(self, counts: &[u32], strict: bool) -> bool {
        let merged = matches!(self, Form::Upper | Form::Lower);
        let split = self.split(counts);
        let small = |people: &u32| {
            if strict || merged {
                *people < SAFE_PART
            } else {
                is_one_or_two(*people)
            }
        };
        self == Form::None
            || (!split.is_empty()
                && !split.iter().any(small)
                && hides_single_answers(counts, &self.parts(counts.len())))
    }
}

/// People in a part so that a withheld group's share of them may have five values.
const SAFE_PART: u32 = FURTHER_VALUES as u32;
