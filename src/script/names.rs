//! Every function that a script calls, checked before anything runs: does it exist, and
//! does it take so many values? rhai would only find out while running.

use super::library::{VERBS, WITHOUT_ID};
use super::{cards, sandbox, slips, trial, wording};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Source;
use rhai::{AST, ASTNode, Engine, Expr, FnCallExpr, Position, Stmt};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How many values each function takes, by library ("" for none) and name.
type Table = BTreeMap<String, BTreeMap<String, BTreeSet<usize>>>;

/// What may be called: what every script may, and what this one and its libraries define.
#[derive(Debug, Default)]
pub(super) struct Known {
    own: Table,
}

/// Left by rhai's packages and of no use in a check, or stopped elsewhere with better words.
const HIDDEN: [&str; 12] = [
    "eval",
    "sleep",
    "timestamp",
    "print",
    "debug",
    "call",
    "curry",
    "Fn",
    "type_of",
    "is_shared",
    "is_def_fn",
    "is_def_var",
];

/// What every script may call, worked out once.
static EVERYWHERE: LazyLock<Table> = LazyLock::new(|| {
    let mut engine = sandbox::engine(&sandbox::Limits::standard());
    cards::register(&mut engine, &cards::Sink::default());
    let mut table = Table::new();
    collect(&engine, true, &mut table);
    table
});

#[allow(
    deprecated,
    reason = "rhai marks its volatile interfaces so; the version is pinned"
)]
fn collect(engine: &Engine, all: bool, table: &mut Table) {
    let table = RefCell::new(table);
    engine.collect_fn_metadata(
        None,
        |info| {
            let library = info.namespace.as_str();
            if all || !library.is_empty() {
                let mut table = table.borrow_mut();
                add(
                    &mut table,
                    library,
                    &info.metadata.name,
                    info.metadata.num_params,
                );
            }
            None::<()>
        },
        all,
    );
}

fn add(table: &mut Table, library: &str, name: &str, values: usize) {
    if HIDDEN.contains(&name) {
        return;
    }
    let known = table.get_mut(library).and_then(|names| names.get_mut(name));
    if let Some(known) = known {
        known.insert(values);
        return;
    }
    let names = table.entry(library.to_owned()).or_default();
    names.entry(name.to_owned()).or_default().insert(values);
}

impl Known {
    /// The functions of the libraries that were put into this engine.
    pub(super) fn add_libraries(&mut self, engine: &Engine) {
        collect(engine, false, &mut self.own);
    }

    /// A function of the script's own.
    pub(super) fn add(&mut self, name: &str, values: usize) {
        add(&mut self.own, "", name, values);
    }

    fn takes(&self, library: &str, name: &str) -> Option<&BTreeSet<usize>> {
        let mut tables = [&self.own, &*EVERYWHERE].into_iter();
        tables.find_map(|table| table.get(library)?.get(name))
    }

    /// The names in a library ("" for none) that a script may call: no operators, and none of
    /// rhai's own, `get$floor`.
    pub(super) fn names<'a>(&'a self, library: &'a str) -> impl Iterator<Item = &'a str> {
        let tables = [&self.own, &*EVERYWHERE].into_iter();
        let names = tables.filter_map(move |table| table.get(library));
        names
            .flat_map(BTreeMap::keys)
            .filter(|name| name.starts_with(char::is_alphabetic))
            .filter(|name| !name.contains('$'))
            .map(String::as_str)
    }

    /// Whether a function of ours, or a verb, has this name.
    pub(super) fn is_ours(name: &str) -> bool {
        EVERYWHERE
            .get("")
            .is_some_and(|names| names.contains_key(name))
    }
}

/// Whether every script may call something by this name.
pub(super) fn is_known(name: &str) -> bool {
    Known::is_ours(name)
}

/// Functions of other languages, each with what does the same here.
const OTHERS: [(&str, &str); 39] = [
    ("filter", "only"),
    ("where", "only"),
    ("subset", "only"),
    ("select", "only"),
    ("retain", "only"),
    ("query", "only"),
    ("find_all", "only"),
    ("len", "count"),
    ("length", "count"),
    ("size", "count"),
    ("nrow", "count"),
    ("rows", "count"),
    ("number", "count"),
    ("count_if", "count"),
    ("countif", "count"),
    ("count_where", "count"),
    ("average", "mean"),
    ("avg", "mean"),
    ("total", "sum"),
    ("sum_of", "sum"),
    ("percentile", "quantile"),
    ("percentage", "share"),
    ("proportion", "share"),
    ("share_of", "share"),
    ("percent_of", "share"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("highest", "max"),
    ("ceil", "ceiling"),
    ("is_null", "is_missing"),
    ("is_na", "is_missing"),
    ("isnull", "is_missing"),
    ("coalesce", "or_else"),
    ("lower", "to_lower"),
    ("upper", "to_upper"),
    ("lcase", "to_lower"),
    ("strip", "trim"),
    ("startswith", "starts_with"),
    ("endswith", "ends_with"),
];

/// The function that was meant by one of another language.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let found = OTHERS.iter().find(|(other, _)| *other == name);
    found.map(|(_, ours)| *ours)
}

/// Every call in the script to something unknown, or with too many or too few values.
pub(super) fn check(ast: &AST, known: &Known, source: &Source) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut told = 0;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        let (call, position, method) = match path.last() {
            Some(ASTNode::Stmt(Stmt::FnCall(call, position))) => (call, *position, false),
            Some(ASTNode::Expr(Expr::FnCall(call, position))) => (call, *position, false),
            Some(ASTNode::Expr(Expr::MethodCall(call, position))) => (call, *position, true),
            _ => return true,
        };
        if let Some(diagnostic) = judge(call, position, method, known, source) {
            found.push(diagnostic);
            told += 1;
        }
        told < slips::MOST
    });
    found
}

fn judge(
    call: &FnCallExpr,
    position: Position,
    method: bool,
    known: &Known,
    source: &Source,
) -> Option<Diagnostic> {
    let name = call.name.as_str();
    if call.op_token.is_some() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    // rhai's own way to hand captured values to a closure.
    let of_a_closure = matches!(call.args.first(), Some(Expr::DynamicConstant(..)));
    if name.starts_with("anon$") || name == "curry" && !method && of_a_closure {
        return None;
    }
    let library = call.namespace.to_string();
    let place = wording::place(source, position)?;
    let given = call.args.len() + usize::from(method);
    match known.takes(&library, name) {
        Some(takes) if takes.contains(&given) => None,
        Some(takes) => Some(wrong_number(name, takes, given, method, place)),
        None => {
            let is_card = !method
                && position.position() == Some(1)
                && call
                    .args
                    .iter()
                    .any(|argument| matches!(argument, Expr::Map(..) | Expr::DynamicConstant(..)));
            Some(unknown(name, &library, is_card, known, place))
        }
    }
}

fn unknown(
    name: &str,
    library: &str,
    is_card: bool,
    known: &Known,
    place: crate::source::Place,
) -> Diagnostic {
    let (code, message) = if is_card {
        (
            Code::UnknownVerb,
            format!("there is no card called `{name}`"),
        )
    } else if library.is_empty() {
        (
            Code::UnknownFunction,
            format!("there is no function `{name}`"),
        )
    } else {
        (
            Code::UnknownFunction,
            format!("the library `{library}` has no function `{name}`"),
        )
    };
    let diagnostic = Diagnostic::new(code, place, message);
    let of_tests = trial::WORDS.iter().any(|(word, _)| *word == name);
    if of_tests && library.is_empty() {
        return diagnostic.label("tests stand in `tests.rhai` beside the script");
    }
    if let Some(ours) = meant(name).filter(|_| library.is_empty() && !is_card) {
        return diagnostic
            .label(format!("here it is called `{ours}`"))
            .typed(ours)
            .offered();
    }
    if library.is_empty() && !is_card && slips::is_of_a_spreadsheet(name) {
        return diagnostic.label(
            "a spreadsheet has it; here a table is asked: `workers.count(|w| w.cases > 20)`, \
             `workers.only(|w| w.agency == \"no\").sum(\"cases\")`",
        );
    }
    if is_card {
        let otherwise = format!("the cards are: {}", VERBS.join(", "));
        diagnostic.did_you_mean(name, VERBS, otherwise)
    } else {
        diagnostic.did_you_mean(name, known.names(library), "nothing has this name")
    }
}

fn wrong_number(
    name: &str,
    takes: &BTreeSet<usize>,
    given: usize,
    method: bool,
    place: crate::source::Place,
) -> Diagnostic {
    let (message, label) = if VERBS.contains(&name) {
        let form = if WITHOUT_ID.contains(&name) {
            format!("{name}(#{{ … }});")
        } else {
            format!("{name}(\"…\", #{{ … }});")
        };
        (
            format!("a `{name}` card is written `{form}`"),
            format!("{given} given here"),
        )
    } else {
        let own = usize::from(method);
        let wanted: Vec<String> = takes
            .iter()
            .filter(|count| **count >= own)
            .map(|count| (count - own).to_string())
            .collect();
        let given = given - own;
        (
            format!(
                "`{name}` takes {} {}, and {given} {} given",
                wanted.join(" or "),
                if wanted == ["1"] { "value" } else { "values" },
                if given == 1 { "is" } else { "are" },
            ),
            format!("{given} given here"),
        )
    };
    Diagnostic::new(Code::WrongArguments, place, message).label(label)
}

#[cfg(test)]
mod reachable;
