//! A word in, what it means out: over codes, items, standards, cards, keys, tables, columns
//! and functions alike.

use super::topic::{Sort, Topic, own_item, topics};
use crate::check::HealthCheck;
use crate::diagnostic::nearest;

/// What is known of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// It is this, and others have it in their names.
    One {
        /// What it is.
        topic: Box<Topic>,
        /// The names of others.
        also: Vec<String>,
    },
    /// It is the name of several, or of a sort.
    Several(Vec<Topic>),
    /// It is nothing; with the nearest name, if one is near.
    Nothing(Option<String>),
}

/// Explains a word as it was pasted or remembered: `error[unknown-key]`, `measure.best`,
/// `workers.share(…)`, `Best`. The name of a sort, such as `functions`, is all of them.
///
/// ```
/// use healthcheck::reference::{Answer, explain};
///
/// assert!(matches!(explain("measure.best"), Answer::One { .. }));
/// assert!(matches!(explain("note"), Answer::Several(_)));
/// assert_eq!(explain("shaer"), Answer::Nothing(Some("share".to_owned())));
/// ```
pub fn explain(word: &str) -> Answer {
    let word = tidy(word);
    let all = topics();
    if let Some(sort) = Sort::ALL.iter().find(|sort| sort.plural() == word) {
        return Answer::Several(all.into_iter().filter(|one| one.sort == *sort).collect());
    }
    let whole: Vec<&Topic> = all.iter().filter(|one| one.name == word).collect();
    let bare: Vec<&Topic> = all
        .iter()
        .filter(|one| one.name != word && one.bare() == word)
        .collect();
    let one = |topic: &Topic, also: &[&Topic]| Answer::One {
        topic: Box::new(topic.clone()),
        also: also.iter().map(|one| one.name.clone()).collect(),
    };
    let several = |some: &[&Topic]| Answer::Several(some.iter().copied().cloned().collect());
    // A column is asked for more often than a function of rounding.
    let column = bare.iter().find(|one| one.sort == Sort::Column);
    match (whole.as_slice(), bare.as_slice()) {
        ([function], _) if function.sort == Sort::Function && column.is_some() => {
            several(&whole.iter().chain(&bare).copied().collect::<Vec<_>>())
        }
        ([topic], also) => one(topic, also),
        ([], [topic]) => one(topic, &[]),
        ([], []) => by_its_last_part(&word, &all),
        ([], some) => several(some),
        (some, _) => several(some),
    }
}

/// What an item of a council's own script is, asked as in [`explain`]; `None` of a word that
/// names none.
pub fn explain_own(check: &HealthCheck, word: &str) -> Option<Topic> {
    own_item(check, &tidy(word))
}

/// `workers.share` is the function `share`; else nothing has this name.
fn by_its_last_part(word: &str, all: &[Topic]) -> Answer {
    let last = word.rsplit(['.', ':']).next().unwrap_or(word);
    let function = |one: &&Topic| one.sort == Sort::Function && one.name == last;
    match all.iter().find(function) {
        Some(topic) if last != word => Answer::One {
            topic: Box::new(topic.clone()),
            also: Vec::new(),
        },
        _ => {
            let names = all.iter().flat_map(|one| [one.name.as_str(), one.bare()]);
            Answer::Nothing(nearest(word, names).map(str::to_owned))
        }
    }
}

/// A code may be pasted with its brackets, a function with its values, a name in quotes.
fn tidy(word: &str) -> String {
    let word = word.trim().trim_matches(['"', '`', '\'']);
    let word = match word.split_once('[') {
        Some(("error" | "warning", code)) => code,
        _ => word,
    };
    let word = word.split('(').next().unwrap_or(word);
    word.trim_end_matches([']', ':', ',', ';']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn name(word: &str) -> String {
        match explain(word) {
            Answer::One { topic, .. } => topic.name,
            other => panic!("{word}: {other:?}"),
        }
    }

    #[test]
    fn a_word_is_found_as_it_is_pasted_or_remembered() {
        for (word, found) in [
            ("error[unknown-key]", "unknown-key"),
            ("warning[no-lead]:", "no-lead"),
            ("caseload-per-fte", "caseload-per-fte"),
            ("\"cover\"", "cover"),
            ("share", "share"),
            ("share(|w| …)", "share"),
            ("workers.share", "share"),
            ("measure", "measure"),
            ("measure.best", "measure.best"),
            ("BEST", "measure.best"),
            ("cases", "workers.cases"),
            ("workers", "workers"),
            ("given", "given"),
        ] {
            assert_eq!(name(word), found, "{word}");
        }
    }

    #[test]
    fn a_name_that_several_have_is_not_guessed() {
        let Answer::Several(found) = explain("target") else {
            panic!("one only");
        };
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["measure.target", "action.target"]);
        let Answer::One { also, .. } = explain("measure") else {
            panic!("several");
        };
        assert_eq!(also, ["action.measure"]);
    }

    #[test]
    fn a_misspelt_word_of_any_sort_is_told_which_was_meant() {
        for (word, near) in [
            ("unknwon-key", "unknown-key"),
            ("caseload-per-ftee", "caseload-per-fte"),
            ("qauntile", "quantile"),
            ("brakdown", "breakdown"),
            ("workers.caess", "workers.cases"),
            ("evidnce", "evidence"),
        ] {
            assert_eq!(
                explain(word),
                Answer::Nothing(Some(near.to_owned())),
                "{word}"
            );
        }
        assert_eq!(explain("zzzzzz"), Answer::Nothing(None));
    }

    #[test]
    fn no_two_topics_of_a_sort_have_one_name_and_none_is_silent() {
        let mut seen = BTreeSet::new();
        for topic in topics() {
            assert!(
                seen.insert((topic.sort, topic.name.clone())),
                "{}",
                topic.name
            );
            assert!(
                !topic.says.is_empty() && topic.paragraphs.len() > 1,
                "{topic:?}"
            );
            assert_eq!(topic.wrong.is_empty(), topic.right.is_empty(), "{topic:?}");
        }
        assert_eq!(
            seen.iter()
                .map(|(sort, _)| sort)
                .collect::<BTreeSet<_>>()
                .len(),
            Sort::ALL.len()
        );
    }
}
