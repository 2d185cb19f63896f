//! Blanks of cards, `"…"`: a draft in, the same without them out. Whoever has a card typed for
//! them, or copies one from a message, fills them in; until then nothing is published, so that
//! no made-up word stands for the council's own.

use super::own_name::own_name;
use super::{keys, verbs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::{
    ANSWERS, AWARENESS, COLUMNS, ColumnKind, Service, StandardId, UNSCORED_ANSWERS,
};
use crate::script::room::{self, is_blank};
use crate::script::{Card, Draft, Entry, Value};
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
        let standard = text_of(card, "standard");
        let table = card.id.as_ref().and_then(|id| text(&id.value));
        for entry in &mut card.entries {
            // There these signs are the council's own, for no answer.
            if verb == "table" && entry.key.value == "missing" {
                continue;
            }
            let key = keys::of(verb).find(|key| key.name == entry.key.value);
            let mut found = Vec::new();
            empty(&mut entry.value, (&entry.key.value, ""), &mut found);
            // Without one of its answers a scale is none.
            if entry.key.value == "answers" && !found.is_empty() {
                found.truncate(1);
                entry.value.value = Value::Undefined;
            }
            for blank in found {
                let written = (verb, entry.key.value.as_str());
                let what = match written {
                    ("table", "columns") if blank.beside.is_some() => {
                        "a name in `columns`".to_owned()
                    }
                    ("table", "codes") => format!("what `{}` means", blank.of),
                    _ => format!("`{}`", blank.of),
                };
                let fault = Diagnostic::new(
                    Code::NotFilledIn,
                    blank.place.clone(),
                    format!("{what} is still to be filled in"),
                );
                let fault = match written {
                    ("table", "columns") => in_columns(fault, &blank),
                    ("table", "codes") => in_codes(fault, table.as_deref(), &blank.within),
                    (_, "standard") => fault.label(format!("one of {}", standards())),
                    (_, "answers") => fault.label(
                        "its answers in double quotes, lowest first, as the file has them; where the highest is bad, write `reverse: true` too",
                    ),
                    ("action", "measure") => of_standard(fault, standard.as_deref()),
                    _ => match key.filter(|key| key.name == blank.of) {
                        Some(key) => fault
                            .label(format!("{}; {}", key.says, key.wanted()))
                            .help(format!("{}: {},", key.name, key.example)),
                        None => fault.label("a blank"),
                    },
                };
                faults.borrow_mut().push(fault);
            }
        }
    }
    draft
}

/// A blank that was taken out of a card.
struct Found {
    place: Place,
    /// The key that it stands at, or, where it is a key itself, the key of the map round it.
    of: String,
    /// The key of the map round it, in a map that is a value itself; else empty.
    within: String,
    /// Where it is a key, the text beside it.
    beside: Option<String>,
}

/// A header without a name of ours, or a name of ours without the file's header.
fn in_columns(fault: Diagnostic, blank: &Found) -> Diagnostic {
    match &blank.beside {
        Some(header) => fault
            .label("our name for this column: one of the nation's, or an id of your own")
            .note("`healthcheck explain columns` and `healthcheck explain items` list the nation's")
            .help(format!(
                "{}: {},",
                room::quoted(&own_name(header, '-')),
                room::quoted(header)
            )),
        None => fault
            .label("the header under which your file has it, in double quotes")
            .note("what the file does not have needs no line: take this one out"),
    }
}

/// A word of the file of which nobody has said what it means.
fn in_codes(fault: Diagnostic, table: Option<&str>, column: &str) -> Diagnostic {
    let of_table = COLUMNS.iter().find(|(id, _)| Some(*id) == table);
    let columns = of_table.map_or(&[][..], |(_, columns)| columns);
    let kind = columns.iter().find(|(name, _)| *name == column);
    let means = match kind.map(|(_, kind)| *kind) {
        Some(ColumnKind::Service) => Service::ALL.map(Service::id).join(", "),
        Some(ColumnKind::YesNo) => "yes, no, not due".to_owned(),
        None if AWARENESS.iter().any(|(id, _)| *id == column) => "yes, no, not sure".to_owned(),
        None if table == Some("survey") => {
            let all = ANSWERS.iter().chain(&UNSCORED_ANSWERS).copied();
            all.collect::<Vec<_>>().join(", ")
        }
        _ => return fault.label("what this word of your file means"),
    };
    fault.label(format!(
        "what this word of your file means, one of: {means}"
    ))
}

/// What an action may be measured by: items of its own standard that have a figure.
fn of_standard(fault: Diagnostic, standard: Option<&str>) -> Diagnostic {
    let figures = |kind: &str| {
        let items = super::national().iter();
        let own = items.filter(|item| Some(item.standard.as_str()) == standard);
        own.filter(|item| item.local.kind.word() == kind)
            .map(|item| item.id.as_str())
            .collect::<Vec<_>>()
    };
    let known = [figures("measure"), figures("question")].concat();
    match known.first() {
        Some(first) => fault
            .label("the item by which it is measured; text in double quotes")
            .note(format!(
                "items of `{}`: {}",
                standard.unwrap_or_default(),
                known.join(", ")
            ))
            .help(format!("measure: {},", room::quoted(first))),
        None => fault.label("the item by which it is measured, one of its standard"),
    }
}

fn standards() -> String {
    StandardId::ALL.map(StandardId::id).join(", ")
}

fn text_of(card: &Card, key: &str) -> Option<String> {
    let entry = card.entries.iter().find(|entry| entry.key.value == key)?;
    text(&entry.value.value)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn blank(value: &Spanned<Value>) -> bool {
    matches!(&value.value, Value::Text(text) if is_blank(text))
}

/// Takes the blanks out of a value; each is found with the name of what it stands for, and the
/// key round that.
fn empty(value: &mut Spanned<Value>, (name, within): (&str, &str), found: &mut Vec<Found>) {
    if blank(value) {
        found.push(Found {
            place: value.place.clone(),
            of: name.to_owned(),
            within: within.to_owned(),
            beside: None,
        });
        value.value = Value::Undefined;
        return;
    }
    match &mut value.value {
        Value::List(list) => list
            .iter_mut()
            .for_each(|one| empty(one, (name, within), found)),
        Value::Map(entries) => {
            entries.retain(|entry: &Entry| {
                let blank = is_blank(&entry.key.value);
                if blank {
                    found.push(Found {
                        place: entry.key.place.clone(),
                        of: name.to_owned(),
                        within: within.to_owned(),
                        beside: text(&entry.value.value),
                    });
                }
                !blank
            });
            entries.iter_mut().for_each(|entry: &mut Entry| {
                let own = entry.key.value.clone();
                empty(&mut entry.value, (&own, name), found);
            });
        }
        _ => {}
    }
}
