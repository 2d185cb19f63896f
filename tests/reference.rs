//! The reference in `docs/` is written from the program itself, and this says when it is
//! stale: `BLESS=1 cargo test --test reference` writes it anew.

use healthcheck::check::Kind;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::national::StandardId;
use healthcheck::reference::{self, Sort};
use healthcheck::report::{self, Templates, Vocabulary, vocabulary};
use healthcheck::script::Workshop;
use healthcheck::source::Source;
use healthcheck::validate::{KEYS, national};
use std::fs;
use std::path::Path;

/// A cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn items() -> String {
    let mut page = String::from(
        "# The 39 national items\n\n\
         Written from the program: `BLESS=1 cargo test --test reference`. The wording is this project's own. The cards\n\
         themselves, with each formula and its source, are in [`scripts/national/`](../scripts/national).\n",
    );
    for standard in StandardId::ALL {
        page += &format!("\n## {}: `{}`\n\n", standard.title(), standard.id());
        page += "| id | kind | asks | unit | best → worst |\n|---|---|---|---|---|\n";
        for item in national()
            .iter()
            .filter(|item| item.standard == standard.id())
        {
            let (unit, anchors) = match &item.local.kind {
                Kind::Measure(measure) => (
                    measure.unit.clone(),
                    format!("{} → {}", measure.best, measure.worst),
                ),
                _ => (String::new(), String::new()),
            };
            page += &format!(
                "| `{}` | {} | {} | {} | {} |\n",
                item.id,
                item.local.kind.word(),
                cell(&item.local.ask),
                cell(&unit),
                anchors
            );
        }
    }
    page
}

fn keys() -> String {
    let mut page = String::from(
        "# Every key of every card\n\n\
         Written from the program: `BLESS=1 cargo test --test reference`. A key in bold must be there.\n",
    );
    let mut verb = "";
    for key in KEYS {
        if key.verb != verb {
            verb = key.verb;
            page += &format!("\n## `{verb}`\n\n| key | wants | says |\n|---|---|---|\n");
        }
        let name = if key.needed {
            format!("**`{}`**", key.name)
        } else {
            format!("`{}`", key.name)
        };
        page += &format!(
            "| {name} | {} | {} |\n",
            cell(&key.wants.words()),
            cell(key.says)
        );
    }
    page
}

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

/// What a lead does most, each tried here as it is told.
fn examples() -> String {
    shows(&[(HEADING, NEW_HEADING)], "<h1>What we will do</h1>");
    shows(&[(HEADER, NEW_HEADER), (CELL, NEW_CELL)], "<td>UNISON</td>");
    let readme = include_str!("../README.md");
    for line in [NEW_HEADING, NEW_HEADER, NEW_CELL] {
        assert!(readme.contains(line), "the README has another edit: {line}");
    }
    let (_, faults) = edited(&[(CELL, MISSPELT)]);
    assert_eq!(faults.iter().count(), 1);
    let at = |text| {
        let (file, number, _) = line_with(text);
        format!("`templates/{file}`, line {number}")
    };
    format!(
        "## What is done most\n\n\
         Each of these is tried whenever this page is written.\n\n\
         **Change the wording.** {}: put `What we will do` in the place of `Improvement plan`. That is the page's title: its heading and every link to it change with it. Words outside braces and double quotes are yours too.\n\n\
         ```text\n{NEW_HEADING}\n```\n\n\
         **Add a column to a table.** A column is a heading and, in the loop below it, a cell. {}, add the heading:\n\n\
         ```html\n{NEW_HEADER}\n```\n\n\
         and at {}, a cell before the one that is there:\n\n\
         ```html\n{NEW_CELL}\n```\n\n\
         `agreed_with` is a list of texts, so it is joined. A list of anything else needs a loop of its own.\n\n\
         **Misspell a name and be told.** With `{{{{ action.deu }}}}` in that cell, `healthcheck check` says:\n\n\
         ```text\n{}```\n\n",
        at(HEADING),
        at(HEADER),
        at(CELL),
        faults.paint(false),
    )
}

fn names_of(own: &Vocabulary) -> String {
    let mut page = format!("## {}\n", own.templates);
    for sort in &own.sorts {
        let title = if sort.found.is_empty() {
            "The names themselves"
        } else {
            &sort.title
        };
        page += &format!("\n### {title}\n\n{}", sort.says);
        if !sort.found.is_empty() {
            page += &format!(" Found at `{}`.", sort.found.join("`, `"));
        }
        page += "\n\n| name | is | says |\n|---|---|---|\n";
        for name in &sort.names {
            let (is, says) = (cell(&name.is), cell(&name.says));
            page += &format!("| `{}` | {is} | {says} |\n", name.name);
        }
    }
    page
}

fn templates() -> String {
    let mut page = String::from(
        "# Every name that a template may use\n\n\
         Written from the program: `BLESS=1 cargo test --test reference`. `healthcheck templates --names` prints the same, and\n\
         `healthcheck templates --names interval` only what speaks of intervals.\n\n\
         `{{ council.name }}` prints a name; `council` has the names of *Council*, and `name` is one of them. What is a *list* is\n\
         gone through with `{% for row in response %}` … `{% endfor %}`, and is written here with `[]`: `response[].rate.text` is\n\
         `row.rate.text` in such a loop. What may be *nothing* is asked first: `{% if council.note %}` … `{% endif %}`. A *Figure* is\n\
         printed by its `text`, which is the number or the symbol that stands where there is none. A *picture* is printed as it\n\
         is. After a name may stand `|capitalize`, `|lower`, `|upper`, `|length`, `|first`, `|last` or `|join(\", \")`.\n\n",
    );
    page += &examples();
    page += &vocabulary()
        .iter()
        .map(names_of)
        .collect::<Vec<_>>()
        .join("\n");
    page
}

#[test]
fn the_reference_is_as_the_program_has_it() {
    for (path, text) in [
        ("docs/items.md", items()),
        ("docs/keys.md", keys()),
        ("docs/templates.md", templates()),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &text).expect("docs can be written");
        }
        assert!(
            fs::read_to_string(&file).is_ok_and(|there| there == text),
            "{path} is stale: BLESS=1 cargo test --test reference"
        );
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
            Sort::Column => Some(measure_of(text)),
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
