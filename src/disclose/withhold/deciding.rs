//! Deciding on all items of a council, again and again: what is held back in, decisions out.

use super::super::answers::Forms;
use super::super::sizes::Sizes;
use super::super::threshold::{Threshold, Verdict};
use super::super::{Held, held};
use super::{Decisions, OfItem};
use crate::assessment::Assessment;
use crate::check::{HealthCheck, Kind};
use crate::national::BANDED;
use std::ops::Range;

/// Looks at kinds of people for all that items withhold of one council, in all rounds of the
/// attacker: some seconds' work. Hundreds of groups that cross one another would take hours. What
/// sizes withhold is planned apart.
const LOOKS: u64 = 200_000_000;
/// One item may take so much of what is left: one of so many shares.
const SHARES: u64 = 16;

/// Decides on a council again and again, each time with more held back: an item of which as much is
/// held back as before is not decided on anew.
pub(in crate::disclose) struct Deciding<'a> {
    threshold: Threshold,
    check: &'a HealthCheck,
    assessment: &'a Assessment,
    /// For its own sake.
    own: Vec<Verdict>,
    sizes: Sizes,
    /// What is left of the looks.
    looks: u64,
    /// Of which items anything was told before.
    known: Vec<bool>,
    /// By item, once it was decided on.
    items: Vec<Option<Settled<'a>>>,
}

/// What was decided of one item.
struct Settled<'a> {
    held: held::OfItem,
    verdicts: Vec<Verdict>,
    forms: Forms,
    stuck: Option<usize>,
    /// The item itself, if bands stand beside it.
    banded: Option<OfItem<'a>>,
}

impl<'a> Deciding<'a> {
    pub(in crate::disclose) fn of(
        threshold: Threshold,
        check: &'a HealthCheck,
        assessment: &'a Assessment,
    ) -> Self {
        Self {
            threshold,
            check,
            assessment,
            own: threshold.verdicts(check, assessment),
            sizes: Sizes::default(),
            looks: LOOKS,
            known: Vec::new(),
            items: check.items().iter().map(|_| None).collect(),
        }
    }

    /// Decides on everything. `known` tells of an item and a group whether its figures were
    /// published before: each time the same.
    pub(in crate::disclose) fn decide(
        &mut self,
        known: &impl Fn(usize, usize) -> bool,
        held: &Held,
    ) -> Decisions {
        let (check, assessment) = (self.check, self.assessment);
        let groups = assessment.groups.len();
        self.known = (0..check.items().len())
            .map(|item| (0..groups).any(|group| known(item, group)))
            .collect();
        let mut decisions = Decisions {
            verdicts: self.own.clone(),
            forms: vec![Forms::default(); check.items().len()],
            stuck: None,
        };
        let mut from = 0;
        let mut banded = None;
        for (index, item) in check.items().iter().enumerate() {
            let own = assessment.findings[from..]
                .iter()
                .take_while(|finding| finding.item == index)
                .count();
            let range = from..from + own;
            from = range.end;
            let of_held = held.of(&item.id);
            let decided = match self.items[index].take() {
                Some(before) if before.held == of_held => before,
                _ => self.decide_item((index, range.clone()), known, (held, of_held)),
            };
            decisions.verdicts[range].copy_from_slice(&decided.verdicts);
            decisions.forms[index] = decided.forms.clone();
            decisions.stuck = decisions.stuck.or(decided.stuck);
            let decided = self.items[index].insert(decided);
            if decided.banded.is_some() {
                banded = Some(index);
            }
        }
        // What the council's own measures tell of the same people must be known first.
        let of_item = banded.and_then(|at| Some((at, self.items[at].as_ref()?.banded.as_ref()?)));
        if let Some((index, of_item)) = of_item {
            let id = &check.items()[index].id;
            let forms = &mut decisions.forms[index];
            *forms = of_item.band_forms(&decisions.verdicts);
            forms.hold_as(held, id);
        }
        decisions
    }

    /// As if nothing had been told of the item, where that tells again all that was: then nothing
    /// is known besides, and the same rows give the same.
    fn decide_item(
        &mut self,
        (index, range): (usize, Range<usize>),
        known: &impl Fn(usize, usize) -> bool,
        (held, of_held): (&Held, held::OfItem),
    ) -> Settled<'a> {
        let findings = &self.assessment.findings[range.clone()];
        let is_known = |at: usize| known(index, findings[at].group);
        if (0..findings.len()).any(is_known) {
            let looks = self.looks;
            let nothing = |_: usize, _: usize| false;
            let free = self.decide_one(
                (index, range.clone()),
                &nothing,
                (held, held.of(&self.check.items()[index].id)),
            );
            let shows = |at: usize| {
                let (verdict, finding) = (&free.verdicts[at], &findings[at]);
                !verdict.local || finding.national.is_some() && !verdict.national
            };
            if free.stuck.is_none() && (0..findings.len()).all(|at| !is_known(at) || shows(at)) {
                return free;
            }
            self.looks = looks;
        }
        self.decide_one((index, range), known, (held, of_held))
    }

    fn decide_one(
        &mut self,
        (index, range): (usize, Range<usize>),
        known: &impl Fn(usize, usize) -> bool,
        (held, of_held): (&Held, held::OfItem),
    ) -> Settled<'a> {
        let (check, assessment) = (self.check, self.assessment);
        let item = &check.items()[index];
        // Of all findings, though only the item's own are decided on.
        let mut decisions = Decisions {
            verdicts: self.own.clone(),
            forms: Vec::new(),
            stuck: None,
        };
        let verdicts = &mut decisions.verdicts;
        for at in range.clone() {
            let group = &assessment.groups[assessment.findings[at].group];
            if held.holds_figure(&item.id, &group.breakdown, &group.name) {
                verdicts[at] = Verdict::of_none_of(&assessment.findings[at]);
            }
        }
        let mut decided = Settled {
            held: of_held,
            verdicts: Vec::new(),
            forms: Forms::default(),
            stuck: None,
            banded: None,
        };
        if matches!(item.local.kind, Kind::Statement) {
            decided.verdicts = verdicts[range].to_vec();
            return decided;
        }
        let known: Vec<bool> = (0..assessment.groups.len())
            .map(|group| known(index, group))
            .collect();
        let threshold = self.threshold;
        // What one item leaves is for those after it.
        let share = self.looks / SHARES;
        let mut of_item = OfItem::new(
            threshold,
            check,
            assessment,
            item,
            range.clone(),
            known,
            share,
        );
        of_item.withhold(&mut decisions, &mut self.sizes);
        self.looks = self.looks.saturating_sub(of_item.looked());
        let forms = &mut decided.forms;
        if let Kind::Question(question) = &item.local.kind {
            *forms = of_item.forms(question, &decisions.verdicts);
        }
        forms.hold_as(held, &item.id);
        if let Some(hold) = held.get(&item.id) {
            of_item.hold(*hold, &mut decisions.verdicts);
        }
        of_item.unroll(forms, &mut decisions.verdicts);
        let rank = |item: usize| (!self.known[item], item);
        let before = |other: usize| rank(other) < rank(index);
        of_item.keep_apart(before, &mut decisions.verdicts);
        decided.verdicts = decisions.verdicts[range].to_vec();
        decided.stuck = decisions.stuck;
        decided.banded = (item.id == BANDED).then_some(of_item);
        decided
    }
}
