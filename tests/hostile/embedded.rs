//! Functions of an embedder's own that take long: one that asks whether it may go on is
//! stopped, and one that does not is found out when it comes back.

use super::council::Council;
use healthcheck::diagnostic::Code;
use healthcheck::host::Host;
use healthcheck::publication::Earlier;
use healthcheck::rhai::plugin::*;
use healthcheck::script::{Library, Limits, within_limits};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static PANICS: AtomicUsize = AtomicUsize::new(0);

#[export_module]
mod panicking {
    use super::{Ordering, PANICS};

    /// Breaks off.
    ///
    /// ```rhai
    /// panicking::breaks() // 1
    /// ```
    pub fn breaks() -> f64 {
        PANICS.fetch_add(1, Ordering::Relaxed);
        panic!("a fault of the embedding program");
    }
}

#[export_module]
mod slow {
    use super::{CALLS, Duration, Ordering};
    use healthcheck::rhai::EvalAltResult;
    use healthcheck::script::within_limits;

    /// Goes on until it may no longer.
    ///
    /// ```rhai
    /// slow::asks() // 1
    /// ```
    #[rhai_fn(return_raw)]
    pub fn asks() -> Result<f64, Box<EvalAltResult>> {
        CALLS.fetch_add(1, Ordering::Relaxed);
        loop {
            within_limits()?;
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sleeps, and asks nobody.
    ///
    /// ```rhai
    /// slow::sleeps() // 1
    /// ```
    pub fn sleeps() -> f64 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(150));
        1.0
    }
}

#[test]
fn a_slow_function_of_an_embedders_is_stopped_or_found_out_and_not_called_again() {
    assert!(within_limits().is_ok(), "nothing runs here");
    for function in ["asks", "sleeps"] {
        let council = Council::with(&format!(
            "measure(\"hostile\", #{{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: |workers| slow::{function}(), best: 0, worst: 9 }});"
        ));
        let mut limits = Limits::standard();
        limits.formula_time = Duration::from_millis(100);
        limits.time_per_row = Duration::ZERO;
        let host = Host::builder()
            .scripts(council.scripts())
            .limits(limits)
            .library("slow", Library::from(exported_module!(slow)))
            .build();
        CALLS.store(0, Ordering::Relaxed);
        let check = host.load(council.scripts().join("northmoor")).unwrap();
        let data = host.read(&check).unwrap();
        let faults = host
            .assess(&check, &data, &Earlier::default())
            .expect_err(function);
        let told = faults.iter().find(|fault| fault.code == Code::TookTooLong);
        let told = told.unwrap_or_else(|| panic!("{function}: {faults}"));
        assert!(
            told.message.contains("100 milliseconds"),
            "{}",
            told.message
        );
        assert!(told.place.source.name().ends_with("check.rhai"));
        assert_eq!(
            CALLS.load(Ordering::Relaxed),
            1,
            "{function} is called again"
        );
    }
}

#[test]
fn a_function_of_an_embedders_that_panics_costs_its_finding_and_nothing_else() {
    let council = Council::with(
        "measure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: |workers| panicking::breaks(), best: 0, worst: 9 });",
    );
    let host = Host::builder()
        .scripts(council.scripts())
        .library("panicking", Library::from(exported_module!(panicking)))
        .build();
    let check = host.load(council.scripts().join("northmoor")).unwrap();
    let data = host.read(&check).unwrap();
    let found = host.assess(&check, &data, &Earlier::default()).unwrap();
    let warnings: Vec<_> = found.warnings.iter().collect();
    let told = warnings.iter().find(|one| one.code == Code::FormulaFailed);
    let told = told.unwrap_or_else(|| panic!("{}", found.warnings));
    assert_eq!(
        told.message,
        "a function of the library `panicking` broke off"
    );
    assert!(told.place.source.name().ends_with("check.rhai"));
    let rated = |id: &str| {
        let item = found.items.iter().find(|item| item.id == id).unwrap();
        item.findings[0].local.value.value.is_some()
    };
    assert!(!rated("hostile") && rated("caseload-per-fte"));
    assert_eq!(PANICS.load(Ordering::Relaxed), 1, "it is called again");
    // Where the cards are put down, it is a fault at its place.
    let council = Council::with("const HARM = panicking::breaks();");
    let faults = host
        .load(council.scripts().join("northmoor"))
        .expect_err("its value is not known");
    let told = faults.iter().find(|one| one.code == Code::ScriptFailed);
    assert!(
        told.is_some_and(|one| one.message.contains("`panicking`")),
        "{faults}"
    );
}
