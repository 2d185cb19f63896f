//! Three teams, and a reader who goes through every council that could have printed what is
//! printed. It shares no code with the planner or the attacker: it counts in whole numbers of
//! people, answers and amounts, and knows the rounding and the published rule.

use super::drawn::{Dice, TEAMS};
use crate::assess::test_council::{TestCouncil, words, written};
use crate::check::Breakdown;
use crate::data::{Column, Policy, Table};
use crate::host::clear::Verdicts;
use crate::host::clear::cleared;
use crate::national::Service;
use crate::publication::{Figure, Publication, Reading};
use crate::source::Spanned;
use crate::validate;

/// A number for each team.
type Three = [i64; 3];

/// A group: its teams, and what is printed of it.
struct Seen<'p> {
    teams: [bool; 3],
    reading: &'p Reading,
}

impl Seen<'_> {
    fn of(&self, numbers: &Three) -> i64 {
        let held = numbers.iter().zip(self.teams).filter(|(_, held)| *held);
        held.map(|(number, _)| number).sum()
    }

    fn is_withheld(&self) -> bool {
        self.reading.value.symbol.as_deref() == Some("c")
    }

    /// Whether so many answers in each third are what is printed, and may be printed.
    fn may_print(&self, thirds: &[Three; 3]) -> bool {
        let own: Vec<i64> = thirds.iter().map(|third| self.of(third)).collect();
        let people: i64 = own.iter().sum();
        if self.is_withheld() {
            return true;
        }
        let right = number(&self.reading.n).is_none_or(|n| n as i64 == people);
        let lumps: Vec<i64> = match self.printed_lumps().as_slice() {
            [low, ..] if low.0 == "disagree or neither" => vec![own[0] + own[1], own[2]],
            [low, high] if low.0 == "disagree" && high.0 == "neither or agree" => {
                vec![own[0], own[1] + own[2]]
            }
            [] => Vec::new(),
            _ => own.clone(),
        };
        let printed: Vec<i64> = self.printed_lumps().iter().map(|(_, n)| *n).collect();
        right && lumps == printed && people >= 10 && !is_alike(&own)
    }

    fn printed_lumps(&self) -> Vec<(&str, i64)> {
        let answers = self.reading.answers.iter();
        answers
            .flat_map(|answers| &answers.counts)
            .filter_map(|part| Some((part.label.as_str(), number(&part.count)? as i64)))
            .collect()
    }
}

/// All, or all but one, in one third.
fn is_alike(thirds: &[i64]) -> bool {
    thirds.iter().max().unwrap_or(&0) + 1 >= thirds.iter().sum::<i64>()
}

fn number(figure: &Figure) -> Option<f64> {
    figure.value
}

/// The least and the most of something, and how many values it was seen to have.
#[derive(Clone, Default)]
struct Values(Vec<bool>);

impl Values {
    fn see(&mut self, value: i64) {
        let at = usize::try_from(value).expect("nothing here is below nought");
        if self.0.len() <= at {
            self.0.resize(at + 1, false);
        }
        self.0[at] = true;
    }

    fn many(&self) -> usize {
        self.0.iter().filter(|seen| **seen).count()
    }

    fn ends(&self) -> (i64, i64) {
        let low = self.0.iter().position(|seen| *seen).unwrap_or(0);
        (low as i64, self.0.len() as i64 - 1)
    }

    fn width(&self) -> i64 {
        self.ends().1 - self.ends().0
    }

    /// Whether it is a tenth less or more than the middle.
    fn is_vague(&self) -> bool {
        let (low, high) = self.ends();
        10 * (high - low) >= low + high && high > low
    }
}

/// Every way to share out so many among three teams.
fn shared(total: i64) -> impl Iterator<Item = Three> {
    (0..=total).flat_map(move |a| (0..=total - a).map(move |b| [a, b, total - a - b]))
}

/// Everything that may be true of the answers to a question; `None` where the whole or nobody
/// is withheld. Gives what a reader learns too much of.
fn opened_answers(groups: &[Seen<'_>], truth: &[Three; 3]) -> Option<Vec<String>> {
    let whole = groups.first()?;
    let hidden: Vec<&Seen> = groups.iter().filter(|group| group.is_withheld()).collect();
    if whole.is_withheld() || hidden.is_empty() {
        return None;
    }
    let people = number(&whole.reading.n)? as i64;
    let is_reason = |group: &&Seen, thirds: &[Three; 3]| {
        let own: Vec<i64> = thirds.iter().map(|third| group.of(third)).collect();
        own.iter().sum::<i64>() < 10 || is_alike(&own)
    };
    // What was held back further has no such reason to be known by.
    let ruled = hidden.iter().any(|group| is_reason(group, truth));
    let mut seen = vec![vec![Values::default(); 5]; hidden.len()];
    let enough = |seen: &[Vec<Values>]| {
        seen.iter().all(|own| {
            own[0].many() >= 5
                && own[1].width() >= 4
                && own[2..].iter().all(|part| part.many() >= 5)
        })
    };
    'all: for low in 0..=people {
        for middle in 0..=people - low {
            let high = people - low - middle;
            // The whole first: most are ruled out by it.
            let sizes = [[low, 0, 0], [middle, 0, 0], [high, 0, 0]];
            if !whole.may_print(&sizes) {
                continue;
            }
            for a in shared(low) {
                for b in shared(middle) {
                    for c in shared(high) {
                        let thirds = [a, b, c];
                        if !groups.iter().all(|group| group.may_print(&thirds))
                            || (ruled && !hidden.iter().any(|group| is_reason(group, &thirds)))
                        {
                            continue;
                        }
                        let totals = totals(groups, &hidden, &thirds);
                        for ((own, group), totals) in seen.iter_mut().zip(&hidden).zip(totals) {
                            let Some((least, most)) = totals else {
                                continue;
                            };
                            own[0].see(thirds.iter().map(|third| group.of(third)).sum());
                            own[1].see(least);
                            own[1].see(most);
                            for (part, third) in own[2..].iter_mut().zip(&thirds) {
                                part.see(group.of(third));
                            }
                        }
                        if enough(&seen) {
                            break 'all;
                        }
                    }
                }
            }
        }
    }
    let told = groups.iter().filter(|group| !group.is_withheld());
    let printed: Vec<(&Seen, Three)> = told
        .filter_map(|one| Some((one, most_of(one, number(&one.reading.n)? as i64))))
        .collect();
    let mut opened = Vec::new();
    for (own, group) in seen.iter().zip(&hidden) {
        let truly: i64 = truth.iter().map(|third| group.of(third)).sum();
        if truly > 0 && own[0].many() < 5 {
            opened.push(format!("{:?} number {:?}", group.teams, own[0].ends()));
        }
        if truly > 0 && own[1].width() < 4 {
            opened.push(format!("{:?} points {:?}", group.teams, own[1].ends()));
        }
        for (third, part) in own[2..].iter().enumerate() {
            // What is printed of one group that holds it may say as much.
            let holds =
                |one: &&(&Seen, Three)| (0..3).all(|team| one.0.teams[team] || !group.teams[team]);
            let by_one = printed
                .iter()
                .filter(holds)
                .map(|one| one.1[third] + 1)
                .min();
            if truly > 0 && (part.many() as i64) < by_one.unwrap_or(5).min(5) {
                opened.push(format!("{:?} third {third} {:?}", group.teams, part.ends()));
            }
        }
    }
    Some(opened)
}

/// The most answers in each third that a group's own number, mean and split allow: of ten
/// whose mean is low few agree, and so few in any group within.
fn most_of(printed: &Seen<'_>, people: i64) -> Three {
    let mut most = [0; 3];
    for low in 0..=people {
        for middle in 0..=people - low {
            let thirds = [low, middle, people - low - middle].map(|all| [all, 0, 0]);
            let alone = Seen {
                teams: [true; 3],
                reading: printed.reading,
            };
            let steps = totals(std::slice::from_ref(&alone), &[&alone], &thirds);
            if alone.may_print(&thirds) && steps[0].is_some() {
                for (most, third) in most.iter_mut().zip(&thirds) {
                    *most = (*most).max(third[0]);
                }
            }
        }
    }
    most
}

/// For each withheld group the least and the most steps of points, if the printed means can
/// be had at all from so many answers in each third.
fn totals(
    groups: &[Seen<'_>],
    hidden: &[&Seen<'_>],
    thirds: &[Three; 3],
) -> Vec<Option<(i64, i64)>> {
    let least = |team: usize| 2 * thirds[1][team] + 3 * thirds[2][team];
    let most = |team: usize| thirds[0][team] + 2 * thirds[1][team] + 4 * thirds[2][team];
    // Steps between which a printed mean lies.
    let bounds: Vec<(&Seen, i64, i64)> = groups
        .iter()
        .filter_map(|group| {
            let mean = number(&group.reading.value)?;
            let n = thirds.iter().map(|third| group.of(third)).sum::<i64>() as f64;
            let low = (n * (mean - 0.05) / 25.0 - 1e-9).ceil() as i64;
            let high = (n * (mean + 0.05) / 25.0 + 1e-9).floor() as i64;
            Some((group, low, high))
        })
        .collect();
    let mut found = vec![None; hidden.len()];
    for a in least(0)..=most(0) {
        for b in least(1)..=most(1) {
            let (mut low, mut high) = (least(2), most(2));
            for (group, least, most) in &bounds {
                let others = group.of(&[a, b, 0]);
                if group.teams[2] {
                    low = low.max(least - others);
                    high = high.min(most - others);
                } else if !(*least..=*most).contains(&others) {
                    high = low - 1;
                }
            }
            if low > high {
                continue;
            }
            for (found, group) in found.iter_mut().zip(hidden) {
                let ends = (group.of(&[a, b, low]), group.of(&[a, b, high]));
                let known = found.get_or_insert(ends);
                *known = (known.0.min(ends.0), known.1.max(ends.1));
            }
        }
    }
    found
}

/// The same of a share: what it is a share of, and how much of that. `people`: it is a share of
/// people, and none is printed that points at one or two of them.
fn opened_shares(groups: &[Seen<'_>], truth: &[Three; 2], people: bool) -> Option<Vec<String>> {
    let whole = groups.first()?;
    let hidden: Vec<&Seen> = groups.iter().filter(|group| group.is_withheld()).collect();
    let all = truth.map(|part| part.iter().sum::<i64>());
    if whole.is_withheld() || hidden.is_empty() {
        return None;
    }
    let may_print = |group: &Seen, base: &Three, part: &Three| {
        let (base, part) = (group.of(base), group.of(part));
        let Some(value) = number(&group.reading.value) else {
            return true;
        };
        let points_at = |n: i64| people && (1..=2).contains(&n);
        let n = number(&group.reading.n).filter(|_| people);
        n.is_none_or(|n| n as i64 == base)
            && (100.0 * part as f64 - value * base as f64).abs() <= 0.05 * base as f64 + 1e-9
            && !points_at(part)
            && !points_at(base - part)
    };
    let mut seen = vec![[Values::default(), Values::default()]; hidden.len()];
    let is_safe =
        |own: &[Values; 2]| (!people || own[0].many() >= 5) && own.iter().all(Values::is_vague);
    // A base of full-time equivalents is printed rounded, and the part follows from the share.
    let around = if people { 0 } else { 1 };
    'all: for base in shared(all[0]) {
        if !groups.iter().all(|group| {
            !people || number(&group.reading.n).is_none_or(|n| n as i64 == group.of(&base))
        }) {
            continue;
        }
        for sum in (all[1] - around).max(0)..=all[1] + around {
            for part in shared(sum) {
                let fits = !people || (0..3).all(|team| part[team] <= base[team]);
                if !fits || !groups.iter().all(|group| may_print(group, &base, &part)) {
                    continue;
                }
                for (own, group) in seen.iter_mut().zip(&hidden) {
                    own[0].see(group.of(&base));
                    own[1].see(group.of(&part));
                }
                if seen.iter().all(is_safe) {
                    break 'all;
                }
            }
        }
    }
    let opened = seen
        .iter()
        .zip(&hidden)
        .filter(|(own, group)| group.of(&truth[0]) > 0 && group.of(&truth[1]) > 0 && !is_safe(own));
    let said = opened.map(|(own, group)| {
        format!(
            "{:?} {:?} of {:?}",
            group.teams,
            own[1].ends(),
            own[0].ends()
        )
    });
    Some(said.collect())
}

/// Sheets, case holders and totals of three teams, and one to three groupings of them.
struct Tiny {
    groupings: Vec<Three>,
    /// How many of each team gave each answer.
    answers: [[i64; 5]; 3],
    /// Case holders, and those of them far above the usual load.
    holders: [Three; 2],
    /// Full-time equivalents, and those who left.
    posts: [Three; 2],
}

const GROUPINGS: [Three; 4] = [[0, 1, 2], [0, 1, 1], [1, 0, 1], [1, 1, 0]];

impl Tiny {
    fn drawn(dice: &mut Dice) -> Self {
        let mut groupings: Vec<Three> = GROUPINGS.to_vec();
        groupings.retain(|_| dice.once_in(2));
        if groupings.is_empty() {
            groupings.push(GROUPINGS[dice.up_to(3)]);
        }
        let mut three = |most: usize| [0; 3].map(|_| 1 + dice.up_to(most) as i64);
        let (holders, posts) = (three(10), three(17));
        let mut below = |all: Three| all.map(|all| dice.up_to(all as usize) as i64);
        let (high, left) = (below(holders), below(posts.map(|all| all / 3)));
        let mut answers = [[0; 5]; 3];
        for team in &mut answers {
            for _ in 0..1 + dice.up_to(9) {
                team[dice.up_to(4)] += 1;
            }
        }
        Self {
            groupings,
            answers,
            holders: [holders, high],
            posts: [posts, left],
        }
    }

    fn published(&self) -> Option<Publication> {
        let mut council = TestCouncil::new(&[Service::Adults]).questions("welfare", 1);
        let national = validate::national().iter();
        let of =
            national.filter(|one| ["high-caseloads", "turnover-rate"].contains(&one.id.as_str()));
        council.parts.items.extend(of.cloned());
        for (at, grouping) in self.groupings.iter().enumerate() {
            let named = |group: i64| -> Vec<Spanned<String>> {
                let held = (0..3).filter(|team| grouping[*team] == group);
                held.map(|team| written(TEAMS[team])).collect()
            };
            council.parts.breakdowns.push(Breakdown {
                id: format!("b{at}"),
                tables: ["survey", "workers", "workforce"]
                    .map(str::to_owned)
                    .to_vec(),
                by: "team".into(),
                groups: (0..3)
                    .map(|group| (group.to_string(), named(group)))
                    .filter(|(_, teams)| !teams.is_empty())
                    .collect(),
            });
        }
        for (team, answers) in self.answers.iter().enumerate() {
            for (answer, people) in answers.iter().enumerate() {
                let sheet = [Some(answer as u8)];
                council = council.sheets(
                    *people as usize,
                    Some(Service::Adults),
                    Some(TEAMS[team]),
                    &sheet,
                );
            }
        }
        let workers = (0..3).flat_map(|team| {
            let (all, high) = (self.holders[0][team], self.holders[1][team]);
            (0..all).map(move |at| (team, if at < high { 25.0 } else { 10.0 }))
        });
        let workers: Vec<(usize, f64)> = workers.collect();
        let cases = workers.iter().map(|(_, cases)| *cases).collect();
        let fte = vec![1.0; workers.len()];
        let teams: Vec<usize> = workers.iter().map(|(team, _)| *team).collect();
        council = council.brought(table(
            "workers",
            Policy::MostRows,
            &teams,
            [("cases", cases), ("fte", fte)],
        ));
        let [posts, left] = self.posts.map(|all| all.map(|one| one as f64).to_vec());
        let columns = [("in_post_fte", posts), ("leavers_fte", left)];
        council = council.brought(table("workforce", Policy::AllRows, &[0, 1, 2], columns));
        cleared(
            "tiny",
            &council.check(),
            &council.assess(),
            &[],
            &[],
            &Verdicts::none(),
        )
        .ok()
        .map(|(publication, _)| publication)
    }

    fn groups<'p>(&self, page: &'p Publication, item: &str) -> Vec<Seen<'p>> {
        let item = page.items.iter().find(|one| one.id == item);
        let findings = item.into_iter().flat_map(|item| &item.findings);
        let found = findings.filter_map(|finding| {
            let at = finding
                .breakdown
                .strip_prefix('b')
                .and_then(|at| at.parse::<usize>().ok());
            // What is rolled together is the sum of the groups that it names.
            let group = page.groups.iter().find(|group| {
                (&group.breakdown, &group.name) == (&finding.breakdown, &finding.group)
            });
            let holds = |name: String| {
                name == finding.group || group.is_some_and(|group| group.rolls.contains(&name))
            };
            let teams = match (at, finding.breakdown.as_str()) {
                (Some(at), _) => self.groupings[at].map(|group| holds(group.to_string())),
                (None, "whole") => [true; 3],
                _ => return None,
            };
            Some(Seen {
                teams,
                reading: finding.national.as_ref().unwrap_or(&finding.local),
            })
        });
        found.collect()
    }
}

fn table<const N: usize>(
    id: &str,
    policy: Policy,
    teams: &[usize],
    numbers: [(&str, Vec<f64>); N],
) -> Table {
    let numbers = numbers.map(|(name, values)| {
        (
            name.to_owned(),
            Column::Number(values.into_iter().map(Ok).collect()),
        )
    });
    let team = words(teams.iter().map(|team| Some(TEAMS[*team])));
    let mut columns: std::collections::BTreeMap<String, Column> = numbers.into_iter().collect();
    columns.insert("team".into(), team);
    columns.insert(
        "service".into(),
        words(teams.iter().map(|_| Some("adults"))),
    );
    Table {
        id: id.into(),
        policy,
        len: teams.len(),
        known: columns.keys().cloned().collect(),
        columns,
        brought: true,
        here: true,
    }
}

#[test]
fn every_council_that_could_have_printed_it_leaves_what_is_withheld_in_doubt() {
    let councils = if cfg!(debug_assertions) { 24 } else { 4_000 };
    let mut looked = [0; 3];
    let mut opened: Vec<String> = Vec::new();
    for seed in 0..councils {
        let tiny = Tiny::drawn(&mut Dice::seeded(seed));
        let Some(page) = tiny.published() else {
            continue;
        };
        let third = |of: &[usize]| {
            [0, 1, 2].map(|team: usize| of.iter().map(|answer| tiny.answers[team][*answer]).sum())
        };
        let thirds = [third(&[0, 1]), third(&[2]), third(&[3, 4])];
        let found = [
            opened_answers(&tiny.groups(&page, "welfare-1"), &thirds),
            opened_shares(&tiny.groups(&page, "high-caseloads"), &tiny.holders, true),
            opened_shares(&tiny.groups(&page, "turnover-rate"), &tiny.posts, false),
        ];
        for (looked, found) in looked.iter_mut().zip(found) {
            let Some(found) = found else { continue };
            *looked += 1;
            opened.extend(found.into_iter().map(|what| format!("{seed}: {what}")));
        }
    }
    println!(
        "of {councils} councils of three teams, questions, shares and amounts gone through: {looked:?}"
    );
    assert!(looked.iter().all(|looked| *looked > 0), "{looked:?}");
    assert!(
        opened.is_empty(),
        "{}: {:#?}",
        opened.len(),
        &opened[..opened.len().min(12)]
    );
}
