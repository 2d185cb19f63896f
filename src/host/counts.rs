//! How often formulas go over rows while a council is assessed: once a closure, a figure and a
//! group, and never more.

use super::Host;
use crate::check::{HealthCheck, Item, Kind};
use crate::publication::Earlier;
use crate::script::{Formula, counted, on_deep_stack};
use std::collections::BTreeMap;
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

#[test]
fn closures_and_rows_are_as_many_as_items_times_groups_and_no_more() {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(keep.path()).build();
    host.begin("northshire").unwrap();
    let script = keep.path().join("northshire/check.rhai");
    let own = "\nmeasure(\"busy\", #{ standard: \"caseload\", ask: \"Busy\", unit: \"people\", \
               best: 0, worst: 300, value: |workers| workers.count(|w| w.cases > 10) });\n\
               breakdown(\"role\", #{ tables: [\"survey\", \"workers\"], by: \"role\" });\n";
    let text = fs::read_to_string(&script).unwrap();
    let own = match text.contains("breakdown(\"role\"") {
        true => own.split("breakdown").next().unwrap(),
        false => own,
    };
    fs::write(&script, text + own).unwrap();
    let check = host
        .load(&script)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let data = host.read(&check).unwrap();
    let assess = || host.assess(&check, &data, &Earlier::default());
    let (found, counts) = on_deep_stack(|| counted(assess));
    let found = found.unwrap();
    let asked: u64 = formulas(&check)
        .iter()
        .map(|formula| closures(formula))
        .sum();
    assert!(asked > 7, "the council's own is among them");
    // Groups in which `workers` can be told apart: all of them.
    let groups = found.groups.len() as u64;
    let mut breakdowns: BTreeMap<&str, u64> = BTreeMap::new();
    for group in &found.groups {
        *breakdowns.entry(&group.breakdown).or_default() += 1;
    }
    assert_eq!(counts.left_to_rhai, 0);
    assert_eq!(counts.closures, asked * groups);
    // Each breakdown has every row once, and small groups that are rolled together once more.
    let len = data.tables["workers"].len as u64;
    let all = len * breakdowns.len() as u64;
    let most = asked * (all + len);
    assert!(counts.rows <= most, "{counts:?}, {asked} of {all}");
    assert!(counts.rows * 2 > most, "{counts:?}, {asked} of {all}");
}
