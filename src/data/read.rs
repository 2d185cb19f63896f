//! Bytes of a file in, a typed table and its faults out.
//!
//! A table is read in one go: the text is decoded, the header says which column is which,
//! and each cell goes straight into its typed column. No row is kept as text.

mod column;
mod decode;
mod delimited;
mod faults;
mod file;
mod grid;
mod header;
mod json;
mod meaning;
mod rows;
#[cfg(test)]
mod tests;

use super::{Answer, Column, ColumnSpec, From, Kind, Table, TableSpec};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::ColumnKind;
use crate::source::Source;
use column::Builder;
use file::File;
use grid::Grid;
use meaning::{Meaning, Rules};
use rows::Rows;

/// The headers of a data file, as it spells them.
pub type Headers = Vec<String>;

/// The headers of a file: the first row of a `.csv`, `.tsv` or `.txt`, the names of all
/// entries of a `.json`. `name` is the file's path as the reader should see it.
///
/// # Errors
/// A file in another form, one that is no text, and an empty one ([`Code::FileFormat`]);
/// a header whose quote is never closed ([`Code::UnclosedQuote`]).
pub fn headers(name: &str, bytes: &[u8]) -> Result<Headers, Diagnostics> {
    let mut names = File::open(name, bytes, &Source::unread(name).whole())
        .and_then(|file| Grid::of(&file, name).map(|grid| grid.header.names))
        .map_err(|fault| Diagnostics::from(*fault))?;
    names.retain(|name| !name.is_empty());
    Ok(names)
}

/// Reads a table. It always comes back, with columns of equal length; where the faults
/// hold an error, cells at fault are not available in it and it is not to be used.
pub fn read(spec: &TableSpec, name: &str, bytes: &[u8]) -> (Table, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut rows = Rows::default();
    if let Err(fault) = fill(spec, name, bytes, &mut rows, &mut faults) {
        faults.push(*fault);
    }
    let (len, mut columns, more) = rows.finish(name);
    faults.extend(more);
    if len == 0 && !faults.has_errors() {
        faults.push(
            Diagnostic::new(
                Code::NoRows,
                Source::unread(name).whole(),
                format!("`{name}` has a header and no rows"),
            )
            .note("what rests on this table is not rated")
            .help("check that the right file, and the right sheet of it, was saved here"),
        );
    }
    for column in &spec.columns {
        match constant(spec, column, len) {
            Ok(None) => {}
            Ok(Some(filled)) => columns.push((column.name.clone(), filled)),
            Err(fault) => faults.push(*fault),
        }
    }
    let table = Table {
        brought: true,
        here: true,
        id: spec.id.clone(),
        policy: spec.policy,
        len,
        columns: columns.into_iter().collect(),
        known: spec
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
    };
    (table, faults)
}

fn fill<'s>(
    spec: &'s TableSpec,
    name: &str,
    bytes: &[u8],
    rows: &mut Rows<'s>,
    faults: &mut Diagnostics,
) -> Result<(), Box<Diagnostic>> {
    let file = File::open(name, bytes, &spec.file.place)?;
    let grid = Grid::of(&file, name)?;
    let header = &grid.header;
    if header.names.is_empty() {
        return Ok(());
    }
    for column in &spec.columns {
        match header.column(spec, column, name) {
            Ok(None) => {}
            Ok(Some(index)) => {
                let rules = Rules::new(column, &spec.missing);
                let builder = Builder::new(column, &header.names[index], rules);
                rows.want(&column.name, index, builder);
            }
            Err(fault) => faults.push(*fault),
        }
    }
    faults.extend(grid.rows(name, rows)?);
    Ok(())
}

/// A column that the script itself fills; `None` if it comes from the file.
fn constant(
    spec: &TableSpec,
    column: &ColumnSpec,
    len: usize,
) -> Result<Option<Column>, Box<Diagnostic>> {
    let text = match &column.from {
        From::Header(_) | From::SameName => return Ok(None),
        From::Number(number) if column.kind == Kind::Local && number.is_finite() => {
            return Ok(Some(Column::Number(vec![Ok(*number); len])));
        }
        From::Number(number) => number.to_string(),
        From::Words(words) => words.clone(),
    };
    let missing = |reason| match &column.kind {
        Kind::National(ColumnKind::Number) => Column::Number(vec![Err(reason); len]),
        Kind::Answers { scored, .. } => answers(scored, Answer::Blank, len),
        _ => Column::Words {
            words: Vec::new(),
            rows: vec![Err(reason); len],
        },
    };
    Ok(Some(match Rules::plain(&column.kind).meaning(&text) {
        Meaning::Number(number) => Column::Number(vec![Ok(number); len]),
        Meaning::Word(word) => Column::Words {
            words: vec![word],
            rows: vec![Ok(0); len],
        },
        Meaning::Answer(answer) => match &column.kind {
            Kind::Answers { scored, .. } => answers(scored, answer, len),
            _ => return Err(not_for(spec, column, &text)),
        },
        Meaning::Missing(reason) => missing(reason),
        Meaning::Wrong(_) => return Err(not_for(spec, column, &text)),
    }))
}

fn answers(scored: &[String], answer: Answer, len: usize) -> Column {
    Column::Answers {
        labels: scored.iter().map(|label| label.as_str().into()).collect(),
        rows: vec![answer; len],
    }
}

/// A value in the script that its column cannot hold.
fn not_for(spec: &TableSpec, column: &ColumnSpec, text: &str) -> Box<Diagnostic> {
    let options = Rules::plain(&column.kind);
    let options = options.options();
    let wants = if options.is_empty() {
        "a number of 0 or more".to_owned()
    } else {
        format!("one of: {}", options.join(", "))
    };
    let place = column.place.as_ref().unwrap_or(&spec.file.place).clone();
    let code = if options.is_empty() {
        Code::NumberOutOfRange
    } else {
        Code::UnknownValue
    };
    Box::new(
        Diagnostic::new(
            code,
            place,
            format!("`{text}` is none of the values known for `{}`", column.name),
        )
        .label(
            crate::diagnostic::nearest(text, options.iter().copied())
                .map_or("not known".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                }),
        )
        .help(format!("write {wants}")),
    )
}
