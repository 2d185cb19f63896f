//! Releases of one council and date: which of them rest on the same rows, and so can be
//! attacked together.
//!
//! Where the rows behind a figure have the same digest in two releases, or no digest says and nothing
//! that both print differs, the groups of both are the same people. Else each stands for itself, and
//! what the two print differently is looked at by `differences`.

use super::figures::withheld;
use super::groups::Groups;
use super::openings::Findings;
use super::questions::Asked;
use super::sheets::Sheets;
use super::solved::Solved;
use super::{bands, differences, measures, questions, response, scores, totals, variance};
use crate::publication::{Behind, Item, Publication, Reading, behind};
use crate::stop::{both, is_stopped};
use std::cell::OnceCell;
use std::sync::Arc;

/// Releases and items beyond which a council is not attacked to the end.
const MOST_RELEASES: usize = 12;
const MOST_ITEMS: usize = 1_000;
const MOST_FINDINGS: usize = 40_000;

/// Everything that can be opened in the releases of one council and date.
pub(super) fn attacked(releases: &[&Publication], solved: &Arc<Solved>) -> Findings {
    let council = releases.first().map_or("", |first| first.id.as_str());
    let mut findings = Findings::of(council, solved);
    let size = |release: &&Publication| {
        let found: usize = release.items.iter().map(|item| item.findings.len()).sum();
        release.items.len() > MOST_ITEMS || found > MOST_FINDINGS
    };
    if releases.len() > MOST_RELEASES || releases.iter().any(size) {
        findings.unfinished("", "there are too many releases, items or groups");
        return findings;
    }
    let clashes = Clashes::among(releases);
    let mut items: Vec<&Item> = Vec::new();
    for item in releases.iter().flat_map(|release| &release.items) {
        if item.kind != "statement" && items.iter().all(|known| known.id != item.id) {
            items.push(item);
        }
    }
    // Items are attacked each by itself, so half of them can be on another core.
    let (first, last) = items.split_at(items.len() / 2);
    let (last, first) = both(
        || items_attacked(releases, &clashes, last, solved),
        || items_attacked(releases, &clashes, first, solved),
    );
    findings.add(first);
    findings.add(last);
    for release in releases {
        if is_stopped() {
            findings.unfinished("", "nobody wants to know any more");
            return findings;
        }
        response::attack(&mut findings, release);
        scores::attack(&mut findings, release);
        variance::attack(&mut findings, release);
        totals::attack(&mut findings, release);
    }
    differences::attack(&mut findings, releases);
    findings
}

/// What can be opened of some items.
fn items_attacked(
    releases: &[&Publication],
    clashes: &Clashes,
    items: &[&Item],
    solved: &Arc<Solved>,
) -> Findings {
    let council = releases.first().map_or("", |first| first.id.as_str());
    let mut findings = Findings::of(council, solved);
    let mut known = Together::default();
    for item in items {
        if is_stopped() {
            findings.unfinished("", "nobody wants to know any more");
            return findings;
        }
        // Releases that do not say on what they rest go by their figures.
        let is_alike = |one: usize, other: usize, item: &Item| match rows_behind(
            releases[one],
            releases[other],
            &item.kind,
        ) {
            Behind::Same => true,
            Behind::Unknown => !clashes.between(one, other, &item.kind),
            Behind::Other => false,
        };
        for (_, together) in clustered(releases, &item.id, is_alike) {
            item_attacked(&mut findings, &together, (Rows::Same, &mut known));
        }
        // After a correction most figures may still be those of the same people.
        for together in supposed(releases, &item.id, is_alike) {
            let nothing = || Findings::of(council, solved);
            let (mut with_last, mut without) = (nothing(), nothing());
            item_attacked(&mut with_last, &together, (Rows::Supposed, &mut known));
            item_without_last(&mut without, &together);
            findings.add_what_the_last_opens(with_last, &without);
        }
    }
    findings
}

/// The groups of releases that go together, and how many sheets each group has: the same for
/// every item of which they have forms.
#[derive(Default)]
struct Together<'p>(Vec<Same<'p>>);

struct Same<'p> {
    releases: Vec<&'p Publication>,
    groups: Groups,
    sheets: OnceCell<Sheets>,
}

impl<'p> Together<'p> {
    fn of(&mut self, releases: Vec<&'p Publication>, solved: &Arc<Solved>) -> &Same<'p> {
        let same = |known: &Same<'p>| {
            let mut pairs = known.releases.iter().zip(&releases);
            known.releases.len() == releases.len() && pairs.all(|(a, b)| std::ptr::eq(*a, *b))
        };
        let at = self.0.iter().position(same).unwrap_or_else(|| {
            self.0.push(Same {
                groups: Groups::of(&releases, solved),
                releases,
                sheets: OnceCell::new(),
            });
            self.0.len() - 1
        });
        &self.0[at]
    }
}

impl Same<'_> {
    fn sheets(&self) -> &Sheets {
        self.sheets
            .get_or_init(|| Sheets::of(&self.groups, &self.releases))
    }
}

/// Whether releases rest on the same rows.
#[derive(Clone, Copy, PartialEq)]
enum Rows {
    /// As far as anybody can tell: then what the items say of one another counts.
    Same,
    /// It is only supposed.
    Supposed,
}

fn item_attacked<'p>(
    findings: &mut Findings,
    forms: &[Asked<'p>],
    (rows, known): (Rows, &mut Together<'p>),
) {
    let Some(first) = forms.first() else {
        return;
    };
    let releases = forms.iter().map(|form| form.release).collect();
    let of = known.of(releases, findings.solved());
    if first.item.kind == "question" {
        let sheets = (rows == Rows::Same).then(|| of.sheets());
        questions::attack(findings, &of.groups, forms, sheets);
    } else {
        measures::attack(findings, &of.groups, forms);
        bands::attack(findings, &of.groups, forms);
    }
}

/// What can be had already if the last form tells nothing: nothing that it withholds would
/// prevent that.
fn item_without_last(findings: &mut Findings, together: &[Asked]) {
    let Some((last, before)) = together.split_last() else {
        return;
    };
    let mut silent = last.item.clone();
    for finding in &mut silent.findings {
        for reading in finding.national.iter_mut().chain([&mut finding.local]) {
            if reading.value.value.is_some() {
                *reading = Reading::without(&withheld(), "");
            }
        }
    }
    let mut forms: Vec<Asked> = before.to_vec();
    forms.push(Asked {
        item: &silent,
        release: last.release,
    });
    item_attacked(findings, &forms, (Rows::Supposed, &mut Together::default()));
}

type Cluster<'p> = (Vec<usize>, Vec<Asked<'p>>);

/// The forms of an item that may speak of the same people though the rows differ: all that ask
/// the same and print no other figure, but where each goes with each other anyhow.
fn supposed<'p>(
    releases: &[&'p Publication],
    id: &str,
    is_alike: impl Fn(usize, usize, &Item) -> bool,
) -> Vec<Vec<Asked<'p>>> {
    let mut clusters = clustered(releases, id, |_, _, _| true);
    clusters.retain(|(members, forms)| {
        let mut pairs = members.iter().zip(forms);
        pairs.any(|(one, form)| {
            let mut later = members.iter().filter(|other| *other > one);
            later.any(|other| !is_alike(*one, *other, form.item))
        })
    });
    clusters.into_iter().map(|(_, forms)| forms).collect()
}

/// The forms of an item by rows, with their places among the releases: those of one list speak
/// of the same people.
fn clustered<'p>(
    releases: &[&'p Publication],
    id: &str,
    is_alike: impl Fn(usize, usize, &Item) -> bool,
) -> Vec<Cluster<'p>> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, release) in releases.iter().enumerate() {
        let Some(item) = release.items.iter().find(|item| item.id == id) else {
            continue;
        };
        let asked = Asked { item, release };
        let home = clusters.iter_mut().find(|(members, forms)| {
            members.iter().zip(forms).all(|(other, form)| {
                is_same_question(form.item, item)
                    && !differs(form.item, item)
                    && is_alike(*other, index, item)
            })
        });
        match home {
            Some((members, forms)) => {
                members.push(index);
                forms.push(asked);
            }
            None => clusters.push((vec![index], vec![asked])),
        }
    }
    clusters
}

/// Whether two forms of an item ask for the same figure.
pub(super) fn is_same_question(one: &Item, other: &Item) -> bool {
    one.kind == other.kind
        && one.ask == other.ask
        && one.unit == other.unit
        && one.national_formula == other.national_formula
        && one.local_formula == other.local_formula
}

/// Pairs of releases that print a figure differently, by kind of item.
struct Clashes(Vec<(usize, usize, String)>);

impl Clashes {
    fn among(releases: &[&Publication]) -> Self {
        let mut found = Vec::new();
        for (b, second) in releases.iter().enumerate() {
            for (a, first) in releases[..b].iter().enumerate() {
                for item in &first.items {
                    let pair = (a, b, item.kind.clone());
                    let other = second.items.iter().find(|other| other.id == item.id);
                    let clash =
                        other.is_some_and(|o| is_same_question(item, o) && differs(item, o));
                    if clash && !found.contains(&pair) {
                        found.push(pair);
                    }
                }
            }
        }
        Self(found)
    }

    fn between(&self, a: usize, b: usize, kind: &str) -> bool {
        self.0
            .iter()
            .any(|(one, other, of)| (*one, *other) == (a.min(b), a.max(b)) && of == kind)
    }
}

/// Whether two forms of an item print different figures of some group.
fn differs(one: &Item, other: &Item) -> bool {
    one.findings.iter().any(|finding| {
        let twin = other
            .findings
            .iter()
            .find(|twin| twin.breakdown == finding.breakdown && twin.group == finding.group);
        let Some(twin) = twin else {
            return false;
        };
        let nations = finding.national.as_ref().zip(twin.national.as_ref());
        nations.is_some_and(|(a, b)| is_other(a, b)) || is_other(&finding.local, &twin.local)
    })
}

/// Whether both print a number, and not the same.
pub(super) fn is_other(one: &Reading, other: &Reading) -> bool {
    let figures = [(&one.value, &other.value), (&one.n, &other.n)];
    figures
        .iter()
        .any(|(a, b)| a.value.is_some() && b.value.is_some() && a.text != b.text)
        || one.parts().zip(other.parts()).is_some_and(|(a, b)| {
            let pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.into_iter().any(|(a, b)| a.count.text != b.count.text)
        })
}

/// How the rows behind a kind of item compare. Where no digest says, a correction that only one
/// of the two knows of does.
fn rows_behind(one: &Publication, other: &Publication, kind: &str) -> Behind {
    let knows_more = |one: &Publication, other: &Publication| {
        let mut corrections = one.corrections.iter();
        corrections.any(|correction| !other.knows_of(&correction.id))
    };
    match behind(&one.rows, &other.rows, kind) {
        Behind::Unknown if knows_more(one, other) || knows_more(other, one) => Behind::Other,
        known => known,
    }
}
