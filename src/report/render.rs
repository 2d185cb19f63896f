//! Making one page within limits.
//!
//! In: a template's name and the names it sees. Out: the page's text, read once more for
//! what no page may hold; or faults.

use super::{Templates, escape, faults, safety};
use crate::diagnostic::Diagnostics;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output as Out, UndefinedBehavior};
use std::io::{self, Write};

/// Steps that a page may take. The largest council needs a fraction of it.
const FUEL: u64 = 5_000_000;

/// How deep loops, ifs and includes may stand in one another.
const DEPTH: usize = 100;

/// Bytes that a page may hold.
const LARGEST: usize = 16 << 20;

/// Bytes that one joined text may hold.
const LONGEST: usize = 1 << 20;

/// What kind of page is made, whatever the included files are called: it decides how
/// values are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// A page for a browser.
    Html,
    /// A report for people and repositories.
    Markdown,
    /// A page for a browser that can be filled in: marks to tick, and nothing to send.
    Sheet,
}

/// How templates are written: lines that hold only a tag leave no trace.
pub fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .expect("the delimiters are the usual ones")
}

/// An engine with nothing in it but what templates need: the language itself, a handful of
/// filters, no functions.
pub fn environment(output: Output) -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_syntax(syntax());
    engine.set_debug(true);
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(FUEL));
    engine.set_recursion_limit(DEPTH);
    engine.set_auto_escape_callback(|_| AutoEscape::Html);
    engine.set_formatter(move |out, _, value| print(out, value, output));
    engine.add_filter("length", minijinja::filters::length);
    engine.add_filter("first", minijinja::filters::first);
    engine.add_filter("last", minijinja::filters::last);
    engine.add_filter("lower", minijinja::filters::lower);
    engine.add_filter("upper", minijinja::filters::upper);
    engine.add_filter("capitalize", capitalize);
    engine.add_filter("join", join);
    engine
}

/// The filters of [`environment`].
pub const FILTERS: [&str; 7] = [
    "capitalize",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "upper",
];

/// The first letter a capital, the rest as it is: "requires improvement" begins a sentence
/// and "UNISON" stays.
fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn join(list: &Value, between: Option<&str>) -> Result<String, Error> {
    let mut out = String::new();
    for (at, value) in list.try_iter()?.enumerate() {
        if at > 0 {
            out.push_str(between.unwrap_or(""));
        }
        out.push_str(&words(&value)?);
        if out.len() > LONGEST {
            return Err(Error::new(ErrorKind::OutOfFuel, faults::TOO_LONG));
        }
    }
    Ok(out)
}

/// The only way from a value to the page.
fn print(out: &mut Out, value: &Value, output: Output) -> Result<(), Error> {
    // Markup of our own belongs in a page, not in a text.
    if value.is_safe() && output == Output::Html {
        return Ok(out.write_str(value.as_str().unwrap_or_default())?);
    }
    let words = words(value)?;
    let escaped = match output {
        Output::Html | Output::Sheet => escape::html(&words),
        Output::Markdown => escape::markdown(&words),
    };
    Ok(out.write_str(&escaped)?)
}

/// A value as a reader sees it. What is not there is a fault, never a blank.
fn words(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => Err(Error::new(ErrorKind::NonPrimitive, faults::NOTHING)),
        ValueKind::Bool => Ok(if value.is_true() { "yes" } else { "no" }.to_owned()),
        ValueKind::String => Ok(value.as_str().unwrap_or_default().to_owned()),
        ValueKind::Number => {
            let text = value.to_string();
            Ok(text.strip_suffix(".0").unwrap_or(&text).to_owned())
        }
        _ => Err(Error::new(ErrorKind::NonPrimitive, faults::MANY)),
    }
}

/// One page.
///
/// # Errors
/// The first fault of making it, or everything unsafe in it once made.
pub fn render(
    templates: &Templates,
    name: &str,
    output: Output,
    names: &Value,
) -> Result<String, Diagnostics> {
    let engine = templates.engine(output);
    let mut page = Capped(Vec::new());
    let made = engine.get_template(name).and_then(|template| {
        template
            .render_captured_to(names.clone(), &mut page)
            .map(drop)
    });
    if let Err(error) = made {
        return Err(faults::stopped(templates, name, &error).into());
    }
    let text = String::from_utf8_lossy(&page.0).into_owned();
    let unsafe_parts = safety::check(templates, name, output, &text);
    if unsafe_parts.has_errors() {
        return Err(unsafe_parts);
    }
    Ok(text)
}

/// A page that stops growing: fuel alone bounds no output.
struct Capped(Vec<u8>);

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
