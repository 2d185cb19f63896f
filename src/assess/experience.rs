//! Claim and experience: each statement beside the question that practitioners would
//! notice it by.

use super::grade::support;
use super::groups::Selection;
use crate::assessment::{Experience, Finding, Response, Support};
use crate::check::HealthCheck;
use crate::data::AnswerCounts;
use crate::national::{EXPERIENCE, FEWEST_ANSWERS, Service};

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
            let said = |group: usize, service: Option<Service>| {
                said(findings, response, asked_of, group, service)
            };
            let here = said(group, selection.group.service);
            let of_services: Vec<(Service, Said)> = selections
                .iter()
                .enumerate()
                .filter_map(|(group, one)| Some((group, one.group.service?)))
                .map(|(group, service)| (service, said(group, Some(service))))
                .collect();
            let of_service = |service: Service| {
                let mut known = of_services.iter();
                known.find_map(|(of, said)| (*of == service).then_some(said))
            };
            let claims = findings
                .iter_mut()
                .filter(|finding| finding.item == claim && finding.group == group);
            for finding in claims {
                for reading in finding.national.iter_mut().chain([&mut finding.local]) {
                    let support = reading.yes.map(|yes| match yes.of.map(of_service) {
                        None => here.support(),
                        Some(own) => own.map_or(Support::CannotTell, Said::support),
                    });
                    reading.experience = reading.claim.map(|_| Experience {
                        question,
                        agree: here.agree(),
                        support,
                    });
                }
            }
        }
    }
}

/// What practitioners of a scope say.
struct Said {
    /// Their answers, where enough answered on the nation's scale.
    counts: Option<AnswerCounts>,
    /// How many of them were asked.
    asked: Option<u32>,
}

/// What those of a group answered to a question. One that was reworded no longer asks what
/// the claim says.
fn said(
    findings: &[Finding],
    response: &[Response],
    item: usize,
    group: usize,
    service: Option<Service>,
) -> Said {
    let asked = response.iter().find(|part| part.service == service);
    Said::of(
        findings
            .iter()
            .find(|finding| finding.item == item && finding.group == group)
            .and_then(|finding| finding.national.as_ref()?.answers.clone()),
        asked.and_then(|part| part.asked),
    )
}

impl Said {
    fn of(counts: Option<AnswerCounts>, asked: Option<u32>) -> Self {
        let enough =
            |counts: &AnswerCounts| counts.answered() >= FEWEST_ANSWERS && counts.scored.len() == 5;
        Self {
            counts: counts.filter(enough),
            asked,
        }
    }

    /// Percent of them who agree.
    fn agree(&self) -> Option<f64> {
        let counts = self.counts.as_ref()?;
        Some(100.0 * f64::from(agreeing(counts)) / f64::from(counts.answered()))
    }

    fn support(&self) -> Support {
        match &self.counts {
            None => Support::CannotTell,
            Some(counts) => support(agreeing(counts), counts.answered(), self.asked),
        }
    }
}

/// How many gave one of the upper two of the five answers.
fn agreeing(counts: &AnswerCounts) -> u32 {
    counts.scored.iter().skip(3).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(scored: [u32; 5], asked: Option<u32>) -> Support {
        let counts = AnswerCounts {
            scored: scored.to_vec(),
            ..AnswerCounts::default()
        };
        Said::of(Some(counts), asked).support()
    }

    #[test]
    fn a_yes_is_not_supported_when_even_the_upper_end_of_those_who_agree_is_below_half() {
        assert_eq!(says([60, 10, 10, 15, 5], None), Support::NotSupported);
        assert_eq!(says([40, 10, 5, 35, 10], None), Support::NotContradicted);
    }

    #[test]
    fn fewer_than_half_who_agree_do_not_support_a_claim_even_where_they_do_not_contradict_it() {
        for (agree, support) in [
            (34, Support::NotSupported),
            (46, Support::NotContradicted),
            (49, Support::NotContradicted),
            (50, Support::Supported),
        ] {
            assert_eq!(
                says([100 - agree, 0, 0, agree, 0], None),
                support,
                "{agree}"
            );
        }
    }

    #[test]
    fn when_all_answered_the_share_itself_decides() {
        assert_eq!(says([11, 0, 0, 9, 0], None), Support::NotContradicted);
        assert_eq!(says([11, 0, 0, 9, 0], Some(20)), Support::NotSupported);
        assert_eq!(says([10, 0, 0, 10, 0], Some(20)), Support::Supported);
    }

    #[test]
    fn of_nine_answers_nobody_can_tell() {
        assert_eq!(says([9, 0, 0, 0, 0], None), Support::CannotTell);
        assert_eq!(says([10, 0, 0, 0, 0], None), Support::NotSupported);
    }
}
