//! Exampleshire's scores.

use super::figures::{number, people, rated};
use super::full::SCOPES;
use crate::national::StandardId;
use crate::publication::{Grade, LocalStandard, Scope, Standard};

/// The scores of one scope: 0 is the whole.
pub fn scope(at: usize) -> Scope {
    let (id, title) = SCOPES[at];
    let shift = [0.0, -2.5, 3.1][at];
    let score = |six: usize| [68.8, 67.4, 52.2, 66.5, 54.9, 63.4][six] + shift;
    let six = StandardId::ALL.iter().enumerate();
    let counted = crate::national::ITEMS_PER_STANDARD;
    let mut local: Vec<LocalStandard> = six
        .clone()
        .map(|(at, standard)| LocalStandard {
            id: standard.id().to_owned(),
            title: standard.title().to_owned(),
            national: true,
            weight: if at == 0 { 3.0 } else { 1.0 },
            result: rated(score(at) - 4.0),
            scored: people(counted[at]),
            counted: people(counted[at]),
            coverage: format!("{0} of {0} items", counted[at]),
            formula: if at == 0 {
                "|results| {\n    let score = weighted_mean(results);\n    if results[\"far-over-ceiling\"].value > 5 { min(score, 50) } else { score }\n}".to_owned()
            } else {
                String::new()
            },
            note: (at == 0).then(|| "Our agreement of March 2026.".to_owned()),
        })
        .collect();
    local.push(LocalStandard {
        id: "equality".to_owned(),
        title: "Equality of experience".to_owned(),
        national: false,
        weight: 1.0,
        result: rated(66.0 + shift),
        scored: people(1),
        counted: people(1),
        coverage: "1 of 1 items".to_owned(),
        formula: String::new(),
        note: None,
    });
    Scope {
        id: id.to_owned(),
        title: title.to_owned(),
        standards: six
            .map(|(at, standard)| Standard {
                id: standard.id().to_owned(),
                title: standard.title().to_owned(),
                result: rated(score(at)),
                scored: people(counted[at] - usize::from(at == 2)),
                assured: number(score(at) - 2.0),
                held_down: if at == 2 {
                    "held down by 1 item not brought".to_owned()
                } else {
                    String::new()
                },
                counted: people(counted[at]),
                coverage: format!(
                    "{} of {} items",
                    counted[at] - usize::from(at == 2),
                    counted[at]
                ),
                claims: [
                    "not supported by practitioners",
                    "cannot tell",
                    "not contradicted",
                    "supported",
                ][at.min(3)]
                .to_owned(),
            })
            .collect(),
        overall: rated(62.2 + shift),
        assured: number(60.2 + shift),
        held_down: "held down by 1 item not brought".to_owned(),
        local,
        local_overall: rated(60.9 + shift),
        grade: if at == 0 {
            Grade {
                word: "withheld".to_owned(),
                reasons: vec![
                    "IT systems and administrative support is below good and has no action"
                        .to_owned(),
                    "Research and information is below good and has no action".to_owned(),
                ],
                lower_end: Some(number(58.6)),
                valid_to: String::new(),
                valid_to_on: String::new(),
                caution: String::new(),
                // Filled in although withheld, so that every name has a shape.
                firmness: Some(number(64.2)),
            }
        } else {
            Grade {
                word: "requires improvement".to_owned(),
                reasons: Vec::new(),
                lower_end: Some(number(58.4)),
                valid_to: "30 September 2027".to_owned(),
                valid_to_on: "2027-09-30".to_owned(),
                caution: "on a response below what the Health and Safety Executive calls adequate"
                    .to_owned(),
                firmness: Some(number(91.4)),
            }
        },
    }
}
