//! The reference as files: pages in Markdown, and definitions for editors. Nothing comes in
//! but the tables; file names and texts go out.

mod codes;
mod columns;
mod definitions;
mod functions;
mod items;
mod keys;
mod templates;

/// What every page says of where it is from; a file without it is not one of these.
pub const WRITTEN: &str = "Written from the program";

/// Every file of the reference: its name, and its text.
pub fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("functions.md", functions::page()),
        ("keys.md", keys::page()),
        ("columns.md", columns::page()),
        ("items.md", items::page()),
        ("codes.md", codes::page()),
        ("templates.md", templates::page()),
        ("healthcheck.d.rhai", definitions::text()),
    ]
}

/// The line under the heading of a page.
fn origin() -> String {
    format!("{WRITTEN} itself; `healthcheck reference` writes it for you.")
}

/// A cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Text of a script, in a block.
fn block(code: &str) -> String {
    format!("```text\n{}\n```\n", code.trim_end())
}

/// Words that begin with a capital.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    first + letters.as_str()
}
