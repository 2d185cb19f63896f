//! Numbers out of bytes, one after the other; noughts once there are none left.

pub(super) struct Bytes<'b>(pub &'b [u8]);

impl Bytes<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn one(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    pub(super) fn two(&mut self) -> u16 {
        u16::from_be_bytes([self.one(), self.one()])
    }

    /// A number below `bound`, which is at least 1.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let number = match bound {
            0..=256 => usize::from(self.one()),
            _ => usize::from(self.two()),
        };
        number % bound.max(1)
    }
}
