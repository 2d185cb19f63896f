//! Everything a script may call, one shelf a subject. A function stands here once; its
//! registration, its name for "did you mean" and its place in the reference come from here.

mod missing;
mod numbers;
mod results;
mod rows;
mod tables;
mod texts;

pub(super) use missing::{Gone, Unsettled, taken_as_text};
pub(super) use numbers::{Always, Threshold, kind};
pub use results::Named;
pub(super) use results::{One, Results};
pub(super) use rows::Row;
pub(super) use tables::{Recorder, Table};

use rhai::{
    Dynamic, Engine, EvalAltResult, FuncRegistration, Module, Position, RhaiNativeFunc, Shared,
};

/// The verbs of cards.
pub(super) const VERBS: [&str; 15] = [
    "council",
    "consulted",
    "table",
    "standard",
    "local_standard",
    "measure",
    "question",
    "statement",
    "answer",
    "omit",
    "breakdown",
    "action",
    "overall",
    "feedback",
    "correction",
];

/// Verbs that take a card alone, without an id.
pub(super) const WITHOUT_ID: [&str; 2] = ["overall", "feedback"];

/// All shelves as one module.
pub(super) fn shelves() -> Shared<Module> {
    let mut module = Module::new();
    let mut shelf = Shelf {
        module: &mut module,
    };
    missing::fill(&mut shelf);
    numbers::fill(&mut shelf);
    rows::fill(&mut shelf);
    tables::fill(&mut shelf);
    results::fill(&mut shelf);
    texts::fill(&mut shelf);
    module.build_index();
    module.into()
}

/// What a function of ours gives, or the error that ends the formula.
type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// An error in our own words; `wording` shows them as they are.
fn fault<T>(words: impl Into<String>) -> Fallible<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(OurWords(words.into())), Position::NONE).into())
}

/// Words of ours on their way out of a script.
#[derive(Debug, Clone)]
pub(super) struct OurWords(pub String);

/// Where functions are put.
struct Shelf<'m> {
    module: &'m mut Module,
}

impl Shelf<'_> {
    /// A function for authors, with its documentation.
    fn add<A: 'static, const N: usize, const X: bool, R, const F: bool, T>(
        &mut self,
        name: &str,
        documentation: &str,
        function: T,
    ) where
        R: Clone + Send + Sync + 'static,
        T: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        FuncRegistration::new(name)
            .with_comments(documentation.lines().map(|line| format!("/// {line}")))
            .in_global_namespace()
            .set_into_module(self.module, function);
    }

    /// An operator, or a field, that needs no page of its own.
    fn quiet<A: 'static, const N: usize, const X: bool, R, const F: bool, T>(
        &mut self,
        name: &str,
        function: T,
    ) where
        R: Clone + Send + Sync + 'static,
        T: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    {
        FuncRegistration::new(name)
            .in_global_namespace()
            .set_into_module(self.module, function);
    }
}

/// The names of our types, as they may appear in rhai's errors.
pub(super) fn name_types(engine: &mut Engine) {
    engine.register_type_with_name::<Gone>("missing value");
    engine.register_type_with_name::<Row>("row");
    engine.register_type_with_name::<Table>("table");
    engine.register_type_with_name::<Results>("results");
    engine.register_type_with_name::<results::One>("result");
    engine.register_type_with_name::<Threshold>("threshold");
    engine.register_type_with_name::<Always>("always");
}

/// A library of an embedder's own functions, written in Rust, that scripts use as
/// `name::function(…)`.
///
/// ```
/// use healthcheck::rhai::plugin::*;
///
/// #[export_module]
/// mod pay {
///     /// Pay per hour from pay per year, pounds.
///     pub fn per_hour(per_year: f64) -> f64 {
///         per_year / 52.143 / 37.0
///     }
/// }
///
/// let library = healthcheck::script::Library::from(exported_module!(pay));
/// # let _ = library;
/// ```
#[derive(Clone)]
pub struct Library {
    pub(super) module: Shared<Module>,
}

impl From<Module> for Library {
    fn from(mut module: Module) -> Self {
        module.build_index();
        Self {
            module: module.into(),
        }
    }
}
