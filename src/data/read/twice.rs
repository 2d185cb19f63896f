//! Rows of people in; those that repeat another row, or the number by which somebody is known
//! in another row, out as a warning. Two practitioners may well be alike in team, hours and
//! cases: rows are called the same only where a column that tells people apart says so too.

use super::MOST_PEOPLE;
use super::column::Builder;
use super::faults::Where;
use super::grid::Grid;
use super::header::letters;
use super::likeness::Likeness;
use super::meaning::Rules;
use super::rows::Rows;
use super::sums::row_place;
use crate::data::{Cell, Column, ColumnSpec, From, Kind, Policy, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Different rows below which a column may differ in all of them by chance.
const FEWEST_ROWS: usize = 5;

/// Tables whose rows are people.
const OF_PEOPLE: [&str; 2] = ["workers", "survey"];

/// Words of a header that say whose number it is, and that it is one.
const WHOSE: [&str; 14] = [
    "employee",
    "emp",
    "hcpc",
    "insurance",
    "ni",
    "payroll",
    "pers",
    "staff",
    "worker",
    "assignment",
    "personnel",
    "registration",
    "swe",
    "person",
];
const NUMBER: [&str; 5] = ["no", "number", "id", "ref", "reference"];

/// Words before a number that say what many have: *Staff team ID*.
const SHARED: [&str; 20] = [
    "area",
    "band",
    "category",
    "centre",
    "department",
    "directorate",
    "division",
    "grade",
    "group",
    "level",
    "location",
    "position",
    "post",
    "role",
    "section",
    "service",
    "site",
    "team",
    "type",
    "unit",
];

/// Headers that say so by themselves.
const OWN: [&str; 5] = ["id", "email", "e mail", "email address", "respondent id"];

/// Cells of a file, by row.
pub(super) struct Cells {
    /// Columns of the file, by their place in it.
    pub(super) columns: BTreeMap<usize, Column>,
    /// Which rows have anything in them.
    pub(super) rows: Vec<usize>,
    /// The number of each row, as a spreadsheet has it.
    row_numbers: Vec<usize>,
}

/// What is told of rows that stand twice.
pub(super) fn of(
    grid: &Grid<'_>,
    spec: &TableSpec,
    rows: &Rows<'_>,
    (file, likeness): (&str, Likeness),
) -> Option<Diagnostic> {
    let is_of_people = OF_PEOPLE.contains(&spec.id.as_str()) && spec.policy != Policy::Totals;
    if !is_of_people || !(2..=MOST_PEOPLE).contains(&rows.len()) {
        return None;
    }
    let names = &grid.header.names;
    // Cells are read again only where there may be something to tell of them.
    let persons: Vec<usize> = (0..names.len())
        .filter(|column| is_a_persons_number(&names[*column]))
        .collect();
    let known = match persons.is_empty() {
        true => None,
        false => Some(Cells::of(grid, persons.clone(), file)?),
    };
    let numbers = persons.iter().zip(&known);
    let numbers: Vec<Numbers> = numbers
        .map(|(column, cells)| cells.persons_numbers(*column))
        .collect();
    // Where everybody has a number of their own no row is another's.
    let all_apart = |numbers: &Numbers| numbers.repeats.is_empty() && numbers.given == rows.len();
    if rows.may_repeat() && !numbers.iter().any(all_apart) {
        let unread = unread(grid, spec);
        let told = match unread.is_empty() {
            true => None,
            false => {
                let all = Cells::of(grid, (0..names.len()).collect(), file)?;
                let shown = |column: usize| shown(&names[column], column, likeness);
                all.that_repeat(&unread, shown, file)
            }
        };
        if told.is_some() {
            return told;
        }
    }
    let (column, numbers) = persons
        .iter()
        .zip(numbers)
        .find(|(_, numbers)| !numbers.repeats.is_empty())?;
    let header = shown(&names[*column], *column, likeness);
    let what = [
        format!("has the same {header} as another"),
        format!("have the same {header} as others"),
    ];
    Some(
        told(&known?, &numbers.repeats, file, what)
            .label("is it one person twice?")
            .help("delete what stands twice; if one person holds two posts, leave it"),
    )
}

/// The headed columns of a file that no column of its card is read from: one may tell people apart.
fn unread(grid: &Grid<'_>, spec: &TableSpec) -> Vec<usize> {
    let columns = spec.columns.iter();
    let read: BTreeSet<usize> = columns
        .filter(|column| column.kind != Kind::Local)
        .filter_map(|column| grid.header.first(column))
        .collect();
    let names = grid.header.names.iter().enumerate();
    names
        .filter(|(column, name)| !read.contains(column) && !name.is_empty())
        .map(|(column, _)| column)
        .collect()
}

/// A column by its header; by its letter where that may be somebody's.
fn shown(header: &str, column: usize, likeness: Likeness) -> String {
    match likeness.hidden() {
        None => format!("`{header}`"),
        Some(_) => format!("column {}", letters(column)),
    }
}

/// Rows that repeat others: each with the row that it repeats; `what` is told of one, and of more.
fn told(
    cells: &Cells,
    repeats: &[(usize, usize)],
    file: &str,
    [of_one, of_more]: [String; 2],
) -> Diagnostic {
    let (mut own, mut others) = (Where::default(), Where::default());
    for (first, again) in repeats {
        others.add(cells.row_numbers[*first]);
        own.add(cells.row_numbers[*again]);
    }
    let what = if repeats.len() == 1 { of_one } else { of_more };
    Diagnostic::new(
        Code::RowsTwice,
        row_place(file, cells.row_numbers[repeats[0].1]),
        format!("{} of `{file}` {what}: {}", own.words(), others.words()),
    )
}

/// Whether a header is that of a number by which somebody is known.
pub fn is_a_persons_number(header: &str) -> bool {
    let letters: String = header
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<String> = letters.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_number = |(at, word): (usize, &&str)| {
        let of_many = at > 0 && SHARED.contains(&words[at - 1]);
        // *Number of staff supervised* counts them.
        let counts = words.get(at + 1) == Some(&"of");
        NUMBER.contains(word) && !of_many && !counts
    };
    let is_whose = |word: &&str| WHOSE.contains(word);
    words.iter().any(is_whose) && words.iter().enumerate().any(is_number)
        || OWN.contains(&words.join(" ").as_str())
}

impl Cells {
    /// So many columns of a file.
    pub(super) fn of(grid: &Grid<'_>, wanted: Vec<usize>, file: &str) -> Option<Self> {
        let as_text = ColumnSpec {
            name: String::new(),
            from: From::SameName,
            wording: None,
            kind: Kind::Local,
            codes: Vec::new(),
            place: None,
        };
        let mut rows = Rows::numbered();
        for index in &wanted {
            let rules = Rules::plain(&Kind::Local);
            rows.want("", *index, Builder::new(&as_text, "", rules));
        }
        // What is wrong with them was told when they were read.
        let _: Diagnostics = grid.rows(file, &mut rows).ok()?;
        let row_numbers = rows.numbers();
        let columns: BTreeMap<usize, Column> = wanted.into_iter().zip(rows.cells()).collect();
        let is_there = |row: &usize| columns.values().any(|one| one.missing(*row).is_none());
        Some(Self {
            rows: (0..row_numbers.len()).filter(is_there).collect(),
            row_numbers,
            columns,
        })
    }

    /// What is told of whole rows that repeat others.
    fn that_repeat(
        &self,
        unread: &[usize],
        shown: impl Fn(usize) -> String,
        file: &str,
    ) -> Option<Diagnostic> {
        let (distinct, repeats) = self.by_whole_row();
        let mut unread = unread.iter();
        let apart = *unread.find(|column| self.tells_apart(**column, &distinct))?;
        if distinct.len() < FEWEST_ROWS || repeats.is_empty() {
            return None;
        }
        let what =
            ["repeats another", "repeat others"].map(|words| format!("{words}, cell by cell"));
        Some(
            told(self, &repeats, file, what)
                .label("counted twice")
                .note(format!(
                    "{}, which differs in all other rows, is the same too",
                    shown(apart)
                ))
                .help("delete the rows that repeat others from the file"),
        )
    }

    /// The rows that differ, and those that repeat one of them.
    fn by_whole_row(&self) -> (Vec<usize>, Vec<(usize, usize)>) {
        let mut first: HashMap<String, usize> = HashMap::new();
        let (mut distinct, mut repeats) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let cells = self.columns.values().map(|column| text(&column.cell(*row)));
            let whole: Vec<String> = cells.collect();
            match first.entry(whole.join("\n")) {
                std::collections::hash_map::Entry::Occupied(known) => {
                    repeats.push((*known.get(), *row));
                }
                std::collections::hash_map::Entry::Vacant(new) => {
                    new.insert(*row);
                    distinct.push(*row);
                }
            }
        }
        (distinct, repeats)
    }

    /// Whether a column has something else in each of these rows.
    fn tells_apart(&self, column: usize, rows: &[usize]) -> bool {
        let cells = rows
            .iter()
            .map(|row| text(&self.columns[&column].cell(*row)));
        let different: BTreeSet<String> = cells.filter(|text| !text.is_empty()).collect();
        different.len() == rows.len()
    }

    /// The numbers of people in a column. Words such as *none* are no numbers.
    fn persons_numbers(&self, column: usize) -> Numbers {
        let mut first: HashMap<Number, usize> = HashMap::new();
        let mut numbers = Numbers::default();
        for row in &self.rows {
            let number = match self.columns[&column].cell(*row) {
                Cell::Number(number) => Number::Plain(number.to_bits()),
                cell => Number::Written(text(&cell)),
            };
            if let Number::Written(text) = &number
                && !text.contains(|c: char| c.is_ascii_digit() || c == '@')
            {
                continue;
            }
            numbers.given += 1;
            match first.get(&number) {
                Some(before) => numbers.repeats.push((*before, *row)),
                None => {
                    first.insert(number, *row);
                }
            }
        }
        numbers
    }
}

/// What a column of people's numbers says.
#[derive(Default)]
struct Numbers {
    /// Rows that have one.
    given: usize,
    /// Rows in which one stands that stood before, each after the row of that.
    repeats: Vec<(usize, usize)>,
}

/// A number by which somebody is known: one that is a number by its cell, or as it is written.
#[derive(PartialEq, Eq, Hash)]
enum Number {
    Plain(u64),
    Written(String),
}

/// What stands in a cell, without regard to case; nothing if it is missing.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Words(words) => words.trim().to_lowercase(),
        Cell::Missing(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_a_persons_number;

    #[test]
    fn a_number_of_one_person_is_known_and_one_that_many_have_or_that_counts_is_not() {
        for header in [
            "Employee no.",
            "Team staff ID",
            "Pers. no.",
            "Emp ref",
            "HCPC number",
            "National insurance no",
            "Employee reference number",
            "E-mail",
        ] {
            assert!(is_a_persons_number(header), "{header}");
        }
        for header in [
            "Number of staff supervised",
            "No. of staff",
            "Staff team ID",
            "Employee cost centre no",
            "Person type ID",
            "Team no",
        ] {
            assert!(!is_a_persons_number(header), "{header}");
        }
    }
}
