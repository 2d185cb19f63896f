//! That a host which remembers publishes what one without memory publishes, byte for byte, and
//! what it does not do again.

use super::*;
use crate::chance::SplitMix64;
use crate::host::Destination;
use crate::report::Templates;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const COUNCIL: &str = "northshire";

struct World {
    keep: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let world = World {
            keep: tempfile::tempdir().unwrap(),
        };
        for (name, text) in Templates::own() {
            let path = world.file("templates").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        world.host().begin(COUNCIL).unwrap();
        // A council whose figures count: those that are made up are nobody's.
        world.edit(
            "scripts/northshire/check.rhai",
            "\"made-up\"",
            "\"E10000099\"",
        );
        world
    }

    fn file(&self, name: &str) -> PathBuf {
        self.keep.path().join(name)
    }

    fn host(&self) -> Host {
        let host = Host::builder().unseen(true);
        let host = host.scripts(self.file("scripts"));
        host.templates(self.file("templates")).build()
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        fs::write(self.file(name), text.replacen(from, to, 1)).unwrap();
    }

    /// Runs the council; gives every file that then stands there.
    fn published(&self, host: &Host, to: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let run = host.run(
            &[host.council_folder(COUNCIL)],
            &Destination::folder(self.file(to)),
        );
        let outcome = &run.outcomes[0];
        assert!(run.faults.is_empty(), "{}", run.faults);
        assert!(outcome.page.is_some(), "{}", outcome.faults);
        let mut files = BTreeMap::new();
        gather(&self.file(to), Path::new(""), &mut files);
        files
    }
}

fn gather(root: &Path, inside: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(root.join(inside)).unwrap() {
        let inside = inside.join(entry.unwrap().file_name());
        if root.join(&inside).is_dir() {
            gather(root, &inside, files);
        } else {
            files.insert(inside.clone(), fs::read(root.join(&inside)).unwrap());
        }
    }
}

/// A file, what stands in it, and what takes its place.
const EDITS: [(&str, &str, &str); 12] = [
    (
        "scripts/northshire/check.rhai",
        "CEILING = 18",
        "CEILING = 15",
    ),
    ("scripts/northshire/data/workers.csv", ",16,18,", ",26,18,"),
    (
        "scripts/northshire/check.rhai",
        "target: at_most(16)",
        "target: at_most(17)",
    ),
    (
        "scripts/northshire/check.rhai",
        "council(",
        "// A remark.\ncouncil(",
    ),
    ("scripts/northshire/data/survey.csv", "\n", "\n\n"),
    ("scripts/northshire/data/survey.csv", ",agree", ",disagree"),
    (
        "templates/pages/plan.html.j2",
        "label = \"Improvement plan\"",
        "label = \"The plan\"",
    ),
    ("templates/style.css", "body {", "body  {"),
    (
        "with memory/northshire/index.html",
        "<body>",
        "<body class=\"mine\">",
    ),
    ("with memory/northshire/results.xlsx", "", ""),
    // Of another day, what stands is an edition; of another council, it is nobody's.
    (
        "scripts/northshire/check.rhai",
        "as_of:    \"2026-09-30\"",
        "as_of:    \"2026-10-31\"",
    ),
    (
        "scripts/northshire/check.rhai",
        "\"E10000099\"",
        "\"E10000098\"",
    ),
];

#[test]
fn a_host_that_remembers_publishes_byte_for_byte_what_one_without_memory_does() {
    let world = World::new();
    let (remembers, _) = world.host().remembering();
    let mut chance = SplitMix64::seeded(7);
    let mut edited = [false; EDITS.len()];
    for step in 0..EDITS.len() + 2 {
        let with = world.published(&remembers, "with memory");
        let without = world.published(&world.host(), "without");
        for (path, bytes) in &without {
            let differs = with.get(path) != Some(bytes);
            assert!(
                !differs,
                "after {step} edits, {}: {edited:?}",
                path.display()
            );
        }
        assert_eq!(with.len(), without.len());
        // Each of them once, then some taken back.
        let at = match step {
            each if each < EDITS.len() => each,
            _ => chance.below(EDITS.len() as u64) as usize,
        };
        let (name, from, to) = EDITS[at];
        match (name.starts_with("with memory"), from) {
            // What was published is done away with, by hand.
            (true, "") => fs::remove_file(world.file(name)).unwrap(),
            (true, _) => world.edit(name, from, to),
            // An edit, or the same taken back.
            (false, _) if edited[at] => world.edit(name, to, from),
            (false, _) => world.edit(name, from, to),
        }
        edited[at] = !edited[at] && !name.starts_with("with memory");
    }
}

#[test]
fn after_a_remark_in_a_script_one_page_is_made_and_nothing_is_resampled_or_attacked_again() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    world.published(&host, "published");
    // What stands is looked at by the next run for the first time.
    let counts = || {
        let past = memory.past(COUNCIL);
        let (pages, data) = past.made.counts();
        (past.firmness.times(), past.verdicts.counts().0, pages, data)
    };
    let first = counts();
    world.edit(
        "scripts/northshire/check.rhai",
        "council(",
        "// A remark.\ncouncil(",
    );
    world.published(&host, "published");
    let (firmness, verdicts, pages, data) = first;
    assert_eq!((firmness, data), (1, 2), "tables, and what they are");
    let second = counts();
    assert_eq!(second.0, firmness, "nothing is resampled");
    assert_eq!(second.3, data, "no table is laid out");
    assert_eq!(second.2, pages + 1, "the page with the sums of files");
    // The release of the first run stands beside it now, and is the same to the attacker.
    assert!(second.1 <= verdicts + 1);
    // What stood before what is made now: the number of a file that is gone may be given again.
    let before = written(&world.file("published/northshire"));
    world.edit(
        "scripts/northshire/check.rhai",
        "A remark",
        "Another remark",
    );
    world.published(&host, "published");
    assert_eq!(counts().1, second.1, "nothing is attacked");
    let third = written(&world.file("published/northshire"));
    let (from, to) = ("target: at_most(16)", "target: at_most(17)");
    world.edit("scripts/northshire/check.rhai", from, to);
    world.published(&host, "published");
    let attacked = counts().1;
    assert!(attacked > second.1, "a target is printed");
    world.edit("scripts/northshire/check.rhai", to, from);
    world.published(&host, "published");
    assert_eq!(counts().1, attacked, "an edit taken back is known");
    let anew: Vec<&PathBuf> = third
        .iter()
        .filter(|(path, number)| before.get(*path) != Some(number))
        .map(|(path, _)| path)
        .collect();
    if cfg!(unix) {
        let expected = ["manifest.json", "method.html", "results.json"];
        assert_eq!(anew, expected.map(Path::new), "only these were written");
    }
}

#[test]
fn a_changed_figure_costs_what_it_changes() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    let counts = || {
        let past = memory.past(COUNCIL);
        let (pages, data) = past.made.counts();
        let (attacks, tables) = past.verdicts.counts();
        [past.firmness.times(), attacks, tables, pages, data]
    };
    world.published(&host, "published");
    let first = counts();
    let cost = |name: &str, from: &str, to: &str| {
        let before = counts();
        world.edit(name, from, to);
        world.published(&host, "published");
        let after = counts();
        [0, 1, 2, 3, 4].map(|at| after[at] - before[at])
    };
    let [.., all_tables, all_pages, _] = first;
    // Another ceiling in a formula of the council's own.
    let script = "scripts/northshire/check.rhai";
    let [firmness, _, tables, pages, _] = cost(script, "CEILING = 18", "CEILING = 15");
    assert_eq!(firmness, 0, "nothing is resampled");
    assert!(tables <= all_tables / 20, "{tables} of {all_tables} tables");
    assert!(pages <= all_pages * 2 / 3, "{pages} of {all_pages} pages");
    // Another answer on one sheet.
    let survey = "scripts/northshire/data/survey.csv";
    let [firmness, _, tables, pages, _] = cost(survey, ",agree", ",disagree");
    assert_eq!(firmness, 1);
    assert!(tables <= all_tables / 8, "{tables} of {all_tables} tables");
    assert!(pages <= all_pages * 3 / 4, "{pages} of {all_pages} pages");
}

#[test]
fn a_council_that_is_gone_is_forgotten() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    world.published(&host, "published");
    assert_eq!(memory.past(COUNCIL).firmness.times(), 1);
    memory.forget_council(COUNCIL);
    assert_eq!(memory.past(COUNCIL).firmness.times(), 0);
}

/// The number of each file on the disk.
#[cfg(unix)]
fn written(root: &Path) -> BTreeMap<PathBuf, u64> {
    use std::os::unix::fs::MetadataExt;
    let mut files = BTreeMap::new();
    gather(root, Path::new(""), &mut files);
    let number = |path: &PathBuf| fs::metadata(root.join(path)).unwrap().ino();
    files
        .into_keys()
        .map(|path| (path.clone(), number(&path)))
        .collect()
}

#[cfg(not(unix))]
fn written(_root: &Path) -> BTreeMap<PathBuf, u64> {
    BTreeMap::new()
}
