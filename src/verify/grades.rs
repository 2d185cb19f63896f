//! Grades: a band that the published figures can give, or reasons; never both, and never
//! neither.

use super::span::{Span, whole};
use super::tally::Tally;
use crate::national::{Band, FEWEST_ANSWERS};
use crate::publication::{Grade, Publication, Response, Scope};

const GRADES: &str = "grades from assured scores and their lower ends";
const REASONS: &str = "grades that are withheld where the figures or the check require it";
const LOWER_ENDS: &str = "lower ends from assured scores and intervals";
const CAUTIONS: &str = "cautions from the response";

const WITHHELD: &str = "withheld";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    for (at, scope) in publication.scopes.iter().enumerate() {
        let place = format!("scopes/{}/grade", scope.id);
        let response = publication.response.iter().find(|r| r.scope == scope.id);
        lower_end(scope, &place, tally);
        if let Some(reason) = reason(publication, scope, response) {
            let word = scope.grade.word.as_str();
            tally.check(REASONS, word == WITHHELD, || place.clone(), word, reason);
        }
        let services = if at == 0 {
            &publication.scopes[1..]
        } else {
            &[]
        };
        word(scope, services, &place, tally);
        caution(&scope.grade, response, &place, tally);
    }
}

/// A reason to withhold that stands in the published figures themselves.
fn reason(publication: &Publication, scope: &Scope, response: Option<&Response>) -> Option<String> {
    let withheld = |why: &str| Some(format!("withheld, because {why}"));
    if let Some(standard) = scope.standards.iter().find(|s| !s.result.rated) {
        return withheld(&format!("{} has no published score", standard.title));
    }
    if publication.council.lead.is_none() || !publication.council.lead_qualified {
        return withheld("nobody who is qualified is accountable");
    }
    if publication.consulted.is_empty() {
        return withheld("nobody was consulted");
    }
    let answered = response.and_then(|part| whole(&part.answered));
    let asked = response.and_then(|part| whole(&part.asked));
    match (answered, asked) {
        (_, None) => withheld("how many were asked is not known"),
        (None, _) => withheld("how many answered is not published"),
        (Some(answered), _) if answered < f64::from(FEWEST_ANSWERS) => withheld("too few answered"),
        (Some(answered), Some(asked)) if answered * 3.0 < asked => {
            withheld("fewer than a third answered")
        }
        _ => None,
    }
}

/// The assured score less half of the interval of the overall score, where that is not cut.
fn lower_end(scope: &Scope, place: &str, tally: &mut Tally) {
    let Some(published) = &scope.grade.lower_end else {
        return;
    };
    let span = |figure: &Option<_>| figure.as_ref().and_then(Span::of);
    let again = match (
        Span::of_score(&scope.assured),
        Span::of(&scope.overall.score),
        span(&scope.overall.low),
        span(&scope.overall.high),
    ) {
        (Some(assured), Some(score), Some(low), Some(high)) => {
            let half = if low.low > 0.0 {
                score.minus(low)
            } else {
                high.minus(score)
            };
            Some(assured.minus(half).within(0.0, 100.0))
        }
        _ => None,
    };
    tally.number(
        LOWER_ENDS,
        || format!("{place}/lower_end"),
        published,
        again,
    );
}

fn word(scope: &Scope, services: &[Scope], place: &str, tally: &mut Tally) {
    let grade = &scope.grade;
    let word = grade.word.as_str();
    if word == WITHHELD || !grade.reasons.is_empty() {
        let holds = word == WITHHELD && !grade.reasons.is_empty() && grade.valid_to.is_empty();
        let said = format!("{word}, {} reasons", grade.reasons.len());
        tally.check(
            GRADES,
            holds,
            || place.to_owned(),
            said,
            "withheld, with reasons and no last day",
        );
        return;
    }
    let (Some(lower_end), Some(assured)) = (
        grade.lower_end.as_ref().and_then(Span::of_score),
        Span::of_score(&scope.assured),
    ) else {
        tally.cannot(GRADES);
        return;
    };
    let weakest: Option<Vec<Span>> = scope
        .standards
        .iter()
        .map(|standard| Span::of_score(&standard.assured))
        .collect();
    let Some(weakest) = weakest else {
        tally.cannot(GRADES);
        return;
    };
    let with = |end: fn(&Span) -> f64| {
        let weakest = weakest
            .iter()
            .map(|span| Band::of(end(span)))
            .min()
            .unwrap_or(Band::Inadequate);
        let own = band(end(&lower_end), end(&assured)).min(above(weakest));
        let lowest = services
            .iter()
            .filter_map(|service| named(&service.grade.word))
            .min();
        lowest.map_or(own, |lowest| own.min(above(lowest)))
    };
    let (low, high) = (with(|span| span.low), with(|span| span.high));
    let holds = !grade.valid_to.is_empty()
        && named(word).is_some_and(|band| low <= band && band <= high)
        && services.iter().all(|s| named(&s.grade.word).is_some());
    tally.check(GRADES, holds, || place.to_owned(), word, low.words());
}

/// *Good* and *outstanding* need the lower end, *inadequate* the assured score itself.
fn band(lower_end: f64, assured: f64) -> Band {
    match Band::of(lower_end) {
        reached @ (Band::Good | Band::Outstanding) => reached,
        _ if Band::of(assured) == Band::Inadequate => Band::Inadequate,
        _ => Band::RequiresImprovement,
    }
}

fn above(band: Band) -> Band {
    let mut higher = Band::ALL.into_iter().filter(|other| *other > band);
    higher.next().unwrap_or(band)
}

fn named(word: &str) -> Option<Band> {
    Band::ALL.into_iter().find(|band| band.words() == word)
}

/// Half or fewer answered: a grade says so.
fn caution(grade: &Grade, response: Option<&Response>, place: &str, tally: &mut Tally) {
    if grade.word == WITHHELD {
        return;
    }
    let Some((answered, asked)) =
        response.and_then(|part| Some((whole(&part.answered)?, whole(&part.asked)?)))
    else {
        tally.cannot(CAUTIONS);
        return;
    };
    let low = answered * 2.0 <= asked;
    tally.check(
        CAUTIONS,
        low != grade.caution.is_empty(),
        || format!("{place}/caution"),
        grade.caution.as_str(),
        if low { "a caution" } else { "none" },
    );
}
