//! The results that a score formula combines: `results["far-over-ceiling"].value`.

use super::missing::Gone;
use super::numbers::give;
use super::{Fallible, Shelf, fault};
use crate::missing::{Amount, Missing};
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

pub(super) fn fill(shelf: &mut Shelf<'_>) {
    shelf.add(
        "weighted_mean",
        "The mean of the scores by their weights; items that are not rated are left out.\nExample: `score: |results| weighted_mean(results)`",
        |results: Results| {
            let (sum, weights) = results
                .rated()
                .fold((0.0, 0.0), |(sum, weights), (score, weight)| {
                    (sum + score * weight, weights + weight)
                });
            give(if weights > 0.0 { Ok(sum / weights) } else { Err(nothing_rated()) })
        },
    );
    shelf.add(
        "lowest",
        "The lowest of the scores; items that are not rated are left out.\nExample: `score: |results| lowest(results)`",
        |results: Results| {
            give(
                results
                    .rated()
                    .map(|(score, _)| score)
                    .reduce(f64::min)
                    .ok_or_else(nothing_rated),
            )
        },
    );
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

fn field(shelf: &mut Shelf<'_>, name: &str, get: fn(&Named) -> Dynamic) {
    rhai::FuncRegistration::new_getter(name)
        .in_global_namespace()
        .set_into_module(shelf.module, move |one: &mut One| get(&one.0));
}
