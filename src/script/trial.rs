//! What a council's own tests may say: `given` rows, `expect` of a result.
//!
//! In: the calls of one test as it runs, and a [`Scorer`] that scores given rows. Out: a
//! [`Trial`], with a fault for each expectation that does not hold. Scoring itself is done
//! elsewhere, by the code that scores a council's own rows.

mod alike;
mod expect;
mod given;
mod outcome;
mod pages;
mod words;

use super::library::{Gone, One, OurWords, Threshold};
use super::places;
use super::sandbox::within_limits;
use super::tokens;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Source, Spanned};
use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, NativeCallContext, Position};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use given::{Given, GivenCell, GivenRow};
pub use outcome::{Asked, Scored, ScoredItem, ScoredStandard, Trial};
pub(super) use pages::pages;

/// What `docs/reliability.md` tells of.
#[cfg(test)]
pub(crate) mod caps {
    pub(crate) use super::expect::MOST_FAILED;
    pub(crate) use super::given::{
        MOST_CELLS as TEST_CELLS, MOST_ROWS as TEST_ROWS, MOST_TEXT as TEST_TEXT,
    };
}

/// The words of tests, each with how many values it takes.
pub(super) const WORDS: [(&str, &[usize]); 7] = [
    ("test", &[2]),
    ("given", &[2, 3]),
    ("expect", &[2]),
    ("item", &[1]),
    ("standard_score", &[1]),
    ("overall_score", &[0]),
    ("need_enough_items", &[0]),
];

/// Scores the rows that a test gives; whether few scored items leave a standard not rated
/// comes with them. The fault is one in the rows.
pub type Scorer = Arc<dyn Fn(&[Given], bool) -> Result<Scored, Diagnostics> + Send + Sync>;

/// Where the calls of the test that is running put what they say.
#[derive(Clone)]
pub(super) struct Bench {
    source: Source,
    scorer: Scorer,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    running: bool,
    given: Vec<Given>,
    amount: given::Amount,
    with_enough: bool,
    scored: Option<Arc<Scored>>,
    /// Asked since the last `expect`.
    lately: Vec<Asked>,
    asked: BTreeSet<Asked>,
    expectations: usize,
    failed: usize,
    faults: Diagnostics,
    /// What stopped it, in place of what the script engine says of it.
    stopped: Diagnostics,
}

type Fallible<T> = Result<T, Box<EvalAltResult>>;

impl Bench {
    pub(super) fn new(source: &Source, scorer: Scorer) -> Self {
        Self {
            source: source.clone(),
            scorer,
            state: Arc::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Clears the bench for a test.
    pub(super) fn begin(&self) {
        *self.state() = State {
            running: true,
            ..State::default()
        };
    }

    /// The test that ran: `stopped` is what the engine says of its end.
    pub(super) fn end(&self, name: Spanned<String>, stopped: Option<Diagnostic>) -> Trial {
        let state = std::mem::take(&mut *self.state());
        let mut faults = state.faults;
        match (state.stopped.is_empty(), stopped) {
            (false, _) => faults.extend(state.stopped),
            (true, Some(fault)) => faults.push(fault),
            (true, None) if state.expectations == 0 => faults.push(
                Diagnostic::new(
                    Code::TestWithoutExpect,
                    name.place.clone(),
                    "this test expects nothing",
                )
                .label("it could not fail, whatever the formulas do")
                .help("expect(item(\"caseload-per-fte\").value, 16);"),
            ),
            (true, None) => {}
        }
        let named = |fault: Diagnostic| fault.note(format!("in the test \"{}\"", name.value));
        Trial {
            faults: faults.into_iter().map(named).collect(),
            asked: state.asked,
            name,
        }
    }

    /// Puts the words of tests into an engine; `test` itself is the caller's.
    pub(super) fn register(&self, engine: &mut Engine) {
        let bench = self.clone();
        engine.register_fn(
            "given",
            move |context: NativeCallContext, table: ImmutableString, rows: Dynamic| {
                bench.given(context.call_position(), &table, &rows, 1.0)
            },
        );
        let bench = self.clone();
        engine.register_fn(
            "given",
            move |context: NativeCallContext,
                  table: ImmutableString,
                  rows: Dynamic,
                  times: Dynamic| {
                let times = times
                    .as_float()
                    .or_else(|_| times.as_int().map(|n| n as f64));
                bench.given(context.call_position(), &table, &rows, times.unwrap_or(0.0))
            },
        );
        let bench = self.clone();
        engine.register_fn(
            "expect",
            move |context: NativeCallContext, found: Dynamic, expected: Dynamic| {
                bench.expect(context.call_position(), &found, &expected)
            },
        );
        let bench = self.clone();
        engine.register_fn(
            "item",
            move |context: NativeCallContext, id: ImmutableString| {
                bench.item(context.call_position(), &id)
            },
        );
        let bench = self.clone();
        engine.register_fn(
            "standard_score",
            move |context: NativeCallContext, id: ImmutableString| {
                bench.standard_score(context.call_position(), &id)
            },
        );
        let bench = self.clone();
        engine.register_fn("overall_score", move |context: NativeCallContext| {
            bench.overall_score(context.call_position())
        });
        let bench = self.clone();
        engine.register_fn("need_enough_items", move |context: NativeCallContext| {
            bench.within_a_test(context.call_position(), "need_enough_items")?;
            let mut state = bench.state();
            state.with_enough = true;
            state.scored = None;
            Ok::<(), Box<EvalAltResult>>(())
        });
    }

    /// Where a call and its values stand.
    fn places(&self, position: Position) -> Vec<places::ValuePlaces> {
        let tokens = tokens::scan(self.source.text());
        places::card_at(&tokens, self.offset(position)).map_or_else(Vec::new, |card| card.arguments)
    }

    fn offset(&self, position: Position) -> usize {
        position.line().map_or(0, |line| {
            self.source.offset(line, position.position().unwrap_or(1))
        })
    }

    /// Where a value of a call stands, else the call.
    fn place(&self, position: Position, argument: usize) -> Place {
        match self.places(position).get(argument) {
            Some(places) => self.source.place(places.span),
            None => {
                super::wording::place(&self.source, position).unwrap_or_else(|| self.source.whole())
            }
        }
    }

    /// Ends the test with faults of ours.
    fn stop<T>(&self, faults: impl Into<Diagnostics>) -> Fallible<T> {
        self.state().stopped = faults.into();
        let words = Dynamic::from(OurWords(String::new()));
        Err(EvalAltResult::ErrorRuntime(words, Position::NONE).into())
    }

    fn within_a_test(&self, position: Position, word: &str) -> Fallible<()> {
        if self.state().running {
            return Ok(());
        }
        self.stop(
            Diagnostic::new(
                Code::OutsideTest,
                self.place(position, usize::MAX),
                format!("`{word}` stands outside of any test"),
            )
            .label("write it between the curly brackets of a test")
            .help("test(\"what holds\", || { … });"),
        )
    }

    fn given(&self, position: Position, table: &str, rows: &Dynamic, times: f64) -> Fallible<()> {
        self.within_a_test(position, "given")?;
        let places = self.places(position);
        let read = given::Reader {
            source: &self.source,
            fallback: self.place(position, usize::MAX).span,
        };
        let mut amount = std::mem::take(&mut self.state().amount);
        match read.given(table, rows, times, &places, &mut amount) {
            Ok(given) => {
                let mut state = self.state();
                state.amount = amount;
                state.given.push(given);
                state.scored = None;
                Ok(())
            }
            Err(fault) => self.stop(*fault),
        }
    }

    fn scored(&self) -> Fallible<Arc<Scored>> {
        let (given, with_enough) = {
            let state = self.state();
            if let Some(scored) = &state.scored {
                return Ok(scored.clone());
            }
            (state.given.clone(), state.with_enough)
        };
        let scored = (self.scorer)(&given, with_enough);
        // Where the time of the test is over, no formula is to blame.
        within_limits()?;
        match scored {
            Ok(scored) => {
                let scored = Arc::new(scored);
                self.state().scored = Some(scored.clone());
                Ok(scored)
            }
            Err(faults) => self.stop(faults),
        }
    }

    /// Notes what a test asks for, and what that rests on.
    fn note(&self, asked: Asked, scored: &Scored) {
        let mut state = self.state();
        if state.lately.len() < words::MOST_ASKED {
            state.lately.push(asked.clone());
        }
        let rests_on = |standard: &str, all: bool| match &asked {
            Asked::Standard(id) => id == standard,
            Asked::Overall => all,
            Asked::Item(_) => false,
        };
        for standard in &scored.standards {
            if rests_on(&standard.id, scored.overall.is_ok()) && standard.score.is_ok() {
                state.asked.insert(Asked::Standard(standard.id.clone()));
            }
        }
        for item in scored.items.iter().filter(|item| item.named.value.is_ok()) {
            let own = asked == Asked::Item(item.named.id.clone());
            if own || rests_on(&item.standard, scored.overall.is_ok()) {
                state.asked.insert(Asked::Item(item.named.id.clone()));
            }
        }
        if asked == Asked::Overall && scored.overall.is_ok() {
            state.asked.insert(asked);
        }
    }

    fn item(&self, position: Position, id: &str) -> Fallible<One> {
        self.within_a_test(position, "item")?;
        let scored = self.scored()?;
        match scored.items.iter().find(|item| item.named.id == id) {
            Some(item) => {
                self.note(Asked::Item(id.to_owned()), &scored);
                Ok(One(item.named.clone()))
            }
            None => {
                let fault = Diagnostic::new(
                    Code::UnknownItem,
                    self.place(position, 0),
                    format!("there is no item `{id}` in the check"),
                );
                let known = scored.items.iter().map(|item| item.named.id.as_str());
                if let Some(meant) = alike::alike(id, known.clone()) {
                    let fault = fault
                        .label(format!("did you mean \"{meant}\"?"))
                        .typed(format!("\"{meant}\""));
                    return self.stop(fault.offered());
                }
                let otherwise = "neither a national item nor one of check.rhai";
                self.stop(fault.did_you_mean(id, known, otherwise))
            }
        }
    }

    fn standard_score(&self, position: Position, id: &str) -> Fallible<Dynamic> {
        self.within_a_test(position, "standard_score")?;
        let scored = self.scored()?;
        match scored.standards.iter().find(|standard| standard.id == id) {
            Some(standard) => {
                self.note(Asked::Standard(id.to_owned()), &scored);
                Ok(number_or_gone(&standard.score, id))
            }
            None => {
                let names: Vec<&str> = scored.standards.iter().map(|one| one.id.as_str()).collect();
                let fault = Diagnostic::new(
                    Code::UnknownStandard,
                    self.place(position, 0),
                    format!("there is no standard `{id}` in the check"),
                );
                let otherwise = format!("one of: {}", names.join(", "));
                self.stop(fault.did_you_mean(id, names, otherwise))
            }
        }
    }

    fn overall_score(&self, position: Position) -> Fallible<Dynamic> {
        self.within_a_test(position, "overall_score")?;
        let scored = self.scored()?;
        self.note(Asked::Overall, &scored);
        Ok(number_or_gone(&scored.overall, "the overall score"))
    }
}

fn number_or_gone(score: &Result<f64, String>, what: &str) -> Dynamic {
    match score {
        Ok(score) => Dynamic::from_float(*score),
        Err(_) => Dynamic::from(Gone::new(crate::missing::Missing::NotAvailable, what)),
    }
}

/// A threshold as `expect` compares with it.
fn threshold(value: &Dynamic) -> Option<(Option<f64>, Option<f64>)> {
    value
        .read_lock::<Threshold>()
        .map(|threshold| (threshold.0, threshold.1))
}
