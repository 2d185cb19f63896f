//! Two decimal numbers in, how rhai compares them out.

/// What a difference is measured against: rhai takes two decimal numbers for equal where
/// they differ in the last bit alone. 0 where 0 stands beside what is no number: rhai takes
/// the two for equal.
fn scale(a: f64, b: f64) -> f64 {
    if a * b == 0.0 {
        1.0
    } else {
        a.abs().max(b.abs())
    }
}

/// Whether rhai takes two numbers for equal.
pub(super) fn equal(a: f64, b: f64) -> bool {
    let scale = scale(a, b);
    (a - b).abs() / scale <= f64::EPSILON || scale == 0.0
}

/// Not the opposite of [`equal`]: of what is no number at all neither holds.
pub(super) fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() / scale(a, b) > f64::EPSILON
}

/// Whether the first is larger.
pub(super) fn above(a: f64, b: f64) -> bool {
    (a - b) / scale(a, b) > f64::EPSILON
}

/// Whether the first is larger or equal.
pub(super) fn at_least(a: f64, b: f64) -> bool {
    let scale = scale(a, b);
    (a - b) / scale > -f64::EPSILON || scale == 0.0
}
