//! How a column's rows are kept: each in as few bytes as its kind allows, a missing one as a
//! code, so that a whole column is gone over as a slice.
//!
//! In and out: rows one by one, as numbers, words' indices and answers; or the slices.

mod codes;
mod marks;
mod numbers;

use crate::missing::Missing;
pub(crate) use codes::CodeSlice;
pub use codes::Codes;
pub use marks::Marks;
pub(crate) use marks::{BLANK, UNSCORED};
pub use numbers::Numbers;

/// Why a value is missing as a small number, the graver the higher; 0 is none.
#[inline]
pub(crate) fn code_of(reason: Missing) -> u8 {
    reason as u8 + 1
}

/// The reason that a code stands for; `None` for 0 and what is no reason's code.
#[inline]
pub(crate) fn reason_of(code: u8) -> Option<Missing> {
    Missing::ALL.get(usize::from(code).wrapping_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::cells::Answer;
    use crate::missing::Amount;

    #[test]
    fn what_is_put_into_a_column_comes_out_of_it_and_a_gap_costs_a_byte_only_where_there_is_one() {
        let mut rows: Vec<Amount> = vec![Ok(1.5), Ok(0.0)];
        assert!(
            rows.iter()
                .copied()
                .collect::<Numbers>()
                .slices()
                .1
                .is_empty()
        );
        rows.extend(Missing::ALL.map(Err));
        rows.push(Ok(-2.0));
        let numbers: Numbers = rows.iter().copied().collect();
        let out: Vec<Amount> = (0..numbers.len()).map(|row| numbers.get(row)).collect();
        assert_eq!(out, rows);
        let codes: Codes = Missing::ALL
            .into_iter()
            .map(Err)
            .chain([Ok(0), Ok(7)])
            .collect();
        let out: Vec<Result<u32, Missing>> = codes.iter().collect();
        assert_eq!(out[..5], Missing::ALL.map(Err));
        assert_eq!(out[5..], [Ok(0), Ok(7)]);
        let answers = [
            Answer::Scored(0),
            Answer::Scored(4),
            Answer::Unscored,
            Answer::Blank,
        ];
        let marks: Marks = answers.into_iter().collect();
        assert_eq!(marks.iter().collect::<Vec<_>>(), answers);
    }

    #[test]
    fn a_graver_reason_has_a_higher_code() {
        let codes = Missing::ALL.map(code_of);
        assert!(codes.is_sorted() && codes[0] == 1);
        assert_eq!(codes.map(reason_of), Missing::ALL.map(Some));
        assert_eq!((reason_of(0), reason_of(6)), (None, None));
    }
}
