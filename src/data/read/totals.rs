//! Answers as totals in: how many gave which answer to which question, of which service and
//! team. Out: a table of answer sheets laid out from them.
//!
//! Each question's answers of a group fill as many of its sheets, one after another, so every
//! count of one question is as it was brought. Which answers stand on the same sheet says
//! nothing: [`Policy::Totals`] keeps anybody from reading it.

mod given;

use super::caps::MOST_SHEETS;
use super::{Account, Headers, Reading};
use crate::data::{ColumnSpec, From, Kind, Policy, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use given::Given;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One group of practitioners: what its rows say in every column that tells groups apart.
type Group = Vec<String>;

/// How many gave each answer to a question, in order of first appearance.
type Answers = Vec<(String, u64)>;

/// Whether a column of totals names a question or an answer: it tells of nobody.
pub(super) fn is_label(column: &ColumnSpec) -> bool {
    matches!(column.kind, Kind::OneOf(_)) && given::is_of_counts(column)
}

/// Reads totals as sheets; the account is that of the file's own rows.
pub(super) fn read(spec: &TableSpec, name: &str, bytes: &[u8]) -> Reading {
    let given = match given::read(spec, name, bytes) {
        Ok(given) => given,
        Err(refused) => {
            let (headers, account, faults) = *refused;
            return nothing(spec, headers, account, faults);
        }
    };
    let mut faults = given.reading.faults.clone();
    let headers = headers(spec, &given);
    let account = given.reading.account.clone();
    if faults.has_errors() {
        return nothing(spec, headers, account, faults);
    }
    let sheets = match text(spec, &given, name) {
        Ok(sheets) => sheets,
        Err(found) => {
            faults.extend(found);
            return nothing(spec, headers, account, faults);
        }
    };
    let laid_out = super::read(&as_laid_out(spec), "sheets.csv", sheets.as_bytes());
    faults.extend(laid_out.faults);
    let table = Arc::new(Table {
        policy: Policy::Totals,
        ..Arc::unwrap_or_clone(laid_out.table)
    });
    Reading {
        table,
        headers,
        faults,
        account,
    }
}

/// A table of no rows, for a file at fault.
fn nothing(
    spec: &TableSpec,
    headers: Option<Headers>,
    account: Account,
    faults: Diagnostics,
) -> Reading {
    let empty = super::read(&as_laid_out(spec), "sheets.csv", b"-\n");
    Reading {
        table: empty.table,
        headers,
        faults,
        account,
    }
}

/// What the file has: each question of which it has counts, and its other columns.
fn headers(spec: &TableSpec, given: &Given<'_>) -> Option<Headers> {
    let mut headers = given.reading.headers.clone()?;
    let under = headers.columns.get(given::QUESTION).cloned()?;
    for row in 0..given.reading.table.len {
        if let Some(question) = given.question(row) {
            headers.columns.insert(question.name.clone(), under.clone());
        }
    }
    headers.extra.extend(
        headers
            .names
            .iter()
            .filter(|name| given.is_count(name))
            .cloned(),
    );
    headers.told.push(format!(
        "answers are totals: of {} of its questions it has counts",
        spec.columns
            .iter()
            .filter(|column| is_asked(column) && headers.columns.contains_key(&column.name))
            .count()
    ));
    Some(headers)
}

/// Whether a column holds what practitioners answered.
fn is_asked(column: &ColumnSpec) -> bool {
    matches!(column.kind, Kind::Answers { .. } | Kind::OneOf(_)) && !given::is_of_counts(column)
}

/// Whether a column of the file tells groups apart.
fn is_of_groups(column: &ColumnSpec) -> bool {
    column.header().is_some() && !is_asked(column) && !given::is_of_counts(column)
}

/// The card as it would be for the sheets: every column under its own name, no codes.
fn as_laid_out(spec: &TableSpec) -> TableSpec {
    let mut spec = spec.clone();
    spec.policy = Policy::Sheets;
    spec.missing.clear();
    spec.columns.retain(|column| !given::is_of_counts(column));
    for column in &mut spec.columns {
        if column.header().is_some() {
            column.from = From::SameName;
            column.codes.clear();
        }
    }
    spec
}

/// The sheets as text, a header first.
///
/// # Errors
/// An answer counted twice, counts that are none, and more of them than there are people.
fn text(spec: &TableSpec, given: &Given<'_>, name: &str) -> Result<String, Diagnostics> {
    let grouping: Vec<&ColumnSpec> = spec
        .columns
        .iter()
        .filter(|column| is_of_groups(column) && given.reading.table.column(&column.name).is_some())
        .collect();
    let mut groups: Vec<(Group, HashMap<&str, Answers>)> = Vec::new();
    let mut index: HashMap<Group, usize> = HashMap::new();
    let mut asked: BTreeMap<&str, &ColumnSpec> = BTreeMap::new();
    let mut faults = Diagnostics::new();
    for row in 0..given.reading.table.len {
        let Some(question) = given.question(row) else {
            faults.push(not_usable(
                spec,
                name,
                "a row names no question",
                "leave no cell of the column of questions empty",
            ));
            break;
        };
        asked.insert(&question.name, question);
        let group: Group = grouping
            .iter()
            .map(|column| given.text(&column.name, row))
            .collect();
        let at = *index.entry(group.clone()).or_insert_with(|| {
            groups.push((group, HashMap::new()));
            groups.len() - 1
        });
        let answers = groups[at].1.entry(&question.name).or_default();
        for (answer, count) in given.counts(row) {
            let count =
                count.and_then(|answered| whole(answered).ok_or("is no whole number of people"));
            let Some(label) = given::label(question, &answer) else {
                let message = format!("`{answer}` is no answer to `{}`", question.name);
                faults.push(not_usable(spec, name, &message, "write the answer as the question offers it, or say in `codes` what it stands for"));
                continue;
            };
            match count {
                Err(why) => {
                    let message = format!("the count of `{answer}` to `{}` {why}", question.name);
                    faults.push(not_usable(spec, name, &message, "write how many gave the answer, 0 if nobody did; what was suppressed cannot be scored"));
                }
                Ok(_) if answers.iter().any(|(known, _)| *known == label) => {
                    let message = format!(
                        "`{label}` to `{}` is counted twice for the same people",
                        question.name
                    );
                    faults.push(not_usable(spec, name, &message, "keep one row for each question and answer; where teams are counted apart, name their column in `columns`"));
                }
                Ok(count) => answers.push((label, count)),
            }
        }
    }
    let people = |answers: &Answers| answers.iter().map(|(_, count)| count).sum::<u64>();
    let most = |questions: &HashMap<&str, Answers>| questions.values().map(people).max();
    let sheets: u64 = groups
        .iter()
        .filter_map(|(_, of)| most(of))
        .fold(0, u64::saturating_add);
    if sheets > MOST_SHEETS {
        let message = format!("the counts come to {sheets} people");
        faults.push(not_usable(
            spec,
            name,
            &message,
            "look for a number in the wrong column",
        ));
    }
    if faults.has_errors() {
        return Err(faults);
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = grouping.iter().map(|column| column.name.as_str());
    // Writing to memory cannot fail.
    let mut written = out.write_record(head.chain(asked.keys().copied()));
    for (group, questions) in &groups {
        let columns: Vec<Vec<&str>> = asked
            .iter()
            .map(|(id, question)| laid_out(question, questions.get(id)))
            .collect();
        let sheets = most(questions).and_then(|most| usize::try_from(most).ok());
        for sheet in 0..sheets.unwrap_or(0) {
            let answers = columns
                .iter()
                .map(|column| column.get(sheet).copied().unwrap_or(""));
            let group = group.iter().map(String::as_str);
            written = written.and_then(|()| out.write_record(group.chain(answers)));
        }
    }
    let bytes = written
        .ok()
        .and_then(|()| out.into_inner().ok())
        .unwrap_or_default();
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// The answers to one question, sheet by sheet: scored ones first, so that who answered
/// one question is counted among those who answered another as far as can be.
fn laid_out<'a>(question: &'a ColumnSpec, answers: Option<&'a Answers>) -> Vec<&'a str> {
    let labels: Vec<&str> = match &question.kind {
        Kind::Answers { scored, unscored } => {
            scored.iter().chain(unscored).map(String::as_str).collect()
        }
        Kind::OneOf(words) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let of = |label: &str| {
        let counted = answers.into_iter().flatten();
        counted
            .filter(|(known, _)| known == label)
            .map(|(_, count)| usize::try_from(*count).unwrap_or(usize::MAX))
            .sum()
    };
    labels
        .into_iter()
        .flat_map(|label| std::iter::repeat_n(label, of(label)))
        .collect()
}

fn whole(count: f64) -> Option<u64> {
    let whole = count.fract() == 0.0 && (0.0..1e9).contains(&count);
    whole.then_some(count as u64)
}

fn not_usable(spec: &TableSpec, file: &str, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(
        Code::TotalsNotUsable,
        spec.file.place.clone(),
        format!("`{file}`: {message}"),
    )
    .label("totals of answers")
    .help(help)
}
