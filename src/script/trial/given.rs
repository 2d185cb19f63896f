//! `given("workers", [#{ cases: 40 }])`: the rows as written, each cell with its place.

use crate::diagnostic::{Code, Diagnostic};
use crate::script::library::kind;
use crate::script::places::ValuePlaces;
use crate::source::{Place, Source, Span, Spanned};
use rhai::{Array, Dynamic, ImmutableString, Map};
use std::sync::Arc;

/// Rows that a test gives of one table.
#[derive(Debug, Clone)]
pub struct Given {
    /// The table's id, and where it stands.
    pub table: Spanned<String>,
    /// The rows, in the order given.
    pub rows: Arc<[GivenRow]>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct GivenRow {
    /// Where it stands.
    pub place: Place,
    /// Column and value, in the order written.
    pub cells: Vec<(Spanned<String>, Spanned<GivenCell>)>,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenCell {
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// Nothing: a cell that is missing, written `()`.
    Nothing,
}

/// The most rows that a test may give.
pub(crate) const MOST_ROWS: usize = 10_000;
/// The most values in all its rows.
pub(crate) const MOST_CELLS: usize = 200_000;
/// The longest that its texts may be together, bytes.
pub(crate) const MOST_TEXT: usize = 4 << 20;

/// What a test gave so far.
#[derive(Default)]
pub(super) struct Amount {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Amount {
    fn add(&mut self, rows: &[GivenRow], times: usize) -> Result<(), String> {
        let cells = || rows.iter().flat_map(|row| &row.cells);
        let text = |cell: &GivenCell| match cell {
            GivenCell::Text(text) => text.len(),
            GivenCell::Number(_) | GivenCell::Nothing => 0,
        };
        self.rows += times * rows.len();
        self.cells += times * cells().count();
        self.text += times * cells().map(|(_, cell)| text(&cell.value)).sum::<usize>();
        let most = match self {
            Self { rows, .. } if *rows > MOST_ROWS => format!("{MOST_ROWS} rows"),
            Self { cells, .. } if *cells > MOST_CELLS => format!("{MOST_CELLS} values"),
            Self { text, .. } if *text > MOST_TEXT => format!("{} MB of text", MOST_TEXT >> 20),
            _ => return Ok(()),
        };
        Err(format!("a test gives {most} at most"))
    }
}

/// Reads one `given`.
pub(super) struct Reader<'a> {
    pub source: &'a Source,
    /// Where what has no place of its own stands.
    pub fallback: Span,
}

impl Reader<'_> {
    fn place(&self, places: Option<&ValuePlaces>) -> Place {
        self.source
            .place(places.map_or(self.fallback, |places| places.span))
    }

    pub(super) fn given(
        &self,
        table: &str,
        rows: &Dynamic,
        times: f64,
        places: &[ValuePlaces],
        amount: &mut Amount,
    ) -> Result<Given, Box<Diagnostic>> {
        let wrong = |place: Place, message: String| {
            Diagnostic::new(Code::WrongArguments, place, message).label("given here")
        };
        let example = |fault: Diagnostic| {
            let rows = match table {
                "survey" => "#{ \"caseload-manageable\": \"agree\" }",
                "workers" => "#{ cases: 18, fte: 1.0 }",
                "workforce" => "#{ in_post_fte: 20, vacancies_fte: 2 }",
                _ => return fault.label("rows are written `[#{ column: value, … }, …]`"),
            };
            fault.help(format!("given(\"{table}\", [{rows}]);"))
        };
        // One row, without the brackets of a list.
        if rows.read_lock::<Map>().is_some_and(|row| !row.is_empty()) {
            let place = self.place(places.get(1));
            let typed = format!("[{}]", place.text());
            let fault = wrong(
                place,
                "`given` wants a list of rows, and this is one".to_owned(),
            );
            return Err(Box::new(fault.typed(typed)));
        }
        let list = rows.read_lock::<Array>();
        let Some(list) = list.filter(|list| !list.is_empty()) else {
            return Err(Box::new(example(wrong(
                self.place(places.get(1)),
                "`given` wants a list of rows, at least one".to_owned(),
            ))));
        };
        let many = times * list.len() as f64;
        if times < 1.0 || times.fract() != 0.0 || many > MOST_ROWS as f64 {
            return Err(Box::new(wrong(
                self.place(places.get(2).or(places.get(1))),
                format!("rows are given once or more often, {MOST_ROWS} rows at most"),
            )));
        }
        let mut read = Vec::new();
        for (index, row) in list.iter().enumerate() {
            let places = places.get(1).map(|list| (list, list.list.get(index)));
            let places = places.and_then(|(list, row)| row.or(Some(list)));
            read.push(self.row(row, places)?);
        }
        // Both are small whole numbers, by the test above.
        let times = times as usize;
        amount
            .add(&read, times)
            .map_err(|message| Box::new(wrong(self.place(places.get(1)), message)))?;
        let rows = (0..times).flat_map(|_| read.iter().cloned()).collect();
        Ok(Given {
            table: Spanned {
                value: table.to_owned(),
                place: self.place(places.first()),
            },
            rows,
        })
    }

    fn row(
        &self,
        row: &Dynamic,
        places: Option<&ValuePlaces>,
    ) -> Result<GivenRow, Box<Diagnostic>> {
        let place = self.place(places);
        let Some(map) = row.read_lock::<Map>().filter(|map| !map.is_empty()) else {
            return Err(Box::new(
                Diagnostic::new(
                    Code::WrongArguments,
                    place,
                    format!(
                        "a row is written `#{{ column: value, … }}`, not {}",
                        kind(row)
                    ),
                )
                .label("this is no row")
                .help("#{ cases: 18, fte: 1.0 }"),
            ));
        };
        let written = places.map_or(&[][..], |places| &places.entries);
        let mut cells = Vec::new();
        for (column, value) in map.iter() {
            let at = written
                .iter()
                .position(|entry| entry.key == column.as_str());
            let entry = at.map(|at| &written[at]);
            let of_key = entry.map_or(place.clone(), |entry| self.source.place(entry.key_span));
            let of_value = entry.map_or(place.clone(), |entry| self.source.place(entry.value.span));
            let cell = cell(value).ok_or_else(|| {
                Box::new(
                    Diagnostic::new(
                        Code::WrongArguments,
                        of_value.clone(),
                        format!("a cell of `{column}` cannot hold {}", kind(value)),
                    )
                    .label("a number, text in double quotes, or () for no value"),
                )
            })?;
            let column = Spanned {
                value: column.to_string(),
                place: of_key,
            };
            let cell = Spanned {
                value: cell,
                place: of_value,
            };
            cells.push((at.unwrap_or(usize::MAX), (column, cell)));
        }
        cells.sort_by_key(|(at, _)| *at);
        Ok(GivenRow {
            place,
            cells: cells.into_iter().map(|(_, cell)| cell).collect(),
        })
    }
}

fn cell(value: &Dynamic) -> Option<GivenCell> {
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Some(GivenCell::Text(text.to_string()));
    }
    if value.is_unit() {
        return Some(GivenCell::Nothing);
    }
    if let Ok(truth) = value.as_bool() {
        return Some(GivenCell::Text(if truth { "yes" } else { "no" }.to_owned()));
    }
    let number = value
        .as_float()
        .or_else(|_| value.as_int().map(|n| n as f64));
    number.ok().filter(|n| n.is_finite()).map(GivenCell::Number)
}
