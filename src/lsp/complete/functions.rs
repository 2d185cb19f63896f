//! Functions, each with what it takes to be filled in: the reference's, and those of shared
//! libraries.

use super::Desk;
use crate::lsp::hover::note_above;
use crate::lsp::offer::{Offer, escaped};
use crate::lsp::outline::{Outline, What};
use crate::lsp::spot::Word;
use crate::reference::{self, Function, Shelf};
use lsp_types::CompletionItemKind;

/// What a table can be asked.
pub(super) fn methods(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let all = reference::functions().iter();
    let tables = all.filter(|function| function.shelf == Shelf::Tables);
    tables.map(|function| of_function(desk, function)).collect()
}

/// A function with what it takes, to be filled in.
pub(super) fn of_function(desk: &Desk<'_, '_>, function: &Function) -> Offer {
    let stops: Vec<String> = function
        .parameters
        .iter()
        .enumerate()
        .map(|(at, parameter)| {
            let at = at * 2 + 1;
            match parameter.name.as_str() {
                "condition" => format!("|${{{at}:w}}| ${}", at + 1),
                "column" | "question" | "table" | "id" | "asked" => {
                    format!("\"${at}\"")
                }
                "answers" => format!("[\"${at}\"]"),
                name => format!("${{{at}:{}}}", escaped(name)),
            }
        })
        .collect();
    let next = match desk.spot.word {
        Word::Bare(_) => desk.spot.index + 1,
        _ => desk.spot.index,
    };
    let bare = desk.outline.is(next, "(");
    let kind = match function.shelf {
        Shelf::Tables => CompletionItemKind::METHOD,
        _ => CompletionItemKind::FUNCTION,
    };
    let offer = Offer::word(&function.name, kind)
        .detail(&function.form)
        .says(said(function));
    match bare {
        true => offer,
        false => offer.types(format!("{}({})", function.name, stops.join(", "))),
    }
}

/// What a function does, in Markdown.
pub(in crate::lsp) fn said(function: &Function) -> String {
    let mut out = function.summary.clone();
    if !function.text.is_empty() {
        out += &format!("\n\n{}", function.text);
    }
    for parameter in &function.parameters {
        out += &format!("\n- `{}`: {}", parameter.name, parameter.says);
    }
    for example in &function.examples {
        out += &format!("\n\n```rhai\n{} // {}\n```", example.code, example.gives);
    }
    out
}

/// The functions of a shared library.
pub(super) fn of_library(desk: &Desk<'_, '_>, colons: usize) -> Vec<Offer> {
    let name = colons.checked_sub(1).map(|at| desk.outline.word(at));
    let libraries = desk.libraries().into_iter();
    let Some((_, source)) = libraries
        .into_iter()
        .find(|(own, _)| Some(own) == name.as_ref())
    else {
        return Vec::new();
    };
    let outline = Outline::of(&source);
    let functions = outline.pieces.iter().filter_map(|piece| match &piece.what {
        What::Function { name, parameters } => {
            let takes: Vec<String> = parameters.iter().map(|at| outline.word(*at)).collect();
            let stops: Vec<String> = takes
                .iter()
                .enumerate()
                .map(|(at, name)| format!("${{{}:{name}}}", at + 1))
                .collect();
            let name = outline.word(*name);
            let offer = Offer::word(&name, CompletionItemKind::FUNCTION)
                .detail(format!("{name}({})", takes.join(", ")))
                .says(note_above(&outline, piece))
                .types(format!("{name}({})", stops.join(", ")));
            Some(offer)
        }
        _ => None,
    });
    functions.collect()
}
