//! What is shown of the files that a fault speaks of: its places in, their lines out, of
//! long lines only what stands around the places.

use super::{clean, safe};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source};
use codespan_reporting::files::{Error, Files};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most characters of a line that is shown whole.
const LONGEST: usize = 500;

/// Of a longer line so many characters are shown before a place, and so many from where it
/// begins.
const BEFORE: usize = 60;
const FROM: usize = 140;

/// Of a range of many lines at least those are on a sheet that the painter shows: so many
/// from its first, and up to its last.
const BESIDE: usize = 4;

/// Stands for what is cut.
const CUT: &str = "…";

/// The files that the diagnostics speak of.
pub(super) struct Shelf {
    files: Vec<File>,
}

/// A file, and where each of its lines starts.
struct File {
    source: Source,
    starts: Vec<usize>,
}

impl Shelf {
    pub(super) fn of<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut shelf = Shelf { files: Vec::new() };
        for diagnostic in diagnostics {
            shelf.add(&diagnostic.place.source);
            for (place, _) in &diagnostic.related {
                shelf.add(&place.source);
            }
        }
        shelf
    }

    fn add(&mut self, source: &Source) {
        if self.files.iter().any(|known| known.source == *source) {
            return;
        }
        let ends = source.text().match_indices('\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        self.files.push(File {
            source: source.clone(),
            starts,
        });
    }

    fn find(&self, source: &Source) -> &File {
        self.files
            .iter()
            .find(|known| known.source == *source)
            .expect("every source was added before painting")
    }
}

impl File {
    fn line_index(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    }

    /// The range of a line, without the sign that ends it.
    fn line(&self, index: usize) -> Range<usize> {
        let text = self.source.text();
        let end = match self.starts.get(index + 1) {
            Some(next) => next - 1,
            None => text.len(),
        };
        self.starts[index]..end
    }
}

/// The files that one fault speaks of, as the painter wants them.
pub(super) struct Sheets<'s> {
    sheets: Vec<Sheet<'s>>,
}

impl<'s> Sheets<'s> {
    pub(super) fn of(places: &[&Place], shelf: &'s Shelf) -> Self {
        let mut sheets: Vec<Sheet> = Vec::new();
        for place in places {
            if sheets.iter().all(|known| !known.holds(place)) {
                sheets.push(Sheet::of(shelf.find(&place.source), places));
            }
        }
        Self { sheets }
    }

    /// The sheet that a place is on, and its range there.
    pub(super) fn find(&self, place: &Place) -> (usize, Range<usize>) {
        let id = self
            .sheets
            .iter()
            .position(|sheet| sheet.holds(place))
            .expect("a sheet was made for every place");
        let sheet = &self.sheets[id];
        (id, sheet.at(place.span.start)..sheet.at(place.span.end))
    }
}

/// Some lines of a file.
struct Sheet<'s> {
    file: &'s File,
    text: String,
    lines: Vec<Line>,
}

/// A line on a sheet.
struct Line {
    /// Its index in the file.
    index: usize,
    /// Where it starts on the sheet.
    start: usize,
    /// What is kept of it: the ranges in the file, and where each starts on the sheet.
    kept: Vec<(Range<usize>, usize)>,
}

impl<'s> Sheet<'s> {
    /// The lines of a file that are shown for those of the places that are in it.
    fn of(file: &'s File, places: &[&Place]) -> Self {
        let mut shown: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in places.iter().filter(|place| place.source == file.source) {
            let (start, end) = (place.span.start, place.span.end);
            let (first, last) = (file.line_index(start), file.line_index(end));
            let beyond = (last + 2).min(file.starts.len());
            for index in (first..beyond).filter(|at| at - first <= BESIDE || at + BESIDE >= last) {
                shown.entry(index).or_default();
            }
            shown.entry(first).or_default().push(start);
            if last > first {
                shown.entry(last).or_default().push(end);
            }
        }
        let mut sheet = Self {
            file,
            text: String::new(),
            lines: Vec::new(),
        };
        for (index, places) in shown {
            sheet.add(index, places);
        }
        sheet
    }

    fn holds(&self, place: &Place) -> bool {
        self.file.source == place.source
    }

    fn add(&mut self, index: usize, places: Vec<usize>) {
        let text = self.file.source.text();
        let line = self.file.line(index);
        let start = self.text.len();
        let (quoted, mut kept) = quoted(text, &line, places);
        self.write(&quoted);
        if line.end < text.len() {
            self.text.push('\n');
        }
        kept.iter_mut().for_each(|(_, at)| *at += start);
        self.lines.push(Line { index, start, kept });
    }

    /// Byte for byte as long as the original, so that ranges hold.
    fn write(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\t' => self.text.push(c),
                _ if safe(c) != c => self.text.extend(std::iter::repeat_n('?', c.len_utf8())),
                _ => self.text.push(c),
            }
        }
    }

    /// Where a byte of the file stands on the sheet; of what is cut, behind the sign for it.
    fn at(&self, byte: usize) -> usize {
        let line = self.line(self.file.line_index(byte));
        let kept = line.map_or(&[][..], |nth| &self.lines[nth].kept);
        match kept.iter().find(|(piece, _)| byte <= piece.end) {
            Some((piece, at)) => at + byte.saturating_sub(piece.start),
            None => kept
                .last()
                .map_or(0, |(piece, at)| at + piece.len() + CUT.len()),
        }
    }

    /// The byte of the file that stands at one of the sheet.
    fn in_file(&self, line: &Line, at: usize) -> usize {
        let piece = line.kept.iter().rfind(|(_, from)| *from <= at);
        piece.map_or(self.file.line(line.index).start, |(piece, from)| {
            (piece.start + at - from).min(piece.end)
        })
    }

    fn line(&self, index: usize) -> Option<usize> {
        self.lines
            .binary_search_by_key(&index, |line| line.index)
            .ok()
    }
}

/// The lines of a text, of long ones what stands around these places in it.
pub(crate) fn quoted_lines(text: &str, places: &[usize]) -> Vec<String> {
    let mut next = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = next;
            next += line.len();
            let range = start..start + line.strip_suffix('\n').unwrap_or(line).len();
            let within = |at: &usize| range.start <= *at && *at <= range.end;
            let places = places.iter().copied().filter(within).collect();
            quoted(text, &range, places).0
        })
        .collect()
}

/// A line as it is shown, with the ranges that are kept of it, and where each starts in what
/// is shown.
fn quoted(
    text: &str,
    line: &Range<usize>,
    places: Vec<usize>,
) -> (String, Vec<(Range<usize>, usize)>) {
    let (mut quoted, mut kept) = (String::new(), Vec::new());
    let mut shown_to = line.start;
    for piece in pieces(text, line, places) {
        if piece.start > shown_to {
            quoted.push_str(CUT);
        }
        shown_to = piece.end;
        kept.push((piece.clone(), quoted.len()));
        quoted.push_str(&text[piece]);
    }
    if shown_to < line.end {
        quoted.push_str(CUT);
    }
    (quoted, kept)
}

/// What is kept of a line: all of it, or what stands around these places, or its beginning.
fn pieces(text: &str, line: &Range<usize>, mut places: Vec<usize>) -> Vec<Range<usize>> {
    if text[line.clone()].chars().nth(LONGEST).is_none() {
        return vec![line.clone()];
    }
    if places.is_empty() {
        places.push(line.start);
    }
    places.sort_unstable();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for place in places {
        let window = window(text, line, place);
        match pieces.last_mut() {
            Some(last) if window.start <= last.end => last.end = window.end,
            _ => pieces.push(window),
        }
    }
    pieces
}

fn window(text: &str, line: &Range<usize>, place: usize) -> Range<usize> {
    let before = text[line.start..place].char_indices();
    let start = before.rev().nth(BEFORE - 1);
    let end = text[place..line.end].char_indices().nth(FROM);
    start.map_or(line.start, |(at, _)| line.start + at)..end.map_or(line.end, |(at, _)| place + at)
}

impl<'a> Files<'a> for Sheets<'_> {
    type FileId = usize;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<String, Error> {
        Ok(clean(self.sheets[id].file.source.name()))
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.sheets[id].text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let lines = &self.sheets[id].lines;
        let nth = lines.partition_point(|line| line.start <= byte);
        Ok(lines[nth.saturating_sub(1)].index)
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.sheets[id].file.source.first_line() + index)
    }

    /// The column in the file, of which the sheet may not show the beginning.
    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let sheet = &self.sheets[id];
        let line = sheet.line(index).map(|nth| &sheet.lines[nth]);
        let byte = line.map_or(0, |line| sheet.in_file(line, byte));
        Ok(sheet.file.source.line_and_column(byte).1)
    }

    /// A line that the painter asks for and does not show is empty.
    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let sheet = &self.sheets[id];
        let Some(nth) = sheet.line(index) else {
            return Ok(0..0);
        };
        let end = sheet.lines.get(nth + 1).map(|next| next.start);
        Ok(sheet.lines[nth].start..end.unwrap_or(sheet.text.len()))
    }
}
