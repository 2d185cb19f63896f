//! A text in; the plain decimal number that it is, or why it is none, out.

use super::{Wrong, failed, fold};

/// Digits of a whole number that is exact as a decimal one.
const EXACT: usize = 15;

/// Powers of ten, exact as well.
const POWERS: [f64; EXACT + 1] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// A plain decimal number: digits, at most one point, at most one sign in front.
pub(in crate::data::read) fn number(text: &[u8]) -> Option<f64> {
    let digits = text
        .strip_prefix(b"-")
        .or(text.strip_prefix(b"+"))
        .unwrap_or(text);
    let mut points = 0;
    let mut some = false;
    let (mut all, mut decimals) = (0_u64, 0);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                some = true;
                all = all.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                decimals += points;
            }
            b'.' if points == 0 => points = 1,
            _ => return None,
        }
    }
    if some && digits.len() <= EXACT && digits.len() == text.len() {
        // Both are whole numbers without rounding, so that their quotient is rounded once,
        // as it would be by reading the text.
        return Some(all as f64 / POWERS[decimals]);
    }
    let number: f64 = std::str::from_utf8(text)
        .ok()
        .filter(|_| some)?
        .parse()
        .ok()?;
    // Adding zero turns minus zero into zero.
    number.is_finite().then_some(number + 0.0)
}

/// Why a text is no plain number.
pub(in crate::data::read) fn not_a_number(text: &str) -> Wrong {
    let folded = fold(text);
    let unsigned = folded.trim_start_matches(['-', '+']);
    if ["inf", "infinity", "nan"].contains(&unsigned) || failed(&folded) {
        return Wrong::NotFinite;
    }
    if let Some(hours) = in_hours(&folded) {
        return Wrong::Clock(hours);
    }
    let mut bare = folded.as_str();
    bare = bare.strip_prefix('£').unwrap_or(bare).trim();
    bare = bare.strip_suffix('%').unwrap_or(bare).trim();
    let bare = if in_thousands(bare) {
        bare.replace(',', "")
    } else {
        bare.to_owned()
    };
    if number(bare.as_bytes()).is_some() {
        return Wrong::Dressed(bare);
    }
    let pointed = bare.replacen(',', ".", 1);
    match number(pointed.as_bytes()) {
        Some(_) => Wrong::Comma(pointed),
        None => Wrong::NotANumber,
    }
}

/// `37.5` of `37:30` and of `37:30:00`.
fn in_hours(text: &str) -> Option<String> {
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes) = match parts.as_slice() {
        [hours, minutes] | [hours, minutes, "00"] => (hours, minutes),
        _ => return None,
    };
    if !digits(hours) || !digits(minutes) || minutes.len() != 2 || hours.len() > EXACT {
        return None;
    }
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let in_all = (hours + minutes / 60.0) * 100.0;
    (minutes < 60.0).then(|| (in_all.round() / 100.0).to_string())
}

/// `1,234` and `12,345,678.9`: groups of three after the first.
fn in_thousands(text: &str) -> bool {
    let whole = text
        .split('.')
        .next()
        .unwrap_or(text)
        .trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut more = groups.peekable();
    (1..=3).contains(&first.len())
        && more.peek().is_some()
        && more.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_numbers() {
        for (text, expected) in [
            ("12", Some(12.0)),
            ("12.5", Some(12.5)),
            ("-3", Some(-3.0)),
            ("+3", Some(3.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("-0", Some(0.0)),
            ("", None),
            (".", None),
            ("-", None),
            ("1.2.3", None),
            ("1e3", None),
            ("inf", None),
            ("nan", None),
            ("1,234", None),
            ("1 234", None),
            ("£5", None),
        ] {
            assert_eq!(number(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(
            number("9".repeat(400).as_bytes()),
            None,
            "too large to be finite"
        );
    }

    #[test]
    fn a_number_in_a_dress_is_told_from_no_number() {
        let bare = |text: &str| Wrong::Dressed(text.to_owned());
        for (text, expected) in [
            ("1,234", bare("1234")),
            ("-12,345.5", bare("-12345.5")),
            ("£1,234", bare("1234")),
            ("£ 5", bare("5")),
            ("14.2%", bare("14.2")),
            ("3,5", Wrong::Comma("3.5".to_owned())),
            ("1234,567", Wrong::Comma("1234.567".to_owned())),
            ("3,5,7", Wrong::NotANumber),
            ("12 days", Wrong::NotANumber),
            ("37:30", Wrong::Clock("37.5".to_owned())),
            ("37:00:00", Wrong::Clock("37".to_owned())),
            ("7:20", Wrong::Clock("7.33".to_owned())),
            ("37:75", Wrong::NotANumber),
            ("37:3", Wrong::NotANumber),
            ("2:30:15", Wrong::NotANumber),
            (":30", Wrong::NotANumber),
            ("NaN", Wrong::NotFinite),
            ("-inf", Wrong::NotFinite),
            ("#DIV/0!", Wrong::NotFinite),
        ] {
            assert_eq!(not_a_number(text), expected, "{text}");
        }
    }
}
