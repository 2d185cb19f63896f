//! Whether the links of a publication lead anywhere.
//!
//! In: finished pages, and every file that stands beside them. Out: a fault, at its place in
//! a template, for each link to a file that is not there, or to a place that is not on the
//! page itself. A place on another page may be missing where a lead wrote that page anew:
//! readers still reach the page. A link out of the publication is the lead's own business.

use super::safety::Tag;
use super::{Page, Templates, safety};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Links that lead nowhere which are told: each is looked for in every template.
const MOST_TOLD: usize = 40;

/// A page, the template it was made from and what is on it.
pub struct Made {
    pub template: String,
    pub page: Page,
    pub anchors: Anchors,
}

/// Where the links of a page lead, and the places on it that links can lead to.
#[derive(Debug, Default, Clone)]
pub struct Anchors {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
}

impl Anchors {
    /// The files to which links lead: all that can be wrong with a page whose links to places
    /// of its own are found to be sound.
    pub fn files_alone(&self) -> Self {
        let addresses = self.links.iter().map(|link| {
            let address = link.split('#').next();
            address.unwrap_or_default().to_owned()
        });
        Self {
            ids: BTreeSet::new(),
            links: addresses.filter(|address| !address.is_empty()).collect(),
        }
    }

    /// Notes those of one tag.
    pub fn take(&mut self, tag: &Tag) {
        let value = |key: &[u8]| tag.get(key).map(|value| value.into_owned());
        self.ids.extend(value(b"id"));
        if tag.name.eq_ignore_ascii_case(b"a") {
            self.links.extend(value(b"href"));
        }
    }
}

/// Every link of the pages that leads nowhere; `beside` are the paths of all other files.
pub fn check(templates: &Templates, made: &[Made], beside: &[&str]) -> Diagnostics {
    let there: BTreeSet<&str> = made
        .iter()
        .map(|made| made.page.path.as_str())
        .chain(beside.iter().copied())
        .collect();
    let mut found = Diagnostics::new();
    let pages = made.iter().filter(|made| made.page.path.ends_with(".html"));
    for made in pages {
        let path = &made.page.path;
        for link in &made.anchors.links {
            let (address, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match address {
                "" => Some(path.clone()),
                address => inside(path, address),
            };
            let Some(target) = target else { continue };
            let message = if !there.contains(target.as_str()) {
                format!("a link to `{link}`, and there is no file `{target}`")
            } else if address.is_empty() && !place.is_empty() && !made.anchors.ids.contains(place) {
                format!("a link to `{link}`, and there is no `id=\"{place}\"` on the page")
            } else {
                continue;
            };
            if found.iter().count() >= MOST_TOLD {
                return found;
            }
            let place = safety::place(templates, &made.template, &format!("\"{link}\""));
            found.push(
                Diagnostic::new(Code::TemplateBrokenLink, place, message)
                    .note(format!("on the page `{path}`")),
            );
        }
    }
    found
}

/// The file that an address names, seen from a page; nothing where it leads out.
fn inside(from: &str, address: &str) -> Option<String> {
    let address = address.split('?').next().unwrap_or(address);
    let has_scheme = address
        .find([':', '/'])
        .is_some_and(|at| address[at..].starts_with(':'));
    if has_scheme || address.starts_with(['/', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
