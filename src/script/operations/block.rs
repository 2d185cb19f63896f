//! Typed operations and some rows in, what they give for each row out.
//!
//! A number is a value and a state: 0 for a number, a reason's code for a missing value, and
//! that code with [`RAISED`] where a comparison met a missing value, which ends the row. The
//! first of several to be raised is kept, as rhai reads from left to right.

use super::bind::{Number, Read, Truth};
use super::compare::{above, at_least, differ, equal};
use super::text::state_of;
use super::tree::{Function, Operator};
use crate::data::{code_of, reason_of};
use crate::missing::Missing;
use crate::script::library::numbers::half_up;

/// Added to the code of a reason: the row cannot tell.
pub(super) const RAISED: u8 = 8;

/// Numbers, one a row.
pub(in crate::script) struct Nums {
    values: Vec<f64>,
    /// One a row; empty where each row has a number.
    states: Vec<u8>,
}

/// Verdicts, one a row: 0 for false, 1 for true, else [`RAISED`] with a reason's code.
pub(in crate::script) struct Bools(pub(super) Vec<u8>);

impl Nums {
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

impl Bools {
    /// What each row gives.
    pub(in crate::script) fn iter(&self) -> impl Iterator<Item = Result<bool, Missing>> + '_ {
        self.0.iter().map(|verdict| match verdict {
            0 => Ok(false),
            1 => Ok(true),
            raised => Err(why(*raised).unwrap_or(Missing::NotAvailable)),
        })
    }
}

/// The reason in a state, raised or not.
fn why(state: u8) -> Option<Missing> {
    reason_of(state & (RAISED - 1))
}

/// The state of two values, the first read first.
pub(super) fn of_two(first: u8, last: u8) -> u8 {
    if first >= RAISED {
        first
    } else if last >= RAISED {
        last
    } else {
        first.max(last)
    }
}

/// Some rows of the columns that a closure reads.
pub(super) struct Block<'b, 't> {
    pub(super) columns: &'b [Read<'t>],
    pub(super) rows: &'b [u32],
    /// Where the rows begin, if they follow one another without a gap.
    from: Option<usize>,
}

impl<'b, 't> Block<'b, 't> {
    pub(super) fn new(columns: &'b [Read<'t>], rows: &'b [u32]) -> Self {
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
    pub(super) fn gather<T: Copy>(&self, all: &[T]) -> Vec<T> {
        match self.from {
            Some(from) => all[from..from + self.rows.len()].to_vec(),
            None => self.rows.iter().map(|row| all[*row as usize]).collect(),
        }
    }

    pub(super) fn numbers(&self, number: &Number) -> Nums {
        let len = self.rows.len();
        match number {
            Number::Constant(value) => Nums {
                values: vec![*value; len],
                states: Vec::new(),
            },
            Number::Gone(reason) => Nums {
                values: vec![0.0; len],
                states: vec![code_of(*reason); len],
            },
            Number::Column(at) => match &self.columns[*at] {
                Read::Numbers(values, gaps) => Nums {
                    values: self.gather(values),
                    states: if gaps.is_empty() {
                        Vec::new()
                    } else {
                        self.gather(gaps)
                    },
                },
                Read::Words(..) | Read::Answers(..) => {
                    unreachable!("only columns of numbers are bound as numbers")
                }
            },
            Number::Minus(value) => {
                let mut value = self.numbers(value);
                value.values.iter_mut().for_each(|value| *value = -*value);
                value
            }
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
                let mut value = self.numbers(value);
                for value in &mut value.values {
                    *value = half_up(*value, *places);
                }
                value
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

    fn two(&self, first: &Number, last: &Number, work: impl Fn(f64, f64) -> f64) -> Nums {
        // A constant beside a column is not spread out over the rows.
        if let Number::Constant(last) = last {
            let mut first = self.numbers(first);
            first.values.iter_mut().for_each(|a| *a = work(*a, *last));
            return first;
        }
        if let Number::Constant(first) = first {
            let mut last = self.numbers(last);
            last.values.iter_mut().for_each(|b| *b = work(*first, *b));
            return last;
        }
        paired(self.numbers(first), self.numbers(last), work)
    }

    /// `part ÷ whole`: nothing of nothing, and anything of nothing, is not applicable.
    fn rate(&self, part: &Number, whole: &Number, times: f64) -> Nums {
        let (part, whole) = (self.numbers(part), self.numbers(whole));
        let mut rates = Nums {
            values: Vec::with_capacity(part.values.len()),
            states: states_of_two(part.states, whole.states),
        };
        for (row, (part, whole)) in part.values.iter().zip(&whole.values).enumerate() {
            let told = rates.states.get(row).is_none_or(|state| *state == 0);
            if told && *whole == 0.0 {
                rates.states.resize(self.rows.len(), 0);
                rates.states[row] = code_of(Missing::NotApplicable);
                rates.values.push(0.0);
            } else {
                rates.values.push(part / whole * times);
            }
        }
        rates
    }

    fn or_else(&self, value: &Number, instead: &Number) -> Nums {
        let (mut value, instead) = (self.numbers(value), self.numbers(instead));
        if value.states.is_empty() && instead.states.is_empty() {
            return value;
        }
        value.states.resize(self.rows.len(), 0);
        for row in 0..self.rows.len() {
            let (own, other) = (value.states[row], instead.state(row));
            if own < RAISED && other >= RAISED {
                value.states[row] = other;
            } else if own > 0 && own < RAISED {
                value.states[row] = other;
                value.values[row] = instead.values[row];
            }
        }
        value
    }

    fn either(&self, condition: &Bools, yes: &Nums, no: &Nums) -> Nums {
        let mut chosen = Nums {
            values: Vec::with_capacity(self.rows.len()),
            states: Vec::with_capacity(self.rows.len()),
        };
        for (row, verdict) in condition.0.iter().enumerate() {
            let (value, state) = match verdict {
                0 => (no.values[row], no.state(row)),
                1 => (yes.values[row], yes.state(row)),
                raised => (0.0, *raised),
            };
            chosen.values.push(value);
            chosen.states.push(state);
        }
        chosen
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
                Bools(
                    codes
                        .into_iter()
                        .map(|code| is_missing(state_of(code)))
                        .collect(),
                )
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
        let mut verdicts = Bools(vec![while_it_is; self.rows.len()]);
        for term in terms {
            let term = self.truths(term);
            for (verdict, next) in verdicts.0.iter_mut().zip(term.0) {
                *verdict = if *verdict == while_it_is {
                    next
                } else {
                    *verdict
                };
            }
        }
        verdicts
    }

    fn compare(&self, first: &Number, last: &Number, holds: impl Fn(f64, f64) -> bool) -> Bools {
        let (first, last) = match last {
            Number::Constant(last) => {
                let first = self.numbers(first);
                let verdicts = first.values.iter().map(|a| u8::from(holds(*a, *last)));
                return raised(verdicts.collect(), &first.states);
            }
            _ => (self.numbers(first), self.numbers(last)),
        };
        let both = first.values.iter().zip(&last.values);
        let verdicts = both.map(|(a, b)| u8::from(holds(*a, *b))).collect();
        raised(verdicts, &states_of_two(first.states, last.states))
    }
}

/// Two numbers a row made one.
fn paired(mut first: Nums, last: Nums, work: impl Fn(f64, f64) -> f64) -> Nums {
    for (a, b) in first.values.iter_mut().zip(&last.values) {
        *a = work(*a, *b);
    }
    first.states = states_of_two(first.states, last.states);
    first
}

fn states_of_two(mut first: Vec<u8>, last: Vec<u8>) -> Vec<u8> {
    if first.is_empty() {
        return last;
    }
    for (first, last) in first.iter_mut().zip(last) {
        *first = of_two(*first, last);
    }
    first
}

/// A comparison with a missing value cannot be told.
fn raised(mut verdicts: Vec<u8>, states: &[u8]) -> Bools {
    for (verdict, state) in verdicts.iter_mut().zip(states) {
        if *state > 0 {
            *verdict = *state | RAISED;
        }
    }
    Bools(verdicts)
}

fn is_missing(state: u8) -> u8 {
    if state >= RAISED {
        state
    } else {
        u8::from(state > 0)
    }
}
