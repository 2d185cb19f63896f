//! Scripts: text in, laid out, checked, and where it is sound read, scored and cleared.

use crate::data::{self, Dataset};
use crate::diagnostic::Diagnostics;
use crate::host::Host;
use crate::publication::Earlier;
use crate::script::{Given, Limits, Scored, Scorer, Workshop, formatted};
use crate::source::Source;
use crate::validate;
use std::sync::Arc;
use std::time::Duration;

/// What begins a council's own tests.
const TESTS: &str = "//tests";

const LIBRARY: &str =
    "fn half(x) { x / 2.0 }\nfn deep(x) { deep(x + 1) }\nfn rows() { [1, 2, 3] }\n";

/// Small, so that a fuzzer finds what lies behind a limit and does not wait for it.
pub(super) fn limits() -> Limits {
    let mut limits = Limits::strict();
    limits.steps = 5_000;
    limits.all_steps = 20_000;
    limits.steps_per_row = 50;
    limits.all_steps_per_row = 500;
    limits.source_bytes = 16 * 1024;
    limits.text_bytes = 2 * 1024;
    limits.list_items = 200;
    limits.map_items = 100;
    limits.cards = 100;
    // No clock: what is found must be found again.
    limits.time = Duration::from_secs(60);
    limits.formula_time = Duration::from_secs(60);
    limits.all_time = Duration::from_secs(60);
    limits
}

/// Any text is a script: it is taken, or every fault has words and a place in it.
pub(super) fn script(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(once) = formatted(text) {
        let twice = formatted(&once);
        assert_eq!(
            twice.as_deref(),
            Some(once.as_str()),
            "laid out twice it differs"
        );
    }
    let source = Source::new("scripts/fuzzed/check.rhai", text);
    let shared = [Source::new("scripts/shared/lib.rhai", LIBRARY)];
    let workshop = Workshop {
        limits: limits(),
        ..Workshop::default()
    };
    if text.starts_with(TESTS) {
        let scorer: Scorer = Arc::new(|_: &[Given], _| -> Result<Scored, Diagnostics> {
            Ok(Scored {
                items: Vec::new(),
                standards: Vec::new(),
                overall: Ok(50.0),
                faults: Diagnostics::new(),
            })
        });
        let (trials, faults) = workshop.try_out(&source, &shared, scorer, "");
        painted(&faults);
        trials.iter().for_each(|trial| painted(&trial.faults));
        return;
    }
    match validate::check(&source, &shared, &workshop) {
        Err(faults) => {
            assert!(faults.has_errors(), "refused without an error");
            painted(&faults);
        }
        Ok(check) => {
            painted(&check.warnings);
            let check = check.into_inner();
            let mut dataset = Dataset::default();
            for spec in check.tables() {
                let file = match spec.id.as_str() {
                    "survey" => SURVEY,
                    "workforce" => WORKFORCE,
                    _ => WORKERS,
                };
                let read = data::read(spec, "rows.csv", file.as_bytes());
                if read.faults.has_errors() {
                    return;
                }
                dataset.tables.insert(spec.id.clone(), read.table);
            }
            let host = Host::builder().limits(limits()).build();
            match host.assess(&check, &dataset, &Earlier::default()) {
                Ok(found) => painted(&found.warnings),
                Err(faults) => painted(&faults),
            }
        }
    }
}

/// Every fault can be shown, and shows no control characters.
pub(super) fn painted(faults: &Diagnostics) {
    let shown = faults.to_string();
    let raw = shown.chars().find(|c| c.is_control() && *c != '\n');
    assert!(raw.is_none(), "{raw:?} reaches the terminal");
}

const SURVEY: &str = include_str!("../../scripts/sandbourne/data/survey.csv");
const WORKERS: &str = include_str!("../../scripts/sandbourne/data/workers.csv");
const WORKFORCE: &str = include_str!("../../scripts/sandbourne/data/workforce.csv");
