//! The standards of one scope as dots on a line from 0 to 100: the score, its interval and
//! where the bands begin.

use super::svg::{Drawing, LEADING, LEFT, RIGHT, at};
use crate::missing::Missing;
use crate::national::Band;
use crate::publication::{Scope, Score};

/// From one row's words to the next row's.
const ROW: f64 = 24.0;

/// The chart of one scope's national scores; `id` is unique on its page.
pub fn standards(scope: &Scope, id: &str) -> String {
    let mut drawing = Drawing::new(
        id,
        &format!("{}: the six standards and the overall score", scope.title),
        "Each dot is a score from 0 to 100, the line through it its 95% interval. \
         Upright lines show where the bands begin. The table beside it holds the same figures.",
    );
    let rows: Vec<(&str, &Score)> = scope
        .standards
        .iter()
        .map(|standard| (standard.title.as_str(), &standard.result))
        .chain([("Overall", &scope.overall)])
        .collect();
    let bottom = drawing.y + 4.0 + rows.len() as f64 * (LEADING + ROW);
    for (title, score) in rows {
        row(&mut drawing, title, score);
    }
    drawing.line("axis", (LEFT, bottom), (RIGHT, bottom));
    drawing.y = bottom + 12.0;
    let y = drawing.y;
    drawing.words("tick", "start", LEFT, y, "0");
    for band in Band::ALL.iter().skip(1) {
        let from = band.from();
        drawing.words("tick", "middle", at(f64::from(from)), y, &from.to_string());
    }
    drawing.words("tick", "end", RIGHT, y, "100");
    let begin: Vec<String> = Band::ALL
        .iter()
        .skip(1)
        .map(|band| format!("{} from {}", band.words(), band.from()))
        .collect();
    drawing.paragraph("tick", &format!("Bands: {}", begin.join(", ")));
    drawing.finish()
}

fn row(drawing: &mut Drawing, title: &str, score: &Score) {
    drawing.y += LEADING;
    let y = drawing.y;
    drawing.words("label", "start", LEFT, y, title);
    let middle = y + ROW / 2.0;
    let Some(value) = score.score.value else {
        let is_withheld = score.score.symbol.as_deref() == Some(Missing::Confidential.symbol());
        let why = match (is_withheld, score.why_not.is_empty()) {
            (true, _) => "withheld".to_owned(),
            (false, true) => score.score.text.clone(),
            (false, false) => "not rated".to_owned(),
        };
        drawing.words("value", "end", RIGHT, y, &why);
        drawing.y += ROW;
        return;
    };
    drawing.words("value", "end", RIGHT, y, &score.score.text);
    // Beside each score alone, so that no line goes through a title.
    for band in Band::ALL {
        // Scores are rounded half up before they are banded.
        let cut = f64::from(band.from()) - 0.5;
        if cut > 0.0 {
            drawing.line("cut", (at(cut), middle - 7.0), (at(cut), middle + 7.0));
        }
    }
    drawing.line("track", (LEFT, middle), (RIGHT, middle));
    let end = |figure: &Option<crate::publication::Figure>| figure.as_ref().and_then(|f| f.value);
    if let (Some(low), Some(high)) = (end(&score.low), end(&score.high)) {
        drawing.line("interval", (at(low), middle), (at(high), middle));
        for end in [low, high] {
            drawing.line("end", (at(end), middle - 5.0), (at(end), middle + 5.0));
        }
    }
    drawing.dot("dot", at(value), middle, 3.5);
    drawing.y += ROW;
}
