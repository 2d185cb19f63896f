//! An expression and a table in, typed operations on the table's columns out, or nothing
//! where a part of it has no type that is the same in every row.

use super::tree::{Expression, Function, Operator};
use crate::data::{Codes, Column, Marks, Table};
use crate::missing::Missing;
use crate::script::library::numbers::places_of;
use rhai::{Dynamic, ImmutableString};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Operations that give a number a row.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Constant(f64),
    /// A column without a value in any row.
    Gone(Missing),
    /// A column of numbers, by its place among those bound.
    Column(usize),
    Minus(Box<Number>),
    Two(Operator, Box<Number>, Box<Number>),
    Call(Function, Box<Number>, Box<Number>),
    Clamp(Box<[Number; 3]>),
    /// Rounded to so many places, halves up.
    Round(Box<Number>, u32),
    If(Box<Truth>, Box<Number>, Box<Number>),
}

/// Operations that give true or false a row.
#[derive(Debug, Clone)]
pub(super) enum Truth {
    Constant(bool),
    Compare(Operator, Box<Number>, Box<Number>),
    /// Whether two texts are the same, or are not.
    Same(bool, Text, Text),
    IsMissing(Box<Number>),
    IsMissingText(Text),
    Not(Box<Truth>),
    All(Vec<Truth>),
    Any(Vec<Truth>),
    If(Box<Truth>, Box<Truth>, Box<Truth>),
}

/// A text a row, as a number that stands for it.
#[derive(Debug, Clone)]
pub(super) enum Text {
    Constant(u32),
    Gone(Missing),
    Column(usize),
    OrElse(Box<Text>, Box<Text>),
}

/// A column as operations read it.
pub(super) enum Read<'t> {
    Numbers(&'t [f64], &'t [u8]),
    /// Each row's code, and the text that each code stands for.
    Words(&'t Codes, Vec<u32>),
    /// Each row's mark, and the text that each scored answer stands for.
    Answers(&'t Marks, Vec<u32>),
}

/// What a closure gives.
pub(super) enum Typed {
    Number(Number),
    Truth(Truth),
}

/// Whether a number is rhai's decimal or could be one of its whole ones, which divide in
/// another way; if so, how large at most.
pub(super) type Kind = Option<f64>;

/// Beyond this a whole number could overflow, or differ from the decimal that stands for it.
const LARGEST: f64 = (1_u64 << 50) as f64;

/// What any part of a closure is.
enum Part {
    Number(Number, Kind),
    Truth(Truth),
    Text(Text),
}

/// A table's columns, as far as a closure reads them, and what its names stand for.
pub(super) struct Bound<'t> {
    table: &'t Table,
    row: String,
    constants: &'t BTreeMap<String, Dynamic>,
    known: BTreeMap<String, Dynamic>,
    columns: Vec<Read<'t>>,
    by_name: BTreeMap<String, usize>,
    /// Every text that is met, each with a number of its own.
    texts: BTreeMap<Arc<str>, u32>,
}

impl<'t> Bound<'t> {
    pub(super) fn new(
        table: &'t Table,
        row: &str,
        constants: &'t BTreeMap<String, Dynamic>,
    ) -> Self {
        Self {
            table,
            row: row.to_owned(),
            constants,
            known: BTreeMap::new(),
            columns: Vec::new(),
            by_name: BTreeMap::new(),
            texts: BTreeMap::new(),
        }
    }

    /// A captured name and its value.
    pub(super) fn know(&mut self, name: &str, value: Dynamic) {
        self.known.insert(name.to_owned(), value);
    }

    pub(super) fn columns(&self) -> &[Read<'t>] {
        &self.columns
    }

    /// The operations that give what the expression gives.
    pub(super) fn bind(&mut self, expression: &Expression) -> Option<Typed> {
        match self.part(expression)? {
            Part::Number(number, _) => Some(Typed::Number(number)),
            Part::Truth(truth) => Some(Typed::Truth(truth)),
            Part::Text(_) => None,
        }
    }

    fn part(&mut self, expression: &Expression) -> Option<Part> {
        Some(match expression {
            Expression::Decimal(number) => Part::Number(Number::Constant(*number), None),
            Expression::Whole(number) => whole(*number)?,
            Expression::Truth(truth) => Part::Truth(Truth::Constant(*truth)),
            Expression::Text(text) => Part::Text(Text::Constant(self.text(text))),
            Expression::Name(name) => self.name(name)?,
            Expression::Column(row, column) => self.column(row, column)?,
            Expression::Not(value) => Part::Truth(Truth::Not(self.truth(value)?.into())),
            Expression::Minus(value) => {
                match self.number(value)? {
                    // A whole 0 has no sign.
                    (Number::Constant(value), Some(kind)) => {
                        Part::Number(Number::Constant(0.0 - value), Some(kind))
                    }
                    (_, Some(_)) => return None,
                    (number, None) => Part::Number(Number::Minus(number.into()), None),
                }
            }
            Expression::Two(operator, first, last) => self.two(*operator, first, last)?,
            Expression::All(terms) => Part::Truth(Truth::All(self.truths(terms)?)),
            Expression::Any(terms) => Part::Truth(Truth::Any(self.truths(terms)?)),
            Expression::If(parts) => {
                let [condition, yes, no] = &**parts;
                self.either(condition, yes, no)?
            }
            Expression::Call(function, values) => self.call(*function, values)?,
        })
    }

    fn number(&mut self, expression: &Expression) -> Option<(Number, Kind)> {
        match self.part(expression)? {
            Part::Number(number, kind) => Some((number, kind)),
            Part::Truth(_) | Part::Text(_) => None,
        }
    }

    fn truth(&mut self, expression: &Expression) -> Option<Truth> {
        match self.part(expression)? {
            Part::Truth(truth) => Some(truth),
            Part::Number(..) | Part::Text(_) => None,
        }
    }

    fn truths(&mut self, expressions: &[Expression]) -> Option<Vec<Truth>> {
        expressions.iter().map(|term| self.truth(term)).collect()
    }

    /// The number that stands for a text.
    fn text(&mut self, text: &str) -> u32 {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let next = u32::try_from(self.texts.len()).expect("fewer texts than rows");
        self.texts.insert(text.into(), next);
        next
    }

    /// rhai asks for a constant first, whatever else has its name.
    fn name(&mut self, name: &str) -> Option<Part> {
        let value = self.constants.get(name).or_else(|| self.known.get(name))?;
        if let Ok(number) = value.as_float() {
            return Some(Part::Number(Number::Constant(number), None));
        }
        if let Ok(number) = value.as_int() {
            return whole(number);
        }
        if let Ok(truth) = value.as_bool() {
            return Some(Part::Truth(Truth::Constant(truth)));
        }
        let text = value.read_lock::<ImmutableString>()?.to_string();
        Some(Part::Text(Text::Constant(self.text(&text))))
    }

    fn column(&mut self, row: &str, name: &str) -> Option<Part> {
        let is_row = row == self.row && !self.constants.contains_key(row);
        if !is_row || !self.table.knows(name) {
            return None;
        }
        let table: &'t Table = self.table;
        let Some(column) = table.column(name) else {
            // Missing throughout, beside a text as beside a number.
            return Some(Part::Number(Number::Gone(Missing::NotAvailable), None));
        };
        let at = match self.by_name.get(name) {
            Some(at) => *at,
            None => {
                let read = match column {
                    Column::Number(numbers) => {
                        let (values, gaps) = numbers.slices();
                        Read::Numbers(values, gaps)
                    }
                    Column::Words { words, rows } => {
                        Read::Words(rows, words.iter().map(|word| self.text(word)).collect())
                    }
                    Column::Answers { labels, rows } => {
                        Read::Answers(rows, labels.iter().map(|label| self.text(label)).collect())
                    }
                };
                self.columns.push(read);
                self.by_name.insert(name.to_owned(), self.columns.len() - 1);
                self.columns.len() - 1
            }
        };
        Some(match self.columns[at] {
            Read::Numbers(..) => Part::Number(Number::Column(at), None),
            Read::Words(..) | Read::Answers(..) => Part::Text(Text::Column(at)),
        })
    }

    fn two(&mut self, operator: Operator, first: &Expression, last: &Expression) -> Option<Part> {
        let ((first, of_first), (last, of_last)) = match (self.part(first)?, self.part(last)?) {
            (Part::Text(first), Part::Text(last)) => return same(operator, first, last),
            (Part::Text(first), Part::Number(Number::Gone(reason), _)) => {
                return same(operator, first, Text::Gone(reason));
            }
            (Part::Number(Number::Gone(reason), _), Part::Text(last)) => {
                return same(operator, Text::Gone(reason), last);
            }
            (Part::Number(first, of_first), Part::Number(last, of_last)) => {
                ((first, of_first), (last, of_last))
            }
            _ => return None,
        };
        let both_whole = of_first.zip(of_last);
        let kind = match (operator, both_whole) {
            (Operator::Plus | Operator::Minus, Some((a, b))) => Some(a + b),
            (Operator::Times, Some((a, b))) => {
                // A whole 0 has no sign: a factor that is surely above 0 gives it none.
                let is_above = |of: &Number| matches!(of, Number::Constant(value) if *value > 0.0);
                (is_above(&first) || is_above(&last)).then_some(())?;
                Some(a * b)
            }
            (Operator::Over | Operator::Rest, Some(_)) => return None,
            _ => None,
        };
        if kind.is_some_and(|largest| largest > LARGEST) {
            return None;
        }
        let (first, last) = (first.into(), last.into());
        Some(match operator {
            Operator::Plus
            | Operator::Minus
            | Operator::Times
            | Operator::Over
            | Operator::Rest => Part::Number(Number::Two(operator, first, last), kind),
            _ => Part::Truth(Truth::Compare(operator, first, last)),
        })
    }

    fn either(
        &mut self,
        condition: &Expression,
        yes: &Expression,
        no: &Expression,
    ) -> Option<Part> {
        let condition = Box::new(self.truth(condition)?);
        match (self.part(yes)?, self.part(no)?) {
            (Part::Number(yes, of_yes), Part::Number(no, of_no)) => Some(Part::Number(
                Number::If(condition, yes.into(), no.into()),
                larger(of_yes, of_no),
            )),
            (Part::Truth(yes), Part::Truth(no)) => {
                Some(Part::Truth(Truth::If(condition, yes.into(), no.into())))
            }
            _ => None,
        }
    }

    fn call(&mut self, function: Function, values: &[Expression]) -> Option<Part> {
        match (function, values) {
            (Function::IsMissing, [value]) => Some(Part::Truth(match self.part(value)? {
                Part::Number(number, _) => Truth::IsMissing(number.into()),
                Part::Text(text) => Truth::IsMissingText(text),
                Part::Truth(_) => return None,
            })),
            (Function::OrElse, [value, instead]) => {
                match (self.part(value)?, self.part(instead)?) {
                    (Part::Text(value), Part::Text(instead)) => {
                        Some(Part::Text(Text::OrElse(value.into(), instead.into())))
                    }
                    (Part::Number(Number::Gone(reason), _), Part::Text(instead)) => Some(
                        Part::Text(Text::OrElse(Text::Gone(reason).into(), instead.into())),
                    ),
                    (Part::Number(value, of_value), Part::Number(instead, of_instead)) => {
                        Some(Part::Number(
                            Number::Call(function, value.into(), instead.into()),
                            larger(of_value, of_instead),
                        ))
                    }
                    _ => None,
                }
            }
            (Function::Clamp, [value, low, high]) => {
                let (value, _) = self.number(value)?;
                let (low, _) = self.number(low)?;
                let (high, _) = self.number(high)?;
                let clamped = Number::Clamp(Box::new([value, low, high]));
                Some(Part::Number(clamped, None))
            }
            (Function::Round, [value]) => {
                let (value, _) = self.number(value)?;
                Some(Part::Number(Number::Round(value.into(), 0), None))
            }
            (Function::Round, [value, places]) => {
                let (value, _) = self.number(value)?;
                let (Number::Constant(places), _) = self.number(places)? else {
                    return None;
                };
                let places = places_of(places)?;
                Some(Part::Number(Number::Round(value.into(), places), None))
            }
            // Of two whole numbers rhai gives a whole one.
            (Function::Min | Function::Max, [first, last]) => {
                let (first, of_first) = self.number(first)?;
                let (last, of_last) = self.number(last)?;
                let kind = of_first.zip(of_last).map(|(a, b)| a.max(b));
                let called = Number::Call(function, first.into(), last.into());
                Some(Part::Number(called, kind))
            }
            (_, [first, last]) => {
                let (first, _) = self.number(first)?;
                let (last, _) = self.number(last)?;
                let called = Number::Call(function, first.into(), last.into());
                Some(Part::Number(called, None))
            }
            _ => None,
        }
    }
}

fn whole(number: i64) -> Option<Part> {
    let decimal = number as f64;
    (decimal.abs() <= LARGEST).then(|| Part::Number(Number::Constant(decimal), Some(decimal.abs())))
}

/// The kind of a number that is one of two.
fn larger(first: Kind, last: Kind) -> Kind {
    match (first, last) {
        (Some(first), Some(last)) => Some(first.max(last)),
        (kind, None) | (None, kind) => kind,
    }
}

fn same(operator: Operator, first: Text, last: Text) -> Option<Part> {
    let same = match operator {
        Operator::Is => true,
        Operator::IsNot => false,
        _ => return None,
    };
    Some(Part::Truth(Truth::Same(same, first, last)))
}
