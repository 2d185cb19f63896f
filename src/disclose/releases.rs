//! A survey closes when it is first published.
//!
//! From two releases of one survey that differ by one person, that person's answers are the
//! difference. So the rows behind a later release of the same as-of date must be the same
//! rows, in whatever order and spelling; and what an earlier release told stays told, so that
//! the later one is planned with it.

mod digests;
mod formulas;
mod sealed;

use super::closed::{formula_changed, groups_changed, rows_changed, weighed_otherwise};
use super::figures::{amount, withheld};
use super::items::rows_used;
use super::threshold::Threshold;
use super::{Held, answers, awareness, figures, scope_id};
use crate::assessment::{self, Assessment};
use crate::check::{HealthCheck, Kind};
use crate::diagnostic::Diagnostic;
use crate::publication::{
    Behind, Figure, Finding, Item, Publication, Reading, RowsDigest, behind, of_table,
};
pub(super) use sealed::Sealed;
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

/// Compares with the releases of the same as-of date, oldest first, and before them what was told
/// of the same survey at other dates.
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
        let mut of_now = releases.iter().rev().filter(|one| check.has_date_of(one));
        let last = of_now.find(|release| release.rows.iter().any(|of| of.table == rows.table));
        let is_other = |last: &&Publication| {
            of_table(own, &last.rows, &rows.table) == Some(Behind::Other) && !check.withdraws(last)
        };
        if let Some(last) = last.filter(is_other) {
            return Err(Box::new(rows_changed(check, &rows.table, last)));
        }
    }
    let mut told = Told {
        figures: BTreeSet::new(),
        corrected: false,
    };
    let brings_survey = own.iter().any(|rows| rows.table == "survey");
    for release in releases {
        let is_of_now = check.has_date_of(release);
        if !is_of_now && !brings_survey {
            continue;
        }
        let is_withdrawn = check.withdraws(release);
        let behind = |kind: &str| match behind(own, &release.rows, kind) {
            Behind::Unknown if is_withdrawn => Behind::Other,
            // A later date may ask for fewer columns of the same survey: its figures show whether
            // it is.
            Behind::Other if !is_of_now && !is_withdrawn => Behind::Unknown,
            known => known,
        };
        // Where no digest says, the nation's figures below do.
        if is_of_now
            && !is_withdrawn
            && let Some(item) = formulas::changed(check, assessment, release, behind("measure"))
        {
            return Err(Box::new(formula_changed(check, item, release)));
        }
        let answered = behind("question");
        if answered == Behind::Unknown
            && !(as_many_answered(assessment, release) && as_many_knew(check, assessment, release))
        {
            return Err(Box::new(rows_changed(check, "survey", release)));
        }
        // Another question of other rows may be one of these under another name.
        let is_new = |item: usize| {
            let id = &check.items()[item].id;
            let is_question = matches!(check.items()[item].local.kind, Kind::Question(_));
            is_question
                && is_told(assessment, item)
                && release.items.iter().all(|one| one.id != *id)
        };
        if answered == Behind::Unknown && !is_of_now && (0..check.items().len()).any(is_new) {
            return Err(Box::new(rows_changed(check, "survey", release)));
        }
        for published in &release.items {
            let behind = behind(&published.kind);
            let mut items = check.items().iter();
            let of_that_name = items.position(|item| item.id == published.id);
            let item = of_that_name
                .filter(|item| is_told(assessment, *item))
                .or_else(|| {
                    // The same answers under another name are known as well.
                    let mut new = (0..check.items().len()).filter(|item| is_new(*item));
                    new.find(|item| is_all_still((check, assessment), *item, published, behind))
                });
            let Some(item) = item.or(of_that_name.filter(|_| is_of_now)) else {
                // A later date may leave out a question.
                continue;
            };
            told.corrected |= behind == Behind::Other;
            for finding in &published.findings {
                let readings = told_of(finding);
                if readings.is_empty() {
                    continue;
                }
                let group = assessment.groups.iter().position(|group| {
                    group.breakdown == finding.breakdown && group.name == finding.group
                });
                let of_now = (check, assessment);
                match group {
                    Some(group) if is_still(of_now, item, group, &readings, behind) => {
                        told.figures.insert((item, group));
                    }
                    // It was withdrawn, and is not the figure of these rows.
                    _ if behind == Behind::Other => {}
                    Some(_) if is_withdrawn => told.corrected = true,
                    // No digest says whether the rows are the same; this says that they are not.
                    Some(group)
                        if behind == Behind::Unknown
                            && check.items()[item].own_formula().is_some()
                            && finding.national.iter().all(|nations| {
                                is_still(of_now, item, group, &[nations], behind)
                            }) =>
                    {
                        return Err(Box::new(formula_changed(check, item, release)));
                    }
                    Some(_) if behind == Behind::Unknown => {
                        let table = table_behind(own, release, &published.kind);
                        return Err(Box::new(rows_changed(check, table, release)));
                    }
                    Some(group) if is_as_many(assessment, item, group, &readings) => {
                        return Err(Box::new(weighed_otherwise(check, release)));
                    }
                    _ => {
                        return Err(Box::new(groups_changed(
                            check,
                            &format!(
                                "the group `{}` of `{}` is no longer the one that was published",
                                finding.group, finding.breakdown
                            ),
                            release,
                        )));
                    }
                }
            }
        }
    }
    Ok(told)
}

/// The readings of a finding that were told.
fn told_of(finding: &Finding) -> Vec<&Reading> {
    let readings = finding.national.iter().chain([&finding.local]);
    readings
        .filter(|reading| people(reading).is_some())
        .collect()
}

/// Whether every figure that was told of a question is that of another one now.
fn is_all_still(
    (check, assessment): (&HealthCheck, &Assessment),
    item: usize,
    published: &Item,
    behind: Behind,
) -> bool {
    let mut findings = published
        .findings
        .iter()
        .map(|finding| (finding, told_of(finding)))
        .filter(|(_, readings)| !readings.is_empty())
        .peekable();
    published.kind == "question"
        && findings.peek().is_some()
        && findings.all(|(finding, readings)| {
            let mut groups = assessment.groups.iter();
            let group = groups.position(|group| {
                group.breakdown == finding.breakdown && group.name == finding.group
            });
            group.is_some_and(|group| is_still((check, assessment), item, group, &readings, behind))
        })
}

/// A table behind items of a kind of which no digest says whether its rows are the same.
fn table_behind<'r>(own: &'r [RowsDigest], release: &'r Publication, kind: &str) -> &'r str {
    let mut rows = own.iter().chain(&release.rows);
    let found = rows.find(|rows| {
        (kind == "question") == (rows.table == "survey")
            && of_table(own, &release.rows, &rows.table) != Some(Behind::Same)
    });
    found.map_or("survey", |rows| &rows.table)
}

/// Whether an item has figures about people.
fn is_told(assessment: &Assessment, item: usize) -> bool {
    let mut findings = assessment.findings.iter();
    findings.any(|finding| {
        let mut readings = finding.national.iter().chain([&finding.local]);
        finding.item == item && readings.any(|reading| reading.people.is_some())
    })
}

/// Whether a group has as many people as were published.
fn is_as_many(assessment: &Assessment, item: usize, group: usize, published: &[&Reading]) -> bool {
    let mut findings = assessment.findings.iter();
    let found = findings.find(|finding| finding.item == item && finding.group == group);
    found.is_some_and(|found| {
        let mut readings = found.national.iter().chain([&found.local]);
        readings.any(|now| now.people.map(|now| now as f64) == people(published[0]))
    })
}

/// Whether as many answered as a release says, of whom now is known how many did.
fn as_many_answered(assessment: &Assessment, release: &Publication) -> bool {
    release.response.iter().all(|published| {
        let mut now = assessment.response.iter();
        let now = now.find(|part| scope_id(part.service) == published.scope);
        let answered = now.and_then(|part| part.answered).map(f64::from);
        match (published.answered.value, answered) {
            (Some(before), Some(now)) => before == now,
            _ => true,
        }
    })
}

/// Whether as many knew of the check as a release says.
fn as_many_knew(check: &HealthCheck, assessment: &Assessment, release: &Publication) -> bool {
    let threshold = Threshold::of(check);
    release.awareness.iter().all(|published| {
        let mut now = assessment.awareness.iter();
        let now = now.find(|question| question.id == published.id);
        let now = now.map(|question| awareness(question, threshold));
        let is_same = |then: &Figure, now: &Figure| {
            then.value.is_none() || now.value.is_none() || then.text == now.text
        };
        now.is_none_or(|now| is_same(&published.n, &now.n) && is_same(&published.yes, &now.yes))
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

/// Whether a group has as many people as were published; where the rows may be others, whether
/// its figure is the same too, and where nothing else is known of them, all that was told of it.
fn is_still(
    (check, assessment): (&HealthCheck, &Assessment),
    item: usize,
    group: usize,
    published: &[&Reading],
    behind: Behind,
) -> bool {
    let found = assessment
        .findings
        .iter()
        .find(|finding| finding.item == item && finding.group == group);
    let Some(found) = found else {
        return false;
    };
    // Of the same rows a measure of the council's own may be another one.
    let is_measure = matches!(check.items()[item].local.kind, Kind::Measure(_));
    let is_free = behind == Behind::Same && is_measure;
    let now = || found.national.iter().chain([&found.local]);
    let is_of_now = |published: &Reading| {
        now().any(|reading| {
            reading.people.map(|now| now as f64) == people(published)
                && (is_free || amount(reading.value).text == published.value.text)
                && (behind != Behind::Unknown
                    || is_split_as(check, item, reading, published)
                        && is_printed_as(check, reading, published))
        })
    };
    match behind {
        Behind::Unknown => published.iter().all(|one| is_of_now(one)),
        Behind::Same | Behind::Other => is_of_now(published[0]),
    }
}

/// Whether what else was published of a reading is true of it.
fn is_printed_as(check: &HealthCheck, now: &assessment::Reading, published: &Reading) -> bool {
    let is_same = |then: &Figure, now: &Figure| then.value.is_none() || then.text == now.text;
    let base = published.base.as_ref();
    let used = &published.rows_used;
    is_same(&published.score, &amount(now.score))
        && (used.is_empty() || *used == rows_used(now, Threshold::of(check)))
        && base.is_none_or(|base| {
            now.base
                .is_some_and(|now| is_same(base, &figures::whole(now)))
        })
}

/// Whether what was published of answers or bands is true of a reading.
fn is_split_as(
    check: &HealthCheck,
    item: usize,
    now: &assessment::Reading,
    published: &Reading,
) -> bool {
    let split = published.answers.as_ref();
    let is_of_answers =
        split.is_none_or(
            |split| match (&check.items()[item].local.kind, &now.answers) {
                (Kind::Question(question), Some(counts)) => {
                    answers::splits(question, counts, split)
                }
                _ => false,
            },
        );
    let bands = published.bands.as_ref();
    is_of_answers
        && bands.is_none_or(|bands| {
            (now.bands.as_ref()).is_some_and(|counts| answers::is_banded(counts, bands))
        })
}

#[cfg(test)]
mod tests;
