//! Publications that no council made: nothing may hang or panic.

use super::page::*;
use crate::attack::{attack, attempt};
use crate::publication::Correction;
use crate::publication::{Figure, Publication};
use std::time::{Duration, Instant};

fn quickly(page: &Publication) -> Vec<String> {
    let began = Instant::now();
    let openings = attack(&[page]);
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
    openings.into_iter().map(|opening| opening.what).collect()
}

fn crowded(groups: usize) -> Publication {
    let mut findings = vec![finding("whole", "whole", answered([20; 5]))];
    let mut all = Vec::new();
    for at in 0..groups {
        let name = format!("{at}");
        let reading = if at % 2 == 0 {
            withheld()
        } else {
            answered([2; 5])
        };
        findings.push(finding("team", &name, reading));
        all.push(group("team", &name, &[]));
    }
    published(all, vec![item("cover", "staffing", "question", findings)])
}

#[test]
fn thousands_of_groups_are_told_and_not_tried() {
    assert_eq!(quickly(&crowded(5_000)), ["unfinished"]);
}

#[test]
fn figures_that_contradict_one_another_open_nothing_and_are_told() {
    // Two hundred teams of ten in a whole of a hundred.
    let found = attempt(&[&crowded(300)]);
    assert_eq!(found.openings, []);
    assert_eq!(found.contradictions.len(), 1);
}

#[test]
fn numbers_of_those_who_answered_that_contradict_one_another_open_nothing_and_are_told() {
    let mut page = crowded(0);
    // More of one service than of the whole.
    page.response = vec![
        response("whole", 60.0, number(40.0)),
        response("children", 50.0, number(45.0)),
        response("adults", 10.0, symbol("c")),
    ];
    let found = attempt(&[&page]);
    assert_eq!(found.openings, []);
    let [told] = &found.contradictions[..] else {
        panic!("{:?}", found.contradictions)
    };
    assert!(told.contains("`who answered` contradict"), "{told}");
}

#[test]
fn after_a_correction_the_withheld_number_of_a_service_may_be_nought() {
    let mut page = crowded(0);
    page.response = vec![
        response("whole", 60.0, number(40.0)),
        response("children", 20.0, symbol("c")),
        response("adults", 40.0, number(40.0)),
    ];
    let found = attempt(&[&page]);
    assert_eq!(found.contradictions.len(), 1, "else nought is printed");
    page.corrections = vec![Correction {
        id: "one-sheet".into(),
        on: "2 November 2026".into(),
        because: "One sheet had been read wrongly".into(),
    }];
    assert_eq!(attempt(&[&page]).contradictions, [""; 0]);
}

#[test]
fn huge_negative_and_missing_numbers_neither_panic_nor_hang() {
    for value in [1e300, -1e300, -5.0, 0.3, 1e12, 9e8] {
        let mut page = crowded(20);
        for finding in &mut page.items[0].findings {
            if finding.local.n.value.is_some() {
                finding.local.n = number(value);
                finding.local.value = number(-value);
            }
        }
        quickly(&page);
        page.response = vec![response("whole", value, symbol("c"))];
        page.items[0].weight = value;
        page.items[0].kind = "measure".into();
        quickly(&page);
    }
    let mut page = crowded(20);
    page.items[0].rule = "“”“".into();
    page.items[0].findings[0].local.n = Figure {
        value: None,
        symbol: None,
        text: String::new(),
    };
    quickly(&page);
}

#[test]
fn groups_within_one_another_in_a_circle_come_to_an_end() {
    let mut page = crowded(6);
    page.groups
        .push(group("ring", "a", &[("ring", "b"), ("team", "1")]));
    page.groups
        .push(group("ring", "b", &[("ring", "a"), ("ring", "b")]));
    for group in &mut page.groups {
        group.within.push(("ring".into(), "a".into()));
    }
    page.items[0]
        .findings
        .push(finding("ring", "a", withheld()));
    page.items[0]
        .findings
        .push(finding("ring", "b", withheld()));
    quickly(&page);
}
