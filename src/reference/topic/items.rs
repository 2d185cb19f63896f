//! The nation's items and standards as topics. What stands above an item's card in the
//! national scripts, its source with it, is told as it stands there.

use super::{Sort, Topic, moved_in};
use crate::check::{Item, Kind, Measure};
use crate::national::{CARDS, StandardId};
use crate::validate;

pub(super) fn items() -> impl Iterator<Item = Topic> {
    validate::national().iter().map(of_item)
}

pub(super) fn standards() -> impl Iterator<Item = Topic> {
    StandardId::ALL.into_iter().map(of_standard)
}

fn of_item(item: &Item) -> Topic {
    let (id, standard) = (&item.id, &item.standard);
    let kind = item.local.kind.word();
    let title = title_of(standard);
    let mut paragraphs = vec![
        format!("{}.", item.local.ask.trim_end_matches('.')),
        format!("A national {kind} of the standard `{standard}`, {title}."),
    ];
    let (wrong, right) = match &item.local.kind {
        Kind::Measure(measure) => {
            paragraphs.push(format!(
                "In {}: {} scores 100 and {} scores 0, in a straight line between.",
                measure.unit, measure.best, measure.worst
            ));
            paragraphs.extend(above(kind, id));
            let formula = measure.value.text();
            paragraphs.push(format!("Its formula:\n\n{}", moved_in(&outdented(formula))));
            tailored(id, measure)
        }
        Kind::Question(question) => {
            paragraphs.push(format!(
                "Practitioners answer {}. Its score is the mean of their answers, the first at 0 \
                 and the last at 100. It is read from the column of `survey` that is headed \
                 `{id}`, unless your script names another.",
                question.answers.join(", ")
            ));
            paragraphs.extend(above(kind, id));
            let elsewhere = StandardId::ALL.iter().find(|other| other.id() != standard);
            let elsewhere = elsewhere.map_or("", |other| other.id());
            (
                format!(
                    "question(\"{id}\", #{{ standard: \"{elsewhere}\" }});  // the nation has it in {standard}"
                ),
                format!("question(\"{id}\", #{{ hint: \"Think of the last three months.\" }});"),
            )
        }
        Kind::Statement => {
            paragraphs.push(
                "The employer answers yes, partly or no: 100, 50 or 0. A yes without evidence or \
                 date counts as partly, and so does one that practitioners do not bear out."
                    .to_owned(),
            );
            paragraphs.extend(above(kind, id));
            (
                format!("answer(\"{id}\", #{{ says: true }});  // \"yes\", \"partly\" or \"no\""),
                format!(
                    "answer(\"{id}\", #{{ says: \"yes\", on: \"2026-03-18\", evidence: \"Agreement, section 2\" }});"
                ),
            )
        }
    };
    paragraphs.extend(item.note.clone());
    Topic {
        sort: Sort::Item,
        name: id.clone(),
        title: format!("{id}: a national {kind}"),
        says: item.local.ask.clone(),
        paragraphs,
        wrong,
        right,
    }
}

/// A measure tailored, wrongly and rightly.
fn tailored(id: &str, measure: &Measure) -> (String, String) {
    let (best, worst) = (measure.best, measure.worst);
    let middle = (best + worst) / 2.0;
    let target = if best < worst { "at_most" } else { "at_least" };
    (
        format!(
            "measure(\"{id}\", #{{ best: {worst}, worst: {best} }});  // turned round: {best} is the better"
        ),
        format!("measure(\"{id}\", #{{ target: {target}({middle}) }});"),
    )
}

/// The notes above a national card, in paragraphs.
fn above(kind: &str, id: &str) -> Vec<String> {
    let head = format!("{kind}(\"{id}\"");
    let mut notes: Vec<&str> = Vec::new();
    for line in CARDS.iter().flat_map(|(_, text)| text.lines()) {
        if let Some(note) = line.strip_prefix("// ") {
            notes.push(note);
        } else if line.starts_with(&head) {
            break;
        } else {
            notes.clear();
        }
    }
    let whole = notes.join(" ");
    match whole.split_once(" Source: ") {
        Some((what, source)) => vec![what.to_owned(), format!("Source: {source}")],
        None if whole.is_empty() => Vec::new(),
        None => vec![whole],
    }
}

/// A formula whose lines stand as far left as they can.
pub(super) fn outdented(formula: &str) -> String {
    let deep = |line: &str| line.len() - line.trim_start().len();
    let rest = formula
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty());
    let least = rest.map(deep).min().unwrap_or(0);
    let mut lines = formula.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| {
        format!("{text}\n{}", line.get(least..).unwrap_or(line.trim_start()))
    })
}

fn title_of(standard: &str) -> &'static str {
    let of = StandardId::ALL.into_iter().find(|one| one.id() == standard);
    of.map_or("", StandardId::title)
}

fn of_standard(standard: StandardId) -> Topic {
    let id = standard.id();
    let items = validate::national()
        .iter()
        .filter(|item| item.standard == id);
    let items: Vec<String> = items.map(|item| format!("`{}`", item.id)).collect();
    Topic {
        sort: Sort::Standard,
        name: id.to_owned(),
        title: format!("{id}: one of the six standards"),
        says: standard.title().to_owned(),
        paragraphs: vec![
            format!("{}.", standard.title()),
            format!("Its national items: {}.", items.join(", ")),
            "It is rated where 60% of them can be scored. Your own score of it may weigh items, \
             add some and combine them by a formula of yours; the national score stands beside \
             it, and no script can change that."
                .to_owned(),
        ],
        wrong: format!("standard(\"{id}\", #{{ weight: \"high\" }});"),
        right: format!("standard(\"{id}\", #{{ weight: 3 }});"),
    }
}
