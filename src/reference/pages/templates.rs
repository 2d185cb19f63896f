//! The page of the names that templates may use, with what a workforce lead does most. The
//! edits are those of the shipped templates; tests try them.

use super::{cell, origin};
use crate::reference::template_names;
use crate::report::{self, Templates, Vocabulary};
use crate::source::Source;

const HEADING: &str = "{% set title = \"Improvement plan\" %}";
const NEW_HEADING: &str = "{% set title = \"What we will do\" %}";
const HEADER: &str = "<th scope=\"col\">Owner</th><th scope=\"col\">When</th>";
const NEW_HEADER: &str =
    "<th scope=\"col\">Owner</th><th scope=\"col\">Agreed with</th><th scope=\"col\">When</th>";
const CELL: &str = "<td>{{ action.start }} to {{ action.due }}</td>";
const NEW_CELL: &str = "<td>{{ action.agreed_with|join(\", \") }}</td>\n<td>{{ action.start }} to {{ action.due }}</td>";
const MISSPELT: &str = "<td>{{ action.start }} to {{ action.deu }}</td>";

pub(super) fn page() -> String {
    let mut page = format!(
        "# Every name that a template may use\n\n\
         {} `healthcheck templates --names` prints the same, and\n\
         `healthcheck templates --names interval` only what speaks of intervals.\n\n",
        origin()
    );
    page += "`{{ council.name }}` prints a name; `council` has the names of *Council*, and `name` is one of them. What is a *list* is\n\
         gone through with `{% for row in response %}` … `{% endfor %}`, and is written here with `[]`: `response[].rate.text` is\n\
         `row.rate.text` in such a loop. What may be *nothing* is asked first: `{% if council.note %}` … `{% endif %}`. A *Figure* is\n\
         printed by its `text`, which is the number or the symbol that stands where there is none. A *picture* is printed as it\n\
         is. After a name may stand `|capitalize`, `|lower`, `|upper`, `|length`, `|first`, `|last` or `|join(\", \")`.\n\n";
    page += &most_done();
    let names: Vec<String> = template_names().iter().map(names_of).collect();
    page + names.join("\n").as_str()
}

/// What a lead does most.
fn most_done() -> String {
    let at = |text: &str| {
        line_with(text).map_or(String::new(), |(file, number)| {
            format!("`templates/{file}`, line {number}")
        })
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
        picture(),
    )
}

/// The shipped template that holds some text, and the text's line there.
fn line_with(text: &str) -> Option<(&'static str, usize)> {
    let mut lines = Templates::own().flat_map(|(file, all)| {
        let numbered = all.lines().enumerate();
        numbered.map(move |(at, line)| (file, at + 1, line))
    });
    let found = lines.find(|(_, _, line)| line.contains(text));
    found.map(|(file, number, _)| (file, number))
}

/// What is told of the misspelt name.
fn picture() -> String {
    let own = Templates::own().find(|(_, text)| text.contains(CELL));
    let Some((file, text)) = own else {
        return String::new();
    };
    let text = text.replace(CELL, MISSPELT);
    let source = Source::new(format!("templates/{file}"), &text);
    let found = match Templates::new(vec![(file.to_owned(), source)]) {
        Ok(templates) => report::check_templates(&templates),
        Err(faults) => faults,
    };
    found.paint(false)
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
