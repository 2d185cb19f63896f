//! A style in, what it would load from elsewhere out.

use super::MOST_SHOWN;
use crate::diagnostic::beginning;
use std::borrow::Cow;

/// What loads something by a name in quotes, beside `url(…)`.
const LOADERS: [&str; 3] = ["@import", "image-set(", "src("];

/// What a style would load.
pub fn style(text: &str, found: &mut Vec<(String, String)>) {
    let lower = text.to_ascii_lowercase();
    let read = without_escapes(&lower);
    let mut refuse = |what: &str| {
        // What is written with escapes stands otherwise in the text.
        let stands = match lower.contains(what) {
            true => what,
            false => &lower[lower.find('\\').unwrap_or(0)..],
        };
        let message = format!(
            "a style may not load from elsewhere: `{}`",
            beginning(what, MOST_SHOWN)
        );
        found.push((message, beginning_of_line(stands).to_owned()));
    };
    for loader in LOADERS.into_iter().filter(|loader| read.contains(loader)) {
        refuse(loader);
    }
    for (at, sign) in read.match_indices("url(") {
        let rest = &read[at + sign.len()..];
        let address = rest.trim_start().trim_start_matches(['"', '\'']);
        if !(address.starts_with("data:image/") || address.starts_with('#')) {
            let end = rest.find(')').unwrap_or(rest.len());
            refuse(&read[at..at + sign.len() + end]);
        }
    }
}

/// A style as a browser reads it: `u\72l` is `url`.
fn without_escapes(text: &str) -> Cow<'_, str> {
    const MOST_DIGITS: usize = 6;
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        read.push_str(before);
        let digits = after.bytes().take(MOST_DIGITS);
        let digits = digits.take_while(u8::is_ascii_hexdigit).count();
        rest = &after[digits..];
        if let Ok(number) = u32::from_str_radix(&after[..digits], 16) {
            let meant = char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
            read.push(meant.to_ascii_lowercase());
            rest = rest
                .strip_prefix([' ', '\n', '\t', '\r', '\u{c}'])
                .unwrap_or(rest);
        }
    }
    read.push_str(rest);
    Cow::Owned(read)
}

/// So much of a text as stands on its first line.
fn beginning_of_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
