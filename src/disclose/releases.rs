//! A survey closes when it is first published.
//!
//! From two releases of one survey that differ by one person, that person's answers are the
//! difference. So the rows behind a later release of the same as-of date must be the same
//! rows, in whatever order and spelling; and what an earlier release told stays told, so that
//! the later one is planned with it.

mod digests;

use super::Held;
use super::closed::{groups_changed, rows_changed};
use super::figures::{amount, withheld};
use crate::assessment::Assessment;
use crate::check::HealthCheck;
use crate::diagnostic::Diagnostic;
use crate::publication::{Publication, Reading, RowsDigest};
pub(super) use digests::{digests, digests_beside};
use std::collections::BTreeSet;

/// What earlier releases of the same survey told.
#[derive(Default)]
pub(super) struct Told {
    /// Item and group, as numbered now.
    figures: BTreeSet<(usize, usize)>,
    /// Whether an earlier release rests on other rows.
    corrected: bool,
}

impl Told {
    pub(super) fn figure(&self, item: usize, group: usize) -> bool {
        self.figures.contains(&(item, group))
    }

    pub(super) fn corrected(&self) -> bool {
        self.corrected
    }
}

/// Compares with the releases of the same as-of date, oldest first.
///
/// # Errors
/// The rows are not those published last, and no correction is told; or a group that was
/// published is another one now.
pub(super) fn told(
    check: &HealthCheck,
    assessment: &Assessment,
    own: &[RowsDigest],
    releases: &[Publication],
) -> Result<Told, Box<Diagnostic>> {
    for rows in own {
        let last = releases
            .iter()
            .rev()
            .find(|release| release.rows.iter().any(|of| of.table == rows.table));
        if let Some(last) = last.filter(|last| !last.rows.contains(rows) && !check.withdraws(last))
        {
            return Err(Box::new(rows_changed(check, &rows.table, &last.id)));
        }
    }
    let mut told = Told {
        figures: BTreeSet::new(),
        corrected: false,
    };
    for release in releases {
        for published in &release.items {
            let Some(item) = check
                .items()
                .iter()
                .position(|item| item.id == published.id)
            else {
                continue;
            };
            let same_rows = rest_on_same(own, release, &published.kind);
            told.corrected |= !same_rows;
            for finding in &published.findings {
                let readings = [finding.national.as_ref(), Some(&finding.local)];
                let Some(reading) = readings
                    .into_iter()
                    .flatten()
                    .find(|reading| people(reading).is_some())
                else {
                    continue;
                };
                let group = assessment.groups.iter().position(|group| {
                    group.breakdown == finding.breakdown && group.name == finding.group
                });
                match group.filter(|group| is_still(assessment, item, *group, reading, same_rows)) {
                    Some(group) => {
                        told.figures.insert((item, group));
                    }
                    // It was withdrawn, and is not the figure of these rows.
                    None if !same_rows => {}
                    None => {
                        return Err(Box::new(groups_changed(
                            check,
                            &format!(
                                "the group `{}` of `{}` is no longer the one that was published",
                                finding.group, finding.breakdown
                            ),
                            &release.id,
                        )));
                    }
                }
            }
        }
    }
    Ok(told)
}

/// Whether items of a kind rest on the rows of now, as far as both releases brought them.
fn rest_on_same(own: &[RowsDigest], release: &Publication, kind: &str) -> bool {
    let of_kind = |rows: &&RowsDigest| (kind == "question") == (rows.table == "survey");
    own.iter().filter(of_kind).all(|rows| {
        let before = release.rows.iter().find(|of| of.table == rows.table);
        before.is_none_or(|before| before == rows)
    })
}

/// Withholds beside the items what would tell how the rows differ from those of an earlier
/// release: how many answered, who knew of the check, and remarks that count people.
pub(super) fn hold_back_beside(
    publication: &mut Publication,
    told: &Told,
    releases: &[Publication],
    held: &Held,
) {
    if held.holds_response() {
        for part in &mut publication.response {
            (part.answered, part.rate) = (withheld(), withheld());
            part.words.clear();
        }
    }
    for question in &mut publication.awareness {
        if held.holds_figure(&question.id, "whole", "whole") {
            (question.yes, question.n) = (withheld(), withheld());
        }
    }
    if told.corrected {
        publication
            .data_quality
            .retain(|line| releases.iter().all(|one| one.data_quality.contains(line)));
    }
}

/// The people of a published figure.
fn people(reading: &Reading) -> Option<f64> {
    reading.n.value
}

/// Whether a group has as many people as were published; of other rows, whether its figure
/// is the same too.
fn is_still(
    assessment: &Assessment,
    item: usize,
    group: usize,
    published: &Reading,
    same_rows: bool,
) -> bool {
    let found = assessment
        .findings
        .iter()
        .find(|finding| finding.item == item && finding.group == group);
    found.is_some_and(|finding| {
        let readings = finding.national.iter().chain([&finding.local]);
        readings.into_iter().any(|reading| {
            reading.people.map(|now| now as f64) == people(published)
                && (same_rows || amount(reading.value).text == published.value.text)
        })
    })
}
