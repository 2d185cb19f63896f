//! Two years of one council, made for tests: the example, and the example by chance.

use crate::missing::Missing;
use crate::publication::{
    AnswerCount, Answers, Figure, Finding, Item, Publication, Reading, Score,
};
use crate::report::example;

/// Measures that are a share of posts or people.
pub const SHARES: [&str; 5] = [
    "vacancy-rate",
    "agency-rate",
    "turnover-rate",
    "appraisal-current",
    "high-caseloads",
];

/// A number to one decimal.
pub fn figure(value: f64) -> Figure {
    let value = (value * 10.0).round() / 10.0;
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.1}"),
    }
}

/// A rated score with its error.
pub fn score(value: f64, error: Option<f64>) -> Score {
    Score {
        score: figure(value),
        band: "good".into(),
        rated: true,
        why_not: String::new(),
        low: None,
        high: None,
        interval: String::new(),
        error: error.map(|error| Figure {
            value: Some(error),
            symbol: None,
            text: format!("{error:.2}"),
        }),
    }
}

/// The example council's publication, its scores those of its items.
pub fn this_year() -> Publication {
    publication(&["far-over-ceiling"])
}

/// The same a year before.
pub fn of_last_year() -> Publication {
    let mut publication = this_year();
    publication.council.as_of = "2025-09-30".into();
    publication.council.as_of_words = "30 September 2025".into();
    publication
}

/// The example with these items of its own.
pub fn publication(own: &[&str]) -> Publication {
    let mut publication = example();
    publication.changes = None;
    publication
        .items
        .retain(|item| item.national || own.contains(&item.id.as_str()));
    for item in &mut publication.items {
        item.comparability = if item.national {
            "identical"
        } else {
            "extends"
        }
        .into();
        for finding in &mut item.findings {
            for reading in finding.national.iter_mut().chain([&mut finding.local]) {
                reading.base = None;
            }
        }
    }
    score_again(&mut publication);
    publication
}

/// An item of a publication.
pub fn item<'a>(publication: &'a mut Publication, id: &str) -> &'a mut Item {
    let found = publication.items.iter_mut().find(|item| item.id == id);
    found.expect("the example holds the item")
}

fn finding<'a>(item: &'a mut Item, scope: &str) -> &'a mut Finding {
    let found = item.findings.iter_mut().find(|one| one.group == scope);
    found.expect("the example has the scope")
}

/// An item's national reading in a scope.
pub fn reading<'a>(item: &'a mut Item, scope: &str) -> &'a mut Reading {
    let found = finding(item, scope).national.as_mut();
    found.expect("a national item has a national reading")
}

/// So many of each answer.
pub fn answers(counts: &[f64]) -> Answers {
    let whole = |count: f64| Figure {
        value: Some(count),
        symbol: None,
        text: format!("{count:.0}"),
    };
    Answers {
        counts: counts
            .iter()
            .map(|count| AnswerCount {
                label: "answer".into(),
                count: whole(*count),
                share: figure(10.0),
            })
            .collect(),
        unscored: whole(0.0),
    }
}

/// Scores every scope from its items' scores, before they are rounded for the page.
pub fn score_again(publication: &mut Publication) {
    let exact = |reading: &Reading| reading.score.value.unwrap_or(0.0);
    score_from(publication, exact);
}

fn score_from(publication: &mut Publication, exact: impl Fn(&Reading) -> f64) {
    for scope in &mut publication.scopes {
        let mut means = Vec::new();
        for standard in &mut scope.standards {
            let scored: Vec<f64> = publication
                .items
                .iter()
                .filter(|item| item.national && item.standard == standard.id)
                .filter_map(|item| {
                    let finding = item.findings.iter().find(|one| one.group == scope.id)?;
                    finding.national.as_ref().filter(|reading| reading.rated)
                })
                .map(&exact)
                .collect();
            let mean = scored.iter().sum::<f64>() / scored.len() as f64;
            standard.result = score(mean, Some(1.9));
            means.push(mean);
        }
        scope.overall = score(means.iter().sum::<f64>() / means.len() as f64, Some(1.9));
    }
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Two years by chance: other scores, items that were not scored or not comparable, scores
/// worked out before rounding, as a council's are.
pub fn chance_pair(seed: u64) -> (Publication, Publication) {
    let mut dice = Dice(seed);
    let gaps = [0.0, 0.05, 0.2][(seed % 3) as usize];
    let mut year = |mut publication: Publication| {
        for item in publication.items.iter_mut().filter(|item| item.national) {
            if item.kind == "question" && dice.share() < gaps / 4.0 {
                item.comparability = "not comparable".into();
            }
            let compares = item.comparability != "not comparable";
            for finding in &mut item.findings {
                let Some(reading) = &mut finding.national else {
                    continue;
                };
                if !compares || dice.share() < gaps {
                    let symbol = crate::change::figures::symbol(Missing::NotAvailable);
                    *reading = Reading::without(&symbol, "not brought");
                } else if item.kind == "statement" {
                    let says = (dice.share() * 3.0) as usize;
                    reading.claim = ["no", "partly", "yes"][says].into();
                    reading.score.value = Some([0.0, 50.0, 100.0][says]);
                    reading.value = figure([0.0, 50.0, 100.0][says]);
                } else {
                    reading.score.value = Some(100.0 * dice.share());
                    reading.value = figure(60.0 * dice.share());
                    reading.base = SHARES
                        .contains(&item.id.as_str())
                        .then(|| figure(20.0 + (300.0 * dice.share()).floor()));
                }
            }
        }
        score_again(&mut publication);
        for item in &mut publication.items {
            for reading in item.findings.iter_mut().filter_map(|f| f.national.as_mut()) {
                if let Some(value) = reading.score.value {
                    reading.score = figure(value);
                }
            }
        }
        publication
    };
    (year(of_last_year()), year(this_year()))
}
