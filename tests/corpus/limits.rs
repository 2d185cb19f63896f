//! Limits that a script can reach, shown with scripts made here and smaller limits than
//! the standard ones, so that no test waits.

use super::cases::{CORPUS, compare};
use healthcheck::diagnostic::{Code, Diagnostics};
use healthcheck::script::{Limits, Workshop};
use healthcheck::source::Source;
use healthcheck::validate;
use std::path::Path;
use std::time::Duration;

const COUNCIL: &str = r#"council("Sandbourne", #{
    code:     "E06999903",
    as_of:    "2026-09-30",
    services: ["children"],
    asked:    #{ children: 11 },
    lead:     #{ post: "Principal Social Worker", social_work_qualified: true },
});
consulted("UNISON", #{ on: "2026-09-04", how: "workload group", agreed: true });
table("survey", #{ file: "data/survey.csv" });
"#;

/// Compares with the picture kept for this code in `other/`.
pub fn shown_as_kept(code: Code, found: &Diagnostics) {
    let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [code], "{found}");
    let kept = Path::new(CORPUS)
        .join("other")
        .join(format!("{}.expected", code.name()));
    if let Some(complaint) = compare(found, &kept) {
        panic!("{complaint}");
    }
}

fn told(text: &str, limits: Limits) -> Diagnostics {
    let workshop = Workshop {
        limits,
        ..Workshop::default()
    };
    match validate::check(&Source::new("scripts/bad/check.rhai", text), &[], &workshop) {
        Ok(check) => check.warnings,
        Err(faults) => faults,
    }
}

#[test]
fn a_script_that_is_too_long_is_not_read() {
    let notes = "// A line that says nothing.\n".repeat(40_000);
    let text = format!("{COUNCIL}{notes}");
    shown_as_kept(Code::SourceTooLarge, &told(&text, Limits::standard()));
}

#[test]
fn a_script_that_does_not_end_in_its_time_is_stopped_where_it_runs() {
    let mut limits = Limits::standard();
    limits.steps = u64::MAX;
    limits.time = Duration::from_millis(20);
    let text = COUNCIL.to_owned() + "\nwhile true {\n}\n";
    shown_as_kept(Code::TookTooLong, &told(&text, limits));
}

#[test]
fn a_script_that_asks_for_more_memory_than_it_may_have_is_stopped() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    // A meter that finds more each time it is asked.
    fn growing() -> usize {
        static HELD: AtomicUsize = AtomicUsize::new(0);
        HELD.fetch_add(1 << 20, Ordering::Relaxed)
    }
    let limits = Limits::standard().memory(1 << 19, growing);
    let text = COUNCIL.to_owned() + "\nfor step in 0..100000 {\n}\n";
    shown_as_kept(Code::TooMuchMemory, &told(&text, limits));
}

#[test]
fn a_script_with_too_many_functions_is_not_read() {
    let mut limits = Limits::standard();
    limits.functions = 3;
    let text: String = (0..5)
        .map(|at| format!("fn ours_{at}(x) {{ x }}\n"))
        .collect();
    let found = told(&format!("{COUNCIL}{text}"), limits);
    shown_as_kept(Code::TooManyFunctions, &found);
}

#[test]
fn a_script_with_too_many_formulas_is_told_how_many_it_may_have() {
    let mut limits = Limits::standard();
    limits.functions = 3;
    let formulas: String = (0..5)
        .map(|at| {
            format!("standard(\"caseload\", #{{ score: |results| {at}.0 + lowest(results) }});\n")
        })
        .collect();
    let found = told(&format!("{COUNCIL}{formulas}"), limits).to_string();
    let wanted = "there are more functions and formulas than the 3 that a script may have";
    assert!(found.contains(wanted), "{found}");
}

#[test]
fn what_all_formulas_may_take_together_is_told_with_the_limit_and_not_with_what_is_left() {
    let keep = tempfile::tempdir().unwrap();
    let folder = Path::new(CORPUS).join("data/formula-failed.endless");
    std::fs::create_dir(keep.path().join("data")).unwrap();
    for file in ["data/survey.csv", "data/workers.csv"] {
        std::fs::copy(folder.join(file), keep.path().join(file)).unwrap();
    }
    let text = std::fs::read_to_string(folder.join("check.rhai")).unwrap();
    let at = text.find("measure(").unwrap();
    let before = text[at..].replace("cases-held", "before").replace(
        "while true { } 1",
        "let n = 0.0; while n < 500.0 { n += 1.0 } n",
    );
    let script = keep.path().join("check.rhai");
    std::fs::write(&script, format!("{}{before}{}", &text[..at], &text[at..])).unwrap();
    let mut limits = Limits::standard();
    limits.all_steps = 5_000;
    limits.all_steps_per_row = 0;
    let host = healthcheck::host::Host::builder().limits(limits).build();
    let check = host.load(&script).unwrap().into_inner();
    let data = host.read(&check).unwrap().into_inner();
    let earlier = healthcheck::publication::Earlier::default();
    let told = match host.assess(&check, &data, &earlier) {
        Ok(assessed) => assessed.warnings.to_string(),
        Err(faults) => faults.to_string(),
    };
    let wanted = "the formulas of this script together do not end within 5,000 steps, the most that they may take";
    assert!(told.contains(wanted), "{told}");
}

#[test]
fn a_formula_that_does_not_end_in_its_time_keeps_the_council_from_being_published() {
    // What the clock ends depends on the computer; what is published must not.
    let folder = Path::new(CORPUS).join("data/formula-failed.endless");
    let mut limits = Limits::standard();
    limits.steps = u64::MAX;
    limits.all_steps = u64::MAX;
    limits.formula_time = Duration::from_millis(20);
    let host = healthcheck::host::Host::builder().limits(limits).build();
    let check = host.load(folder.join("check.rhai")).unwrap().into_inner();
    let data = host.read(&check).unwrap().into_inner();
    let earlier = healthcheck::publication::Earlier::default();
    let Err(faults) = host.assess(&check, &data, &earlier) else {
        panic!("the clock ended no formula");
    };
    let told: Vec<Code> = faults.iter().map(|fault| fault.code).collect();
    assert!(told.contains(&Code::TookTooLong), "{faults}");
    assert!(
        faults
            .to_string()
            .contains("nothing is published of this council")
    );
}
