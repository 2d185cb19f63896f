//! What survey tools call questions and answers: the check's own names and words wherever
//! a tool can take them, so that the file of answers reads back under the plain card.

use super::form::{Ask, Choice, Wording};
use super::words::inert;
use std::collections::BTreeSet;

/// Names that a tool keeps for itself, or that the form's own headings begin with.
const KEPT: [&str; 6] = ["meta", "instanceid", "instancename", "name", "root", "data"];
const HEADING: &str = "note_";

/// The longest value that is an answer's own words.
const LONGEST: usize = 200;

/// Gives out names, each once.
#[derive(Default)]
pub struct Fields {
    taken: BTreeSet<String>,
}

impl Fields {
    /// A question with its names; its place on the sheet comes later.
    pub fn ask(&mut self, wording: Wording) -> Ask {
        let every: Vec<String> = wording
            .answers
            .iter()
            .chain(&wording.unscored)
            .map(|(_, meaning)| fold(meaning))
            .collect();
        let mut nth = 0;
        let mut named = |(label, meaning): (String, String)| {
            nth += 1;
            let once = every.iter().filter(|word| **word == fold(&meaning)).count() == 1;
            Choice {
                value: if once && is_plain(&meaning) {
                    meaning.clone()
                } else {
                    free(&format!("option-{nth}"), |name| {
                        every.iter().any(|word| word == name)
                    })
                },
                label,
                meaning,
                anchor: String::new(),
            }
        };
        Ask {
            number: 0,
            anchor: String::new(),
            name: self.name(&wording.column),
            column: wording.column,
            ask: wording.ask,
            hint: wording.hint,
            answers: wording.answers.into_iter().map(&mut named).collect(),
            unscored: wording.unscored.into_iter().map(&mut named).collect(),
        }
    }

    /// A column's own name where it can be an element of XML, else one made from it.
    fn name(&mut self, column: &str) -> String {
        let begins = column.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let folded = column.to_ascii_lowercase();
        let kept = KEPT.contains(&folded.as_str())
            || folded.starts_with("xml")
            || folded.starts_with(HEADING);
        let wanted = if begins && !kept && column.chars().all(goes_on) && column.len() <= 64 {
            column.to_owned()
        } else {
            let letters = column.chars().take(40);
            let slug: String = letters.map(|c| if goes_on(c) { c } else { '_' }).collect();
            format!("q-{slug}")
        };
        let name = free(&wanted, |name| {
            self.taken.contains(&name.to_ascii_lowercase())
        });
        self.taken.insert(name.to_ascii_lowercase());
        name
    }
}

/// The name, or the first with a number behind it that is not taken.
fn free(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut nth = 2;
    while taken(&name) {
        name = format!("{wanted}-{nth}");
        nth += 1;
    }
    name
}

/// How the file of answers is compared with the check's words.
fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Whether a text can be a value as it is: no tool reads more than words in it, and no
/// spreadsheet takes it for a formula.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= LONGEST
        && !text.starts_with(['=', '+', '-', '@'])
        && inert(text) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(column: &str, answers: &[&str]) -> Wording {
        Wording {
            column: column.to_owned(),
            ask: "Ask".to_owned(),
            hint: None,
            answers: answers
                .iter()
                .map(|word| ((*word).to_owned(), (*word).to_owned()))
                .collect(),
            unscored: Vec::new(),
        }
    }

    #[test]
    fn a_column_keeps_its_name_unless_a_tool_cannot_take_it() {
        let mut fields = Fields::default();
        for (column, name) in [
            ("caseload-manageable", "caseload-manageable"),
            ("years_in_post", "years_in_post"),
            ("2nd-opinion", "q-2nd-opinion"),
            ("meta", "q-meta"),
            ("note_1", "q-note_1"),
            ("Job title", "q-Job_title"),
            ("Job/title", "q-Job_title-2"),
            ("Years_In_Post", "Years_In_Post-2"),
        ] {
            assert_eq!(fields.ask(wording(column, &[])).name, name);
        }
    }

    #[test]
    fn an_answer_keeps_its_words_unless_a_tool_would_change_them() {
        let answers = ["never", "=1+1", "a\u{7}b", " padded", "option-2", "Always"];
        let ask = Fields::default().ask(wording("a", &answers));
        let values: Vec<&str> = ask.choices().map(|choice| choice.value.as_str()).collect();
        assert_eq!(
            values,
            [
                "never",
                "option-2-2",
                "option-3",
                "option-4",
                "option-2",
                "Always"
            ]
        );
    }

    #[test]
    fn two_answers_that_read_alike_get_values_of_their_own() {
        let ask = Fields::default().ask(wording("a", &["Yes", "yes "]));
        let values: BTreeSet<&str> = ask.choices().map(|choice| choice.value.as_str()).collect();
        assert_eq!(values.len(), 2);
    }
}
