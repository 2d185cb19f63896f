//! Every seed and every find, run as tests; and seeds with a few bytes changed, some in every
//! run of the tests and as many as are asked for by hand.

use super::{TARGETS, Target};
use crate::chance::SplitMix64;
use std::path::Path;

/// Changed seeds of each target in every run of the tests. `FUZZ_RUNS=100000` asks for more,
/// `FUZZ_FROM=7` for others, and `FUZZ_TARGET=table` for one target alone.
const RUNS: usize = 40;

/// The files of a folder, in order.
fn files(kind: &str, target: &str) -> Vec<(String, Vec<u8>)> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut found: Vec<_> = std::fs::read_dir(fuzz.join(kind).join(target))
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

/// Runs a target, and says on which bytes before a panic goes on.
fn run((name, target): &Target, from: &str, bytes: &[u8]) {
    let run = std::panic::AssertUnwindSafe(|| target(bytes));
    if let Err(panic) = std::panic::catch_unwind(run) {
        let kept = std::env::temp_dir().join(format!("healthcheck-{name}-find"));
        let _ = std::fs::write(&kept, bytes);
        println!(
            "{from} breaks a promise of `{name}`: see {}",
            kept.display()
        );
        std::panic::resume_unwind(panic);
    }
}

fn number(of: &str) -> Option<usize> {
    std::env::var(of).ok()?.parse().ok()
}

#[test]
fn every_seed_of_the_fuzzers_keeps_every_promise() {
    for target in TARGETS {
        let all = files("seeds", target.0);
        assert!(all.len() >= 5, "few seeds for {}", target.0);
        for (file, bytes) in all {
            run(target, &file, &bytes);
        }
    }
}

#[test]
fn nothing_that_a_fuzzer_found_breaks_a_promise_again() {
    for target in TARGETS {
        for (file, bytes) in files("finds", target.0) {
            run(target, &file, &bytes);
        }
    }
}

#[test]
fn a_seed_with_a_few_bytes_changed_breaks_no_promise() {
    let runs = number("FUZZ_RUNS").unwrap_or(RUNS);
    let from = number("FUZZ_FROM").unwrap_or(1);
    let only = std::env::var("FUZZ_TARGET").ok();
    for target in TARGETS
        .iter()
        .filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
    {
        let seeds: Vec<Vec<u8>> = files("seeds", target.0)
            .into_iter()
            .map(|(_, bytes)| bytes)
            .collect();
        let mut chance = Chance(SplitMix64::seeded(from as u64));
        for turn in 0..runs {
            let bytes = changed(&seeds, &mut chance);
            run(target, &format!("run {turn} from {from}"), &bytes);
        }
        println!("{}: {runs} runs", target.0);
    }
}

struct Chance(SplitMix64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0.below(bound as u64) as usize
    }
}

/// Words that mean something to one target or another.
const WORDS: [&str; 40] = [
    "fn ",
    "|w| ",
    "#{ ",
    " }",
    "${",
    "`",
    "\"",
    "'",
    "//",
    "/*",
    ";",
    "::",
    "..",
    "not ",
    "and ",
    "let x = ",
    "const A = ",
    "for i in ",
    "while true ",
    "[0]",
    ".f",
    "()",
    "1e308",
    "-",
    "0",
    "9223372036854775807",
    "{{ ",
    " }}",
    "{% if ",
    "{% for a in items %}",
    "{% endfor %}",
    "{% include \"",
    "{% block ",
    "<a href=\"",
    "](",
    "\u{0}",
    "\u{202e}",
    "\r\n",
    ",",
    "\u{feff}",
];

/// A seed, or the ends of two put together, with one to eight changes.
fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    if chance.below(8) == 0 {
        let other = &seeds[chance.below(seeds.len())];
        bytes.truncate(chance.below(bytes.len() + 1));
        bytes.extend(&other[chance.below(other.len())..]);
    }
    for _ in 0..1 + chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let bits = 1 + chance.below(7);
        let length = chance.below(1 << bits);
        let end = (at + length).min(bytes.len());
        match chance.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            2 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
            3 => {
                let from = chance.below(bytes.len() + 1);
                let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let word = WORDS[chance.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
        }
    }
    bytes
}
