//! The targets by name. Each takes any bytes, and the process ends where a promise is broken.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Once;

/// Runs one target of the library's on some bytes.
///
/// A panic that the library itself catches, such as one of a reader of workbooks, is no find:
/// so it is not the panic that ends the process, but that it came out.
///
/// # Panics
/// Where there is no target of that name.
pub fn run(name: &str, bytes: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| set_hook(Box::new(|_| {})));
    let mut targets = healthcheck::fuzzing::TARGETS.iter();
    let (_, target) = targets
        .find(|(known, _)| *known == name)
        .unwrap_or_else(|| panic!("there is no target {name}"));
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(bytes))) {
        let words = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        eprintln!("a promise of `{name}` is broken: {}", words.unwrap_or_default());
        std::process::abort();
    }
}
