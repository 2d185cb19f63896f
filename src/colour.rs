//! Colours, and whether words in them can be read.
//!
//! In: a colour as a council writes it, `#1d4f73`. Out: the colours of its pages in light and
//! in dark, so that every word has a contrast of at least 4.5 to 1. The formulas are those of
//! the Web Content Accessibility Guidelines 2.2, success criterion 1.4.3.

use std::fmt;

/// The least contrast of words and what is behind them, at level AA.
pub const LEAST: f64 = 4.5;

/// What is behind the words of a page in light: the page and its boxes.
pub const LIGHT: [Colour; 2] = [Colour::of(0xff, 0xff, 0xff), Colour::of(0xf4, 0xf6, 0xf8)];
/// The same in dark.
pub const DARK: [Colour; 2] = [Colour::of(0x14, 0x19, 0x1d), Colour::of(0x1d, 0x24, 0x29)];

const BLACK: Colour = Colour::of(0, 0, 0);
const WHITE: Colour = Colour::of(0xff, 0xff, 0xff);

/// A colour of a screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Of red, green and blue, 0 to 255 each.
    pub const fn of(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads `#1d4f73` or `#148`; nothing if it is neither.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digit = |at: usize| {
            let digit = char::from(*digits.as_bytes().get(at)?).to_digit(16)?;
            u8::try_from(digit).ok()
        };
        match digits.len() {
            3 => Some(Self([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17])),
            6 => {
                let pair = |at| Some(digit(at)? * 16 + digit(at + 1)?);
                Some(Self([pair(0)?, pair(2)?, pair(4)?]))
            }
            _ => None,
        }
    }

    /// How much light it gives, 0 to 1: the relative luminance of the guidelines.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever reads better on it: one of the two always has 4.58 to 1.
    pub fn ink(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(BLACK) {
            WHITE
        } else {
            BLACK
        }
    }

    /// Itself, or so much nearer to `end` that it reads on all of `papers`.
    fn readable_on(self, papers: [Self; 2], end: Self) -> Self {
        let reads = |colour: &Self| papers.iter().all(|paper| colour.contrast(*paper) >= LEAST);
        (0..=100)
            .map(|step| self.towards(end, step))
            .find(reads)
            .unwrap_or(end)
    }

    /// So many hundredths of the way to another colour.
    fn towards(self, end: Self, step: u32) -> Self {
        let mut parts = self.0;
        for (part, end) in parts.iter_mut().zip(end.0) {
            let mixed = u32::from(*part) * (100 - step) + u32::from(end) * step;
            *part = u8::try_from((mixed + 50) / 100).unwrap_or(end);
        }
        Self(parts)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The colours of a council's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The band at the top: the colour as the council has it.
    pub band: Colour,
    /// Words on the band.
    pub ink: Colour,
    /// Links in light.
    pub light: Colour,
    /// Links in dark.
    pub dark: Colour,
}

impl Palette {
    /// From a council's colour.
    pub fn of(colour: Colour) -> Self {
        Self {
            band: colour,
            ink: colour.ink(),
            light: colour.readable_on(LIGHT, BLACK),
            dark: colour.readable_on(DARK, WHITE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let grey = Colour::of(0x76, 0x76, 0x76);
        for (one, two, ratio) in [(BLACK, WHITE, 21.0), (grey, WHITE, 4.54), (grey, grey, 1.0)] {
            assert!((one.contrast(two) - ratio).abs() < 0.005, "{one} {two}");
            assert_eq!(one.contrast(two), two.contrast(one));
        }
    }

    #[test]
    fn a_colour_is_read_as_it_is_written_and_nothing_else_is() {
        assert_eq!(Colour::read("#1D4f73").unwrap().to_string(), "#1d4f73");
        assert_eq!(Colour::read("#148"), Colour::read("#114488"));
        for text in [
            "", "#", "1d4f73", "#1d4f7", "#1d4f7g", "#é48", "navy", "#1d4f73;",
        ] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }

    #[test]
    fn whatever_the_colour_every_word_can_be_read_in_light_and_in_dark() {
        let steps = || (0..=255).step_by(15);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let colour = Colour::of(red, green, blue);
                    let palette = Palette::of(colour);
                    assert!(palette.band.contrast(palette.ink) >= LEAST, "{colour}");
                    for (words, papers) in [(palette.light, LIGHT), (palette.dark, DARK)] {
                        assert!(
                            papers.iter().all(|p| words.contrast(*p) >= LEAST),
                            "{colour}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_reads_stays_as_it_is() {
        let blue = Colour::of(0x1d, 0x4f, 0x73);
        assert_eq!(Palette::of(blue).light, blue);
        let sky = Colour::of(0x8c, 0xc4, 0xec);
        assert_eq!(Palette::of(sky).dark, sky);
    }
}
