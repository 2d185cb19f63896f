//! rhai's syntax tree in, the bodies of its closures as small expressions of ours out.
//!
//! The type that holds a body is not exported by rhai: bodies are found among all statements
//! by their place. One that holds anything unknown has no expression, and is left to rhai.

use crate::script::direct::{Direct, Step};
use crate::source::Place;
use rhai::{AST, ASTFlags, ASTNode, Expr, FnCallExpr, Position, Stmt, StmtBlock, Token};
use std::collections::BTreeMap;

/// A closure of a script.
pub(in crate::script) struct Body {
    /// Its parameters, what it captures first.
    pub parameters: Vec<String>,
    /// What it gives; `None` where that is not one expression of known parts.
    pub expression: Option<Expression>,
    /// What it does as a formula of tables, without rhai; `None` if it is left to rhai.
    pub direct: Option<Direct>,
    /// Where it begins, or an operator in it.
    begins: Position,
}

/// The bodies of a script, by the name that rhai gives them.
#[derive(Default)]
pub(in crate::script) struct Bodies(BTreeMap<String, Body>);

/// One expression.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::script) enum Expression {
    Decimal(f64),
    Whole(i64),
    Text(String),
    Truth(bool),
    /// A constant or what is captured.
    Name(String),
    /// A row's parameter and its column.
    Column(String, String),
    Not(Box<Expression>),
    Minus(Box<Expression>),
    Two(Operator, Box<Expression>, Box<Expression>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    If(Box<[Expression; 3]>),
    Call(Function, Vec<Expression>),
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::script) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Rest,
    Is,
    IsNot,
    Below,
    Above,
    AtMost,
    AtLeast,
}

impl Operator {
    /// By its sign.
    pub(in crate::script) fn of(token: &Token) -> Option<Self> {
        Some(match token {
            Token::Plus => Operator::Plus,
            Token::Minus => Operator::Minus,
            Token::Multiply => Operator::Times,
            Token::Divide => Operator::Over,
            Token::Modulo => Operator::Rest,
            Token::EqualsTo => Operator::Is,
            Token::NotEqualsTo => Operator::IsNot,
            Token::LessThan => Operator::Below,
            Token::GreaterThan => Operator::Above,
            Token::LessThanEqualsTo => Operator::AtMost,
            Token::GreaterThanEqualsTo => Operator::AtLeast,
            _ => return None,
        })
    }
}

/// A function that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::script) enum Function {
    IsMissing,
    OrElse,
    Min,
    Max,
    Clamp,
    Round,
    Rate,
    Percent,
}

impl Function {
    /// By its name and how many values it is given.
    fn find(name: &str, values: usize) -> Option<Self> {
        Some(match (name, values) {
            ("is_missing", 1) => Function::IsMissing,
            ("or_else", 2) => Function::OrElse,
            ("min", 2) => Function::Min,
            ("max", 2) => Function::Max,
            ("clamp", 3) => Function::Clamp,
            ("round", 1 | 2) => Function::Round,
            ("rate", 2) => Function::Rate,
            ("percent", 2) => Function::Percent,
            _ => return None,
        })
    }
}

impl Bodies {
    /// All closures of a script.
    pub(in crate::script) fn of(ast: &AST) -> Self {
        // Where a body begins and, in curly brackets, ends.
        let mut places: Vec<(Position, Position, String)> = Vec::new();
        let mut bodies = BTreeMap::new();
        for function in ast.iter_functions() {
            // A closure's name is made of its body: no other function has it.
            if !function.name.starts_with("anon$") {
                continue;
            }
            let parameters: Vec<String> = function
                .params
                .iter()
                .map(|name| (*name).to_owned())
                .collect();
            let found = ast
                .shared_lib()
                .get_script_fn(function.name, parameters.len());
            if let Some(found) = found {
                let (start, end) = (found.body.start_position(), found.body.end_position());
                places.push((start, end, function.name.to_owned()));
            }
            let begins = found.map_or(Position::NONE, |found| found.body.start_position());
            let body = Body {
                parameters,
                expression: None,
                direct: None,
                begins,
            };
            bodies.insert(function.name.to_owned(), body);
        }
        places.sort_by_key(|(start, ..)| (start.line(), start.position()));
        let mut statements: BTreeMap<&str, Vec<Option<Expression>>> = BTreeMap::new();
        let mut steps: BTreeMap<&str, Vec<Option<Step>>> = BTreeMap::new();
        ast.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                for name in holding(&places, statement.position()) {
                    let expression = of_statement(statement);
                    statements.entry(name).or_default().push(expression);
                }
                // It is a step of the innermost, which begins last.
                if let Some(name) = holding(&places, statement.position()).last() {
                    steps.entry(name).or_default().push(Step::of(statement));
                }
            }
            true
        });
        for (name, mut found) in statements {
            if let (Some(body), 1) = (bodies.get_mut(name), found.len()) {
                body.expression = found.pop().flatten();
            }
        }
        // Of two that begin at one place nobody knows which a statement is of.
        let begin_together = |pair: &[(Position, Position, String)]| pair[0].0 == pair[1].0;
        if !places.windows(2).any(begin_together) {
            for (name, steps) in steps {
                if let Some(body) = bodies.get_mut(name) {
                    body.direct = Direct::of(steps);
                }
            }
        }
        Self(bodies)
    }

    /// Whether a closure of one row is understood.
    pub(in crate::script) fn know(&self, name: &str) -> bool {
        self.get(name).is_some_and(|body| body.expression.is_some())
    }

    /// Whether a closure that begins within a place is left to rhai.
    pub(in crate::script) fn leave_to_rhai(&self, place: &Place) -> bool {
        let begins_there = |body: &&Body| {
            let line = body.begins.line().unwrap_or(0);
            let column = body.begins.position().unwrap_or(1);
            let at = place.source.offset(line, column);
            line > 0 && (place.span.start..place.span.end).contains(&at)
        };
        let mut there = self.0.values().filter(begins_there);
        there.any(|body| body.expression.is_none())
    }

    pub(in crate::script) fn get(&self, name: &str) -> Option<&Body> {
        self.0.get(name)
    }
}

/// The bodies in which a statement at that place lies, one within another.
fn holding(places: &[(Position, Position, String)], at: Position) -> impl Iterator<Item = &str> {
    let key = |position: Position| (position.line(), position.position());
    let at = key(at);
    let until = places.partition_point(|(start, ..)| key(*start) <= at);
    places[..until]
        .iter()
        .filter(move |(start, end, _)| {
            // Beyond what rhai counts there are no places, and so nothing is found.
            at.0.is_some() && (key(*start) == at || (!end.is_none() && at < key(*end)))
        })
        .map(|(.., name)| name.as_str())
}

fn of_statement(statement: &Stmt) -> Option<Expression> {
    match statement {
        Stmt::Expr(expression) => of(expression),
        Stmt::FnCall(call, _) => of_call(call),
        Stmt::Block(block) => of_block(block),
        Stmt::If(flow, _) => Some(Expression::If(Box::new([
            of(&flow.expr)?,
            of_block(&flow.body)?,
            of_block(&flow.branch)?,
        ]))),
        _ => None,
    }
}

fn of_block(block: &StmtBlock) -> Option<Expression> {
    match block.statements() {
        [only] => of_statement(only),
        _ => None,
    }
}

fn all<'e>(expressions: impl IntoIterator<Item = &'e Expr>) -> Option<Vec<Expression>> {
    expressions.into_iter().map(of).collect()
}

fn of(expression: &Expr) -> Option<Expression> {
    Some(match expression {
        Expr::FloatConstant(number, _) => Expression::Decimal(**number),
        Expr::IntegerConstant(number, _) => Expression::Whole(*number),
        Expr::BoolConstant(truth, _) => Expression::Truth(*truth),
        Expr::StringConstant(text, _) => Expression::Text(text.to_string()),
        Expr::Variable(variable, ..) if variable.2.is_empty() => {
            Expression::Name(variable.1.to_string())
        }
        Expr::And(terms, _) => Expression::All(all(terms.iter())?),
        Expr::Or(terms, _) => Expression::Any(all(terms.iter())?),
        Expr::Stmt(block) => of_block(block)?,
        Expr::FnCall(call, _) => of_call(call)?,
        Expr::Dot(both, flags, _) if !flags.contains(ASTFlags::NEGATED) => {
            match (&both.lhs, &both.rhs) {
                (Expr::Variable(row, ..), Expr::Property(property, _)) if row.2.is_empty() => {
                    Expression::Column(row.1.to_string(), property.2.to_string())
                }
                _ => return None,
            }
        }
        Expr::Index(both, flags, _) if !flags.contains(ASTFlags::NEGATED) => {
            match (&both.lhs, &both.rhs) {
                (Expr::Variable(row, ..), Expr::StringConstant(column, _)) if row.2.is_empty() => {
                    Expression::Column(row.1.to_string(), column.to_string())
                }
                _ => return None,
            }
        }
        _ => return None,
    })
}

fn of_call(call: &FnCallExpr) -> Option<Expression> {
    if !call.namespace.is_empty() || call.capture_parent_scope {
        return None;
    }
    let mut values = all(call.args.iter())?;
    let Some(token) = &call.op_token else {
        let function = Function::find(&call.name, values.len())?;
        return Some(Expression::Call(function, values));
    };
    let last = Box::new(values.pop()?);
    let Some(first) = values.pop().map(Box::new) else {
        return match token {
            Token::Bang => Some(Expression::Not(last)),
            Token::Minus | Token::UnaryMinus => Some(Expression::Minus(last)),
            _ => None,
        };
    };
    let operator = Operator::of(token)?;
    values
        .is_empty()
        .then_some(Expression::Two(operator, first, last))
}
