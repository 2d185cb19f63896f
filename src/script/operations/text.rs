//! Texts of some rows in, numbers that stand for them out, and which are the same.

use super::bind::{Read, Text};
use super::block::{Block, Bools, RAISED, of_two};
use crate::data::{BLANK, Codes, UNSCORED, code_of};
use crate::missing::Missing;

impl Block<'_, '_> {
    /// Whether two texts are the same, or are not.
    pub(super) fn same(&self, same: bool, first: &Text, last: &Text) -> Bools {
        let (first, last) = (self.texts(first), self.texts(last));
        let both = first.iter().zip(&last);
        Bools(
            both.map(|(a, b)| match of_two(state_of(*a), state_of(*b)) {
                0 => u8::from((a == b) == same),
                state => state | RAISED,
            })
            .collect(),
        )
    }

    /// Each row's text as the number that stands for it, or a reason as [`Codes`] have it.
    pub(super) fn texts(&self, text: &Text) -> Vec<u32> {
        let gone = |reason| Codes::first_reason() + u32::from(code_of(reason));
        match text {
            Text::Constant(text) => vec![*text; self.rows.len()],
            Text::Gone(reason) => vec![gone(*reason); self.rows.len()],
            Text::OrElse(value, instead) => {
                let (mut values, instead) = (self.texts(value), self.texts(instead));
                for (value, instead) in values.iter_mut().zip(instead) {
                    if state_of(*value) > 0 {
                        *value = instead;
                    }
                }
                values
            }
            Text::Column(at) => match &self.columns[*at] {
                Read::Words(codes, texts) => {
                    let mut codes = self.gather(codes.slice());
                    for code in &mut codes {
                        *code = texts.get(*code as usize).copied().unwrap_or(*code);
                    }
                    codes
                }
                Read::Answers(marks, texts) => {
                    let marks = self.gather(marks.slice());
                    let text = |mark: u8| match mark {
                        UNSCORED => gone(Missing::NotApplicable),
                        BLANK => gone(Missing::NotAvailable),
                        scored => texts[usize::from(scored)],
                    };
                    marks.into_iter().map(text).collect()
                }
                Read::Numbers(..) => unreachable!("columns of numbers are bound as numbers"),
            },
        }
    }
}

/// The state of a text's code.
pub(super) fn state_of(code: u32) -> u8 {
    code.checked_sub(Codes::first_reason())
        .map_or(0, |reason| reason as u8)
}
