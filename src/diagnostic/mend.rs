//! Faults in; the changes that may be made to a file unasked out, none touching another.

use super::{Diagnostics, Replacement};

impl Diagnostics {
    /// The safe replacements in a file, in order of place. Of two that touch the same words
    /// the first is kept: the other may hold no more once it is made.
    pub fn safe_in(&self, file: &str) -> Vec<Replacement> {
        let mut all: Vec<&Replacement> = self
            .iter()
            .filter_map(super::Diagnostic::replacement)
            .filter(|typed| typed.is_safe() && typed.place.source.name() == file)
            .collect();
        all.sort_by_key(|typed| typed.place.span);
        let mut kept: Vec<Replacement> = Vec::new();
        for typed in all {
            let apart = kept.last().is_none_or(|last| {
                last.place.span.end <= typed.place.span.start && last.place.span != typed.place.span
            });
            if apart {
                kept.push(typed.clone());
            }
        }
        kept
    }
}
