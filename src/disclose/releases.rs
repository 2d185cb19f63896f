//! A survey closes when it is first published.
//!
//! From two releases of one survey that differ by one person, that person's answers are the
//! difference. So the rows behind a later release of the same as-of date must be the same
//! rows, in whatever order and spelling; and what an earlier release told stays told, so that
//! the later one is planned with it.

use crate::assessment::{Assessment, Membership};
use crate::check::HealthCheck;
use crate::data::Cell;
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::sha256_hex;
use crate::national::ABOUT_THINGS_COLUMNS;
use crate::publication::{Publication, Reading, RowsDigest};
use std::collections::BTreeSet;

/// The digest of each table's rows about people.
pub(super) fn digests(assessment: &Assessment) -> Vec<RowsDigest> {
    let digest = |membership: &Membership| RowsDigest {
        table: membership.table.id.clone(),
        sha256: sha256_hex(canonical(membership).as_bytes()),
    };
    let brought = assessment.memberships.iter();
    brought
        .filter(|membership| membership.table.brought)
        .map(digest)
        .collect()
}

/// The rows that the check covers, as the script maps them: columns by name, rows sorted.
/// Totals about posts and things may change; they are no person's data.
fn canonical(membership: &Membership) -> String {
    let table = &membership.table;
    let columns: Vec<_> = table
        .columns
        .iter()
        .filter(|(name, _)| {
            table.id != "workforce" || !ABOUT_THINGS_COLUMNS.contains(&name.as_str())
        })
        .collect();
    let row = |row: usize| {
        let cells = columns.iter().map(|(name, column)| match column.cell(row) {
            Cell::Number(number) => format!("{name}\u{1f}{number}"),
            Cell::Words(words) => format!("{name}\u{1f}{words}"),
            Cell::Missing(missing) => format!("{name}\u{1f}\u{1f}{}", missing.symbol()),
        });
        cells.collect::<Vec<_>>().join("\u{1e}")
    };
    let covered = (0..table.len).filter(|at| membership.kind_of[*at].is_some());
    let mut rows: Vec<String> = covered.map(row).collect();
    rows.sort_unstable();
    rows.join("\n")
}

/// What earlier releases of the same survey told.
pub(super) struct Told {
    /// Item and group, as numbered now.
    figures: BTreeSet<(usize, usize)>,
}

impl Told {
    pub(super) fn figure(&self, item: usize, group: usize) -> bool {
        self.figures.contains(&(item, group))
    }
}

/// Compares with the releases of the same as-of date, oldest first.
///
/// # Errors
/// The rows are not those of the newest release, or a group that was published is another
/// one now.
pub(super) fn told(
    check: &HealthCheck,
    assessment: &Assessment,
    own: &[RowsDigest],
    releases: &[Publication],
) -> Result<Told, Box<Diagnostic>> {
    if let Some(newest) = releases.last()
        && let Some(table) = changed(own, newest)
    {
        return Err(Box::new(closed(
            check,
            &format!("the rows of `{table}` are not those that were published"),
        )));
    }
    let mut told = Told {
        figures: BTreeSet::new(),
    };
    for release in releases
        .iter()
        .filter(|release| changed(own, release).is_none())
    {
        for published in &release.items {
            let Some(item) = check
                .items()
                .iter()
                .position(|item| item.id == published.id)
            else {
                continue;
            };
            for finding in &published.findings {
                let Some(people) = [finding.national.as_ref(), Some(&finding.local)]
                    .into_iter()
                    .flatten()
                    .find_map(people)
                else {
                    continue;
                };
                let group = assessment.groups.iter().position(|group| {
                    group.breakdown == finding.breakdown && group.name == finding.group
                });
                match group.filter(|group| is_still(assessment, item, *group, people)) {
                    Some(group) => told.figures.insert((item, group)),
                    None => {
                        return Err(Box::new(closed(
                            check,
                            &format!(
                                "the group `{}` of `{}` is no longer the one that was published",
                                finding.group, finding.breakdown
                            ),
                        )));
                    }
                };
            }
        }
    }
    Ok(told)
}

/// The people of a published figure.
fn people(reading: &Reading) -> Option<f64> {
    reading.n.value
}

fn is_still(assessment: &Assessment, item: usize, group: usize, people: f64) -> bool {
    let found = assessment
        .findings
        .iter()
        .find(|finding| finding.item == item && finding.group == group);
    found.is_some_and(|finding| {
        finding
            .national
            .iter()
            .chain([&finding.local])
            .any(|reading| reading.people.is_some_and(|now| now as f64 == people))
    })
}

/// The first table whose rows are not those of a release.
fn changed<'a>(own: &'a [RowsDigest], release: &Publication) -> Option<&'a str> {
    let differs = |own: &&RowsDigest| {
        let before = release.rows.iter().find(|rows| rows.table == own.table);
        before.is_some_and(|before| before.sha256 != own.sha256)
    };
    own.iter().find(differs).map(|own| own.table.as_str())
}

/// A group cannot be hidden beside what was told before.
pub(super) fn stuck(check: &HealthCheck) -> Box<Diagnostic> {
    Box::new(closed(
        check,
        "with the groups of now, figures that were withheld could be worked out from those that were published",
    ))
}

fn closed(check: &HealthCheck, why: &str) -> Diagnostic {
    let council = check.council();
    Diagnostic::new(
        Code::SurveyClosed,
        council.place.clone(),
        format!(
            "the survey of {} closed when it was first published: {why}",
            council.as_of
        ),
    )
    .label("published before with this as-of date")
    .note("the difference between two releases can be one person's answers")
    .help("put the rows, or the groups, back as they were; if nobody outside has seen the earlier publication, run again with `--unseen`")
}
