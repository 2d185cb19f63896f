//! How a column's rows are kept: each in as few bytes as its kind allows, a missing one as a
//! code, so that a whole column is gone over as a slice.
//!
//! In and out: rows one by one, as numbers, words' indices and answers; or the slices.

use super::cells::Answer;
use crate::missing::{Amount, Missing};

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

/// Indices into a list of words: a byte a row while the words are few, else four; the highest few
/// for reasons.
#[derive(Debug, Clone)]
pub struct Codes(Width);

#[derive(Debug, Clone)]
enum Width {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
}

/// The codes of some rows, as wide as they are kept.
pub(crate) enum CodeSlice<'c> {
    /// To be [widened](Codes::widened).
    Narrow(&'c [u8]),
    Wide(&'c [u32]),
}

/// Codes from here on are reasons.
const REASONS: u32 = u32::MAX - 255;

/// The same of codes of one byte.
const NARROW_REASONS: u8 = 240;

impl Default for Codes {
    fn default() -> Self {
        Self(Width::Narrow(Vec::new()))
    }
}

impl PartialEq for Codes {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Codes {}

impl Codes {
    /// A code in one byte, if it has room there.
    #[inline]
    pub(crate) fn narrowed(code: u32) -> Option<u8> {
        match code.checked_sub(REASONS) {
            Some(reason) => Some(NARROW_REASONS + reason as u8),
            None => u8::try_from(code)
                .ok()
                .filter(|index| *index < NARROW_REASONS),
        }
    }

    /// The index of a row's word, or why it has none.
    #[inline]
    pub fn get(&self, row: usize) -> Result<u32, Missing> {
        Self::read(self.code(row))
    }

    #[inline]
    fn code(&self, row: usize) -> u32 {
        match &self.0 {
            Width::Narrow(codes) => Self::widened(codes[row]),
            Width::Wide(codes) => codes[row],
        }
    }

    /// A code of one byte as one of four.
    #[inline]
    pub(crate) fn widened(code: u8) -> u32 {
        match code.checked_sub(NARROW_REASONS) {
            Some(reason) => REASONS + u32::from(reason),
            None => code.into(),
        }
    }

    /// What a code of four bytes stands for.
    #[inline]
    pub(crate) fn read(code: u32) -> Result<u32, Missing> {
        match code.checked_sub(REASONS).map(|reason| reason as u8) {
            Some(reason) => Err(reason_of(reason).unwrap_or(Missing::NotAvailable)),
            None => Ok(code),
        }
    }

    /// The code of why a row has no word, or 0.
    #[inline]
    pub(crate) fn gap(&self, row: usize) -> u8 {
        self.code(row).saturating_sub(REASONS) as u8
    }

    /// One more row.
    #[inline]
    pub fn push(&mut self, row: Result<u32, Missing>) {
        self.push_code(match row {
            Ok(index) => index,
            Err(reason) => REASONS + u32::from(code_of(reason)),
        });
    }

    #[inline]
    fn push_code(&mut self, code: u32) {
        match &mut self.0 {
            Width::Narrow(codes) => match Self::narrowed(code) {
                Some(code) => codes.push(code),
                None => self.widen().push(code),
            },
            Width::Wide(codes) => codes.push(code),
        }
    }

    /// The codes in four bytes each, from now on.
    #[cold]
    fn widen(&mut self) -> &mut Vec<u32> {
        if let Width::Narrow(codes) = &self.0 {
            let mut wide = Vec::with_capacity(codes.capacity());
            wide.extend(codes.iter().map(|code| Self::widened(*code)));
            self.0 = Width::Wide(wide);
        }
        match &mut self.0 {
            Width::Wide(codes) => codes,
            Width::Narrow(_) => unreachable!("they were widened"),
        }
    }

    /// Makes room for so many rows altogether.
    pub(crate) fn reserve(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.len());
        match &mut self.0 {
            Width::Narrow(codes) => codes.reserve_exact(more),
            Width::Wide(codes) => codes.reserve_exact(more),
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match &self.0 {
            Width::Narrow(codes) => codes.len(),
            Width::Wide(codes) => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Result<u32, Missing>> + '_ {
        (0..self.len()).map(|row| self.get(row))
    }

    /// Every row's code: below [`Codes::first_reason`], once it is widened, an index.
    pub(crate) fn slice(&self) -> CodeSlice<'_> {
        match &self.0 {
            Width::Narrow(codes) => CodeSlice::Narrow(codes),
            Width::Wide(codes) => CodeSlice::Wide(codes),
        }
    }

    /// Puts the rows of another after these, whose indices are others here.
    pub(crate) fn append(&mut self, other: Self, here: &[u32]) {
        let stay = here
            .iter()
            .enumerate()
            .all(|(nth, code)| *code as usize == nth);
        if let (Width::Narrow(own), Width::Narrow(more), true) = (&mut self.0, &other.0, stay) {
            own.extend_from_slice(more);
            return;
        }
        let rows = (0..other.len()).map(|row| other.code(row));
        rows.map(|code| here.get(code as usize).copied().unwrap_or(code))
            .for_each(|code| self.push_code(code));
    }

    /// The lowest code that is a reason.
    pub(crate) fn first_reason() -> u32 {
        REASONS
    }
}

impl FromIterator<Result<u32, Missing>> for Codes {
    fn from_iter<I: IntoIterator<Item = Result<u32, Missing>>>(rows: I) -> Self {
        let mut codes = Codes::default();
        rows.into_iter().for_each(|row| codes.push(row));
        codes
    }
}

/// Answers: a byte a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<u8>);

/// The byte of an answer that is counted and not scored.
pub(crate) const UNSCORED: u8 = 254;
/// The byte of no answer.
pub(crate) const BLANK: u8 = 255;

impl Marks {
    /// The most scored answers that a question can have.
    pub const MOST: usize = UNSCORED as usize;

    /// The answer of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Answer {
        Self::read(self.0[row])
    }

    /// What a byte of [`Marks::slice`] stands for.
    #[inline]
    pub(crate) fn read(mark: u8) -> Answer {
        match mark {
            UNSCORED => Answer::Unscored,
            BLANK => Answer::Blank,
            scored => Answer::Scored(scored),
        }
    }

    /// The byte of an answer.
    #[inline]
    pub(crate) fn byte(answer: Answer) -> u8 {
        match answer {
            Answer::Scored(index) => index,
            Answer::Unscored => UNSCORED,
            Answer::Blank => BLANK,
        }
    }

    /// More rows, by the bytes of their answers.
    pub(crate) fn extend(&mut self, marks: impl Iterator<Item = u8>) {
        self.0.extend(marks);
    }

    /// One more row.
    #[inline]
    pub fn push(&mut self, answer: Answer) {
        self.0.push(Self::byte(answer));
    }

    /// Makes room for so many rows altogether.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.0.reserve_exact(rows.saturating_sub(self.0.len()));
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = Answer> + '_ {
        self.0.iter().map(|mark| Self::read(*mark))
    }

    /// Puts the rows of another after these.
    pub(crate) fn append(&mut self, mut other: Self) {
        if self.0.capacity() == 0 {
            *self = other;
            return;
        }
        self.0.append(&mut other.0);
    }

    /// Every row's byte: the index of a scored answer, or one of the highest two.
    pub(crate) fn slice(&self) -> &[u8] {
        &self.0
    }
}

impl FromIterator<Answer> for Marks {
    fn from_iter<I: IntoIterator<Item = Answer>>(rows: I) -> Self {
        Marks(rows.into_iter().map(Self::byte).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn words_take_a_byte_a_row_until_they_are_many_and_are_the_same_words_then() {
        let few: Vec<Result<u32, Missing>> =
            Missing::ALL.into_iter().map(Err).chain([Ok(239)]).collect();
        let mut codes: Codes = few.iter().copied().collect();
        assert!(matches!(codes.slice(), CodeSlice::Narrow(_)));
        codes.append(few.iter().copied().collect(), &[]);
        assert!(matches!(codes.slice(), CodeSlice::Narrow(_)));
        codes.push(Ok(240));
        assert!(matches!(codes.slice(), CodeSlice::Wide(_)));
        let all: Vec<_> = few.iter().chain(&few).copied().chain([Ok(240)]).collect();
        assert_eq!(codes.iter().collect::<Vec<_>>(), all);
        assert_eq!(codes.gap(0), code_of(Missing::ALL[0]));
        // Other words here: the first of those is the thousandth.
        codes.append([Ok(0), Err(Missing::Low)].into_iter().collect(), &[1_000]);
        assert_eq!(
            (codes.get(all.len()), codes.get(all.len() + 1)),
            (Ok(1_000), Err(Missing::Low))
        );
        let mut narrow: Codes = [Ok(0)].into_iter().collect();
        narrow.append([Ok(0)].into_iter().collect(), &[500]);
        assert_eq!(narrow, [Ok(0), Ok(500)].into_iter().collect());
    }

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

    #[test]
    fn a_graver_reason_has_a_higher_code() {
        let codes = Missing::ALL.map(code_of);
        assert!(codes.is_sorted() && codes[0] == 1);
        assert_eq!(codes.map(reason_of), Missing::ALL.map(Some));
        assert_eq!((reason_of(0), reason_of(6)), (None, None));
    }
}
