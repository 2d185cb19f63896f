//! What a reader should know of the data, and figures that cannot be right.

use super::faults::Faults;
use super::groups::Selection;
use super::measure::{head_count, total};
use super::response::Weighting;
use crate::assessment::{Finding, Remark, Response};
use crate::check::HealthCheck;
use crate::data::{Policy, Rows};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::COLUMNS;

/// Two totals that differ by more than this share of the second are remarked upon.
const TOTALS_MAY_DIFFER: f64 = 0.05;

/// What a reader should know of a survey that was brought as totals.
const AS_TOTALS: &str = "The survey was brought as totals of each question, without its answer sheets. Nobody can tell from totals who gave two answers, so the interval of a standard and of the overall score is the widest that these totals allow, how firm the grade is cannot be told, and as many count as having answered as answered the question with most answers.";

/// Remarks on the data of the whole; totals that differ are warned of too.
pub(super) fn remarks(
    check: &HealthCheck,
    whole: &Selection,
    weighting: &Weighting,
    findings: &[Finding],
    faults: &mut Faults,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (table, _) in COLUMNS {
        if whole.rows(table).is_none() {
            remarks.push(Remark {
                words: format!("No {table} table was brought."),
                people: None,
            });
        }
    }
    if let Weighting::Pooled(because) = weighting {
        remarks.push(Remark {
            words: format!(
                "The answers of both services are taken together, each sheet alike, because {because}."
            ),
            people: None,
        });
    }
    if whole
        .rows("survey")
        .is_some_and(|rows| rows.table.policy == Policy::Totals)
    {
        remarks.push(Remark {
            words: AS_TOTALS.to_owned(),
            people: None,
        });
    }
    remarks.extend(totals_differ(check, whole, faults));
    remarks.extend(rows_left_out(check, findings));
    remarks
}

/// Where `workers` and `workforce` both give a total and the two differ.
fn totals_differ(check: &HealthCheck, whole: &Selection, faults: &mut Faults) -> Vec<Remark> {
    let (Some(workers), Some(workforce)) = (whole.rows("workers"), whole.rows("workforce")) else {
        return Vec::new();
    };
    // A file of headers alone counts nobody.
    if workers.is_empty() || workforce.is_empty() {
        return Vec::new();
    }
    let own_staff = workers
        .table
        .column("agency")
        .and_then(|column| {
            let known = workers.iter().all(|row| column.missing(row).is_none());
            known.then(|| workers.whose("agency", "no"))
        })
        .and_then(|staff| complete_total(&staff, "fte"));
    let people = head_count(workforce)
        .unwrap_or(u64::MAX)
        .min(workers.len() as u64);
    let pairs = [
        (
            "full-time equivalents in post, agency staff left out",
            own_staff,
            complete_total(workforce, "in_post_fte"),
        ),
        (
            "cases",
            complete_total(workers, "cases"),
            complete_total(workforce, "allocated_cases"),
        ),
    ];
    let mut remarks = Vec::new();
    for (what, by_workers, by_workforce) in pairs {
        let (Some(by_workers), Some(by_workforce)) = (by_workers, by_workforce) else {
            continue;
        };
        if !differ(by_workers, by_workforce) {
            continue;
        }
        let differ =
            format!("differ by more than 5%: {by_workers:.1} and {by_workforce:.1} {what}");
        if let Some(spec) = check.tables().iter().find(|spec| spec.id == "workforce") {
            let fault = Diagnostic::new(
                Code::TotalsDiffer,
                spec.place.clone(),
                format!("`workers` and `workforce` {differ}"),
            )
            .label("compare the two team by team: were both counted on the same day?");
            // Both pairs may differ, and both stand at the same card.
            faults.push_each(fault);
        }
        remarks.push(Remark {
            words: format!("The list of practitioners and the totals of the teams {differ}."),
            people: Some(people),
        });
    }
    remarks
}

/// The sum of a column, if every row has it: a total with gaps is no total.
fn complete_total(rows: &Rows, column: &str) -> Option<f64> {
    let cells = rows.table.column(column)?;
    let known = rows.iter().all(|row| cells.number(row).is_some());
    // The sum of no rows is -0.
    known
        .then(|| total(rows, column))
        .flatten()
        .map(|sum| sum + 0.0)
}

fn differ(one: f64, other: f64) -> bool {
    // A hair of tolerance, so that exactly 5% is not more than 5%.
    (one - other).abs() > TOTALS_MAY_DIFFER * other.abs() + 1e-9
}

/// Measures of the whole that leave rows out, with the share they use, rounded down.
fn rows_left_out(check: &HealthCheck, findings: &[Finding]) -> Vec<Remark> {
    let whole = findings.iter().filter(|finding| finding.group == 0);
    whole
        .filter_map(|finding| {
            let item = &check.items()[finding.item];
            let of_nation = finding.national.as_ref().and_then(|reading| reading.rows);
            let (used, about) = of_nation.or(finding.local.rows)?;
            (used < about).then(|| Remark {
                words: format!(
                    "“{}” uses {}% of the rows that it is about; the others lack a figure that it needs.",
                    item.local.ask,
                    100 * used / about
                ),
                people: Some(used),
            })
        })
        .collect()
}

/// More answer sheets than practitioners asked cannot be.
pub(super) fn more_answers_than_asked(
    check: &HealthCheck,
    response: &[Response],
    faults: &mut Faults,
) {
    let too_many = |part: &&Response| part.answered > part.asked && part.asked.is_some();
    // A service says more than the whole of which it is part.
    let services = response.iter().filter(|part| part.service.is_some());
    let mut parts: Vec<&Response> = services.filter(too_many).collect();
    if parts.is_empty() {
        parts = response.iter().filter(too_many).collect();
    }
    for part in parts {
        let (Some(answered), Some(asked)) = (part.answered, part.asked) else {
            continue;
        };
        let of = part
            .service
            .map_or_else(String::new, |service| format!(" of {}", service.id()));
        faults.push_each(
            Diagnostic::new(
                Code::MoreAnswersThanAsked,
                check.council().asked_place.clone(),
                format!("{answered} practitioners{of} answered, and {asked} were asked"),
            )
            .label("correct this, or look for sheets that stand twice")
            .note("`asked` counts everybody invited when the survey opened, agency staff included where they were invited"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn totals_differ_only_beyond_5_percent() {
        assert!(!differ(105.0, 100.0));
        assert!(!differ(95.0, 100.0));
        assert!(differ(105.1, 100.0));
        assert!(differ(94.9, 100.0));
        assert!(differ(1.0, 0.0));
    }
}
