//! Publications in, pages out: the only room that knows templates.
//!
//! In: [`Publication`] values and the text of templates. Out: the bytes of each page, or
//! [`Diagnostics`] with the exact place in a template. Nothing here touches a file.
//!
//! A template can hold loops, ifs and ready words. It can print nothing that disclosure
//! control withheld, for it sees the Publication alone; and it can emit no markup that it
//! did not spell out itself, for every value is escaped and every finished page is read
//! once more by `safety`.

mod context;
mod escape;
mod examples;
mod faults;
mod fill;
mod language;
mod names;
mod open_data;
mod range;
mod render;
mod safety;
mod schema;
mod shape;
mod templates;

use crate::diagnostic::Diagnostics;
use crate::publication::Publication;
use crate::verify::Manifest;
use minijinja::Value;
use minijinja::value::Serde;
use render::{Output, render};
pub use schema::schema;
pub use templates::Templates;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path, relative to the folder it is published in.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// One council's files: `index.html`, `report.md`, `results.json` with its schema, and the
/// open data. The manifest of them all is [`manifest`]'s.
///
/// # Errors
/// Every fault of the templates that showed while the pages were made.
pub fn pages(publication: &Publication, templates: &Templates) -> Result<Vec<Page>, Diagnostics> {
    let names = Value::from(Serde(fill::page(publication, templates.style())));
    let mut faults = Diagnostics::new();
    let mut list = Vec::new();
    for (template, path, output) in [
        ("council.html.j2", "index.html", Output::Html),
        ("council.md.j2", "report.md", Output::Markdown),
    ] {
        match render(templates, template, output, &names) {
            Ok(text) => list.push(page(path, text)),
            Err(more) => faults.extend(more),
        }
    }
    if faults.has_errors() {
        return Err(faults.sorted());
    }
    list.extend(data(publication));
    Ok(list)
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
    let mut list = vec![
        page("results.json", results(publication)),
        page("results.schema.json", schema()),
    ];
    list.extend(open_data::pages(publication));
    list
}

/// A page over all councils, by name and never by score.
///
/// # Errors
/// Every fault of the template that showed while the page was made.
pub fn index(publications: &[&Publication], templates: &Templates) -> Result<Page, Diagnostics> {
    let names = Value::from(Serde(fill::index(publications, templates.style())));
    let text = render(templates, "index.html.j2", Output::Html, &names)?;
    Ok(page("index.html", text))
}

/// Makes every page of every example, so that a fault shows before the day: a council that
/// fills in everything, and the edges of what can happen.
pub fn check_templates(templates: &Templates) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let examples = examples::all();
    let made = examples
        .iter()
        .map(|(name, example)| (*name, pages(example, templates).map(drop)));
    let every: Vec<&Publication> = examples.iter().map(|(_, example)| example).collect();
    let over = [("no council", &[][..]), ("every", &every[..])]
        .map(|(name, list)| (name, index(list, templates).map(drop)));
    for (name, result) in made.chain(over) {
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

/// The Publication itself, keys in the order of the form.
fn results(publication: &Publication) -> String {
    let mut text = serde_json::to_string_pretty(publication)
        .expect("a Publication has text keys only, so it always has a JSON form");
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
