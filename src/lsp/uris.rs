//! The addresses of files as editors write them (`file:///home/a/check.rhai`), and paths.

use lsp_types::Uri;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The path of a file's address; `None` of any other address, such as that of a text that
/// was never saved.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (host, rest) = rest.split_at(rest.find('/')?);
    let path = decoded(rest)?;
    let host = host.to_lowercase();
    let drive = path
        .as_bytes()
        .get(1..3)
        .is_some_and(|drive| drive[0].is_ascii_alphabetic() && drive[1] == b':');
    Some(PathBuf::from(match host.as_str() {
        "" | "localhost" if drive => path[1..].to_owned(),
        "" | "localhost" => path,
        host => format!("//{host}{path}"),
    }))
}

/// The address of a file; a path that begins at no root is taken from here.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let path = std::path::absolute(path).ok()?;
    let text = path.to_str()?;
    let text = match std::path::MAIN_SEPARATOR {
        '\\' => text.replace('\\', "/"),
        _ => text.to_owned(),
    };
    let address = match text.strip_prefix("//") {
        Some(share) => format!("file://{}", encoded(share)),
        None if text.starts_with('/') => format!("file://{}", encoded(&text)),
        None => format!("file:///{}", encoded(&text)),
    };
    Uri::from_str(&address).ok()
}

/// `%20` and the like as the letters that they stand for.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        if *first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_its_address_and_comes_back() {
        for text in ["/home/a b/\u{e9}/check.rhai", "/tmp/50%/x.rhai"] {
            let address = uri(Path::new(text)).unwrap();
            assert!(address.as_str().is_ascii());
            assert_eq!(path(address.as_str()), Some(PathBuf::from(text)));
        }
    }

    #[test]
    fn drives_and_shares_of_windows_are_read_however_they_are_written() {
        for (address, text) in [
            ("file:///c%3A/checks/check.rhai", "c:/checks/check.rhai"),
            ("file:///C:/checks/check.rhai", "C:/checks/check.rhai"),
            (
                "file://server/share/check.rhai",
                "//server/share/check.rhai",
            ),
        ] {
            assert_eq!(path(address), Some(PathBuf::from(text)), "{address}");
        }
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for address in [
            "untitled:Untitled-1",
            "http://a/b",
            "file://",
            "file:///%zz",
            "file:///%e",
        ] {
            assert_eq!(path(address), None, "{address}");
        }
    }
}
