//! Which pages a set of templates makes, and how they hang together.
//!
//! In: the templates by their paths. Out: a [`Plan`] for each page: where it is published,
//! under which title, in which order; or a fault for each file from which nothing is made.
//!
//! A template in `pages` makes a page of the same name, one in `papers` a paper; `standard`
//! in `pages` makes one page a standard. What stands in `parts` is put into others. A page
//! says its title and its place in the order itself: `{% set title = "Groups" %}` and
//! `{% set order = 50 %}`.

use super::context::{Chapter, Link, PageName, Paper, Surroundings};
use super::faults;
use super::render::{Output, syntax};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Source;
use minijinja::machinery::ast::{Expr, Set, Stmt};
use minijinja::machinery::parse;
use std::collections::BTreeMap;

/// Templates that stand beside the folders, each with a use of its own.
const ALONE: [&str; 4] = [
    "base.html.j2",
    "index.html.j2",
    "questionnaire.html.j2",
    "style.css",
];

/// Where templates of earlier versions are now.
const MOVED: [(&str, &str); 3] = [
    (
        "council.html.j2",
        "the page of a council is several now: the first is `pages/index.html.j2`, and `pages/standard.html.j2` is the page of a standard",
    ),
    ("council.md.j2", "it is `pages/report.md.j2` now"),
    (
        "questionnaire-question.html.j2",
        "it is `parts/questionnaire-question.html.j2` now",
    ),
];

/// The template that makes a page a standard.
const STANDARD: &str = "standard";

/// A template, and the page or pages that it makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The template's path: `pages/groups.html.j2`.
    pub template: String,
    /// Its name: `groups`.
    pub id: String,
    /// What it is called in links and headings.
    pub title: String,
    /// Whether it is a paper.
    pub paper: bool,
    /// What kind of page it makes.
    pub output: Output,
    /// Its place among the pages; those that name none come last, by name.
    order: u32,
}

impl Plan {
    /// Whether it makes one page a standard.
    pub fn is_of_standards(&self) -> bool {
        !self.paper && self.id == STANDARD
    }

    /// What a file that it makes ends in.
    fn ending(&self) -> &'static str {
        match self.output {
            Output::Markdown => "md",
            Output::Html | Output::Sheet => "html",
        }
    }

    /// Where a page of that name is published.
    fn path_as(&self, name: &str) -> String {
        let folder = if self.paper { "papers/" } else { "" };
        format!("{folder}{name}.{}", self.ending())
    }

    /// Where it is published; of a standard, under the standard's name.
    pub fn path(&self, standard: Option<&Chapter<'_>>) -> String {
        self.path_as(standard.map_or(&self.id, |standard| &standard.anchor))
    }

    /// The names by which a page knows its place among the others.
    pub fn surroundings(
        &self,
        plans: &[Plan],
        chapters: &[Chapter<'_>],
        standard: Option<usize>,
    ) -> Surroundings {
        let of = standard.and_then(|at| chapters.get(at));
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| chapters.get(at)).map(|chapter| Link {
                id: chapter.anchor.clone(),
                title: chapter.title.clone(),
                href: self.path(Some(chapter)),
                here: false,
            })
        };
        Surroundings {
            page: PageName {
                id: of.map_or(&self.id, |chapter| &chapter.anchor).clone(),
                title: of.map_or(&self.title, |chapter| &chapter.title).clone(),
                path: self.path(of),
            },
            root: if self.paper { "../" } else { "" }.to_owned(),
            navigation: plans
                .iter()
                .filter(|plan| plan.is_in_navigation())
                .map(|plan| Link {
                    id: plan.id.clone(),
                    title: plan.title.clone(),
                    href: plan.path(None),
                    here: plan == self,
                })
                .collect(),
            standard_pages: chapters
                .iter()
                .enumerate()
                .map(|(at, chapter)| Link {
                    id: chapter.anchor.clone(),
                    title: chapter.title.clone(),
                    href: chapter.href.clone(),
                    here: standard == Some(at),
                })
                .collect(),
            papers: plans
                .iter()
                .filter(|plan| plan.paper)
                .map(|plan| Paper {
                    id: plan.id.clone(),
                    title: plan.title.clone(),
                    href: plan.path(None),
                    format: plan.ending().to_owned(),
                })
                .collect(),
            previous: neighbour(standard.and_then(|at| at.checked_sub(1))),
            next: neighbour(standard.map(|at| at + 1)),
        }
    }

    fn is_in_navigation(&self) -> bool {
        !self.paper && !self.is_of_standards() && self.output != Output::Markdown
    }
}

/// The pages of a set by the paths of its files; an empty template makes none.
///
/// # Errors
/// Files from which nothing is made.
pub fn plans(sources: &BTreeMap<String, Source>) -> Result<Vec<Plan>, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut plans = Vec::new();
    for (name, source) in sources {
        match place(name, source) {
            Ok(Some(plan)) if source.text().trim().is_empty() => drop(plan),
            Ok(plan) => plans.extend(plan),
            Err(fault) => found.push(*fault),
        }
    }
    found.or(plans).map(|plans| plans.into_inner())
}

/// Gives pages their titles, and puts them in the order, that their templates say. These can
/// be read: that was seen before.
///
/// # Errors
/// A title or an order that is not written out.
pub fn in_order(
    mut plans: Vec<Plan>,
    sources: &BTreeMap<String, Source>,
) -> Result<Vec<Plan>, Diagnostics> {
    let mut found = Diagnostics::new();
    for plan in &mut plans {
        if let Some(source) = sources.get(&plan.template) {
            headed(source, plan, &mut found);
        }
    }
    plans.sort_by(|a, b| (a.paper, a.order, &a.id).cmp(&(b.paper, b.order, &b.id)));
    found.or(plans).map(|plans| plans.into_inner())
}

/// What a file makes, by its path; nothing where it is a part of others.
fn place(name: &str, source: &Source) -> Result<Option<Plan>, Box<Diagnostic>> {
    if ALONE.contains(&name) {
        return Ok(None);
    }
    let misplaced = |help: &str| {
        let message = format!("nothing is made from `{name}`");
        let fault = Diagnostic::new(Code::TemplateMisplaced, source.whole(), message);
        Box::new(fault.help(help))
    };
    if let Some((_, help)) = MOVED.iter().find(|(old, _)| *old == name) {
        return Err(misplaced(help));
    }
    let (folder, file) = name.split_once('/').unwrap_or(("", name));
    let kinds = [(".html.j2", Output::Html), (".md.j2", Output::Markdown)];
    let kind = kinds
        .into_iter()
        .find_map(|(ending, output)| Some((file.strip_suffix(ending)?, output)));
    match (folder, kind) {
        ("parts", _) if file.ends_with(".j2") && !file.contains('/') => Ok(None),
        ("pages" | "papers", Some((id, output))) if is_plain(id) => {
            if id.starts_with("standard-") {
                return Err(misplaced(
                    "names that begin with `standard-` are those of the standards' pages",
                ));
            }
            Ok(Some(Plan {
                template: name.to_owned(),
                id: id.to_owned(),
                title: title_of(id),
                paper: folder == "papers",
                output,
                order: u32::MAX,
            }))
        }
        ("pages" | "papers", _) => Err(misplaced(
            "a page is named by lower-case words joined by hyphens, and ends in `.html.j2` or `.md.j2`",
        )),
        _ if name.ends_with(".css") => Err(misplaced("styles stand in `style.css`")),
        _ => Err(misplaced(
            "pages go into `pages`, papers into `papers`, and what others include into `parts`",
        )),
    }
}

/// Lower-case letters, digits and hyphens between them.
fn is_plain(id: &str) -> bool {
    let within = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(within) && !id.starts_with('-') && !id.ends_with('-')
}

/// The name of a file as a title.
fn title_of(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Takes title and order from the head of a template.
fn headed(source: &Source, plan: &mut Plan, found: &mut Diagnostics) {
    let Ok(Stmt::Template(template)) = parse(source.text(), source.name(), syntax()) else {
        return;
    };
    let sets = template.children.iter().filter_map(|child| match child {
        Stmt::Set(set) => Some(&**set),
        _ => None,
    });
    for set in sets {
        let name = match &set.target {
            Expr::Var(name) => name.id,
            _ => continue,
        };
        let taken = match (name, constant(set)) {
            ("title", Some(Head::Words(words))) => {
                plan.title = words;
                true
            }
            ("order", Some(Head::Number(number))) => {
                plan.order = number;
                true
            }
            ("title" | "order", _) => false,
            _ => true,
        };
        if !taken {
            let place = source.place(super::range::reach(&set.expr));
            found.push(faults::head_not_written(place, name));
        }
    }
}

/// What a page says of itself.
enum Head {
    Words(String),
    Number(u32),
}

fn constant(set: &Set<'_>) -> Option<Head> {
    let Expr::Const(constant) = &set.expr else {
        return None;
    };
    let value = &constant.value;
    match value.as_str() {
        Some(words) if !words.trim().is_empty() => Some(Head::Words(words.to_owned())),
        Some(_) => None,
        None => {
            let number = i64::try_from(value.clone()).ok()?;
            u32::try_from(number).ok().map(Head::Number)
        }
    }
}

/// Surroundings in which nothing is left out, by which names are checked.
pub fn example() -> Surroundings {
    let link = || Link {
        id: "groups".to_owned(),
        title: "Groups".to_owned(),
        href: "groups.html".to_owned(),
        here: false,
    };
    Surroundings {
        page: PageName {
            id: "groups".to_owned(),
            title: "Groups".to_owned(),
            path: "groups.html".to_owned(),
        },
        root: "../".to_owned(),
        navigation: vec![link()],
        standard_pages: vec![link()],
        papers: vec![Paper {
            id: "committee".to_owned(),
            title: "Committee paper".to_owned(),
            href: "papers/committee.html".to_owned(),
            format: "html".to_owned(),
        }],
        previous: Some(link()),
        next: Some(link()),
    }
}
