//! A few templates without the program's own, for fuzzing: their texts in, the pages that
//! they make of one example out. What is the same each time is made once.

use super::links::{self, Made};
use super::render::{Spent, render_within};
use super::seen::{Noting, Values};
use super::{Templates, examples, fill, page};
use crate::diagnostic::Diagnostics;
use crate::source::Source;
use minijinja::Value;
use minijinja::value::Serde;

/// A page that is sound by itself and includes one part.
pub(crate) const PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:\">\
<title>x</title></head><body><h1>x</h1>{% include \"parts/page.html.j2\" %}</body></html>";

/// Steps of a page: a fuzzer finds what lies behind the limit and does not wait for it.
const FUEL: u64 = 20_000;

thread_local! {
    /// The names of all pages, and the chapter of one of a standard.
    static NAMES: (Values, Value) = {
        let example = examples::full();
        let page = fill::page(&example, &examples::kept(), "");
        (Values::of(&page, None), Value::from(Serde(&page.chapters[0])))
    };
}

/// The pages of a set of templates, each with its path in the folder of templates.
///
/// # Errors
/// Every fault of the set, else of the pages.
pub(crate) fn made(files: Vec<(String, String)>) -> Result<Vec<String>, Diagnostics> {
    let mut sources: Vec<(String, Source)> = files
        .into_iter()
        .map(|(path, text)| {
            let shown = format!("templates/{path}");
            (path, Source::new(shown, &text))
        })
        .collect();
    sources.push(("style.css".to_owned(), Source::new("style.css", "")));
    let mut templates = Templates::of(sources.into_iter().collect())?;
    templates.limit(FUEL);
    let mut faults = Diagnostics::new();
    let mut pages = Vec::new();
    NAMES.with(|(names, chapter)| {
        for plan in templates.plans() {
            let own = Values::of(&plan.surroundings(templates.plans(), &[], None), None);
            let own = match plan.is_of_standards() {
                true => own.and("standard", chapter.clone()),
                false => own,
            };
            let seen = Value::from_dyn_object(Noting::new(names.with(own)));
            let mut spent = Spent::default();
            match render_within(&mut spent, &templates, &plan.template, plan.output, &seen) {
                Ok((text, anchors)) => pages.push(Made {
                    template: plan.template.clone(),
                    page: page(&format!("{}.html", plan.template), text),
                    anchors,
                }),
                Err(more) => faults.extend(more),
            }
        }
    });
    faults.extend(links::check(&templates, &pages, &["results.json"]));
    if faults.has_errors() {
        return Err(faults.sorted());
    }
    let text = |made: Made| String::from_utf8_lossy(&made.page.bytes).into_owned();
    Ok(pages.into_iter().map(text).collect())
}
