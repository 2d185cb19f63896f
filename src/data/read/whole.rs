//! A file of which little is known in; its header, found by the columns that are looked for,
//! and all its columns under that header, whichever they are, out.

use super::file::File;
use super::foot::Foot;
use super::grid::Grid;
use super::rows::Rows;
use super::{Headers, Reading, caps, finished, told_by, want};
use crate::data::{ColumnSpec, From, Kind, TableSpec};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The headers of a file, found as [`super::headers`] finds them, and a table of all its columns,
/// each under its header; what a survey tool adds is not read. The header is found once: by its
/// own names alone one of two rows would not be found again.
///
/// # Errors
/// What [`super::headers`] says, and more columns than are read.
pub fn whole(
    spec: &TableSpec,
    name: &str,
    bytes: &[u8],
) -> Result<(Headers, Reading), Diagnostics> {
    let fault = |fault: Box<Diagnostic>| Diagnostics::from(*fault);
    let file = File::open(spec, name, bytes).map_err(fault)?;
    let grid = Grid::of(&file, spec, name).map_err(fault)?;
    let headers = told_by(&grid.header, &grid.told, spec);
    if headers.names.len() > caps::MOST_COLUMNS {
        return Err(fault(caps::too_many_columns(&spec.file.place, name)));
    }
    let names = headers.names.iter();
    let all = TableSpec {
        columns: names
            .filter(|name| !headers.extra.contains(name))
            .map(|name| under(name))
            .collect(),
        ..spec.clone()
    };
    let (mut rows, mut faults) = (Rows::default(), Diagnostics::new());
    want(&all, &grid.header, name, &mut rows, &mut faults);
    if !headers.names.is_empty() {
        match grid.rows(name, &mut rows) {
            Ok(more) => faults.extend(more),
            Err(fault) => faults.push(*fault),
        }
    }
    let reading = finished(&all, name, rows, faults, (None, &Foot::new()));
    Ok((headers, reading))
}

/// The column of a header, whatever it holds.
fn under(header: &str) -> ColumnSpec {
    ColumnSpec {
        name: header.to_owned(),
        from: From::Header(header.to_owned()),
        wording: None,
        kind: Kind::Local,
        codes: Vec::new(),
        place: None,
    }
}
