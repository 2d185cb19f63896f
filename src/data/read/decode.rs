//! Bytes of a file in, its text out: UTF-8, UTF-16 or Windows-1252, lines that end in a
//! line feed, plain spaces.

use std::borrow::Cow;

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotText {
    /// A workbook or another zip file, whatever its name says.
    Zip,
    /// UTF-16 without the mark at its beginning that says so.
    Unmarked,
    /// Something else that is not text.
    Binary,
}

/// The text of a file: by its byte-order mark, else UTF-8 if it is sound, else
/// Windows-1252, which is what a spreadsheet on Windows saves.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, NotText> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(NotText::Zip);
    }
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
    };
    let holds = Holds::of(text.as_bytes());
    if holds.nul {
        return Err(match is_utf16(bytes) {
            true => NotText::Unmarked,
            false => NotText::Binary,
        });
    }
    Ok(plain(text, holds))
}

/// Whether bytes are probably letters of two bytes each, as those of ASCII are in UTF-16.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    let first = &bytes[..bytes.len().min(1_000) & !1];
    let letters = || first.chunks_exact(2);
    let zeros = |at: usize| {
        letters()
            .filter(|letter| letter[at] == 0 && letter[1 - at] != 0)
            .count()
    };
    letters().len() > 1 && zeros(0).max(zeros(1)) * 4 >= letters().len() * 3
}

/// Makes some whole lines of a text in UTF-8 plain where they stand; false if they are none, or
/// hold what no text holds.
pub(super) fn tidied(lines: &mut Vec<u8>) -> bool {
    let holds = Holds::of(lines);
    if holds.nul {
        return false;
    }
    if !holds.other {
        return true;
    }
    let Ok(text) = std::str::from_utf8(lines) else {
        return false;
    };
    if let Cow::Owned(tidied) = spaces(text) {
        *lines = tidied.into_bytes();
    }
    true
}

/// What a text holds, found in going over it once: texts are hundreds of megabytes.
#[derive(Default)]
struct Holds {
    nul: bool,
    carriage_return: bool,
    /// Something besides ASCII.
    other: bool,
}

impl Holds {
    fn of(text: &[u8]) -> Self {
        let mut holds = Self::default();
        for block in text.chunks(4096) {
            // Without a branch, so that many bytes are looked at at a time.
            let (mut nul, mut carriage_return, mut together) = (0, 0, 0);
            for byte in block {
                nul |= u8::from(*byte == 0);
                carriage_return |= u8::from(*byte == b'\r');
                together |= byte;
            }
            holds.nul |= nul > 0;
            holds.carriage_return |= carriage_return > 0;
            holds.other |= !together.is_ascii();
        }
        holds
    }
}

/// Lone carriage returns end lines too; a no-break space is a space.
fn plain(text: Cow<'_, str>, holds: Holds) -> Cow<'_, str> {
    let text = if holds.carriage_return && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        text
    };
    if !holds.other {
        return text;
    }
    match spaces(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(tidied) => Cow::Owned(tidied),
    }
}

/// The same text with each no-break space as a space.
pub(super) fn spaces(text: &str) -> Cow<'_, str> {
    const NO_BREAK: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];
    if !text.is_ascii() && text.contains(NO_BREAK) {
        Cow::Owned(text.replace(NO_BREAK, " "))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_each_encoding_that_a_spreadsheet_saves() {
        let utf16 = |big: bool| -> Vec<u8> {
            let mark = std::iter::once(0xfeff);
            mark.chain("Zoë\n1".encode_utf16())
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        for bytes in [
            "Zoë\n1".as_bytes().to_vec(),
            "\u{feff}Zoë\n1".as_bytes().to_vec(),
            b"Zo\xeb\n1".to_vec(),
            b"Zo\xeb\r1".to_vec(),
            utf16(true),
            utf16(false),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok("Zoë\n1"), "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_without_its_mark_is_known_and_not_guessed_at() {
        let units: Vec<u16> = "team,fte\nZoë,1\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(decode(&little), Err(NotText::Unmarked));
        assert_eq!(decode(&big), Err(NotText::Unmarked));
    }

    #[test]
    fn a_windows_pound_sign_and_a_no_break_space_are_understood() {
        assert_eq!(decode(b"\xa35\xa0a").as_deref(), Ok("£5 a"));
    }

    #[test]
    fn a_workbook_under_another_name_is_no_text() {
        assert_eq!(decode(b"PK\x03\x04..."), Err(NotText::Zip));
        assert_eq!(decode(b"a\0b"), Err(NotText::Binary));
        assert_eq!(decode(&[0; 8]), Err(NotText::Binary));
    }
}
