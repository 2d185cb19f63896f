//! Ctrl-C, and the system's wish that we end: signals in; a flag that stops the work, and the
//! end by that very signal once everything is put away, out.
//!
//! Without it a program ends in the midst of writing, and what it wrote lies about until the
//! next run. A second signal ends it at once.

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGXFSZ};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The signals that ask a program to end: the last of a terminal that was closed, or that lost
/// whoever sat at it.
#[cfg(unix)]
const ASKING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
#[cfg(not(unix))]
const ASKING: [i32; 2] = [SIGINT, SIGTERM];

/// The signals that whoever started us wants to be passed over, as `nohup` does, a bit for each. Where
/// the system does not say, a closed terminal is left to do what it does.
#[cfg(unix)]
fn passed_over() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let mask = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.unwrap_or(1 << (SIGHUP - 1))
}

#[cfg(not(unix))]
fn passed_over() -> u64 {
    0
}

/// A file that grows beyond what may be written is then told like a disk that is full, and does
/// not end the program.
#[cfg(unix)]
fn outlive_large_files() {
    let _ = flag::register(SIGXFSZ, Arc::default());
}

#[cfg(not(unix))]
fn outlive_large_files() {}

/// What was asked of us so far.
#[derive(Default)]
pub struct Signals {
    stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// From now on a signal does not end the program but turns the flag. Where a system has
    /// no such signals, they do what they do there.
    pub fn heed(&self) {
        outlive_large_files();
        let passed_over = passed_over();
        let heeded = |signal: &i32| passed_over & (1 << (signal - 1)) == 0;
        for signal in ASKING.into_iter().filter(heeded) {
            let number = usize::try_from(signal).expect("signals have small numbers");
            // In this order: the second of its kind finds the flag turned by the first.
            let _ = flag::register_conditional_default(signal, self.stop.clone())
                .and_then(|_| flag::register_usize(signal, self.which.clone(), number))
                .and_then(|_| flag::register(signal, self.stop.clone()));
        }
    }

    /// True once the work is to end.
    pub fn stop(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// Ends the program as the signal would have, if one came: so a shell sees that it was
    /// stopped, and stops the loop that it ran in. Everything else must be done by now.
    pub fn end(&self) {
        if let Ok(signal @ 1..) = i32::try_from(self.which.load(Ordering::Relaxed)) {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
