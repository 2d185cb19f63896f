//! The README and the pages that it leads to keep what they promise: their scripts pass, their
//! commands end as they say and print what they show, and their tables are those of the program.
//!
//! A page's blocks run in order in a folder of its own, in which `healthcheck new northshire`
//! was run. A `rhai` block that begins a council replaces the script, any other is added to it,
//! and the script must then be sound; `rhai wrong` replaces it and need not be; `rhai tests` are
//! the tests beside it. `csv NAME` is written into the council's folder. In a `console` block
//! each line with `$` is run, and the lines below are all that it prints.

use assert_cmd::cargo::cargo_bin;
use healthcheck::national::{COLUMNS, StandardId};
use healthcheck::reference::{self, Answer, Shelf};
use healthcheck::validate::KEYS;
use healthcheck::{Earlier, Host};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Commands of cargo: the first is run as the program itself, the others are the test suite
/// and an installer.
const CARGO_RUN: &str = "cargo run --release -- ";
const NOT_RUN: [&str; 2] = ["cargo test", "cargo install --path ."];

/// The pages that are for people who have the program and not its source, in the order in which
/// they are read.
const PAGES: [&str; 8] = [
    "README.md",
    "docs/guide.md",
    "docs/language.md",
    "docs/publishing.md",
    "docs/asking.md",
    "docs/watching.md",
    "docs/pages.md",
    "docs/command-line.md",
];

/// Said where a page shows other words than the program prints.
const HOW: &str = "BLESS=1 cargo test --test readme writes that into the page: read it there";

#[test]
fn every_script_and_command_does_what_the_pages_show() {
    let (mut scripts, mut commands) = (0, 0);
    for page in PAGES {
        let (told, run) = told_by(page);
        scripts += told;
        commands += run;
    }
    assert!(
        scripts >= 11 && commands >= 14,
        "{scripts} scripts, {commands} commands"
    );
}

/// How many scripts and commands a page holds, each of which does what it shows.
fn told_by(page: &str) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/northshire");
    let script = council.join("check.rhai");
    let (mut scripts, mut commands) = (0, 0);
    let bless = std::env::var_os("BLESS").is_some();
    let text = text_of(page);
    if !text.contains("$ healthcheck new northshire\n") {
        begin(&council);
    }
    for block in blocks(&text) {
        match block.kind.split_once(' ').unwrap_or((&block.kind, "")) {
            ("rhai", "tests") => fs::write(council.join("tests.rhai"), &block.text).unwrap(),
            ("rhai", note) => {
                let begins = block.text.contains("council(");
                let before = if begins || note == "wrong" {
                    String::new()
                } else {
                    fs::read_to_string(&script).unwrap() + "\n"
                };
                fs::write(&script, format!("{before}{}", block.text)).unwrap();
                let sound = Host::new().load(&script);
                match note {
                    "wrong" => assert!(sound.is_err(), "{page}"),
                    _ => assert!(sound.is_ok(), "{}\n{}", block.text, sound.unwrap_err()),
                }
                scripts += 1;
            }
            ("csv", name) => fs::write(council.join(name), &block.text).unwrap(),
            ("console", _) => {
                for (command, shown) in conversation(&block.text) {
                    commands += 1;
                    if NOT_RUN.contains(&command.as_str()) {
                        continue;
                    }
                    if let Some(words) = command.strip_prefix(CARGO_RUN) {
                        run_from_a_clone(words);
                        continue;
                    }
                    let words = command
                        .strip_prefix("healthcheck ")
                        .expect("our own command");
                    let (code, said) = say(folder.path(), words);
                    let wanted = i32::from(shown.contains("error["));
                    assert_eq!(code, wanted, "{page}: {command}\n{said}");
                    if !shown.is_empty() && said.trim_end() != shown.trim_end() {
                        assert!(bless, "{page}: {command} prints\n{said}\n{HOW}");
                        let said = format!("$ {command}\n{}\n", said.trim_end());
                        let text = text_of(page).replace(&format!("$ {command}\n{shown}"), &said);
                        fs::write(root().join(page), text).unwrap();
                    }
                }
            }
            _ => {}
        }
    }
    for head in ["| file | is |", "| in `questionnaire/northshire/` | is |"] {
        for row in table_in(&text, head) {
            let named = &names(&row[0])[0];
            let path = folder.path().join(named);
            let asked = folder.path().join("questionnaire/northshire").join(named);
            assert!(path.is_file() || asked.is_file(), "{named}");
        }
    }
    (scripts, commands)
}

#[test]
fn data_may_lie_elsewhere_as_the_page_says() {
    assert!(text_of("docs/publishing.md").contains("`healthcheck run --data ../figures`"));
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/northshire");
    begin(&council);
    let elsewhere = folder.path().join("figures/northshire");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::rename(council.join("data"), elsewhere.join("data")).unwrap();
    assert_eq!(say(folder.path(), "run --data figures").0, 0);
}

/// The two commands, on what a clone holds.
fn run_from_a_clone(words: &str) {
    let clone = tempfile::tempdir().unwrap();
    for folder in ["scripts", "templates"] {
        copy(&root().join(folder), &clone.path().join(folder));
    }
    let (code, said) = say(clone.path(), words);
    assert_eq!(code, 0, "{said}");
    for council in ["eastmere", "northshire", "sandbourne"] {
        assert!(
            clone
                .path()
                .join("published")
                .join(council)
                .join("index.html")
                .is_file()
        );
        assert!(
            said.contains(&format!("published/{council}/index.html")),
            "{said}"
        );
    }
    assert!(clone.path().join("published/index.html").is_file());
    let mut shown = blocks(&text_of("README.md")).into_iter();
    let shown = shown.find(|block| block.kind == "text").unwrap().text;
    assert!(
        said.starts_with(&shown),
        "README shows\n{shown}\nand not\n{said}"
    );
}

/// A council's folder as `new` writes it.
fn begin(council: &Path) {
    let scripts = council.parent().unwrap();
    let host = Host::builder().scripts(scripts).build();
    host.begin("northshire").unwrap();
}

#[test]
fn the_table_of_cards_is_the_table_of_keys() {
    let rows = table("| card | what it is for |");
    let verbs: BTreeSet<&str> = KEYS.iter().map(|key| key.verb).collect();
    assert_eq!(rows.len(), verbs.len());
    for row in rows {
        let verb = &names(&row[0])[0];
        for (cell, needed) in [(2, true), (3, false)] {
            let wanted: Vec<&str> = KEYS
                .iter()
                .filter(|key| key.verb == *verb && key.needed == needed)
                .map(|key| key.name)
                .collect();
            assert_eq!(names(&row[cell]), wanted, "{verb}");
        }
        let known = reference::verbs().iter().find(|known| known.name == *verb);
        assert_eq!(row[1], known.unwrap().says, "{verb}");
    }
    for standard in StandardId::ALL {
        assert!(all_pages().contains(&format!("`{}`", standard.id())));
    }
}

#[test]
fn the_table_of_columns_is_the_nations() {
    let rows = table("| table | a row is |");
    assert_eq!(rows.len(), COLUMNS.len());
    for row in rows {
        let id = &names(&row[0])[0];
        let (_, columns) = COLUMNS.iter().find(|(name, _)| name == id).unwrap();
        let columns: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        assert_eq!(names(&row[2]), columns, "{id}");
    }
}

#[test]
fn every_example_of_a_formula_gives_a_number() {
    let rows = table("| write | and get |");
    assert!(rows.len() > 15);
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(folder.path()).build();
    let script = host.begin("northshire").unwrap().remove(0);
    let mut text = fs::read_to_string(&script).unwrap();
    for (nth, row) in rows.iter().enumerate() {
        let formula = &names(&row[0])[0];
        let tables: Vec<&str> = ["workers", "workforce", "survey"]
            .into_iter()
            .filter(|table| formula.contains(&format!("{table}.")))
            .collect();
        text += &format!(
            "measure(\"example-{nth}\", #{{ standard: \"caseload\", ask: \"Example\", unit: \"%\", \
             value: |{}| {formula}, best: 0, worst: 100 }});\n",
            tables.join(", ")
        );
    }
    fs::write(&script, text).unwrap();
    let check = host.load(&script).unwrap();
    let data = host.read(&check).unwrap();
    let found = host.assess(&check, &data, &Earlier::none()).unwrap();
    let mut printed = 0;
    for (nth, row) in rows.iter().enumerate() {
        let id = format!("example-{nth}");
        let item = found.items.iter().find(|item| item.id == id).unwrap();
        let value = &item.findings[0].local.value;
        let formula = &row[0];
        if row[1].contains("never printed") {
            assert_eq!(value.text, "c", "{formula}");
        } else {
            // What is withheld was computed all the same; everything else is a number.
            assert!(
                value.value.is_some() || value.text == "c",
                "{formula}: {value:?}"
            );
            printed += usize::from(value.value.is_some());
        }
    }
    assert!(printed > 12, "{printed}");
}

#[test]
fn every_function_of_tables_numbers_results_targets_and_tests_is_named() {
    let text = all_pages();
    for function in reference::functions() {
        if function.shelf != Shelf::Language {
            assert!(
                text.contains(&format!("{}(", function.name)),
                "{}",
                function.form
            );
        }
    }
}

#[test]
fn the_symbols_are_those_of_the_pages() {
    use healthcheck::missing::Missing;
    let rows = table("| symbol | means |");
    assert_eq!(rows.len(), Missing::ALL.len());
    for row in rows {
        let missing = Missing::from_symbol(&names(&row[0])[0]).unwrap();
        assert_eq!(row[1], missing.meaning());
    }
}

#[test]
fn a_wrong_name_in_a_template_is_an_error_with_its_place_and_never_a_blank() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(say(folder.path(), "new northshire").0, 0);
    let templates = folder.path().join("templates");
    copy(&root().join("templates"), &templates);
    let files = table("| file | makes |");
    assert!(files.len() > 9);
    for row in &files {
        for name in names(&row[0]).iter().filter(|name| !name.contains("NAME")) {
            assert!(templates.join(name).is_file(), "{name}");
        }
    }
    let page = templates.join("pages/index.html.j2");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(
        &page,
        text.replace("{{ council.covers }}", "{{ council.cover }}"),
    )
    .unwrap();
    for command in ["check", "run"] {
        let (code, said) = say(folder.path(), command);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("templates/pages/index.html.j2:"), "{said}");
        assert!(said.contains("did you mean `covers`?"), "{said}");
    }
    assert!(!folder.path().join("published").exists());
}

#[test]
fn commands_and_options_are_those_of_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let (_, help) = say(folder.path(), "--help");
    let listed = |from: &str, to: &str| -> BTreeSet<String> {
        let (_, rest) = help.split_once(from).unwrap();
        let rest = rest.split_once(to).map_or(rest, |(rest, _)| rest);
        rest.lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| !line.starts_with("    "))
            .flat_map(|line| line.split_whitespace().take(2))
            .map(|word| word.trim_end_matches(',').to_owned())
            .collect()
    };
    let commands = listed("Commands:", "Options:");
    for row in table("| command | does |") {
        let name = names(&row[0]).remove(0).replace("healthcheck ", "");
        assert!(commands.contains(&name), "{name} in {help}");
    }
    for name in ["run", "check", "watch", "new", "explain"] {
        assert!(
            all_pages().contains(&format!("| `healthcheck {name}` |")),
            "{name}"
        );
    }
    for row in table("| option | names |") {
        assert!(help.contains(&names(&row[0])[0]), "{row:?}");
    }
    assert_eq!(
        table("| option | names |").len(),
        help.matches(" <DIR>").count()
    );
}

#[test]
fn exit_codes_are_as_the_table_says() {
    let codes: Vec<String> = table("| exit code |")
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(codes, ["0", "1", "2", "3", "70"]);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert_eq!(say(at, "run").0, 2);
    assert_eq!(say(at, "rnu").0, 2);
    assert_eq!(say(at, "new northshire").0, 0);
    assert_eq!(say(at, "new eastmere").0, 0);
    assert_eq!(say(at, "run").0, 0);
    fs::remove_dir_all(at.join("published")).unwrap();
    let script = at.join("scripts/eastmere/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(&script, text.replace("target:", "tarket:")).unwrap();
    assert_eq!(say(at, "run").0, 1);
    assert!(
        at.join("published/northshire/index.html").is_file(),
        "the sound one"
    );
    fs::write(&script, text).unwrap();
    fs::write(at.join("file"), "").unwrap();
    assert_eq!(say(at, "run --out file/published").0, 3);
}

#[test]
fn every_code_and_file_that_the_pages_name_is_there() {
    let text = all_pages();
    for word in text.split('`') {
        if let Some(word) = word.strip_prefix("healthcheck explain ") {
            assert!(
                matches!(reference::explain(word), Answer::One { .. }),
                "{word}"
            );
        }
    }
    for page in PAGES {
        for link in text_of(page).split("](").skip(1) {
            leads_somewhere(page, link.split(')').next().unwrap());
        }
    }
    let run = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(
        run.lines()
            .any(|line| line.trim_end().ends_with("cargo test"))
    );
}

fn leads_somewhere(page: &str, link: &str) {
    if link.starts_with("https://") {
        return;
    }
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    let page = root().join(page);
    let leads_to = match file {
        "" => page.clone(),
        file => page.parent().unwrap().join(file),
    };
    assert!(leads_to.exists(), "{}: {link}", page.display());
    if heading.is_empty() {
        return;
    }
    let text = fs::read_to_string(leads_to).unwrap();
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
    let known = headings.any(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        words.replace([',', ':'], "").replace(' ', "-") == heading
    });
    assert!(known, "{}: {link}", page.display());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `#[export_module]` alone writes `::rhai::…`, which a program that has only `healthcheck`
/// among its crates does not find. Here all of them are found, so the words are looked at.
#[test]
fn every_module_of_functions_that_is_shown_says_where_rhai_is_found() {
    let shown = [
        "README.md",
        "docs/adding-a-function.md",
        "examples/pay_library.rs",
        "src/script/library.rs",
        "src/script/sandbox.rs",
    ];
    for file in shown {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let lines = text.lines().map(|line| line.trim_start_matches("/// "));
        let modules: Vec<&str> = lines
            .filter(|line| line.starts_with("#[export_module"))
            .collect();
        assert!(!modules.is_empty(), "{file}");
        for module in modules {
            let rooted = "#[export_module(root = \"::healthcheck::rhai\")]";
            assert_eq!(module, rooted, "{file}");
        }
    }
}

fn text_of(page: &str) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

/// All pages, one after the other.
fn all_pages() -> String {
    PAGES.map(text_of).concat()
}

/// A fenced block: the words after the fence, and what it holds.
struct Block {
    kind: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```");
            blocks.push(Block {
                kind: kind.to_owned(),
                text: text.map(|line| format!("{line}\n")).collect(),
            });
        }
    }
    blocks
}

/// Each command, and what it is shown to print.
fn conversation(text: &str) -> Vec<(String, String)> {
    let mut said: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            said.push((command.to_owned(), String::new()));
        } else {
            let (_, shown) = said.last_mut().expect("a command comes first");
            shown.push_str(line);
            shown.push('\n');
        }
    }
    said
}

/// The rows of the table that begins so, cell by cell.
fn table(head: &str) -> Vec<Vec<String>> {
    let rows = table_in(&all_pages(), head);
    assert!(!rows.is_empty(), "no table begins with {head}");
    rows
}

fn table_in(text: &str, head: &str) -> Vec<Vec<String>> {
    text.lines()
        .skip_while(|line| !line.starts_with(head))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let line = line.replace("\\|", "\u{1}");
            let cells = line.trim_matches('|').split('|');
            cells
                .map(|cell| cell.trim().replace('\u{1}', "|"))
                .collect()
        })
        .collect()
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Exit code, and what is printed on both streams as a terminal shows it.
fn say(folder: &Path, words: &str) -> (i32, String) {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut child = Command::new(program())
        .args(words.split_whitespace())
        .current_dir(folder)
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .spawn()
        .unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut reader, &mut said).unwrap();
    (child.wait().unwrap().code().unwrap(), said)
}

fn program() -> PathBuf {
    cargo_bin("healthcheck")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}
