//! Groups that are written in two ways: what rows say in the column of a breakdown in, a warning where two
//! names differ by capitals and spaces alone, or by a slip of typing, out.
//!
//! Each would be a group of its own, with half of its people, and nothing would say so.

use super::super::faults::column_place;
use super::Said;
use crate::check::{Breakdown, HealthCheck};
use crate::data::Rows;
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;

/// Rows below which what they say is not shown to whoever reads along.
const FEWEST_ROWS: usize = 10;

/// What is said of such a name.
const MASKED: &str = "a name that";

/// Names that are looked at: beyond, a column holds no groups of people.
const MOST_NAMES: usize = 500;

/// In which tables a name stands, and in how many rows of all.
#[derive(Default)]
struct Use<'a> {
    tables: Vec<&'a str>,
    rows: usize,
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
                let used = names.entry(name).or_default();
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
            is_less && (folded(name) == folded(other) || in_one_alone && is_one_slip(name, other))
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

/// Whether one letter too many, too few or another one, or two exchanged, makes one long word of the
/// other. Numbers and single letters tell teams apart.
fn is_one_slip(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 5;
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let differing: Vec<(&String, &String)> =
        one.iter().zip(&other).filter(|(a, b)| a != b).collect();
    let [(a, b)] = differing.as_slice() else {
        return false;
    };
    let is_word =
        |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    one.len() == other.len() && is_word(a) && is_word(b) && differ_by_one(a, b)
}

fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let behind = |a: &[char], b: &[char]| a == b;
    match a.len().abs_diff(b.len()) {
        0 if a.len() >= 2 && (a[0], a[1]) == (b[1], b[0]) && behind(&a[2..], &b[2..]) => true,
        0 => !a.is_empty() && behind(&a[1..], &b[1..]),
        1 if a.len() > b.len() => behind(&a[1..], b),
        1 => behind(a, &b[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_typing_is_told_from_another_team() {
        for (one, other, is_slip) in [
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
            assert_eq!(is_one_slip(one, other), is_slip, "{one}, {other}");
            assert_eq!(is_one_slip(other, one), is_slip, "{other}, {one}");
        }
        assert_eq!(
            folded(" Children & Families "),
            folded("children and families")
        );
        assert_ne!(folded("Team 1"), folded("Team 2"));
    }
}
