//! Scores of standards from their items, and overall scores from standards.

use super::items::compares;
use super::span::{Span, mean, whole};
use super::tally::Tally;
use crate::missing::Missing;
use crate::national::{Band, RATED_SHARE, StandardId};
use crate::publication::{
    Figure, HeldDown, Item, LocalStandard, Publication, Reading, Scope, Score, Standard,
};

const STANDARDS: &str = "scores of standards from their items";
const ASSURED: &str = "assured scores from items and claims";
const COVERAGE: &str = "how many items are scored and count, from the items";
const RATED: &str = "standards that are rated, by the rule of 60%";
const OVERALL: &str = "overall scores from the six standards";
const BANDS: &str = "bands from scores";
const INTERVALS: &str = "intervals around their scores";
const LOCAL: &str = "the council's own scores of standards from their items and weights";
const LOCAL_OVERALL: &str = "the council's own overall scores from its standards and weights";
const BY_FORMULA: &str = "made by the council's own formula";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    for scope in &publication.scopes {
        for standard in &scope.standards {
            national(publication, scope, standard, tally);
        }
        overall(scope, tally);
        all_held_down(publication, scope, tally);
        for standard in &scope.local {
            local(publication, scope, standard, tally);
        }
        local_overall(scope, tally);
    }
}

/// A standard's items with their readings in one scope.
fn readings<'a>(
    publication: &'a Publication,
    scope: &'a Scope,
    standard: &'a str,
    national: bool,
) -> impl Iterator<Item = (&'a Item, &'a Reading)> {
    publication
        .items
        .iter()
        .filter(move |item| item.standard == standard)
        .filter_map(move |item| {
            let finding = item.findings.iter().find(|finding| {
                if scope.id == "whole" {
                    finding.breakdown == "whole"
                } else {
                    finding.breakdown == "service" && finding.group == scope.id
                }
            })?;
            let reading = if national {
                finding.national.as_ref()?
            } else {
                &finding.local
            };
            Some((item, reading))
        })
}

fn has(figure: &Figure, missing: Missing) -> bool {
    figure.symbol.as_deref() == Some(missing.symbol())
}

/// Whether an item that is not scored is so because there is nothing to count: then it does
/// not count in the standard.
fn counts(reading: &Reading) -> bool {
    !has(&reading.score, Missing::NotApplicable)
}

/// Whether 60% of those that count are enough.
fn enough(scored: usize, counted: usize) -> bool {
    counted > 0 && scored * RATED_SHARE.1 >= counted * RATED_SHARE.0
}

fn national(publication: &Publication, scope: &Scope, standard: &Standard, tally: &mut Tally) {
    let place = |what: &str| format!("scopes/{}/standards/{}/{what}", scope.id, standard.id);
    if has(&standard.result.score, Missing::Confidential) {
        for kind in [STANDARDS, ASSURED, COVERAGE] {
            tally.cannot(kind);
        }
        return;
    }
    let all: Vec<(&Item, &Reading)> = readings(publication, scope, &standard.id, true).collect();
    if all
        .iter()
        .any(|(_, r)| has(&r.score, Missing::Confidential))
    {
        for kind in [STANDARDS, ASSURED, COVERAGE] {
            tally.cannot(kind);
        }
        return;
    }
    let counted: Vec<&(&Item, &Reading)> = all.iter().filter(|(_, r)| counts(r)).collect();
    let scored: Vec<(&Item, Span)> = counted
        .iter()
        .filter_map(|(item, reading)| Some((*item, Span::of_score(&reading.score)?)))
        .collect();
    coverage(
        (&standard.scored, &standard.counted, &standard.coverage),
        (scored.len(), counted.len()),
        &place("coverage"),
        tally,
    );
    let comparable: Vec<&Item> = scored
        .iter()
        .map(|(item, _)| *item)
        .filter(|item| compares(item))
        .collect();
    let rated = enough(comparable.len(), counted.len())
        && comparable.iter().any(|item| item.kind != "statement");
    let words = |rated: bool| if rated { "rated" } else { "not rated" };
    tally.check(
        RATED,
        standard.result.rated == rated,
        || place("rated"),
        words(standard.result.rated),
        words(rated),
    );
    if standard.result.rated {
        let weighted: Vec<(Span, f64)> = scored.iter().map(|(_, span)| (*span, 1.0)).collect();
        let at = || place("score");
        tally.number(STANDARDS, at, &standard.result.score, mean(&weighted));
    }
    let sure: Vec<(Span, f64)> = counted
        .iter()
        .map(|(item, reading)| (assured(item, reading, scope), 1.0))
        .collect();
    let sure = mean(&sure).unwrap_or(Span::exactly(0.0));
    tally.number(ASSURED, || place("assured"), &standard.assured, Some(sure));
    let again = HeldDown::of(all.iter().copied(), scope.id == "whole").words();
    let at = || place("held_down");
    tally.check(
        ASSURED,
        standard.held_down == again,
        at,
        standard.held_down.as_str(),
        again,
    );
    banded(&standard.result, &place("band"), tally);
}

/// The words for what holds the assured scores of all six down together; where one is withheld, none.
fn all_held_down(publication: &Publication, scope: &Scope, tally: &mut Tally) {
    let withheld = has(&scope.assured, Missing::Confidential);
    let each = scope.standards.iter().map(|standard| {
        let of_standard = readings(publication, scope, &standard.id, true);
        HeldDown::of(of_standard, scope.id == "whole")
    });
    let again = match withheld {
        true => String::new(),
        false => each.fold(HeldDown::default(), HeldDown::and).words(),
    };
    tally.check(
        ASSURED,
        scope.held_down == again,
        || format!("scopes/{}/held_down", scope.id),
        scope.held_down.as_str(),
        again,
    );
}

/// What an item is sure to bring: 0 if it is not scored, half for a claim that answers do
/// not bear out. Of a yes that one of the whole's services says alone, what is left is
/// known from the score and the other's claim.
fn assured(item: &Item, reading: &Reading, scope: &Scope) -> Span {
    let score = Span::of_score(&reading.score).unwrap_or(Span::exactly(0.0));
    let alone = item.lone_yes().filter(|_| scope.id == "whole");
    if alone.is_some_and(Reading::is_doubted) {
        let partly = item.findings.iter().any(|finding| {
            let claim = finding
                .national
                .as_ref()
                .map(|reading| reading.claim.as_str());
            finding.breakdown == "service" && claim == Some("partly")
        });
        return if partly {
            Span::exactly(50.0)
        } else {
            score.times(0.5)
        };
    }
    match reading.experience.as_str() {
        "not supported by practitioners" | "cannot tell" => score.within(0.0, 50.0),
        _ => score,
    }
}

fn coverage(
    (scored, counted, words): (&Figure, &Figure, &str),
    (again, of): (usize, usize),
    place: &str,
    tally: &mut Tally,
) {
    let items = if of == 1 { "item" } else { "items" };
    let text = format!("{again} of {of} {items}");
    let holds =
        whole(scored) == Some(again as f64) && whole(counted) == Some(of as f64) && words == text;
    tally.check(COVERAGE, holds, || place.to_owned(), words, text);
}

fn overall(scope: &Scope, tally: &mut Tally) {
    let place = |what: &str| format!("scopes/{}/{what}", scope.id);
    let of = |figure: fn(&Standard) -> &Figure| -> Option<Vec<(Span, f64)>> {
        let all = scope.standards.iter();
        all.map(|s| Some((Span::of_score(figure(s))?, 1.0)))
            .collect()
    };
    let all_six = scope.standards.len() == StandardId::ALL.len();
    let six = of(|standard| &standard.result.score).filter(|_| all_six);
    if scope.overall.rated {
        let again = six.as_deref().and_then(mean);
        tally.number(OVERALL, || place("overall"), &scope.overall.score, again);
    } else {
        tally.check(
            OVERALL,
            six.is_none(),
            || place("overall"),
            "not rated",
            "all six standards are rated",
        );
    }
    let six = of(|standard| &standard.assured);
    let again = six.as_deref().and_then(mean);
    tally.number(ASSURED, || place("assured"), &scope.assured, again);
    banded(&scope.overall, &place("overall/band"), tally);
}

/// The band that a score is in, and the interval that it is in.
fn banded(score: &Score, place: &str, tally: &mut Tally) {
    let Some(span) = Span::of_score(&score.score).filter(|_| score.rated) else {
        let holds = score.band.is_empty();
        tally.check(
            BANDS,
            holds,
            || place.to_owned(),
            score.band.as_str(),
            "none",
        );
        return;
    };
    // A score may have been rounded across the cut between two bands.
    let bands = [Band::of(span.low).words(), Band::of(span.high).words()];
    tally.check(
        BANDS,
        bands.contains(&score.band.as_str()),
        || place.to_owned(),
        score.band.as_str(),
        bands[0],
    );
    interval(score, span, place, tally);
}

fn interval(score: &Score, span: Span, place: &str, tally: &mut Tally) {
    let (Some(low), Some(high)) = (&score.low, &score.high) else {
        return;
    };
    let text = format!("{} to {}", low.text, high.text);
    let (Some(from), Some(to)) = (Span::of_score(low), Span::of_score(high)) else {
        return;
    };
    // As far below as above, unless it is cut at an end of the scale.
    let uncut = from.low > 0.0 && to.high < 100.0;
    let even = !uncut || span.minus(from).meets(to.minus(span));
    let around = from.low <= span.high && span.low <= to.high;
    tally.check(
        INTERVALS,
        even && around && score.interval == text,
        || place.replace("band", "interval"),
        score.interval.as_str(),
        format!("{text}, around {}", score.score.text),
    );
}

fn local(publication: &Publication, scope: &Scope, standard: &LocalStandard, tally: &mut Tally) {
    let place = |what: &str| format!("scopes/{}/local/{}/{what}", scope.id, standard.id);
    if has(&standard.result.score, Missing::Confidential) {
        tally.cannot(LOCAL);
        return;
    }
    let counted: Vec<(&Item, &Reading)> = readings(publication, scope, &standard.id, false)
        .filter(|(item, reading)| item.comparability != "omitted" && counts(reading))
        .collect();
    if counted
        .iter()
        .any(|(_, r)| has(&r.score, Missing::Confidential))
    {
        tally.cannot(LOCAL);
        return;
    }
    let scored: Vec<(Span, f64)> = counted
        .iter()
        .filter_map(|(item, reading)| Some((Span::of_score(&reading.score)?, item.weight)))
        .collect();
    coverage(
        (&standard.scored, &standard.counted, &standard.coverage),
        (scored.len(), counted.len()),
        &place("coverage"),
        tally,
    );
    if !standard.formula.is_empty() {
        tally.beyond(LOCAL, BY_FORMULA);
    } else if standard.result.rated {
        let at = || place("score");
        tally.number(LOCAL, at, &standard.result.score, mean(&scored));
    }
}

fn local_overall(scope: &Scope, tally: &mut Tally) {
    let Some(published) = Span::of_score(&scope.local_overall.score) else {
        tally.cannot(LOCAL_OVERALL);
        return;
    };
    let scores: Vec<(Span, f64)> = scope
        .local
        .iter()
        .filter_map(|s| Some((Span::of_score(&s.result.score)?, s.weight)))
        .collect();
    let again = mean(&scores);
    // Whether the council has a formula for it is not among the figures.
    if again.is_some_and(|again| again.meets(published)) {
        let at = || format!("scopes/{}/local_overall", scope.id);
        tally.number(LOCAL_OVERALL, at, &scope.local_overall.score, again);
    } else {
        tally.beyond(LOCAL_OVERALL, BY_FORMULA);
    }
}
