//! `healthcheck disclose attack PUBLICATION…`: what can be worked out of publications that
//! should not be.

use crate::Ending;
use crate::args::Format;
use crate::screen::{Screen, number, plain};
use healthcheck::attack::{Attempt, Opening};
use healthcheck::host::Host;
use healthcheck::report;
use std::path::PathBuf;

/// Attacks the publications and prints what opened: 1 if anything did.
pub fn attack(host: &Host, paths: &[PathBuf], format: Format, screen: &Screen) -> Ending {
    let attempt = match host.attack(paths) {
        Ok(attempt) => attempt,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    match format {
        Format::Json => screen.data(&report::json(&attempt)),
        Format::Human => screen.data(&told(&attempt)),
    }
    if attempt.openings.is_empty() {
        Ending::Well
    } else {
        Ending::Faults
    }
}

fn told(attempt: &Attempt) -> String {
    let mut lines = vec![format!(
        "{} published, {} withheld, {} attacked.",
        number(attempt.published, "figure"),
        attempt.withheld,
        attempt.tried
    )];
    for kind in &attempt.narrowest {
        let range = if kind.range < 1e9 {
            format!("the narrowest range is {:.1} {}", kind.range, kind.unit)
        } else {
            "nothing printed bounds them".to_owned()
        };
        lines.push(format!("{}: {} tried; {range}", kind.what, kind.tried));
    }
    lines.extend(attempt.contradictions.iter().map(|line| plain(line)));
    lines.extend(attempt.openings.iter().map(line));
    lines.push(match attempt.openings.len() {
        0 => "Nothing opens.".to_owned(),
        openings => format!("{} opened.", number(openings, "figure")),
    });
    lines.join("\n")
}

fn line(opening: &Opening) -> String {
    let group = match (opening.breakdown.as_str(), opening.group.as_str()) {
        ("", _) => String::new(),
        ("whole", _) => ", whole".to_owned(),
        (breakdown, group) => format!(", {breakdown} {group}"),
    };
    let range = match (opening.low, opening.high) {
        (Some(low), Some(high)) if low == high => format!(" is {low}"),
        (Some(low), Some(high)) => format!(" is {low} to {high}"),
        _ => String::new(),
    };
    let item = if opening.item.is_empty() {
        String::new()
    } else {
        format!(" {}", opening.item)
    };
    plain(&format!(
        "opened: {}{item}{group}: {}{range}. {}",
        opening.council, opening.what, opening.how
    ))
}
