//! Addresses on a page: which a browser may follow, which it may load, and those of Markdown.

use super::{MOST_FOUND, MOST_SHOWN};
use crate::diagnostic::beginning;

/// Bytes of an address in Markdown, beyond any that leads anywhere.
const LONGEST_ADDRESS: usize = 2_048;

/// An address as a browser takes it: no spaces, no control characters, lower case.
pub(super) fn plain(address: &str) -> String {
    address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then_some(&address[..end])
}

pub(super) fn followable(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| matches!(scheme, "http" | "https" | "mailto" | "tel"))
}

/// A file beside the page, or a picture written into it.
pub(super) fn beside(address: &str, key: &str) -> bool {
    let away = address.starts_with("//") || address.starts_with("\\") || address.starts_with("/\\");
    let picture = key == "src" && address.starts_with("data:image/");
    let several = key == "srcset" && (address.contains("//") || address.contains(':'));
    picture || (scheme(address).is_none() && !away && !several)
}

/// The first bytes of a text, or fewer where a character would be cut.
fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Links and pictures of Markdown. A bracket with a backslash before it is text.
pub(super) fn links(text: &str, found: &mut Vec<(String, String)>) {
    for mark in ["](", "]:"] {
        // The last bracket that opened, and how far was looked for it.
        let (mut open, mut looked) = (None, 0);
        for (at, _) in text.match_indices(mark) {
            if found.len() > MOST_FOUND {
                return;
            }
            open = text[looked..at].rfind('[').map(|new| looked + new).or(open);
            looked = at;
            let before = &text[..at];
            if before.ends_with('\\') {
                continue;
            }
            let rest = first_bytes(&text[at + 2..], LONGEST_ADDRESS);
            let rest = rest.trim_start().trim_start_matches('<');
            let end = rest.find([' ', '\n', ')', '>']);
            if end.is_none() && rest.len() + mark.len() > LONGEST_ADDRESS / 2 {
                let message = "an address that does not end".to_owned();
                found.push((message, first_bytes(rest, 80).to_owned()));
                continue;
            }
            let end = end.unwrap_or(rest.len());
            let address = plain(&rest[..end]);
            let picture = open.is_some_and(|open: usize| text[..open].ends_with('!'));
            if !followable(&address) || address.contains("&#") {
                let message = format!(
                    "an address that may run something: `{}`",
                    beginning(&address, MOST_SHOWN)
                );
                found.push((message, rest[..end].to_owned()));
            } else if picture && !beside(&address, "src") {
                let message = format!(
                    "a report may not load `{}`",
                    beginning(&address, MOST_SHOWN)
                );
                found.push((message, rest[..end].to_owned()));
            }
        }
    }
}
