//! Did you mean? A word and what it might have been meant to be in, the likeliest out.

/// The candidate that `word` was most likely meant to be: a few letters apart, the same
/// words otherwise joined, or the same beginning; `None` if nothing is near. Case, hyphens,
/// underscores and spaces do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).map(|near| near.word)
}

/// Whether one letter too many, too few or another one, or two exchanged, makes one word of the other.
pub(crate) fn is_one_slip(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 4 && strsim::damerau_levenshtein(one, other) == 1
}

/// A word that was probably meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near<'a> {
    pub word: &'a str,
    /// Whether the slip is small and no other candidate is nearly as near.
    pub sure: bool,
}

pub(super) fn near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Near<'a>> {
    let sought = fold(word);
    // The work grows with the product of the lengths, and no name is as long as that.
    let short = |text: &str| text.len() <= 200;
    let mut found: Vec<(usize, bool, &str)> = candidates
        .into_iter()
        .filter(|candidate| *candidate != word && short(word) && short(candidate))
        .filter_map(|candidate| {
            let other = fold(candidate);
            let distance = strsim::damerau_levenshtein(&sought, &other);
            let (shorter, longer) = if sought.len() < other.len() {
                (&sought, &other)
            } else {
                (&other, &sought)
            };
            let letters = longer.chars().count();
            let slip = distance <= (letters / 3).clamp(1, 4) && letters > distance;
            let begins = shorter.len() >= 4 && longer.starts_with(shorter.as_str());
            let small = distance <= (letters / 4).min(2);
            (slip || begins).then_some((distance, small, candidate))
        })
        .collect();
    found.sort_unstable_by_key(|(distance, _, candidate)| (*distance, *candidate));
    found.dedup_by_key(|(.., candidate)| *candidate);
    let (distance, small, first) = found.first().copied()?;
    let alone = found
        .get(1)
        .is_none_or(|(second, ..)| *second > distance + 1);
    Some(Near {
        word: first,
        sure: small && alone,
    })
}

fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '-' | '_') && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_small_slip_with_one_candidate_near_is_sure() {
        let sure =
            |word, known: &[&'static str]| near(word, known.iter().copied()).map(|near| near.sure);
        assert_eq!(sure("wieght", &["weight", "worst"]), Some(true));
        assert_eq!(sure("unti", &["unit", "until"]), Some(false));
        assert_eq!(sure("serv", &["service", "services"]), Some(false));
        assert_eq!(sure("mxn", &["min", "max"]), Some(false));
        assert_eq!(sure("Agree somewhat", &["agree"]), Some(false));
        assert_eq!(sure("xyz", &["weight"]), None);
    }

    #[test]
    fn a_slip_of_the_pen_and_a_longer_form_find_what_was_meant() {
        let answers = || crate::national::ANSWERS;
        for (text, expected) in [
            ("Agre", Some("agree")),
            ("Agree somewhat", Some("agree")),
            ("strongly dissagree", Some("strongly disagree")),
            ("Neither agree nor disagree", Some("neither")),
            ("Don't know", None),
            ("", None),
        ] {
            assert_eq!(nearest(text, answers()), expected, "{text}");
        }
        assert_eq!(nearest("wieght", ["weight", "worst"]), Some("weight"));
        assert_eq!(nearest("reviewby", ["review_by"]), Some("review_by"));
        assert_eq!(nearest("xyz", ["weight", "worst"]), None);
    }
}
