//! A crowd and what is withheld of it out of numbers, for fuzzing: planned, and the plan
//! looked at once more.

use super::crowd::{Crowd, Kind, Place};
use super::plan::plan;

const THRESHOLD: u64 = 10;

/// Draws a crowd with `below`, which gives a number below the one that it is given, and plans
/// what to withhold.
///
/// # Panics
/// Where a plan that is said to hide everything leaves a group open, shows one that was
/// withheld for its own sake, or withholds one that may not be.
pub(crate) fn planned(mut below: impl FnMut(usize) -> usize) {
    let groups = 2 + below(14);
    let bits = 1 + below(6);
    let answers = below(2) * 5;
    let amounts = below(3);
    let kinds: Vec<Kind> = (0..1 + below(12))
        .map(|_| {
            let mut own = if below(8) == 0 { Vec::new() } else { vec![0] };
            own.extend((0..bits).map(|_| 1 + below(groups - 1)));
            own.sort_unstable();
            own.dedup();
            let most = [4, 12, 40, 400][below(4)];
            let tally: Vec<u64> = (0..answers).map(|_| below(most) as u64).collect();
            let people = match answers {
                0 => below(most) as u64,
                _ => tally.iter().sum(),
            };
            let tallies = if answers == 0 {
                Vec::new()
            } else {
                vec![tally]
            };
            let amounts = (0..amounts).map(|_| below(most) as f64 / 4.0).collect();
            Kind {
                groups: own,
                people,
                tallies,
                amounts,
            }
        })
        .collect();
    let size = |group: usize| {
        let held = kinds.iter().filter(|kind| kind.groups.contains(&group));
        held.map(|kind| kind.people).sum()
    };
    let places: Vec<Place> = (0..groups)
        .map(|group| Place {
            size: size(group),
            may_hide: group != 0 && below(10) != 0,
            scope: below(5) == 0,
            known: below(12) == 0,
            rolled: group != 0 && below(12) == 0,
            sized: below(4) == 0,
        })
        .map(|place| Place {
            // As in a check: what is known anyhow, or rolls others together, hides nobody.
            may_hide: place.may_hide && !place.known && !place.rolled,
            ..place
        })
        .collect();
    let own: Vec<bool> = places
        .iter()
        .enumerate()
        .map(|(at, place)| at != 0 && !place.known && (place.size < THRESHOLD || below(6) == 0))
        .collect();
    let may_hide: Vec<bool> = places.iter().map(|place| place.may_hide).collect();
    let scale = match answers {
        0 => Vec::new(),
        _ => (0..5)
            .map(|at: u8| (25.0 * f64::from(at), [0, 0, 1, 2, 2][usize::from(at)]))
            .collect(),
    };
    let crowd = Crowd::new(kinds, places, THRESHOLD, scale);
    let mut hidden = own.clone();
    // Now and then so few looks that what is planned is cut short.
    let looks = match below(4) {
        0 => below(3_000) as u64,
        _ => u64::MAX,
    };
    let done = plan(&crowd, &mut hidden, looks);
    for (at, now) in hidden.iter().enumerate() {
        assert!(*now || !own[at], "group {at} is shown");
        assert!(!*now || own[at] || may_hide[at], "group {at} is withheld");
    }
    assert!(!done || crowd.hides_all(&hidden), "left open");
}
