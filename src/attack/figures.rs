//! What a printed figure says: a figure in, the range of what it was rounded from out.

use crate::publication::{Figure, Publication, Reading};

/// A printed number beyond which it is not taken for one.
const LARGEST: f64 = 1e9;

/// A range of numbers, both ends possible.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Range {
    pub low: f64,
    pub high: f64,
}

impl Range {
    pub(super) fn exactly(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    pub(super) fn around(value: f64, by: f64) -> Self {
        Self {
            low: value - by,
            high: value + by,
        }
    }

    pub(super) fn width(self) -> f64 {
        self.high - self.low
    }

    /// What both allow.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            high: self.high.min(other.high),
        }
    }

    /// How many whole numbers it holds.
    pub(super) fn whole_numbers(self) -> f64 {
        ((self.high + 1e-6).floor() - (self.low - 1e-6).ceil() + 1.0).max(0.0)
    }
}

/// Whether a figure is withheld.
pub(super) fn is_withheld(figure: &Figure) -> bool {
    figure.symbol.as_deref() == Some("c")
}

/// A figure of which nothing is told.
pub(super) fn withheld() -> Figure {
    Figure {
        value: None,
        symbol: Some("c".into()),
        text: "c".into(),
    }
}

/// The number that is printed, if there is one that can be believed.
pub(super) fn number(figure: &Figure) -> Option<f64> {
    figure
        .value
        .filter(|value| value.is_finite() && value.abs() <= LARGEST)
}

/// A whole number, printed as it is.
pub(super) fn whole(figure: &Figure) -> Option<f64> {
    number(figure).filter(|value| value.fract() == 0.0 && *value >= 0.0)
}

/// What a figure with one decimal was rounded from. One that rounds to zero and is not zero
/// is printed as `low`.
pub(super) fn tenths(figure: &Figure) -> Option<Range> {
    match number(figure) {
        Some(value) => Some(Range::around(value, 0.05)),
        None if figure.symbol.as_deref() == Some("low") => Some(Range::around(0.0, 0.05)),
        None => None,
    }
}

/// How many figures hold a number, and how many are withheld.
pub(super) fn counted(publication: &Publication) -> (usize, usize) {
    let mut count = Count::default();
    for part in &publication.response {
        count.all([&part.asked, &part.answered, &part.rate]);
    }
    for scope in &publication.scopes {
        count.all([
            &scope.overall.score,
            &scope.assured,
            &scope.local_overall.score,
        ]);
        count.all(scope.overall.low.iter().chain(&scope.overall.high));
        count.all(&scope.overall.error);
        count.all(&scope.grade.lower_end);
        for standard in &scope.standards {
            count.all([
                &standard.result.score,
                &standard.assured,
                &standard.scored,
                &standard.counted,
            ]);
            count.all(standard.result.low.iter().chain(&standard.result.high));
            count.all(&standard.result.error);
        }
        for standard in &scope.local {
            count.all([&standard.result.score, &standard.scored, &standard.counted]);
        }
    }
    for finding in publication.items.iter().flat_map(|item| &item.findings) {
        for reading in finding.national.iter().chain([&finding.local]) {
            count.reading(reading);
        }
    }
    for question in &publication.awareness {
        count.all([&question.yes, &question.n]);
    }
    (count.published, count.withheld)
}

#[derive(Default)]
struct Count {
    published: usize,
    withheld: usize,
}

impl Count {
    fn all<'f>(&mut self, figures: impl IntoIterator<Item = &'f Figure>) {
        for figure in figures {
            self.published += usize::from(figure.value.is_some());
            self.withheld += usize::from(is_withheld(figure));
        }
    }

    fn reading(&mut self, reading: &Reading) {
        self.all([&reading.value, &reading.score, &reading.n]);
        self.all(reading.experience_agree.iter().chain(&reading.base));
        if let Some(answers) = &reading.answers {
            self.all([&answers.unscored]);
            for part in &answers.counts {
                self.all([&part.count, &part.share]);
            }
        }
    }
}
