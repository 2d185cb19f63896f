//! The table of limits in `docs/reliability.md`, held to the code.

use crate::assess;
use crate::data::caps as data;
use crate::host::caps as files;
use crate::report::caps as pages;
use crate::script::{Limits, caps as script};
use crate::validate::caps as validate;

/// Every limit as the table tells it.
fn limits() -> Vec<(&'static str, u128)> {
    let limits = Limits::standard();
    vec![
        (
            "bytes of a script, a library or a file of tests",
            limits.source_bytes as u128,
        ),
        ("words and signs in a script", limits.words as u128),
        ("values that a function takes", limits.parameters as u128),
        (
            "cards in a script, and tests in a council's own",
            limits.cards as u128,
        ),
        (
            "functions and formulas in a script",
            limits.functions as u128,
        ),
        ("names at one time", limits.names as u128),
        ("depth of brackets and operators", limits.depth as u128),
        ("depth of calls", limits.calls as u128),
        (
            "steps of the cards, and of one call of a formula",
            limits.steps.into(),
        ),
        (
            "further steps for each row that a formula is given",
            limits.steps_per_row.into(),
        ),
        (
            "steps of all formulas of a council",
            limits.all_steps.into(),
        ),
        (
            "further steps of all formulas for each row",
            limits.all_steps_per_row.into(),
        ),
        ("milliseconds for the cards", limits.time.as_millis()),
        (
            "milliseconds for one call of a formula",
            limits.formula_time.as_millis(),
        ),
        (
            "further microseconds for each row that a formula is given",
            limits.time_per_row.as_micros(),
        ),
        (
            "milliseconds for all formulas of a council",
            limits.all_time.as_millis(),
        ),
        (
            "further microseconds of all formulas for each row",
            limits.all_time_per_row.as_micros(),
        ),
        ("bytes of a text in a script", limits.text_bytes as u128),
        ("entries of a list", limits.list_items as u128),
        ("entries of a map", limits.map_items as u128),
        (
            "lists, maps and closures in one another",
            script::NESTED as u128,
        ),
        ("values that one value holds", script::HELD as u128),
        (
            "bytes that the closures of one run hold on to",
            script::HELD_BYTES as u128,
        ),
        (
            "bytes that the cards of a script hold",
            script::CARD_BYTES as u128,
        ),
        (
            "measures, questions and statements of a council's own",
            validate::MOST_OWN_ITEMS as u128,
        ),
        ("rows that one test gives", script::TEST_ROWS as u128),
        ("values in them", script::TEST_CELLS as u128),
        ("bytes of text in them", script::TEST_TEXT as u128),
        (
            "expectations of one test that fail",
            script::MOST_FAILED as u128,
        ),
        (
            "seconds after which no further test is begun",
            limits.tests_time.as_secs().into(),
        ),
        ("bytes of one template", pages::ONE_FILE as u128),
        ("files of a set of templates", pages::MOST_FILES as u128),
        ("bytes of a set of templates", pages::LARGEST_SET as u128),
        ("words and signs in one tag", pages::LONGEST_TAG as u128),
        ("bytes of a text in a tag", pages::LONGEST_WORDS as u128),
        ("`elif` in one template", pages::MOST_ELIFS as u128),
        ("parts that one page opens", pages::MOST_PARTS as u128),
        ("depth of loops, ifs and parts", pages::DEPTH as u128),
        ("steps of a page", pages::FUEL.into()),
        ("steps of all pages of a council", pages::ALL_FUEL.into()),
        (
            "bytes that a page goes over and prints",
            pages::HANDLED as u128,
        ),
        ("bytes of a text that `join` makes", pages::LONGEST as u128),
        ("bytes of a page", pages::LARGEST as u128),
        (
            "bytes of all pages of a council",
            pages::LARGEST_ALL as u128,
        ),
        (
            "bytes of a script, template, style sheet or picture that are read at all",
            files::LARGEST_TEXT.into(),
        ),
        ("bytes of a JSON file", files::LARGEST_JSON.into()),
        (
            "bytes of any other data file that is read whole",
            files::LARGEST_FILE.into(),
        ),
        (
            "bytes of plain delimited text, which is read block by block",
            files::LARGEST_TABLE.into(),
        ),
        (
            "bytes of one line of delimited text",
            data::LONGEST_LINE as u128,
        ),
        ("columns of a table", data::MOST_COLUMNS as u128),
        ("rows of a table", data::MOST_ROWS as u128),
        ("blank rows between them", data::MOST_BLANK as u128),
        ("bytes of a cell", data::LONGEST_CELL as u128),
        ("cells that a workbook unfolds to", data::MOST_CELLS as u128),
        (
            "bytes of the texts that an .xlsx unfolds to",
            data::MOST_TEXT as u128,
        ),
        (
            "bytes of the texts that an .xls or .ods unfolds to, as a whole",
            data::MOST_TEXT_AT_ONCE as u128,
        ),
        ("sheets of a workbook", data::MOST_TABS as u128),
        (
            "people that the totals of a survey come to",
            data::MOST_SHEETS.into(),
        ),
        (
            "groups of all breakdowns of a council",
            assess::MOST_GROUPS as u128,
        ),
    ]
}

#[test]
fn the_table_of_limits_says_what_the_code_does() {
    let page = include_str!("../../docs/reliability.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .skip_while(|line| *line != "## Limits")
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let limits = limits();
    assert_eq!(rows.len(), limits.len());
    for (what, most) in limits {
        let row = rows.iter().find(|row| row[0] == what);
        let row = row.unwrap_or_else(|| panic!("there is no row for: {what}"));
        assert_eq!(row[1].replace(',', ""), most.to_string(), "{what}");
        for code in row[2].split(", ").map(|code| code.trim_matches('`')) {
            let known = crate::diagnostic::Code::ALL
                .iter()
                .any(|one| one.name() == code);
            assert!(known, "{what}: there is no `{code}`");
        }
    }
}
