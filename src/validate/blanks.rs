//! Blanks of cards, `"…"`: a draft in, the same without them out. Whoever has a card typed for
//! them, or copies one from a message, fills them in; until then nothing is published, so that
//! no made-up word stands for the council's own.

use super::{keys, verbs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::room::is_blank;
use crate::script::{Draft, Entry, Value};
use crate::source::{Place, Spanned};
use std::cell::RefCell;

/// Reports every blank; what reads the cards then finds nothing there that it could blame.
pub(super) fn without_blanks(mut draft: Draft, faults: &RefCell<Diagnostics>) -> Draft {
    for card in &mut draft.cards {
        let verb = card.verb.value.as_str();
        if let Some(id) = card.id.as_mut().filter(|id| blank(id)) {
            let row = verbs::VERBS.iter().find(|row| row.name == verb);
            let says = row.and_then(|row| row.id).unwrap_or("a name");
            faults.borrow_mut().push(
                Diagnostic::new(
                    Code::NotFilledIn,
                    id.place.clone(),
                    format!("what `{verb}` begins with is still to be filled in"),
                )
                .label(says),
            );
            id.value = Value::Undefined;
        }
        for entry in &mut card.entries {
            // There these signs are the council's own, for no answer.
            if verb == "table" && entry.key.value == "missing" {
                continue;
            }
            let key = keys::of(verb).find(|key| key.name == entry.key.value);
            let mut found = Vec::new();
            empty(&mut entry.value, &entry.key.value, &mut found);
            for (place, name) in found {
                let fault = Diagnostic::new(
                    Code::NotFilledIn,
                    place,
                    format!("`{name}` is still to be filled in"),
                );
                let fault = match key.filter(|key| key.name == name) {
                    Some(key) => fault
                        .label(format!("{}; {}", key.says, key.wants.words()))
                        .help(format!("{name}: {},", key.example)),
                    None => fault.label("a blank"),
                };
                faults.borrow_mut().push(fault);
            }
        }
    }
    draft
}

fn blank(value: &Spanned<Value>) -> bool {
    matches!(&value.value, Value::Text(text) if is_blank(text))
}

/// Takes the blanks out of a value; each is found with the name of what it stands for.
fn empty(value: &mut Spanned<Value>, name: &str, found: &mut Vec<(Place, String)>) {
    if blank(value) {
        found.push((value.place.clone(), name.to_owned()));
        value.value = Value::Undefined;
        return;
    }
    match &mut value.value {
        Value::List(list) => list.iter_mut().for_each(|one| empty(one, name, found)),
        Value::Map(entries) => {
            entries.retain(|entry: &Entry| {
                let blank = is_blank(&entry.key.value);
                if blank {
                    found.push((entry.key.place.clone(), name.to_owned()));
                }
                !blank
            });
            entries.iter_mut().for_each(|entry: &mut Entry| {
                let own = entry.key.value.clone();
                empty(&mut entry.value, &own, found);
            });
        }
        _ => {}
    }
}
