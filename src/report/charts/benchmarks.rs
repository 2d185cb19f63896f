//! Measures in the spread over English councils: a strip for the middle of them, a mark for
//! this council. A place in the spread, never a rank.

use super::svg::{Axis, Drawing, LEADING, LEFT, RIGHT};
use crate::publication::{Benchmark, Item};

/// From the words above a strip to its axis.
const STRIP: f64 = 26.0;

/// The chart of the measures among `items` that have a benchmark; `None` if there are none.
/// `id` is unique on its page.
pub fn benchmarks(title: &str, items: &[&Item], id: &str) -> Option<String> {
    let shown: Vec<(&Item, &Benchmark)> = items
        .iter()
        .filter_map(|item| Some((*item, item.benchmark.as_ref()?)))
        .collect();
    if shown.is_empty() {
        return None;
    }
    let mut drawing = Drawing::new(
        id,
        &format!("{title}: where this council stands in the spread over English councils"),
        "For each measure a thin box over the middle 80 in 100 councils, a tall box over the \
         middle 50, an upright line at the median and a diamond for this council. The table \
         beside it holds the same figures.",
    );
    for (item, benchmark) in shown {
        strip(&mut drawing, item, benchmark);
    }
    key(&mut drawing);
    Some(drawing.finish())
}

fn strip(drawing: &mut Drawing, item: &Item, benchmark: &Benchmark) {
    drawing.paragraph("label", &item.ask);
    drawing.paragraph(
        "tick",
        &format!(
            "{}: {}{}; {} councils, year to 30 September {}",
            benchmark.title,
            benchmark.value.text,
            unit_after(&item.unit),
            benchmark.councils,
            benchmark.year
        ),
    );
    let point = |percentile: u8| {
        let mut points = benchmark.quantiles.iter();
        let point = points.find(|point| point.percentile == percentile)?;
        point.value.value
    };
    // What rounds to nothing stands where nothing stands.
    let low = benchmark.value.symbol.as_deref() == Some("low");
    let here = benchmark.value.value.or(low.then_some(0.0));
    let known = benchmark.quantiles.iter().filter_map(|q| q.value.value);
    let axis = Axis::over(known.chain(here).chain(benchmark.england.value));
    let middle = drawing.y + STRIP / 2.0;
    for (class, from, to, height) in [("most", 10, 90, 8.0), ("half", 25, 75, 16.0)] {
        if let (Some(from), Some(to)) = (point(from), point(to)) {
            let (from, to) = (axis.at(from), axis.at(to));
            drawing.bar(class, from, middle - height / 2.0, to - from, height);
        }
    }
    if let Some(median) = point(50) {
        let x = axis.at(median);
        drawing.line("median", (x, middle - 10.0), (x, middle + 10.0));
    }
    if let Some(here) = here {
        drawing.diamond("here", axis.at(here), middle, 6.0);
    }
    drawing.y += STRIP;
    axis.draw(drawing);
    drawing.y += 4.0;
}

/// What stands after a number of the unit.
fn unit_after(unit: &str) -> String {
    match unit {
        "" | "%" => unit.to_owned(),
        unit => format!(" {unit}"),
    }
}

/// What each mark is.
fn key(drawing: &mut Drawing) {
    drawing.y += LEADING;
    let y = drawing.y;
    let column = LEFT + (RIGHT - LEFT) / 2.0;
    drawing.diamond("here", LEFT + 7.0, y - 4.0, 6.0);
    drawing.words("tick", "start", LEFT + 20.0, y, "this council");
    drawing.line("median", (column + 7.0, y - 12.0), (column + 7.0, y + 2.0));
    drawing.words("tick", "start", column + 20.0, y, "the median council");
    drawing.y += LEADING + 4.0;
    let y = drawing.y;
    drawing.bar("half", LEFT, y - 12.0, 14.0, 16.0);
    drawing.words("tick", "start", LEFT + 20.0, y, "the middle 50 in 100");
    drawing.bar("most", column, y - 8.0, 14.0, 8.0);
    drawing.words("tick", "start", column + 20.0, y, "the middle 80 in 100");
    drawing.y += 2.0;
}
