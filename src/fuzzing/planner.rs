//! The planner of disclosure control: bytes as chances in, a crowd drawn by them and planned.

use super::bytes::Bytes;
use crate::disclose::planned;

pub(super) fn planner(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    planned(|bound| bytes.below(bound));
}
