//! The shelf of rates and arithmetic.

use super::missing::Gone;
use super::targets::plain;
use super::{Fallible, fault};
use crate::missing::{Missing, rate as rate_of};
use crate::rounding::half_up;
use rhai::plugin::*;
use rhai::{Array, Dynamic};

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
        rate_of(reasons.0, reasons.1)
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

fn rounded(value: &Dynamic, places: u32) -> Fallible<Dynamic> {
    Ok(give(
        number(value, "round")?.map(|number| half_up(number, places)),
    ))
}

/// A function of numbers, given as many as it takes; `None` where it is another one of rhai's.
pub(in crate::script) type Reckoning = fn(&[Dynamic]) -> Option<Fallible<Dynamic>>;

/// The function that rhai finds by a name for so many values.
pub(in crate::script) fn reckoning(name: &str, values: usize) -> Option<Reckoning> {
    Some(match (name, values) {
        ("rate", 2) => |of| Some(part_of(&of[0], &of[1], "rate", 1.0)),
        ("percent", 2) => |of| Some(part_of(&of[0], &of[1], "percent", 100.0)),
        ("min", 2) => |of| least_or_most(of, "min", |a, b| if a <= b { a } else { b }),
        ("max", 2) => |of| least_or_most(of, "max", |a, b| if a >= b { a } else { b }),
        ("clamp", 3) => |of| {
            Some(functions::clamp(
                of[0].clone(),
                of[1].clone(),
                of[2].clone(),
            ))
        },
        _ => return None,
    })
}

/// `min` and `max` as the engine has them for two numbers; of two whole ones it gives a whole one.
fn least_or_most(
    of: &[Dynamic],
    name: &str,
    choose: fn(f64, f64) -> f64,
) -> Option<Fallible<Dynamic>> {
    let whole = of.iter().all(Dynamic::is_int);
    (!whole).then(|| pick(&of[0], &of[1], name, choose))
}

/// Places that a number can be rounded to.
pub(in crate::script) fn places_of(places: f64) -> Option<u32> {
    let can_be = places.fract() == 0.0 && (0.0..=9.0).contains(&places);
    can_be.then_some(places as u32)
}

/// The engine has a `round` of its own for plain numbers, by another rule: ours stands before it.
pub(super) fn fill(operators: &mut super::Operators<'_>) {
    operators.quiet("round", |number: f64| half_up(number, 0));
}

/// The mean of what is there.
fn mean_of(list: &Array) -> Fallible<Dynamic> {
    let mut sum = 0.0;
    let mut count = 0.0;
    for value in list {
        if let Ok(number) = number(value, "mean")? {
            sum += number;
            count += 1.0;
        }
    }
    Ok(give(if count == 0.0 {
        Err(Gone::new(Missing::NotAvailable, "every entry of the list"))
    } else {
        Ok(sum / count)
    }))
}

#[export_module]
pub(super) mod functions {
    /// So many of one thing for each one of another.
    ///
    /// Missing if either is missing. 0 out of 0 is not applicable; something out of 0 is no
    /// number, and the finding is not rated.
    ///
    /// - `part`: a number
    /// - `whole`: a number
    ///
    /// ```rhai
    /// rate(workers.sum("cases"), workers.sum("fte")) // 17.5
    /// ```
    #[rhai_fn(return_raw)]
    pub fn rate(part: Dynamic, whole: Dynamic) -> Fallible<Dynamic> {
        part_of(&part, &whole, "rate", 1.0)
    }

    /// So many of every hundred.
    ///
    /// Missing if either is missing. 0 out of 0 is not applicable; something out of 0 is no
    /// number, and the finding is not rated.
    ///
    /// - `part`: a number
    /// - `whole`: a number
    ///
    /// ```rhai
    /// percent(workforce.sum("agency_fte"), workforce.sum("in_post_fte")) // 20
    /// ```
    #[rhai_fn(return_raw)]
    pub fn percent(part: Dynamic, whole: Dynamic) -> Fallible<Dynamic> {
        part_of(&part, &whole, "percent", 100.0)
    }

    /// The smaller of two numbers.
    ///
    /// Missing if either is missing.
    ///
    /// - `a`: a number
    /// - `b`: a number
    ///
    /// ```rhai
    /// min(workers.mean("fte"), 0.5) // 0.5
    /// ```
    #[rhai_fn(return_raw)]
    pub fn min(a: Dynamic, b: Dynamic) -> Fallible<Dynamic> {
        pick(&a, &b, "min", f64::min)
    }

    /// The larger of two numbers.
    ///
    /// Missing if either is missing.
    ///
    /// - `a`: a number
    /// - `b`: a number
    ///
    /// ```rhai
    /// workers.mean(|w| max(0, w.hours_worked - w.hours_contracted)) // 1.1
    /// ```
    #[rhai_fn(return_raw)]
    pub fn max(a: Dynamic, b: Dynamic) -> Fallible<Dynamic> {
        pick(&a, &b, "max", f64::max)
    }

    /// The number, held between two others.
    ///
    /// Missing if one of the three is missing.
    ///
    /// - `number`: a number
    /// - `low`: the least that comes out
    /// - `high`: the most that comes out
    ///
    /// ```rhai
    /// clamp(workers.median("cases"), 18, 30) // 18
    /// ```
    #[rhai_fn(return_raw)]
    pub fn clamp(number: Dynamic, low: Dynamic, high: Dynamic) -> Fallible<Dynamic> {
        let raised = pick(&number, &low, "clamp", f64::max)?;
        pick(&raised, &high, "clamp", f64::min)
    }

    /// The number, rounded half up to a whole one: 2.5 is 3, and -2.5 is -2.
    ///
    /// What is published is rounded by itself: round only where your own rule says so. A
    /// missing number stays missing.
    ///
    /// - `number`: a number
    ///
    /// ```rhai
    /// round(2.5) // 3
    /// ```
    #[rhai_fn(name = "round", return_raw)]
    pub fn round_to_whole(number: Dynamic) -> Fallible<Dynamic> {
        rounded(&number, 0)
    }

    /// The number, rounded half up to so many decimal places.
    ///
    /// A missing number stays missing.
    ///
    /// - `number`: a number
    /// - `places`: how many places, 0 to 9
    ///
    /// ```rhai
    /// round(workers.mean("cases"), 1) // 15.6
    /// ```
    #[rhai_fn(return_raw)]
    pub fn round(number: Dynamic, places: Dynamic) -> Fallible<Dynamic> {
        let to = plain(&places, "round")?;
        match places_of(to) {
            Some(places) => rounded(&number, places),
            None => fault(format!(
                "`round` rounds to 0, 1, 2 … or 9 places, and was given {to}"
            )),
        }
    }

    /// The mean of a list of numbers.
    ///
    /// Missing ones are left out; of none that is there the mean is missing.
    ///
    /// - `list`: a list of numbers
    ///
    /// ```rhai
    /// mean([12, 18, 21]) // 17
    /// ```
    #[rhai_fn(return_raw)]
    pub fn mean(list: Array) -> Fallible<Dynamic> {
        mean_of(&list)
    }
}
