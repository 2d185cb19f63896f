//! A seed in, a stream of numbers that looks like chance and is always the same out.
//!
//! SplitMix64: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*,
//! OOPSLA 2014. Lots are drawn by the shuffle of Fisher and Yates, with rejection, so that
//! every outcome is equally likely.

/// The generator.
pub(crate) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The stream of a seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number, any of 2⁶⁴.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `bound`, which is not 0, each as likely as any other: the
    /// remainder of the next number below the largest multiple of `bound` that is no more
    /// than 2⁶⁴; numbers from there up are passed over.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        loop {
            let number = self.next();
            // Fewer are passed over than `bound`: for nearly every number that is enough.
            if number <= u64::MAX - bound || number <= u64::MAX - left_over(bound) {
                return number % bound;
            }
        }
    }

    /// Draws `count` members of a list without replacement into its first places: for each
    /// place from the first, one of the members from that place on is swapped into it.
    pub(crate) fn draw<T>(&mut self, list: &mut [T], count: usize) {
        for place in 0..count {
            let left = (list.len() - place) as u64;
            // Below the length of a list, so that it fits.
            list.swap(place, place + self.below(left) as usize);
        }
    }
}

/// 2⁶⁴ mod bound, without a number that large.
fn left_over(bound: u64) -> u64 {
    (u64::MAX % bound + 1) % bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_stream_is_the_published_one() {
        for (seed, numbers) in [
            (
                1_234_567,
                [
                    6_457_827_717_110_365_317,
                    3_203_168_211_198_807_973,
                    9_817_491_932_198_370_423,
                ],
            ),
            (
                0,
                [
                    16_294_208_416_658_607_535,
                    7_960_286_522_194_355_700,
                    487_617_019_471_545_679,
                ],
            ),
        ] {
            let mut chance = SplitMix64::seeded(seed);
            for number in numbers {
                assert_eq!(chance.next(), number, "seed {seed}");
            }
        }
    }

    #[test]
    fn a_number_that_would_favour_the_small_is_passed_over() {
        // Of bound 2⁶³ + 1 nearly half of all numbers are passed over.
        let bound = (1 << 63) + 1;
        let (mut rejecting, mut plain) = (SplitMix64::seeded(7), SplitMix64::seeded(7));
        for _ in 0..100 {
            let kept = std::iter::from_fn(|| Some(plain.next())).find(|number| *number < bound);
            assert_eq!(Some(rejecting.below(bound)), kept);
        }
    }

    #[test]
    fn every_order_is_drawn_equally_often() {
        let mut chance = SplitMix64::seeded(2026);
        let mut orders: BTreeMap<[u8; 4], u32> = BTreeMap::new();
        let rounds = 48_000;
        for _ in 0..rounds {
            let mut list = [0, 1, 2, 3];
            chance.draw(&mut list, 4);
            *orders.entry(list).or_default() += 1;
        }
        assert_eq!(orders.len(), 24);
        // Chi-squared with 23 degrees of freedom: below 49.7 in 999 of 1,000.
        let expected = f64::from(rounds) / 24.0;
        let squared = orders
            .values()
            .map(|count| (f64::from(*count) - expected).powi(2) / expected)
            .sum::<f64>();
        assert!(squared < 49.7, "{squared}");
    }

    #[test]
    fn drawing_some_leaves_the_others_behind_them() {
        let mut chance = SplitMix64::seeded(1);
        let mut list: Vec<u32> = (0..10).collect();
        chance.draw(&mut list, 3);
        let mut all = list.clone();
        all.sort_unstable();
        assert_eq!(all, (0..10).collect::<Vec<u32>>());
    }
}
