//! Example publications: a plainly fictional council, in full and at the edges of what can
//! happen, so that a fault in a template shows before the day.
//!
//! In: nothing. Out: [`all`], each a name ("nothing rated") and a Publication.

mod changes;
mod figures;
mod form;
mod full;
mod items;
mod scores;
mod wording;

use super::Kept;
use crate::missing::Missing;
use crate::publication::{Grade, Publication, Reading, Response, Score};
use figures::symbol;
pub use form::{form, forms};
pub use full::full;

/// Every example with its name.
pub fn all() -> Vec<(&'static str, Publication)> {
    vec![
        ("full", full()),
        (
            "something changed, and nothing can be told",
            nothing_compared(),
        ),
        ("nothing rated", nothing_rated()),
        ("everything withheld", everything_withheld()),
        ("a reason and little else", only_a_reason()),
        ("one service", one_service()),
        ("no plan, no local items", bare()),
    ]
}

/// Results of the year before, beside the page.
pub fn kept() -> Vec<Kept> {
    let before = changes::year_before(full());
    vec![Kept {
        path: "earlier/2025-09-30.json".to_owned(),
        words: before.council.as_of_words.clone(),
        bytes: super::json(&before).into_bytes(),
    }]
}

/// Nobody brought anything: no score anywhere, no answers, nothing optional.
pub fn nothing_rated() -> Publication {
    let mut publication = bare();
    publication.response = vec![Response {
        asked: symbol(Missing::NotAvailable),
        answered: symbol(Missing::NotAvailable),
        rate: symbol(Missing::NotAvailable),
        words: String::new(),
        ..publication.response[0].clone()
    }];
    publication.awareness.clear();
    publication.consulted.clear();
    publication.feedback = None;
    publication.inputs.clear();
    publication.data_quality.clear();
    publication.corrections.clear();
    publication.tailoring.sentences.clear();
    blank(&mut publication, Missing::NotAvailable, false);
    publication
}

/// Too few people: every figure is `c`.
pub fn everything_withheld() -> Publication {
    let mut publication = full();
    for response in &mut publication.response {
        response.asked = symbol(Missing::Confidential);
        response.answered = symbol(Missing::Confidential);
        response.rate = symbol(Missing::Confidential);
        response.words = String::new();
    }
    for question in &mut publication.awareness {
        question.yes = symbol(Missing::Confidential);
        question.n = symbol(Missing::Confidential);
    }
    publication.changes = None;
    // What is rolled together is there only where it is published.
    publication.groups.retain(|group| group.rolls.is_empty());
    let rolled = full()
        .groups
        .into_iter()
        .find(|group| !group.rolls.is_empty());
    for item in &mut publication.items {
        item.findings.retain(|found| {
            rolled
                .as_ref()
                .is_none_or(|group| group.name != found.group)
        });
    }
    blank(&mut publication, Missing::Confidential, true);
    publication
}

/// Neither scores nor answers may be published: the page is short.
pub fn only_a_reason() -> Publication {
    let mut publication = everything_withheld();
    publication.only = Some(
        "Exampleshire Council carried out this check. Its practitioners are so few, or so alike in \
         what they answered, that a colleague could be recognised in the results. So no figure is \
         published."
            .to_owned(),
    );
    publication
}

/// Two editions of which no figure compares.
pub fn nothing_compared() -> Publication {
    let mut publication = full();
    let why = "scored by edition 2025.1 of the national core then and by 2026.1 now";
    if let Some(changes) = &mut publication.changes {
        changes.plan.clear();
        for item in &mut changes.items {
            item.compared = false;
            item.why_not = vec![why.to_owned()];
            item.scopes.clear();
        }
        for scope in &mut changes.scopes {
            scope.split.told = false;
            scope.split.why_not = why.to_owned();
            scope.split.parts.clear();
            scope.split.difference = None;
        }
    }
    publication
}

/// Adults' services only: one scope, no comparison of services.
pub fn one_service() -> Publication {
    let mut publication = full();
    publication.council.services = vec!["adults".to_owned()];
    publication.council.covers = "adults' services".to_owned();
    publication.response.truncate(1);
    publication.scopes.truncate(1);
    if let Some(changes) = &mut publication.changes {
        changes.scopes.truncate(1);
    }
    publication.groups.retain(|g| g.breakdown != "service");
    for item in &mut publication.items {
        item.findings.retain(|f| f.breakdown != "service");
        item.benchmark = None;
    }
    publication
}

/// The smallest check that works: as the nation has it, no plan, nothing local.
pub fn bare() -> Publication {
    let mut publication = one_service();
    publication.plan.clear();
    publication.changes = None;
    publication.feedback = None;
    publication.council.fielded = None;
    publication.council.lead = None;
    publication.council.lead_qualified = false;
    publication.council.note = None;
    publication.council.ceiling = None;
    publication.groups.truncate(1);
    publication.items.retain(|item| item.national);
    for item in &mut publication.items {
        item.findings.truncate(1);
        item.advice = None;
        item.note = None;
        item.target = String::new();
        item.local_formula = String::new();
        item.comparability = "identical".to_owned();
        item.comparability_reasons.clear();
    }
    for scope in &mut publication.scopes {
        scope.local.retain(|local| local.national);
        for local in &mut scope.local {
            local.note = None;
            local.formula = String::new();
        }
    }
    publication
}

/// Takes every figure away, with the reason.
fn blank(publication: &mut Publication, why: Missing, rated: bool) {
    let words = if rated {
        ""
    } else {
        "not rated, because no data were brought"
    };
    let gone = |score: &mut Score| {
        *score = Score {
            score: symbol(why),
            band: String::new(),
            rated,
            why_not: words.to_owned(),
            low: None,
            high: None,
            interval: String::new(),
            error: None,
        };
    };
    for scope in &mut publication.scopes {
        if !rated {
            for standard in &mut scope.standards {
                standard.scored = figures::people(0);
                standard.coverage = format!("0 of {} items", standard.counted.text);
            }
            for standard in &mut scope.local {
                standard.scored = figures::people(0);
                standard.coverage = format!("0 of {} items", standard.counted.text);
            }
        }
        scope.standards.iter_mut().for_each(|s| gone(&mut s.result));
        for standard in &mut scope.standards {
            standard.claims = if rated { "cannot tell" } else { "" }.to_owned();
        }
        scope.local.iter_mut().for_each(|s| gone(&mut s.result));
        gone(&mut scope.overall);
        gone(&mut scope.local_overall);
        scope.grade = Grade {
            word: "withheld".to_owned(),
            reasons: vec!["fewer than 10 practitioners answered".to_owned()],
            lower_end: None,
            valid_to: String::new(),
            valid_to_on: String::new(),
            caution: String::new(),
            firmness: None,
        };
    }
    for item in &mut publication.items {
        item.benchmark = None;
    }
    let findings = publication
        .items
        .iter_mut()
        .flat_map(|item| &mut item.findings);
    for reading in findings.flat_map(|f| f.national.iter_mut().chain([&mut f.local])) {
        *reading = Reading {
            rated,
            ..Reading::without(&symbol(why), words)
        };
    }
}
