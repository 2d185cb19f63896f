//! Several faults at once: all told in one run, in order of place.

use super::cases::told_of_script;
use healthcheck::diagnostic::{Code, Diagnostics};

const COUNCIL: &str = r#"council("Sandbourne", #{
    code:     "E06999903",
    as_of:    "2026-09-30",
    services: ["children"],
    lead:     #{ post: "Principal Social Worker", social_work_qualified: true },
});
consulted("UNISON", #{ on: "2026-09-04", how: "workload group", agreed: true });
table("survey", #{ file: "data/survey.csv" });
table("workers", #{ file: "data/workers.csv" });
"#;

fn told(cards: &str) -> Diagnostics {
    told_of_script("scripts/bad/check.rhai", &format!("{COUNCIL}{cards}"), &[])
}

fn codes_and_lines(found: &Diagnostics) -> Vec<(Code, usize)> {
    let line = |fault: &healthcheck::diagnostic::Diagnostic| fault.place.line();
    found
        .iter()
        .map(|fault| (fault.code, line(fault)))
        .collect()
}

#[test]
fn several_slips_of_the_pen_are_all_told_in_one_run() {
    let found = told(
        r#"/// Our agreement.
standard("caseload", #{
    weight: 3
    note:   'agreed',
})
answer("ceiling-reviewed", #{
    says = "yes",
    on:   2026-03-18,
    evidence: “Minutes”,
});
action("duty-rota", #{
    standard: "caseload",
    what:     "Share the rota",
    target:   16%,
    until:    "2027-01-31",
});
"#,
    );
    assert_eq!(
        codes_and_lines(&found),
        [
            (Code::DocComment, 10),
            (Code::MissingComma, 12),
            (Code::SingleQuotes, 13),
            (Code::MissingSemicolon, 14),
            (Code::EqualsInCard, 16),
            (Code::UnquotedDate, 17),
            (Code::CurlyQuotes, 18),
            (Code::UnitInNumber, 23),
            (Code::ReservedWord, 24),
        ],
        "{found}"
    );
}

#[test]
fn two_cards_that_are_not_closed_are_both_told() {
    let found = told(
        r#"standard("caseload", #{
    weight: 3,

standard("welfare", #{
    weight: 2,

standard("research", #{
    weight: 2,
});
"#,
    );
    assert_eq!(
        codes_and_lines(&found),
        [(Code::UnclosedCard, 11), (Code::UnclosedCard, 14)],
        "{found}"
    );
}

#[test]
fn five_slips_in_five_cards_get_five_messages_and_sound_cards_are_checked_in_the_same_run() {
    let found = told(
        r#"standard("caseload", #{
    weight: 3
    score: |results| held_down(weighted_mean(results), CAP),
});
const CAP: 50;
fn held_down(score, cap) {
    min(score, cap
}
answer("ceiling-reviewed", #{
    says: "yes",
    on: "2026-03-18",
    evidence: "Minutes,
});
omit("cover", #{
    reason: "Not asked yet",
    review_by: "2027-05-31",

standard("welfare", #{
    wieght: 2,
    score: |results| held_down(lowest(results), CAP),
});
action("duty-rota", #{
    item: "cover",
    what: "Share the rota",
    due: "31/01/2027",
});
"#,
    );
    assert_eq!(
        codes_and_lines(&found),
        [
            (Code::MissingComma, 11),
            (Code::Syntax, 14),
            (Code::UnclosedCard, 16),
            (Code::UnclosedText, 21),
            (Code::UnclosedCard, 25),
            (Code::UnknownKey, 28),
            (Code::BadDate, 34),
        ],
        "{found}"
    );
}

#[test]
fn what_a_card_that_cannot_be_read_may_bring_is_not_missed_elsewhere() {
    let found = told(
        r#"table("workforce", #{ file: "data/workforce.csv", columns: #{ desks: "Desks" };
local_standard("equality", #{ title: "Equality of experience" weight: 1 });
statement("equality-reviewed", #{
    standard: "equality",
    ask:      "Progression was compared between groups",
});
measure("desks", #{
    standard: "systems",
    ask:      "Desks for each post",
    unit:     "desks",
    value:    |workforce| workforce.sum("desks"),
    best:     1,
    worst:    0,
});
breakdown("team-size", #{ tables: ["workforce"], by: "desks" });
"#,
    );
    let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::UnclosedCard, Code::MissingComma], "{found}");
}

#[test]
fn faults_of_meaning_are_all_told_in_one_run_sorted_by_place() {
    let found = told(
        r#"standard("caseload", #{ weight: 9 });
measure("over-our-ceiling", #{
    standard: "caselod",
    ask:      "Practitioners over our ceiling",
    unit:     "%",
    value:    |workers| workers.share(|w| w.caes > CEILING),
    best:     0,
    worst:    40,
});
omit("time-to-recruit", #{ reason: "Not counted yet", review_by: "31/05/2027" });
answer("cover", #{ says: "perhaps", on: "2026-03-18", evidence: "Minutes" });
statdard("welfare", #{ weight: 2 });
standard("caseload", #{ wieght: 2 });
"#,
    );
    let told = codes_and_lines(&found);
    let mut sorted = told.clone();
    sorted.sort_by_key(|(_, line)| *line);
    assert_eq!(told, sorted, "not in order of place:\n{found}");
    for (code, line) in [
        (Code::WeightOutOfRange, 10),
        (Code::UnknownStandard, 12),
        (Code::UnknownColumn, 15),
        (Code::UnknownName, 15),
        (Code::UnknownItem, 19),
        (Code::BadDate, 19),
        (Code::NotAStatement, 20),
        (Code::UnknownWord, 20),
        (Code::UnknownVerb, 21),
        (Code::DuplicateCard, 22),
        (Code::UnknownKey, 22),
    ] {
        assert!(
            told.contains(&(code, line)),
            "`{}` at line {line} is not told:\n{found}",
            code.name()
        );
    }
    assert_eq!(told.len(), 11, "{found}");
}

#[test]
fn as_many_signs_without_a_meaning_as_stand_together_are_one_fault() {
    let faults = told("measure(\"turnover-rate\", #{ \0\0\0\0 });\n");
    let told: Vec<_> = faults
        .iter()
        .filter(|one| one.message.contains("means nothing"))
        .collect();
    assert_eq!(told.len(), 1, "{faults}");
    assert_eq!(told[0].place.text(), "\0\0\0\0");
}

#[test]
fn the_same_fault_is_never_told_twice() {
    let found = told("standard(\"caseload\", #{ weight: yes });\n");
    assert_eq!(
        codes_and_lines(&found),
        [(Code::UnquotedWord, 10)],
        "{found}"
    );
}

#[test]
fn a_fault_that_only_follows_from_another_is_not_told() {
    for (cards, code) in [
        // The brackets after an unclosed one, and what rhai makes of the rest.
        (
            "action(\"a\", #{ standard: \"caseload\", what: \"b\", measure: (\"c\" });\n",
            Code::UnclosedCard,
        ),
        // The quote that ends a text on the next line.
        (
            "standard(\"caseload\", #{ note: \"one\ntwo\" });\n",
            Code::UnclosedText,
        ),
        // Either half of a date with strokes is a division too.
        (
            "consulted(\"Staff\", #{ on: 04/09/2026, how: \"meeting\", agreed: true });\n",
            Code::UnquotedDate,
        ),
    ] {
        let found = told(cards);
        let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [code], "{found}");
    }
}
