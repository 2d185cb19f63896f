//! The headers of a file and the columns that are wanted in; which column is which, and
//! the headers that are missing or stand twice, out.

use super::faults::cell_place;
use crate::data::wording::{self, core, core_says};
use crate::data::{ColumnSpec, From, TableSpec};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// The headers of a file, in order, trimmed.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    /// Their names; empty where a column has none.
    pub names: Vec<String>,
    /// The same, folded as wordings are.
    folded: Vec<String>,
    /// The line on which they stand, from 1.
    pub line: usize,
    /// JSON: names that stand twice in one object, and the line of the first such object.
    pub twice: BTreeMap<usize, usize>,
    /// Whether columns have letters in a spreadsheet.
    pub lettered: bool,
    /// The columns whose name stands once more in one of the next rows.
    pub again: BTreeSet<usize>,
    /// Whether it has words above two columns of numbers or more, and no number above any.
    pub stands_out: bool,
}

/// Where a wanted header stands.
enum Found {
    Nowhere,
    At(usize),
    Twice(Vec<usize>),
}

impl Header {
    /// The header of a sheet or of delimited text, which stands on that line.
    pub(super) fn new(names: Vec<String>, line: usize) -> Self {
        Self {
            folded: names.iter().map(|name| wording::fold(name)).collect(),
            names,
            line,
            twice: BTreeMap::new(),
            lettered: true,
            again: BTreeSet::new(),
            stands_out: false,
        }
    }

    /// The names of all entries of a JSON file, with those that stand twice in one.
    pub(super) fn of_entries(names: Vec<String>, twice: BTreeMap<usize, usize>) -> Self {
        Self {
            twice,
            lettered: false,
            ..Self::new(names, 1)
        }
    }

    /// The first column of the file that has a name as its header.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let name = wording::fold(name);
        self.folded.iter().position(|header| *header == name)
    }

    /// Which column of the file a wanted column is; `None` if it is not read from the file
    /// or the file need not have it.
    ///
    /// # Errors
    /// A header that is wanted by name and is not there, or any that stands twice.
    pub(super) fn column(
        &self,
        spec: &TableSpec,
        column: &ColumnSpec,
        file: &str,
    ) -> Result<Option<usize>, Box<Diagnostic>> {
        let Some(wanted) = column.header() else {
            return Ok(None);
        };
        let must = matches!(column.from, From::Header(_));
        match self.find(column) {
            Found::At(index) => Ok(Some(index)),
            Found::Nowhere if must => Err(Box::new(missing(spec, column, wanted, file))),
            Found::Nowhere => Ok(None),
            Found::Twice(at) => Err(Box::new(self.doubled(wanted, &at, file))),
        }
    }

    /// The first column that a wanted one may be.
    pub(super) fn first(&self, column: &ColumnSpec) -> Option<usize> {
        match self.find(column) {
            Found::Nowhere => None,
            Found::At(index) => Some(index),
            Found::Twice(at) => at.first().copied(),
        }
    }

    /// How many of the wanted columns it names.
    pub(super) fn finds(&self, spec: &TableSpec) -> usize {
        let columns = spec.columns.iter();
        columns
            .filter(|column| self.first(column).is_some())
            .count()
    }

    /// Exact spelling first, then in any case and with any spaces, then as a question's
    /// wording, then as its name with the signs lost that a survey tool does not take.
    fn find(&self, column: &ColumnSpec) -> Found {
        let Some(wanted) = column.header() else {
            return Found::Nowhere;
        };
        let tidy = super::decode::spaces(wanted);
        let mut found = self.which(|index| self.names[index] == tidy.trim());
        if found.is_empty() {
            found = self.which_in_other_letters(column, wanted);
        }
        if found.is_empty() && column.wording.is_some() && column.from == From::SameName {
            found = self.which(|index| wording::names(&self.folded[index], &column.name));
        }
        match found.as_slice() {
            [] => Found::Nowhere,
            [one] if !self.twice.contains_key(one) => Found::At(*one),
            _ => Found::Twice(found),
        }
    }

    fn which_in_other_letters(&self, column: &ColumnSpec, wanted: &str) -> Vec<usize> {
        let folded = wording::fold(wanted);
        let found = self.which(|index| self.folded[index] == folded);
        // A header that the card names, and a question's wording, may stand in a frame.
        let asked = match (&column.from, &column.wording) {
            (From::Header(_), _) => Some(folded),
            (_, wording) => wording.as_deref().map(wording::fold),
        };
        match asked {
            Some(asked) if found.is_empty() => {
                let asked = core(&asked);
                self.which(|index| core_says(core(&self.folded[index]), asked))
            }
            _ => found,
        }
    }

    fn which(&self, is: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.names.len())
            .filter(|index| !self.names[*index].is_empty() && is(*index))
            .collect()
    }

    fn doubled(&self, wanted: &str, at: &[usize], file: &str) -> Diagnostic {
        let line = at
            .iter()
            .find_map(|index| self.twice.get(index))
            .unwrap_or(&self.line);
        let which = if self.lettered {
            let letters: Vec<String> = at.iter().map(|index| letters(*index)).collect();
            format!("columns {}", letters.join(" and "))
        } else {
            let names: Vec<String> = at
                .iter()
                .map(|index| format!("`{}`", self.names[*index]))
                .collect();
            if names.len() == 1 {
                "twice in one entry".to_owned()
            } else {
                names.join(" and ")
            }
        };
        // The first of them, underlined as it stands; headers are not about people.
        let place = cell_place(file, *line, "header", &self.names[at[0]]);
        Diagnostic::new(
            Code::DuplicateHeader,
            place,
            format!("`{file}` has more than one column headed `{wanted}`"),
        )
        .label(format!("stands more than once: {which}"))
        .help("give each column a header of its own in the file, or delete the one that is not wanted")
    }
}

/// Of a header that is missing. Which one may be meant is for whoever knows whether the file has
/// headers at all: what it has in their place may be somebody's.
fn missing(spec: &TableSpec, column: &ColumnSpec, wanted: &str, file: &str) -> Diagnostic {
    let place = column.place.as_ref().unwrap_or(&spec.file.place).clone();
    Diagnostic::new(
        Code::MissingHeader,
        place,
        format!("`{file}` has no column headed `{wanted}`"),
    )
    .label("no such header in the file")
    .help("write the header as the file spells it, or leave this column out of the card")
}

/// A spreadsheet's letters for a column, counted from 0: `A`, `Z`, `AA`.
pub(super) fn letters(index: usize) -> String {
    let mut left = index + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(
            b'A' + u8::try_from(left % 26).expect("under 26"),
        ));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        for (index, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (702, "AAA"),
        ] {
            assert_eq!(super::letters(index), expected);
        }
    }
}
