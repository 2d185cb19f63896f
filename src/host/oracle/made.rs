//! A number in, a council out: cards and data files with everything that a council can do
//! to its tailoring and its rows. The same number gives the same council everywhere.

mod rows;

use crate::host::synthetic::chance::Chance;
use crate::national::{ANSWERS, StandardId};
use crate::validate;
use serde_json::{Map, Value, json};

/// A council's cards, and its data files by table.
pub(super) struct Made {
    cards: Vec<(String, Option<String>, Value)>,
    pub(super) files: Vec<(String, String)>,
}

impl Made {
    /// The cards as a council writes them.
    pub(super) fn script(&self) -> String {
        let card = |(verb, id, keys): &(String, Option<String>, Value)| match id {
            Some(id) => format!("{verb}({}, {});\n", json!(id), written(keys)),
            None => format!("{verb}({});\n", written(keys)),
        };
        self.cards.iter().map(card).collect()
    }

    /// The same as lists: verb, id, keys.
    pub(super) fn cards(&self) -> Value {
        json!(self.cards)
    }
}

/// A value as a script spells it. A map with the key `always` or `formula` alone stands for
/// what JSON has no spelling for.
fn written(value: &Value) -> String {
    match value {
        Value::Object(keys) => match (keys.get("always"), keys.get("formula")) {
            (Some(words), _) => format!("always({words})"),
            (_, Some(Value::String(formula))) => formula.clone(),
            _ => {
                let keys: Vec<String> = keys
                    .iter()
                    .map(|(key, value)| format!("{}: {}", json!(key), written(value)))
                    .collect();
                format!("#{{ {} }}", keys.join(", "))
            }
        },
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(written).collect();
            format!("[{}]", list.join(", "))
        }
        other => other.to_string(),
    }
}

/// What is settled before anything is drawn for a table.
struct Outline {
    services: Vec<&'static str>,
    /// How well the council does, 0 to 1.
    quality: f64,
    /// Whether it wants a grade: everything is in order, and little is missing.
    tidy: bool,
    /// Answer sheets, a number for each service.
    sheets: Vec<usize>,
    /// Practitioners on the list, a number for each service.
    workers: Vec<usize>,
    /// Scored answers of the questions that have others than the nation's.
    scales: Map<String, Value>,
    /// The council's own questions.
    own_questions: Vec<String>,
}

/// The council of that number.
pub(super) fn council(number: usize) -> Made {
    let chance = &mut Chance::of(&["oracle", &number.to_string()]);
    let services: Vec<&str> = match chance.below(10) {
        0 | 1 => vec!["children"],
        2 => vec!["adults"],
        _ => vec!["children", "adults"],
    };
    let large = number.is_multiple_of(50);
    let tidy = chance.happens(0.6);
    let mut size = |least: usize, most: usize| -> Vec<usize> {
        let size = |_| {
            if large {
                120 + chance.below(150)
            } else {
                least + chance.below(most - least)
            }
        };
        services.iter().map(size).collect()
    };
    let (sheets, workers) = (size(if tidy { 11 } else { 2 }, 36), size(2, 40));
    let mut outline = Outline {
        quality: quality(chance),
        tidy,
        sheets,
        workers,
        services,
        scales: Map::new(),
        own_questions: Vec::new(),
    };
    let mut made = Made {
        cards: Vec::new(),
        files: Vec::new(),
    };
    let as_of = chance
        .one_of(&["2026-09-30", "2026-03-31", "2024-02-29", "2025-12-31"])
        .to_owned();
    who(chance, &outline, &as_of, &mut made);
    standards(chance, &mut made);
    items(chance, &as_of, &mut outline, &mut made);
    plan(chance, &outline, &mut made);
    rows::tables(chance, &outline, &mut made);
    made
}

/// Mostly anything from 0 to 1; often near the top, or few would be outstanding.
fn quality(chance: &mut Chance) -> f64 {
    if chance.happens(0.3) {
        0.85 + 0.15 * chance.share()
    } else {
        chance.share()
    }
}

impl Made {
    fn card(&mut self, verb: &str, id: impl Into<Option<String>>, keys: Value) {
        self.cards.push((verb.to_owned(), id.into(), keys));
    }
}

/// A day some months and days before another, in round months that every calendar has.
fn earlier(as_of: &str, months: i32, days: i32) -> String {
    let as_of: jiff::civil::Date = as_of.parse().expect("written above");
    let back = jiff::Span::new().months(months).days(days);
    as_of.saturating_sub(back).to_string()
}

fn who(chance: &mut Chance, outline: &Outline, as_of: &str, made: &mut Made) {
    let mut asked = Map::new();
    for (service, sheets) in outline.services.iter().zip(&outline.sheets) {
        // Everybody answered; nearly; about half; at a third and around it; few.
        let number = match chance.below(if outline.tidy { 8 } else { 10 }) {
            0 => *sheets,
            1 => sheets + 1,
            2 => sheets * 3,
            8 => sheets * 3 + 1,
            9 => sheets * 5,
            _ => sheets + chance.below(sheets + 2),
        };
        if chance.happens(if outline.tidy { 0.995 } else { 0.8 }) {
            asked.insert((*service).into(), json!(number));
        }
    }
    let mut keys = json!({
        "code": "E10999999",
        "as_of": as_of,
        "services": outline.services,
        "asked": asked,
    });
    if outline.tidy || chance.happens(0.7) {
        let qualified = outline.tidy || chance.happens(0.8);
        keys["lead"] =
            json!({ "post": "Principal Social Worker", "social_work_qualified": qualified });
    }
    if chance.happens(if outline.tidy { 0.85 } else { 0.3 }) {
        keys["note"] = json!("A note for the page");
    }
    made.card("council", "Somewhere Council".to_owned(), keys);
    for _ in 0..usize::from(outline.tidy || chance.happens(0.8)) {
        let on = match chance.below(if outline.tidy { 8 } else { 12 }) {
            0 => earlier(as_of, 12, 0),
            8.. => earlier(as_of, 12, 1),
            _ => earlier(as_of, 0, 20),
        };
        let keys = json!({ "on": on, "how": "a meeting", "agreed": chance.happens(0.5) });
        made.card("consulted", "A union".to_owned(), keys);
    }
}

fn standards(chance: &mut Chance, made: &mut Made) {
    for standard in StandardId::ALL {
        if chance.happens(0.2) {
            let weight = [1.0, 2.0, 3.0, 4.5, 5.0][chance.below(5)];
            made.card(
                "standard",
                standard.id().to_owned(),
                json!({ "weight": weight }),
            );
        }
    }
}

fn items(chance: &mut Chance, as_of: &str, outline: &mut Outline, made: &mut Made) {
    // How much is tailored and left out; a tidy council keeps to little.
    let much = if outline.tidy {
        0.15 * chance.share()
    } else {
        chance.share()
    };
    for item in validate::national() {
        let id = item.id.clone();
        let kind = item.local.kind.word();
        if chance.happens(0.15 * much) {
            let review_by = earlier(as_of, -chance_months(chance), 0);
            let keys = json!({ "reason": "Not collected here", "review_by": review_by });
            made.card("omit", id, keys);
            continue;
        }
        let tailored = chance.happens(0.4 * much);
        match kind {
            "statement" => {
                if tailored && chance.happens(0.3) {
                    made.card(kind, id.clone(), json!({ "ask": "Our own words for it" }));
                }
                claims(chance, as_of, outline, &id, made);
            }
            "question" if tailored => {
                let keys = question(chance, &item.local.ask);
                if let Some(answers) = keys.get("answers") {
                    let scored = answers.get("scored").unwrap_or(answers);
                    if scored.is_array() {
                        outline.scales.insert(id.clone(), scored.clone());
                    }
                }
                made.card(kind, id, keys);
            }
            "measure" if tailored => {
                let keys = measure(chance, &id);
                made.card(kind, id, keys);
            }
            _ => {}
        }
    }
    own_items(chance, as_of, outline, made);
}

fn chance_months(chance: &mut Chance) -> i32 {
    [0, 6, 12, 24][chance.below(4)]
}

/// Ways to tailor a question.
fn question(chance: &mut Chance, ask: &str) -> Value {
    let reworded = ["not at all", "hardly", "so so", "mostly", "wholly"];
    match chance.below(8) {
        0 => json!({ "ask": "Our own words for it" }),
        1 => json!({ "ask": ask, "hint": "Think of the last month" }),
        2 => json!({ "answers": reworded }),
        3 => json!({ "answers": { "unscored": ["don't know"] }, "weight": 3 }),
        4 => json!({ "answers": { "scored": reworded, "unscored": ["don't know"] } }),
        5 => json!({ "answers": ["no", "partly", "yes"] }),
        6 => json!({ "reverse": true }),
        _ => {
            // The nation's five in another order: the words of one answer for another.
            let mut answers = ANSWERS;
            answers.swap(chance.below(4), 4);
            json!({ "answers": answers })
        }
    }
}

/// Ways to tailor a measure.
fn measure(chance: &mut Chance, id: &str) -> Value {
    let national = validate::national();
    let item = national.iter().find(|item| item.id == id);
    let Some(crate::check::Kind::Measure(theirs)) = item.map(|item| &item.local.kind) else {
        unreachable!("a measure of the nation's");
    };
    let further = (theirs.worst - theirs.best) / 4.0;
    match chance.below(5) {
        0 => json!({ "worst": theirs.worst - further }),
        1 => json!({ "best": theirs.best + further, "worst": theirs.worst + further }),
        2 => json!({ "ask": "Our own words for it", "weight": 2.5 }),
        3 => json!({ "value": { "formula": "|workers| workers.mean(\"cases\")" } }),
        _ => json!({ "advice": "Take to the monthly meeting" }),
    }
}

fn claims(chance: &mut Chance, as_of: &str, outline: &Outline, id: &str, made: &mut Made) {
    if chance.happens(if outline.tidy { 0.03 } else { 0.2 }) {
        return;
    }
    let claim = |chance: &mut Chance, service: Option<&str>| {
        let yes = 0.3 + 0.7 * outline.quality;
        let says = if chance.happens(yes) {
            "yes"
        } else {
            chance.one_of(&["yes", "partly", "no"])
        };
        let mut keys = json!({ "says": says });
        if chance.happens(0.92) {
            keys["on"] = json!(match chance.below(8) {
                0 => earlier(as_of, 12, 0),
                1 => earlier(as_of, 12, 1),
                2 => earlier(as_of, 30, 0),
                3 => as_of.to_owned(),
                _ => earlier(as_of, 4, 0),
            });
        }
        if chance.happens(0.92) {
            keys["evidence"] = json!(if chance.happens(0.05) {
                "  "
            } else {
                "Minutes of a meeting"
            });
        }
        if let Some(service) = service {
            keys["service"] = json!(service);
        }
        keys
    };
    if chance.happens(0.3) {
        for service in &outline.services {
            if chance.happens(0.9) {
                let keys = claim(chance, Some(service));
                made.card("answer", id.to_owned(), keys);
            }
        }
    } else {
        let keys = claim(chance, None);
        made.card("answer", id.to_owned(), keys);
    }
}

/// Items of the council's own, which never touch the national score.
fn own_items(chance: &mut Chance, as_of: &str, outline: &mut Outline, made: &mut Made) {
    for nth in 0..chance.below(3) {
        let id = format!("own-question-{nth}");
        let mut keys = json!({
            "standard": StandardId::ALL[chance.below(6)].id(),
            "ask": "Something of our own",
            "reverse": chance.happens(0.5),
            "weight": 1 + chance.below(5),
        });
        if chance.happens(0.5) {
            let answers = &["never", "seldom", "often", "always"][..2 + chance.below(3)];
            keys["answers"] = json!(answers);
            outline.scales.insert(id.clone(), json!(answers));
        }
        outline.own_questions.push(id.clone());
        made.card("question", id, keys);
    }
    if chance.happens(0.3) {
        let keys = json!({
            "standard": "caseload", "ask": "Mean caseload", "unit": "cases",
            "value": { "formula": "|workers| workers.mean(\"cases\")" }, "best": 10, "worst": 25,
        });
        made.card("measure", "own-measure".to_owned(), keys);
    }
    if chance.happens(0.3) {
        let keys = json!({ "standard": "welfare", "ask": "Something that we claim" });
        made.card("statement", "own-statement".to_owned(), keys);
        let keys = json!({ "says": "yes", "on": as_of, "evidence": "A paper" });
        made.card("answer", "own-statement".to_owned(), keys);
    }
}

fn plan(chance: &mut Chance, outline: &Outline, made: &mut Made) {
    for standard in StandardId::ALL {
        if !chance.happens(if outline.tidy { 0.99 } else { 0.5 }) {
            continue;
        }
        let mut keys = json!({
            "standard": standard.id(), "what": "Do better", "owner": "Head of Service",
            "start": "2026-11-01", "due": "2027-03-31", "measure": "cover",
            "baseline": 50, "target": 70, "status": "planned",
        });
        if !outline.tidy && chance.happens(0.3) {
            let keys = keys.as_object_mut().expect("written above");
            let key = ["owner", "start", "due", "measure", "baseline", "target"][chance.below(6)];
            keys.remove(key);
        } else if !outline.tidy && chance.happens(0.1) {
            keys["status"] = json!("dropped");
            keys["because"] = json!("It did not help");
        }
        made.card("action", format!("better-{}", standard.id()), keys);
    }
}
