//! What the change in an overall score is made of: published item scores in, parts in
//! tenths of a point out, which add up to the published difference exactly.
//!
//! With S* the score over the items scored and comparable both times, by the same rules
//! (the mean of items in each standard, the mean of the standards): answers, records and
//! statements are the items' changes times their weight in S*, by kind, and together
//! S*₁ − S*₀; coverage is (S₁ − S*₁) − (S₀ − S*₀). The arithmetic is on whole numbers.

use super::Years;
use super::figures::{is_withheld, score_tenths, signed};
use super::items::{Pair, national};
use crate::publication::{Item, Part, Publication, Scope, Split};

/// By how many tenths rounded item scores and rounded overall scores may at most disagree:
/// half a tenth for each of the four.
const ROUNDING: i128 = 2;

/// The parts, in the order of the page: id, title, kind of item.
const PARTS: [(&str, &str, &str); 5] = [
    ("answers", "Practitioners' answers", "question"),
    ("records", "Records", "measure"),
    ("statements", "The employer's statements", "statement"),
    ("coverage", "Coverage: what was scored", ""),
    ("edition", "Edition of the national core", ""),
];
const COVERAGE: usize = 3;

/// The parts of one scope's change; `why` it cannot be told, if it is known already.
pub(super) fn split(
    years: Years,
    then: Option<&Scope>,
    now: &Scope,
    pairs: &[Pair],
    why: Option<String>,
) -> Split {
    let told = why.map_or_else(|| parts(years, then, now, pairs), Err);
    match told {
        Ok((difference, parts)) => Split {
            told: true,
            why_not: String::new(),
            difference: Some(signed(difference)),
            parts,
        },
        Err(why_not) => Split {
            told: false,
            why_not,
            difference: None,
            parts: Vec::new(),
        },
    }
}

fn parts(
    years: Years,
    then: Option<&Scope>,
    now: &Scope,
    pairs: &[Pair],
) -> Result<(i64, Vec<Part>), String> {
    let then = then.ok_or("it was not scored by itself then")?;
    let withheld = is_withheld(&then.overall.score)
        || is_withheld(&now.overall.score)
        || [years.then, years.now]
            .iter()
            .any(|year| any_withheld(year, &now.id));
    if withheld {
        return Err("a figure that it rests on is withheld".into());
    }
    let (Some(before), Some(after)) = (
        score_tenths(&then.overall.score),
        score_tenths(&now.overall.score),
    ) else {
        return Err("there is no overall score in both years".into());
    };
    let common: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.is_common(&now.id))
        .collect();
    let sums = Sums::of(&common, now)?;
    let difference = after - before;
    let whole = i128::from(difference) * sums.over;
    let rest = whole - sums.by_kind.iter().sum::<i128>();
    let once = scored_once(years, &now.id, &common);
    if once == 0 && rest.abs() > ROUNDING * sums.over {
        return Err("the published items do not add up to the published score".into());
    }
    let mut exact = [0; PARTS.len()];
    exact[..COVERAGE].copy_from_slice(&sums.by_kind);
    if once > 0 {
        exact[COVERAGE] = rest;
    }
    let mut items = [0; PARTS.len()];
    for (count, (_, _, kind)) in items.iter_mut().zip(PARTS) {
        *count = common.iter().filter(|pair| pair.now.kind == kind).count();
    }
    items[COVERAGE] = once;
    let tenths = shared_out(exact, sums.over, difference, items);
    let parts = PARTS
        .iter()
        .zip(tenths)
        .zip(items)
        .map(|(((id, title, _), tenths), items)| Part {
            id: (*id).into(),
            title: (*title).into(),
            points: signed(tenths),
            items,
        });
    Ok((difference, parts.collect()))
}

fn any_withheld(year: &Publication, scope: &str) -> bool {
    let of_nation = year.items.iter().filter(|item| item.national);
    of_nation
        .filter_map(|item| national(item, scope))
        .any(|reading| is_withheld(&reading.score))
}

/// How many items enter a national score in one of the years and not in S*.
fn scored_once(years: Years, scope: &str, common: &[&Pair]) -> usize {
    let scored = |item: &&Item| national(item, scope).is_some_and(|reading| reading.rated);
    let mut ids: Vec<&str> = [years.then, years.now]
        .iter()
        .flat_map(|year| &year.items)
        .filter(|item| item.national)
        .filter(scored)
        .map(|item| item.id.as_str())
        .filter(|id| common.iter().all(|pair| pair.now.id != *id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// Weighted item changes by kind, in tenths, over one denominator.
struct Sums {
    by_kind: [i128; COVERAGE],
    over: i128,
}

impl Sums {
    fn of(common: &[&Pair], now: &Scope) -> Result<Self, String> {
        let in_standard = |id: &str| {
            let count = common.iter().filter(|pair| pair.now.standard == id);
            count.count() as i128
        };
        let sizes: Vec<(&str, i128)> = now
            .standards
            .iter()
            .map(|standard| (standard.id.as_str(), in_standard(&standard.id)))
            .collect();
        if sizes.is_empty() {
            return Err("no standard is published".into());
        }
        let multiple = sizes
            .iter()
            .try_fold(1, |multiple, (_, size)| lcm(multiple, *size));
        let multiple = match multiple {
            Some(0) => return Err("a standard has no item in common".into()),
            Some(multiple) => multiple,
            None => return Err("there are more standards than can be reckoned with".into()),
        };
        let mut by_kind = [0; COVERAGE];
        for pair in common {
            let tenths = |item| {
                let reading = national(item, &now.id);
                reading.and_then(|reading| score_tenths(&reading.score))
            };
            let (Some(before), Some(after)) = (tenths(pair.then), tenths(pair.now)) else {
                return Err("an item has no published score".into());
            };
            let size = sizes.iter().find(|(id, _)| *id == pair.now.standard);
            let kind = PARTS.iter().position(|(_, _, kind)| *kind == pair.now.kind);
            if let (Some((_, size)), Some(kind)) = (size, kind) {
                by_kind[kind] += i128::from(after - before) * (multiple / size);
            }
        }
        Ok(Self {
            by_kind,
            over: multiple * sizes.len() as i128,
        })
    }
}

/// The least number that both divide; 0 if one of them is 0; `None` if it is beyond all numbers
/// here, as hundreds of standards in a file that somebody made up could have it.
fn lcm(a: i128, b: i128) -> Option<i128> {
    let (mut large, mut small) = (a, b);
    while small != 0 {
        (large, small) = (small, large % small);
    }
    if large == 0 {
        return Some(0);
    }
    let least = (a / large).checked_mul(b)?;
    // Room for the sums that it is multiplied into.
    (least < 1 << 64).then_some(least)
}

/// Parts in whole tenths that add up to the difference: each rounded down, then one tenth
/// more to those with the largest remainder (or, where rounded scores ask for it, one less
/// to those with the smallest). A part that is nil stays nil while another can give.
fn shared_out<const N: usize>(
    exact: [i128; N],
    over: i128,
    difference: i64,
    items: [usize; N],
) -> [i64; N] {
    let floor = |part: &i128| i64::try_from(part.div_euclid(over)).unwrap_or(0);
    let mut tenths: [i64; N] = std::array::from_fn(|at| floor(&exact[at]));
    let mut order: Vec<usize> = (0..N).filter(|at| exact[*at] != 0).collect();
    if order.is_empty() {
        order = (0..N).filter(|at| items[*at] > 0).collect();
    }
    order.sort_by_key(|at| std::cmp::Reverse(exact[*at].rem_euclid(over)));
    let mut missing = difference - tenths.iter().sum::<i64>();
    for at in order.iter().cycle() {
        if missing <= 0 {
            break;
        }
        tenths[*at] += 1;
        missing -= 1;
    }
    for at in order.iter().rev().cycle() {
        if missing >= 0 {
            break;
        }
        tenths[*at] -= 1;
        missing += 1;
    }
    tenths
}
