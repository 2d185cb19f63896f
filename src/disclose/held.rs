//! What is held back beyond what the rules ask, because it was opened: items a step at a time,
//! and single figures.

use crate::check::HealthCheck;
use std::collections::{BTreeMap, BTreeSet};

/// How much of an item is held back beyond what the rules ask, each step more than the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Hold {
    /// Small groups are not rolled together.
    RollUps,
    /// The answers of groups and services are not split, and those of the whole coarsely.
    Splits,
    /// No answers are split.
    AllSplits,
    /// Nothing below the whole is published.
    Groups,
    /// Nothing is published.
    Everything,
}

impl Hold {
    /// The next step of an item with answers that can be split, or of another; `None` after the
    /// last.
    pub(crate) fn more(now: Option<Hold>, has_answers: bool) -> Option<Hold> {
        match now {
            Some(Hold::RollUps) if !has_answers => Some(Hold::Groups),
            None => Some(Hold::RollUps),
            Some(Hold::RollUps) => Some(Hold::Splits),
            Some(Hold::Splits) => Some(Hold::AllSplits),
            Some(Hold::AllSplits) => Some(Hold::Groups),
            Some(Hold::Groups) => Some(Hold::Everything),
            Some(Hold::Everything) => None,
        }
    }
}

/// What is held back of which item, by its id; and single figures.
#[derive(Default)]
pub(crate) struct Held {
    items: BTreeMap<String, Hold>,
    /// Items of which the answers of groups are not split, whatever else is held back.
    unsplit: BTreeSet<String>,
    /// Item, breakdown and group; the item is empty for the number who answered the survey.
    figures: BTreeSet<[String; 3]>,
}

/// What is held back of one item.
#[derive(PartialEq)]
pub(super) struct OfItem {
    hold: Option<Hold>,
    unsplit: bool,
    figures: Vec<[String; 3]>,
}

impl Held {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn get(&self, item: &str) -> Option<&Hold> {
        self.items.get(item)
    }

    /// All that is held back of one item.
    pub(super) fn of(&self, item: &str) -> OfItem {
        let figures = self.figures.iter();
        OfItem {
            hold: self.items.get(item).copied(),
            unsplit: self.unsplit.contains(item),
            figures: figures.filter(|[own, ..]| own == item).cloned().collect(),
        }
    }

    /// The figures that are held back by themselves.
    pub(super) fn figures(&self) -> &BTreeSet<[String; 3]> {
        &self.figures
    }

    /// Holds back all that can be.
    pub(crate) fn everything(check: &HealthCheck) -> Self {
        let mut held = Self::default();
        for item in check.items() {
            held.insert(item.id.clone(), Hold::Everything);
        }
        held
    }

    pub(crate) fn insert(&mut self, item: String, hold: Hold) {
        self.items.insert(item, hold);
    }

    /// Splits the answers of an item's groups no more; false if they are not split already.
    pub(crate) fn insert_unsplit(&mut self, item: &str) -> bool {
        let is_held = self.items.get(item) >= Some(&Hold::Splits);
        !is_held && self.unsplit.insert(item.to_owned())
    }

    pub(super) fn is_unsplit(&self, item: &str) -> bool {
        self.unsplit.contains(item)
    }

    /// Holds back one figure; false if it is already.
    pub(crate) fn insert_figure(&mut self, item: &str, breakdown: &str, group: &str) -> bool {
        self.figures
            .insert([item, breakdown, group].map(str::to_owned))
    }

    pub(super) fn holds_figure(&self, item: &str, breakdown: &str, group: &str) -> bool {
        !self.figures.is_empty()
            && self
                .figures
                .contains(&[item, breakdown, group].map(str::to_owned))
    }

    /// Whether how many answered the survey is held back, of the whole or a service.
    pub(super) fn holds_response(&self) -> bool {
        self.figures.iter().any(|[item, ..]| item.is_empty())
    }
}
