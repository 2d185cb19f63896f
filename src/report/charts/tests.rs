//! What is drawn agrees with the figures.

use super::svg::at;
use super::*;
use crate::publication::{AnswerCount, Figure, Item};
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
    assert_eq!(svg.matches(">withheld</text>").count(), 7);
    let items: Vec<&Item> = publication.items.iter().collect();
    assert_eq!(answers("Any", &items, "a"), None);
}

#[test]
fn a_bar_of_bands_is_as_long_as_its_shares_and_a_group_withheld_has_none() {
    let figure = |value: Option<f64>| Figure {
        text: value.map_or("c".to_owned(), |value| value.to_string()),
        value,
        symbol: value.is_none().then(|| "c".to_owned()),
    };
    let counts = |shares: [Option<f64>; 3]| {
        shares.map(|share| AnswerCount {
            label: String::new(),
            count: figure(None),
            share: figure(share),
        })
    };
    let (told, withheld) = (
        counts([Some(62.5), Some(37.5), Some(0.0)]),
        counts([None; 3]),
    );
    let labels = ["up to 16", "over 16 to 20", "over 20"].map(String::from);
    let n = figure(Some(24.0));
    let holders = |title, counts| Holders {
        title,
        n: &n,
        counts,
    };
    let groups = [
        holders("One <team>", &told[..]),
        holders("Other", &withheld[..]),
    ];
    let svg = bands("By team", &labels, &groups, "a").expect("one of them is told of");
    let bars: Vec<&str> = svg
        .lines()
        .filter(|line| line.starts_with("<rect"))
        .collect();
    // A box for each shade, then the bars.
    assert_eq!(bars.len(), labels.len() + 3);
    let widths: Vec<f64> = bars[3..]
        .iter()
        .map(|line| drawn_one(line, "width"))
        .collect();
    assert_eq!(widths, [190.0, 114.0, 0.0]);
    assert!(
        svg.contains("One &lt;team&gt;, n 24") && svg.contains("Other: withheld"),
        "{svg}"
    );
    assert_eq!(bands("By team", &labels, &groups[1..], "a"), None);
}

#[test]
fn words_in_a_chart_can_never_be_markup() {
    let mut publication = examples::full();
    publication.scopes[0].title = "<script>".into();
    publication.scopes[0].standards[0].title = "\"><script>".into();
    let svg = standards(&publication.scopes[0], "a");
    assert!(!svg.contains("<script>"));
}

/// Where a number is by the numbers that a reader sees: a place on the axis for each of its
/// two ends.
fn by_scale(ends: [(f64, f64); 2], value: f64) -> f64 {
    let [(first, from), (last, to)] = ends;
    from + (to - from) * (value - first) / (last - first)
}

/// The numbers printed on an axis and where they stand.
fn printed(svg: &str, class: &str, attribute: &str) -> Vec<(f64, f64)> {
    svg.lines()
        .filter(|line| line.starts_with(&format!("<text class=\"{class}\"")))
        .filter_map(|line| {
            let words = &line[line.find('>')? + 1..line.find("</text>")?];
            Some((words.parse().ok()?, drawn_one(line, attribute)))
        })
        .collect()
}

#[test]
fn a_council_and_the_spread_stand_where_the_axis_says() {
    let publication = examples::full();
    let item = publication.items.iter().find(|i| i.benchmark.is_some());
    let item = item.expect("the example has a benchmark");
    for (value, symbol) in [(Some(16.4), None), (Some(40.2), None), (None, Some("low"))] {
        let mut item = item.clone();
        let benchmark = item.benchmark.as_mut().expect("it has one");
        benchmark.value.value = value;
        benchmark.value.symbol = symbol.map(str::to_owned);
        let points: Vec<f64> = benchmark
            .quantiles
            .iter()
            .filter_map(|point| point.value.value)
            .collect();
        let svg = benchmarks("Any", &[&item], "a").expect("it has a benchmark");
        let axis = printed(&svg, "tick", "x");
        let ends = [axis[0], axis[axis.len() - 1]];
        for (number, x) in &axis {
            assert!((x - by_scale(ends, *number)).abs() < 0.02, "{axis:?}");
        }
        // The last mark of each class explains it.
        let agrees = |class: &str, attribute: &str, value: f64| {
            let drawn = drawn(&svg, class, attribute);
            assert_eq!(drawn.len(), 2, "{class}");
            let wanted = by_scale(ends, value);
            assert!(
                (drawn[0] - wanted).abs() < 0.02,
                "{class}: {drawn:?} {wanted}"
            );
        };
        agrees("most", "x", points[0]);
        agrees("half", "x", points[2]);
        agrees("median", "x1", points[3]);
        let scale = (axis[1].1 - axis[0].1) / (axis[1].0 - axis[0].0);
        for (class, low, high) in [("most", 0, 6), ("half", 2, 4)] {
            let width = drawn(&svg, class, "width")[0];
            assert!((width - scale * (points[high] - points[low])).abs() < 0.02);
        }
        let line = svg.lines().find(|line| line.contains("class=\"here\""));
        let path = line.and_then(|line| line.split("d=\"M").nth(1));
        let x: f64 = path
            .and_then(|path| path.split(' ').next()?.parse().ok())
            .expect("a diamond begins above its middle");
        assert!((x - by_scale(ends, value.unwrap_or(0.0))).abs() < 0.02);
    }
    assert_eq!(benchmarks("Any", &[], "a"), None);
}

#[test]
fn each_edition_stands_where_the_scale_says_and_editions_that_do_not_compare_are_parted() {
    let figure = |value: Option<f64>| crate::publication::Figure {
        value,
        symbol: value.is_none().then(|| "c".to_owned()),
        text: value.map_or("c".to_owned(), |value| format!("{value:.1}")),
    };
    let scores = [
        figure(Some(48.3)),
        figure(Some(55.0)),
        figure(Some(71.9)),
        figure(None),
    ];
    let intervals = [None, Some((50.1, 60.4)), Some((66.0, 78.2)), None];
    let joined = [false, true, false, true];
    let points = || {
        scores
            .iter()
            .zip(intervals)
            .zip(joined)
            .map(|((score, interval), joined)| Point {
                score,
                interval,
                joined,
            })
            .collect()
    };
    let all = [
        "Supervision",
        "IT systems and administrative support",
        "Overall",
    ]
    .map(|title| Series {
        title,
        points: points(),
    });
    let editions = ["2023", "2024", "2025", "2026"].map(str::to_owned);
    let svg = history("Any", &editions, &all, "a").expect("there is something to draw");
    let scale = printed(&svg, "scale", "y");
    assert_eq!(scale.len(), 2 * all.len());
    let down = |panel: usize, value: f64| by_scale([scale[2 * panel], scale[2 * panel + 1]], value);
    let agrees = |class: &str, attribute: &str, values: &[f64]| {
        let drawn = drawn(&svg, class, attribute);
        assert_eq!(drawn.len(), values.len() * all.len(), "{class}");
        for (index, place) in drawn.iter().enumerate() {
            // The numbers' own baseline is four below their line.
            let wanted = down(index / values.len(), values[index % values.len()]) - 4.0;
            assert!((place - wanted).abs() < 0.02, "{class} {place} {wanted}");
        }
    };
    agrees("dot", "cy", &[48.3, 55.0, 71.9]);
    agrees("interval", "y1", &[50.1, 66.0]);
    agrees("interval", "y2", &[60.4, 78.2]);
    agrees("joined", "y1", &[48.3]);
    agrees("joined", "y2", &[55.0]);
    assert_eq!(drawn(&svg, "parted", "x1").len(), all.len());
    assert_eq!(svg.matches(">c</text>").count(), all.len());
}

#[test]
fn one_edition_and_editions_without_a_score_are_not_drawn() {
    let none = crate::publication::Figure {
        value: None,
        symbol: Some("x".to_owned()),
        text: "x".to_owned(),
    };
    let series = |count: usize| Series {
        title: "Supervision",
        points: (0..count)
            .map(|_| Point {
                score: &none,
                interval: None,
                joined: false,
            })
            .collect(),
    };
    assert_eq!(
        history("Any", &["2026".to_owned()], &[series(1)], "a"),
        None
    );
    let two = ["2025".to_owned(), "2026".to_owned()];
    assert_eq!(history("Any", &two, &[series(2)], "a"), None);
}

#[test]
fn a_mean_stands_on_the_scale_beside_the_ceiling_and_a_share_is_as_long_as_it_is_large() {
    let figure = |value: Option<f64>| crate::publication::Figure {
        value,
        symbol: value.is_none().then(|| "c".to_owned()),
        text: value.map_or("c".to_owned(), |value| format!("{value:.1}")),
    };
    let (means, shares) = (
        [figure(Some(15.8)), figure(None), figure(Some(21.3))],
        [figure(Some(17.9)), figure(Some(4.0)), figure(None)],
    );
    let loads: Vec<Load<'_>> = means
        .iter()
        .zip(&shares)
        .map(|(mean, share)| Load {
            title: "Any",
            mean,
            shares: vec![("More than 20", share)],
        })
        .collect();
    let svg = caseloads(&loads, Some(18.0), 20.0, "a").expect("there is something to draw");
    let axis = printed(&svg, "tick", "x");
    let ends = [axis[0], axis[axis.len() - 1]];
    let agrees = |class: &str, attribute: &str, values: &[f64]| {
        let drawn = drawn(&svg, class, attribute);
        assert_eq!(drawn.len(), values.len(), "{class}: {drawn:?}");
        for (place, value) in drawn.iter().zip(values) {
            assert!((place - by_scale(ends, *value)).abs() < 0.02, "{class}");
        }
    };
    agrees("dot", "cx", &[15.8, 21.3]);
    // A line beside each mean, and the scale from nought.
    agrees("ceiling", "x1", &[18.0; 3]);
    agrees("cut", "x1", &[20.0; 3]);
    assert!((ends[0].0).abs() < 0.01, "{ends:?}");
    let full = drawn(&svg, "most", "width")[0];
    for (width, share) in drawn(&svg, "tail", "width").iter().zip([17.9, 4.0]) {
        assert!((width - full * share / 100.0).abs() < 0.02);
    }
    assert_eq!(drawn(&svg, "tail", "width").len(), 2);
    assert_eq!(svg.matches(">c</text>").count(), 1);
    assert!(svg.contains("Any: c. More than 20"));
    let nothing = Load {
        title: "Any",
        mean: &means[1],
        shares: vec![("More than 20", &shares[2])],
    };
    assert_eq!(caseloads(&[nothing], None, 20.0, "a"), None);
}
