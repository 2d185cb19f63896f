//! Typical slips, made by seed at places all over the sample scripts and README's: each is
//! told at its line, and most are mended by typing what is suggested.
//!
//! A slip is made as its kind says at places drawn by a fixed seed, none by hand. It counts
//! as told at the right line if a fault that the whole script does not have stands on the line
//! of the slip and no error stands on any other. Where what was dropped had a line to itself,
//! nothing is left of that line: the line before it, after which it is missing, is the right
//! one. A card that stands twice is told where it stands the second time.
//!
//! `SHOW=1 cargo test --test mutants -- --nocapture` shows each that falls short, and
//! `SEED=…` draws other ones.

#[path = "mutants/kinds.rs"]
mod kinds;
#[path = "mutants/words.rs"]
mod words;

use healthcheck::diagnostic::{Diagnostic, Diagnostics, Severity};
use healthcheck::host::Host;
use kinds::{KINDS, Mutant};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use words::Script;

/// Slips of each kind in each script, as far as it has so many places for them.
const EACH: usize = 3;

/// SplitMix64, as the library's own.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

/// A script, where it stands, and what is told of it as it is.
struct Sample {
    name: &'static str,
    path: PathBuf,
    text: String,
    told: Vec<(String, String)>,
}

/// The first script of README that begins a council.
fn of_the_readme() -> String {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let block = readme
        .split("```")
        .filter_map(|block| block.strip_prefix("rhai\n"))
        .find(|block| block.contains("council("));
    block.expect("README shows a script").to_owned()
}

fn samples(elsewhere: &Path) -> Vec<Sample> {
    let sample = |name: &'static str| {
        let path = Path::new("scripts").join(name).join("check.rhai");
        let text = std::fs::read_to_string(&path).unwrap();
        (name, path, text)
    };
    let readme = elsewhere.join("scripts/readme/check.rhai");
    [
        sample("northshire"),
        sample("eastmere"),
        sample("sandbourne"),
        ("readme", readme, of_the_readme()),
    ]
    .into_iter()
    .map(|(name, path, text)| {
        let told = keys(&inspect(&path, &text));
        Sample {
            name,
            path,
            text,
            told,
        }
    })
    .collect()
}

fn inspect(path: &Path, text: &str) -> Diagnostics {
    let found = Host::new()
        .inspect_text(path, text)
        .expect("a script's path");
    found.into_iter().flat_map(|one| one.faults).collect()
}

fn keys(faults: &Diagnostics) -> Vec<(String, String)> {
    let key = |fault: &Diagnostic| (fault.code.name().to_owned(), fault.message.clone());
    faults.iter().map(key).collect()
}

/// How a slip fared.
#[derive(Default, Clone, Copy)]
struct Tally {
    made: usize,
    told: usize,
    at_its_line: usize,
    mended: usize,
    as_before: usize,
}

/// What became of one slip, and why it fell short.
struct Fate {
    tally: Tally,
    complaint: Option<String>,
}

fn judge(sample: &Sample, kind: &str, mutant: &Mutant) -> Fate {
    let faults = inspect(&sample.path, &mutant.text);
    let is_new = |fault: &&Diagnostic| {
        fault.severity() == Severity::Error
            || !sample
                .told
                .contains(&(fault.code.name().to_owned(), fault.message.clone()))
    };
    let new: Vec<&Diagnostic> = faults.iter().filter(is_new).collect();
    let here = |fault: &&&Diagnostic| mutant.lines.contains(&fault.place.line());
    let on_line: Vec<&&Diagnostic> = new.iter().filter(here).collect();
    let elsewhere = new
        .iter()
        .filter(|fault| fault.severity() == Severity::Error)
        .any(|fault| !mutant.lines.contains(&fault.place.line()));
    let mut tally = Tally {
        made: 1,
        told: usize::from(!new.is_empty()),
        at_its_line: usize::from(!on_line.is_empty() && !elsewhere),
        ..Tally::default()
    };
    // What is suggested on the line, typed as it stands.
    // A form with blanks is no word that was meant: it mends nothing by itself.
    let typed = on_line
        .iter()
        .filter_map(|fault| fault.replacement())
        .find(|typed| !typed.text.contains("\"…\""));
    let mut after = String::new();
    if let Some(typed) = typed {
        let span = typed.place.span;
        let text = typed.place.source.text();
        let mended = format!("{}{}{}", &text[..span.start], typed.text, &text[span.end..]);
        let left = inspect(&sample.path, &mended);
        let same = keys(&left) == sample.told;
        tally.mended = usize::from(!left.has_errors() && same);
        tally.as_before = usize::from(tally.mended == 1 && bare(&mended) == bare(&sample.text));
        after = format!("typed `{}` gives:\n{left}", typed.text);
    }
    let short = tally.at_its_line == 0 || tally.mended == 0;
    let complaint = short.then(|| {
        let line = mutant.lines[0];
        let shown: Vec<&str> = mutant
            .text
            .lines()
            .skip(line.saturating_sub(2))
            .take(3)
            .collect();
        let told: Diagnostics = new.iter().map(|fault| (*fault).clone()).collect();
        format!(
            "-- {kind} in {} at line {:?}: told {} line {} mended {}\n{}\n{told}{after}\n",
            sample.name,
            mutant.lines,
            tally.told,
            tally.at_its_line,
            tally.mended,
            shown.join("\n"),
        )
    });
    Fate { tally, complaint }
}

/// A script without what its layout adds.
fn bare(text: &str) -> String {
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    dense
        .replace(",}", "}")
        .replace(",]", "]")
        .replace(",)", ")")
}

#[test]
fn typical_slips_are_told_at_their_line_and_most_are_mended_by_what_is_suggested() {
    let folder = tempfile::tempdir().unwrap();
    let samples = samples(folder.path());
    let seed = std::env::var("SEED").map_or(2026, |seed| seed.parse().unwrap());
    let mut jobs = Vec::new();
    for (nth, (kind, make)) in KINDS.iter().enumerate() {
        for (of, sample) in samples.iter().enumerate() {
            // A stream of its own for each, so that a change of one leaves the others.
            let mut chance = Chance(seed * 10_000 + nth as u64 * 10 + of as u64);
            let script = Script::read(&sample.text, sample.name != "readme");
            let mut mutants = make(&script, &mut |bound| chance.below(bound));
            for _ in 0..EACH.min(mutants.len()) {
                let one = mutants.swap_remove(chance.below(mutants.len()));
                jobs.push((*kind, sample, one));
            }
        }
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    let fates: Mutex<BTreeMap<usize, Fate>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some((kind, sample, mutant)) = jobs.get(at) else {
                        return;
                    };
                    let fate = judge(sample, kind, mutant);
                    fates.lock().unwrap().insert(at, fate);
                }
            });
        }
    });
    let fates = fates.into_inner().unwrap();
    let mut by_kind: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for (at, fate) in &fates {
        let tally = by_kind.entry(jobs[*at].0).or_default();
        for sum in [tally, &mut all] {
            sum.made += fate.tally.made;
            sum.told += fate.tally.told;
            sum.at_its_line += fate.tally.at_its_line;
            sum.mended += fate.tally.mended;
            sum.as_before += fate.tally.as_before;
        }
    }
    let row = |kind: &str, tally: &Tally| {
        format!(
            "{kind:<34} {:>4} {:>4} {:>7} {:>6} {:>9}\n",
            tally.made, tally.told, tally.at_its_line, tally.mended, tally.as_before
        )
    };
    let mut table = format!(
        "{:<34} {:>4} {:>4} {:>7} {:>6} {:>9}\n",
        "slip", "made", "told", "at line", "mended", "as before"
    );
    for (kind, tally) in &by_kind {
        table += &row(kind, tally);
    }
    table += &row("all", &all);
    println!("{table}");
    let complaints: Vec<&str> = fates
        .values()
        .filter_map(|fate| fate.complaint.as_deref())
        .collect();
    let list = complaints.join("\n");
    if std::env::var_os("SHOW").is_some() {
        println!("{list}");
    }
    assert!(
        all.made >= 200,
        "only {} slips were made\n{table}",
        all.made
    );
    assert_eq!(
        all.told, all.made,
        "not every slip is told\n{table}\n{list}"
    );
    assert_eq!(
        all.at_its_line, all.made,
        "not at the line\n{table}\n{list}"
    );
    assert!(
        all.mended * 20 >= all.made * 19,
        "too few are mended\n{table}\n{list}"
    );
}
