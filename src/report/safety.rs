//! Reading a finished page once more for what no published page may hold.
//!
//! In: a page's text. Out: a fault, at its place in a template, for each script, event
//! handler, form, frame, address that runs something or part loaded from elsewhere.
//!
//! The page is read as a browser reads it, where the text of a style or title is no markup;
//! and where such a text holds what could be markup, once more as if it were, so that nothing
//! hides there. Links and places are noted on the way.

mod addresses;
mod styles;
mod tables;
mod tag;

use super::Templates;
use super::closing::{Closing, Cut};
use super::links::Anchors;
use super::render::Output;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, beginning};
use crate::source::{Place, Source, Span};
use addresses::{beside, followable, links, plain};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Error, Span as Reach, StartTag, Tokenizer};
use std::borrow::Cow;
pub use styles::style;
use tables::Tables;
pub use tag::Tag;

/// What every page says to the browser: nothing may be loaded or run.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:";

/// Elements that no page holds.
const REFUSED: [&str; 26] = [
    "animate",
    "animatemotion",
    "animatetransform",
    "applet",
    "audio",
    "base",
    "button",
    "embed",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "iframe",
    "input",
    "link",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "set",
    "textarea",
    "video",
    "xmp",
];

/// What a sheet to fill in may hold besides: marks and lines. There is no form around them,
/// so they go nowhere.
const FILLED_IN: [&str; 3] = ["radio", "checkbox", "text"];

/// Attributes that hold an address which a browser loads by itself.
const LOADED: [&str; 7] = [
    "src",
    "srcset",
    "poster",
    "background",
    "data",
    "action",
    "formaction",
];

/// Faults of one page that are told: each is looked for in every template.
const MOST_TOLD: usize = 20;

/// Faults that are gathered before the rest is left alone.
const MOST_FOUND: usize = 200;

/// Characters of an address that a message shows.
const MOST_SHOWN: usize = 81;

/// Elements whose text is no markup to a browser.
const PLAIN_WITHIN: [&[u8]; 10] = [
    b"textarea",
    b"title",
    b"plaintext",
    b"script",
    b"style",
    b"iframe",
    b"xmp",
    b"noembed",
    b"noframe",
    b"noscript",
];

/// What one reading of a page finds.
#[derive(Default)]
struct Reading {
    found: Vec<(String, String)>,
    anchors: Anchors,
    /// Whether it tells the browser to load and run nothing.
    policy: bool,
    /// What is open, and what was not closed.
    closing: Closing,
    /// Its tables.
    tables: Tables,
    /// Whether another reading of the same page could find something else: a text that is no
    /// markup holds what would be.
    hides: bool,
}

impl Reading {
    /// Reads a page as browsers do, or all of it as markup.
    fn of(text: &str, output: Output, as_browsers_do: bool) -> Self {
        let mut reading = Self::default();
        let mut tag = Tag::default();
        let (mut in_style, mut plain, mut title) = (false, false, false);
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Reach<()>| {
            match event {
                CallbackEvent::OpenStartTag { name } => tag.name(name),
                CallbackEvent::AttributeName { name } => tag.attribute(name),
                CallbackEvent::AttributeValue { value } => tag.value(value),
                CallbackEvent::CloseStartTag { self_closing } => {
                    let element = lower(&tag.name);
                    in_style |= element == "style";
                    plain = PLAIN_WITHIN.contains(&tag.name.as_slice());
                    title = element == "title";
                    reading.policy |=
                        element == "meta" && tag.get(b"content").is_some_and(|own| own == POLICY);
                    read(&tag, &element, output, &mut reading.found);
                    reading.closing.start(&element, self_closing);
                    reading.tables.start(&element, &tag);
                    reading.anchors.take(&tag);
                    tag.no_attributes();
                }
                CallbackEvent::EndTag { name } => {
                    in_style &= !name.eq_ignore_ascii_case(b"style");
                    let element = lower(name);
                    reading.closing.end(&element);
                    reading.tables.end(&element);
                    plain = false;
                    tag.no_attributes();
                }
                CallbackEvent::String { value } => {
                    reading.tables.text(value);
                    // Of these only a title's characters may be written by name.
                    reading.hides |=
                        plain && (value.contains(&b'<') || !title && value.contains(&b'&'));
                    if in_style {
                        style(&String::from_utf8_lossy(value), &mut reading.found);
                    }
                }
                CallbackEvent::Error(Error::EofInComment) => reading.closing.is_cut(Cut::Comment),
                CallbackEvent::Error(Error::EofInTag) => reading.closing.is_cut(Cut::Tag),
                _ => {}
            }
            // A page is refused for one as for many.
            (reading.found.len() > MOST_FOUND).then_some(())
        });
        emitter.naively_switch_states(as_browsers_do);
        // Nothing comes out of it until there is enough.
        let _ = Tokenizer::new_with_emitter(text, emitter).next();
        reading
    }
}

/// Everything unsafe in a finished page, and its links and places.
pub fn check(
    templates: &Templates,
    name: &str,
    output: Output,
    text: &str,
) -> (Diagnostics, Anchors) {
    let Reading {
        mut found,
        mut anchors,
        mut policy,
        closing,
        tables,
        hides,
    } = Reading::of(text, output, true);
    if hides {
        let all = Reading::of(text, output, false);
        found.extend(all.found);
        anchors = all.anchors;
        policy |= all.policy;
    }
    if output == Output::Markdown {
        links(text, &mut found);
    }
    found.sort();
    found.dedup();
    found.truncate(MOST_TOLD);
    let mut faults: Diagnostics = found
        .into_iter()
        .map(|(message, needle)| {
            Diagnostic::new(
                Code::TemplateUnsafe,
                place(templates, name, &needle),
                message,
            )
            .help("leave it out: a published page runs nothing and loads nothing")
        })
        .collect();
    // What may not be on a page at all often leaves something open.
    if output != Output::Markdown && faults.is_empty() {
        faults.extend(Diagnostics::from_iter(closing.faults(templates, name)));
    }
    if output != Output::Markdown && faults.is_empty() {
        faults.extend(tables.fault(templates, name).into_iter().collect());
    }
    if output != Output::Markdown && !policy {
        // Its own template, even where only another one has a `<head>`.
        let place = match templates.source(name) {
            Some(own) if own.text().contains("<head>") => place(templates, name, "<head>"),
            Some(own) if !own.text().contains("extends") => own.whole(),
            _ => place(templates, name, "<head>"),
        };
        let message = "a page that does not tell the browser to load and run nothing";
        let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
        faults.push(
            Diagnostic::new(Code::TemplateUnsafe, place, message)
                .help(format!("write in the `<head>`: {meta}")),
        );
    }
    (faults.sorted(), anchors)
}

/// The place in the templates where the text stands; the page's own template first.
pub fn place(templates: &Templates, name: &str, needle: &str) -> Place {
    let own = templates.source(name);
    let all = own.into_iter().chain(templates.sources());
    for source in all {
        let text = source.text().to_ascii_lowercase();
        if let Some(start) = text.find(&needle.to_ascii_lowercase()) {
            return source.place(Span::new(start, start + needle.len()));
        }
    }
    let mut all = own.into_iter().chain(templates.sources());
    if let Some(place) = all.find_map(|source| spelt_otherwise(source, needle)) {
        return place;
    }
    own.map_or_else(|| Source::unread(name).whole(), Source::whole)
}

/// The value in a template that comes to a text where its signs are written by number or name:
/// `java&#115;cript:`.
fn spelt_otherwise(source: &Source, needle: &str) -> Option<Place> {
    let needle = needle.to_ascii_lowercase();
    let says = |value: &[u8]| {
        let value = String::from_utf8_lossy(value).to_ascii_lowercase();
        value.contains(&needle)
    };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, reach: Reach<usize>| {
        matches!(event, CallbackEvent::AttributeValue { value } if says(value)).then_some(reach)
    });
    emitter.naively_switch_states(false);
    let found = Tokenizer::new_with_emitter(source.text(), emitter).next()?;
    let Ok(reach) = found;
    Some(source.place(Span::new(reach.start, reach.end)))
}

/// A name in small letters, as the names of nearly all pages are.
fn lower(name: &[u8]) -> Cow<'_, str> {
    let is_small = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match str::from_utf8(name) {
        Ok(text) if name.iter().all(is_small) => Cow::Borrowed(text),
        _ => Cow::Owned(String::from_utf8_lossy(name).to_lowercase()),
    }
}

/// What is wrong with one tag, and the text to look for in the templates.
fn read(tag: &Tag, element: &str, output: Output, found: &mut Vec<(String, String)>) {
    let filled_in = output == Output::Sheet
        && element == "input"
        && tag
            .get(b"type")
            .is_some_and(|kind| FILLED_IN.contains(&&*kind));
    if REFUSED.contains(&element) && !filled_in {
        found.push((
            format!("a page may not hold `<{element}>`"),
            format!("<{element}"),
        ));
    }
    if element == "meta" && tag.get(b"http-equiv").is_some() {
        let policy = tag.get(b"content").is_some_and(|content| content == POLICY);
        if !policy {
            let message = "a page may not refresh itself or change its policy".to_owned();
            found.push((message, "http-equiv".to_owned()));
        }
    }
    for (key, value) in tag.attributes() {
        let key = lower(key);
        let value = String::from_utf8_lossy(value);
        let key = key.strip_prefix("xlink:").unwrap_or(&key);
        let follows = key == "cite" || (element == "a" && key == "href");
        let loads = LOADED.contains(&key) || (key == "href" && !follows);
        if key == "style" {
            style(&value, found);
        } else if key.starts_with("on") {
            found.push((
                format!("a page may not run anything: `{key}`"),
                format!("{key}="),
            ));
        } else if key == "srcdoc" || key == "ping" {
            found.push((format!("a page may not hold `{key}`"), format!("{key}=")));
        } else if loads && !beside(&plain(&value), key) {
            found.push((
                format!("a page may not load `{}`", beginning(&value, MOST_SHOWN)),
                value.into_owned(),
            ));
        } else if follows && !followable(&plain(&value)) {
            found.push((
                format!(
                    "an address that may run something: `{}`",
                    beginning(&value, MOST_SHOWN)
                ),
                value.into_owned(),
            ));
        }
    }
}

/// A name without what stands before its colon.
pub fn local(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name).to_lowercase();
    name.rsplit(':').next().unwrap_or(&name).to_owned()
}

/// What is wrong with one tag of a drawing. Prefixes are only names for where a name comes
/// from, and whoever writes the file chooses them.
pub fn read_drawing(tag: &StartTag<()>, found: &mut Vec<(String, String)>) {
    let mut plain = Tag::default();
    plain.name(local(&tag.name).as_bytes());
    for (key, value) in &tag.attributes {
        // With and without a prefix it may be there twice: both count.
        plain.more(local(key).as_bytes());
        plain.value(&value.value);
    }
    read(&plain, &lower(&plain.name), Output::Html, found);
    // What an address follows in a page, a drawing would load: a link has no place in it.
    if local(&tag.name) == "a" {
        found.push(("a logo may not hold a link".to_owned(), "<a".to_owned()));
    }
}
