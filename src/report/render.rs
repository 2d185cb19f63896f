//! Making one page within limits.
//!
//! In: a template's name and the names it sees. Out: the page's text, read once more for
//! what no page may hold; or faults.

use super::links::Anchors;
use super::{Templates, escape, faults, safety};
use crate::diagnostic::Diagnostics;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output as Out, UndefinedBehavior};
use std::cell::Cell;
use std::io::{self, Write};

/// Steps that a page may take. The largest council needs a fraction of it.
pub(crate) const FUEL: u64 = 2_000_000;

/// Steps and bytes of all pages of one publication.
pub(crate) const ALL_FUEL: u64 = 10_000_000;
pub(crate) const LARGEST_ALL: usize = 64 << 20;

/// Bytes of text that the filters of a page may go over, and that it may print.
pub(crate) const HANDLED: usize = 64 << 20;

/// How deep loops, ifs and includes may stand in one another.
pub(crate) const DEPTH: usize = 100;

/// Bytes that a page may hold.
pub(crate) const LARGEST: usize = 16 << 20;

/// Bytes that one joined text may hold.
pub(crate) const LONGEST: usize = 64 << 10;

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
    engine.add_filter("length", length);
    engine.add_filter("first", minijinja::filters::first);
    engine.add_filter("last", minijinja::filters::last);
    engine.add_filter("lower", lower);
    engine.add_filter("upper", upper);
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

thread_local! {
    /// Bytes of text that the page being made has gone over.
    static OVER: Cell<usize> = const { Cell::new(0) };
}

/// Counts bytes that are gone over: to the engine's steps a filter of a long text is one.
fn over(bytes: usize) -> Result<(), Error> {
    let all = OVER.get().saturating_add(bytes);
    OVER.set(all);
    if all > HANDLED {
        return Err(ErrorKind::OutOfFuel.into());
    }
    Ok(())
}

fn length(value: &Value) -> Result<usize, Error> {
    over(value.as_str().map_or(0, str::len))?;
    minijinja::filters::length(value)
}

fn lower(text: &str) -> Result<String, Error> {
    over(text.len())?;
    Ok(text.to_lowercase())
}

fn upper(text: &str) -> Result<String, Error> {
    over(text.len())?;
    Ok(text.to_uppercase())
}

/// The first letter a capital, the rest as it is: "requires improvement" begins a sentence
/// and "UNISON" stays.
fn capitalize(text: &str) -> Result<String, Error> {
    over(text.len())?;
    let mut letters = text.chars();
    Ok(letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    }))
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
    over(out.len())?;
    Ok(out)
}

/// The only way from a value to the page.
fn print(out: &mut Out, value: &Value, output: Output) -> Result<(), Error> {
    // Markup of our own belongs in a page, not in a text.
    if value.is_safe() && output == Output::Html {
        return Ok(out.write_str(value.as_str().unwrap_or_default())?);
    }
    let words = words(value)?;
    over(words.len())?;
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

/// What the pages of one publication have taken up together.
#[derive(Debug, Default, Clone, Copy)]
pub struct Spent {
    steps: u64,
    bytes: usize,
}

impl Spent {
    /// What was taken up since then.
    pub fn since(self, then: Self) -> Self {
        Self {
            steps: self.steps - then.steps,
            bytes: self.bytes - then.bytes,
        }
    }

    /// A page takes up as much as it did before; false if nothing is left for it.
    pub fn again(&mut self, page: Self) -> bool {
        if self.is_all() {
            return false;
        }
        self.steps += page.steps;
        self.bytes += page.bytes;
        true
    }

    /// Whether there is anything left for another page.
    fn is_all(&self) -> bool {
        self.steps > ALL_FUEL || self.bytes > LARGEST_ALL
    }
}

/// One page by itself.
///
/// # Errors
/// The first fault of making it, or everything unsafe in it once made.
pub fn render(
    templates: &Templates,
    name: &str,
    output: Output,
    names: &Value,
) -> Result<String, Diagnostics> {
    render_within(&mut Spent::default(), templates, name, output, names).map(|(text, _)| text)
}

/// One page of several, and its links and places.
///
/// # Errors
/// The same, and that those before it left nothing for it.
pub fn render_within(
    spent: &mut Spent,
    templates: &Templates,
    name: &str,
    output: Output,
    names: &Value,
) -> Result<(String, Anchors), Diagnostics> {
    if spent.is_all() {
        return Err(faults::all_spent(templates, name, ALL_FUEL, LARGEST_ALL).into());
    }
    let engine = templates.engine(output);
    OVER.set(0);
    let mut page = Capped(Vec::new());
    let made = engine.get_template(name).and_then(|template| {
        let made = template.render_captured_to(names.clone(), &mut page)?;
        Ok(made.state().fuel_levels().map_or(0, |(taken, _)| taken))
    });
    match made {
        Ok(steps) => spent.steps += steps,
        Err(error) => {
            spent.steps += FUEL;
            return Err(faults::stopped(templates, name, &error).into());
        }
    }
    spent.bytes += page.0.len();
    let text = String::from_utf8(page.0)
        .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned());
    let (unsafe_parts, anchors) = safety::check(templates, name, output, &text);
    if unsafe_parts.has_errors() {
        return Err(unsafe_parts);
    }
    Ok((text, anchors))
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
