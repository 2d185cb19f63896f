//! A library that the embedding program wrote in Rust: what keeps it from being given to
//! scripts, in words, and as a fault of each script that uses it.

use super::own_names::OF_THE_LANGUAGE;
use super::{Job, Workshop};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::library::Library;
use crate::script::names::Known;
use crate::source::Source;
use std::collections::btree_map::Entry;

impl Workshop {
    /// Adds a library written in Rust under the name that scripts use. Of two under one name
    /// neither can be used.
    pub fn add_library(&mut self, name: &str, library: Library) {
        match self.libraries.entry(name.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(library);
            }
            Entry::Occupied(mut there) => there.get_mut().twice = true,
        }
    }
}

impl Library {
    /// What keeps it from being given to scripts under this name; nothing, if it is sound.
    pub(in crate::script) fn unusable(&self, name: &str) -> Vec<String> {
        let mut why = Vec::new();
        let is_word = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !is_word {
            why.push(format!(
                "`{name}` is no name that a script could write before `::`"
            ));
        }
        if self.twice {
            why.push(format!("two libraries are called `{name}`"));
        }
        let mut told = "";
        let pages = self.pages(name);
        for page in &pages {
            let function = match page {
                Ok(page) => page.name.as_str(),
                Err(lacking) => lacking.name.as_str(),
            };
            if Known::is_ours(function) && told != function {
                told = function;
                why.push(format!(
                    "`{name}::{function}` cannot be told from `{function}`, {OF_THE_LANGUAGE}"
                ));
            }
            if let Err(lacking) = page {
                why.push(format!("`{name}::{function}` {}", lacking.lacks));
            }
        }
        why
    }
}

impl Job<'_> {
    /// Why this script cannot use a library of the embedding program; `twin` is a shared
    /// script of the same name.
    pub(super) fn unusable(
        &self,
        name: &str,
        library: &Library,
        twin: Option<&Source>,
    ) -> Diagnostics {
        let place = self.first_mention(name);
        let mut why = library.unusable(name);
        if let Some(twin) = twin {
            why.push(format!(
                "two libraries are called `{name}`: one of the program, and {}",
                twin.name()
            ));
        }
        why.into_iter()
            .map(|why| {
                Diagnostic::new(Code::LibraryNotUsable, place.clone(), why)
                    .label("this library cannot be used")
                    .note("the library is part of the program: this is for its developer to mend")
            })
            .collect()
    }
}
