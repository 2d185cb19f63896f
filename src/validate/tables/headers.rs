//! The headers of a data file beside what a table's card says of them.

mod another;

use crate::check::{HealthCheck, Item, Kind};
use crate::data::{ColumnSpec, From, Headers, Likeness, Policy, TableSpec, fold_cell};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::national::AWARENESS;
use crate::script::room;
use crate::source::Span;
use another::{no_headers, none_found};
use std::collections::BTreeSet;

/// Lines of `columns` that are typed out; a survey without its questions' wordings has more.
const MOST_TYPED: usize = 6;

/// What the headers of a data file say of a table's columns: every header that the script
/// names and the file does not have; or, where it names none wrongly, the national columns
/// that are not found beside headers that nothing reads.
pub fn columns(check: &HealthCheck, table: &str, file: &str, headers: &Headers) -> Diagnostics {
    let Some(spec) = check.tables().iter().find(|spec| spec.id == table) else {
        return Diagnostics::new();
    };
    let has = |column: &ColumnSpec| headers.columns.contains_key(&column.name);
    let missing: Diagnostics = spec
        .columns
        .iter()
        .filter_map(|column| match &column.from {
            From::Header(header) if !has(column) => {
                Some(missing_header(spec, column, header, file, headers))
            }
            _ => None,
        })
        .collect();
    let absent: Vec<&str> = spec
        .columns
        .iter()
        .filter(|column| column.from == From::SameName && !has(column))
        .map(|column| column.name.as_str())
        .collect();
    if let Likeness::Data(row) = headers.likeness
        && !(missing.is_empty() && absent.is_empty())
    {
        return no_headers(spec, file, headers, row).into();
    }
    if !missing.is_empty() {
        return missing;
    }
    let known: BTreeSet<String> = headers
        .columns
        .values()
        .map(|read| fold_cell(read))
        .collect();
    let read = |header: &&str| known.contains(&fold_cell(header));
    let unread: Vec<&str> = headers
        .names
        .iter()
        .map(String::as_str)
        .filter(|header| !read(header) && !headers.extra.iter().any(|extra| extra == header))
        .collect();
    let found = not_found(check, spec, &absent, &unread, file, headers);
    let is_another = headers.columns.is_empty()
        && !(absent.is_empty() || unread.is_empty())
        && spec.policy != Policy::Totals;
    match is_another {
        true => none_found(spec, &absent, &unread, (file, headers), found).into(),
        false => found.into_iter().collect(),
    }
}

/// National columns that an item needs, or that a header nearly names, in a file with
/// headers that nothing reads: probably they are there under another name.
fn not_found(
    check: &HealthCheck,
    spec: &TableSpec,
    absent: &[&str],
    unread: &[&str],
    file: &str,
    headers: &Headers,
) -> Option<Diagnostic> {
    let shown = shown(headers, unread);
    let needs = |item: &Item| -> Vec<String> {
        let definition = item.national.as_ref().unwrap_or(&item.local);
        match Some(&definition.kind) {
            _ if item.omission.is_some() => Vec::new(),
            Some(Kind::Question(_)) if spec.id == "survey" => vec![item.id.clone()],
            Some(Kind::Measure(measure))
                if measure.value.parameters().first() == Some(&spec.id) =>
            {
                measure.value.reads().of(&spec.id)
            }
            _ => Vec::new(),
        }
    };
    let needed: Vec<Vec<String>> = check.items().iter().map(needs).collect();
    let is_needed = |name: &str| needed.iter().flatten().any(|need| need == name);
    let mut wanted: Vec<(&str, Option<&str>)> = absent
        .iter()
        .map(|name| (*name, header_of(spec, name, &shown)))
        .filter(|(name, header)| header.is_some() || is_needed(name))
        .collect();
    let own: Vec<&str> = check
        .items()
        .iter()
        .filter(|item| item.national.is_none() && absent.contains(&item.id.as_str()))
        .map(|item| item.id.as_str())
        .collect();
    // What the nation asks may well not be there; what the script itself asks is.
    if unread.is_empty() {
        wanted.retain(|(name, _)| own.contains(name));
    }
    if wanted.is_empty() {
        return None;
    }
    // Asked and never scored: no reason for a warning of their own.
    let asked = AWARENESS.iter().map(|(name, _)| *name);
    let asked =
        asked.filter(|name| absent.contains(name) && wanted.iter().all(|one| one.0 != *name));
    let asked: Vec<(&str, Option<&str>)> = asked.map(|name| (name, None)).collect();
    let guessed = wanted.iter().filter(|(_, header)| header.is_some()).count();
    if unread.len() > guessed {
        wanted.extend(asked);
    }
    let unrated: Vec<&str> = check
        .items()
        .iter()
        .zip(&needed)
        .filter(|(_, needs)| {
            needs
                .iter()
                .any(|need| wanted.iter().any(|(name, _)| name == need))
        })
        .map(|(item, _)| item.id.as_str())
        .collect();
    let (local, unrated): (Vec<&str>, Vec<&str>) = unrated.into_iter().partition(|id| {
        let mut items = check.items().iter();
        items.any(|item| item.id == *id && item.national.is_none())
    });
    let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    // Where no header can be guessed, none is: it is left to be filled in.
    wanted.sort_by_key(|(_, header)| header.is_none());
    let typed: Vec<String> = wanted
        .iter()
        .take(MOST_TYPED)
        .map(|(name, header)| entry(name, header.unwrap_or("…")))
        .collect();
    let national = match unrated.len() {
        0 => None,
        1 => Some("1 national item".to_owned()),
        many => Some(format!("{many} national items")),
    };
    let named = local.iter().map(|id| format!("`{id}` of your own"));
    let all: Vec<String> = national.into_iter().chain(named).collect();
    let consequence = match unrated.len() + local.len() {
        0 => String::new(),
        1 => format!(": {} is not rated for it", all.join("")),
        _ => format!(": {} are not rated for it", all.join(" and ")),
    };
    let more = match wanted.len() - typed.len() {
        0 => "",
        _ => " and so on",
    };
    let lines = typed.join(", ");
    let fault = Diagnostic::new(
        Code::ColumnsNotFound,
        spec.file.place.clone(),
        format!(
            "{file} has no column headed {}{consequence}",
            names.join(", ")
        ),
    )
    .label("are they there under other names?")
    .note(match unread {
        [] => "every header of the file is read already".to_owned(),
        _ => headers.listed("headers that nothing reads", unread),
    })
    .help(match room::line_of_map(&spec.place, "columns") {
        Some(line) => format!("among the `columns` of line {line}: {lines},{more}"),
        None => format!("columns: #{{ {lines} }},{more}"),
    })
    .offering(room::for_lines_of(&spec.place, "columns", &typed));
    let fault = match unrated.first() {
        Some(id) => fault.note(format!(
            "what the file does not have needs no line; omit(\"{id}\", #{{ reason: \"…\", review_by: \"…\" }}); tells readers why, and ends this"
        )),
        None => fault,
    };
    let fault = match local.first() {
        Some(id) => fault.note(format!(
            "if `{id}` was not asked, take its card out of the script"
        )),
        None => fault,
    };
    let codes = unread.iter().filter(|header| is_code(header)).count();
    Some(if codes > 1 && spec.id == "survey" {
        fault.note(
            "headers such as `Q7_1` are a survey tool's codes: export again with the questions' full text for headers, and they are known by it",
        )
    } else {
        fault
    })
}

/// Whether a header is the code that a survey tool gave a question: `G01Q02[SQ001]`, `Q7_1`,
/// `var12`.
fn is_code(header: &str) -> bool {
    let header = header.trim();
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '[' | ']' | '_' | '.');
    let letters = header.chars().take_while(char::is_ascii_alphabetic).count();
    header.len() <= 24
        && (1..=3).contains(&letters)
        && header.chars().all(known)
        && header[letters..].starts_with(|c: char| c.is_ascii_digit())
}

/// The header that a column probably stands under: one that nearly names it and is nearly
/// as long ("Team" is not short for `team-supervision`), else one that holds all its words or
/// most of those of its wording.
fn header_of<'h>(spec: &TableSpec, column: &str, unread: &[&'h str]) -> Option<&'h str> {
    let known = spec.columns.iter().find(|known| known.name == column);
    let wording = known.and_then(|known| known.wording.as_deref());
    let as_long = |header: &&&str| header.trim().len().abs_diff(column.len()) <= 2;
    nearest(column, unread.iter().filter(as_long).copied())
        .or_else(|| {
            let holds_all = |header: &&&str| {
                let header = header.to_lowercase();
                let words: Vec<&str> = header.split(|c: char| !c.is_alphanumeric()).collect();
                column.split(['_', '-']).all(|word| words.contains(&word))
            };
            unread.iter().find(holds_all).copied()
        })
        .or_else(|| {
            let wording = wording?;
            let alike = unread
                .iter()
                .map(|header| (shared(header, wording), *header));
            let best = alike.max_by(|one, other| one.0.total_cmp(&other.0))?;
            (best.0 >= ALIKE).then_some(best.1)
        })
}

/// Words that two wordings of one question share, of all that they have.
const ALIKE: f64 = 0.6;

/// How many of the words of two texts both have.
fn shared(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let all = one.union(&other).count().max(1);
    one.intersection(&other).count() as f64 / all as f64
}

/// A line of `columns`.
pub(in crate::validate) fn entry(column: &str, header: &str) -> String {
    format!("{}: {}", room::key(column), room::quoted(header))
}

/// Those of the headers that may be shown: none of what may be somebody's row.
fn shown<'h>(headers: &Headers, names: &[&'h str]) -> Vec<&'h str> {
    match headers.likeness {
        Likeness::Headers => names.to_vec(),
        _ => Vec::new(),
    }
}

/// Whether two headers are of the same words in another order.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let text = text.to_lowercase();
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    let own = words(one);
    own.len() > 1 && own == words(other)
}

/// What is said of two sides in each other's place.
pub(in crate::validate) const TURNED_ROUND: &str =
    "the two are the wrong way round: our name, then the file's header";

/// `"Open cases": "cases"`: the file's header left of the colon, and our name right of it.
fn turned_round(
    fault: &Diagnostic,
    spec: &TableSpec,
    column: &ColumnSpec,
    header: &str,
    headers: &Headers,
) -> Option<Diagnostic> {
    let is_ours = spec.columns.iter().any(|own| own.name == header);
    let is_theirs = headers
        .names
        .iter()
        .any(|name| fold_cell(name) == fold_cell(&column.name));
    if !is_ours || !is_theirs {
        return None;
    }
    let place = &fault.place;
    let before = place.source.text().get(..place.span.start)?.trim_end();
    let before = before.strip_suffix(':')?.trim_end();
    let key = [format!("\"{}\"", column.name), column.name.clone()]
        .into_iter()
        .find(|key| before.ends_with(key.as_str()))?;
    let begins = before.len() - key.len();
    let right = entry(header, &column.name);
    Some(
        fault
            .clone()
            .label(TURNED_ROUND)
            .help(right.clone())
            .typed_at(Span::new(begins, place.span.end), right),
    )
}

fn missing_header(
    spec: &TableSpec,
    column: &ColumnSpec,
    header: &str,
    file: &str,
    headers: &Headers,
) -> Diagnostic {
    let place = column
        .place
        .clone()
        .unwrap_or_else(|| spec.file.place.clone());
    let fault = Diagnostic::new(
        Code::MissingHeader,
        place,
        format!("the file has no column headed \"{header}\""),
    )
    .note(headers.all_listed(&format!("the headers of {file}")));
    if let Some(fault) = turned_round(&fault, spec, column, header, headers) {
        return fault;
    }
    if header.trim().parse::<f64>().is_ok() {
        return fault
            .label("a number for every row stands without quotes")
            .typed(header.trim())
            .offered();
    }
    let names: Vec<&str> = headers.names.iter().map(String::as_str).collect();
    let names = shown(headers, &names);
    if let Some(same) = names.iter().find(|name| same_words(name, header)) {
        return fault.meant(header, same).offered();
    }
    // A header is the file's, and `Q12` is as near to `Q13` as a slip is: a person decides.
    fault
        .did_you_mean(header, names, "no such header")
        .offered()
}
