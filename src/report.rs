//! Publications in, pages out: the only room that knows templates.
//!
//! In: [`Publication`] values and the text of templates. Out: the bytes of each page, or
//! [`Diagnostics`] with the exact place in a template. Nothing here touches a file.
//!
//! A template can hold loops, ifs and ready words. It can print nothing that disclosure
//! control withheld, for it sees the Publication alone; and it can emit no markup that it
//! did not spell out itself, for every value is escaped and every finished page is read
//! once more by `safety`.

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod alone;
mod brand;
mod charts;
mod closing;
mod context;
pub mod diagnostics;
mod difference;
mod escape;
mod examples;
mod faults;
mod fill;
mod finished;
mod language;
mod links;
mod made;
mod names;
mod open_data;
pub mod questionnaire;
mod range;
mod remembered;
mod render;
mod safety;
mod schema;
mod seen;
mod shape;
mod site;
mod tags;
mod templates;
mod top;
mod vocabulary;

use crate::diagnostic::Diagnostics;
use crate::publication::Publication;
use crate::stop::both;
use crate::verify::Manifest;
pub use brand::logo_name;
pub use context::IndexRow;
pub use difference::{
    Addition, Coverage, Difference, ItemDifference, Line, TableDifference, difference,
};
pub use fill::index_row;
pub(crate) use finished::{Finished, Standing};
use minijinja::Value;
use minijinja::value::Serde;
pub use questionnaire::questionnaire;
pub use remembered::{Known, Remembered};
#[cfg(feature = "lsp")]
pub(crate) use render::FILTERS;
use render::{Output, render};
pub use schema::schema;
use std::sync::OnceLock;
pub use templates::Templates;
pub use vocabulary::{Name, Sort, Vocabulary, vocabulary};

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path, relative to the folder it is published in.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Results of an earlier day that a publication carries along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its path, relative to the folder it is published in: `earlier/2025-09-30.json`.
    pub path: String,
    /// The day in words, for the page.
    pub words: String,
    /// The file as it was published.
    pub bytes: Vec<u8>,
}

/// One council's files: its pages and papers, `results.json` with its schema, and the open
/// data. The manifest of them all is [`manifest`]'s.
///
/// # Errors
/// Every fault of the templates that showed while the pages were made.
pub fn pages(publication: &Publication, templates: &Templates) -> Result<Vec<Page>, Diagnostics> {
    pages_beside(publication, &[], templates)
}

/// The same with the earlier results that stand beside them, which the page links to.
///
/// # Errors
/// Every fault of the templates that showed while the pages were made.
pub fn pages_beside(
    publication: &Publication,
    kept: &[Kept],
    templates: &Templates,
) -> Result<Vec<Page>, Diagnostics> {
    pages_since(publication, kept, templates, &Finished::none(), &|_| None)
}

/// The same; files that were finished before of the same making, and stand as they were, are
/// given as they stand.
pub(crate) fn pages_since(
    publication: &Publication,
    kept: &[Kept],
    templates: &Templates,
    before: &Finished,
    standing: &Standing,
) -> Result<Vec<Page>, Diagnostics> {
    // What templates make, beside what is made without them: about as long a work. Whoever is
    // ready first puts down the figures themselves.
    let results = OnceLock::new();
    let put_down = || {
        results.get_or_init(|| themselves(publication));
    };
    let ((made, mut faults), tables) = both(
        || {
            let made = made::made(publication, kept, templates, (before, standing));
            put_down();
            made
        },
        || {
            let tables = open_data::pages(publication, before, standing);
            put_down();
            tables
        },
    );
    let results = results.into_inner().expect("both put them down");
    let data = results.into_iter().chain(tables);
    let kept_files = kept.iter().map(|kept| Page {
        path: kept.path.clone(),
        bytes: kept.bytes.clone(),
    });
    let beside: Vec<Page> = kept_files.chain(data).collect();
    if !faults.has_errors() {
        let mut paths: Vec<&str> = beside.iter().map(|page| page.path.as_str()).collect();
        paths.push(Manifest::FILE);
        faults.extend(links::check(templates, &made, &paths));
    }
    if faults.has_errors() {
        // What is known of a page is enough to see that something is wrong, and not for its words.
        if before.is_kept() {
            before.forget_pages();
            return pages_beside(publication, kept, templates);
        }
        return Err(faults.sorted());
    }
    Ok(made
        .into_iter()
        .map(|made| made.page)
        .chain(beside)
        .collect())
}

/// The manifest of a publication: the last of its files, over all the others.
pub fn manifest(publication: &Publication, templates: &Templates, files: &[Page]) -> Page {
    let files = files
        .iter()
        .map(|page| (page.path.as_str(), page.bytes.as_slice()));
    let manifest = Manifest::of(publication, templates.sums(), files);
    page(Manifest::FILE, manifest.text())
}

/// The files that are made from a publication alone, without templates.
pub fn data(publication: &Publication) -> Vec<Page> {
    let mut list = themselves(publication);
    list.extend(open_data::pages(publication, &Finished::none(), &|_| None));
    list
}

/// The figures themselves, with what their form is, and the council's logo.
fn themselves(publication: &Publication) -> Vec<Page> {
    let mut list = vec![
        page("results.json", results(publication)),
        page("results.schema.json", schema()),
    ];
    list.extend(brand::logo(publication).map(|(path, bytes)| Page {
        path: path.to_owned(),
        bytes,
    }));
    list
}

/// A page over all councils, by name and never by score.
///
/// # Errors
/// Every fault of the template that showed while the page was made.
pub fn index(publications: &[&Publication], templates: &Templates) -> Result<Page, Diagnostics> {
    let rows = publications.iter().map(|one| index_row(one)).collect();
    index_of(rows, templates)
}

/// The same of rows made before.
///
/// # Errors
/// Every fault of the template that showed while the page was made.
pub fn index_of(rows: Vec<IndexRow>, templates: &Templates) -> Result<Page, Diagnostics> {
    let names = Value::from(Serde(fill::index(rows, templates.style())));
    let text = render(templates, "index.html.j2", Output::Html, &names)?;
    Ok(page("index.html", text))
}

/// Makes every page of every example, so that a fault shows before the day: a council that
/// fills in everything, and the edges of what can happen.
pub fn check_templates(templates: &Templates) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let examples = examples::all();
    let made = examples.iter().map(|(name, example)| {
        (
            *name,
            pages_beside(example, &examples::kept(), templates).map(drop),
        )
    });
    let every: Vec<&Publication> = examples.iter().map(|(_, example)| example).collect();
    let over = [("no council", &[][..]), ("every", &every[..])]
        .map(|(name, list)| (name, index(list, templates).map(drop)));
    let sheets = examples::forms()
        .map(|(name, form)| (name, questionnaire::sheet(&form, templates).map(drop)));
    for (name, result) in made.chain(over).chain(sheets) {
        for fault in result.err().into_iter().flatten() {
            let place = (fault.code, &fault.place);
            if !faults
                .iter()
                .any(|known| (known.code, &known.place) == place)
            {
                faults.push(fault.note(format!("found with the example \"{name}\"")));
            }
        }
    }
    faults.sorted()
}

/// The made-up councils on which templates are tried: one that fills in everything, and the
/// edges of what can happen. Each has its own name as its id: `everything-withheld`.
pub fn examples() -> Vec<Publication> {
    let named = |(name, mut example): (&str, Publication)| {
        example.id = name.replace(", ", "-").replace(' ', "-");
        example
    };
    examples::all().into_iter().map(named).collect()
}

/// A fictional council that fills in everything, for tests of other rooms.
#[cfg(test)]
pub(crate) fn example() -> Publication {
    examples::full()
}

/// The Publication itself, keys in the order of the form.
fn results(publication: &Publication) -> String {
    json(publication)
}

/// A difference or a comparison as JSON, keys in the order of its form.
pub fn json(found: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(found)
        .expect("what is published has text keys only, so it always has a JSON form");
    text.push('\n');
    text
}

fn page(path: &str, text: String) -> Page {
    Page {
        path: path.to_owned(),
        bytes: text.into_bytes(),
    }
}

#[cfg(test)]
mod tests;

/// What `docs/reliability.md` tells of.
#[cfg(test)]
pub(crate) mod caps {
    pub(crate) use super::language::{LONGEST_TAG, LONGEST_WORDS, MOST_ELIFS};
    pub(crate) use super::names::MOST_PARTS;
    pub(crate) use super::render::{ALL_FUEL, DEPTH, FUEL, HANDLED, LARGEST, LARGEST_ALL, LONGEST};
    pub(crate) use super::templates::{LARGEST as ONE_FILE, LARGEST_SET, MOST_FILES};
}
