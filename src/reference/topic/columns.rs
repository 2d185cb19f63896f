//! Tables and their columns as topics.

use super::{Sort, Topic, sentence};
use crate::check::{Item, Kind};
use crate::national::{AWARENESS, COLUMNS, ColumnKind};
use crate::reference::{Column, columns as all};
use crate::validate;

pub(super) fn tables() -> impl Iterator<Item = Topic> {
    COLUMNS.iter().map(|(table, columns)| {
        let (row, gaps) = row_of(table);
        let names: Vec<String> = columns
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let questions = match *table {
            "survey" => {
                let [aware, saw] = AWARENESS.map(|(name, _)| name);
                format!(", one for each question, under its id, and `{aware}` and `{saw}`")
            }
            _ => String::new(),
        };
        Topic {
            sort: Sort::Table,
            name: (*table).to_owned(),
            title: format!("{table}: a table"),
            says: row.to_owned(),
            paragraphs: vec![
                sentence(&format!("a row is {row}")),
                gaps.to_owned(),
                format!("Its columns: {}{questions}.", names.join(", ")),
                "Bring those that you have: an item without its columns is not rated, and says so."
                    .to_owned(),
            ],
            wrong: format!("table(\"{table}\", \"data/{table}.csv\");"),
            right: format!("table(\"{table}\", #{{ file: \"data/{table}.csv\" }});"),
        }
    })
}

fn row_of(table: &str) -> (&'static str, &'static str) {
    match table {
        "workers" => (
            "a practitioner on the as-of date, agency included",
            "A row with a gap in a column that a formula reads is left out; the figure is not \
             rated if fewer than nine tenths of the rows it is about remain.",
        ),
        "workforce" => (
            "a team or service, with its totals",
            "Every row must have the columns that a formula reads, or the figure is not rated; a \
             row that is marked not applicable is left out.",
        ),
        _ => (
            "an answer sheet",
            "Each question stands on the sheets that answered it.",
        ),
    }
}

pub(super) fn columns() -> impl Iterator<Item = Topic> {
    all().into_iter().map(of_column).chain(awareness())
}

/// What is asked of practitioners beside the questions, and never scored.
fn awareness() -> impl Iterator<Item = Topic> {
    AWARENESS.iter().map(|(name, ask)| Topic {
        sort: Sort::Column,
        name: format!("survey.{name}"),
        title: format!("{name}: a column of `survey`"),
        says: format!("asked and never scored: {ask}"),
        paragraphs: vec![
            sentence(&format!("asked of practitioners: {ask}")),
            "Its cells are yes, no or not sure. It is counted, published beside the response, and never scored. Other words are told in `codes`.".to_owned(),
            format!(
                "If your file heads it otherwise, say so in the card of `survey`: `columns: #{{ \"{name}\": \"…\" }}`."
            ),
        ],
        wrong: format!("survey.share({name} == \"yes\")"),
        right: format!("survey.share(|s| s[\"{name}\"] == \"yes\")"),
    })
}

fn of_column(column: Column) -> Topic {
    let Column {
        table, name, kind, ..
    } = column;
    let (is, wrong, right) = match kind {
        ColumnKind::Number => (
            "Its cells are numbers of 0 or more, without a unit.",
            format!("{table}.{name}"),
            format!("{table}.sum(\"{name}\")"),
        ),
        ColumnKind::YesNo => (
            "Its cells are yes or no, in any case, or not due. Other words are told in `codes`.",
            format!("{table}.share({name} == \"yes\")"),
            format!("{table}.share(|w| w.{name} == \"yes\")"),
        ),
        ColumnKind::Service => (
            "Its cells are children or adults. Other words are told in `codes`.",
            format!("{table}.share({name} == \"children\")"),
            format!("{table}.share(|w| w.{name} == \"children\")"),
        ),
        ColumnKind::Words => (
            "Its cells are text.",
            format!("{table}.count({name} == \"Duty\")"),
            format!("{table}.count(|w| w.{name} == \"Duty\")"),
        ),
    };
    let read_by: Vec<String> = validate::national()
        .iter()
        .filter(|item| reads(item, table, name))
        .map(|item| format!("`{}`", item.id))
        .collect();
    let mut paragraphs = vec![
        sentence(column.says),
        is.to_owned(),
        format!(
            "If your file heads it otherwise, say so in the card of `{table}`: `columns: #{{ {name}: \"…\" }}`."
        ),
    ];
    if !read_by.is_empty() {
        paragraphs.push(format!(
            "Read by the national items {}.",
            read_by.join(", ")
        ));
    }
    Topic {
        sort: Sort::Column,
        name: format!("{table}.{name}"),
        title: format!("{name}: a column of `{table}`"),
        says: column.says.to_owned(),
        paragraphs,
        wrong,
        right,
    }
}

fn reads(item: &Item, table: &str, column: &str) -> bool {
    match &item.local.kind {
        Kind::Measure(measure) => {
            let reads = measure.value.reads();
            reads.of(table).iter().any(|name| name == column)
        }
        _ => false,
    }
}
