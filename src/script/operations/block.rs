//! Typed operations and some rows in, what they give for each row out.
//!
//! A number is a value and a state: 0 for a number, a reason's code for a missing value, and
//! that code with [`RAISED`] where a comparison met a missing value, which ends the row. The
//! first of several to be raised is kept, as rhai reads from left to right.

use super::bind::{Number, Read, Truth};
use super::compare::{above, at_least, differ, equal};
use super::lanes::{self, of_two};
use super::text::state_of;
use super::tree::{Function, Operator};
use super::verdicts::Bools;
use crate::data::{code_of, reason_of};
use crate::missing::Missing;
use crate::rounding::half_up;

use std::borrow::Cow;

/// Added to the code of a reason: the row cannot tell.
pub(super) const RAISED: u8 = 8;

const _: () = assert!(
    Missing::ALL.len() < RAISED as usize,
    "no reason's code has this bit"
);

/// Numbers, one a row: a column's own where nothing was done to them.
pub(in crate::script) struct Nums<'v> {
    values: Cow<'v, [f64]>,
    /// One a row; empty where each row has a number.
    states: Cow<'v, [u8]>,
}

impl Nums<'_> {
    /// The numbers, if each row has one.
    pub(in crate::script) fn all(&self) -> Option<&[f64]> {
        let told = self.states.iter().all(|state| *state == 0);
        told.then_some(&*self.values)
    }

    /// What each row gives.
    pub(in crate::script) fn iter(&self) -> impl Iterator<Item = Result<f64, Missing>> + '_ {
        self.values.iter().enumerate().map(|(row, value)| {
            match self.states.get(row).and_then(|state| why(*state)) {
                Some(reason) => Err(reason),
                None => Ok(*value),
            }
        })
    }

    fn state(&self, row: usize) -> u8 {
        self.states.get(row).copied().unwrap_or(0)
    }
}

/// The reason in a state, raised or not.
pub(super) fn why(state: u8) -> Option<Missing> {
    reason_of(state & (RAISED - 1))
}

/// Numbers of some rows as a comparison reads them: it does the multiplication itself, so that
/// nothing is put down in between.
enum Side<'v> {
    /// One number for all rows.
    One(f64),
    /// Numbers, each times another one that is the same for all.
    Times(Cow<'v, [f64]>, f64),
}

/// Some rows of the columns that a closure reads.
pub(super) struct Block<'b, 't> {
    pub(super) columns: &'b [Read<'t>],
    pub(super) rows: &'b [u32],
    /// Where the rows begin, if they follow one another without a gap.
    from: Option<usize>,
}

impl<'b, 't> Block<'b, 't> {
    /// `rows` ascend, as those of all tables do.
    pub(super) fn new(columns: &'b [Read<'t>], rows: &'b [u32]) -> Self {
        debug_assert!(rows.is_sorted(), "rows of a table ascend");
        let from = match rows {
            [first, .., last] if (last - first) as usize == rows.len() - 1 => Some(*first as usize),
            _ => None,
        };
        Self {
            columns,
            rows,
            from,
        }
    }

    /// The entries of the block's rows.
    pub(super) fn gather<T: Copy>(&self, all: &'t [T]) -> Cow<'t, [T]> {
        match self.from {
            Some(from) => Cow::Borrowed(&all[from..from + self.rows.len()]),
            None => Cow::Owned(self.rows.iter().map(|row| all[*row as usize]).collect()),
        }
    }

    /// Why each of the rows has no number; nothing where each has one.
    fn gaps(&self, all: &'t [u8]) -> Cow<'t, [u8]> {
        if all.is_empty() {
            return Cow::default();
        }
        let gaps = self.gather(all);
        match lanes::bits(&gaps) {
            0 => Cow::default(),
            _ => gaps,
        }
    }

    pub(super) fn numbers(&self, number: &Number) -> Nums<'t> {
        let len = self.rows.len();
        match number {
            Number::Constant(value) => Nums {
                values: vec![*value; len].into(),
                states: Cow::default(),
            },
            Number::Gone(reason) => Nums {
                values: vec![0.0; len].into(),
                states: vec![code_of(*reason); len].into(),
            },
            Number::Column(at) => match &self.columns[*at] {
                Read::Numbers(values, gaps) => Nums {
                    values: self.gather(values),
                    states: self.gaps(gaps),
                },
                Read::Words(..) | Read::Answers(..) => {
                    unreachable!("only columns of numbers are bound as numbers")
                }
            },
            Number::Minus(value) => self.numbers(value).each(|value| -value),
            Number::Two(operator, first, last) => {
                let work: fn(f64, f64) -> f64 = match operator {
                    Operator::Plus => return self.two(first, last, |a, b| a + b),
                    Operator::Minus => return self.two(first, last, |a, b| a - b),
                    Operator::Times => return self.two(first, last, |a, b| a * b),
                    Operator::Over => return self.two(first, last, |a, b| a / b),
                    _ => |a, b| a % b,
                };
                self.two(first, last, work)
            }
            Number::Clamp(three) => {
                let [value, low, high] = &**three;
                let raised = paired(self.numbers(value), self.numbers(low), f64::max);
                paired(raised, self.numbers(high), f64::min)
            }
            Number::Round(value, places) => {
                self.numbers(value).each(|value| half_up(value, *places))
            }
            Number::If(condition, yes, no) => self.either(
                &self.truths(condition),
                &self.numbers(yes),
                &self.numbers(no),
            ),
            Number::Call(function, first, last) => match function {
                // As rhai has them, of which f64's differ where one is no number.
                Function::Min => self.two(first, last, |a, b| if a <= b { a } else { b }),
                Function::Max => self.two(first, last, |a, b| if a >= b { a } else { b }),
                Function::Rate => self.rate(first, last, 1.0),
                Function::Percent => self.rate(first, last, 100.0),
                _ => self.or_else(first, last),
            },
        }
    }

    fn two(&self, first: &Number, last: &Number, work: impl Fn(f64, f64) -> f64) -> Nums<'t> {
        // A constant beside a column is not spread out over the rows.
        if let Number::Constant(last) = last {
            return self.numbers(first).each(|a| work(a, *last));
        }
        if let Number::Constant(first) = first {
            return self.numbers(last).each(|b| work(*first, b));
        }
        paired(self.numbers(first), self.numbers(last), work)
    }

    /// `part ÷ whole`: nothing of nothing, and anything of nothing, is not applicable.
    fn rate(&self, part: &Number, whole: &Number, times: f64) -> Nums<'t> {
        let (part, whole) = (self.numbers(part), self.numbers(whole));
        let mut values = Vec::with_capacity(part.values.len());
        let mut states = states_of_two(part.states, whole.states).into_owned();
        for (row, (part, whole)) in part.values.iter().zip(&*whole.values).enumerate() {
            let told = states.get(row).is_none_or(|state| *state == 0);
            if told && *part == 0.0 && *whole == 0.0 {
                states.resize(self.rows.len(), 0);
                states[row] = code_of(Missing::NotApplicable);
                values.push(0.0);
            } else {
                values.push(part / whole * times);
            }
        }
        Nums {
            values: values.into(),
            states: states.into(),
        }
    }

    fn or_else(&self, value: &Number, instead: &Number) -> Nums<'t> {
        let (value, instead) = (self.numbers(value), self.numbers(instead));
        if value.states.is_empty() && instead.states.is_empty() {
            return value;
        }
        let (mut values, mut states) = (value.values.into_owned(), value.states.into_owned());
        states.resize(self.rows.len(), 0);
        for row in 0..self.rows.len() {
            let (own, other) = (states[row], instead.state(row));
            if own < RAISED && other >= RAISED {
                states[row] = other;
            } else if own > 0 && own < RAISED {
                states[row] = other;
                values[row] = instead.values[row];
            }
        }
        Nums {
            values: values.into(),
            states: states.into(),
        }
    }

    fn either(&self, condition: &Bools, yes: &Nums, no: &Nums) -> Nums<'t> {
        let choose = |(row, verdict): (usize, &u8)| match verdict {
            0 => (no.values[row], no.state(row)),
            1 => (yes.values[row], yes.state(row)),
            raised => (0.0, *raised),
        };
        let chosen = condition.0.iter().enumerate().map(choose);
        let (values, states): (Vec<f64>, Vec<u8>) = chosen.unzip();
        Nums {
            values: values.into(),
            states: states.into(),
        }
    }

    pub(super) fn truths(&self, truth: &Truth) -> Bools {
        let len = self.rows.len();
        match truth {
            Truth::Constant(truth) => Bools(vec![u8::from(*truth); len]),
            Truth::Compare(operator, first, last) => match operator {
                Operator::Is => self.compare(first, last, equal),
                Operator::IsNot => self.compare(first, last, differ),
                Operator::Above => self.compare(first, last, above),
                Operator::Below => self.compare(first, last, |a, b| above(b, a)),
                Operator::AtLeast => self.compare(first, last, at_least),
                _ => self.compare(first, last, |a, b| at_least(b, a)),
            },
            Truth::Same(same, first, last) => self.same(*same, first, last),
            Truth::IsMissing(number) => {
                let numbers = self.numbers(number);
                Bools((0..len).map(|row| is_missing(numbers.state(row))).collect())
            }
            Truth::IsMissingText(text) => {
                let codes = self.texts(text);
                Bools(lanes::of_each(&codes, |code| is_missing(state_of(code))))
            }
            Truth::Not(truth) => {
                let mut verdicts = self.truths(truth);
                verdicts
                    .0
                    .iter_mut()
                    .for_each(|one| *one ^= u8::from(*one <= 1));
                verdicts
            }
            Truth::All(terms) => self.settled(terms, 1),
            Truth::Any(terms) => self.settled(terms, 0),
            Truth::If(condition, yes, no) => {
                let mut verdicts = self.truths(condition);
                let (yes, no) = (self.truths(yes), self.truths(no));
                for (row, verdict) in verdicts.0.iter_mut().enumerate() {
                    *verdict = match *verdict {
                        0 => no.0[row],
                        1 => yes.0[row],
                        raised => raised,
                    };
                }
                verdicts
            }
        }
    }

    /// `and` goes on while terms are true, `or` while they are false.
    fn settled(&self, terms: &[Truth], while_it_is: u8) -> Bools {
        let Some((first, others)) = terms.split_first() else {
            return Bools(vec![while_it_is; self.rows.len()]);
        };
        let mut verdicts = self.truths(first);
        for term in others {
            lanes::go_on(&mut verdicts.0, &self.truths(term).0, while_it_is);
        }
        verdicts
    }

    /// A side of a comparison, and why rows have no number there.
    fn side(&self, number: &Number) -> (Side<'t>, Cow<'t, [u8]>) {
        let times = |number: &Number, times: f64| {
            let Nums { values, states } = self.numbers(number);
            (Side::Times(values, times), states)
        };
        match number {
            Number::Constant(value) => (Side::One(*value), Cow::default()),
            Number::Two(Operator::Times, first, last) => match (&**first, &**last) {
                (Number::Constant(first), last) => times(last, *first),
                (first, Number::Constant(last)) => times(first, *last),
                _ => times(number, 1.0),
            },
            _ => times(number, 1.0),
        }
    }

    fn compare(&self, first: &Number, last: &Number, holds: impl Fn(f64, f64) -> bool) -> Bools {
        let holds = |a: f64, b: f64| u8::from(holds(a, b));
        let (first, of_first) = self.side(first);
        let (last, of_last) = self.side(last);
        let mut verdicts = match (&first, &last) {
            (Side::One(a), Side::One(b)) => vec![holds(*a, *b); self.rows.len()],
            (Side::One(a), Side::Times(b, k)) => lanes::of_each(b, |b| holds(*a, b * k)),
            (Side::Times(a, k), Side::One(b)) => lanes::of_each(a, |a| holds(a * k, *b)),
            (Side::Times(a, k), Side::Times(b, l)) => match (*k, *l) {
                (1.0, 1.0) => lanes::of_both(a, b, holds),
                (1.0, l) => lanes::of_both(a, b, |a, b| holds(a, b * l)),
                (k, l) => lanes::of_both(a, b, |a, b| holds(a * k, b * l)),
            },
        };
        let states = states_of_two(of_first, of_last);
        if !states.is_empty() {
            lanes::raise(&mut verdicts, &states);
        }
        Bools(verdicts)
    }
}

impl<'v> Nums<'v> {
    /// Something done to each number.
    fn each(self, work: impl Fn(f64) -> f64) -> Nums<'v> {
        let values: Vec<f64> = match self.values {
            Cow::Borrowed(values) => values.iter().map(|value| work(*value)).collect(),
            Cow::Owned(mut values) => {
                values.iter_mut().for_each(|value| *value = work(*value));
                values
            }
        };
        Nums {
            values: values.into(),
            states: self.states,
        }
    }
}

/// Two numbers a row made one.
fn paired<'v>(first: Nums<'v>, last: Nums<'v>, work: impl Fn(f64, f64) -> f64) -> Nums<'v> {
    let values: Vec<f64> = match first.values {
        Cow::Borrowed(values) => {
            let both = values.iter().zip(&*last.values);
            both.map(|(a, b)| work(*a, *b)).collect()
        }
        Cow::Owned(mut values) => {
            let both = values.iter_mut().zip(&*last.values);
            both.for_each(|(a, b)| *a = work(*a, *b));
            values
        }
    };
    Nums {
        values: values.into(),
        states: states_of_two(first.states, last.states),
    }
}

fn states_of_two<'v>(first: Cow<'v, [u8]>, last: Cow<'v, [u8]>) -> Cow<'v, [u8]> {
    if first.is_empty() {
        return last;
    }
    if last.is_empty() {
        return first;
    }
    Cow::Owned(lanes::of_both(&first, &last, of_two))
}

fn is_missing(state: u8) -> u8 {
    if state >= RAISED {
        state
    } else {
        u8::from(state > 0)
    }
}
