//! One row condition over many rows: a loop in Rust, the closure column by column, the same
//! closure in a form that rhai must run row by row. Seconds out, the fastest of several.

use healthcheck::data::{Column, Policy, Rows, Table};
use healthcheck::script::{Formula, Limits, Value, Workshop};
use healthcheck::source::Source;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

const BY_COLUMN: &str = "|workers| workers.count(|w| w.cases > 18 * w.fte and w.agency == \"no\")";
/// What holds a list is left to rhai, and run for every row, whether rows are alike or not.
const BY_ROW: &str = "|workers| { let most = [18]; workers.count(|w| w.cases > most[0] * w.fte and w.agency == \"no\") }";

pub fn tell(rows: usize) {
    let number = |nth: usize, of: usize| ((nth * 2_654_435_761) >> 7) % of;
    let cases: Vec<f64> = (0..rows).map(|row| number(row, 30) as f64).collect();
    let fte: Vec<f64> = (0..rows)
        .map(|row| 0.5 + number(row + 7, 2) as f64 / 2.0)
        .collect();
    let agency: Vec<u32> = (0..rows)
        .map(|row| u32::from(number(row + 3, 5) == 0))
        .collect();
    let columns: BTreeMap<String, Column> = [
        (
            "cases",
            Column::Number(cases.iter().map(|n| Ok(*n)).collect()),
        ),
        ("fte", Column::Number(fte.iter().map(|n| Ok(*n)).collect())),
        (
            "agency",
            Column::Words {
                words: vec!["no".into(), "yes".into()],
                rows: agency.iter().map(|n| Ok(*n)).collect(),
            },
        ),
    ]
    .map(|(name, column)| (name.to_owned(), column))
    .into();
    let table = Rows::all(&Arc::new(Table {
        id: "workers".into(),
        policy: Policy::MostRows,
        len: rows,
        known: columns.keys().cloned().collect(),
        columns,
        brought: true,
        here: true,
    }));
    let in_rust = fastest(9, || {
        let all = black_box(&cases)
            .iter()
            .zip(black_box(&fte))
            .zip(black_box(&agency));
        all.filter(|((cases, fte), agency)| **cases > 18.0 * **fte && **agency == 0)
            .count() as f64
    });
    let (by_column, by_row) = (formula(BY_COLUMN), formula(BY_ROW));
    let value = |formula: &Formula| {
        formula
            .value(std::slice::from_ref(&table))
            .value
            .expect("it gives a number")
    };
    let by_column = fastest(9, || value(&by_column));
    let by_row = fastest(2, || value(&by_row));
    assert_eq!(
        (in_rust.1, in_rust.1),
        (by_column.1, by_row.1),
        "all three count the same"
    );
    println!(
        "{{\"rust\": {}, \"by_column\": {}, \"by_row\": {}}}",
        in_rust.0, by_column.0, by_row.0
    );
}

fn fastest(rounds: usize, work: impl Fn() -> f64) -> (f64, f64) {
    let mut best = (f64::INFINITY, 0.0);
    for _ in 0..rounds {
        let began = Instant::now();
        let found = black_box(work());
        best = (best.0.min(began.elapsed().as_secs_f64()), found);
    }
    best
}

fn formula(text: &str) -> Arc<Formula> {
    let mut limits = Limits::standard();
    limits.formula_time = Duration::from_secs(600);
    let workshop = Workshop {
        limits,
        ..Workshop::default()
    };
    let script = format!("measure(\"m\", #{{ value: {text} }});");
    let (draft, faults) = workshop.read(&Source::new("check.rhai", &script), &[]);
    let draft = draft.unwrap_or_else(|| panic!("{faults}"));
    match &draft.cards[0]
        .get("value")
        .expect("it was written")
        .value
        .value
    {
        Value::Formula(formula) => formula.clone(),
        other => panic!("{other:?}"),
    }
}
