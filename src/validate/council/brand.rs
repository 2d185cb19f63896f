//! How a council's pages look: the key `brand` in, its colour and the file of its logo out.

use crate::check::Brand;
use crate::colour::{Colour, LEAST, LIGHT, Palette};
use crate::diagnostic::{Code, Diagnostic};
use crate::script::Value;
use crate::source::Spanned;
use crate::validate::file_names::outside;
use crate::validate::read_card::Reader;

/// Colours by their names, as they are sold for cloth: dark enough for links on white.
const NAMED: [(&str, &str); 12] = [
    ("blue", "#1d4f8f"),
    ("navy", "#1d3557"),
    ("teal", "#0f6466"),
    ("green", "#1e6b3a"),
    ("purple", "#5b2a86"),
    ("red", "#a4161a"),
    ("maroon", "#6d1a2d"),
    ("orange", "#9c4a00"),
    ("yellow", "#806f00"),
    ("brown", "#5e3b1f"),
    ("grey", "#4a5560"),
    ("black", "#1a1a1a"),
];

const KEYS: [&str; 2] = ["colour", "logo"];

/// The council's colour and logo; a colour that can hardly be read is told, and mended where
/// words are written in it.
pub(super) fn brand(reader: &Reader<'_>) -> Brand {
    let mut brand = Brand::default();
    for entry in reader.map("brand") {
        let text = match &entry.value.value {
            Value::Text(text) => Spanned {
                value: text.clone(),
                place: entry.value.place.clone(),
            },
            _ if KEYS.contains(&entry.key.value.as_str()) => {
                let what = format!("`{}`", entry.key.value);
                reader.wrong_kind(&entry.value, &what, "text in double quotes");
                continue;
            }
            _ => Spanned {
                value: String::new(),
                place: entry.value.place.clone(),
            },
        };
        match entry.key.value.as_str() {
            "colour" => brand.colour = colour(reader, &text),
            "logo" => match outside(&text, "a logo", "\"logo.svg\"") {
                Some(fault) => reader.fault(fault),
                None => brand.logo = Some(text),
            },
            other => {
                let fault = Diagnostic::new(
                    Code::UnknownKey,
                    entry.key.place.clone(),
                    format!("`brand` has no `{other}`"),
                );
                reader.fault(fault.did_you_mean(other, KEYS, "its keys are: colour, logo"));
            }
        }
    }
    brand
}

fn colour(reader: &Reader<'_>, text: &Spanned<String>) -> Option<Colour> {
    let Some(colour) = Colour::read(&text.value) else {
        let fault = Diagnostic::new(
            Code::BadColour,
            text.place.clone(),
            format!("\"{}\" is not a colour", text.value),
        );
        let name = text.value.trim().to_lowercase();
        let named = NAMED.iter().find(|(known, _)| *known == name);
        reader.fault(match named {
            Some((_, code)) => fault
                .label("a colour is written by its code")
                .typed(format!("\"{code}\""))
                .offered(),
            None => fault
                .label("write `#` and six of the signs 0 to 9 and a to f")
                .note("whoever keeps your council's web pages knows the code of its colour"),
        });
        return None;
    };
    let palette = Palette::of(colour);
    if palette.light != colour {
        let [paper, panel] = LIGHT.map(|paper| colour.contrast(paper));
        // Rounded down, so that 4.49 never reads as enough.
        let ratio = (paper.min(panel) * 10.0).floor() / 10.0;
        reader.fault(
            Diagnostic::new(
                Code::FaintColour,
                text.place.clone(),
                format!("words in {colour} can hardly be read: {ratio} to 1, and {LEAST} is the least"),
            )
            .label(format!("links are written in {} instead", palette.light))
            .note(format!(
                "the band at the top has the colour as it is, with words in {}; in the dark links are {}",
                palette.ink, palette.dark
            )),
        );
    }
    Some(colour)
}
