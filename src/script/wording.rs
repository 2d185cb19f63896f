//! rhai's errors in, ours out. Matched on variants, never on rhai's words, which change
//! from release to release and are never shown.

mod limits;
mod reading;

pub(super) use reading::of_parse;

use super::foreign::BrokeOff;
use super::library::{ChangedByARow, OurWords, Unsettled};
use super::sandbox::Limits;
use super::tokens;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};
use rhai::{EvalAltResult, Position};

/// The error that began it all, below the calls it came through.
pub(super) fn innermost(error: &EvalAltResult) -> &EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _)
        | EvalAltResult::ErrorInModule(_, inner, _) => innermost(inner),
        other => other,
    }
}

/// Whether a run ended because it ran into a limit.
pub(super) fn is_limit(error: &EvalAltResult) -> bool {
    matches!(
        innermost(error),
        EvalAltResult::ErrorTerminated(..)
            | EvalAltResult::ErrorStackOverflow(..)
            | EvalAltResult::ErrorDataTooLarge(..)
            | EvalAltResult::ErrorTooManyVariables(..)
    )
}

/// The word at a position.
pub(super) fn place(source: &Source, position: Position) -> Option<Place> {
    let offset = source.offset(position.line()?, position.position().unwrap_or(1));
    Some(source.place(word_at(source.text(), offset)))
}

/// rhai's positions are where tokens begin, so nothing before needs to be read.
fn word_at(text: &str, offset: usize) -> Span {
    match tokens::first(&text[offset..]) {
        Some(token) if token.span.start == 0 => Span::new(offset, offset + token.span.end),
        _ => {
            let width = text[offset..].chars().next().map_or(0, char::len_utf8);
            Span::new(offset, offset + width)
        }
    }
}

/// A formula that stopped.
/// `functions` are the bodies of the script's own functions.
pub(super) fn of_formula(
    error: &EvalAltResult,
    source: &Source,
    formula: &Place,
    functions: &[Span],
    limits: &Limits,
) -> Diagnostic {
    let inner = innermost(error);
    let mut place = place(source, inner.position()).unwrap_or_else(|| formula.clone());
    // A fault inside a shared library carries the library's line, not this script's.
    let in_function = functions.iter().any(|body| body.holds(place.span));
    if !formula.span.holds(place.span) && !in_function {
        place = formula.clone();
    }
    let (code, message, label) = words(inner, limits);
    let code = match code {
        Code::ScriptFailed => Code::FormulaFailed,
        other => other,
    };
    if code == Code::TookTooLong {
        // By the clock: the same inputs could have come to another result.
        return Diagnostic::new(code, place, message).label(label).note(
            "nothing is published of this council, since a run on a less busy computer might \
             come to another result",
        );
    }
    Diagnostic::new(as_warning(code), place, message)
        .label(label)
        .note("this finding is not rated; everything else is")
}

/// Faults of a formula do not keep the rest from being published.
fn as_warning(code: Code) -> Code {
    match code.severity() {
        crate::diagnostic::Severity::Warning => code,
        crate::diagnostic::Severity::Error => Code::FormulaFailed,
    }
}

/// The cards stopped being read.
pub(super) fn of_run(error: &EvalAltResult, source: &Source, limits: &Limits) -> Diagnostic {
    let inner = innermost(error);
    let place = place(source, inner.position())
        .or_else(|| self::place(source, error.position()))
        .unwrap_or_else(|| source.whole());
    let (code, message, label) = words(inner, limits);
    let fault = Diagnostic::new(code, place, message);
    let fields = ["value", "score", "weight"];
    if code == Code::UnknownField {
        let written = fault.place.text().to_owned();
        let whole = fields.iter().find(|field| field.starts_with(&written));
        if let Some(whole) = whole.filter(|_| written.len() > 2) {
            return fault
                .label(format!("did you mean `{whole}`?"))
                .typed(*whole);
        }
        return fault.did_you_mean(&written, fields, label);
    }
    fault.label(label)
}

/// Code, message and label of an error while running.
fn words(error: &EvalAltResult, limits: &Limits) -> (Code, String, String) {
    use EvalAltResult as E;
    if let Some((code, message, label)) = limits::words(error, limits) {
        return (code, message, label.to_owned());
    }
    let said = |code, message: &str, label: &str| (code, message.to_owned(), label.to_owned());
    match error {
        E::ErrorRuntime(value, _) => {
            if let Some(ours) = value.read_lock::<OurWords>() {
                (
                    Code::WrongArguments,
                    ours.0.clone(),
                    "given here".to_owned(),
                )
            } else if let Some(unsettled) = value.read_lock::<Unsettled>() {
                (
                    Code::ComparedWithMissing,
                    format!(
                        "no value for `{}`: it is {}",
                        unsettled.0.what,
                        unsettled.0.reason.meaning()
                    ),
                    "compared here with a missing value".to_owned(),
                )
            } else if let Some(changed) = value.read_lock::<ChangedByARow>() {
                (
                    Code::ChangedByARow,
                    format!(
                        "what is asked of each row changes {}, outside of it",
                        changed.0
                    ),
                    "one person's row could be read from what is left there".to_owned(),
                )
            } else if let Some(broke) = value.read_lock::<BrokeOff>() {
                let label = "the program that brings it has a fault: tell its developers";
                (Code::ScriptFailed, broke.message(), label.to_owned())
            } else {
                said(Code::ScriptFailed, "the script stopped itself here", "")
            }
        }
        E::ErrorPropertyNotFound(name, _) => (
            Code::UnknownField,
            format!("there is no field `{name}` here"),
            "no such field".to_owned(),
        ),
        E::ErrorDotExpr(..) | E::ErrorIndexingType(..) | E::ErrorIndexNotFound(..) => said(
            Code::UnknownField,
            "this has no such field",
            "an item and a result have `value`, `score` and `weight`; a row has its columns",
        ),
        E::ErrorVariableNotFound(name, _) => (
            Code::UnknownName,
            format!("`{name}` is not defined"),
            "nothing has this name".to_owned(),
        ),
        E::ErrorModuleNotFound(name, _) => (
            Code::UnknownLibrary,
            format!("there is no shared library `{name}`"),
            "no such library".to_owned(),
        ),
        E::ErrorFunctionNotFound(signature, _) => function_not_found(signature),
        E::ErrorMismatchDataType(..) | E::ErrorMismatchOutputType(..) => said(
            Code::ScriptFailed,
            "a value of another kind is wanted here",
            "is this a condition that is neither true nor false?",
        ),
        // rhai knows the name, or only that it is what stands before the dot.
        E::ErrorDataRace(name, _) => (
            Code::ScriptFailed,
            match name.starts_with("argument #") {
                true => "this is read while it is being gone through".to_owned(),
                false => format!("`{name}` is read while it is being gone through"),
            },
            "work the figure out before, with `let`, and use its name here".to_owned(),
        ),
        E::ErrorArithmetic(..) => said(
            Code::ScriptFailed,
            "this sum cannot be worked out",
            "too large, or divided by 0",
        ),
        E::ErrorArrayBounds(..) | E::ErrorStringBounds(..) | E::ErrorBitFieldBounds(..) => said(
            Code::ScriptFailed,
            "there is no entry at that number",
            "the list or text is shorter: its first entry is number 0",
        ),
        E::ErrorFor(_) => said(
            Code::ScriptFailed,
            "this cannot be gone through one by one",
            "`for` wants a list or a range",
        ),
        E::ErrorAssignmentToConstant(name, _) => (
            Code::ScriptFailed,
            format!("`{name}` cannot be changed here"),
            "constants and captured values stay as they are".to_owned(),
        ),
        E::ErrorParsing(kind, _) => reading::parse_words(kind, limits),
        _ => said(Code::ScriptFailed, "the script stopped here", ""),
    }
}

/// `name (kinds of values)`: an operator between kinds that it does not join, or a function
/// with other values than it takes.
fn function_not_found(signature: &str) -> (Code, String, String) {
    let (name, kinds) = signature.split_once(" (").unwrap_or((signature, ""));
    let kinds: Vec<&str> = kinds
        .trim_end_matches(')')
        .split(", ")
        .map(readable)
        .collect();
    let is_operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if name.starts_with("anon$") {
        // What stands between bars has a name for rhai alone.
        (
            Code::WrongArguments,
            format!("a formula is given {} here", kinds.join(" and ")),
            "between its two bars stands a name for each value that it is given".to_owned(),
        )
    } else if is_operator && kinds.len() == 2 {
        (
            Code::ScriptFailed,
            format!("`{name}` cannot join {} and {}", kinds[0], kinds[1]),
            "the two sides are of different kinds".to_owned(),
        )
    } else {
        (
            Code::WrongArguments,
            format!("`{name}` does not work with {}", kinds.join(" and ")),
            "other values are wanted here".to_owned(),
        )
    }
}

fn readable(kind: &str) -> &'static str {
    match kind {
        "i64" | "f64" => "a number",
        kind if kind.contains("String") || kind.contains("&str") || kind == "string" => "text",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "a card",
        "Fn" => "a formula",
        "()" => "nothing",
        "char" => "a letter",
        "row" => "a row",
        "table" => "a table",
        "result" => "a result (add `.score` or `.value`)",
        "results" => "the results",
        "missing value" => "a missing value",
        "threshold" => "a threshold",
        "" => "nothing",
        _ => "something else",
    }
}
