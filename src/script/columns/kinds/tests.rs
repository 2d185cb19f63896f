//! The names by which kinds are told apart, held against what the engine has; and what the
//! engine runs, held against what a check refuses.

use super::*;
use crate::data::{Column, Policy, Rows};
use crate::script::library::{Table, functions};
use crate::script::sandbox::{self, Limits};
use crate::script::{Shelf, Value, Workshop, on_deep_stack};
use crate::source::Source;
use rhai::{Array, Dynamic};
use std::any::TypeId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Every function of the engine that has a name, with the kind of its first value.
#[allow(
    deprecated,
    reason = "rhai marks its volatile interfaces so; the version is pinned"
)]
fn of_the_engine() -> Vec<(String, Option<TypeId>)> {
    let engine = sandbox::engine(&Limits::standard());
    let first = |info: rhai::FuncInfo| {
        let name = info.metadata.name.to_string();
        let is_word = name.chars().all(|c| c == '_' || c.is_alphanumeric());
        is_word.then(|| (name, info.metadata.param_types.first().copied()))
    };
    engine.collect_fn_metadata(None, first, true)
}

#[test]
fn what_a_table_is_asked_for_is_what_the_engine_has_for_tables() {
    let all = of_the_engine();
    let of_tables: BTreeSet<&str> = all
        .iter()
        .filter(|(_, first)| *first == Some(TypeId::of::<Table>()))
        .map(|(name, _)| name.as_str())
        .collect();
    let ours = OF_A_COLUMN.iter().chain(&OF_ROWS).copied();
    let ours: BTreeSet<&str> = ours.chain(["is_brought"]).collect();
    assert_eq!(ours, of_tables);
    assert!(of_tables.iter().all(|name| is_of_tables(name)));
    assert!(OF_CONDITIONS.iter().all(|name| OF_ROWS.contains(name)));
    // Those that a number has too take one first; a list of numbers is no number.
    let of_numbers: BTreeSet<&str> = all
        .iter()
        .filter(|(name, first)| {
            let not_a_number = [TypeId::of::<Table>(), TypeId::of::<Array>()];
            of_tables.contains(name.as_str()) && first.is_some_and(|of| !not_a_number.contains(&of))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(of_numbers, BTreeSet::from(OF_NUMBERS_TOO));
}

#[test]
fn functions_of_numbers_are_those_of_the_engine_that_do_nothing_with_a_table() {
    let kinds_of = |wanted: &str| {
        let all = of_the_engine().into_iter();
        let own: Vec<Option<TypeId>> = all
            .filter(|(name, _)| name == wanted)
            .map(|(_, first)| first)
            .collect();
        own
    };
    for name in OF_NUMBERS {
        let kinds = kinds_of(name);
        let numbers = [
            Some(TypeId::of::<Dynamic>()),
            Some(TypeId::of::<f64>()),
            Some(TypeId::of::<i64>()),
        ];
        assert!(!kinds.is_empty(), "the engine has no `{name}`");
        // Numbers as narrow as rhai has them, and missing values.
        assert!(kinds.iter().any(|kind| numbers.contains(kind)), "{name}");
        assert!(!is_of_tables(name), "{name}");
    }
    // Each documented function of numbers is among them, but for those that tables have too
    // and those that take anything.
    let of_anything = ["is_missing"];
    for function in functions() {
        let of_numbers = matches!(function.shelf, Shelf::Numbers | Shelf::Missing);
        let name = function.name.as_str();
        if of_numbers && !of_anything.contains(&name) && !is_of_tables(name) {
            assert!(OF_NUMBERS.contains(&name), "{name}");
        }
    }
}

/// What a formula gives on three rows with 10, 20 and 30 cases, or the faults of a check.
fn given(formula: &str) -> Result<f64, String> {
    let script = format!("measure(\"m\", #{{ value: |workers| {formula} }});");
    let source = Source::new("check.rhai", &script);
    let (draft, faults) = Workshop::default().read(&source, &[]);
    let draft = draft.filter(|_| !faults.has_errors());
    let Some(draft) = draft else {
        return Err(faults.to_string());
    };
    let Some(Value::Formula(formula)) = draft.cards[0].get("value").map(|v| &v.value.value) else {
        return Err("no formula".to_owned());
    };
    let misused = &formula.reads().misused;
    if !misused.is_empty() {
        return Err(misused.to_string());
    }
    let cases = Column::Number([10.0, 20.0, 30.0].map(Ok).into_iter().collect());
    let rows = Rows::all(&Arc::new(crate::data::Table {
        id: "workers".into(),
        policy: Policy::MostRows,
        len: 3,
        known: vec!["cases".into()],
        columns: [("cases".to_owned(), cases)].into(),
        brought: true,
        here: true,
    }));
    formula
        .value(&[rows])
        .value
        .map_err(|why| format!("{why:?}"))
}

#[test]
fn a_number_has_min_and_max_of_another_number_and_nothing_else_of_a_table() {
    on_deep_stack(|| {
        for (formula, gives) in [
            ("workers.mean(\"cases\").min(15)", 15.0),
            ("workers.mean(\"cases\").max(workers.count())", 20.0),
            ("workers.sum(\"cases\").min(45) + 1", 46.0),
            ("workers.sum(|w| w.cases.min(20))", 50.0),
            ("workers.sum(|w| min(w.cases, 20))", 50.0),
            ("workers.count(|w| [10.0, 30.0].contains(w.cases))", 2.0),
            ("[1, 2, 3].filter(|x| x > 1).len() + workers.count()", 5.0),
        ] {
            assert_eq!(given(formula), Ok(gives), "{formula}");
        }
        for formula in [
            "workers.mean(\"cases\").min(\"cases\")",
            "workers.mean(\"cases\").max(|w| w.cases)",
            "workers.mean(\"cases\").sum(3)",
            "workers.count().only(|w| w.cases > 3)",
            "workers.sum(|w| w.cases.max(\"cases\"))",
            "workers.filter(|w| w.cases > 3).count()",
            "workers.len()",
        ] {
            assert!(given(formula).is_err(), "{formula}");
        }
    });
}
