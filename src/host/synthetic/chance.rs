//! Words in, a stream of numbers that looks like chance and is always the same out.

use crate::chance::SplitMix64;

/// SplitMix64, and the kinds of chance that a made-up council needs.
pub(crate) struct Chance {
    stream: SplitMix64,
}

impl Chance {
    /// Seeded with the FNV-1a hash of the words, a zero byte after each.
    pub(crate) fn of(words: &[&str]) -> Self {
        let seed = words
            .iter()
            .flat_map(|word| word.bytes().chain([0]))
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self {
            stream: SplitMix64::seeded(seed),
        }
    }

    /// From 0 up to, not including, 1.
    pub(crate) fn share(&mut self) -> f64 {
        // 53 bits: as many as the number holds.
        (self.stream.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something with this likelihood happens.
    pub(crate) fn happens(&mut self, likelihood: f64) -> bool {
        self.share() < likelihood
    }

    /// Around 0, with standard deviation 1: the sum of twelve shares, less six.
    pub(crate) fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// A whole number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((self.share() * bound as f64) as usize).min(bound - 1)
    }

    /// One of several.
    pub(crate) fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// Puts a list into another order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_is_around_nought_with_a_deviation_of_one() {
        let mut chance = Chance::of(&["bell"]);
        let drawn: Vec<f64> = (0..20_000).map(|_| chance.bell()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20_000.0;
        assert!(
            mean.abs() < 0.05 && (variance - 1.0).abs() < 0.05,
            "{mean} {variance}"
        );
    }
}
