//! What the frame around the pages shows: news of a watch in, the board as JSON out.
//!
//! Everything on it is a fault's picture, or is had from Publications alone.

use super::super::News;
use super::picture::{Piece, pieces};
use crate::diagnostic::{Diagnostics, Severity};
use crate::host::{Destination, Move, Moved, Outcome, Run};
use crate::publication::Logo;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;

/// So many saves are remembered.
const SAVES: usize = 20;
/// So many moves of one save are listed, and the others counted.
const MOVES: usize = 60;

pub(super) struct Board {
    to: Destination,
    generation: u64,
    closed: bool,
    /// The generation in which the page above the councils last changed.
    index: u64,
    working: BTreeSet<String>,
    councils: BTreeMap<String, Council>,
    /// Faults of no single council.
    shared: Vec<(Diagnostics, Option<String>)>,
    saves: VecDeque<Value>,
    saved: u64,
}

#[derive(Default)]
struct Council {
    title: String,
    /// What its last run found fault with, and what the making of its pages since.
    ran: (Diagnostics, Option<String>),
    rendered: (Diagnostics, Option<String>),
    /// The generation in which its pages last changed.
    published: u64,
    /// Whether that was told before its run was over.
    stands: bool,
    /// Its logo, and the generation in which that last changed: a browser keeps a picture as long
    /// as its name is the same.
    logo: (Option<Logo>, u64),
    forgotten: bool,
}

impl Board {
    pub(super) fn new(to: &Destination) -> Self {
        Self {
            to: to.clone(),
            generation: 1,
            closed: false,
            index: 0,
            working: BTreeSet::new(),
            councils: BTreeMap::new(),
            shared: Vec::new(),
            saves: VecDeque::new(),
            saved: 0,
        }
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// The watch is over.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// Takes news down; tells whether anything is to be shown otherwise.
    pub(super) fn hear(&mut self, news: &News) -> bool {
        match news {
            News::Began(councils) => self.working.clone_from(councils),
            News::Stands(council) => {
                let council = self.councils.entry(council.clone()).or_default();
                (council.published, council.stands) = (self.generation + 1, true);
            }
            News::Ran(run, because) => self.ran(run, because, false),
            News::Rendered(run, because) => self.ran(run, because, true),
            News::Forgotten(council) => {
                if let Some(known) = self.councils.get_mut(council) {
                    known.forgotten = true;
                    known.ran = Default::default();
                    known.rendered = Default::default();
                }
            }
            News::Quiet if !self.working.is_empty() => self.working.clear(),
            _ => return false,
        }
        self.generation += 1;
        true
    }

    fn ran(&mut self, run: &Run, because: &BTreeSet<PathBuf>, pages_alone: bool) {
        let generation = self.generation + 1;
        self.shared = vec![(run.faults.clone(), run.bug.clone())];
        for outcome in &run.outcomes {
            self.working.remove(&outcome.council);
            let council = self.councils.entry(outcome.council.clone()).or_default();
            council.forgotten = false;
            if let Some(publication) = &outcome.publication {
                council.title.clone_from(&publication.council.name);
                let brand = publication.brand.as_ref();
                let logo = brand.and_then(|brand| brand.logo.clone());
                if council.logo.0 != logo {
                    council.logo = (logo, generation);
                    council.stands = false;
                }
            }
            let found = (outcome.faults.clone(), outcome.bug.clone());
            if pages_alone {
                council.rendered = found;
            } else {
                council.ran = found;
                council.rendered = Default::default();
            }
            if outcome.page.is_some() {
                self.index = generation;
                if !std::mem::take(&mut council.stands) {
                    council.published = generation;
                }
            }
        }
        if because.is_empty() {
            return;
        }
        self.saved += 1;
        let files: Vec<String> = because
            .iter()
            .map(|path| path.display().to_string().replace('\\', "/"))
            .collect();
        let save = json!({
            "number": self.saved,
            "files": files,
            "pagesAlone": pages_alone,
            "councils": run.outcomes.iter().map(|one| self.outcome(one)).collect::<Vec<_>>(),
        });
        self.saves.push_front(save);
        self.saves.truncate(SAVES);
    }

    fn title<'t>(&'t self, council: &'t str) -> &'t str {
        match self.councils.get(council) {
            Some(known) if !known.title.is_empty() => &known.title,
            _ => council,
        }
    }

    fn outcome(&self, outcome: &Outcome) -> Value {
        json!({
            "id": outcome.council,
            "title": self.title(&outcome.council),
            "published": outcome.page.is_some(),
            "moves": moves(&outcome.moves),
            "more": outcome.moves.len().saturating_sub(MOVES),
        })
    }

    /// All of it.
    pub(super) fn json(&self) -> String {
        let councils: Vec<Value> = self
            .councils
            .iter()
            .filter(|(_, council)| !council.forgotten)
            .map(|(id, council)| {
                json!({
                    "id": id,
                    "title": self.title(id),
                    "page": self.to.page(id).map(|_| format!("{id}/index.html")),
                    "published": council.published,
                    "logo": council.logo.1,
                    "faulty": council.has_errors(),
                })
            })
            .collect();
        let found = self.found();
        let first = match &councils[..] {
            [only] if only["page"].is_string() => only["page"].clone(),
            _ if self.to.path().join("index.html").is_file() => json!("index.html"),
            _ => Value::Null,
        };
        json!({
            "generation": self.generation,
            "over": self.closed,
            "working": self.working.iter().map(|id| self.title(id)).collect::<Vec<_>>(),
            "councils": councils,
            "index": self.index,
            "first": first,
            "errors": picture(&found, Severity::Error),
            "errorCount": found.errors(),
            "warnings": picture(&found, Severity::Warning),
            "warningCount": found.warnings(),
            "bugs": self.bugs(),
            "saves": self.saves,
        })
        .to_string()
    }

    /// Every fault that stands now, each once, in the order of places.
    fn found(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for (faults, _) in &self.shared {
            found.extend(faults.clone());
        }
        for council in self.councils.values() {
            found.extend(council.ran.0.clone());
            found.extend(council.rendered.0.clone());
        }
        found.sorted()
    }

    fn bugs(&self) -> Vec<String> {
        let of_councils = self
            .councils
            .values()
            .flat_map(|council| [&council.ran.1, &council.rendered.1]);
        let all = self.shared.iter().map(|(_, bug)| bug).chain(of_councils);
        all.flatten().cloned().collect()
    }
}

impl Council {
    fn has_errors(&self) -> bool {
        let faulty =
            |(faults, bug): &(Diagnostics, Option<String>)| faults.has_errors() || bug.is_some();
        faulty(&self.ran) || faulty(&self.rendered)
    }
}

fn picture(found: &Diagnostics, severity: Severity) -> Vec<Piece> {
    let some: Diagnostics = found
        .iter()
        .filter(|fault| fault.severity() == severity)
        .cloned()
        .collect();
    pieces(some.paint(true).trim_end())
}

fn moves(moves: &[Move]) -> Vec<Value> {
    let title = |sort: Moved| sort.title();
    moves
        .iter()
        .take(MOVES)
        .map(|one| {
            json!({
                "sort": title(one.sort),
                "what": one.what,
                "then": one.then,
                "now": one.now,
            })
        })
        .collect()
}
