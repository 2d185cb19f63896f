//! The short form: a publication that can hold little more than a name, a date and a reason.
//!
//! In: a publication as cleared by the rules. Out: why it is short, in words that tell neither
//! which rule nor which group is behind it; or, where even so much would open, the same
//! without any figure about anybody.

use super::figures::withheld;
use crate::publication::{Figure, Publication, Response};

/// Why nothing is published of anybody.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// There are few people, or alike ones.
    People,
    /// Groups are too many to show that nobody can be recognised.
    Groups,
}

/// Why a publication is short; `None` while a score or an answer is in it.
pub(super) fn reason(page: &Publication) -> Option<String> {
    let told = |figure: &Figure| figure.value.is_some();
    let scored = page.scopes.iter().any(|scope| {
        scope.standards.iter().any(|own| told(&own.result.score))
            || scope.local.iter().any(|own| told(&own.result.score))
    });
    let asked = || page.items.iter().filter(|item| item.kind == "question");
    let answered = asked().any(|item| {
        item.findings.iter().any(|finding| {
            let readings = finding.national.iter().chain([&finding.local]);
            readings.into_iter().any(|reading| told(&reading.value))
        })
    });
    let is_withheld = |figure: &Figure| figure.symbol == withheld().symbol;
    let hides = asked()
        .filter_map(|item| item.findings.first())
        .any(|whole| is_withheld(&whole.local.value));
    (hides && !scored && !answered).then(|| {
        words(
            page,
            "neither scores, nor a grade, nor what practitioners answered",
            Why::People,
        )
    })
}

/// Whether how many answered is withheld, of the whole or a service.
pub(crate) fn answered_is_withheld(page: &Publication) -> bool {
    let of = |part: &Response| part.answered.symbol == withheld().symbol;
    page.response.iter().any(of)
}

/// Without a figure about anybody: what is left of a publication of which every item is held
/// back.
pub(crate) fn without_figures(mut page: Publication, why: Why) -> Publication {
    let reason = words(&page, "no figure", why);
    for part in &mut page.response {
        *part = Response {
            answered: withheld(),
            rate: withheld(),
            words: String::new(),
            ..part.clone()
        };
    }
    for question in &mut page.awareness {
        (question.yes, question.n) = (withheld(), withheld());
    }
    for scope in &mut page.scopes {
        scope.grade.reasons = vec!["the results are withheld".into()];
        scope.grade.lower_end = None;
        scope.grade.firmness = None;
    }
    page.groups.retain(|group| group.rolls.is_empty());
    page.data_quality.clear();
    page.only = Some(reason);
    page
}

fn words(page: &Publication, what: &str, why: Why) -> String {
    let why = match why {
        Why::People => {
            "Its practitioners are so few, or so alike in what they answered, that a colleague \
             could be recognised in the results"
        }
        Why::Groups => {
            "Its results were to be told by so many groups that a colleague might be recognised \
             in them"
        }
    };
    let council = &page.council.name;
    format!("{council} carried out this check. {why}. So {what} is published.")
}
