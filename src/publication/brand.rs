//! How a council's pages look: its colour and its logo, as `results.json` holds them, so that
//! the pages can be made again from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a council's pages look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Brand {
    /// Its colour, `#1d4f73`; `null` if it names none.
    pub colour: Option<String>,
    /// Its logo; `null` if it names none.
    pub logo: Option<Logo>,
}

/// A council's logo, which stands beside the pages. What is said in its place where it cannot
/// be seen is the council's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Logo {
    /// `logo.svg` or `logo.png`.
    pub file: String,
    /// What the file holds, in base64.
    pub base64: String,
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Logo {
    /// Of a file's bytes.
    pub(crate) fn of(file: &str, bytes: &[u8]) -> Self {
        let mut base64 = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for three in bytes.chunks(3) {
            let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for at in 0..4 {
                let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
                base64.push(if at > three.len() { '=' } else { digit.into() });
            }
        }
        Self {
            file: file.to_owned(),
            base64,
        }
    }

    /// The file's bytes; nothing where the text is no base64.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let text = self.base64.trim_end_matches('=').as_bytes();
        let padded = self.base64.len().is_multiple_of(4) && self.base64.len() - text.len() < 3;
        if !padded {
            return None;
        }
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        for four in text.chunks(4) {
            let mut bits = 0;
            for at in 0..4 {
                let digit = match four.get(at) {
                    Some(digit) => DIGITS.iter().position(|known| known == digit)?,
                    None => 0,
                };
                bits = bits << 6 | u32::try_from(digit).ok()?;
            }
            let three = bits.to_be_bytes();
            bytes.extend(&three[1..four.len()]);
        }
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_were_and_the_text_is_that_of_the_standard() {
        // The examples of RFC 4648, section 10.
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let logo = Logo::of("logo.png", plain.as_bytes());
            assert_eq!(logo.base64, text);
            assert_eq!(logo.bytes().unwrap(), plain.as_bytes());
        }
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(Logo::of("logo.png", &all).bytes().unwrap(), all);
    }

    #[test]
    fn what_is_no_base64_gives_nothing() {
        for text in ["Zg", "Z===", "Zg==Zg==", "Z g=", "é===", "<svg>"] {
            let logo = Logo {
                file: "logo.svg".to_owned(),
                base64: text.to_owned(),
            };
            assert_eq!(logo.bytes(), None, "{text}");
        }
    }
}
