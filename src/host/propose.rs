//! A council's own files in, the cards that read them out: which table a file is, which
//! column stands under which header, and what its values mean. What is not sure is a note in
//! the card, for a person to decide.

mod card;
mod look;
mod tests;
mod words;

use crate::data::says;
use crate::diagnostic::{Diagnostics, nearest};
use crate::national::{AWARENESS, COLUMNS, ColumnKind};
use crate::validate;
use look::{Look, Values};
use std::collections::BTreeSet;
pub(super) use tests::tests;
use words::{HEADERS, bare};

/// A file as it was handed over.
#[derive(Debug, Clone)]
pub(super) struct Handed {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// One column that was recognised, surely or not.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub column: String,
    pub header: String,
    /// Why it is not sure; `None` if it is.
    pub doubt: Option<String>,
    /// The file's values and the nation's, where they differ.
    pub codes: Vec<(String, &'static str)>,
    /// Texts that mean no answer.
    pub missing: Vec<String>,
}

/// The card of a table.
#[derive(Debug, Clone)]
pub(super) struct Card {
    /// `workers`, `workforce` or `survey`; `None` if the file is none of them.
    pub table: Option<&'static str>,
    pub file: String,
    pub lines: Vec<Line>,
    /// The services that its rows are of, as far as they say.
    pub services: Vec<&'static str>,
    /// Headers under which nothing was recognised.
    pub unread: Vec<String>,
    /// Of some of these, what their answers say: the header, and which columns it may be.
    pub hints: Vec<(String, String)>,
    /// Why the whole card is a note; `None` if it is a card.
    pub doubt: Option<String>,
}

/// Recognises a file.
///
/// # Errors
/// A file that cannot be read as a table.
pub(super) fn card(file: &Handed) -> Result<Card, Diagnostics> {
    let look = look::look(&file.name, &file.bytes)?;
    let best = COLUMNS
        .iter()
        .map(|(table, columns)| (*table, lines(table, columns, &look)))
        .max_by_key(|(table, lines)| weight(table, lines, &look));
    let (table, lines) = match best {
        Some((table, lines)) if weight(table, &lines, &look) >= 2 => (Some(table), lines),
        _ => (None, Vec::new()),
    };
    let read: BTreeSet<&str> = lines.iter().map(|line| line.header.as_str()).collect();
    let unread = look.headers.iter().map(|(header, _)| header.clone());
    let unread: Vec<String> = unread
        .filter(|header| !read.contains(header.as_str()))
        .collect();
    let hints = match table {
        Some("survey") => hints(&look, &lines, &unread),
        _ => Vec::new(),
    };
    let of_service = lines
        .iter()
        .find(|line| line.column == "service" && line.doubt.is_none());
    let under = |line: &Line| {
        look.headers
            .iter()
            .find(|(header, _)| *header == line.header)
    };
    let values = of_service
        .and_then(under)
        .map_or(&[][..], |(_, values)| &values.texts);
    let services = values
        .iter()
        .filter_map(|text| words::service(text))
        .collect();
    let doubt = table
        .is_none()
        .then(|| "no table of the nation's was recognised in it".to_owned());
    Ok(Card {
        table,
        file: file.name.clone(),
        lines,
        services,
        unread,
        hints,
        doubt,
    })
}

/// Columns that are named as what a header may be.
const MOST_NAMED: usize = 4;

/// What the answers under the headers that nothing names tell of them: the five answers are
/// those of every national question, and yes, no and not sure those of two others.
fn hints(look: &Look, lines: &[Line], unread: &[String]) -> Vec<(String, String)> {
    let found = |id: &str| lines.iter().any(|line| line.column == id);
    let questions = validate::national()
        .iter()
        .filter(|item| item.local.kind.word() == "question")
        .map(|item| item.id.as_str());
    let questions: Vec<&str> = questions.filter(|id| !found(id)).collect();
    let awareness: Vec<&str> = AWARENESS
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| !found(id))
        .collect();
    let hint = |values: &Values| {
        let knows = |text: &String| {
            [
                "yes",
                "no",
                "not sure",
                "dont know",
                "don t know",
                "don't know",
            ]
            .contains(&bare(text).as_str())
        };
        let candidates: &[&str] = if is_scale(values) {
            &questions
        } else if !values.numbers && values.texts.len() > 1 && values.texts.iter().all(knows) {
            &awareness
        } else {
            return None;
        };
        let named: Vec<&str> = candidates.iter().take(MOST_NAMED).copied().collect();
        let more = match candidates.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" or {more} more"),
        };
        (!named.is_empty()).then(|| {
            format!(
                "by its answers it may be {}{more}, or a question of your own",
                named.join(", ")
            )
        })
    };
    look.headers
        .iter()
        .filter(|(header, _)| unread.contains(header))
        .filter_map(|(header, values)| Some((header.clone(), hint(values)?)))
        .collect()
}

/// How much speaks for a table.
fn weight(table: &str, lines: &[Line], look: &Look) -> usize {
    let sure = lines.iter().filter(|line| line.doubt.is_none()).count();
    let answers = match table {
        "survey" => look
            .headers
            .iter()
            .filter(|(_, values)| is_scale(values))
            .count(),
        _ => 0,
    };
    2 * sure + (lines.len() - sure) + 2 * answers
}

/// Whether the values are the five answers.
fn is_scale(values: &Values) -> bool {
    let known = |text: &String| words::answer(text).is_some();
    !values.numbers && values.texts.len() > 1 && values.texts.iter().all(known)
}

/// How surely a header names a column; a smaller number is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Itself,
    Often,
    Nearly,
}

/// The columns of a table that the headers name, each once, the surest first.
fn lines(table: &str, columns: &[(&'static str, ColumnKind)], look: &Look) -> Vec<Line> {
    let mut found: Vec<(Names, usize, String, Option<ColumnKind>)> = Vec::new();
    for (nth, (header, _)) in look.headers.iter().enumerate() {
        for (column, kind) in columns {
            let names = names_column(table, column, header);
            found.extend(names.map(|names| (names, nth, (*column).to_owned(), Some(*kind))));
        }
        if table == "survey" {
            let asked = validate::national()
                .iter()
                .filter(|item| item.local.kind.word() == "question");
            let asked = asked.map(|item| (item.id.as_str(), item.local.ask.as_str()));
            for (id, ask) in asked.chain(AWARENESS) {
                let names = names_question(id, ask, header);
                found.extend(names.map(|names| (names, nth, id.to_owned(), None)));
            }
        }
    }
    found.sort_by_key(|(names, nth, ..)| (*names, *nth));
    let (mut headers, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut lines = Vec::new();
    for (names, nth, column, kind) in found {
        if headers.contains(&nth) || taken.contains(&column) {
            continue;
        }
        headers.insert(nth);
        taken.insert(column.clone());
        let (header, values) = &look.headers[nth];
        lines.push((nth, line(&column, header, names, kind, values)));
    }
    lines.sort_by_key(|(nth, _)| *nth);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn names_column(table: &str, column: &str, header: &str) -> Option<Names> {
    let own = bare(column);
    let header = bare(header);
    if header == own {
        return Some(Names::Itself);
    }
    let of = HEADERS
        .iter()
        .find(|(of, name, _)| *of == table && *name == column);
    let often = of.map_or(&[][..], |(_, _, headers)| headers);
    if often.contains(&header.as_str()) {
        return Some(Names::Often);
    }
    let holds = |phrase: &str| {
        let words: Vec<&str> = header.split(' ').collect();
        phrase.split(' ').all(|word| words.contains(&word))
    };
    let near = || {
        nearest(
            &header,
            [own.as_str()].into_iter().chain(often.iter().copied()),
        )
    };
    (holds(&own) || often.iter().any(|phrase| holds(phrase)) || near().is_some())
        .then_some(Names::Nearly)
}

fn names_question(id: &str, ask: &str, header: &str) -> Option<Names> {
    if bare(header) == bare(id) {
        return Some(Names::Itself);
    }
    if says(header, ask) {
        return Some(Names::Often);
    }
    let words =
        |text: &str| -> BTreeSet<String> { bare(text).split(' ').map(str::to_owned).collect() };
    let (asked, headed) = (words(ask), words(header));
    let both = asked.intersection(&headed).count();
    (3 * both >= 2 * asked.union(&headed).count()).then_some(Names::Nearly)
}

/// A column with what its values mean; a doubt where a value means nothing that is known.
fn line(
    column: &str,
    header: &str,
    names: Names,
    kind: Option<ColumnKind>,
    values: &Values,
) -> Line {
    let mut line = Line {
        column: column.to_owned(),
        header: header.to_owned(),
        doubt: (names == Names::Nearly).then(|| "the header is only like it".to_owned()),
        codes: Vec::new(),
        missing: Vec::new(),
    };
    let meaning = |text: &str| match kind {
        Some(ColumnKind::Service) => words::service(text),
        Some(ColumnKind::YesNo) => words::yes_or_no(column, text),
        _ => words::answer(text),
    };
    // What a cell holds may be somebody's own words: the script tells only how many.
    let mut unknown = 0;
    match kind {
        Some(ColumnKind::Words) => {}
        Some(ColumnKind::Number) => {
            if values.below {
                line.doubt = Some("it has numbers below 0".to_owned());
            }
            for text in &values.texts {
                if words::no_number(text) {
                    line.missing.push(text.clone());
                } else {
                    unknown += 1;
                }
            }
        }
        None if AWARENESS.iter().any(|(id, _)| *id == column) => {
            let plain = |text: &&String| !["yes", "no", "not sure"].contains(&bare(text).as_str());
            unknown = values.texts.iter().filter(plain).count();
        }
        _ => {
            for text in &values.texts {
                match meaning(text) {
                    Some(national) if bare(text) == national => {}
                    Some(national) => line.codes.push((text.clone(), national)),
                    None => unknown += 1,
                }
            }
            let of_numbers = values.numbers && (kind.is_some() || !values.one_to_five);
            if of_numbers {
                line.doubt = Some("it has numbers in it".to_owned());
            }
        }
    }
    if unknown > 0 {
        line.doubt = Some(match unknown {
            1 => "one of its values is not known".to_owned(),
            many => format!("{many} of its values are not known"),
        });
    }
    line
}
