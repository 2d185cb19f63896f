//! Bands of caseload through the whole chain: councils drawn at random, and a reader who goes
//! through whole numbers of people.

use super::Verdicts;
use crate::assess::test_council::{TestCouncil, words};
use crate::attack::attack;
use crate::chance::SplitMix64;
use crate::check::Breakdown;
use crate::data::{Column, Policy, Table};
use crate::national::Service::Adults;
use crate::publication::{Bands, Finding, Publication};
use crate::validate;
use std::collections::BTreeSet;

const TEAMS: [&str; 4] = ["East", "North", "South", "West"];

/// A team's index, full-time equivalent and cases.
type Holder = (usize, f64, f64);

fn published(holders: &[Holder]) -> Publication {
    let mut council = TestCouncil::new(&[Adults]);
    let ids = ["caseload-per-fte", "high-caseloads"];
    let items = validate::national().iter();
    let own = items.filter(|item| ids.contains(&item.id.as_str()));
    council.parts.items.extend(own.cloned());
    council.parts.breakdowns.push(Breakdown {
        id: "team".into(),
        tables: vec!["workers".into()],
        by: "team".into(),
        groups: Vec::new(),
    });
    let numbers =
        |of: fn(&Holder) -> f64| Column::Number(holders.iter().map(|one| Ok(of(one))).collect());
    let teams = words(holders.iter().map(|one| Some(TEAMS[one.0])));
    let columns = [
        ("fte", numbers(|one| one.1)),
        ("cases", numbers(|one| one.2)),
        ("team", teams),
    ];
    let council = council.brought(Table {
        id: "workers".into(),
        policy: Policy::MostRows,
        len: holders.len(),
        known: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        columns: columns
            .map(|(name, column)| (name.to_owned(), column))
            .into(),
        brought: true,
        here: true,
    });
    let (check, found) = (council.check(), council.assess());
    let (page, fault) = super::cleared("eastmere", &check, &found, &[], &[], &Verdicts::none())
        .expect("nothing before");
    assert!(fault.is_none());
    page
}

fn findings(page: &Publication) -> Vec<&Finding> {
    let item = page.items.iter().find(|item| item.id == "high-caseloads");
    item.expect("brought").findings.iter().collect()
}

fn bands(finding: &Finding) -> Option<&Bands> {
    finding.national.as_ref()?.bands.as_ref()
}

/// How many are in each band, as printed.
fn counts(bands: &Bands) -> Vec<u32> {
    let count = |text: &str| text.parse().expect("a number");
    bands
        .counts
        .iter()
        .map(|part| count(&part.count.text))
        .collect()
}

/// Holders of a full-time post, so many in the middle of each band.
fn team(index: usize, bands: [usize; 5]) -> Vec<Holder> {
    let loads = [10.0, 14.0, 18.0, 22.0, 28.0];
    let own = loads.into_iter().zip(bands);
    own.flat_map(|(cases, times)| vec![(index, 1.0, cases); times])
        .collect()
}

#[test]
fn bands_are_told_five_ways_of_many_and_three_ways_of_a_team() {
    let holders: Vec<Holder> = (0..4).flat_map(|at| team(at, [5, 6, 7, 4, 4])).collect();
    let page = published(&holders);
    let whole = bands(findings(&page)[0]).expect("of many");
    assert_eq!(counts(whole), [20, 24, 28, 16, 16]);
    let labels: Vec<&str> = whole
        .counts
        .iter()
        .map(|part| part.label.as_str())
        .collect();
    let expected = [
        "up to 12",
        "over 12 to 16",
        "over 16 to 20",
        "over 20 to 25",
        "over 25",
    ];
    assert_eq!(labels, expected);
    let quantiles: Vec<(u8, &str)> = (whole.quantiles.iter())
        .map(|one| (one.percentile, one.band.as_str()))
        .collect();
    let expected = [
        (25, "over 12 to 16"),
        (50, "over 16 to 20"),
        (75, "over 20 to 25"),
        (90, "over 25"),
    ];
    assert_eq!(quantiles, expected);
    for finding in &findings(&page)[1..] {
        assert_eq!(
            bands(finding).map(counts),
            Some(vec![11, 7, 8]),
            "{}",
            finding.group
        );
    }
    assert!(attack(&[&page]).is_empty());
}

#[test]
fn a_band_of_one_or_two_people_in_one_team_leaves_all_teams_untold() {
    let mut holders: Vec<Holder> = (0..3).flat_map(|at| team(at, [5, 6, 7, 4, 4])).collect();
    holders.extend(team(3, [6, 6, 2, 4, 4]));
    let page = published(&holders);
    let found = findings(&page);
    assert!(bands(found[0]).is_some(), "the whole");
    for finding in &found[1..] {
        let reading = finding.national.as_ref().expect("brought");
        assert!(reading.value.value.is_some() && reading.bands.is_none());
    }
}

#[test]
fn where_a_team_is_withheld_nothing_is_told_that_gives_its_bands() {
    let mut holders: Vec<Holder> = (0..3).flat_map(|at| team(at, [5, 6, 7, 4, 4])).collect();
    holders.extend(team(3, [2, 2, 2, 1, 1]));
    let page = published(&holders);
    let withheld = findings(&page).into_iter().filter(|finding| {
        finding
            .national
            .as_ref()
            .is_some_and(|own| own.value.text == "c")
    });
    assert!(
        withheld.clone().count() >= 2,
        "the small one and one beside it"
    );
    assert!(withheld.into_iter().all(|finding| bands(finding).is_none()));
    assert!(attack(&[&page]).is_empty());
}

#[test]
fn a_reader_who_goes_through_whole_people_finds_five_values_for_each_band_of_a_withheld_team() {
    let mut dice = SplitMix64::seeded(16);
    let (mut told, mut looked) = (0, 0);
    for _ in 0..60 {
        let mut holders = Vec::new();
        for at in 0..4 {
            let size = [0, 2, 4, 7][dice.below(4) as usize];
            let counts = [0; 5].map(|_| size + dice.below(4) as usize);
            for (at, _, cases) in team(at, counts) {
                let fte = if dice.below(3) == 0 { 0.5 } else { 1.0 };
                holders.push((at, fte, cases * fte));
            }
        }
        let page = published(&holders);
        assert!(attack(&[&page]).is_empty());
        let found = findings(&page);
        let teams = &found[1..];
        let Some(whole) = bands(found[0]).map(coarsely) else {
            continue;
        };
        told += 1;
        let is_withheld = |one: &&&Finding| {
            one.national
                .as_ref()
                .is_some_and(|own| own.value.text == "c")
        };
        let hidden: Vec<&&Finding> = teams.iter().filter(is_withheld).collect();
        let open: Vec<Vec<u32>> = teams
            .iter()
            .filter_map(|one| Some(coarsely(bands(one)?)))
            .collect();
        // Two are hidden and all others are told: what is left is theirs.
        if hidden.len() != 2 || open.len() + 2 != teams.len() {
            continue;
        }
        looked += 1;
        let left: Vec<u32> = (0..3)
            .map(|at| whole[at] - open.iter().map(|own| own[at]).sum::<u32>())
            .collect();
        let size = |one: &Finding| mean_tells_number(&page, &one.group);
        let mut seen = vec![BTreeSet::new(); 3];
        for low in 0..=left[0] {
            for middle in 0..=left[1] {
                for high in 0..=left[2] {
                    let (own, all) = (low + middle + high, left.iter().sum::<u32>());
                    let fits = |n: u32, one: &Finding| size(one).is_none_or(|known| known == n);
                    // Somebody is too few, or has one or two on a side.
                    let few = |n: u32, high: u32| {
                        n < 10 || (1..=2).contains(&high) || (1..=2).contains(&(n - high))
                    };
                    let rule = few(own, high) || few(all - own, left[2] - high);
                    if fits(own, hidden[0]) && fits(all - own, hidden[1]) && rule {
                        [low, middle, high]
                            .into_iter()
                            .zip(&mut seen)
                            .for_each(|(n, seen)| {
                                seen.insert(n);
                            });
                    }
                }
            }
        }
        for (at, seen) in seen.iter().enumerate() {
            assert!(seen.len() >= 5 || left[at] == 0, "{left:?}: {seen:?}");
        }
    }
    assert!(told >= 20 && looked >= 3, "{told} {looked}");
}

/// Three ways, whatever is printed.
fn coarsely(bands: &Bands) -> Vec<u32> {
    match counts(bands).as_slice() {
        [a, b, c, d, e] => vec![a + b, *c, d + e],
        three => three.to_vec(),
    }
}

/// How many hold cases, where the mean caseload prints it.
fn mean_tells_number(page: &Publication, group: &str) -> Option<u32> {
    let item = page
        .items
        .iter()
        .find(|item| item.id == "caseload-per-fte")?;
    let found = item.findings.iter().find(|one| one.group == group)?;
    found.national.as_ref()?.n.text.parse().ok()
}

/// A council that counts those above its own ceiling besides, by its script.
fn with_ceiling(holders: &[Holder], ceiling: u32) -> Publication {
    let value = "|workers| {
        let holders = workers.only(|w| w.cases >= 1);
        holders.share(|w| w.cases > w.ceiling * w.fte)
    }";
    with_measure(holders, ceiling, "", value)
}

/// A council with a measure of this value, behind what its script begins with.
fn with_measure(holders: &[Holder], ceiling: u32, begins: &str, value: &str) -> Publication {
    let library = "fn usual(people) { people.median(\"cases\") }\n";
    let script = format!(
        "{begins}
table(\"workers\", #{{ file: \"workers.csv\", columns: #{{ service: always(\"adults\"), ceiling: {ceiling} }} }});
measure(\"over-own-ceiling\", #{{
    standard: \"caseload\", ask: \"Above the ceiling that we agreed\", unit: \"%\",
    value: {value},
    best: 0, worst: 40,
}});
"
    );
    let rows = holders
        .iter()
        .map(|(at, fte, cases)| format!("{},{fte},{cases}\n", TEAMS[*at]));
    let workers = format!("team,fte,cases\n{}", rows.collect::<String>());
    super::apart::published(&script, &workers, library)
}

#[test]
fn bands_are_not_told_where_they_leave_one_or_two_people_between_two_lines() {
    // Each team holds eight between 16 and 20 cases, at 17 and at 19.
    let teams = |low: usize| -> Vec<Holder> {
        let near = |at: usize| {
            let mut own = team(at, [6, 6, 0, 6, 6]);
            own.extend(vec![(at, 1.0, 17.0); low]);
            own.extend(vec![(at, 1.0, 19.0); 8 - low]);
            own
        };
        (0..4).flat_map(near).collect()
    };
    let told = |page: &Publication| -> Vec<bool> {
        findings(page)
            .iter()
            .map(|one| bands(one).is_some())
            .collect()
    };
    // Above 18: those at 19. Four between 16 and the ceiling of each team may be told.
    assert_eq!(told(&with_ceiling(&teams(4), 18)), [true; 5]);
    // Two may not, of any team; of the whole there are eight.
    assert_eq!(
        told(&with_ceiling(&teams(2), 18)),
        [true, false, false, false, false]
    );
    // A ceiling of 20 is the line that is drawn anyhow.
    assert_eq!(told(&with_ceiling(&teams(2), 20)), [true; 5]);
}

#[test]
fn beside_a_quantile_of_cases_no_bands_are_told_however_a_formula_comes_by_it() {
    let holders: Vec<Holder> = (0..4).flat_map(|at| team(at, [6; 5])).collect();
    for (begins, value, are_told) in [
        ("", "|workers| workers.median(\"fte\")", true),
        ("", "|workers| workers.mean(\"cases\")", true),
        ("", "|workers| workers.median(\"cases\")", false),
        ("", "|workers| workers.quantile(\"cases\", 0.4)", false),
        ("", "|workers| workers.median(|w| w.cases * 2)", false),
        (
            "fn usual(people) { people.median(\"cases\") }",
            "|workers| usual(workers)",
            false,
        ),
        ("", "|workers| load::usual(workers)", false),
        (
            "",
            "|workers| if workers.count() < 40 { workers.median(\"cases\") } else { 0 }",
            false,
        ),
    ] {
        let page = with_measure(&holders, 30, begins, value);
        let told = findings(&page).iter().any(|one| bands(one).is_some());
        assert_eq!(told, are_told, "{begins} {value}");
    }
}

#[test]
fn beside_a_share_above_the_councils_own_ceiling_nothing_opens_in_random_councils() {
    let mut dice = SplitMix64::seeded(18);
    let mut told = 0;
    for _ in 0..16 {
        let mut holders = Vec::new();
        for at in 0..4 {
            for _ in 0..12 + dice.below(20) {
                holders.push((at, 1.0, (8 + dice.below(20)) as f64));
            }
        }
        let ceiling = [14, 17, 18, 19, 22][dice.below(5) as usize];
        let page = with_ceiling(&holders, ceiling);
        assert!(attack(&[&page]).is_empty());
        let item = page.items.iter().find(|item| item.id == "high-caseloads");
        assert!(item.is_some_and(|item| item.national));
        told += findings(&page)
            .iter()
            .filter(|one| bands(one).is_some())
            .count();
    }
    assert!(told >= 16, "{told}");
}
