//! A council's own files in, the cards that read them out: which table a file is, which
//! column stands under which header, and what its values mean. What is not sure is a note in
//! the card, for a person to decide.

mod card;
mod councils_tests;
mod look;
mod unread;
mod words;

use crate::data::{says, sheets};
use crate::diagnostic::{Code, Diagnostics, nearest};
use crate::national::{AWARENESS, COLUMNS, ColumnKind, same_answer};
use crate::script::room::{BLANK, quoted};
use crate::validate;
pub(super) use councils_tests::tests;
use look::{Look, Values};
use std::collections::BTreeSet;
use unread::Unread;
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
    /// Whether its values are answers to a question, which all have the same codes.
    pub is_answer: bool,
    /// The file's values and the nation's, where they differ; `None` where nobody can tell.
    pub codes: Vec<(String, Option<&'static str>)>,
    /// Texts that mean no answer.
    pub missing: Vec<String>,
    /// Values that mean nothing that is known: for the screen of who has the file.
    pub unknown: Vec<String>,
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
    pub unread: Vec<Unread>,
    /// The codes of all answers.
    pub answers: Vec<(String, Option<&'static str>)>,
    /// The sheet of its workbook that is read, where the card has to say so.
    pub sheet: Option<String>,
    /// Why the whole card is a note; `None` if it is a card.
    pub doubt: Option<String>,
}

/// Recognises a file. Of a workbook of several sheets that may be meant the card is a note, of the
/// first of them that is a table of the nation's.
///
/// # Errors
/// A file that cannot be read as a table.
pub(super) fn card(file: &Handed) -> Result<Card, Diagnostics> {
    let faults = match look::look(&file.name, &file.bytes, None) {
        Ok(look) => return Ok(card_of(file, &look)),
        Err(faults) => faults,
    };
    if !faults.iter().any(|fault| fault.code == Code::WhichSheet) {
        return Err(faults);
    }
    let sheets = sheets(&file.name, &file.bytes);
    let cards = sheets.iter().take(MOST_SHEETS).filter_map(|sheet| {
        let look = look::look(&file.name, &file.bytes, Some(sheet)).ok()?;
        let sheet = Some(sheet.clone());
        Some(Card {
            sheet,
            ..card_of(file, &look)
        })
    });
    let mut cards: Vec<Card> = cards.collect();
    let at = cards.iter().position(|card| card.table.is_some());
    if cards.is_empty() {
        return Err(faults);
    }
    let mut card = cards.swap_remove(at.unwrap_or(0));
    card.doubt = Some(which_sheet(&sheets, card.sheet.as_deref()));
    Ok(card)
}

/// Sheets of a workbook that are looked at and named.
const MOST_SHEETS: usize = 8;

/// Why nobody can tell which of its sheets is meant, and what is typed where it is known.
fn which_sheet(sheets: &[String], first: Option<&str>) -> String {
    let names = sheets.iter().take(MOST_SHEETS);
    let names: Vec<String> = names.map(|sheet| quoted(sheet)).collect();
    let more = match sheets.len().saturating_sub(MOST_SHEETS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "several of its sheets may be meant: {}{more}; name one in the line sheet: {}, of its card, and take the slashes away",
        names.join(", "),
        quoted(first.unwrap_or(BLANK))
    )
}

fn card_of(file: &Handed, look: &Look) -> Card {
    let best = COLUMNS
        .iter()
        .map(|(table, columns)| (*table, lines(table, columns, look)))
        .max_by_key(|(table, lines)| weight(table, lines, look));
    let (table, lines) = match best {
        Some((table, lines)) if weight(table, &lines, look) >= 2 => (Some(table), lines),
        _ => (None, Vec::new()),
    };
    let is_read = |header: &str| lines.iter().any(|line| line.header == header);
    let others = look.headers.iter();
    let others = others.filter(|(header, _)| !is_read(header));
    let answers = answers(&lines, others.map(|(_, values)| values));
    let unread = unread::unread(table, look, &lines);
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
    let unknown = || "no table of the nation's was recognised in it".to_owned();
    let doubt = table
        .is_none()
        .then(|| look.no_headers.clone().unwrap_or_else(unknown));
    Card {
        table,
        file: file.name.clone(),
        lines,
        services,
        unread,
        answers,
        sheet: None,
        doubt,
    }
}

/// The nation's columns of a table.
fn columns_of(table: Option<&str>) -> impl Iterator<Item = &'static str> {
    let known = COLUMNS.iter().find(|(id, _)| Some(*id) == table);
    known
        .into_iter()
        .flat_map(|(_, columns)| columns.iter().map(|(name, _)| *name))
}

/// The codes of every answer, once, whatever question it was given to; questions of the
/// council's own among them.
fn answers<'v>(
    lines: &[Line],
    unread: impl Iterator<Item = &'v Values>,
) -> Vec<(String, Option<&'static str>)> {
    let own = unread.filter(|values| is_scale(values));
    let own = own.flat_map(|values| coded(&values.texts, answer_among(&values.texts)).0);
    let known = lines.iter().filter(|line| line.is_answer);
    let known = known.flat_map(|line| line.codes.iter().cloned());
    let mut all: Vec<(String, Option<&'static str>)> = Vec::new();
    for code in known.chain(own) {
        match all.iter_mut().find(|(text, _)| bare(text) == bare(&code.0)) {
            // What is no answer of one question is none of all.
            Some((_, meant)) => *meant = meant.and(code.1),
            None => all.push(code),
        }
    }
    all
}

/// What an answer means among those that were given beside it: who could say both "agree" and
/// "tend to agree" did not mean the same by them.
fn answer_among(texts: &[String]) -> impl Fn(&str) -> Option<&'static str> {
    let given: BTreeSet<String> = texts.iter().map(|text| bare(text)).collect();
    move |text| {
        let meant = words::answer(text)?;
        let is_itself = bare(text) == meant;
        let is_less = bare(text).starts_with("tend to");
        (is_itself || !is_less || !given.contains(meant)).then_some(meant)
    }
}

/// The codes of the values that say otherwise what the nation has a word for, and the values
/// for which it has none.
fn coded(
    texts: &[String],
    meaning: impl Fn(&str) -> Option<&'static str>,
) -> (Vec<(String, Option<&'static str>)>, Vec<String>) {
    let (mut codes, mut unknown) = (Vec::new(), Vec::new());
    for text in texts {
        let said = text.trim().to_lowercase();
        match meaning(text) {
            Some(national) if said == national || same_answer(&said) == Some(national) => {}
            Some(national) => codes.push((text.clone(), Some(national))),
            None => unknown.push(text.clone()),
        }
    }
    (codes, unknown)
}

/// Values that may be answers which nobody foresaw, beside some that are known: few and short.
/// Others are somebody's own words, or the column is another.
fn can_be_filled_in(unknown: &[String], values: &Values) -> bool {
    const MOST: usize = 4;
    const LONGEST: usize = 40;
    let short = |text: &String| text.chars().count() <= LONGEST;
    unknown.len() <= MOST && unknown.len() < values.texts.len() && unknown.iter().all(short)
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
    let is_aware = AWARENESS.iter().any(|(id, _)| *id == column);
    let mut line = Line {
        column: column.to_owned(),
        header: header.to_owned(),
        doubt: (names == Names::Nearly).then(|| "the header is only like it".to_owned()),
        is_answer: kind.is_none() && !is_aware,
        codes: Vec::new(),
        missing: Vec::new(),
        unknown: Vec::new(),
    };
    match kind {
        Some(ColumnKind::Words) => {}
        Some(ColumnKind::Number) => {
            if values.below {
                line.doubt = Some("it has numbers below 0".to_owned());
            }
            let none = values.texts.iter().filter(|text| words::no_number(text));
            line.missing = none.cloned().collect();
            let unknown = values.texts.iter().filter(|text| !words::no_number(text));
            line.unknown = unknown.cloned().collect();
        }
        _ => {
            let answer = answer_among(&values.texts);
            let meaning = |text: &str| match kind {
                Some(ColumnKind::Service) => words::service(text),
                Some(ColumnKind::YesNo) => words::yes_or_no(column, text),
                _ if is_aware => words::aware(text),
                _ => answer(text),
            };
            (line.codes, line.unknown) = coded(&values.texts, meaning);
            if values.numbers && (kind.is_some() || is_aware || !values.one_to_five) {
                line.doubt = Some("it has numbers in it".to_owned());
            } else if names != Names::Nearly && can_be_filled_in(&line.unknown, values) {
                let blanks = line.unknown.drain(..).map(|text| (text, None));
                line.codes.extend(blanks);
            }
        }
    }
    // What a cell holds may be somebody's own words: the script tells only how many.
    match line.unknown.len() {
        0 => {}
        1 => line.doubt = Some("one of its values is not known".to_owned()),
        many => line.doubt = Some(format!("{many} of its values are not known")),
    }
    line
}
