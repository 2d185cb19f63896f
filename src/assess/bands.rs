//! Case holders by how many cases they hold: the rows of `workers` in; how many of each group
//! lie in which band of caseload, beside the nation's measure of high caseloads, out.

use crate::assessment::{Finding, Membership};
use crate::check::HealthCheck;
use crate::data::{AnswerCounts, Column, Numbers, Table};
use crate::national::{BAND_ENDS, BANDED, BANDS};

/// The columns that tell a row's band.
pub(crate) struct Loads<'t> {
    cases: &'t Numbers,
    fte: &'t Numbers,
}

impl<'t> Loads<'t> {
    /// `None` where a table has not both.
    pub(crate) fn of(table: &'t Table) -> Option<Self> {
        let numbers = |name: &str| match table.column(name) {
            Some(Column::Number(numbers)) => Some(numbers),
            _ => None,
        };
        Some(Self {
            cases: numbers("cases")?,
            fte: numbers("fte")?,
        })
    }

    /// The band of a row: `None` where nobody holds a case, or a number that it takes is missing.
    pub(crate) fn band(&self, row: usize) -> Option<usize> {
        let (cases, fte) = (self.cases.get(row).ok()?, self.fte.get(row).ok()?);
        // As the measure has it, so that both count the same people.
        (cases >= 1.0).then(|| BAND_ENDS.iter().filter(|end| cases > *end * fte).count())
    }
}

fn nobody() -> AnswerCounts {
    AnswerCounts {
        scored: vec![0; BANDS],
        ..AnswerCounts::default()
    }
}

/// How many of each combination of groups lie in which band; `None` where the table does not say.
pub(crate) fn by_kind(membership: &Membership) -> Option<Vec<AnswerCounts>> {
    let loads = Loads::of(&membership.table)?;
    let mut counts = vec![nobody(); membership.kinds.len()];
    for (row, kind) in membership.kind_of.iter().enumerate() {
        if let (Some(kind), Some(band)) = (kind, loads.band(row)) {
            counts[kind as usize].scored[band] += 1;
        }
    }
    Some(counts)
}

/// Sets the bands beside the nation's reading, where they hold just the people on whom it rests.
pub(super) fn set_beside(
    check: &HealthCheck,
    memberships: &[Membership],
    findings: &mut [Finding],
) {
    let Some(item) = check.items().iter().position(|item| item.id == BANDED) else {
        return;
    };
    let workers = memberships.iter().find(|one| one.table.id == "workers");
    let Some(membership) = workers.filter(|one| one.table.brought) else {
        return;
    };
    let Some(of_kinds) = by_kind(membership) else {
        return;
    };
    for finding in findings.iter_mut().filter(|finding| finding.item == item) {
        let Some(reading) = finding.national.as_mut().filter(|own| own.value.is_ok()) else {
            continue;
        };
        let mut all = nobody();
        let own = membership.kinds.iter().zip(&of_kinds);
        own.filter(|(groups, _)| groups.contains(&finding.group))
            .for_each(|(_, counts)| all.add(counts));
        let same = reading.people == Some(all.answered().into()) && all.answered() > 0;
        reading.bands = same.then_some(all);
    }
}
