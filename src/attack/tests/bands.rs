//! Bands of caseload, by hand: what follows from what is printed, and what does not.

use super::page::{finding, group, item, measured, number, published, tenths, withheld};
use crate::attack::{Opening, attack};
use crate::national::band_words;
use crate::publication::{AnswerCount, Bands, Finding, Item, Publication, Reading};

/// A reading of the share above 20, with the bands three ways.
fn told(counts: [u32; 3]) -> Reading {
    let n: u32 = counts.iter().sum();
    let mut reading = share(counts[2], n);
    let part = |(range, people): (std::ops::Range<usize>, u32)| AnswerCount {
        label: band_words(range),
        count: number(f64::from(people)),
        share: tenths(100.0 * f64::from(people) / f64::from(n)),
    };
    reading.bands = Some(Bands {
        counts: [0..2, 2..3, 3..5]
            .into_iter()
            .zip(counts)
            .map(part)
            .collect(),
        quantiles: Vec::new(),
    });
    reading
}

/// A reading of the share above some line, without bands.
fn share(over: u32, n: u32) -> Reading {
    let mut reading = measured(0.0, f64::from(n));
    reading.value = tenths(100.0 * f64::from(over) / f64::from(n));
    reading.score = number(0.0);
    reading
}

fn measure(id: &str, rows: [(&str, Reading); 4]) -> Item {
    let findings: Vec<Finding> = rows
        .into_iter()
        .map(|(name, reading)| match name {
            "whole" => finding("whole", "whole", reading),
            name => finding("team", name, reading),
        })
        .collect();
    let mut item = item(id, "caseload", "measure", findings);
    item.rule = "100 at 0, 0 at 40".into();
    item.unit = "%".into();
    item
}

fn page(items: Vec<Item>) -> Publication {
    let teams = ["East", "North", "West"].map(|name| group("team", name, &[]));
    published(teams.to_vec(), items)
}

fn high(rows: [Reading; 4]) -> Item {
    let names = ["whole", "East", "North", "West"];
    let mut rows = rows.into_iter();
    measure(
        "high-caseloads",
        names.map(|name| (name, rows.next().expect("four"))),
    )
}

fn opened(openings: &[Opening]) -> Vec<(&str, &str)> {
    let named = |one: &Opening| one.what.starts_with("bands") || one.what.starts_with("single");
    let of_bands = openings.iter().filter(|one| named(one));
    of_bands
        .map(|one| (one.group.as_str(), one.what.as_str()))
        .collect()
}

#[test]
fn the_bands_of_one_team_are_the_wholes_less_the_others() {
    let rows = [
        told([18, 20, 14]),
        told([8, 8, 6]),
        told([7, 6, 5]),
        withheld(),
    ];
    let openings = attack(&[&page(vec![high(rows)])]);
    let found = opened(&openings);
    for what in ["bands: up to 16", "bands: over 16 to 20", "bands: over 20"] {
        assert!(found.contains(&("West", what)), "{found:?}");
    }
    let rows = [told([18, 20, 14]), told([8, 8, 6]), withheld(), withheld()];
    let openings = attack(&[&page(vec![high(rows)])]);
    assert_eq!(opened(&openings), []);
}

#[test]
fn a_mean_at_the_end_of_what_the_bands_allow_tells_how_many_lie_in_the_lowest() {
    let rows = || {
        [
            told([30, 20, 14]),
            told([8, 8, 0]),
            told([12, 6, 8]),
            told([10, 6, 6]),
        ]
    };
    let load = |east: f64| {
        let of = |name, value, n| (name, measured(value, n));
        let rows = [
            of("whole", 15.0, 64.0),
            of("East", east, 16.0),
            of("North", 15.0, 26.0),
            of("West", 15.0, 22.0),
        ];
        let mut item = measure("caseload-per-fte", rows);
        item.rule = "100 at 12, 0 at 22".into();
        item.unit = "cases per FTE".into();
        for finding in &mut item.findings {
            finding.local.score = number(0.0);
            finding
                .national
                .iter_mut()
                .for_each(|own| own.score = number(0.0));
        }
        item
    };
    let openings = attack(&[&page(vec![load(15.0), high(rows())])]);
    assert_eq!(opened(&openings), []);
    // Nobody holds more than 20, and the mean is 19.3: hardly anybody can hold 12 or fewer.
    let openings = attack(&[&page(vec![load(19.3), high(rows())])]);
    let found = opened(&openings);
    assert!(
        found.contains(&("East", "single bands: up to 12")),
        "{found:?}"
    );
}

#[test]
fn a_share_above_the_councils_own_ceiling_beside_the_bands_tells_of_those_between_two_lines() {
    let rows = || {
        [
            told([30, 20, 14]),
            told([10, 6, 4]),
            told([10, 8, 4]),
            told([10, 6, 6]),
        ]
    };
    let ceiling = |factor: &str, of: [Reading; 4]| {
        let mut of = of.into_iter();
        let mut own = measure(
            "over-own-ceiling",
            ["whole", "East", "North", "West"].map(|name| (name, of.next().expect("four"))),
        );
        own.national = false;
        own.national_formula = String::new();
        own.local_formula = format!(
            "|workers| workers.only(|w| w.cases >= 1).share(|w| w.cases > {factor} * w.fte)"
        );
        own.findings.iter_mut().for_each(|one| one.national = None);
        own
    };
    let found = |factor: &str, east: Reading| {
        let own = ceiling(factor, [share(24, 64), east, share(8, 22), share(9, 22)]);
        let mut page = page(vec![high(rows()), own]);
        page.council.ceiling = Some(17.0);
        let openings = attack(&[&page]);
        opened(&openings)
            .into_iter()
            .map(|(team, what)| (team.to_owned(), what.to_owned()))
            .collect::<Vec<_>>()
    };
    let beside = (
        "East".to_owned(),
        "bands beside `over-own-ceiling`".to_owned(),
    );
    // Ten of East hold more than 16: nine more than 17 leave one between.
    assert!(found("w.ceiling", share(9, 20)).contains(&beside));
    assert!(found("17", share(9, 20)).contains(&beside));
    assert!(!found("17", share(7, 20)).contains(&beside));
    // From four to ten may hold more than 17: seven numbers; above 25 nothing of it is told.
    assert!(!found("17", withheld()).contains(&beside));
    assert!(!found("25", withheld()).contains(&beside));
}
