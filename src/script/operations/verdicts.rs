//! What a condition says of some rows, a byte a row; in bulk or one by one out.

use super::block::{RAISED, why};
use super::lanes;
use crate::data::code_of;
use crate::missing::Missing;

/// Verdicts, one a row: 0 for false, 1 for true, else [`RAISED`] with a reason's code.
pub(in crate::script) struct Bools(pub(super) Vec<u8>);

/// Of how many rows a condition is true, of how many false, and why of others it cannot be told.
pub(in crate::script) struct Count {
    pub(in crate::script) yes: u64,
    pub(in crate::script) no: u64,
    pub(in crate::script) untold: [(Missing, u64); Missing::ALL.len()],
}

impl Bools {
    /// Whether it can be told of each row, so that each verdict is 0 or 1.
    fn all_told(&self) -> bool {
        lanes::bits(&self.0) <= 1
    }

    /// How many rows it is true of, and the like.
    pub(in crate::script) fn count(&self) -> Count {
        let yes = lanes::how_many(&self.0, 1);
        let rest = self.0.len() as u64 - yes;
        let mut count = Count {
            yes,
            no: rest,
            untold: Missing::ALL.map(|reason| (reason, 0)),
        };
        if !self.all_told() {
            count.no = lanes::how_many(&self.0, 0);
            for (reason, many) in &mut count.untold {
                *many = lanes::how_many(&self.0, code_of(*reason) | RAISED);
            }
        }
        count
    }

    /// Puts the rows that it is true of after others; `false`, and nothing, where it cannot be
    /// told of each.
    pub(in crate::script) fn keep(&self, rows: &[u32], kept: &mut Vec<u32>) -> bool {
        let told = self.all_told();
        if told {
            lanes::keep(kept, rows, &self.0);
        }
        told
    }

    /// What each row gives.
    pub(in crate::script) fn iter(&self) -> impl Iterator<Item = Result<bool, Missing>> + '_ {
        self.0.iter().map(|verdict| match verdict {
            0 => Ok(false),
            1 => Ok(true),
            raised => Err(why(*raised).unwrap_or(Missing::NotAvailable)),
        })
    }
}
