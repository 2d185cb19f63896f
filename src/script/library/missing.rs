//! The shelf of missing values: they stay missing through arithmetic, and no comparison
//! with one is true or false.

use super::{Fallible, Operators};
use crate::missing::Missing;
use rhai::plugin::*;
use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map, Position};
use std::cell::RefCell;

/// A value that is not there, as formulas hold it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Gone {
    /// Why.
    pub reason: Missing,
    /// The column or value it would have been.
    pub what: String,
}

/// The error of comparing with a missing value: a row cannot tell, a formula is unsettled.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Unsettled(pub Gone);

impl Gone {
    pub(in crate::script) fn new(reason: Missing, what: impl Into<String>) -> Self {
        Self {
            reason,
            what: what.into(),
        }
    }

    pub(in crate::script) fn graver(self, other: Gone) -> Gone {
        if other.reason > self.reason {
            other
        } else {
            self
        }
    }

    /// Keeps in mind that this was turned into text.
    pub(in crate::script) fn note_as_text(self) {
        AS_TEXT.set(Some(self));
    }

    pub(in crate::script) fn unsettled(self) -> Box<EvalAltResult> {
        EvalAltResult::ErrorRuntime(Dynamic::from(Unsettled(self)), Position::NONE).into()
    }
}

thread_local! {
    static AS_TEXT: RefCell<Option<Gone>> = const { RefCell::new(None) };
}

/// The missing value that was turned into text since this was last asked. rhai drops the
/// error of a value that cannot be put into `` `${…}` ``, so it is kept here.
pub(in crate::script) fn taken_as_text() -> Option<Gone> {
    AS_TEXT.take()
}

/// Operators that ask a question.
const COMPARING: [&str; 6] = ["==", "!=", "<", ">", "<=", ">="];

/// Operators that work something out.
const REACHING: [&str; 13] = [
    "+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", "..", "..=",
];

/// Operators with a type for which rhai has an operator that takes anything beside it, and
/// would take that before one of ours.
fn beside<T: Clone + Send + Sync + 'static>(shelf: &mut Operators<'_>) {
    for operator in REACHING {
        shelf.quiet(operator, |left: Gone, _: T| left);
        shelf.quiet(operator, |_: T, right: Gone| right);
    }
}

/// A list or map as text, unless a value in it is missing.
fn as_text(value: Dynamic) -> Fallible<ImmutableString> {
    fn gone(value: &Dynamic) -> Option<Gone> {
        if let Some(list) = value.read_lock::<Array>() {
            return list.iter().find_map(gone);
        }
        if let Some(map) = value.read_lock::<Map>() {
            return map.values().find_map(gone);
        }
        value.read_lock::<Gone>().map(|gone| gone.clone())
    }
    match gone(&value) {
        Some(gone) => {
            gone.clone().note_as_text();
            Err(gone.unsettled())
        }
        None => Ok(value.to_string().into()),
    }
}

pub(super) fn fill(shelf: &mut Operators<'_>) {
    for operator in COMPARING {
        shelf.quiet(operator, |left: Gone, right: Gone| -> Fallible<bool> {
            Err(left.graver(right).unsettled())
        });
        shelf.quiet(operator, |left: Gone, _: Dynamic| -> Fallible<bool> {
            Err(left.unsettled())
        });
        shelf.quiet(operator, |_: Dynamic, right: Gone| -> Fallible<bool> {
            Err(right.unsettled())
        });
    }
    for operator in REACHING {
        shelf.quiet(operator, |left: Gone, right: Gone| left.graver(right));
        shelf.quiet(operator, |left: Gone, _: Dynamic| left);
        shelf.quiet(operator, |_: Dynamic, right: Gone| right);
    }
    beside::<ImmutableString>(shelf);
    beside::<char>(shelf);
    beside::<Array>(shelf);
    beside::<Map>(shelf);
    shelf.quiet(
        "+=",
        |_: &mut ImmutableString, right: Gone| -> Fallible<()> { Err(right.unsettled()) },
    );
    // A missing value as text could be compared as if it were one.
    for function in ["to_string", "to_debug"] {
        shelf.quiet(function, |value: Gone| -> Fallible<ImmutableString> {
            value.clone().note_as_text();
            Err(value.unsettled())
        });
        shelf.quiet(function, |list: Array| as_text(Dynamic::from_array(list)));
        shelf.quiet(function, |map: Map| as_text(Dynamic::from_map(map)));
    }
    // `x in list` asks `contains`.
    shelf.quiet("contains", |_: Dynamic, sought: Gone| -> Fallible<bool> {
        Err(sought.unsettled())
    });
    shelf.quiet("contains", |within: Gone, _: Dynamic| -> Fallible<bool> {
        Err(within.unsettled())
    });
    shelf.quiet("!", |value: Gone| -> Fallible<bool> {
        Err(value.unsettled())
    });
    for function in [
        "-", "+", "abs", "sign", "floor", "ceiling", "int", "fraction", "sqrt", "to_float",
        "to_int",
    ] {
        shelf.quiet(function, |value: Gone| value);
    }
}

#[export_module]
pub(super) mod functions {
    /// Whether a value is missing.
    ///
    /// Ask first where a formula would compare with a value that may be missing: the
    /// comparison is neither true nor false, and the finding would not be rated.
    ///
    /// - `value`: what may be missing
    ///
    /// ```rhai
    /// workers.count(|w| is_missing(w.cases) or w.cases > 20) // 3
    /// ```
    pub fn is_missing(value: Dynamic) -> bool {
        is_gone(&value)
    }

    /// The value, or another one where it is missing.
    ///
    /// Take care: what stands in for a gap is published as if it had been counted. Missing is
    /// neither 0 nor good.
    ///
    /// - `value`: what may be missing
    /// - `instead`: what stands in for it
    ///
    /// ```rhai
    /// or_else(workers.mean("ceiling"), 18) // 18
    /// ```
    pub fn or_else(value: Dynamic, instead: Dynamic) -> Dynamic {
        if is_gone(&value) { instead } else { value }
    }
}

fn is_gone(value: &Dynamic) -> bool {
    value.is::<Gone>() || value.is_unit()
}
