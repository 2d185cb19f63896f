//! The functions of the embedding program: a call of a script in, the same out, and an error
//! of the script's where one of those functions panicked.
//!
//! To a check such a function is as little trusted as the script that calls it: whatever it
//! does, one finding is not rated and everything else is. Without such a library in the
//! script a panic is ours, and is let through to whoever tells bugs.

use rhai::{Dynamic, EvalAltResult, Position};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The libraries written in Rust that a script uses.
#[derive(Clone, Default)]
pub(super) struct Foreign(Vec<String>);

/// A function of one of these broke off.
#[derive(Clone)]
pub(super) struct BrokeOff(String);

impl Foreign {
    pub(super) fn add(&mut self, library: &str) {
        self.0.push(library.to_owned());
    }

    /// Does what may call their functions.
    pub(super) fn guarding<T>(
        &self,
        call: impl FnOnce() -> Result<T, Box<EvalAltResult>>,
    ) -> Result<T, Box<EvalAltResult>> {
        if self.0.is_empty() {
            return call();
        }
        // What it was at is thrown away, and a formula that broke off is not called again.
        catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| {
            let libraries: Vec<String> = self.0.iter().map(|name| format!("`{name}`")).collect();
            let broke = BrokeOff(libraries.join(" or "));
            Err(EvalAltResult::ErrorRuntime(Dynamic::from(broke), Position::NONE).into())
        })
    }
}

impl BrokeOff {
    /// Whether that is why a script ended.
    pub(super) fn is_why(error: &EvalAltResult) -> bool {
        matches!(error, EvalAltResult::ErrorRuntime(value, _) if value.is::<Self>())
    }

    pub(super) fn message(&self) -> String {
        format!("a function of the library {} broke off", self.0)
    }
}
