//! The plan beside what was found: a check and its publication in, warnings out.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::Publication;

/// Actions that are still to begin and whose baseline is not what this check found. It reads
/// what is published and nothing else.
pub(super) fn baselines(check: &HealthCheck, publication: &Publication) -> Diagnostics {
    let differs = |one: &&crate::publication::Action| {
        !one.found.is_empty() && matches!(one.status.as_str(), "planned" | "under way")
    };
    publication
        .plan
        .iter()
        .filter(differs)
        .filter_map(|line| {
            let mut actions = check.actions().iter();
            let action = actions.find(|action| action.id == line.id)?;
            Some(
                Diagnostic::new(
                    Code::BaselineDiffers,
                    action.place.clone(),
                    format!(
                        "`{}` begins at {}, and this check found {} for “{}”",
                        line.id, line.baseline, line.found, line.measure
                    ),
                )
                .label("the pages show both")
                .help(format!("baseline: {},", line.found)),
            )
        })
        .collect()
}
