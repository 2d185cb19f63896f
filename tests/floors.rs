//! The house's plan, kept by the compiler's side: imports go down or stay in their own
//! folder, foreign crates stay in their rooms, and a file keeps to one subject.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor. `lib` is the front door and names every room.
const FLOORS: &[(&str, u8)] = &[
    ("source", 0),
    ("diagnostic", 0),
    ("digest", 0),
    ("chance", 0),
    ("colour", 0),
    ("inside", 0),
    ("missing", 0),
    ("stop", 0),
    ("memo", 0),
    ("restore", 0),
    ("rounding", 0),
    ("national", 0),
    ("assessment", 1),
    ("publication", 1),
    ("data", 1),
    ("script", 2),
    ("side_by_side", 3),
    ("check", 3),
    ("validate", 3),
    ("assess", 4),
    ("attack", 5),
    ("disclose", 5),
    ("change", 5),
    ("compare", 5),
    ("verify", 5),
    ("report", 6),
    ("host", 7),
    ("reference", 7),
    ("lsp", 7),
    ("watch", 7),
    ("fuzzing", 8),
    ("bin", 8),
];

/// Who may know a room of the same floor or above, and why.
const DOORS: &[(&str, &str, &str)] = &[
    ("diagnostic", "source", "a fault has a place"),
    (
        "diagnostic",
        "national",
        "a test of suggestions uses the five answers",
    ),
    (
        "assessment",
        "check",
        "a finding repeats the claim as the check holds it",
    ),
    (
        "assessment",
        "data",
        "a finding repeats the counts of answers",
    ),
    (
        "memo",
        "stop",
        "what comes of work that nobody wants any more is not kept",
    ),
    (
        "national",
        "rounding",
        "the band of a score is that of the score as it is printed",
    ),
    (
        "stop",
        "restore",
        "work that panics leaves its thread unstopped",
    ),
    ("validate", "check", "validate makes the check"),
    (
        "validate",
        "side_by_side",
        "the nation's cards are read side by side",
    ),
    ("host", "reference", "host writes its pages"),
    ("watch", "host", "watch runs what host can do"),
    (
        "lsp",
        "host",
        "the server checks and looks at files as host can",
    ),
    (
        "lsp",
        "reference",
        "what an editor shows of a word is the reference's",
    ),
];

/// Foreign crates and the rooms in which they live.
const FOREIGN: &[(&str, &[&str])] = &[
    ("calamine", &["data"]),
    ("cfb", &["data"]),
    ("clap", &["bin"]),
    ("codespan_reporting", &["diagnostic"]),
    // Read in `data`, written in `report`: quoting is the same craft both ways.
    ("csv", &["data", "report"]),
    ("encoding_rs", &["data"]),
    ("getrandom", &["watch"]),
    ("html5gum", &["report"]),
    ("httparse", &["watch"]),
    (
        "jiff",
        &[
            "data", "check", "validate", "assess", "disclose", "compare", "host",
        ],
    ),
    ("lsp_server", &["lsp"]),
    ("lsp_types", &["lsp"]),
    ("minijinja", &["report"]),
    ("notify", &["watch"]),
    ("quick_xml", &["data"]),
    ("rhai", &["script", "lib"]),
    ("rust_xlsxwriter", &["report"]),
    ("rustix", &["host"]),
    // Derived on the types, written out by report.
    ("schemars", &["publication", "report"]),
    (
        "serde",
        &[
            "digest",
            "national",
            "publication",
            "attack",
            "compare",
            "data",
            "verify",
            "report",
            "lsp",
        ],
    ),
    (
        "serde_json",
        &[
            "data", "verify", "report", "host", "lsp", "watch", "fuzzing",
        ],
    ),
    ("sha2", &["digest"]),
    ("libmimalloc_sys", &["bin"]),
    ("mimalloc", &["bin"]),
    ("signal_hook", &["bin"]),
    ("strsim", &["diagnostic"]),
    ("tempfile", &["host"]),
    ("thiserror", &["diagnostic"]),
    ("unicode_width", &["bin"]),
    ("zip", &["data"]),
];

/// Files of the other floors that have clocks or threads all the same, and why.
const EXCEPTED: &[(&str, &str, &str)] = &[
    ("src/stop.rs", THREADS, "two pieces of work go side by side"),
    (
        "src/side_by_side.rs",
        THREADS,
        "many things of one kind go side by side",
    ),
    (
        "src/script/sandbox.rs",
        THREADS,
        "a script has a thread of its own, with a deep stack",
    ),
    (
        "src/script/sandbox.rs",
        CLOCKS,
        "a script's time is looked at as it runs",
    ),
    (
        "src/script/purse.rs",
        CLOCKS,
        "a script's formulas share one time",
    ),
    (
        "src/script/compile/trial.rs",
        CLOCKS,
        "a council's tests have a time of their own",
    ),
    (
        "src/data/read/plain.rs",
        THREADS,
        "a large plain file is read on all cores",
    ),
    (
        "src/assess/sheets.rs",
        THREADS,
        "in a very large council the sheets of each service have a thread",
    ),
    (
        "src/disclose/releases/digests.rs",
        THREADS,
        "rows of a large table are hashed on all cores",
    ),
    (
        "src/lsp/server.rs",
        THREADS,
        "an editor is heard while a script is checked",
    ),
    (
        "src/lsp/checker.rs",
        CLOCKS,
        "a script is checked when its author pauses",
    ),
];

const CLOCKS: &str = "clocks";
const THREADS: &str = "threads";

/// The most lines of code in a file; notes, blank lines and tests not counted.
const LONGEST: usize = 350;

/// Tables, one entry a row, that grow with what they list.
const TABLES: [&str; 2] = ["src/diagnostic/codes.rs", "src/diagnostic/examples.rs"];

#[test]
fn imports_go_down_or_stay_in_their_folder() {
    let floors = BTreeMap::from_iter(FLOORS.iter().copied());
    let mut broken = Vec::new();
    for file in sources() {
        if matches!(file.room.as_str(), "lib" | "bin") {
            continue;
        }
        let Some(own) = floors.get(file.room.as_str()) else {
            broken.push(format!("{} is in no room that has a floor", file.name));
            continue;
        };
        for (line, room) in file.rooms_used() {
            let Some(other) = floors.get(room.as_str()) else {
                broken.push(format!(
                    "{}:{line} uses {room}, which has no floor",
                    file.name
                ));
                continue;
            };
            let door = DOORS
                .iter()
                .any(|(from, to, _)| *from == file.room && *to == room);
            if room != file.room && other >= own && !door {
                broken.push(format!(
                    "{}:{line} (floor {own}) uses {room} (floor {other}): imports go down",
                    file.name
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_door_between_rooms_is_in_use() {
    let used: Vec<(String, String)> = sources()
        .iter()
        .flat_map(|file| {
            let whole = Words::of(&file.whole);
            rooms_in(&whole, file.depth)
                .into_iter()
                .map(|(_, room)| (file.room.clone(), room))
        })
        .collect();
    for (from, to, why) in DOORS {
        assert!(
            used.iter().any(|(a, b)| a == from && b == to),
            "no file of {from} uses {to} any more ({why}): take the door out of tests/floors.rs"
        );
    }
}

#[test]
fn foreign_crates_stay_in_their_rooms() {
    let rooms = BTreeMap::from_iter(FOREIGN.iter().copied());
    let mut broken = Vec::new();
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for file in sources() {
        for (line, name) in file.crates_used(&rooms) {
            if !rooms[name.as_str()].contains(&file.room.as_str()) {
                broken.push(format!(
                    "{}:{line} uses {name}, which lives in {}",
                    file.name,
                    rooms[name.as_str()].join(", ")
                ));
            }
            used.insert((name, file.room.clone()));
        }
    }
    let of_manifest = dependencies();
    for name in &of_manifest {
        if !rooms.contains_key(name.as_str()) {
            broken.push(format!(
                "{name} is in Cargo.toml and has no room in tests/floors.rs"
            ));
        }
    }
    for (name, lives_in) in FOREIGN {
        if !of_manifest.iter().any(|of| of == name) {
            broken.push(format!(
                "{name} is not in Cargo.toml any more: take it out of tests/floors.rs"
            ));
        }
        for room in *lives_in {
            if !used.contains(&((*name).to_owned(), (*room).to_owned())) {
                broken.push(format!(
                    "no file of {room} uses {name} any more: take the room out of tests/floors.rs"
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_table_of_floors_is_this_plan() {
    let (mut floors, mut lives_in) = (BTreeSet::new(), BTreeSet::new());
    for row in table_under("| floor | rooms | foreign crates |") {
        let [floor, rooms, crates] = &row[..] else {
            panic!("{row:?} is no floor, rooms and crates");
        };
        // What a room is follows its name.
        let named = rooms.split(" · ").map(|room| {
            let name = room
                .strip_prefix('`')
                .and_then(|room| room.split('`').next());
            let name = name.unwrap_or_else(|| panic!("\"{room}\" does not begin with its name"));
            name.split('/').next().unwrap_or(name).to_owned()
        });
        let named: Vec<String> = named.collect();
        floors.extend(named.iter().map(|room| (floor.clone(), room.clone())));
        for part in crates.split(" · ").filter(|part| !part.is_empty()) {
            let (names, inside) = part.split_once(" in ").unwrap_or((part, ""));
            let mut inside: Vec<String> = backticked(inside);
            if inside.is_empty() {
                inside.clone_from(&named);
            }
            let names = names.split(", ").filter(|words| !words.contains(' '));
            for name in names.map(|name| name.replace('-', "_")) {
                lives_in.extend(inside.iter().map(|room| (name.clone(), room.clone())));
            }
        }
    }
    let owned = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let plan = FLOORS
        .iter()
        .map(|(room, floor)| owned(&floor.to_string(), room));
    let plan: BTreeSet<_> = plan.chain([owned("", "lib")]).collect();
    assert_eq!(floors, plan, "rooms of docs/architecture.md, and FLOORS");
    let plan = FOREIGN.iter();
    let plan: BTreeSet<_> = plan
        .flat_map(|(name, rooms)| rooms.iter().map(|room| owned(name, room)))
        .collect();
    assert_eq!(
        lives_in, plan,
        "crates of docs/architecture.md, and FOREIGN"
    );
}

#[test]
fn each_dependency_has_one_row_with_its_reason() {
    let mut told: Vec<String> = Vec::new();
    for row in table_under("| crate | for | why this one |") {
        let names = row[0].split(" (").next().unwrap_or_default().split(", ");
        let names = names.filter_map(|name| name.split(' ').next());
        told.extend(names.map(|name| name.replace('-', "_")));
    }
    let mut wanted = dependencies();
    told.sort();
    wanted.sort();
    assert_eq!(
        told, wanted,
        "crates of docs/architecture.md, and Cargo.toml"
    );
}

#[test]
fn files_clocks_threads_and_processes_belong_to_the_upper_floors() {
    const ABOVE: [&str; 4] = ["host", "watch", "bin", "lib"];
    let mut broken = Vec::new();
    let mut used = Vec::new();
    for file in sources() {
        if ABOVE.contains(&file.room.as_str()) {
            continue;
        }
        for path in file.code.paths() {
            for what in path.reaches() {
                used.push((file.name.clone(), what));
                let excepted = |one: &(&str, &str, &str)| one.0 == file.name && one.1 == what;
                if !EXCEPTED.iter().any(excepted) {
                    let (name, line, words) = (&file.name, path.line, path.words.join("::"));
                    broken.push(format!(
                        "{name}:{line} uses {words}: {what} belong to host and watch"
                    ));
                }
            }
        }
    }
    for (name, what, why) in EXCEPTED {
        if !used.iter().any(|(file, of)| file == name && of == what) {
            broken.push(format!(
                "{name} has no {what} any more ({why}): take it out of tests/floors.rs"
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn nothing_in_the_library_prints_gives_up_or_waits_to_be_written() {
    let mut broken = Vec::new();
    for file in sources() {
        for (at, word) in file.code.words.iter().enumerate() {
            let next = file.code.text(at + 1);
            let before = at.checked_sub(1).map_or("", |at| file.code.text(at));
            let bad = match word.text.as_str() {
                "unwrap" => before == "." && next == "(",
                "println" | "print" | "eprintln" | "eprint" | "dbg" | "todo" | "unimplemented" => {
                    next == "!"
                }
                "ignore" => before == "[",
                _ => false,
            };
            if bad {
                broken.push(format!(
                    "{}:{} has `{}`: give a diagnostic, or `expect` with the reason why it cannot be",
                    file.name, word.line, word.text
                ));
            }
        }
        if file.whole.contains("#[ignore") {
            broken.push(format!("{} has a test that is not run", file.name));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_file_says_what_comes_in_and_what_goes_out() {
    let silent: Vec<String> = all_files()
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| format!("{} does not begin with `//!`", shown(&path)))
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn a_file_has_one_subject() {
    let mut broken = Vec::new();
    for file in sources() {
        let (name, lines) = (file.name.as_str(), file.lines_of_code());
        if lines > LONGEST && !TABLES.contains(&name) {
            broken.push(format!(
                "{name} has {lines} lines of code; {LONGEST} are the most"
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_plan_itself_reads_what_is_written() {
    let words = Words::of(
        "use crate::{host, report::Page}; // crate::watch\nlet a = \"crate::bin\"; super::super::data::read();\nrhai::Engine; x.csv(); a::csv::b; 'c'",
    );
    assert_eq!(
        rooms_in(&words, 2),
        [(1, "host".into()), (1, "report".into()), (2, "data".into())]
    );
    let heads: Vec<String> = words
        .paths()
        .iter()
        .map(|path| path.words[0].clone())
        .collect();
    assert!(heads.contains(&"rhai".to_owned()) && !heads.contains(&"csv".to_owned()));
    for (text, reaches) in [
        ("use std::time::Duration;", &[][..]),
        ("use std::time::{Duration, Instant};", &[CLOCKS]),
        ("let now = std::time::SystemTime::now();", &[CLOCKS]),
        ("use std::{fmt, fs, thread};", &["files", THREADS]),
        ("use std::thread::{self, Scope};", &[THREADS, THREADS]),
        ("fn f(a: thread::Scope, b: std::path::Path) {}", &[]),
    ] {
        let paths = Words::of(text).paths();
        let seen: Vec<&str> = paths.iter().flat_map(PathSeen::reaches).collect();
        assert_eq!(seen, reaches, "{text}");
    }
}

#[test]
fn what_stands_below_a_function_for_tests_is_read_as_well() {
    let text = [
        "fn a() {}",
        "    #[cfg(test)]",
        "    #[must_use]",
        "    fn one() -> u8 {",
        "        1",
        "    }",
        "    fn b(",
        "    #[cfg(test)]",
        "    fn two(",
        "        &self,",
        "    ) -> u8 {",
        "        2",
        "    }",
        "    #[cfg(test)]",
        "    let three = 3;",
        "fn c() {}",
        "#[cfg(test)]",
        "mod tests {",
        "fn four() {}",
    ];
    let kept = without_tests(&text.join("\n"));
    let kept: Vec<(usize, &str)> = (kept.lines().enumerate())
        .filter(|(_, line)| !line.is_empty())
        .collect();
    assert_eq!(kept, [0, 6, 15].map(|at| (at, text[at])));
}

/// A file of `src/`, tests left out.
struct File {
    /// `src/report/fill.rs`.
    name: String,
    /// `report`.
    room: String,
    /// How many `super::` lead out of the room: 1 in `report.rs`, 2 in `report/fill.rs`.
    depth: usize,
    /// The text, tests and all.
    whole: String,
    /// The text without its tests.
    text: String,
    /// Its words, without notes, texts and tests.
    code: Words,
}

impl File {
    fn rooms_used(&self) -> Vec<(usize, String)> {
        rooms_in(&self.code, self.depth)
    }

    fn crates_used(&self, rooms: &BTreeMap<&str, &[&str]>) -> Vec<(usize, String)> {
        self.code
            .paths()
            .into_iter()
            .filter(|path| path.words.len() > 1 || path.used)
            .filter(|path| rooms.contains_key(path.words[0].as_str()))
            .map(|path| (path.line, path.words[0].clone()))
            .collect()
    }

    fn lines_of_code(&self) -> usize {
        self.text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
            .count()
    }
}

/// The rooms that a text names, with their lines.
fn rooms_in(code: &Words, depth: usize) -> Vec<(usize, String)> {
    let mut rooms = Vec::new();
    for path in code.paths() {
        let climbs = path
            .words
            .iter()
            .take_while(|word| *word == "super")
            .count();
        let rest = if path.words[0] == "crate" {
            &path.words[1..]
        } else if climbs == depth {
            &path.words[climbs..]
        } else {
            continue;
        };
        match rest.first() {
            Some(room) => rooms.push((path.line, room.clone())),
            None => rooms.extend(path.group.iter().map(|room| (path.line, room.clone()))),
        }
    }
    rooms
}

/// Files that are not tests.
fn sources() -> Vec<File> {
    let all = all_files();
    assert!(all.len() > 50, "src/ is where it was");
    let tests = test_modules(&all);
    assert!(tests.len() > 5, "tests are where they were");
    let is_test = |path: &Path| {
        let module = path.with_extension("");
        tests.iter().any(|test| module.starts_with(test))
    };
    all.iter()
        .filter(|path| !is_test(path))
        .map(|path| {
            let inside = path.strip_prefix(root().join("src")).unwrap();
            let parts: Vec<&str> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            let whole = fs::read_to_string(path).unwrap();
            let text = without_tests(&whole);
            File {
                name: shown(path),
                room: parts[0].trim_end_matches(".rs").to_owned(),
                depth: parts.len(),
                code: Words::of(&text),
                text,
                whole,
            }
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    inside.display().to_string().replace('\\', "/")
}

fn all_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Files that a `#[cfg(test)] mod …;` names, without `.rs`; what lies in a folder of that
/// name is test as well.
fn test_modules(all: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in all {
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let named = pair[1]
                .split("mod ")
                .nth(1)
                .and_then(|rest| rest.strip_suffix(';'));
            if let Some(module) = named {
                let folder = if path.ends_with("main.rs") || path.ends_with("lib.rs") {
                    path.parent().unwrap().to_owned()
                } else {
                    path.with_extension("")
                };
                found.push(folder.join(module));
            }
        }
    }
    found
}

/// The text up to its module of tests, without what else is there for tests alone: lines stay at
/// their numbers.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let margin = &line[..line.len() - line.trim_start().len()];
        kept.push('\n');
        let mut item = lines.by_ref().inspect(|_| kept.push('\n'));
        let first = item.find(|line| !line.trim().starts_with("#["));
        let first = first.unwrap_or_default().trim();
        let is_module = first.starts_with("mod ") || first.contains(" mod ");
        if is_module && first.ends_with('{') {
            break;
        }
        let ends = |line: &str| {
            let at_margin = line.strip_prefix(margin);
            at_margin.is_some_and(|line| line.starts_with('}')) && !line.ends_with('{')
        };
        if !first.ends_with([';', ',', '}']) {
            item.find(|line| ends(line));
        }
    }
    kept
}

/// The rows of a table of docs/architecture.md, by its head.
fn table_under(head: &str) -> Vec<Vec<String>> {
    let page = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rows = page.lines().skip_while(|line| *line != head).skip(2);
    let rows: Vec<Vec<String>> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect();
    assert!(!rows.is_empty(), "{head} is in docs/architecture.md");
    rows
}

/// What stands between backticks.
fn backticked(text: &str) -> Vec<String> {
    let words = text.split('`').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

/// The names of the library's dependencies, those of some systems too, as Rust writes them.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut names = Vec::new();
    let mut are_ours = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            are_ours = line == "[dependencies]"
                || (line.starts_with("[target.") && line.ends_with(".dependencies]"));
        } else if let Some((name, _)) = line.split_once(" =").filter(|_| are_ours) {
            names.push(name.replace('-', "_"));
        }
    }
    names
}

/// Words and signs of a Rust text, without notes and texts in quotes.
struct Words {
    words: Vec<Word>,
}

struct Word {
    text: String,
    line: usize,
}

/// `a::b::c`, or `a::{b, c}`.
struct PathSeen {
    words: Vec<String>,
    /// The first word of each part of a `{…}` at the end.
    group: Vec<String>,
    line: usize,
    /// Whether it stands after `use`.
    used: bool,
}

impl PathSeen {
    /// What it reaches for that is another each time; of a group, by the first word of each part.
    fn reaches(&self) -> Vec<&'static str> {
        let own = self.words.iter().map(String::as_str);
        let mut last: Vec<Option<&str>> = self.group.iter().map(|word| Some(&**word)).collect();
        if last.is_empty() {
            last.push(None);
        }
        last.into_iter()
            .filter_map(|last| {
                let path: Vec<&str> = own.clone().chain(last).collect();
                match path[..] {
                    ["std", "fs", ..] => Some("files"),
                    ["std", "net", ..] => Some("connections"),
                    ["std", "process" | "env", ..] => Some("processes"),
                    ["std", "io", "stdin" | "stdout" | "stderr", ..] => Some("terminals"),
                    ["std", "thread", ..] => Some(THREADS),
                    ["std", "time"] => Some(CLOCKS),
                    ["std", "time", "Instant" | "SystemTime" | "self" | "*", ..] => Some(CLOCKS),
                    ["jiff", "Timestamp" | "Zoned", ..] => Some(CLOCKS),
                    _ => None,
                }
            })
            .collect()
    }
}

impl Words {
    fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let mut words: Vec<Word> = Vec::new();
        let (mut at, mut line) = (0, 1);
        let peek = |at: usize| letters.get(at).copied().unwrap_or(' ');
        while at < letters.len() {
            let begin = at;
            match letters[at] {
                '/' if peek(at + 1) == '/' => {
                    while at < letters.len() && letters[at] != '\n' {
                        at += 1;
                    }
                }
                'r' if peek(at + 1) == '"' || (peek(at + 1) == '#' && peek(at + 2) == '"') => {
                    let hash = peek(at + 1) == '#';
                    at += if hash { 3 } else { 2 };
                    while at < letters.len()
                        && !(letters[at] == '"' && (!hash || peek(at + 1) == '#'))
                    {
                        at += 1;
                    }
                    at += 1;
                }
                '"' => {
                    at += 1;
                    while at < letters.len() && letters[at] != '"' {
                        at += if letters[at] == '\\' { 2 } else { 1 };
                    }
                    at += 1;
                }
                '\'' if peek(at + 1) == '\\' => {
                    at += 3;
                    while at < letters.len() && letters[at] != '\'' {
                        at += 1;
                    }
                    at += 1;
                }
                '\'' if peek(at + 2) == '\'' => at += 3,
                letter if letter.is_alphanumeric() || letter == '_' => {
                    while peek(at).is_alphanumeric() || peek(at) == '_' {
                        at += 1;
                    }
                    words.push(Word {
                        text: letters[begin..at].iter().collect(),
                        line,
                    });
                }
                ':' if peek(at + 1) == ':' => {
                    at += 2;
                    words.push(Word {
                        text: "::".into(),
                        line,
                    });
                }
                letter => {
                    at += 1;
                    if !letter.is_whitespace() {
                        words.push(Word {
                            text: letter.into(),
                            line,
                        });
                    }
                }
            }
            let end = at.min(letters.len());
            line += letters[begin..end].iter().filter(|c| **c == '\n').count();
        }
        Self { words }
    }

    fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.text)
    }

    fn is_name(&self, at: usize) -> bool {
        self.text(at)
            .starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
    }

    fn paths(&self) -> Vec<PathSeen> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            if !self.is_name(at) {
                at += 1;
                continue;
            }
            let before = at.checked_sub(1).map_or("", |before| self.text(before));
            let (inside, used) = (matches!(before, "." | "::"), before == "use");
            let line = self.words[at].line;
            let mut words = vec![self.text(at).to_owned()];
            at += 1;
            while self.text(at) == "::" && self.is_name(at + 1) {
                words.push(self.text(at + 1).to_owned());
                at += 2;
            }
            let group = if self.text(at) == "::" && self.text(at + 1) == "{" {
                self.group(at + 2)
            } else {
                Vec::new()
            };
            if !inside {
                paths.push(PathSeen {
                    words,
                    group,
                    line,
                    used,
                });
            }
        }
        paths
    }

    /// The first word of each part of a group that begins here.
    fn group(&self, mut at: usize) -> Vec<String> {
        let (mut parts, mut deep, mut fresh) = (Vec::new(), 1, true);
        while deep > 0 && at < self.words.len() {
            match self.text(at) {
                "{" => deep += 1,
                "}" => deep -= 1,
                "," if deep == 1 => {
                    fresh = true;
                    at += 1;
                    continue;
                }
                word if fresh && deep == 1 => parts.push(word.to_owned()),
                _ => {}
            }
            fresh = false;
            at += 1;
        }
        parts
    }
}
