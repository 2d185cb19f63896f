//! The reference in `docs/` is written from the program itself, and this says when it is
//! stale: `BLESS=1 cargo test --test reference` writes it anew.

use healthcheck::check::Kind;
use healthcheck::national::StandardId;
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

#[test]
fn the_reference_is_as_the_program_has_it() {
    for (path, text) in [("docs/items.md", items()), ("docs/keys.md", keys())] {
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
