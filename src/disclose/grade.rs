//! The grade, or every reason why it is withheld.
//!
//! The band and how firm it is were found when the rows were assessed. Here is decided
//! whether a council has earned the right to print them.
//!
//! How firm a grade is says how near the lower end lies to the edge of a band, in steps of
//! a tenth of a percent, and is a figure of the whole or of a service alone: of the sheets
//! of many people at once, from which no answer of one of them follows. It is printed where
//! the grade is, and so only where every standard, and how many answered, may be seen.

use super::figures::{date, figure};
use super::scopes::Hidden;
use super::threshold::Threshold;
use super::{about, scope_title};
use crate::assessment::{Assessment, Response, Scores};
use crate::check::{Action, HealthCheck};
use crate::national::{Band, FEWEST_ANSWERS};
use crate::publication::{Grade, listed};
use jiff::ToSpan;

/// Said of a grade on half or fewer of those asked.
const LOW_RESPONSE: &str =
    "on a response below what the Health and Safety Executive calls adequate";

/// Whether one scope's own figures allow it a grade, or every reason to withhold it.
pub(super) type Own = Result<(), Vec<String>>;

/// What one scope's own figures say. The reasons tell nothing of a figure that is withheld.
pub(super) fn own(
    check: &HealthCheck,
    assessment: &Assessment,
    scores: &Scores,
    threshold: Threshold,
    hidden: &Hidden,
) -> Own {
    let mut reasons = of_standards(check, scores, hidden);
    reasons.extend(of_governance(check));
    let response = response(assessment, scores);
    reasons.extend(
        response
            .into_iter()
            .flat_map(|r| of_response(check, r, threshold)),
    );
    if reasons.is_empty() && scores.lower_end.is_none() {
        reasons.push("too few answered to say how sure the score is".into());
    }
    if reasons.is_empty() {
        Ok(())
    } else {
        Err(reasons)
    }
}

/// The grade of the scope at `index`, all scopes' own figures considered.
pub(super) fn grade(
    check: &HealthCheck,
    assessment: &Assessment,
    owns: &[Own],
    index: usize,
    hidden: &Hidden,
) -> Grade {
    let scores = &assessment.scopes[index];
    let lower_end = scores
        .lower_end
        .filter(|_| !hidden.any_national())
        .map(figure);
    let mut reasons: Vec<String> = owns[index].clone().err().unwrap_or_default();
    if index == 0 {
        let of_services = of_services(check, assessment, &owns[1..], &reasons);
        reasons.extend(of_services);
    }
    let as_of = check.council().as_of;
    match scores.band.filter(|_| reasons.is_empty()) {
        Some(band) => Grade {
            word: band.words().into(),
            reasons: Vec::new(),
            lower_end,
            valid_to: date(as_of.saturating_add(12.months())),
            valid_to_on: as_of.saturating_add(12.months()).to_string(),
            caution: match response(assessment, scores) {
                Some(response) if is_low(response) => LOW_RESPONSE.into(),
                _ => String::new(),
            },
            firmness: scores.firmness.map(figure),
        },
        None => Grade {
            word: "withheld".into(),
            reasons,
            lower_end,
            valid_to: String::new(),
            valid_to_on: String::new(),
            caution: String::new(),
            firmness: None,
        },
    }
}

/// The whole has no grade while one of its services has none; `told` of the whole already is
/// not told again of a service.
fn of_services(
    check: &HealthCheck,
    assessment: &Assessment,
    services: &[Own],
    told: &[String],
) -> Vec<String> {
    let whole = about::whole(check);
    services
        .iter()
        .zip(&assessment.scopes[1..])
        .filter_map(|(own, scores)| {
            let service = scope_title(scores.service, &whole).to_lowercase();
            let own = own.as_ref().err()?.iter();
            let why: Vec<&str> = own
                .filter(|reason| !told.contains(reason))
                .map(String::as_str)
                .collect();
            (!why.is_empty())
                .then(|| format!("the grade of {service} is withheld ({})", why.join("; ")))
        })
        .collect()
}

fn response<'a>(assessment: &'a Assessment, scores: &Scores) -> Option<&'a Response> {
    assessment
        .response
        .iter()
        .find(|response| response.service == scores.service)
}

/// Whether half or fewer of those asked answered.
fn is_low(response: &Response) -> bool {
    match (response.answered, response.asked) {
        (Some(answered), Some(asked)) => u64::from(answered) * 2 <= u64::from(asked),
        _ => false,
    }
}

fn of_standards(check: &HealthCheck, scores: &Scores, hidden: &Hidden) -> Vec<String> {
    let (mut withheld, mut unrated, mut unplanned) = (Vec::new(), Vec::new(), Vec::new());
    for standard in &scores.national {
        let title = standard.standard.title().to_owned();
        if hidden.national(standard.standard) {
            withheld.push(title);
            continue;
        }
        let Some(band) = standard.band() else {
            unrated.push(title);
            continue;
        };
        let answers_it =
            |action: &Action| action.standard == standard.standard.id() && action.is_complete();
        if band < Band::Good && !check.actions().iter().any(answers_it) {
            unplanned.push(title);
        }
    }
    // One reason of several standards is said once.
    let said = |titles: &[String], one: &str, many: &str| {
        match titles {
            [] => None,
            [title] => Some(format!("{title} {one}")),
            // A title may hold an "and" of its own.
            titles => {
                let quoted: Vec<String> = titles.iter().map(|t| format!("“{t}”")).collect();
                Some(format!("{} {many}", listed(&quoted)))
            }
        }
    };
    [
        said(
            &withheld,
            "is withheld, so that no colleague can be recognised",
            "are withheld, so that no colleague can be recognised",
        ),
        said(&unrated, "is not rated", "are not rated"),
        said(
            &unplanned,
            "is below good, and the plan has no complete action for it, one with owner, start, due day, measure, baseline and target",
            "are below good, and the plan has a complete action for none of them, one with owner, start, due day, measure, baseline and target",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_governance(check: &HealthCheck) -> Vec<String> {
    let council = check.council();
    let mut reasons = Vec::new();
    match &council.lead {
        None => reasons.push("no accountable manager is named".into()),
        Some(lead) if lead.post.trim().is_empty() => {
            reasons.push("no accountable manager is named".into());
        }
        Some(lead) if !lead.social_work_qualified => {
            reasons.push("the accountable manager has no social work qualification".into());
        }
        Some(_) => {}
    }
    let year = council.as_of.saturating_sub(12.months())..=council.as_of;
    if !check.consulted().iter().any(|body| year.contains(&body.on)) {
        reasons.push("nobody was consulted in the 12 months to the as-of date".into());
    }
    reasons
}

fn of_response(check: &HealthCheck, response: &Response, threshold: Threshold) -> Vec<String> {
    let mut reasons = Vec::new();
    // A council that asked few of those in post says why in its note.
    if let (Some(asked), Some(head_count)) = (response.asked, response.head_count)
        && u64::from(asked) * 10 < head_count * 9
        && check.council().note.is_none()
    {
        reasons.push(
            "fewer than 90% of the practitioners in post were asked, and no note says why".into(),
        );
    }
    if response.asked.is_none() {
        reasons.push("the check does not say how many practitioners were asked".into());
    }
    match response.answered {
        None => reasons.push("how many practitioners answered is not known".into()),
        Some(answered) if threshold.hides(answered.into()) => {
            reasons.push("how many practitioners answered is withheld".into());
        }
        Some(answered) => {
            // The threshold is never lower than this, but it is not the same rule.
            if answered < FEWEST_ANSWERS {
                reasons.push(format!(
                    "fewer than {FEWEST_ANSWERS} practitioners answered"
                ));
            }
            let asked = response.asked.map(u64::from);
            if asked.is_some_and(|asked| u64::from(answered) * 3 < asked) {
                reasons.push("fewer than a third of those asked answered".into());
            }
        }
    }
    reasons
}
