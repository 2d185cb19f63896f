//! Wording for people and for survey tools: a text in, the same words for a reader out.

use crate::report::escape::visible;

/// The most letters of one text: a cell of a workbook holds 32,767 of them.
const LONGEST: usize = 8_000;

/// The first letter a capital, the rest as it is.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A text for a survey tool, on one line, with nothing in it that a tool reads as more than
/// words. Braces hold references in both tools, so they become brackets; a link and a tag
/// of the tools' own markup come apart; control characters show as such.
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.trim().chars().take(LONGEST).peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            '{' => out.push('('),
            '}' => out.push(')'),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(visible(other)),
        }
        let tag =
            letter == '<' && next.is_some_and(|next| next.is_alphabetic() || "/!?&".contains(next));
        if tag || (letter == ']' && next == Some('(')) {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_for_a_tool_holds_no_reference_link_or_tag() {
        for (text, inerted) in [
            ("${cases} of {total}", "$(cases) of (total)"),
            ("[a](http://x.example)", "[a] (http://x.example)"),
            ("<b>5 < 6</b>", "< b>5 < 6< /b>"),
            (" a\r\nb\u{7}\u{202e} ", "a  b\u{fffd}\u{fffd}"),
            ("I'm 50% sure: \"yes\"", "I'm 50% sure: \"yes\""),
        ] {
            assert_eq!(inert(text), inerted);
        }
    }
}
