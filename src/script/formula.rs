//! A formula of a card: a closure that the host calls with rows or results, long after the
//! script has run. What comes back is a finite number, or why there is none.

mod fraction;

use super::columns::Reads;
use super::direct;
use super::foreign::{BrokeOff, Foreign};
use super::library::{Gone, Named, Recorder, Results, Table, Unsettled, taken_as_text};
use super::operations::Bodies;
use super::purse;
use super::sandbox::{self, Limits};
use super::wording;
use crate::data::{Contributions, Ranked, Rows};
use crate::diagnostic::{Code, Diagnostic};
use crate::missing::Missing;
use crate::source::{Place, Source, Span};
pub use fraction::Fraction;
use rhai::{AST, Dynamic, Engine, EvalAltResult, FnPtr};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A compiled script with the engine that knows its libraries: what formulas need to run.
pub(super) struct Unit {
    pub engine: Engine,
    /// Those of its libraries that are written in Rust.
    pub foreign: Foreign,
    pub ast: AST,
    pub source: Source,
    pub limits: Limits,
    /// The bodies of the script's own functions.
    pub functions: Vec<Span>,
    /// Its closures, as far as they can be worked out column by column.
    pub bodies: Bodies,
    /// The values of its constants.
    pub constants: Arc<OnceLock<BTreeMap<String, Dynamic>>>,
}

/// A formula of a card.
pub struct Formula {
    pub(super) unit: Arc<Unit>,
    pub(super) pointer: FnPtr,
    pub(super) parameters: Vec<String>,
    pub(super) parameter_places: Vec<Place>,
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) reads: Reads,
    /// The columns that it needs of each parameter.
    pub(super) needed: Vec<Arc<[String]>>,
}

/// What a formula gave.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// A finite number, or why there is none.
    pub value: Result<f64, Trouble>,
    /// What it rested on.
    pub footprint: Footprint,
}

/// Why a formula gave no number.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Trouble {
    /// It came out missing: part of what it needs is.
    Missing(Missing),
    /// It compared with a missing value.
    Unsettled {
        /// The column or value that is missing.
        what: String,
        /// Why.
        reason: Missing,
        /// The fault with its place.
        diagnostic: Box<Diagnostic>,
    },
    /// It failed; the fault with its place.
    Failed(Box<Diagnostic>),
}

/// What a formula's figures rested on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Footprint {
    /// Rows used and rows it was about, where it used fewest; `None` if it read no rows
    /// one by one.
    pub rows: Option<(u64, u64)>,
    /// Whether the figure could give one person away: an extreme, a tail, a share with one
    /// or two people on a side, an amount that one person dominates.
    pub reveals: bool,
    /// Whether a table or column that it needs was not brought.
    pub not_brought: bool,
    /// Whether a closure was run by rhai, row by row or kind of row by kind, and not column by
    /// column.
    pub row_by_row: bool,
    /// What a quantile was taken of.
    pub ranked: Ranked,
    /// What was asked of rows one by one, in the order of asking, where that was wanted.
    pub contributions: Vec<Contributions>,
}

impl fmt::Debug for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Formula({} at {})", self.text, self.place.name())
    }
}

impl Formula {
    /// The names of its parameters: tables, for a measure's value.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// Its parameters and where each stands.
    pub fn placed_parameters(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.parameters
            .iter()
            .map(String::as_str)
            .zip(&self.parameter_places)
    }

    /// Its text, as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The columns and results that it reads.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Whether a closure of it goes over the rows of a table.
    pub fn goes_over(&self, table: &str) -> bool {
        self.reads.of_rows.iter().any(|(of, _)| of == table)
    }

    /// Whether rhai is called for each row of a table, as far as its text can say: a closure of
    /// one row does more than can be worked out column by column. What a table's columns hold
    /// may leave further ones to rhai, as [`Footprint::row_by_row`] tells.
    pub fn is_called_for_each_row_of(&self, table: &str) -> bool {
        let mut closures = self.reads.of_rows.iter();
        closures.any(|(of, place)| of == table && self.unit.bodies.leave_to_rhai(place))
    }

    /// A measure's value: one group's rows for each parameter, in the order of
    /// [`Formula::parameters`].
    pub fn value(&self, tables: &[Rows]) -> Outcome {
        self.value_of(tables, false)
    }

    /// The same, and what each row brought to it: [`Footprint::contributions`].
    pub fn value_with_contributions(&self, tables: &[Rows]) -> Outcome {
        self.value_of(tables, true)
    }

    fn value_of(&self, tables: &[Rows], each_row: bool) -> Outcome {
        let recorder = Arc::new(Recorder::noting(each_row));
        let arguments = self
            .needed
            .iter()
            .zip(tables)
            .map(|(needed, rows)| {
                Dynamic::from(Table {
                    rows: rows.clone(),
                    needed: needed.clone(),
                    recorder: recorder.clone(),
                    unit: self.unit.clone(),
                    unsure: 0,
                    gravest: None,
                })
            })
            .collect();
        let rows: usize = tables.iter().map(Rows::len).sum();
        let value = self.call(arguments, rows, &recorder);
        Outcome {
            value,
            footprint: recorder.footprint(),
        }
    }

    /// A measure's score from its value.
    pub fn score(&self, value: f64) -> Outcome {
        self.plain(vec![Dynamic::from_float(value)])
    }

    /// A standard's score from its items' results, or the overall score from the
    /// standards'.
    pub fn combine(&self, results: &[Named]) -> Outcome {
        self.plain(vec![Dynamic::from(Results(results.into()))])
    }

    fn plain(&self, arguments: Vec<Dynamic>) -> Outcome {
        Outcome {
            value: self.call(arguments, 0, &Recorder::default()),
            footprint: Footprint::default(),
        }
    }

    /// What it gives without rhai; `None`, and nothing noted, where rhai must run it.
    fn directly(&self, arguments: &[Dynamic], recorder: &Recorder) -> Option<Dynamic> {
        #[cfg(test)]
        if super::operations::row_by_row() {
            return None;
        }
        let body = self.unit.bodies.get(self.pointer.fn_name())?;
        let direct = body
            .direct
            .as_ref()
            .filter(|_| !self.pointer.is_curried())?;
        let names = self.parameters.iter().map(String::as_str);
        let given = direct.value(&self.unit, names.zip(arguments.iter().cloned()).collect());
        match &given {
            Some(_) => direct::note(),
            None => recorder.forget(),
        }
        given
    }

    fn call(
        &self,
        arguments: Vec<Dynamic>,
        rows: usize,
        recorder: &Recorder,
    ) -> Result<f64, Trouble> {
        let limits = &self.unit.limits;
        // What it gave is let go of on the deep stack too: it may be nested.
        sandbox::on_deep_stack(|| {
            purse::spending(&self.unit, self, rows, |steps, time| {
                sandbox::allowing(limits, steps, time, || {
                    let (engine, ast) = (&self.unit.engine, &self.unit.ast);
                    let call = || match self.directly(&arguments, recorder) {
                        Some(given) => Ok(given),
                        None => self.pointer.call::<Dynamic>(engine, ast, arguments),
                    };
                    let given = self.unit.foreign.guarding(call);
                    // A function of an embedder's may have taken long in a single step.
                    let given = match sandbox::stopped() {
                        Some(stopped) => given.and(Err(sandbox::stop_error(stopped))),
                        None => given,
                    };
                    let as_text = taken_as_text();
                    let given = match as_text {
                        Some(gone) => given.and(Err(gone.unsettled())),
                        None => given,
                    };
                    match given {
                        Ok(value) => purse::Called {
                            result: self.number(&value),
                            ran_out: false,
                        },
                        Err(error) => purse::Called {
                            ran_out: wording::is_limit(&error)
                                || BrokeOff::is_why(wording::innermost(&error)),
                            result: Err(self.trouble(&error)),
                        },
                    }
                })
            })
        })
    }

    fn number(&self, value: &Dynamic) -> Result<f64, Trouble> {
        if let Some(gone) = value.read_lock::<Gone>() {
            return Err(Trouble::Missing(gone.reason));
        }
        let number = match (value.as_float(), value.as_int()) {
            (Ok(number), _) => number,
            (_, Ok(number)) => number as f64,
            _ => {
                return Err(self.failed(
                    Diagnostic::new(
                        Code::NotANumber,
                        self.place.clone(),
                        format!(
                            "this formula gives {}, not a number",
                            super::library::kind(value)
                        ),
                    )
                    .label("the last thing in a formula is its result"),
                ));
            }
        };
        if number.is_finite() {
            // Nought has no sign.
            Ok(number + 0.0)
        } else {
            let fault = Diagnostic::new(
                Code::NotFinite,
                self.place.clone(),
                "this formula's result is not a finite number",
            )
            .label("something is divided by 0, or too large");
            let asks_for_rate = ["rate(", "percent("]
                .iter()
                .any(|name| self.text().contains(name));
            Err(self.failed(match asks_for_rate {
                true => fault.note(
                    "0 out of 0 is nothing to count; something out of 0 is no number: look at what it is a part of",
                ),
                false => fault.help("rate(part, whole)"),
            }))
        }
    }

    fn failed(&self, diagnostic: Diagnostic) -> Trouble {
        Trouble::Failed(Box::new(diagnostic))
    }

    fn trouble(&self, error: &EvalAltResult) -> Trouble {
        let unsettled = match wording::innermost(error) {
            EvalAltResult::ErrorRuntime(value, position) => value
                .read_lock::<Unsettled>()
                .map(|unsettled| (unsettled.0.clone(), position)),
            // `if` and `&&` on a missing value, of which rhai tells only the kind.
            EvalAltResult::ErrorMismatchDataType(_, kind, position)
                if kind.contains("missing value") || kind.contains("Gone") =>
            {
                Some((Gone::new(Missing::NotAvailable, "this condition"), position))
            }
            _ => None,
        };
        if let Some((Gone { reason, what }, position)) = unsettled {
            let place = wording::place(&self.unit.source, *position).unwrap_or(self.place.clone());
            let diagnostic = Diagnostic::new(
                Code::ComparedWithMissing,
                place,
                format!("no value for `{what}`: it is {}", reason.meaning()),
            )
            .label("compared here with a missing value")
            .note("this finding is not rated; everything else is")
            .help("ask first: if is_missing(…) { … } else { … }");
            return Trouble::Unsettled {
                what,
                reason,
                diagnostic: Box::new(diagnostic),
            };
        }
        self.failed(wording::of_formula(
            error,
            &self.unit.source,
            &self.place,
            &self.unit.functions,
            &self.unit.limits,
        ))
    }
}
