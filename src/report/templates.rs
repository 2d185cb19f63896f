//! A set of templates, read and found sound.
//!
//! In: the [`Source`]s of a workforce lead's folder. Out: [`Templates`], or every fault.

use super::questionnaire::Sheet;
use super::render::{Output, environment};
use super::{examples, faults, fill, language, names};
use crate::diagnostic::Diagnostics;
use crate::source::Source;
use crate::verify::Sum;
use minijinja::Environment;
use std::collections::BTreeMap;

/// The templates that ship with the program.
const EMBEDDED: [(&str, &str); 6] = [
    (
        "council.html.j2",
        include_str!("../../templates/council.html.j2"),
    ),
    (
        "council.md.j2",
        include_str!("../../templates/council.md.j2"),
    ),
    (
        "index.html.j2",
        include_str!("../../templates/index.html.j2"),
    ),
    (
        "questionnaire.html.j2",
        include_str!("../../templates/questionnaire.html.j2"),
    ),
    (
        "questionnaire-question.html.j2",
        include_str!("../../templates/questionnaire-question.html.j2"),
    ),
    ("style.css", include_str!("../../templates/style.css")),
];

/// The most that one template may hold, in bytes.
const LARGEST: usize = 1 << 20;

/// Templates that can be read. Cheap to share between threads; made once a run.
#[derive(Debug)]
pub struct Templates {
    sources: BTreeMap<String, Source>,
    html: Environment<'static>,
    markdown: Environment<'static>,
}

impl Templates {
    /// Those that ship with the program.
    pub fn embedded() -> Self {
        Self::new(Vec::new()).expect("the embedded templates are sound: a test says so")
    }

    /// A workforce lead's own. A file is known by the last part of its name
    /// (`templates/council.html.j2` is `council.html.j2`); one that is not there falls back
    /// on the embedded one; any other `.j2` file can be included or extended.
    ///
    /// # Errors
    /// Everything that cannot be read, is not part of the language of templates, or names
    /// what does not exist, each with its exact place.
    pub fn new(own: Vec<Source>) -> Result<Self, Diagnostics> {
        let mut sources = BTreeMap::new();
        for (name, text) in EMBEDDED {
            let shown = format!("templates/{name}");
            sources.insert(name.to_owned(), Source::new(shown, text));
        }
        for source in own {
            sources.insert(short(source.name()).to_owned(), source);
        }
        let mut found = Diagnostics::new();
        for source in readable(&sources) {
            if source.text().len() > LARGEST {
                found.push(faults::too_large(source));
            } else {
                found.extend(language::check(source));
            }
        }
        // Names can only be followed through templates that can be read.
        if !found.has_errors() {
            found.extend(names_of(&sources));
        }
        if found.has_errors() {
            return Err(found.sorted());
        }
        let html = compiled(&sources, Output::Html)?;
        let markdown = compiled(&sources, Output::Markdown)?;
        Ok(Self {
            sources,
            html,
            markdown,
        })
    }

    /// The program's own templates, name and text: what a workforce lead begins with.
    pub fn own() -> impl Iterator<Item = (&'static str, &'static str)> {
        EMBEDDED.into_iter()
    }

    /// The text of `style.css`.
    pub(super) fn style(&self) -> &str {
        self.sources["style.css"].text()
    }

    /// A template's text by its short name.
    pub(super) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }

    /// Every file of the set.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    /// The SHA-256 of each file of the set, by its short name.
    pub(crate) fn sums(&self) -> Vec<Sum> {
        self.sources
            .iter()
            .map(|(name, source)| Sum::of(name, source.text().as_bytes()))
            .collect()
    }

    /// The engine for that kind of page.
    pub(super) fn engine(&self, output: Output) -> &Environment<'static> {
        match output {
            Output::Html | Output::Sheet => &self.html,
            Output::Markdown => &self.markdown,
        }
    }
}

/// The last part of a path.
fn short(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The files that are templates; the style sheet is plain text.
fn readable(sources: &BTreeMap<String, Source>) -> impl Iterator<Item = &Source> {
    sources
        .values()
        .filter(|source| source.name().ends_with(".j2"))
}

fn names_of(sources: &BTreeMap<String, Source>) -> Diagnostics {
    let example = examples::full();
    let page = serde_json::to_value(fill::page(&example, &examples::kept(), ""));
    let index = serde_json::to_value(fill::index(vec![fill::index_row(&example)], ""));
    let form = examples::form();
    let sheet = serde_json::to_value(Sheet::of(&form, ""));
    let page = page.expect("the names of a page are plain");
    let index = index.expect("the names of the index are plain");
    let sheet = sheet.expect("the names of a sheet are plain");
    let mut found = Diagnostics::new();
    for (template, context) in [
        ("council.html.j2", &page),
        ("council.md.j2", &page),
        ("index.html.j2", &index),
        ("questionnaire.html.j2", &sheet),
    ] {
        found.extend(names::check(sources, template, context));
    }
    found
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
