//! The same files read by this program and by Python's own `csv`: the same cells.

use super::cases::{read, script};
use healthcheck::data::Cell;
use std::process::Command;

/// Files in an ordinary run; `READING_ROUNDS` asks for more.
const ROUNDS: usize = 300;

#[test]
fn python_reads_the_same_cells_in_random_files() {
    let rounds = std::env::var("READING_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(ROUNDS);
    let there = |python: &&str| {
        let asked = Command::new(python).args(["-c", "import csv"]).output();
        asked.is_ok_and(|asked| asked.status.success())
    };
    let Some(python) = ["python3", "python"].into_iter().find(there) else {
        eprintln!("not run: there is no Python here to compare with");
        return;
    };
    let made = Command::new(python)
        .args(["tests/reading/random_files.py", "2026", &rounds.to_string()])
        .output()
        .expect("Python was there a moment ago");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let columns: Vec<String> = (0..6).map(|n| format!("c{n}: \"c{n}\"")).collect();
    let checks: Vec<_> = (2..=6)
        .map(|width| {
            let card = format!(
                "file: \"data/own.csv\", columns: #{{ {} }}",
                columns[..width].join(", ")
            );
            script("own", &card)
        })
        .collect();
    let mut compared = 0;
    for line in String::from_utf8(made.stdout).expect("JSON").lines() {
        let file: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = file["text"].as_str().expect("a text");
        let rows: Vec<Vec<&str>> = file["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| {
                let cells = row.as_array().expect("cells");
                cells
                    .iter()
                    .map(|cell| cell.as_str().expect("text"))
                    .collect()
            })
            .collect();
        let width = text
            .lines()
            .next()
            .map_or(0, |header| header.matches('c').count());
        let reading = read(&checks[width - 2], "own.csv", text.as_bytes());
        assert!(!reading.faults.has_errors(), "{text:?}\n{}", reading.faults);
        let found: Vec<Vec<String>> = (0..reading.table.len)
            .map(|row| {
                (0..width)
                    .map(
                        |column| match reading.table.cell(&format!("c{column}"), row) {
                            Cell::Number(number) => number.to_string(),
                            Cell::Words(words) => words.to_string(),
                            Cell::Missing(_) => String::new(),
                        },
                    )
                    .collect()
            })
            .collect();
        let expected: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.trim()).collect())
            .collect();
        assert_eq!(found, expected, "{text:?}");
        compared += 1;
    }
    assert_eq!(compared, rounds);
}
