//! How many were asked and answered: rates from counts, words from rates, the whole from
//! its services; and how many items compare.

use super::span::{Span, whole};
use super::tally::Tally;
use crate::publication::{Publication, Response};

const RATES: &str = "response rates from those asked and answered";
const WORDS: &str = "words for the response from its rate";
const ASKED: &str = "all who were asked from those whom the services asked";
const COMPARABLE: &str = "how many items compare, from the items";

pub(super) fn check(publication: &Publication, tally: &mut Tally) {
    for part in &publication.response {
        one(part, tally);
    }
    sum(&publication.response, tally);
    comparable(publication, tally);
}

fn one(part: &Response, tally: &mut Tally) {
    let place = |what: &str| format!("response/{}/{what}", part.scope);
    let rate = match (whole(&part.answered), whole(&part.asked)) {
        (Some(answered), Some(asked)) if asked > 0.0 => Some(100.0 * answered / asked),
        _ => None,
    };
    let again = rate.map(Span::exactly);
    tally.number(RATES, || place("rate"), &part.rate, again);
    match rate {
        Some(rate) => {
            let words = rule_of_thumb(rate);
            tally.check(
                WORDS,
                part.words == words,
                || place("words"),
                part.words.as_str(),
                words,
            );
        }
        None => tally.cannot(WORDS),
    }
}

/// The Health and Safety Executive's rule of thumb.
fn rule_of_thumb(rate: f64) -> &'static str {
    const WORDS: [(f64, &str); 4] = [
        (80.0, "very good"),
        (70.0, "good"),
        (60.0, "desirable"),
        (50.0, "adequate"),
    ];
    WORDS
        .into_iter()
        .find(|(over, _)| rate > *over)
        .map_or("below adequate", |(_, words)| words)
}

fn sum(response: &[Response], tally: &mut Tally) {
    let [all, services @ ..] = response else {
        return;
    };
    if services.is_empty() {
        return;
    }
    let parts: Option<f64> = services.iter().map(|part| whole(&part.asked)).sum();
    tally.number(
        ASKED,
        || "response/whole/asked".into(),
        &all.asked,
        parts.map(Span::exactly),
    );
}

fn comparable(publication: &Publication, tally: &mut Tally) {
    let national = publication.items.iter().filter(|item| item.national);
    let of = national.clone().count();
    let comparable = national
        .filter(|item| super::items::compares(item) && item.is_brought())
        .count();
    let said = &publication.tailoring;
    let text = format!("{comparable} of {of}");
    let holds = said.comparable == comparable && said.of == of && said.text == text;
    tally.check(
        COMPARABLE,
        holds,
        || "tailoring".into(),
        said.text.as_str(),
        text,
    );
}
