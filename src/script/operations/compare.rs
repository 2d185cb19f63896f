//! Two decimal numbers in, how rhai compares them out.
//!
//! rhai divides the difference by what it measures it against, and compares what comes of it
//! with 2⁻⁵². Here the measure is multiplied by 2⁻⁵² instead, which is exact and much faster,
//! and comes to the same for every two numbers: a quotient is rounded to 2⁻⁵² only where it is
//! that, or so close above it that no difference of two such numbers lies there. What is
//! infinite is told apart, for it divides to no number.

/// What a difference is measured against: rhai takes two decimal numbers for equal where
/// they differ in the last bit alone. 0 where 0 stands beside what is no number: rhai takes
/// the two for equal.
#[inline]
fn scale(a: f64, b: f64) -> f64 {
    if a * b == 0.0 {
        1.0
    } else {
        a.abs().max(b.abs())
    }
}

/// The same for what asks of the difference alone whether it is larger: beside what is no number
/// there is none, whatever it is measured against, so that nothing need be told apart.
#[inline]
fn scale_of_numbers(a: f64, b: f64) -> f64 {
    let (a_size, b_size) = (a.abs(), b.abs());
    let larger = if a_size > b_size { a_size } else { b_size };
    if a * b == 0.0 { 1.0 } else { larger }
}

/// Whether rhai takes two numbers for equal.
#[inline]
pub(in crate::script) fn equal(a: f64, b: f64) -> bool {
    let scale = scale(a, b);
    ((a - b).abs() <= f64::EPSILON * scale) & (scale <= f64::MAX) | (scale == 0.0)
}

/// Not the opposite of [`equal`]: of what is no number at all neither holds.
#[inline]
pub(in crate::script) fn differ(a: f64, b: f64) -> bool {
    (a - b).abs() > f64::EPSILON * scale_of_numbers(a, b)
}

/// Whether the first is larger. Where it is, the larger of the two sizes is that of `a` or of
/// `-b`; where it is not, no measure makes it so: two sizes less are taken than elsewhere.
#[inline]
pub(in crate::script) fn above(a: f64, b: f64) -> bool {
    let opposite = -b;
    let size = if a > opposite { a } else { opposite };
    let least = if a * b == 0.0 { f64::EPSILON } else { 0.0 };
    let measured = f64::EPSILON * size;
    // Beside 0 the measure is 1, and what is larger than that is larger than any part of itself.
    a - b > if measured > least { measured } else { least }
}

/// Whether the first is larger or equal.
#[inline]
pub(in crate::script) fn at_least(a: f64, b: f64) -> bool {
    let scale = scale(a, b);
    (a - b > -f64::EPSILON * scale) & (scale <= f64::MAX) | (scale == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SplitMix64;

    /// As rhai has it, with a division.
    fn divided(a: f64, b: f64) -> [bool; 4] {
        let scale = scale(a, b);
        [
            (a - b).abs() / scale <= f64::EPSILON || scale == 0.0,
            (a - b).abs() / scale > f64::EPSILON,
            (a - b) / scale > f64::EPSILON,
            (a - b) / scale > -f64::EPSILON || scale == 0.0,
        ]
    }

    #[test]
    fn numbers_compare_as_if_divided_to_the_last_bit() {
        let mut chance = SplitMix64::seeded(4);
        let edges = [
            0.0,
            -0.0,
            1.0,
            f64::EPSILON,
            f64::MIN_POSITIVE,
            5e-324,
            1e-300,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
        ];
        let edges: Vec<f64> = edges.iter().flat_map(|edge| [*edge, -edge]).collect();
        let mut pairs: Vec<(f64, f64)> = edges
            .iter()
            .flat_map(|a| edges.iter().map(move |b| (*a, *b)))
            .collect();
        for _ in 0..100_000 {
            let bits = chance.below(u64::MAX);
            let a = f64::from_bits(bits);
            pairs.push((a, f64::from_bits(chance.below(u64::MAX))));
            // Neighbours, a few bits away.
            let near = bits.wrapping_add(chance.below(9)).wrapping_sub(4);
            pairs.push((a, f64::from_bits(near)));
            let small = (chance.below(4_000) as f64) / 100.0;
            let near = small
                .to_bits()
                .wrapping_add(chance.below(5))
                .wrapping_sub(2);
            pairs.push((small, f64::from_bits(near)));
        }
        for (a, b) in pairs {
            let found = [equal(a, b), differ(a, b), above(a, b), at_least(a, b)];
            assert_eq!(found, divided(a, b), "{a:e} {b:e}");
        }
    }
}
