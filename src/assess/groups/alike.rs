//! Groups that are written in two ways: what rows say in the column of a breakdown in, a warning where two
//! names differ by capitals and spaces alone, or by a slip of typing, out.
//!
//! Each would be a group of its own, with half of its people, and nothing would say so.

use super::super::faults::column_place;
use super::Said;
use crate::check::{Breakdown, HealthCheck};
use crate::data::Rows;
use crate::diagnostic::{Code, Diagnostic, is_one_slip};
use std::collections::BTreeMap;

/// Rows below which what they say is not shown to whoever reads along.
const FEWEST_ROWS: usize = 10;

/// What is said of such a name.
const MASKED: &str = "a name that";

/// Names that are looked at: beyond, a column holds no groups of people.
const MOST_NAMES: usize = 500;

/// In which tables a name stands, and in how many rows of all; and the name without its capitals,
/// spaces and signs, and word by word.
struct Use<'a> {
    tables: Vec<&'a str>,
    rows: usize,
    folded: String,
    words: Vec<String>,
}

pub(super) fn alike(
    check: &HealthCheck,
    breakdown: &Breakdown,
    said: &[(&Rows, Said)],
) -> Vec<Diagnostic> {
    let mut names: BTreeMap<&str, Use<'_>> = BTreeMap::new();
    for (rows, said) in said {
        for (name, of) in said {
            if let Some(name) = name {
                let used = names.entry(name).or_insert_with(|| Use {
                    tables: Vec::new(),
                    rows: 0,
                    folded: folded(name),
                    words: words(name),
                });
                used.tables.push(&rows.table.id);
                used.rows += of.len();
            }
        }
    }
    // What the script names is what it wants.
    if names.len() > MOST_NAMES || !breakdown.groups.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (name, used) in &names {
        // The name that is meant: in more tables, or in more rows.
        let weight = |used: &Use<'_>| (used.tables.len(), used.rows);
        let meant = names.iter().find(|(other, of)| {
            let is_less = (weight(used), *name) < (weight(of), **other);
            let in_one_alone = used.tables.len() == 1 && of.tables.len() > 1;
            is_less && (used.folded == of.folded || in_one_alone && is_slip(&used.words, &of.words))
        });
        if let Some((meant, _)) = meant {
            found.push(told(check, breakdown, (name, used), meant));
        }
    }
    found
}

fn told(
    check: &HealthCheck,
    breakdown: &Breakdown,
    (name, used): (&str, &Use<'_>),
    meant: &str,
) -> Diagnostic {
    let table = used.tables[0];
    let (rows, has) = match used.rows {
        1 => ("1 row".to_owned(), "has"),
        rows => (format!("{rows} rows"), "have"),
    };
    let picture = |shown: &str| {
        let message = format!(
            "{rows} of `{table}` {has} as `{}` {shown} is nearly “{meant}”",
            breakdown.by
        );
        Diagnostic::new(
            Code::GroupsAlike,
            column_place(check, table, &breakdown.by),
            message,
        )
        .label("each is a group of its own")
        .note("if they are one: write it in one way in the file, or let the table's card say so, as below")
        .help(format!(
            "codes: #{{ {}: #{{ {}: \"{meant}\" }} }},",
            breakdown.by,
            match shown {
                MASKED => "\"…\"".to_owned(),
                _ => format!("\"{name}\""),
            }
        ))
    };
    let plain = picture(&format!("“{name}”, which"));
    match used.rows < FEWEST_ROWS {
        true => picture(MASKED).masking(plain),
        false => plain,
    }
}

/// A name without its capitals, spaces and signs.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', "and");
    lower
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .collect()
}

/// The words of a name, by which a slip in one of them shows.
fn words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Whether two names differ by a slip of typing in one long word. Numbers and single letters tell teams apart.
fn is_slip(one: &[String], other: &[String]) -> bool {
    const SHORTEST: usize = 5;
    if one.len() != other.len() {
        return false;
    }
    let mut differing = one.iter().zip(other).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let is_word =
        |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    is_word(a) && is_word(b) && is_one_slip(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_typing_is_told_from_another_team() {
        for (one, other, slips) in [
            ("Assesment North", "Assessment North", true),
            ("Assessmnet North", "Assessment North", true),
            ("Assessment Nortj", "Assessment North", true),
            ("Assessment South", "Assessment North", false),
            ("Team 1", "Team 2", false),
            ("Team A", "Team B", false),
            ("Duty", "Duly", false),
            ("Duty", "Duty", false),
            ("Court team", "Count team", true),
            ("Assessment", "Assessment North", false),
        ] {
            assert_eq!(is_slip(&words(one), &words(other)), slips, "{one}, {other}");
            assert_eq!(is_slip(&words(other), &words(one)), slips, "{other}, {one}");
        }
        assert_eq!(
            folded(" Children & Families "),
            folded("children and families")
        );
        assert_ne!(folded("Team 1"), folded("Team 2"));
    }
}
