//! The attacker's files: paths in; what can be opened of the publications there, out.

use super::Host;
use super::results::standing;
use crate::attack::{Attempt, attempt};
use crate::diagnostic::Diagnostics;
use crate::publication::Publication;
use std::path::PathBuf;

impl Host {
    /// Attacks publications: `results.json` files, folders that hold one, or folders of such
    /// folders. Several of one council and date are its releases, attacked together.
    ///
    /// # Errors
    /// A file or folder that is not there or holds no publication.
    pub fn attack(&self, paths: &[PathBuf]) -> Result<Attempt, Diagnostics> {
        let (found, faults) = standing(paths);
        if faults.has_errors() {
            return Err(faults);
        }
        let publications: Vec<&Publication> = found.iter().map(|(_, one)| one).collect();
        Ok(attempt(&publications))
    }
}
