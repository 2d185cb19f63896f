//! How often formulas go over rows while a council is assessed: once a closure, a figure and a
//! group, and never more.

use super::Host;
use crate::check::{HealthCheck, Item, Kind};
use crate::publication::Earlier;
use crate::script::{Counts, Formula, counted, on_deep_stack};
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

/// Every formula that is asked in each group: the nation's, and the council's where it is
/// another one.
fn formulas(check: &HealthCheck) -> Vec<Arc<Formula>> {
    let of = |item: &Item| {
        let own = match &item.local.kind {
            Kind::Measure(measure) => Some(measure.value.clone()),
            Kind::Question(_) | Kind::Statement => None,
        };
        let nations = item.national.as_ref().and_then(|of| match &of.kind {
            Kind::Measure(measure) => Some(measure.value.clone()),
            Kind::Question(_) | Kind::Statement => None,
        });
        match (own, nations) {
            (Some(own), Some(nations)) if Arc::ptr_eq(&own, &nations) => vec![own],
            (own, nations) => own.into_iter().chain(nations).collect(),
        }
    };
    check.items().iter().flat_map(of).collect()
}

/// Closures of one row in a formula, which is one itself.
fn closures(formula: &Formula) -> u64 {
    formula.text().matches('|').count() as u64 / 2 - 1
}

/// A council with one formula of its own, assessed: its check, what was counted, how many
/// groups there are and how many breakdowns they are of, and the rows of `workers`.
struct Counted {
    asked: u64,
    counts: Counts,
    groups: u64,
    breakdowns: u64,
    rows: u64,
}

/// The same of the council that is begun for everybody, with a breakdown by role and a measure.
fn counts_with(formula: &str) -> Counted {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(keep.path()).build();
    host.begin("northshire").unwrap();
    let script = keep.path().join("northshire/check.rhai");
    let mut text = fs::read_to_string(&script).unwrap();
    text.push_str(&format!(
        "\nmeasure(\"busy\", #{{ standard: \"caseload\", ask: \"Busy\", unit: \"people\", best: 0, \
         worst: 300, value: |workers| {formula} }});\n"
    ));
    if !text.contains("breakdown(\"role\"") {
        text.push_str(
            "breakdown(\"role\", #{ tables: [\"survey\", \"workers\"], by: \"role\" });\n",
        );
    }
    fs::write(&script, text).unwrap();
    let check = host
        .load(&script)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let data = host.read(&check).unwrap();
    let assess = || host.assess(&check, &data, &Earlier::default());
    let (found, counts) = on_deep_stack(|| counted(assess));
    let found = found.unwrap();
    let breakdowns: BTreeSet<&str> = found.groups.iter().map(|group| &*group.breakdown).collect();
    Counted {
        asked: formulas(&check)
            .iter()
            .map(|formula| closures(formula))
            .sum(),
        counts,
        // Groups in which `workers` can be told apart: all of them.
        groups: found.groups.len() as u64,
        breakdowns: breakdowns.len() as u64,
        rows: data.tables["workers"].len as u64,
    }
}

#[test]
fn closures_and_rows_are_as_many_as_items_times_groups_and_no_more() {
    let by_column = counts_with("workers.count(|w| w.cases > 10)");
    let Counted {
        asked,
        counts,
        groups,
        breakdowns,
        rows,
    } = &by_column;
    assert!(*asked > 7, "the council's own is among them");
    assert_eq!((counts.left_to_rhai, counts.calls), (0, 0));
    assert_eq!(counts.closures, asked * groups);
    // Each breakdown has every row once, and small groups that are rolled together once more.
    let all = rows * breakdowns;
    let most = asked * (all + rows);
    assert!(counts.rows <= most, "{counts:?}, {asked} of {all}");
    assert!(counts.rows * 2 > most, "{counts:?}, {asked} of {all}");
    // What that one closure reads: every row of every group, once.
    let without = counts_with("workers.count()");
    assert_eq!(without.counts.closures, (asked - 1) * groups);
    let read_by_one = counts.rows - without.counts.rows;
    assert!((all..=all + rows).contains(&read_by_one), "{read_by_one}");

    // Run by rhai for every row, since it reads nothing by which rows would be alike: called as often
    // as rows are read by column.
    let by_row = counts_with("workers.count(|w| { let one = 1; one == 1 })");
    assert_eq!(by_row.counts.closures, by_column.counts.closures);
    assert_eq!(by_row.counts.left_to_rhai, *groups);
    assert_eq!(by_row.counts.calls, read_by_one);
    assert_eq!(by_row.counts.rows, by_column.counts.rows);

    // Run by rhai once for rows that are alike: of two answers, at most twice a group.
    let alike = counts_with("workers.count(|w| { let no = \"no\"; w.agency == no })");
    assert_eq!(alike.counts.closures, by_column.counts.closures);
    assert_eq!(alike.counts.left_to_rhai, *groups);
    let most = 3 * groups;
    assert!(
        (*groups..=most).contains(&alike.counts.calls),
        "{:?}",
        alike.counts
    );
    let others = alike.counts.rows - alike.counts.calls;
    assert_eq!(others, without.counts.rows);
}
