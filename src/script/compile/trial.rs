//! A council's own tests: the script that holds them compiled and run once, then each test
//! run by itself, within the limits of any script.

use super::{Compiled, Origin, Workshop, too_large};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::cards;
use crate::script::held;
use crate::script::sandbox::{self, Limits};
use crate::script::tokens;
use crate::script::trial::{Bench, Scorer, Trial, WORDS};
use crate::script::wording;
use crate::source::{Source, Spanned};
use rhai::{Dynamic, EvalAltResult, FnPtr, NativeCallContext, Position, Scope};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A test as `test` put it down.
struct Written {
    position: Position,
    name: Dynamic,
    body: FnPtr,
}

impl Workshop {
    /// Runs the tests of a script whose name holds `filter` (every test, if it is empty), in
    /// the order written. `shared` are the shared libraries beside it. With the tests come
    /// the faults that keep any from running.
    pub fn try_out(
        &self,
        source: &Source,
        shared: &[Source],
        scorer: Scorer,
        filter: &str,
    ) -> (Vec<Trial>, Diagnostics) {
        // What a test captured while the tests were read is needed until the last has run.
        sandbox::on_deep_stack(|| {
            held::letting_go(|| self.try_out_here(source, shared, scorer, filter))
        })
    }

    fn try_out_here(
        &self,
        source: &Source,
        shared: &[Source],
        scorer: Scorer,
        filter: &str,
    ) -> (Vec<Trial>, Diagnostics) {
        if let Some(fault) = too_large(source, &self.limits) {
            return (Vec::new(), fault.into());
        }
        let tokens = tokens::scan(source.text());
        let bench = Bench::new(source, scorer);
        let written: Arc<Mutex<Vec<Written>>> = Arc::default();
        let limits = &self.limits;
        let (compiled, _) = sandbox::allowing(limits, limits.steps, limits.time, || {
            self.compiled(Origin::Anybodys, source, &tokens, shared, |job, faults| {
                bench.register(&mut job.engine);
                let (sink, most) = (written.clone(), limits.cards);
                job.engine.register_fn(
                    "test",
                    move |context: NativeCallContext, name: Dynamic, body: FnPtr| {
                        let position = context.call_position();
                        let mut sink = sink.lock().unwrap_or_else(PoisonError::into_inner);
                        if sink.len() >= most {
                            let cards = "cards".to_owned();
                            return Err(EvalAltResult::ErrorDataTooLarge(cards, position).into());
                        }
                        sink.push(Written {
                            position,
                            name,
                            body,
                        });
                        Ok::<_, Box<EvalAltResult>>(())
                    },
                );
                faults.extend(without_bars(source, &tokens));
                for (word, takes) in WORDS {
                    for values in takes {
                        job.known.add(word, *values);
                    }
                    if let Some(function) = job.functions.get(word) {
                        faults.push(
                            Diagnostic::new(
                                Code::NameTaken,
                                source.place(function.name),
                                format!("`{word}` already names a word of tests"),
                            )
                            .label("choose another name")
                            .help(format!("our_{word}")),
                        );
                    }
                }
            })
        });
        let Compiled {
            job,
            ast,
            mut faults,
            ..
        } = match compiled {
            Ok(compiled) => compiled,
            Err(fault) => return (Vec::new(), Diagnostics::from(*fault)),
        };
        if faults.has_errors() {
            return (Vec::new(), faults.sorted());
        }
        let mut scope = Scope::new();
        for (name, value) in job.constants.get().into_iter().flatten() {
            scope.push_constant_dynamic(name.clone(), value.clone());
        }
        let (result, _) = sandbox::allowing(limits, limits.steps, limits.time, || {
            let run = || job.engine.run_ast_with_scope(&mut scope, &ast);
            job.foreign.guarding(run)
        });
        if let Err(error) = result {
            // What a word of tests has to say, it says better.
            let name = Spanned {
                value: String::new(),
                place: source.whole(),
            };
            let stopped = bench.end(name, Some(wording::of_run(&error, source, limits)));
            for mut fault in stopped.faults {
                fault
                    .notes
                    .retain(|note| !note.contains("in the test \"\""));
                faults.push(fault);
            }
        }
        for card in job.sink.take() {
            faults.push(cards::misplaced(&card, source));
        }
        let mut written =
            std::mem::take(&mut *written.lock().unwrap_or_else(PoisonError::into_inner));
        let mut names: Vec<Spanned<String>> = Vec::new();
        for test in &written {
            let name = named(test, source, &tokens);
            if let Some(twin) = names.iter().find(|other| other.value == name.value) {
                faults.push(
                    Diagnostic::new(
                        Code::DuplicateCard,
                        name.place.clone(),
                        format!("there are two tests called \"{}\"", name.value),
                    )
                    .label("the second one: say what it shows that the first does not")
                    .related(twin.place.clone(), "the first one"),
                );
            }
            names.push(name);
        }
        if faults.has_errors() {
            return (Vec::new(), faults.sorted());
        }
        let wanted = filter.to_lowercase();
        let until = sandbox::far_from_now(limits.tests_time);
        let trials = written
            .drain(..)
            .zip(names)
            .filter(|(_, name)| name.value.to_lowercase().contains(&wanted))
            .map(|(test, name)| {
                bench.begin();
                if Instant::now() > until {
                    let fault = too_late(&name, limits);
                    return bench.end(name, Some(fault));
                }
                let (result, _) = sandbox::allowing(limits, limits.steps, limits.time, || {
                    let call = || test.body.call::<Dynamic>(&job.engine, &ast, ());
                    job.foreign.guarding(call)
                });
                let stopped = result.err().map(|error| {
                    let fault = wording::of_run(&error, source, limits);
                    // A limit is reached at no place in particular.
                    match fault.place == source.whole() {
                        true => Diagnostic {
                            place: name.place.clone(),
                            ..fault
                        },
                        false => fault,
                    }
                });
                bench.end(name, stopped)
            })
            .collect();
        (trials, faults.sorted())
    }
}

/// A test that is not begun any more.
fn too_late(name: &Spanned<String>, limits: &Limits) -> Diagnostic {
    let seconds = limits.tests_time.as_secs_f64();
    let message = format!("this test was not run: those before it took {seconds} seconds together");
    Diagnostic::new(Code::TookTooLong, name.place.clone(), message)
        .label("no test is begun after that")
        .help("give fewer rows, or run one test alone: healthcheck test --filter \"…\"")
}

/// `test("…", { … })`: without the two bars rhai would run what stands there at once.
fn without_bars(source: &Source, tokens: &[tokens::Token<'_>]) -> Diagnostics {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let wrong = |at: usize| is(at, "{") || is(at, "#{") || is(at, "|") && !is(at + 1, "|");
    (0..tokens.len())
        .filter(|at| is(*at, "test") && is(at + 1, "(") && is(at + 3, ",") && wrong(at + 4))
        .map(|at| {
            Diagnostic::new(
                Code::WrongArguments,
                source.place(tokens[at + 4].span),
                "a test is written `test(\"what holds\", || { … });`",
            )
            .label("write `|| {` here")
            .help("|| {")
            .typed_at(tokens[at + 4].span, "|| {")
            .offered()
        })
        .collect()
}

/// A test's name and where that stands.
fn named(test: &Written, source: &Source, tokens: &[tokens::Token<'_>]) -> Spanned<String> {
    let start = test.position.line().map_or(0, |line| {
        source.offset(line, test.position.position().unwrap_or(1))
    });
    let place = crate::script::places::card_at(tokens, start)
        .and_then(|card| card.arguments.first().map(|name| source.place(name.span)))
        .unwrap_or_else(|| source.whole());
    Spanned {
        value: test.name.to_string(),
        place,
    }
}
