//! The bytes of a workbook in; whether it may be unfolded out. A few kilobytes can ask for
//! thousands of millions of cells, and reading them would end the program.

use super::{Form, MOST_CELLS, NotRead};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files in a workbook's archive.
const MOST_ENTRIES: usize = 2_000;

/// Bytes of all of them, unpacked.
const MOST_BYTES: u64 = 400 << 20;

/// How the compound files begin of which an XLS is one, and a locked XLSX too.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a workbook may be unfolded.
///
/// # Errors
/// Why not.
pub(super) fn check(form: Form, bytes: &[u8]) -> Result<(), NotRead> {
    match form {
        Form::Xls if bytes.starts_with(COMPOUND) => xls(bytes),
        Form::Xlsx if bytes.starts_with(COMPOUND) => Err(locked_or_old(bytes)),
        Form::Xlsx | Form::Ods if bytes.starts_with(b"PK\x03\x04") => {
            archive(form, bytes, MOST_BYTES)
        }
        _ => Err(NotRead::OtherForm),
    }
}

/// A compound file named `.xlsx`: Excel locks a workbook by wrapping it in one.
fn locked_or_old(bytes: &[u8]) -> NotRead {
    let locked = cfb::CompoundFile::open(Cursor::new(bytes))
        .is_ok_and(|file| file.exists("/EncryptedPackage"));
    if locked {
        NotRead::Locked
    } else {
        NotRead::OtherForm
    }
}

/// Unpacks every entry once, keeping nothing but the contents of an ODS, whose repeated rows
/// and cells are counted.
fn archive(form: Form, bytes: &[u8], most: u64) -> Result<(), NotRead> {
    let damaged = |_| NotRead::Damaged;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        return Err(NotRead::TooLarge);
    }
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => NotRead::Locked,
            _ => NotRead::Damaged,
        })?;
        let contents = form == Form::Ods && entry.name_raw() == b"content.xml";
        // What an archive says of its sizes need not be so.
        let mut entry = entry.take(left + 1);
        let unpacked = if contents {
            let mut text = Vec::new();
            let unpacked = entry.read_to_end(&mut text);
            ods(&text)?;
            unpacked.map(|bytes| bytes as u64)
        } else {
            std::io::copy(&mut entry, &mut std::io::sink())
        };
        let unpacked = unpacked.map_err(|_| NotRead::Damaged)?;
        left = left.checked_sub(unpacked).ok_or(NotRead::TooLarge)?;
    }
    Ok(())
}

/// Counts the cells that the contents of an ODS unfold to.
fn ods(xml: &[u8]) -> Result<(), NotRead> {
    let text = std::str::from_utf8(xml).map_err(|_| NotRead::Damaged)?;
    let mut reader = Reader::from_str(text);
    let mut size = Size::default();
    // Rows as they stand in the file, before they are repeated.
    let mut written: u64 = 0;
    let mut row = OdsRow::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(()),
            Err(_) => return Err(NotRead::Damaged),
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.name().as_ref() {
                "table:table" => size = Size::default(),
                "table:table-row" => {
                    size.close(std::mem::take(&mut row));
                    row.repeats = repeats(&tag, "table:number-rows-repeated");
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let times = repeats(&tag, "table:number-columns-repeated").min(1 << 14);
                    row.width = row.width.saturating_add(times);
                    if says_something(&tag) {
                        row.filled = row.width;
                        written = written.saturating_add(row.width);
                    }
                }
                _ => {}
            },
            Ok(Event::End(tag)) if tag.name().as_ref() == "table:table" => {
                size.close(std::mem::take(&mut row));
            }
            Ok(_) => {}
        }
        if size.cells().max(written) > MOST_CELLS as u64 {
            return Err(NotRead::TooLarge);
        }
    }
}

/// One row while it is read.
#[derive(Default)]
struct OdsRow {
    repeats: u64,
    width: u64,
    /// Its width up to the last cell that says something.
    filled: u64,
}

/// The smallest block that holds all cells of a sheet that say something.
#[derive(Default)]
struct Size {
    blank: u64,
    rows: u64,
    columns: u64,
}

impl Size {
    fn close(&mut self, row: OdsRow) {
        if row.filled == 0 {
            self.blank = self.blank.saturating_add(row.repeats);
            return;
        }
        self.rows = self
            .rows
            .saturating_add(self.blank)
            .saturating_add(row.repeats);
        self.blank = 0;
        self.columns = self.columns.max(row.filled);
    }

    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    let value = tag.try_get_attribute(name).ok().flatten();
    value.map_or(1, |value| value.value.trim().parse().unwrap_or(u64::MAX))
}

/// Whether a cell holds more than its look.
fn says_something(tag: &BytesStart<'_>) -> bool {
    tag.attributes().with_checks(false).flatten().any(|one| {
        let name = one.key.as_ref();
        name.starts_with("office:") || name == "table:formula" || name.starts_with("calcext:")
    })
}

/// Looks through the records of an XLS for what they say of sizes: the reader lays out every
/// sheet in full, up to the last row and the last column of any cell.
fn xls(bytes: &[u8]) -> Result<(), NotRead> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| NotRead::Damaged)?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))
        .ok_or(NotRead::OtherForm)?;
    let mut stream = Vec::new();
    file.open_stream(name)
        .and_then(|stream_of| stream_of.take(MOST_BYTES).read_to_end(&mut stream))
        .map_err(|_| NotRead::Damaged)?;
    let mut rest = stream.as_slice();
    let (mut rows, mut columns) = (0_usize, 0_usize);
    let mut largest = 0_usize;
    while let Some((kind, data, after)) = record(rest) {
        rest = after;
        let word = |at: usize| {
            let bytes = data.get(at..at + 2)?;
            Some(usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
        };
        match kind {
            // A password.
            0x002f => return Err(NotRead::Locked),
            // A sheet begins.
            0x0809 => (rows, columns) = (0, 0),
            // What a sheet says of its size.
            0x0200 => {
                let long = |at: usize| Some(word(at)? | word(at + 2)? << 16);
                // Of Excel 97 and later: rows in four bytes each.
                let (last_row, last_column) = if data.len() >= 14 {
                    (long(4), word(10))
                } else {
                    (word(2), word(6))
                };
                let said = last_row.zip(last_column);
                largest = said.map_or(largest, |(rows, columns)| {
                    largest.max(rows.saturating_mul(columns))
                });
            }
            // Cells: formula, number, label, text, truth, number in short.
            0x0006 | 0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd => {
                rows = rows.max(word(0).unwrap_or(0) + 1);
                columns = columns.max(word(2).unwrap_or(0) + 1);
            }
            // Several cells of a row.
            0x00bd => {
                rows = rows.max(word(0).unwrap_or(0) + 1);
                columns = columns.max(word(data.len().saturating_sub(2)).unwrap_or(0) + 1);
            }
            _ => {}
        }
        largest = largest.max(rows.saturating_mul(columns));
        if largest > MOST_CELLS {
            return Err(NotRead::TooLarge);
        }
    }
    Ok(())
}

/// The first record of a stream: its kind, its bytes, and what follows it.
fn record(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (head, rest) = stream.split_at_checked(4)?;
    let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let (data, rest) = rest.split_at_checked(length)?;
    Some((u16::from_le_bytes([head[0], head[1]]), data, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(entries: usize, bytes: usize) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for entry in 0..entries {
            out.start_file(format!("{entry}.xml"), SimpleFileOptions::default())
                .expect("a new name");
            out.write_all(&vec![b'0'; bytes]).expect("memory");
        }
        out.finish().expect("memory").into_inner()
    }

    #[test]
    fn an_archive_is_unpacked_up_to_a_bound_of_bytes_and_of_entries() {
        let check = |bytes: &[u8], most| archive(Form::Xlsx, bytes, most);
        assert_eq!(check(&zipped(3, 1000), 3000), Ok(()));
        assert_eq!(check(&zipped(3, 1000), 2999), Err(NotRead::TooLarge));
        assert_eq!(check(&zipped(MOST_ENTRIES, 0), 10), Ok(()));
        assert_eq!(
            check(&zipped(MOST_ENTRIES + 1, 0), 10),
            Err(NotRead::TooLarge)
        );
        let mut broken = zipped(1, 1000);
        let middle = broken.len() / 2;
        broken.truncate(middle);
        assert_eq!(check(&broken, 3000), Err(NotRead::Damaged));
    }

    #[test]
    fn a_sheet_is_as_large_as_the_block_that_holds_all_its_cells() {
        let sheet = |rows: &str| {
            let text = format!("<x><table:table>{rows}</table:table></x>");
            ods(text.as_bytes())
        };
        let cell = |repeated: u32| {
            format!(
                r#"<table:table-cell table:number-columns-repeated="{repeated}" office:value="1"/>"#
            )
        };
        let row = |repeated: u32, cells: &str| {
            format!(
                r#"<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>"#
            )
        };
        let blank = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
        for (rows, expected) in [
            (row(1_048_576, blank), Ok(())),
            ([row(1, &cell(1)), row(1_048_575, blank)].concat(), Ok(())),
            (row(500_000, &cell(10)), Ok(())),
            (row(500_001, &cell(10)), Err(NotRead::TooLarge)),
            ([row(1_048_570, blank), row(1, &[blank.replace("16384", "9"), cell(1)].concat())].concat(), Err(NotRead::TooLarge)),
            (row(400, &cell(16_384)), Err(NotRead::TooLarge)),
            ("<table:table-row><table:table-cell office:value='1' table:number-columns-repeated='99999999999999999999'/></table:table-row>".repeat(400), Err(NotRead::TooLarge)),
        ] {
            assert_eq!(sheet(&rows), expected, "{rows:.200}");
        }
    }
}
