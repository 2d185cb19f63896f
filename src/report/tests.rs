//! What a workforce lead and a reader can rely on.

mod faults;
mod history;
mod hostile;
mod hostile_data;
mod one_site;
mod open_data;
mod pages;
mod papers;
mod vocabulary;

use super::*;
use crate::source::Source;

/// One file of the lead's own.
fn own(path: &str, text: &str) -> (String, Source) {
    (
        path.to_owned(),
        Source::new(format!("templates/{path}"), text),
    )
}

/// A set in which one file is the lead's own.
fn set(name: &str, text: &str) -> Result<Templates, Diagnostics> {
    Templates::new(vec![own(name, text)])
}

/// The lead's own page around a text, with what every page needs.
fn council(body: &str) -> String {
    format!(
        "<head><meta http-equiv=\"Content-Security-Policy\" content=\"{}\"></head>\n{body}\n",
        safety::POLICY
    )
}

/// What is wrong with a set as the shortest of the examples shows it, where any would do.
fn tried(templates: &Templates) -> Diagnostics {
    let made = pages(&examples::one_service(), templates);
    made.err().unwrap_or_default()
}

/// Every HTML page, path and text.
fn html(pages: &[Page]) -> Vec<(String, String)> {
    let html = pages.iter().filter(|page| page.path.ends_with(".html"));
    html.map(|page| (page.path.clone(), text(pages, &page.path)))
        .collect()
}

fn text(pages: &[Page], path: &str) -> String {
    let page = pages.iter().find(|page| page.path == path).unwrap();
    String::from_utf8(page.bytes.clone()).unwrap()
}

#[test]
fn templates_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Templates>();
}
