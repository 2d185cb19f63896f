//! The whole, services and teams: who belongs together and who answered.

use super::super::faults::Faults;
use super::super::groups::selections;
use super::super::test_council::{TestCouncil, claim, words};
use super::super::{Firmness, assess};
use crate::assessment::WhyNot;
use crate::check::Says;
use crate::data::{Dataset, Policy, Table};
use crate::missing::Missing;
use crate::national::Service::{Adults, Children};
use std::sync::Arc;

#[test]
fn the_whole_weighs_its_services_by_how_many_each_asked() {
    let mut council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 1)
        .sheets(10, Some(Children), None, &[Some(4)])
        .sheets(20, Some(Adults), None, &[Some(0)]);
    council.parts.council.asked.insert(Children, 300);
    let mean = |council: &TestCouncil| {
        let found = council.assess();
        let reading = &found.finding(&council.check(), "welfare-1", "whole").local;
        (
            reading.score,
            found
                .data_quality
                .iter()
                .any(|r| r.words.contains("taken together")),
        )
    };
    assert_eq!(mean(&council), (Ok(75.0), false));
    // A sheet that answers nothing says nothing, whichever service it is from.
    council = council.sheets(1, None, None, &[None]);
    assert_eq!(mean(&council), (Ok(75.0), false));
    council = council.sheets(2, None, None, &[Some(0)]);
    assert_eq!(mean(&council), (Ok(31.25), true));
}

#[test]
fn sheets_are_taken_together_where_a_service_does_not_say_how_many_it_asked() {
    let mut council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 1)
        .sheets(10, Some(Children), None, &[Some(4)])
        .sheets(30, Some(Adults), None, &[Some(0)]);
    council.parts.council.asked.remove(&Children);
    let found = council.assess();
    let reading = &found.finding(&council.check(), "welfare-1", "whole").local;
    assert_eq!(reading.score, Ok(25.0));
    assert!(
        found
            .data_quality
            .iter()
            .any(|r| r.words.contains("how many each service asked"))
    );
    assert_eq!(found.response[0].asked, None);
}

#[test]
fn services_that_claim_differently_make_their_mean_for_the_whole() {
    let council = TestCouncil::new(&[Children, Adults])
        .statement(
            "both",
            "welfare",
            vec![
                claim(Says::Yes, Some(Children)),
                claim(Says::No, Some(Adults)),
            ],
        )
        .statement("one", "welfare", vec![claim(Says::Yes, Some(Children))])
        .statement("general", "welfare", vec![claim(Says::Yes, None)]);
    let (check, found) = (council.check(), council.assess());
    for (id, group, score) in [
        ("both", "whole", Ok(50.0)),
        ("both", "children", Ok(100.0)),
        ("both", "adults", Ok(0.0)),
        ("one", "whole", Err(Missing::NotAvailable)),
        ("one", "children", Ok(100.0)),
        ("one", "adults", Err(Missing::NotAvailable)),
        ("general", "adults", Ok(100.0)),
    ] {
        assert_eq!(
            found.finding(&check, id, group).local.score,
            score,
            "{id} {group}"
        );
    }
}

#[test]
fn teams_are_groups_in_order_and_a_blank_team_is_a_group_not_stated() {
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 1)
        .by_team()
        .sheets(3, None, Some("West"), &[Some(4)])
        .sheets(2, None, None, &[Some(0)])
        .sheets(12, None, Some("East"), &[Some(2)]);
    let found = council.assess();
    let names: Vec<&str> = found
        .groups
        .iter()
        .map(|group| group.name.as_str())
        .collect();
    assert_eq!(names, ["whole", "East", "West", "not stated"]);
    let check = council.check();
    assert_eq!(
        found.finding(&check, "welfare-1", "East").local.score,
        Ok(50.0)
    );
    assert_eq!(
        found
            .finding(&check, "welfare-1", "not stated")
            .local
            .people,
        Some(2)
    );
}

#[test]
fn the_order_of_rows_never_matters() {
    let council = || {
        TestCouncil::new(&[Children, Adults])
            .questions("welfare", 5)
            .by_team()
            .sheets(
                11,
                Some(Children),
                Some("A"),
                &[Some(4), Some(1), Some(2), None, Some(3)],
            )
            .sheets(
                13,
                Some(Adults),
                Some("B"),
                &[Some(1), Some(3), None, Some(4), Some(0)],
            )
    };
    let (one, other) = (council().assess(), council().backwards().assess());
    for (one, other) in one.findings.iter().zip(&other.findings) {
        assert_eq!(one.local.score, other.local.score);
    }
}

#[test]
fn a_survey_that_was_not_brought_is_not_available_and_never_nobody() {
    let council = TestCouncil::new(&[Adults]).questions("welfare", 5);
    let found = council.assess();
    let finding = found.finding(&council.check(), "welfare-1", "whole");
    assert_eq!(finding.local.score, Err(Missing::NotAvailable));
    assert!(finding.local.why_not == Some(WhyNot::NotBrought));
    assert_eq!(found.response[0].answered, None);
    assert_eq!(found.awareness[0].counts, None);
    assert!(
        found
            .data_quality
            .iter()
            .any(|r| r.words == "No survey table was brought.")
    );
}

#[test]
fn only_sheets_with_a_scored_answer_to_a_national_question_have_answered() {
    let found = TestCouncil::new(&[Adults])
        .questions("welfare", 2)
        .sheets(4, None, None, &[None, Some(0)])
        .sheets(3, None, None, &[None, None])
        .assess();
    assert_eq!(found.response[0].answered, Some(4));
}

#[test]
fn awareness_is_counted_over_the_whole() {
    let answers = [Some("yes"), Some("no"), Some("not sure"), None, Some("yes")];
    let survey = Table {
        id: "survey".into(),
        policy: Policy::Sheets,
        len: answers.len(),
        columns: [("aware-of-check".to_owned(), words(answers.into_iter()))].into(),
        known: Vec::new(),
        brought: true,
        here: true,
    };
    let data = Dataset {
        logo: None,
        tables: [("survey".to_owned(), Arc::new(survey))].into(),
        inputs: Vec::new(),
    };
    let found = assess(
        &TestCouncil::new(&[Adults]).check(),
        &data,
        &[],
        &Firmness::none(),
    );
    assert_eq!(found.awareness[0].counts, Some([2, 1, 1]));
    assert_eq!(found.awareness[1].counts, None);
}

#[test]
fn a_table_that_cannot_be_told_apart_by_service_was_brought_all_the_same() {
    let council = TestCouncil::new(&[Children, Adults]).table(
        "workers",
        Policy::MostRows,
        &[("cases", &[12.0, 15.0])],
    );
    let selections = selections(&council.check(), &council.data(), &mut Faults::default());
    let children = selections
        .iter()
        .find(|selection| selection.group.service == Some(Children))
        .expect("both services are there");
    assert!(children.rows("workers").is_none());
    let workers = children.rows_for_formula("workers");
    assert!(workers.table.brought && workers.table.column("cases").is_none());
    assert!(!children.rows_for_formula("workforce").table.brought);
}
