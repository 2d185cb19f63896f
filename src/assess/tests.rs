//! Whole councils of questions and statements, assessed.

mod groups;

use super::test_council::{TestCouncil, claim};
use super::{assess, tried};
use crate::assessment::{LocalScore, WhyNot};
use crate::check::{ComparabilityKind, Says};
use crate::data::{Policy, TableSpec};
use crate::diagnostic::Code;
use crate::missing::Missing;
use crate::national::Service::{Adults, Children};
use crate::national::StandardId;
use crate::source::Spanned;

const SIX: [(&str, usize); 6] = [
    ("caseload", 8),
    ("supervision", 7),
    ("systems", 7),
    ("staffing", 7),
    ("research", 5),
    ("welfare", 5),
];

/// All 39 items as questions, which everybody answers alike.
fn full(answer: u8) -> TestCouncil {
    let questions = |council: TestCouncil, (id, count)| council.questions(id, count);
    let council = SIX.into_iter().fold(TestCouncil::new(&[Adults]), questions);
    council.sheets(20, Some(Adults), None, &[Some(answer); 39])
}

#[test]
fn what_a_test_gives_is_scored_as_a_run_scores_it() {
    let council = full(3).omitting("welfare-1");
    let (check, data) = (council.check(), council.data());
    let run = assess(&check, &data, &[], &crate::assess::Firmness::none());
    let tried = tried(&check, &data, true);
    let scores = |standards: &[LocalScore]| -> Vec<Result<f64, String>> {
        standards.iter().map(|one| one.score.clone()).collect()
    };
    assert_eq!(scores(&tried.standards), scores(&run.scopes[0].local));
    assert_eq!(tried.overall, run.scopes[0].local_overall);
    assert_eq!(tried.overall, Ok(75.0));
    let whole = run.findings.iter().filter(|finding| finding.group == 0);
    for ((index, reading), finding) in tried.readings.iter().zip(whole) {
        assert_eq!(*index, finding.item);
        assert_eq!(reading.score, finding.local.score);
    }
    assert_eq!(tried.readings.len(), 39);
}

#[test]
fn a_test_rates_a_standard_with_few_scored_items_unless_it_asks_for_enough() {
    let mut council = TestCouncil::new(&[Adults]).questions("welfare", 5);
    council = council.sheets(10, None, None, &[Some(3)]);
    let (check, data) = (council.check(), council.data());
    let welfare = |with_enough| {
        let tried = tried(&check, &data, with_enough);
        tried.standards.last().map(|one| one.score.clone())
    };
    assert_eq!(welfare(false), Some(Ok(75.0)));
    assert!(welfare(true).is_some_and(|score| score.is_err()));
}

#[test]
fn nine_answers_are_not_scored_and_ten_are() {
    for (sheets, score) in [
        (9, Err(Missing::Unreliable)),
        (10, Ok(75.0)),
        (11, Ok(75.0)),
    ] {
        let council = TestCouncil::new(&[Adults]).questions("welfare", 1).sheets(
            sheets,
            None,
            None,
            &[Some(3)],
        );
        let found = council.assess();
        let local = &found.finding(&council.check(), "welfare-1", "whole").local;
        assert_eq!(local.score, score, "{sheets}");
        assert_eq!(local.people, Some(sheets as u64));
    }
}

#[test]
fn five_of_eight_items_rate_a_standard_and_four_do_not() {
    for (standard, of, scored, rated) in [
        (StandardId::Caseload, 8, 5, true),
        (StandardId::Caseload, 8, 4, false),
        (StandardId::Systems, 7, 5, true),
        (StandardId::Systems, 7, 4, false),
        (StandardId::Welfare, 5, 3, true),
        (StandardId::Welfare, 5, 2, false),
    ] {
        let found = TestCouncil::new(&[Adults])
            .questions(standard.id(), of)
            .sheets(10, None, None, &vec![Some(4); scored])
            .assess();
        let score = found.whole().standard(standard);
        assert_eq!(score.score.is_ok(), rated, "{scored} of {of}");
        assert_eq!(score.coverage, (scored, of));
        assert_eq!(score.assured, 100.0 * scored as f64 / of as f64);
        let local = &found.whole().local[standard as usize];
        assert_eq!(local.score.is_ok(), rated);
    }
}

#[test]
fn claims_alone_do_not_rate_a_standard() {
    let mut council = TestCouncil::new(&[Adults]);
    for id in ["a", "b", "c"] {
        council = council.statement(id, "welfare", vec![claim(Says::Yes, None)]);
    }
    let found = council.assess();
    let welfare = found.whole().standard(StandardId::Welfare);
    assert!(
        welfare
            .score
            .as_ref()
            .is_err_and(|why| why.contains("claims alone"))
    );
    assert_eq!(welfare.assured, 100.0);
}

#[test]
fn an_item_changed_so_that_it_does_not_compare_counts_0_in_the_assured_score() {
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .with("welfare-1", |item| {
            item.comparability.kind = ComparabilityKind::NotComparable;
            item.comparability.reasons = vec!["its wording is changed".into()];
        })
        .sheets(10, None, None, &[Some(4); 5]);
    let found = council.assess();
    let finding = found.finding(&council.check(), "welfare-1", "whole");
    let national = finding.national.as_ref().expect("it is a national item");
    let why_not = WhyNot::NotComparable("its wording is changed".into());
    assert!(national.why_not == Some(why_not));
    assert_eq!(finding.local.score, Ok(100.0));
    let welfare = found.whole().standard(StandardId::Welfare);
    assert_eq!((welfare.coverage, welfare.assured), ((4, 5), 80.0));
}

#[test]
fn the_overall_score_is_the_mean_of_six_and_names_those_that_are_not_rated() {
    let found = full(3).assess();
    assert_eq!(found.whole().overall, Ok(75.0));
    assert_eq!(found.whole().local_overall, Ok(75.0));
    assert_eq!(found.whole().assured, 75.0);

    let mut without = full(3);
    without
        .parts
        .items
        .retain(|item| item.standard != "research");
    let found = without.assess();
    assert_eq!(found.whole().overall, Err(vec![StandardId::Research]));
    let why = found
        .whole()
        .local_overall
        .as_ref()
        .expect_err("one is not rated");
    assert!(why.contains("Research and information"), "{why}");
}

#[test]
fn leaving_items_out_never_raises_the_assured_score() {
    let mut council = full(4);
    let mut last = council.assess().whole().assured;
    for (standard, count) in SIX {
        for number in 1..=count {
            council = council.omitting(&format!("{standard}-{number}"));
            let assured = council.assess().whole().assured;
            assert!(assured <= last);
            last = assured;
        }
    }
    assert_eq!(last, 0.0);
}

#[test]
fn more_sheets_than_asked_is_a_fault_and_as_many_is_none() {
    for (sheets, faults) in [(100, 0), (101, 1)] {
        let found = TestCouncil::new(&[Adults])
            .questions("welfare", 1)
            .sheets(sheets, None, None, &[Some(4)])
            .assess();
        assert_eq!(found.faults.errors(), faults, "{sheets}");
    }
}

#[test]
fn totals_of_two_tables_that_differ_by_more_than_5_percent_are_warned_of() {
    // A list of headers alone counts nobody.
    let nobody: Vec<f64> = Vec::new();
    for (cases, warnings) in [(vec![50.0, 55.0], 0), (vec![50.0, 55.5], 1), (nobody, 0)] {
        let mut council = TestCouncil::new(&[Adults])
            .table("workers", Policy::MostRows, &[("cases", &cases)])
            .table(
                "workforce",
                Policy::AllRows,
                &[("allocated_cases", &[100.0])],
            );
        council.parts.tables.push(TableSpec {
            id: "workforce".into(),
            sheet: None,
            file: Spanned {
                value: "data/workforce.csv".into(),
                place: super::test_council::place(),
            },
            columns: Vec::new(),
            missing: Vec::new(),
            policy: Policy::AllRows,
            place: super::test_council::place(),
        });
        let found = council.assess();
        assert_eq!(
            found.codes(),
            vec![Code::TotalsDiffer; warnings],
            "{cases:?}"
        );
        let remarks = found
            .data_quality
            .iter()
            .filter(|r| r.words.contains("cases"));
        assert_eq!(remarks.count(), warnings);
    }
}

#[test]
fn statements_that_services_answer_differently_leave_the_whole_between_its_services() {
    let claims = |one, other| vec![claim(one, Some(Children)), claim(other, Some(Adults))];
    let says = [Says::Yes, Says::Partly, Says::No];
    for case in 0..162 {
        let said = |nth: u32| says[case / 3_usize.pow(nth) % 3];
        // Practitioners of one service bear every yes out, those of the other none.
        let (agree, disagree) = if case < 81 { (4, 0) } else { (0, 4) };
        let mut council = TestCouncil::new(&[Children, Adults])
            .questions("caseload", 2)
            .statement("ceiling-reviewed", "caseload", claims(said(0), said(1)))
            .statement(
                "newly-qualified-protected",
                "caseload",
                claims(said(2), said(3)),
            )
            .sheets(40, Some(Children), None, &[Some(agree); 2])
            .sheets(30, Some(Adults), None, &[Some(disagree); 2]);
        council.parts.council.asked.insert(Adults, 35);
        council.parts.items[0].id = "caseload-manageable".into();
        council.parts.items[1].id = "caseload-fits-experience".into();
        let found = council.assess();
        let assured: Vec<f64> = found
            .scopes
            .iter()
            .map(|scope| scope.standard(StandardId::Caseload).assured)
            .collect();
        let (low, high) = (assured[1].min(assured[2]), assured[1].max(assured[2]));
        let within = low - 1e-9..=high + 1e-9;
        // Alike, a claim speaks for the whole, whose practitioners bear it out or not.
        let differ = said(0) != said(1) && said(2) != said(3);
        assert!(
            !differ || within.contains(&assured[0]),
            "{case}: {assured:?}"
        );
    }
}
