//! Source in, draft out: compile, check every name, run once, put the cards down.

mod by_card;
mod merge;
mod own_names;
mod repair;
mod rust;
mod shared;
mod sizes;
mod trial;
mod undefined;

use super::cards::{self, Sink};
use super::columns::{self, Function};
use super::constants;
use super::coverage::Marks;
use super::draft::Draft;
use super::foreign::Foreign;
use super::formula::Unit;
use super::held;
use super::library::Library;
use super::names::{self, Known};
use super::nesting;
use super::operations::Bodies;
use super::sandbox::{self, Limits};
use super::slips;
use super::tokens::{self, Token};
use super::wording;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Source, Span};
use rhai::{AST, Dynamic, Engine, Scope};
use sizes::{too_large, too_much};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// What scripts are read with: limits, and the libraries that they may use.
#[derive(Clone, Default)]
pub struct Workshop {
    /// How much a script may take.
    pub limits: Limits,
    /// Libraries written in Rust, by the name that scripts use.
    pub libraries: BTreeMap<String, Library>,
    /// The marks in the branches of a text made by [`Marked`](super::Marked); `None` for any
    /// other script.
    pub marks: Option<Marks>,
}

/// A name that stands for something undefined, already reported; so that one fault does
/// not hide the others.
#[derive(Debug, Clone)]
pub(super) struct Undefined;

/// The shared libraries that a script uses: the words before `::`, once each.
pub fn libraries_used(source: &Source) -> Vec<String> {
    // Most scripts use none, and need not be taken apart to know it.
    match source.text().contains("::") {
        true => libraries_among(&tokens::scan(source.text())),
        false => Vec::new(),
    }
}

/// The same, of the words and signs of a script.
fn libraries_among(tokens: &[Token<'_>]) -> Vec<String> {
    let mut used: Vec<String> = tokens
        .windows(2)
        .filter(|pair| pair[0].is_word() && pair[1].is("::"))
        .map(|pair| pair[0].text.to_owned())
        .collect();
    used.sort();
    used.dedup();
    used
}

impl Workshop {
    /// Reads a script. `shared` are the shared libraries beside it, each named after its
    /// file. The draft is `None` where the script could not be compiled.
    pub fn read(&self, source: &Source, shared: &[Source]) -> (Option<Draft>, Diagnostics) {
        self.read_as(Origin::Anybodys, source, shared)
    }

    /// Reads cards that the program brings along, and of which a test says that nothing is
    /// wrong with them: slips of the pen and unknown names are not looked for.
    pub(crate) fn read_proven(&self, source: &Source) -> (Option<Draft>, Diagnostics) {
        self.read_as(Origin::Proven, source, &[])
    }

    fn read_as(
        &self,
        origin: Origin,
        source: &Source,
        shared: &[Source],
    ) -> (Option<Draft>, Diagnostics) {
        sandbox::on_deep_stack(|| {
            let limits = &self.limits;
            sandbox::allowing(limits, limits.steps, limits.time, || {
                self.read_here(origin, source, shared)
            })
            .0
        })
    }

    fn read_here(
        &self,
        origin: Origin,
        source: &Source,
        shared: &[Source],
    ) -> (Option<Draft>, Diagnostics) {
        if let Some(fault) = too_large(source, &self.limits) {
            return (None, fault.into());
        }
        let tokens = tokens::scan(source.text());
        let with_marks = |job: &mut Job<'_>, _: &mut Diagnostics| {
            let names = self
                .marks
                .as_ref()
                .map(|marks| marks.register(&mut job.engine));
            for name in names.into_iter().flatten() {
                job.known.add(name, 1);
            }
        };
        match self.compiled(origin, source, &tokens, shared, with_marks) {
            Ok(Compiled {
                job,
                ast,
                libraries,
                mut faults,
            }) => (Some(job.run(ast, libraries, &mut faults)), faults),
            Err(fault) => (None, Diagnostics::from(*fault)),
        }
    }

    /// Everything up to the run. `furnish` puts what only some scripts may call into the
    /// engine.
    fn compiled<'a>(
        &'a self,
        origin: Origin,
        source: &'a Source,
        tokens: &'a [Token<'a>],
        shared: &[Source],
        furnish: impl FnOnce(&mut Job<'a>, &mut Diagnostics),
    ) -> Result<Compiled<'a>, Box<Diagnostic>> {
        let unread = too_much(source, tokens, &self.limits);
        if let Some(fault) = unread.or_else(|| merge::unfinished(source, tokens)) {
            return Err(fault.into());
        }
        let mut faults = Diagnostics::new();
        let slips = match origin {
            Origin::Anybodys => slips::find(source, tokens),
            Origin::Proven => Vec::new(),
        };

        let mut job = Job::new(self, source, tokens);
        furnish(&mut job, &mut faults);
        let libraries = job.add_libraries(shared, &mut faults);
        let defined = constants::find(source, tokens);
        job.check_own_names(&defined, &mut faults);
        let values = constants::evaluate(
            &job.engine,
            &job.foreign,
            &self.limits,
            source,
            &defined,
            &job.functions
                .values()
                .map(|function| function.whole)
                .collect::<Vec<_>>(),
        );
        let scope = job.scope(&defined, &values);
        let _ = job.constants.set(values);

        let (mut ast, mut faults) = job.read(scope, &defined, slips, faults);
        ast.set_source(source.name());
        for function in ast.iter_functions() {
            job.known.add(function.name, function.params.len());
        }
        let unknown = match origin {
            Origin::Anybodys => names::check(&ast, &job.known, source),
            Origin::Proven => Diagnostics::new(),
        };
        let unknown: Vec<Diagnostic> = unknown
            .into_iter()
            .filter(|fault| !hidden(fault, &job, &faults))
            .collect();
        // A card whose verb is not known brings nothing that could be relied on.
        for fault in &unknown {
            if fault.code == Code::UnknownVerb {
                job.lose_statement_at(fault.place.span);
            }
        }
        faults.extend(unknown.into_iter().collect());
        job.lenient.store(faults.has_errors(), Ordering::Relaxed);
        Ok(Compiled {
            job,
            ast,
            libraries,
            faults,
        })
    }
}

/// Whether a script may have slips of the pen.
#[derive(Clone, Copy)]
enum Origin {
    Anybodys,
    Proven,
}

/// A script that is ready to run, with what was found so far.
struct Compiled<'a> {
    job: Job<'a>,
    ast: AST,
    libraries: Vec<Source>,
    faults: Diagnostics,
}

/// A fault at the place of another, or about a library that was reported as unknown, says
/// nothing new.
fn hidden(fault: &Diagnostic, job: &Job<'_>, told: &Diagnostics) -> bool {
    // The comma of `1,000` makes two values of one.
    let miscounted = |other: &Diagnostic| {
        fault.code == Code::WrongArguments
            && other.code == Code::UnitInNumber
            && other.place.line() == fault.place.line()
    };
    // The whole call was told for what it was meant to be.
    let of_the_call = |other: &Diagnostic| {
        (matches!(other.code, Code::OtherLanguage | Code::HyphenatedName)
            || other.code == fault.code)
            && other.place.source == fault.place.source
            && other.place.span.holds(fault.place.span)
    };
    // What a statement that cannot be read defines is not known.
    let of_a_lost_one = || job.lost_names.iter().any(|name| name == fault.place.text());
    told.iter()
        .any(|other| other.place == fault.place || miscounted(other) || of_the_call(other))
        || of_a_lost_one()
        || job
            .missing_libraries
            .iter()
            .any(|library| fault.message.contains(&format!("`{library}`")))
}

/// One script on its way from text to draft.
struct Job<'a> {
    source: &'a Source,
    tokens: &'a [Token<'a>],
    workshop: &'a Workshop,
    engine: Engine,
    known: Known,
    foreign: Foreign,
    functions: BTreeMap<String, Function>,
    constants: Arc<OnceLock<BTreeMap<String, Dynamic>>>,
    sink: Sink,
    /// Whether faults were found already, so that what is missing is passed over.
    lenient: Arc<AtomicBool>,
    missing_libraries: Vec<String>,
    /// The statements that cannot be read, and the names that they define.
    lost: Vec<Span>,
    lost_names: Vec<String>,
}

impl<'a> Job<'a> {
    #[allow(
        deprecated,
        reason = "rhai marks its volatile interfaces so; the version is pinned"
    )]
    fn new(workshop: &'a Workshop, source: &'a Source, tokens: &'a [Token<'a>]) -> Self {
        let mut engine = sandbox::engine(&workshop.limits);
        let sink = Sink::holding(workshop.limits.cards);
        cards::register(&mut engine, &sink);
        let constants: Arc<OnceLock<BTreeMap<String, Dynamic>>> = Arc::default();
        let answers = constants.clone();
        engine.on_var(move |name, _, context| {
            if let Some(value) = answers.get().and_then(|values| values.get(name)) {
                return Ok(Some(value.clone()));
            }
            // What is nested without end grows only by being read again.
            match context.scope().get(name) {
                Some(value) if nesting::overgrown(value) => Err(nesting::error()),
                Some(value) => held::note(value).map(|()| None),
                None => Ok(None),
            }
        });
        let lenient = Arc::new(AtomicBool::new(false));
        let pass_over = lenient.clone();
        engine.on_missing_function(move |_, _, _, _| {
            Ok(pass_over
                .load(Ordering::Relaxed)
                .then(|| Dynamic::from(Undefined)))
        });
        let known = Known::default();
        Self {
            source,
            tokens,
            workshop,
            engine,
            known,
            foreign: Foreign::default(),
            functions: columns::functions(tokens),
            constants,
            sink,
            lenient,
            missing_libraries: Vec::new(),
            lost: Vec::new(),
            lost_names: Vec::new(),
        }
    }

    fn scope(
        &self,
        defined: &[(String, Span, Span)],
        values: &BTreeMap<String, Dynamic>,
    ) -> Scope<'static> {
        let mut scope = Scope::new();
        for (name, ..) in defined {
            let value = values.get(name).cloned().unwrap_or(Dynamic::UNIT);
            scope.push_constant_dynamic(name.clone(), value);
        }
        scope
    }

    /// Runs the script once and turns what the verbs put down into cards.
    fn run(self, ast: AST, libraries: Vec<Source>, faults: &mut Diagnostics) -> Draft {
        let mut scope = Scope::new();
        if let Some(values) = self.constants.get() {
            for (name, value) in values {
                scope.push_constant_dynamic(name.clone(), value.clone());
            }
        }
        for name in undefined::names(faults).into_iter().chain(self.lost_names) {
            scope.push_constant_dynamic(name, Dynamic::from(Undefined));
        }
        let limits = &self.workshop.limits;
        let (result, _) = sandbox::allowing(limits, limits.steps, limits.time, || {
            let run = || self.engine.run_ast_with_scope(&mut scope, &ast);
            let run = self.foreign.guarding(run);
            // A function of an embedder's may have taken long in a single step.
            match sandbox::stopped() {
                Some(stopped) => run.and(Err(sandbox::stop_error(stopped))),
                None => run,
            }
        });
        let mut lost: Vec<Place> = self
            .lost
            .iter()
            .map(|span| self.source.place(*span))
            .collect();
        if let Err(error) = result {
            let fault = wording::of_run(&error, self.source, limits);
            if !self.lenient.load(Ordering::Relaxed) {
                faults.push(fault);
            }
            // No card after this was put down.
            let all = Span::new(0, self.source.text().len());
            lost.push(self.source.place(all));
        }
        self.lenient.store(false, Ordering::Relaxed);
        let raw = self.sink.take();
        let unit = Arc::new(Unit {
            engine: self.engine,
            foreign: self.foreign,
            bodies: Bodies::of(&ast),
            constants: self.constants.clone(),
            ast,
            source: self.source.clone(),
            limits: self.workshop.limits.clone(),
            functions: self
                .functions
                .values()
                .map(|function| function.body)
                .collect(),
        });
        let none = BTreeMap::new();
        let desk = cards::Desk {
            unit: &unit,
            tokens: self.tokens,
            functions: &self.functions,
            constants: self.constants.get().unwrap_or(&none),
        };
        let cards = raw.into_iter().map(|raw| desk.card(raw, faults)).collect();
        Draft {
            source: self.source.clone(),
            cards,
            libraries,
            lost,
        }
    }
}
