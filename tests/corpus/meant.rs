//! What authors bring from spreadsheets and other languages, and kinds that cannot fit: what
//! they are told to type means what they meant.

use super::slips::{COUNCIL, formula, told};
use healthcheck::diagnostic::Diagnostics;

/// A local column under a name and a header of its own.
const TABLE: &str = "table(\"rota\", #{ file: \"data/rota.csv\", columns: #{ court_cases: \"Court cases\", duty: \"On duty?\" }, codes: #{ duty: #{ \"Y\": \"yes\" } } });\n";

fn of(value: &str) -> Diagnostics {
    told(&format!("{TABLE}{}", formula(&format!(" {value}"))))
}

/// What the first fault suggests, typed in its place, as the whole formula; and what is told
/// of it then.
fn typed(value: &str) -> (String, Diagnostics) {
    let found = of(value);
    let mut text = format!("{COUNCIL}{TABLE}{}", formula(&format!(" {value}")));
    let mut changes: Vec<_> = found.iter().filter_map(|one| one.replacement()).collect();
    changes.sort_by_key(|one| std::cmp::Reverse(one.place.span.start));
    for one in changes {
        text.replace_range(one.place.span.start..one.place.span.end, &one.text);
    }
    let line = text.lines().find(|line| line.contains("value:"));
    let line = line.expect("the formula is on a line").trim();
    let after = line
        .trim_start_matches("value:")
        .trim()
        .trim_end_matches(',');
    let cards = text.strip_prefix(COUNCIL).expect("nothing else changes");
    (after.to_owned(), told(cards))
}

/// What would be typed unasked.
fn safe(found: &Diagnostics) -> Vec<String> {
    let typed = found.iter().filter_map(|one| one.replacement());
    let safe = typed.filter(|one| one.is_safe());
    safe.map(|one| one.text.clone()).collect()
}

#[test]
fn a_spreadsheets_call_is_answered_with_the_authors_own_table_column_and_condition() {
    for (wrote, right) in [
        (
            "|rota| COUNTIF(rota.court_cases, \">4\") / COUNT(rota.court_cases) * 100",
            "|rota| rota.count(|r| r.court_cases > 4) / rota.answered(\"court_cases\") * 100",
        ),
        (
            "|rota| { let few = rota.only(|r| r.court_cases > 1); SUM(few.court_cases) }",
            "|rota| { let few = rota.only(|r| r.court_cases > 1); few.sum(\"court_cases\") }",
        ),
        (
            "|rota| COUNTIFS(rota.court_cases, \"<>4\", rota.duty, \"Y\")",
            "|rota| rota.count(|r| r.court_cases != 4 and r.duty == \"yes\")",
        ),
        (
            "|rota| SUMIF(rota.duty, \"Y\", rota.court_cases)",
            "|rota| rota.only(|r| r.duty == \"yes\").sum(\"court_cases\")",
        ),
        (
            "|rota| AVERAGEIF(rota.court_cases, \">=4\")",
            "|rota| rota.only(|r| r.court_cases >= 4).mean(\"court_cases\")",
        ),
        (
            "|rota| MAX(rota.court_cases)",
            "|rota| rota.max(\"court_cases\")",
        ),
        (
            "|rota| COUNTA(rota[\"Court cases\"])",
            "|rota| rota.answered(\"court_cases\")",
        ),
        (
            "|rota| rota.share(|r| IF(r.court_cases = 4, 1, 0))",
            "|rota| rota.share(|r| r.court_cases == 4)",
        ),
        (
            "|rota| rota.sum(|r| IF(r.court_cases > 4, 1, 0))",
            "|rota| rota.sum(|r| if r.court_cases > 4 { 1 } else { 0 })",
        ),
        (
            "|rota| rota.share(|r| OR(r.court_cases > 4, r.duty = \"no\"))",
            "|rota| rota.share(|r| r.court_cases > 4 or r.duty == \"no\")",
        ),
        (
            "|rota| ROUND(AVERAGE(rota.court_cases) * 2, 1)",
            "|rota| round(rota.mean(\"court_cases\") * 2, 1)",
        ),
        (
            "|rota| sum(rota.court_cases)",
            "|rota| rota.sum(\"court_cases\")",
        ),
    ] {
        let (after, left) = typed(wrote);
        assert_eq!(after, right);
        assert_eq!(left.errors(), 0, "{wrote}: {left}");
    }
}

#[test]
fn cells_are_told_for_what_they_are_and_nothing_is_said_within_them() {
    let found = of("=COUNTIF(I2:I57,\">4\")/COUNT(I2:I57)");
    assert_eq!(found.errors(), 1, "{found}");
    let said = found.to_string();
    assert!(said.contains("cells are not known here"), "{said}");
    assert!(
        said.contains("|workers| workers.count(|w| w.… > 4)"),
        "{said}"
    );
}

#[test]
fn what_a_table_row_or_number_cannot_do_is_told_before_anything_runs() {
    for (wrote, says) in [
        (
            "|rota| count(rota.sum(\"court_cases\"))",
            "`count` is asked of a table",
        ),
        (
            "|rota| rota.filter(|r| r.court_cases > 4).count()",
            "here it is called `only`",
        ),
        (
            "|rota| rota.where(|r| r.court_cases > 4).count()",
            "here it is called `only`",
        ),
        (
            "|rota| rota.share(|r| r.court_cases. cases > 4)",
            "is one value, and has no `cases`",
        ),
        (
            "|rota| rota.share(\"court_cases\")",
            "`share` wants a condition on rows",
        ),
        ("|rota| rota.sum(3)", "wants a column's name in quotes"),
        (
            "|rota| 100 * rota.count(|r| r.court_cases > 4) / rota",
            "is a whole table",
        ),
        ("|rota| round(rota)", "is a whole table"),
        ("|rota| rota.only(|r| r.court_cases > 4)", "this is a table"),
        (
            "|rota| rota.count().share(|r| r.court_cases > 4)",
            "a number has no function `share`",
        ),
        ("|rota| rota.quantile(\"court_cases\", 90)", "write `0.9`"),
        (
            "|rota| rota[\"court_cases\"].mean()",
            "rota.mean(\"court_cases\")",
        ),
        (
            "|rota| rota.court_cases.mean()",
            "rota.mean(\"court_cases\")",
        ),
        (
            "|rota| rota.share(|r| rota.court_cases > 4)",
            "one row of it is `r` here",
        ),
        (
            "|rota| { rota.share(|r| r.court_cases > 4); }",
            "this formula gives nothing",
        ),
        ("|rota| rota.share(court_cases > 4)", "|w| w.court_cases"),
    ] {
        let found = of(wrote);
        assert_eq!(found.errors(), 1, "{wrote}: {found}");
        assert!(found.to_string().contains(says), "{wrote}: {found}");
    }
    for sound in [
        "|rota| { if rota.count() == 0 { return 0.0; } rota.share(|r| r.court_cases > 4) }",
        "|rota| percent(rota.count(|r| r.court_cases > 4), rota.count())",
        "|rota| max(rota.mean(\"court_cases\"), 4)",
        "|rota| rota.share(|r| round(r.court_cases) > 4)",
        "|rota| { let few = rota; few.count() }",
    ] {
        let found = of(sound);
        assert_eq!(found.errors(), 0, "{sound}: {found}");
    }
}

#[test]
fn a_files_header_and_comparisons_in_words_are_answered_in_a_condition() {
    for (wrote, right) in [
        ("r.Court cases > 4", "r.court_cases > 4"),
        ("r.[\"Court cases\"] > 4", "r.court_cases > 4"),
        ("r.court_cases more than 4", "r.court_cases > 4"),
        ("r.court_cases ≥ 4", "r.court_cases >= 4"),
        ("r.court_cases === 4", "r.court_cases == 4"),
        (
            "r.duty == \"yes\" or \"no\"",
            "r.duty == \"yes\" or r.duty == \"no\"",
        ),
    ] {
        let (after, left) = typed(&format!("|rota| rota.share(|r| {wrote})"));
        assert_eq!(after, format!("|rota| rota.share(|r| {right})"));
        assert_eq!(left.errors(), 0, "{wrote}: {left}");
    }
    let unknown = of("|rota| rota.share(|r| r.Other cases > 4)");
    assert!(
        unknown.iter().all(|one| one.replacement().is_none()),
        "{unknown}"
    );
}

#[test]
fn a_value_of_a_key_is_answered_with_what_was_meant_or_with_nothing() {
    let card = |from: &str, to: &str| {
        let cards = formula(" |workers| workers.count()");
        assert!(cards.contains(from));
        told(&cards.replace(from, to)).to_string()
    };
    assert!(card("\"%\"", "%").contains("help: \"%\""));
    let unit = card("\"%\"", "percent");
    assert!(unit.contains("help: \"percent\""), "{unit}");
    let weight = card("best:    0", "weight:  0.5,\n    best:    0");
    assert!(weight.contains("help: 1"), "{weight}");
    let wording = told(
        "omit(\"Lone working and violence are risk-assessed\", #{ reason: \"Being rewritten\", review_by: \"2027-09-30\" });\n",
    );
    let wording = wording.to_string();
    assert!(wording.contains("help: \"lone-working\""), "{wording}");
    let status = told(
        "action(\"a\", #{ standard: \"caseload\", what: \"Repair\", status: \"in progress\" });\n",
    );
    let status = status.to_string();
    assert!(status.contains("help: \"under way\""), "{status}");
    let constant =
        "const CEILING = 16\nmeasure(\"caseload-per-fte\", #{ target: at_most(CEILING) });\n";
    let constant = told(constant);
    assert_eq!(constant.errors(), 1, "{constant}");
}

#[test]
fn the_first_and_last_day_in_one_text_are_one_fault_and_both_days_are_typed() {
    let text = COUNCIL.replace(
        "    services:",
        "    fielded:  \"2026-09-01 to 2026-09-30\",\n    services:",
    );
    let found = super::cases::told_of_script("scripts/bad/check.rhai", &text, &[]);
    assert_eq!(found.errors(), 1, "{found}");
    let said = found.to_string();
    assert!(
        said.contains("help: [\"2026-09-01\", \"2026-09-30\"]"),
        "{said}"
    );
    let text = COUNCIL.replace(
        "    services:",
        "    brand:    #{ colour: \"dark green\" },\n    services:",
    );
    let found = super::cases::told_of_script("scripts/bad/check.rhai", &text, &[]);
    assert!(!found.to_string().contains("= help"), "{found}");
}

#[test]
fn a_word_after_a_number_is_taken_out_unasked_only_where_the_number_then_stands_as_a_value() {
    for (wrote, right) in [
        ("r.court_cases > 18 times 2", "r.court_cases > 18 * 2"),
        ("r.court_cases > 18 cases", "r.court_cases > 18"),
        (
            "r.court_cases > 18 cases and r.duty == \"yes\"",
            "r.court_cases > 18 and r.duty == \"yes\"",
        ),
        (
            "r.court_cases > 1 und r.duty == \"yes\"",
            "r.court_cases > 1 and r.duty == \"yes\"",
        ),
        (
            "r.duty == \"yes\" ou r.court_cases > 1",
            "r.duty == \"yes\" or r.court_cases > 1",
        ),
        (
            "r.court_cases > 1 And r.duty == \"yes\"",
            "r.court_cases > 1 and r.duty == \"yes\"",
        ),
    ] {
        let (after, left) = typed(&format!("|rota| rota.share(|r| {wrote})"));
        assert_eq!(after, format!("|rota| rota.share(|r| {right})"));
        assert_eq!(left.errors(), 0, "{wrote}: {left}");
    }
    for unknown in [
        "|rota| rota.share(|r| r.court_cases > 18 mal r.duty)",
        "|rota| rota.share(|r| 4 r.duty)",
    ] {
        let found = of(unknown);
        assert_eq!(found.errors(), 1, "{unknown}: {found}");
        assert_eq!(safe(&found), [""; 0], "{unknown}: {found}");
    }
}

#[test]
fn conditions_asked_in_words_are_written_with_signs() {
    for (wrote, right) in [
        ("r.duty not \"yes\"", "r.duty != \"yes\""),
        ("r.duty is not \"yes\"", "r.duty != \"yes\""),
        ("r.duty not in [\"yes\"]", "r.duty !in [\"yes\"]"),
        ("r.duty in (\"yes\", \"no\")", "r.duty in [\"yes\", \"no\"]"),
        (
            "r.court_cases between 1 and 18",
            "r.court_cases >= 1 and r.court_cases <= 18",
        ),
        (
            "r.duty == \"yes\" and r.court_cases between(1, 18)",
            "r.duty == \"yes\" and r.court_cases >= 1 and r.court_cases <= 18",
        ),
        ("r.duty contains \"y\"", "r.duty.contains(\"y\")"),
    ] {
        let (after, left) = typed(&format!("|rota| rota.share(|r| {wrote})"));
        assert_eq!(after, format!("|rota| rota.share(|r| {right})"));
        assert_eq!(left.errors(), 0, "{wrote}: {left}");
    }
    for unknown in [
        "|rota| rota.share(|r| r.duty like \"y%\")",
        "|rota| rota.share(|r| r.court_cases between r.low.x and 18)",
    ] {
        let found = of(unknown);
        assert_eq!(found.errors(), 1, "{unknown}: {found}");
        assert_eq!(safe(&found), [""; 0], "{unknown}: {found}");
    }
}

#[test]
fn a_formula_as_another_language_writes_it_begins_with_bars() {
    for wrote in ["lambda r:", "function(r)", "r ->", "r =>"] {
        let (after, left) = typed(&format!("|rota| rota.share({wrote} r.court_cases > 18)"));
        assert_eq!(
            after, "|rota| rota.share(|r| r.court_cases > 18)",
            "{wrote}"
        );
        assert_eq!(left.errors(), 0, "{wrote}: {left}");
    }
}

#[test]
fn branches_of_another_language_are_written_in_braces() {
    let (after, left) = typed("|rota| if rota.count() > 10 then 5 else 6");
    assert_eq!(after, "|rota| if rota.count() > 10 { 5 } else { 6 }");
    assert_eq!(left.errors(), 0, "{left}");
    let nested = of("|rota| if rota.count() > 10 then 5 else if rota.count() > 5 then 6 else 7");
    assert!(nested.to_string().contains("`if … { … } else { … }`"));
    assert_eq!(safe(&nested), [""; 0], "{nested}");
}

#[test]
fn a_sign_is_put_in_unasked_only_where_no_other_could_stand_there() {
    let constant = told("const CEILING 18;\n");
    assert!(
        constant.to_string().contains("help: CEILING ="),
        "{constant}"
    );
    assert_eq!(safe(&constant), [" ="], "{constant}");
    let farewell = told("Thanks,\n");
    assert!(farewell.has_errors());
    assert_eq!(safe(&farewell), [""; 0], "{farewell}");
    let both = format!(
        "const LIMIT = 18;\n{TABLE}{}",
        formula(" |rota| rota.share(|r| r.court_cases > LIMIT r.duty)")
    );
    let both = told(&both);
    assert!(both.has_errors());
    assert_eq!(safe(&both), [""; 0], "{both}");
}
