//! The employer's claims beside practitioners' experience, as two marks on one line: a
//! diamond for the claim, a dot for the share who agree.

use super::svg::{Drawing, LEADING, LEFT, RIGHT, at};
use crate::publication::{Item, Reading};

/// From one row's words to the next row's.
const ROW: f64 = 24.0;

/// The chart of the statements that have a question beside them, for the whole; `None` if
/// there are none. `id` is unique on its page.
pub fn claims(items: &[Item], id: &str) -> Option<String> {
    let shown: Vec<(&Item, &Reading)> = items
        .iter()
        .filter_map(|item| {
            let whole = item.findings.iter().find(|f| f.breakdown == "whole")?;
            let reading = &whole.local;
            (!reading.claim.is_empty() && !reading.experience_of.is_empty())
                .then_some((item, reading))
        })
        .collect();
    if shown.is_empty() {
        return None;
    }
    let mut drawing = Drawing::new(
        id,
        "What the employer claims and what practitioners say",
        "For each statement a diamond for the claim, no at 0, partly at 50, yes at 100, and a dot \
         for the percent of practitioners who agree that they notice it. The table beside it \
         holds the same figures.",
    );
    for (item, reading) in shown {
        drawing.paragraph("label", &item.ask);
        row(&mut drawing, reading);
    }
    let y = drawing.y;
    drawing.line("axis", (LEFT, y), (RIGHT, y));
    drawing.y += 12.0;
    let y = drawing.y;
    for (anchor, value, words) in [
        ("start", 0.0, "no, 0%"),
        ("middle", 50.0, "partly, 50%"),
        ("end", 100.0, "yes, 100%"),
    ] {
        drawing.words("tick", anchor, at(value), y, words);
    }
    drawing.y += LEADING;
    let y = drawing.y;
    drawing.diamond("claim", LEFT + 5.0, y - 4.0, 5.0);
    drawing.words("tick", "start", LEFT + 16.0, y, "the employer's claim");
    drawing.dot("dot", at(50.0) + 5.0, y - 4.0, 5.0);
    drawing.words(
        "tick",
        "start",
        at(50.0) + 16.0,
        y,
        "practitioners who agree",
    );
    Some(drawing.finish())
}

fn row(drawing: &mut Drawing, reading: &Reading) {
    let agree = reading.experience_agree.as_ref();
    let said = match agree {
        Some(figure) if figure.symbol.is_none() => format!("{}% agree", figure.text),
        Some(figure) => figure.text.clone(),
        None => "not known".to_owned(),
    };
    drawing.y += LEADING;
    let y = drawing.y;
    let words = format!("claim: {}; practitioners: {said}", reading.claim);
    drawing.words("value", "start", LEFT, y, &words);
    let middle = y + ROW / 2.0;
    drawing.line("track", (LEFT, middle), (RIGHT, middle));
    let claim = reading.score.value;
    let experience = agree.and_then(|figure| figure.value);
    if let (Some(claim), Some(experience)) = (claim, experience) {
        drawing.line("interval", (at(claim), middle), (at(experience), middle));
    }
    if let Some(claim) = claim {
        drawing.diamond("claim", at(claim), middle, 6.0);
    }
    if let Some(experience) = experience {
        drawing.dot("dot", at(experience), middle, 5.0);
    }
    drawing.y += ROW;
}
