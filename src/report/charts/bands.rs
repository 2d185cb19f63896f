//! How many hold how many cases, as bars of 100%, the lowest band first: one bar a group.

use super::svg::{Drawing, LEFT, RIGHT, at};
use crate::publication::{AnswerCount, Figure};

/// Height of a bar.
const BAR: f64 = 16.0;
/// Side of a box that explains a shade.
const BOX: f64 = 10.0;
/// Width from which a segment holds its own number.
const ROOM: f64 = 22.0;
/// From light to dark; ink that reads on each is in `style.css`.
const SHADES: [&str; 5] = ["band1", "band2", "band3", "band4", "band5"];

/// The case holders of a group.
pub struct Holders<'a> {
    /// "Children's services", or a team.
    pub title: &'a str,
    /// How many hold cases.
    pub n: &'a Figure,
    /// How many of them lie in each band.
    pub counts: &'a [AnswerCount],
}

/// The chart of the bands of some groups; `None` if none of them is told of, or if there are
/// more bands than shades. `id` is unique on its page.
pub fn bands(title: &str, labels: &[String], groups: &[Holders<'_>], id: &str) -> Option<String> {
    let is_told = |group: &Holders| group.counts.iter().any(|one| one.share.value.is_some());
    if labels.len() > SHADES.len() || !groups.iter().any(is_told) {
        return None;
    }
    let mut drawing = Drawing::new(
        id,
        &format!("How many hold how many cases, {}", title.to_lowercase()),
        "One bar a group, 100% of those who hold cases, from those who hold fewest on the left \
         to those who hold most on the right. The table below holds the same figures.",
    );
    for (label, shade) in labels.iter().zip(shades(labels.len())) {
        drawing.y += 4.0;
        drawing.bar(shade, LEFT, drawing.y, BOX, BOX);
        drawing.words(
            "tick",
            "start",
            LEFT + BOX + 6.0,
            drawing.y + BOX - 1.0,
            label,
        );
        drawing.y += BOX;
    }
    for group in groups {
        drawing.y += 8.0;
        if !is_told(group) {
            let none = group.counts.first().map(|one| &one.share);
            let why = match none.and_then(|share| share.symbol.as_deref()) {
                Some("c") => "withheld",
                _ => none.map_or("", |share| share.text.as_str()),
            };
            drawing.paragraph("value", &format!("{}: {why}", group.title));
            continue;
        }
        drawing.paragraph("value", &format!("{}, n {}", group.title, group.n.text));
        drawing.y += 4.0;
        bar(&mut drawing, group.counts);
    }
    Some(drawing.finish())
}

fn bar(drawing: &mut Drawing, counts: &[AnswerCount]) {
    let y = drawing.y;
    let mut before = 0.0;
    for (count, shade) in counts.iter().zip(shades(counts.len())) {
        let share = count.share.value.unwrap_or(0.0);
        let (x, width) = (at(before), (RIGHT - LEFT) * share / 100.0);
        drawing.bar(shade, x, y, width, BAR);
        if width >= ROOM {
            let number = format!("{share:.0}");
            drawing.words(
                &format!("on {shade}"),
                "middle",
                x + width / 2.0,
                y + 12.0,
                &number,
            );
        }
        before += share;
    }
    drawing.y += BAR;
}

/// As many shades as there are bands, as far from one another as they can be.
fn shades(bands: usize) -> impl Iterator<Item = &'static str> {
    let last = bands.saturating_sub(1).max(1);
    (0..bands).map(move |band| SHADES[band * (SHADES.len() - 1) / last])
}
