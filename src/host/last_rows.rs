//! Rows beside those of the last edition: a check and its publication in, a warning for each
//! table out whose rows were published for another date already.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::Publication;

/// Tables whose rows are exactly those of the last edition. Digests of rows are published, so
/// nothing else need be at hand.
pub(super) fn of_another_date(
    check: &HealthCheck,
    edition: &Publication,
    publication: &Publication,
) -> Diagnostics {
    check
        .tables()
        .iter()
        .filter(|spec| {
            let own = publication.rows.iter().find(|rows| rows.table == spec.id);
            own.is_some_and(|rows| edition.rows.contains(rows))
        })
        .map(|spec| {
            Diagnostic::new(
                Code::RowsOfAnotherDate,
                spec.file.place.clone(),
                format!(
                    "the rows of `{}` are exactly those published for {}, and this check is of {}",
                    spec.id, edition.council.as_of_words, publication.council.as_of_words
                ),
            )
            .label("is this the new file?")
            .note("the same rows compared with themselves show no change, which nobody found")
            .help("name the new file here, or put it in the place of the old one; if the figures truly are the same, leave it")
        })
        .collect()
}
