//! A column of words in; the same as days with the year first, as a workbook gives them, out,
//! where each of its words is one. Then their order is that of time, and the same list says
//! the same as a workbook and as plain text.

use crate::data::{Codes, Column};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// The column with days for words; `None` unless all are days and one is written otherwise.
pub(super) fn read(words: &[Arc<str>], rows: &Codes) -> Option<Column> {
    let days: Vec<String> = words
        .iter()
        .map(|word| Some(day(word)?.to_string()))
        .collect::<Option<_>>()?;
    if days.iter().zip(words).all(|(day, word)| *day == **word) {
        return None;
    }
    // Two ways to write a day are one day.
    let mut index: HashMap<String, u32> = HashMap::new();
    let mut different: Vec<Arc<str>> = Vec::new();
    let mut here: Vec<u32> = Vec::new();
    for day in days {
        let next = u32::try_from(different.len()).ok()?;
        let at = *index.entry(day).or_insert_with_key(|day| {
            different.push(day.as_str().into());
            next
        });
        here.push(at);
    }
    let rows = rows
        .iter()
        .map(|row| row.map(|word| here[word as usize]))
        .collect();
    Some(Column::Words {
        words: different,
        rows,
    })
}

/// `23/08/2026`, `23.8.2026`, `23-08-2026` or `2026-08-23`, with midnight after it or nothing:
/// in England the day comes first.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = ["T00:00:00", " 00:00:00", " 00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text);
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [a, b, c] = parts[..] else {
        return None;
    };
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if ![a, b, c].into_iter().all(all) {
        return None;
    }
    let (year, month, day) = match (a.len(), c.len()) {
        (4, 1..=2) if text.contains('-') => (a, b, c),
        (1..=2, 4) => (c, b, a),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_england_writes_it_and_a_workbook_gives_it() {
        for (text, expected) in [
            ("23/08/2026", Some("2026-08-23")),
            ("3.8.2026", Some("2026-08-03")),
            ("23-08-2026", Some("2026-08-23")),
            ("2026-08-23", Some("2026-08-23")),
            ("2026-08-23 00:00:00", Some("2026-08-23")),
            ("08/23/2026", None),
            ("31/02/2026", None),
            ("23/08/26", None),
            ("1.5", None),
            ("2026/08", None),
            ("n/k", None),
            ("", None),
        ] {
            let found = day(text).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_column_is_of_days_only_if_all_its_words_are() {
        let words = |texts: &[&str]| -> Vec<Arc<str>> {
            texts.iter().map(|text| Arc::from(*text)).collect()
        };
        let rows: Codes = [Ok(0), Ok(1), Err(crate::missing::Missing::NotAvailable)]
            .into_iter()
            .collect();
        assert!(read(&words(&["23/08/2026", "soon"]), &rows).is_none());
        let column = read(&words(&["23/08/2026", "2026-08-23"]), &rows).unwrap();
        let Column::Words { words, .. } = &column else {
            panic!("words");
        };
        assert_eq!(words.len(), 1, "two ways to write a day are one day");
        assert!(column.missing(2).is_some());
    }
}
