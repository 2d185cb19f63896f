//! A day as it is printed: `2026-09-30` in, `30 September 2026` out.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day in words; a text that is no day as it is.
pub(crate) fn day(written: &str) -> String {
    let parts: Vec<&str> = written.split('-').collect();
    let read = |at: usize| parts.get(at).and_then(|part| part.parse::<usize>().ok());
    let month = read(1)
        .and_then(|month| month.checked_sub(1))
        .and_then(|month| MONTHS.get(month));
    match (read(0), month, read(2)) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_in_words_and_what_is_no_day_is_as_it_was() {
        assert_eq!(day("2026-09-30"), "30 September 2026");
        assert_eq!(day("2024-01-01"), "1 January 2024");
        for no_day in ["", "2026-13-01", "2026-00-01", "soon", "2026-09"] {
            assert_eq!(day(no_day), no_day);
        }
    }
}
