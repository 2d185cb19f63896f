//! The reference in `docs/` is written from the program itself, and this says when it is
//! stale: `BLESS=1 cargo test --test reference` writes it anew.

use healthcheck::Host;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::reference::{self, Shelf, Sort};
use healthcheck::report::{self, Templates};
use healthcheck::script::Workshop;
use healthcheck::source::Source;
use std::fs;
use std::path::Path;

/// The line of a shipped template that holds some text: file, number, line.
fn line_with(text: &str) -> (&'static str, usize, &'static str) {
    let mut lines = Templates::own().flat_map(|(file, all)| {
        let numbered = all.lines().enumerate();
        numbered.map(move |(at, line)| (file, at + 1, line))
    });
    let found = lines.find(|(_, _, line)| line.contains(text));
    assert!(lines.all(|(_, _, line)| !line.contains(text)), "{text}");
    found.unwrap_or_else(|| panic!("no template that ships holds: {text}"))
}

/// The shipped templates with some texts of one file put differently, and what is told of
/// them.
fn edited(edits: &[(&str, &str)]) -> (Option<Templates>, Diagnostics) {
    let (file, _, _) = line_with(edits[0].0);
    let (_, text) = Templates::own().find(|(name, _)| *name == file).unwrap();
    let mut text = text.to_owned();
    for (before, after) in edits {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        text = text.replace(before, after);
    }
    match Templates::new(vec![(
        file.to_owned(),
        Source::new(format!("templates/{file}"), &text),
    )]) {
        Ok(templates) => {
            let faults = report::check_templates(&templates);
            (Some(templates), faults)
        }
        Err(faults) => (None, faults),
    }
}

/// An edit that is sound and shows on a page.
fn shows(edits: &[(&str, &str)], words: &str) {
    let (templates, faults) = edited(edits);
    assert!(faults.is_empty(), "{faults}");
    let templates = templates.unwrap();
    let council = report::examples().remove(0);
    let pages = report::pages(&council, &templates).unwrap();
    let is_there = |page: &report::Page| String::from_utf8_lossy(&page.bytes).contains(words);
    assert!(pages.iter().any(is_there), "{words}");
}

const HEADING: &str = "{% set title = \"Improvement plan\" %}";
const NEW_HEADING: &str = "{% set title = \"What we will do\" %}";
const HEADER: &str = "<th scope=\"col\">Owner</th><th scope=\"col\">When</th>";
const NEW_HEADER: &str =
    "<th scope=\"col\">Owner</th><th scope=\"col\">Agreed with</th><th scope=\"col\">When</th>";
const CELL: &str = "<td>{{ action.start }} to {{ action.due }}</td>";
const NEW_CELL: &str = "<td>{{ action.agreed_with|join(\", \") }}</td>\n<td>{{ action.start }} to {{ action.due }}</td>";
const MISSPELT: &str = "<td>{{ action.start }} to {{ action.deu }}</td>";

#[test]
fn what_a_lead_does_most_works_as_both_pages_tell_it() {
    shows(&[(HEADING, NEW_HEADING)], "<h1>What we will do</h1>");
    shows(&[(HEADER, NEW_HEADER), (CELL, NEW_CELL)], "<td>UNISON</td>");
    let (_, faults) = edited(&[(CELL, MISSPELT)]);
    assert_eq!(faults.iter().count(), 1);
    let guide = include_str!("../docs/pages.md");
    let pages = reference::pages();
    let (_, page) = pages
        .iter()
        .find(|(name, _)| *name == "templates.md")
        .unwrap();
    for line in [NEW_HEADING, NEW_HEADER, NEW_CELL] {
        assert!(
            guide.contains(line),
            "docs/pages.md has another edit: {line}"
        );
        assert!(page.contains(line), "the page has another edit: {line}");
    }
    for line in [HEADING, HEADER, CELL] {
        let (file, number, _) = line_with(line);
        assert!(
            page.contains(&format!("`templates/{file}`, line {number}")),
            "{line}"
        );
    }
    assert!(page.contains(&faults.paint(false)));
}

#[test]
fn the_reference_is_as_the_program_has_it() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, text) in reference::pages() {
        let file = docs.join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &text).expect("docs can be written");
        }
        assert!(
            fs::read_to_string(&file).is_ok_and(|there| there == text),
            "docs/{name} is stale: BLESS=1 cargo test --test reference"
        );
        assert!(text.contains(reference::WRITTEN), "{name}");
    }
}

#[test]
fn the_definitions_for_editors_have_every_function_and_card() {
    let pages = reference::pages();
    let (_, text) = pages
        .iter()
        .find(|(name, _)| name.ends_with(".d.rhai"))
        .unwrap();
    let verbs = reference::verbs().iter().map(|verb| verb.name);
    let functions = reference::functions().iter().map(|one| one.name.as_str());
    for name in verbs.chain(functions) {
        assert!(text.contains(&format!("\nfn {name}(")), "{name}");
    }
    let code = text
        .lines()
        .filter(|line| !line.starts_with("//") && !line.is_empty());
    for line in code.skip(1) {
        assert!(line.starts_with("fn ") && line.ends_with(';'), "{line}");
    }
}

/// A council with nothing but what every one needs, and its tables.
const COUNCIL: &str = "council(\"Northshire County Council\", #{ code: \"E10999901\", as_of: \"2026-09-30\", services: [\"children\", \"adults\"] });\n";
const TABLES: [&str; 3] = ["workers", "workforce", "survey"];

/// What is told of a script of which some text is a part; a card that the text brings is
/// not in it twice.
fn told(text: &str) -> Diagnostics {
    let mut script = String::new();
    if !text.starts_with("council(") {
        script += COUNCIL;
    }
    for table in TABLES {
        if !text.starts_with(&format!("table(\"{table}\"")) {
            script += &format!("table(\"{table}\", #{{ file: \"data/{table}.csv\" }});\n");
        }
    }
    let source = Source::new("check.rhai", &(script + text));
    match healthcheck::validate::check(&source, &[], &Workshop::default()) {
        Ok(checked) => checked.warnings,
        Err(faults) => faults,
    }
}

/// A card with a line in it: those keys beside it that such a card cannot do without.
fn card_with(key: &reference::Key, line: &str) -> String {
    let verb = reference::verbs()
        .iter()
        .find(|verb| verb.name == key.verb)
        .unwrap();
    let id = match verb.id {
        // Only answers can be brought as totals.
        Some(_) if key.name == "totals" => "survey",
        Some(_) => verb.example.split('"').nth(1).unwrap(),
        None => "",
    };
    let local: &[&str] = match key.verb {
        "measure" => &["standard", "ask", "unit", "value", "best", "worst"],
        "question" | "statement" => &["standard", "ask"],
        "action" if key.name == "item" => &[],
        "action" => &["standard"],
        _ => &[],
    };
    let beside = |other: &&reference::Key| {
        other.verb == key.verb
            && other.name != key.name
            && (other.needed || local.contains(&other.name))
    };
    let mut keys: Vec<String> = reference::keys()
        .iter()
        .filter(beside)
        .map(|other| format!("    {}: {},", other.name, other.example))
        .collect();
    keys.push(format!("    {line}"));
    let head = match verb.id {
        Some(_) => format!("\"{id}\", "),
        None => String::new(),
    };
    format!("{}({head}#{{\n{}\n}});\n", key.verb, keys.join("\n"))
}

/// A formula in a measure of its own.
fn measure_of(formula: &str) -> String {
    let named: Vec<&str> = TABLES
        .into_iter()
        .filter(|table| formula.contains(&format!("{table}.")))
        .collect();
    format!(
        "measure(\"example\", #{{ standard: \"caseload\", ask: \"Example\", unit: \"%\", value: |{}| {formula}, best: 0, worst: 100 }});\n",
        named.join(", ")
    )
}

#[test]
fn what_is_explained_as_right_is_sound_and_what_as_wrong_is_a_fault() {
    let mut complaints = Vec::new();
    let mut tried = 0;
    for topic in reference::topics() {
        let script = |text: &str| match topic.sort {
            Sort::Item | Sort::Standard | Sort::Card | Sort::Table => Some(text.to_owned()),
            Sort::Key => {
                let named =
                    |key: &&reference::Key| topic.name == format!("{}.{}", key.verb, key.name);
                Some(card_with(
                    reference::keys().iter().find(named).unwrap(),
                    text,
                ))
            }
            Sort::Column if text.starts_with("columns:") => Some(format!(
                "table(\"survey\", #{{ file: \"data/survey.csv\", {text} }});\n"
            )),
            Sort::Column => Some(measure_of(text)),
            Sort::Word if !text.is_empty() => Some(format!("{text}\n")),
            _ => None,
        };
        let (Some(wrong), Some(right)) = (script(&topic.wrong), script(&topic.right)) else {
            continue;
        };
        tried += 1;
        let (found, sound) = (told(&wrong), told(&right));
        if !found.has_errors() {
            complaints.push(format!(
                "{}: nothing is wrong with\n{wrong}{found}",
                topic.name
            ));
        }
        if sound.has_errors() {
            complaints.push(format!("{}: this is not right\n{right}{sound}", topic.name));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(tried > 150, "{tried}");
}

#[test]
fn the_slip_of_every_function_is_a_fault() {
    let workshop = Workshop::default();
    for topic in reference::topics() {
        if topic.sort == Sort::Function && !topic.wrong.is_empty() {
            let found = workshop.try_example(&topic.wrong);
            assert!(
                found.is_err(),
                "{}: `{}` gives {found:?}",
                topic.name,
                topic.wrong
            );
        }
    }
}

#[test]
fn the_examples_of_the_words_of_tests_are_tests_that_pass() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(folder.path()).build();
    let made = host.begin("northshire").unwrap();
    let of_tests = reference::functions()
        .iter()
        .filter(|one| one.shelf == Shelf::Tests);
    let mut text = String::new();
    let mut written = 0;
    for (nth, function) in of_tests.enumerate() {
        for example in &function.examples {
            assert_eq!(example.gives, "passes", "{}", function.form);
            written += 1;
            text += &match example.code.starts_with("test(") {
                true => format!("{}\n", example.code),
                false => format!("test(\"{nth}\", || {{\n{}\n}});\n", example.code),
            };
        }
    }
    fs::write(made[0].with_file_name("tests.rhai"), text).unwrap();
    let tested = host.test(&host.councils(&[]).unwrap(), "").remove(0);
    assert!(tested.faults.is_empty(), "{}", tested.faults);
    assert_eq!(tested.trials.len(), written);
    for trial in &tested.trials {
        assert!(trial.passed(), "{}", trial.faults);
    }
}
