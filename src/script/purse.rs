//! What all formulas of one script may use up together while one council is assessed: a
//! formula just within its limits must not be able to hold everybody up by being called
//! for every team.

use super::formula::{Formula, Trouble, Unit};
use super::sandbox::{Allowance, on_deep_stack};
use crate::restore::AtEnd;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What became of a call.
pub(super) struct Called {
    pub result: Result<f64, Trouble>,
    /// Whether it ran into a limit, or broke off: it is not to be called again.
    pub ran_out: bool,
}

/// What the formulas of one script have used up.
#[derive(Default)]
struct Purse {
    steps: u64,
    time: Duration,
    /// The most rows that one of them was given.
    rows: u32,
    /// Formulas that are not called again, by their address.
    stopped: BTreeMap<usize, Trouble>,
}

/// Those of one assessment, by the address of the script, which outlives it.
#[derive(Clone, Default)]
pub(crate) struct Purses(Arc<Mutex<BTreeMap<usize, Purse>>>);

thread_local! {
    static PURSES: RefCell<Option<Purses>> = const { RefCell::new(None) };
}

impl Purses {
    /// Those that the formulas of this thread spend from; of nobody, outside of an assessment.
    pub(crate) fn here() -> Option<Self> {
        PURSES.with_borrow(Clone::clone)
    }

    /// Does a part of an assessment, maybe on another thread: its formulas spend from these.
    pub(crate) fn spend<T>(purses: Option<Self>, work: impl FnOnce() -> T) -> T {
        let outer = PURSES.replace(purses);
        let _restored = AtEnd::of(|| PURSES.set(outer));
        work()
    }

    fn with<T>(&self, script: usize, change: impl FnOnce(&mut Purse) -> T) -> T {
        let mut purses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(purses.entry(script).or_default())
    }
}

/// Assesses one council: its formulas share what they may use up.
pub fn assessing<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    on_deep_stack(|| Purses::spend(Some(Purses::default()), work))
}

/// What one call may take, or what is left of all if that is less.
fn of_all<T: Copy + Ord>(one: T, all: T, left: T) -> Allowance<T> {
    if one <= left {
        return one.into();
    }
    Allowance {
        left,
        limit: all,
        together: true,
    }
}

/// Calls a formula with what is left for it: steps and time.
pub(super) fn spending(
    unit: &Unit,
    formula: &Formula,
    rows: usize,
    call: impl FnOnce(Allowance<u64>, Allowance<Duration>) -> (Called, u64),
) -> Result<f64, Trouble> {
    let limits = &unit.limits;
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    let for_rows = limits.steps_per_row.saturating_mul(u64::from(rows));
    let steps = limits.steps.saturating_add(for_rows);
    let for_rows = limits.time_per_row.saturating_mul(rows);
    let time = limits.formula_time.saturating_add(for_rows);
    let key = std::ptr::from_ref(unit).addr();
    let me = std::ptr::from_ref(formula).addr();
    let purses = Purses::here();
    let left = purses.as_ref().map(|purses| {
        purses.with(key, |purse| {
            if let Some(trouble) = purse.stopped.get(&me) {
                return Err(trouble.clone());
            }
            purse.rows = purse.rows.max(rows);
            let for_rows = limits
                .all_steps_per_row
                .saturating_mul(u64::from(purse.rows));
            let all_steps = limits.all_steps.saturating_add(for_rows);
            let for_rows = limits.all_time_per_row.saturating_mul(purse.rows);
            let all_time = limits.all_time.saturating_add(for_rows);
            Ok((
                of_all(steps, all_steps, all_steps.saturating_sub(purse.steps)),
                of_all(time, all_time, all_time.saturating_sub(purse.time)),
            ))
        })
    });
    let (steps, time) = left.unwrap_or(Ok((steps.into(), time.into())))?;
    let began = Instant::now();
    let (Called { result, ran_out }, taken) = call(steps, time);
    if let Some(purses) = purses {
        purses.with(key, |purse| {
            purse.steps += taken;
            purse.time += began.elapsed();
            if ran_out && let Err(trouble) = &result {
                purse.stopped.insert(me, trouble.clone());
            }
        });
    }
    result
}
