//! Where a thing is defined: the thing in, a file and a range in it out.

use super::desk::Desk;
use super::outline::{Outline, What};
use super::referent::Referent;
use super::{positions, uris};
use crate::host::ReadingCopies;
use crate::national;
use crate::source::{Source, Span};
use lsp_types::{Location, Range, Uri};
use std::path::{Path, PathBuf};

/// Where to go. `own` is the address of the script itself.
pub(super) fn definition(
    desk: &Desk<'_, '_>,
    referent: &Referent,
    own: &Uri,
    copies: &mut ReadingCopies,
) -> Option<Location> {
    let here = |span: Span| {
        Some(Location::new(
            own.clone(),
            positions::range(desk.outline.source, span),
        ))
    };
    let here_at = |token: usize| here(desk.outline.tokens[token].span);
    match referent {
        Referent::Item(id) => {
            let card = item_card(desk.outline, id);
            // From its own card an item leads to the nation's, else to its own.
            match card {
                Some(at) if at != desk.spot.index => here_at(at),
                _ => national(desk, id, copies)
                    .or_else(|| in_check(desk, |outline| item_card(outline, id))),
            }
        }
        Referent::Standard(id) => standard_card(desk.outline, id)
            .filter(|at| *at != desk.spot.index)
            .and_then(here_at)
            .or_else(|| standard(desk, id, copies)),
        Referent::Table(id) => {
            let card = |outline: &Outline<'_>| outline.card("table", id)?.id;
            card(desk.outline)
                .and_then(here_at)
                .or_else(|| in_check(desk, card))
        }
        Referent::Column(table, name) => {
            let entry = |outline: &Outline<'_>| column(outline, table, name);
            entry(desk.outline)
                .and_then(here_at)
                .or_else(|| in_check(desk, entry))
                .or_else(|| national(desk, name, copies))
        }
        Referent::Header(table, _) | Referent::File(table) => {
            let script = desk.council.script.as_deref()?;
            let (root, _) = desk.host.data_files(script);
            let path = root.join(desk.council.table(table)?.file.as_ref()?);
            let there = path.is_file().then(|| uris::uri(&path)).flatten()?;
            Some(Location::new(there, Range::default()))
        }
        Referent::Own(piece) => match &desk.outline.pieces.get(*piece)?.what {
            What::Constant { name } | What::Function { name, .. } => here_at(*name),
            _ => None,
        },
        Referent::Named(named) => here_at(named.made),
        Referent::Shared(library, name) => {
            let (_, source) = desk
                .libraries()
                .into_iter()
                .find(|(own, _)| own == library)?;
            let outline = Outline::of(&source);
            let found = outline.pieces.iter().find_map(|piece| match &piece.what {
                What::Function { name: own, .. } if outline.word(*own) == *name => Some(*own),
                _ => None,
            });
            let span = found.map_or(Span::default(), |at| outline.tokens[at].span);
            at(Path::new(source.name()), &source, span)
        }
        Referent::Verb(_) | Referent::Key(_) | Referent::Functions(_) => None,
    }
}

fn at(path: &Path, source: &Source, span: Span) -> Option<Location> {
    Some(Location::new(
        uris::uri(path)?,
        positions::range(source, span),
    ))
}

/// The id of an item's card.
fn item_card(outline: &Outline<'_>, id: &str) -> Option<usize> {
    let verbs = ["measure", "question", "statement"];
    verbs.iter().find_map(|verb| outline.card(verb, id)?.id)
}

fn standard_card(outline: &Outline<'_>, id: &str) -> Option<usize> {
    let verbs = ["standard", "local_standard"];
    verbs.iter().find_map(|verb| outline.card(verb, id)?.id)
}

/// Where a table's card speaks of a column.
fn column(outline: &Outline<'_>, table: &str, name: &str) -> Option<usize> {
    let card = outline.card("table", table)?;
    let columns = outline.entry(&card.entries, "columns")?;
    let entry = outline.entry(&columns.entries, name);
    entry.map(|entry| entry.key).or_else(|| {
        (table == "survey")
            .then(|| outline.card("question", name)?.id)
            .flatten()
    })
}

/// In the council's script, from its tests.
fn in_check(desk: &Desk<'_, '_>, find: impl Fn(&Outline<'_>) -> Option<usize>) -> Option<Location> {
    let script = desk.council.script.as_deref()?;
    if Some(script) == desk.path {
        return None;
    }
    let source = desk.host.text_at(script)?;
    let outline = Outline::of(&source);
    let token = find(&outline)?;
    at(script, &source, outline.tokens[token].span)
}

/// The national card of an item: in `scripts/national` if that is there and as it is in the
/// program, else in a copy for reading.
fn national(desk: &Desk<'_, '_>, id: &str, copies: &mut ReadingCopies) -> Option<Location> {
    let item = crate::validate::national()
        .iter()
        .find(|item| item.id == id)?;
    let name = item.place.source.name();
    let path = national_file(desk, name, copies)?;
    at(&path, &item.place.source, item.place.span)
}

/// The file of a national standard.
fn standard(desk: &Desk<'_, '_>, id: &str, copies: &mut ReadingCopies) -> Option<Location> {
    let name = format!("scripts/national/{id}.rhai");
    let path = national_file(desk, &name, copies)?;
    Some(Location::new(uris::uri(&path)?, Range::default()))
}

fn national_file(desk: &Desk<'_, '_>, name: &str, copies: &mut ReadingCopies) -> Option<PathBuf> {
    let (_, text) = national::CARDS.iter().find(|(known, _)| *known == name)?;
    let scripts = desk.path.and_then(Path::parent).and_then(Path::parent);
    let disk = scripts.map(|scripts| {
        scripts
            .join("national")
            .join(Path::new(name).file_name().unwrap_or_default())
    });
    let same = |path: &PathBuf| {
        let there = desk.host.text_at(path);
        there.is_some_and(|there| there.text() == Source::new("", text).text())
    };
    disk.filter(same).or_else(|| copies.path(name).ok())
}
