//! The engine's ranges as ours.
//!
//! In: a part of a template as the engine sees it. Out: its bytes in the [`Source`].
//!
//! [`Source`]: crate::source::Source

use crate::source::Span;
use minijinja::machinery;
use minijinja::machinery::ast::Expr;

/// A range of the engine's as ours.
pub fn span(at: machinery::Span) -> Span {
    Span::new(at.start_offset as usize, at.end_offset as usize)
}

/// The range of an expression from its first name on: the engine's own begins at the last
/// dot.
pub fn reach(expression: &Expr<'_>) -> Span {
    let first = match expression {
        Expr::GetAttr(attribute) => reach(&attribute.expr),
        Expr::GetItem(item) => reach(&item.expr),
        _ => span(expression.span()),
    };
    first.to(span(expression.span()))
}
