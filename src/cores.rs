//! How many cores this program may use: what work that goes side by side is parted by.

use std::sync::LazyLock;
use std::thread::available_parallelism;

/// How many, at least one. Asked of the system once: it reads several files to say so.
pub(crate) fn cores() -> usize {
    static CORES: LazyLock<usize> =
        LazyLock::new(|| available_parallelism().map_or(1, usize::from));
    *CORES
}
