//! The pages that a set of templates makes of one publication.
//!
//! In: a publication, templates, and what is known of the pages that stand. Out: each page with
//! its links and places, and what is wrong with those that cannot be made.

use super::context::{Page as Names, Surroundings};
use super::finished::{Finished, Known, Standing, stands};
use super::links::Made;
use super::render::{Spent, render_within};
use super::seen::{Digests, Noting, Values};
use super::site::Plan;
use super::{Kept, Templates, fill};
use crate::diagnostic::Diagnostics;
use crate::digest::{of_value, sha256};
use crate::memo::Key;
use crate::publication::Publication;
use minijinja::Value;
use minijinja::value::Serde;
use std::collections::BTreeSet;

/// The name under which the page of a standard sees its chapter.
const STANDARD: &str = "standard";
/// The name under which every page sees all chapters.
const CHAPTERS: &str = "chapters";

/// A page that is to be made.
struct Wanted<'t> {
    plan: &'t Plan,
    /// Of a standard: its place among the chapters.
    standard: Option<usize>,
    path: String,
}

/// The pages that templates make, as far as they can be made, and what is wrong with the rest.
pub fn made(
    publication: &Publication,
    kept: &[Kept],
    templates: &Templates,
    (before, standing): (&Finished, &Standing),
) -> (Vec<Made>, Diagnostics) {
    let page = fill::page(publication, kept, templates.style());
    let wanted = wanted(templates, &page);
    before.keep_only(&wanted.iter().map(|one| one.path.as_str()).collect());
    let known: Vec<Option<Known>> = wanted.iter().map(|one| before.page(&one.path)).collect();
    let read = names_read(known.iter().map(|known| Some(&known.as_ref()?.read)));
    let sums = before.is_kept().then(|| Sums::of(&page, read));
    let mut pages: Vec<Ahead> = wanted
        .into_iter()
        .zip(known)
        .map(|one| Ahead::of(one, templates, &page, sums.as_ref(), standing))
        .collect();
    let to_make = pages.iter().filter(|one| one.stands.is_none());
    let mut shown = Shown {
        page: &page,
        only: names_read(to_make.map(|one| one.read.as_ref())),
        values: None,
    };
    let mut faults = Diagnostics::new();
    let mut made: Vec<Made> = Vec::new();
    let mut spent = Spent::default();
    for one in &mut pages {
        let template = &one.plan.template;
        if let Some((known, bytes)) = one.stands.take()
            && spent.again(known.spent)
        {
            made.push(Made {
                template: template.clone(),
                page: super::Page {
                    path: one.path.clone(),
                    bytes,
                },
                anchors: known.anchors,
            });
            continue;
        }
        let own = Values::of(&one.own, None);
        let own = match one.standard {
            Some(at) => own.and(STANDARD, Value::from(Serde(&page.chapters[at]))),
            None => own,
        };
        let then = spent;
        let (mut noting, mut found) = rendered(&shown.values().with(own.clone()), |names| {
            render_within(&mut spent, templates, template, one.plan.output, names)
        });
        if noting.noted().beyond && !shown.has_all() {
            shown.all();
            spent = then;
            (noting, found) = rendered(&shown.values().with(own), |names| {
                render_within(&mut spent, templates, template, one.plan.output, names)
            });
        }
        match found {
            Ok((text, anchors)) => {
                let noted = noting.noted();
                let of = one.key(templates, &noted.read).filter(|_| !noted.beyond);
                let known = of.map(|of| Known {
                    read: noted.read,
                    of,
                    sum: sha256(text.as_bytes()),
                    spent: spent.since(then),
                    anchors: anchors.files_alone(),
                });
                before.rendered(&one.path, known);
                made.push(Made {
                    template: template.clone(),
                    page: super::page(&one.path, text),
                    anchors,
                });
            }
            Err(more) => {
                before.rendered(&one.path, None);
                faults.extend(more);
            }
        }
    }
    (made, faults)
}

/// A page that is to be made, with what is known of it before.
struct Ahead<'t> {
    plan: &'t Plan,
    standard: Option<usize>,
    path: String,
    own: Surroundings,
    /// The digests of all that its template may read, where anything is kept.
    digests: Option<Digests>,
    /// The names that its template read the last time.
    read: Option<BTreeSet<String>>,
    /// As it stands, where that is what would be made.
    stands: Option<(Known, Vec<u8>)>,
}

impl<'t> Ahead<'t> {
    fn of(
        (one, known): (Wanted<'t>, Option<Known>),
        templates: &Templates,
        page: &Names,
        sums: Option<&Sums>,
        standing: &Standing,
    ) -> Self {
        let Wanted {
            plan,
            standard,
            path,
        } = one;
        let own = plan.surroundings(templates.plans(), &page.chapters, standard);
        let digests = sums.map(|sums| {
            let all = sums.all.clone();
            let all = all.with(Digests::default().and_of(&own));
            match standard {
                Some(at) => all.and(STANDARD, sums.chapters[at]),
                None => all,
            }
        });
        let mut ahead = Self {
            plan,
            standard,
            path,
            own,
            digests,
            read: known.as_ref().map(|known| known.read.clone()),
            stands: None,
        };
        ahead.stands = known
            .filter(|known| ahead.key(templates, &known.read) == Some(known.of))
            .and_then(|known| {
                let bytes = stands(standing, &ahead.path, &known.sum)?;
                Some((known, bytes))
            });
        ahead
    }

    /// Of its template and what stands under these names.
    fn key(&self, templates: &Templates, read: &BTreeSet<String>) -> Option<Key> {
        let digests = self.digests.as_ref()?;
        digests.key(templates.key(), &self.plan.template, read)
    }
}

/// The digests of what pages may read.
struct Sums {
    /// Of the names of every page.
    all: Digests,
    /// Of each chapter, which is what the page of a standard is made of.
    chapters: Vec<Key>,
}

impl Sums {
    /// Of these names alone, if it is known which are read.
    fn of(page: &Names, read: Option<BTreeSet<String>>) -> Self {
        let chapters: Vec<Key> = page.chapters.iter().map(of_value).collect();
        // No chapter is gone through twice.
        let of_chapters = of_value(&chapters);
        let all = Digests::only(read).and(CHAPTERS, of_chapters).and_of(page);
        Self { all, chapters }
    }
}

/// What the templates of some pages read the last time, most likely all that they read now. `None`
/// where one was not made before.
fn names_read<'k>(
    read: impl Iterator<Item = Option<&'k BTreeSet<String>>>,
) -> Option<BTreeSet<String>> {
    let read: Option<Vec<&BTreeSet<String>>> = read.collect();
    Some(read?.into_iter().flatten().cloned().collect())
}

/// Every page of a set, in order.
fn wanted<'t>(templates: &'t Templates, page: &Names) -> Vec<Wanted<'t>> {
    let mut wanted = Vec::new();
    for plan in templates.plans() {
        let standards: Vec<Option<usize>> = if plan.is_of_standards() {
            (0..page.chapters.len()).map(Some).collect()
        } else {
            vec![None]
        };
        wanted.extend(standards.into_iter().map(|standard| Wanted {
            plan,
            standard,
            path: plan.path(standard.and_then(|at| page.chapters.get(at))),
        }));
    }
    wanted
}

fn rendered<T>(values: &Values, render: impl FnOnce(&Value) -> T) -> (std::sync::Arc<Noting>, T) {
    let noting = Noting::new(values.clone());
    let found = render(&Value::from_dyn_object(noting.clone()));
    (noting, found)
}

/// The names of all pages, as the engine takes them: made when the first page is rendered.
struct Shown<'p, 'n> {
    page: &'n Names<'p>,
    only: Option<BTreeSet<String>>,
    values: Option<Values>,
}

impl Shown<'_, '_> {
    fn values(&mut self) -> &Values {
        let (page, only) = (self.page, &self.only);
        self.values
            .get_or_insert_with(|| Values::of(page, only.clone()))
    }

    fn has_all(&self) -> bool {
        self.only.is_none()
    }

    /// Values for all names.
    fn all(&mut self) {
        (self.only, self.values) = (None, None);
    }
}
