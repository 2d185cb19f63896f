//! A set of templates, read and found sound.
//!
//! In: the [`Source`]s of a workforce lead's folder. Out: [`Templates`], or every fault.

mod embedded;

use super::names::Names;
use super::questionnaire::Sheet;
use super::render::{Output, environment};
use super::shape::Shape;
use super::site::{self, Plan};
use super::{examples, faults, fill, language, names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::digest::Running;
use crate::memo::Key;
use crate::source::Source;
use crate::verify::Sum;
use embedded::EMBEDDED;
use minijinja::Environment;
use std::collections::BTreeMap;
use std::hash::Hash;

/// The most that one template may hold, in bytes.
pub(crate) const LARGEST: usize = 1 << 20;

/// The most files of a set, and the most that they may hold together, in bytes.
pub(crate) const MOST_FILES: usize = 300;
pub(crate) const LARGEST_SET: usize = 8 << 20;

/// Templates that can be read. Cheap to share between threads; made once a run.
#[derive(Debug)]
pub struct Templates {
    sources: BTreeMap<String, Source>,
    sums: Vec<Sum>,
    key: Key,
    plans: Vec<Plan>,
    html: Environment<'static>,
    markdown: Environment<'static>,
}

impl Templates {
    /// Those that ship with the program.
    pub fn embedded() -> Self {
        Self::new(Vec::new()).expect("the embedded templates are sound: a test says so")
    }

    /// A workforce lead's own, each with its path in the folder of templates
    /// (`pages/index.html.j2`). One that is not there falls back on the embedded one.
    ///
    /// # Errors
    /// Everything that cannot be read, is not part of the language of templates, names what
    /// does not exist or makes nothing, each with its exact place.
    pub fn new(own: Vec<(String, Source)>) -> Result<Self, Diagnostics> {
        let ship = Self::ship(&own);
        let mut sources = BTreeMap::new();
        for (name, text) in EMBEDDED {
            let shown = format!("templates/{name}");
            sources.insert(name.to_owned(), Source::new(shown, text));
        }
        sources.extend(own);
        if ship {
            return Self::read(sources, Diagnostics::new());
        }
        Self::of(sources)
    }

    /// Whether these are the program's own, of which a test says that they are sound.
    pub(crate) fn ship(own: &[(String, Source)]) -> bool {
        own.iter().all(|(name, source)| {
            let mut all = EMBEDDED.iter();
            all.any(|(ours, text)| ours == name && *text == source.text())
        })
    }

    /// A whole set, looked through: nothing stands in for a file that is not there.
    pub(super) fn of(sources: BTreeMap<String, Source>) -> Result<Self, Diagnostics> {
        if let Some(fault) = too_much(&sources) {
            return Err(fault.into());
        }
        let mut found: Diagnostics = sources.values().filter_map(faults::unseen).collect();
        for source in readable(&sources) {
            if source.text().len() > LARGEST {
                found.push(faults::too_large(source));
            } else {
                found.extend(language::check(source));
            }
        }
        let read = Self::read(sources, found)?;
        let found = names_of(&read.sources, &read.plans);
        if found.has_errors() {
            return Err(found.sorted());
        }
        Ok(read)
    }

    /// A set of which this was found.
    fn read(
        sources: BTreeMap<String, Source>,
        mut found: Diagnostics,
    ) -> Result<Self, Diagnostics> {
        let plans = site::plans(&sources).unwrap_or_else(|faults| {
            found.extend(faults);
            Vec::new()
        });
        // Titles, and then names, can only be followed through templates that can be read.
        if found.has_errors() {
            return Err(found.sorted());
        }
        let plans = site::in_order(plans, &sources)?;
        let html = compiled(&sources, Output::Html)?;
        let markdown = compiled(&sources, Output::Markdown)?;
        let sums = sums(&sources);
        Ok(Self {
            key: key(&sums),
            sums,
            sources,
            plans,
            html,
            markdown,
        })
    }

    /// The pages that they make, in order.
    pub(super) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The program's own templates, path and text: what a workforce lead begins with.
    pub fn own() -> impl Iterator<Item = (&'static str, &'static str)> {
        EMBEDDED.into_iter()
    }

    /// The text of `style.css`.
    pub(super) fn style(&self) -> &str {
        self.sources["style.css"].text()
    }

    /// A template's text by its path.
    pub(super) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }

    /// Every file of the set.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The SHA-256 of each file of the set, by its path.
    pub(crate) fn sums(&self) -> Vec<Sum> {
        self.sums.clone()
    }

    /// A digest of the whole set.
    pub(super) fn key(&self) -> &Key {
        &self.key
    }

    /// Gives each page so many steps.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(super) fn limit(&mut self, fuel: u64) {
        self.html.set_fuel(Some(fuel));
        self.markdown.set_fuel(Some(fuel));
    }

    /// The engine for that kind of page.
    pub(super) fn engine(&self, output: Output) -> &Environment<'static> {
        match output {
            Output::Html | Output::Sheet => &self.html,
            Output::Markdown => &self.markdown,
        }
    }
}

fn sums(sources: &BTreeMap<String, Source>) -> Vec<Sum> {
    let sum = |(name, source): (&String, &Source)| Sum::of(name, source.text().as_bytes());
    sources.iter().map(sum).collect()
}

fn key(sums: &[Sum]) -> Key {
    let mut all = Running::default();
    for sum in sums {
        (&sum.path, &sum.sha256).hash(&mut all);
    }
    all.sha256()
}

/// A set that no website has, at the first file beyond.
fn too_much(sources: &BTreeMap<String, Source>) -> Option<Diagnostic> {
    let mut bytes = 0;
    let (_, beyond) = sources.values().enumerate().find(|(at, source)| {
        bytes += source.text().len();
        *at >= MOST_FILES || bytes > LARGEST_SET
    })?;
    let message = format!(
        "a set of templates holds at most {MOST_FILES} files and {} MB",
        LARGEST_SET >> 20
    );
    Some(Diagnostic::new(
        Code::TemplateSyntax,
        beyond.whole(),
        message,
    ))
}

/// The files that are templates; the style sheet is plain text.
fn readable(sources: &BTreeMap<String, Source>) -> impl Iterator<Item = &Source> {
    sources
        .values()
        .filter(|source| source.name().ends_with(".j2"))
}

/// The names that each kind of page sees.
struct Seen {
    page: Names,
    standard: Names,
    index: Names,
    sheet: Names,
}

impl Seen {
    fn of_the_examples() -> Self {
        let example = examples::full();
        let page = names::of(&fill::page(&example, &examples::kept(), ""));
        let page: Names = page
            .into_iter()
            .chain(names::of(&site::example()))
            .collect();
        let mut standard = page.clone();
        let chapter = page.get("chapters").map(Shape::member);
        standard.extend(chapter.map(|chapter| ("standard".to_owned(), chapter)));
        Self {
            page,
            standard,
            index: names::of(&fill::index(vec![fill::index_row(&example)], "")),
            sheet: names::of(&Sheet::of(&examples::form(), "")),
        }
    }
}

thread_local! {
    /// The same for every set: a watch reads templates again at each change of one.
    static SEEN: Seen = Seen::of_the_examples();
}

fn names_of(sources: &BTreeMap<String, Source>, plans: &[Plan]) -> Diagnostics {
    SEEN.with(|seen| {
        let mut roots: Vec<(&str, &Names)> = plans
            .iter()
            .map(|plan| match plan.is_of_standards() {
                true => (plan.template.as_str(), &seen.standard),
                false => (plan.template.as_str(), &seen.page),
            })
            .collect();
        roots.push(("index.html.j2", &seen.index));
        roots.push(("questionnaire.html.j2", &seen.sheet));
        names::check(sources, &roots)
    })
}

fn compiled(
    sources: &BTreeMap<String, Source>,
    output: Output,
) -> Result<Environment<'static>, Diagnostics> {
    let mut engine = environment(output);
    let mut found = Diagnostics::new();
    for (name, source) in sources.iter().filter(|(name, _)| name.ends_with(".j2")) {
        let added = engine.add_template_owned(name.clone(), source.text().to_owned());
        if let Err(error) = added {
            found.push(faults::unreadable(source, &error));
        }
    }
    if found.has_errors() {
        return Err(found.sorted());
    }
    Ok(engine)
}
