//! A file's bytes and name in; what it holds, and in which form, out.

use super::caps;
use super::decode::{self, NotText};
use super::sheet::SheetRow;
use crate::data::TableSpec;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use std::borrow::Cow;
use std::path::Path;

/// A file that was opened.
#[derive(Debug)]
pub(super) struct File<'b> {
    /// What it holds.
    pub form: Form<'b>,
    /// How it was taken, one sentence each.
    pub told: Vec<String>,
}

/// What a file holds, by its form.
#[derive(Debug)]
pub(super) enum Form<'b> {
    /// The text of CSV, with whatever stands between cells.
    Delimited(Cow<'b, str>),
    /// The text of JSON.
    Json(Cow<'b, str>),
    /// The rows of a workbook's sheet that have something in them.
    #[cfg_attr(
        not(feature = "workbooks"),
        allow(dead_code, reason = "only workbooks have sheets")
    )]
    Sheet(Vec<SheetRow>),
}

impl<'b> File<'b> {
    /// By the file's extension; what is not read is reported at the card that names it.
    ///
    /// # Errors
    /// A form that is not read, a file that is not what its name says, and an empty one
    /// ([`Code::FileFormat`]); of a workbook also what [`super::choose`] says.
    pub(super) fn open(
        spec: &TableSpec,
        name: &str,
        bytes: &'b [u8],
    ) -> Result<Self, Box<Diagnostic>> {
        let place = &spec.file.place;
        let extension = extension(name);
        if let Some(fault) = stands_for_another(place, name, bytes) {
            return Err(fault);
        }
        #[cfg(feature = "workbooks")]
        if let Some(form) = super::workbook::Form::of(&extension) {
            return super::choose::sheet(spec, name, form, bytes);
        }
        let form: fn(Cow<'b, str>) -> Form<'b> = match extension.as_str() {
            _ if is_delimited(name) => Form::Delimited,
            "json" => Form::Json,
            "" => {
                let message = format!("`{name}` has no extension that says what it is");
                return Err(not_read(place, message));
            }
            other => {
                let message = format!("`{name}`: a .{other} file is not read");
                return Err(not_read(place, message));
            }
        };
        let text = decode::decode(bytes).map_err(|why| {
            let message = match why {
                NotText::Zip => {
                    format!("`{name}` is a workbook or zip file, whatever its name says")
                }
                NotText::Unmarked => format!(
                    "`{name}` is probably text in UTF-16, without the mark at its beginning that says so"
                ),
                NotText::Binary => format!("`{name}` is not a text file"),
            };
            not_read(place, message)
        })?;
        if text.trim().is_empty() {
            return Err(empty(place, name));
        }
        if extension != "json"
            && let Some(line) = too_long(text.as_bytes(), caps::LONGEST_LINE)
        {
            return Err(caps::line_too_long(place, name, line));
        }
        Ok(Self {
            form: form(text),
            told: Vec::new(),
        })
    }
}

/// The number of the first line that is longer than that, counted from 1. Only the last line
/// end of each stretch of so many bytes is looked for: those before it end shorter lines.
pub(super) fn too_long(text: &[u8], most: usize) -> Option<usize> {
    let mut begins = 0;
    while text.len() - begins > most {
        let stretch = &text[begins..=begins + most];
        match stretch.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => begins += end + 1,
            None => {
                let above = text[..begins].iter().filter(|byte| **byte == b'\n');
                return Some(above.count() + 1);
            }
        }
    }
    None
}

/// The ending of a file's name, in lower case.
fn extension(name: &str) -> String {
    Path::new(name)
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// Whether a file is delimited text, by its name.
pub fn is_delimited(name: &str) -> bool {
    matches!(extension(name).as_str(), "csv" | "tsv" | "txt")
}

/// What came in the place of a file: the page of a server that wanted a password first, or the few
/// lines by which Git LFS finds it.
fn stands_for_another(place: &Place, name: &str, bytes: &[u8]) -> Option<Box<Diagnostic>> {
    const PAGES: [&[u8]; 2] = [b"<!doctype html", b"<html"];
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let begins = |with: &[u8]| {
        let first = text.get(..with.len());
        first.is_some_and(|first| first.eq_ignore_ascii_case(with))
    };
    let (is, note, help) = if PAGES.into_iter().any(begins) {
        (
            "a web page",
            "a server that wants you to sign in answers with such a page in the place of the file",
            "sign in with your browser, download the file again, and look into it before you run",
        )
    } else if begins(b"version https://git-lfs.github.com/spec/") {
        (
            "a pointer of Git LFS",
            "it only says where the file is kept",
            "fetch the file itself: git lfs pull",
        )
    } else {
        return None;
    };
    let message = format!("`{name}` is {is}, and not the file");
    let fault = Diagnostic::new(Code::FileFormat, place.clone(), message);
    Some(Box::new(fault.label("not read").note(note).help(help)))
}

/// A file in a form that is not read.
pub(super) fn not_read(place: &Place, message: String) -> Box<Diagnostic> {
    let workbooks = if cfg!(feature = "workbooks") {
        ".xlsx, .xls, .ods, "
    } else {
        ""
    };
    Box::new(
        Diagnostic::new(Code::FileFormat, place.clone(), message)
            .label("not read")
            .note(format!(
                "files that are read: {workbooks}.csv, .tsv, .txt and .json"
            ))
            .help("save it as CSV (in a spreadsheet: File, Save As, CSV UTF-8) or JSON, and name that file here"),
    )
}

/// A file with nothing in it.
pub(super) fn empty(place: &Place, name: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            Code::FileFormat,
            place.clone(),
            format!("`{name}` is empty"),
        )
        .label("nothing in it")
        .help("export or save it again as CSV, and look into it before you run"),
    )
}

#[cfg(test)]
mod tests {
    use super::too_long;

    #[test]
    fn the_first_line_that_is_too_long_is_found_wherever_line_ends_lie() {
        for text in [
            "",
            "\n",
            "abc",
            "abcd",
            "abc\n",
            "abcd\n",
            "a\nbcd\nefgh",
            "a\n\nbcde\nf",
            "abc\nabc\nabc\nabcde",
            "\n\n\n\n\nabcd",
            "abc\nabcdefgh\nabcdef",
        ] {
            let plainly = text.split('\n').position(|line| line.len() > 3);
            let found = too_long(text.as_bytes(), 3);
            assert_eq!(found, plainly.map(|above| above + 1), "{text:?}");
        }
    }
}
