//! Exampleshire, with everything filled in.

use super::figures::{count, number};
use super::{changes, items, scores};
use crate::missing::Missing;
use crate::national::EDITION;
use crate::publication::{
    Action, Awareness, Brand, Consulted, Correction, Council, Feedback, Group, Input, Logo,
    NOT_A_RATING, Publication, Response, RowsDigest, SCHEMA, Tailoring,
};

/// Scopes: id and title.
pub const SCOPES: [(&str, &str); 3] = [
    ("whole", "Whole council"),
    ("children", "Children's services"),
    ("adults", "Adults' services"),
];
/// Teams; the last is too small to be published.
pub const TEAMS: [&str; 4] = ["East", "North", "South", "West"];

/// A made-up crest.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 40\">\
<path fill=\"#00594c\" d=\"M4 4h32v20c0 8-8 12-16 14-8-2-16-6-16-14z\"/>\
<path fill=\"#ffffff\" d=\"M11 18h18v5H11z\"/>\
<path fill=\"#00594c\" d=\"M48 12h104v6H48zM48 24h72v6H48z\"/></svg>\n";

/// A council that fills in everything.
pub fn full() -> Publication {
    let mut publication = this_edition();
    publication.changes = Some(changes::changes(&publication));
    publication
}

fn this_edition() -> Publication {
    Publication {
        schema: SCHEMA.to_owned(),
        edition: EDITION.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        id: "exampleshire".to_owned(),
        council: council(),
        only: None,
        response: vec![
            response(0, 382.0, 241.0, 63.1),
            response(1, 214.0, 139.0, 65.0),
            response(2, 168.0, 102.0, 60.7),
        ],
        scopes: (0..SCOPES.len()).map(scores::scope).collect(),
        items: items::all(),
        groups: groups(),
        awareness: awareness(),
        plan: plan(),
        changes: None,
        tailoring: tailoring(),
        consulted: vec![Consulted {
            body: "UNISON".to_owned(),
            on: "4 September 2026".to_owned(),
            how: "workload group".to_owned(),
            agreed: true,
        }],
        feedback: Some(Feedback {
            helpful: "yes".to_owned(),
            hardest: vec!["Research and information".to_owned()],
        }),
        corrections: vec![Correction {
            id: "sheets-read-twice".to_owned(),
            on: "2 November 2026".to_owned(),
            because: "The sheets of one week had been read twice".to_owned(),
        }],
        data_quality: vec![
            "One team gave no working hours: 94% of practitioners' rows were used.".to_owned(),
        ],
        rows: ["survey", "workers"]
            .map(|table| RowsDigest {
                table: table.into(),
                sha256: Some("0".repeat(64)),
                sealed_with: sealed(table == "workers"),
            })
            .to_vec(),
        inputs: ["check.rhai", "data/survey.csv", "data/workers.csv"]
            .iter()
            .zip(["1f", "5b", "c7"])
            .map(|(path, pair)| Input {
                path: (*path).to_owned(),
                sha256: Some(pair.repeat(32)),
                sealed_with: sealed(path.ends_with("workers.csv")),
            })
            .collect(),
        threshold: 10,
        symbols: Missing::ALL
            .iter()
            .map(|missing| (missing.symbol().to_owned(), missing.meaning().to_owned()))
            .collect(),
        not_a_rating: NOT_A_RATING.to_owned(),
        brand: Some(Brand {
            colour: Some("#00594c".to_owned()),
            logo: Some(Logo::of("logo.svg", LOGO.as_bytes())),
        }),
    }
}

fn council() -> Council {
    Council {
        name: "Exampleshire County Council".to_owned(),
        code: "E10000099".to_owned(),
        kind: "council".to_owned(),
        covers: "children's and adults' services".to_owned(),
        services: vec!["children".to_owned(), "adults".to_owned()],
        as_of: "2026-09-30".to_owned(),
        as_of_words: "30 September 2026".to_owned(),
        fielded: Some("7 to 30 September 2026".to_owned()),
        lead: Some("Principal Social Worker".to_owned()),
        lead_qualified: true,
        contact: Some("healthcheck@exampleshire.example".to_owned()),
        note: Some("An example with invented figures.".to_owned()),
        ceiling: Some(18.0),
    }
}

fn response(scope: usize, asked: f64, answered: f64, rate: f64) -> Response {
    let (id, title) = SCOPES[scope];
    Response {
        scope: id.to_owned(),
        title: title.to_owned(),
        asked: count(asked),
        answered: count(answered),
        rate: number(rate),
        words: "desirable".to_owned(),
    }
}

fn groups() -> Vec<Group> {
    let group = |breakdown: &str, name: &str, title: &str| Group {
        breakdown: breakdown.to_owned(),
        name: name.to_owned(),
        title: title.to_owned(),
        rolls: Vec::new(),
        adds_up: true,
        within: match breakdown {
            "team" => vec![("service".to_owned(), "children".to_owned())],
            _ => Vec::new(),
        },
    };
    let mut list = vec![group("whole", "whole", "Whole council")];
    list.extend(
        SCOPES[1..]
            .iter()
            .map(|(id, title)| group("service", id, title)),
    );
    list.extend(TEAMS.iter().map(|team| Group {
        within: vec![("service".to_owned(), SCOPES[1].0.to_owned())],
        ..group("team", team, team)
    }));
    let rolls = TEAMS[2..].iter().map(|team| (*team).to_owned()).collect();
    list.push(Group {
        rolls,
        adds_up: false,
        ..group(
            "team",
            &TEAMS[2..].join(" + "),
            "Other teams in children's services (2 teams rolled together)",
        )
    });
    list
}

fn awareness() -> Vec<Awareness> {
    crate::national::AWARENESS
        .iter()
        .zip([58.0, 34.0])
        .map(|((id, ask), yes)| Awareness {
            id: (*id).to_owned(),
            ask: (*ask).to_owned(),
            nation_asks: String::new(),
            yes: number(yes),
            n: count(233.0),
        })
        .collect()
}

fn plan() -> Vec<Action> {
    let action = Action {
        id: "third-duty-team".to_owned(),
        standard: "caseload".to_owned(),
        standard_title: "Caseload management".to_owned(),
        what: "Recruit a third duty team".to_owned(),
        owner: "Head of Children's Assessment".to_owned(),
        start: "1 November 2026".to_owned(),
        start_on: Some("2026-11-01".to_owned()),
        due: "31 March 2027".to_owned(),
        due_on: Some("2027-03-31".to_owned()),
        measure_id: Some("caseload-per-fte".to_owned()),
        baseline_value: Some(18.2),
        target_value: Some(16.0),
        unit: "cases per FTE".to_owned(),
        found: "18.4".to_owned(),
        measure: "Cases per full-time equivalent practitioner who holds cases".to_owned(),
        baseline: "18.2".to_owned(),
        target: "16".to_owned(),
        status: "under way".to_owned(),
        because: String::new(),
        agreed_with: vec!["UNISON".to_owned()],
        overdue: false,
    };
    let late = Action {
        id: "quiet-rooms".to_owned(),
        standard: "systems".to_owned(),
        standard_title: "IT systems and administrative support".to_owned(),
        what: "Open two quiet rooms in the west office".to_owned(),
        owner: "Head of Property".to_owned(),
        start: "1 April 2026".to_owned(),
        start_on: Some("2026-04-01".to_owned()),
        due: "31 August 2026".to_owned(),
        due_on: Some("2026-08-31".to_owned()),
        measure_id: Some("confidential-space".to_owned()),
        baseline_value: Some(47.3),
        target_value: Some(60.0),
        unit: "out of 100".to_owned(),
        found: String::new(),
        measure: "I can find a private place to meet people".to_owned(),
        baseline: "47.3".to_owned(),
        target: "60".to_owned(),
        status: "planned".to_owned(),
        agreed_with: Vec::new(),
        overdue: true,
        ..action.clone()
    };
    let dropped = Action {
        id: "night-rota".to_owned(),
        standard: "welfare".to_owned(),
        standard_title: "Safety and welfare".to_owned(),
        what: "A second night rota".to_owned(),
        status: "dropped".to_owned(),
        because: "the out-of-hours service now covers it".to_owned(),
        ..action.clone()
    };
    vec![action, late, dropped]
}

fn tailoring() -> Tailoring {
    Tailoring {
        word: "tailored".to_owned(),
        sentences: vec![
            "One national item is left out.".to_owned(),
            "Two items and one standard are added.".to_owned(),
            "Caseload management weighs three times as much as any other standard.".to_owned(),
        ],
        comparable: 38,
        of: 39,
        text: "38 of 39".to_owned(),
    }
}

/// Of a small table.
fn sealed(is_small: bool) -> Option<String> {
    is_small.then(|| "survey".to_owned())
}
