//! A missing value beside every kind of value and under every operator, in a row condition
//! and in a formula: never a plain true or false, never a number that hides it.

#[path = "missing/expressions.rs"]
mod expressions;

use expressions::{BESIDE, COMPARING, REACHING, expressions};
use healthcheck::data::{Column, Policy, Rows, Table};
use healthcheck::missing::Missing;
use healthcheck::script::{Formula, Named, Outcome, Trouble, Value, Workshop};
use healthcheck::source::Source;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A script with one card whose key `value` is this formula.
fn formula(text: &str) -> Arc<Formula> {
    let script = format!("measure(\"m\", #{{ value: {text} }});");
    let (draft, faults) = Workshop::default().read(&Source::new("check.rhai", &script), &[]);
    assert!(!faults.has_errors(), "{script}\n{faults}");
    let draft = draft.expect("it has no errors");
    match &draft.cards[0]
        .get("value")
        .expect("the key is there")
        .value
        .value
    {
        Value::Formula(formula) => formula.clone(),
        other => panic!("{script}: {other:?}"),
    }
}

/// Twenty practitioners, of whom nothing is known but their full-time equivalent; a column
/// of each reason, called after its symbol.
fn workers() -> Rows {
    let len = 20;
    let column = |cell| Column::Number(std::iter::repeat_n(cell, len).collect());
    let mut columns: BTreeMap<String, Column> = Missing::ALL
        .iter()
        .map(|reason| (reason.symbol().to_owned(), column(Err(*reason))))
        .collect();
    columns.insert("fte".into(), column(Ok(1.0)));
    let known = columns.keys().cloned().collect();
    Rows::all(&Arc::new(Table {
        id: "workers".into(),
        policy: Policy::MostRows,
        len,
        columns,
        known,
        brought: true,
        here: true,
    }))
}

fn results() -> Vec<Named> {
    let named = |id: &str, value| Named {
        id: id.into(),
        value,
        score: value,
        weight: 1.0,
    };
    let gone = Missing::ALL
        .iter()
        .map(|reason| named(reason.symbol(), Err(*reason)));
    gone.chain([named("known", Ok(50.0))]).collect()
}

/// What is settled without the missing value.
fn is_settled(expression: &str, beside: &str) -> bool {
    let nothing_within = beside == "[]" && matches!(expression, "m in v" | "!(m in v)");
    // The left is there, or the list is empty, so the right is never asked.
    nothing_within
        // A closure beside `index_of` is the condition itself.
        || (beside == "|x| x" && expression.ends_with("index_of(v)"))
        // A sum of a list gains an entry; the list is no number.
        || (expression == "v += m; v" && beside.starts_with('['))
}

fn names_it(outcome: &Outcome, reason: Missing, what: &str, must: bool) -> Result<(), String> {
    match &outcome.value {
        Ok(number) => Err(format!("gave {number}")),
        Err(Trouble::Missing(found)) if *found == reason => Ok(()),
        Err(Trouble::Missing(Missing::NotApplicable | Missing::NotAvailable)) if !must => Ok(()),
        Err(Trouble::Missing(found)) => Err(format!("is missing, but because {found}")),
        Err(Trouble::Unsettled {
            what: named,
            reason: found,
            ..
        }) if named == what && *found == reason || matches!(named.as_str(), "this condition") => {
            Ok(())
        }
        Err(Trouble::Unsettled { what, reason, .. }) => Err(format!("names {what} ({reason})")),
        Err(Trouble::Failed(_)) if !must => Ok(()),
        Err(Trouble::Failed(fault)) => Err(format!("failed: {}", fault.message)),
        Err(other) => Err(format!("{other:?}")),
    }
}

fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn in_a_formula_no_operator_hides_a_missing_value() {
    let results = results();
    let mut wrong = Vec::new();
    let others = [
        ("the results", "results"),
        ("a result", "results[\"known\"]"),
    ];
    for (expression, must) in expressions() {
        for (kind, beside) in BESIDE.iter().chain(&others) {
            if is_settled(&expression, beside) {
                continue;
            }
            for reason in [
                Missing::NotAvailable,
                Missing::NotApplicable,
                Missing::Confidential,
            ] {
                let symbol = reason.symbol();
                let answer = asked(&expression);
                let text = format!(
                    "|results| {{ let m = results[\"{symbol}\"].value; let v = {beside}; {answer} }}"
                );
                let outcome = formula(&text).combine(&results);
                if let Err(why) = names_it(&outcome, reason, symbol, must) {
                    wrong.push(format!("`{expression}` with {kind}, m is {reason}: {why}"));
                }
            }
        }
    }
    none(&wrong);
}

/// As a number, so that true and false show.
fn asked(expression: &str) -> String {
    format!("let r = {{ {expression} }}; {AS_NUMBER}")
}

/// `true` and `false` become numbers, which a formula may give; the rest stays.
const AS_NUMBER: &str = "let s = [r]; if s.some(|x| is_missing(x)) { return r; } if s == [true] { 77 } else if s == [false] { 78 } else { r }";

#[test]
fn in_a_row_condition_no_operator_hides_a_missing_value() {
    let workers = workers();
    let mut wrong = Vec::new();
    let others = [("a table", "t"), ("the row", "w")];
    for (expression, must) in expressions() {
        for (kind, beside) in BESIDE.iter().chain(&others) {
            if is_settled(&expression, beside) {
                continue;
            }
            for reason in [
                Missing::NotAvailable,
                Missing::NotApplicable,
                Missing::Unreliable,
            ] {
                let symbol = reason.symbol();
                let text = format!(
                    "|workers| {{ let t = workers.only(|o| o.fte > 0); workers.share(|w| {{ let m = w.{symbol}; let v = {beside}; {expression} }}) }}"
                );
                let outcome = formula(&text).value(std::slice::from_ref(&workers));
                let left_out = match &outcome.value {
                    Ok(number) => Err(format!("gave {number}")),
                    Err(Trouble::Missing(_)) => Ok(()),
                    Err(Trouble::Unsettled { .. } | Trouble::Failed(_)) if !must => Ok(()),
                    Err(Trouble::Failed(fault)) => Err(format!("failed: {}", fault.message)),
                    Err(other) => Err(format!("{other:?}")),
                };
                if let Err(why) = left_out {
                    wrong.push(format!("`{expression}` with {kind}, m is {reason}: {why}"));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_table_beside_a_missing_value_does_not_hide_it_in_a_formula() {
    let workers = workers();
    let told = "|workers| { let m = workers.mean(\"x\"); if is_missing(m) { 77 } else { 78 } }";
    let outcome = formula(told).value(std::slice::from_ref(&workers));
    assert_eq!(outcome.value.ok(), Some(77.0), "a formula can hold it");
    let mut wrong = Vec::new();
    for operator in COMPARING.iter().chain(&REACHING) {
        for pair in [format!("m {operator} v"), format!("v {operator} m")] {
            for other in ["workers", "workers.only(|w| w.fte > 0)", "[workers]"] {
                let text = format!(
                    "|workers| {{ let m = workers.mean(\"x\"); let v = {other}; let r = {pair}; {AS_NUMBER} }}"
                );
                let outcome = formula(&text).value(std::slice::from_ref(&workers));
                if let Err(why) = names_it(&outcome, Missing::NotAvailable, "x", true) {
                    wrong.push(format!("`{pair}` with {other}: {why}"));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn what_is_settled_before_a_missing_value_is_asked_stays_settled() {
    let results = results();
    for (text, value) in [
        ("if true || m { 1 } else { 2 }", 1.0),
        ("if false && m { 1 } else { 2 }", 2.0),
        ("if is_missing(m) || m > 3 { 1 } else { 2 }", 1.0),
        ("if is_missing(m) { 1 } else { 2 }", 1.0),
        ("if is_missing(4) { 1 } else { 2 }", 2.0),
        ("or_else(m, 5)", 5.0),
        ("or_else(4, 5)", 4.0),
        ("or_else(m + 1, 5)", 5.0),
        ("4 ?? m", 4.0),
        ("mean([m, 4, 6])", 5.0),
        ("min(or_else(m, 2), 3)", 2.0),
    ] {
        let text = format!("|results| {{ let m = results[\"x\"].value; {text} }}");
        let given = formula(&text).combine(&results);
        assert_eq!(given.value.ok(), Some(value), "{text}");
    }
    let rows = [workers()];
    let told = formula("|workers| workers.share(|w| is_missing(w.x) or w.x > 3)").value(&rows);
    assert_eq!(told.value.ok(), Some(100.0));
    let cannot = formula("|workers| workers.share(|w| w.x > 3 or is_missing(w.x))").value(&rows);
    assert!(matches!(cannot.value, Err(Trouble::Missing(_))));
}

#[test]
fn arithmetic_keeps_the_graver_of_two_reasons() {
    let results = results();
    for left in Missing::ALL {
        for right in Missing::ALL {
            let graver = left.graver(right);
            for expression in [
                "a + b",
                "a - b",
                "a * b",
                "a / b",
                "a % b",
                "a ** b",
                "min(a, b)",
                "max(a, b)",
                "rate(a, b)",
                "percent(a, b)",
                "clamp(1, a, b)",
                "(a + 1) * (2 - b)",
                "a += b; a",
            ] {
                let text = format!(
                    "|results| {{ let a = results[\"{left}\"].value; let b = results[\"{right}\"].value; {expression} }}"
                );
                let outcome = formula(&text).combine(&results);
                assert!(
                    matches!(outcome.value, Err(Trouble::Missing(reason)) if reason == graver),
                    "{expression} of {left} and {right}: {:?}",
                    outcome.value
                );
            }
            let text = format!(
                "|results| if results[\"{left}\"].value < results[\"{right}\"].value {{ 1 }} else {{ 2 }}"
            );
            let outcome = formula(&text).combine(&results);
            assert!(
                matches!(outcome.value, Err(Trouble::Unsettled { reason, .. }) if reason == graver),
                "{left} < {right}: {:?}",
                outcome.value
            );
        }
    }
}
