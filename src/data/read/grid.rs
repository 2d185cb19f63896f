//! A file's bytes in; a grid out: its header, and the rows below it as texts, each with its
//! place in the file, whatever form the file has.
//!
//! This is the boundary between how files are written and what their cells mean: above it
//! nobody knows of title rows, delimiters or sheets, below it nobody knows of columns' kinds.

use super::account::LeftOut;
use super::delimited::{self, Block};
use super::file::{File, Form};
use super::header::Header;
use super::rows::Rows;
use super::sheet::{self, SheetRow};
use super::{foot, json, lead};
use crate::data::TableSpec;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// A file as a grid.
#[derive(Debug)]
pub(super) struct Grid<'f> {
    /// Its headers, in the order of its columns.
    pub header: Header,
    /// What stands below the header.
    pub body: Body<'f>,
    /// What stands below the rows and is none of them, with its row.
    pub foot: Vec<(usize, LeftOut)>,
    /// How the file was taken, one sentence each.
    pub told: Vec<String>,
}

/// The rows below a header, and nothing else: neither titles nor totals.
#[derive(Debug)]
pub(super) enum Body<'f> {
    /// Delimited text: one record a row.
    Delimited(Block<'f>),
    /// The text of a JSON array: one object a row.
    Json(&'f str),
    /// Rows of a sheet.
    Sheet {
        rows: &'f [SheetRow],
        /// The number of the row above them.
        above: usize,
        /// Blank rows below them that no line of the foot stands for.
        blank: usize,
    },
}

impl<'f> Grid<'f> {
    /// The grid of a file; `name` is its path as the reader should see it.
    ///
    /// # Errors
    /// A header that cannot be read.
    pub(super) fn of(
        file: &'f File<'_>,
        spec: &TableSpec,
        name: &str,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut grid = match &file.form {
            Form::Json(text) => Self {
                header: json::header(text, name)?,
                body: Body::Json(text),
                foot: Vec::new(),
                told: Vec::new(),
            },
            Form::Delimited(text) => of_text(text, spec, name)?,
            Form::Sheet(rows) => of_sheet(rows, spec),
        };
        grid.told.splice(0..0, file.told.iter().cloned());
        Ok(grid)
    }

    /// Hands over each row, in order; gives what is wrong with rows as such.
    ///
    /// # Errors
    /// A file that ends in the middle of a row, and a sheet with a cell far below the others.
    pub(super) fn rows(&self, name: &str, into: &mut Rows) -> Result<Diagnostics, Box<Diagnostic>> {
        match &self.body {
            Body::Delimited(block) => Ok(block.rows(&self.header, name, into)),
            Body::Json(text) => {
                json::rows(text, &self.header, name, into).map(|()| Diagnostics::new())
            }
            Body::Sheet { rows, above, blank } => {
                sheet::rows(rows, *above, name, into)?;
                into.add_blank(*blank);
                Ok(Diagnostics::new())
            }
        }
    }
}

/// What stands above the rows of a text.
pub(super) struct Top<'f> {
    /// Its headers.
    pub header: Header,
    /// What follows the header.
    pub below: Block<'f>,
    /// How the text was taken, one sentence each.
    pub told: Vec<String>,
    /// Whether all of this stands whatever follows the text: as many rows were there as are
    /// looked at, and their ends.
    pub settled: bool,
}

/// The header of a text and where its rows begin; `None` if there is none.
///
/// # Errors
/// A header that cannot be read.
pub(super) fn top<'f>(
    text: &'f str,
    spec: &TableSpec,
    name: &str,
) -> Result<Option<Top<'f>>, Box<Diagnostic>> {
    let mut best: Option<(lead::Lead, usize, Block<'f>)> = None;
    let mut settled = delimited::first_line_ends(text);
    for block in Block::readings(text) {
        let first = block.first(lead::MOST_FIRST_ROWS, name)?;
        let ends = first.last().is_some_and(|last| !last.below.text.is_empty());
        settled &= ends && first.len() == lead::MOST_FIRST_ROWS;
        let (cells, below): (Vec<_>, Vec<_>) = first
            .into_iter()
            .map(|record| ((record.line, record.cells), (record.row, record.below)))
            .unzip();
        let Some(lead) = lead::find(&cells, spec) else {
            continue;
        };
        let found = lead.finds;
        if best.as_ref().is_none_or(|(best, _, _)| found > best.finds) {
            let last = lead.row + lead.height - 1;
            let (row, below) = below[last];
            best = Some((lead, row, below));
        }
        if found > 0 {
            break;
        }
    }
    Ok(best.map(|(lead, last, below)| Top {
        told: told(&lead, last),
        header: lead.header,
        below,
        settled,
    }))
}

fn of_text<'f>(text: &'f str, spec: &TableSpec, name: &str) -> Result<Grid<'f>, Box<Diagnostic>> {
    let Some(top) = top(text, spec, name)? else {
        return Ok(Grid {
            header: Header::default(),
            body: Body::Delimited(Block::whole(text)),
            foot: Vec::new(),
            told: Vec::new(),
        });
    };
    let (rows, foot) = top.below.without_foot(top.header.names.len());
    Ok(Grid {
        told: top.told,
        header: top.header,
        body: Body::Delimited(rows),
        foot,
    })
}

fn of_sheet<'f>(rows: &'f [SheetRow], spec: &TableSpec) -> Grid<'f> {
    let first: Vec<(usize, Vec<String>)> = rows
        .iter()
        .take(lead::MOST_FIRST_ROWS)
        .map(|row| (row.number, row.trimmed()))
        .collect();
    let Some(lead) = lead::find(&first, spec) else {
        return Grid {
            header: Header::default(),
            body: Body::Sheet {
                rows: &[],
                above: 0,
                blank: 0,
            },
            foot: Vec::new(),
            told: Vec::new(),
        };
    };
    let last = lead.row + lead.height;
    let above = first[last - 1].0;
    let below = &rows[last..];
    // Blank rows of a sheet are not there: a gap in the numbers stands for one.
    let mut ends: Vec<Vec<&str>> = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    for (nth, row) in below.iter().enumerate() {
        let before = nth.checked_sub(1).map_or(above, |nth| below[nth].number);
        if row.number > before + 1 {
            ends.push(Vec::new());
            numbers.push(row.number - 1);
        }
        ends.push(row.cells.iter().map(String::as_str).collect());
        numbers.push(row.number);
    }
    let width = lead.header.names.len();
    let foot: Vec<(usize, LeftOut)> = {
        let what = foot::of(ends.into_iter().rev(), width);
        let from = numbers.len() - what.len();
        numbers[from..].iter().copied().zip(what).collect()
    };
    let kept = foot.first().map_or(below.len(), |(number, _)| {
        below.partition_point(|row| row.number < *number)
    });
    // Blank rows that no line of the foot stands for: above it, and of wide gaps within it.
    let mut before = below[..kept].last().map_or(above, |row| row.number);
    let (mut blank, own) = (0, foot.iter().map(|(number, _)| *number));
    for number in own {
        blank += number - before - 1;
        before = number;
    }
    Grid {
        told: told(&lead, above),
        header: lead.header,
        body: Body::Sheet {
            rows: &below[..kept],
            above,
            blank,
        },
        foot,
    }
}

/// What is said of a header that is not the first row; `last` is its last row's number.
fn told(lead: &lead::Lead, last: usize) -> Vec<String> {
    let first = last + 1 - lead.height;
    let mut told = Vec::new();
    if lead.height == 2 {
        told.push(format!("rows {first} and {last} are its header"));
    } else if lead.row > 0 {
        told.push(format!("row {last} is its header"));
    }
    if lead.row > 0 {
        told.push("what stands above the header is not read".to_owned());
    }
    told
}
