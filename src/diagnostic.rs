//! What is wrong, where, and what to type instead.
//!
//! In: a [`Code`], a [`Place`] and words. Out: [`Diagnostics`], sorted by place, painted
//! for a terminal by [`Diagnostics::paint`]. The painting crate lives in this room only.

mod codes;
mod examples;
mod ids;
mod mend;
mod nearest;
mod paint;
mod replacement;
mod words;

use crate::source::Place;
pub use codes::{Code, Explanation};
pub use examples::CodeExample;
pub use ids::id_of;
pub(crate) use nearest::is_one_slip;
pub use nearest::nearest;
pub(crate) use paint::quoted_lines;
pub use replacement::{Applicability, Replacement};
use std::fmt;
pub(crate) use words::beginning;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published until it is mended.
    Error,
    /// Published all the same; worth a look.
    Warning,
}

/// One fault: always with a code, a place and plain words.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which kind of fault.
    pub code: Code,
    /// What is wrong, in the author's terms, lower case, no full stop.
    pub message: String,
    /// The words underlined.
    pub place: Place,
    /// What stands beside the underline; may be empty.
    pub label: String,
    /// Other places that matter, each with its own words.
    pub related: Vec<(Place, String)>,
    /// Further facts, one a line.
    pub notes: Vec<String>,
    /// The very text to type.
    pub help: Option<String>,
    /// What a program may type; read it with [`Diagnostic::replacement`].
    pub(crate) replacement: Option<Replacement>,
    /// The same fault with the value of a cell that this one keeps to itself; read it with
    /// [`Diagnostics::with_values`].
    pub(crate) unmasked: Option<Box<Diagnostic>>,
}

impl Diagnostic {
    /// A fault at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            message: words::line(message.into()),
            place,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            replacement: None,
            unmasked: None,
        }
    }

    /// Words beside the underline.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = words::line(label.into());
        self
    }

    /// A further fact.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(words::note(note.into()));
        self
    }

    /// The text to type.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(words::note(help.into()));
        self
    }

    /// The same fault for those who may see the rows: a cell of few people is told by its
    /// form alone, unless the reader asks for it.
    pub(crate) fn masking(mut self, unmasked: Diagnostic) -> Self {
        self.unmasked = Some(Box::new(unmasked));
        self
    }

    /// Another place that matters.
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related.push((place, words::line(words.into())));
        self
    }

    /// Error or warning; fixed by the code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Every fault of a run. The one error type at the door of this library.
#[derive(Clone, Default, thiserror::Error)]
#[error("{}", self.paint(false))]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another's.
    pub fn extend(&mut self, others: Diagnostics) {
        self.list.extend(others.list);
    }

    /// In order of file and place, once each.
    pub fn sorted(mut self) -> Self {
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup_by(|a, b| key(a) == key(b));
        self
    }

    /// The same faults, with the values of cells where they are masked. Rows are about
    /// people: for the eyes of those who may read the files themselves.
    pub fn with_values(self) -> Self {
        let unmasked = |fault: Diagnostic| match fault.unmasked {
            Some(unmasked) => *unmasked,
            None => fault,
        };
        self.into_iter().map(unmasked).collect()
    }

    /// Whether anything keeps the check from being published.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.severity() == severity)
            .count()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// `value` if nothing is an error, with the warnings; else everything.
    ///
    /// # Errors
    /// All diagnostics, sorted by place, when one of them is an error.
    pub fn or<T>(self, value: T) -> Result<Checked<T>, Diagnostics> {
        let sorted = self.sorted();
        if sorted.has_errors() {
            Err(sorted)
        } else {
            Ok(Checked {
                value,
                warnings: sorted,
            })
        }
    }

    /// The picture a person is shown, in colour or plain. Control characters that came
    /// from a file are shown as `?`, never sent to the terminal. Of a long line only what
    /// stands around the place is shown, and of a file with very many faults the first.
    pub fn paint(&self, colour: bool) -> String {
        paint::paint(self, colour)
    }
}

fn key(diagnostic: &Diagnostic) -> (&str, usize, usize, &str, &str) {
    (
        diagnostic.place.source.name(),
        diagnostic.place.source.first_line(),
        diagnostic.place.span.start,
        diagnostic.code.name(),
        &diagnostic.message,
    )
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            list: vec![diagnostic],
        }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(list: I) -> Self {
        Self {
            list: list.into_iter().collect(),
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// Something sound, and the warnings that came with it.
#[derive(Debug, Clone)]
pub struct Checked<T> {
    value: T,
    /// What is worth a look.
    pub warnings: Diagnostics,
}

impl<T> Checked<T> {
    /// The sound thing, without its warnings.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
