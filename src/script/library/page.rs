//! A script function as its doc comment has it: a module of Rust functions in, a
//! [`Function`] for each out, or what its comment leaves unsaid.
//!
//! The comment says in its first paragraph what the function does; further paragraphs, what
//! else there is to know; a line ``- `name`: …`` for each value that it takes; and in a block
//! fenced as `rhai` an example, with what it gives after the last `//`.

use rhai::{Engine, FnNamespace, Module, Shared};

/// Where a function stands in the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Shelf {
    /// What a formula asks of a table.
    Tables,
    /// Rates and arithmetic.
    Numbers,
    /// Values that are not there.
    Missing,
    /// What a score formula is given.
    Results,
    /// Targets and constants of cards.
    Cards,
    /// What the script language itself has.
    Language,
    /// The words of a council's own tests.
    Tests,
    /// A library of an embedder's own.
    Library,
}

impl Shelf {
    /// All that every script has, in the order of the reference.
    pub const ALL: [Shelf; 7] = [
        Shelf::Tables,
        Shelf::Numbers,
        Shelf::Missing,
        Shelf::Results,
        Shelf::Cards,
        Shelf::Language,
        Shelf::Tests,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Shelf::Tables => "What a formula asks of a table",
            Shelf::Numbers => "Rates and arithmetic",
            Shelf::Missing => "Missing values",
            Shelf::Results => "Scores from results",
            Shelf::Cards => "Targets and constants, in cards",
            Shelf::Language => "Lists, texts and numbers",
            Shelf::Tests => "In `tests.rhai`",
            Shelf::Library => "In a library",
        }
    }
}

/// A function that scripts can call, as it is documented. Two that take a different number
/// of values are two, under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Function {
    /// Its name: `share`.
    pub name: String,
    /// The library that it is of; empty for what every script has.
    pub library: String,
    /// Where it stands in the reference.
    pub shelf: Shelf,
    /// As a script writes it: `table.share(condition)`, `rate(part, whole)`.
    pub form: String,
    /// What it takes, in the order of its brackets; what stands before a dot is not among it.
    pub parameters: Vec<Parameter>,
    /// What it does, in a sentence.
    pub summary: String,
    /// What else there is to know, in paragraphs parted by an empty line; may be empty.
    pub text: String,
    /// Examples with what they give; at least one.
    pub examples: Vec<Example>,
}

/// One value that a function takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the function's form.
    pub name: String,
    /// What it is.
    pub says: String,
}

/// An example, and what it gives on the rows of [`SAMPLE`](super::SAMPLE).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What is written.
    pub code: String,
    /// What it gives: `17.5`, `true`, `missing`.
    pub gives: String,
}

/// A function and what it lacks to be given to scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::script) struct Lacking {
    /// Its name.
    pub name: String,
    /// `has no example`.
    pub lacks: String,
}

/// A function as a module has it, before its comment is read.
struct Found {
    name: String,
    /// Names and Rust types: `part: Dynamic`.
    parameters: Vec<String>,
    comment: String,
    /// Whether scripts would find it without its library's name.
    everywhere: bool,
}

/// The functions of a module, by name and number of values, each documented or told what it
/// lacks. Operators, fields and indices are no functions.
#[allow(
    deprecated,
    reason = "rhai marks its volatile interfaces so; the version is pinned"
)]
pub(in crate::script) fn of_module(
    module: &Shared<Module>,
    shelf: Shelf,
    library: &str,
) -> Vec<Result<Function, Lacking>> {
    let mut engine = Engine::new_raw();
    engine.register_global_module(module.clone());
    let mut found = engine.collect_fn_metadata(
        None,
        |info| {
            Some(Found {
                name: info.metadata.name.to_string(),
                parameters: info
                    .metadata
                    .params_info
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                comment: info
                    .metadata
                    .comments
                    .iter()
                    .map(|line| format!("{line}\n"))
                    .collect(),
                everywhere: info.metadata.namespace == FnNamespace::Global,
            })
        },
        true,
    );
    found
        .retain(|one| one.name.starts_with(|c: char| c.is_alphabetic()) && !one.name.contains('$'));
    found.sort_by(|a, b| (&a.name, a.parameters.len()).cmp(&(&b.name, b.parameters.len())));
    let read = |one: &Found| {
        if one.everywhere && !library.is_empty() {
            return Err(Lacking {
                name: one.name.clone(),
                lacks: "is `global`: scripts would find it without the library's name".into(),
            });
        }
        let (form, parameters) = form(one, library);
        read(
            &one.name,
            library,
            shelf,
            form,
            &parameters,
            &plain(&one.comment),
        )
    };
    found.iter().map(read).collect()
}

/// A function that is written down here with its form: `list.len()`, and what it takes.
pub(in crate::script) fn written(
    shelf: Shelf,
    form: &str,
    comment: &str,
) -> Result<Function, Lacking> {
    let (before, values) = form.split_once('(').unwrap_or((form, ""));
    let name = before.rsplit('.').next().unwrap_or(before);
    let values = values.trim_end_matches(')');
    let parameters: Vec<&str> = values
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    read(name, "", shelf, form.to_owned(), &parameters, comment)
}

/// How a script writes it, and the names of what it takes.
fn form<'f>(found: &'f Found, library: &str) -> (String, Vec<&'f str>) {
    let parts: Vec<(&str, &str)> = found
        .parameters
        .iter()
        .map(|parameter| parameter.split_once(':').unwrap_or((parameter, "")))
        .map(|(name, kind)| (name.trim(), kind.trim()))
        .collect();
    let names = |parts: &[(&'f str, &str)]| -> Vec<&'f str> {
        parts.iter().map(|(name, _)| *name).collect()
    };
    let name = &found.name;
    match parts.split_first() {
        Some(((own, kind), rest)) if kind.starts_with("&mut") => {
            let taken = names(rest);
            (format!("{own}.{name}({})", taken.join(", ")), taken)
        }
        _ => {
            let taken = names(&parts);
            let library = match library {
                "" => String::new(),
                library => format!("{library}::"),
            };
            (format!("{library}{name}({})", taken.join(", ")), taken)
        }
    }
}

/// A comment without the signs that make it one.
fn plain(comment: &str) -> String {
    let bare = |line: &str| {
        let line = line.trim_end();
        let line = line.trim_start().strip_prefix("///").unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_owned()
    };
    let comment = comment.replace("/**", "").replace("*/", "");
    comment.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn read(
    name: &str,
    library: &str,
    shelf: Shelf,
    form: String,
    takes: &[&str],
    comment: &str,
) -> Result<Function, Lacking> {
    let lacks = |lacks: String| Lacking {
        name: name.to_owned(),
        lacks,
    };
    let mut function = Function {
        name: name.to_owned(),
        library: library.to_owned(),
        shelf,
        form,
        parameters: Vec::new(),
        summary: String::new(),
        text: String::new(),
        examples: Vec::new(),
    };
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut lines = comment.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let block: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.starts_with("```"))
                .collect();
            let block = block.join("\n");
            let Some((code, gives)) = block.rsplit_once("// ") else {
                return Err(lacks(
                    "has an example that does not say what it gives, `… // 12`".into(),
                ));
            };
            function.examples.push(Example {
                code: code.trim().to_owned(),
                gives: gives.trim().to_owned(),
            });
        } else if let Some((parameter, says)) = value(line) {
            function.parameters.push(Parameter {
                name: parameter.to_owned(),
                says: says.to_owned(),
            });
        } else if line.trim().is_empty() {
            paragraphs.push(String::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            let gap = if paragraph.is_empty() { "" } else { " " };
            *paragraph += &format!("{gap}{}", line.trim());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    if paragraphs.is_empty() {
        return Err(lacks("has no doc comment".into()));
    }
    function.summary = paragraphs.remove(0);
    function.text = paragraphs.join("\n\n");
    for wanted in takes {
        if !function.parameters.iter().any(|one| one.name == *wanted) {
            return Err(lacks(format!(
                "does not say what `{wanted}` is, ``- `{wanted}`: …``"
            )));
        }
    }
    if let Some(one) = function
        .parameters
        .iter()
        .find(|one| !takes.contains(&one.name.as_str()))
    {
        return Err(lacks(format!(
            "speaks of `{}`, which it does not take",
            one.name
        )));
    }
    if function.examples.is_empty() {
        return Err(lacks("has no example in its doc comment".into()));
    }
    Ok(function)
}

/// ``- `part`: a number``.
fn value(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("- `")?.split_once("`: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacks(form: &str, comment: &str) -> String {
        written(Shelf::Numbers, form, comment).unwrap_err().lacks
    }

    #[test]
    fn a_comment_is_read_in_its_parts() {
        let comment = "So many for\neach one.\n\n0 of 0 is not applicable.\n\n- `part`: a number\n\n```rhai\nrate(3, 2) // 1.5\n```";
        let function = written(Shelf::Numbers, "rate(part)", comment).unwrap();
        assert_eq!(function.summary, "So many for each one.");
        assert_eq!(function.text, "0 of 0 is not applicable.");
        assert_eq!(function.parameters[0].says, "a number");
        assert_eq!(
            (
                function.examples[0].code.as_str(),
                function.examples[0].gives.as_str()
            ),
            ("rate(3, 2)", "1.5")
        );
    }

    #[test]
    fn what_a_comment_leaves_unsaid_is_told() {
        assert_eq!(lacks("f()", ""), "has no doc comment");
        assert!(lacks("f()", "Does.").contains("no example"));
        assert!(lacks("f()", "Does.\n```rhai\nf()\n```").contains("what it gives"));
        assert!(lacks("f(x)", "Does.\n```rhai\nf(1) // 1\n```").contains("what `x` is"));
        assert!(
            lacks("f()", "Does.\n- `x`: a number\n```rhai\nf(1) // 1\n```").contains("`x`, which")
        );
    }
}
