//! What a council's script says of its tables, items and standards, read from its words
//! alone so that it is known while the script is broken; with what the nation has of them.

use super::outline::{Entry, Outline};
use crate::check::Kind;
use crate::host::{DataFile, Glimpse, Glimpses, Holds, Host, Wanted};
use crate::national::{self, ColumnKind, StandardId};
use crate::reference;
use crate::script::tokens::Kind as TokenKind;
use crate::validate;
use std::path::PathBuf;
use std::sync::Arc;

/// A council as its script has it.
#[derive(Debug, Default)]
pub(super) struct Council {
    /// Where its script stands; `None` if it was never saved.
    pub script: Option<PathBuf>,
    /// Its `as_of` date.
    pub as_of: Option<String>,
    /// Items of its own, and those that it tailors.
    pub items: Vec<Item>,
    /// Standards of its own: id and title.
    pub standards: Vec<(String, String)>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub id: String,
    pub verb: String,
    pub standard: String,
    pub ask: String,
    pub answers: Vec<String>,
    /// The header of a question's column, if its card says.
    pub column: Option<String>,
    pub is_national: bool,
}

/// A table card.
#[derive(Debug)]
pub(super) struct Table {
    pub id: String,
    pub file: Option<String>,
    pub sheet: Option<String>,
    pub missing: Vec<String>,
    /// Whether its file holds counts of answers.
    pub totals: bool,
    pub columns: Vec<(String, From)>,
    /// Column, and what its file's words mean.
    pub codes: Vec<(String, Vec<(String, String)>)>,
}

/// Where a column comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// The file's column of this header.
    Header(String),
    /// What the card says is the same for everybody.
    Fixed(String),
}

/// A column that formulas may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    /// "a number", "yes or no", …
    pub is: &'static str,
    /// What a row holds in it.
    pub says: String,
    /// Its values, where they are few.
    pub values: Vec<String>,
    /// Where it comes from, if the card says.
    pub from: Option<From>,
}

impl Council {
    /// Reads a script.
    pub(super) fn read(outline: &Outline<'_>, script: Option<PathBuf>) -> Self {
        let mut council = Self {
            script,
            ..Self::default()
        };
        for (_, card) in outline.cards() {
            let verb = outline.tokens[card.verb].text;
            let id = card.id.map(|id| outline.word(id)).unwrap_or_default();
            let text = |key: &str| outline.text_of(&card.entries, key).unwrap_or_default();
            match verb {
                "council" => council.as_of = outline.text_of(&card.entries, "as_of"),
                "local_standard" => council.standards.push((id, text("title"))),
                "table" => council.tables.push(table(outline, id, &card.entries)),
                "measure" | "question" | "statement" => council.items.push(Item {
                    is_national: is_national(&id),
                    verb: verb.to_owned(),
                    standard: text("standard"),
                    ask: text("ask"),
                    answers: outline.texts_of(&card.entries, "answers"),
                    column: outline.text_of(&card.entries, "column"),
                    id,
                }),
                _ => {}
            }
        }
        council
    }

    /// Every item: the nation's, and the council's own.
    pub(super) fn all_items(&self) -> Vec<Item> {
        let national = validate::national().iter().map(|item| Item {
            id: item.id.clone(),
            verb: item.local.kind.word().to_owned(),
            standard: item.standard.clone(),
            ask: item.local.ask.clone(),
            answers: match &item.local.kind {
                Kind::Question(question) => question.answers.clone(),
                _ => Vec::new(),
            },
            column: None,
            is_national: true,
        });
        let own = self.items.iter().filter(|item| !item.is_national);
        national.chain(own.cloned()).collect()
    }

    /// Every standard: id and title.
    pub(super) fn all_standards(&self) -> Vec<(String, String)> {
        let national = StandardId::ALL
            .iter()
            .map(|one| (one.id().to_owned(), one.title().to_owned()));
        national.chain(self.standards.iter().cloned()).collect()
    }

    /// Every table that a formula may name.
    pub(super) fn all_tables(&self) -> Vec<String> {
        let national = national::COLUMNS.iter().map(|(id, _)| (*id).to_owned());
        let mut all: Vec<String> = national.collect();
        let own = self.tables.iter().map(|table| table.id.clone());
        let own: Vec<String> = own
            .filter(|id| !all.contains(id) && !id.is_empty())
            .collect();
        all.extend(own);
        all
    }

    /// The card of a table.
    pub(super) fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// The columns that formulas may name in a table.
    pub(super) fn columns(&self, id: &str) -> Vec<Column> {
        let card = self.table(id);
        let from = |name: &str| {
            let mut columns = card?.columns.iter();
            Some(columns.find(|(own, _)| own == name)?.1.clone())
        };
        let mut all: Vec<Column> = reference::columns()
            .into_iter()
            .filter(|column| column.table == id)
            .map(|column| Column {
                name: column.name.to_owned(),
                is: kind(column.kind),
                says: column.says.to_owned(),
                values: values(column.kind),
                from: from(column.name),
            })
            .collect();
        if id == "survey" {
            let items = self.all_items().into_iter();
            for item in items.filter(|item| item.verb == "question") {
                let own = self.items.iter().find(|own| own.id == item.id);
                let scored = own.map_or(&item.answers, |own| match own.answers.is_empty() {
                    true => &item.answers,
                    false => &own.answers,
                });
                let scored = scored.clone();
                all.push(Column {
                    from: from(&item.id).or_else(|| own?.column.clone().map(From::Header)),
                    is: "answers to a question",
                    says: item.ask,
                    values: match scored.is_empty() {
                        true => national::ANSWERS.map(str::to_owned).to_vec(),
                        false => scored,
                    },
                    name: item.id,
                });
            }
            all.extend(national::AWARENESS.iter().map(|(name, ask)| Column {
                name: (*name).to_owned(),
                is: "yes, no or not sure",
                says: (*ask).to_owned(),
                values: ["yes", "no", "not sure"].map(str::to_owned).to_vec(),
                from: from(name),
            }));
        }
        let own = card.map_or(&[][..], |card| &card.columns);
        for (name, from) in own {
            if all.iter().all(|known| known.name != *name) {
                all.push(Column {
                    name: name.clone(),
                    is: "a column of the council's own",
                    says: String::new(),
                    values: Vec::new(),
                    from: Some(from.clone()),
                });
            }
        }
        all
    }

    /// One of them.
    pub(super) fn column(&self, table: &str, name: &str) -> Option<Column> {
        let mut columns = self.columns(table).into_iter();
        columns.find(|column| column.name == name)
    }

    /// What a table's file holds.
    pub(super) fn glimpse(
        &self,
        table: &str,
        host: &Host,
        glimpses: &Glimpses,
    ) -> Option<Arc<Glimpse>> {
        let card = self.table(table)?;
        let script = self.script.as_deref()?;
        let file = DataFile {
            file: card.file.clone()?,
            sheet: card.sheet.clone(),
            missing: card.missing.clone(),
            wanted: self.wanted(card),
        };
        glimpses.of(host, script, &file)
    }

    /// The columns that a run looks for in a table's file, so that what it takes for the header
    /// is taken for it here.
    fn wanted(&self, card: &Table) -> Vec<Wanted> {
        let questions = match card.id.as_str() {
            "survey" => self.questions(),
            _ => Vec::new(),
        };
        let question = |name: &str| questions.iter().find(|(own, _)| own == name);
        let asked = |name: &str| {
            let mut asked = national::ASKED.iter();
            let (_, wording) = asked.find(|(own, _)| card.id == "survey" && *own == name)?;
            Some((*wording).to_owned())
        };
        let mut wanted = Vec::new();
        for Column { name, from, .. } in self.columns(&card.id) {
            let header = match from {
                Some(From::Header(header)) => Some(header),
                Some(From::Fixed(_)) => continue,
                None => None,
            };
            let wording = match (card.totals, question(&name)) {
                // Questions are in the rows of totals, and not above them.
                (true, Some(_)) => continue,
                (true, None) => None,
                (false, Some((_, wording))) => Some(wording.clone()),
                (false, None) => asked(&name),
            };
            wanted.push(Wanted {
                name,
                header,
                wording,
            });
        }
        wanted
    }

    /// Every question that practitioners are asked, by its id, as the council asks it.
    fn questions(&self) -> Vec<(String, String)> {
        let own = |id: &str| {
            let mut own = self.items.iter();
            own.find(|item| item.id == id && !item.ask.is_empty())
        };
        let items = self.all_items().into_iter();
        let items = items.filter(|item| item.verb == "question");
        let items = items.map(|item| match own(&item.id) {
            Some(own) => (item.id, own.ask.clone()),
            None => (item.id, item.ask),
        });
        let aware = national::AWARENESS.iter();
        let aware = aware.map(|(id, ask)| ((*id).to_owned(), (*ask).to_owned()));
        items.chain(aware).collect()
    }

    /// The values that a row may have in a column: the nation's, or else those of the file.
    pub(super) fn values(
        &self,
        table: &str,
        name: &str,
        host: &Host,
        glimpses: &Glimpses,
    ) -> Vec<String> {
        let Some(column) = self.column(table, name) else {
            return Vec::new();
        };
        if !column.values.is_empty() {
            return column.values;
        }
        let header = match &column.from {
            Some(From::Header(header)) => header.as_str(),
            Some(From::Fixed(words)) => return vec![words.clone()],
            None => name,
        };
        let glimpse = self.glimpse(table, host, glimpses);
        let Some(Holds::Words { listed, .. }) = glimpse
            .as_ref()
            .and_then(|glimpse| glimpse.column(header))
            .map(|column| &column.holds)
        else {
            return Vec::new();
        };
        let codes = self.table(table).map(|table| &table.codes);
        let codes = codes.and_then(|all| Some(&all.iter().find(|(own, _)| own == name)?.1));
        let meant = |word: &String| {
            let mut codes = codes?.iter();
            Some(
                codes
                    .find(|(own, _)| own.eq_ignore_ascii_case(word))?
                    .1
                    .clone(),
            )
        };
        let mut values: Vec<String> = Vec::new();
        for word in listed {
            let value = meant(word).unwrap_or_else(|| word.clone());
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }
}

/// Whether an id is a national item's.
pub(super) fn is_national(id: &str) -> bool {
    validate::national().iter().any(|item| item.id == id)
}

fn table(outline: &Outline<'_>, id: String, entries: &[Entry]) -> Table {
    let inner = |key: &str| {
        let entry = outline.entry(entries, key);
        entry.map_or(&[][..], |entry| &entry.entries)
    };
    let columns = inner("columns").iter().filter_map(|entry| {
        let tokens = outline.tokens.get(entry.value.clone())?;
        let first = tokens.first()?;
        let text = tokens.iter().find(|token| token.kind == TokenKind::Text);
        let from = match first.kind {
            TokenKind::Text => From::Header(outline.word(entry.value.start)),
            _ => From::Fixed(text.map_or(first.text.to_owned(), crate::script::tokens::inner)),
        };
        Some((outline.word(entry.key), from))
    });
    let codes = inner("codes").iter().map(|entry| {
        let pairs = entry.entries.iter();
        let pairs = pairs.map(|pair| (outline.word(pair.key), outline.word(pair.value.start)));
        (outline.word(entry.key), pairs.collect())
    });
    Table {
        file: outline.text_of(entries, "file"),
        sheet: outline.text_of(entries, "sheet"),
        missing: outline.texts_of(entries, "missing"),
        totals: outline.entry(entries, "totals").is_some_and(|entry| {
            let mut tokens = outline.tokens[entry.value.clone()].iter();
            tokens.any(|token| token.text == "true")
        }),
        columns: columns.collect(),
        codes: codes.collect(),
        id,
    }
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "a number",
        ColumnKind::YesNo => "yes or no",
        ColumnKind::Service => "children or adults",
        ColumnKind::Words => "words",
    }
}

fn values(kind: ColumnKind) -> Vec<String> {
    let words: &[&str] = match kind {
        ColumnKind::YesNo => &["yes", "no"],
        ColumnKind::Service => &["children", "adults"],
        ColumnKind::Number | ColumnKind::Words => &[],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}
