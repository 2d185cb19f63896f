//! The page of functions: those of one shelf under one heading, with the rows on which their
//! examples are worked out.

use super::{block, cell, origin};
use crate::reference::{Function, SAMPLE, Shelf, functions};

pub(super) fn page() -> String {
    let mut page = format!(
        "# Every function\n\n\
         {} `healthcheck explain share` says the same of one. Every example is run by a test,\n\
         and gives what stands beside it.\n\n\
         What stands before a dot is a table, `results`, a list or a text; what stands in brackets is handed over. A\n\
         `condition` speaks of one row and names it: `|w| w.cases > 20`. Formulas also compare with `==` `!=` `<` `<=` `>`\n\
         `>=`, join with `and`, `or`, `not ( )`, and choose with `if … {{ … }} else {{ … }}`.\n",
        origin()
    );
    for shelf in Shelf::ALL {
        let of_shelf: Vec<&Function> = functions()
            .iter()
            .filter(|one| one.shelf == shelf)
            .collect();
        page += &format!("\n## {}\n\n", shelf.title());
        if shelf == Shelf::Results {
            page += "A score formula is given the results of a standard's items, or of all standards: `results[\"id\"]`, with \
                     `.value`, `.score` and `.weight`. The examples have three: `first` with score 80 and weight 3, `second` \
                     with score 40 and weight 1, and `third`, which is not rated.\n\n";
        }
        if shelf == Shelf::Tests {
            page += "Each example but the first is the inside of a test, on a council as `healthcheck new` makes it.\n\n";
            of_shelf
                .iter()
                .for_each(|function| page += &in_full(function));
        } else {
            page += "| write | and get |\n|---|---|\n";
            for function in &of_shelf {
                page += &format!(
                    "| [`{}`](#{}) | {} |\n",
                    function.form,
                    anchor(function),
                    cell(&function.summary)
                );
            }
            page += "\n";
            of_shelf
                .iter()
                .for_each(|function| page += &in_full(function));
        }
    }
    page + rows().as_str()
}

/// A heading's address, as Markdown readers make it.
fn anchor(function: &Function) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let form: String = function.form.to_lowercase().chars().filter(kept).collect();
    form.replace(' ', "-")
}

fn in_full(function: &Function) -> String {
    let mut text = format!("### `{}`\n\n{}\n\n", function.form, function.summary);
    if !function.text.is_empty() {
        text += &format!("{}\n\n", function.text);
    }
    for parameter in &function.parameters {
        text += &format!("- `{}`: {}\n", parameter.name, parameter.says);
    }
    if !function.parameters.is_empty() {
        text += "\n";
    }
    for example in &function.examples {
        text += &match function.shelf {
            Shelf::Tests => block(&example.code),
            _ => block(&format!("{}   // {}", example.code, example.gives)),
        };
        text += "\n";
    }
    text
}

fn rows() -> String {
    let mut text = String::from(
        "## The rows of the examples\n\nThe question `cover` has the nation's five answers; one sheet has none.\n",
    );
    for (table, csv) in SAMPLE {
        text += &format!("\n`{table}`:\n\n");
        for (nth, line) in csv.lines().enumerate() {
            let cells: Vec<&str> = line.split(',').collect();
            text += &format!("| {} |\n", cells.join(" | "));
            if nth == 0 {
                text += &format!("|{}\n", "---|".repeat(cells.len()));
            }
        }
    }
    text
}
