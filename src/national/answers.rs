//! A cell's text in; the national answer that it says in the words of another usual survey,
//! out. Only what says the very same is here: "tend to agree" is less than "agree" to those
//! who were offered both.

/// Other usual words for the five answers and for those that are counted and not scored, in
/// small letters.
const SAID: [(&str, &str); 9] = [
    ("neither agree nor disagree", "neither"),
    ("neither agree or disagree", "neither"),
    ("neither disagree nor agree", "neither"),
    ("neither disagree or agree", "neither"),
    ("neutral", "neither"),
    ("agree strongly", "strongly agree"),
    ("disagree strongly", "strongly disagree"),
    ("prefer not to answer", "prefer not to say"),
    ("i prefer not to say", "prefer not to say"),
];

/// The national answer that a text says in other usual words; the text in small letters.
pub fn same_answer(folded: &str) -> Option<&'static str> {
    let said = SAID.iter().find(|(words, _)| *words == folded);
    said.map(|(_, answer)| *answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national::{ANSWERS, UNSCORED_ANSWERS};

    #[test]
    fn other_words_stand_for_national_answers_and_are_none_themselves() {
        for (words, answer) in SAID {
            let mut known = ANSWERS.iter().chain(&UNSCORED_ANSWERS);
            assert!(known.any(|one| *one == answer), "{answer}");
            let mut known = ANSWERS.iter().chain(&UNSCORED_ANSWERS);
            assert!(known.all(|one| *one != words), "{words}");
        }
        assert_eq!(same_answer("tend to agree"), None);
    }
}
