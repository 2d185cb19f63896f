//! Everything a script may call, one shelf a subject. A function stands here once, as a
//! documented Rust function: its registration, its name for "did you mean", its page in the
//! reference and the test of its example come from there.

mod borrowed;
mod lists;
mod missing;
pub(super) mod numbers;
mod page;
mod results;
mod rows;
mod sample;
mod tables;
mod targets;
mod texts;

pub(super) use missing::{Gone, Unsettled, taken_as_text};
pub(super) use numbers::{Reckoning, kind, reckoning};
pub use page::{Example, Function, Parameter, Shelf};
pub(super) use page::{Lacking, of_module, written};
pub use results::Named;
pub(super) use results::{One, Results};
pub(super) use rows::Row;
pub use sample::SAMPLE;
pub(super) use sample::{results as sample_results, rows as sample_rows};
pub(super) use tables::{Asking, Recorder, Table, asking};
pub(super) use targets::{Always, Threshold};

use super::trial;
use rhai::{
    Dynamic, Engine, EvalAltResult, FuncRegistration, Module, Position, RhaiNativeFunc, Shared,
    exported_module,
};
use std::sync::LazyLock;

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

/// Each shelf with its functions.
fn filled() -> [(Shelf, Module); 5] {
    [
        (Shelf::Tables, exported_module!(tables::functions)),
        (Shelf::Numbers, exported_module!(numbers::functions)),
        (Shelf::Missing, exported_module!(missing::functions)),
        (Shelf::Results, exported_module!(results::functions)),
        (Shelf::Cards, exported_module!(targets::functions)),
    ]
}

/// All shelves as one module, with the operators and fields that need no page of their own.
pub(super) fn shelves() -> Shared<Module> {
    let mut module = Module::new();
    let mut operators = Operators {
        module: &mut module,
    };
    missing::fill(&mut operators);
    numbers::fill(&mut operators);
    rows::fill(&mut operators);
    results::fill(&mut operators);
    lists::fill(&mut operators);
    texts::fill(&mut operators);
    for (_, functions) in filled() {
        module.combine(functions);
    }
    module.build_index();
    module.into()
}

/// The pages of what every script may call, shelf by shelf, and what one leaves unsaid.
fn pages() -> impl Iterator<Item = Result<Function, Lacking>> {
    filled()
        .into_iter()
        .flat_map(|(shelf, module)| of_module(&module.into(), shelf, ""))
        .chain(borrowed::pages())
        .chain(trial::pages())
}

/// Every function that a check and its tests may call, documented, in the order of the
/// reference.
pub fn functions() -> &'static [Function] {
    static FUNCTIONS: LazyLock<Vec<Function>> = LazyLock::new(|| pages().flatten().collect());
    &FUNCTIONS
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

/// What an error says, with words of ours if it holds any.
#[cfg(test)]
fn said(error: &EvalAltResult) -> String {
    match error {
        EvalAltResult::ErrorRuntime(value, _) if value.is::<OurWords>() => {
            value.clone_cast::<OurWords>().0
        }
        other => format!("{other:?}"),
    }
}

/// What a closure of one row changed outside of itself, on its way out of a script.
#[derive(Debug, Clone)]
pub(super) struct ChangedByARow(pub String);

/// Where operators and fields are put.
struct Operators<'m> {
    module: &'m mut Module,
}

impl Operators<'_> {
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
/// `name::function(…)`. Each says in its doc comment what it does, what each value is, and in
/// an example what it gives; [`Host::try_libraries`](crate::Host::try_libraries) runs the
/// examples.
///
/// ```
/// use healthcheck::rhai::plugin::*;
///
/// #[export_module(root = "::healthcheck::rhai")]
/// mod pay {
///     /// Pay per week from pay per year, pounds.
///     ///
///     /// - `per_year`: pounds
///     ///
///     /// ```rhai
///     /// pay::per_week(52000.0) // 1000
///     /// ```
///     pub fn per_week(per_year: f64) -> f64 {
///         per_year / 52.0
///     }
/// }
///
/// let library = healthcheck::script::Library::from(exported_module!(pay));
/// # let _ = library;
/// ```
#[derive(Clone)]
pub struct Library {
    pub(super) module: Shared<Module>,
    /// Whether another was added under its name.
    pub(super) twice: bool,
}

impl Library {
    /// The pages of its functions, and what one leaves unsaid; `name` is what scripts call it.
    pub(super) fn pages(&self, name: &str) -> Vec<Result<Function, Lacking>> {
        of_module(&self.module, Shelf::Library, name)
    }
}

impl From<Module> for Library {
    fn from(mut module: Module) -> Self {
        module.build_index();
        Self {
            module: module.into(),
            twice: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_rounded_up_whoever_asks_and_however() {
        let engine = super::super::sandbox::engine(&super::super::Limits::standard());
        for (formula, wanted) in [
            ("round(-2.5)", -2.0),
            ("round(-2.5, 0)", -2.0),
            ("round(2.5)", 3.0),
            ("round(-7, 0)", -7.0),
            ("round(to_float(-5) / 2)", -2.0),
            ("round(-0.25, 1)", -0.2),
            ("round(1e308, 9)", 1e308),
            ("round(1234567.891, 9)", 1_234_567.891),
            ("round(-1e300)", -1e300),
        ] {
            assert_eq!(engine.eval::<f64>(formula).unwrap(), wanted, "{formula}");
        }
        assert_eq!(
            engine.eval::<Dynamic>("round(-7)").unwrap().as_float(),
            Ok(-7.0)
        );
    }

    #[test]
    fn places_that_no_number_is_rounded_to_are_told() {
        let engine = super::super::sandbox::engine(&super::super::Limits::standard());
        for formula in ["round(1.25, 10)", "round(1.25, -1)", "round(1.25, 1.5)"] {
            let error = engine.eval::<Dynamic>(formula).expect_err(formula);
            let told = said(&error);
            assert!(told.contains("places, and was given"), "{formula}: {told}");
        }
    }

    #[test]
    fn every_function_says_what_it_does_and_takes_and_has_an_example_with_its_result() {
        let silent: Vec<Lacking> = pages().filter_map(Result::err).collect();
        assert!(silent.is_empty(), "{silent:#?}");
        assert!(functions().len() > 40);
    }
}
