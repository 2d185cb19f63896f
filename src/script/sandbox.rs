//! The box a script runs in: every limit explicit and the same in debug and release, no
//! file, clock, network, printing or import, and a thread of its own with a deep stack, so
//! that a script can't take the host down.

use super::{held, library};
use crate::restore::AtEnd;
use crate::stop::is_stopped;
use rhai::module_resolvers::DummyModuleResolver;
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicFnPackage, BasicIteratorPackage, BasicMapPackage,
    BasicMathPackage, BasicStringPackage, LogicPackage, MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, EvalAltResult, Module, OptimizationLevel, Position, Shared, Token};
use std::cell::Cell;
use std::fmt;
use std::io;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

/// How much a script may take. Every limit has a diagnostic that names it.
///
/// Begin with [`Limits::standard`] or [`Limits::strict`] and change what you need:
///
/// ```
/// let mut limits = healthcheck::script::Limits::standard();
/// limits.source_bytes = 64 * 1024;
/// ```
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest script, bytes.
    pub source_bytes: usize,
    /// Most words and signs in a script.
    pub words: usize,
    /// Most values that a function may take.
    pub parameters: usize,
    /// Most cards in a script.
    pub cards: usize,
    /// Steps in one run of the cards, and in one call of a formula, besides
    /// [`Limits::steps_per_row`].
    pub steps: u64,
    /// Steps for each row that a formula is given.
    pub steps_per_row: u64,
    /// Steps of all formulas of a script together while one council is assessed, besides
    /// [`Limits::all_steps_per_row`].
    pub all_steps: u64,
    /// The same for each row of the largest table that they are given.
    pub all_steps_per_row: u64,
    /// How deep functions may call one another.
    pub calls: usize,
    /// How deep brackets and operators may nest.
    pub depth: usize,
    /// Longest text, bytes.
    pub text_bytes: usize,
    /// Longest list.
    pub list_items: usize,
    /// Largest map.
    pub map_items: usize,
    /// Most functions and formulas in a script.
    pub functions: usize,
    /// Most names at one time.
    pub names: usize,
    /// Time for reading the cards.
    pub time: Duration,
    /// Time for one call of a formula, besides [`Limits::time_per_row`].
    pub formula_time: Duration,
    /// Time for each row that a formula reads.
    pub time_per_row: Duration,
    /// Time of all formulas of a script together while one council is assessed, besides
    /// [`Limits::all_time_per_row`].
    pub all_time: Duration,
    /// The same for each row of the largest table that they are given.
    pub all_time_per_row: Duration,
    /// Time after which no further test of a council's own is begun.
    pub tests_time: Duration,
    memory: Option<Memory>,
}

#[derive(Debug, Clone, Copy)]
struct Memory {
    bytes: usize,
    meter: fn() -> usize,
}

impl Limits {
    /// What a council's script gets: far more than an honest one needs.
    pub fn standard() -> Self {
        Self {
            source_bytes: 256 * 1024,
            words: 50_000,
            parameters: 30,
            cards: 1_000,
            steps: 2_000_000,
            steps_per_row: 200,
            all_steps: 10_000_000,
            all_steps_per_row: 10_000,
            calls: 32,
            depth: 96,
            text_bytes: 64 * 1024,
            list_items: 5_000,
            map_items: 2_000,
            functions: 500,
            names: 500,
            time: Duration::from_millis(1_000),
            formula_time: Duration::from_millis(1_000),
            time_per_row: Duration::from_micros(20),
            all_time: Duration::from_millis(1_000),
            all_time_per_row: Duration::from_micros(500),
            tests_time: Duration::from_secs(60),
            memory: None,
        }
    }

    /// For scripts of strangers: a tenth of the standard steps and time.
    pub fn strict() -> Self {
        let standard = Self::standard();
        Self {
            steps: standard.steps / 10,
            all_steps: standard.all_steps / 10,
            time: standard.time / 10,
            formula_time: standard.formula_time / 10,
            all_time: standard.all_time / 10,
            tests_time: standard.tests_time / 10,
            list_items: 1_000,
            map_items: 500,
            text_bytes: 16 * 1024,
            ..standard
        }
    }

    /// Memory in total: `meter` gives the bytes that this thread holds. A library cannot
    /// set a global allocator; the binary does, and so may an embedder.
    pub fn memory(mut self, bytes: usize, meter: fn() -> usize) -> Self {
        self.memory = Some(Memory { bytes, meter });
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::standard()
    }
}

/// Why a run was stopped from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    Steps,
    Time,
    Memory,
}

impl Stopped {
    /// What rhai hands back as the reason of the end.
    fn token(self) -> Dynamic {
        let (most, together) = match (self, RUN.get()) {
            (_, None) => (0, false),
            (Stopped::Steps, Some(run)) => (run.steps.limit, run.steps.together),
            (Stopped::Time, Some(run)) => {
                let millis = u64::try_from(run.time.limit.as_millis()).unwrap_or(u64::MAX);
                (millis, run.time.together)
            }
            (Stopped::Memory, Some(run)) => {
                let bytes = run.memory.map_or(0, |(memory, _)| memory.bytes as u64);
                (bytes, false)
            }
        };
        Dynamic::from(Reached {
            why: self,
            most,
            together,
        })
    }
}

/// A limit that was reached: which one, and how much it allows, in steps, milliseconds or
/// bytes.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub why: Stopped,
    pub most: u64,
    /// Whether all formulas of the script share it.
    pub together: bool,
}

impl Reached {
    /// An end without a reason of ours: nobody else has one.
    pub(super) fn unknown() -> Self {
        Self {
            why: Stopped::Time,
            most: 0,
            together: false,
        }
    }
}

/// How much of something a run may take.
#[derive(Clone, Copy)]
pub(super) struct Allowance<T> {
    pub left: T,
    /// The limit that it is left of.
    pub limit: T,
    /// Whether all formulas of the script take of the same.
    pub together: bool,
}

impl<T: Copy> From<T> for Allowance<T> {
    fn from(limit: T) -> Self {
        Self {
            left: limit,
            limit,
            together: false,
        }
    }
}

/// What the current run of this thread may still take.
#[derive(Clone, Copy)]
struct Run {
    until: Instant,
    steps: Allowance<u64>,
    time: Allowance<Duration>,
    memory: Option<(Memory, usize)>,
}

thread_local! {
    static RUN: Cell<Option<Run>> = const { Cell::new(None) };
    /// Steps that the current run took, and may take.
    static STEPS: Cell<(u64, u64)> = const { Cell::new((0, u64::MAX)) };
    static DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` with an allowance of steps, time and memory, and gives the steps it took.
/// Within another run it may take no longer and no more memory than that one.
pub(super) fn allowing<T>(
    limits: &Limits,
    steps: impl Into<Allowance<u64>>,
    time: impl Into<Allowance<Duration>>,
    work: impl FnOnce() -> T,
) -> (T, u64) {
    let (steps, time) = (steps.into(), time.into());
    let outer = RUN.get();
    let until = far_from_now(time.left);
    let memory = || limits.memory.map(|memory| (memory, (memory.meter)()));
    let (until, time) = match outer {
        Some(outer) if outer.until < until => (outer.until, outer.time),
        _ => (until, time),
    };
    RUN.set(Some(Run {
        until,
        steps,
        time,
        memory: outer.map_or_else(memory, |outer| outer.memory),
    }));
    let outer_steps = STEPS.replace((0, steps.left));
    let _restored = AtEnd::of(|| {
        STEPS.set(outer_steps);
        RUN.set(outer);
    });
    let result = held::letting_go(work);
    (result, STEPS.get().0)
}

/// So much later; as good as never where no clock goes so far.
pub(super) fn far_from_now(time: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    Instant::now() + time.min(FAR)
}

/// Whether the current run has used up its time or memory. Functions of ours that go over
/// many rows ask now and then, since one call is one step to rhai.
pub(super) fn stopped() -> Option<Stopped> {
    let run = RUN.get()?;
    if let Some((memory, at_start)) = run.memory
        && (memory.meter)().saturating_sub(at_start) > memory.bytes
    {
        return Some(Stopped::Memory);
    }
    // Work that nobody wants any more ends as if its time were up.
    (is_stopped() || Instant::now() > run.until).then_some(Stopped::Time)
}

/// For a function of an embedder's own that may take long: whether the script that called it
/// has time and memory left. To be asked now and then, since to a script's limits the whole
/// function is a single step.
///
/// ```
/// use healthcheck::rhai::plugin::*;
///
/// #[export_module(root = "::healthcheck::rhai")]
/// mod slow {
///     use healthcheck::script::within_limits;
///
///     /// The sum of the numbers up to one of them, the long way.
///     #[rhai_fn(return_raw)]
///     pub fn sum_to(most: f64) -> Result<f64, Box<healthcheck::rhai::EvalAltResult>> {
///         let mut sum = 0.0;
///         for number in 1..=most as u64 {
///             if number % 1_000 == 0 {
///                 within_limits()?;
///             }
///             sum += number as f64;
///         }
///         Ok(sum)
///     }
/// }
/// # assert_eq!(slow::sum_to(10_000.0).unwrap(), 50_005_000.0);
/// ```
///
/// # Errors
/// The error to hand back at once, where a limit is reached. Outside of a script's run there
/// is none.
pub fn within_limits() -> Result<(), Box<EvalAltResult>> {
    match stopped() {
        Some(stopped) => Err(stop_error(stopped)),
        None => Ok(()),
    }
}

/// The error that ends a run which was stopped.
pub(super) fn stop_error(stopped: Stopped) -> Box<EvalAltResult> {
    EvalAltResult::ErrorTerminated(stopped.token(), Position::NONE).into()
}

/// Runs `work` on a thread with a stack deep enough for every script within the limits;
/// straight away if this is one already.
pub fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if DEEP.get() {
        return work();
    }
    thread::scope(|scope| {
        let begun = on_deep_thread(scope, work);
        let begun = begun.unwrap_or_else(|error| resume_unwind(Box::new(NoThread(error))));
        begun.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// What a piece of work ends with where the system lets this program begin no thread for it.
#[derive(Debug)]
pub struct NoThread(pub io::Error);

impl fmt::Display for NoThread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "the system lets this program begin no thread: {}",
            self.0
        )
    }
}

impl std::error::Error for NoThread {}

/// The same on a thread of its own, beside what goes on here.
///
/// # Errors
/// The system has no thread left.
pub fn on_deep_thread<'s, T: Send + 's>(
    scope: &'s thread::Scope<'s, '_>,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<thread::ScopedJoinHandle<'s, T>> {
    const STACK: usize = 64 << 20;
    thread::Builder::new()
        .name("healthcheck script".into())
        .stack_size(STACK)
        .spawn_scoped(scope, || {
            DEEP.set(true);
            work()
        })
}

static STANDARD: LazyLock<Vec<Shared<Module>>> = LazyLock::new(|| {
    vec![
        ArithmeticPackage::new().as_shared_module(),
        LogicPackage::new().as_shared_module(),
        BasicMathPackage::new().as_shared_module(),
        BasicStringPackage::new().as_shared_module(),
        MoreStringPackage::new().as_shared_module(),
        BasicArrayPackage::new().as_shared_module(),
        BasicMapPackage::new().as_shared_module(),
        BasicIteratorPackage::new().as_shared_module(),
        BasicFnPackage::new().as_shared_module(),
        library::shelves(),
    ]
});

/// An engine with nothing in it but what a check may use. Cheap: the functions are shared.
#[allow(
    deprecated,
    reason = "rhai marks its volatile interfaces so; the version is pinned"
)]
pub(super) fn engine(limits: &Limits) -> Engine {
    let mut engine = Engine::new_raw();
    for module in STANDARD.iter() {
        engine.register_global_module(module.clone());
    }
    library::name_types(&mut engine);
    engine.set_module_resolver(DummyModuleResolver::new());
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    for symbol in [
        "eval", "import", "export", "switch", "try", "catch", "throw", "print", "debug", "do",
    ] {
        engine.disable_symbol(symbol);
    }
    // Steps are counted below, so that a formula gets some for each of its rows.
    engine.set_max_operations(0);
    engine.set_max_call_levels(limits.calls);
    engine.set_max_expr_depths(limits.depth, limits.depth);
    engine.set_max_string_size(limits.text_bytes);
    engine.set_max_array_size(limits.list_items);
    engine.set_max_map_size(limits.map_items);
    engine.set_max_functions(limits.functions);
    engine.set_max_variables(limits.names);
    engine.set_max_modules(0);
    engine.set_max_strings_interned(0);
    engine.on_progress(|_| {
        let (taken, most) = STEPS.get();
        STEPS.set((taken + 1, most));
        if taken >= most {
            Some(Stopped::Steps.token())
        } else if taken.is_multiple_of(128) {
            stopped().map(Stopped::token)
        } else {
            None
        }
    });
    engine.on_parse_token(|token, _, _| match token {
        Token::Identifier(word) if *word == "and" => Token::And,
        Token::Identifier(word) if *word == "or" => Token::Or,
        Token::Identifier(word) if *word == "not" => Token::Bang,
        other => other,
    });
    engine
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn a_run_that_panics_leaves_no_limit_behind_for_the_next_on_its_thread() {
        let limits = Limits::strict();
        let panics = || {
            allowing(&limits, 10, Duration::ZERO, || -> () {
                panic!("a bug of ours")
            });
        };
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        assert!(RUN.get().is_none(), "the limits of a run that is over");
        assert_eq!(STEPS.get(), (0, u64::MAX));
        let (stopped, _) = allowing(&limits, 10, limits.time, stopped);
        assert_eq!(stopped, None, "the time of the first run was up");
    }

    #[test]
    fn a_limit_as_long_as_can_be_said_is_no_limit() {
        let limits = Limits::strict();
        let (stopped, _) = allowing(&limits, u64::MAX, Duration::MAX, stopped);
        assert_eq!(stopped, None);
    }
}
