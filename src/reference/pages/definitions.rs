//! Definitions for editors, in the form of the script language's own definition files: every
//! function and card with its documentation, and no body.

use super::{WRITTEN, capital};
use crate::reference::{Function, Shelf, Verb, functions, keys, verbs};

pub(super) fn text() -> String {
    let mut text =
        format!("// {WRITTEN}, for editors that know rhai: nothing here runs.\n\nmodule static;\n");
    for verb in verbs() {
        text += &card(verb);
    }
    for shelf in Shelf::ALL {
        text += &format!("\n// {}\n", shelf.title());
        let of_shelf = functions().iter().filter(|one| one.shelf == shelf);
        of_shelf.for_each(|one| text += &function(one));
    }
    text
}

fn card(verb: &Verb) -> String {
    let own: Vec<&str> = keys()
        .iter()
        .filter(|key| key.verb == verb.name)
        .map(|key| key.name)
        .collect();
    let values = match verb.id {
        Some(_) => "id: String, card: Map",
        None => "card: Map",
    };
    let mut notes = vec![format!("{}.", capital(verb.says)), verb.more.to_owned()];
    notes.push(format!("Its keys: {}.", own.join(", ")));
    notes.push(format!("```rhai\n{}\n```", verb.example));
    format!("\n{}fn {}({values});\n", comment(&notes), verb.name)
}

fn function(function: &Function) -> String {
    let mut notes = vec![function.summary.clone()];
    notes.extend((!function.text.is_empty()).then(|| function.text.clone()));
    let values = function
        .parameters
        .iter()
        .map(|one| format!("- `{}`: {}", one.name, one.says));
    let values: Vec<String> = values.collect();
    notes.extend((!values.is_empty()).then(|| values.join("\n")));
    for example in &function.examples {
        notes.push(format!(
            "```rhai\n{} // {}\n```",
            example.code, example.gives
        ));
    }
    // A definition names what stands before the dot as its first value.
    let mut names: Vec<&str> = function
        .parameters
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    if let Some((before, _)) = function.form.split_once(&format!(".{}(", function.name)) {
        names.insert(0, before);
    }
    let names: Vec<String> = names.iter().map(|name| format!("{name}: ?")).collect();
    format!(
        "\n{}fn {}({}) -> ?;\n",
        comment(&notes),
        function.name,
        names.join(", ")
    )
}

fn comment(paragraphs: &[String]) -> String {
    let lines = paragraphs.join("\n\n");
    let lines = lines
        .lines()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n");
    lines.collect()
}
