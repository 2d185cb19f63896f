//! A script's text in, its words and signs out, each with its exact extent.
//!
//! rhai keeps only the point where a token begins and stops at the first fault. Places of
//! card keys and values, and the slips of a hurried author, need both ends and every
//! token, so this scanner reads the same lexical form and never gives up. That the two
//! agree on every script we ship is held by a test.

use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a word of the language.
    Word,
    /// A whole or decimal number.
    Number,
    /// Text in double quotes, backticks or `#"…"#`.
    Text,
    /// Something in single quotes.
    Letter,
    /// Text whose closing quote is missing; it ends at the end of its line.
    OpenText,
    /// `//`, `/*…*/`: what the language passes over. Only [`scan_all`] gives these.
    Comment,
    /// `///`, `/**`: a comment that rhai ties to a function.
    DocComment,
    /// `/*` without its `*/`; it ends with the script.
    OpenComment,
    /// A bracket, operator or other sign.
    Sign,
    /// A character that scripts have no use for.
    Stray,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub span: Span,
}

impl Token<'_> {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text == text && matches!(self.kind, Kind::Word | Kind::Sign)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn opens(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, "(" | "[" | "{" | "#{")
    }

    pub(crate) fn closes(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, ")" | "]" | "}")
    }
}

const SIGNS: [&str; 38] = [
    "**=", "<<=", ">>=", "...", "..=", "#{", "::", "=>", "==", "!=", "<=", ">=", "&&", "||", "??",
    "?.", "?[", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**", "<<", ">>", "..", "->", "(",
    ")", "[", "]", "{", "}", ";", ",",
];

/// The longest sign that a text begins with.
fn sign(text: &str) -> Option<&'static str> {
    // Most characters begin none, and need no look at each.
    let first = text.bytes().next().filter(u8::is_ascii_punctuation)?;
    let begins = |sign: &&&str| sign.as_bytes()[0] == first && text.starts_with(**sign);
    SIGNS.iter().find(begins).copied()
}

/// Every token of a script but plain comments.
pub(crate) fn scan(text: &str) -> Vec<Token<'_>> {
    let mut tokens = scan_all(text);
    tokens.retain(|token| token.kind != Kind::Comment);
    tokens
}

/// Every token of a script, plain comments among them.
pub(crate) fn scan_all(text: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner { text, at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 4);
    while let Some(token) = scanner.next_token() {
        tokens.push(token);
    }
    tokens
}

/// The first token of a text.
pub(super) fn first(text: &str) -> Option<Token<'_>> {
    let mut scanner = Scanner { text, at: 0 };
    loop {
        let token = scanner.next_token()?;
        if token.kind != Kind::Comment {
            return Some(token);
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next_token(&mut self) -> Option<Token<'a>> {
        let skip = self.rest().len() - self.rest().trim_start().len();
        self.at += skip;
        let rest = self.rest();
        let start = self.at;
        let first = rest.chars().next()?;
        let (kind, length) = if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            let tied = rest.starts_with("///") && !rest.starts_with("////");
            (comment(tied), length)
        } else if rest.starts_with("/*") {
            let (length, closed) = block_comment(rest);
            let tied =
                rest.starts_with("/**") && !rest.starts_with("/***") && !rest.starts_with("/**/");
            (
                if closed {
                    comment(tied)
                } else {
                    Kind::OpenComment
                },
                length,
            )
        } else if first == '"' {
            quoted(rest)
        } else if first == '`' {
            backticks(rest)
        } else if let Some(hashes) = raw_hashes(rest) {
            raw(rest, hashes)
        } else if first == '\'' {
            letter(rest)
        } else if first.is_ascii_digit() {
            (Kind::Number, number(rest))
        } else if first == '_' || first.is_alphabetic() {
            let length = rest
                .find(|c: char| !(c == '_' || c.is_alphanumeric()))
                .unwrap_or(rest.len());
            (Kind::Word, length)
        } else if let Some(sign) = sign(rest) {
            (Kind::Sign, sign.len())
        } else if first.is_ascii_punctuation() && !matches!(first, '$' | '@' | '\\' | '~' | '#') {
            (Kind::Sign, 1)
        } else {
            (Kind::Stray, first.len_utf8())
        };
        self.at = start + length;
        Some(Token {
            kind,
            text: &rest[..length],
            span: Span::new(start, start + length),
        })
    }
}

fn comment(tied_to_a_function: bool) -> Kind {
    match tied_to_a_function {
        true => Kind::DocComment,
        false => Kind::Comment,
    }
}

/// Comments nest. Gives the length, and whether it ends before the script does.
fn block_comment(rest: &str) -> (usize, bool) {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return (at, true);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    (rest.len(), false)
}

/// `"…"` with backslash escapes; a quote that stands twice is one in the text, as in a
/// spreadsheet's formulas; a line end closes it badly, unless escaped.
fn quoted(rest: &str) -> (Kind, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if rest[at + 1..].starts_with('"') => escaped = true,
            '"' => return (Kind::Text, at + 1),
            '\n' => return (Kind::OpenText, at),
            _ => {}
        }
    }
    (Kind::OpenText, rest.len())
}

/// `` `…` `` over many lines, with `${…}` inside, which may hold further text, and so on.
fn backticks(rest: &str) -> (Kind, usize) {
    /// What is open: text, or code with so many braces.
    enum Open {
        Text,
        Code(usize),
    }
    let mut open = vec![Open::Text];
    let mut at = 1;
    while let (Some(first), Some(innermost)) = (rest[at..].chars().next(), open.last_mut()) {
        let here = &rest[at..];
        match (innermost, first) {
            // One that stands twice is one in the text.
            (Open::Text, '`') if here.starts_with("``") => at += 1,
            (Open::Text, '`') => {
                open.pop();
                if open.is_empty() {
                    return (Kind::Text, at + 1);
                }
            }
            (Open::Text, '\\') if here.starts_with("\\${") => at += 1,
            (Open::Text, '$') if here.starts_with("${") => {
                open.push(Open::Code(1));
                at += 1;
            }
            (Open::Code(_), '`') => open.push(Open::Text),
            (Open::Code(_), '"') => {
                at += quoted(here).1;
                continue;
            }
            (Open::Code(braces), '{') => *braces += 1,
            (Open::Code(1), '}') => {
                open.pop();
            }
            (Open::Code(braces), '}') => *braces -= 1,
            _ => {}
        }
        at += rest[at..].chars().next().map_or(1, char::len_utf8);
    }
    (Kind::OpenText, rest.find('\n').unwrap_or(rest.len()))
}

fn raw_hashes(rest: &str) -> Option<usize> {
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    (hashes > 0 && rest[hashes..].starts_with('"')).then_some(hashes)
}

fn raw(rest: &str, hashes: usize) -> (Kind, usize) {
    let close = format!("\"{}", "#".repeat(hashes));
    match rest[hashes + 1..].find(&close) {
        Some(end) => (Kind::Text, hashes + 1 + end + close.len()),
        None => (Kind::OpenText, rest.find('\n').unwrap_or(rest.len())),
    }
}

/// `'…'` on one line, in which an apostrophe closes nothing; a lone `'` is stray.
fn letter(rest: &str) -> (Kind, usize) {
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let closes = |at: &usize| !line[at + 2..].starts_with(char::is_alphanumeric);
    match line[1..].match_indices('\'').map(|(at, _)| at).find(closes) {
        Some(end) => (Kind::Letter, end + 2),
        None => (Kind::Stray, 1),
    }
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'_')
            .count()
    };
    if bytes.len() > 1
        && bytes[0] == b'0'
        && matches!(bytes[1], b'x' | b'o' | b'b' | b'X' | b'O' | b'B')
    {
        return 2 + bytes[2..]
            .iter()
            .take_while(|byte| byte.is_ascii_hexdigit() || **byte == b'_')
            .count();
    }
    let mut at = digits(0);
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        at += 1 + digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let power = digits(at + 1 + sign);
        if power > 0 {
            at += 1 + sign + power;
        }
    }
    at
}

/// The word that closes the bracket which the one at `open` opens.
pub(crate) fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The content of a text token as the author sees it, escapes left as they are.
pub(crate) fn inner(token: &Token<'_>) -> String {
    token
        .text
        .trim_matches('#')
        .trim_matches(|c| matches!(c, '"' | '`' | '\''))
        .to_owned()
}

#[cfg(test)]
pub(super) mod agree;

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<&str> {
        scan(script).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_vanish_and_text_keeps_its_quotes() {
        assert_eq!(
            texts("a // b\n/* c /* d */ */ \"x // y\" `p ${q + \"}\"} r`"),
            ["a", "\"x // y\"", "`p ${q + \"}\"} r`"]
        );
    }

    #[test]
    fn a_quote_that_stands_twice_is_one_in_the_text() {
        assert_eq!(
            texts("\"a \"\"b\"\" c\", \"\""),
            ["\"a \"\"b\"\" c\"", ",", "\"\""]
        );
        assert_eq!(texts("`a ``b`` c`; ``"), ["`a ``b`` c`", ";", "``"]);
        assert_eq!(texts("`a \\${b` c"), ["`a \\${b`", "c"]);
        // Left open within the code of a text, behind a sign of three bytes.
        assert_eq!(texts("`${\"│"), ["`${\"│"]);
        assert_eq!(
            scan("\"a\"\"").first().map(|one| one.kind),
            Some(Kind::OpenText)
        );
    }

    #[test]
    fn numbers_keep_their_dots_and_ranges_do_not() {
        assert_eq!(
            texts("1.5*x 0..10 1_000 2e3"),
            ["1.5", "*", "x", "0", "..", "10", "1_000", "2e3"]
        );
    }

    #[test]
    fn text_without_its_closing_quote_ends_with_its_line() {
        let tokens = scan("a: \"b,\nc");
        assert_eq!(tokens[2].kind, Kind::OpenText);
        assert_eq!(tokens[3].text, "c");
    }
}
