//! What a template may hold: text, loops, ifs, ready words, parts.
//!
//! In: a template's [`Source`]. Out: a fault for everything that cannot be read and for
//! each thing that the engine knows and our templates do not have. What is left out is
//! left out because it can grow without bound (macros, captured blocks, `~`, `*`), print
//! unescaped (`autoescape`, `safe`), hide a misspelt name (`default`, `is defined`) or make
//! new figures out of published ones (arithmetic).

use super::range::span;
use super::render::{FILTERS, syntax};
use super::{faults, tags};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Source;
use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, Stmt, UnaryOpKind};
use minijinja::machinery::{Span, Token, parse, tokenize};

const PART: &str = "write the part as a file of its own and `{% include \"part.html.j2\" %}`";
const READY: &str = "print the ready word: templates hold loops, ifs and ready words only";

/// Words and signs that one tag may hold.
pub(crate) const LONGEST_TAG: usize = 200;

/// How often a template may say `elif`.
pub(crate) const MOST_ELIFS: usize = 100;

/// Bytes of a text in quotes within a tag: what is longer stands outside of tags.
pub(crate) const LONGEST_WORDS: usize = 4_096;

/// Every fault of one template that shows without following its names.
pub fn check(source: &Source) -> Diagnostics {
    if let Some(fault) = tags::slip(source).or_else(|| too_long(source)) {
        return fault.into();
    }
    match parse(source.text(), source.name(), syntax()) {
        Err(error) => faults::unreadable(source, &error).into(),
        Ok(template) => {
            let mut reader = Reader {
                source,
                found: Diagnostics::new(),
            };
            reader.statement(&template);
            reader.found
        }
    }
}

/// The first tag that is longer, or the first `elif` that is one more, than the engine can
/// take in without running out of room: it follows both without a limit of its own.
fn too_long(source: &Source) -> Option<Diagnostic> {
    let (mut words, mut elifs) = (0, 0);
    let mut start = Span::default();
    for (token, at) in tokenize(source.text(), false, syntax()).map_while(Result::ok) {
        match token {
            Token::VariableStart | Token::BlockStart => {
                words = 0;
                start = at;
            }
            Token::Ident("elif") if words == 1 => elifs += 1,
            _ => {}
        }
        words += 1;
        let long = match token {
            Token::Str(text) => text.len() > LONGEST_WORDS,
            Token::String(text) => text.len() > LONGEST_WORDS,
            _ => false,
        };
        let message = if words > LONGEST_TAG {
            format!("a tag with more than {LONGEST_TAG} words and signs in it")
        } else if elifs > MOST_ELIFS {
            format!("a template with more than {MOST_ELIFS} `elif`")
        } else if long {
            format!("a text in quotes of more than {LONGEST_WORDS} bytes")
        } else {
            continue;
        };
        let place = source.place(span(start));
        return Some(Diagnostic::new(Code::TemplateSyntax, place, message).help(READY));
    }
    None
}

struct Reader<'a> {
    source: &'a Source,
    found: Diagnostics,
}

impl Reader<'_> {
    fn refuse(&mut self, at: Span, message: impl Into<String>, help: &str) {
        let place = self.source.place(span(at));
        let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
        self.found.push(fault.help(help));
    }

    fn body(&mut self, body: &[Stmt<'_>]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.body(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emit) => {
                if !is_super(&emit.expr) {
                    self.expression(&emit.expr);
                }
            }
            Stmt::ForLoop(each) => {
                if each.recursive {
                    self.refuse(each.span(), "a loop cannot call itself", PART);
                }
                self.expression(&each.iter);
                each.filter_expr.iter().for_each(|e| self.expression(e));
                self.body(&each.body);
                self.body(&each.else_body);
            }
            Stmt::IfCond(cond) => {
                self.expression(&cond.expr);
                self.body(&cond.true_body);
                self.body(&cond.false_body);
            }
            Stmt::WithBlock(with) => {
                with.assignments
                    .iter()
                    .for_each(|(_, e)| self.expression(e));
                self.body(&with.body);
            }
            Stmt::Set(set) => self.expression(&set.expr),
            Stmt::Block(block) => self.body(&block.body),
            Stmt::Include(include) => self.template_name(&include.name),
            Stmt::Extends(extends) => self.template_name(&extends.name),
            Stmt::SetBlock(set) => self.refuse(
                set.span(),
                "`set` gives a name to a value, not to a part of the page",
                "write `{% set name = value %}`",
            ),
            Stmt::AutoEscape(block) => self.refuse(
                block.span(),
                "escaping cannot be turned on or off",
                "leave the tag out: every value is escaped, always",
            ),
            Stmt::FilterBlock(block) => self.refuse(
                block.span(),
                "a filter works on one value, not on a part of the page",
                "write `{{ value|upper }}`",
            ),
            Stmt::Import(import) => self.no_macros(import.span()),
            Stmt::FromImport(import) => self.no_macros(import.span()),
            Stmt::Macro(part) => self.no_macros(part.span()),
            Stmt::CallBlock(call) => self.no_macros(call.span()),
            Stmt::Do(call) => self.refuse(call.span(), "templates have no `do`", READY),
        }
    }

    fn no_macros(&mut self, at: Span) {
        self.refuse(at, "templates have no macros", PART);
    }

    /// A template is named outright, so that everything can be checked before the day.
    fn template_name(&mut self, name: &Expr<'_>) {
        let named = matches!(name, Expr::Const(name) if name.value.as_str().is_some());
        if !named {
            let message = "the name of a template is written out, in double quotes";
            self.refuse(name.span(), message, PART);
        }
    }

    fn expression(&mut self, expression: &Expr<'_>) {
        match expression {
            Expr::Var(_) | Expr::Const(_) => {}
            Expr::Slice(slice) => {
                self.expression(&slice.expr);
                let ends = [&slice.start, &slice.stop, &slice.step];
                ends.into_iter().flatten().for_each(|e| self.expression(e));
            }
            Expr::UnaryOp(unary) => match unary.op {
                UnaryOpKind::Not => self.expression(&unary.expr),
                UnaryOpKind::Neg => self.no_sums(unary.span()),
            },
            Expr::BinOp(both) => {
                if calculates(both.op) {
                    self.no_sums(both.span());
                }
                self.expression(&both.left);
                self.expression(&both.right);
            }
            Expr::Compare(compare) => {
                self.expression(&compare.expr);
                compare.ops.iter().for_each(|op| self.expression(&op.expr));
            }
            Expr::IfExpr(cond) => {
                self.expression(&cond.test_expr);
                self.expression(&cond.true_expr);
                match &cond.false_expr {
                    Some(other) => self.expression(other),
                    None => self.refuse(
                        cond.span(),
                        "an `if` inside a value needs its `else`",
                        "write `{{ this if condition else that }}`",
                    ),
                }
            }
            Expr::Filter(filter) => {
                if !FILTERS.contains(&filter.name) {
                    self.no_filter(filter.name, filter.span());
                }
                filter.expr.iter().for_each(|e| self.expression(e));
                self.arguments(&filter.args);
            }
            Expr::Test(test) => self.refuse(
                test.span(),
                format!("templates have no test `is {}`", test.name),
                "every name is always there: write `{% if name %}`",
            ),
            Expr::GetAttr(attribute) => self.expression(&attribute.expr),
            Expr::GetItem(item) => {
                self.expression(&item.expr);
                self.expression(&item.subscript_expr);
            }
            Expr::Call(call) => self.refuse(call.span(), "templates have no functions", READY),
            Expr::List(_) | Expr::Tuple(_) if expression.as_const().is_some() => {}
            Expr::List(_) | Expr::Tuple(_) | Expr::Map(_) => {
                let message = "a list in a template holds written words and numbers only";
                self.refuse(expression.span(), message, READY);
            }
        }
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(e) | CallArg::Kwarg(_, e) => self.expression(e),
                CallArg::PosSplat(e) | CallArg::KwargSplat(e) => {
                    self.refuse(e.span(), "a filter takes plain values", READY);
                }
            }
        }
    }

    fn no_sums(&mut self, at: Span) {
        self.refuse(at, "templates do not calculate or join text", READY);
    }

    fn no_filter(&mut self, name: &str, at: Span) {
        let whole = span(at);
        let text = self.source.slice(whole);
        let start = whole.start + text.rfind(name).unwrap_or(0);
        let place = self
            .source
            .place(crate::source::Span::new(start, start + name.len()));
        let message = format!("there is no filter `{name}`");
        let mut fault = Diagnostic::new(Code::TemplateUnknownName, place, message)
            .note(format!("the filters are {}", FILTERS.join(", ")));
        if name == "safe" {
            fault = fault.help("leave it out: every value is escaped, always");
        } else {
            fault = fault.did_you_mean(name, FILTERS, "no such filter");
        }
        self.found.push(fault);
    }
}

/// `{{ super() }}`: the part that a block replaces.
fn is_super(expression: &Expr<'_>) -> bool {
    let Expr::Call(call) = expression else {
        return false;
    };
    call.args.is_empty() && matches!(&call.expr, Expr::Var(name) if name.id == "super")
}

fn calculates(op: BinOpKind) -> bool {
    match op {
        BinOpKind::Eq
        | BinOpKind::Ne
        | BinOpKind::Lt
        | BinOpKind::Lte
        | BinOpKind::Gt
        | BinOpKind::Gte
        | BinOpKind::ScAnd
        | BinOpKind::ScOr
        | BinOpKind::In => false,
        BinOpKind::Add
        | BinOpKind::Sub
        | BinOpKind::Mul
        | BinOpKind::Div
        | BinOpKind::FloorDiv
        | BinOpKind::Rem
        | BinOpKind::Pow
        | BinOpKind::Concat => true,
    }
}
