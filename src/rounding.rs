//! The one rule of rounding: a half goes up, below zero too. Numbers as they were computed in; what a reader
//! of the exact ones would write out.

/// So many parts of ten, hundred and so on, half up; `None` of what is too large to have decimals,
/// or no number. Nine decimals are looked at, since 14.25 may have been computed as
/// 14.249999999999998: to a reader that is 14.25. Whole parts, so that nothing comes out as -0.0.
pub(crate) fn parts(value: f64, decimals: u32) -> Option<i64> {
    let part = 10_i64.pow(9 - decimals);
    // Computed to within a hundredth of a billionth: written out only where that could decide.
    let computed = value * 1e9;
    let nearest = computed.round();
    if computed.abs() < 1e13 && (computed - nearest).abs() < 0.4 {
        return Some((nearest as i64 + part / 2).div_euclid(part));
    }
    let billionths: i128 = format!("{value:.9}").replace('.', "").parse().ok()?;
    let parts = (billionths + i128::from(part / 2)).div_euclid(part.into());
    parts.try_into().ok()
}

/// A number to so many decimals, at most nine.
pub(crate) fn half_up(value: f64, decimals: u32) -> f64 {
    let of_one = 10_f64.powi(decimals.cast_signed());
    parts(value, decimals).map_or(value, |parts| parts as f64 / of_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_computed_a_hair_below_a_half_goes_up_as_the_half_does() {
        for (value, decimals, rounded) in [
            (14.249_999_999_999_998, 1, 14.3),
            (62.499_999_999_999_99, 0, 63.0),
            (62.499_999, 0, 62.0),
            (-0.5, 0, 0.0),
            (-0.51, 0, -1.0),
            (1e20, 1, 1e20),
            (0.123_456_789_4, 9, 0.123_456_789),
        ] {
            assert_eq!(half_up(value, decimals), rounded, "{value}");
        }
        for value in [f64::NAN, f64::INFINITY] {
            assert_eq!(parts(value, 1), None);
            assert_eq!(half_up(value, 1).to_bits(), value.to_bits());
        }
    }
}
