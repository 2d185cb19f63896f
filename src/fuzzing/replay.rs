//! Every seed and every find, run as tests.

use super::TARGETS;
use std::path::Path;

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

/// Runs what lies in a folder of a target, and names the file before a panic goes on.
fn replay(kind: &str) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (name, target) in TARGETS {
        let all = files(&fuzz.join(kind).join(name));
        assert!(kind != "seeds" || all.len() >= 5, "few {kind} for {name}");
        for (file, bytes) in all {
            let run = std::panic::AssertUnwindSafe(|| target(&bytes));
            if let Err(panic) = std::panic::catch_unwind(run) {
                println!("{file} breaks a promise of `{name}`");
                std::panic::resume_unwind(panic);
            }
        }
    }
}

#[test]
fn every_seed_of_the_fuzzers_keeps_every_promise() {
    replay("seeds");
}

#[test]
fn nothing_that_a_fuzzer_found_breaks_a_promise_again() {
    replay("finds");
}
