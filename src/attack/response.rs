//! How many answered the survey: the whole, the services and the response rates tie one
//! another, and a withheld number may follow.

use super::figures::{Range, is_withheld, tenths, whole};
use super::groups::Groups;
use super::openings::Findings;
use super::sheets::Sheets;
use crate::publication::{Publication, Response};

/// Tries every withheld number of those who answered.
pub(super) fn attack(findings: &mut Findings, release: &Publication) {
    let parts = &release.response;
    if !parts.iter().any(|part| is_withheld(&part.answered)) || parts.len() > 100 {
        return;
    }
    let groups = Groups::of(&[release], findings.solved());
    let sheets = Sheets::of(&groups, &[release]);
    let is_corrected = !release.corrections.is_empty();
    let ranges: Vec<Range> = parts
        .iter()
        .map(|part| match part.scope.as_str() {
            "whole" => own(part, is_corrected).and(sheets.range(0)),
            service => match groups.find("service", service) {
                Some(cell) => own(part, is_corrected).and(sheets.range(cell)),
                None => own(part, is_corrected),
            },
        })
        .collect();
    // Of a service that asked a few there are not as many numbers as that, whatever is printed, nor of
    // what is left of the whole without it.
    let withheld = parts.iter().filter(|part| is_withheld(&part.answered));
    let asked = withheld.filter_map(|part| whole(&part.asked));
    let fewest = asked.fold(super::FEWEST_NUMBERS, f64::min);
    let all_named = !release
        .data_quality
        .iter()
        .any(|line| line.contains("do not name their service"));
    for (index, part) in parts.iter().enumerate() {
        if !is_withheld(&part.answered) {
            continue;
        }
        let others = |low: bool| -> f64 {
            let rest = parts.iter().zip(&ranges).enumerate();
            rest.filter(|(at, (other, _))| *at != index && other.scope != "whole")
                .map(|(_, (_, range))| if low { range.low } else { range.high })
                .sum()
        };
        let whole = parts.iter().position(|other| other.scope == "whole");
        let mut range = ranges[index];
        if part.scope == "whole" {
            let high = if all_named && parts.len() > 1 {
                others(false)
            } else {
                f64::INFINITY
            };
            range = range.and(Range {
                low: others(true),
                high,
            });
        } else if let Some(whole) = whole {
            let low = if all_named && parts.len() > 2 {
                ranges[whole].low - others(false)
            } else {
                0.0
            };
            range = range.and(Range {
                low,
                high: ranges[whole].high - others(true),
            });
        }
        if range.low > range.high {
            findings.contradiction("who answered");
            continue;
        }
        let numbers = range.whole_numbers();
        findings.tried("number who answered", numbers, "whole numbers");
        if numbers < fewest {
            let breakdown = if part.scope == "whole" {
                "whole"
            } else {
                "service"
            };
            let how = "What is printed of those who answered, of the response rates and of the \
                       questions' numbers leaves no more room."
                .to_owned();
            let at = ("", (breakdown, part.scope.as_str()));
            findings.open(at, "number who answered", Some(range), how);
        }
    }
}

/// What is printed of one part by itself.
fn own(part: &Response, is_corrected: bool) -> Range {
    if let Some(answered) = whole(&part.answered) {
        return Range::exactly(answered);
    }
    let asked = whole(&part.asked);
    // That nobody answered is printed, but where a correction withholds every number.
    let range = Range {
        low: if is_withheld(&part.answered) && !is_corrected {
            1.0
        } else {
            0.0
        },
        high: asked.unwrap_or(1e9),
    };
    match (tenths(&part.rate), asked) {
        (Some(rate), Some(asked)) => range.and(Range {
            low: (asked * rate.low / 100.0).ceil(),
            high: (asked * rate.high / 100.0).floor(),
        }),
        _ => range,
    }
}
