//! Paperby, the council small enough to work out on paper: `tests/golden/paperby`, with the
//! working beside it. Scores before rounding and disclosure control, exactly.

use super::Host;
use crate::assess::{Firmness, assess};
use crate::assessment::{Assessment, Reading};
use crate::check::HealthCheck;
use crate::missing::{Amount, Missing};

fn paperby() -> (HealthCheck, Assessment) {
    let host = Host::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/paperby");
    let check = host.load(folder).expect("Paperby's script is sound");
    let data = host.read(&check).expect("Paperby's data are sound");
    let assessment = assess(&check, &data, &[], &Firmness::none());
    (check.into_inner(), assessment)
}

fn close(found: f64, paper: f64) -> bool {
    (found - paper).abs() < 1e-9
}

fn national<'a>(check: &HealthCheck, assessment: &'a Assessment, id: &str) -> &'a Reading {
    let item = check
        .items()
        .iter()
        .position(|item| item.id == id)
        .expect("an item of the working");
    assessment
        .findings
        .iter()
        .find(|finding| finding.item == item && finding.group == 0)
        .and_then(|finding| finding.national.as_ref())
        .expect("a national item has a national reading for the whole")
}

/// Item, value and score as worked out on paper; a symbol where there is none.
const ITEMS: [(&str, Amount, Amount); 39] = [
    ("caseload-per-fte", Ok(16.0), Ok(60.0)),
    ("high-caseloads", Ok(12.5), Ok(68.75)),
    ("unallocated-cases", Ok(2.5), Ok(50.0)),
    ("hours-over-contract", Ok(2.0), Ok(75.0)),
    ("caseload-manageable", Ok(50.0), Ok(50.0)),
    ("caseload-fits-experience", Ok(75.0), Ok(75.0)),
    ("ceiling-reviewed", Ok(100.0), Ok(100.0)),
    ("newly-qualified-protected", Ok(50.0), Ok(50.0)),
    ("supervision-held", Ok(90.0), Ok(75.0)),
    ("appraisal-current", Ok(75.0), Ok(37.5)),
    ("supervision-quality", Ok(75.0), Ok(75.0)),
    ("supervision-protected", Ok(80.0), Ok(80.0)),
    ("manager-access", Ok(50.0), Ok(50.0)),
    (
        "team-supervision",
        Err(Missing::Unreliable),
        Err(Missing::Unreliable),
    ),
    (
        "supervision-policy",
        Err(Missing::NotAvailable),
        Err(Missing::NotAvailable),
    ),
    ("system-hours-lost", Ok(4.0), Ok(50.0)),
    ("case-system", Ok(75.0), Ok(75.0)),
    ("equipment", Ok(80.0), Ok(80.0)),
    ("it-help", Ok(50.0), Ok(50.0)),
    (
        "admin-support",
        Err(Missing::NotAvailable),
        Err(Missing::NotAvailable),
    ),
    (
        "confidential-space",
        Err(Missing::Unreliable),
        Err(Missing::Unreliable),
    ),
    ("admin-tasks-reviewed", Ok(0.0), Ok(0.0)),
    ("vacancy-rate", Ok(10.0), Ok(80.0)),
    ("turnover-rate", Ok(15.0), Ok(1000.0 / 17.0)),
    ("agency-rate", Ok(10.0), Ok(1000.0 / 13.0)),
    (
        "time-to-fill",
        Err(Missing::NotApplicable),
        Err(Missing::NotApplicable),
    ),
    (
        "cover",
        Err(Missing::NotAvailable),
        Err(Missing::NotAvailable),
    ),
    ("intend-to-stay", Ok(80.0), Ok(80.0)),
    ("workforce-plan", Ok(50.0), Ok(50.0)),
    ("research-access", Ok(75.0), Ok(75.0)),
    ("research-time", Ok(50.0), Ok(50.0)),
    ("development", Ok(80.0), Ok(80.0)),
    ("specialist-advice", Ok(62.5), Ok(62.5)),
    ("research-service", Ok(100.0), Ok(100.0)),
    ("sickness-absence", Ok(4.0), Ok(60.0)),
    ("safe-at-work", Ok(80.0), Ok(80.0)),
    ("raise-concerns", Ok(75.0), Ok(75.0)),
    ("wellbeing-support", Ok(50.0), Ok(50.0)),
    ("lone-working", Ok(50.0), Ok(50.0)),
];

#[test]
fn every_item_is_as_on_paper() {
    let (check, assessment) = paperby();
    for (id, value, score) in ITEMS {
        let found = national(&check, &assessment, id);
        for (found, paper, what) in [(found.value, value, "value"), (found.score, score, "score")] {
            let agrees = match (found, paper) {
                (Ok(found), Ok(paper)) => close(found, paper),
                (found, paper) => found == paper,
            };
            assert!(
                agrees,
                "{what} of {id}: found {found:?}, on paper {paper:?}"
            );
        }
    }
}

#[test]
fn every_standard_and_the_overall_score_are_as_on_paper() {
    let (_, assessment) = paperby();
    let scores = &assessment.scopes[0];
    let staffing = 210.0 + 1000.0 / 17.0 + 1000.0 / 13.0;
    let paper = [
        (66.09375, (8, 8), 66.09375),
        (63.5, (5, 7), 317.5 / 7.0),
        (51.0, (5, 7), 255.0 / 7.0),
        (staffing / 5.0, (5, 6), staffing / 6.0),
        (73.5, (5, 5), 73.5),
        (63.0, (5, 5), 63.0),
    ];
    for (found, (score, coverage, assured)) in scores.national.iter().zip(paper) {
        let id = found.standard.id();
        let rated = found.score.as_ref().expect("all six are rated");
        assert!(close(*rated, score), "{id}: {rated}, on paper {score}");
        assert_eq!(found.coverage, coverage, "{id}");
        assert!(
            close(found.assured, assured),
            "assured {id}: {}",
            found.assured
        );
    }
    let overall = scores.overall.as_ref().expect("the overall score is rated");
    let on_paper = paper.iter().map(|(score, ..)| score).sum::<f64>() / 6.0;
    assert!(close(*overall, on_paper), "{overall}, on paper {on_paper}");
    assert!((overall - 64.373845).abs() < 1e-6, "{overall}");
}

#[test]
fn the_local_scores_are_as_on_paper() {
    let (check, assessment) = paperby();
    let scores = &assessment.scopes[0];
    let staffing = (285.0 + 1000.0 / 17.0 + 1000.0 / 13.0) / 6.0;
    let paper = [60.0, 63.5, 51.0, staffing, 73.5, 465.0 / 8.0];
    for (found, paper) in scores.local.iter().zip(paper) {
        let id = &check.standards()[found.standard].id;
        let score = found.score.as_ref().expect("all are rated");
        assert!(close(*score, paper), "{id}: {score}, on paper {paper}");
    }
    let overall = scores.local_overall.as_ref().expect("rated");
    let on_paper = (2.0 * 60.0 + 63.5 + 51.0 + staffing + 73.5 + 465.0 / 8.0) / 7.0;
    assert!(close(*overall, on_paper), "{overall}, on paper {on_paper}");
}

#[test]
fn the_intervals_are_those_of_an_independent_calculation() {
    // Worked out apart, in plain Python, from the formula in `assess::interval`.
    let (_, assessment) = paperby();
    let scores = &assessment.scopes[0];
    let apart = [
        4.0814282714304735,
        8.614037840620126,
        8.614037840620126,
        2.4434089984617335,
        13.466486878101302,
        8.614037840620126,
    ];
    for (found, apart) in scores.national.iter().zip(apart) {
        let half = found
            .spread
            .expect("every standard has a question")
            .half_width;
        assert!(close(half, apart), "{}: {half}", found.standard.id());
    }
    let overall = scores.spread.expect("rated").half_width;
    assert!(close(overall, 7.580916549809141));
}

#[test]
fn shares_are_of_as_many_posts_or_people_as_on_paper() {
    let (check, assessment) = paperby();
    for (id, base) in [
        ("vacancy-rate", Some(40.0)),
        ("turnover-rate", Some(36.0)),
        ("agency-rate", Some(40.0)),
        ("appraisal-current", Some(32.0)),
        ("high-caseloads", Some(32.0)),
        ("caseload-per-fte", None),
        ("time-to-fill", None),
    ] {
        assert_eq!(national(&check, &assessment, id).base, base, "{id}");
    }
}
