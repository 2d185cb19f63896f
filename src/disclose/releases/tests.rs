//! On which rows a release rests, and when it closes what it rests on.

use super::digests::summed_up;
use crate::assess::test_council::TestCouncil;
use crate::chance::SplitMix64;
use crate::check::Correction;
use crate::data::{Column, Input, Policy, Table};
use crate::digest::sha256_hex;
use crate::disclose::{Held, publication};
use crate::national::Service::{Adults, Children};
use crate::publication::{Publication, RowsDigest};
use jiff::civil::date;
use std::collections::BTreeMap;

/// Questions of which so many sheets cannot be guessed, nor would they be if one sheet were.
const MANY: usize = 20;

/// Sheets that differ from one another, each answer moved on by `turn`.
fn sheets(mut council: TestCouncil, questions: usize, sheets: u8, turn: u8) -> TestCouncil {
    for sheet in 0..sheets {
        let mut dice = SplitMix64::seeded(sheet.into());
        let answer = |_| Some(dice.below(5) as u8);
        let mut answers: Vec<Option<u8>> = (0..questions).map(answer).collect();
        if sheet == 0 {
            answers[0] = answers[0].map(|answer| (answer + turn) % 5);
        }
        council = council.sheets(1, None, Some("East"), &answers);
    }
    council
}

fn asking(questions: usize) -> TestCouncil {
    TestCouncil::new(&[Adults]).questions("welfare", questions)
}

fn with_workforce(council: TestCouncil, posts_filled: f64) -> TestCouncil {
    let columns: [(&str, &[f64]); 1] = [("headcount", &[posts_filled, 12.0, 14.0])];
    council.table("workforce", Policy::AllRows, &columns)
}

/// What is published of a council after some releases, resting on a script and two files.
fn published(council: &TestCouncil, before: &[Publication]) -> Result<Publication, String> {
    let input = |path: &str, table: Option<&str>| Input {
        path: path.to_owned(),
        table: table.map(str::to_owned),
        sha256: sha256_hex(path.as_bytes()),
        bytes: 1,
        rows: 1,
        account: Default::default(),
    };
    let inputs = [
        input("check.rhai", None),
        input("data/survey.csv", Some("survey")),
        input("data/workforce.csv", Some("workforce")),
    ];
    let (check, assessment) = (council.check(), council.assess_after(before));
    let held = Held::new();
    let made = publication("northshire", &check, &assessment, &inputs, before, &held);
    made.map_err(|fault| fault.message)
}

fn digest(page: &Publication, table: &str) -> RowsDigest {
    let mut rows = page.rows.iter();
    rows.find(|rows| rows.table == table).cloned().expect(table)
}

#[test]
fn the_digest_of_a_small_table_can_be_tried_only_by_who_has_the_rows_it_is_sealed_with() {
    let council = |turn, filled| {
        let survey = sheets(asking(MANY), MANY, 20, turn);
        with_workforce(survey, filled)
    };
    let first = council(0, 11.0);
    let page = published(&first, &[]).unwrap();
    let own = digest(&page, "workforce");
    assert_eq!(own.sealed_with.as_deref(), Some("survey"));
    let assessment = first.assess();
    let membership = assessment
        .memberships
        .iter()
        .find(|one| one.table.id == "workforce");
    let plain = sha256_hex(&summed_up(membership.unwrap()));
    assert_ne!(
        own.sha256,
        Some(plain),
        "a reader could make this one of a guess"
    );
    let survey = digest(&page, "survey");
    assert_eq!(survey.sealed_with, None);
    assert!(
        survey.sha256.is_some(),
        "of so many sheets nobody guesses the one"
    );

    let again = published(&council(0, 11.0), &[]).unwrap();
    assert_eq!(
        digest(&again, "workforce"),
        own,
        "of the same rows it is the same"
    );
    let other_sheet = published(&council(1, 11.0), &[]).unwrap();
    assert_ne!(
        digest(&other_sheet, "workforce"),
        own,
        "one sheet is another"
    );
    let other_post = published(&council(0, 10.0), &[]).unwrap();
    assert_ne!(digest(&other_post, "workforce"), own, "one team is another");

    // The same is told of the files.
    let [script, survey, workforce] = &page.inputs[..] else {
        panic!("{:?}", page.inputs);
    };
    assert_eq!(script.sha256, Some(sha256_hex(b"check.rhai")));
    assert_eq!(survey.sha256, Some(sha256_hex(b"data/survey.csv")));
    assert_eq!(workforce.sealed_with.as_deref(), Some("survey"));
    assert!(workforce.sha256.is_some());
    assert_ne!(workforce.sha256, Some(sha256_hex(b"data/workforce.csv")));
}

#[test]
fn a_council_of_small_tables_alone_tells_no_digest_that_could_be_tried() {
    let council = with_workforce(sheets(asking(1), 1, 20, 0), 11.0);
    let page = published(&council, &[]).unwrap();
    for rows in &page.rows {
        assert_eq!(
            (&rows.sha256, &rows.sealed_with),
            (&None, &None),
            "{}",
            rows.table
        );
    }
    let told: Vec<bool> = page
        .inputs
        .iter()
        .map(|input| input.sha256.is_some())
        .collect();
    assert_eq!(told, [true, false, false], "the script's alone");
}

#[test]
fn columns_that_follow_from_one_another_make_no_table_harder_to_guess() {
    // Numbers that all follow from the first, but for one row each, or not.
    let table = |is_free: bool| {
        let mut dice = SplitMix64::seeded(1);
        let first: Vec<u64> = (0..60).map(|_| dice.below(6)).collect();
        let mut columns = BTreeMap::new();
        for column in 0..12_usize {
            let mut cell = |row: usize| match is_free || row == column {
                true => dice.below(6),
                false => first[row] * 7 % 6 + column as u64,
            };
            let cells = (0..60).map(|row| Ok(cell(row) as f64)).collect();
            columns.insert(format!("hours_{column}"), Column::Number(cells));
        }
        Table {
            columns,
            len: 60,
            brought: true,
            here: true,
            ..Table::not_brought("workers", Policy::MostRows)
        }
    };
    let told = |is_free| {
        let council = asking(1).brought(table(is_free));
        let page = published(&council, &[]).unwrap();
        digest(&page, "workers").sha256.is_some()
    };
    assert!(!told(false), "whoever knows one knows nearly all");
    assert!(told(true), "twelve columns that do not follow");
}

/// By team, office and area, of which the last two follow from the team but for one person.
#[test]
fn words_by_which_people_are_grouped_make_no_survey_harder_to_guess() {
    let told = |questions: usize| {
        let mut council = asking(questions).by_team();
        let teams = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let mut dice = SplitMix64::seeded(2);
        for row in 0..94 {
            let answers: Vec<Option<u8>> =
                (0..questions).map(|_| Some(dice.below(5) as u8)).collect();
            council = council.sheets(1, None, Some(teams[row % 8]), &answers);
        }
        let page = published(&council, &[]).unwrap();
        digest(&page, "survey").sha256.is_some()
    };
    assert!(!told(1) && !told(2), "each team's few answers can be tried");
    assert!(told(12));
}

#[test]
fn a_survey_without_a_digest_closes_by_all_that_was_told_of_it() {
    let first = sheets(asking(2), 2, 30, 0);
    let before = [published(&first, &[]).unwrap()];
    assert_eq!(digest(&before[0], "survey").sha256, None);
    let next = |council: TestCouncil| published(&council, &before);
    assert!(
        next(first.clone().backwards()).is_ok(),
        "the same rows in another order"
    );
    let closed = "the rows of `survey` are not those that were published";
    for (what, other) in [
        ("one joined", sheets(asking(2), 2, 31, 0)),
        ("one answered otherwise", sheets(asking(2), 2, 30, 1)),
        ("one joined and answered nothing that is counted", {
            first
                .clone()
                .sheets(1, None, Some("East"), &[None, Some(2)])
        }),
    ] {
        let told = next(other).expect_err(what);
        assert!(told.ends_with(closed), "{what}: {told}");
    }
    // A mean stays where one answers more and another less; how the answers are split does not.
    let split = |answers: [u8; 4]| {
        let mut council = asking(1);
        for answer in answers {
            council = council.sheets(13, None, Some("East"), &[Some(answer)]);
        }
        council
    };
    let before = [published(&split([0, 1, 3, 4]), &[]).unwrap()];
    let told = published(&split([0, 2, 2, 4]), &before).expect_err("the mean is the same");
    assert!(told.ends_with(closed), "{told}");
}

#[test]
fn a_survey_without_a_digest_is_put_right_by_a_correction() {
    let before = [published(&sheets(asking(2), 2, 30, 0), &[]).unwrap()];
    let mut other = sheets(asking(2), 2, 30, 1);
    other.parts.corrections.push(Correction {
        id: "one-sheet".into(),
        on: date(2026, 11, 2),
        because: "One sheet had been read wrongly".into(),
        place: crate::assess::test_council::place(),
    });
    assert!(published(&other, &before).is_ok());
}

/// Whatever was told of a survey at one as-of date is known at the next.
#[test]
fn a_survey_is_closed_and_planned_with_what_was_told_of_it_at_another_date() {
    let of = |council: TestCouncil, as_of| {
        let mut council = council;
        council.parts.council.as_of = as_of;
        council.parts.council.fielded = Some((date(2026, 9, 7), date(2026, 9, 30)));
        council
    };
    let (now, then) = (date(2027, 3, 31), date(2026, 9, 30));
    let teams = |questions: usize| {
        let mut council = sheets(asking(questions), questions, 24, 0);
        council = council.sheets(2, None, Some("West"), &vec![Some(1); questions]);
        council
    };
    for questions in [2, MANY] {
        let whole = published(&of(teams(questions), then), &[]).unwrap();
        let before = [whole.survey_alone()];
        let next = |council| published(&of(council, now), &before);
        let again = next(teams(questions).by_team()).expect("the rows are the same");
        for finding in &again.items[0].findings[1..] {
            assert_eq!(
                finding.local.n.text, "c",
                "{} is the whole less West",
                finding.group
            );
        }
        let one_more = teams(questions).sheets(1, None, Some("East"), &vec![Some(2); questions]);
        let told = next(one_more.clone()).expect_err("one joined");
        let closed = "the survey of 7 September 2026 to 30 September 2026 closed when it was \
                      first published, for 30 September 2026: ";
        assert!(told.starts_with(closed), "{told}");
        // What is left out of the later check stands in nobody's way.
        let mut left_out = teams(questions).by_team();
        let by_team = published(&of(left_out.clone(), then), &[]).unwrap();
        left_out.parts.breakdowns.clear();
        left_out.parts.items.pop();
        let fewer = published(&of(left_out, now), &[by_team.survey_alone()]);
        assert!(fewer.is_ok(), "{fewer:?}");
        let none = TestCouncil::new(&[Adults]).questions("welfare", questions);
        assert!(next(none).is_ok(), "no survey is brought");
    }
}

/// The whole's mean weighs services by those asked: two weighings give both services' means.
#[test]
fn other_numbers_asked_are_refused_where_they_weigh_the_same_answers_otherwise() {
    let council = |adults| {
        let mut council = TestCouncil::new(&[Children, Adults]).questions("welfare", MANY);
        council.parts.council.asked = [(Children, 60), (Adults, adults)].into();
        let mut dice = SplitMix64::seeded(3);
        for (service, sheets, least) in [(Children, 50, 1), (Adults, 7, 0)] {
            for _ in 0..sheets {
                let answers = [0; MANY].map(|_| Some(least + dice.below(4) as u8));
                council = council.sheets(1, Some(service), None, &answers);
            }
        }
        council
    };
    let first = published(&council(12), &[]).unwrap();
    let whole = |page: &Publication| page.items[0].findings[0].local.value.clone();
    assert!(whole(&first).value.is_some());
    let before = [first];
    assert!(published(&council(12), &before).is_ok(), "the same again");
    let told = published(&council(60), &before).expect_err("others were asked");
    assert!(
        told.contains("weigh services by how many were `asked`"),
        "{told}"
    );
}

/// Another breakdown that is nearly the same would tell of those by whom they differ.
#[test]
fn a_breakdown_of_which_figures_were_told_may_not_be_left_out_of_the_same_survey() {
    let council = |as_of| {
        let mut council = sheets(asking(MANY), MANY, 24, 0);
        for sheet in 0..20 {
            let answers: Vec<Option<u8>> = (0..MANY)
                .map(|question| Some(((sheet + question) % 5) as u8))
                .collect();
            council = council.sheets(1, None, Some("West"), &answers);
        }
        council.parts.council.as_of = as_of;
        council.parts.council.fielded = Some((date(2026, 9, 7), date(2026, 9, 30)));
        council.by_team()
    };
    let first = published(&council(date(2026, 9, 30)), &[]).unwrap();
    let teams = &first.items[0].findings[1..];
    assert!(teams.iter().all(|team| team.local.n.value.is_some()));
    let before = [first.survey_alone()];
    let mut later = council(date(2027, 3, 31));
    assert!(published(&later, &before).is_ok());
    later.parts.breakdowns.clear();
    let told = published(&later, &before).expect_err("the teams are left out");
    assert!(told.contains("of `team` is no longer the one"), "{told}");
}

#[test]
fn a_question_that_was_told_under_another_name_is_known_by_its_figures() {
    // Its column stays.
    let council = |name: &str| {
        let mut council = sheets(asking(MANY), MANY, 20, 0);
        council.parts.items[0].id = name.to_owned();
        council
    };
    let first = published(&council("welfare-1"), &[]).unwrap();
    let is_known = |second: &TestCouncil| {
        let rows = published(second, &[]).unwrap().rows;
        let told = super::told(
            &second.check(),
            &second.assess(),
            &rows,
            std::slice::from_ref(&first),
        );
        told.map(|told| told.figure(0, 0))
            .map_err(|fault| fault.message)
    };
    assert_eq!(is_known(&council("welfare-1")), Ok(true));
    assert_eq!(is_known(&council("another-name")), Ok(true));
}
