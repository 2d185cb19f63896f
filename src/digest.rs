//! SHA-256: bytes in, a digest out.

mod value;

use sha2::digest::generic_array::GenericArray;
use sha2::{Digest, Sha256, compress256};
use std::hash::Hasher;
use std::io;
pub(crate) use value::of_value;

/// The digest of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The same in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hexadecimal(&sha256(bytes))
}

/// A digest of what is put into it piece by piece: bytes that are written, and values that can
/// be hashed.
#[derive(Clone, Default)]
pub(crate) struct Running {
    of: Sha256,
    /// What is not yet put in: many pieces are a few bytes long.
    held: Vec<u8>,
}

/// So many bytes are put in at a time.
const AT_A_TIME: usize = 8 << 10;

impl Running {
    /// The digest of all that was put in.
    pub(crate) fn sha256(mut self) -> [u8; 32] {
        self.of.update(&self.held);
        self.of.finalize().into()
    }

    /// The same in hexadecimal.
    pub(crate) fn hexadecimal(self) -> String {
        hexadecimal(&self.sha256())
    }

    /// More bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        if self.held.len() + bytes.len() >= AT_A_TIME {
            self.of.update(&self.held);
            self.held.clear();
        }
        if bytes.len() >= AT_A_TIME {
            self.of.update(bytes);
        } else {
            self.held.extend_from_slice(bytes);
        }
    }
}

impl io::Write for Running {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Hasher for Running {
    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes);
    }

    /// The first 8 bytes of the digest.
    fn finish(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.clone().sha256();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;

/// Digests of many short texts of one length, each of which has room for what SHA-256 puts after
/// a text: a bit that is 1, and its length.
pub(crate) struct Alike {
    length: usize,
}

impl Alike {
    /// Texts of so many bytes.
    pub(crate) fn new(length: usize) -> Self {
        Self { length }
    }

    /// How far one text begins after another.
    pub(crate) fn stride(&self) -> usize {
        (self.length + 1 + size_of::<u64>()).next_multiple_of(BLOCK)
    }

    /// Room for so many texts, with what stands after each.
    pub(crate) fn room(&self, texts: usize) -> Vec<u8> {
        let mut room = vec![0; self.stride() * texts];
        for text in room.chunks_exact_mut(self.stride()) {
            text[self.length] = 0x80;
            let bits = 8 * self.length as u64;
            let end = text.len() - size_of::<u64>();
            text[end..].copy_from_slice(&bits.to_be_bytes());
        }
        room
    }

    /// The digest of one of those texts, its room included.
    pub(crate) fn sha256(&self, text: &[u8]) -> [u32; 8] {
        // The square roots of the first eight primes, as the standard has it.
        let mut state = [
            0x6a09_e667,
            0xbb67_ae85,
            0x3c6e_f372,
            0xa54f_f53a,
            0x510e_527f,
            0x9b05_688c,
            0x1f83_d9ab,
            0x5be0_cd19,
        ];
        for block in text.chunks_exact(BLOCK) {
            compress256(
                &mut state,
                std::slice::from_ref(GenericArray::from_slice(block)),
            );
        }
        state
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{AT_A_TIME, Alike, Running, sha256, sha256_hex};
    use std::io::Write;

    #[test]
    fn a_digest_is_that_of_the_standard() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_digest_made_piece_by_piece_is_that_of_the_whole() {
        let text = vec![7; 3 * AT_A_TIME];
        for piece in [1, 100, AT_A_TIME, 2 * AT_A_TIME] {
            let mut running = Running::default();
            for piece in text.chunks(piece) {
                running.write_all(piece).unwrap();
            }
            assert_eq!(running.sha256(), sha256(&text));
        }
    }

    #[test]
    fn many_texts_of_one_length_have_the_digests_that_each_has_by_itself() {
        for length in [0, 1, 54, 55, 56, 63, 64, 119, 120, 200] {
            let alike = Alike::new(length);
            let mut room = alike.room(3);
            for (nth, text) in room.chunks_exact_mut(alike.stride()).enumerate() {
                text[..length].fill(nth as u8 + 7);
            }
            for text in room.chunks_exact(alike.stride()) {
                let digest: Vec<u8> = (alike.sha256(text).iter())
                    .flat_map(|word| word.to_be_bytes())
                    .collect();
                assert_eq!(digest, sha256(&text[..length]), "{length}");
            }
        }
    }
}
