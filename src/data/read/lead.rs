//! The first rows of a file in; which of them is the header, and whether the next belongs
//! to it, out. Above a header there may be a title, a date, a row of merged headings.

use super::header::Header;
use super::likeness::is_numeric;
use crate::data::TableSpec;
use crate::data::wording::fold;

/// Rows among which the header is looked for.
pub(super) const MOST_FIRST_ROWS: usize = 20;

/// What survey tools write below the header of a question that has no rows of its own.
const FILLING: [&str; 4] = [
    "response",
    "open-ended response",
    "answer",
    "other (please specify)",
];

/// Where a header stands.
#[derive(Debug)]
pub(super) struct Lead {
    /// The row of the header, from 0.
    pub row: usize,
    /// How many rows it takes: 1, or 2.
    pub height: usize,
    /// The header.
    pub header: Header,
    /// How many of the wanted columns it names.
    pub finds: usize,
}

/// The header among the first rows of a file, each with its line: the row that names most of
/// the wanted columns, or that and the next together. Where none names any, the first row, or
/// the widest below a title of one cell. `None` if there is no row.
pub(super) fn find(first: &[(usize, Vec<String>)], spec: &TableSpec) -> Option<Lead> {
    let mut lead = found(first, spec)?;
    let below = &first[lead.row + lead.height..];
    let names = lead.header.names.iter().enumerate();
    let again = names.filter(|(at, name)| {
        let stands = |(_, cells): &(usize, Vec<String>)| cells.get(*at) == Some(*name);
        !name.is_empty() && below.iter().any(stands)
    });
    lead.header.again = again.map(|(at, _)| at).collect();
    lead.header.stands_out = stands_out(&lead.header.names, below);
    Some(lead)
}

/// Whether a row has words above two columns of numbers or more, and no number above any.
fn stands_out(names: &[String], below: &[(usize, Vec<String>)]) -> bool {
    let is_of_numbers = |at: &usize| {
        let cells = below.iter().filter_map(|(_, cells)| cells.get(*at));
        let mut filled = cells.filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|cell| is_numeric(cell))
    };
    let of_numbers: Vec<usize> = (0..names.len()).filter(is_of_numbers).collect();
    let is_words = |at: &usize| !names[*at].is_empty() && !is_numeric(&names[*at]);
    of_numbers.len() > 1 && of_numbers.iter().all(is_words)
}

fn found(first: &[(usize, Vec<String>)], spec: &TableSpec) -> Option<Lead> {
    let mut best: Option<Lead> = None;
    for (row, (line, cells)) in first.iter().enumerate() {
        let header = Header::new(cells.clone(), *line);
        let finds = header.finds(spec);
        let whole = finds > 1 && finds * 2 >= filled(cells);
        if best.as_ref().is_none_or(|best| finds > best.finds) {
            best = Some(Lead {
                row,
                height: 1,
                header,
                finds,
            });
        }
        if whole && row == 0 {
            break;
        }
    }
    let best = best?;
    if best.finds == 0 {
        return below_a_title(first).or(Some(best));
    }
    Some(with_the_next(first, best, spec))
}

/// A header of two rows: one that says nothing of its own, or that names further columns.
fn with_the_next(first: &[(usize, Vec<String>)], lead: Lead, spec: &TableSpec) -> Lead {
    let asked = spec.columns.iter().any(|column| column.wording.is_some());
    let pairs = [lead.row.checked_sub(1), Some(lead.row)];
    for above in pairs.into_iter().flatten().filter(|_| asked) {
        let (Some((line, upper)), Some((_, lower))) = (first.get(above), first.get(above + 1))
        else {
            continue;
        };
        if above == lead.row && filled(lower) > 0 && lower.iter().all(|cell| fills(cell)) {
            return Lead { height: 2, ..lead };
        }
        let header = Header::new(together(upper, lower), *line);
        let finds = header.finds(spec);
        if finds > lead.finds {
            return Lead {
                row: above,
                height: 2,
                header,
                finds,
            };
        }
    }
    lead
}

/// Two rows as one: a question, and the row of its matrix.
fn together(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut question = "";
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let above = upper.get(column).map_or("", |cell| cell.trim());
            let below = lower.get(column).map_or("", |cell| cell.trim());
            if !above.is_empty() {
                question = above;
            }
            if fills(below) {
                above.to_owned()
            } else if question.is_empty() {
                below.to_owned()
            } else {
                format!("{question} [{below}]")
            }
        })
        .collect()
}

fn fills(cell: &str) -> bool {
    let folded = fold(cell);
    folded.is_empty() || FILLING.contains(&folded.as_str())
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The first of the widest rows, if a title of one cell stands above it.
fn below_a_title(first: &[(usize, Vec<String>)]) -> Option<Lead> {
    let (_, title) = first.first()?;
    let widest = first.iter().map(|(_, cells)| filled(cells)).max()?;
    if filled(title) != 1 || widest < 2 {
        return None;
    }
    let row = first
        .iter()
        .position(|(_, cells)| filled(cells) == widest)?;
    let (line, cells) = &first[row];
    Some(Lead {
        row,
        height: 1,
        header: Header::new(cells.clone(), *line),
        finds: 0,
    })
}
