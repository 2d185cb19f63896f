//! A style in, what it would load from elsewhere out.

use super::{MOST_FOUND, MOST_SHOWN};
use crate::diagnostic::beginning;
use std::borrow::Cow;

/// What loads something by a name in quotes, beside `url(…)`.
const LOADERS: [&str; 3] = ["@import", "image-set(", "src("];

/// What a style would load, of very much of it the first.
pub fn style(text: &str, found: &mut Vec<(String, String)>) {
    let lower = text.to_ascii_lowercase();
    let read = without_escapes(&lower);
    let loaders = LOADERS.into_iter().filter(|loader| read.contains(loader));
    let addresses = read.split("url(").skip(1).filter_map(|rest| {
        let address = rest.trim_start().trim_start_matches(['"', '\'']);
        let is_beside = address.starts_with("data:image/") || address.starts_with('#');
        let end = rest.find(')').unwrap_or(rest.len());
        (!is_beside).then(|| format!("url({}", &rest[..end]))
    });
    for what in loaders.map(str::to_owned).chain(addresses) {
        if found.len() > MOST_FOUND {
            return;
        }
        let shown = beginning(&what, MOST_SHOWN);
        let message = format!("a style may not load from elsewhere: `{shown}`");
        // What is written with escapes stands otherwise in the text.
        let stands = match lower.contains(&what) {
            true => what,
            false => first_line(&lower[lower.find('\\').unwrap_or(0)..]).to_owned(),
        };
        found.push((message, stands));
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
fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}
