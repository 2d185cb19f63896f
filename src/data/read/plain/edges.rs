//! Lines of delimited text in; where each of their cells begins and ends out, found 64 bytes at
//! a time and without a branch for each byte.

use std::ops::Range;

/// Bytes that are looked at together.
const TOGETHER: usize = 64;

/// What lines hold that no edge can be told by alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Odd {
    /// Nothing: each edge that was found is one.
    Nothing,
    /// A quote, within which a delimiter is none.
    Quotes,
    /// A carriage return that is not followed by a line feed.
    Returns,
}

/// Where the cells of some lines begin.
pub(super) struct Edges {
    delimiter: u8,
    /// The first byte of each cell, in order, and one past the end of the last line.
    begins: Vec<u32>,
    /// How many of these are in use.
    found: usize,
    line_feeds: usize,
}

impl Edges {
    /// Of no line yet.
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            begins: Vec::new(),
            found: 0,
            line_feeds: 0,
        }
    }

    /// Finds the edges of some lines, the last of which may lack its line feed.
    pub(super) fn find(&mut self, lines: &[u8]) -> Odd {
        // Each byte may end a cell, and so may what fills up the last 64.
        let room = lines.len() + 2 * TOGETHER + 2;
        if self.begins.len() < room {
            self.begins.resize(room, 0);
        }
        (self.found, self.line_feeds) = (1, 0);
        let mut from = 0;
        let (whole, rest) = lines.as_chunks::<TOGETHER>();
        let mut padded = [0; TOGETHER];
        padded[..rest.len()].copy_from_slice(rest);
        for some in whole.iter().chain([&padded]) {
            let looked = Looked::at(some, self.delimiter);
            if looked.quotes {
                return Odd::Quotes;
            }
            if looked.returns && !returns_end_lines(lines, from) {
                return Odd::Returns;
            }
            self.line_feeds += looked.line_feeds;
            let begins = &mut self.begins[self.found..self.found + TOGETHER];
            let mut ends = looked.ends;
            let mut found = 0;
            while ends != 0 {
                // Fewer than four thousand million bytes are read at a time.
                begins[found % TOGETHER] = (from as u32) + ends.trailing_zeros() + 1;
                found += 1;
                ends &= ends - 1;
            }
            self.found += found;
            from += TOGETHER;
        }
        if lines.last().is_some_and(|byte| *byte != b'\n') {
            self.begins[self.found] = lines.len() as u32 + 1;
            self.found += 1;
            self.line_feeds += 1;
        }
        Odd::Nothing
    }

    /// How many rows they are, if each line has so many cells.
    pub(super) fn rows(&self, lines: &[u8], width: usize) -> Option<usize> {
        let rows = self.line_feeds;
        let ends_a_line = |row: usize| {
            let end = self.begins[(row + 1) * width] as usize - 1;
            lines.get(end).is_none_or(|byte| *byte == b'\n')
        };
        // Every line feed stands at the end of so many cells, and there are no more.
        (self.found - 1 == rows * width && (0..rows).all(ends_a_line)).then_some(rows)
    }

    /// Where a row lies, its end included.
    pub(super) fn line(&self, row: usize, width: usize) -> Range<usize> {
        self.begins[row * width] as usize..self.begins[(row + 1) * width] as usize
    }

    /// Where the cells of a column lie, row by row.
    pub(super) fn column(
        &self,
        column: usize,
        width: usize,
    ) -> impl Iterator<Item = Range<usize>> + '_ {
        let begins = self.begins[..self.found].get(column..).unwrap_or_default();
        let ends = begins.get(1..).unwrap_or_default();
        let both = begins.iter().step_by(width).zip(ends.iter().step_by(width));
        both.map(|(begin, next)| *begin as usize..*next as usize - 1)
    }
}

/// What 64 bytes hold.
struct Looked {
    /// A bit for each byte, lowest first: whether it is a delimiter or a line feed.
    ends: u64,
    line_feeds: usize,
    quotes: bool,
    returns: bool,
}

impl Looked {
    #[inline]
    fn at(bytes: &[u8; TOGETHER], delimiter: u8) -> Self {
        let mut is_end = [0_u8; TOGETHER];
        let (mut line_feeds, mut quotes, mut returns) = (0_u8, 0_u8, 0_u8);
        // Without a branch, so that many bytes are looked at together.
        for (is_end, byte) in is_end.iter_mut().zip(bytes) {
            let is_feed = u8::from(*byte == b'\n');
            *is_end = is_feed | u8::from(*byte == delimiter);
            line_feeds += is_feed;
            quotes |= u8::from(*byte == b'"');
            returns |= u8::from(*byte == b'\r');
        }
        Self {
            ends: bits(&is_end),
            line_feeds: line_feeds.into(),
            quotes: quotes > 0,
            returns: returns > 0,
        }
    }
}

/// Bytes of 0 and 1 as bits, the first as the lowest.
#[inline]
fn bits(bytes: &[u8; TOGETHER]) -> u64 {
    // Puts the lowest bits of eight bytes side by side into the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bytes.as_chunks::<8>();
    let gathered = eights
        .iter()
        .map(|eight| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56);
    gathered
        .enumerate()
        .fold(0, |all, (nth, byte)| all | byte << (8 * nth))
}

/// Whether each carriage return of the 64 bytes from there on stands before a line feed.
fn returns_end_lines(lines: &[u8], from: usize) -> bool {
    (from..lines.len().min(from + TOGETHER))
        .filter(|at| lines[*at] == b'\r')
        .all(|at| lines.get(at + 1) == Some(&b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_found_wherever_they_lie_in_the_bytes_looked_at() {
        for before in 0..200 {
            let text = format!("{},b\n,\nlast,one", "a".repeat(before));
            let mut edges = Edges::new(b',');
            assert_eq!(edges.find(text.as_bytes()), Odd::Nothing);
            assert_eq!(edges.rows(text.as_bytes(), 2), Some(3));
            assert_eq!(edges.rows(text.as_bytes(), 3), None);
            let cells = |column| -> Vec<&str> {
                let cells = edges.column(column, 2);
                cells.map(|cell| &text[cell]).collect()
            };
            assert_eq!(cells(0), [&text[..before], "", "last"]);
            assert_eq!(cells(1), ["b", "", "one"]);
        }
    }

    #[test]
    fn lines_of_unequal_width_are_no_rows_even_where_their_cells_add_up() {
        let mut edges = Edges::new(b';');
        let text = b"a;b;c\nd\n";
        assert_eq!(edges.find(text), Odd::Nothing);
        assert_eq!(edges.rows(text, 2), None);
    }

    #[test]
    fn quotes_and_lone_returns_are_told_and_those_at_line_ends_are_not() {
        let mut edges = Edges::new(b',');
        for before in [0, 60, 62, 63, 64, 127] {
            let find = |end: &str, edges: &mut Edges| {
                edges.find(format!("{}{end}", "a".repeat(before)).as_bytes())
            };
            assert_eq!(find("\r\nb\r\n", &mut edges), Odd::Nothing);
            assert_eq!(find("\rb\n", &mut edges), Odd::Returns);
            assert_eq!(find("\"b\n", &mut edges), Odd::Quotes);
        }
    }
}
