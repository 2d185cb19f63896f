//! Values that hold other values: how deep, how many, and cut loose from one another. A
//! value of a script in, a judgement or a value that shares nothing out.

use rhai::{Dynamic, EvalAltResult, Position};

/// How deep a value may hold others. What is nested without end would overflow the stack
/// when it is let go of; rhai counts entries, not depth, and nothing of what a closure
/// captured.
pub(crate) const NESTED: usize = 48;

/// How many values a closure may hold on to, those within those counted.
pub(crate) const HELD: usize = 20_000;

/// Whether a value holds others deeper, or through its closures more, than any check needs.
pub(super) fn overgrown(value: &Dynamic) -> bool {
    fn within(value: &Dynamic, depth: usize, left: &mut usize) -> bool {
        if value.is_array() || value.is_map() || value.is_fnptr() || value.is_shared() {
            if depth == 0 {
                return false;
            }
            if let Some(list) = value.read_lock::<rhai::Array>() {
                return all(list.iter(), depth, left);
            }
            if let Some(map) = value.read_lock::<rhai::Map>() {
                return all(map.values(), depth, left);
            }
            if let Some(pointer) = value.read_lock::<rhai::FnPtr>() {
                return all(pointer.iter_curry(), depth, left);
            }
        }
        true
    }
    fn all<'v>(
        mut values: impl Iterator<Item = &'v Dynamic>,
        depth: usize,
        left: &mut usize,
    ) -> bool {
        values.all(|value| {
            *left = left.saturating_sub(1);
            *left > 0 && within(value, depth - 1, left)
        })
    }
    !within(value, NESTED, &mut HELD.clone())
}

/// What a value takes up, roughly, in bytes. Only for values that are not overgrown.
pub(super) fn weight(value: &Dynamic) -> usize {
    const ITSELF: usize = 64;
    let held: usize = if let Some(list) = value.read_lock::<rhai::Array>() {
        list.iter().map(weight).sum()
    } else if let Some(map) = value.read_lock::<rhai::Map>() {
        map.values().map(weight).sum()
    } else if let Some(pointer) = value.read_lock::<rhai::FnPtr>() {
        pointer.iter_curry().map(weight).sum()
    } else if let Some(text) = value.read_lock::<rhai::ImmutableString>() {
        text.len()
    } else {
        0
    };
    ITSELF + held
}

/// A value that shares nothing with any other: what a closure captured, and what the
/// closures among it captured. Only for values that are not overgrown.
pub(super) fn cut_loose(value: Dynamic) -> Dynamic {
    let value = value.flatten();
    if value.is_array() {
        let list = value.cast::<rhai::Array>();
        return Dynamic::from_array(list.into_iter().map(cut_loose).collect());
    }
    if value.is_map() {
        let map = value.cast::<rhai::Map>();
        return Dynamic::from_map(
            map.into_iter()
                .map(|(key, value)| (key, cut_loose(value)))
                .collect(),
        );
    }
    if value.is_fnptr() {
        let mut pointer = value.cast::<rhai::FnPtr>();
        let held: Vec<Dynamic> = pointer.iter_curry().cloned().map(cut_loose).collect();
        pointer.set_curry(held);
        return Dynamic::from(pointer);
    }
    value
}

/// The error of a value that is overgrown.
pub(super) fn error() -> Box<EvalAltResult> {
    EvalAltResult::ErrorDataTooLarge("nested values".to_owned(), Position::NONE).into()
}
