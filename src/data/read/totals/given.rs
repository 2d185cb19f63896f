//! A file of totals in; its rows, each with its question, and its counts out, in either of
//! the two forms that they have: a row for each answer, or a row for each question and a
//! column for each answer.

use super::super::meaning::fold;
use super::super::{Account, Headers, Reading};
use super::{is_asked, is_of_groups, not_usable};
use crate::data::wording::{core, fold as fold_wording};
use crate::data::{Cell, ColumnSpec, From, Kind, Policy, TableSpec};
use crate::diagnostic::Diagnostics;
use crate::national::{ColumnKind, same_answer};

/// The columns of totals, by the names that the card may map.
pub(super) const QUESTION: &str = "question";
const ANSWER: &str = "answer";
const COUNT: &str = "count";

/// What a tool writes for those who left a question out; they are counted as blank.
const BLANK: [&str; 6] = [
    "no answer",
    "not answered",
    "no response",
    "blank",
    "(blank)",
    "skipped",
];

/// Whether a column is of totals and of no sheet.
pub(super) fn is_of_counts(column: &ColumnSpec) -> bool {
    [QUESTION, ANSWER, COUNT].contains(&column.name.as_str())
}

/// A file of totals.
pub(super) struct Given<'s> {
    spec: &'s TableSpec,
    /// Its rows as they stand.
    pub reading: Reading,
    /// Of a column for each answer: its header, and the answer; none if answers have rows.
    wide: Vec<(String, String)>,
}

/// Why totals are not read: their headers and rows, as far as they are known, and the faults.
pub(super) type NotRead = (Option<Headers>, Account, Diagnostics);

/// Reads the rows of totals.
pub(super) fn read<'s>(
    spec: &'s TableSpec,
    name: &str,
    bytes: &[u8],
) -> Result<Given<'s>, Box<NotRead>> {
    let refused = |headers, faults| Box::new((headers, Account::default(), faults));
    let mut rows = as_rows(spec);
    let mut headers =
        super::super::headers(&rows, name, bytes).map_err(|faults| refused(None, faults))?;
    let mut wide = Vec::new();
    if !headers.columns.contains_key(ANSWER) {
        wide = answers_in(spec, &headers);
        rows.columns
            .retain(|column| ![ANSWER, COUNT].contains(&column.name.as_str()));
        rows.columns.extend(
            wide.iter()
                .map(|(header, answer)| column(answer, From::Header(header.clone()), number())),
        );
        // With its answers known, the header is found that has most of them.
        headers =
            super::super::headers(&rows, name, bytes).map_err(|faults| refused(None, faults))?;
    }
    let has = |column: &str| headers.columns.contains_key(column);
    let long = has(ANSWER) && has(COUNT);
    if !has(QUESTION) || !long && wide.is_empty() {
        let fault = not_usable(
            spec,
            name,
            "it has no columns of questions, answers and counts",
            "head them question, answer and count, or question and one column for each answer; or say in `columns` how they are headed",
        )
        .note(headers.all_listed("its headers"));
        return Err(refused(Some(headers), fault.into()));
    }
    Ok(Given {
        spec,
        reading: super::super::read(&rows, name, bytes),
        wide,
    })
}

impl Given<'_> {
    /// The question of a row.
    pub(super) fn question(&self, row: usize) -> Option<&ColumnSpec> {
        let said = self.text(QUESTION, row);
        let mut asked = self.spec.columns.iter().filter(|column| is_asked(column));
        asked.find(|column| names_of(column).any(|name| fold(name) == fold(&said)))
    }

    /// The counts of a row, each with its answer as the file spells it; or why it is none.
    pub(super) fn counts(&self, row: usize) -> Vec<(String, Result<f64, &'static str>)> {
        let number = |column: &str| match self.reading.table.cell(column, row) {
            Cell::Number(number) => Ok(number),
            _ => Err("is missing"),
        };
        if self.wide.is_empty() {
            let answer = self.text(ANSWER, row);
            return vec![(answer, number(COUNT))];
        }
        self.wide
            .iter()
            // A question has no count of an answer that it does not offer.
            .filter(|(_, answer)| {
                let offered = self.question(row).and_then(|asked| label(asked, answer));
                offered.is_some() || number(answer).is_ok_and(|count| count != 0.0)
            })
            .map(|(_, answer)| (answer.clone(), number(answer)))
            .collect()
    }

    /// What stands in a cell; nothing if it is missing.
    pub(super) fn text(&self, column: &str, row: usize) -> String {
        match self.reading.table.cell(column, row) {
            Cell::Words(words) => words.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Missing(_) => String::new(),
        }
    }

    /// Whether a header is that of a column of counts.
    pub(super) fn is_count(&self, header: &str) -> bool {
        self.wide.iter().any(|(known, _)| known == header)
    }
}

/// The answer of a question that a text is, as the question spells it; an empty text for
/// those who gave none.
pub(super) fn label(question: &ColumnSpec, answer: &str) -> Option<String> {
    let folded = fold(answer);
    let offered = offered(question);
    let known = offered.iter().find(|label| fold(label) == folded);
    let same = || {
        let same = same_answer(&folded)?;
        offered.iter().find(|label| fold(label) == same)
    };
    known
        .or_else(same)
        .map(|label| (*label).to_owned())
        .or_else(|| BLANK.contains(&folded.as_str()).then(String::new))
}

fn offered(question: &ColumnSpec) -> Vec<&str> {
    match &question.kind {
        Kind::Answers { scored, unscored } => {
            scored.iter().chain(unscored).map(String::as_str).collect()
        }
        Kind::OneOf(words) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The texts by which a row may name a question.
fn names_of(column: &ColumnSpec) -> impl Iterator<Item = &str> {
    let header = match &column.from {
        From::Header(header) => Some(header.as_str()),
        _ => None,
    };
    std::iter::once(column.name.as_str())
        .chain(column.wording.as_deref())
        .chain(header)
}

/// The card as it would be for the rows of totals.
fn as_rows(spec: &TableSpec) -> TableSpec {
    let asked: Vec<&ColumnSpec> = spec.columns.iter().filter(|one| is_asked(one)).collect();
    let mapped = |name: &str, kind: Kind| {
        let known = spec.columns.iter().find(|column| column.name == name);
        let mut made = known
            .cloned()
            .unwrap_or_else(|| column(name, From::SameName, kind.clone()));
        made.kind = kind;
        made
    };
    let questions = asked.iter().flat_map(|column| names_of(column));
    let question = mapped(
        QUESTION,
        Kind::OneOf(questions.map(str::to_owned).collect()),
    );
    let mut answers: Vec<String> = Vec::new();
    let words = asked.iter().flat_map(|column| offered(column));
    for word in words.chain(BLANK) {
        if !answers.iter().any(|known| fold(known) == fold(word)) {
            answers.push(word.to_owned());
        }
    }
    let mut answer = mapped(ANSWER, Kind::OneOf(answers));
    answer.codes = codes(&asked);
    let mut columns: Vec<ColumnSpec> = spec
        .columns
        .iter()
        .filter(|column| is_of_groups(column))
        .cloned()
        .collect();
    columns.extend([question, answer, mapped(COUNT, number())]);
    TableSpec {
        columns,
        policy: Policy::Sheets,
        ..spec.clone()
    }
}

/// Every code of an answer, once.
fn codes(
    asked: &[&ColumnSpec],
) -> Vec<(
    crate::source::Spanned<String>,
    crate::source::Spanned<String>,
)> {
    let mut all: Vec<(
        crate::source::Spanned<String>,
        crate::source::Spanned<String>,
    )> = Vec::new();
    for code in asked.iter().flat_map(|column| &column.codes) {
        if !all
            .iter()
            .any(|(known, _)| fold(&known.value) == fold(&code.0.value))
        {
            all.push(code.clone());
        }
    }
    all
}

/// The headers that are answers, each with the answer.
fn answers_in(spec: &TableSpec, headers: &Headers) -> Vec<(String, String)> {
    let rows = as_rows(spec);
    let Some(answer) = rows.columns.iter().find(|column| column.name == ANSWER) else {
        return Vec::new();
    };
    let Kind::OneOf(known) = &answer.kind else {
        return Vec::new();
    };
    let meant = |header: &str| {
        let coded = answer
            .codes
            .iter()
            .find(|(local, _)| fold(&local.value) == fold(header))
            .map_or(header, |(_, national)| national.value.as_str());
        let plain = fold_wording(coded);
        known
            .iter()
            .find(|label| core(&fold_wording(label)) == core(&plain))
            .or_else(|| {
                let same = same_answer(core(&plain))?;
                known.iter().find(|label| fold(label) == same)
            })
    };
    headers
        .names
        .iter()
        .filter_map(|header| Some((header.clone(), meant(header)?.clone())))
        .collect()
}

fn number() -> Kind {
    Kind::National(ColumnKind::Number)
}

fn column(name: &str, from: From, kind: Kind) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        from,
        kind,
        wording: None,
        codes: Vec::new(),
        place: None,
    }
}
