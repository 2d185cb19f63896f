//! What a word in a script speaks of: a place in; the item, column, function or other thing
//! that stands behind the word there, out. Hover tells of it, "go to definition" goes to it.

use super::desk::Desk;
use super::outline::{What, is_verb};
use super::scope::{self, Named, Stands};
use super::spot::{Holds, Place, Word};
use crate::national::StandardId;
use crate::reference::{self, Function, Key, Shelf, Verb};
use crate::source::Span;
use crate::validate;

/// A thing that a script speaks of.
#[derive(Debug, Clone)]
pub(super) enum Referent {
    Verb(&'static Verb),
    Key(&'static Key),
    Item(String),
    Standard(String),
    Table(String),
    /// Table and column.
    Column(String, String),
    /// Table and a header of its file.
    Header(String, String),
    /// Table, as a file of its.
    File(String),
    /// What is documented under a name.
    Functions(Vec<&'static Function>),
    /// A piece of this script: its constant or function.
    Own(usize),
    /// Library and function.
    Shared(String, String),
    /// A name that a formula makes.
    Named(Named),
}

/// What the word at a spot speaks of, and where the word stands. The spot is at the word's
/// end, or within a text.
pub(super) fn referent(desk: &Desk<'_, '_>) -> Option<(Referent, Span)> {
    let spot = &desk.spot;
    let token = desk.outline.token(spot.index)?;
    let found = match spot.word {
        Word::Bare(_) => of_word(desk, spot.index),
        Word::Text(..) => of_text(desk, &desk.outline.word(spot.index)),
        Word::None | Word::Closed => None,
    };
    Some((found?, token.span))
}

fn of_word(desk: &Desk<'_, '_>, at: usize) -> Option<Referent> {
    let outline = desk.outline;
    let word = outline.word(at);
    let piece = desk.spot.piece?;
    if at == piece.tokens.start && outline.is(at + 1, "(") && is_verb(&word) {
        let verb = reference::verbs().iter().find(|verb| verb.name == word)?;
        return Some(Referent::Verb(verb));
    }
    if let Place::Key(path) = desk.spot.place() {
        return of_key(desk, &path, &word);
    }
    let before = at.checked_sub(1);
    if let Some(dot) = before.filter(|at| outline.is(*at, ".")) {
        return after_dot(desk, dot, &word);
    }
    if let Some(colons) = before.filter(|at| outline.is(*at, "::")) {
        let library = outline.word(colons.checked_sub(1)?);
        return Some(Referent::Shared(library, word));
    }
    if outline.is(at + 1, "::") {
        return Some(Referent::Shared(word, String::new()));
    }
    if let Some(column) = given_column(desk, &word) {
        return Some(column);
    }
    // A name that is being made stands for itself.
    let names = desk.names_at(at + 1);
    if let Some(named) = names.iter().rev().find(|named| named.name == word) {
        return Some(Referent::Named(named.clone()));
    }
    let own = outline.pieces.iter().position(|piece| match &piece.what {
        What::Constant { name } | What::Function { name, .. } => outline.word(*name) == word,
        _ => false,
    });
    own.map(Referent::Own)
        .or_else(|| functions(desk, &word, false))
}

/// Functions of a name: those of tables stand after a dot.
fn functions(desk: &Desk<'_, '_>, name: &str, after_dot: bool) -> Option<Referent> {
    let is_tests = desk.role == super::desk::Role::Tests;
    let all = reference::functions().iter().filter(|function| {
        function.name == name
            && function.form.contains('.') == after_dot
            && (function.shelf != Shelf::Tests || is_tests)
    });
    let all: Vec<&'static Function> = all.collect();
    (!all.is_empty()).then_some(Referent::Functions(all))
}

fn after_dot(desk: &Desk<'_, '_>, dot: usize, word: &str) -> Option<Referent> {
    match scope::before_dot(desk.outline, dot, &desk.names()) {
        Stands::Row(table) => Some(Referent::Column(table, word.to_owned())),
        _ => functions(desk, word, true),
    }
}

/// In a test: a column of a row that is given.
fn given_column(desk: &Desk<'_, '_>, word: &str) -> Option<Referent> {
    let frame = desk.spot.frames.last()?;
    let (callee, _) = desk.spot.call()?;
    let is_given = frame.holds == Holds::Map && desk.outline.word(callee) == "given";
    let table = desk.outline.word(callee + 2);
    (is_given && desk.outline.is(desk.spot.index + 1, ":"))
        .then(|| Referent::Column(table, word.to_owned()))
}

fn of_key(desk: &Desk<'_, '_>, path: &[String], word: &str) -> Option<Referent> {
    let verb = desk.spot.verb();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match (verb, path.as_slice()) {
        (_, []) => {
            let key = validate::KEYS.iter();
            let mut key = key.filter(|key| key.verb == verb && key.name == word);
            key.next().map(Referent::Key)
        }
        ("table", ["columns" | "codes"]) => Some(Referent::Column(desk.spot.id(), word.to_owned())),
        _ => None,
    }
}

fn of_text(desk: &Desk<'_, '_>, text: &str) -> Option<Referent> {
    let spot = &desk.spot;
    let verb = spot.verb();
    match spot.place() {
        Place::Id => match verb {
            "table" => Some(Referent::Table(text.to_owned())),
            "standard" | "local_standard" => standard(desk, text),
            _ => item(desk, text),
        },
        Place::Key(path) => of_key(desk, &path, text),
        Place::Value(path) => {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            match (verb, path.as_slice()) {
                (_, ["standard"]) | ("feedback", ["hardest"]) => standard(desk, text),
                ("action", ["item" | "measure"]) => item(desk, text),
                ("table", ["file"]) => Some(Referent::File(spot.id())),
                ("table", ["columns", _]) => Some(Referent::Header(spot.id(), text.to_owned())),
                ("question", ["column"]) => {
                    Some(Referent::Header("survey".to_owned(), text.to_owned()))
                }
                ("breakdown", ["tables"]) => Some(Referent::Table(text.to_owned())),
                ("breakdown", ["by"]) => {
                    let card = spot.card()?;
                    let tables = desk.outline.texts_of(&card.entries, "tables");
                    Some(Referent::Column(tables.first()?.clone(), text.to_owned()))
                }
                _ => None,
            }
        }
        Place::Code => in_code(desk, text),
        Place::Top | Place::Body => None,
    }
}

fn in_code(desk: &Desk<'_, '_>, text: &str) -> Option<Referent> {
    let names = desk.names();
    let frame = desk.spot.frames.last()?;
    if frame.holds == Holds::Index {
        return match scope::before_dot(desk.outline, frame.open, &names) {
            Stands::Row(table) => Some(Referent::Column(table, text.to_owned())),
            Stands::Standards => standard(desk, text),
            _ => item(desk, text),
        };
    }
    let (callee, argument) = desk.spot.call()?;
    match (desk.outline.word(callee).as_str(), argument) {
        ("item", _) => item(desk, text),
        ("standard_score", _) => standard(desk, text),
        ("given", 0) => Some(Referent::Table(text.to_owned())),
        (_, 0) if callee > 0 && desk.outline.is(callee - 1, ".") => {
            match scope::before_dot(desk.outline, callee - 1, &names) {
                Stands::Table(table) => Some(Referent::Column(table, text.to_owned())),
                _ => None,
            }
        }
        _ => None,
    }
}

fn item(desk: &Desk<'_, '_>, id: &str) -> Option<Referent> {
    let mut all = desk.council.all_items().into_iter();
    all.any(|item| item.id == id)
        .then(|| Referent::Item(id.to_owned()))
        .or_else(|| standard(desk, id))
}

fn standard(desk: &Desk<'_, '_>, id: &str) -> Option<Referent> {
    let own = desk.council.standards.iter().any(|(own, _)| own == id);
    (own || StandardId::find(id).is_some()).then(|| Referent::Standard(id.to_owned()))
}
