//! Scores edition by edition, as small multiples: one panel a standard and one for the
//! overall score, all on one scale. The line is broken where two editions do not compare.

use super::svg::{Axis, Drawing, LEADING, LEFT, RIGHT, lines_of, n};
use crate::national::Band;
use crate::publication::Figure;

/// From the left edge of one panel to that of the next.
const STRIDE: f64 = (RIGHT - LEFT + GAP) / 2.0;
/// Between two panels.
const GAP: f64 = 16.0;
/// Width of a panel.
const PANEL: f64 = STRIDE - GAP;
/// Where a panel's first edition stands: the numbers of the scale are left of it.
const INDENT: f64 = 42.0;
/// Right of a panel's last edition.
const MARGIN: f64 = 16.0;
/// From the top of the scale to its bottom.
const HEIGHT: f64 = 72.0;
/// Letters on a line above a panel.
const LETTERS: usize = 21;

/// One score over the editions.
pub struct Series<'a> {
    /// "Caseload management".
    pub title: &'a str,
    /// One an edition, oldest first.
    pub points: Vec<Point<'a>>,
}

/// A score in one edition.
pub struct Point<'a> {
    /// 0–100, or a symbol.
    pub score: &'a Figure,
    /// Its 95% interval, if it has one.
    pub interval: Option<(f64, f64)>,
    /// Whether it compares with the edition before.
    pub joined: bool,
}

/// The chart of some scores over `editions`, oldest first; `id` is unique on its page.
/// `None` if there are fewer than two editions or no score at all.
pub fn history(title: &str, editions: &[String], all: &[Series<'_>], id: &str) -> Option<String> {
    let points = || all.iter().flat_map(|series| &series.points);
    let known = points().filter_map(|point| point.score.value);
    let ends = points().filter_map(|point| point.interval);
    let axis = Axis::over(known.chain(ends.flat_map(|(low, high)| [low, high])));
    if editions.len() < 2 || points().all(|point| point.score.value.is_none()) {
        return None;
    }
    let (from, to) = axis.ends();
    let mut drawing = Drawing::new(
        id,
        &format!("{title}: the six standards and the overall score, then and now"),
        &format!(
            "One panel a score, all on one scale from {} to {}. Each dot is an edition, the \
             oldest at the left, the line through it its 95% interval. A line joins two \
             editions that compare; where they do not, an upright dashed line parts them. \
             Level dotted lines show where the bands begin. The table beside it holds the same \
             figures.",
            n(from),
            n(to)
        ),
    );
    for pair in all.chunks(2) {
        let lines = |series: &Series<'_>| lines_of(series.title, LETTERS);
        let deep = pair.iter().map(|series| lines(series).len()).max();
        let top = drawing.y + LEADING * deep.unwrap_or(1) as f64;
        for (series, left) in pair.iter().zip([LEFT, LEFT + STRIDE]) {
            let mut y = drawing.y;
            for line in lines(series) {
                y += LEADING;
                drawing.words("label", "start", left, y, &line);
            }
            panel(&mut drawing, series, &axis, left, top + 18.0);
            let y = top + 18.0 + HEIGHT + 14.0;
            drawing.words("tick", "start", left + INDENT - 18.0, y, &editions[0]);
            let last = &editions[editions.len() - 1];
            drawing.words("tick", "end", left + PANEL, y, last);
        }
        drawing.y = top + 18.0 + HEIGHT + 22.0;
    }
    drawing.y += 2.0;
    drawing.paragraph("tick", &key(from, to));
    Some(drawing.finish())
}

/// What the lines are.
fn key(from: f64, to: f64) -> String {
    let begin: Vec<String> = Band::ALL
        .iter()
        .filter(|band| (from..to).contains(&f64::from(band.from())) && band.from() > 0)
        .map(|band| format!("{} from {}", band.words(), band.from()))
        .collect();
    let bands = if begin.is_empty() {
        String::new()
    } else {
        format!("Level dotted line: {}. ", begin.join(", "))
    };
    format!(
        "{bands}A line joins editions that compare; an upright dashed one parts those that do not."
    )
}

/// One panel: the scale begins `top` from the drawing's top.
fn panel(drawing: &mut Drawing, series: &Series<'_>, axis: &Axis, left: f64, top: f64) {
    let down = |value: f64| top + HEIGHT * (1.0 - axis.share(value));
    let (from, to) = axis.ends();
    for end in [from, to] {
        let y = down(end);
        drawing.line("axis", (left + INDENT - 18.0, y), (left + PANEL, y));
        drawing.words("scale", "end", left + INDENT - 22.0, y + 4.0, &n(end));
    }
    for band in Band::ALL {
        // Scores are rounded half up before they are banded.
        let cut = f64::from(band.from()) - 0.5;
        if cut > from && cut < to {
            let y = down(cut);
            drawing.line("cut", (left + INDENT - 18.0, y), (left + PANEL, y));
        }
    }
    let steps = (series.points.len().max(2) - 1) as f64;
    let across = |index: usize| left + INDENT + (PANEL - INDENT - MARGIN) * index as f64 / steps;
    for (index, point) in series.points.iter().enumerate().skip(1) {
        let before = &series.points[index - 1];
        let (a, b) = (across(index - 1), across(index));
        match (before.score.value, point.score.value) {
            (Some(then), Some(now)) if point.joined => {
                drawing.line("joined", (a, down(then)), (b, down(now)));
            }
            _ if point.joined => {}
            _ => {
                let x = f64::midpoint(a, b);
                drawing.line("parted", (x, top), (x, top + HEIGHT));
            }
        }
    }
    for (index, point) in series.points.iter().enumerate() {
        let x = across(index);
        let Some(score) = point.score.value else {
            let middle = top + HEIGHT / 2.0;
            drawing.words("value", "middle", x, middle, &point.score.text);
            continue;
        };
        let mut above = down(score) - 8.0;
        if let Some((low, high)) = point.interval {
            drawing.line("interval", (x, down(low)), (x, down(high)));
            for end in [low, high] {
                drawing.line("end", (x - 4.0, down(end)), (x + 4.0, down(end)));
            }
            above = above.min(down(high) - 4.0);
        }
        drawing.dot("dot", x, down(score), 3.5);
        drawing.words("value", "middle", x, above, &point.score.text);
    }
}
