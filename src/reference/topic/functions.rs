//! Functions as topics: those of one name are one topic.

use super::{Sort, Topic, moved_in};
use crate::script::{self, Function, Shelf};

pub(super) fn functions() -> impl Iterator<Item = Topic> {
    let mut names: Vec<&str> = Vec::new();
    for function in script::functions() {
        if !names.contains(&function.name.as_str()) {
            names.push(&function.name);
        }
    }
    names.into_iter().map(|name| {
        let of_name = |one: &&Function| one.name == name;
        let forms: Vec<&Function> = script::functions().iter().filter(of_name).collect();
        of_forms(name, &forms)
    })
}

fn of_forms(name: &str, forms: &[&Function]) -> Topic {
    let mut paragraphs = Vec::new();
    for function in forms {
        let mut head = format!("    {}\n\n{}", function.form, function.summary);
        if !function.text.is_empty() {
            head += &format!("\n\n{}", function.text);
        }
        paragraphs.push(head);
        for parameter in &function.parameters {
            paragraphs.push(format!("`{}`: {}.", parameter.name, parameter.says));
        }
        for example in &function.examples {
            paragraphs.push(match function.shelf {
                Shelf::Tests => moved_in(&example.code),
                _ => format!("    {}   gives {}", example.code, example.gives),
            });
        }
    }
    let first = forms.first().filter(|one| one.shelf != Shelf::Tests);
    Topic {
        sort: Sort::Function,
        name: name.to_owned(),
        title: format!("{name}: a function"),
        says: forms
            .first()
            .map_or(String::new(), |one| one.summary.clone()),
        paragraphs,
        wrong: first.map_or(String::new(), |one| slip(one)),
        right: first.map_or(String::new(), |one| one.examples[0].code.clone()),
    }
}

/// The first example with a slip that is often made, and a note of what it is: no bars around
/// the row's name, a column without quotes, or a capital.
fn slip(function: &Function) -> String {
    let code = &function.examples[0].code;
    let call = format!("{}(", function.name);
    let Some((before, after)) = code.split_once(&call) else {
        return String::new();
    };
    let after = match after.chars().next() {
        Some('|') => {
            let rest = after.split_once("| ").map(|(_, rest)| rest);
            rest.map(|rest| (rest.to_owned(), "the row has no name: |w|"))
        }
        Some('"') => {
            let quoted = after.get(1..).and_then(|rest| rest.split_once('"'));
            let bare = quoted.map(|(word, rest)| format!("{word}{rest}"));
            bare.map(|rest| (rest, "a column stands in quotes"))
        }
        _ => None,
    };
    match after {
        Some((after, why)) => format!("{before}{call}{after}  // {why}"),
        None => {
            let mut letters = function.name.chars();
            let capital: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            let wrong = code.replacen(&call, &format!("{capital}{}(", letters.as_str()), 1);
            format!("{wrong}  // small letters")
        }
    }
}
