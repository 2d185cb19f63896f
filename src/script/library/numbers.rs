//! The shelf of arithmetic, rates and thresholds.

use super::missing::Gone;
use super::{Fallible, Shelf, fault};
use crate::missing::{Missing, rate};
use rhai::{Array, Dynamic, ImmutableString};

/// A target: lower and upper end.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Threshold(pub Option<f64>, pub Option<f64>);

/// The same words in every row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) struct Always(pub String);

/// A number or why there is none; anything else is a fault that names the function.
pub(super) fn number(value: &Dynamic, function: &str) -> Fallible<Result<f64, Gone>> {
    if let Ok(number) = value.as_float() {
        Ok(Ok(number))
    } else if let Ok(number) = value.as_int() {
        Ok(Ok(number as f64))
    } else if let Some(gone) = value.read_lock::<Gone>() {
        Ok(Err(gone.clone()))
    } else {
        fault(format!(
            "`{function}` works with numbers, and was given {}",
            kind(value)
        ))
    }
}

/// What a value is, for a reader.
pub(in crate::script) fn kind(value: &Dynamic) -> &'static str {
    match value.type_name() {
        "string" => "text",
        "i64" | "f64" => "a number",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "a card in `#{ … }`",
        "Fn" => "a formula",
        "char" => "a letter in single quotes",
        "()" => "nothing",
        name if name.contains("Gone") => "a missing value",
        name if name.contains("Table") => "a table",
        name if name.contains("Row") => "a row",
        name if name.contains("Results") => "the results",
        name if name.contains("One") => "a result: add `.score` or `.value`",
        name if name.contains("Threshold") => "a threshold",
        _ => "something else",
    }
}

/// A result for the script: a number, or the missing value itself.
pub(super) fn give(result: Result<f64, Gone>) -> Dynamic {
    match result {
        Ok(number) => Dynamic::from_float(number),
        Err(gone) => Dynamic::from(gone),
    }
}

fn part_of(part: &Dynamic, whole: &Dynamic, name: &str, times: f64) -> Fallible<Dynamic> {
    let (part, whole) = (number(part, name)?, number(whole, name)?);
    let what = match (&part, &whole) {
        (Err(gone), _) | (_, Err(gone)) => gone.what.clone(),
        _ => "0 out of 0".to_owned(),
    };
    let reasons = (
        part.map_err(|gone| gone.reason),
        whole.map_err(|gone| gone.reason),
    );
    Ok(give(
        rate(reasons.0, reasons.1)
            .map(|rate| rate * times)
            .map_err(|reason| Gone::new(reason, what)),
    ))
}

fn pick(a: &Dynamic, b: &Dynamic, name: &str, choose: fn(f64, f64) -> f64) -> Fallible<Dynamic> {
    Ok(give(match (number(a, name)?, number(b, name)?) {
        (Ok(a), Ok(b)) => Ok(choose(a, b)),
        (Err(a), Err(b)) => Err(if b.reason > a.reason { b } else { a }),
        (Err(gone), _) | (_, Err(gone)) => Err(gone),
    }))
}

fn rounded(value: &Dynamic, places: f64) -> Fallible<Dynamic> {
    let scale = 10f64.powi(places.clamp(0.0, 9.0) as i32);
    Ok(give(
        number(value, "round")?.map(|number| (number * scale + 0.5).floor() / scale),
    ))
}

fn plain(value: &Dynamic, name: &str) -> Fallible<f64> {
    match number(value, name)? {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => fault(format!("`{name}` wants a finite number")),
        Err(gone) => Err(gone.unsettled()),
    }
}

pub(super) fn fill(shelf: &mut Shelf<'_>) {
    shelf.add(
        "rate",
        "`part` for each one of `whole`. 0 of 0 is not applicable.\nExample: `rate(holders.sum(\"cases\"), holders.sum(\"fte\"))`",
        |part: Dynamic, whole: Dynamic| part_of(&part, &whole, "rate", 1.0),
    );
    shelf.add(
        "percent",
        "`part` of every hundred of `whole`. 0 of 0 is not applicable.\nExample: `percent(workforce.sum(\"agency_fte\"), workforce.sum(\"in_post_fte\"))`",
        |part: Dynamic, whole: Dynamic| part_of(&part, &whole, "percent", 100.0),
    );
    shelf.add(
        "min",
        "The smaller of two numbers.",
        |a: Dynamic, b: Dynamic| pick(&a, &b, "min", f64::min),
    );
    shelf.add(
        "max",
        "The larger of two numbers.",
        |a: Dynamic, b: Dynamic| pick(&a, &b, "max", f64::max),
    );
    shelf.add(
        "clamp",
        "The number, held between `low` and `high`.",
        |value: Dynamic, low: Dynamic, high: Dynamic| {
            let raised = pick(&value, &low, "clamp", f64::max)?;
            pick(&raised, &high, "clamp", f64::min)
        },
    );
    shelf.add(
        "round",
        "The number rounded half up to a whole one.",
        |value: Dynamic| rounded(&value, 0.0),
    );
    shelf.add(
        "round",
        "The number rounded half up to so many decimal places.",
        |value: Dynamic, places: Dynamic| rounded(&value, plain(&places, "round")?),
    );
    shelf.add(
        "at_most",
        "A target: no more than this.",
        |most: Dynamic| -> Fallible<Threshold> {
            Ok(Threshold(None, Some(plain(&most, "at_most")?)))
        },
    );
    shelf.add(
        "at_least",
        "A target: no less than this.",
        |least: Dynamic| -> Fallible<Threshold> {
            Ok(Threshold(Some(plain(&least, "at_least")?), None))
        },
    );
    shelf.add(
        "between",
        "A target: from this to that.",
        |least: Dynamic, most: Dynamic| -> Fallible<Threshold> {
            Ok(Threshold(
                Some(plain(&least, "between")?),
                Some(plain(&most, "between")?),
            ))
        },
    );
    shelf.add(
        "always",
        "In `columns`: the same words in every row.\nExample: `service: always(\"children\")`",
        |words: ImmutableString| Always(words.to_string()),
    );
    shelf.add(
        "mean",
        "The mean of a list of numbers; missing ones are left out.",
        |list: Array| {
            let mut sum = 0.0;
            let mut count = 0.0;
            for value in &list {
                if let Ok(number) = number(value, "mean")? {
                    sum += number;
                    count += 1.0;
                }
            }
            Ok::<_, Box<rhai::EvalAltResult>>(give(if count == 0.0 {
                Err(Gone::new(Missing::NotAvailable, "every entry of the list"))
            } else {
                Ok(sum / count)
            }))
        },
    );
}
