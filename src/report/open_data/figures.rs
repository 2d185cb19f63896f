//! The long table: one row a figure, whatever it is a figure of.

use super::cells::Cell;
use super::readings::{Known, readings};
use super::scores::OVERALL;
use super::{Table, figure, key, of, text};
use crate::publication::{Change, Changes, Figure, Publication, Score};

/// Every figure of the publication.
pub(super) fn figures(publication: &Publication) -> Table<'_> {
    let mut list = List::default();
    response(publication, &mut list);
    scores(publication, &mut list);
    for known in readings(publication) {
        finding(&known, &mut list);
    }
    for question in &publication.awareness {
        let about = About {
            subject: "awareness",
            breakdown: "whole",
            group: "whole",
            item: &question.id,
            ..About::default()
        };
        list.add(&about, "yes", &question.yes, "%");
        list.add(&about, "n", &question.n, "people");
    }
    benchmarks(publication, &mut list);
    if let Some(changes) = &publication.changes {
        changed(changes, &mut list);
    }
    Table {
        name: "figures",
        title: "Every published figure, one a row",
        columns: vec![
            key(
                "subject",
                "What it is a figure of: response, score, grade, finding, answers, bands, awareness, benchmark, change, change of score, split or plan",
            ),
            key("breakdown", "whole, service, team or the council's own"),
            key("group", "The group's name in its breakdown"),
            key(
                "definition",
                "national or local: whose definition; both stand here, the same or not",
            ),
            key(
                "standard",
                "The standard's id; overall for the overall score",
            ),
            key(
                "item",
                "The item's id; of the plan, the action's; of a split, the part's",
            ),
            key(
                "answer",
                "The answer that was given; of bands, cases for a full-time equivalent",
            ),
            key(
                "statistic",
                "Which figure: value, score, n, share and so on",
            ),
            figure("value", "The figure"),
            figure("low", "Lower end of its 95% interval"),
            figure("high", "Upper end of its 95% interval"),
            text("unit", "The figure's unit"),
        ],
        rows: list.rows,
    }
}

/// What a figure is about.
#[derive(Default, Clone, Copy)]
struct About<'a> {
    subject: &'a str,
    breakdown: &'a str,
    group: &'a str,
    definition: &'a str,
    standard: &'a str,
    item: &'a str,
    answer: &'a str,
}

#[derive(Default)]
struct List<'p> {
    rows: Vec<Vec<Cell<'p>>>,
}

impl<'p> List<'p> {
    fn add(
        &mut self,
        about: &About<'p>,
        statistic: &'static str,
        figure: &'p Figure,
        unit: &'p str,
    ) {
        self.within(about, Cell::text(statistic), figure, (None, None), unit);
    }

    fn within(
        &mut self,
        about: &About<'p>,
        statistic: Cell<'p>,
        figure: &'p Figure,
        (low, high): (Option<&'p Figure>, Option<&'p Figure>),
        unit: &'p str,
    ) {
        self.rows.push(vec![
            Cell::text(about.subject),
            Cell::text(about.breakdown),
            Cell::text(about.group),
            Cell::text(about.definition),
            Cell::text(about.standard),
            Cell::text(about.item),
            Cell::text(about.answer),
            statistic,
            Cell::figure(figure),
            of(low),
            of(high),
            Cell::text(unit),
        ]);
    }

    fn maybe(
        &mut self,
        about: &About<'p>,
        statistic: &'static str,
        figure: Option<&'p Figure>,
        unit: &'p str,
    ) {
        if let Some(figure) = figure {
            self.add(about, statistic, figure, unit);
        }
    }

    fn score(&mut self, about: &About<'p>, score: &'p Score) {
        let interval = (score.low.as_ref(), score.high.as_ref());
        self.within(about, Cell::text("score"), &score.score, interval, POINTS);
        self.maybe(about, "standard error", score.error.as_ref(), POINTS);
    }
}

const POINTS: &str = "points";

/// A scope as a group: the whole, or a service.
fn breakdown_of(scope: &str) -> &'static str {
    if scope == "whole" { "whole" } else { "service" }
}

fn response<'p>(publication: &'p Publication, list: &mut List<'p>) {
    for part in &publication.response {
        let about = About {
            subject: "response",
            breakdown: breakdown_of(&part.scope),
            group: &part.scope,
            ..About::default()
        };
        list.add(&about, "asked", &part.asked, "people");
        list.add(&about, "answered", &part.answered, "people");
        list.add(&about, "rate", &part.rate, "%");
    }
}

fn scores<'p>(publication: &'p Publication, list: &mut List<'p>) {
    for scope in &publication.scopes {
        let about = About {
            subject: "score",
            breakdown: breakdown_of(&scope.id),
            group: &scope.id,
            definition: "national",
            standard: OVERALL,
            ..About::default()
        };
        for standard in &scope.standards {
            let about = About {
                standard: &standard.id,
                ..about
            };
            list.score(&about, &standard.result);
            list.add(&about, "assured", &standard.assured, POINTS);
            list.add(&about, "items scored", &standard.scored, "items");
            list.add(&about, "items counted", &standard.counted, "items");
        }
        list.score(&about, &scope.overall);
        list.add(&about, "assured", &scope.assured, POINTS);
        let grade = About {
            subject: "grade",
            ..about
        };
        list.maybe(&grade, "lower end", scope.grade.lower_end.as_ref(), POINTS);
        list.maybe(&grade, "firmness", scope.grade.firmness.as_ref(), "%");
        let own = About {
            definition: "local",
            ..about
        };
        for standard in &scope.local {
            let own = About {
                standard: &standard.id,
                ..own
            };
            list.score(&own, &standard.result);
            list.add(&own, "items scored", &standard.scored, "items");
            list.add(&own, "items counted", &standard.counted, "items");
        }
        list.score(&own, &scope.local_overall);
    }
}

fn finding<'p>(known: &Known<'p>, list: &mut List<'p>) {
    let reading = known.reading;
    let about = About {
        subject: "finding",
        breakdown: known.breakdown,
        group: known.group,
        definition: known.definition,
        standard: &known.item.standard,
        item: &known.item.id,
        answer: "",
    };
    let unit = if known.item.unit.is_empty() {
        POINTS
    } else {
        &known.item.unit
    };
    list.add(&about, "value", &reading.value, unit);
    list.add(&about, "score", &reading.score, POINTS);
    list.add(&about, "n", &reading.n, "people");
    list.maybe(&about, "base", reading.base.as_ref(), "people or FTE");
    list.maybe(&about, "agree", reading.experience_agree.as_ref(), "%");
    banded(about, known, list);
    if let Some(answers) = known.answers() {
        let about = About {
            subject: "answers",
            ..about
        };
        for part in &answers.counts {
            let about = About {
                answer: &part.label,
                ..about
            };
            list.add(&about, "count", &part.count, "people");
            list.add(&about, "share", &part.share, "%");
        }
        let unscored = About {
            answer: "(not scored)",
            ..about
        };
        list.add(&unscored, "count", &answers.unscored, "people");
    }
}

/// How many hold how many cases.
fn banded<'p>(about: About<'p>, known: &Known<'p>, list: &mut List<'p>) {
    let Some(bands) = &known.reading.bands else {
        return;
    };
    for part in &bands.counts {
        let about = About {
            subject: "bands",
            answer: &part.label,
            ..about
        };
        list.add(&about, "count", &part.count, "people");
        list.add(&about, "share", &part.share, "%");
    }
}

fn benchmarks<'p>(publication: &'p Publication, list: &mut List<'p>) {
    for item in &publication.items {
        let Some(benchmark) = &item.benchmark else {
            continue;
        };
        let about = About {
            subject: "benchmark",
            standard: &item.standard,
            item: &item.id,
            ..About::default()
        };
        list.add(&about, "value", &benchmark.value, &item.unit);
        list.add(&about, "England", &benchmark.england, &item.unit);
        for quantile in &benchmark.quantiles {
            let statistic = Cell::words(&format!("percentile {}", quantile.percentile));
            let (figure, unit) = (&quantile.value, &item.unit);
            list.within(&about, statistic, figure, (None, None), unit);
        }
    }
}

/// What changed since the last edition.
fn changed<'p>(changes: &'p Changes, list: &mut List<'p>) {
    for scope in &changes.scopes {
        let about = About {
            subject: "change of score",
            breakdown: breakdown_of(&scope.id),
            group: &scope.id,
            definition: "national",
            ..About::default()
        };
        for score in scope.standards.iter().chain([&scope.overall]) {
            let about = About {
                standard: &score.id,
                ..about
            };
            change(&about, &score.change, POINTS, list);
        }
        let split = About {
            subject: "split",
            standard: OVERALL,
            ..about
        };
        list.maybe(
            &split,
            "difference",
            scope.split.difference.as_ref(),
            POINTS,
        );
        for part in &scope.split.parts {
            let part_of = About {
                item: &part.id,
                ..split
            };
            list.add(&part_of, "points", &part.points, POINTS);
        }
    }
    for item in &changes.items {
        for scope in &item.scopes {
            let about = About {
                subject: "change",
                breakdown: breakdown_of(&scope.id),
                group: &scope.id,
                definition: "national",
                standard: &item.standard,
                item: &item.id,
                answer: "",
            };
            let unit = if item.unit.is_empty() {
                POINTS
            } else {
                &item.unit
            };
            change(&about, &scope.change, unit, list);
        }
    }
    for action in &changes.plan {
        let about = About {
            subject: "plan",
            item: &action.id,
            ..About::default()
        };
        list.maybe(&about, "then", action.then.as_ref(), "");
        list.maybe(&about, "now", action.now.as_ref(), "");
    }
}

fn change<'p>(about: &About<'p>, change: &'p Change, unit: &'p str, list: &mut List<'p>) {
    list.add(about, "then", &change.then, unit);
    list.add(about, "now", &change.now, unit);
    list.add(about, "n then", &change.n_then, "people or FTE");
    list.add(about, "n now", &change.n_now, "people or FTE");
    if let Some(difference) = &change.difference {
        let interval = (change.low.as_ref(), change.high.as_ref());
        list.within(about, Cell::text("difference"), difference, interval, unit);
    }
}
