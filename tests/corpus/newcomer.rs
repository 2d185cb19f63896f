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

#[test]
fn a_column_that_nothing_uses_is_told_at_its_name_and_the_name_is_what_is_typed() {
    let of = |columns: &str| {
        told(&format!(
            "table(\"workforce\", #{{ file: \"w.csv\", columns: #{{ {columns} }} }});\n"
        ))
    };
    for (wrote, underlined, typed) in [
        (
            "in_post_ftee: \"In post\"",
            "in_post_ftee",
            Some("in_post_fte"),
        ),
        (
            "\"In post\": \"in_post_fte\"",
            "\"In post\": \"in_post_fte\"",
            Some("in_post_fte: \"In post\""),
        ),
        ("bicycles: \"Bicycles\"", "bicycles", None),
    ] {
        let found = of(wrote);
        let unused = found.iter().find(|one| one.code == Code::UnusedColumn);
        let unused = unused.unwrap_or_else(|| panic!("{wrote}: {found}"));
        assert_eq!(unused.place.text(), underlined, "{found}");
        let replacement = unused.replacement();
        assert_eq!(replacement.map(|one| one.text.as_str()), typed, "{found}");
        let is_there = replacement.is_none_or(|one| one.place == unused.place);
        assert!(is_there, "{found}");
    }
}

#[test]
fn a_second_card_for_an_item_is_told_as_that_and_not_for_what_it_lacks() {
    let first = formula(" |workers| workers.count()");
    let second = "measure(\"over-our-ceiling\", #{ note: \"Ours\" });\n";
    for cards in [format!("{first}{second}"), format!("{second}{first}")] {
        let found = told(&cards);
        assert_eq!(codes(&found), [Code::DuplicateCard.name()], "{found}");
    }
}

#[test]
fn square_brackets_after_a_function_of_a_table_are_answered_with_round_ones() {
    let found = told(&formula(" |workers| workers.share[|w| w.cases > 18]"));
    let said = found.to_string();
    assert_eq!(found.errors(), 1, "{said}");
    assert!(
        said.contains("help: workers.share(|w| w.cases > 18)"),
        "{said}"
    );
    let fault = found.iter().next().unwrap();
    assert_eq!(fault.place.text(), "workers.share[|w| w.cases > 18]");
}

#[test]
fn a_merge_that_was_not_finished_is_told_alone_with_what_to_do() {
    let ours = formula(" |workers| workers.count()");
    let mark = |sign: &str| sign.repeat(7);
    let text = format!(
        "{} HEAD\n{ours}{}\n{ours}{} theirs\n",
        mark("<"),
        mark("="),
        mark(">")
    );
    let found = told(&text);
    let said = found.to_string();
    assert_eq!(found.iter().count(), 1, "{said}");
    assert!(said.contains("two versions of this script"), "{said}");
    assert!(said.contains("delete this line and the others"), "{said}");
    let note = told(&format!("/*\n{}\n*/\n", mark("=")));
    assert!(!note.has_errors(), "{note}");
}

#[test]
fn a_target_by_a_sign_is_answered_in_words_and_an_actions_with_its_number() {
    let typed = |cards: &str| {
        let found = told(cards);
        assert_eq!(found.errors(), 1, "{found}");
        let replacement = found.iter().find_map(|one| one.replacement());
        let replacement = replacement.unwrap_or_else(|| panic!("{found}"));
        (replacement.text.clone(), replacement.is_safe())
    };
    for (wrote, right, safe) in [
        ("<= 16", "at_most(16)", true),
        (">= 16", "at_least(16)", true),
        ("< 16", "at_most(16)", false),
        ("> 16", "at_least(16)", false),
    ] {
        let card = format!("measure(\"caseload-per-fte\", #{{ target: {wrote} }});\n");
        assert_eq!(typed(&card), (right.to_owned(), safe));
    }
    let action = "action(\"a\", #{ standard: \"systems\", what: \"Repair\", status: \"planned\", target: >= 65 });\n";
    assert_eq!(typed(action), ("65".to_owned(), true));
}
