//! `healthcheck explain WORD`: what a code, an item, a card, a key, a column or a function
//! means, with what is wrong and what is right.

use crate::Ending;
use crate::screen::{Screen, plain, wrapped};
use healthcheck::host::Host;
use healthcheck::reference::{Answer, Sort, Topic, explain as ask, explain_own, topics};
use unicode_width::UnicodeWidthStr;

/// Explains one word, or lists all codes. What the nation has not may be an item of a script.
pub fn explain(host: &Host, word: Option<&str>, screen: &Screen) -> Ending {
    let Some(word) = word else {
        let codes = topics().into_iter().filter(|one| one.sort == Sort::Code);
        screen.data(&list(&codes.collect::<Vec<_>>()));
        screen.message(&wrap(&format!("\n{}", others())));
        return Ending::Well;
    };
    match ask(word) {
        Answer::One { topic, also } => {
            screen.data(&text(&topic, &also));
            Ending::Well
        }
        Answer::Several(some) => {
            let sort = some.first().map(|one| one.sort);
            let of_one_sort = sort.is_some_and(|sort| sort.plural() == word.to_lowercase());
            screen.data(&list(&some));
            if !of_one_sort {
                screen.message(&format!(
                    "\n`{}` is the name of several: ask for one of them, as it stands on the left",
                    plain(word)
                ));
            }
            Ending::Well
        }
        Answer::Nothing(near) => {
            let own = own(host, word);
            if !own.is_empty() {
                let texts: Vec<String> = own.iter().map(|topic| text(topic, &[])).collect();
                screen.data(&texts.join("\n\n"));
                return Ending::Well;
            }
            screen.message(&format!("error: nothing is called `{}`", plain(word)));
            screen.message(&match near {
                Some(near) => format!("help: did you mean `{near}`?"),
                None => wrap(&format!("help: {}", others())),
            });
            Ending::Misuse
        }
        _ => Ending::Misuse,
    }
}

/// What a word is in the scripts here, council by council. Scripts at fault have none.
fn own(host: &Host, word: &str) -> Vec<Topic> {
    let councils = host.councils(&[]).unwrap_or_default();
    let checks = councils
        .iter()
        .filter_map(|council| host.load(&council.script).ok());
    checks
        .filter_map(|check| explain_own(&check, word))
        .collect()
}

/// What else can be asked.
fn others() -> String {
    let sorts: Vec<&str> = Sort::ALL.iter().map(|sort| sort.plural()).collect();
    format!(
        "to list all that there is of a sort, type `healthcheck explain` and one of: {}",
        sorts.join(", ")
    )
}

fn list(topics: &[Topic]) -> String {
    let names: Vec<&str> = topics.iter().map(|topic| topic.name.as_str()).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let lines = topics.iter().zip(&names).map(|(topic, name)| {
        let severity = match topic.sort {
            Sort::Code if topic.title.starts_with("error") => "error    ",
            Sort::Code => "warning  ",
            _ => "",
        };
        format!("{name:widest$}  {severity}{}", topic.says)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn text(topic: &Topic, also: &[String]) -> String {
    let mut parts = vec![topic.title.clone()];
    parts.extend(topic.paragraphs.iter().map(|paragraph| wrap(paragraph)));
    for (word, code) in [("Wrong:", &topic.wrong), ("Right:", &topic.right)] {
        if !code.is_empty() {
            parts.push(format!("{word}\n\n{}", example(code)));
        }
    }
    if !also.is_empty() {
        parts.push(wrap(&format!("See also: {}.", also.join(", "))));
    }
    parts.join("\n\n")
}

/// Text of a script, moved in; its own indentation is kept, and what is common to all of its
/// lines is not.
fn example(code: &str) -> String {
    let lines = || code.lines().filter(|line| !line.trim().is_empty());
    let deep = |line: &str| line.len() - line.trim_start().len();
    let common = lines().map(deep).min().unwrap_or(0);
    let lines: Vec<String> = code
        .trim_end()
        .lines()
        .map(|line| {
            format!("    {}", line.get(common..).unwrap_or_default())
                .trim_end()
                .to_owned()
        })
        .collect();
    lines.join("\n")
}

/// Breaks lines between words; a line that begins with spaces is an example and stays.
fn wrap(text: &str) -> String {
    let lines = text.lines().map(|line| match line.starts_with(' ') {
        true => line.to_owned(),
        false => wrapped(line, 0),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::WIDTH;

    #[test]
    fn every_explanation_fits_the_screen() {
        for topic in topics() {
            let text = text(&topic, &[]);
            assert!(text.contains(topic.bare()));
            for line in text.lines().filter(|line| !line.starts_with(' ')) {
                assert!(line.width() <= WIDTH || !line.contains(' '), "{line}");
            }
        }
    }

    #[test]
    fn an_example_keeps_its_own_indentation_alone() {
        assert_eq!(example("    weight: 3,\n})"), "        weight: 3,\n    })");
        assert_eq!(example("    a,\n    b\n"), "    a,\n    b");
    }
}
