//! What is withheld of each item: what must be for its own sake, and what must be besides so
//! that it stays hidden.
//!
//! In: verdicts on each figure for its own sake. Out: the same with what is withheld besides,
//! and how far the answers to each question may be split.

mod apart;
mod bands;
mod deciding;
mod forms;
mod hidden;
mod rolled;

use super::Hold;
use super::answers::Forms;
use super::people::{Behind, Decided, of_bands, of_measure, of_question};
use super::plan::plan;
use super::sizes::{Sizes, are_shared, of_rows};
use super::threshold::{By, Threshold, Verdict, is_exempt};
use crate::assessment::{Assessment, Reading};
use crate::check::{HealthCheck, Item, Kind};
use crate::national::BANDED;
pub(super) use deciding::Deciding;
use std::ops::Range;

/// What is decided of a whole publication.
#[derive(PartialEq)]
pub(super) struct Decisions {
    /// For each finding.
    pub verdicts: Vec<Verdict>,
    /// For each item: how the answers of a question are split, or the bands of a measure.
    pub forms: Vec<Forms>,
    /// A group that cannot be hidden any more, because of what was published before.
    pub stuck: Option<usize>,
}

/// One item while it is decided on.
struct OfItem<'a> {
    threshold: Threshold,
    check: &'a HealthCheck,
    assessment: &'a Assessment,
    item: &'a Item,
    /// Its findings.
    range: Range<usize>,
    known: Vec<bool>,
    /// The tables behind it.
    behind: Vec<Behind>,
    /// Those of whom it is told how many hold how many cases.
    banded: Option<Behind>,
    /// By group.
    hidden: Vec<bool>,
    /// How many looks at its people the planner has.
    looks: u64,
}

impl<'a> OfItem<'a> {
    fn new(
        threshold: Threshold,
        check: &'a HealthCheck,
        assessment: &'a Assessment,
        item: &'a Item,
        range: Range<usize>,
        known: Vec<bool>,
        looks: u64,
    ) -> Self {
        let hidden = vec![false; assessment.groups.len()];
        Self {
            threshold,
            check,
            assessment,
            item,
            range,
            known,
            behind: Vec::new(),
            banded: None,
            hidden,
            looks,
        }
    }

    /// How many looks were taken at its people.
    fn looked(&self) -> u64 {
        self.behind.iter().map(|behind| behind.crowd.looked()).sum()
    }

    /// The readings of a finding that are figures about people, and so may be withheld.
    fn readings(&self, at: usize) -> impl Iterator<Item = (By, &'a Reading)> + use<'a> {
        let finding = &self.assessment.findings[at];
        let whole = finding.group == 0;
        let (check, item) = (self.check, self.item);
        let national = finding
            .national
            .as_ref()
            .map(|reading| (By::Nation, reading));
        national
            .into_iter()
            .chain([(By::Council, &finding.local)])
            .filter(move |(by, _)| {
                !matches!(item.local.kind, Kind::Measure(_)) || !is_exempt(check, item, whole, *by)
            })
    }

    fn is_withheld(verdict: Verdict, by: By) -> bool {
        match by {
            By::Nation => verdict.national,
            By::Council => verdict.local,
        }
    }

    /// Withholds what is held back.
    fn hold(&self, hold: Hold, verdicts: &mut [Verdict]) {
        for at in self.range.clone() {
            let finding = &self.assessment.findings[at];
            let least = match finding.group {
                0 => Hold::Everything,
                group if self.is_rolled(group) => Hold::RollUps,
                _ => Hold::Groups,
            };
            if hold >= least {
                verdicts[at] = Verdict::of_none_of(finding);
            }
        }
    }

    /// Adds to the verdicts what must be withheld besides.
    fn withhold(&mut self, decisions: &mut Decisions, sizes: &mut Sizes) {
        let mut present = vec![false; self.hidden.len()];
        let mut may_tell = present.clone();
        for at in self.range.clone() {
            let group = self.assessment.findings[at].group;
            for (by, reading) in self.readings(at) {
                let withheld = Self::is_withheld(decisions.verdicts[at], by);
                self.hidden[group] |= withheld;
                present[group] |= withheld || reading.people.is_some();
            }
            may_tell[group] = present[group] && !self.hidden[group];
            // Until all else is decided, what is rolled together is not there.
            self.hidden[group] |= self.is_rolled(group);
        }
        let finding = &self.assessment.findings[self.range.start];
        let exempt_whole = matches!(self.item.local.kind, Kind::Measure(_))
            && finding.national.is_some()
            && is_exempt(self.check, self.item, true, By::Nation);
        present[0] |= exempt_whole;
        let mut exempt = vec![false; self.hidden.len()];
        exempt[0] = exempt_whole;
        let decided = Decided {
            present: &present,
            known: &self.known,
            exempt: &exempt,
        };
        self.behind = self.people(&decided);
        if self.item.id == BANDED {
            self.banded = of_bands(self.assessment, self.threshold, &decided);
            if let Some(behind) = &mut self.banded {
                // Cases per FTE prints how many they are, of groups that are not too small.
                let threshold = self.threshold;
                behind.crowd.set_sized(|_, people| threshold.allows(people));
            }
        }
        let groups = self.hidden.len();
        let small = match &self.item.local.kind {
            Kind::Question(_) => sizes.of_sheets(self.assessment, self.threshold, &decided),
            _ if are_shared(&self.item.id) => of_rows(&self.behind, self.threshold, groups),
            _ => Vec::new(),
        };
        if !small.is_empty() {
            self.hold_by_size(&small);
        }
        let own = self.hidden.clone();
        if self.settle() {
            self.keep_company(&own, decisions);
        } else {
            // All but the whole, and where that is not enough the whole too.
            self.hide_all(&present, &exempt, false);
            if !self.all_hidden() {
                self.hide_all(&present, &exempt, true);
            }
        }
        if !self.all_hidden() {
            decisions.stuck = decisions.stuck.or_else(|| self.stuck());
        }
        self.roll_up(&may_tell);
        for at in self.range.clone() {
            let group = self.assessment.findings[at].group;
            if !self.hidden[group] {
                continue;
            }
            if self.is_rolled(group) {
                decisions.verdicts[at] = Verdict::of_nothing();
                continue;
            }
            let withheld: Vec<By> = self
                .readings(at)
                .filter(|(_, reading)| reading.people.is_some())
                .map(|(by, _)| by)
                .collect();
            decisions.verdicts[at].national |= withheld.contains(&By::Nation);
            decisions.verdicts[at].local |= withheld.contains(&By::Council);
        }
    }

    /// Withholds what sizes withhold of every item of the same rows; all others may have their
    /// number printed elsewhere.
    fn hold_by_size(&mut self, small: &[bool]) {
        for behind in &mut self.behind {
            for (at, group) in behind.groups.iter().enumerate() {
                let may_hide = behind.crowd.places()[at].may_hide;
                if let Some(group) = group.filter(|group| may_hide && small[*group]) {
                    self.hidden[group] = true;
                }
            }
            // Of fewer than the threshold no item prints how many they are.
            let groups = &behind.groups;
            let sized = |at: usize, people: u64| {
                self.threshold.allows(people) && groups[at].is_some_and(|group| !small[group])
            };
            behind.crowd.set_sized(sized);
        }
    }

    fn people(&self, decided: &Decided<'_>) -> Vec<Behind> {
        let whole = &self.assessment.findings[self.range.start];
        match &self.item.local.kind {
            Kind::Question(question) => {
                of_question(self.assessment, question, self.threshold, decided)
                    .into_iter()
                    .collect()
            }
            Kind::Measure(_) => {
                let national = whole.national.as_ref();
                let is_own = self.item.own_formula().is_some();
                let local = (is_own || national.is_none()).then_some(&whole.local);
                // What is about things has nobody behind it, anywhere.
                let of_people = |(by, reading)| {
                    (!is_exempt(self.check, self.item, false, by)).then_some(reading)
                };
                national
                    .map(|reading| (By::Nation, reading))
                    .into_iter()
                    .chain(local.map(|reading| (By::Council, reading)))
                    .filter_map(of_people)
                    .flat_map(|reading| {
                        of_measure(self.assessment, reading, self.threshold, decided)
                    })
                    .collect()
            }
            Kind::Statement => Vec::new(),
        }
    }

    /// The hidden places of one table's people.
    fn places(&self, behind: &Behind) -> Vec<bool> {
        let hidden = |group: &Option<usize>| group.is_none_or(|group| self.hidden[group]);
        behind.groups.iter().map(hidden).collect()
    }

    /// Withholds further groups until all tables' people are hidden.
    fn settle(&mut self) -> bool {
        loop {
            let before = self.hidden.clone();
            for at in 0..self.behind.len() {
                let behind = &self.behind[at];
                let mut places = self.places(behind);
                // Those of all its tables together.
                let elsewhere = self.looked() - behind.crowd.looked();
                let most = self.looks.saturating_sub(elsewhere);
                if !plan(&behind.crowd, &mut places, most) {
                    return false;
                }
                for (group, hidden) in behind.groups.iter().zip(&places) {
                    if let Some(group) = group {
                        self.hidden[*group] = *hidden;
                    }
                }
            }
            if before == self.hidden {
                return true;
            }
        }
    }

    /// Where one group alone is withheld, and not because it is small, another goes with it:
    /// else its being withheld would tell that its people are alike, or that one or two are
    /// not. The whole, which is withheld for its sake or for its own, is no company.
    fn keep_company(&mut self, own: &[bool], decisions: &Decisions) {
        let hidden: Vec<usize> = (1..own.len())
            .filter(|group| self.hidden[*group] && !self.is_rolled(*group))
            .collect();
        let [only] = hidden.as_slice() else {
            return;
        };
        let at = self
            .range
            .clone()
            .find(|at| self.assessment.findings[*at].group == *only);
        let is_small = at.is_none_or(|at| {
            decisions.verdicts[at].national | decisions.verdicts[at].local
                && self.readings(at).any(|(_, reading)| {
                    !reading
                        .people
                        .is_some_and(|people| self.threshold.allows(people))
                })
        });
        if is_small {
            return;
        }
        let breakdown = |group: usize| &self.assessment.groups[group].breakdown;
        let beside = self
            .behind
            .iter()
            .flat_map(|behind| behind.groups.iter().zip(behind.crowd.places()))
            .filter_map(|(group, place)| Some(((*group)?, place)))
            .filter(|(group, place)| place.may_hide && *group != *only && *group != 0)
            .min_by_key(|(group, place)| {
                (breakdown(*group) != breakdown(*only), place.size, *group)
            })
            .map(|(group, _)| group);
        self.hidden[beside.unwrap_or(0)] = true;
        if !self.settle() {
            self.hidden.iter_mut().for_each(|hidden| *hidden = true);
        }
    }
}
