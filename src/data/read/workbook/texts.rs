//! A cell of a workbook in, the text that a reader of the spreadsheet would take it for out.

use super::super::decode::spaces;
use calamine::{Data, ExcelDateTime};
use std::borrow::Cow;

/// The text of a cell: numbers plain, days as `2026-09-30`, hours as `37:30`, a formula that
/// failed as its error, `#REF!`.
pub(super) fn text(value: &Data) -> Cow<'_, str> {
    Cow::Owned(match value {
        Data::Empty => String::new(),
        Data::String(text) => return spaces(text),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(moment) => moment_text(moment),
        Data::DateTimeIso(text) => {
            let (day, time) = text.split_once('T').unwrap_or((text, ""));
            return Cow::Borrowed(match time.trim_start_matches('0') {
                "" | ":00" | ":00:00" | ":00:00Z" => day,
                _ => text.as_str(),
            });
        }
        Data::DurationIso(text) => return hours(text).map_or(Cow::Borrowed(text), Cow::Owned),
        Data::Error(error) => error.to_string(),
    })
}

/// A number with the 15 digits that a spreadsheet shows at most, so that 0.1 + 0.2 is 0.3;
/// whole numbers without a point.
fn number_text(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    (shown + 0.0).to_string()
}

/// A number in a cell whose format shows it as a percentage: 0.45 is shown as 45%.
pub(super) fn share(number: f64) -> String {
    number_text(number * 100.0) + "%"
}

/// Whether a number format shows numbers as percentages.
pub(super) fn is_share(format: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    format.chars().any(|c| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '"' => quoted = !quoted,
            '\\' => escaped = true,
            _ => return c == '%' && !quoted,
        }
        false
    })
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        // Whole minutes; a spreadsheet keeps an hour as 1/24 of a day.
        let minutes = (days * 24.0 * 60.0).round();
        let sign = if minutes < 0.0 { "-" } else { "" };
        let minutes = minutes.abs();
        return format!("{sign}{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}")
    }
}

/// `PT37H30M00S` as `37:30`.
fn hours(iso: &str) -> Option<String> {
    let (hours, rest) = iso.strip_prefix("PT")?.split_once('H')?;
    let (minutes, _) = rest.split_once('M')?;
    let hours: u32 = hours.parse().ok()?;
    let minutes: u32 = minutes.parse().ok()?;
    Some(format!("{hours}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    #[test]
    fn a_cell_is_the_text_that_its_reader_sees() {
        let moment = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        for (value, expected) in [
            (Data::Float(7.0), "7"),
            (Data::Float(0.1 + 0.2), "0.3"),
            (Data::Float(-0.0), "0"),
            (Data::Float(1234567890123.0), "1234567890123"),
            (Data::Float(1e20), "100000000000000000000"),
            (Data::Int(-3), "-3"),
            (Data::Bool(true), "TRUE"),
            (Data::String("A\u{a0}B".into()), "A B"),
            (Data::Error(CellErrorType::Ref), "#REF!"),
            (Data::Error(CellErrorType::NA), "#N/A"),
            (moment(46295.0, ExcelDateTimeType::DateTime), "2026-09-30"),
            (
                moment(46295.5, ExcelDateTimeType::DateTime),
                "2026-09-30 12:00",
            ),
            (moment(0.75, ExcelDateTimeType::DateTime), "18:00"),
            (moment(1.5625, ExcelDateTimeType::TimeDelta), "37:30"),
            (
                Data::DateTimeIso("2026-09-30T00:00:00".into()),
                "2026-09-30",
            ),
            (Data::DateTimeIso("2026-09-30".into()), "2026-09-30"),
            (Data::DurationIso("PT37H30M00S".into()), "37:30"),
            (Data::DurationIso("P1D".into()), "P1D"),
        ] {
            assert_eq!(text(&value), expected, "{value:?}");
        }
        assert_eq!(share(0.45), "45%");
    }

    #[test]
    fn a_format_of_percentages_is_told_from_a_sign_in_quotes() {
        assert!(is_share("0.0%") && is_share("0%;-0%"));
        assert!(!is_share("0.0") && !is_share("0\"%\"") && !is_share("0\\%"));
    }
}
