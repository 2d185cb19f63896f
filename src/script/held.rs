//! What closures hold on to, let go of when a run is over.
//!
//! A variable that a closure captures is shared between the two, and counted: a map that is
//! given a closure which captured it would hold itself for ever. In: each variable as it is
//! read. Out, at the end of the run: nothing; what was shared is emptied, so that no circle
//! stays closed.

use super::nesting;
use crate::restore::AtEnd;
use rhai::{Dynamic, EvalAltResult, Position};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Bytes, roughly, of all lists, maps and closures that closures hold on to in one run.
pub(crate) const HELD_BYTES: usize = 32 << 20;

/// What is shared, by where it lies, each with its weight.
#[derive(Default)]
struct Held {
    values: BTreeMap<usize, (Dynamic, usize)>,
    bytes: usize,
}

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Runs `work`, and empties afterwards what its closures shared. Within another such run,
/// that one does it.
pub(super) fn letting_go<T>(work: impl FnOnce() -> T) -> T {
    let is_within = HELD.with_borrow_mut(|held| match held {
        Some(_) => true,
        None => {
            *held = Some(Held::default());
            false
        }
    });
    if is_within {
        return work();
    }
    let _emptied = AtEnd::of(|| {
        let held = HELD.take().unwrap_or_default();
        for (mut value, _) in held.values.into_values() {
            if let Some(mut inner) = value.write_lock::<Dynamic>() {
                *inner = Dynamic::UNIT;
            }
        }
    });
    work()
}

/// Notes a variable that is shared and could be part of a circle. It must not be overgrown.
///
/// # Errors
/// More is held on to than a run may.
pub(super) fn note(value: &Dynamic) -> Result<(), Box<EvalAltResult>> {
    if !value.is_shared() {
        return Ok(());
    }
    let Some(inner) = value.read_lock::<Dynamic>() else {
        return Ok(());
    };
    if !(inner.is_array() || inner.is_map() || inner.is_fnptr()) {
        return Ok(());
    }
    let at = std::ptr::from_ref::<Dynamic>(&inner).addr();
    let weight = nesting::weight(&inner);
    HELD.with_borrow_mut(|held| {
        let Some(held) = held else {
            return Ok(());
        };
        let known = held.values.entry(at).or_insert_with(|| (value.clone(), 0));
        held.bytes = held.bytes - known.1 + weight;
        known.1 = weight;
        if held.bytes > HELD_BYTES {
            return Err(too_much());
        }
        Ok(())
    })
}

fn too_much() -> Box<EvalAltResult> {
    EvalAltResult::ErrorDataTooLarge("held by closures".to_owned(), Position::NONE).into()
}
