//! Items of a council's own as topics: a check and an id in; its card, what it is scored by, and
//! how far it compares out.

use super::items::outdented;
use super::{Sort, Topic, moved_in, sentence};
use crate::check::{HealthCheck, Item, Kind, Measure, Question, Target};
use crate::script::room;

/// What an item of the council's own is; `None` of an id that no such item has.
pub(in crate::reference) fn own_item(check: &HealthCheck, id: &str) -> Option<Topic> {
    let mut items = check.items().iter();
    let item = items.find(|item| item.national.is_none() && item.id == id)?;
    let kind = item.local.kind.word();
    let mut paragraphs = vec![
        sentence(&item.local.ask),
        format!(
            "{} of the council's own, {} line {}, in the standard `{}`{}.",
            capital(kind),
            item.place.source.name(),
            item.place.line(),
            item.standard,
            titled(check, &item.standard)
        ),
    ];
    match &item.local.kind {
        Kind::Measure(measure) => paragraphs.extend(of_measure(measure)),
        Kind::Question(question) => paragraphs.extend(of_question(item, question)),
        Kind::Statement => paragraphs.push(
            "The employer answers yes, partly or no: 100, 50 or 0, in an `answer` card.".to_owned(),
        ),
    }
    if let Some(target) = item.target {
        paragraphs.push(format!("Its target: {}.", words_of(target)));
    }
    paragraphs.push(format!(
        "It weighs {} in the council's own score of its standard. No other council has it, so it compares with nothing and never enters the national score.",
        item.weight
    ));
    paragraphs.extend(item.advice.clone());
    paragraphs.extend(item.note.clone());
    if let Some(card) = room::card_round(&item.place) {
        paragraphs.push(format!("Its card:\n\n{}", moved_in(&card)));
    }
    Some(Topic {
        sort: Sort::Item,
        name: id.to_owned(),
        title: format!("{id}: a {kind} of {}", check.council().name),
        says: item.local.ask.clone(),
        paragraphs,
        wrong: String::new(),
        right: String::new(),
    })
}

fn of_measure(measure: &Measure) -> Vec<String> {
    let scored = match &measure.score {
        Some(score) => format!(
            "In {}. Its score is worked out from that:\n\n{}",
            measure.unit,
            moved_in(&outdented(score.text()))
        ),
        None => format!(
            "In {}: {} scores 100 and {} scores 0, in a straight line between.",
            measure.unit, measure.best, measure.worst
        ),
    };
    let formula = moved_in(&outdented(measure.value.text()));
    vec![scored, format!("Its formula:\n\n{formula}")]
}

fn of_question(item: &Item, question: &Question) -> Vec<String> {
    let turned = match question.reverse {
        true => ", turned round first, since agreeing is bad",
        false => "",
    };
    let headed = match &question.header {
        Some(header) => format!("“{header}”"),
        None => format!(
            "`{}` or with its wording, unless the card of `survey` names another header",
            item.id
        ),
    };
    let unscored = match question.unscored.as_slice() {
        [] => String::new(),
        some => format!(" Counted and not scored: {}.", some.join(", ")),
    };
    vec![format!(
        "Practitioners answer {}. Its score is the mean of their answers, the first at 0 and the last at 100{turned}.{unscored} It is read from the column of `survey` that is headed {headed}.",
        question.answers.join(", ")
    )]
}

fn words_of(target: Target) -> String {
    match target {
        Target::AtMost(most) => format!("at most {most}"),
        Target::AtLeast(least) => format!("at least {least}"),
        Target::Between(least, most) => format!("between {least} and {most}"),
    }
}

/// The title of a standard, the nation's or the council's.
fn titled(check: &HealthCheck, standard: &str) -> String {
    let mut all = check.standards().iter();
    let found = all.find(|one| one.id == standard);
    found.map_or_else(String::new, |one| format!(", {}", one.title))
}

fn capital(kind: &str) -> &'static str {
    match kind {
        "measure" => "A measure",
        "question" => "A question",
        _ => "A statement",
    }
}
