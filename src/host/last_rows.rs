//! Rows beside those of the last edition: a check and its publication in, a warning for each
//! table out whose rows were published for another date already.

use crate::check::{HealthCheck, Kind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::{Behind, Publication, of_table};

/// Tables whose rows are exactly those of the last edition. Digests of rows are published, so
/// nothing else need be at hand; where they do not say, all figures of a table are.
pub(super) fn of_another_date(
    check: &HealthCheck,
    edition: &Publication,
    publication: &Publication,
) -> Diagnostics {
    check
        .tables()
        .iter()
        .filter(
            |spec| match of_table(&publication.rows, &edition.rows, &spec.id) {
                Some(Behind::Same) => true,
                Some(Behind::Unknown) => has_same_figures(check, edition, publication, &spec.id),
                Some(Behind::Other) | None => false,
            },
        )
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

/// Figures that may be the same by chance.
const BY_CHANCE: usize = 2;

/// Whether every figure of the whole that rests on a table alone is the same in both, and there
/// are more of them than chance would make alike.
fn has_same_figures(
    check: &HealthCheck,
    edition: &Publication,
    publication: &Publication,
    table: &str,
) -> bool {
    let rests_on_it = |kind: &Kind| match kind {
        Kind::Measure(measure) => measure.value.parameters() == [table],
        Kind::Question(_) => table == "survey",
        Kind::Statement => false,
    };
    let of = |one: &Publication, id: &str| {
        let item = one.items.iter().find(|item| item.id == id);
        let whole = item.and_then(|item| item.findings.first());
        let local = whole.map(|whole| whole.local.clone());
        local.filter(|local| local.value.value.is_some())
    };
    let items = check.items().iter();
    let both: Vec<bool> = items
        .filter(|item| rests_on_it(&item.local.kind))
        .filter_map(|item| of(edition, &item.id).zip(of(publication, &item.id)))
        .map(|(then, now)| then.value == now.value && then.n == now.n)
        .collect();
    both.len() > BY_CHANCE && both.iter().all(|same| *same)
}
