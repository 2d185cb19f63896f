//! What may have changed and was not looked at: paths in, and from too many of them on everything.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// From so many changed paths on, everything is looked at.
const MANY: usize = 256;

/// Paths to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touched {
    These(BTreeSet<PathBuf>),
    Everything,
}

impl Default for Touched {
    fn default() -> Self {
        Touched::These(BTreeSet::new())
    }
}

impl Touched {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Touched::These(paths) if paths.is_empty())
    }

    pub(super) fn add(&mut self, path: PathBuf) {
        if let Touched::These(paths) = self {
            paths.insert(path);
            if paths.len() > MANY {
                *self = Touched::Everything;
            }
        }
    }
}
