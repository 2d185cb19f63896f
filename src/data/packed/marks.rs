//! Answers one by one in; the same, or all as bytes, out.

use crate::data::cells::Answer;

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
