//! What is drawn agrees with the figures.

use super::svg::at;
use super::*;
use crate::publication::Item;
use crate::report::examples;

/// The values of an attribute in marks of a class, in order.
fn drawn(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
    svg.lines()
        .filter(|line| line.contains(&format!("class=\"{class}\"")))
        .map(|line| {
            let start = line
                .find(&format!(" {attribute}=\""))
                .expect("the mark has it")
                + attribute.len()
                + 3;
            let end = line[start..].find('"').expect("it is closed") + start;
            line[start..end].parse().expect("it is a number")
        })
        .collect()
}

fn agree(drawn: &[f64], values: &[f64]) {
    assert_eq!(drawn.len(), values.len(), "{drawn:?} {values:?}");
    for (drawn, value) in drawn.iter().zip(values) {
        assert!((drawn - at(*value)).abs() < 0.01, "{drawn} for {value}");
    }
}

#[test]
fn each_dot_and_interval_is_where_its_score_is() {
    for (_, publication) in examples::all() {
        for scope in &publication.scopes {
            let svg = standards(scope, "a");
            let scores: Vec<_> = scope
                .standards
                .iter()
                .map(|standard| &standard.result)
                .chain([&scope.overall])
                .filter(|score| score.score.value.is_some())
                .collect();
            let of = |pick: fn(&crate::publication::Score) -> Option<f64>| -> Vec<f64> {
                scores.iter().filter_map(|score| pick(score)).collect()
            };
            agree(&drawn(&svg, "dot", "cx"), &of(|score| score.score.value));
            let low = of(|score| score.low.as_ref().and_then(|end| end.value));
            let high = of(|score| score.high.as_ref().and_then(|end| end.value));
            agree(&drawn(&svg, "interval", "x1"), &low);
            agree(&drawn(&svg, "interval", "x2"), &high);
        }
    }
}

#[test]
fn a_bar_of_answers_is_as_long_as_its_shares_and_balanced_about_the_middle() {
    let publication = examples::full();
    let mut seen = 0;
    for item in &publication.items {
        let whole = item.findings.iter().find(|f| f.breakdown == "whole");
        let reading = whole.map(|finding| finding.national.as_ref().unwrap_or(&finding.local));
        let Some(counts) = reading.and_then(|reading| reading.answers.as_ref()) else {
            continue;
        };
        seen += 1;
        let svg = answers("Any", &[item], "a").expect("it has answers");
        let mut marks = Vec::new();
        for line in svg.lines().filter(|line| line.starts_with("<rect")) {
            marks.push((drawn_one(line, "x"), drawn_one(line, "width")));
        }
        let shares: Vec<f64> = counts.counts.iter().filter_map(|c| c.share.value).collect();
        assert_eq!(marks.len(), shares.len());
        for ((_, width), share) in marks.iter().zip(&shares) {
            assert!((width - share * 1.52).abs() < 0.01, "{width} for {share}");
        }
        let half = shares.len() / 2;
        let middle = marks[half].0
            + if shares.len().is_multiple_of(2) {
                0.0
            } else {
                marks[half].1 / 2.0
            };
        assert!((middle - 160.0).abs() < 0.02, "{middle}");
    }
    assert!(seen > 5, "the example answers questions");
}

fn drawn_one(line: &str, attribute: &str) -> f64 {
    let start = line.find(&format!(" {attribute}=\"")).expect("it is there") + attribute.len() + 3;
    let end = line[start..].find('"').expect("it is closed") + start;
    line[start..end].parse().expect("it is a number")
}

#[test]
fn a_claim_stands_at_its_score_and_experience_at_its_share() {
    let publication = examples::full();
    let readings: Vec<_> = publication
        .items
        .iter()
        .filter_map(|item| Some(&item.findings.iter().find(|f| f.breakdown == "whole")?.local))
        .filter(|reading| !reading.claim.is_empty() && !reading.experience_of.is_empty())
        .collect();
    assert!(!readings.is_empty());
    let svg = claims(&publication.items, "a").expect("it has claims");
    let mut shares: Vec<f64> = readings
        .iter()
        .filter_map(|reading| reading.experience_agree.as_ref()?.value)
        .collect();
    let mut dots = drawn(&svg, "dot", "cx");
    // The last dot explains the mark.
    dots.pop();
    agree(&dots, &shares);
    shares.clear();
    let diamonds = svg
        .lines()
        .filter(|line| line.contains("class=\"claim\""))
        .count();
    assert_eq!(diamonds, readings.len() + 1);
}

#[test]
fn what_is_withheld_is_said_and_not_drawn() {
    let publication = examples::everything_withheld();
    let svg = standards(&publication.scopes[0], "a");
    assert!(drawn(&svg, "dot", "cx").is_empty());
    assert_eq!(svg.matches(">c</text>").count(), 7);
    let items: Vec<&Item> = publication.items.iter().collect();
    assert_eq!(answers("Any", &items, "a"), None);
}

#[test]
fn words_in_a_chart_can_never_be_markup() {
    let mut publication = examples::full();
    publication.scopes[0].title = "<script>".into();
    publication.scopes[0].standards[0].title = "\"><script>".into();
    let svg = standards(&publication.scopes[0], "a");
    assert!(!svg.contains("<script>"));
}
