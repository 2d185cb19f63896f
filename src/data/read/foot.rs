//! The last rows of a file, from the last upwards, in; how many of them are no rows of data,
//! and why, out: totals, and notes below a blank row.

use super::meaning::fold;

/// Rows at the end that are looked at.
pub(super) const MOST_LAST_ROWS: usize = 12;

/// Why a row is no row of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It is blank and no row stands below it.
    Blank,
    /// It sums up the rows above it.
    Totals,
    /// A note below the table.
    Note,
}

impl LeftOut {
    /// `a row of totals`; of several, `rows of totals`.
    pub fn words(self, count: usize) -> &'static str {
        match (self, count) {
            (LeftOut::Blank, 1) => "a blank row at the end",
            (LeftOut::Blank, _) => "blank rows at the end",
            (LeftOut::Totals, 1) => "a row of totals",
            (LeftOut::Totals, _) => "rows of totals",
            (LeftOut::Note, 1) => "a note below the table",
            (LeftOut::Note, _) => "notes below the table",
        }
    }
}

/// Rows that are left out below a table, each with its number.
pub(super) type Foot = Vec<(usize, LeftOut)>;

/// What a row looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Blank,
    Totals,
    /// A single text, in the first column.
    Lone,
    Row,
}

/// What the last rows are, from the first that is no row of data; `width` is that of the
/// header.
pub(super) fn of<C: AsRef<str>>(
    from_the_end: impl Iterator<Item = Vec<C>>,
    width: usize,
) -> Vec<LeftOut> {
    let mut looks: Vec<Look> = from_the_end
        .take(MOST_LAST_ROWS)
        .map(|cells| look(&cells, width))
        .take_while(|look| *look != Look::Row)
        .collect();
    looks.reverse();
    // A lone text right below a row may be that row's neighbour: only a blank row or a row of
    // totals sets notes apart. Blank rows above what is left out count as the others do.
    let apart = looks
        .iter()
        .position(|look| *look != Look::Lone)
        .unwrap_or(looks.len());
    let begins = looks[apart..]
        .iter()
        .position(|look| *look != Look::Blank)
        .map_or(looks.len(), |at| apart + at);
    looks[begins..]
        .iter()
        .map(|look| match look {
            Look::Totals => LeftOut::Totals,
            Look::Lone => LeftOut::Note,
            Look::Blank | Look::Row => LeftOut::Blank,
        })
        .collect()
}

fn look<C: AsRef<str>>(cells: &[C], width: usize) -> Look {
    let mut filled = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.as_ref().trim().is_empty());
    let Some((column, first)) = filled.next() else {
        return Look::Blank;
    };
    let more = filled.next().is_some();
    let is_sum = match more {
        true => is_total(first.as_ref()),
        // One whose sums are empty; of a row with a name alone the words must be no name.
        false => width > 2 && is_total_alone(first.as_ref()),
    };
    if is_sum {
        Look::Totals
    } else if !more && column == 0 && width > 2 {
        Look::Lone
    } else {
        Look::Row
    }
}

/// What heads such a row, by itself.
const WORDS: [&str; 11] = [
    "total",
    "totals",
    "grand total",
    "grand totals",
    "overall total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
    "average",
    "mean",
];

/// Whether a text heads a row that sums up others: "Total", or "Hospital team total".
pub(super) fn is_total(text: &str) -> bool {
    let folded = fold(text);
    let plain = without_signs(&folded);
    WORDS.contains(&plain) || plain.ends_with(" total") || plain.ends_with(" totals")
}

/// Whether a text may head such a row where others follow it: a team's name might begin so, and then a
/// card can give it another.
pub(super) fn may_head_a_total(text: &str) -> bool {
    let folded = fold(text);
    is_total(text)
        || ["total ", "totals ", "sum of "]
            .iter()
            .any(|word| folded.starts_with(word))
}

/// The same with no word of what is summed up, which may be one person's name.
pub(super) fn is_total_alone(text: &str) -> bool {
    WORDS.contains(&without_signs(&fold(text)))
}

fn without_signs(folded: &str) -> &str {
    folded.trim_end_matches([':', '.', ' ', '='])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foot(rows: &[&str]) -> Vec<LeftOut> {
        let rows = rows.iter().rev();
        of(rows.map(|row| row.split(',').collect()), 3)
    }

    #[test]
    fn totals_and_notes_end_a_table_and_rows_do_not() {
        use LeftOut::{Blank, Note, Totals};
        for (rows, expected) in [
            (vec!["A,1,2", "B,2,3"], vec![]),
            (vec!["A,1,2", "Total,1,2"], vec![Totals]),
            (
                vec!["A,1,2", ",,", "GRAND TOTAL:,1,2", ",,"],
                vec![Totals, Blank],
            ),
            (
                vec!["A,1,2", "Average,1,2", "Total,1,2"],
                vec![Totals, Totals],
            ),
            (vec!["A,1,2", ",Total,2"], vec![Totals]),
            (vec!["A,1,2", "Children total,1,2"], vec![Totals]),
            (
                vec!["A,1,2", ",,", "Source: HR,,", "Counted in May,,"],
                vec![Note, Note],
            ),
            (
                vec!["A,1,2", "Total,1,2", "Source: HR,,"],
                vec![Totals, Note],
            ),
            // A row of which only the first cell is known is a row.
            (vec!["A,1,2", "B,,"], vec![]),
            (vec!["A,1,2", ",,", ",,"], vec![]),
            (vec!["A,1,2", "Total Care,1,2"], vec![]),
            (vec!["A,1,2", "Total,,"], vec![Totals]),
            (
                vec!["A,1,2", "Total:,,", "Source: HR,,"],
                vec![Totals, Note],
            ),
            (vec!["A,1,2", "Children total,,"], vec![]),
            (vec!["A,1,2", "Total,1,2", "B,1,1"], vec![]),
        ] {
            assert_eq!(foot(&rows), expected, "{rows:?}");
        }
    }
}
