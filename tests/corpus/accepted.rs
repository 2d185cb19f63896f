//! What looks like a slip and is none, and what people may write as they are used to.

use super::cases::told_of_script;
use super::slips::{COUNCIL, formula, told};
use healthcheck::check::Kind;
use healthcheck::script::Workshop;
use healthcheck::source::Source;
use healthcheck::validate;

#[test]
fn what_people_may_write_as_they_are_used_to_is_accepted() {
    for (wrote, text) in [
        (
            "a byte-order mark",
            format!("\u{feff}{COUNCIL}standard(\"caseload\", #{{ weight: 3 }});\n"),
        ),
        (
            "a no-break space",
            format!("{COUNCIL}standard(\"caseload\",\u{a0}#{{\u{a0}weight:\u{202f}3\u{a0}}});\n"),
        ),
        (
            "line ends of Windows",
            format!("{COUNCIL}standard(\"caseload\", #{{\n    weight: 3,\n}});\n").replace('\n', "\r\n"),
        ),
        (
            "line ends of an old Mac",
            format!("// Ours.\n{COUNCIL}standard(\"caseload\", #{{\n    weight: 3,\n}});\n").replace('\n', "\r"),
        ),
        (
            "and, or, not",
            COUNCIL.to_owned()
                + formula("|workers| workers.share(|w| w.cases > 18 and not (w.agency == \"no\" or w.fte > 0.5))")
                    .as_str(),
        ),
        (
            "a constant inside a function",
            COUNCIL.to_owned()
                + "const CEILING = 18;\nfn over(cases) { cases > CEILING }\n"
                + formula("|workers| workers.share(|w| over(w.cases))").as_str(),
        ),
        (
            "an apostrophe in a text",
            format!("{COUNCIL}standard(\"caseload\", #{{ note: \"Children’s and adults' teams\" }});\n"),
        ),
    ] {
        let found = told_of_script("scripts/bad/check.rhai", &text, &[]);
        assert!(found.is_empty(), "{wrote}:\n{found}");
    }
}

#[test]
fn nought_is_the_same_with_a_sign() {
    let text = formula("|workers| 0.0").replace("best:    0,", "best:    -0.0,");
    let text = text.replace("worst:   40,", "worst: 40, target: between(-0.0, 5),");
    let source = Source::new("scripts/bad/check.rhai", &format!("{COUNCIL}{text}"));
    let check = validate::check(&source, &[], &Workshop::default()).unwrap();
    let item = check.item("over-our-ceiling").unwrap();
    let (Kind::Measure(measure), Some(target)) = (&item.local.kind, &item.target) else {
        panic!("no measure with a target");
    };
    assert!(measure.best.is_sign_positive());
    assert!(format!("{target:?}").contains("0.0") && !format!("{target:?}").contains("-0.0"));
}

#[test]
fn a_no_break_space_moves_no_column() {
    let spaced = "standard(\"caseload\",\u{a0}#{\u{a0}wieght: 3 });\n";
    let fault = told(spaced);
    let fault = fault.iter().next().unwrap();
    let place = &fault.place;
    assert_eq!(place.source.line_and_column(place.span.start), (10, 25));
}

#[test]
fn nothing_that_is_well_written_is_taken_for_a_slip() {
    for cards in [
        formula("|workers| { let most = 0; most = workers.max(\"cases\"); most += 1; most }"),
        formula("|workers| { let found = #{}; found.most = workers.max(\"cases\"); found.most }"),
        formula("|workers| workers.share(|w| 10 < w.cases and w.cases < 20)"),
        formula("|workers| workers.share(|w| (w.cases > 3) == (w.fte > 0.5))"),
        formula("|workers| max(workers.count(|w| w.cases > 3), workers.count(|w| w.fte < 1))"),
        formula("|workers| { let all = 0.0; for step in 0..5 { all += step; } all % 3 }"),
        formula("|workers| if workers.count() > 5 { 2 } else { workers.count() ** 2 }"),
        formula("|workers| workers.share(|w| w.role in [\"Social worker\", \"Team manager\"])"),
        formula(
            "|workers| { let staff = workers.only(|w| w.agency == \"no\"); staff.mean(\"cases\") }",
        ),
        formula("|workers| between_them(workers)")
            + "fn between_them(people) { people.sum(\"cases\") / people.sum(\"fte\") }\n",
        "/* Agreed /* twice */ in 2026. */\nstandard(\"caseload\", #{ weight: 3 });\n".to_owned(),
        "standard(\"caseload\", #{ note: \"18 March 2026, 5%, £5, 1,000 and <> = are text\" });\n"
            .to_owned(),
        "measure(\"caseload-per-fte\", #{ target: between(5,100) });\n".to_owned(),
        "/// The middle of two.\nfn middle(a, b) { (a + b) / 2.0 }\n".to_owned(),
    ] {
        let found = told(&cards);
        assert!(found.is_empty(), "{cards}\n{found}");
    }
}
