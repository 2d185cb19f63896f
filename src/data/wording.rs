//! A file's header and what it may stand for in; whether the one says the other out.
//!
//! A survey tool's export heads a column with the question as it was asked: with its number
//! before it, with the wording of a whole matrix before that of the row, with spaces and
//! line breaks of its own.

/// Words that a wording must have to be found within a longer header: "Team" may end many.
const FEWEST_WORDS: usize = 3;

/// In a text of fewer words nothing is asked: "Safe at work?" is a label.
const FEWEST_ASKED: usize = 4;
/// A text of so many words asks something, whoever speaks.
const ASKS_BY_LENGTH: usize = 7;
/// By these a short text is somebody's word, and not a label.
const SPEAKERS: [&str; 9] = ["i", "i'm", "i've", "my", "me", "we", "our", "us", "myself"];
/// And by these it speaks to somebody.
const SPOKEN_TO: [&str; 3] = ["you", "your", "yours"];

/// A text without regard to case, to runs of spaces, and to the shapes of quotes and dashes.
pub(crate) fn fold(text: &str) -> String {
    if !text.is_ascii() {
        return shaped(text).to_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded
}

/// The same with its case.
fn shaped(text: &str) -> String {
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
    words.join(" ")
}

/// What a header asks in other words than a wording: the question as it stands in the
/// header, without its number, its frame and the star of one that must be answered. `None`
/// where it says the wording or its beginning, and of a label, which says nothing of what was asked.
pub(crate) fn asks_otherwise(header: &str, wording: &str) -> Option<String> {
    let cut = fold(header);
    let cut = cut.strip_suffix('…').or_else(|| cut.strip_suffix(".."));
    let is_cut = cut.is_some_and(|cut| fold(wording).starts_with(core(trim_end(cut))));
    if is_cut || says(header, wording) {
        return None;
    }
    let asked = bare(header);
    let folded = asked.to_lowercase();
    let words: Vec<&str> = folded.split(' ').collect();
    let is_said = has_word(&words, &SPEAKERS) || has_word(&words, &SPOKEN_TO);
    let asks = words.len() >= ASKS_BY_LENGTH
        || words.len() >= FEWEST_ASKED && (is_said || folded.ends_with('?'));
    asks.then_some(asked)
}

fn has_word(words: &[&str], known: &[&str]) -> bool {
    words
        .iter()
        .any(|word| known.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// A header without what a survey tool puts around a question.
fn bare(header: &str) -> String {
    let shaped = shaped(header);
    let whole = shaped.trim_end_matches(['*', ' ']);
    let inner = whole.strip_suffix(']').and_then(|row| row.rsplit_once('['));
    let row = inner.map_or(whole, |(_, row)| row);
    let row = row.rsplit_once(" | ").map_or(row, |(_, row)| row);
    let row = row.rsplit_once(" > ").map_or(row, |(_, row)| row);
    // "Your caseload - Manageable"; but "I feel safe - alone and on visits" is one sentence.
    let row = [" - ", ": "].into_iter().fold(row, |row, sign| {
        let parts = row.rsplit_once(sign);
        let frame = parts.filter(|(frame, _)| {
            let frame = frame.to_lowercase();
            !has_word(&frame.split(' ').collect::<Vec<_>>(), &SPEAKERS)
        });
        frame.map_or(row, |(_, row)| row)
    });
    let folded = row.to_lowercase();
    let kept = without_number(&folded).chars().count();
    let all = row.chars().count();
    let numbered = if folded.chars().count() == all {
        all - kept
    } else {
        0
    };
    let text: String = row.chars().skip(numbered).collect();
    text.trim_end_matches(['.', ':', '*', ' ']).to_owned()
}

/// Whether a header says a wording: alone, or after what a survey tool puts before it.
pub fn says(header: &str, wording: &str) -> bool {
    // Most end otherwise: those need not be folded.
    last_letter(header) == last_letter(wording)
        && core_says(core(&fold(header)), core(&fold(wording)))
}

/// The last letter or digit of a text, without its case.
fn last_letter(text: &str) -> Option<char> {
    let last = text.chars().rfind(|c| c.is_alphanumeric())?;
    last.to_lowercase().next()
}

/// The same of texts that are folded and stripped to their [`core`].
pub(crate) fn core_says(header: &str, wording: &str) -> bool {
    if wording.is_empty() {
        return false;
    }
    if header == wording {
        return true;
    }
    // "How far do you agree? [I can do my work well]", also of a header with a code before.
    let inner = header.strip_suffix([']', ')']).map_or(header, trim_end);
    inner.strip_suffix(wording).is_some_and(|frame| {
        frame
            .trim_end()
            .ends_with(['[', '(', '-', ':', '|', '>', '/', '.', '?', '\\'])
            && wording.split(' ').count() >= FEWEST_WORDS
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
    let last = folded_header
        .strip_suffix(']')
        .and_then(|inner| inner.rsplit_once('['))
        .or_else(|| folded_header.rsplit_once('/'))
        .map_or(folded_header, |(_, last)| last);
    letters(last).eq(letters(id))
}

/// The letters and digits of a text, without their case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase)
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
    fn a_header_that_is_a_sentence_of_its_own_is_the_question_that_was_asked() {
        const SAFE: &str = "I am safe at work, alone and on visits";
        let felt = "I feel safe at work, alone and on visits";
        for header in [
            felt.to_owned(),
            format!("18. {felt} *"),
            format!("Q18: {felt}"),
            format!("How far do you agree? [{felt}.]"),
            format!("Your safety - {felt}"),
            format!("Your safety | {felt}"),
        ] {
            assert_eq!(asks_otherwise(&header, SAFE).as_deref(), Some(felt));
        }
        for header in [
            "Do you feel safe?",
            "Is the work safe?",
            "I feel safe - alone and on visits",
            "Practitioners are safe in every place of work",
        ] {
            assert_eq!(asks_otherwise(header, SAFE).as_deref(), Some(header));
        }
    }

    #[test]
    fn the_nations_wording_its_beginning_and_a_label_ask_nothing_else() {
        for header in [
            format!("3. {ASKED}."),
            format!("How far do you agree? [{}]", ASKED.to_uppercase()),
            "I can do my work well within my contr...".to_owned(),
            "3. I can do my work well…".to_owned(),
            "Q12".to_owned(),
            "caseload_manageable".to_owned(),
            "Manageable caseload?".to_owned(),
            "Work within contracted hours".to_owned(),
            "Your caseload - Manageable".to_owned(),
            "Thinking about your caseload over the last month: Manageable".to_owned(),
        ] {
            assert_eq!(asks_otherwise(&header, ASKED), None, "{header}");
        }
        assert_eq!(asks_otherwise("İ 3. Q", ASKED), None);
    }

    #[test]
    fn a_plain_text_is_folded_as_any_other_is() {
        for text in [
            "",
            " \t",
            "Team",
            " My  TEAM\r\n and\u{b}I ",
            "a\u{1f}b",
            "Q1. x",
        ] {
            assert_eq!(fold(text), shaped(text).to_lowercase(), "{text:?}");
        }
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
