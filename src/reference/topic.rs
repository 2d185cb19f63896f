//! What can be explained, each thing as a topic: a code, an item, a function, a card, a key,
//! a column, a table, a standard or a word of the language.

mod cards;
mod columns;
mod functions;
mod items;
mod own;
mod words;

use crate::diagnostic::{Code, Severity};
pub(in crate::reference) use own::own_item;

/// What a topic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// The code of a message.
    Code,
    /// A national item.
    Item,
    /// A standard.
    Standard,
    /// A kind of card.
    Card,
    /// A key of a card.
    Key,
    /// A table.
    Table,
    /// A column of a table.
    Column,
    /// A function.
    Function,
    /// A word of the language or of the pages.
    Word,
}

impl Sort {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Sort; 9] = [
        Sort::Code,
        Sort::Item,
        Sort::Standard,
        Sort::Card,
        Sort::Key,
        Sort::Table,
        Sort::Column,
        Sort::Function,
        Sort::Word,
    ];

    /// What several are called: `functions`.
    pub fn plural(self) -> &'static str {
        match self {
            Sort::Code => "codes",
            Sort::Item => "items",
            Sort::Standard => "standards",
            Sort::Card => "cards",
            Sort::Key => "keys",
            Sort::Table => "tables",
            Sort::Column => "columns",
            Sort::Function => "functions",
            Sort::Word => "words",
        }
    }
}

/// Something that can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Topic {
    /// What it is.
    pub sort: Sort,
    /// A name that no other topic of its sort has: `unknown-key`, `measure.best`,
    /// `workers.cases`.
    pub name: String,
    /// What it is called at the head of its explanation.
    pub title: String,
    /// What it is, in a line.
    pub says: String,
    /// What it means and why it matters, in paragraphs. A line that begins with four spaces
    /// is text of a script.
    pub paragraphs: Vec<String>,
    /// How it is often written wrongly; empty if nothing is.
    pub wrong: String,
    /// The same written rightly; empty if there is nothing to write.
    pub right: String,
}

impl Topic {
    /// The name without what tells it from others: `best` of `measure.best`.
    pub fn bare(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }
}

/// Every topic, sort by sort, each in the order of its reference.
pub fn topics() -> Vec<Topic> {
    let codes = Code::ALL.iter().map(|code| of_code(*code));
    codes
        .chain(items::items())
        .chain(items::standards())
        .chain(cards::cards())
        .chain(cards::keys())
        .chain(columns::tables())
        .chain(columns::columns())
        .chain(functions::functions())
        .chain(words::words())
        .collect()
}

fn of_code(code: Code) -> Topic {
    let explanation = code.explanation();
    let (word, then) = match code.severity() {
        Severity::Error => ("error", "Nothing is published until it is mended."),
        Severity::Warning => ("warning", "It is published all the same."),
    };
    let shown = code.shown();
    let shown = shown.map(|text| format!("As it is shown:\n\n{}", moved_in(text)));
    let example = code.example();
    let right = example.map_or("", |example| example.right);
    Topic {
        sort: Sort::Code,
        name: code.name().to_owned(),
        title: format!("{word}[{}]", code.name()),
        says: explanation.means.to_owned(),
        paragraphs: [explanation.means, explanation.why, explanation.mend]
            .map(sentence)
            .into_iter()
            .chain([then.to_owned()])
            .chain(shown)
            .collect(),
        wrong: example.map_or("", |example| example.wrong).to_owned(),
        right: match (example, right) {
            (Some(_), "") => "nothing: it is taken out".to_owned(),
            _ => right.to_owned(),
        },
    }
}

/// Words with a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let begun: String = letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default();
    if begun.ends_with(['.', '!', '?', '`', ':']) {
        begun
    } else {
        begun + "."
    }
}

/// Text of a script, each line moved in by four spaces.
fn moved_in(code: &str) -> String {
    let lines: Vec<String> = code.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
