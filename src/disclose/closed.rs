//! What is told of a survey that is closed: what changed since it was published in, the fault
//! with every way out of it out.

use crate::check::HealthCheck;
use crate::diagnostic::{Code, Diagnostic};
use crate::publication::Publication;
use crate::source::Place;

/// A group cannot be hidden beside what was told before.
pub(super) fn stuck(check: &HealthCheck, last: &Publication) -> Box<Diagnostic> {
    let why = "with the groups of now, figures that were withheld could be worked out from those that were published";
    let closed = groups_changed(check, why, last);
    Box::new(closed.note("or take out the breakdown, or the group, that is new since then"))
}

/// The rows of a table are others than those that were published.
pub(super) fn rows_changed(check: &HealthCheck, table: &str, last: &Publication) -> Diagnostic {
    let why = format!("the rows of `{table}` are not those that were published");
    let closed = closed(check, &why, last);
    match check.has_date_of(last) {
        true => closed
            .note("if readers have seen it: put the rows back as they were, or put the error right at the next as-of date")
            .note(WITHDRAWN)
            .help(unseen(&last.id)),
        false => closed
            .note("if it is the same survey: put the rows back as they were")
            .note(WITHDRAWN),
    }
}

/// A group that was published is another one now.
pub(super) fn groups_changed(check: &HealthCheck, why: &str, last: &Publication) -> Diagnostic {
    let closed = closed(check, why, last);
    match check.has_date_of(last) {
        true => closed
            .note("if readers have seen it: put the groups back as they were")
            .help(unseen(&last.id)),
        false => closed.note("if it is the same survey: put the groups back as they were"),
    }
}

/// The rows are the same, and what was published of them is another figure now.
pub(super) fn weighed_otherwise(check: &HealthCheck, last: &Publication) -> Diagnostic {
    let why = "figures of its questions are others, though the rows of people are the same: those of the whole weigh services by how many were `asked`, or answers count otherwise";
    let closed = closed(check, why, last)
        .note("if readers have seen it: put `asked` and the questions' answers back as they were")
        .note(WITHDRAWN);
    match check.has_date_of(last) {
        true => closed.help(unseen(&last.id)),
        false => closed,
    }
}

/// A measure tells of the same people by another formula.
pub(super) fn formula_changed(check: &HealthCheck, item: usize, last: &Publication) -> Diagnostic {
    let item = &check.items()[item];
    let place = item.own_formula().map_or(&item.place, |own| own.place());
    let was_told = last
        .items
        .iter()
        .any(|one| one.id == item.id && !one.local_formula.is_empty());
    let what = match was_told {
        true => format!(
            "the figures of `{}` are others than those published with this as-of date, though its rows are the same",
            item.id
        ),
        false => format!(
            "`{}` is new since this as-of date was first published, and a measure of the council's own that was told then is gone",
            item.id
        ),
    };
    Diagnostic::new(Code::SurveyClosed, place.clone(), what)
        .label("another formula of the same people")
        .note("the difference between two figures of the same people can be one person's cases or hours")
        .note(match was_told {
            true => "if readers have seen them: put the formula back as it was, and bring the new one at the next as-of date",
            false => "if readers have seen it: put that measure back beside this one, so that it can be reckoned with; or bring the new one at the next as-of date",
        })
        .note(WITHDRAWN)
        .note(format!("{IF_UNSEEN}, as below; who has seen it this program cannot know"))
        .help(unseen(&last.id))
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

fn closed(check: &HealthCheck, why: &str, last: &Publication) -> Diagnostic {
    let council = check.council();
    let fault = |place: &Place, of: String, label: String| {
        let message = format!("the survey of {of}: {why}");
        Diagnostic::new(Code::SurveyClosed, place.clone(), message)
            .label(label)
            .note("the difference between two releases can be one person's answers")
    };
    if check.has_date_of(last) {
        return fault(
            &council.place,
            format!("{} closed when it was first published", council.as_of),
            "published before with this as-of date".to_owned(),
        )
        .note(format!(
            "{IF_UNSEEN}, as below; who has seen it this program cannot know"
        ));
    }
    let (days, when) = (last.council.fielded.as_deref(), &last.council.as_of_words);
    fault(
        &council.fielded_place,
        format!(
            "{} closed when it was first published, for {when}",
            days.unwrap_or_default()
        ),
        format!("the days of the survey published for {when}"),
    )
    .note("if this is another survey: its own first and last day belong here, as below")
    .note(format!(
        "if nobody outside has seen what was published for {when}: delete the folder `{}` where it is published, and its results in `earlier` beside the script, and run again",
        last.id
    ))
    .help("fielded: [\"…\", \"…\"],")
}
