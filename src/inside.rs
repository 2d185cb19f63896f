//! Paths that a script, a template or a results file may name: a path as written in; whether
//! it stays inside its folder on every system, or why it is refused, out.
//!
//! The same text is judged the same everywhere: what Windows would take for a drive, a device
//! or a stream is refused on Linux too, so that a check that was made there holds here.

/// The names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Devices that are numbered.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// Signs that look like `/`, `\`, `:` or `.`, or become one on another system.
const LIKE: [char; 20] = [
    '\u{2024}', '\u{2025}', '\u{2026}', '\u{2044}', '\u{2215}', '\u{2216}', '\u{2236}', '\u{29f5}',
    '\u{29f8}', '\u{29f9}', '\u{a789}', '\u{fe13}', '\u{fe52}', '\u{fe55}', '\u{fe68}', '\u{ff0e}',
    '\u{ff0f}', '\u{ff1a}', '\u{ff3c}', '\u{ff61}',
];

/// The longest path, and the longest name in it, in bytes.
const LONGEST_PATH: usize = 1_000;
const LONGEST_NAME: usize = 240;

/// The longest id, in bytes: files are named after it, with more before and behind.
pub(crate) const LONGEST_ID: usize = 100;

/// Why a path may not be followed, in words that go on from it ("… climbs out of the folder");
/// `None` if it names a file inside.
pub(crate) fn refused(path: &str) -> Option<String> {
    let why = |words: &str| Some(words.to_owned());
    if path.trim().is_empty() {
        return why("names no file");
    }
    if path.len() > LONGEST_PATH {
        return why("is longer than any path needs to be");
    }
    if path.chars().any(is_unseen) {
        return why("holds a character that cannot be seen");
    }
    if path.contains('\\') {
        return why("is written with `\\`; between folders stands `/`");
    }
    if path.contains(':') {
        return why("names a drive, a stream or an address with `:`");
    }
    if let Some(like) = path.chars().find(|c| LIKE.contains(c)) {
        return Some(format!(
            "holds `{like}`, which only looks like a dot or a slash"
        ));
    }
    if let Some(sign) = path.chars().find(|c| "*?\"<>|".contains(*c)) {
        return Some(format!("holds `{sign}`, which no file's name may hold"));
    }
    if is_encoded(path) {
        return why("is written as in a web address, with `%` and two signs");
    }
    if path.starts_with('/') {
        return why("begins at the root and not in the folder");
    }
    path.split('/').find_map(name_refused)
}

/// Whether a text is a single plain name of a file or folder, and not a hidden one.
pub(crate) fn is_name(name: &str) -> bool {
    refused(name).is_none() && !name.contains('/') && !name.starts_with('.')
}

fn name_refused(name: &str) -> Option<String> {
    let why = |words: &str| Some(words.to_owned());
    match name {
        "" => return why("has nothing between two `/`, or after the last"),
        "." => return None,
        ".." => return why("climbs out of the folder with `..`"),
        _ => {}
    }
    if name.len() > LONGEST_NAME {
        return why("holds a name that is longer than a file's name may be");
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return why(
            "holds a name that ends in a dot or has a space at an end, which is lost on Windows",
        );
    }
    if name.starts_with('~') {
        return why("holds a name that begins with `~`, which stands for another folder");
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    if is_device(&stem.to_lowercase()) {
        return Some(format!(
            "holds `{stem}`, which is a device on Windows and no file"
        ));
    }
    None
}

fn is_device(stem: &str) -> bool {
    let numbered = |device: &&str| {
        let rest = stem.strip_prefix(*device).unwrap_or("");
        let mut signs = rest.chars();
        let digit = |c: char| c.is_ascii_digit() || matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}');
        signs.next().is_some_and(digit) && signs.next().is_none()
    };
    DEVICES.contains(&stem) || NUMBERED.iter().any(numbered)
}

/// Characters without a shape of their own, and those that turn the direction of text.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// `%` and two hexadecimal digits, once or several times over.
fn is_encoded(path: &str) -> bool {
    path.as_bytes().windows(3).any(|three| {
        three[0] == b'%' && three[1].is_ascii_hexdigit() && three[2].is_ascii_hexdigit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_councils_give_their_files_are_no_trouble() {
        for path in [
            "survey.csv",
            "data/survey.csv",
            "./survey.csv",
            "data/2026/Q3 (final), v2.csv",
            "data/O'Brien & Söhne_äöü.csv",
            "data/50% sample.csv",
            "data/..survey.csv",
            "data/survey..csv",
            "data/.hidden.csv",
            "console.csv",
            "nullable/com.csv",
            "comm1.csv",
            "data/com10.csv",
        ] {
            assert_eq!(refused(path), None, "{path}");
        }
    }

    #[test]
    fn a_name_is_one_step_and_not_hidden() {
        assert!(is_name("northshire"));
        for name in [
            "", ".", "..", ".git", "a/b", "a\\b", "c:", "con", "a ", "a.",
        ] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
