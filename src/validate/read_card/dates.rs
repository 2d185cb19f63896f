//! Days, as authors write them.

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;
use jiff::civil::Date;

impl Reader<'_> {
    pub(in crate::validate) fn date(&self, key: &str) -> Option<Date> {
        let text = self.placed_text(key)?;
        self.parse_date(&text)
    }

    /// First and last day, in that order.
    pub(in crate::validate) fn days(&self, key: &str) -> Option<(Date, Date)> {
        let days = self.texts(key);
        if self.has(key) && days.len() != 2 {
            self.fault(
                Diagnostic::new(
                    Code::WrongKind,
                    self.place(key),
                    format!("`{key}` wants first and last day"),
                )
                .label(format!("{} given", days.len()))
                .help("[\"2026-09-07\", \"2026-09-30\"]"),
            );
            return None;
        }
        let first = self.parse_date(days.first()?)?;
        let last = self.parse_date(days.get(1)?)?;
        if last < first {
            self.fault(
                Diagnostic::new(
                    Code::DateOutOfRange,
                    days[1].place.clone(),
                    "the last day lies before the first",
                )
                .label("first day, then last day")
                .help(format!("[\"{last}\", \"{first}\"]")),
            );
            return None;
        }
        Some((first, last))
    }

    pub(in crate::validate) fn parse_date(&self, text: &Spanned<String>) -> Option<Date> {
        match text.value.trim().parse::<Date>() {
            Ok(date) if text.value.trim().len() == 10 => {
                if !(2009..=2100).contains(&date.year()) {
                    self.fault(
                        Diagnostic::new(
                            Code::DateOutOfRange,
                            text.place.clone(),
                            format!("{} cannot be the year of a check", date.year()),
                        )
                        .label("checks began in 2009"),
                    );
                    return None;
                }
                Some(date)
            }
            _ => {
                let fault = Diagnostic::new(
                    Code::BadDate,
                    text.place.clone(),
                    format!("\"{}\" is not a day", text.value),
                );
                self.fault(match british(&text.value) {
                    Some(date) => fault
                        .label(format!("write \"{date}\""))
                        .help(format!("\"{date}\"")),
                    None if looks_like_a_date(&text.value) => {
                        fault.label("the calendar has no such day")
                    }
                    None => fault.label("a day is written year-month-day: \"2026-09-30\""),
                });
                None
            }
        }
    }
}

/// `2026-02-30`: in the right form, and in no calendar.
fn looks_like_a_date(text: &str) -> bool {
    let form: String = text
        .trim()
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c })
        .collect();
    form == "9999-99-99"
}

/// `30/09/2026`, `30.9.26` or `2026/9/30` as a date.
fn british(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text
        .split(['/', '.', '-', ' '])
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else {
        return None;
    };
    let (year, month, day) = if a > 31 {
        (a, b, c)
    } else if c > 31 {
        (c, b, a)
    } else {
        (c + 2000, b, a)
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
