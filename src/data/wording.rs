//! A file's header and what it may stand for in; whether the one says the other out.
//!
//! A survey tool's export heads a column with the question as it was asked: with its number
//! before it, with the wording of a whole matrix before that of the row, with spaces and
//! line breaks of its own.

/// Words that a wording must have to be found within a longer header: "Team" may end many.
const FEWEST_WORDS: usize = 3;

/// A text without regard to case, to runs of spaces, and to the shapes of quotes and dashes.
pub(crate) fn fold(text: &str) -> String {
    let shaped: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}'))
        .map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c => c,
        })
        .collect();
    let words: Vec<&str> = shaped.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Whether a header says a wording: alone, or after what a survey tool puts before it.
pub fn says(header: &str, wording: &str) -> bool {
    core_says(core(&fold(header)), core(&fold(wording)))
}

/// The same of texts that are folded and stripped to their [`core`].
pub(crate) fn core_says(header: &str, wording: &str) -> bool {
    if wording.is_empty() {
        return false;
    }
    if header == wording {
        return true;
    }
    if wording.split(' ').count() < FEWEST_WORDS {
        return false;
    }
    // "How far do you agree? [I can do my work well]", also of a header with a code before.
    let inner = header.strip_suffix([']', ')']).map_or(header, trim_end);
    inner.strip_suffix(wording).is_some_and(|frame| {
        frame
            .trim_end()
            .ends_with(['[', '(', '-', ':', '|', '>', '/', '.', '?', '\\'])
    })
}

/// A folded text without the number of a question before it and the signs after it.
pub(crate) fn core(folded: &str) -> &str {
    trim_end(without_number(folded))
}

/// Signs at the end: those of a sentence, and the star of a question that must be answered.
fn trim_end(text: &str) -> &str {
    text.trim_end_matches(['.', '?', ':', '*', '!', ' '])
}

/// `3. `, `q3:`, `q3 - `, `(3) ` and the like.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(['(', '[']);
    let rest = rest.strip_prefix("question ").unwrap_or(rest);
    let rest = rest.strip_prefix('q').unwrap_or(rest);
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    // A part of a question: `3a`, `3.1`.
    let part = after
        .strip_prefix(|c: char| c.is_ascii_lowercase())
        .filter(|_| after.len() < rest.len())
        .filter(|part| part.starts_with(['.', ')', ':', ' ', ']']))
        .unwrap_or(after);
    let signs = part.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | ')' | ':' | '-' | ']' | ' ')
    });
    let numbered = after.len() < rest.len() && signs.len() < part.len();
    if numbered && !signs.is_empty() {
        signs
    } else {
        text
    }
}

/// The name of a question as a survey tool may have kept it, which takes letters and digits
/// only, and puts names of groups before it: `caseload_manageable`, `survey/caseload-manageable`.
pub(crate) fn names(folded_header: &str, id: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let last = folded_header
        .strip_suffix(']')
        .and_then(|inner| inner.rsplit_once('['))
        .or_else(|| folded_header.rsplit_once('/'))
        .map_or(folded_header, |(_, last)| last);
    letters(last) == letters(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: &str = "I can do my work well within my contracted hours";

    #[test]
    fn a_question_is_known_by_its_wording_however_a_tool_frames_it() {
        for header in [
            ASKED.to_owned(),
            format!("{ASKED}."),
            format!("  {} *", ASKED.to_uppercase()),
            ASKED.replace(" well ", "\r\nwell\u{a0}"),
            format!("3. {ASKED}"),
            format!("Q3: {ASKED}"),
            format!("Q3 - {ASKED}"),
            format!("(3) {ASKED}"),
            format!("3a) {ASKED}"),
            format!("3.1 {ASKED}"),
            format!("How far do you agree? [{ASKED}]"),
            format!("G01Q02[SQ001]. How far do you agree? [{ASKED}.]"),
            format!("Your caseload - {ASKED}"),
            format!("Your caseload: {ASKED}"),
            format!("Your caseload | {ASKED}"),
            format!("survey/{ASKED}"),
            format!("G01Q02. {ASKED}"),
        ] {
            assert!(says(&header, ASKED), "{header}");
        }
    }

    #[test]
    fn a_header_that_says_something_else_is_not_the_question() {
        for header in [
            "I can do my work well",
            "I can do my work well within my contracted hours most weeks",
            "I doubt that I can do my work well within my contracted hours",
            "caseload",
            "",
        ] {
            assert!(!says(header, ASKED), "{header}");
        }
        assert!(
            !says("Sub-team: team", "team"),
            "one word may end any header"
        );
        assert!(says("Q1. Team", "team"));
        assert!(!says("3", "") && !says("", ""));
    }

    #[test]
    fn curly_quotes_and_dashes_are_plain_ones() {
        assert!(says(
            "I expect to be working here in a year’s time",
            "I expect to be working here in a year's time"
        ));
    }

    #[test]
    fn a_name_is_known_without_the_signs_that_a_tool_forbids() {
        for header in [
            "caseload_manageable",
            "caseloadmanageable",
            "survey/caseload-manageable",
            "g01q02[caseloadmanageable]",
        ] {
            assert!(names(header, "caseload-manageable"), "{header}");
        }
        assert!(!names("caseload-managed", "caseload-manageable"));
    }
}
