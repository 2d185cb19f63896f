//! What a script looks like once laid out, and that nothing else of it changes.

use super::formatted;
use crate::chance::SplitMix64;
use crate::script::tokens::agree::scripts;
use crate::script::tokens::{Kind, scan, scan_all};
use crate::script::{Draft, Entry, Value, Workshop};
use crate::source::Source;
use std::path::{Path, PathBuf};

fn laid(text: &str) -> String {
    let once = formatted(text).expect("it can be taken apart");
    let twice = formatted(&once).expect("what was laid out can be taken apart");
    assert_eq!(once, twice, "laid out once and twice, from:\n{text}");
    once
}

/// Every script that ships, and every one of the corpora, by path.
fn every_script() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["scripts", "tests/corpus", "tests/golden"] {
        scripts(&root.join(folder), &mut paths);
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a script is text");
        (path.display().to_string(), text)
    };
    paths.into_iter().map(read).collect()
}

/// The same script as a careless author would have it: other spaces, other line ends,
/// notes in between.
fn scrambled(text: &str, chance: &mut SplitMix64) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (at, token) in scan_all(text).iter().enumerate() {
        let written = &text[end..token.span.start];
        end = token.span.end;
        let must_break = out.rsplit('\n').next().is_some_and(|line| {
            scan_all(line).last().is_some_and(|last| {
                matches!(last.kind, Kind::Comment | Kind::DocComment) && last.text.starts_with("//")
            })
        });
        match chance.below(12) {
            0 if at > 0 => out.push_str("\n\n\n"),
            1 => out.push('\n'),
            2 => out.push_str("   "),
            3 if chance.below(8) == 0 => out.push_str(" // a note\n"),
            4 if chance.below(8) == 0 => out.push_str(" /* a note */ "),
            5 if chance.below(8) == 0 => out.push_str("\n// a note\n"),
            6 if !written.is_empty() => out.push(' '),
            _ => out.push_str(written),
        }
        if must_break && !out.trim_end_matches([' ', '\n']).is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(token.text);
    }
    out
}

#[test]
fn the_keys_of_a_card_stand_under_one_another() {
    assert_eq!(
        laid("measure( \"a\",#{ask:\"How many\",\nunit: \"%\",\n  best: 0,   worst :10})\n;"),
        "measure(\"a\", #{\n    ask:   \"How many\",\n    unit:  \"%\",\n    best:  0,\n    \
         worst: 10,\n});\n"
    );
}

#[test]
fn a_card_that_is_too_wide_is_opened_up_and_a_short_one_keeps_its_line() {
    let short = "answer(\"lone-working\", #{ says: \"no\", on: \"2026-09-01\" });\n";
    assert_eq!(laid(short), short);
    let wide = "answer(\"lone-working\", #{ says: \"partly\", on: \"2026-09-01\", evidence: \
                \"Risk assessment, 2026 review, both services\" });\n";
    assert_eq!(
        laid(wide),
        "answer(\"lone-working\", #{\n    says:     \"partly\",\n    on:       \"2026-09-01\",\n    \
         evidence: \"Risk assessment, 2026 review, both services\",\n});\n"
    );
}

#[test]
fn formulas_are_indented_and_their_signs_have_room() {
    assert_eq!(
        laid(
            "measure(\"a\",#{value:|workers,survey|{\nlet x=workers.only( |w|w.cases>=-1 )\n.count();\n\
             if x>5 and ! is_missing(x){ return -x; }\nelse{x}\n},best:0})"
        ),
        "measure(\"a\", #{\n    value: |workers, survey| {\n        let x = workers.only(|w| w.cases >= -1)\n            \
         .count();\n        if x > 5 and !is_missing(x) { return -x; } else { x }\n    },\n    best:  0,\n})\n"
    );
}

#[test]
fn notes_stay_with_what_they_speak_of() {
    let text = "// First.\nconst A = 1; // beside\n\n// Of the card.\nstandard(\"welfare\", #{\n    \
                // Of the weight.\n    weight: 2, // two\n    /* why */ note: \"x\",\n});\n";
    assert_eq!(laid(text), text);
}

#[test]
fn lists_packed_by_their_author_stay_packed() {
    let text = "table(\"survey\", #{\n    file:    \"survey.csv\",\n    columns: #{\n        \
                team: \"Team\", service: \"Directorate\",\n        \"wellbeing\": \"Q1\",\n    },\n});\n";
    assert_eq!(laid(text), text);
}

#[test]
fn windows_line_ends_stay_and_a_mark_at_the_beginning_goes() {
    assert_eq!(
        formatted("// One.\rconst A=1;\r// Two.\rconst B=2;").as_deref(),
        Some("// One.\nconst A = 1;\n// Two.\nconst B = 2;\n")
    );
    assert_eq!(
        formatted("\u{feff}const A=1;\r\n\r\n\r\nconst B=2;").as_deref(),
        Some("const A = 1;\r\n\r\nconst B = 2;\r\n")
    );
}

#[test]
fn what_is_not_closed_is_left_alone() {
    for text in ["a(\"b", "a(", "a)", "a(]", "/* a", "a ~ b"] {
        assert_eq!(formatted(text), None, "{text}");
    }
}

/// What a draft says, without where it says so.
#[test]
fn what_would_be_laid_out_otherwise_the_next_time_is_left_alone() {
    assert_eq!(formatted("a(#{\n    weight: 3,unit: \n});\n"), None);
}

fn said(draft: &Draft) -> Vec<String> {
    let cards = draft.cards.iter().map(|card| {
        let id = card.id.as_ref().map(|id| value(&id.value));
        format!("{} {id:?} {}", card.verb.value, entries(&card.entries))
    });
    cards.collect()
}

fn entries(entries: &[Entry]) -> String {
    let one = |entry: &Entry| format!("{}={}", entry.key.value, value(&entry.value.value));
    entries.iter().map(one).collect::<Vec<_>>().join(";")
}

fn value(of: &Value) -> String {
    match of {
        Value::List(list) => {
            let values: Vec<String> = list.iter().map(|one| value(&one.value)).collect();
            format!("{values:?}")
        }
        Value::Map(map) => entries(map),
        // A formula's words, without the notes, spaces and last commas among them.
        Value::Formula(formula) => {
            let tokens = scan(formula.text());
            let ends = |at: usize| tokens.get(at + 1).is_some_and(|next| next.closes());
            let words = tokens
                .iter()
                .enumerate()
                .filter(|(at, token)| !(token.is(",") && ends(*at)));
            words.map(|(_, token)| format!("{} ", token.text)).collect()
        }
        other => format!("{other:?}"),
    }
}

fn notes(text: &str) -> Vec<String> {
    let tokens = scan_all(text).into_iter();
    tokens
        .filter(|token| matches!(token.kind, Kind::Comment | Kind::DocComment))
        .map(|token| token.text.trim_end().to_owned())
        .collect()
}

#[test]
fn a_thousand_careless_scripts_are_laid_out_once_and_for_all_and_say_the_same() {
    let workshop = Workshop::default();
    let all = every_script();
    let libraries: Vec<Source> = all
        .iter()
        .filter(|(path, _)| path.contains("scripts/shared/"))
        .map(|(path, text)| Source::new(path.as_str(), text))
        .collect();
    let draft_of = |text: &str| {
        let source = Source::new("check.rhai", text);
        let (draft, faults) = workshop.read(&source, &libraries);
        (draft.as_ref().map(said), faults)
    };
    // Of a script with a fault, what can be read hangs on its layout.
    let sound: Vec<bool> = all
        .iter()
        .map(|(_, text)| !draft_of(text).1.has_errors())
        .collect();
    let mut laid_out = 0;
    let mut read = 0;
    let mut chance = SplitMix64::seeded(2009);
    while laid_out < 1000 {
        for ((path, text), sound) in all.iter().zip(&sound) {
            let careless = scrambled(text, &mut chance);
            if formatted(text).is_none() {
                continue;
            }
            let after = laid(&careless);
            assert_eq!(notes(&careless), notes(&after), "the notes of {path}");
            // Reading one takes longest, and one in four shows as much.
            if laid_out % 4 == 0 && *sound {
                read += 1;
                let (before, faults) = draft_of(&careless);
                assert!(
                    !faults.has_errors(),
                    "only the layout of {path} was changed: {faults}\n{careless}"
                );
                let (after, faults) = draft_of(&after);
                assert!(!faults.has_errors(), "{path}, laid out: {faults}");
                assert_eq!(before, after, "the draft of {path}:\n{careless}");
            }
            laid_out += 1;
        }
    }
    assert!(read > 100, "only {read} of the scripts could be read");
}

#[test]
fn every_script_that_ships_is_laid_out() {
    let ships = every_script();
    for (path, text) in ships
        .iter()
        .filter(|(path, _)| path.contains("/scripts/") && !path.contains("/tests/"))
    {
        assert_eq!(
            formatted(text).as_deref(),
            Some(text.as_str()),
            "{path} is not laid out: healthcheck fmt"
        );
    }
}
