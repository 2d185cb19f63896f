//! Headers under which nothing of the nation's was recognised: what a file holds in, a name for
//! each, what its answers tell of it, and a question ready for its author out.

use super::look::{Look, Values};
use super::words::{self, bare};
use super::{Line, columns_of, is_scale};
use crate::data::asks_otherwise;
use crate::national::{AWARENESS, StandardId};
use crate::script::room::{BLANK, quoted};
use crate::validate;
use std::collections::BTreeSet;

/// Columns that are named as what a header may be.
const MOST_NAMED: usize = 4;
/// Different answers of one question; a column with more holds something else.
const MOST_ANSWERS: usize = 6;
/// Letters of an answer; longer ones are somebody's own words.
const LONGEST_ANSWER: usize = 40;

/// A header that names nothing of the nation's.
#[derive(Debug, Clone)]
pub(in crate::host) struct Unread {
    pub header: String,
    /// What it may be called; `None` where it is more likely one of the nation's.
    pub name: Option<String>,
    /// What is said beside it.
    pub note: String,
    /// The card of a question of the council's own, behind slashes; empty where it is none.
    pub question: String,
}

/// What the answers under a header are.
enum Asked {
    /// The five.
    Five,
    /// A few others, whose order nobody can tell, and those that are no answer.
    Few(Vec<String>, Vec<String>),
}

/// The headers that no line reads, in the order of the file.
pub(super) fn unread(table: Option<&str>, look: &Look, lines: &[Line]) -> Vec<Unread> {
    let national = validate::national().iter().map(|item| item.id.clone());
    let mut taken: BTreeSet<String> = columns_of(table).map(str::to_owned).collect();
    taken.extend(national);
    taken.extend(AWARENESS.iter().map(|(id, _)| (*id).to_owned()));
    let is_read = |header: &str| lines.iter().any(|line| line.header == header);
    look.headers
        .iter()
        .filter(|(header, _)| !is_read(header) && !header.trim().is_empty())
        .map(|(header, values)| match table {
            Some("survey") => of_survey(header, values, lines, &mut taken),
            _ => own_column(header, &mut taken),
        })
        .collect()
}

fn own_column(header: &str, taken: &mut BTreeSet<String>) -> Unread {
    Unread {
        header: header.to_owned(),
        name: Some(words::own_name(header, '_', taken)),
        note: "not recognised: a column of your own?".to_owned(),
        question: String::new(),
    }
}

fn of_survey(
    header: &str,
    values: &Values,
    lines: &[Line],
    taken: &mut BTreeSet<String>,
) -> Unread {
    let may_be = may_be(values, lines);
    let asked = asked(values);
    let wording = asks_otherwise(header, "");
    match (wording, asked, may_be) {
        // A mere heading is most often a question of the nation's under a tool's code.
        (None, _, Some(named)) => Unread {
            header: header.to_owned(),
            name: None,
            note: format!(
                "not recognised; by its answers it may be {named}, or a question of your own"
            ),
            question: String::new(),
        },
        (Some(wording), Some(asked), may_be) => {
            let id = words::own_name(header, '-', taken);
            let first = match asked {
                Asked::Five => "not recognised; it has the five answers: ",
                Asked::Few(..) => "not recognised: a column of your own, or ",
            };
            let otherwise = may_be.map_or_else(String::new, |named| {
                format!("; or, in other words, {named}")
            });
            Unread {
                header: header.to_owned(),
                note: format!("{first}a question of your own, whose card is below{otherwise}"),
                question: card(&id, &wording, &asked),
                name: Some(id),
            }
        }
        _ => own_column(header, taken),
    }
}

/// Which of the nation's a header may be, by the answers under it: the five are those of every
/// national question, and yes, no and not sure those of two others.
fn may_be(values: &Values, lines: &[Line]) -> Option<String> {
    let found = |id: &str| lines.iter().any(|line| line.column == id);
    let candidates: Vec<&str> = if is_scale(values) {
        let items = validate::national().iter();
        let questions = items.filter(|item| item.local.kind.word() == "question");
        questions.map(|item| item.id.as_str()).collect()
    } else if is_aware(values) {
        AWARENESS.iter().map(|(id, _)| *id).collect()
    } else {
        return None;
    };
    let left: Vec<&str> = candidates.into_iter().filter(|id| !found(id)).collect();
    let named: Vec<&str> = left.iter().take(MOST_NAMED).copied().collect();
    let more = match left.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" or {more} more"),
    };
    (!named.is_empty()).then(|| format!("{}{more}", named.join(", ")))
}

/// Whether all values are yes, no or not sure; a lone letter may be any column's.
fn is_aware(values: &Values) -> bool {
    let knows = |text: &String| bare(text).len() > 1 && words::aware(text).is_some();
    !values.numbers && values.texts.len() > 1 && values.texts.iter().all(knows)
}

/// What the values answer, if they are answers: the five, or a few that many gave.
fn asked(values: &Values) -> Option<Asked> {
    if is_scale(values) {
        return Some(Asked::Five);
    }
    let short = |text: &String| text.chars().count() <= LONGEST_ANSWER;
    let few = (2..=MOST_ANSWERS).contains(&values.texts.len());
    let shared = 2 * values.texts.len() <= values.filled;
    if values.numbers || !few || !shared || !values.texts.iter().all(short) {
        return None;
    }
    let is_none = |text: &&String| {
        words::aware(text) == Some("not sure")
            || matches!(
                words::answer(text),
                Some("not applicable" | "prefer not to say")
            )
    };
    let (none, given): (Vec<&String>, Vec<&String>) = values.texts.iter().partition(is_none);
    let own = |texts: Vec<&String>| texts.into_iter().cloned().collect::<Vec<_>>();
    (given.len() > 1).then(|| Asked::Few(own(given), own(none)))
}

/// The card of a question, behind slashes; where nobody but its author can tell, a blank.
fn card(id: &str, wording: &str, asked: &Asked) -> String {
    let standards = StandardId::ALL.map(StandardId::id).join(", ");
    let mut lines = vec![
        format!("question(\"{id}\", #{{"),
        format!("    standard: {BLANK},  // one of {standards}"),
        format!("    ask:      {},", quoted(wording)),
    ];
    if let Asked::Few(given, none) = asked {
        let blanks = vec![BLANK; given.len()].join(", ");
        let all = |texts: &[String]| {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            texts.join(", ")
        };
        let answers = match none.as_slice() {
            [] => format!("[{blanks}]"),
            none => format!("#{{ scored: [{blanks}], unscored: [{}] }}", all(none)),
        };
        let given = all(given);
        lines.push(format!(
            "    answers:  {answers},  // lowest first, of {given}; where the highest is bad: reverse: true"
        ));
    }
    lines.push("});".to_owned());
    lines.iter().map(|line| format!("// {line}\n")).collect()
}
