//! A published item in; where the council's children's service stands among English
//! councils out.
//!
//! It rests on the figure as printed, so that it tells nothing that the figure does not.

use super::figures::figure;
use crate::check::HealthCheck;
use crate::missing::Missing;
use crate::national::Service;
use crate::national::benchmarks::{PERCENTILES, SOURCE, Spread, latest};
use crate::publication::{Benchmark, Figure, Finding, Item, Quantile};
use jiff::civil::{Date, date};

/// The benchmark of one item, if there is one and a figure to set against it.
pub(super) fn of(check: &HealthCheck, item: &Item) -> Option<Benchmark> {
    let council = check.council();
    // The spread is over councils; another employer is not one of them.
    if !item.national || council.kind == "voluntary" {
        return None;
    }
    let spread = latest(&item.id, latest_year(council.as_of))?;
    let wanted = |finding: &&Finding| match council.services.as_slice() {
        [Service::Children] => finding.breakdown == "whole",
        services if services.contains(&Service::Children) => {
            finding.breakdown == "service" && finding.group == Service::Children.id()
        }
        _ => false,
    };
    let reading = item.findings.iter().find(wanted)?.national.as_ref()?;
    // What rounds to nothing stands where nothing stands.
    let low = reading.value.symbol.as_deref() == Some(Missing::Low.symbol());
    let value = reading.value.value.or(low.then_some(0.0))?;
    let title = Service::Children.title().to_owned();
    Some(Benchmark {
        year: spread.year,
        source: SOURCE.into(),
        councils: spread.councils,
        words: words(spread, value),
        title,
        value: reading.value.clone(),
        quantiles: PERCENTILES
            .into_iter()
            .zip(spread.values)
            .map(|(percentile, value)| Quantile {
                percentile,
                value: point(value),
            })
            .collect(),
        england: figure(spread.england),
    })
}

/// A point between the ranks of councils has two decimals in the table.
fn point(value: f64) -> Figure {
    Figure {
        value: Some(value),
        symbol: None,
        text: format!("{value:.2}"),
    }
}

/// The latest year whose 30 September is not after the as-of date.
fn latest_year(as_of: Date) -> i16 {
    if as_of >= date(as_of.year(), 9, 30) {
        as_of.year()
    } else {
        as_of.year() - 1
    }
}

/// "between the 25th and the 50th percentile of 153 councils in the year to 30 September
/// 2025".
fn words(spread: &Spread, value: f64) -> String {
    let place = match spread.between(value) {
        (Some(lower), Some(upper)) if lower == upper => format!("at the {lower}th percentile"),
        (Some(lower), Some(upper)) => {
            format!("between the {lower}th and the {upper}th percentile")
        }
        (None, Some(lowest)) => format!("below the {lowest}th percentile"),
        (Some(highest), None) => format!("above the {highest}th percentile"),
        (None, None) => unreachable!("a number is above or below another"),
    };
    format!(
        "{place} of {} councils in the year to 30 September {}",
        spread.councils, spread.year
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_benchmark_had_ended_on_the_as_of_date() {
        assert_eq!(latest_year(date(2025, 9, 30)), 2025);
        assert_eq!(latest_year(date(2025, 9, 29)), 2024);
        assert_eq!(latest_year(date(2026, 3, 31)), 2025);
    }

    #[test]
    fn the_words_say_where_of_how_many_and_when() {
        let spread = latest("vacancy-rate", 2025).expect("it is in the table");
        let said = |value| words(spread, value);
        let of = format!(
            "of {} councils in the year to 30 September 2025",
            spread.councils
        );
        assert_eq!(said(0.0), format!("below the 10th percentile {of}"));
        assert_eq!(said(99.0), format!("above the 90th percentile {of}"));
        let middle = spread.values[3];
        assert_eq!(said(middle), format!("at the 50th percentile {of}"));
        let under = format!("between the 25th and the 50th percentile {of}");
        assert_eq!(said(middle - 0.1), under);
    }
}
