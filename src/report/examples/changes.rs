//! What changed at Exampleshire, as the room `change` works it out: from the example itself
//! and from the same council a year before.

use super::figures::{count, number, rated};
use crate::publication::{
    ActionChange, Change, Changes, Figure, ItemChange, ItemScopeChange, Part, Publication,
    ScopeChange, ScoreChange, Split,
};

/// Changes of every sort: judged, moved, refused and withheld.
pub fn changes(now: &Publication) -> Changes {
    Changes {
        since: "2025-09-30".to_owned(),
        since_words: "30 September 2025".to_owned(),
        edition: now.edition.clone(),
        scopes: now.scopes.iter().map(scope).collect(),
        items: items(now),
        plan: plan(),
    }
}

/// What the same council published the year before.
pub fn year_before(mut publication: Publication) -> Publication {
    publication.council.as_of = "2025-09-30".to_owned();
    publication.council.as_of_words = "30 September 2025".to_owned();
    publication.changes = None;
    for scope in &mut publication.scopes {
        scope.overall = rated(THEN);
        for standard in &mut scope.standards {
            standard.result = rated(THEN);
        }
    }
    publication
}

/// Every score of the year before.
const THEN: f64 = 61.2;

fn scope(now: &crate::publication::Scope) -> ScopeChange {
    let score = |id: &str, title: &str, now: &Figure, common: usize| ScoreChange {
        id: id.to_owned(),
        title: title.to_owned(),
        common,
        rests_on: format!("{common} items, the same both times"),
        change: if id == "systems" {
            let why = "not compared, because no item was scored and comparable both times";
            said(now, "not compared", why)
        } else {
            judged(now, since(now))
        },
    };
    let told = now.id != "adults";
    ScopeChange {
        id: now.id.clone(),
        title: now.title.clone(),
        overall: score("overall", "Overall", &now.overall.score, 38),
        standards: now
            .standards
            .iter()
            .map(|one| score(&one.id, &one.title, &one.result.score, 6))
            .collect(),
        split: Split {
            told,
            why_not: if told {
                String::new()
            } else {
                "a figure that it rests on is withheld".to_owned()
            },
            difference: told.then(|| signed(since(&now.overall.score))),
            parts: if told {
                parts(since(&now.overall.score))
            } else {
                Vec::new()
            },
        },
    }
}

/// By how much a score is another than the year before.
fn since(now: &Figure) -> f64 {
    tenth(now.value.unwrap_or(THEN) - THEN)
}

fn tenth(points: f64) -> f64 {
    (points * 10.0).round() / 10.0 + 0.0
}

/// Parts that add up to the difference.
fn parts(points: f64) -> Vec<Part> {
    [
        ("answers", "Practitioners' answers", 1.9, 20),
        ("records", "Records", 0.8, 11),
        ("statements", "The employer's statements", -0.3, 7),
        (
            "coverage",
            "Coverage: what was scored",
            tenth(points - 2.4),
            0,
        ),
        ("edition", "Edition of the national core", 0.0, 0),
    ]
    .into_iter()
    .map(|(id, title, points, items)| Part {
        id: id.to_owned(),
        title: title.to_owned(),
        points: signed(points),
        items,
    })
    .collect()
}

fn items(now: &Publication) -> Vec<ItemChange> {
    now.items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let figure = item.findings.first().map(|finding| &finding.local.value);
            let change = match (figure, at % 5) {
                (Some(figure), 0) => judged(figure, 2.1),
                (Some(figure), 1) => {
                    said(figure, "withheld", "not told, because a figure is withheld")
                }
                (Some(figure), _) => said(figure, "moved", "moved from 60.0 to 61.0"),
                (None, _) => said(&number(0.0), "not compared", "not compared"),
            };
            let compared = at % 7 != 3;
            ItemChange {
                id: item.id.clone(),
                standard: item.standard.clone(),
                kind: item.kind.clone(),
                ask: item.ask.clone(),
                unit: item.unit.clone(),
                compared,
                why_not: if compared {
                    Vec::new()
                } else {
                    vec!["its formula changed".to_owned()]
                },
                scopes: if compared {
                    vec![ItemScopeChange {
                        id: "whole".to_owned(),
                        title: "Whole council".to_owned(),
                        change,
                    }]
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
}

fn plan() -> Vec<ActionChange> {
    let late = ActionChange {
        id: "quiet-rooms".to_owned(),
        standard_title: "IT systems and administrative support".to_owned(),
        what: "Open two quiet rooms in the west office".to_owned(),
        owner: "Head of Property".to_owned(),
        due: "31 August 2026".to_owned(),
        due_now: "31 March 2027".to_owned(),
        outcome: "late".to_owned(),
        because: String::new(),
        words: "late: due 31 August 2026 and planned".to_owned(),
        measure: "I can find a private place to meet people".to_owned(),
        then: Some(number(44.0)),
        now: Some(number(47.3)),
        baseline: "44".to_owned(),
        target: "60".to_owned(),
        reached: "not reached".to_owned(),
        why_not: String::new(),
    };
    let dropped = ActionChange {
        id: "second-library".to_owned(),
        what: "Buy a second subscription".to_owned(),
        due_now: String::new(),
        outcome: "dropped".to_owned(),
        because: "Practitioners asked for time to read instead".to_owned(),
        words: "dropped: Practitioners asked for time to read instead".to_owned(),
        then: None,
        now: None,
        reached: "cannot tell".to_owned(),
        why_not: "its measure is not in both editions".to_owned(),
        ..late.clone()
    };
    let unmeasured = ActionChange {
        id: "duty-rota".to_owned(),
        outcome: "delivered".to_owned(),
        words: "delivered".to_owned(),
        because: String::new(),
        measure: String::new(),
        baseline: String::new(),
        target: String::new(),
        reached: String::new(),
        why_not: String::new(),
        ..dropped.clone()
    };
    vec![late, dropped, unmeasured]
}

fn signed(points: f64) -> Figure {
    Figure {
        text: if points == 0.0 {
            "0.0".to_owned()
        } else {
            format!("{points:+.1}")
        },
        ..number(points)
    }
}

/// A figure that was so many points lower the year before, with the word that its interval
/// asks for.
fn judged(now: &Figure, points: f64) -> Change {
    let (low, high) = (tenth(points - 1.8), tenth(points + 1.8));
    let (verdict, words) = if low > 0.0 {
        ("improved", "a change: improved")
    } else if high < 0.0 {
        ("worsened", "a change: worsened")
    } else {
        ("no clear change", "no clear change")
    };
    Change {
        then: number(tenth(now.value.unwrap_or(THEN) - points)),
        difference: Some(signed(points)),
        low: Some(number(low)),
        high: Some(number(high)),
        interval: format!("{low:.1} to {high:.1}"),
        rule: "two scores of a survey".to_owned(),
        ..said(now, verdict, words)
    }
}

fn said(now: &Figure, verdict: &str, words: &str) -> Change {
    Change {
        then: number(THEN),
        now: now.clone(),
        n_then: count(228.0),
        n_now: count(241.0),
        difference: None,
        low: None,
        high: None,
        interval: String::new(),
        verdict: verdict.to_owned(),
        caution: String::new(),
        rule: String::new(),
        words: words.to_owned(),
    }
}
