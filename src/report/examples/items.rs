//! Exampleshire's items and what was found for each.

use super::figures::{count, number, symbol};
use super::full::TEAMS;
use super::wording::{ITEMS, Row};
use crate::missing::Missing;
use crate::national::{BANDS, band_words};
use crate::publication::{
    AnswerCount, Answers, BandQuantile, Bands, Benchmark, Figure, Finding, Item, Quantile, Reading,
};

/// The 39 national items, three of them tailored, and two of the council's own.
pub fn all() -> Vec<Item> {
    let mut list: Vec<Item> = ITEMS.iter().map(national_item).collect();
    for item in &mut list {
        match item.id.as_str() {
            "caseload-per-fte" => {
                item.target = "at most 16".to_owned();
                item.target_reached = "not reached".to_owned();
                item.advice = Some("Take to the monthly allocation meeting.".to_owned());
                item.note = Some("Ceiling of 18 agreed in March 2026.".to_owned());
                item.benchmark = Some(benchmark());
            }
            "high-caseloads" => {
                item.comparability = "complies".to_owned();
                item.comparability_reasons =
                    vec!["the anchors are stricter than the nation's".to_owned()];
                item.local_formula = "|workers| workers.share(|w| w.cases > 18 * w.fte)".to_owned();
                for finding in &mut item.findings {
                    finding.local.value = number(17.9);
                }
            }
            "vacancy-rate" => {
                let scopes = item.findings.iter_mut().filter(|f| f.breakdown != "team");
                for finding in scopes {
                    finding.local.base = Some(count(246.0));
                    finding.national = Some(finding.local.clone());
                }
            }
            "system-hours-lost" => {
                item.comparability = "omitted".to_owned();
                item.comparability_reasons = vec![
                    "left out: the service desk cannot yet tell practitioners' calls apart; to be reviewed by 30 September 2027".to_owned(),
                ];
                for finding in &mut item.findings {
                    let reading = Reading {
                        value: symbol(Missing::NotAvailable),
                        score: symbol(Missing::NotAvailable),
                        n: symbol(Missing::NotAvailable),
                        rated: false,
                        why_not: "not rated, because the council left it out".to_owned(),
                        rows_used: String::new(),
                        ..finding.local.clone()
                    };
                    finding.national = Some(reading.clone());
                    finding.local = reading;
                }
            }
            _ => {}
        }
    }
    list.push(local_item(
        "far-over-ceiling",
        "caseload",
        "measure",
        "Practitioners holding half as many cases again as we agreed",
        "%",
        4.2,
        58.0,
    ));
    list.push(local_item(
        "fair-treatment",
        "equality",
        "question",
        "I am treated fairly, whoever I am",
        "",
        66.0,
        66.0,
    ));
    list
}

fn benchmark() -> Benchmark {
    let values = [12.8, 13.8, 14.1, 15.2, 16.8, 17.0, 18.1];
    Benchmark {
        year: 2025,
        source: crate::national::benchmarks::SOURCE.to_owned(),
        councils: 148,
        title: "Children's services".to_owned(),
        value: number(16.4),
        quantiles: crate::national::benchmarks::PERCENTILES
            .into_iter()
            .zip(values)
            .map(|(percentile, value)| Quantile {
                percentile,
                value: number(value),
            })
            .collect(),
        england: number(15.2),
        words: "between the 50th and the 75th percentile of 148 councils in the year to 30 September 2025".to_owned(),
    }
}

fn national_item(row: &Row) -> Item {
    let (id, standard, kind, ask, unit, value, score) = *row;
    let item = local_item(id, standard, kind, ask, unit, value, score);
    Item {
        national: true,
        comparability: "identical".to_owned(),
        comparability_reasons: Vec::new(),
        national_formula: if kind == "measure" {
            "|workers| rate(workers.sum(\"cases\"), workers.sum(\"fte\"))".to_owned()
        } else {
            String::new()
        },
        local_formula: String::new(),
        findings: item
            .findings
            .into_iter()
            .map(|finding| Finding {
                national: Some(finding.local.clone()),
                ..finding
            })
            .collect(),
        ..item
    }
}

fn local_item(
    id: &str,
    standard: &str,
    kind: &str,
    ask: &str,
    unit: &str,
    value: f64,
    score: f64,
) -> Item {
    // A statement is the employer's word: it does not vary.
    let varies = if kind == "statement" { 0.0 } else { 1.0 };
    let finding = |breakdown: &str, group: &str, n: f64, shift: f64| Finding {
        breakdown: breakdown.to_owned(),
        group: group.to_owned(),
        national: None,
        local: reading(
            kind,
            unit,
            value + shift * varies,
            score,
            n,
            TEAMS[2..].contains(&group),
        ),
    };
    let mut findings = vec![
        finding("whole", "whole", 236.0, 0.0),
        finding("service", "children", 137.0, -0.4),
        finding("service", "adults", 99.0, 0.5),
    ];
    if kind != "statement" {
        let teams = TEAMS.iter().zip([0.3, 0.0, 1.2, 0.0]);
        findings.extend(teams.map(|(team, shift)| finding("team", team, 41.0, shift)));
        findings.push(finding("team", &TEAMS[2..].join(" + "), 14.0, 0.6));
    }
    Item {
        id: id.to_owned(),
        standard: standard.to_owned(),
        kind: kind.to_owned(),
        national: false,
        better: match kind {
            "measure" => "lower".to_owned(),
            _ => String::new(),
        },
        scale: match kind {
            "question" => crate::national::ANSWERS.map(str::to_owned).to_vec(),
            _ => Vec::new(),
        },
        ask: ask.to_owned(),
        nation_asks: String::new(),
        unit: if kind == "measure" {
            unit.to_owned()
        } else {
            String::new()
        },
        comparability: "extends".to_owned(),
        comparability_reasons: vec!["an item of the council's own".to_owned()],
        national_formula: String::new(),
        local_formula: if kind == "measure" {
            "|workers| workers.share(|w| w.cases > 1.5 * CEILING * w.fte and w.agency == \"no\")"
                .to_owned()
        } else {
            String::new()
        },
        rule: match kind {
            "measure" => "100 at the best anchor, 0 at the worst, straight between",
            "question" => {
                "the mean of the answers, 0 for strongly disagree to 100 for strongly agree"
            }
            _ => "yes 100, partly 50, no 0",
        }
        .to_owned(),
        weight: 1.0,
        target: String::new(),
        target_reached: String::new(),
        advice: None,
        note: None,
        benchmark: None,
        findings,
    }
}

fn reading(kind: &str, unit: &str, value: f64, score: f64, n: f64, withheld: bool) -> Reading {
    let statement = kind == "statement";
    let words = |text: &str| {
        if statement {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let figure = |figure: Figure| {
        if withheld {
            symbol(Missing::Confidential)
        } else {
            figure
        }
    };
    Reading {
        value: figure(number(value)),
        score: figure(number(score)),
        n: if statement {
            symbol(Missing::NotApplicable)
        } else {
            figure(count(n))
        },
        rated: true,
        why_not: String::new(),
        rows_used: if kind == "measure" && !withheld {
            "98% of rows used".to_owned()
        } else {
            String::new()
        },
        answers: (kind == "question" && !withheld).then(|| answers(n)),
        claim: words(unit),
        evidence: words("Workload agreement, section 2"),
        claimed_on: words("18 March 2026"),
        experience: words("not supported by practitioners"),
        experience_of: words("caseload-manageable"),
        experience_agree: statement.then(|| figure(number(36.4))),
        bands: (unit == "%" && kind == "measure" && value == HIGH && !withheld).then(|| bands(n)),
        base: None,
    }
}

/// The share of high caseloads in the example, of which the bands are told.
const HIGH: f64 = 11.2;

fn bands(n: f64) -> Bands {
    let shares = [52.4, 36.4, HIGH];
    let label = |at: usize| band_words([0..2, 2..3, 3..BANDS][at].clone());
    Bands {
        counts: shares
            .iter()
            .enumerate()
            .map(|(at, share)| AnswerCount {
                label: label(at),
                count: count((n * share / 100.0).round()),
                share: number(*share),
            })
            .collect(),
        quantiles: [(25, 0), (50, 0), (75, 1), (90, 2)]
            .into_iter()
            .map(|(percentile, at)| BandQuantile {
                percentile,
                band: label(at),
            })
            .collect(),
    }
}

fn answers(n: f64) -> Answers {
    let shares = [("disagree", 21.0), ("neither", 18.0), ("agree", 61.0)];
    Answers {
        counts: shares
            .iter()
            .map(|(label, share)| AnswerCount {
                label: (*label).to_owned(),
                count: count((n * share / 100.0).round()),
                share: number(*share),
            })
            .collect(),
        unscored: count(4.0),
    }
}
