//! `expect(item("caseload-per-fte").value, 16)`: what was found and what was expected in, a fault
//! with its reasons out, if they differ.

use super::{Bench, Fallible, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::library::kind;
use rhai::{Dynamic, Position};

/// Expectations of one test that are told as failed.
pub(crate) const MOST_FAILED: usize = 100;

impl Bench {
    pub(super) fn expect(
        &self,
        position: Position,
        found: &Dynamic,
        expected: &Dynamic,
    ) -> Fallible<()> {
        self.within_a_test(position, "expect")?;
        let lately = {
            let mut state = self.state();
            state.expectations += 1;
            std::mem::take(&mut state.lately)
        };
        let wanted = words::Wanted::of(expected);
        let has = words::Found::of(found);
        let (Some(wanted), Some(has)) = (wanted, has) else {
            let (argument, value) = if words::Found::of(found).is_none() {
                (0, found)
            } else {
                (1, expected)
            };
            return self.stop(
                Diagnostic::new(
                    Code::WrongArguments,
                    self.place(position, argument),
                    format!("`expect` cannot compare {}", kind(value)),
                )
                .label("a number, text, or true or false; expected may be a threshold too")
                .help("expect(item(\"caseload-per-fte\").value, at_most(16))"),
            );
        };
        if wanted.holds(&has) {
            return Ok(());
        }
        let place = self.place(position, 0);
        let scored = self.state().scored.clone();
        let mut fault = words::failure(&wanted, &has, place);
        if let Some(scored) = scored {
            fault = words::with_reasons(fault, &has, &lately, &scored);
            let behind = |other: &&Diagnostic| {
                let mut formulas = fault.related.iter().map(|(place, _)| place);
                formulas.any(|formula| {
                    formula.source == other.place.source && formula.span.holds(other.place.span)
                })
            };
            let failed: Diagnostics = scored.faults.iter().filter(behind).cloned().collect();
            self.state().faults.extend(failed);
        }
        let failed = {
            let mut state = self.state();
            state.faults.push(fault);
            state.failed += 1;
            state.failed
        };
        if failed < MOST_FAILED {
            return Ok(());
        }
        self.stop(
            Diagnostic::new(
                Code::TestFailed,
                self.place(position, usize::MAX),
                format!("{failed} expectations failed"),
            )
            .label("this test is not run any further"),
        )
    }
}
