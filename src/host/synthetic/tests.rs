//! What made-up data promises: always the same, and of one piece.

use super::*;
use crate::data::{
    Answer, Cell, Column, ColumnSpec, From, Kind, Policy, Reading, Table, TableSpec, read,
};
use crate::missing::Missing;
use crate::national::{ANSWERS, AWARENESS, COLUMNS, COUNTS, UNSCORED_ANSWERS};
use crate::source::{Source, Spanned};

fn shapes() -> Vec<Shape> {
    let both = Shape::default();
    vec![
        Shape {
            extra_questions: vec!["peer-support".into()],
            ..both.clone()
        },
        Shape {
            quality: -1.0,
            answered_share: 1.0,
            ..both.clone()
        },
        Shape {
            quality: 7.0,
            answered_share: 0.33,
            practitioners: vec![400, 300],
            teams_per_service: 19,
            ..both.clone()
        },
        Shape {
            services: vec![Service::Adults],
            practitioners: vec![64],
            ..both.clone()
        },
        Shape {
            services: vec![Service::Children],
            practitioners: vec![11],
            teams_per_service: 2,
            ..both
        },
    ]
}

/// A file of the made-up council, read as a council's would be.
fn table(id: &str, shape: &Shape, files: &[(String, String)]) -> std::sync::Arc<Table> {
    let place = Source::new("check.rhai", "table").whole();
    let kinds = COLUMNS
        .iter()
        .find(|(table, _)| *table == id)
        .expect("national")
        .1;
    let answers = Kind::Answers {
        scored: ANSWERS.map(str::to_owned).to_vec(),
        unscored: UNSCORED_ANSWERS.map(str::to_owned).to_vec(),
    };
    let asked = ["yes", "no", "not sure"].map(str::to_owned).to_vec();
    let questions = files[0]
        .1
        .lines()
        .next()
        .expect("a header")
        .split(',')
        .skip(3);
    let mut columns: Vec<(String, Kind)> = kinds
        .iter()
        .map(|(name, kind)| (name.to_string(), Kind::National(*kind)))
        .collect();
    if id == "survey" {
        columns.extend(questions.map(|question| {
            let aware = AWARENESS.iter().any(|(id, _)| *id == question);
            let kind = if aware {
                Kind::OneOf(asked.clone())
            } else {
                answers.clone()
            };
            (question.to_owned(), kind)
        }));
        assert_eq!(
            columns.len(),
            kinds.len() + COUNTS.1 + 2 + shape.extra_questions.len()
        );
    }
    let path = format!("data/{id}.csv");
    let spec = TableSpec {
        id: id.to_owned(),
        sheet: None,
        file: Spanned {
            value: path.clone(),
            place: place.clone(),
        },
        columns: columns
            .into_iter()
            .map(|(name, kind)| ColumnSpec {
                name,
                from: From::SameName,
                kind,
                wording: None,
                codes: Vec::new(),
                place: None,
            })
            .collect(),
        missing: Vec::new(),
        policy: Policy::MostRows,
        place,
    };
    let text = &files
        .iter()
        .find(|(name, _)| *name == path)
        .expect("the file")
        .1;
    let Reading { table, faults, .. } = read(&spec, &path, text.as_bytes());
    assert!(faults.is_empty(), "{faults}");
    table
}

fn sum(table: &Table, column: &str, keep: impl Fn(usize) -> bool) -> f64 {
    (0..table.len)
        .filter(|row| keep(*row))
        .filter_map(|row| match table.cell(column, row) {
            Cell::Number(number) => Some(number),
            _ => None,
        })
        .sum()
}

fn is(table: &Table, column: &str, row: usize, word: &str) -> bool {
    table.cell(column, row) == Cell::Words(word.into())
}

#[test]
fn the_same_name_and_shape_give_the_same_bytes_and_another_name_gives_others() {
    for shape in shapes() {
        assert_eq!(files("northshire", &shape), files("northshire", &shape));
        assert_ne!(files("northshire", &shape), files("eastmere", &shape));
    }
}

#[test]
fn the_bytes_are_those_of_the_release_before() {
    let hash = files("northshire", &Shape::default())
        .iter()
        .flat_map(|(_, text)| text.bytes())
        .fold(0_u64, |hash, byte| {
            hash.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
    assert_eq!(hash, 3_087_439_080_574_525_815);
}

#[test]
fn the_totals_of_workforce_are_those_of_workers() {
    for shape in shapes() {
        let files = files("northshire", &shape);
        let workers = table("workers", &shape, &files);
        let workforce = table("workforce", &shape, &files);
        for service in &shape.services {
            let of = |row| is(&workers, "service", row, service.id());
            let total = |column: &str| {
                sum(&workforce, column, |row| {
                    is(&workforce, "service", row, service.id())
                })
            };
            let holds =
                |row| matches!(workers.cell("cases", row), Cell::Number(cases) if cases >= 1.0);
            for (total, from_rows) in [
                (total("allocated_cases"), sum(&workers, "cases", of)),
                (
                    total("in_post_fte"),
                    sum(&workers, "fte", |row| {
                        of(row) && is(&workers, "agency", row, "no")
                    }),
                ),
                (
                    total("agency_fte"),
                    sum(&workers, "fte", |row| {
                        of(row) && is(&workers, "agency", row, "yes")
                    }),
                ),
                (
                    total("case_holders_fte"),
                    sum(&workers, "fte", |row| of(row) && holds(row)),
                ),
            ] {
                assert!((total - from_rows).abs() < 0.01, "{total} {from_rows}");
            }
            for column in [
                "in_post_headcount",
                "vacancies_fte",
                "leavers_fte",
                "sickness_days_fte",
                "posts_filled",
                "days_to_fill",
                "system_hours_lost",
                "case_holders_fte",
            ] {
                assert!(total(column) > 0.0, "{column} of {}", service.id());
            }
        }
        for (column, _) in COLUMNS[1].1 {
            let holds = workforce.column(column).expect(column);
            assert!(
                (0..workforce.len).all(|row| holds.missing(row).is_none()),
                "{column}"
            );
        }
    }
}

#[test]
fn workers_are_complete_enough_for_every_measure() {
    for shape in shapes() {
        let files = files("northshire", &shape);
        let workers = table("workers", &shape, &files);
        let asked: u32 = shape.practitioners.iter().sum();
        assert_eq!(workers.len, asked as usize);
        for (column, _) in COLUMNS[0].1 {
            let holds = workers.column(column).expect(column);
            let gaps = (0..workers.len)
                .filter(|row| holds.missing(*row) == Some(Missing::NotAvailable))
                .count();
            assert!(gaps * 20 <= workers.len, "{column}: {gaps}");
        }
        for row in 0..workers.len {
            let number = |column| sum(&workers, column, |r| r == row);
            assert!(number("supervision_held") <= number("supervision_due"));
            assert!(number("fte") > 0.0 && number("fte") <= 1.0);
        }
    }
}

#[test]
fn no_more_sheets_than_asked_and_some_blanks_among_their_answers() {
    for shape in shapes() {
        let files = files("northshire", &shape);
        let survey = table("survey", &shape, &files);
        for (service, asked) in shape.staff() {
            let sheets = (0..survey.len)
                .filter(|row| is(&survey, "service", *row, service.id()))
                .count();
            let share = sheets as f64 / f64::from(asked);
            assert!(sheets <= asked as usize);
            assert!((share - shape.answered_share).abs() < 0.1, "{share}");
        }
    }
    let shape = Shape::default();
    let survey = table("survey", &shape, &files("northshire", &shape));
    let all: Vec<Answer> = survey
        .columns
        .values()
        .filter_map(|column| match column {
            Column::Answers { rows, .. } => Some(rows.iter()),
            _ => None,
        })
        .flatten()
        .collect();
    for wanted in [
        Answer::Blank,
        Answer::Unscored,
        Answer::Scored(0),
        Answer::Scored(4),
    ] {
        let found = all.iter().filter(|answer| **answer == wanted).count();
        assert!(found > 10 && found * 2 < all.len(), "{wanted:?}: {found}");
    }
}

/// Mean of the scored answers of all questions, 0 to 100.
fn mean_answer(quality: f64) -> f64 {
    let shape = Shape {
        quality,
        ..Shape::default()
    };
    let survey = table("survey", &shape, &files("northshire", &shape));
    let scores: Vec<f64> = survey
        .columns
        .values()
        .filter_map(|column| match column {
            Column::Answers { rows, .. } => Some(rows.iter()),
            _ => None,
        })
        .flatten()
        .filter_map(|answer| match answer {
            Answer::Scored(nth) => Some(f64::from(nth) * 25.0),
            _ => None,
        })
        .collect();
    scores.iter().sum::<f64>() / scores.len() as f64
}

#[test]
fn a_good_council_is_answered_better_than_a_poor_one() {
    let (poor, middling, good) = (mean_answer(-1.0), mean_answer(0.0), mean_answer(1.0));
    assert!(
        poor + 10.0 < middling && middling + 10.0 < good,
        "{poor} {middling} {good}"
    );
    assert!(
        (25.0..50.0).contains(&poor) && (60.0..90.0).contains(&good),
        "{poor} {good}"
    );
}

#[test]
fn teams_have_different_names_however_many() {
    for service in Service::ALL {
        let mut names = teams(service, 20);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 20);
    }
}
