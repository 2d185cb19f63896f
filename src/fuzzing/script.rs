//! Scripts: text in, laid out, checked, mended, and where it is sound read, scored and cleared.

use super::told::in_our_words;
use crate::check::HealthCheck;
use crate::data::{self, Dataset};
use crate::diagnostic::{Checked, Diagnostics};
use crate::host::Host;
use crate::publication::{Earlier, Publication};
use crate::script::{Given, Limits, Scored, Scorer, Workshop, formatted};
use crate::source::Source;
use crate::validate;
use std::sync::Arc;
use std::time::Duration;

/// What begins a council's own tests.
const TESTS: &str = "//tests";

const NAME: &str = "scripts/fuzzed/check.rhai";

const LIBRARY: &str =
    "fn half(x) { x / 2.0 }\nfn deep(x) { deep(x + 1) }\nfn rows() { [1, 2, 3] }\n";

/// Rounds in which a script is mended, as many as `check --fix` makes.
const MOST_ROUNDS: usize = 20;

thread_local! {
    static BENCH: Bench = Bench::new();
}

/// What is the same for every script.
struct Bench {
    workshop: Workshop,
    shared: [Source; 1],
    host: Host,
}

impl Bench {
    fn new() -> Self {
        Self {
            workshop: Workshop {
                limits: limits(),
                ..Workshop::default()
            },
            shared: [Source::new("scripts/shared/lib.rhai", LIBRARY)],
            host: Host::builder().limits(limits()).build(),
        }
    }

    fn check(&self, text: &str) -> Result<Checked<HealthCheck>, Diagnostics> {
        validate::check(&Source::new(NAME, text), &self.shared, &self.workshop)
    }
}

/// Small, so that a fuzzer finds what lies behind a limit and does not wait for it.
fn limits() -> Limits {
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

/// Any text is a script: it is taken, or every fault has words of ours and a place in it.
pub(super) fn script(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let laid = formatted(text);
    if let Some(once) = &laid {
        let twice = formatted(once);
        assert_eq!(
            twice.as_ref(),
            Some(once),
            "laid out twice it differs from once"
        );
    }
    BENCH.with(|bench| {
        if text.starts_with(TESTS) {
            return tried(bench, text);
        }
        match bench.check(text) {
            Err(faults) => {
                assert!(faults.has_errors(), "refused without an error");
                in_our_words(&faults, text);
                mended(bench, text, &faults);
            }
            Ok(check) => {
                in_our_words(&check.warnings, text);
                let laid = laid.expect("a sound script can be laid out");
                says_the_same(bench, &check, &laid);
                assessed(bench, &check, text);
            }
        }
    });
}

/// A council's own tests.
fn tried(bench: &Bench, text: &str) {
    let scorer: Scorer = Arc::new(|_: &[Given], _| -> Result<Scored, Diagnostics> {
        Ok(Scored {
            items: Vec::new(),
            standards: Vec::new(),
            overall: Ok(50.0),
            faults: Diagnostics::new(),
        })
    });
    let source = Source::new(NAME, text);
    let (trials, faults) = bench.workshop.try_out(&source, &bench.shared, scorer, "");
    in_our_words(&faults, text);
    for trial in &trials {
        in_our_words(&trial.faults, text);
    }
}

/// Every safe mend is made, one round after the other: no text comes back.
fn mended(bench: &Bench, text: &str, faults: &Diagnostics) {
    let mut text = Source::new(NAME, text).text().to_owned();
    let mut seen: Vec<String> = Vec::new();
    let mut safe = faults.safe_in(NAME);
    while !safe.is_empty() && seen.len() < MOST_ROUNDS {
        seen.push(text.clone());
        for typed in safe.iter().rev() {
            let span = typed.place.span;
            text.replace_range(span.start..span.end, &typed.text);
        }
        assert!(!seen.contains(&text), "mended in a circle: {text}");
        safe = match bench.check(&text) {
            Ok(check) => check.warnings.safe_in(NAME),
            Err(faults) => {
                in_our_words(&faults, &text);
                faults.safe_in(NAME)
            }
        };
    }
}

/// A layout changes nothing of what a script says.
fn says_the_same(bench: &Bench, check: &HealthCheck, laid: &str) {
    let again = bench.check(laid);
    let again = again.unwrap_or_else(|faults| panic!("laid out it has faults:\n{faults}"));
    let said = |check: &HealthCheck| {
        let items: Vec<String> = check.items().iter().map(|item| item.id.clone()).collect();
        let tables: Vec<String> = check
            .tables()
            .iter()
            .map(|table| table.id.clone())
            .collect();
        (items, tables)
    };
    assert_eq!(said(check), said(&again), "laid out it says something else");
}

/// A sound script is scored and cleared; what comes out is read back as it was.
fn assessed(bench: &Bench, check: &HealthCheck, text: &str) {
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
    match bench.host.assess(check, &dataset, &Earlier::default()) {
        Ok(found) => {
            in_our_words(&found.warnings, text);
            let printed = serde_json::to_vec(&*found).expect("what is published is plain");
            let again: Publication =
                serde_json::from_slice(&printed).expect("what is published can be read");
            assert_eq!(&again, &*found, "read back it is another");
        }
        Err(faults) => in_our_words(&faults, text),
    }
}

const SURVEY: &str = include_str!("../../scripts/sandbourne/data/survey.csv");
const WORKERS: &str = include_str!("../../scripts/sandbourne/data/workers.csv");
const WORKFORCE: &str = include_str!("../../scripts/sandbourne/data/workforce.csv");
