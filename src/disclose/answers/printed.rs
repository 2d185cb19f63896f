//! The counts of a group that is not withheld and how far they may be split in; its answers, or its
//! bands of caseload, as they are published, out.

use super::form::{Form, parts};
use crate::check::Question;
use crate::data::AnswerCounts;
use crate::disclose::figures::{count, figure, withheld};
use crate::national::band_words;
use crate::publication::{AnswerCount, Answers, BandQuantile, Bands};
use std::ops::Range;

/// The answers of a group that is not withheld, in a form; `None` where they are not split.
pub(in crate::disclose) fn answers(
    question: &Question,
    counts: &AnswerCounts,
    (form, unscored): (Form, bool),
) -> Option<Answers> {
    let answered = counts.answered();
    let parts = form.parts(question.answers.len());
    if answered == 0 || parts.is_empty() {
        return None;
    }
    let counted = parts
        .into_iter()
        .zip(form.split(&counts.scored))
        .map(|(part, people)| AnswerCount {
            label: label_of(&question.answers, part),
            count: count(people.into()),
            share: figure(100.0 * f64::from(people) / f64::from(answered)),
        })
        .collect();
    Some(Answers {
        counts: counted,
        unscored: if unscored {
            count(counts.unscored.into())
        } else {
            withheld()
        },
    })
}

/// The bands of a group that is not withheld, in a form; `None` where they are not told.
pub(in crate::disclose) fn bands(counts: &AnswerCounts, form: Form) -> Option<Bands> {
    let holders = counts.answered();
    let parts = form.parts(counts.scored.len());
    if holders == 0 || parts.is_empty() {
        return None;
    }
    let counted: Vec<(String, u32)> = parts
        .into_iter()
        .zip(form.split(&counts.scored))
        .map(|(part, people)| (band_words(part), people))
        .collect();
    // The lowest band with which so many percent of the holders are reached.
    let reaches = |percentile: u8| {
        let mut reached = 0;
        let needed = u64::from(holders) * u64::from(percentile);
        counted.iter().find(|(_, people)| {
            reached += 100 * u64::from(*people);
            reached >= needed
        })
    };
    let quantile = |percentile: u8| {
        reaches(percentile).map(|(band, _)| BandQuantile {
            percentile,
            band: band.clone(),
        })
    };
    Some(Bands {
        quantiles: [25, 50, 75, 90].into_iter().filter_map(quantile).collect(),
        counts: counted
            .iter()
            .map(|(label, people)| AnswerCount {
                label: label.clone(),
                count: count((*people).into()),
                share: figure(100.0 * f64::from(*people) / f64::from(holders)),
            })
            .collect(),
    })
}

/// Whether a published split is one of these answers, or says nothing of them.
pub(in crate::disclose) fn splits(
    question: &Question,
    counts: &AnswerCounts,
    published: &Answers,
) -> bool {
    let is_of_now = |form: &Form| {
        let now = answers(question, counts, (*form, true));
        now.is_some_and(|now| {
            let unscored = &published.unscored;
            now.counts == published.counts
                && (unscored.value.is_none() || now.unscored == *unscored)
        })
    };
    Form::ALL.iter().any(is_of_now)
}

/// Whether published bands are of these case holders.
pub(in crate::disclose) fn is_banded(counts: &AnswerCounts, published: &Bands) -> bool {
    let mut forms = Form::ALL.iter();
    forms.any(|form| bands(counts, *form).is_some_and(|now| now == *published))
}

/// The label of a part; of two coarse parts merged both are named.
fn label_of(answers: &[String], part: Range<usize>) -> String {
    let own = parts(answers.len())
        .into_iter()
        .filter(|coarse| part.start <= coarse.start && coarse.end <= part.end);
    let labels: Vec<String> = own.map(|coarse| label(&answers[coarse])).collect();
    match labels.as_slice() {
        [first, second] => format!("{first} or {second}"),
        _ => label(&answers[part]),
    }
}

/// "agree" for "agree" and "strongly agree"; "never or seldom"; "1 to 3".
fn label(answers: &[String]) -> String {
    match answers {
        [only] => only.clone(),
        [strong, plain] if *strong == format!("strongly {plain}") => plain.clone(),
        [plain, strong] if *strong == format!("strongly {plain}") => plain.clone(),
        [first, second] => format!("{first} or {second}"),
        [first, .., last] => format!("{first} to {last}"),
        [] => String::new(),
    }
}
