//! Whether it may be told how many answers to a question are counted and not scored ("not
//! applicable"): an assessment and a question's findings in, yes or no out.
//!
//! How many sheets lack a scored answer follows from two printed numbers: those who answered
//! anything, less those who answered this question. Some of these sheets say "not applicable"
//! and the others are blank. Of a service that is not told; and the whole's number, told, must
//! leave a service five numbers, or all that these sheets allow.

use super::threshold::{FURTHER_VALUES, VALUES};
use crate::assessment::{Assessment, Finding};

/// Answers that are counted and not scored are told only where they are as many: else nought
/// to four are possible.
pub(super) const FEWEST_UNSCORED: u32 = VALUES as u32;

/// Whether the whole's number leaves every service as many as it must.
pub(super) fn may_tell(assessment: &Assessment, findings: &[Finding]) -> bool {
    let of = |finding: &Finding| -> Option<(u32, u32)> {
        let group = &assessment.groups[finding.group];
        let counts = finding.local.answers.as_ref()?;
        let mut parts = assessment.response.iter();
        let answered = parts.find(|part| part.service == group.service)?.answered?;
        Some((counts.unscored, answered.checked_sub(counts.answered())?))
    };
    let whole = findings.iter().find(|finding| finding.group == 0);
    // Of a question that is not the nation's nobody knows how many sheets lack it.
    let Some((unscored, lacking)) = whole.and_then(of) else {
        return true;
    };
    if unscored < FEWEST_UNSCORED {
        return false;
    }
    let services = findings
        .iter()
        .filter(|finding| assessment.groups[finding.group].service.is_some());
    services.filter_map(of).all(|(_, own)| {
        let elsewhere = lacking.saturating_sub(own);
        let (least, most) = (unscored.saturating_sub(elsewhere), unscored.min(own));
        most.saturating_sub(least) >= own.min(FURTHER_VALUES as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::test_council::TestCouncil;
    use crate::national::Service::{Adults, Children};

    /// Sheets of two services: of each, how many left the second question out, and how many
    /// said that it does not apply.
    fn told(children: (usize, usize), adults: (usize, usize)) -> bool {
        let mut council = TestCouncil::new(&[Children, Adults]).questions("welfare", 2);
        for (service, (blank, unscored)) in [(Children, children), (Adults, adults)] {
            let answers = [Some(3), Some(2)];
            council = council.sheets(12, Some(service), None, &answers).sheets(
                blank + unscored,
                Some(service),
                None,
                &[Some(3), None],
            );
        }
        let mut found = council.assess();
        let second = found.findings.iter().map(|finding| finding.item).max();
        found
            .findings
            .retain(|finding| Some(finding.item) == second);
        for finding in &mut found.findings {
            let own = match found.groups[finding.group].service {
                None => children.1 + adults.1,
                Some(Children) => children.1,
                Some(Adults) => adults.1,
            };
            let own = u32::try_from(own).expect("few");
            if let Some(counts) = &mut finding.local.answers {
                (counts.unscored, counts.blank) = (own, counts.blank + counts.unscored - own);
            }
        }
        may_tell(&found, &found.findings)
    }

    #[test]
    fn how_many_have_no_view_is_told_only_where_every_service_may_have_all_numbers_or_five() {
        for (children, adults, expected) in [
            // Blank sheets elsewhere leave each service any number.
            ((6, 3), (6, 3), true),
            // Nobody left it blank: each service's number is the sheets that lack an answer.
            ((0, 3), (0, 3), false),
            ((4, 0), (4, 5), true),
            // Of one service nought to three, so that the other's are within three of the whole's.
            ((1, 2), (6, 3), false),
            // Too few of the whole.
            ((6, 2), (6, 2), false),
        ] {
            assert_eq!(told(children, adults), expected, "{children:?} {adults:?}");
        }
    }
}
