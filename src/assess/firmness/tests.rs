//! Resamples of councils made by hand.

use super::*;
use crate::assess::faults::Faults;
use crate::assess::groups::Selection;
use crate::assess::interval::t_of;
use crate::assess::test_council::{TestCouncil, claim};
use crate::assess::{EachRow, Laid, experience};
use crate::assessment::Finding;
use crate::check::Says;
use crate::national::Service::{self, Adults, Children};

#[test]
fn a_population_has_as_many_as_were_asked_and_each_sheet_as_often_as_any_but_one() {
    let mut chance = SplitMix64::seeded(3);
    for (sheets, asked) in [
        (10_u32, 10_u32),
        (10, 11),
        (10, 25),
        (7, 20),
        (1, 5),
        (30, 59),
    ] {
        let mut lot = Lot::of(sheets as usize, Some(asked));
        for _ in 0..20 {
            lot.populate(asked, &mut chance);
            assert_eq!(lot.population.len(), asked as usize);
            for sheet in 0..sheets {
                let times = lot.population.iter().filter(|one| **one == sheet).count();
                let least = (asked / sheets) as usize;
                assert!((least..=least + 1).contains(&times), "{sheet}: {times}");
            }
        }
    }
}

#[test]
fn a_resample_has_as_many_sheets_and_none_more_often_than_it_is_in_the_population() {
    let mut chance = SplitMix64::seeded(4);
    for asked in [None, Some(12), Some(17), Some(40)] {
        let mut lot = Lot::of(12, asked);
        let mut times = vec![0; 12];
        for _ in 0..50 {
            lot.draw(&mut chance, &mut times);
            assert_eq!(times.iter().sum::<u32>(), 12);
            let most = asked.map_or(12, |asked: u32| asked.div_ceil(12));
            assert!(times.iter().all(|times| *times <= most), "{asked:?}");
        }
    }
    let mut all = vec![0; 12];
    Lot::of(12, Some(12)).draw(&mut chance, &mut all);
    assert_eq!(all, [1; 12]);
}

#[test]
fn the_seed_is_that_of_code_date_and_edition() {
    // printf 'E10000099\n2026-09-30\n2026.1' | sha256sum
    let council = TestCouncil::new(&[Adults]).parts.council;
    assert_eq!(seed(&council), SEED);
}

const SEED: u64 = 0x4b42_ef5d_bfc9_a052;

const SIX: [(&str, usize); 6] = [
    ("caseload", 8),
    ("supervision", 7),
    ("systems", 7),
    ("staffing", 7),
    ("research", 5),
    ("welfare", 5),
];

/// All 39 items as questions; of each service's sheets so many agree throughout, the others
/// neither agree nor disagree.
fn council(services: &[Service], agreeing: usize, neither: usize) -> TestCouncil {
    let questions = |council: TestCouncil, (id, count)| council.questions(id, count);
    let council = SIX.into_iter().fold(TestCouncil::new(services), questions);
    services.iter().fold(council, |council, service| {
        council
            .sheets(agreeing, Some(*service), None, &[Some(3); 39])
            .sheets(neither, Some(*service), None, &[Some(2); 39])
    })
}

fn firmness_of(council: &TestCouncil) -> Vec<Option<f64>> {
    let scopes = council.assess().scopes;
    scopes.iter().map(|scores| scores.firmness).collect()
}

#[test]
fn a_grade_far_from_the_edge_of_a_band_is_firm_and_one_at_the_edge_is_not() {
    assert_eq!(firmness_of(&council(&[Adults], 50, 0)), [Some(100.0)]);
    // 30 of 50 agree and 100 were asked: the mean is 65, the lower end 62.51.
    let found = council(&[Adults], 30, 20).assess();
    let lower_end = found.scopes[0].lower_end.expect("an interval");
    assert!((62.5..62.53).contains(&lower_end), "{lower_end}");
    let firmness = found.scopes[0].firmness.expect("a band");
    assert!((30.0..70.0).contains(&firmness), "{firmness}");
}

#[test]
fn when_everybody_answered_the_grade_is_certain() {
    for services in [&[Adults][..], &[Children, Adults]] {
        let mut council = council(services, 30, 20);
        for service in services {
            council.parts.council.asked.insert(*service, 50);
        }
        let firmness = firmness_of(&council);
        assert_eq!(firmness, vec![Some(100.0); firmness.len()]);
    }
}

#[test]
fn the_same_council_is_always_as_firm_whatever_the_order_of_its_rows() {
    let council = || council(&[Children, Adults], 33, 17).sheets(3, Some(Adults), None, &[Some(0)]);
    let one = firmness_of(&council());
    assert!(one.iter().all(|firmness| firmness.is_some()));
    assert_eq!(one, firmness_of(&council()));
    assert_eq!(one, firmness_of(&council().backwards()));
    let mut another_code = council();
    another_code.parts.council.code = "E10000098".into();
    assert_ne!(one, firmness_of(&another_code));
}

#[test]
fn sheets_without_an_answer_to_a_national_question_change_nothing() {
    let council = || council(&[Adults], 33, 17);
    let with_blanks = council().sheets(9, Some(Adults), None, &[None; 39]);
    assert_eq!(firmness_of(&council()), firmness_of(&with_blanks));
}

#[test]
fn where_nobody_knows_how_many_were_asked_sheets_are_drawn_with_replacement() {
    let mut unknown = council(&[Adults], 33, 17);
    unknown.parts.council.asked.clear();
    let [Some(without)] = firmness_of(&unknown)[..] else {
        panic!("the council has a band");
    };
    assert!(without < 100.0, "{without}");
}

#[test]
fn a_council_of_which_a_standard_is_not_rated_is_not_resampled() {
    let mut without = council(&[Adults], 33, 17);
    without
        .parts
        .items
        .retain(|item| item.standard != "research");
    assert_eq!(firmness_of(&without), [None]);
}

/// The rule judges the sheets as the page does, claims and too few answers included.
#[test]
fn the_sheets_as_brought_are_judged_as_the_scores_are() {
    let claims = |council: TestCouncil| {
        council
            .statement("ceiling-reviewed", "caseload", vec![claim(Says::Yes, None)])
            .statement("workforce-plan", "staffing", vec![claim(Says::Yes, None)])
            .with("caseload-1", |item| item.id = "caseload-manageable".into())
    };
    for (services, agreeing) in [(&[Adults][..], 10), (&[Children, Adults], 31)] {
        let mut council = claims(council(services, agreeing, 40));
        // One question that nine answered, and one that eleven did.
        for sheet in 0..11 {
            let mut answers = vec![None; 39];
            answers[37] = Some(4).filter(|_| sheet < 9);
            answers[38] = Some(4);
            council = council.sheets(1, Some(Adults), None, &answers);
        }
        let found = council.assess();
        for scores in &found.scopes {
            let mean = scores.national.iter().map(|s| s.assured).sum::<f64>() / 6.0;
            assert_eq!(scores.assured, mean);
            let half = scores.spread.expect("a question").half_width;
            assert_eq!(scores.lower_end, Some((mean - half).max(0.0)));
        }
    }
}

/// What resampling works on, of a council made by hand.
fn ready(council: &TestCouncil) -> (Survey, Strata, Vec<Rule>) {
    let (check, data) = (council.check(), council.data());
    let mut faults = Faults::default();
    let laid = Laid::out(&check, &data, &[], &mut faults);
    let survey = Survey::of(&check, &laid.selections[0]);
    let mut findings = laid.findings(&check, EachRow::Noted, &mut faults);
    experience::set_beside(&check, &laid.selections, &laid.response, &mut findings);
    let strata = Strata::of(&check, &survey, &laid.weighting);
    let rule = |(selection, here): (&Selection, Vec<&Finding>)| {
        let service = selection.group.service;
        let response = laid.response.iter().find(|part| part.service == service);
        let (asked, answered) = response.map_or((None, None), |part| (part.asked, part.answered));
        Rule::of(&check, &here, &survey, asked, t_of(answered.unwrap_or(0)))
    };
    let rules = laid.scopes(&findings).map(rule).collect();
    (survey, strata, rules)
}

#[test]
fn a_band_that_means_tell_is_the_band_by_the_whole_rule() {
    // Far below an edge, at it, above it, and of two services of which one is weak.
    let mut told = Vec::new();
    for (services, agreeing, neither) in [
        (&[Adults][..], 10, 40),
        (&[Adults], 30, 20),
        (&[Adults], 50, 0),
        (&[Children, Adults], 31, 19),
    ] {
        let council =
            council(services, agreeing, neither).sheets(4, Some(Adults), None, &[Some(0)]);
        let (survey, mut strata, rules) = ready(&council);
        let mut chance = SplitMix64::seeded(5);
        let mut known = 0;
        for _ in 0..200 {
            let times: Vec<Vec<u32>> = survey
                .parts
                .iter()
                .map(|part| {
                    let (lots, asked) = part.lots();
                    let mut times = vec![0; lots];
                    Lot::of(lots, asked).draw(&mut chance, &mut times);
                    times
                })
                .collect();
            strata.refill_means(&survey, &times);
            let by_means = bands_by_means(&rules, &strata);
            strata.refill(&survey, &times);
            if let Some(by_means) = by_means {
                known += 1;
                assert_eq!(by_means, bands(&rules, &strata), "{services:?} {agreeing}");
            }
        }
        told.push(known);
    }
    assert_eq!(told[0], 200, "far below the edge nothing else is needed");
    assert!(
        told[1] < 150,
        "at the edge the width of the interval tells: {told:?}"
    );
}
