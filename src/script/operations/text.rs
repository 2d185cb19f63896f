//! Texts of some rows in, numbers that stand for them out, and which are the same.

use super::bind::{Read, Text};
use super::block::{Block, RAISED};
use super::lanes::{self, of_two};
use super::verdicts::Bools;
use crate::data::{BLANK, CodeSlice, Codes, UNSCORED, code_of};
use crate::missing::Missing;
use std::borrow::Cow;

impl<'t> Block<'_, 't> {
    /// Whether two texts are the same, or are not.
    pub(super) fn same(&self, same: bool, first: &Text, last: &Text) -> Bools {
        match (first, last) {
            (Text::Column(column), Text::Constant(text))
            | (Text::Constant(text), Text::Column(column)) => {
                if let Some(verdicts) = self.same_as(same, *column, *text) {
                    return verdicts;
                }
            }
            _ => {}
        }
        let (first, last) = (self.texts(first), self.texts(last));
        Bools(lanes::of_both(&first, &last, |a, b| {
            match of_two(state_of(a), state_of(b)) {
                0 => u8::from((a == b) == same),
                state => state | RAISED,
            }
        }))
    }

    /// Whether a column's texts are one text, or are not, without a look at the others; `None`
    /// where several of its codes stand for that text.
    fn same_as(&self, same: bool, column: usize, text: u32) -> Option<Bools> {
        let (codes, texts) = match &self.columns[column] {
            Read::Words(codes, texts) => (codes, texts),
            Read::Answers(..) | Read::Numbers(..) => return None,
        };
        let mut its = (0_u32..).zip(texts).filter(|(_, own)| **own == text);
        // No row has the code of no word and no reason.
        let code = its
            .next()
            .map_or(Codes::first_reason() - 1, |(code, _)| code);
        if its.next().is_some() {
            return None;
        }
        let own = self.codes(codes);
        let otherwise = u8::from(!same);
        let mut verdicts = lanes::of_each(&own, |own| u8::from(own == code) ^ otherwise);
        // The codes of words have fewer bits than that of any reason.
        if lanes::bits_of_codes(&own) >= Codes::first_reason() {
            for (verdict, own) in verdicts.iter_mut().zip(&*own) {
                match state_of(*own) {
                    0 => {}
                    state => *verdict = state | RAISED,
                }
            }
        }
        Some(Bools(verdicts))
    }

    /// Each row's code.
    fn codes(&self, codes: &'t Codes) -> Cow<'t, [u32]> {
        match codes.slice() {
            CodeSlice::Wide(all) => self.gather(all),
            CodeSlice::Narrow(all) => {
                let narrow = self.gather(all);
                narrow.iter().map(|code| Codes::widened(*code)).collect()
            }
        }
    }

    /// Each row's text as the number that stands for it, or a reason as [`Codes`] have it.
    pub(super) fn texts(&self, text: &Text) -> Cow<'t, [u32]> {
        let gone = |reason| Codes::first_reason() + u32::from(code_of(reason));
        match text {
            Text::Constant(text) => vec![*text; self.rows.len()].into(),
            Text::Gone(reason) => vec![gone(*reason); self.rows.len()].into(),
            Text::OrElse(value, instead) => {
                let (mut values, instead) = (self.texts(value).into_owned(), self.texts(instead));
                for (value, instead) in values.iter_mut().zip(&*instead) {
                    if state_of(*value) > 0 {
                        *value = *instead;
                    }
                }
                values.into()
            }
            Text::Column(at) => match &self.columns[*at] {
                Read::Words(codes, texts) => {
                    let text = |code: &u32| texts.get(*code as usize).copied().unwrap_or(*code);
                    self.codes(codes).iter().map(text).collect()
                }
                Read::Answers(marks, texts) => {
                    let marks = self.gather(marks.slice());
                    let text = |mark: u8| match mark {
                        UNSCORED => gone(Missing::NotApplicable),
                        BLANK => gone(Missing::NotAvailable),
                        scored => texts[usize::from(scored)],
                    };
                    marks.iter().map(|mark| text(*mark)).collect()
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
