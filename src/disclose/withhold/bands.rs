//! How far case holders may be told of by their caseloads: who holds how much, and what other
//! measures of the same people tell, in; the form of each sort of group out.
//!
//! Bands stand beside the share of high caseloads and are planned as the answers to a question
//! are. What is new is that other measures may count the same people by another line: the
//! council's own ceiling, say. A count above 18 beside one above 16 tells of those between, so
//! no two lines may stand one or two people apart, and a share that is withheld must still be any
//! of five.

use super::super::answers::{Form, Forms, Judge, Sort};
use super::super::crowd::Hiding;
use super::super::threshold::{FURTHER_VALUES, Verdict};
use super::OfItem;
use crate::assess::bands::Loads;
use crate::assessment::Membership;
use crate::check::Kind;
use crate::data::AnswerCounts;
use crate::national::{BAND_ENDS, BANDED, BANDS, is_one_or_two};

/// Lines that only bands draw, by form: the places in the list of ends.
fn lines(form: Form) -> &'static [usize] {
    match form {
        Form::Fine => &[0, 1, 3],
        Form::Coarse => &[1],
        Form::Upper | Form::Lower | Form::None => &[],
    }
}

/// The line that the share of high caseloads draws anyhow.
const DRAWN: usize = 2;

impl OfItem<'_> {
    /// How far bands may be told of.
    pub(super) fn band_forms(&self, verdicts: &[Verdict]) -> Forms {
        let Some(behind) = &self.banded else {
            return Forms::default();
        };
        let any_hidden = (0..self.hidden.len()).any(|at| self.hidden[at] && !self.is_rolled(at));
        let safe = behind.crowd.worst_hidden(&self.places(behind)) == Hiding::Splits;
        let told: Vec<Told<'_>> = self
            .range
            .clone()
            .map(|at| self.told(at, verdicts))
            .collect();
        let open: Vec<(Sort<'_>, &AnswerCounts)> = told
            .iter()
            .filter(|one| !one.rolled)
            .filter_map(|one| Some((one.sort, one.counts?)))
            .collect();
        let others = self.other_lines(verdicts);
        let may = |sort: Sort<'_>, form: Form| {
            let mut own = told.iter().filter(|one| one.sort == sort);
            own.all(|one| match one.counts {
                // What is rolled together would be what the others leave.
                Some(counts) => {
                    (!one.rolled || form.fits_bands(&counts.scored, true))
                        && others
                            .iter()
                            .all(|line| line.goes_with(form, one.group, counts))
                }
                // Bands of all others would tell those of a group without.
                None => !one.lacks,
            })
        };
        Forms::of((&Judge::Bands(&may), BANDS), &open, any_hidden, safe, false)
    }

    fn told(&self, at: usize, verdicts: &[Verdict]) -> Told<'_> {
        let finding = &self.assessment.findings[at];
        let group = &self.assessment.groups[finding.group];
        let national = finding.national.as_ref();
        let counts = national.and_then(|own| own.bands.as_ref());
        let has_people = national.is_some_and(|own| own.people.is_some_and(|people| people > 0));
        let shown = !verdicts[at].national;
        Told {
            group: finding.group,
            sort: Sort::of(group),
            rolled: group.is_rolled(),
            counts: counts.filter(|_| shown),
            lacks: shown && has_people && counts.is_none() && !group.is_rolled(),
        }
    }

    /// What the council's own measures count among the same people.
    fn other_lines(&self, verdicts: &[Verdict]) -> Vec<Line> {
        let mut memberships = self.assessment.memberships.iter();
        let Some(membership) = memberships.find(|one| one.table.id == "workers") else {
            return Vec::new();
        };
        let Some(loads) = Loads::of(&membership.table) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (index, item) in self.check.items().iter().enumerate() {
            if !matches!(item.local.kind, Kind::Measure(_)) {
                continue;
            }
            let of_item = || {
                let findings = self.assessment.findings.iter().zip(verdicts);
                findings.filter(move |(finding, _)| finding.item == index)
            };
            let Some((whole, _)) = of_item().find(|(finding, _)| finding.group == 0) else {
                continue;
            };
            // The nation's own reading of high caseloads is what the bands stand beside.
            let is_banded = item.id == BANDED && whole.national.is_some();
            let mut of_lines: Vec<Line> = (whole.local.contributions.iter())
                .filter(|part| part.counted && part.table == "workers")
                .filter_map(|part| {
                    let rows = part.rows.iter().zip(part.values.iter());
                    let counted = rows
                        .filter(|(_, value)| **value != 0.0)
                        .map(|(row, _)| *row);
                    Line::of(membership, &loads, &counted.collect::<Vec<_>>())
                })
                .filter(|line| !(is_banded && line.is_drawn_anyhow()))
                .collect();
            // Of a formula of each row it cannot be told whether it goes by cases.
            let of_cases = |(table, column): &(String, Option<String>)| {
                table == "workers" && column.as_deref().is_none_or(|column| column == "cases")
            };
            let is_quantile = of_item().any(|(one, _)| one.local.ranked.iter().any(of_cases));
            if is_quantile {
                of_lines.push(Line::of_a_person());
            }
            for (finding, verdict) in of_item() {
                for line in of_lines.iter_mut().filter(|_| verdict.local) {
                    line.withheld.push(finding.group);
                }
            }
            lines.extend(of_lines);
        }
        lines
    }
}

/// A group to which bands may be told.
struct Told<'a> {
    group: usize,
    sort: Sort<'a>,
    rolled: bool,
    /// Where its share of high caseloads is published.
    counts: Option<&'a AnswerCounts>,
    /// Whether its share is no secret, and yet it has no bands.
    lacks: bool,
}

/// People whom another measure counts: those above some other line.
struct Line {
    /// How many of each group are counted.
    of_group: Vec<u32>,
    /// For each end of a band: whether all who are counted hold more, and whether all who hold
    /// more are counted.
    within: [bool; BAND_ENDS.len()],
    holds: [bool; BAND_ENDS.len()],
    /// Groups in which the measure is withheld.
    withheld: Vec<usize>,
    /// Whether it is one person's own number.
    of_a_person: bool,
}

impl Line {
    /// `None` where it counts nobody.
    fn of(membership: &Membership, loads: &Loads<'_>, counted: &[u32]) -> Option<Self> {
        let mut is_counted = vec![false; membership.table.len];
        counted
            .iter()
            .for_each(|row| is_counted[*row as usize] = true);
        let groups = membership.groups.iter().max().map_or(0, |last| last + 1);
        let mut line = Self {
            of_group: vec![0; groups],
            within: [true; BAND_ENDS.len()],
            holds: [true; BAND_ENDS.len()],
            withheld: Vec::new(),
            of_a_person: false,
        };
        let mut of_kind = vec![0_u32; membership.kinds.len()];
        for (row, kind) in membership.kind_of.iter().enumerate() {
            let Some(kind) = kind else { continue };
            of_kind[kind as usize] += u32::from(is_counted[row]);
            // Who holds no case, or of whom it is not known, holds more than no line.
            let band = loads.band(row).unwrap_or(0);
            for end in 0..BAND_ENDS.len() {
                line.within[end] &= band > end || !is_counted[row];
                line.holds[end] &= band <= end || is_counted[row];
            }
        }
        for (groups, counted) in membership.kinds.iter().zip(&of_kind) {
            groups
                .iter()
                .for_each(|group| line.of_group[*group] += counted);
        }
        of_kind.iter().any(|counted| *counted > 0).then_some(line)
    }

    fn of_a_person() -> Self {
        Self {
            of_group: Vec::new(),
            within: [false; BAND_ENDS.len()],
            holds: [false; BAND_ENDS.len()],
            withheld: Vec::new(),
            of_a_person: true,
        }
    }

    /// Whether it is the line above which a caseload is high.
    fn is_drawn_anyhow(&self) -> bool {
        self.within[DRAWN] && self.holds[DRAWN]
    }

    /// Whether bands in a form may stand beside it in a group.
    fn goes_with(&self, form: Form, group: usize, bands: &AnswerCounts) -> bool {
        if self.of_a_person {
            return form == Form::None;
        }
        let counted = self.of_group.get(group).copied().unwrap_or(0);
        let over = |end: usize| bands.scored[end + 1..].iter().sum::<u32>();
        let drawn = || lines(form).iter().copied();
        // The most that it can be by what the bands tell, and the least, where that is nearer
        // than the line drawn anyhow.
        let nearer = |end: &usize| !self.within[DRAWN] || *end > DRAWN;
        let ends = drawn().filter(|end| self.within[*end]).filter(nearer);
        let most = ends.map(over).min();
        let nearer = |end: &usize| !self.holds[DRAWN] || *end < DRAWN;
        let ends = drawn().filter(|end| self.holds[*end]).filter(nearer);
        let least = ends.map(over).max();
        if self.withheld.contains(&group) {
            let drawn_anyhow = |nested: bool| nested.then(|| over(DRAWN));
            let high = most
                .into_iter()
                .chain(drawn_anyhow(self.within[DRAWN]))
                .min();
            let low = least
                .into_iter()
                .chain(drawn_anyhow(self.holds[DRAWN]))
                .max();
            let range = high
                .unwrap_or(bands.answered())
                .saturating_sub(low.unwrap_or(0));
            return (most.is_none() && least.is_none()) || u64::from(range) >= FURTHER_VALUES;
        }
        let apart = |other: u32| !is_one_or_two(other.abs_diff(counted));
        most.is_none_or(apart) && least.is_none_or(apart)
    }
}
