//! Numbers that carry more than a number: a unit, a comma for thousands, a date without
//! quotes, and two whole numbers that are divided.

use super::vocabulary::joins;
use super::{Desk, words};
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;
use std::ops::Range;

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        if desk.tokens[index].kind == Kind::Number {
            number(desk, index);
        }
    }
}

fn number(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    if date(desk, index) {
        return;
    }
    let after = desk.get(index + 2);
    if desk.is(index + 1, "%")
        && after.is_none_or(|after| after.closes() || matches!(after.text, "," | ";"))
    {
        let percent = desk.tokens[index + 1].span;
        let reckons = |sign: &Token<'_>| joins_two(sign.text) || sign.is("-");
        let is_reckoned = desk.before(index).is_some_and(reckons);
        let report = desk.report(
            Code::UnitInNumber,
            token.span.to(percent),
            "a number stands alone, without its unit",
        );
        match (is_reckoned, token.text.parse::<f64>()) {
            // It may be a part of one or of a hundred: nobody knows.
            (true, Ok(number)) => report.label(format!(
                "write `{}` for a part of one, as of full time, or `{}` beside a share, which runs from 0 to 100",
                number / 100.0,
                token.text
            )),
            _ => report
                .label(format!("write `{}`", token.text))
                .typed(token.text),
        };
    }
    leading_point(desk, index);
    unit(desk, index);
    thousands_in_formula(desk, index);
    whole_division(desk, index);
}

/// `.5`: to rhai the point asks something of what stands before it.
fn leading_point(desk: &mut Desk<'_>, index: usize) {
    let touches = |at: usize| desk.is(at, ".") && desk.touches_next(at);
    let Some(point) = index.checked_sub(1).filter(|at| touches(*at)) else {
        return;
    };
    let is_asked = point.checked_sub(1).is_some_and(|before| {
        let token = desk.tokens[before];
        desk.touches_next(before)
            && (token.is_word() || token.closes() || token.kind == Kind::Number)
    });
    if is_asked {
        return;
    }
    let token = desk.tokens[index];
    let number = format!("0.{}", token.text);
    desk.report(
        Code::Syntax,
        desk.tokens[point].span.to(token.span),
        "a number begins with a digit",
    )
    .label(format!("write `{number}`"))
    .typed(number);
}

/// `16 cases`: one word or, in a card, several. It is taken out unasked only where the number
/// then stands as a value does; elsewhere nobody knows what the word was to join.
fn unit(desk: &mut Desk<'_>, index: usize) {
    // All else goes back in the text to be known.
    if !desk.get(index + 1).is_some_and(|next| next.is_word()) {
        return;
    }
    let line = desk.line(index);
    let is_unit = |at: usize| {
        desk.get(at).is_some_and(|unit| {
            unit.is_word()
                && joins(unit.text).is_none()
                && !matches!(unit.text, "in" | "else" | "if" | "is" | "x" | "then")
        }) && desk.line(at) == line
            && !desk.is(at + 1, ":")
    };
    let most = if words::in_card(desk, index) { 4 } else { 1 };
    let count = (index + 1..=index + most)
        .take_while(|at| is_unit(*at))
        .count();
    if count == 0 {
        return;
    }
    let after = index + count + 1;
    let (token, last) = (desk.tokens[index], desk.tokens[after - 1]);
    let ends = desk
        .get(after)
        .is_none_or(|next| desk.line(after) > line || follows_a_number(desk, after, next));
    let report = desk.report(
        Code::UnitInNumber,
        token.span.to(last.span),
        "a number stands alone, without its unit",
    );
    if ends {
        report
            .label(format!("write `{}`", token.text))
            .typed(token.text);
    } else {
        report.label(format!(
            "take `{}` out, or write the sign that joins the two, such as `*`",
            last.text
        ));
    }
}

/// Whether a word or sign stands after a number that is complete.
fn follows_a_number(desk: &Desk<'_>, index: usize, token: &Token<'_>) -> bool {
    let joins = match token.kind {
        Kind::Sign => match token.text {
            "-" => !desk.touches_next(index),
            sign => joins_two(sign),
        },
        _ => token.is_word() && joins(token.text).is_some(),
    };
    joins || token.closes() || matches!(token.text, "," | ";" | "{")
}

/// Signs, save a minus, that stand between two values.
fn joins_two(sign: &str) -> bool {
    matches!(
        sign,
        "+" | "*" | "/" | "**" | "<" | ">" | "<=" | ">=" | "==" | "!=" | "&&" | "||"
    )
}

/// `w.cases > 1,000`: the comma would begin the next value.
fn thousands_in_formula(desk: &mut Desk<'_>, index: usize) {
    let compared = desk
        .before(index)
        .is_some_and(|sign| matches!(sign.text, "<" | ">" | "<=" | ">=" | "==" | "!="));
    let (token, Some(next)) = (desk.tokens[index], desk.get(index + 2)) else {
        return;
    };
    let touching = desk.touches_next(index) && desk.touches_next(index + 1);
    if compared && touching && desk.is(index + 1, ",") && next.kind == Kind::Number {
        comma_in_number(desk, token.span.to(next.span), &[token.text, next.text]);
    }
}

/// Digits with commas among them: thousands, if three follow each comma. One comma before fewer
/// or more digits stands where a point belongs; of anything else nobody knows.
pub(super) fn comma_in_number(desk: &mut Desk<'_>, span: Span, parts: &[&str]) {
    let of_thousands = |part: &&str| part.split('.').next().is_some_and(|whole| whole.len() == 3);
    let (alone, message) = match parts {
        [_, rest @ ..] if rest.iter().all(of_thousands) => {
            (parts.concat(), "a number has no comma for thousands")
        }
        [whole, part] if !part.contains('.') => (
            format!("{whole}.{part}"),
            "a number has a point, and no comma",
        ),
        _ => {
            desk.report(Code::UnitInNumber, span, "a number has no commas")
                .label("write it with its digits, and a point if need be");
            return;
        }
    };
    desk.report(Code::UnitInNumber, span, message)
        .label(format!("write `{alone}`"))
        .typed(alone);
}

/// The months as people write them, by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `01/04/2026` or `1 April 2026` as the date that it is.
fn british_date(desk: &Desk<'_>, index: usize) -> Option<(Span, String)> {
    let number = |at: usize| {
        let token = desk.get(at).filter(|token| token.kind == Kind::Number)?;
        token.text.parse::<u16>().ok()
    };
    let token = desk.get(index)?;
    // `01.04.2026` is read as two numbers: `01.04` and `2026`.
    if let Some((day, month)) = token.text.split_once('.')
        && desk.is(index + 1, ".")
        && desk.touches_next(index)
        && desk.touches_next(index + 1)
    {
        return on_a_day(
            desk,
            index..index + 2,
            day.parse().ok()?,
            month.parse().ok()?,
            number(index + 2)?,
        );
    }
    let (last, month) = if desk.is(index + 1, "/") && desk.is(index + 3, "/") {
        let (first, last) = (number(index)?, number(index + 4)?);
        // Year first, as in `2026/04/01`.
        if first > 1900 {
            return on_a_day(desk, index..index + 4, last, number(index + 2)?, first);
        }
        (index + 4, number(index + 2)?)
    } else {
        let word = desk.get(index + 1).filter(|token| token.is_word())?;
        let word = word.text.to_lowercase();
        let month = MONTHS.iter().position(|month| word.starts_with(month))?;
        (index + 2, u16::try_from(month + 1).ok()?)
    };
    on_a_day(desk, index..last, number(index)?, month, number(last)?)
}

/// The date, if there is such a day in about our time; `words` are the first and the last.
fn on_a_day(
    desk: &Desk<'_>,
    words: Range<usize>,
    day: u16,
    month: u16,
    year: u16,
) -> Option<(Span, String)> {
    let plausible = (1..=31).contains(&day) && (1..=12).contains(&month) && year > 1900;
    let span = desk.get(words.start)?.span.to(desk.get(words.end)?.span);
    plausible.then(|| (span, format!("\"{year}-{month:02}-{day:02}\"")))
}

/// `2026-04-01` without quotes is a subtraction.
fn date(desk: &mut Desk<'_>, index: usize) -> bool {
    let token = desk.tokens[index];
    if let Some((span, date)) = british_date(desk, index) {
        desk.report(
            Code::UnquotedDate,
            span,
            "a date goes in quotes, year first",
        )
        .label(format!("write `{date}`"))
        .typed(date);
        return true;
    }
    let is_number = |at: usize, longest: usize| {
        desk.get(at).is_some_and(|token| {
            token.kind == Kind::Number && token.text.len() <= longest && !token.text.contains('.')
        })
    };
    let touching = (index..index + 4).all(|at| desk.touches_next(at));
    if token.text.len() != 4
        || !token.text.starts_with(['1', '2'])
        || !touching
        || !desk.is(index + 1, "-")
        || !is_number(index + 2, 2)
        || !desk.is(index + 3, "-")
        || !is_number(index + 4, 2)
    {
        return false;
    }
    let span = token.span.to(desk.tokens[index + 4].span);
    let text = desk.source.slice(span).to_owned();
    desk.report(Code::UnquotedDate, span, "a date goes in quotes")
        .label("without them this is a subtraction")
        .typed(format!("\"{text}\""));
    true
}

/// `7 / 2` between two written whole numbers is 3 in rhai.
fn whole_division(desk: &mut Desk<'_>, index: usize) {
    let is_whole = |at: usize| {
        desk.get(at).is_some_and(|token| {
            token.kind == Kind::Number && !token.text.contains(['.', 'e', 'E'])
        })
    };
    if !is_whole(index) || !desk.is(index + 1, "/") || !is_whole(index + 2) {
        return;
    }
    // The second half of `01/04/2026`, which was told as a date.
    if index >= 2 && british_date(desk, index - 2).is_some() {
        return;
    }
    let (top, bottom) = (desk.tokens[index], desk.tokens[index + 2]);
    desk.report(
        Code::WholeDivision,
        top.span.to(bottom.span),
        "two whole numbers divide to a whole number: the rest is dropped",
    )
    .label(format!("write `{}.0 / {}`", top.text, bottom.text))
    .typed(format!("{}.0 / {}", top.text, bottom.text));
}
