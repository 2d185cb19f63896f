//! The few short texts that a column is made of, each found at one look: the bytes of a cell
//! in, what was kept of the same bytes out.

use super::Entry;
use crate::data::{BLANK, Marks, code_of, reason_of};
use crate::missing::{Amount, Missing};
use std::ops::Range;

/// Bytes of a key.
const SHORT: usize = 24;

/// A short text as three numbers and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    words: [u64; 3],
    len: u64,
}

/// For each length which bits of the three numbers are the text's own.
const OWN: [[u64; 3]; SHORT + 1] = own();

const fn own() -> [[u64; 3]; SHORT + 1] {
    let mut all = [[0; 3]; SHORT + 1];
    let mut len = 0;
    while len <= SHORT {
        let mut byte = 0;
        while byte < len {
            all[len][byte / 8] |= 0xff << (8 * (byte % 8));
            byte += 1;
        }
        len += 1;
    }
    all
}

impl Key {
    /// The key of some bytes of a text; `None` for more than it holds.
    #[inline]
    pub(super) fn of(text: &[u8], cell: &Range<usize>) -> Option<Self> {
        let len = cell.len();
        let own = OWN.get(len)?;
        let here = text.get(cell.start..)?;
        // What stands beyond the cell is no part of it.
        let words = match here.first_chunk::<SHORT>() {
            Some(here) => words_of(here),
            None => {
                let mut padded = [0; SHORT];
                padded[..len].copy_from_slice(&here[..len]);
                words_of(&padded)
            }
        };
        let words = [words[0] & own[0], words[1] & own[1], words[2] & own[2]];
        let len = len as u64;
        Some(Self { words, len })
    }

    /// Whether it is that of the same text.
    #[inline]
    fn is(&self, other: &Self) -> bool {
        let [a, b, c] = self.words;
        let [d, e, f] = other.words;
        ((a ^ d) | (b ^ e) | (c ^ f) | (self.len ^ other.len)) == 0
    }

    /// Where it is kept among so many places.
    #[inline]
    fn place(&self, places: u32) -> usize {
        const MIXERS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9];
        let [first, second, third] = self.words;
        let mixed = first ^ second.wrapping_mul(MIXERS[1]) ^ third.rotate_left(31);
        let mixed = mixed.wrapping_mul(MIXERS[0]) >> u32::BITS;
        ((mixed * u64::from(places)) >> u32::BITS) as usize
    }
}

#[inline]
fn words_of(text: &[u8; SHORT]) -> [u64; 3] {
    let (eights, _) = text.as_chunks::<8>();
    [
        u64::from_le_bytes(eights[0]),
        u64::from_le_bytes(eights[1]),
        u64::from_le_bytes(eights[2]),
    ]
}

/// What a cell becomes as one number, which is moved at once: bits of a number, a word's index,
/// an answer's byte, or why there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bits(u64);

/// Bits of what is no number, and so of no cell that has a value; below them a reason's code.
const GONE: u64 = 0x7ff8 << 48;

impl Bits {
    pub(super) fn of(entry: Entry) -> Self {
        Self(match entry {
            Entry::Number(number) => number.to_bits(),
            Entry::Word(word) => word.into(),
            Entry::Answer(answer) => Marks::byte(answer).into(),
            Entry::Missing(reason) => GONE | u64::from(code_of(reason)),
        })
    }

    #[inline]
    fn gone(self) -> Option<Missing> {
        let is_gone = self.0 & GONE == GONE;
        is_gone.then(|| reason_of(self.0 as u8).unwrap_or(Missing::NotAvailable))
    }

    /// In a column of numbers.
    #[inline]
    pub(super) fn number(self) -> Amount {
        self.gone().map_or(Ok(f64::from_bits(self.0)), Err)
    }

    /// In a column of words: the index of one.
    #[inline]
    pub(super) fn word(self) -> Result<u32, Missing> {
        self.gone().map_or(Ok(self.0 as u32), Err)
    }

    /// In a column of answers.
    #[inline]
    pub(super) fn mark(self) -> u8 {
        if self.0 >= GONE { BLANK } else { self.0 as u8 }
    }
}

/// How many are kept at first: a small file has few cells.
const FEW: u32 = 32;
/// How many times as many are kept where these are not enough.
const MORE: u32 = 8;

/// How many are kept of words and answers at the most, a power of two.
pub(super) const SOME: u32 = 256;
/// The same of numbers, of which a column has many different ones.
pub(super) const MANY: u32 = 2048;

/// Short texts met of late: the last one of each place.
pub(super) struct Quick {
    places: u32,
    most: u32,
    /// How often something was kept in so many places.
    kept: u32,
    entries: Vec<(Key, Bits)>,
}

/// Of no text: none is so long.
const NO_KEY: Key = Key {
    words: [0; 3],
    len: u64::MAX,
};

impl Quick {
    /// So many at the most: a power of two above 1.
    pub(super) fn new(most: u32) -> Self {
        Self {
            places: FEW,
            most,
            kept: 0,
            entries: Vec::new(),
        }
    }

    /// What was kept of the same text.
    #[inline]
    pub(super) fn find(&self, key: &Key) -> Option<Bits> {
        match self.entries.get(key.place(self.places)) {
            Some((known, bits)) if known.is(key) => Some(*bits),
            _ => None,
        }
    }

    /// Keeps what a text becomes, in the place of another if need be.
    pub(super) fn keep(&mut self, key: Key, bits: Bits) {
        if self.kept > self.places && self.places < self.most {
            // What was kept is met again soon enough.
            self.places = self.most.min(self.places * MORE);
            self.entries.clear();
            self.kept = 0;
        }
        self.kept = self.kept.saturating_add(1);
        let places = self.places as usize;
        self.entries.resize(places, (NO_KEY, Bits(GONE)));
        if let Some(slot) = self.entries.get_mut(key.place(self.places)) {
            *slot = (key, bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::cells::Answer;

    #[test]
    fn a_text_has_one_key_wherever_it_stands_and_no_other_text_has_it() {
        let text = b"agree,agree strongly,agree,abcdefghabcdefghabcdefgh,agree";
        let key = |cell: Range<usize>| Key::of(text, &cell);
        let agree = key(0..5);
        assert!(agree.is_some());
        assert_eq!(agree, key(21..26));
        assert_eq!(agree, key(text.len() - 5..text.len()), "at the very end");
        for other in [0..4, 0..6, 1..6, 6..20, 27..51] {
            assert!(key(other.clone()).is_some());
            assert_ne!(agree, key(other));
        }
        assert_eq!(key(20..45), None, "25 bytes are too many");
    }

    #[test]
    fn what_was_kept_is_found_until_another_text_takes_its_place() {
        let text = b"agree,disagree";
        let (agree, disagree) = (Key::of(text, &(0..5)), Key::of(text, &(6..14)));
        let mut quick = Quick::new(SOME);
        let seven = Bits::of(Entry::Word(7));
        quick.keep(agree.unwrap(), seven);
        assert_eq!(quick.find(&agree.unwrap()), Some(seven));
        assert!(quick.find(&disagree.unwrap()).is_none());
    }

    #[test]
    fn more_places_are_made_where_many_texts_are_met_and_no_more_than_are_allowed() {
        let text: Vec<u8> = (0..40_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut quick = Quick::new(SOME);
        for (nth, start) in (0..text.len()).step_by(4).enumerate() {
            let key = Key::of(&text, &(start..start + 4)).unwrap();
            assert_eq!(quick.find(&key), None);
            let bits = Bits::of(Entry::Word(nth as u32));
            quick.keep(key, bits);
            assert_eq!(quick.find(&key), Some(bits));
        }
        assert_eq!(quick.entries.len(), SOME as usize);
    }

    #[test]
    fn what_a_cell_becomes_is_the_same_as_bits() {
        for number in [0.0, 0.5, 1e300, f64::MAX, f64::MIN_POSITIVE] {
            assert_eq!(Bits::of(Entry::Number(number)).number(), Ok(number));
        }
        for word in [0, 7, u32::MAX >> 8] {
            assert_eq!(Bits::of(Entry::Word(word)).word(), Ok(word));
        }
        for answer in [
            Answer::Scored(0),
            Answer::Scored(4),
            Answer::Unscored,
            Answer::Blank,
        ] {
            assert_eq!(Bits::of(Entry::Answer(answer)).mark(), Marks::byte(answer));
        }
        for reason in Missing::ALL {
            let gone = Bits::of(Entry::Missing(reason));
            assert_eq!(gone.number(), Err(reason));
            assert_eq!(gone.word(), Err(reason));
            assert_eq!(gone.mark(), BLANK);
        }
    }
}
