//! What is told of a survey that is closed: what changed since it was published in, the fault
//! with every way out of it out.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic};

/// A group cannot be hidden beside what was told before.
pub(super) fn stuck(check: &HealthCheck, id: &str) -> Box<Diagnostic> {
    Box::new(groups_changed(
        check,
        "with the groups of now, figures that were withheld could be worked out from those that were published",
        id,
    ))
}

/// The rows of a table are others than those that were published.
pub(super) fn rows_changed(check: &HealthCheck, table: &str, id: &str) -> Diagnostic {
    let why = format!("the rows of `{table}` are not those that were published");
    closed(check, &why)
        .note("if readers have seen it: put the rows back as they were, or put the error right at the next as-of date")
        .note(WITHDRAWN)
        .help(unseen(id))
}

/// A group that was published is another one now.
pub(super) fn groups_changed(check: &HealthCheck, why: &str, id: &str) -> Diagnostic {
    closed(check, why)
        .note("if readers have seen it: put the groups back as they were")
        .help(unseen(id))
}

/// What withdraws an earlier publication, and what that costs.
const WITHDRAWN: &str = "only where the error matters more than the figures: correction(\"…\", #{ on: \"…\", because: \"…\" }); withdraws what was published; the page says so, and what the change of a few people would give away is withheld, with every score that rests on it";

/// When the earlier publication need not be reckoned with.
pub(crate) const IF_UNSEEN: &str =
    "if nobody outside has seen the earlier publication, the new one may take its place";

/// What is typed then.
pub(crate) fn unseen(id: &str) -> String {
    format!("healthcheck run --unseen {id}")
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
    .note(format!(
        "{IF_UNSEEN}, as below; who has seen it this program cannot know"
    ))
}
