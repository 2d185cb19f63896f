//! 95% intervals of a difference between two years, each year's doubt without finite
//! correction: figures and their n in, both ends out.

use crate::national::ANSWER_SCORES;

/// Standard errors on either side of a difference.
const STANDARD_ERRORS: f64 = 1.96;

/// The normal distribution's 97.5% point, as in every other Wilson interval of the check.
const Z: f64 = 1.959_963_984_540_054;

/// A share and how many it is a share of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    /// From 0 to 1.
    pub share: f64,
    /// Full-time equivalents or people, above 0.
    pub of: f64,
}

impl Share {
    /// A published percentage and its base; `None` where it is no share of anything.
    pub(super) fn of_percent(percent: f64, base: f64) -> Option<Self> {
        let share = percent / 100.0;
        ((0.0..=1.0).contains(&share) && base >= 1.0).then_some(Self { share, of: base })
    }

    /// Wilson's limits without continuity correction (Wilson, 1927).
    pub(super) fn wilson(self) -> (f64, f64) {
        let Self { share, of } = self;
        let z2 = Z * Z;
        let middle = share + z2 / (2.0 * of);
        let half = Z * (share * (1.0 - share) / of + z2 / (4.0 * of * of)).sqrt();
        let below = 1.0 + z2 / of;
        (
            ((middle - half) / below).max(0.0),
            ((middle + half) / below).min(1.0),
        )
    }
}

/// The difference of two independent shares, now less then, from their Wilson limits:
/// method 10 of Newcombe, *Interval estimation for the difference between independent
/// proportions*, Statistics in Medicine 17 (1998), 873–890.
pub(super) fn of_shares(then: Share, now: Share) -> (f64, f64) {
    let difference = now.share - then.share;
    let (low_now, high_now) = now.wilson();
    let (low_then, high_then) = then.wilson();
    (
        difference - (now.share - low_now).hypot(high_then - then.share),
        difference + (high_now - now.share).hypot(then.share - low_then),
    )
}

/// The difference of two independent scores from their standard errors.
pub(super) fn of_scores(difference: f64, then: f64, now: f64) -> (f64, f64) {
    let half = STANDARD_ERRORS * then.hypot(now);
    (difference - half, difference + half)
}

/// The squared standard error of a question's mean, s² ÷ n, from how many gave each of the
/// five answers; `None` below two answers.
pub(super) fn squared_error(counts: [f64; 5]) -> Option<f64> {
    let n: f64 = counts.iter().sum();
    if n < 2.0 {
        return None;
    }
    let both = || counts.iter().zip(ANSWER_SCORES);
    let mean = both().map(|(count, score)| count * score).sum::<f64>() / n;
    let squares: f64 = both()
        .map(|(count, score)| count * (score - mean) * (score - mean))
        .sum();
    Some(squares / (n - 1.0) / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(yes: f64, of: f64) -> Share {
        Share {
            share: yes / of,
            of,
        }
    }

    /// Table II of Newcombe (1998), method 10.
    #[test]
    fn newcombes_own_examples_come_out_as_he_printed_them() {
        for (first, second, low, high) in [
            ((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339),
            ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090),
            ((6.0, 7.0), (2.0, 7.0), 0.0582, 0.8062),
            ((5.0, 56.0), (0.0, 29.0), -0.0381, 0.1926),
            ((0.0, 10.0), (0.0, 20.0), -0.1611, 0.2775),
            ((0.0, 10.0), (0.0, 10.0), -0.2775, 0.2775),
            ((10.0, 10.0), (0.0, 20.0), 0.6791, 1.0000),
            ((10.0, 10.0), (0.0, 10.0), 0.6075, 1.0000),
        ] {
            let found = of_shares(share(second.0, second.1), share(first.0, first.1));
            assert!(
                (found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5,
                "{first:?} less {second:?}: {found:?}, printed {low} to {high}"
            );
        }
    }

    #[test]
    fn the_interval_turns_round_with_the_years() {
        let (a, b) = (share(13.0, 90.0), share(31.0, 110.0));
        let (low, high) = of_shares(a, b);
        let (other_low, other_high) = of_shares(b, a);
        assert!((low + other_high).abs() < 1e-12 && (high + other_low).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_share_has_no_limits() {
        assert!(Share::of_percent(104.0, 80.0).is_none());
        assert!(Share::of_percent(-1.0, 80.0).is_none());
        assert!(Share::of_percent(10.0, 0.0).is_none());
        assert!(Share::of_percent(100.0, 80.0).is_some());
    }

    #[test]
    fn the_spread_of_answers_is_that_of_the_answers_one_by_one() {
        // 2 × 0, 1 × 25, 3 × 50, 4 × 75, 2 × 100: squares 12,656.25, ÷ 11 ÷ 12.
        let found = squared_error([2.0, 1.0, 3.0, 4.0, 2.0]).unwrap();
        let each = [
            0.0, 0.0, 25.0, 50.0, 50.0, 50.0, 75.0, 75.0, 75.0, 75.0, 100.0, 100.0,
        ];
        let mean = each.iter().sum::<f64>() / 12.0;
        let s2 = each.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 11.0;
        assert!((found - s2 / 12.0).abs() < 1e-9, "{found}");
        assert!((found - 95.880_681_8).abs() < 1e-6, "{found}");
        assert_eq!(squared_error([1.0, 0.0, 0.0, 0.0, 0.0]), None);
    }
}
