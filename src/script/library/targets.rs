//! The shelf of what cards hold besides texts and numbers: targets, and the same words in
//! every row.

use super::numbers::number;
use super::{Fallible, fault};
use rhai::plugin::*;
use rhai::{Dynamic, ImmutableString};

/// A target: lower and upper end.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Threshold(pub Option<f64>, pub Option<f64>);

/// The same words in every row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Always(pub String);

/// A finite number, of which nought has no sign; a missing one ends the formula.
pub(super) fn plain(value: &Dynamic, name: &str) -> Fallible<f64> {
    match number(value, name)? {
        Ok(number) if number.is_finite() => Ok(number + 0.0),
        Ok(_) => fault(format!("`{name}` wants a finite number")),
        Err(gone) => Err(gone.unsettled()),
    }
}

#[export_module]
pub(super) mod functions {
    /// A target: no more than this.
    ///
    /// For the key `target` of a measure, and for `expect` in a test.
    ///
    /// - `most`: a number, the measure's unit
    ///
    /// ```rhai
    /// at_most(16) // at most 16
    /// ```
    #[rhai_fn(return_raw)]
    pub fn at_most(most: Dynamic) -> Fallible<Threshold> {
        Ok(Threshold(None, Some(plain(&most, "at_most")?)))
    }

    /// A target: no less than this.
    ///
    /// For the key `target` of a measure, and for `expect` in a test.
    ///
    /// - `least`: a number, the measure's unit
    ///
    /// ```rhai
    /// at_least(90) // at least 90
    /// ```
    #[rhai_fn(return_raw)]
    pub fn at_least(least: Dynamic) -> Fallible<Threshold> {
        Ok(Threshold(Some(plain(&least, "at_least")?), None))
    }

    /// A target: from this to that, both included.
    ///
    /// For the key `target` of a measure, and for `expect` in a test.
    ///
    /// - `least`: a number, the measure's unit
    /// - `most`: a number, no smaller
    ///
    /// ```rhai
    /// between(2, 4) // between 2 and 4
    /// ```
    #[rhai_fn(return_raw)]
    pub fn between(least: Dynamic, most: Dynamic) -> Fallible<Threshold> {
        Ok(Threshold(
            Some(plain(&least, "between")?),
            Some(plain(&most, "between")?),
        ))
    }

    /// In `columns` of a table: the same words in every row, where the file has no such column.
    ///
    /// A number in every row is written as it is: `ceiling: 18`.
    ///
    /// - `words`: text, such as a service or a team
    ///
    /// ```rhai
    /// always("children") // "children" in every row
    /// ```
    pub fn always(words: ImmutableString) -> Always {
        Always(words.to_string())
    }
}
