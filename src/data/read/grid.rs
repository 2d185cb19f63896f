//! A file's bytes in; a grid out: its header, and the rows below it as texts, each with its
//! place in the file, whatever form the file has.
//!
//! This is the boundary between how files are written and what their cells mean: above it
//! nobody knows of title rows, delimiters or sheets, below it nobody knows of columns' kinds.

use super::delimited::Block;
use super::file::{File, Text};
use super::header::Header;
use super::json;
use super::rows::Rows;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// A file as a grid.
#[derive(Debug)]
pub(super) struct Grid<'f> {
    /// Its headers, in the order of its columns.
    pub header: Header,
    /// What stands below the header.
    pub body: Body<'f>,
}

/// The rows below a header, and nothing else.
#[derive(Debug)]
pub(super) enum Body<'f> {
    /// Delimited text: one record a row.
    Delimited(Block<'f>),
    /// The text of a JSON array: one object a row.
    Json(&'f str),
}

impl<'f> Grid<'f> {
    /// The grid of a file; `name` is its path as the reader should see it.
    ///
    /// # Errors
    /// A header that cannot be read.
    pub(super) fn of(file: &'f File<'_>, name: &str) -> Result<Self, Box<Diagnostic>> {
        match &file.text {
            Text::Json(text) => Ok(Self {
                header: json::header(text, name)?,
                body: Body::Json(text),
            }),
            Text::Delimited(text) => {
                let block = Block::new(text);
                let (header, rows) = block.header(name)?.unwrap_or((Header::default(), block));
                Ok(Self {
                    header,
                    body: Body::Delimited(rows),
                })
            }
        }
    }

    /// Hands over each row, in order; gives what is wrong with rows as such.
    ///
    /// # Errors
    /// A file that ends in the middle of a row.
    pub(super) fn rows(&self, name: &str, into: &mut Rows) -> Result<Diagnostics, Box<Diagnostic>> {
        match &self.body {
            Body::Delimited(block) => Ok(block.rows(&self.header, name, into)),
            Body::Json(text) => {
                json::rows(text, &self.header, name, into).map(|()| Diagnostics::new())
            }
        }
    }
}
