//! What an attack on one council comes to: ranges of withheld figures in, openings and
//! tallies out.

mod exactly;

use super::cells::{Cells, Kind, Outcome, Wanted};
use super::figures::Range;
use super::groups::{Groups, Sum, tight};
use super::solved::Solved;
use super::{Attempt, Narrowest, Opening};
use exactly::Recovery;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Openings of one council beyond which no more are listed.
const MOST_LISTED: usize = 2_000;

/// What was found of one council.
pub(super) struct Findings {
    council: String,
    solved: Arc<Solved>,
    openings: Vec<Opening>,
    contradictions: Vec<String>,
    /// What → how many tried, narrowest, unit.
    tally: BTreeMap<String, (usize, f64, &'static str)>,
}

impl Findings {
    /// Of a council, of which some tables may have been solved before.
    pub(super) fn of(council: &str, solved: &Arc<Solved>) -> Self {
        Self {
            council: council.to_owned(),
            solved: solved.clone(),
            openings: Vec::new(),
            contradictions: Vec::new(),
            tally: BTreeMap::new(),
        }
    }

    /// The tables that were solved before.
    pub(super) fn solved(&self) -> &Arc<Solved> {
        &self.solved
    }

    /// Adds what was found to that of other councils.
    pub(super) fn add_to(self, attempt: &mut Attempt, kinds: &mut BTreeMap<String, Narrowest>) {
        // What was told of a survey at one date counts at the next.
        for opening in self.openings {
            if !attempt.openings.contains(&opening) {
                attempt.openings.push(opening);
            }
        }
        attempt.contradictions.extend(self.contradictions);
        for (what, (tried, range, unit)) in self.tally {
            attempt.tried += tried;
            let kind = kinds.entry(what.clone()).or_insert_with(|| Narrowest {
                what,
                tried: 0,
                range,
                unit: unit.into(),
            });
            kind.tried += tried;
            kind.range = kind.range.min(range);
        }
    }

    /// Adds what was found of other items of the same council.
    pub(super) fn add(&mut self, others: Findings) {
        for opening in others.openings {
            if self.openings.len() < MOST_LISTED && !self.openings.contains(&opening) {
                self.openings.push(opening);
            }
        }
        self.contradictions.extend(others.contradictions);
        for (what, (tried, range, unit)) in others.tally {
            let (all, narrowest, _) = self.tally.entry(what).or_insert((0, f64::INFINITY, unit));
            *all += tried;
            *narrowest = narrowest.min(range);
        }
    }

    /// Notes that something was tried, and how narrow it came out.
    pub(super) fn tried(&mut self, what: &str, range: f64, unit: &'static str) {
        let (tried, narrowest, _) =
            self.tally
                .entry(what.to_owned())
                .or_insert((0, f64::INFINITY, unit));
        *tried += 1;
        // No council is larger; a range without end is no number in JSON.
        *narrowest = narrowest.min(range.min(1e9));
    }

    pub(super) fn open(
        &mut self,
        (item, group): (&str, (&str, &str)),
        what: &str,
        range: Option<Range>,
        how: String,
    ) {
        self.open_by((item, group), what, range, how, &[]);
    }

    /// The same, by what is printed of other items; not told again if it is open without them.
    pub(super) fn open_by(
        &mut self,
        (item, group): (&str, (&str, &str)),
        what: &str,
        range: Option<Range>,
        how: String,
        others: &[&str],
    ) {
        let is_known = |one: &Opening| {
            let of = (
                one.item.as_str(),
                one.breakdown.as_str(),
                one.group.as_str(),
            );
            of == (item, group.0, group.1) && one.what == what
        };
        if self.openings.len() >= MOST_LISTED
            || (!others.is_empty() && self.openings.iter().any(is_known))
        {
            return;
        }
        let opening = Opening {
            council: self.council.clone(),
            item: item.to_owned(),
            breakdown: group.0.to_owned(),
            group: group.1.to_owned(),
            what: what.to_owned(),
            low: range.map(|range| range.low),
            high: range.map(|range| range.high),
            how,
            by: others.iter().map(|id| (*id).to_owned()).collect(),
        };
        if !self.openings.contains(&opening) {
            self.openings.push(opening);
        }
    }

    /// Notes that an attack did not come to an end: what was not shown safe is not safe.
    pub(super) fn unfinished(&mut self, item: &str, because: &str) {
        let how = format!("The attack was not tried to its end: {because}.");
        self.open((item, ("", "")), super::UNFINISHED, None, how);
    }

    /// Adds what was found on a supposition, unless figures contradict it, and as far as the
    /// last release is needed for it.
    pub(super) fn add_what_the_last_opens(&mut self, supposed: Findings, without: &Findings) {
        fn of(one: &Opening) -> [&str; 4] {
            [&one.item, &one.breakdown, &one.group, &one.what]
        }
        if !supposed.contradictions.is_empty() {
            return;
        }
        for opening in supposed.openings {
            let known = without.openings.iter().any(|one| of(one) == of(&opening));
            if !known && !self.openings.contains(&opening) {
                self.openings.push(opening);
            }
        }
    }

    /// Notes figures that cannot all be right.
    pub(super) fn contradiction(&mut self, item: &str) {
        self.contradictions.push(format!(
            "{}: the figures of `{item}` contradict one another, so that nothing can be had from them",
            self.council
        ));
    }

    /// The range of each of a table's wanted figures; `None` where there is nothing to say.
    pub(super) fn ranges(
        &mut self,
        item: &str,
        groups: &Groups,
        cells: &Cells,
    ) -> Option<Vec<Range>> {
        if cells.wanted.is_empty() {
            return None;
        }
        if groups.too_many {
            self.unfinished(item, "there are too many groups");
            return None;
        }
        let spoken: Vec<&Sum> = groups.sums.iter().filter(|s| cells.speaks_of(s)).collect();
        match cells.ranges(&tight(&spoken, groups.names.len())) {
            Outcome::Ranges(ranges) if all_hold_a_number(cells, &ranges) => return Some(ranges),
            Outcome::Unfinished => {
                self.unfinished(item, "its groups are tied together in too many ways");
            }
            // Totals that were each rounded down do not add up to the last one.
            Outcome::Contradiction | Outcome::Ranges(_)
                if cells.slack == 0.0 && cells.levels == 1 =>
            {
                let mut loose = cells.clone();
                loose.slack = 1.0;
                loose.whole = true;
                return self.ranges(item, groups, &loose);
            }
            Outcome::Contradiction | Outcome::Ranges(_) => self.contradiction(item),
        }
        None
    }

    /// Attacks one table of groups.
    pub(super) fn table(&mut self, item: &str, groups: &Groups, cells: &Cells) {
        let Some(ranges) = self.ranges(item, groups, cells) else {
            return;
        };
        let spoken: Vec<&Sum> = groups.sums.iter().filter(|s| cells.speaks_of(s)).collect();
        let mut recovery = Recovery::of(groups, spoken);
        for (index, (wanted, range)) in cells.wanted.iter().zip(ranges).enumerate() {
            let (size, unit) = measured(wanted.kind, range);
            let is_safe = wanted.kind.is_safe(range, true);
            let may_be_obvious = wanted.kind != Kind::Single;
            if !is_safe && may_be_obvious && obvious(cells, groups, index, range) {
                self.tried(family(&wanted.what), f64::INFINITY, unit);
                continue;
            }
            self.tried(family(&wanted.what), size, unit);
            if is_safe {
                continue;
            }
            let how = match recovery.of_group(cells, wanted) {
                Some(from) => from,
                None => bounded(groups, cells, wanted),
            };
            let name = &groups.names[wanted.cell];
            let at = (item, (name.0.as_str(), name.1.as_str()));
            self.open(at, &wanted.what, Some(whole_ends(wanted.kind, range)), how);
        }
    }
}

/// Whether there is a whole number in the range of each count: where there is none, no people can
/// have given these figures.
fn all_hold_a_number(cells: &Cells, ranges: &[Range]) -> bool {
    let mut wanted = cells.wanted.iter().zip(ranges);
    wanted.all(|(wanted, range)| {
        let ends = whole_ends(wanted.kind, *range);
        !range.low.is_finite() || !range.high.is_finite() || ends.low <= ends.high
    })
}

/// "answers" of "answers: agree".
fn family(what: &str) -> &str {
    what.split(':').next().unwrap_or(what)
}

fn measured(kind: Kind, range: Range) -> (f64, &'static str) {
    match kind {
        Kind::Count | Kind::Single | Kind::Known => (range.whole_numbers(), "whole numbers"),
        Kind::Points => (range.width(), "points"),
        Kind::Amount => {
            let middle = (range.high + range.low) / 2.0;
            let share = if middle > 0.0 {
                100.0 * range.width() / middle
            } else {
                0.0
            };
            (share, "% of the middle")
        }
    }
}

fn whole_ends(kind: Kind, range: Range) -> Range {
    match kind {
        Kind::Count | Kind::Single | Kind::Known => Range {
            // Never -0.
            low: (range.low - 1e-6).ceil().abs(),
            high: (range.high + 1e-6).floor(),
        },
        Kind::Points | Kind::Amount => Range {
            low: hundredths(range.low),
            high: hundredths(range.high),
        },
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// Whether what is printed of the group itself, or of one group that holds it, says as much
/// without any other figure: nothing is worked out then. A total of points is never obvious.
fn obvious(cells: &Cells, groups: &Groups, index: usize, range: Range) -> bool {
    let wanted = &cells.wanted[index];
    // A group of no parts holds nobody by what it is, whatever is printed.
    let of_nobody = |sum: &Sum| sum.parent == wanted.cell && sum.parts.is_empty();
    if groups
        .sums
        .iter()
        .any(|sum| sum.is_exact() && of_nobody(sum))
    {
        return true;
    }
    let nobody = wanted.kind == Kind::Points && range.high <= 1e-6;
    if wanted.kind == Kind::Points && !nobody {
        return false;
    }
    let tells = |holder| {
        cells
            .by_itself(index, holder)
            .is_some_and(|own| own.width() <= range.width() + 1e-6)
    };
    tells(None)
        || groups
            .holders(wanted.cell)
            .into_iter()
            .any(|holder| cells.present[holder] && tells(Some(holder)))
}

fn bounded(groups: &Groups, cells: &Cells, wanted: &Wanted) -> String {
    let mut near: Vec<usize> = Vec::new();
    for sum in &groups.sums {
        let mut members = sum.parts.iter().chain(&sum.others).chain([&sum.parent]);
        if !members.any(|cell| *cell == wanted.cell) {
            continue;
        }
        for cell in sum.parts.iter().chain([&sum.parent]) {
            let printed = !cells.facts[*cell].is_empty() && *cell != wanted.cell;
            if printed && !near.contains(cell) {
                near.push(*cell);
            }
        }
    }
    near.sort_unstable();
    if near.is_empty() {
        return "What is printed of the groups that share people with it leaves no more room."
            .into();
    }
    format!(
        "What is printed of {} leaves no more room, whatever else is true.",
        groups.listed(&near)
    )
}
