//! What a script lacks is typed as a form: where the help of a message is a line or a whole
//! card, a program can put it in its place, with blanks that a check asks for and no made-up
//! word of the council's.

use super::cases::{
    CORPUS, code_of, listed, name, shared_libraries, told_of_council, told_of_script,
};
use healthcheck::diagnostic::{Code, Diagnostics};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Codes of which something is lacking, not wrong.
const LACKING: [Code; 7] = [
    Code::MissingKey,
    Code::NoCouncil,
    Code::NoLead,
    Code::NobodyConsulted,
    Code::ClaimWithoutEvidence,
    Code::ActionIncomplete,
    Code::TableNotBrought,
];

/// The text with what the first fault of a code offers, and whether it has blanks.
fn typed(found: &Diagnostics, code: Code) -> Option<(String, bool)> {
    let mut own = found.iter().filter(|fault| fault.code == code);
    let typed = own.find_map(|fault| fault.replacement())?;
    assert!(!typed.is_safe(), "{}: {}", code.name(), typed.text);
    let (text, span) = (typed.place.source.text(), typed.place.span);
    let after = format!("{}{}{}", &text[..span.start], typed.text, &text[span.end..]);
    Some((after, typed.text.contains("\"…\"")))
}

#[test]
fn what_a_script_lacks_is_offered_as_a_form_whose_blanks_alone_are_asked_for_then() {
    let shared = shared_libraries();
    let mut tried = BTreeSet::new();
    for case in listed("scripts/bad") {
        if !name(&case).ends_with(".rhai") || !LACKING.contains(&code_of(&case)) {
            continue;
        }
        let code = code_of(&case);
        let told = |text: &str| told_of_script("check.rhai", text, &shared);
        let whole = fs::read_to_string(&case).unwrap();
        let mut text = whole.clone();
        let mut blanks = false;
        // Several lines may be lacking, each put in by itself.
        for _ in 0..8 {
            let Some((after, has_blanks)) = typed(&told(&text), code) else {
                break;
            };
            blanks |= has_blanks;
            text = after;
            tried.insert(code.name());
        }
        if text == whole {
            continue;
        }
        let left: BTreeSet<&str> = told(&text).iter().map(|fault| fault.code.name()).collect();
        let allowed = match blanks {
            true => BTreeSet::from([Code::NotFilledIn.name()]),
            false => BTreeSet::new(),
        };
        assert_eq!(
            left,
            allowed,
            "{}:\n{text}\n{}",
            case.display(),
            told(&text)
        );
    }
    for code in LACKING {
        assert!(
            tried.contains(code.name()),
            "{} offers nothing",
            code.name()
        );
    }
}

#[test]
fn a_standard_without_an_action_is_offered_the_card_of_one() {
    let case = listed("data")
        .into_iter()
        .find(|path| code_of(path) == Code::StandardWithoutAction)
        .unwrap();
    let (after, has_blanks) = typed(&told_of_council(&case), Code::StandardWithoutAction).unwrap();
    assert!(has_blanks);
    let found = told_of_script("check.rhai", &after, &[]);
    assert!(!found.is_empty(), "its blanks are asked for");
    assert!(
        found.iter().all(|fault| fault.code == Code::NotFilledIn),
        "{found}"
    );
}

#[test]
fn only_an_action_that_can_be_followed_up_answers_a_standard_below_good() {
    let folder = tempfile::tempdir().unwrap();
    let case = Path::new(CORPUS).join("data/standard-without-action");
    fs::create_dir(folder.path().join("data")).unwrap();
    let survey = "data/survey.csv";
    fs::copy(case.join(survey), folder.path().join(survey)).unwrap();
    let script = fs::read_to_string(case.join("check.rhai")).unwrap();
    let told = |target: &str| {
        let action = format!(
            "action(\"reading\", #{{ standard: \"research\", what: \"Hours for reading\", owner: \"Head of Practice\", start: \"2026-11-01\", due: \"2027-03-31\", measure: \"research-time\", baseline: 40, {target} }});"
        );
        let text = format!("{script}\n{action}\n");
        fs::write(folder.path().join("check.rhai"), text).unwrap();
        let found = told_of_council(folder.path());
        found
            .iter()
            .any(|fault| fault.code == Code::StandardWithoutAction)
    };
    assert!(told("status: \"planned\""));
    assert!(told(
        "target: 60, status: \"dropped\", because: \"No money\""
    ));
    assert!(!told("target: 60, status: \"planned\""));
}

#[test]
fn three_dots_for_no_answer_are_the_councils_own() {
    let text = fs::read_to_string("tests/corpus/scripts/bad/not-filled-in.rhai").unwrap();
    let text = text
        .replace(
            "how: \"…\", agreed: \"…\"",
            "how: \"a meeting\", agreed: true",
        )
        .replace(
            "data/survey.csv\"",
            "data/survey.csv\", missing: [\"…\", \"...\"]",
        );
    assert!(told_of_script("check.rhai", &text, &[]).is_empty());
}
