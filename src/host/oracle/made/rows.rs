//! The data files of a council made by chance, with gaps of every kind, and the cards that
//! say where its columns are.

use super::{Made, Outline};
use crate::host::synthetic::chance::Chance;
use crate::national::{ANSWERS, UNSCORED_ANSWERS};
use crate::validate;
use serde_json::{Map, Value, json};

/// A cell that is empty or marked, in an employer's records.
const GAPS: [&str; 10] = ["", "", "", " ", "x", "z", "low", "U", "c", "n/k"];

/// The questions of the standard that may be far below the others.
const POOR: [&str; 4] = [
    "research-access",
    "research-time",
    "development",
    "specialist-advice",
];

/// Headers and rows of a file, and what its card says of them.
struct File {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Map<String, Value>,
    codes: Map<String, Value>,
}

pub(super) fn tables(chance: &mut Chance, outline: &Outline, made: &mut Made) {
    let whole = if outline.tidy { 0.99 } else { 0.85 };
    for (table, make) in [
        ("survey", survey as fn(&mut Chance, &Outline) -> File),
        ("workers", workers),
        ("workforce", workforce),
    ] {
        if !chance.happens(whole) {
            continue;
        }
        let mut file = make(chance, outline);
        arrange(chance, outline, &mut file);
        let card = json!({
            "file": format!("data/{table}.csv"),
            "columns": file.columns,
            "codes": file.codes,
            "missing": ["n/k", "No reply"],
        });
        made.card("table", table.to_owned(), card);
        let lines = [&file.headers].into_iter().chain(&file.rows);
        let text: String = lines.map(|cells| cells.join(",") + "\n").collect();
        made.files.push((table.to_owned(), text));
    }
}

/// Local headers, local codes, columns that are not there, columns out of order.
fn arrange(chance: &mut Chance, outline: &Outline, file: &mut File) {
    let local = chance.happens(0.3);
    let one_service = outline.services.len() == 1;
    let mut nth = 0;
    while nth < file.headers.len() {
        let name = file.headers[nth].clone();
        let gone = if outline.tidy { 0.004 } else { 0.06 };
        let sure = name == "service" && !chance.happens(if outline.tidy { 0.1 } else { 0.5 });
        if !sure && chance.happens(gone) || name == "service" && one_service && chance.happens(0.5)
        {
            file.headers.remove(nth);
            for row in &mut file.rows {
                row.remove(nth);
            }
            if name == "service" && chance.happens(0.3) {
                let service = chance.one_of(&outline.services);
                file.columns.insert(name, json!({ "always": service }));
            }
            continue;
        }
        if local && chance.happens(0.6) {
            let header = format!("Column {nth}");
            file.columns.insert(name.clone(), json!(header));
            file.headers[nth] = header;
        }
        if name == "service" && local {
            file.codes
                .insert(name, json!({ "CSC": "children", "ASC": "adults" }));
            for row in &mut file.rows {
                row[nth] = match row[nth].as_str() {
                    "children" => "csc".into(),
                    "adults" => "ASC".into(),
                    other => other.into(),
                };
            }
        }
        nth += 1;
    }
    if chance.happens(0.3) && file.headers.len() > 1 {
        file.headers.reverse();
        for row in &mut file.rows {
            row.reverse();
        }
    }
}

/// A share of cells that are gaps, the same for a column.
fn gaps(chance: &mut Chance, outline: &Outline) -> f64 {
    match chance.below(if outline.tidy { 24 } else { 8 }) {
        0 => 0.1,
        1 => 0.25,
        2 | 3 => 0.04,
        _ => 0.0,
    }
}

/// Fills gaps into the columns from `first` on.
fn leave_gaps(chance: &mut Chance, outline: &Outline, file: &mut File, first: usize) {
    for nth in first..file.headers.len() {
        let share = gaps(chance, outline);
        // Some councils mark one kind of gap throughout.
        let one = chance.happens(0.5).then(|| chance.one_of(&GAPS));
        for row in &mut file.rows {
            if chance.happens(share) {
                row[nth] = one.unwrap_or_else(|| chance.one_of(&GAPS)).to_owned();
            }
        }
    }
}

fn file(headers: Vec<String>, rows: Vec<Vec<String>>) -> File {
    File {
        headers,
        rows,
        columns: Map::new(),
        codes: Map::new(),
    }
}

fn names(headers: &[&str]) -> Vec<String> {
    headers.iter().map(|name| (*name).to_owned()).collect()
}

/// The service of a row: now and then blank, or of one that is not the council's.
fn service(chance: &mut Chance, service: &str, blank: f64) -> String {
    if chance.happens(blank) {
        String::new()
    } else if chance.happens(0.01) {
        chance.one_of(&["children", "Adults"]).to_owned()
    } else {
        service.to_owned()
    }
}

fn survey(chance: &mut Chance, outline: &Outline) -> File {
    let mut questions: Vec<String> = validate::national()
        .iter()
        .filter(|item| item.local.kind.word() == "question")
        .map(|item| item.id.clone())
        .collect();
    questions.extend(outline.own_questions.iter().cloned());
    let blank = if chance.happens(0.25) { 0.1 } else { 0.0 };
    let numbered = chance.happens(0.2);
    // Shares of blank and of uncounted answers, one for each question.
    let habits: Vec<(f64, f64, f64)> = questions
        .iter()
        .map(|_| {
            let blank = [0.0, 0.0, 0.02, 0.1, 0.5][chance.below(if outline.tidy { 4 } else { 5 })];
            let unscored = [0.0, 0.0, 0.05, 0.2][chance.below(4)];
            (blank, unscored, chance.bell() * 0.4)
        })
        .collect();
    let mut rows = Vec::new();
    // One standard may be far below the others, and one service far below the other: the
    // grade's caps are for these.
    let poor = chance.happens(0.3);
    let poor_service = chance.happens(0.3);
    for (nth, (name, count)) in outline.services.iter().zip(&outline.sheets).enumerate() {
        for _ in 0..*count {
            let mut mood = -2.0 + 5.0 * outline.quality + 0.6 * chance.bell();
            if poor_service && nth == 1 {
                mood -= 5.0;
            }
            let silent = chance.happens(0.02);
            let mut row = vec![service(chance, name, blank)];
            for (question, (blank, unscored, liking)) in questions.iter().zip(&habits) {
                row.push(if silent || chance.happens(*blank) {
                    chance.one_of(&["", "", "No reply"]).to_owned()
                } else if chance.happens(*unscored) {
                    chance.one_of(&UNSCORED_ANSWERS).to_owned()
                } else {
                    let sour = poor && POOR.contains(&question.as_str());
                    let mood = if sour { mood - 5.0 } else { mood + liking };
                    answer(chance, outline, question, mood, numbered)
                });
            }
            rows.push(row);
        }
    }
    chance.shuffle(&mut rows);
    let headers = [vec!["service".to_owned()], questions].concat();
    file(headers, rows)
}

fn answer(chance: &mut Chance, outline: &Outline, id: &str, mood: f64, numbered: bool) -> String {
    let scale: Vec<String> = match outline.scales.get(id) {
        Some(scale) => serde_json::from_value(scale.clone()).expect("a list of texts"),
        None => ANSWERS.map(str::to_owned).to_vec(),
    };
    let felt = (mood + 0.8 * chance.bell() + 2.0) / 5.0 * scale.len() as f64;
    let nth = (felt.max(0.0) as usize).min(scale.len() - 1);
    match numbered || chance.happens(0.02) {
        true => (nth + 1).to_string(),
        false if chance.happens(0.1) => scale[nth].to_uppercase(),
        false => scale[nth].clone(),
    }
}

fn workers(chance: &mut Chance, outline: &Outline) -> File {
    let headers = names(&[
        "service",
        "newly_qualified",
        "agency",
        "fte",
        "cases",
        "ceiling",
        "hours_contracted",
        "hours_worked",
        "supervision_due",
        "supervision_held",
        "appraisal_current",
    ]);
    let good = outline.quality;
    let mut rows = Vec::new();
    for (name, count) in outline.services.iter().zip(&outline.workers) {
        for _ in 0..*count {
            let agency = chance.happens(0.15);
            let fte = ["1", "1.0", "0.8", "0.6", "0.55", "0.35", "0.29"][chance.below(7)];
            let size: f64 = fte.parse().expect("written above");
            // Often exactly at the reference point of 20 for each full-time equivalent.
            let cases = match chance.below(10) {
                0 => (20.0 * size).round(),
                1 => 0.0,
                _ => ((21.0 - 9.0 * good + 4.0 * chance.bell()) * size)
                    .round()
                    .max(0.0),
            };
            let contracted = (37.0 * size * 10.0).round() / 10.0;
            let over = 5.0 - 5.0 * good + 2.0 * chance.bell();
            let worked = ((contracted + over).max(0.0) * 100.0).round() / 100.0;
            let due = chance.below(4);
            let held = (0..due + 1)
                .filter(|_| chance.happens(0.5 + 0.5 * good))
                .count();
            let yes = chance.happens(0.6 + 0.4 * good);
            let appraisal = match agency || chance.happens(0.1) {
                true => chance.one_of(&["not due", "n/a", "Z"]),
                false if yes => chance.one_of(&["yes", "Y", "true"]),
                false => chance.one_of(&["no", "N", "False"]),
            };
            rows.push(vec![
                service(chance, name, 0.02),
                chance.one_of(&["yes", "no", ""]).to_owned(),
                if agency { "yes" } else { "no" }.to_owned(),
                fte.to_owned(),
                cases.to_string(),
                "18".to_owned(),
                contracted.to_string(),
                worked.to_string(),
                due.to_string(),
                held.to_string(),
                appraisal.to_owned(),
            ]);
        }
    }
    let mut file = file(headers, rows);
    leave_gaps(chance, outline, &mut file, 3);
    // A column of yes and no knows fewer marks than a column of numbers.
    for row in &mut file.rows {
        if let Some(last) = row.last_mut()
            && ["x", "low", "U", "c"].contains(&last.as_str())
        {
            last.clear();
        }
    }
    file
}

fn workforce(chance: &mut Chance, outline: &Outline) -> File {
    let headers = names(&[
        "service",
        "in_post_fte",
        "in_post_headcount",
        "vacancies_fte",
        "agency_fte",
        "leavers_fte",
        "sickness_days_fte",
        "unallocated_cases",
        "allocated_cases",
        "case_holders_fte",
        "posts_filled",
        "days_to_fill",
        "system_hours_lost",
    ]);
    let bad = 1.0 - outline.quality;
    let mut rows = Vec::new();
    for name in &outline.services {
        for _ in 0..chance.below(4) {
            let in_post = (chance.share() * 400.0).round() / 10.0;
            let mut about = |usual: f64| (usual * (1.0 + 0.3 * chance.bell())).max(0.0);
            let amounts = [
                in_post,
                (in_post * 1.1).ceil(),
                about(in_post * (0.04 + 0.3 * bad)),
                about(in_post * (0.03 + 0.3 * bad)),
                about(in_post * (0.06 + 0.2 * bad)),
                about(in_post * 253.0 * (0.015 + 0.06 * bad)),
                about(in_post * 16.0 * 0.05 * bad).round(),
                about(in_post * 16.0).round(),
                about(in_post * 0.8),
                about(3.0).round(),
                about(3.0 * (25.0 + 100.0 * bad)).round(),
                about(in_post * 12.0 * 8.0 * bad),
            ];
            let mut row = vec![service(chance, name, 0.02)];
            row.extend(amounts.map(|amount| ((amount * 10.0).round() / 10.0).to_string()));
            rows.push(row);
        }
    }
    let mut file = file(headers, rows);
    leave_gaps(chance, outline, &mut file, 1);
    file
}
