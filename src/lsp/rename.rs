//! A new name for an item, a constant or a function of the council's own: a place and a name
//! in; every place that speaks of the thing, in the script and in the tests beside it, out.

use super::desk::{Desk, Role};
use super::outline::{Outline, What};
use super::referent::{Referent, referent};
use super::spot::Spot;
use super::{positions, uris};
use crate::script::tokens::Kind;
use crate::source::Span;
use lsp_types::{TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;

/// What can have another name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    /// A local item, by its id.
    Item(String),
    /// A constant or a function of this script.
    Own(String),
}

/// Why something cannot be called otherwise, or not so.
pub(super) type Reason = String;

/// The word that can have another name, for an editor to ask for it.
pub(super) fn prepared(desk: &mut Desk<'_, '_>) -> Result<Span, Reason> {
    let (_, span) = thing(desk)?;
    let text = desk.outline.source.slice(span);
    let quote = usize::from(text.starts_with('"'));
    Ok(Span::new(span.start + quote, span.end - quote))
}

/// Every edit that gives the thing at a spot a new name. `beside` is the other one of the
/// script and its tests, taken apart, if there is one and the thing is known in it too.
pub(super) fn renamed(
    desk: &mut Desk<'_, '_>,
    own: &Uri,
    beside: Option<&mut Desk<'_, '_>>,
    name: &str,
) -> Result<WorkspaceEdit, Reason> {
    let (thing, _) = thing(desk)?;
    allowed(desk, &thing, name)?;
    #[allow(
        clippy::mutable_key_type,
        reason = "the editor's own form; an address is never changed"
    )]
    let mut changes = HashMap::from([(own.clone(), edits(desk, &thing, name))]);
    if let (Some(beside), Thing::Item(_)) = (beside, &thing)
        && let Some(uri) = beside.path.and_then(uris::uri)
    {
        let there = edits(beside, &thing, name);
        if !there.is_empty() {
            changes.insert(uri, there);
        }
    }
    Ok(WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    })
}

fn thing(desk: &Desk<'_, '_>) -> Result<(Thing, Span), Reason> {
    let Some((referent, span)) = referent(desk) else {
        return Err("nothing here has a name of the council's own".to_owned());
    };
    let thing = of(desk, &referent).ok_or_else(|| match referent {
        Referent::Item(id) => format!("`{id}` is the nation's: it keeps its id"),
        _ => "only the council's own items, constants and functions can be renamed".to_owned(),
    })?;
    match (&thing, desk.role) {
        (Thing::Own(name), Role::Library) => Err(format!(
            "`{name}` stands in a library, and scripts that use it would not find it any more"
        )),
        _ => Ok((thing, span)),
    }
}

/// The thing behind a word, if its name is the council's own.
fn of(desk: &Desk<'_, '_>, referent: &Referent) -> Option<Thing> {
    let is_local = |id: &str| {
        let national = crate::validate::national();
        national.iter().all(|item| item.id != id)
            && desk.council.all_items().iter().any(|item| item.id == id)
    };
    match referent {
        Referent::Item(id) if is_local(id) => Some(Thing::Item(id.clone())),
        // A question's answers stand in a column of its id.
        Referent::Column(table, id) if table == "survey" && is_local(id) => {
            Some(Thing::Item(id.clone()))
        }
        Referent::Own(piece) => match &desk.outline.pieces.get(*piece)?.what {
            What::Constant { name } | What::Function { name, .. } => {
                Some(Thing::Own(desk.outline.word(*name)))
            }
            _ => None,
        },
        _ => None,
    }
}

fn allowed(desk: &Desk<'_, '_>, thing: &Thing, name: &str) -> Result<(), Reason> {
    let is_word = |word: &str, also: fn(char) -> bool| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || also(c))
    };
    match thing {
        Thing::Item(_) => {
            let sound = name.split('-').all(|word| {
                is_word(word, |_| false) && !word.chars().any(|c| c.is_ascii_uppercase())
            });
            if !sound || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
                return Err("an id is lower-case words joined by `-`".to_owned());
            }
            match desk.council.all_items().iter().any(|item| item.id == name) {
                true => Err(format!("there is an item `{name}` already")),
                false => Ok(()),
            }
        }
        Thing::Own(_) => {
            if !is_word(name, |c| c == '_') || name.starts_with(|c: char| c.is_ascii_digit()) {
                return Err(
                    "a name is letters, digits and `_`, and begins with a letter".to_owned(),
                );
            }
            let words = desk.outline.tokens.iter();
            match words
                .into_iter()
                .any(|token| token.is_word() && token.text == name)
            {
                true => Err(format!("`{name}` is used in this script already")),
                false => Ok(()),
            }
        }
    }
}

/// The edits of one script.
fn edits(desk: &mut Desk<'_, '_>, thing: &Thing, name: &str) -> Vec<TextEdit> {
    let outline: &Outline<'_> = desk.outline;
    let (Thing::Item(old) | Thing::Own(old)) = thing;
    let mut edits = Vec::new();
    for index in 0..outline.tokens.len() {
        let token = &outline.tokens[index];
        let is_named = matches!(token.kind, Kind::Word | Kind::Text) && outline.word(index) == *old;
        if !is_named {
            continue;
        }
        let quoted = token.text.starts_with('"');
        let at = if quoted {
            token.span.start + 1
        } else {
            token.span.end
        };
        desk.spot = Spot::at(outline, at);
        let same = referent(desk).and_then(|(referent, _)| of(desk, &referent));
        if same.as_ref() != Some(thing) {
            continue;
        }
        let needs_quotes = quoted || name.contains('-') && outline.is(index + 1, ":");
        edits.push(TextEdit {
            range: positions::range(outline.source, token.span),
            new_text: match needs_quotes {
                true => format!("\"{name}\""),
                false => name.to_owned(),
            },
        });
    }
    edits
}
