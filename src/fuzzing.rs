//! Doors for fuzzers, and for the tests that run what fuzzers found: any bytes in; nothing
//! out, but a panic where a promise is broken.
//!
//! Compiled for tests and with the feature `fuzzing` alone; no part of the public interface.
//! Each target is a function of bytes, so that one text serves libFuzzer, the mutator of our
//! own in `fuzz/`, and `cargo test`, which replays every seed and every find.

mod bytes;
#[cfg(feature = "watch")]
mod machine;
mod planner;
mod results;
mod script;
mod table;
mod template;
mod told;
#[cfg(feature = "workbooks")]
mod workbook;

#[cfg(test)]
mod limits;
#[cfg(test)]
mod replay;

/// What is tried: a name, which is also the folder of its seeds, and what takes the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("script", script::script),
    ("template", template::template),
    ("table", table::table),
    #[cfg(feature = "workbooks")]
    ("workbook", workbook::workbook),
    ("results", results::results),
    ("planner", planner::planner),
    #[cfg(feature = "watch")]
    ("machine", machine::machine),
];
