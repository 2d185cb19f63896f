//! Places in scripts, each marked with `@`, and what may be written there.

use super::*;
use crate::source::Source;

/// The place of `@` in a script, and the text that a choice would replace.
fn place(script: &str) -> (Place, String) {
    let at = script.find('@').unwrap();
    let source = Source::new("t", &script.replacen('@', "", 1));
    let outline = Outline::of(&source);
    let spot = Spot::at(&outline, at);
    (spot.place(), source.slice(spot.span()).to_owned())
}

#[test]
fn a_place_is_known_however_broken_the_script_is() {
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    let key = |path: &[&str]| Place::Key(keys(path));
    let value = |path: &[&str]| Place::Value(keys(path));
    for (script, expected, word) in [
        ("@", Place::Top, ""),
        ("mea@", Place::Top, "mea"),
        (
            "measure(\"a\", #{ best: 0 });\n@\nquestion(\"b\", #{});",
            Place::Top,
            "",
        ),
        ("measure(\"ca@\", #{", Place::Id, "ca"),
        ("measure(\"ca@", Place::Id, "ca"),
        ("measure(@", Place::Id, ""),
        ("measure(\"a\", @", Place::Body, ""),
        ("measure(\"a\", #{ @ });", key(&[]), ""),
        (
            "measure(\"a\", #{\n    best: 0,\n    wei@\n});",
            key(&[]),
            "wei",
        ),
        (
            "measure(\"a\", #{\n    best: 0\n    wei@\n    worst: 1,\n});",
            key(&[]),
            "wei",
        ),
        (
            "measure(\"a\", #{\n    best: 0,\n    wei@\n\nquestion(\"b\", #{",
            key(&[]),
            "wei",
        ),
        (
            "measure(\"a\", #{ standard: @ });",
            value(&["standard"]),
            "",
        ),
        (
            "measure(\"a\", #{ standard: \"ca@\" });",
            value(&["standard"]),
            "ca",
        ),
        (
            "measure(\"a\", #{ standard: \"ca@,\n best: 0 });",
            value(&["standard"]),
            "ca",
        ),
        (
            "table(\"s\", #{ columns: #{ team: \"T@\", x: 1 } });",
            value(&["columns", "team"]),
            "T",
        ),
        (
            "table(\"s\", #{ columns: #{ team: \"T\", @ } });",
            key(&["columns"]),
            "",
        ),
        (
            "table(\"s\", #{ codes: #{ service: #{ \"C@\" } } });",
            key(&["codes", "service"]),
            "C",
        ),
        (
            "council(\"s\", #{ services: [\"ch@\"] });",
            value(&["services"]),
            "ch",
        ),
        ("measure(\"a\", #{ value: |wor@| 1 });", Place::Code, "wor"),
        ("measure(\"a\", #{ value: |survey, wor@", Place::Code, "wor"),
        (
            "measure(\"a\", #{ value: |workers| wor@ });",
            Place::Code,
            "wor",
        ),
        (
            "measure(\"a\", #{ value: |workers| f(workers.@",
            Place::Code,
            "",
        ),
        ("fn f(x) {\n    x.@\n}", Place::Code, ""),
        ("test(\"a\", || { given(\"wor@\") });", Place::Code, "wor"),
    ] {
        assert_eq!(place(script), (expected, word.to_owned()), "{script}");
    }
}

#[test]
fn in_a_note_or_a_number_nothing_is_completed() {
    for (script, at) in [("// note", 7), ("const A = 12;", 12), ("/* a */ b", 4)] {
        let source = Source::new("t", script);
        let outline = Outline::of(&source);
        assert_eq!(Spot::at(&outline, at).word, Word::Closed, "{script}");
    }
}

#[test]
fn keys_are_found_on_both_sides() {
    let source = Source::new(
        "t",
        "measure(\"a\", #{ best: 0, \n worst: #{ x: 1 }, unit: \"\" });",
    );
    let outline = Outline::of(&source);
    let at = source.text().find('\n').unwrap();
    assert_eq!(
        Spot::at(&outline, at).keys_beside(),
        ["best", "worst", "unit"]
    );
}
