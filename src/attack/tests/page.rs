//! A publication by hand: groups, and items whose cells are printed or withheld.

use crate::publication::{
    AnswerCount, Answers, Figure, Finding, Group, Item, Publication, Reading, Response, RowsDigest,
};
use serde_json::json;

pub(crate) fn number(value: f64) -> Figure {
    Figure {
        value: Some(value),
        symbol: None,
        text: value.to_string(),
    }
}

pub(crate) fn tenths(value: f64) -> Figure {
    number((value * 10.0 + 0.5 + 1e-9).floor() / 10.0)
}

pub(crate) fn symbol(symbol: &str) -> Figure {
    Figure {
        value: None,
        symbol: Some(symbol.into()),
        text: symbol.into(),
    }
}

/// A reading in which every figure is withheld.
pub(crate) fn withheld() -> Reading {
    Reading::without(&symbol("c"), "withheld")
}

/// A reading of a question by how many gave each of the five answers.
pub(crate) fn answered(counts: [u32; 5]) -> Reading {
    let n: u32 = counts.iter().sum();
    let points: u32 = (0..5).map(|at| 25 * at as u32 * counts[at]).sum();
    let mean = tenths(f64::from(points) / f64::from(n.max(1)));
    let [a, b, c, d, e] = counts;
    let split: Vec<(&str, u32)> = if n >= 50 {
        vec![
            ("strongly disagree", a),
            ("disagree", b),
            ("neither", c),
            ("agree", d),
            ("strongly agree", e),
        ]
    } else {
        vec![("disagree", a + b), ("neither", c), ("agree", d + e)]
    };
    let small = split.iter().any(|(_, people)| (1..=2).contains(people));
    let part = |(label, people): &(&str, u32)| AnswerCount {
        label: (*label).to_owned(),
        count: number(f64::from(*people)),
        share: tenths(100.0 * f64::from(*people) / f64::from(n.max(1))),
    };
    Reading {
        value: mean.clone(),
        score: mean,
        n: number(f64::from(n)),
        rated: true,
        answers: (!small).then(|| Answers {
            counts: split.iter().map(part).collect(),
            unscored: number(0.0),
        }),
        ..withheld()
    }
}

/// A reading of a measure: value and people.
pub(crate) fn measured(value: f64, n: f64) -> Reading {
    Reading {
        value: number(value),
        score: number(50.0),
        n: number(n),
        rated: true,
        ..withheld()
    }
}

pub(crate) fn finding(breakdown: &str, group: &str, reading: Reading) -> Finding {
    Finding {
        breakdown: breakdown.into(),
        group: group.into(),
        national: Some(reading.clone()),
        local: reading,
    }
}

pub(crate) fn item(id: &str, standard: &str, kind: &str, findings: Vec<Finding>) -> Item {
    let rule = match kind {
        "question" => {
            "the mean of the answers, from 0 for “strongly disagree” to 100 for “strongly agree”"
        }
        _ => "100 at 0, 0 at 40",
    };
    Item {
        id: id.into(),
        standard: standard.into(),
        kind: kind.into(),
        national: true,
        ask: format!("The wording of {id}"),
        nation_asks: String::new(),
        unit: "%".into(),
        comparability: "identical".into(),
        comparability_reasons: Vec::new(),
        national_formula: String::new(),
        local_formula: String::new(),
        rule: rule.into(),
        weight: 1.0,
        target: String::new(),
        target_reached: String::new(),
        advice: None,
        note: None,
        benchmark: None,
        better: String::new(),
        scale: Vec::new(),
        findings,
    }
}

/// Groups of breakdowns that add up; `within` is the group that holds each.
pub(crate) fn group(breakdown: &str, name: &str, within: &[(&str, &str)]) -> Group {
    Group {
        breakdown: breakdown.into(),
        name: name.into(),
        title: name.into(),
        rolls: Vec::new(),
        adds_up: true,
        within: within
            .iter()
            .map(|(of, name)| ((*of).to_owned(), (*name).to_owned()))
            .collect(),
    }
}

pub(crate) fn published(groups: Vec<Group>, items: Vec<Item>) -> Publication {
    let mut page: Publication = serde_json::from_value(json!({
        "schema": "healthcheck-results/1", "edition": "2026.1", "program": "healthcheck",
        "id": "northshire",
        "council": {
            "name": "Northshire", "code": "E10000099", "kind": "council", "covers": "",
            "services": ["adults"], "as_of": "2026-09-30", "as_of_words": "",
            "fielded": null, "lead": null, "lead_qualified": false, "note": null,
        },
        "response": [], "scopes": [], "items": [], "groups": [], "awareness": [], "plan": [], "changes": null, "rows": [],
        "tailoring": { "word": "", "sentences": [], "comparable": 39, "of": 39, "text": "" },
        "consulted": [], "feedback": null, "data_quality": [], "inputs": [], "threshold": 10,
        "symbols": [], "not_a_rating": "",
    }))
    .expect("it has the form of a publication");
    page.groups = groups;
    page.items = items;
    page
}

pub(crate) fn resting_on(mut page: Publication, hash: &str) -> Publication {
    page.rows = vec![RowsDigest {
        table: "survey".into(),
        sha256: Some(hash.into()),
        sealed_with: None,
    }];
    page
}

pub(crate) fn response(scope: &str, asked: f64, answered: Figure) -> Response {
    Response {
        scope: scope.into(),
        title: scope.into(),
        asked: number(asked),
        answered,
        rate: symbol("c"),
        words: String::new(),
    }
}
