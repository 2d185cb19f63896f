//! A thousand councils made by chance, each scored twice: by this program, and by the plain
//! Python in `tests/oracle/`, which is written from the rules and reads the same files.
//!
//! What is handed over is raw: the data files, the cards of the script, and what the program
//! found, unrounded. Python reads, maps, filters and scores for itself, and compares.

mod made;

use super::Host;
use crate::assess::{Firmness, assess};
use crate::assessment::{Assessment, Reading, Scores, StandardScore};
use crate::check::{HealthCheck, Kind};
use crate::diagnostic::{Checked, Diagnostics};
use crate::disclose;
use crate::missing::Amount;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Unless `ORACLE_COUNCILS` says another number.
const COUNCILS: usize = 1000;

/// Threads that make and score councils.
const THREADS: usize = 4;

#[test]
fn a_second_implementation_agrees_on_a_thousand_councils() {
    // Into the handle itself, so that it is seen without `--nocapture`.
    let say = |words: &str| {
        use std::io::Write;
        writeln!(std::io::stderr(), "{words}").expect("stderr can be written to");
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/oracle.py");
    if Command::new("python3").arg("--version").output().is_err() {
        say("skipped: the oracle in tests/oracle was not asked, for there is no python3 here");
        return;
    }
    let councils = std::env::var("ORACLE_COUNCILS")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(COUNCILS);
    let kept = std::env::var_os("ORACLE_FOLDER");
    let temporary = tempfile::tempdir().expect("a folder can be made");
    let folder = kept.as_deref().map_or(temporary.path(), Path::new);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= councils {
                        break;
                    }
                    score(folder, number);
                }
            });
        }
    });
    let asked = Command::new("python3")
        .arg("-B")
        .arg(script)
        .arg(folder)
        .output()
        .expect("python3 was there a moment ago");
    let said = String::from_utf8_lossy(&asked.stdout);
    say(said.trim());
    assert!(
        asked.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&asked.stderr)
    );
}

/// Makes a council, scores it, and leaves its files and what was found in its folder.
fn score(folder: &Path, number: usize) {
    let made = made::council(number);
    let own = folder.join(format!("council-{number:04}"));
    std::fs::create_dir_all(own.join("data")).expect("a folder can be made");
    let write = |name: &str, text: &str| {
        std::fs::write(own.join(name), text).expect("a file can be written");
    };
    write("check.rhai", &made.script());
    write("cards.json", &made.cards().to_string());
    for (name, text) in &made.files {
        write(&format!("data/{name}.csv"), text);
    }
    let host = Host::builder().scripts(folder).build();
    let told = |faults: Diagnostics| panic!("council {number} is not sound: {faults:#?}");
    let check = host.load(&own).map_err(told).map(Checked::into_inner);
    let check = check.expect("told above");
    let data = host.read(&check).map_err(told).map(Checked::into_inner);
    let data = data.expect("told above");
    let assessment = assess(&check, &data, &[], &Firmness::none());
    write("found.json", &found(&check, &assessment).to_string());
}

fn found(check: &HealthCheck, assessment: &Assessment) -> Value {
    let grades = disclose::grades(check, assessment);
    assessment
        .scopes
        .iter()
        .zip(grades)
        .map(|(scores, grade)| {
            let (items, local) = items(check, assessment, scores);
            json!({
                "service": scores.service.map(|service| service.id()),
                "items": items,
                "local": local,
                "standards": scores.national.iter().map(standard).collect::<Map<_, _>>(),
                "local_standards": scores.local.iter().map(|own| {
                    let id = check.standards()[own.standard].id.clone();
                    (id, json!(own.score.as_ref().ok()))
                }).collect::<Map<_, _>>(),
                "local_overall": scores.local_overall.as_ref().ok(),
                "overall": scores.overall.as_ref().ok(),
                "assured": scores.assured,
                "half_width": scores.spread.as_ref().map(|spread| spread.half_width),
                "grade": grade.word,
                "reasons": grade.reasons,
            })
        })
        .collect()
}

/// National and local readings in a scope.
fn items(
    check: &HealthCheck,
    assessment: &Assessment,
    scores: &Scores,
) -> (Map<String, Value>, Map<String, Value>) {
    let (mut national, mut local) = (Map::new(), Map::new());
    for finding in &assessment.findings {
        let group = &assessment.groups[finding.group];
        let here =
            group.service == scores.service && ["whole", "service"].contains(&&*group.breakdown);
        if !here {
            continue;
        }
        let item = &check.items()[finding.item];
        if let Some(reading) = &finding.national {
            national.insert(item.id.clone(), of(reading));
        }
        if !matches!(item.local.kind, Kind::Statement) {
            local.insert(item.id.clone(), of(&finding.local));
        }
    }
    (national, local)
}

fn of(reading: &Reading) -> Value {
    json!({ "value": amount(reading.value), "score": amount(reading.score) })
}

fn amount(amount: Amount) -> Value {
    match amount {
        Ok(number) => json!(number),
        Err(reason) => json!(reason.symbol()),
    }
}

fn standard(found: &StandardScore) -> (String, Value) {
    let words = json!({
        "score": found.score.as_ref().ok(),
        "band": found.band().map(|band| band.words()),
        "assured": found.assured,
        "half_width": found.spread.as_ref().map(|spread| spread.half_width),
        "scored": found.coverage.0,
        "counted": found.coverage.1,
    });
    (found.standard.id().to_owned(), words)
}
