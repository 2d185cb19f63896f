//! Turning a value into text that can never be markup.
//!
//! In: a value's text. Out: the same words for a reader, inert in HTML or in Markdown.

/// For HTML, in text and in quoted attributes.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            other => out.push(visible(other)),
        }
    }
    out
}

/// For Markdown, with tables and links as GitHub reads them: one line, no mark with a
/// meaning, at the start of a line or within.
pub fn markdown(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - numbered.len();
    for (at, character) in text.char_indices() {
        let rest = &text[at..];
        let begins = at == 0 && matches!(character, '-' | '+' | '=' | ':');
        let marks = at == digits && digits > 0 && matches!(character, '.' | ')');
        let numbers = marks && !rest[1..].starts_with(|c: char| !c.is_whitespace());
        let links = rest.starts_with("://") || (character == '.' && www(&text[..at]));
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(character);
            }
            _ if begins || numbers || links => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(visible(other)),
        }
    }
    out
}

fn www(before: &str) -> bool {
    let before = before.as_bytes();
    before.len() >= 3 && before[before.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// Control characters, and those that turn the direction of text round, show as the
/// replacement character: a page must read as it is stored.
pub fn visible(character: char) -> char {
    let turns = matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    if turns || character.is_control() || character == '\u{feff}' {
        '\u{fffd}'
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_open_a_tag_or_leave_an_attribute() {
        assert_eq!(
            html("<b a=\"'&\u{202e}\u{7}"),
            "&lt;b a=&quot;&#39;&amp;\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn a_value_cannot_start_a_list_a_heading_a_link_or_a_cell() {
        for (value, escaped) in [
            ("- a", "\\- a"),
            ("12. a", "12\\. a"),
            ("12.5", "12.5"),
            ("12.", "12\\."),
            ("# a", "\\# a"),
            ("a | b", "a \\| b"),
            ("[a](b)", "\\[a\\](b)"),
            ("https://a", "https\\://a"),
            ("WWW.a.b", "WWW\\.a.b"),
            ("a\n\nb", "a  b"),
            ("<i>", "&lt;i&gt;"),
        ] {
            assert_eq!(markdown(value), escaped);
        }
    }
}
