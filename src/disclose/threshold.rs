//! Which figures are withheld for their own sake: too few people, or people too alike.
//!
//! What must be withheld besides, so that none of these can be worked out from the rest,
//! is decided from the same verdicts.

use super::answers::{alike, coarse};
use crate::assessment::{Assessment, Finding, Group, Reading, WhyNot};
use crate::check::{HealthCheck, Item, Kind};
use crate::missing::Missing;
use crate::national::{ABOUT_THINGS, OFFICIAL, Service, is_one_or_two};

/// The people below which nothing is said of them.
#[derive(Clone, Copy)]
pub(super) struct Threshold(u32);

/// Values that a withheld number must leave possible. The attacker has a number of its own, so that a
/// slip in this one shows.
pub(super) const VALUES: u64 = 5;

/// The same less one: how far apart the least and the most of them are, and how many people make
/// as many.
pub(super) const FURTHER_VALUES: u64 = VALUES - 1;

/// What may not be seen of one finding.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Verdict {
    /// The reading by the nation's definition is withheld.
    pub national: bool,
    /// The reading by the council's definition is withheld.
    pub local: bool,
}

impl Verdict {
    /// Neither reading may be seen.
    pub(super) fn of_nothing() -> Self {
        Self {
            national: true,
            local: true,
        }
    }

    /// Neither of the readings that a finding has.
    pub(super) fn of_none_of(finding: &Finding) -> Self {
        Self {
            national: finding.national.is_some(),
            local: true,
        }
    }
}

/// The two definitions that an item may have.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    Nation,
    Council,
}

impl Threshold {
    /// People by whom two figures may differ: one or two may not.
    pub(super) const OF_DIFFERENCES: Self = Self(3);

    pub(super) fn of(check: &HealthCheck) -> Self {
        Self(check.council().fewest_people())
    }

    /// The number of people.
    pub(super) fn people(self) -> u32 {
        self.0
    }

    /// Whether so many people are enough.
    pub(super) fn allows(self, people: u64) -> bool {
        people >= u64::from(self.0)
    }

    /// Whether so many people are too few to be told of: that there is nobody tells of nobody.
    pub(super) fn hides(self, people: u64) -> bool {
        people > 0 && !self.allows(people)
    }

    /// A verdict for each finding, in their order.
    pub(super) fn verdicts(self, check: &HealthCheck, assessment: &Assessment) -> Vec<Verdict> {
        let verdict = |finding: &Finding| {
            let item = &check.items()[finding.item];
            let group = &assessment.groups[finding.group];
            let withholds = |reading, by| self.withholds(check, item, group, reading, by);
            Verdict {
                national: finding
                    .national
                    .as_ref()
                    .is_some_and(|reading| withholds(reading, By::Nation)),
                local: withholds(&finding.local, By::Council),
            }
        };
        assessment.findings.iter().map(verdict).collect()
    }

    fn withholds(
        self,
        check: &HealthCheck,
        item: &Item,
        group: &Group,
        reading: &Reading,
        by: By,
    ) -> bool {
        let whole = group.breakdown == "whole";
        match &item.local.kind {
            // The employer's own words are nobody's figure.
            Kind::Statement => false,
            Kind::Question(_) => reading.answers.as_ref().is_some_and(|counts| {
                !self.allows(counts.answered().into())
                    || alike(&counts.scored, whole)
                    || alike(&coarse(&counts.scored), whole)
            }),
            Kind::Measure(_) if is_exempt(check, item, whole, by) => false,
            Kind::Measure(_) => reading.reveals || self.withholds_measure(reading, whole),
        }
    }

    fn withholds_measure(self, reading: &Reading, whole: bool) -> bool {
        // 0 out of 0, or 0, of a group with nobody in it is no person's data.
        let nobodys = reading.nobody
            && (reading.value == Ok(0.0) || reading.value == Err(Missing::NotApplicable));
        match (reading.people, &reading.why_not) {
            (Some(people), _) => !self.allows(people) && !nobodys,
            // No figure was there to begin with.
            (None, Some(WhyNot::NotBrought | WhyNot::Marked(_) | WhyNot::Omitted(_))) => false,
            // How many people it rests on cannot be told.
            (None, _) => !whole,
        }
    }

    /// Whether the share answering yes to an awareness question (yes, no, not sure) is
    /// withheld for the whole council.
    pub(super) fn withholds_share_of_yes(self, counts: &[u32; 3]) -> bool {
        let answered: u32 = counts.iter().sum();
        let yes = counts[0];
        !self.allows(answered.into())
            || alike(counts, true)
            || alike(&[yes, answered - yes], true)
            || is_one_or_two(yes)
            || is_one_or_two(answered - yes)
    }
}

/// Figures about posts and things anywhere; and, for the whole of a council that runs
/// children's services, the measures that the Department for Education publishes of it.
/// A formula of the council's own is never exempt: it may count anything.
pub(super) fn is_exempt(check: &HealthCheck, item: &Item, whole: bool, by: By) -> bool {
    let id = item.id.as_str();
    let nations_formula = item.national.is_some()
        && matches!(item.local.kind, Kind::Measure(_))
        && (by == By::Nation || item.own_formula().is_none());
    let official =
        whole && OFFICIAL.contains(&id) && check.council().services.contains(&Service::Children);
    nations_formula && (ABOUT_THINGS.contains(&id) || official)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::missing::Amount;

    fn measured(value: Amount, people: Option<u64>) -> Reading {
        Reading {
            value,
            people,
            why_not: None,
            ..Reading::without(Missing::NotAvailable, WhyNot::NothingToCount)
        }
    }

    #[test]
    fn a_measure_of_nine_people_is_withheld_and_of_ten_is_not() {
        let threshold = Threshold(10);
        for (people, whole, withheld) in [
            (Some(9), false, true),
            (Some(9), true, true),
            (Some(10), false, false),
            (None, false, true),
            (None, true, false),
        ] {
            let reading = measured(Ok(3.0), people);
            assert_eq!(
                threshold.withholds_measure(&reading, whole),
                withheld,
                "{people:?}"
            );
        }
        assert!(Threshold(15).withholds_measure(&measured(Ok(3.0), Some(14)), true));
    }

    #[test]
    fn nothing_out_of_nobody_may_be_seen_and_nothing_out_of_a_few_may_not() {
        let threshold = Threshold(10);
        for (nobody, value, withheld) in [
            (true, Err(Missing::NotApplicable), false),
            (true, Ok(0.0), false),
            (true, Ok(1.0), true),
            (false, Err(Missing::NotApplicable), true),
            (false, Ok(0.0), true),
        ] {
            let reading = Reading {
                nobody,
                ..measured(value, Some(0))
            };
            assert_eq!(threshold.withholds_measure(&reading, false), withheld);
        }
    }

    #[test]
    fn a_figure_that_was_never_brought_is_not_available_rather_than_withheld() {
        let reading = Reading::without(Missing::NotAvailable, WhyNot::NotBrought);
        assert!(!Threshold(10).withholds_measure(&reading, false));
    }

    #[test]
    fn a_share_that_points_at_one_or_two_people_is_withheld() {
        let threshold = Threshold(10);
        for (counts, withheld) in [
            ([3, 6, 0], true),
            ([3, 7, 0], false),
            ([2, 8, 0], true),
            ([8, 1, 1], true),
            ([10, 0, 0], true),
            ([50, 0, 0], false),
        ] {
            assert_eq!(
                threshold.withholds_share_of_yes(&counts),
                withheld,
                "{counts:?}"
            );
        }
    }
}
