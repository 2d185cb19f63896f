//! The grade, or every reason why it is withheld.
//!
//! *Good* and *outstanding* need the lower end of the interval of the assured overall score
//! to reach the band; *inadequate* needs the assured score itself to be in it; everything
//! else is *requires improvement*. It is at most one band above that of the weakest
//! standard's assured score, and the whole's at most one above the lower service's.

use super::figures::{date, figure};
use super::scopes::Hidden;
use super::threshold::Threshold;
use super::{about, scope_title};
use crate::assessment::{Assessment, Response, Scores};
use crate::check::{Action, HealthCheck};
use crate::national::{Band, FEWEST_ANSWERS};
use crate::publication::Grade;
use jiff::ToSpan;

/// Said of a grade on half or fewer of those asked.
const LOW_RESPONSE: &str =
    "on a response below what the Health and Safety Executive calls adequate";

/// One scope's band by its own figures, or every reason to withhold it.
pub(super) type Own = Result<Band, Vec<String>>;

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
    match lower_end(scores) {
        _ if !reasons.is_empty() => Err(reasons),
        None => Err(vec!["too few answered to say how sure the score is".into()]),
        Some(lower_end) => {
            let weakest = scores
                .national
                .iter()
                .map(|standard| Band::of(standard.assured))
                .min()
                .unwrap_or(Band::Inadequate);
            Ok(band(lower_end, scores.assured).min(above(weakest)))
        }
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
    let lower_end = lower_end(scores)
        .filter(|_| !hidden.any_national())
        .map(figure);
    let graded = match &owns[index] {
        Ok(band) if index == 0 && owns.len() > 1 => of_whole(*band, check, assessment, &owns[1..]),
        other => other.clone(),
    };
    let as_of = check.council().as_of;
    match graded {
        Ok(band) => Grade {
            word: band.words().into(),
            reasons: Vec::new(),
            lower_end,
            valid_to: date(as_of.saturating_add(12.months())),
            valid_to_on: as_of.saturating_add(12.months()).to_string(),
            caution: match response(assessment, scores) {
                Some(response) if is_low(response) => LOW_RESPONSE.into(),
                _ => String::new(),
            },
            firmness: None,
        },
        Err(reasons) => Grade {
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

/// The whole is at most one band above the lower service, and has no grade while one of
/// them has none.
fn of_whole(band: Band, check: &HealthCheck, assessment: &Assessment, services: &[Own]) -> Own {
    let whole = about::whole(check);
    let ungraded: Vec<String> = services
        .iter()
        .zip(&assessment.scopes[1..])
        .filter(|(own, _)| own.is_err())
        .map(|(_, scores)| {
            format!(
                "the grade of {} is withheld",
                scope_title(scores.service, &whole).to_lowercase()
            )
        })
        .collect();
    if !ungraded.is_empty() {
        return Err(ungraded);
    }
    let lower = services.iter().flatten().min().copied().unwrap_or(band);
    Ok(band.min(above(lower)))
}

/// The band by the lower end of the interval and the assured score.
fn band(lower_end: f64, assured: f64) -> Band {
    match Band::of(lower_end) {
        reached @ (Band::Good | Band::Outstanding) => reached,
        _ if Band::of(assured) == Band::Inadequate => Band::Inadequate,
        _ => Band::RequiresImprovement,
    }
}

/// One band higher; the highest stays.
fn above(band: Band) -> Band {
    Band::ALL
        .into_iter()
        .find(|higher| *higher > band)
        .unwrap_or(band)
}

/// The assured overall score less half the width of its interval.
fn lower_end(scores: &Scores) -> Option<f64> {
    Some((scores.assured - scores.half_width?).max(0.0))
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
    let mut reasons = Vec::new();
    for standard in &scores.national {
        let title = standard.standard.title();
        if hidden.national(standard.standard) {
            reasons.push(format!("{title} is withheld"));
            continue;
        }
        let Some(band) = standard.band() else {
            reasons.push(format!("{title} is not rated"));
            continue;
        };
        let answers_it =
            |action: &Action| action.standard == standard.standard.id() && action.is_complete();
        if band < Band::Good && !check.actions().iter().any(answers_it) {
            reasons.push(format!(
                "{title} is below good, and the plan has no action for it with owner, start, due, measure, baseline and target"
            ));
        }
    }
    reasons
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
        Some(answered) if !threshold.allows(answered.into()) => {
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

#[cfg(test)]
mod tests {
    use super::{above, band};
    use crate::national::Band;

    #[test]
    fn good_needs_the_lower_end_and_inadequate_the_score_itself() {
        for (lower_end, assured, word) in [
            (62.5, 68.0, Band::Good),
            (62.49, 68.0, Band::RequiresImprovement),
            (87.5, 92.0, Band::Outstanding),
            (87.49, 92.0, Band::Good),
            (30.0, 38.5, Band::RequiresImprovement),
            (30.0, 38.49, Band::Inadequate),
        ] {
            assert_eq!(band(lower_end, assured), word, "{lower_end} {assured}");
        }
    }

    #[test]
    fn a_grade_is_at_most_one_band_above_the_weakest_standard() {
        assert_eq!(
            Band::Outstanding.min(above(Band::RequiresImprovement)),
            Band::Good
        );
        assert_eq!(
            Band::Good.min(above(Band::Inadequate)),
            Band::RequiresImprovement
        );
        assert_eq!(above(Band::Outstanding), Band::Outstanding);
    }
}
