//! Indices of words, or why there is none, one by one in; the same, or all as a slice, out: a byte
//! a row while the words are few.

use super::{code_of, reason_of};
use crate::missing::Missing;

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

/// The same of codes of one byte. The highest byte is no code at all.
const NARROW_REASONS: u8 = 240;

const _: () = assert!(
    Missing::ALL.len() < (u8::MAX - NARROW_REASONS) as usize,
    "each reason has a byte of its own"
);

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
        if stay && self.has_no_room() {
            *self = other;
            return;
        }
        if let (Width::Narrow(own), Width::Narrow(more), true) = (&mut self.0, &other.0, stay) {
            own.extend_from_slice(more);
            return;
        }
        let rows = (0..other.len()).map(|row| other.code(row));
        rows.map(|code| here.get(code as usize).copied().unwrap_or(code))
            .for_each(|code| self.push_code(code));
    }

    /// Whether nothing is kept, and no room either.
    fn has_no_room(&self) -> bool {
        match &self.0 {
            Width::Narrow(codes) => codes.capacity() == 0,
            Width::Wide(codes) => codes.capacity() == 0,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
