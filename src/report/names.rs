//! Whether each name in the templates exists, also where no example would reach it.
//!
//! In: templates that can be read, and an example that fills in every name. Out: a fault
//! for each name that is not there, with what may have been meant.

mod expressions;

use super::range::{reach, span};
use super::render::syntax;
use super::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Source, Span};
use minijinja::machinery::ast::{Expr, Stmt};
use minijinja::machinery::parse;
use std::collections::{BTreeMap, BTreeSet};

/// What a loop knows of itself.
const LOOP: [&str; 6] = ["index", "index0", "first", "last", "length", "revindex"];

/// Names and what stands behind each.
pub type Names = BTreeMap<String, Shape>;

/// The names of an example that leaves none out.
pub fn of(example: &impl serde::Serialize) -> Names {
    let plain = serde_json::to_value(example).expect("the names of a page are plain");
    match Shape::of(&plain) {
        Shape::Record(names) => (*names).clone(),
        _ => Names::new(),
    }
}

/// Every unknown name in templates and all that they include or extend, each template with
/// the names that it sees. A part that several use is told of once.
pub fn check(sources: &BTreeMap<String, Source>, roots: &[(&str, &Names)]) -> Diagnostics {
    let mut templates = BTreeMap::new();
    for (name, source) in sources.iter().filter(|(name, _)| name.ends_with(".j2")) {
        if let Ok(template) = parse(source.text(), source.name(), syntax()) {
            templates.insert(name.as_str(), template);
        }
    }
    let mut found = Diagnostics::new();
    for (template, names) in roots {
        let mut reader = Reader {
            sources,
            templates: &templates,
            frames: vec![(*names).clone()],
            open: Vec::new(),
            blocks: BTreeMap::new(),
            met: BTreeSet::new(),
            opened: 0,
            found: Diagnostics::new(),
        };
        if let Some((name, _)) = templates.get_key_value(template) {
            reader.template(name);
            reader.blocks_of_nothing();
        }
        for fault in reader.found {
            let known = |other: &Diagnostic| {
                (other.code, &other.place, &other.message)
                    == (fault.code, &fault.place, &fault.message)
            };
            if !found.iter().any(known) {
                found.push(fault);
            }
        }
    }
    found
}

struct Reader<'a> {
    sources: &'a BTreeMap<String, Source>,
    templates: &'a BTreeMap<&'a str, Stmt<'a>>,
    /// Names in force, the innermost last.
    frames: Vec<BTreeMap<String, Shape>>,
    /// The templates being read, the innermost last.
    open: Vec<&'a str>,
    /// Blocks that a template puts in the place of those it extends.
    blocks: BTreeMap<&'a str, Replacing<'a>>,
    /// Blocks that stand in what was read.
    met: BTreeSet<&'a str>,
    /// How often a template was opened for this page.
    opened: usize,
    found: Diagnostics,
}

/// A block in the place of another: in which template, what it holds, and where it begins.
type Replacing<'a> = (&'a str, &'a [Stmt<'a>], Span);

/// How often one page may open its parts. A part that is included twice by one that is
/// included twice, and so on, would be read without end.
pub(crate) const MOST_PARTS: usize = 1_000;

impl<'a> Reader<'a> {
    fn template(&mut self, name: &'a str) {
        let Some(Stmt::Template(template)) = self.templates.get(name) else {
            return;
        };
        self.open.push(name);
        let parent = template
            .children
            .iter()
            .find_map(|statement| match statement {
                Stmt::Extends(extends) => Some(&extends.name),
                _ => None,
            });
        match parent {
            None => self.body(&template.children),
            Some(parent) => {
                for statement in &template.children {
                    match statement {
                        Stmt::Block(block) => {
                            self.blocks.entry(block.name).or_insert((
                                name,
                                &block.body,
                                span(block.span()),
                            ));
                        }
                        Stmt::Set(_) => self.statement(statement),
                        _ => {}
                    }
                }
                self.other(parent);
            }
        }
        self.open.pop();
    }

    /// A template named in another.
    fn other(&mut self, name: &'a Expr<'a>) {
        let Expr::Const(constant) = name else { return };
        let Some(wanted) = constant.value.as_str() else {
            return;
        };
        let place = self.place(span(name.span()));
        if self.open.contains(&wanted) {
            let message = format!("`{wanted}` would include itself without end");
            self.found
                .push(Diagnostic::new(Code::TemplateFailed, place, message));
            return;
        }
        match self.templates.get_key_value(wanted) {
            Some(_) if self.opened >= MOST_PARTS => {
                if self.opened == MOST_PARTS {
                    let message = format!("a page that opens more than {MOST_PARTS} parts");
                    self.found
                        .push(Diagnostic::new(Code::TemplateFailed, place, message));
                }
                self.opened += 1;
            }
            Some((name, _)) => {
                self.opened += 1;
                self.frames.push(BTreeMap::new());
                self.template(name);
                self.frames.pop();
            }
            None => {
                let message = format!("there is no template `{wanted}`");
                let names = self.templates.keys().copied();
                self.unknown(place, message, wanted, names.collect());
            }
        }
    }

    /// Blocks that are put in the place of none: nothing of them would be printed.
    fn blocks_of_nothing(&mut self) {
        let lost: Vec<(&str, Replacing<'_>)> = (self.blocks.iter())
            .filter(|(name, _)| !self.met.contains(*name))
            .map(|(name, block)| (*name, *block))
            .collect();
        for (name, (owner, _, at)) in lost {
            let source = &self.sources[owner];
            let begins = at.start + source.slice(at).find(name).unwrap_or(0);
            let place = source.place(Span::new(begins, begins + name.len()));
            let message = format!(
                "what this template extends has no block `{name}`: nothing of it would be printed"
            );
            let known = self.met.iter().copied().collect();
            self.unknown(place, message, name, known);
        }
    }

    fn place(&self, span: Span) -> Place {
        let name = self.open.last().copied().unwrap_or_default();
        self.sources[name].place(span)
    }

    fn body(&mut self, body: &'a [Stmt<'a>]) {
        body.iter().for_each(|statement| self.statement(statement));
    }

    /// A body with names of its own.
    fn within(&mut self, names: BTreeMap<String, Shape>, body: &'a [Stmt<'a>]) {
        self.frames.push(names);
        self.body(body);
        self.frames.pop();
    }

    fn statement(&mut self, statement: &'a Stmt<'a>) {
        match statement {
            Stmt::EmitExpr(emit) => {
                self.shape(&emit.expr);
            }
            Stmt::ForLoop(each) => {
                let list = self.shape(&each.iter);
                if matches!(list, Shape::Word | Shape::Record(_)) {
                    self.no_list(reach(&each.iter));
                }
                let member = list.member();
                let mut names = BTreeMap::new();
                bind(&each.target, &member, &mut names);
                // The condition of a loop is settled before the loop knows anything of itself.
                if let Some(condition) = &each.filter_expr {
                    self.frames.push(names.clone());
                    self.shape(condition);
                    self.frames.pop();
                }
                let index = LOOP.map(|name| (name.to_owned(), Shape::Word));
                names.insert(
                    "loop".to_owned(),
                    Shape::Record(std::rc::Rc::new(index.into())),
                );
                self.within(names, &each.body);
                self.body(&each.else_body);
            }
            Stmt::IfCond(cond) => {
                self.shape(&cond.expr);
                self.body(&cond.true_body);
                self.body(&cond.false_body);
            }
            Stmt::WithBlock(with) => {
                let mut names = BTreeMap::new();
                for (target, value) in &with.assignments {
                    let shape = self.shape(value);
                    bind(target, &shape, &mut names);
                }
                self.within(names, &with.body);
            }
            Stmt::Set(set) => {
                let shape = self.shape(&set.expr);
                if let Some(frame) = self.frames.last_mut() {
                    bind(&set.target, &shape, frame);
                }
            }
            Stmt::Block(block) => {
                self.met.insert(block.name);
                if let Some((owner, body, _)) = self.blocks.get(block.name).copied() {
                    self.open.push(owner);
                    self.within(BTreeMap::new(), body);
                    self.open.pop();
                }
                self.within(BTreeMap::new(), &block.body);
            }
            Stmt::Include(include) => self.other(&include.name),
            // `language` has refused everything else.
            _ => {}
        }
    }

    fn name(&mut self, name: &str, at: Span) -> Shape {
        for frame in self.frames.iter().rev() {
            if let Some(shape) = frame.get(name) {
                return shape.clone();
            }
        }
        let known: Vec<String> = self.frames.iter().flat_map(|f| f.keys().cloned()).collect();
        let message = format!("there is no `{name}` here");
        let known = known.iter().map(String::as_str).collect();
        self.unknown(self.place(at), message, name, known);
        Shape::Any
    }

    fn no_list(&mut self, at: Span) {
        let place = self.place(at);
        let message = format!(
            "`{}` is not a list: there is nothing to loop over",
            place.text()
        );
        self.found
            .push(Diagnostic::new(Code::TemplateUnknownName, place, message));
    }

    fn unknown(&mut self, place: Place, message: String, name: &str, known: Vec<&str>) {
        let own = after_dot(&place, name);
        let mut fault = Diagnostic::new(Code::TemplateUnknownName, own, message).did_you_mean(
            name,
            known.iter().copied(),
            "no such name",
        );
        fault.place = place;
        let mut known = known;
        known.sort_unstable();
        known.dedup();
        self.found
            .push(fault.note(format!("there are: {}", known.join(", "))));
    }
}

/// Where a name of something else is underlined with it, `council.nmae`, only its own word is
/// typed anew.
fn after_dot(place: &Place, name: &str) -> Place {
    let owner = place.text().strip_suffix(name);
    match owner.is_some_and(|owner| owner.ends_with('.')) {
        true => {
            let end = place.span.end;
            place.source.place(Span::new(end - name.len(), end))
        }
        false => place.clone(),
    }
}

/// Gives a name, or several at once, to what a loop, `with` or `set` hands over.
fn bind(target: &Expr<'_>, shape: &Shape, names: &mut BTreeMap<String, Shape>) {
    match target {
        Expr::Var(name) => {
            names.insert(name.id.to_owned(), shape.clone());
        }
        Expr::Tuple(several) => {
            let each = shape.member();
            several.items.iter().for_each(|one| bind(one, &each, names));
        }
        Expr::List(several) => {
            let each = shape.member();
            several.items.iter().for_each(|one| bind(one, &each, names));
        }
        _ => {}
    }
}
