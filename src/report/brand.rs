//! A council's own look: a colour and a logo in, what the pages need of them out.
//!
//! What comes from `results.json` may be anybody's, so that a colour is read and written anew,
//! and a logo is looked at again, before either stands on a page.

use super::safety;
use crate::colour::{Colour, Palette};
use crate::publication::Publication;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Bytes that a logo may hold.
const LARGEST: usize = 64 << 10;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The style of every page with the council's colour behind it.
pub fn style(style: &str, colour: Option<Colour>) -> String {
    let Some(colour) = colour else {
        return style.to_owned();
    };
    let Palette {
        band,
        ink,
        light,
        dark,
    } = Palette::of(colour);
    format!(
        "{}\n/* The council's own colour. */\n\
         @media screen {{ :root {{ --band: {band}; --band-ink: {ink}; --accent: {light}; }} }}\n\
         @media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n",
        style.trim_end()
    )
}

/// The council's colour, if it names one that can be read.
pub fn colour(publication: &Publication) -> Option<Colour> {
    Colour::read(publication.brand.as_ref()?.colour.as_deref()?)
}

/// The council's logo: its file's name and bytes, if it has one that may be shown.
pub fn logo(publication: &Publication) -> Option<(&'static str, Vec<u8>)> {
    let logo = publication.brand.as_ref()?.logo.as_ref()?;
    let bytes = logo.bytes()?;
    let name = logo_name(&bytes).ok()?;
    (name == logo.file).then_some((name, bytes))
}

/// The name under which a logo is published, by what its file holds.
///
/// # Errors
/// Why it may not be published, in words that follow "the logo".
pub fn logo_name(bytes: &[u8]) -> Result<&'static str, String> {
    if bytes.len() > LARGEST {
        return Err(format!(
            "holds {} KB, and a logo holds at most 64",
            bytes.len().div_ceil(1024)
        ));
    }
    if bytes.starts_with(PNG) {
        let whole = bytes.get(12..16) == Some(b"IHDR") && bytes.ends_with(b"IEND\xae\x42\x60\x82");
        return match whole {
            true => Ok("logo.png"),
            false => Err("is cut off: its end is missing".to_owned()),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("<svg") => drawing(text).map(|()| "logo.svg"),
        _ => Err("is neither a PNG nor an SVG in UTF-8".to_owned()),
    }
}

/// Whether a drawing runs nothing and loads nothing. Read as a browser reads XML: a prefix
/// before a name counts for nothing, and names of one's own for characters are refused, for
/// anything could hide behind them.
fn drawing(text: &str) -> Result<(), String> {
    let lower = text.to_ascii_lowercase();
    for (mark, what) in [
        ("<!doctype", "a document type"),
        ("<!entity", "entities of its own"),
        ("<?xml-stylesheet", "a style sheet from elsewhere"),
        ("<![cdata[", "unread text (CDATA)"),
    ] {
        if lower.contains(mark) {
            return Err(format!("holds {what}: save it again as a plain SVG"));
        }
    }
    let mut found = Vec::new();
    let mut in_style = false;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(false);
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                in_style |= safety::local(&tag.name).eq_ignore_ascii_case("style");
                safety::read_drawing(&tag, &mut found);
            }
            Token::EndTag(tag) => {
                in_style &= !safety::local(&tag.name).eq_ignore_ascii_case("style");
            }
            Token::String(words) if in_style => {
                safety::style(&String::from_utf8_lossy(&words.value), &mut found);
            }
            _ => {}
        }
    }
    match found.into_iter().next() {
        Some((what, _)) => Err(format!(
            "may not be published: {}",
            what.replace("a page", "a logo")
        )),
        None => Ok(()),
    }
}
