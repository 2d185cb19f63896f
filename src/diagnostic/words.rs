//! The words of a fault in, the same out as a person can read them: a name or a cell of
//! hundreds of kilobytes that an input put among them is cut.

/// Most characters of a message, a label, or what is said of another place.
const MOST_OF_A_LINE: usize = 500;

/// Most characters of a note or of help, which may hold a card to be typed.
const MOST_OF_A_NOTE: usize = 4_000;

/// What is said in one line.
pub(super) fn line(text: String) -> String {
    short(text, MOST_OF_A_LINE)
}

/// What may take several.
pub(super) fn note(text: String) -> String {
    short(text, MOST_OF_A_NOTE)
}

/// The first characters of a text, of which the last says that it goes on; all of a short one.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    match text.chars().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

/// A long text is cut in its middle: what is said of a name stands on both sides of it.
fn short(text: String, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text;
    }
    let last = most / 4;
    let first = most - last - 1;
    let from = |(at, _): (usize, char)| at;
    let start = text.char_indices().nth(first).map_or(text.len(), from);
    let end = text.char_indices().nth_back(last - 1).map_or(0, from);
    format!("{}…{}", &text[..start], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end_and_whole_characters() {
        let text = format!("there is no `{}`, see the docs", "é".repeat(100_000));
        let cut = line(text);
        assert_eq!(cut.chars().count(), MOST_OF_A_LINE);
        assert!(cut.starts_with("there is no `éé") && cut.ends_with("éé`, see the docs"));
        assert!(cut.contains("é…é"));
    }

    #[test]
    fn the_beginning_of_a_text_ends_with_a_sign_where_it_goes_on() {
        assert_eq!(beginning("ééé", 3), "ééé");
        assert_eq!(beginning("éééé", 3), "éé…");
    }

    #[test]
    fn a_text_of_usual_length_stays() {
        let usual = "é".repeat(MOST_OF_A_LINE);
        assert_eq!(line(usual.clone()), usual);
        let card = "é".repeat(MOST_OF_A_NOTE);
        assert_eq!(note(card.clone()), card);
        assert_ne!(note(card.clone() + "é"), card + "é");
    }
}
