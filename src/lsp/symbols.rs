//! The cards, functions and constants of a script, for an editor's list of what is in it.

use super::outline::{Outline, What};
use super::positions;
use crate::source::Span;
use lsp_types::{DocumentSymbol, SymbolKind};

/// Every piece of a script, in order.
pub(super) fn symbols(outline: &Outline<'_>) -> Vec<DocumentSymbol> {
    let pieces = outline.pieces.iter();
    let symbols = pieces.filter_map(|piece| {
        let whole = outline.span(piece);
        match &piece.what {
            What::Card(card) => {
                let verb = outline.tokens[card.verb].text;
                let id = card.id.map(|id| outline.word(id));
                let own = card.id.unwrap_or(card.verb);
                let ask = ["ask", "title", "what", "file"]
                    .iter()
                    .find_map(|key| outline.text_of(&card.entries, key));
                let name = match id {
                    Some(id) if !id.is_empty() => format!("{verb} {id}"),
                    _ => verb.to_owned(),
                };
                let span = outline.tokens[own].span;
                Some(symbol(outline, name, ask, kind(verb), whole, span))
            }
            What::Function { name, .. } => {
                let own = outline.token(*name)?;
                let name = format!("fn {}", own.text);
                Some(symbol(
                    outline,
                    name,
                    None,
                    SymbolKind::FUNCTION,
                    whole,
                    own.span,
                ))
            }
            What::Constant { name } => {
                let own = outline.token(*name)?;
                let name = format!("const {}", own.text);
                Some(symbol(
                    outline,
                    name,
                    None,
                    SymbolKind::CONSTANT,
                    whole,
                    own.span,
                ))
            }
            What::Other => None,
        }
    });
    symbols.collect()
}

fn kind(verb: &str) -> SymbolKind {
    match verb {
        "council" | "consulted" | "feedback" | "correction" => SymbolKind::NAMESPACE,
        "table" => SymbolKind::STRUCT,
        "standard" | "local_standard" | "overall" => SymbolKind::MODULE,
        "breakdown" => SymbolKind::ENUM,
        "action" => SymbolKind::EVENT,
        "test" => SymbolKind::METHOD,
        _ => SymbolKind::CLASS,
    }
}

#[allow(
    deprecated,
    reason = "a field that editors no longer read must still be filled"
)]
fn symbol(
    outline: &Outline<'_>,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    whole: Span,
    own: Span,
) -> DocumentSymbol {
    let own = if whole.holds(own) { own } else { whole };
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: positions::range(outline.source, whole),
        selection_range: positions::range(outline.source, own),
        children: None,
    }
}
