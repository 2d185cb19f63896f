//! The answers that a question's card lists: in which order, how many, and which are scored.

use super::super::read_card::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::national;
use crate::source::Spanned;

/// Answers that stand at the upper end of a scale, in small letters.
#[rustfmt::skip]
const HIGH: [&str; 24] = [
    "strongly agree", "agree strongly", "completely agree", "tend to agree", "agree", "always", "very often", "often",
    "very satisfied", "satisfied", "excellent", "very good", "good", "yes", "definitely", "fully", "completely",
    "a great deal", "every time", "very easy", "easy", "very likely", "likely", "very confident",
];

/// Those at the lower end.
#[rustfmt::skip]
const LOW: [&str; 23] = [
    "strongly disagree", "disagree strongly", "completely disagree", "tend to disagree", "disagree", "never", "rarely",
    "hardly ever", "very dissatisfied", "dissatisfied", "very poor", "poor", "very bad", "bad", "no", "definitely not",
    "not at all", "none", "very difficult", "difficult", "very unlikely", "unlikely", "not at all confident",
];

/// Answers listed as survey tools do, the highest first: every score would be turned round. Beside
/// `reverse` they are turned round twice, and agreeing is good after all.
fn highest_first(reader: &Reader<'_>, written: &[Spanned<String>], reverse: bool) {
    let (Some(first), Some(last)) = (written.first(), written.last()) else {
        return;
    };
    let is_one = |text: &Spanned<String>, words: &[&str]| {
        words.contains(&text.value.trim().to_lowercase().as_str())
    };
    if !is_one(first, &HIGH) || !is_one(last, &LOW) {
        return;
    }
    let turned: Vec<String> = written
        .iter()
        .rev()
        .map(|text| text.place.text().to_owned())
        .collect();
    let turned = turned.join(", ");
    let span = first.place.span.to(last.place.span);
    let (zero, hundred) = match reverse {
        true => (&last.value, &first.value),
        false => (&first.value, &last.value),
    };
    let also = match reverse {
        true => ", and `reverse` turns them round once more",
        false => "",
    };
    reader.fault(
        Diagnostic::new(
            Code::AnswersHighestFirst,
            first.place.clone(),
            format!(
                "answers stand lowest first{also}: here \"{zero}\" would score 0 and \"{hundred}\" 100"
            ),
        )
        .label("this is the highest, is it not?")
        .note(match reverse {
            true => "lowest first with `reverse: true` is right where agreeing is bad",
            false => "where agreeing is bad, list them lowest first all the same and write `reverse: true`",
        })
        .help(format!("answers: [{turned}]"))
        .typed_at(span, turned)
        .offered(),
    );
}

/// Whether two answers are the same but for capitals and blanks.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// What is wrong with the answers of a card that are scored.
pub(super) fn look(
    reader: &Reader<'_>,
    written: &[Spanned<String>],
    unscored: &[Spanned<String>],
    reverse: bool,
) {
    let mut words: Vec<String> = written
        .iter()
        .map(|text| text.value.trim().to_lowercase())
        .collect();
    words.sort();
    words.dedup();
    if words.len() != written.len() || written.len() < 2 || written.len() > 11 {
        reader.fault(
            Diagnostic::new(
                Code::AnswersOutOfLine,
                reader.place("answers"),
                "a question has from two to eleven different answers, lowest first",
            )
            .label(if words.len() == written.len() {
                "too few or too many"
            } else {
                "one stands twice"
            }),
        );
    }
    highest_first(reader, written, reverse);
    out_of_order(reader, written);
    never_scored(reader, written, unscored);
}

/// The nation's answers among others, neither from the lowest up nor from the highest down.
fn out_of_order(reader: &Reader<'_>, written: &[Spanned<String>]) {
    let ranked = written.iter().filter_map(|text| {
        let mut nations = national::ANSWERS.iter();
        let rank = nations.position(|answer| same(answer, &text.value))?;
        Some((rank, text))
    });
    let ranked: Vec<(usize, &Spanned<String>)> = ranked.collect();
    let falls = |pair: &&[(usize, &Spanned<String>)]| pair[0].0 > pair[1].0;
    let all = ranked.len().saturating_sub(1);
    let Some(pair) = ranked.windows(2).find(falls) else {
        return;
    };
    if ranked.windows(2).filter(falls).count() == all {
        return;
    }
    let (before, after) = (&pair[0].1.value, &pair[1].1);
    let message = format!(
        "answers stand lowest first, and “{before}” stands before “{}”",
        after.value
    );
    let fault = Diagnostic::new(Code::AnswersUnordered, after.place.clone(), message);
    reader.fault(fault.label("this is the lower of the two, is it not?"));
}

/// Answers that are said to be scored and not to be.
fn never_scored(reader: &Reader<'_>, written: &[Spanned<String>], unscored: &[Spanned<String>]) {
    for text in written {
        let message = if unscored.iter().any(|own| same(&own.value, &text.value)) {
            format!(
                "“{}” stands among the answers that are scored and among those that are not",
                text.value
            )
        } else if national::UNSCORED_ANSWERS
            .iter()
            .any(|answer| same(answer, &text.value))
        {
            format!("“{}” is counted and never scored", text.value)
        } else {
            continue;
        };
        let fault = Diagnostic::new(Code::AnswersOutOfLine, text.place.clone(), message);
        reader.fault(fault.label("take it out of one of them"));
    }
}
