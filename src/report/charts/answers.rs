//! What practitioners answered, as bars of 100% about a middle line: the lower answers to
//! the left of it, the upper ones to the right, a middle one half on each side.

use super::svg::{Drawing, LEADING, LEFT, RIGHT, WIDTH};
use crate::publication::{AnswerCount, Item, Reading};

/// Height of a bar.
const BAR: f64 = 18.0;

/// Width from which a segment holds its own number.
const ROOM: f64 = 15.0;

/// The chart of the answers to some questions, for the whole; `None` if none has answers to
/// show. `id` is unique on its page.
pub fn answers(title: &str, items: &[&Item], id: &str) -> Option<String> {
    let shown: Vec<(&Item, &Reading, &[AnswerCount])> = items
        .iter()
        .filter_map(|item| {
            let whole = item.findings.iter().find(|f| f.breakdown == "whole")?;
            let reading = whole.national.as_ref().unwrap_or(&whole.local);
            let answers = reading.answers.as_ref()?;
            Some((*item, reading, answers.counts.as_slice()))
        })
        .collect();
    if shown.is_empty() {
        return None;
    }
    let mut drawing = Drawing::new(
        id,
        &format!("{title}: what practitioners answered"),
        "One bar a question, 100% of those whose answer is scored. Lower answers stand left of \
         the middle line, upper ones right of it, a middle one half on each side. The tables \
         below hold the same figures.",
    );
    for (item, reading, counts) in shown {
        drawing.paragraph("label", &item.ask);
        drawing.y += 4.0;
        bar(&mut drawing, counts);
        let words: Vec<String> = counts
            .iter()
            .map(|count| format!("{} {}%", count.label, count.share.text))
            .collect();
        drawing.paragraph(
            "tick",
            &format!("{}; n {}", words.join(", "), reading.n.text),
        );
        drawing.y += 8.0;
    }
    Some(drawing.finish())
}

/// Answers lowest first. The bar is as long as half the drawing for all on one side.
fn bar(drawing: &mut Drawing, counts: &[AnswerCount]) {
    let middle = WIDTH / 2.0;
    let unit = (RIGHT - LEFT) / 2.0 / 100.0;
    let share = |count: &AnswerCount| count.share.value.unwrap_or(0.0);
    let half = counts.len() / 2;
    let left: f64 = counts[..half].iter().map(share).sum::<f64>()
        + if counts.len().is_multiple_of(2) {
            0.0
        } else {
            share(&counts[half]) / 2.0
        };
    let y = drawing.y;
    // Behind the bar, so that it crosses no number.
    drawing.line("middle", (middle, y - 3.0), (middle, y + BAR + 3.0));
    let mut x = middle - left * unit;
    for (index, count) in counts.iter().enumerate() {
        let width = share(count) * unit;
        drawing.bar(shade(index, counts.len()), x, y, width, BAR);
        if width >= ROOM {
            let number = format!("{:.0}", share(count));
            let class = format!("on {}", shade(index, counts.len()));
            drawing.words(&class, "middle", x + width / 2.0, y + 13.0, &number);
        }
        x += width;
    }
    drawing.y += BAR + LEADING - 12.0;
}

/// From the lowest answer to the highest: the darker, the further from the middle.
fn shade(index: usize, of: usize) -> &'static str {
    match (index, of) {
        (0, 4..) => "low2",
        (last, 4..) if last + 1 == of => "high2",
        (index, of) if index < of / 2 => "low1",
        (index, of) if index * 2 + 1 == of => "mid",
        _ => "high1",
    }
}
