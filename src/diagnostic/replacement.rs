//! What is to be typed, and where: the part of a fault that a program can act on.

use super::{Diagnostic, nearest::near};
use crate::source::{Place, Span};

/// Text to type in the place of other text. Nothing is replaced where the place is empty:
/// the text is put in; nothing is typed where the text is empty: the words are taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// What is replaced, in the text as it is read; it need not be what is underlined.
    pub place: Place,
    /// What is typed there.
    pub text: String,
    /// Who decides about it.
    pub applicability: Applicability,
}

/// Who decides whether a replacement is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Applicability {
    /// There is one right text: a program may type it unasked.
    Safe,
    /// It is what was probably meant, or a form with blanks, `"…"`, which a check refuses until
    /// they are filled in: a program may offer it, and a person decides.
    Offered,
}

impl Replacement {
    /// Whether a program may make it unasked.
    pub fn is_safe(&self) -> bool {
        self.applicability == Applicability::Safe
    }
}

impl Diagnostic {
    /// What mends this fault, if a program can type it: not where only a picture of the
    /// place is known, as of a row of data.
    pub fn replacement(&self) -> Option<&Replacement> {
        self.replacement
            .as_ref()
            .filter(|replacement| !replacement.place.source.is_excerpt())
    }

    /// The one right text in place of the words underlined.
    pub fn typed(self, text: impl Into<String>) -> Self {
        let text = text.into();
        let span = self.place.span;
        self.help(text.clone()).typed_at(span, text)
    }

    /// The one right text at another place of the same file; `help` shows it as a person
    /// would type it. What stands there already is nothing to be typed.
    pub fn typed_at(mut self, span: Span, text: impl Into<String>) -> Self {
        let (place, text) = (self.place.source.place(span), text.into());
        self.replacement = (place.text() != text).then_some(Replacement {
            place,
            text,
            applicability: Applicability::Safe,
        });
        self
    }

    /// What is to be typed is only what was probably meant: a person decides.
    pub fn offered(mut self) -> Self {
        if let Some(replacement) = &mut self.replacement {
            replacement.applicability = Applicability::Offered;
        }
        self
    }

    /// What is to be typed at another place and is left to a person; `None`: nothing can be.
    pub(crate) fn offering(self, typed: Option<(Span, String)>) -> Self {
        match typed {
            Some((span, text)) => self.typed_at(span, text).offered(),
            None => self,
        }
    }

    /// Did you mean? The nearest of `known` to what was `written`, to be typed as that was, in
    /// quotes or bare; where none is near, other words beside the underline. It is safe
    /// where the slip is small and nothing else is nearly as near.
    pub fn did_you_mean<'k>(
        self,
        written: &str,
        known: impl IntoIterator<Item = &'k str>,
        otherwise: impl Into<String>,
    ) -> Self {
        match near(written, known) {
            Some(near) if near.sure => self.meant(written, near.word),
            Some(near) => self.meant(written, near.word).offered(),
            None => self.label(otherwise),
        }
    }

    /// The same where it is known what was meant.
    pub fn meant(self, written: &str, word: &str) -> Self {
        let underlined = self.place.text();
        let quoted = underlined.starts_with('"');
        let (shown, typed) = match quoted {
            true => (format!("\"{word}\""), format!("\"{}\"", escaped(word))),
            false => (format!("`{word}`"), word.to_owned()),
        };
        let is_what_was_written = match quoted {
            true => underlined.get(1..underlined.len().saturating_sub(1)) == Some(written),
            false => underlined == written,
        };
        let fault = self.label(format!("did you mean {shown}?"));
        match is_what_was_written {
            true => fault.typed(typed),
            // Made in a loop, say: what is underlined is not the word.
            false => fault.help(typed),
        }
    }
}

/// As it is written between double quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
