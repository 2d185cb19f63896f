//! An expression of a template in; what stands behind it out, with faults on the way.

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::range::{reach, span};
use crate::report::shape::Shape;
use crate::source::Span;
use minijinja::machinery::ast::{BinOpKind, CallArg, Expr};

impl<'a> Reader<'a> {
    /// What an expression gives; faults on the way.
    pub(super) fn shape(&mut self, expression: &'a Expr<'a>) -> Shape {
        match expression {
            Expr::Var(name) => self.name(name.id, span(name.span())),
            Expr::GetAttr(attribute) => {
                let base = self.shape(&attribute.expr);
                let owner = reach(&attribute.expr);
                self.attribute(&base, attribute.name, owner, reach(expression))
            }
            Expr::GetItem(item) => {
                let base = self.shape(&item.expr);
                self.shape(&item.subscript_expr);
                match (&base, &item.subscript_expr) {
                    (Shape::Record(_), Expr::Const(name)) => {
                        let name = name.value.as_str().unwrap_or_default();
                        self.attribute(&base, name, reach(&item.expr), reach(expression))
                    }
                    _ => base.member(),
                }
            }
            Expr::Slice(slice) => {
                let ends = [&slice.start, &slice.stop, &slice.step];
                ends.into_iter().flatten().for_each(|end| {
                    self.shape(end);
                });
                self.shape(&slice.expr)
            }
            Expr::Filter(filter) => {
                let base = filter.expr.as_ref().map_or(Shape::Any, |e| self.shape(e));
                for argument in &filter.args {
                    if let CallArg::Pos(e) | CallArg::Kwarg(_, e) = argument {
                        self.shape(e);
                    }
                }
                match filter.name {
                    "first" | "last" => base.member(),
                    _ => Shape::Word,
                }
            }
            Expr::UnaryOp(unary) => {
                self.shape(&unary.expr);
                Shape::Word
            }
            Expr::BinOp(both) => {
                let left = self.shape(&both.left);
                let right = self.shape(&both.right);
                match both.op {
                    BinOpKind::ScAnd | BinOpKind::ScOr => either(left, right),
                    BinOpKind::In => {
                        self.one_thing(&left, &both.left);
                        self.words_or_one_thing(&right, &both.right);
                        Shape::Word
                    }
                    _ => {
                        self.one_thing(&left, &both.left);
                        self.one_thing(&right, &both.right);
                        Shape::Word
                    }
                }
            }
            Expr::Compare(compare) => {
                let first = self.shape(&compare.expr);
                self.one_thing(&first, &compare.expr);
                for op in &compare.ops {
                    let shape = self.shape(&op.expr);
                    self.words_or_one_thing(&shape, &op.expr);
                }
                Shape::Word
            }
            Expr::IfExpr(cond) => {
                self.shape(&cond.test_expr);
                let other = cond.false_expr.as_ref().map(|other| self.shape(other));
                let this = self.shape(&cond.true_expr);
                match other {
                    Some(other) => either(this, other),
                    None => this,
                }
            }
            _ => Shape::Any,
        }
    }

    fn attribute(&mut self, base: &Shape, name: &str, owner: Span, at: Span) -> Shape {
        let place = self.place(at);
        let owner = place.source.slice(owner).to_owned();
        match base {
            Shape::Any => Shape::Any,
            Shape::Record(names) => match names.get(name) {
                Some(shape) => shape.clone(),
                None => {
                    let known = names.keys().map(String::as_str).collect();
                    self.unknown(place, format!("`{owner}` has no `{name}`"), name, known);
                    Shape::Any
                }
            },
            Shape::List(_) => {
                let message = format!("`{owner}` is a list: it has no `{name}` of its own");
                let help = format!("write `{{% for one in {owner} %}}` and `one.{name}`");
                let fault = Diagnostic::new(Code::TemplateUnknownName, place, message);
                self.found.push(fault.help(help));
                Shape::Any
            }
            Shape::Word => {
                let message = format!("`{owner}` is a word or a number: it has no `{name}`");
                let fault = Diagnostic::new(Code::TemplateUnknownName, place, message);
                self.found
                    .push(fault.help(format!("write `{{{{ {owner} }}}}`")));
                Shape::Any
            }
        }
    }

    /// What is compared is one word or number: whole groups of names would be compared name
    /// by name, as often as a loop goes round.
    fn one_thing(&mut self, shape: &Shape, expression: &Expr<'_>) {
        if matches!(shape, Shape::Record(_) | Shape::List(_)) {
            let place = self.place(reach(expression));
            let message = format!(
                "`{}` holds several things and cannot be compared",
                place.text()
            );
            let fault = Diagnostic::new(Code::TemplateUnknownName, place, message);
            self.found.push(fault.help("compare one of its names"));
        }
    }

    /// The same on the right of `in`, where a list of words may stand too.
    fn words_or_one_thing(&mut self, shape: &Shape, expression: &Expr<'_>) {
        match shape {
            Shape::List(member) if matches!(**member, Shape::Word | Shape::Any) => {}
            shape => self.one_thing(shape, expression),
        }
    }
}

/// What stands for two things of which one is taken: the one that holds more.
fn either(one: Shape, other: Shape) -> Shape {
    match one {
        Shape::Word | Shape::Any => other,
        one => one,
    }
}
