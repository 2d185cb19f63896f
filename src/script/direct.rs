//! A formula of tables in, as rhai's syntax tree; what it gives, without rhai: where it asks
//! tables and reckons with what they say, which most formulas do.
//!
//! rhai finds every function anew in each call, and a formula is called for every group of
//! every council. What is not understood here, and whatever goes wrong, is left to rhai, which
//! begins again and tells it with its place: see [`Direct::value`].

#[cfg(test)]
mod tests;

use super::formula::Unit;
use super::library::{Asking, Gone, Reckoning, Table, asking, reckoning};
use super::operations::{Operator, above, at_least, differ, equal};
use rhai::{ASTFlags, Array, Dynamic, Expr, FnCallExpr, FnPtr, Stmt, StmtBlock, Token};
use rhai::{NativeCallContext, Position};
use std::collections::BTreeMap;

/// Notes, for tests, that a formula was worked out without rhai.
pub(super) fn note() {
    #[cfg(test)]
    tests::note();
}

/// What a formula's body does, step by step; the last gives its value.
#[derive(Debug, Clone)]
pub(super) struct Direct(Vec<Step>);

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// `let name = …;`
    Let(String, Said),
    /// An expression.
    Value(Said),
}

/// An expression.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// A number, a text, or a closure that captures nothing.
    Given(Dynamic),
    List(Vec<Said>),
    Name(String),
    Minus(Box<Said>),
    Two(Operator, Box<[Said; 2]>),
    Reckoned(Reckoning, Vec<Said>),
    /// What a table says, the table first.
    Asked(Asking, Vec<Said>),
    If(Box<(Said, Direct, Direct)>),
}

impl Direct {
    /// A body of these steps; `None` where one is not understood.
    pub(super) fn of(steps: Vec<Option<Step>>) -> Option<Self> {
        let steps: Vec<Step> = steps.into_iter().collect::<Option<_>>()?;
        let (last, before) = steps.split_last()?;
        let lets = before.iter().all(|step| matches!(step, Step::Let(..)));
        (lets && matches!(last, Step::Value(_))).then_some(Self(steps))
    }

    fn of_block(block: &StmtBlock) -> Option<Self> {
        Self::of(block.statements().iter().map(Step::of).collect())
    }

    /// What the body gives for these parameters. `None` where it cannot be told, or something
    /// is wrong: what was noted on the way is to be forgotten, and rhai to be asked.
    pub(super) fn value(&self, unit: &Unit, parameters: Vec<(&str, Dynamic)>) -> Option<Dynamic> {
        let global = unit.engine.new_global_runtime_state();
        let mut run = Run {
            context: (&unit.engine, "", None, &global, Position::NONE).into(),
            unit,
            constants: unit.constants.get()?,
            names: parameters,
        };
        run.body(self)
    }
}

impl Step {
    /// What a statement does; `None` if it is not understood.
    pub(super) fn of(statement: &Stmt) -> Option<Self> {
        Some(match statement {
            Stmt::Var(defined, flags, _) if !flags.contains(ASTFlags::EXPORTED) => {
                Step::Let(defined.0.name.to_string(), Said::of(&defined.1)?)
            }
            Stmt::Expr(expression) => Step::Value(Said::of(expression)?),
            Stmt::FnCall(call, _) => Step::Value(Said::of_call(call)?),
            Stmt::If(flow, _) => Step::Value(Said::If(Box::new((
                Said::of(&flow.expr)?,
                Direct::of_block(&flow.body)?,
                Direct::of_block(&flow.branch)?,
            )))),
            _ => return None,
        })
    }
}

impl Said {
    fn of(expression: &Expr) -> Option<Self> {
        Some(match expression {
            Expr::FloatConstant(number, _) => Said::Given(Dynamic::from_float(**number)),
            Expr::IntegerConstant(number, _) => Said::Given(Dynamic::from_int(*number)),
            Expr::StringConstant(text, _) => Said::Given(text.clone().into()),
            Expr::DynamicConstant(value, _) if value.is_fnptr() => Said::Given((**value).clone()),
            Expr::Variable(variable, ..) if variable.2.is_empty() => {
                Said::Name(variable.1.to_string())
            }
            Expr::Array(list, _) => Said::List(all(list.iter())?),
            Expr::FnCall(call, _) => Said::of_call(call)?,
            Expr::Stmt(block) => match Direct::of_block(block)?.0.as_slice() {
                [Step::Value(said)] => said.clone(),
                _ => return None,
            },
            Expr::Dot(both, flags, _) if !flags.contains(ASTFlags::NEGATED) => {
                Said::of(&both.lhs)?.asked(&both.rhs)?
            }
            _ => return None,
        })
    }

    fn of_call(call: &FnCallExpr) -> Option<Self> {
        if !call.namespace.is_empty() || call.capture_parent_scope {
            return None;
        }
        let mut values = all(call.args.iter())?;
        let Some(token) = &call.op_token else {
            let reckoning = reckoning(&call.name, values.len())?;
            return Some(Said::Reckoned(reckoning, values));
        };
        let last = values.pop()?;
        match (values.pop(), values.is_empty()) {
            (Some(first), true) => Some(Said::Two(Operator::of(token)?, [first, last].into())),
            (None, _) => {
                matches!(token, Token::Minus | Token::UnaryMinus).then(|| Said::Minus(last.into()))
            }
            _ => None,
        }
    }

    /// What is asked of what stands before the full stop.
    fn asked(self, question: &Expr) -> Option<Self> {
        match question {
            Expr::MethodCall(call, _) if call.namespace.is_empty() => {
                let values = all(call.args.iter())?;
                let asking = asking(&call.name, values.len())?;
                let of = [self].into_iter().chain(values);
                Some(Said::Asked(asking, of.collect()))
            }
            Expr::Dot(both, flags, _) if !flags.contains(ASTFlags::NEGATED) => {
                self.asked(&both.lhs)?.asked(&both.rhs)
            }
            _ => None,
        }
    }
}

fn all<'e>(expressions: impl Iterator<Item = &'e Expr>) -> Option<Vec<Said>> {
    expressions.map(Said::of).collect()
}

/// A body on its way.
struct Run<'r> {
    context: NativeCallContext<'r>,
    unit: &'r Unit,
    constants: &'r BTreeMap<String, Dynamic>,
    /// The innermost last.
    names: Vec<(&'r str, Dynamic)>,
}

impl<'r> Run<'r> {
    fn body(&mut self, body: &'r Direct) -> Option<Dynamic> {
        let outer = self.names.len();
        let mut value = None;
        for step in &body.0 {
            match step {
                Step::Let(name, said) => {
                    let known = self.value(said)?;
                    self.names.push((name, known));
                }
                Step::Value(said) => value = self.value(said),
            }
        }
        self.names.truncate(outer);
        value
    }

    fn value(&mut self, said: &'r Said) -> Option<Dynamic> {
        match said {
            // One that rhai must run for each row is told by rhai.
            Said::Given(value) => match value.read_lock::<FnPtr>() {
                Some(closure) if !self.unit.bodies.know(closure.fn_name()) => None,
                _ => Some(value.clone()),
            },
            Said::List(list) => Some(Dynamic::from_array(self.values(list)?)),
            // As the engine finds names: a constant hides what a formula calls the same.
            Said::Name(name) => self.constants.get(name).cloned().or_else(|| {
                let mut names = self.names.iter().rev();
                names
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.clone())
            }),
            Said::Minus(of) => {
                let of = self.value(of)?;
                match (of.as_float(), of.is::<Gone>()) {
                    (Ok(number), _) => Some(Dynamic::from_float(-number)),
                    (_, true) => Some(of),
                    _ => None,
                }
            }
            Said::Two(operator, both) => {
                let [left, right] = &**both;
                operator_on(*operator, self.value(left)?, self.value(right)?)
            }
            Said::Reckoned(reckoning, values) => reckoning(&self.values(values)?)?.ok(),
            Said::Asked(asking, values) => {
                let values = self.values(values)?;
                let (table, rest) = values.split_first()?;
                let table = table.read_lock::<Table>()?;
                asking(&self.context, &table, rest)?.ok()
            }
            Said::If(both) => {
                let (condition, then, otherwise) = &**both;
                match self.value(condition)?.as_bool().ok()? {
                    true => self.body(then),
                    false => self.body(otherwise),
                }
            }
        }
    }

    fn values(&mut self, values: &'r [Said]) -> Option<Array> {
        values.iter().map(|value| self.value(value)).collect()
    }
}

/// A number, and whether it is a whole one by its kind.
fn number(value: &Dynamic) -> Option<(f64, bool)> {
    match (value.as_float(), value.as_int()) {
        (Ok(number), _) => Some((number, false)),
        (_, Ok(number)) => Some((number as f64, true)),
        _ => None,
    }
}

/// As the engine has it. Two whole numbers are left to it: it keeps them whole.
fn operator_on(operator: Operator, left: Dynamic, right: Dynamic) -> Option<Dynamic> {
    let (a, b) = match (number(&left), number(&right)) {
        (Some((_, true)), Some((_, true))) => return None,
        (Some((a, _)), Some((b, _))) => (a, b),
        (a, b) => {
            let works_out = matches!(
                operator,
                Operator::Plus | Operator::Minus | Operator::Times | Operator::Over
            );
            return match (left.try_cast::<Gone>(), right.try_cast::<Gone>()) {
                _ if !works_out => None,
                (Some(left), Some(right)) => Some(Dynamic::from(left.graver(right))),
                (Some(gone), None) if b.is_some() => Some(Dynamic::from(gone)),
                (None, Some(gone)) if a.is_some() => Some(Dynamic::from(gone)),
                _ => None,
            };
        }
    };
    Some(match operator {
        Operator::Plus => Dynamic::from_float(a + b),
        Operator::Minus => Dynamic::from_float(a - b),
        Operator::Times => Dynamic::from_float(a * b),
        Operator::Over => Dynamic::from_float(a / b),
        Operator::Is => equal(a, b).into(),
        Operator::IsNot => differ(a, b).into(),
        Operator::Below => above(b, a).into(),
        Operator::Above => above(a, b).into(),
        Operator::AtMost => at_least(b, a).into(),
        Operator::AtLeast => at_least(a, b).into(),
        Operator::Rest => return None,
    })
}
