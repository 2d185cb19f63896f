//! The planner against a reader who tries everything.
//!
//! The reader here shares no code with the planner: it knows every published number and
//! total, every combination of groups that occurs, the threshold, and that some withheld
//! group is below it; and it goes through whole numbers of people until it has found, or
//! ruled out, five values.

use super::super::crowd::{Crowd, Kind, Place};
use super::plan;
use crate::stop::stoppable;
use random::Random;
use reader::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

mod random;
mod reader;

const THRESHOLD: u64 = 10;
const COUNCILS: usize = 10_000;
/// Councils of people one by one.
const RINGED: usize = 100;

/// A council made by chance: who lies where, and how each answered.
struct Council {
    kinds: Vec<Kind>,
    /// The whole is the first.
    groups: usize,
}

impl Council {
    fn crowd(&self) -> Crowd {
        self.crowd_with(&[])
    }

    /// The same, where these of its groups are services.
    fn crowd_with(&self, scopes: &[usize]) -> Crowd {
        let size = |group: usize| {
            let held = self
                .kinds
                .iter()
                .filter(|kind| kind.groups.contains(&group));
            held.map(|kind| kind.people).sum()
        };
        let places = (0..self.groups)
            .map(|group| Place {
                size: size(group),
                may_hide: group != 0,
                scope: scopes.contains(&group),
                known: false,
                rolled: false,
                sized: false,
            })
            .collect();
        let scale = (0..5).map(|index| (25.0 * f64::from(index), [0, 0, 1, 2, 2][index as usize]));
        Crowd::new(self.kinds.clone(), places, THRESHOLD, scale.collect())
    }

    /// With one more group that rolls some of the others together.
    fn rolling(&self, rolls: &[usize]) -> Self {
        let mut kinds = self.kinds.clone();
        for kind in &mut kinds {
            if kind.groups.iter().any(|group| rolls.contains(group)) {
                kind.groups.push(self.groups);
            }
        }
        let groups = self.groups + 1;
        Self { kinds, groups }
    }

    fn people(&self, group: usize) -> u64 {
        let held = self
            .kinds
            .iter()
            .filter(|kind| kind.groups.contains(&group));
        held.map(|kind| kind.people).sum()
    }

    fn answers(&self, group: usize) -> Vec<u64> {
        let mut counts = vec![0; 5];
        for kind in self
            .kinds
            .iter()
            .filter(|kind| kind.groups.contains(&group))
        {
            counts
                .iter_mut()
                .zip(&kind.tallies[0])
                .for_each(|(all, own)| *all += own);
        }
        counts
    }

    /// What is withheld for its own sake.
    fn primaries(&self) -> Vec<bool> {
        (0..self.groups)
            .map(|group| {
                let most = self.answers(group).into_iter().max().unwrap_or(0);
                self.people(group) < THRESHOLD || most + 1 >= self.people(group)
            })
            .collect()
    }
}

/// One to six classifications, each across the others, within one of them, or leaving some
/// people out.
fn council(random: &mut Random, most_groups: usize) -> Council {
    loop {
        let classifications = 1 + random.below(6);
        let combinations = 3 + random.below(3);
        let mut lies_in: Vec<Vec<usize>> = vec![vec![0]; combinations];
        let mut groups = 1;
        let mut before: Vec<Vec<usize>> = Vec::new();
        for _ in 0..classifications {
            let own = 2 + random.below(2);
            let nested = !before.is_empty() && random.below(3) == 0;
            let leaves_out = random.below(6) == 0;
            let of: Vec<usize> = (0..combinations)
                .map(|at| match before.last() {
                    Some(parent) if nested => parent[at] % own,
                    _ => random.below(own),
                })
                .collect();
            for (at, own_group) in of.iter().enumerate() {
                if !(leaves_out && *own_group == 0) {
                    lies_in[at].push(groups + own_group);
                }
            }
            groups += own;
            before.push(of);
        }
        lies_in.sort();
        lies_in.dedup();
        if groups > most_groups || lies_in.len() < 2 {
            continue;
        }
        let kinds = lies_in
            .into_iter()
            .map(|groups| {
                let people = 1 + random.below(12);
                let mut answers = vec![0; 5];
                (0..people).for_each(|_| answers[random.below(5)] += 1);
                Kind {
                    groups,
                    people: people as u64,
                    tallies: vec![answers],
                    amounts: Vec::new(),
                }
            })
            .collect();
        return Council { kinds, groups };
    }
}

/// The whole, and a group for each team: people, and what they bring.
fn teams(teams: &[(u64, f64)]) -> Crowd {
    let kind = |(at, (people, amount)): (usize, &(u64, f64))| Kind {
        groups: vec![0, at + 1],
        people: *people,
        tallies: Vec::new(),
        amounts: vec![*amount],
    };
    let whole = teams.iter().map(|(people, _)| people).sum();
    let sizes = std::iter::once(whole).chain(teams.iter().map(|(people, _)| *people));
    let places = sizes.enumerate().map(|(at, size)| Place {
        size,
        may_hide: at != 0,
        scope: false,
        known: false,
        rolled: false,
        sized: false,
    });
    let places = places.collect();
    let kinds = teams.iter().enumerate().map(kind).collect();
    Crowd::new(kinds, places, THRESHOLD, Vec::new())
}

#[test]
fn nothing_is_no_secret_among_those_who_bring_nothing() {
    // Five people without a leaver hide among those who had some, not with twelve who had none;
    // and these need others, of whom they may have had more.
    let mut hidden = [false, true, false, false, false];
    assert!(plan(
        &teams(&[(5, 0.0), (12, 0.0), (15, 8.0), (20, 4.0)]),
        &mut hidden,
        u64::MAX
    ));
    assert_eq!(hidden, [false, true, false, true, true]);
    // Where nobody has any, that is printed of the whole.
    let mut hidden = [false, true, false, false, false];
    assert!(plan(
        &teams(&[(5, 0.0), (12, 0.0), (15, 0.0), (20, 0.0)]),
        &mut hidden,
        u64::MAX
    ));
    assert_eq!(hidden, [false, true, true, false, false]);
}

#[test]
fn in_ten_thousand_councils_nobody_can_open_what_is_withheld_and_thresholds_alone_leak_in_most() {
    let mut random = Random(2026);
    let (mut leaking, mut with_withheld, mut whole_withheld) = (0, 0, 0);
    for _ in 0..COUNCILS {
        let council = council(&mut random, 19);
        let crowd = council.crowd();
        let primaries = council.primaries();
        if primaries[0] || !primaries.contains(&true) {
            continue;
        }
        with_withheld += 1;
        if !Reader::of(&council, &primaries).is_kept_guessing(false) {
            leaking += 1;
        }
        let mut hidden = primaries.clone();
        if !plan(&crowd, &mut hidden, u64::MAX) {
            whole_withheld += 1;
            continue;
        }
        assert!(hidden.iter().zip(&primaries).all(|(now, own)| *now || !own));
        let reader = Reader::of(&council, &hidden);
        assert!(
            reader.is_kept_guessing(council.groups <= 8 && with_withheld % 20 == 0),
            "{:?} with {hidden:?}",
            council
                .kinds
                .iter()
                .map(|k| (&k.groups, k.people, &k.tallies))
                .collect::<Vec<_>>()
        );
    }
    println!(
        "{with_withheld} councils with something withheld; thresholds alone leak in {leaking}; the whole withheld in {whole_withheld}"
    );
    assert!(with_withheld > 5_000);
    assert!(leaking * 2 > with_withheld, "{leaking} of {with_withheld}");
}

/// People one by one, each in one of some teams, of two localities that hold the teams, and of each of
/// two other classifications: most of them are alone in where they lie.
fn mixed_council(random: &mut Random) -> Council {
    let (teams, people) = (5 + random.below(4), 30 + random.below(30));
    let mut kinds: BTreeMap<Vec<usize>, Kind> = BTreeMap::new();
    for _ in 0..people {
        let team = random.below(teams);
        let mut groups = vec![0, 1 + team % 2, 3 + team];
        let mut next = 3 + teams;
        for own in [2, 3] {
            // The first of each are the most.
            let which = random.below(own + 1).saturating_sub(1);
            groups.push(next + which);
            next += own;
        }
        let kind = kinds.entry(groups.clone()).or_insert_with(|| Kind {
            groups,
            people: 0,
            tallies: vec![vec![0; 5]],
            amounts: Vec::new(),
        });
        kind.people += 1;
        kind.tallies[0][random.below(5)] += 1;
    }
    Council {
        kinds: kinds.into_values().collect(),
        groups: 3 + teams + 5,
    }
}

#[test]
fn what_is_hidden_in_rings_nobody_can_open_and_less_need_be_withheld_for_it() {
    let mut random = Random(2_027);
    let (mut cases, mut spared, mut more) = (0, 0, 0);
    while cases < RINGED {
        let council = mixed_council(&mut random);
        let primaries = council.primaries();
        if primaries[0] || !primaries.contains(&true) {
            continue;
        }
        cases += 1;
        let withheld = |crowd: &Crowd| {
            let mut hidden = primaries.clone();
            plan(crowd, &mut hidden, u64::MAX).then_some(hidden)
        };
        let in_rings = withheld(&council.crowd());
        let in_classes = withheld(&council.crowd().without_rings());
        let count = |hidden: &Option<Vec<bool>>| {
            let hidden = hidden.iter().flatten();
            hidden.filter(|hidden| **hidden).count()
        };
        match (&in_rings, &in_classes) {
            (Some(_), None) => spared += 1,
            (None, None) => continue,
            _ if count(&in_rings) < count(&in_classes) => spared += 1,
            _ => more += usize::from(count(&in_rings) > count(&in_classes)),
        }
        let hidden = in_rings.expect("what is hidden in classes is hidden in rings");
        assert!(
            Reader::patient(&council, &hidden).is_kept_guessing(false),
            "{:?} with {hidden:?}",
            council
                .kinds
                .iter()
                .map(|k| (&k.groups, k.people))
                .collect::<Vec<_>>()
        );
    }
    println!("{spared} of {cases} councils withhold less, {more} more");
    assert!(spared > cases / 4, "{spared}");
    assert!(more < cases / 20, "{more}");
}

/// Withheld groups, two or three of them, that no one lies in twice.
fn rolls(random: &mut Random, council: &Council, hidden: &[bool]) -> Option<Vec<usize>> {
    let withheld: Vec<usize> = (1..hidden.len()).filter(|group| hidden[*group]).collect();
    let mut rolls: Vec<usize> = Vec::new();
    for _ in 0..2 + random.below(2) {
        rolls.push(withheld[random.below(withheld.len())]);
    }
    rolls.sort_unstable();
    rolls.dedup();
    let in_one = |kind: &Kind| rolls.iter().filter(|g| kind.groups.contains(g)).count() < 2;
    (rolls.len() > 1 && council.kinds.iter().all(in_one)).then_some(rolls)
}

#[test]
fn where_what_is_rolled_together_may_be_told_nobody_can_open_its_parts() {
    let mut random = Random(4711);
    let (mut told, mut refused) = (0, 0);
    while told < 1_000 {
        let council = council(&mut random, 12);
        let primaries = council.primaries();
        let mut hidden = primaries.clone();
        if primaries[0]
            || !primaries.contains(&true)
            || !plan(&council.crowd(), &mut hidden, u64::MAX)
        {
            continue;
        }
        let Some(rolls) = rolls(&mut random, &council, &hidden) else {
            continue;
        };
        let council = council.rolling(&rolls);
        if council.primaries()[council.groups - 1] {
            continue;
        }
        hidden.push(false);
        if council.crowd().hides_all(&hidden) {
            told += 1;
            let every = told % 20 == 0 && council.groups <= 8;
            assert!(
                Reader::of(&council, &hidden).is_kept_guessing(every),
                "{rolls:?}"
            );
        } else {
            refused += 1;
        }
    }
    println!("{told} roll-ups told, {refused} refused");
    assert!(refused > 0);
}

/// The fewest groups withheld, of all choices that include those withheld for their own sake.
fn fewest(primaries: &[bool], enough: impl Fn(&[bool]) -> bool) -> Option<usize> {
    let free: Vec<usize> = (1..primaries.len()).filter(|at| !primaries[*at]).collect();
    let mut choices: Vec<u32> = (0..1_u32 << free.len()).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    choices.into_iter().find_map(|choice| {
        let mut hidden = primaries.to_vec();
        for (bit, group) in free.iter().enumerate() {
            hidden[*group] |= choice & (1 << bit) != 0;
        }
        let count = hidden.iter().filter(|hidden| **hidden).count();
        enough(&hidden).then_some(count)
    })
}

#[test]
fn at_most_twice_as_many_are_withheld_as_must_be() {
    let mut random = Random(7);
    let (mut cases, mut sum, mut most, mut beyond) = (0, 0.0, 0.0_f64, 0);
    let mut whole_too = 0;
    while cases < 300 {
        let council = council(&mut random, 8);
        let primaries = council.primaries();
        if primaries[0] || !primaries.contains(&true) {
            continue;
        }
        let optimum = fewest(&primaries, |hidden| {
            Reader::of(&council, hidden).is_kept_guessing(true)
        });
        let mut hidden = primaries.clone();
        let planned = plan(&council.crowd(), &mut hidden, u64::MAX);
        let Some(optimum) = optimum else {
            continue;
        };
        if !planned {
            whole_too += 1;
            continue;
        }
        cases += 1;
        let ratio = hidden.iter().filter(|hidden| **hidden).count() as f64 / optimum as f64;
        sum += ratio;
        most = most.max(ratio);
        beyond += usize::from(ratio > 2.0);
    }
    println!(
        "withheld against the fewest: mean {:.3}, most {most:.2}, beyond twice {beyond} of {cases}; the whole besides in {whole_too}",
        sum / f64::from(cases)
    );
    assert!(most <= 2.0, "{most}");
}

#[test]
fn the_choice_is_the_smallest_that_its_own_rule_allows() {
    let mut random = Random(99);
    let mut cases = 0;
    while cases < 300 {
        let council = council(&mut random, 8);
        let crowd = council.crowd();
        let primaries = council.primaries();
        if primaries[0] || !primaries.contains(&true) {
            continue;
        }
        let optimum = fewest(&primaries, |hidden| crowd.hides_all(hidden));
        let mut hidden = primaries.clone();
        let planned = plan(&crowd, &mut hidden, u64::MAX);
        let count = hidden.iter().filter(|hidden| **hidden).count();
        assert_eq!(planned.then_some(count), optimum);
        cases += 1;
    }
}

#[test]
fn services_are_withheld_only_where_no_choice_of_other_groups_does_it() {
    let scopes = [1, 2];
    let mut random = Random(101);
    let (mut cases, mut spared, mut taken) = (0, 0, 0);
    while cases < 600 {
        let council = council(&mut random, 8);
        let primaries = council.primaries();
        if council.groups < 4 || primaries[0] || !primaries.contains(&true) {
            continue;
        }
        let crowd = council.crowd_with(&scopes);
        let takes = |hidden: &[bool]| scopes.iter().any(|one| hidden[*one] && !primaries[*one]);
        let any = fewest(&primaries, |hidden| crowd.hides_all(hidden));
        let sparing = fewest(&primaries, |hidden| {
            crowd.hides_all(hidden) && !takes(hidden)
        });
        let mut hidden = primaries.clone();
        let planned = plan(&crowd, &mut hidden, u64::MAX);
        let count = hidden.iter().filter(|hidden| **hidden).count();
        assert_eq!(planned.then_some(count), sparing.or(any));
        assert_eq!(
            planned && takes(&hidden),
            any.is_some() && sparing.is_none()
        );
        cases += 1;
        taken += usize::from(planned && takes(&hidden));
        // Where all groups are alike, they go when they are the fewest or the smallest.
        let mut alike = primaries.clone();
        let planned = plan(&council.crowd(), &mut alike, u64::MAX);
        spared += usize::from(planned && takes(&alike) && !takes(&hidden));
    }
    assert!(spared > 10 && taken > 10, "spared {spared}, taken {taken}");
}

/// People who answered one by one, each in one of so many groups of each of so many breakdowns.
fn crossing(people: usize, breakdowns: usize, groups: usize) -> Crowd {
    let mut random = Random(31);
    let kinds: Vec<Kind> = (0..people)
        .map(|_| {
            let mut own = vec![0];
            own.extend((0..breakdowns).map(|at| 1 + at * groups + random.below(groups)));
            let mut tally = vec![0; 5];
            tally[random.below(5)] = 1;
            Kind {
                groups: own,
                people: 1,
                tallies: vec![tally],
                amounts: Vec::new(),
            }
        })
        .collect();
    let groups = 1 + breakdowns * groups;
    Council { kinds, groups }.crowd()
}

fn small(crowd: &Crowd) -> Vec<bool> {
    let sizes = crowd.places().iter().map(|place| place.size);
    sizes.map(|size| size < THRESHOLD).collect()
}

#[test]
fn hundreds_of_groups_that_cross_one_another_are_planned_with_a_bounded_number_of_looks() {
    let crowd = crossing(300, 5, 20);
    let mut hidden = small(&crowd);
    assert!(plan(&crowd, &mut hidden, u64::MAX));
    assert!(crowd.looked() < 2_000_000, "{} looks", crowd.looked());
    let given = hidden.iter().filter(|hidden| !**hidden).count();
    assert!(given > 1, "nothing but the whole is told");
    // Cut short, everything is hidden all the same, with more withheld than need be.
    for most in [0, 10_000, 100_000] {
        let crowd = crossing(1_500, 4, 99);
        let mut hidden = small(&crowd);
        let own = hidden.clone();
        let once = {
            crowd.hides_all(&hidden);
            crowd.looked()
        };
        assert!(plan(&crowd, &mut hidden, most));
        assert!(own.iter().zip(&hidden).all(|(own, now)| *now || !own));
        assert!(crossing(1_500, 4, 99).hides_all(&hidden));
        let looked = crowd.looked();
        assert!(
            looked < most + 400 * once,
            "{most}: {looked}, one look is {once}"
        );
    }
}

#[test]
fn a_plan_that_nobody_wants_any_more_ends_at_once() {
    let crowd = crossing(1_500, 4, 99);
    let mut hidden = small(&crowd);
    let stop = Arc::new(AtomicBool::new(true));
    stoppable(&stop, || plan(&crowd, &mut hidden, u64::MAX));
    assert!(crowd.looked() < 200_000, "{} looks", crowd.looked());
}
