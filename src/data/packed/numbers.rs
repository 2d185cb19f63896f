//! Numbers of a column, or why there are none, one by one in; the same, or all as slices, out.

use super::{code_of, reason_of};
use crate::missing::Amount;

/// Numbers: eight bytes a row, and one more where any row of the column has none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    values: Vec<f64>,
    /// A code for each row; empty while no row is missing.
    gaps: Vec<u8>,
}

impl Numbers {
    /// The number of a row, or why it has none.
    #[inline]
    pub fn get(&self, row: usize) -> Amount {
        match self.gaps.get(row).copied().and_then(reason_of) {
            Some(reason) => Err(reason),
            None => Ok(self.values[row]),
        }
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Amount> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// One more row.
    #[inline]
    pub fn push(&mut self, amount: Amount) {
        match amount {
            Ok(value) => self.values.push(value),
            Err(reason) => {
                self.gaps.resize(self.values.len(), 0);
                self.values.push(0.0);
                self.gaps.push(code_of(reason));
                return;
            }
        }
        if !self.gaps.is_empty() {
            self.gaps.push(0);
        }
    }

    /// Makes room for so many rows altogether.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.values
            .reserve_exact(rows.saturating_sub(self.values.len()));
    }

    /// More rows.
    pub(crate) fn extend(&mut self, rows: impl Iterator<Item = Amount> + Clone) {
        if self.gaps.is_empty() && rows.clone().all(|row| row.is_ok()) {
            // Many at a time, and no reason beside them.
            self.values.extend(rows.map(Result::unwrap_or_default));
        } else {
            rows.for_each(|row| self.push(row));
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every row's number, 0 where there is none, and why there is none; no reasons at all
    /// where every row has one.
    pub(crate) fn slices(&self) -> (&[f64], &[u8]) {
        (&self.values, &self.gaps)
    }

    /// Puts the rows of another after these.
    pub(crate) fn append(&mut self, mut other: Self) {
        if self.is_empty() && self.values.capacity() == 0 {
            *self = other;
            return;
        }
        if !self.gaps.is_empty() || !other.gaps.is_empty() {
            self.gaps.resize(self.values.len(), 0);
            other.gaps.resize(other.values.len(), 0);
            self.gaps.append(&mut other.gaps);
        }
        self.values.append(&mut other.values);
    }
}

impl FromIterator<Amount> for Numbers {
    fn from_iter<I: IntoIterator<Item = Amount>>(rows: I) -> Self {
        let mut numbers = Numbers::default();
        rows.into_iter().for_each(|row| numbers.push(row));
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::missing::Missing;

    #[test]
    fn rows_put_after_others_keep_their_gaps() {
        let some = |rows: &[Amount]| rows.iter().copied().collect::<Numbers>();
        let gone: Amount = Err(Missing::Low);
        for (first, second) in [
            (vec![Ok(1.0)], vec![Ok(2.0)]),
            (vec![Ok(1.0), gone], vec![Ok(2.0)]),
            (vec![Ok(1.0)], vec![gone, Ok(2.0)]),
            (vec![], vec![gone]),
        ] {
            let mut both = some(&first);
            both.append(some(&second));
            assert_eq!(both, some(&[first, second].concat()));
        }
    }
}
