//! The records of an XLS in; whether they may be unfolded out. Its reader lays out every sheet in
//! full, up to the last row and the last column of any cell, before any of them is asked for.

use super::super::super::caps::{MOST_CELLS, MOST_TABS, MOST_TEXT_AT_ONCE};
use super::super::{Beyond, NotRead};
use super::MOST_BYTES;
use std::io::{Cursor, Read};

/// Whether an XLS may be unfolded.
///
/// # Errors
/// Why not.
pub(super) fn check(bytes: &[u8]) -> Result<(), NotRead> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| NotRead::Damaged)?;
    if !file.is_stream("/Workbook") && !file.is_stream("/Book") {
        return Err(NotRead::OtherForm);
    }
    // Those of workbooks that are embedded in it as well: its reader takes the first that it finds.
    let streams = file.walk().filter(|entry| {
        let name = entry.name().to_ascii_lowercase();
        entry.is_stream() && (name == "workbook" || name == "book")
    });
    let streams: Vec<_> = streams.map(|entry| entry.path().to_owned()).collect();
    for path in streams {
        let mut stream = Vec::new();
        file.open_stream(path)
            .and_then(|stream_of| stream_of.take(MOST_BYTES).read_to_end(&mut stream))
            .map_err(|_| NotRead::Damaged)?;
        records(&stream)?;
    }
    Ok(())
}

fn records(stream: &[u8]) -> Result<(), NotRead> {
    let book = Book::of(stream)?;
    let mut all = Unfolded {
        // Sheets stand one behind the other: all together they are no longer than the stream.
        left: stream.len(),
        ..Unfolded::default()
    };
    for begins in &book.sheets {
        let sheet = stream.get(*begins..).ok_or(NotRead::Damaged)?;
        all.sheet(sheet, &book.shared)?;
    }
    Ok(())
}

/// What stands before the sheets.
#[derive(Default)]
struct Book {
    /// Where each sheet begins.
    sheets: Vec<usize>,
    /// Bytes of each shared text.
    shared: Vec<usize>,
}

impl Book {
    fn of(stream: &[u8]) -> Result<Self, NotRead> {
        let mut book = Self::default();
        let mut rest = stream;
        while let Some((kind, data, after)) = record(rest) {
            rest = after;
            match kind {
                // A password.
                0x002f => return Err(NotRead::Locked),
                // A sheet.
                0x0085 => {
                    if book.sheets.len() == MOST_TABS {
                        return Err(NotRead::TooLarge(Beyond::Sheets));
                    }
                    book.sheets.push(long(data, 0).ok_or(NotRead::Damaged)?);
                }
                // The shared texts.
                0x00fc => {
                    let data = data.get(8..).ok_or(NotRead::Damaged)?;
                    let shared = Shared { data, rest };
                    book.shared = shared.lengths().ok_or(NotRead::Damaged)?;
                }
                // All this is over.
                0x000a => break,
                _ => {}
            }
        }
        Ok(book)
    }
}

/// What sheets unfold to, as far as they were read.
#[derive(Default)]
struct Unfolded {
    /// Cells of the sheets before this one.
    cells: usize,
    /// Bytes of texts.
    text: usize,
    /// Bytes of records that may follow.
    left: usize,
}

impl Unfolded {
    fn sheet(&mut self, sheet: &[u8], shared: &[usize]) -> Result<(), NotRead> {
        let mut rest = sheet;
        let (mut rows, mut columns) = (0_usize, 0_usize);
        // Sheets within it, such as charts, whose cells are none of its own.
        let (mut begun, mut within) = (false, 0_usize);
        while let Some((kind, data, after)) = record(rest) {
            self.left = self
                .left
                .checked_sub(rest.len() - after.len())
                .ok_or_else(|| NotRead::Contradicts("has sheets within each other".to_owned()))?;
            rest = after;
            match kind {
                0x0809 if begun => within += 1,
                0x0809 => begun = true,
                0x000a if within == 0 => break,
                0x000a => within -= 1,
                _ if within > 0 => {}
                // What a sheet says of its size: room is made for so much.
                0x0200 => said(data)?,
                // Cells: formula, number, label, text, truth, number in short, shared text.
                0x0006 | 0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd => {
                    rows = rows.max(word(data, 0).unwrap_or(0) + 1);
                    columns = columns.max(word(data, 2).unwrap_or(0) + 1);
                    if kind == 0x00fd {
                        let text = long(data, 6).and_then(|nth| shared.get(nth));
                        self.text += text.unwrap_or(&0);
                    }
                }
                // Several cells of a row.
                0x00bd => {
                    let last = word(data, data.len().saturating_sub(2));
                    rows = rows.max(word(data, 0).unwrap_or(0) + 1);
                    columns = columns.max(last.unwrap_or(0) + 1);
                }
                _ => {}
            }
            if self.cells + rows * columns > MOST_CELLS {
                return Err(NotRead::TooLarge(Beyond::Cells));
            }
            if self.text > MOST_TEXT_AT_ONCE {
                return Err(NotRead::TooLarge(Beyond::Text(MOST_TEXT_AT_ONCE)));
            }
        }
        self.cells += rows * columns;
        Ok(())
    }
}

/// Whether there may be room for what a sheet says of its size.
fn said(data: &[u8]) -> Result<(), NotRead> {
    // Of Excel 97 and later: rows in four bytes each.
    let said = if data.len() >= 14 {
        (long(data, 0), long(data, 4), word(data, 10))
    } else {
        (word(data, 0), word(data, 2), word(data, 6))
    };
    let (Some(first), Some(rows), Some(columns)) = said else {
        return Ok(());
    };
    if rows.saturating_mul(columns) > MOST_CELLS {
        return Err(NotRead::TooLarge(Beyond::Cells));
    }
    // Nothing in it is said in two ways; its reader subtracts.
    if rows > 0 && columns > 0 && first > rows {
        let what = "has a sheet that ends before it begins".to_owned();
        return Err(NotRead::Contradicts(what));
    }
    Ok(())
}

/// The shared texts, as far as they are not read.
struct Shared<'s> {
    data: &'s [u8],
    /// What follows the record: where texts go on in others, these come first.
    rest: &'s [u8],
}

impl Shared<'_> {
    /// How many bytes each text has, at least as many as its reader makes of it. Nothing where they
    /// are not as they should be.
    fn lengths(mut self) -> Option<Vec<usize>> {
        let mut lengths = Vec::new();
        while !self.data.is_empty() || self.go_on() {
            lengths.push(self.text()?);
        }
        Some(lengths)
    }

    /// Goes on in the next record, if there is one for it.
    fn go_on(&mut self) -> bool {
        match record(self.rest) {
            Some((0x003c, data, rest)) => {
                (self.data, self.rest) = (data, rest);
                true
            }
            _ => false,
        }
    }

    fn text(&mut self) -> Option<usize> {
        if self.data.is_empty() {
            return Some(0);
        }
        let mut signs = word(self.take(2)?, 0)?;
        let mut flags = *self.take(1)?.first()?;
        let runs = match flags & 0x8 {
            0 => 0,
            _ => word(self.take(2)?, 0)?,
        };
        let more = match flags & 0x4 {
            0 => 0,
            _ => long(self.take(4)?, 0)?,
        };
        let mut length = 0;
        loop {
            let each = 1 + usize::from(flags & 1);
            let here = signs.min(self.data.len() / each);
            let text = self.take(here * each)?;
            length += text.chunks_exact(each).map(in_utf8).sum::<usize>();
            signs -= here;
            if signs == 0 {
                break;
            }
            if !self.go_on() {
                return None;
            }
            flags = *self.take(1)?.first()?;
        }
        self.skip(runs * 4)?;
        self.skip(more)?;
        Some(length)
    }

    fn take(&mut self, bytes: usize) -> Option<&[u8]> {
        let (taken, data) = self.data.split_at_checked(bytes)?;
        self.data = data;
        Some(taken)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            if self.data.is_empty() && !self.go_on() {
                return None;
            }
            let here = bytes.min(self.data.len());
            self.data = &self.data[here..];
            bytes -= here;
        }
        Some(())
    }
}

/// How many bytes a sign of one or two bytes has in UTF-8, at most.
fn in_utf8(sign: &[u8]) -> usize {
    match sign {
        [low] | [low, 0] if low.is_ascii() => 1,
        [_, 0..=7] => 2,
        _ => 3,
    }
}

/// Two bytes of a record as a number.
fn word(data: &[u8], at: usize) -> Option<usize> {
    let bytes = data.get(at..at + 2)?;
    Some(usize::from(bytes[0]) | usize::from(bytes[1]) << 8)
}

/// Four bytes of a record as a number.
fn long(data: &[u8], at: usize) -> Option<usize> {
    Some(word(data, at)? | word(data, at + 2)? << 16)
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

    fn put(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        let length = u16::try_from(data.len()).expect("a record is short");
        stream.extend(kind.to_le_bytes());
        stream.extend(length.to_le_bytes());
        stream.extend(data);
    }

    /// A sheet of these records.
    fn sheet(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let mut sheet = Vec::new();
        put(&mut sheet, 0x0809, &[0, 6, 0x10, 0]);
        for (kind, data) in records {
            put(&mut sheet, *kind, data);
        }
        put(&mut sheet, 0x000a, &[]);
        sheet
    }

    /// A stream of shared texts, of which the first record is the first, and of these sheets, each
    /// listed so many times.
    fn stream(shared: &[&[u8]], sheets: &[(usize, Vec<u8>)]) -> Vec<u8> {
        let listed: usize = sheets.iter().map(|(times, _)| times).sum();
        let texts: usize = shared.iter().map(|data| data.len() + 4).sum();
        // A list entry has four bytes before its data and eight of them.
        let mut begins = 8 + texts + listed * 12 + 4;
        let mut out = Vec::new();
        put(&mut out, 0x0809, &[0, 6, 5, 0]);
        for (nth, data) in shared.iter().enumerate() {
            put(&mut out, if nth == 0 { 0x00fc } else { 0x003c }, data);
        }
        for (times, sheet) in sheets {
            let at = u32::try_from(begins).expect("a short stream");
            for _ in 0..*times {
                let entry = [at.to_le_bytes(), [0, 0, 1, 0]].concat();
                put(&mut out, 0x0085, &entry);
            }
            begins += sheet.len();
        }
        put(&mut out, 0x000a, &[]);
        out.extend(sheets.iter().flat_map(|(_, sheet)| sheet));
        out
    }

    /// A cell that shows a shared text.
    fn shows(row: u16, column: u16, text: u32) -> (u16, Vec<u8>) {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        (0x00fd, [place.as_slice(), &text.to_le_bytes()].concat())
    }

    #[test]
    fn a_text_that_is_kept_once_counts_in_each_cell_that_shows_it() {
        let long = 32_768_u16;
        let mut shared = vec![0; 8];
        shared.extend(long.to_le_bytes());
        shared.push(0);
        shared.extend(vec![b'x'; usize::from(long)]);
        let most = u16::try_from(MOST_TEXT_AT_ONCE / usize::from(long)).expect("few");
        let judged = |cells| {
            let cells: Vec<_> = (0..cells).map(|row| shows(row, 0, 0)).collect();
            records(&stream(&[&shared], &[(1, sheet(&cells))]))
        };
        assert_eq!(judged(most), Ok(()));
        let too_much = NotRead::TooLarge(Beyond::Text(MOST_TEXT_AT_ONCE));
        assert_eq!(judged(most + 1), Err(too_much));
    }

    #[test]
    fn a_shared_text_is_as_long_as_its_reader_makes_it() {
        let lengths = |records: &[&[u8]]| {
            let stream = stream(records, &[]);
            Book::of(&stream).map(|book| book.shared)
        };
        let head = [0; 8];
        let first = |text: &[u8]| [&head, text].concat();
        // Plain; two bytes a sign; with one run of another look; with something more behind it.
        let plain = b"\x02\0\0ab";
        let wide = b"\x02\0\x01a\0\xac\x20";
        let runs = b"\x01\0\x08\x01\0c....";
        let more = b"\x01\0\x04\x03\0\0\0d...";
        let texts = [plain.as_slice(), wide, runs, more, plain].concat();
        assert_eq!(lengths(&[&first(&texts)]), Ok(vec![2, 4, 1, 1, 2]));
        // A text that goes on in the next record says anew how its signs are kept.
        let cut = [first(b"\x03\0\0a"), b"\x01b\0\xe9\0\x01\0\0z".to_vec()];
        assert_eq!(lengths(&[&cut[0], &cut[1]]), Ok(vec![4, 1]));
        assert_eq!(lengths(&[&cut[0]]), Err(NotRead::Damaged));
        let skipped = first(b"\x01\0\x04\x05\0\0\0d..");
        assert_eq!(lengths(&[&skipped, b"...\x01\0\0e"]), Ok(vec![1, 1]));
        assert_eq!(lengths(&[&skipped]), Err(NotRead::Damaged));
    }

    #[test]
    fn sheets_are_counted_together_and_none_lies_within_another() {
        let wide = || sheet(&[shows(9_999, 249, 0)]);
        let two = |columns| [(1, wide()), (1, sheet(&[shows(9_999, columns, 0)]))];
        assert_eq!(records(&stream(&[], &two(249))), Ok(()));
        let too_many = Err(NotRead::TooLarge(Beyond::Cells));
        assert_eq!(records(&stream(&[], &two(250))), too_many);
        let long = sheet(&vec![shows(0, 0, 0); 100]);
        let what = "has sheets within each other".to_owned();
        assert_eq!(
            records(&stream(&[], &[(3, long)])),
            Err(NotRead::Contradicts(what))
        );
        let none = |sheets| records(&stream(&[], &[(sheets, sheet(&[]))]));
        assert_eq!(none(MOST_TABS + 1), Err(NotRead::TooLarge(Beyond::Sheets)));
    }

    #[test]
    fn a_chart_within_a_sheet_has_no_cells_of_the_sheet() {
        let chart = [
            (0x0809, vec![0, 6, 0x20, 0]),
            shows(65_535, 255, 0),
            (0x000a, Vec::new()),
            shows(1, 1, 0),
        ];
        assert_eq!(records(&stream(&[], &[(1, sheet(&chart))])), Ok(()));
    }

    #[test]
    fn what_a_sheet_says_of_its_size_may_be_so() {
        let said = |first: u32, rows: u32, columns: u16| {
            let rows = [first.to_le_bytes(), rows.to_le_bytes()].concat();
            let columns = [[0, 0], columns.to_le_bytes(), [0, 0]].concat();
            let size = (0x0200, [rows, columns].concat());
            records(&stream(&[], &[(1, sheet(&[size]))]))
        };
        assert_eq!(said(0, 50_000, 100), Ok(()));
        assert_eq!(said(0, 0, 0), Ok(()));
        assert_eq!(said(0, 50_001, 100), Err(NotRead::TooLarge(Beyond::Cells)));
        let what = "has a sheet that ends before it begins".to_owned();
        assert_eq!(said(9, 5, 1), Err(NotRead::Contradicts(what)));
    }
}
