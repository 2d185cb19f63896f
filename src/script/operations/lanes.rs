//! Slices in, a byte a row out: the loops in which nearly all of the time goes.
//!
//! They are written so that the compiler takes sixteen rows in one go: each row has the same
//! done to it, none decides what becomes of another, and a choice between two bytes is made by
//! masks, for of a condition it makes a jump a row.

use super::block::RAISED;

/// Rows that are taken in one go.
const LANES: usize = 16;

/// 0xff for true, 0 for false.
#[inline]
fn mask(truth: bool) -> u8 {
    0_u8.wrapping_sub(u8::from(truth))
}

/// One of two bytes.
#[inline]
fn choose(is_first: bool, first: u8, last: u8) -> u8 {
    let mask = mask(is_first);
    (first & mask) | (last & !mask)
}

/// A byte for each entry.
pub(super) fn of_each<T: Copy>(all: &[T], byte: impl Fn(T) -> u8) -> Vec<u8> {
    let mut bytes = vec![0; all.len()];
    let (many, rest) = bytes.as_chunks_mut::<LANES>();
    let (many_in, rest_in) = all.as_chunks::<LANES>();
    for (bytes, all) in many.iter_mut().zip(many_in) {
        for (byte_of, one) in bytes.iter_mut().zip(all) {
            *byte_of = byte(*one);
        }
    }
    for (byte_of, one) in rest.iter_mut().zip(rest_in) {
        *byte_of = byte(*one);
    }
    bytes
}

/// A byte for each two entries; as many as the shorter of the two has.
pub(super) fn of_both<A: Copy, B: Copy>(
    first: &[A],
    last: &[B],
    byte: impl Fn(A, B) -> u8,
) -> Vec<u8> {
    let len = first.len().min(last.len());
    let mut bytes = vec![0; len];
    let (many, rest) = bytes.as_chunks_mut::<LANES>();
    let (many_first, rest_first) = first[..len].as_chunks::<LANES>();
    let (many_last, rest_last) = last[..len].as_chunks::<LANES>();
    for ((bytes, first), last) in many.iter_mut().zip(many_first).zip(many_last) {
        for ((byte_of, first), last) in bytes.iter_mut().zip(first).zip(last) {
            *byte_of = byte(*first, *last);
        }
    }
    for ((byte_of, first), last) in rest.iter_mut().zip(rest_first).zip(rest_last) {
        *byte_of = byte(*first, *last);
    }
    bytes
}

/// All bits that any of some codes has.
pub(super) fn bits_of_codes(codes: &[u32]) -> u32 {
    codes.iter().fold(0, |bits, code| bits | code)
}

/// All bits that any of some bytes has.
pub(super) fn bits(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |bits, byte| bits | byte)
}

/// How many of some bytes are `wanted`.
pub(super) fn how_many(bytes: &[u8], wanted: u8) -> u64 {
    let mut found = 0;
    // No lane's count runs over within so many.
    for part in bytes.chunks(LANES * 255) {
        let mut counts = [0_u8; LANES];
        let (many, rest) = part.as_chunks::<LANES>();
        for bytes in many {
            for (count, byte) in counts.iter_mut().zip(bytes) {
                *count = count.wrapping_add(u8::from(*byte == wanted));
            }
        }
        found += counts.iter().map(|count| u64::from(*count)).sum::<u64>();
        found += rest
            .iter()
            .map(|byte| u64::from(*byte == wanted))
            .sum::<u64>();
    }
    found
}

/// The verdicts of an `and` or `or` of two: the second counts while the first is `while_it_is`.
pub(super) fn go_on(verdicts: &mut [u8], next: &[u8], while_it_is: u8) {
    for (verdict, next) in verdicts.iter_mut().zip(next) {
        *verdict = choose(*verdict == while_it_is, *next, *verdict);
    }
}

/// Verdicts of which some cannot be told: those where there is a reason.
pub(super) fn raise(verdicts: &mut [u8], states: &[u8]) {
    for (verdict, state) in verdicts.iter_mut().zip(states) {
        *verdict = choose(*state > 0, *state | RAISED, *verdict);
    }
}

/// The state of two values, the first read first: what was raised ends the row, and of two
/// reasons the graver counts.
#[inline]
pub(super) fn of_two(first: u8, last: u8) -> u8 {
    let (raised, last_raised) = (mask(first >= RAISED), mask(last >= RAISED));
    let graver = choose(first >= last, first, last);
    (first & raised) | (last & !raised & last_raised) | (graver & !raised & !last_raised)
}

/// Puts the rows whose verdict is 1 after others; every verdict is 0 or 1.
pub(super) fn keep(kept: &mut Vec<u32>, rows: &[u32], verdicts: &[u8]) {
    let mut next = kept.len();
    kept.resize(next + rows.len(), 0);
    for (row, verdict) in rows.iter().zip(verdicts) {
        // Each is written, and written over where it does not count.
        kept[next] = *row;
        next += usize::from(*verdict);
    }
    kept.truncate(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Around every edge: nothing, one, and a little less and more than goes in one go.
    const LENGTHS: [usize; 12] = [0, 1, 2, 15, 16, 17, 31, 32, 33, 1023, 1024, 5_000];

    fn bytes(len: usize, of: usize) -> Vec<u8> {
        (0..len).map(|row| (row * row % 251 % of) as u8).collect()
    }

    #[test]
    fn many_rows_in_one_go_give_what_each_gives_by_itself() {
        for len in LENGTHS {
            let numbers: Vec<f64> = (0..len).map(|row| (row % 7) as f64 - 2.0).collect();
            let others: Vec<f64> = (0..len).map(|row| (row % 5) as f64 - 2.0).collect();
            let positive = |a: f64| u8::from(a > 0.0);
            let one_by_one: Vec<u8> = numbers.iter().map(|a| positive(*a)).collect();
            assert_eq!(of_each(&numbers, positive), one_by_one);
            let above = |a: f64, b: f64| u8::from(a > b);
            let pairs = numbers.iter().zip(&others);
            let one_by_one: Vec<u8> = pairs.map(|(a, b)| above(*a, *b)).collect();
            assert_eq!(of_both(&numbers, &others, above), one_by_one);
            for wanted in 0..4 {
                let all = bytes(len, 3);
                let found = all.iter().filter(|byte| **byte == wanted).count();
                assert_eq!(how_many(&all, wanted), found as u64);
            }
            let codes: Vec<u32> = (0..len as u32).collect();
            assert_eq!(bits_of_codes(&codes), codes.iter().fold(0, |a, b| a | b));
            let verdicts = bytes(len, 2);
            let mut kept = vec![9, 8];
            keep(&mut kept, &codes, &verdicts);
            let those = codes
                .iter()
                .zip(&verdicts)
                .filter(|(_, is_in)| **is_in == 1);
            let those: Vec<u32> = [9, 8]
                .into_iter()
                .chain(those.map(|(row, _)| *row))
                .collect();
            assert_eq!(kept, those);
        }
    }

    #[test]
    fn choices_by_masks_are_those_of_conditions() {
        for first in 0..=15_u8 {
            for last in 0..=15_u8 {
                let wanted = match (first >= RAISED, last >= RAISED) {
                    (true, _) => first,
                    (false, true) => last,
                    (false, false) => first.max(last),
                };
                assert_eq!(of_two(first, last), wanted, "{first} {last}");
                for while_it_is in [0, 1] {
                    let mut verdicts = [first];
                    go_on(&mut verdicts, &[last], while_it_is);
                    let goes_on = first == while_it_is;
                    assert_eq!(verdicts, [if goes_on { last } else { first }]);
                }
                let mut verdicts = [first];
                raise(&mut verdicts, &[last]);
                assert_eq!(verdicts, [if last > 0 { last | RAISED } else { first }]);
            }
        }
    }
}
