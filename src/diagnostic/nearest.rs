//! Did you mean? A word and what it might have been meant to be in, the likeliest out.

/// The candidate that `word` was most likely meant to be: a few letters apart, the same
/// words otherwise joined, or the same beginning; `None` if nothing is near. Case, hyphens,
/// underscores and spaces do not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let sought = fold(word);
    // The work grows with the product of the lengths, and no name is as long as that.
    let short = |text: &str| text.len() <= 200;
    candidates
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
            (slip || begins).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
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
