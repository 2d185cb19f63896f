//! The sheets of a very large survey: columns of marks in, what they add up to and bundles of
//! them for resampling out.
//!
//! To draw each of a million sheets a thousand times takes minutes and tells no more than to
//! draw bundles of them: sheets are put into 1,000 bundles by lot, and bundles are drawn in
//! their place. A resample gives means, answers and agreement; covariances, which of so many
//! sheets hardly vary, stay those of all. See [the method](docs/method.md).

use super::{Tally, front, pair};
use crate::chance::SplitMix64;
use crate::data::{Marks, UNSCORED};
use crate::national::ANSWERS;

/// Bundles of a part.
const BUNDLES: usize = 1_000;

/// Sheets that are added up at a time: sums of products of steps fit 16 bits.
const BLOCK: usize = 2_048;

/// The most questions whose answers fit one number of 64 bits, six possible answers each.
const MOST: usize = 24;

/// Possible marks: none, and the five.
const MARKS: u64 = ANSWERS.len() as u64 + 1;

/// Counts that are kept of a question's marks: as many as three bits tell apart.
const ROOM: usize = 8;

/// The sheets of a part in bundles.
#[derive(Hash)]
pub(super) struct Bundles {
    tally: Tally,
    /// For each bundle: each question's steps, whether it was answered by one of the upper two
    /// answers, whether it was answered at all, and how many sheets there are.
    sums: Vec<u32>,
    width: usize,
}

impl Bundles {
    /// Of some rows; `None` where there are too many questions for one number. `seed` is the
    /// council's.
    pub(super) fn of(marks: &[&Marks], rows: &[u32], reversed: &[bool], seed: u64) -> Option<Self> {
        match marks.len() {
            // A shift is quicker than a division, and 21 times 3 bits fit.
            ..=21 => Some(Self::bundled::<8>(marks, rows, reversed, seed)),
            22..=MOST => Some(Self::bundled::<MARKS>(marks, rows, reversed, seed)),
            _ => None,
        }
    }

    /// Each sheet a number to the base of `BASE`.
    fn bundled<const BASE: u64>(
        marks: &[&Marks],
        rows: &[u32],
        reversed: &[bool],
        seed: u64,
    ) -> Self {
        let (tally, sheets) = added_up::<BASE>(marks, rows, reversed);
        let questions = marks.len();
        // How many sheets of each bundle gave each mark to each question.
        let each = ROOM * questions;
        let mut counts = vec![0_u32; each * BUNDLES];
        let mut sizes = vec![0_u32; BUNDLES];
        let mut chance = SplitMix64::seeded(seed);
        for mut sheet in sheets {
            let bundle = chance.below(BUNDLES as u64) as usize;
            sizes[bundle] += 1;
            let (counts, _) = counts[bundle * each..][..each].as_chunks_mut::<ROOM>();
            for counts in counts.iter_mut().rev() {
                counts[(sheet % BASE) as usize % ROOM] += 1;
                sheet /= BASE;
            }
        }
        let width = 3 * questions + 1;
        let mut sums = vec![0; width * BUNDLES];
        for (bundle, sums) in sums.chunks_exact_mut(width).enumerate() {
            let (counts, _) = counts[bundle * each..][..each].as_chunks::<ROOM>();
            for (j, (counts, reversed)) in counts.iter().zip(reversed).enumerate() {
                for (mark, sheets) in (0..MARKS as u32).zip(counts) {
                    sums[j] += step(mark, *reversed) * sheets;
                    sums[questions + j] += u32::from(mark + 1 >= MARKS as u32 - 1) * sheets;
                    sums[2 * questions + j] += u32::from(mark > 0) * sheets;
                }
            }
            sums[3 * questions] = sizes[bundle];
        }
        Self { tally, sums, width }
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        BUNDLES
    }

    /// How many bundles those asked would have filled.
    pub(super) fn of_asked(asked: u32, sheets: u32) -> u32 {
        let bundles = u64::from(asked) * BUNDLES as u64;
        let whole = (bundles + u64::from(sheets) / 2) / u64::from(sheets.max(1));
        u32::try_from(whole).unwrap_or(u32::MAX)
    }

    /// The same of this part.
    pub(super) fn asked(&self, asked: u32) -> u32 {
        Self::of_asked(asked, self.tally.sheets)
    }

    /// What all sheets add up to.
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// What they add up to, each as many `times` as it says: means, answers and agreement alone.
    pub(super) fn resample(&self, times: &[u32], tally: &mut Tally) {
        tally.clear_means();
        let mut all = vec![0_u32; self.width];
        for (bundle, times) in self.sums.chunks_exact(self.width).zip(times) {
            if *times > 0 {
                for (sum, of_bundle) in all.iter_mut().zip(bundle) {
                    *sum += times * of_bundle;
                }
            }
        }
        let questions = tally.questions;
        let sheets = all[3 * questions];
        tally.sheets += sheets;
        for j in 0..questions {
            tally.lanes[j] += all[j];
            tally.lanes[questions + j] += all[questions + j];
            tally.neither[j * questions + j] += sheets - all[2 * questions + j];
        }
    }
}

/// 0 to 4, turned round where agreeing is bad; 0 for no answer.
fn step(mark: u32, reversed: bool) -> u32 {
    match mark {
        0 => 0,
        mark if reversed => ANSWERS.len() as u32 - mark,
        mark => mark - 1,
    }
}

/// What some rows add up to, column by column, and each sheet as one number: its marks in the
/// order of the questions, so that numbers in order are sheets in canonical order.
fn added_up<const BASE: u64>(
    marks: &[&Marks],
    rows: &[u32],
    reversed: &[bool],
) -> (Tally, Vec<u64>) {
    let questions = marks.len();
    let mut tally = Tally::nothing(questions);
    let mut sheets = Vec::with_capacity(rows.len());
    let mut steps = vec![0_u8; BLOCK * questions];
    let mut gone = vec![0_u8; BLOCK * questions];
    for block in rows.chunks(BLOCK) {
        let mut numbers = vec![0_u64; block.len()];
        let columns = marks.iter().zip(reversed).enumerate();
        for (j, (marks, reversed)) in columns {
            let marks = marks.slice();
            let steps = &mut steps[j * BLOCK..][..block.len()];
            let gone = &mut gone[j * BLOCK..][..block.len()];
            let mut agreeing = 0;
            for (at, row) in block.iter().enumerate() {
                let mark = match marks[*row as usize] {
                    unscored if unscored >= UNSCORED => 0,
                    scored => u32::from(scored) + 1,
                };
                numbers[at] = numbers[at] * BASE + u64::from(mark);
                steps[at] = step(mark, *reversed) as u8;
                gone[at] = u8::from(mark == 0);
                agreeing += u32::from(mark >= MARKS as u32 - 2);
            }
            tally.lanes[questions + j] += agreeing;
        }
        tally.sheets += block.len() as u32;
        add_pairs(&steps, &gone, block.len(), &mut tally);
        sheets.extend(numbers);
    }
    sheets.sort_unstable();
    (tally, sheets)
}

/// Products and gaps of each two questions over one block.
fn add_pairs(steps: &[u8], gone: &[u8], len: usize, tally: &mut Tally) {
    let questions = tally.questions;
    let front = front(questions);
    let column = |all: &[u8], j: usize| j * BLOCK..j * BLOCK + len.min(all.len());
    for j in 0..questions {
        let (own, lacks) = (&steps[column(steps, j)], &gone[column(gone, j)]);
        tally.lanes[j] += sum(own);
        let any = lacks.contains(&1);
        for k in 0..questions {
            if k <= j {
                tally.lanes[front + pair(j, k)] += products(own, &steps[column(steps, k)]);
            }
            if any {
                tally.lost[j * questions + k] += products(lacks, &steps[column(steps, k)]);
                tally.neither[j * questions + k] += products(lacks, &gone[column(gone, k)]);
            }
        }
    }
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

/// The sum of the products of small numbers, in blocks small enough for 16 bits.
fn products(a: &[u8], b: &[u8]) -> u32 {
    let sum = |(a, b): (&[u8], &[u8])| -> u32 {
        let products = a.iter().zip(b).map(|(a, b)| u16::from(*a) * u16::from(*b));
        u32::from(products.fold(0_u16, u16::wrapping_add))
    };
    a.chunks(BLOCK).zip(b.chunks(BLOCK)).map(sum).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::firmness::Lot;
    use crate::assess::interval::{Sample, Stratum, spread};
    use crate::assess::sheets::Sheets;
    use crate::data::Answer;

    /// 3,000 sheets on three questions, of which one in five is left out, the first two alike.
    fn drawn() -> (Vec<Marks>, Vec<Vec<u8>>) {
        let mut chance = SplitMix64::seeded(9);
        let mut sheets = Vec::new();
        for _ in 0..3_000 {
            let own = chance.below(5) as u8;
            let mut mark = |answer: u8| if chance.below(5) == 0 { 0 } else { answer + 1 };
            let (first, second) = (mark(own), mark((own + 1).min(4)));
            let third = mark(4 - own / 2);
            sheets.push(vec![first, second, third]);
        }
        let answer = |mark: u8| match mark {
            0 => Answer::Blank,
            mark => Answer::Scored(mark - 1),
        };
        let column = |j: usize| {
            sheets
                .iter()
                .map(|sheet: &Vec<u8>| answer(sheet[j]))
                .collect()
        };
        ((0..3).map(column).collect(), sheets)
    }

    const REVERSED: [bool; 3] = [false, true, false];

    fn bundled(columns: &[Marks], rows: &[u32]) -> Bundles {
        let marks: Vec<&Marks> = columns.iter().collect();
        Bundles::of(&marks, rows, &REVERSED, 7).unwrap()
    }

    #[test]
    fn columns_add_up_to_what_sheets_add_up_to_and_their_order_does_not_matter() {
        let (columns, sheets) = drawn();
        let rows: Vec<u32> = (0..3_000).collect();
        let bundles = bundled(&columns, &rows);
        let each = Sheets::of(sheets, &REVERSED).tally();
        let whole = bundles.tally();
        for j in 0..3 {
            assert_eq!(whole.mean(j), each.mean(j));
            assert_eq!(whole.agreeing(j), each.agreeing(j));
        }
        let covariances = |tally: &Tally| {
            let (mut all, mut chances) = (Vec::new(), Vec::new());
            tally.covariances(&mut all, &mut chances);
            (all, chances)
        };
        assert_eq!(covariances(whole), covariances(&each));
        let mut once = Tally::nothing(3);
        bundles.resample(&[1; BUNDLES], &mut once);
        for j in 0..3 {
            assert_eq!(once.mean(j), each.mean(j));
            assert_eq!(once.answered(j), each.answered(j));
            assert_eq!(once.agreeing(j), each.agreeing(j));
        }
        let backwards: Vec<u32> = rows.into_iter().rev().collect();
        assert_eq!(bundled(&columns, &backwards).sums, bundles.sums);
    }

    #[test]
    fn bundles_drawn_in_place_of_sheets_vary_as_the_sheets_do() {
        let (columns, _) = drawn();
        let rows: Vec<u32> = (0..3_000).collect();
        let bundles = bundled(&columns, &rows);
        for asked in [None, Some(6_000)] {
            let stratum = Stratum::of(bundles.tally().clone(), asked, true);
            let mut lot = Lot::of(bundles.len(), asked.map(|asked| bundles.asked(asked)));
            let mut chance = SplitMix64::seeded(11);
            let mut times = vec![0; bundles.len()];
            let mut means = Vec::new();
            for _ in 0..400 {
                lot.draw(&mut chance, &mut times);
                let mut tally = Tally::nothing(3);
                bundles.resample(&times, &mut tally);
                means.push(tally.mean(0).unwrap());
            }
            let mean = means.iter().sum::<f64>() / 400.0;
            let squares: f64 = means.iter().map(|own| (own - mean).powi(2)).sum();
            let found = (squares / 399.0).sqrt();
            let spread = spread(&Sample::Alike(&stratum), &[1.0, 0.0, 0.0], Some(1.0)).unwrap();
            let ratio = found / spread.half_width;
            assert!((0.85..1.15).contains(&ratio), "{asked:?}: {ratio}");
        }
    }
}
