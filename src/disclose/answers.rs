//! How a question was answered, as far as it may be seen.

use super::figures::{count, figure, withheld};
use crate::check::Question;
use crate::data::AnswerCounts;
use crate::publication::{AnswerCount, Answers};

/// Answers below which they are published coarsely, and from which the whole council may
/// be seen to agree.
const COARSE: u32 = 50;

/// Whether all, or all but one, gave the same answer. The whole council may, from 50
/// answers up.
pub(super) fn alike(counts: &[u32], whole: bool) -> bool {
    let answered: u32 = counts.iter().sum();
    let most = counts.iter().max().copied().unwrap_or(0);
    most + 1 >= answered && !(whole && answered >= COARSE)
}

/// The lower half, the middle if there is one, and the upper half; as they are where there
/// are three or fewer.
pub(super) fn coarse(counts: &[u32]) -> Vec<u32> {
    parts(counts.len())
        .iter()
        .map(|part| counts[part.clone()].iter().sum())
        .collect()
}

fn parts(answers: usize) -> Vec<std::ops::Range<usize>> {
    let half = answers / 2;
    match answers {
        0..=3 => (0..answers).map(|index| index..index + 1).collect(),
        _ if answers.is_multiple_of(2) => vec![0..half, half..answers],
        _ => vec![0..half, half..half + 1, half + 1..answers],
    }
}

/// The answers of a group that is not withheld; `None` where a part of the split is one or
/// two people.
pub(super) fn answers(question: &Question, counts: &AnswerCounts) -> Option<Answers> {
    let answered = counts.answered();
    let split: Vec<(String, u32)> = if may_split_finely(answered) {
        question
            .answers
            .iter()
            .cloned()
            .zip(counts.scored.iter().copied())
            .collect()
    } else {
        parts(question.answers.len())
            .into_iter()
            .map(|part| label(&question.answers[part]))
            .zip(coarse(&counts.scored))
            .collect()
    };
    if answered == 0 || split.iter().any(|(_, people)| is_one_or_two(*people)) {
        return None;
    }
    let counted = split
        .into_iter()
        .map(|(label, people)| AnswerCount {
            label,
            count: count(people.into()),
            share: figure(100.0 * f64::from(people) / f64::from(answered)),
        })
        .collect();
    Some(Answers {
        counts: counted,
        unscored: if is_one_or_two(counts.unscored) {
            withheld()
        } else {
            count(counts.unscored.into())
        },
    })
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

/// A part so small that it points at somebody.
pub(super) fn is_one_or_two(people: u32) -> bool {
    (1..=2).contains(&people)
}

/// Whether answers to a question may be split finely: fewer are published coarsely.
fn may_split_finely(answered: u32) -> bool {
    answered >= COARSE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national::ANSWERS;

    fn question(answers: &[&str]) -> Question {
        Question {
            answers: answers.iter().map(|label| (*label).to_owned()).collect(),
            unscored: Vec::new(),
            reverse: false,
            column: "q".into(),
            header: None,
            hint: None,
        }
    }

    fn published(question: &Question, scored: &[u32]) -> Option<Vec<(String, String)>> {
        let counts = AnswerCounts {
            scored: scored.to_vec(),
            ..AnswerCounts::default()
        };
        let answers = answers(question, &counts)?;
        let pair = |part: &AnswerCount| (part.label.clone(), part.count.text.clone());
        Some(answers.counts.iter().map(pair).collect())
    }

    #[test]
    fn answers_are_three_ways_below_50_and_five_ways_from_50() {
        let five = question(&ANSWERS);
        let pairs = published(&five, &[3, 6, 10, 20, 10]).expect("no small part");
        let expected = [("disagree", "9"), ("neither", "10"), ("agree", "30")];
        assert_eq!(
            pairs,
            expected.map(|(label, count)| (label.to_owned(), count.to_owned()))
        );
        let five_ways = published(&five, &[3, 6, 10, 21, 10]).expect("no small part");
        assert_eq!(five_ways.len(), 5);
    }

    #[test]
    fn a_part_of_one_or_two_people_withholds_the_split() {
        let five = question(&ANSWERS);
        assert_eq!(published(&five, &[4, 4, 1, 4, 4]), None);
        assert_eq!(published(&five, &[4, 4, 2, 4, 4]), None);
        assert!(published(&five, &[4, 4, 0, 4, 4]).is_some());
        assert!(published(&five, &[4, 4, 3, 4, 4]).is_some());
        assert_eq!(published(&five, &[2, 20, 20, 20, 20]), None);
    }

    #[test]
    fn scales_of_other_lengths_have_coarse_parts_of_their_own() {
        let four = question(&["never", "seldom", "often", "always"]);
        let pairs = published(&four, &[4, 4, 5, 5]).expect("no small part");
        assert_eq!(pairs[0], ("never or seldom".to_owned(), "8".to_owned()));
        assert_eq!(pairs[1], ("often or always".to_owned(), "10".to_owned()));
    }

    #[test]
    fn all_or_all_but_one_alike_and_the_whole_from_50_exempt() {
        for (counts, whole, expected) in [
            (&[0, 0, 0, 12, 0], false, true),
            (&[0, 1, 0, 11, 0], false, true),
            (&[0, 2, 0, 10, 0], false, false),
            (&[0, 0, 0, 49, 0], true, true),
            (&[0, 0, 0, 50, 0], true, false),
            (&[0, 0, 0, 50, 0], false, true),
        ] {
            assert_eq!(alike(counts, whole), expected, "{counts:?}");
        }
    }
}
