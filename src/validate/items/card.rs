//! One item from its card: stated by itself, or laid over the nation's.

use super::super::read_card::{Reader, texts_of};
use crate::check::{
    Comparability, ComparabilityKind, Definition, Item, Kind, Measure, Question, Target,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::national;
use crate::script::Value;
use crate::source::Spanned;

/// A card that states an item by itself: everything it needs is there.
pub(super) fn fresh(reader: &Reader<'_>) -> Option<Item> {
    let id = reader.id()?;
    let verb = reader.card.verb.value.as_str();
    let needed: &[&str] = match verb {
        "measure" => &["standard", "ask", "unit", "value", "best", "worst"],
        _ => &["standard", "ask"],
    };
    let missing: Vec<&&str> = needed.iter().filter(|key| !reader.has(key)).collect();
    if !missing.is_empty() {
        report_missing(reader, &id, &missing);
        return None;
    }
    let kind = match verb {
        "measure" => Kind::Measure(Measure {
            unit: reader.text("unit")?,
            value: reader.formula("value")?,
            best: reader.number("best")?,
            worst: reader.number("worst")?,
            score: reader.formula("score"),
        }),
        "question" => Kind::Question(question(reader, None)),
        _ => Kind::Statement,
    };
    Some(Item {
        standard: reader.text("standard")?,
        national: None,
        local: Definition {
            ask: reader.text("ask")?,
            kind,
        },
        weight: reader.weight("an item"),
        comparability: Comparability {
            kind: ComparabilityKind::Extends,
            reasons: vec!["an item of the council's own".to_owned()],
        },
        omission: None,
        advice: reader.text("advice"),
        note: reader.text("note"),
        target: target(reader),
        claims: Vec::new(),
        place: id.place.clone(),
        id: id.value,
    })
}

/// A local item lacks something; perhaps its id was to be a national one.
fn report_missing(reader: &Reader<'_>, id: &Spanned<String>, missing: &[&&str]) {
    let known = || {
        let national = crate::validate::national().iter();
        national.map(|item| item.id.as_str())
    };
    match nearest(&id.value, known()) {
        Some(_) if missing.len() > 1 => reader.fault(
            Diagnostic::new(
                Code::UnknownItem,
                id.place.clone(),
                format!("there is no national item `{}`", id.value),
            )
            .note(format!(
                "for an item of your own this card also needs: {}",
                missing
                    .iter()
                    .map(|key| format!("`{key}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
            .did_you_mean(&id.value, known(), ""),
        ),
        _ => {
            for key in missing {
                reader.missing_key(key);
            }
        }
    }
}

/// A national item with the council's card laid over it.
pub(super) fn over(national: &Item, reader: &Reader<'_>) -> Item {
    let mut item = national.clone();
    if let Some(ask) = reader.text("ask") {
        item.local.ask = ask;
    }
    match &mut item.local.kind {
        Kind::Measure(measure) => {
            measure.unit = reader.text("unit").unwrap_or_else(|| measure.unit.clone());
            if let Some(value) = reader.formula("value") {
                measure.value = value;
            }
            measure.best = reader.number("best").unwrap_or(measure.best);
            measure.worst = reader.number("worst").unwrap_or(measure.worst);
            measure.score = reader.formula("score");
        }
        Kind::Question(theirs) => *theirs = question(reader, Some(theirs)),
        Kind::Statement => {}
    }
    item.weight = reader.weight("a national item");
    item.advice = reader.text("advice");
    item.note = reader.text("note").or(item.note);
    item.target = target(reader);
    item.place = reader.card.id_place().clone();
    item
}

fn target(reader: &Reader<'_>) -> Option<Target> {
    match reader.threshold("target")? {
        (None, Some(most)) => Some(Target::AtMost(most)),
        (Some(least), None) => Some(Target::AtLeast(least)),
        (Some(least), Some(most)) if least <= most => Some(Target::Between(least, most)),
        _ => {
            reader.fault(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    reader.place("target"),
                    "a target lies between a lower and an upper end",
                )
                .label("the lower end first"),
            );
            None
        }
    }
}

/// A question's answers: the nation's, or those of the card.
fn question(reader: &Reader<'_>, national: Option<&Question>) -> Question {
    let texts = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let mut answers = national.map_or_else(
        || texts(&national::ANSWERS),
        |theirs| theirs.answers.clone(),
    );
    let mut unscored = national.map_or_else(
        || texts(&national::UNSCORED_ANSWERS),
        |theirs| theirs.unscored.clone(),
    );
    let reverse = reader
        .truth("reverse")
        .unwrap_or_else(|| national.is_some_and(|theirs| theirs.reverse));
    let (mut written, mut own_unscored) = (None, Vec::new());
    if let Some(list) = reader.list("answers") {
        written = Some(texts_of(list));
    }
    for entry in reader.map("answers") {
        match (entry.key.value.as_str(), &entry.value.value) {
            ("scored", Value::List(list)) => written = Some(texts_of(list)),
            ("unscored", Value::List(list)) => {
                own_unscored.extend(texts_of(list));
            }
            ("scored" | "unscored", _) => {
                reader.wrong_kind(
                    &entry.value,
                    &format!("`{}`", entry.key.value),
                    "a list of texts",
                );
            }
            (other, _) => reader.fault(
                Diagnostic::new(
                    Code::UnknownKey,
                    entry.key.place.clone(),
                    format!("`answers` has no `{other}`"),
                )
                .label("its keys are: scored, unscored"),
            ),
        }
    }
    match &written {
        Some(written) => {
            super::answers::look(reader, written, &own_unscored, reverse);
            answers = written.iter().map(|text| text.value.clone()).collect();
        }
        // One of the nation's that is not to be scored.
        None => answers.retain(|answer| {
            !own_unscored
                .iter()
                .any(|own| super::answers::same(&own.value, answer))
        }),
    }
    unscored.extend(own_unscored.into_iter().map(|text| text.value));
    Question {
        answers,
        unscored,
        reverse,
        column: reader.card.id_text().unwrap_or_default().to_owned(),
        header: reader.text("column"),
        header_place: reader.placed_text("column").map(|header| header.place),
        hint: reader.text("hint"),
    }
}
