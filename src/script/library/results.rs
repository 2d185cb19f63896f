//! The results that a score formula combines: `results["far-over-ceiling"].value`.

use super::missing::Gone;
use super::numbers::give;
use super::{Fallible, Operators, fault};
use crate::missing::{Amount, Missing};
use rhai::plugin::*;
use rhai::{Dynamic, ImmutableString};
use std::sync::Arc;

/// An item or a standard with its result, as a score formula sees it.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its value: a measure's figure, a question's mean; for a standard its score.
    pub value: Amount,
    /// Its score, 0 to 100.
    pub score: Amount,
    /// Its weight.
    pub weight: f64,
}

/// The results of a standard's items, or of all standards.
#[derive(Debug, Clone)]
pub(in crate::script) struct Results(pub Arc<[Named]>);

/// One of them.
#[derive(Debug, Clone)]
pub(in crate::script) struct One(pub Named);

impl Results {
    fn rated(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.0
            .iter()
            .filter_map(|one| one.score.ok().map(|score| (score, one.weight)))
    }

    fn find(&self, id: &str) -> Fallible<One> {
        match self.0.iter().find(|one| one.id == id) {
            Some(one) => Ok(One(one.clone())),
            None => fault(format!("there is no result called `{id}` here")),
        }
    }
}

fn nothing_rated() -> Gone {
    Gone::new(Missing::NotAvailable, "every score")
}

#[export_module]
pub(super) mod functions {
    /// The mean of the scores by their weights.
    ///
    /// What is not rated is left out; if nothing is rated, it is missing. The nation combines
    /// scores so, with every weight 1.
    ///
    /// - `results`: what the formula of a standard or of the overall score is given
    ///
    /// ```rhai
    /// weighted_mean(results) // 70
    /// ```
    pub fn weighted_mean(results: Results) -> Dynamic {
        let (sum, weights) = results
            .rated()
            .fold((0.0, 0.0), |(sum, weights), (score, weight)| {
                (sum + score * weight, weights + weight)
            });
        give(if weights > 0.0 {
            Ok(sum / weights)
        } else {
            Err(nothing_rated())
        })
    }

    /// The lowest of the scores.
    ///
    /// What is not rated is left out; if nothing is rated, it is missing.
    ///
    /// - `results`: what the formula of a standard or of the overall score is given
    ///
    /// ```rhai
    /// min(weighted_mean(results), lowest(results) + 20) // 60
    /// ```
    pub fn lowest(results: Results) -> Dynamic {
        give(
            results
                .rated()
                .map(|(score, _)| score)
                .reduce(f64::min)
                .ok_or_else(nothing_rated),
        )
    }
}

/// What is asked of results by name, without brackets.
pub(super) fn fill(shelf: &mut Operators<'_>) {
    rhai::FuncRegistration::new_index_getter()
        .in_global_namespace()
        .set_into_module(
            shelf.module,
            |results: &mut Results, id: ImmutableString| results.find(&id),
        );
    field(shelf, "value", |one| {
        give(
            one.value
                .map_err(|reason| Gone::new(reason, one.id.clone())),
        )
    });
    field(shelf, "score", |one| {
        give(
            one.score
                .map_err(|reason| Gone::new(reason, one.id.clone())),
        )
    });
    field(shelf, "weight", |one| Dynamic::from_float(one.weight));
    field(shelf, "id", |one| Dynamic::from(one.id.clone()));
}

fn field(shelf: &mut Operators<'_>, name: &str, get: fn(&Named) -> Dynamic) {
    rhai::FuncRegistration::new_getter(name)
        .in_global_namespace()
        .set_into_module(shelf.module, move |one: &mut One| get(&one.0));
}
