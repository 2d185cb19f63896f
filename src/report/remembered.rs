//! What the page above the councils was made from: rows in, `index.json` out, and back.
//!
//! It serves twice. The next run makes the page again from its rows, each known by the
//! SHA-256 of the results it was made of, without reading those results; and it is the
//! manifest of the page, which `verify` goes through.

use super::Page;
use super::context::IndexRow;
use crate::digest::sha256_hex;
use crate::verify::Sum;
use serde::{Deserialize, Serialize};

/// The version of `index.json`.
const FORM: &str = "healthcheck-index/1";
/// The program that this is.
const PROGRAM: &str = concat!("healthcheck ", env!("CARGO_PKG_VERSION"));

/// What the page above the councils was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remembered {
    /// The version of this form: `healthcheck-index/1`.
    pub schema: String,
    /// The program that made the page.
    pub program: String,
    /// The templates that it was made from.
    pub templates: Vec<Sum>,
    /// The page.
    pub page: Sum,
    /// The councils on it, in order of their folders.
    pub councils: Vec<Known>,
    /// SHA-256 of the councils, so that damage shows.
    pub councils_sha256: String,
}

/// A council on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// SHA-256 of the `results.json` that its row was made of.
    pub results_sha256: String,
    /// Its row.
    pub row: IndexRow,
}

impl Remembered {
    /// The name of its file, beside the page.
    pub const FILE: &'static str = "index.json";

    /// Of a page, the templates it was made from and the councils on it.
    pub fn of(page: &Page, templates: Vec<Sum>, councils: Vec<Known>) -> Self {
        Self {
            schema: FORM.to_owned(),
            program: PROGRAM.to_owned(),
            templates,
            page: Sum::of(&page.path, &page.bytes),
            councils_sha256: digest(&councils),
            councils,
        }
    }

    /// Reads the bytes of `index.json`.
    ///
    /// # Errors
    /// Why they are of no use, in words: damaged, or by another program.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("it does not have the form `{FORM}`: {error}"))?;
        if read.schema != FORM || read.program != PROGRAM {
            Err(format!("{} made it, and this is {PROGRAM}", read.program))
        } else if read.councils_sha256 != digest(&read.councils) {
            Err("its rows are damaged".to_owned())
        } else {
            Ok(read)
        }
    }

    /// The row of a council, if it was made of these results.
    pub fn row(&self, council: &str, results_sha256: &str) -> Option<&IndexRow> {
        self.councils
            .iter()
            .find(|known| known.row.id == council && known.results_sha256 == results_sha256)
            .map(|known| &known.row)
    }

    /// Its file.
    pub fn file(&self) -> Page {
        super::page(Self::FILE, super::json(self))
    }
}

fn digest(councils: &[Known]) -> String {
    let text = serde_json::to_string(councils).expect("rows have text keys only");
    sha256_hex(text.as_bytes())
}
