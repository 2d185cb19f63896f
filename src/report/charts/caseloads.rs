//! Caseloads: the mean on a scale of cases, beside the council's own ceiling, and below it
//! how many hold far more. A mean hides the tail, so neither stands without the other.

use super::svg::{Axis, Drawing, LEADING, LEFT, RIGHT, at};
use crate::publication::Figure;

/// From the words of a row to its mark.
const ROW: f64 = 18.0;
/// Height of a bar.
const BAR: f64 = 8.0;

/// The caseloads of the whole or a service.
pub struct Load<'a> {
    /// "Whole council".
    pub title: &'a str,
    /// Cases for a full-time equivalent, or a symbol.
    pub mean: &'a Figure,
    /// Shares of those who hold more, each with its wording, in percent.
    pub shares: Vec<(&'a str, &'a Figure)>,
}

/// The chart of caseloads; `reference` is the usual load above which is far above. `None` if
/// there is neither a mean nor a share. `id` is unique on its page.
pub fn caseloads(
    loads: &[Load<'_>],
    ceiling: Option<f64>,
    reference: f64,
    id: &str,
) -> Option<String> {
    let means = || loads.iter().filter_map(|load| load.mean.value);
    let shares = || loads.iter().flat_map(|load| &load.shares);
    if means().next().is_none() && shares().all(|(_, share)| share.value.is_none()) {
        return None;
    }
    let mut drawing = Drawing::new(
        id,
        "Caseloads: the mean, the ceiling and the tail",
        "Above, a dot for the mean number of cases for a full-time equivalent, with upright \
         lines at the council's own ceiling, if it has one, and at the reference point. Below, \
         a bar from 0 to 100 percent for each share of those who hold more. The table beside it \
         holds the same figures.",
    );
    drawing.paragraph("label", "The mean: cases for a full-time equivalent");
    let marks = [Some(reference), ceiling];
    // From nought, so that a small difference looks small.
    let from_nought = means().chain(marks.into_iter().flatten()).chain([0.0]);
    let axis = Axis::over(from_nought);
    let bottom = drawing.y + 4.0 + loads.len() as f64 * (LEADING + ROW);
    for load in loads {
        drawing.y += LEADING;
        let y = drawing.y;
        drawing.words("value", "start", LEFT, y, load.title);
        drawing.words("value", "end", RIGHT, y, &load.mean.text);
        let middle = y + ROW / 2.0;
        drawing.line("track", (LEFT, middle), (RIGHT, middle));
        // Beside each mean alone, so that no line goes through words.
        for (class, value) in [("cut", Some(reference)), ("ceiling", ceiling)] {
            if let Some(value) = value {
                let x = axis.at(value);
                drawing.line(class, (x, middle - 7.0), (x, middle + 7.0));
            }
        }
        if let Some(value) = load.mean.value {
            drawing.dot("dot", axis.at(value), middle, 3.5);
        }
        drawing.y += ROW;
    }
    drawing.y = bottom;
    axis.draw(&mut drawing);
    let own = ceiling.map_or(String::new(), |cases| {
        format!("Solid upright line: the council's own ceiling, {cases}. ")
    });
    drawing.paragraph(
        "tick",
        &format!("{own}Dotted: {reference}, a reference point and not a national ceiling."),
    );
    drawing.y += 6.0;
    drawing.paragraph("label", "The tail: a mean hides who holds most");
    for load in loads {
        for (ask, share) in &load.shares {
            tail(&mut drawing, load.title, ask, share);
        }
    }
    Some(drawing.finish())
}

fn tail(drawing: &mut Drawing, title: &str, ask: &str, share: &Figure) {
    let percent = if share.value.is_some() { "%" } else { "" };
    drawing.paragraph("tick", &format!("{title}: {}{percent}. {ask}", share.text));
    let y = drawing.y + 4.0;
    drawing.bar("most", LEFT, y, RIGHT - LEFT, BAR);
    if let Some(value) = share.value {
        drawing.bar("tail", LEFT, y, at(value.clamp(0.0, 100.0)) - LEFT, BAR);
    }
    drawing.y = y + BAR + 2.0;
}
