//! The names that a script gives: none may hide a card, a function or a constant.

use super::Job;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::names::Known;
use crate::source::{Place, Span};

/// What a name means that every script knows.
pub(super) const OF_THE_LANGUAGE: &str = "a card or function of the language";

/// A name that means something already.
pub(super) fn taken(name: &str, place: Place, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NameTaken,
        place,
        format!("`{name}` already names {what}"),
    )
    .label("choose another name")
    .help(format!("our_{}", name.to_lowercase()))
}

impl Job<'_> {
    /// Functions and constants of the script must not take a name of ours, nor a name
    /// within a formula that of a constant.
    pub(super) fn check_own_names(
        &self,
        constants: &[(String, Span, Span)],
        faults: &mut Diagnostics,
    ) {
        let taken = |name: &str, span: Span, what: &str, faults: &mut Diagnostics| {
            faults.push(taken(name, self.source.place(span), what));
        };
        for (name, function) in &self.functions {
            if Known::is_ours(name) {
                taken(name, function.name, OF_THE_LANGUAGE, faults);
            }
        }
        for (index, (name, span, _)) in constants.iter().enumerate() {
            if constants[..index].iter().any(|(other, ..)| other == name) {
                taken(name, *span, "another constant", faults);
            }
        }
        for (name, span, _) in constants {
            let uses = self
                .tokens
                .iter()
                .filter(|token| token.is_word() && token.text == name);
            let in_text = self
                .tokens
                .iter()
                .any(|token| token.text.starts_with('`') && token.text.contains(name.as_str()));
            if uses.count() == 1 && !in_text {
                faults.push(
                    Diagnostic::new(
                        Code::UnusedConstant,
                        self.source.place(*span),
                        format!("nothing uses the constant `{name}`"),
                    )
                    .label("take it out, or use it in a formula"),
                );
            }
        }
        for pair in self.tokens.windows(2) {
            if pair[0].is("let") && constants.iter().any(|(name, ..)| name == pair[1].text) {
                taken(pair[1].text, pair[1].span, "a constant", faults);
            }
        }
    }
}
