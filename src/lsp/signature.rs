//! What a function takes, shown while its brackets are being filled: a place in, the forms of
//! the function that is being called there and which of its values is being written, out.

use super::complete::said;
use super::desk::Desk;
use super::outline::{Outline, What, is_verb};
use crate::reference::{self, Function, Shelf};
use lsp_types::{
    Documentation, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, SignatureHelp,
    SignatureInformation,
};

/// The function being called at a spot, if one is.
pub(super) fn signature(desk: &Desk<'_, '_>) -> Option<SignatureHelp> {
    let (callee, value) = desk.spot.call()?;
    let outline = desk.outline;
    let name = outline.word(callee);
    let before = |sign: &str| callee > 0 && outline.is(callee - 1, sign);
    let forms: Vec<SignatureInformation> = if before("::") {
        let library = outline.word(callee.checked_sub(2)?);
        shared(desk, &library, &name).into_iter().collect()
    } else if callee == desk.spot.piece?.tokens.start && is_verb(&name) {
        // What a card takes is keys, and they are offered.
        Vec::new()
    } else if let Some(own) = own(outline, &name, "").filter(|_| !before(".")) {
        vec![own]
    } else {
        let is_tests = desk.role == super::desk::Role::Tests;
        let named = reference::functions().iter().filter(|function| {
            function.name == name
                && function.form.contains('.') == before(".")
                && (function.shelf != Shelf::Tests || is_tests)
        });
        named.map(of_function).collect()
    };
    let takes = |form: &SignatureInformation| form.parameters.as_ref().map_or(0, Vec::len);
    // The first form that takes so many values.
    let active = forms.iter().position(|form| takes(form) > value);
    let active = active.unwrap_or(forms.len().saturating_sub(1));
    (!forms.is_empty()).then(|| SignatureHelp {
        signatures: forms,
        active_signature: u32::try_from(active).ok(),
        active_parameter: u32::try_from(value).ok(),
    })
}

fn of_function(function: &Function) -> SignatureInformation {
    let parameters = function.parameters.iter().map(|one| ParameterInformation {
        label: ParameterLabel::Simple(one.name.clone()),
        documentation: Some(Documentation::String(one.says.clone())),
    });
    form(&function.form, said(function), parameters.collect())
}

fn form(label: &str, says: String, parameters: Vec<ParameterInformation>) -> SignatureInformation {
    SignatureInformation {
        label: label.to_owned(),
        documentation: (!says.is_empty()).then_some(Documentation::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value: says,
        })),
        parameters: Some(parameters),
        active_parameter: None,
    }
}

/// A function that a script makes, called with these words before its name.
fn own(outline: &Outline<'_>, name: &str, before: &str) -> Option<SignatureInformation> {
    outline.pieces.iter().find_map(|piece| match &piece.what {
        What::Function {
            name: own,
            parameters,
        } if outline.word(*own) == name => {
            let takes: Vec<String> = parameters.iter().map(|at| outline.word(*at)).collect();
            let label = format!("{before}{name}({})", takes.join(", "));
            let parameters = takes.into_iter().map(|name| ParameterInformation {
                label: ParameterLabel::Simple(name),
                documentation: None,
            });
            Some(form(&label, String::new(), parameters.collect()))
        }
        _ => None,
    })
}

fn shared(desk: &Desk<'_, '_>, library: &str, name: &str) -> Option<SignatureInformation> {
    let mut libraries = desk.libraries().into_iter();
    let (_, source) = libraries.find(|(own, _)| own == library)?;
    own(&Outline::of(&source), name, &format!("{library}::"))
}
