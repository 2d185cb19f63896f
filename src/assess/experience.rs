//! Claim and experience: each statement beside the question that practitioners would
//! notice it by.

use super::grade::support;
use super::groups::Selection;
use crate::assessment::{Experience, Finding, Response, Support};
use crate::check::{HealthCheck, Says};
use crate::data::AnswerCounts;
use crate::national::{EXPERIENCE, FEWEST_ANSWERS};

/// Notes on each statement's readings what practitioners say of what it claims.
pub(super) fn set_beside(
    check: &HealthCheck,
    selections: &[Selection],
    response: &[Response],
    findings: &mut [Finding],
) {
    let position = |id: &str| check.items().iter().position(|item| item.id == id);
    for (statement, question) in EXPERIENCE {
        let (Some(claim), Some(asked_of)) = (position(statement), position(question)) else {
            continue;
        };
        for (group, selection) in selections.iter().enumerate() {
            if !selection.is_scope() {
                continue;
            }
            // A question that was reworded no longer asks what the claim says.
            let counts = findings
                .iter()
                .find(|finding| finding.item == asked_of && finding.group == group)
                .and_then(|finding| finding.national.as_ref()?.answers.clone());
            let asked = response
                .iter()
                .find(|part| part.service == selection.group.service)
                .and_then(|part| part.asked);
            let claims = findings
                .iter_mut()
                .filter(|finding| finding.item == claim && finding.group == group);
            for finding in claims {
                for reading in finding.national.iter_mut().chain([&mut finding.local]) {
                    reading.experience = reading
                        .claim
                        .map(|says| experience(question, says, counts.as_ref(), asked));
                }
            }
        }
    }
}

fn experience(
    question: &'static str,
    says: Says,
    counts: Option<&AnswerCounts>,
    asked: Option<u32>,
) -> Experience {
    let enough =
        counts.filter(|counts| counts.answered() >= FEWEST_ANSWERS && counts.scored.len() == 5);
    let support = match enough {
        _ if says != Says::Yes => None,
        None => Some(Support::CannotTell),
        Some(counts) => Some(support(agreeing(counts), counts.answered(), asked)),
    };
    Experience {
        question,
        agree: enough
            .map(|counts| 100.0 * f64::from(agreeing(counts)) / f64::from(counts.answered())),
        support,
    }
}

/// How many gave one of the upper two of the five answers.
fn agreeing(counts: &AnswerCounts) -> u32 {
    counts.scored.iter().skip(3).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(says: Says, scored: [u32; 5], asked: Option<u32>) -> Option<Support> {
        let counts = AnswerCounts {
            scored: scored.to_vec(),
            ..AnswerCounts::default()
        };
        experience("cover", says, Some(&counts), asked).support
    }

    #[test]
    fn a_yes_is_not_supported_when_even_the_upper_end_of_those_who_agree_is_below_half() {
        assert_eq!(
            says(Says::Yes, [60, 10, 10, 15, 5], None),
            Some(Support::NotSupported)
        );
        assert_eq!(
            says(Says::Yes, [40, 10, 5, 35, 10], None),
            Some(Support::Supported)
        );
        assert_eq!(says(Says::Partly, [60, 10, 10, 15, 5], None), None);
        assert_eq!(says(Says::No, [60, 10, 10, 15, 5], None), None);
    }

    #[test]
    fn when_all_answered_the_share_itself_decides() {
        assert_eq!(
            says(Says::Yes, [11, 0, 0, 9, 0], None),
            Some(Support::Supported)
        );
        assert_eq!(
            says(Says::Yes, [11, 0, 0, 9, 0], Some(20)),
            Some(Support::NotSupported)
        );
        assert_eq!(
            says(Says::Yes, [10, 0, 0, 10, 0], Some(20)),
            Some(Support::Supported)
        );
    }

    #[test]
    fn of_nine_answers_nobody_can_tell() {
        assert_eq!(
            says(Says::Yes, [9, 0, 0, 0, 0], None),
            Some(Support::CannotTell)
        );
        assert_eq!(
            says(Says::Yes, [10, 0, 0, 0, 0], None),
            Some(Support::NotSupported)
        );
    }
}
