//! What is at hand when somebody asks about a place in a script: the script taken apart, the
//! place, the council that it belongs to, and its data files.

use super::council::Council;
use super::documents::Document;
use super::outline::Outline;
use super::scope::{self, Named};
use super::spot::Spot;
use crate::host::{Glimpses, Host};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// What a script is, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A council's script, or a script of which nobody knows where it will stand.
    Check,
    /// A council's tests.
    Tests,
    /// A library.
    Library,
}

/// What is at hand.
pub(super) struct Desk<'d, 'a> {
    pub host: &'d Host,
    pub glimpses: &'d Glimpses,
    pub path: Option<&'d Path>,
    pub role: Role,
    pub council: Council,
    pub outline: &'d Outline<'a>,
    pub spot: Spot<'d, 'a>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// Sets out what is needed for a place. `host` knows the texts that are open.
    pub(super) fn new(
        host: &'d Host,
        glimpses: &'d Glimpses,
        document: &'d Document,
        outline: &'d Outline<'a>,
        at: usize,
    ) -> Self {
        Self::of(host, glimpses, document.path.as_deref(), outline, at)
    }

    /// The same for a script that need not be open.
    pub(super) fn of(
        host: &'d Host,
        glimpses: &'d Glimpses,
        path: Option<&'d Path>,
        outline: &'d Outline<'a>,
        at: usize,
    ) -> Self {
        let role = role(path);
        Self {
            host,
            glimpses,
            path,
            role,
            council: council(host, path, role, outline),
            outline,
            spot: Spot::at(outline, at),
        }
    }

    /// The names that are known at the spot.
    pub(super) fn names(&self) -> Vec<Named> {
        self.names_at(self.spot.index)
    }

    /// The names that are known at a token of the same piece.
    pub(super) fn names_at(&self, token: usize) -> Vec<Named> {
        let piece = self.spot.piece;
        piece.map_or_else(Vec::new, |piece| scope::names(self.outline, piece, token))
    }

    /// The shared libraries that the script may use.
    pub(super) fn libraries(&self) -> Vec<(String, Source)> {
        let path = self.path.unwrap_or(Path::new("check.rhai"));
        let all = self.host.libraries_near(path).into_iter();
        let named = all.filter_map(|source| {
            let name = Path::new(source.name()).file_stem()?.to_str()?.to_owned();
            Some((name, source))
        });
        named.collect()
    }

    /// The values that a row may have in a column.
    pub(super) fn values(&self, table: &str, column: &str) -> Vec<String> {
        self.council.values(table, column, self.host, self.glimpses)
    }
}

/// What a script is, by its path.
pub(super) fn role(path: Option<&Path>) -> Role {
    let Some(path) = path else { return Role::Check };
    let is_in = |name: &str| path.parent().is_some_and(|folder| folder.ends_with(name));
    match path.file_name() {
        Some(name) if name == "tests.rhai" => Role::Tests,
        Some(name) if name != "check.rhai" && is_in("shared") => Role::Library,
        _ => Role::Check,
    }
}

/// The council that a script belongs to: its own, or of tests the one beside them.
fn council(host: &Host, path: Option<&Path>, role: Role, outline: &Outline<'_>) -> Council {
    let own = path.map(Path::to_path_buf);
    match role {
        Role::Tests => {
            let script: Option<PathBuf> = path.map(|path| path.with_file_name("check.rhai"));
            let text = script.as_deref().and_then(|script| host.text_at(script));
            let text = text.unwrap_or(Source::unread(""));
            Council::read(&Outline::of(&text), script)
        }
        Role::Check | Role::Library => Council::read(outline, own),
    }
}
