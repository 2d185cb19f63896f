//! Where somebody stumbled who had README and the messages alone: what they wrote, and what
//! they are told now.

use super::slips::{formula, told};
use healthcheck::diagnostic::{Code, Diagnostics};

const NAME: &str = "scripts/bad/check.rhai";

/// The cards with every safe change made, as `check --fix` does it, and what is left then.
fn fixed(cards: &str) -> (String, Diagnostics) {
    let mut cards = cards.to_owned();
    for _ in 0..5 {
        let found = told(&cards);
        let safe = found.safe_in(NAME);
        let Some(first) = safe.first() else { break };
        let mut text = first.place.source.text().to_owned();
        for one in safe.iter().rev() {
            text.replace_range(one.place.span.start..one.place.span.end, &one.text);
        }
        cards = text.lines().skip(9).collect::<Vec<_>>().join("\n") + "\n";
    }
    let left = told(&cards);
    (cards, left)
}

fn codes(found: &Diagnostics) -> Vec<&str> {
    found.iter().map(|fault| fault.code.name()).collect()
}

#[test]
fn two_slips_on_one_line_and_a_key_of_two_words_are_mended_and_not_made_worse() {
    let (cards, left) = fixed(
        "omit(\"cover\", #{\n    reason:    “The offices are being rebuilt”\n    Review by: \"2027-09-30\",\n});\n",
    );
    assert_eq!(
        cards,
        "omit(\"cover\", #{\n    reason:    \"The offices are being rebuilt\",\n    review_by: \"2027-09-30\",\n});\n",
        "{left}"
    );
    assert!(left.is_empty(), "{left}");
    // A word of which nobody can tell what was meant is left to its author.
    let (cards, left) =
        fixed("omit(\"cover\", #{ Our reason: \"Rebuilt\", review_by: \"2027-09-30\" });\n");
    assert!(cards.contains("Our reason:"), "{cards}");
    assert!(left.to_string().contains("write `our_reason:`"), "{left}");
}

#[test]
fn what_a_message_says_to_type_is_the_whole_line() {
    let open = formula(" |workers| workers.share(|w| w.agency == \"no\"");
    let found = told(&open).to_string();
    assert!(
        found.contains("help: value:   |workers| workers.share(|w| w.agency == \"no\"),"),
        "{found}"
    );
}

#[test]
fn a_word_without_its_quotes_is_not_also_said_to_be_lacking() {
    let found = told(
        "action(\"a\", #{ standard: systems, what: \"Repair\", status: \"dropped\", because: \"Done\" });\n",
    );
    assert_eq!(codes(&found), ["unquoted-word"], "{found}");
}

#[test]
fn nothing_is_called_unused_while_what_may_use_it_has_a_fault() {
    let cards = format!(
        "const CEILING = 18;\n{}",
        formula(" |workers| workers.share(|w| w.cases > CEILNG)")
    );
    let found = told(&cards);
    assert_eq!(codes(&found), ["unknown-name"], "{found}");
}

#[test]
fn a_column_by_its_header_is_answered_with_its_name() {
    let table = "table(\"rota\", #{ file: \"data/rota.csv\", columns: #{ last_month: \"Supervised in last month?\" } });\n";
    let of = |columns: &str| {
        let value = " |rota| rota.share(|w| w.\"Supervised in last month?\" == \"no\")";
        let found = told(&format!("{columns}{}", formula(value)));
        assert_eq!(codes(&found)[0], Code::Syntax.name(), "{found}");
        found.to_string()
    };
    assert!(of(table).contains("it is called `last_month`"));
    assert!(of("").contains("our_name: \"Supervised in last month?\""));
}

#[test]
fn a_bare_number_for_a_target_is_answered_by_the_side_that_is_better() {
    let low = told("measure(\"caseload-per-fte\", #{ target: 16 });\n").to_string();
    assert!(low.contains("= help: at_most(16)"), "{low}");
    let high = told("measure(\"supervision-held\", #{ target: 90 });\n").to_string();
    assert!(high.contains("= help: at_least(90)"), "{high}");
}

#[test]
fn a_spreadsheets_function_is_answered_with_ours() {
    let found = told(&formula(" |workers| COUNTIFS(workers.cases, \">20\")")).to_string();
    assert!(found.contains("workers.count(|w| w.cases > 20"), "{found}");
}

#[test]
fn a_day_that_no_calendar_has_is_answered_with_the_last_of_its_month() {
    let found =
        told("omit(\"cover\", #{ reason: \"Being rebuilt\", review_by: \"2027-09-31\" });\n");
    assert!(
        found.to_string().contains("= help: \"2027-09-30\""),
        "{found}"
    );
}

#[test]
fn the_same_card_twice_is_one_too_many() {
    let card = "standard(\"caseload\", #{ weight: 3 });\n";
    let found = told(&format!("{card}{card}")).to_string();
    assert!(found.contains("take one of them out"), "{found}");
}

#[test]
fn a_note_without_its_slashes_is_known_for_one() {
    for cards in [
        "Our ceiling is agreed with UNISON\nstandard(\"caseload\", #{ weight: 3 });\n",
        "standard(\"caseload\", #{\n    this is our own question\n    weight: 3,\n});\n",
    ] {
        let found = told(cards);
        let first = found.iter().next().unwrap();
        assert_eq!(first.message, "is this a note?", "{found}");
        assert_eq!(found.errors(), 1, "{found}");
    }
}

#[test]
fn two_sides_the_wrong_way_round_are_turned() {
    let found = told(
        "table(\"rota\", #{ file: \"data/rota.csv\" });\ntable(\"workforce\", #{ file: \"w.csv\", codes: #{ service: #{ \"children\": \"CSC\" } } });\n",
    );
    let said = found.to_string();
    assert!(said.contains("= help: \"CSC\": \"children\""), "{said}");
}

#[test]
fn an_address_without_quotes_and_a_standard_by_its_title_are_answered_with_what_to_type() {
    let said =
        told("statement(\"a\", #{ standard: \"Safety and welfare\", ask: \"A\" });\n").to_string();
    assert!(said.contains("= help: \"welfare\""), "{said}");
    let said =
        told("local_standard(\"a\", #{ title: social.work@westmarsh.example });\n").to_string();
    assert!(
        said.contains("= help: \"social.work@westmarsh.example\""),
        "{said}"
    );
}

#[test]
fn dashes_and_names_of_other_programs_are_answered_with_ours() {
    let said =
        told("omit(\"cover\", #{ reason: \"Being rebuilt\", review_by: \"2027–09–30\" });\n")
            .to_string();
    assert!(said.contains("= help: \"2027-09-30\""), "{said}");
    let said = told(&formula(
        " |workers| workers.share(|w| AND(w.cases > 20, w.fte < 1))",
    ))
    .to_string();
    assert!(
        said.contains("= help: w.cases > 20 and w.fte < 1"),
        "{said}"
    );
    let said = told("question(\"cover\", #{ answers: \"never, always\" });\n").to_string();
    assert!(said.contains("= help: [\"never\", \"always\"]"), "{said}");
}

#[test]
fn a_comma_is_of_thousands_where_three_digits_follow_and_else_a_point() {
    let action = |number: &str| {
        format!(
            "action(\"quiet-rooms\", #{{ standard: \"systems\", what: \"Open two\", baseline: {number}, target: 40, status: \"planned\" }});\n"
        )
    };
    for (written, typed) in [("28,6", "28.6"), ("1,200", "1200"), ("1,200.5", "1200.5")] {
        let found = told(&action(written));
        let first = found.iter().next().unwrap();
        assert_eq!(first.code, Code::UnitInNumber, "{found}");
        let fix = first.replacement().map(|fix| fix.text.clone());
        assert_eq!(fix.as_deref(), Some(typed), "{found}");
    }
}
