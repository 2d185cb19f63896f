//! Exact recovery: sums of groups and which of them are printed in, which others follow out.
//!
//! Gaussian elimination over the rational numbers, in whole-number arithmetic without any
//! rounding. A group is recovered where the sums leave it no freedom at all, whatever the
//! figures are: it is then a fixed combination of printed ones.

use super::groups::Sum;

/// Withheld groups beyond which elimination is not tried; bounds are, all the same.
const MOST: usize = 200;

/// A group that follows from others: each printed group with its sign.
#[derive(Debug, PartialEq)]
pub(super) struct Recovered {
    pub group: usize,
    /// Group, whether it is added (else taken away).
    pub from: Vec<(usize, bool)>,
}

/// A fraction in lowest terms; the lower number is positive.
#[derive(Clone, Copy, PartialEq)]
struct Fraction(i128, i128);

impl Fraction {
    const NOUGHT: Fraction = Fraction(0, 1);

    fn lowest(above: i128, below: i128) -> Option<Self> {
        let (mut a, mut b) = (above.unsigned_abs(), below.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a.max(1)).ok()? * below.signum();
        Some(Self(above / divisor, below / divisor))
    }

    /// This less a multiple of another; `None` where the numbers grow too large.
    fn less(self, factor: Self, other: Self) -> Option<Self> {
        let product = Self::lowest(
            factor.0.checked_mul(other.0)?,
            factor.1.checked_mul(other.1)?,
        )?;
        let left = self.0.checked_mul(product.1)?;
        let right = product.0.checked_mul(self.1)?;
        Self::lowest(left.checked_sub(right)?, self.1.checked_mul(product.1)?)
    }

    fn over(self, other: Self) -> Option<Self> {
        if other.0 == 0 {
            return None;
        }
        Self::lowest(self.0.checked_mul(other.1)?, self.1.checked_mul(other.0)?)
    }
}

/// The groups that are not printed and follow from those that are.
pub(super) fn recovered(sums: &[&Sum], is_printed: &[bool]) -> Vec<Recovered> {
    let hidden: Vec<usize> = (0..is_printed.len())
        .filter(|group| !is_printed[*group])
        .collect();
    if hidden.is_empty() || hidden.len() > MOST {
        return Vec::new();
    }
    eliminated(sums, &hidden, is_printed.len()).unwrap_or_default()
}

fn eliminated(sums: &[&Sum], hidden: &[usize], groups: usize) -> Option<Vec<Recovered>> {
    // Hidden groups' columns first, then everybody's.
    let columns = hidden.len() + groups;
    let place = |group: usize| {
        hidden
            .iter()
            .position(|other| *other == group)
            .unwrap_or(hidden.len() + group)
    };
    let mut rows: Vec<Vec<Fraction>> = Vec::new();
    for sum in sums.iter().filter(|sum| sum.is_exact()) {
        let mut row = vec![Fraction::NOUGHT; columns];
        row[place(sum.parent)] = Fraction(-1, 1);
        for part in &sum.parts {
            row[place(*part)] = Fraction(1, 1);
        }
        rows.push(row);
    }
    let mut done = 0;
    for column in 0..hidden.len() {
        let Some(found) = (done..rows.len()).find(|row| rows[*row][column].0 != 0) else {
            continue;
        };
        rows.swap(done, found);
        let lead = rows[done][column];
        for entry in &mut rows[done] {
            *entry = entry.over(lead)?;
        }
        let pivot = rows[done].clone();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row[column];
            if index == done || factor.0 == 0 {
                continue;
            }
            for (entry, other) in row.iter_mut().zip(&pivot) {
                if other.0 != 0 {
                    *entry = entry.less(factor, *other)?;
                }
            }
        }
        done += 1;
    }
    let alone = |row: &Vec<Fraction>| {
        let mut open = (0..hidden.len()).filter(|column| row[*column].0 != 0);
        match (open.next(), open.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    };
    let found = rows[..done].iter().filter_map(|row| {
        let column = alone(row)?;
        Some(Recovered {
            group: hidden[column],
            from: (0..groups)
                .filter(|group| row[hidden.len() + group].0 != 0)
                .map(|group| (group, row[hidden.len() + group].0 < 0))
                .collect(),
        })
    });
    Some(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(parent: usize, parts: &[usize]) -> Sum {
        Sum {
            parent,
            parts: parts.to_vec(),
            others: Vec::new(),
            all: true,
        }
    }

    fn from(sums: &[Sum], printed: &[usize], groups: usize) -> Vec<usize> {
        let is_printed: Vec<bool> = (0..groups).map(|g| printed.contains(&g)).collect();
        let sums: Vec<&Sum> = sums.iter().collect();
        let mut found: Vec<usize> = recovered(&sums, &is_printed)
            .into_iter()
            .map(|one| one.group)
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn one_withheld_part_is_the_whole_less_the_others() {
        let sums = [sum(0, &[1, 2, 3])];
        assert_eq!(from(&sums, &[0, 1, 2], 4), [3]);
        assert_eq!(from(&sums, &[0, 1], 4), Vec::<usize>::new());
        let printed = [true, true, true, false];
        assert_eq!(
            recovered(&[&sums[0]], &printed),
            [Recovered {
                group: 3,
                from: vec![(0, true), (1, false), (2, false)]
            }]
        );
    }

    #[test]
    fn a_part_follows_through_two_breakdowns_that_share_a_sum() {
        // 0 = 1 + 2; 1 = 3 + 4; 0 = 5 + 6 with 5 = 4 + 2: 3 follows from 0 and 5.
        let sums = [sum(0, &[1, 2]), sum(1, &[3, 4]), sum(5, &[4, 2])];
        assert_eq!(from(&sums, &[0, 5], 6), [3]);
    }

    #[test]
    fn sums_that_may_lack_somebody_recover_nothing() {
        let mut loose = sum(0, &[1, 2]);
        loose.all = false;
        assert_eq!(from(&[loose], &[0, 1], 3), Vec::<usize>::new());
    }
}
