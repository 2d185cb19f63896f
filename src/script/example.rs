//! An example of a function's page, run as a formula of a council would be, on the rows of
//! [`SAMPLE`](super::SAMPLE): its text in, what it gives in words out.

use super::compile::Workshop;
use super::draft::Value;
use super::formula::Formula;
use super::library::{
    self, Always, Function, Gone, Recorder, Table, Threshold, sample_results, sample_rows,
};
use super::tokens;
use super::{sandbox, wording};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Source;
use rhai::{Array, Dynamic, ImmutableString};
use std::sync::Arc;

impl Workshop {
    /// What an example gives. It may speak of the tables of the sample and of `results`, and
    /// use the libraries of this workshop.
    ///
    /// # Errors
    /// Its faults, as an author would be told.
    pub fn try_example(&self, code: &str) -> Result<String, Diagnostics> {
        let words = tokens::scan(code);
        let speaks_of = |name: &str| words.iter().any(|token| token.is(name));
        let mut names: Vec<&str> = library::SAMPLE.iter().map(|(name, _)| *name).collect();
        names.push("results");
        names.retain(|name| speaks_of(name));
        let names = names.join(", ");
        let text = format!("measure(\"example\", #{{ value: |{names}| {{ {code} }} }});\n");
        let source = Source::new("example.rhai", &text);
        let (draft, faults) = self.read(&source, &[]);
        if faults.has_errors() {
            return Err(faults);
        }
        let card = draft.as_ref().and_then(|draft| draft.cards.first());
        let value = card.and_then(|card| card.get("value"));
        match value.map(|entry| &entry.value.value) {
            Some(Value::Formula(formula)) => given(formula),
            _ => Err(Diagnostic::new(
                Code::WrongKind,
                source.whole(),
                "an example is written as the formula of a measure is",
            )
            .into()),
        }
    }

    /// What keeps the libraries written in Rust from being given to scripts, and every
    /// example of theirs that gives something else than it says.
    pub fn try_libraries(&self) -> Diagnostics {
        let mut faults = Diagnostics::new();
        for (name, library) in &self.libraries {
            let source = Source::unread(format!("the library {name}"));
            let unusable = library.unusable(name);
            let sound = unusable.is_empty();
            for why in unusable {
                faults.push(Diagnostic::new(Code::LibraryNotUsable, source.whole(), why));
            }
            let pages = library.pages(name).into_iter().flatten();
            for page in pages.filter(|_| sound) {
                faults.extend(self.try_page(&page, &source));
            }
        }
        faults
    }

    /// Each example of a function that gives something else than its page says.
    fn try_page(&self, function: &Function, source: &Source) -> Diagnostics {
        let mut faults = Diagnostics::new();
        for example in &function.examples {
            let gives = match self.try_example(&example.code) {
                Ok(gives) if gives == example.gives => continue,
                Ok(gives) => format!("gives {gives}"),
                Err(found) => {
                    let first = found.iter().next();
                    let words = first.map_or("no reason", |fault| &fault.message);
                    format!("cannot be run: {words}")
                }
            };
            faults.push(
                Diagnostic::new(
                    Code::LibraryNotUsable,
                    source.whole(),
                    format!("the example of `{}` {gives}", function.form),
                )
                .note(format!(
                    "its page says: {} // {}",
                    example.code, example.gives
                )),
            );
        }
        faults
    }
}

fn given(formula: &Formula) -> Result<String, Diagnostics> {
    let recorder = Arc::new(Recorder::default());
    let arguments: Vec<Dynamic> = formula
        .parameters
        .iter()
        .zip(&formula.needed)
        .map(|(name, needed)| match sample_rows(name) {
            Some(rows) => Dynamic::from(Table {
                rows,
                needed: needed.clone(),
                recorder: recorder.clone(),
                unit: formula.unit.clone(),
                unsure: 0,
                gravest: None,
            }),
            None => Dynamic::from(sample_results()),
        })
        .collect();
    let unit = &formula.unit;
    sandbox::on_deep_stack(|| {
        let limits = &unit.limits;
        let run = || {
            let call = || {
                let pointer = &formula.pointer;
                pointer.call::<Dynamic>(&unit.engine, &unit.ast, arguments)
            };
            let result = unit.foreign.guarding(call);
            result.map(|value| told(&value)).map_err(|error| {
                wording::of_formula(
                    &error,
                    &unit.source,
                    &formula.place,
                    &unit.functions,
                    limits,
                )
                .into()
            })
        };
        sandbox::allowing(limits, limits.steps, limits.time, run).0
    })
}

/// A value in words.
fn told(value: &Dynamic) -> String {
    if let Ok(number) = value.as_float() {
        return shown(number);
    }
    if let Some(gone) = value.read_lock::<Gone>() {
        return format!("missing: {}", gone.reason.meaning());
    }
    if let Some(threshold) = value.read_lock::<Threshold>() {
        return match (threshold.0, threshold.1) {
            (Some(least), Some(most)) => format!("between {} and {}", shown(least), shown(most)),
            (Some(least), None) => format!("at least {}", shown(least)),
            (None, Some(most)) => format!("at most {}", shown(most)),
            (None, None) => "any number".to_owned(),
        };
    }
    if let Some(always) = value.read_lock::<Always>() {
        return format!("\"{}\" in every row", always.0);
    }
    if let Some(list) = value.read_lock::<Array>() {
        let entries: Vec<String> = list.iter().map(told).collect();
        return format!("[{}]", entries.join(", "));
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return format!("\"{}\"", *text);
    }
    match (value.as_int(), value.as_bool()) {
        (Ok(number), _) => number.to_string(),
        (_, Ok(truth)) => truth.to_string(),
        _ => library::kind(value).to_owned(),
    }
}

/// To four decimal places, without noughts at the end.
fn shown(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Shelf;

    #[test]
    fn every_example_of_every_function_gives_what_its_page_says() {
        let workshop = Workshop::default();
        let source = Source::unread("the reference");
        // Those of tests are tests.
        let run = super::super::functions()
            .iter()
            .filter(|function| function.shelf != Shelf::Tests);
        let faults: Diagnostics = run
            .flat_map(|function| workshop.try_page(function, &source))
            .collect();
        assert!(faults.is_empty(), "{faults}");
    }

    #[test]
    fn an_example_that_gives_something_else_is_told() {
        let workshop = Workshop::default();
        let page = "Twice.\n\n- `x`: a number\n\n```rhai\nround(2.4) // 3\n```\n\n```rhai\ntwice(2) // 4\n```";
        let function = library::written(Shelf::Numbers, "twice(x)", page).unwrap();
        let told = workshop
            .try_page(&function, &Source::unread("p"))
            .to_string();
        assert!(told.contains("gives 2"), "{told}");
        assert!(
            told.contains("cannot be run: there is no function `twice`"),
            "{told}"
        );
    }
}
