//! `healthcheck templates --names`: the names that a template may use.

use crate::Ending;
use crate::screen::{Screen, plain};
use healthcheck::diagnostic::nearest;
use healthcheck::report::{Name, Sort, vocabulary};

/// Lists the names, or those that a word speaks of.
pub fn names(word: &str, screen: &Screen) -> Ending {
    let found = list(word);
    if found.is_empty() {
        screen.message(&format!("error: no name speaks of `{}`", plain(word)));
        screen.message(&suggestion(word));
        return Ending::Misuse;
    }
    screen.data(&found);
    Ending::Well
}

/// The names that have a word in them, or in what they say; all of them for no word.
fn list(word: &str) -> String {
    let word = word.to_lowercase();
    let mut out = String::new();
    for own in vocabulary() {
        let mut of_page = String::new();
        for sort in &own.sorts {
            let whole = is_in(&sort.title, &word) || sort.found.iter().any(|f| is_in(f, &word));
            let names: Vec<&Name> = sort
                .names
                .iter()
                .filter(|name| whole || is_in(&name.name, &word) || is_in(&name.says, &word))
                .collect();
            if !names.is_empty() {
                of_page += &block(sort, &names);
            }
        }
        if !of_page.is_empty() {
            out += &format!("{}\n\n{of_page}", own.templates);
        }
    }
    out
}

fn is_in(text: &str, word: &str) -> bool {
    text.to_lowercase().contains(word)
}

fn block(sort: &Sort, names: &[&Name]) -> String {
    let mut out = if sort.found.is_empty() {
        sort.says.clone()
    } else {
        format!("{}: {}\n  {}", sort.title, sort.says, sort.found.join(", "))
    };
    out += "\n";
    let width = |of: fn(&Name) -> &str| names.iter().map(|name| of(name).len()).max();
    let (first, second) = (width(|name| &name.name), width(|name| &name.is));
    for name in names {
        out += &format!(
            "    {:first$}  {:second$}  {}\n",
            name.name,
            name.is,
            name.says,
            first = first.unwrap_or(0),
            second = second.unwrap_or(0)
        );
    }
    out + "\n"
}

fn suggestion(word: &str) -> String {
    let all = vocabulary();
    let names = all
        .iter()
        .flat_map(|own| &own.sorts)
        .flat_map(|sort| &sort.names);
    match nearest(word, names.map(|name| name.name.as_str())) {
        Some(near) => format!("help: did you mean `{near}`?"),
        None => "help: `healthcheck templates --names` lists all names".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_finds_the_names_that_it_is_in_and_those_that_speak_of_it() {
        let all = list("");
        let some = list("resamples");
        assert!(some.contains("firmness") && !some.contains("anchor"));
        assert!(all.len() > 10 * some.len());
        assert!(list("no such word anywhere").is_empty());
        assert_eq!(suggestion("coverge"), "help: did you mean `coverage`?");
    }
}
