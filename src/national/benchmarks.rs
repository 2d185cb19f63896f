//! The embedded table of benchmarks in; the spread of a measure over English councils in a
//! year out.

use std::sync::LazyLock;

/// Who publishes the figures. The year is always printed beside it, since the Department
/// revises its figures.
pub const SOURCE: &str = "Department for Education, Children's social work workforce";

/// Which percentiles are known, lowest first.
pub const PERCENTILES: [u8; 7] = [10, 20, 25, 50, 75, 80, 90];

const TABLE: &str = include_str!("../../scripts/national/benchmarks.csv");

/// How one measure was spread over English councils with 10 or more children's social
/// workers in post, on 30 September of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The measure's id.
    pub measure: &'static str,
    /// The year: figures are for the year to its 30 September.
    pub year: i16,
    /// How many councils.
    pub councils: u32,
    /// The values at [`PERCENTILES`], in the measure's unit.
    pub values: [f64; 7],
    /// The figure for England as a whole.
    pub england: f64,
}

/// Every year of every measure that has a benchmark.
pub fn all() -> &'static [Spread] {
    static ALL: LazyLock<Vec<Spread>> = LazyLock::new(|| {
        TABLE
            .lines()
            .filter(|line| !line.starts_with(['#', 'm']))
            .map(|line| row(line).expect("the table is embedded, and a test reads every row"))
            .collect()
    });
    &ALL
}

/// The spread of a measure in the latest year that is not after `year`; `None` if the
/// measure has no benchmark, or none so early.
pub fn latest(measure: &str, year: i16) -> Option<&'static Spread> {
    all()
        .iter()
        .filter(|spread| spread.measure == measure && spread.year <= year)
        .max_by_key(|spread| spread.year)
}

fn row(line: &'static str) -> Option<Spread> {
    let cells: Vec<&'static str> = line.split(',').collect();
    let [measure, year, councils, values @ .., england] = cells.as_slice() else {
        return None;
    };
    let numbers: Option<Vec<f64>> = values.iter().map(|text| text.parse().ok()).collect();
    Some(Spread {
        measure,
        year: year.parse().ok()?,
        councils: councils.parse().ok()?,
        values: numbers?.try_into().ok()?,
        england: england.parse().ok()?,
    })
}

impl Spread {
    /// Between which percentiles a value lies: `(None, 10)` below the lowest, `(90, None)`
    /// above the highest, twice the same where it is exactly at one.
    pub fn between(&self, value: f64) -> (Option<u8>, Option<u8>) {
        let points = || PERCENTILES.into_iter().zip(self.values);
        let lower = points().rev().find(|(_, known)| *known <= value);
        let upper = points().find(|(_, known)| *known >= value);
        (lower.map(|(p, _)| p), upper.map(|(p, _)| p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national::OFFICIAL;

    #[test]
    fn every_official_measure_has_nine_years_and_each_spread_rises() {
        assert_eq!(all().len(), 45);
        for measure in OFFICIAL {
            let years: Vec<i16> = all()
                .iter()
                .filter(|spread| spread.measure == measure)
                .map(|spread| spread.year)
                .collect();
            assert_eq!(years, (2017..=2025).collect::<Vec<_>>(), "{measure}");
        }
        for spread in all() {
            assert!(spread.values.is_sorted(), "{spread:?}");
            let ends = spread.values[0]..=spread.values[6];
            assert!(ends.contains(&spread.england), "{spread:?}");
            assert!((100..=153).contains(&spread.councils), "{spread:?}");
        }
    }

    #[test]
    fn the_latest_year_is_never_after_the_year_asked_for() {
        let year = |asked| latest("vacancy-rate", asked).map(|spread| spread.year);
        assert_eq!(year(2026), Some(2025));
        assert_eq!(year(2025), Some(2025));
        assert_eq!(year(2024), Some(2024));
        assert_eq!(year(2017), Some(2017));
        assert_eq!(year(2016), None);
        assert_eq!(latest("time-to-fill", 2026), None);
    }

    #[test]
    fn a_value_lies_below_between_at_or_above_percentiles() {
        let spread = Spread {
            measure: "vacancy-rate",
            year: 2025,
            councils: 150,
            values: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
            england: 4.0,
        };
        for (value, between) in [
            (0.9, (None, Some(10))),
            (1.0, (Some(10), Some(10))),
            (1.1, (Some(10), Some(20))),
            (3.5, (Some(25), Some(50))),
            (4.0, (Some(50), Some(50))),
            (6.9, (Some(80), Some(90))),
            (7.1, (Some(90), None)),
        ] {
            assert_eq!(spread.between(value), between, "{value}");
        }
    }
}
