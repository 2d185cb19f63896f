//! What stands in a cell: values in, cells out in which no text can act as a formula.

use crate::publication::Figure;
use crate::report::escape::visible;
use std::borrow::Cow;

/// A cell. Its words are those of the publication, where they are inert as they stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'p> {
    /// Nothing.
    Empty,
    /// Words, made inert.
    Text(Cow<'p, str>),
    /// A number.
    Number(f64),
    /// A symbol in the place of a number, made inert like any words.
    Symbol(Cow<'p, str>),
    /// Yes or no.
    Flag(bool),
}

impl<'p> Cell<'p> {
    pub(super) fn text(text: &'p str) -> Self {
        match inert(text) {
            text if text.is_empty() => Cell::Empty,
            text => Cell::Text(text),
        }
    }

    /// Words that stand nowhere else.
    pub(super) fn words(words: &str) -> Self {
        match inert(words).into_owned() {
            words if words.is_empty() => Cell::Empty,
            words => Cell::Text(Cow::Owned(words)),
        }
    }

    pub(super) fn optional(text: Option<&'p String>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::text(text))
    }

    /// Several texts as one.
    pub(super) fn list(texts: &[String]) -> Self {
        Cell::words(&texts.join("; "))
    }

    /// A figure's number or its symbol; never its text, which is for readers.
    pub(super) fn figure(figure: &'p Figure) -> Self {
        match (figure.value, &figure.symbol) {
            (_, Some(symbol)) => Cell::Symbol(inert(symbol)),
            (Some(value), None) => Cell::number(value),
            (None, None) => Cell::Empty,
        }
    }

    pub(super) fn number(value: f64) -> Self {
        if value.is_finite() {
            Cell::Number(value)
        } else {
            Cell::Empty
        }
    }
}

/// Text that no spreadsheet takes for a formula, in whatever way it splits the file: one
/// line, and a `'` before each sign that could begin one, at the beginning and after a `;`
/// (where a program that splits by `;` would begin a cell).
pub(super) fn inert(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if is_inert(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' if begins => {
                out.push('\'');
                out.push(character);
                begins = false;
            }
            ';' => {
                out.push(';');
                begins = true;
            }
            other => {
                begins &= other.is_whitespace() || other == '"';
                out.push(visible(other));
            }
        }
    }
    Cow::Owned(out)
}

/// Whether a trimmed text is plain letters, digits and signs that begin nothing, as most are.
fn is_inert(text: &str) -> bool {
    let begins = text.bytes().next();
    !matches!(begins, Some(b'=' | b'+' | b'-' | b'@' | b'"'))
        && text
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && byte != b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_could_be_a_formula_begins_with_an_apostrophe() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r=1", "'=1"),
            (" =1", "'=1"),
            ("\"=1", "\"'=1"),
            ("＝1", "'＝1"),
            ("Duty; =1", "Duty; '=1"),
            ("a\n=1", "a =1"),
            ("Duty - north", "Duty - north"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(inert(text), safe, "{text:?}");
        }
    }

    #[test]
    fn a_number_is_a_number_and_a_symbol_is_text() {
        let figure = |value, symbol: Option<&str>| Figure {
            value,
            symbol: symbol.map(str::to_owned),
            text: "99".to_owned(),
        };
        assert_eq!(Cell::figure(&figure(Some(-3.5), None)), Cell::Number(-3.5));
        let withheld = figure(None, Some("c"));
        assert_eq!(Cell::figure(&withheld), Cell::Symbol("c".into()));
    }

    #[test]
    fn a_figure_with_a_symbol_shows_no_number_even_if_it_held_one() {
        let figure = Figure {
            value: Some(7.0),
            symbol: Some("c".to_owned()),
            text: "c".to_owned(),
        };
        assert_eq!(Cell::figure(&figure), Cell::Symbol("c".into()));
    }
}
