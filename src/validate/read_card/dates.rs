//! Days, as authors write them.

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{EDITION, LAST_YEAR};
use crate::source::Spanned;
use jiff::civil::Date;

/// `["2026-09-01", "2026-09-30"]` of `2026-09-01 to 2026-09-30`.
pub(super) fn two_days(text: &str) -> Option<String> {
    let is_sign = |c: char| !(c.is_ascii_digit() || c == '-');
    let mut days = text
        .split(is_sign)
        .map(|part| part.trim_matches('-'))
        .filter(|part| part.len() == 10 && part.parse::<Date>().is_ok());
    let two = (days.next()?, days.next()?);
    days.next()
        .is_none()
        .then(|| format!("[\"{}\", \"{}\"]", two.0, two.1))
}

impl Reader<'_> {
    pub(in crate::validate) fn date(&self, key: &str) -> Option<Date> {
        let text = self.placed_text(key)?;
        self.parse_date(&text)
    }

    /// The day of the whole check.
    pub(in crate::validate) fn day_of_check(&self) -> Option<Date> {
        let day = self.date("as_of")?;
        if day.year() > LAST_YEAR {
            self.fault(
                Diagnostic::new(
                    Code::DateOutOfRange,
                    self.place("as_of"),
                    format!(
                        "a check by the national core {EDITION} cannot be of {}",
                        day.year()
                    ),
                )
                .label(format!("{LAST_YEAR} at the latest: is a digit wrong?")),
            );
            return None;
        }
        Some(day)
    }

    /// First and last day, in that order.
    pub(in crate::validate) fn days(&self, key: &str) -> Option<(Date, Date)> {
        let days = self.texts(key);
        // What is no list was told by its kind.
        if self.has(key) && self.list(key).is_none() {
            return None;
        }
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
        // Both are looked at, so that both are told of at once.
        let (first, last) = (
            self.parse_date(days.first()?),
            self.parse_date(days.get(1)?),
        );
        let (first, last) = (first?, last?);
        if last < first {
            self.fault(
                Diagnostic::new(
                    Code::DateOutOfRange,
                    days[1].place.clone(),
                    "the last day lies before the first",
                )
                .label("first day, then last day")
                .help(format!("[\"{last}\", \"{first}\"]"))
                .typed_at(self.place(key).span, format!("[\"{last}\", \"{first}\"]"))
                .offered(),
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
                        .label("days from 2009 to 2100 are read: is a digit wrong?"),
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
                let plain = text.value.trim().replace(['–', '—', '‑', '−', '‐'], "-");
                if plain.parse::<Date>().is_ok() && plain.len() == 10 {
                    self.fault(
                        fault
                            .label("its dashes are a word processor's")
                            .typed(format!("\"{plain}\"")),
                    );
                    return None;
                }
                self.fault(match british(&text.value) {
                    Some((date, only)) => {
                        let fault = fault
                            .label(format!("write \"{date}\""))
                            .typed(format!("\"{date}\""));
                        if only { fault } else { fault.offered() }
                    }
                    None if looks_like_a_date(&text.value) => {
                        let fault = fault.label("the calendar has no such day");
                        match last_of_month(&text.value) {
                            Some(last) => fault.typed(format!("\"{last}\"")).offered(),
                            None => fault,
                        }
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

/// The last day of the month of a day that lies just after it: `2026-09-31`.
fn last_of_month(text: &str) -> Option<Date> {
    let text = text.trim();
    let first = format!("{}-01", text.get(..7)?).parse::<Date>().ok()?;
    let day = text.get(8..)?.parse::<i8>().ok()?;
    let last = first.last_of_month();
    (day > last.day() && day <= 31).then_some(last)
}

/// The months by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `30/09/2026`, `30.9.26`, `2026/9/30`, `30 September 2026` or `September 30th, 2026` as a
/// date, and whether it can be no other: `4/9/2026` is 9 April to an American.
pub(crate) fn british(text: &str) -> Option<(Date, bool)> {
    let parts: Vec<&str> = text
        .split(['/', '.', '-', ' ', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts[..] else {
        return None;
    };
    let number = |part: &str| {
        let bare = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
        bare.parse::<i16>().ok()
    };
    let month = |part: &str| {
        let word = part.to_lowercase();
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        i16::try_from(at + 1).ok()
    };
    let (year, named, day) = match (month(a), month(b)) {
        (Some(named), _) => (number(c)?, Some(named), number(b)?),
        (_, Some(named)) => (number(c)?, Some(named), number(a)?),
        _ if number(a)? > 31 => (number(a)?, None, number(c)?),
        _ => (number(c)?, None, number(a)?),
    };
    let only = named.is_some() || number(a)? > 31 || day > 12 || number(b)? == day;
    let month = match named {
        Some(named) => named,
        None => number(b)?,
    };
    let year = if year < 100 { year + 2000 } else { year };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, only))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_in_every_form_that_people_write() {
        for (text, day, only) in [
            ("30/09/2026", "2026-09-30", true),
            ("30.9.26", "2026-09-30", true),
            ("2026/9/30", "2026-09-30", true),
            ("4/9/2026", "2026-09-04", false),
            ("4 Sept 2026", "2026-09-04", true),
            ("4th September 2026", "2026-09-04", true),
            ("September 4, 2026", "2026-09-04", true),
        ] {
            let read = british(text).map(|(date, only)| (date.to_string(), only));
            assert_eq!(read, Some((day.to_owned(), only)), "{text}");
        }
        assert_eq!(british("soon"), None);
        assert_eq!(british("31/02/2026"), None);
    }
}
