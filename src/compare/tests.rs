//! Comparisons of councils made from the samples.

use super::figures::{median, of_score, quantile, spread, wilson};
use super::{Comparison, NotADay, Row, Standing, compare};
use crate::host::Host;
use crate::publication::{Earlier, Figure, Publication};
use std::sync::LazyLock;

fn sample(council: &str) -> Publication {
    let host = Host::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = host.load(root.join("scripts").join(council)).unwrap();
    let data = host.read(&check).unwrap();
    host.assess(&check, &data, &Earlier::none())
        .unwrap()
        .into_inner()
}

fn figure(value: f64) -> Figure {
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.1}"),
    }
}

fn gone(symbol: &str) -> Figure {
    Figure {
        value: None,
        symbol: Some(symbol.into()),
        text: symbol.into(),
    }
}

/// A council of both services like Northshire, under another name, whose overall score of
/// the whole is known with a standard error.
fn council(name: &str, overall: f64, error: Option<f64>) -> Publication {
    static LIKE: LazyLock<Publication> = LazyLock::new(|| sample("northshire"));
    let mut one = LIKE.clone();
    one.id = name.to_lowercase();
    one.council.name = name.into();
    one.council.code = format!("X-{name}");
    let score = &mut one.scopes[0].overall;
    score.score = figure(overall);
    score.rated = true;
    score.error = error.map(figure);
    one
}

fn on(mut one: Publication, day: &str) -> Publication {
    one.council.as_of = day.into();
    one
}

fn of(councils: &[Publication]) -> Comparison {
    compare(councils, None).unwrap()
}

fn overall(found: &Comparison) -> &Row {
    let both = found.services.iter().find(|one| one.services == "both");
    &both.expect("councils that run both").scores[0]
}

#[test]
fn councils_whose_intervals_overlap_are_not_told_apart() {
    let found = of(&[
        council("A", 60.0, Some(2.0)),
        council("B", 66.0, Some(2.0)),
        council("C", 80.0, Some(2.0)),
        council("D", 90.0, None),
    ]);
    let row = overall(&found);
    let standing = |at: usize| row.values[at].standing;
    let told = |above, below, not| {
        Some(Standing {
            clearly_above: above,
            clearly_below: below,
            not_distinguishable: not,
        })
    };
    assert_eq!(standing(0), told(0, 1, 1));
    assert_eq!(standing(1), told(0, 1, 1));
    assert_eq!(standing(2), told(2, 0, 0));
    // Without an interval there is a value and never a rank.
    assert_eq!(standing(3), None);
    assert_eq!(row.values[3].value.text, "90.0");
}

#[test]
fn intervals_that_touch_or_come_apart_by_rounding_alone_are_not_told_apart() {
    // 1.96 × 1.0 on either side, and room for rounding.
    for (other, apart) in [(63.92, false), (64.03, false), (64.05, true)] {
        let found = of(&[
            council("A", 60.0, Some(1.0)),
            council("B", other, Some(1.0)),
        ]);
        let standing = overall(&found).values[1].standing.unwrap();
        assert_eq!(standing.clearly_above == 1, apart, "{other}");
    }
}

#[test]
fn rows_stand_by_name_and_never_by_value() {
    let found = of(&[
        council("C", 10.0, Some(1.0)),
        council("A", 90.0, Some(1.0)),
        council("B", 50.0, Some(1.0)),
    ]);
    let names: Vec<&str> = overall(&found)
        .values
        .iter()
        .map(|one| &*one.council)
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn four_councils_have_no_spread_and_five_have_one() {
    let some = |count: usize| -> Vec<Publication> {
        ["A", "B", "C", "D", "E"][..count]
            .iter()
            .enumerate()
            .map(|(at, name)| council(name, 50.0 + 10.0 * at as f64, Some(2.0)))
            .collect()
    };
    assert_eq!(overall(&of(&some(4))).spread, None);
    let found = of(&some(5));
    let spread = overall(&found).spread.as_ref().unwrap();
    let texts = [&spread.p25, &spread.p50, &spread.p75].map(|one| one.text.as_str());
    assert_eq!(texts, ["60.0", "70.0", "80.0"]);
}

#[test]
fn an_item_that_does_not_compare_in_one_council_is_not_shown_for_it() {
    let mut changed = council("B", 60.0, None);
    let of_item = |found: &Comparison| {
        let both = found.services.iter().find(|one| one.services == "both");
        let items = &both.expect("councils that run both").items;
        let row = items.iter().find(|row| row.id == "cover").cloned();
        row.map(|row| (row.councils, row.without))
    };
    let others = [council("A", 60.0, None), council("C", 60.0, None)];
    let with = |one: &Publication| of(&[others[0].clone(), one.clone(), others[1].clone()]);
    assert_eq!(of_item(&with(&changed)), Some((3, 0)));
    for word in ["not comparable", "omitted"] {
        let item = changed.items.iter_mut().find(|item| item.id == "cover");
        item.unwrap().comparability = word.into();
        assert_eq!(of_item(&with(&changed)), Some((2, 1)), "{word}");
    }
    // Alone it is no comparison at all.
    let both = of(&[others[0].clone(), changed]);
    assert_eq!(of_item(&both), None);
}

#[test]
fn a_share_has_wilsons_interval_and_another_measure_none() {
    let mut a = council("A", 60.0, None);
    for item in &mut a.items {
        for finding in &mut item.findings {
            if let Some(reading) = &mut finding.national {
                reading.base = Some(figure(200.0));
            }
        }
    }
    let mut b = a.clone();
    (b.id, b.council.code, b.council.name) = ("b".into(), "X-B".into(), "B".into());
    let found = of(&[a, b]);
    let both = &found.services[2];
    for row in &both.items {
        let share = super::side_by_side::SHARES.contains(&row.id.as_str());
        for one in &row.values {
            assert_eq!(one.low.is_some(), share, "{}", row.id);
            assert_eq!(one.standing.is_some(), share, "{}", row.id);
        }
    }
}

#[test]
fn a_service_is_set_beside_the_same_service_and_a_whole_beside_a_whole() {
    let found = of(&[
        sample("northshire"),
        sample("eastmere"),
        sample("sandbourne"),
    ]);
    let services: Vec<&str> = found.services.iter().map(|one| &*one.services).collect();
    // Only Northshire runs both.
    assert_eq!(services, ["children", "adults"]);
    let adults = &found.services[1].scores[1];
    let northshire = sample("northshire");
    let own = &northshire.scopes[2].standards[0].result.score;
    let shown = adults.values.iter().find(|one| one.council == "northshire");
    assert_eq!(shown.map(|one| &one.value), own.value.map(|_| own));
}

#[test]
fn another_edition_and_another_employer_are_not_set_side_by_side_and_that_is_said() {
    let mut old = council("B", 60.0, None);
    old.edition = "2019.1".into();
    let mut trust = council("D", 60.0, None);
    trust.council.kind = "voluntary".into();
    let found = of(&[
        council("A", 60.0, None),
        old,
        council("C", 60.0, None),
        trust,
    ]);
    assert_eq!(overall(&found).councils, 2);
    assert_eq!(found.summary.councils, 4);
    assert_eq!(
        found.left_out,
        [
            "B is not set side by side: it used another edition of the national core",
            "D is not set side by side: it is no council"
        ]
    );
}

#[test]
fn of_several_editions_the_latest_is_compared_and_none_after_the_day() {
    let editions = [
        on(council("A", 60.0, None), "2024-09-30"),
        on(council("A", 65.0, None), "2026-09-30"),
        on(council("A", 62.0, None), "2025-09-30"),
        on(council("B", 50.0, None), "2025-09-30"),
    ];
    let found = of(&editions);
    assert_eq!(
        (found.as_of.as_str(), found.councils.len()),
        ("2026-09-30", 2)
    );
    assert_eq!(
        (found.councils[0].earlier, &*found.councils[0].as_of),
        (2, "2026-09-30")
    );
    assert_eq!(overall(&found).values[0].value.text, "65.0");
    let found = compare(&editions, Some("2025-12-31")).unwrap();
    assert_eq!(overall(&found).values[0].value.text, "62.0");
    assert_eq!(found.left_out.len(), 1);
    let bad = compare(&editions, Some("yesterday"));
    assert_eq!(bad, Err(NotADay("yesterday".into())));
}

#[test]
fn two_different_results_of_one_council_and_day_count_for_neither_and_the_same_twice_once() {
    let one = council("A", 60.0, None);
    let other = council("A", 61.0, None);
    let b = council("B", 60.0, None);
    let found = of(&[one.clone(), other, b.clone()]);
    assert_eq!(found.councils.len(), 1);
    assert!(
        found.left_out[0].contains("they differ"),
        "{:?}",
        found.left_out
    );
    let found = of(&[one.clone(), one, b]);
    assert_eq!((found.councils.len(), found.left_out.len()), (2, 0));
}

#[test]
fn who_has_not_clearly_improved_in_two_editions_is_named() {
    let three = |name: &str, scores: [f64; 3], errors: [Option<f64>; 3]| {
        let days = ["2024-09-30", "2025-09-30", "2026-09-30"];
        (0..3)
            .map(|at| on(council(name, scores[at], errors[at]), days[at]))
            .collect::<Vec<_>>()
    };
    let sure = [Some(2.0); 3];
    // 1.96 × √(2² + 2²) is 5.54.
    let all: Vec<Publication> = [
        three("Flat", [60.0, 60.0, 60.0], sure),
        three("Down", [60.0, 50.0, 40.0], sure),
        three("Nearly", [60.0, 65.5, 71.0], sure),
        three("Once", [60.0, 65.6, 65.6], sure),
        three("Lately", [60.0, 60.0, 65.6], sure),
        three("Unsure", [60.0, 60.0, 60.0], [Some(2.0), None, Some(2.0)]),
        vec![council("New", 60.0, Some(2.0))],
    ]
    .concat();
    let found = of(&all).summary.not_improved;
    assert_eq!(found.councils, ["Down", "Flat", "Nearly"]);
    assert_eq!((found.of, found.cannot_tell, found.too_few), (5, 1, 1));
}

#[test]
fn a_grade_has_expired_on_the_day_after_it_was_valid() {
    let mut one = council("A", 60.0, None);
    one.scopes[0].grade.word = "good".into();
    one.scopes[0].grade.valid_to_on = "2027-09-30".into();
    let expired = |day: &str| {
        let found = compare(std::slice::from_ref(&one), Some(day)).unwrap();
        found.summary.grades.expired
    };
    assert_eq!((expired("2027-09-30"), expired("2027-10-01")), (0, 1));
    let words = of(&[one]).summary.grades.words;
    let counts: Vec<usize> = words.iter().map(|one| one.councils).collect();
    assert_eq!(counts, [0, 1, 0, 0, 0]);
}

#[test]
fn the_summary_counts_what_was_done_said_and_withheld() {
    let mut a = council("A", 60.0, None);
    let mut b = council("B", 60.0, None);
    for (one, scores) in [(&mut a, [70.0, 60.0, 40.0]), (&mut b, [70.0, 60.0, 50.0])] {
        for (at, standard) in one.scopes[0].standards.iter_mut().enumerate() {
            standard.result.score = figure(scores.get(at).copied().unwrap_or(80.0));
            standard.result.rated = true;
        }
    }
    b.tailoring.word = "in part".into();
    b.feedback = None;
    b.awareness[0].yes = gone("c");
    let mut hidden = council("C", 60.0, None);
    for scope in &mut hidden.scopes {
        scope.overall.score = gone("c");
        scope.overall.rated = false;
        for standard in &mut scope.standards {
            standard.result.score = gone("c");
            standard.result.rated = false;
        }
    }
    for reading in hidden
        .items
        .iter_mut()
        .flat_map(|item| &mut item.findings)
        .flat_map(|finding| finding.national.iter_mut().chain([&mut finding.local]))
    {
        reading.value = gone("c");
    }
    // A council that brought nothing has not done the check.
    let mut empty = council("D", 60.0, None);
    empty.tailoring.word = "without figures".into();
    let found = of(&[a.clone(), empty]).summary;
    assert_eq!(found.councils, 1);
    assert_eq!(found.carried_out[3].councils, 1);
    let found = of(&[a, b, hidden]).summary;
    assert_eq!((found.councils, found.everything_withheld), (3, 1));
    let done: Vec<usize> = found.carried_out.iter().map(|one| one.councils).collect();
    assert_eq!(done, [0, 2, 1, 0]);
    assert_eq!(found.lowest, ["IT systems and administrative support"]);
    let systems = &found.standards[2];
    let median = systems.median.as_ref().map(|one| one.text.as_str());
    assert_eq!((systems.rated, median), (2, Some("45.0")));
    assert_eq!((systems.lowest_in, systems.of), (2, 2));
    assert_eq!(
        (found.awareness[0].councils, found.awareness[0].withheld),
        (2, 1)
    );
    let helpful: usize = found.feedback.helpful.iter().map(|one| one.councils).sum();
    assert_eq!(helpful, 3);
}

#[test]
fn wilsons_interval_has_the_textbook_ends_and_room_for_rounding() {
    let (low, high) = wilson(50.0, 100.0).unwrap();
    assert!(
        (low - 40.38).abs() < 0.06 && (high - 59.62).abs() < 0.06,
        "{low} {high}"
    );
    let (low, high) = wilson(0.0, 10.0).unwrap();
    assert!(low == 0.0 && (high - 27.8).abs() < 0.2, "{high}");
    assert_eq!(wilson(50.0, 0.0), None);
    assert_eq!(wilson(101.0, 10.0), None);
}

#[test]
fn quantiles_lie_between_ranks_and_few_values_have_none() {
    assert_eq!(quantile(&[], 0.5), None);
    assert_eq!(quantile(&[3.0], 0.25), Some(3.0));
    assert_eq!(quantile(&[1.0, 2.0], 0.25), Some(1.25));
    assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0, 10.0], 0.75), Some(4.0));
    assert!(spread([1.0, 2.0, 3.0, 4.0].into_iter()).is_none());
    let middle = median([9.0, 1.0, 5.0].into_iter());
    assert_eq!(middle.map(|one| one.text), Some("5.0".into()));
}

#[test]
fn a_score_without_an_error_has_no_interval() {
    let mut score = council("A", 99.0, Some(2.0)).scopes[0].overall.clone();
    let (low, high) = of_score(&score).unwrap();
    assert!(low < 95.1 && high == 100.0, "{low} {high}");
    score.error = None;
    assert_eq!(of_score(&score), None);
    score.error = Some(gone("c"));
    assert_eq!(of_score(&score), None);
}
