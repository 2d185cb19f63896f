//! A script's text in, a [`Draft`] of its cards out, with every fault that can be found
//! before a rule is known. rhai lives in this room only, and never shows its face.
//!
//! A script goes through here in reading order: its words (`tokens`), the slips among
//! them (`slips`), its compiled form, the functions it calls (`names`), and then one run
//! in the `sandbox`, in which each card is put down with the place of every key
//! (`places`).

mod cards;
mod chunks;
mod columns;
mod compile;
mod constants;
mod coverage;
mod direct;
mod draft;
mod example;
mod foreign;
mod format;
mod formula;
mod held;
mod library;
mod names;
mod nesting;
mod operations;
mod places;
mod purse;
pub(crate) mod room;
mod sandbox;
mod slips;
pub(crate) mod tokens;
mod trial;
mod wording;

pub use columns::{Alone, Compared, Reads};
pub use compile::{Workshop, libraries_used};
pub use coverage::{Branch, Marked, Marks};
pub use draft::{Card, Draft, Entry, Value};
pub(crate) use format::formatted;
pub use formula::{Footprint, Formula, Fraction, Outcome, Trouble};
pub use library::{Example, Function, Library, Named, Parameter, SAMPLE, Shelf, functions};
#[cfg(test)]
pub(crate) use operations::{Counts, counted};
pub(crate) use purse::{Purses, assessing};
pub(crate) use sandbox::on_deep_thread;
pub use sandbox::{Limits, NoThread, on_deep_stack, within_limits};
pub use trial::{
    Asked, Given, GivenCell, GivenRow, Scored, ScoredItem, ScoredStandard, Scorer, Trial,
};

/// What `docs/reliability.md` tells of.
#[cfg(test)]
pub(crate) mod caps {
    pub(crate) use super::cards::CARD_BYTES;
    pub(crate) use super::held::HELD_BYTES;
    pub(crate) use super::nesting::{HELD, NESTED};
    pub(crate) use super::trial::caps::*;
}
