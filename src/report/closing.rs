//! Whether everything that a page opens is closed: its tags in order in, what never ends, or
//! ends nothing, out, each at its place in a template.
//!
//! A browser shows such a page all the same, with half of it in bold, beside where it belongs,
//! or not at all: what follows a comment that does not end is in the comment.

use super::{Templates, safety};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Elements that hold nothing and so have no end.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that end by themselves where another begins, or what they lie in ends.
const ENDS_BY_ITSELF: [&str; 19] = [
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements that are open at a time: no page has so many, and each end is looked for among them.
const DEEPEST: usize = 500;

/// Different elements of which it is told.
const MOST_TOLD: usize = 20;

/// What is open, and what was found to be never closed, or closed without being open.
#[derive(Default)]
pub struct Closing {
    open: Vec<String>,
    unclosed: Vec<String>,
    closes_nothing: Vec<String>,
    /// Whether the page ends within a comment or a tag.
    cut: Option<Cut>,
}

/// What a page ends within.
#[derive(Debug, Clone, Copy)]
pub enum Cut {
    /// `<!-- …`
    Comment,
    /// `<a href="…`
    Tag,
}

impl Cut {
    /// What begins it, and what would end it.
    fn marks(self) -> (&'static str, &'static str) {
        match self {
            Cut::Comment => ("<!--", "-->"),
            Cut::Tag => ("<", ">"),
        }
    }
}

impl Closing {
    /// A tag that opens an element.
    pub fn start(&mut self, element: &str, closes_itself: bool) {
        // A tag closes itself within a drawing alone.
        let is_closed = closes_itself && self.open.iter().any(|open| open == "svg");
        if is_closed || VOID.contains(&element) {
            return;
        }
        if self.open.len() >= DEEPEST {
            note(&mut self.unclosed, element);
        } else {
            self.open.push(element.to_owned());
        }
    }

    /// A tag that closes one.
    pub fn end(&mut self, element: &str) {
        match self.open.iter().rposition(|open| open == element) {
            Some(at) => {
                let within = self.open.split_off(at);
                self.note_unclosed(&within[1..]);
            }
            None => note(&mut self.closes_nothing, element),
        }
    }

    /// The page ends in the middle of something.
    pub fn is_cut(&mut self, within: Cut) {
        self.cut = Some(within);
    }

    fn note_unclosed(&mut self, elements: &[String]) {
        for element in elements {
            if !ENDS_BY_ITSELF.contains(&element.as_str()) {
                note(&mut self.unclosed, element);
            }
        }
    }

    /// What is wrong with the whole page, which was made from the template of that name.
    pub fn faults(mut self, templates: &Templates, name: &str) -> Vec<Diagnostic> {
        // All that should come after it is in what does not end.
        if let Some(cut) = self.cut {
            let (message, help) = match cut {
                Cut::Comment => (
                    "a comment is never closed: the rest of the page is in it",
                    "write `-->` where the comment ends",
                ),
                Cut::Tag => (
                    "a tag is never closed: the rest of the page is in it",
                    "write the quote or the `>` that is missing",
                ),
            };
            let own = templates.source(name);
            let place = own
                .into_iter()
                .chain(templates.sources())
                .find_map(|source| never_ends(source, cut))
                .unwrap_or_else(|| safety::place(templates, name, cut.marks().0));
            return vec![Diagnostic::new(Code::TemplateUnclosed, place, message).help(help)];
        }
        let left = std::mem::take(&mut self.open);
        self.note_unclosed(&left);
        let unclosed = self.unclosed.iter().map(|element| {
            let message = format!("`<{element}>` is never closed");
            fault(templates, name, element, true, message)
                .help(format!("write `</{element}>` where it ends"))
        });
        // What closes nothing most often closes what was closed too early.
        let closes_nothing = self.closes_nothing.iter().map(|element| {
            let message = format!("`</{element}>` closes nothing");
            fault(templates, name, element, false, message).help(format!(
                "take it out, or write `<{element}>` where it begins"
            ))
        });
        unclosed.chain(closes_nothing).collect()
    }
}

fn note(list: &mut Vec<String>, element: &str) {
    if list.len() < MOST_TOLD && list.iter().all(|known| known != element) {
        list.push(element.to_owned());
    }
}

/// A fault at the tag that has no other, in the first template that holds one; the page's own
/// first.
fn fault(
    templates: &Templates,
    name: &str,
    element: &str,
    opens: bool,
    message: String,
) -> Diagnostic {
    let own = templates.source(name);
    let mut all = own.into_iter().chain(templates.sources());
    let alone = all.find_map(|source| without_its_other(source, element, opens));
    let place = alone.unwrap_or_else(|| {
        let mark = if opens { "<" } else { "</" };
        safety::place(templates, name, &format!("{mark}{element}"))
    });
    Diagnostic::new(Code::TemplateUnclosed, place, message)
}

/// Where a comment or a tag begins that does not end in its template: a tag before whose end a
/// quote is missing.
fn never_ends(source: &Source, cut: Cut) -> Option<Place> {
    let text = source.text();
    let (opens, closes) = cut.marks();
    let mut all = text.match_indices(opens);
    let (at, _) = all.find(|(at, _)| match (text[*at..].split_once(closes), cut) {
        (None, _) => true,
        (Some(_), Cut::Comment) => false,
        (Some((tag, _)), Cut::Tag) => tag.matches('"').count() % 2 == 1,
    })?;
    Some(source.place(Span::new(at, at + opens.len())))
}

/// The tag of an element that stands alone in a template: the last that opens and is not
/// closed, or the first that closes and was not opened.
fn without_its_other(source: &Source, element: &str, opens: bool) -> Option<Place> {
    let text = source.text().to_ascii_lowercase();
    let mut open: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let (closes, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let after = rest.strip_prefix(element);
        let is_it = after
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
        if !is_it {
            continue;
        }
        let span = Span::new(at, at + 1 + usize::from(closes) + element.len());
        match (closes, opens) {
            (false, _) => open.push(span),
            (true, false) if open.is_empty() => return Some(source.place(span)),
            (true, _) => drop(open.pop()),
        }
    }
    let last = if opens { open.pop() } else { None };
    last.map(|span| source.place(span))
}
