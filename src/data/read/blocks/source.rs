//! A file as it comes in; its first rows, then blocks of whole lines for whoever is free, its
//! last rows and its hash out.
//!
//! Whoever asks for a block reads it, then hashes it while the next is read by another. So no
//! thread only reads, and every byte is read and hashed once.

use super::Incoming;
use crate::data::read::caps::LONGEST_LINE;
use crate::data::read::decode;
use crate::data::read::file::too_long as longer;
use crate::data::read::foot;
use crate::data::read::lead;
use crate::data::read::plain::{Part, Parts};
use crate::digest::Running;
use crate::stop::is_stopped;
use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes among which the first rows are looked for, if a block is less.
const HEAD: usize = 2 << 20;

/// Lines with something in them that are held back: more than a foot has, and the last of
/// them may be in two pieces yet.
pub(super) const HELD_BACK: usize = foot::MOST_LAST_ROWS + 2;

/// Bytes that may be held back, and that are kept of few rows.
const MOST_HELD: usize = 16 * LONGEST_LINE;

/// A block is worth another thread if it is one of many.
const WORTH_A_THREAD: u64 = 1 << 20;

/// A file that is handed out in blocks.
pub(super) struct Source<'r> {
    length: u64,
    block: usize,
    told: &'r (dyn Fn(usize) + Sync),
    intake: Mutex<Intake<'r>>,
    sum: Mutex<Running>,
    /// The first block that is not ordinary: its place and its lines.
    odd: Mutex<Option<(usize, Vec<u8>)>>,
}

/// What was read of it and not yet handed out.
struct Intake<'r> {
    from: &'r mut (dyn Read + Send),
    held: Vec<u8>,
    bytes: u64,
    /// Blocks handed out so far.
    blocks: usize,
    ended: bool,
    /// Whether no more is wanted.
    over: bool,
    fault: Option<io::Error>,
    /// The text handed out so far, while it has few rows, and how many more are few.
    kept: Option<(Vec<u8>, usize)>,
}

/// What a file has come to.
pub(super) struct Ended {
    /// Its last lines.
    pub last: Vec<u8>,
    /// The first block that is not ordinary.
    pub odd: Option<Vec<u8>>,
    /// The text of all blocks, if they have few rows.
    pub kept: Option<Vec<u8>>,
    /// SHA-256 of all its bytes, in hexadecimal.
    pub sha256: String,
    pub bytes: u64,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unlocked<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl<'r> Source<'r> {
    /// Reads the first rows. `settle` is given their text, and whether it is all there is: once
    /// that is enough, it says what they are and how many bytes stand above those that are
    /// handed out.
    pub(super) fn of<H>(
        incoming: Incoming<'r>,
        settle: impl Fn(&str, bool) -> Option<(H, usize)>,
    ) -> io::Result<(Self, Option<H>)> {
        let block = incoming.block.max(1);
        let mut intake = Intake {
            from: incoming.from,
            held: Vec::new(),
            bytes: 0,
            blocks: 0,
            ended: false,
            over: false,
            fault: None,
            kept: None,
        };
        let mut sum = Running::default();
        let mut raw = Vec::new();
        let mut lines = 0;
        let mut head = None;
        while head.is_none() && !intake.ended && raw.len() < HEAD {
            let from = raw.len();
            intake.read(block, &mut raw)?;
            sum.add(&raw[from..]);
            lines += raw[from..].iter().filter(|byte| **byte == b'\n').count();
            let enough = raw[from..].contains(&b'\n') && lines > lead::MOST_FIRST_ROWS;
            if enough || intake.ended {
                head = intake.settle(&raw, &settle);
            }
        }
        let source = Self {
            length: incoming.length,
            block,
            told: incoming.told,
            intake: Mutex::new(intake),
            sum: Mutex::new(sum),
            odd: Mutex::new(None),
        };
        Ok((source, head))
    }

    /// Keeps the text of what is handed out, as long as it has no more rows than that.
    pub(super) fn keep_up_to(&mut self, rows: usize) {
        locked(&self.intake).kept = Some((Vec::new(), rows));
    }

    /// On how many threads it is worth reading.
    pub(super) fn hands(&self) -> usize {
        usize::try_from(self.length / WORTH_A_THREAD + 1).unwrap_or(usize::MAX)
    }

    /// What it has come to, once all is handed out.
    pub(super) fn ended(self) -> io::Result<Ended> {
        let intake = unlocked(self.intake);
        if let Some(fault) = intake.fault {
            return Err(fault);
        }
        Ok(Ended {
            last: intake.held,
            odd: unlocked(self.odd).map(|(_, lines)| lines),
            kept: intake.kept.map(|(text, _)| text),
            sha256: unlocked(self.sum).hexadecimal(),
            bytes: intake.bytes,
        })
    }
}

impl Intake<'_> {
    /// Reads so many bytes more, or what is left.
    fn read(&mut self, block: usize, into: &mut Vec<u8>) -> io::Result<()> {
        into.reserve(block);
        let read = Read::take(&mut *self.from, block as u64).read_to_end(into)?;
        self.bytes += read as u64;
        self.ended = read < block;
        Ok(())
    }

    /// What the first rows are, if what was read says so; what follows them is held.
    fn settle<H>(
        &mut self,
        raw: &[u8],
        settle: impl Fn(&str, bool) -> Option<(H, usize)>,
    ) -> Option<H> {
        const MARK: &[u8] = b"\xef\xbb\xbf";
        let raw = raw.strip_prefix(MARK).unwrap_or(raw);
        let end = raw.iter().rposition(|byte| *byte == b'\n')? + 1;
        let (lines, begun) = match self.ended {
            true => (raw, &raw[raw.len()..]),
            false => raw.split_at(end),
        };
        let mut lines = lines.to_vec();
        if lines.starts_with(b"PK\x03\x04") || !decode::tidied(&mut lines) {
            return None;
        }
        let text = std::str::from_utf8(&lines).ok()?;
        if text.trim().is_empty() {
            return None;
        }
        let (head, above) = settle(text, self.ended)?;
        if longer(&lines[..above], LONGEST_LINE).is_some() {
            return None;
        }
        self.held = lines.split_off(above);
        self.held.extend_from_slice(begun);
        Some(head)
    }

    /// Reads on into `room`, behind what is held, until there are lines to hand out or the file
    /// ends; gives how many bytes of it they are. The rest is held.
    fn cut(&mut self, block: usize, room: &mut Vec<u8>) -> io::Result<usize> {
        loop {
            if is_stopped() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if !self.ended {
                self.read(block, room)?;
            }
            let lines = before_the_last(room, HELD_BACK);
            if lines > 0 || self.ended || room.len() > MOST_HELD {
                self.held.clear();
                self.held.extend_from_slice(&room[lines..]);
                return Ok(lines);
            }
        }
    }

    /// Keeps the text of a block, if all blocks so far have few rows.
    fn keep(&mut self, block: &[u8]) {
        if let Some((text, more)) = &mut self.kept {
            let rows = block.iter().filter(|byte| **byte == b'\n').count();
            if rows > *more || text.len() + block.len() > MOST_HELD {
                self.kept = None;
            } else {
                *more -= rows;
                text.extend_from_slice(block);
            }
        }
    }
}

impl Parts for Source<'_> {
    fn next<'r>(&'r self, room: &'r mut Vec<u8>) -> Option<Part<'r>> {
        let mut intake = locked(&self.intake);
        if intake.over {
            return None;
        }
        room.clear();
        room.extend_from_slice(&intake.held);
        let held = room.len();
        let lines = match intake.cut(self.block, room) {
            Ok(lines) => lines,
            Err(fault) => {
                (intake.over, intake.fault) = (true, Some(fault));
                return None;
            }
        };
        let nth = intake.blocks;
        if lines > 0 {
            intake.blocks += 1;
            intake.keep(&room[..lines]);
        }
        // Before another reads, so that bytes are added in their order.
        let mut sum = locked(&self.sum);
        drop(intake);
        sum.add(&room[held..]);
        drop(sum);
        let too_long = lines == 0 && room.len() > MOST_HELD;
        if lines == 0 && !too_long {
            return None;
        }
        room.truncate(lines);
        if too_long || !decode::tidied(room) || longer(room, LONGEST_LINE).is_some() {
            self.is_odd(&Part { nth, text: room });
            locked(&self.intake).over = true;
            return None;
        }
        Some(Part { nth, text: room })
    }

    fn bytes(&self) -> u64 {
        self.length
    }

    fn is_odd(&self, part: &Part<'_>) {
        let mut odd = locked(&self.odd);
        if odd.as_ref().is_none_or(|(nth, _)| part.nth < *nth) {
            *odd = Some((part.nth, part.text.to_vec()));
        }
    }

    fn are_read(&self, rows: usize) {
        (self.told)(rows);
    }
}

/// How many bytes stand before the last so many lines with something in them; 0 if there are
/// no more. The last line need not have ended.
fn before_the_last(text: &[u8], lines: usize) -> usize {
    let mut begins = text.len();
    let mut left = lines;
    while left > 0 {
        // The line that ends here, its line feed included if it has one.
        let line = text[..begins]
            .strip_suffix(b"\n")
            .unwrap_or(&text[..begins]);
        let start = line
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        left -= usize::from(!matches!(&line[start..], b"" | b"\r"));
        if start == 0 {
            return 0;
        }
        begins = start;
    }
    begins
}
