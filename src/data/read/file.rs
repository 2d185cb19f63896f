//! A file's bytes and name in; its text, and in which form that is written, out.

use super::decode::{self, NotText};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use std::borrow::Cow;
use std::path::Path;

/// A file that was opened.
#[derive(Debug)]
pub(super) struct File<'b> {
    /// What it holds.
    pub text: Text<'b>,
}

/// A file's text, by its form.
#[derive(Debug)]
pub(super) enum Text<'b> {
    /// CSV, with whatever stands between cells.
    Delimited(Cow<'b, str>),
    /// JSON.
    Json(Cow<'b, str>),
}

impl<'b> File<'b> {
    /// By the file's extension; `place` is where a form that is not read is reported.
    pub(super) fn open(
        name: &str,
        bytes: &'b [u8],
        place: &Place,
    ) -> Result<Self, Box<Diagnostic>> {
        let extension = Path::new(name)
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let fault = |message: String| {
            Box::new(
                Diagnostic::new(Code::FileFormat, place.clone(), message)
                    .label("not read")
                    .note("files that are read: .csv, .tsv, .txt and .json")
                    .help("save it as CSV (in a spreadsheet: File, Save As, CSV UTF-8) or JSON, and name that file here"),
            )
        };
        let form: fn(Cow<'b, str>) -> Text<'b> = match extension.as_str() {
            "csv" | "tsv" | "txt" => Text::Delimited,
            "json" => Text::Json,
            "" => {
                return Err(fault(format!(
                    "`{name}` has no extension that says what it is"
                )));
            }
            other => return Err(fault(format!("`{name}`: a .{other} file is not read"))),
        };
        let text = decode::decode(bytes).map_err(|why| {
            fault(match why {
                NotText::Zip => {
                    format!("`{name}` is a workbook or zip file, whatever its name says")
                }
                NotText::Binary => format!("`{name}` is not a text file"),
            })
        })?;
        if text.trim().is_empty() {
            let message = format!("`{name}` is empty");
            return Err(Box::new(
                Diagnostic::new(Code::FileFormat, place.clone(), message)
                    .label("nothing in it")
                    .help("export or save it again as CSV, and look into it before you run"),
            ));
        }
        Ok(Self { text: form(text) })
    }
}
