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
