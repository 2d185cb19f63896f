//! A line on the terminal while a run takes longer than half a second: a run's counters in,
//! words on stderr out. Nothing where stderr is no terminal.

use healthcheck::host::Progress;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What takes no longer needs no word.
const SOON: Duration = Duration::from_millis(500);
const AGAIN: Duration = Duration::from_millis(150);

/// Back to the beginning of an empty line.
const CLEAR: &str = "\r\u{1b}[K";

/// Does some work, and says meanwhile how far it has come.
pub fn beside<T>(progress: &Arc<Progress>, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (end, ended) = channel::<()>();
    let progress = progress.clone();
    let began = Instant::now();
    let telling = thread::spawn(move || {
        let mut wait = SOON;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(wait) {
            let come = (progress.done(), progress.councils(), progress.rows());
            say(&format!("{CLEAR}{}", words(come, began.elapsed())));
            wait = AGAIN;
        }
        if wait == AGAIN {
            say(CLEAR);
        }
    });
    let done = work();
    drop(end);
    let _ = telling.join();
    done
}

fn say(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Of councils done, of all, and rows read: `12 of 153 councils, 410,000 rows a second, about 118
/// seconds left`.
fn words((done, all, rows): (usize, usize, u64), took: Duration) -> String {
    let councils = if all == 1 { "council" } else { "councils" };
    let mut line = format!("{done} of {all} {councils}");
    let seconds = took.as_secs_f64();
    if rows > 0 {
        let a_second = in_thousands((rows as f64 / seconds) as u64);
        line.push_str(&format!(", {a_second} rows a second"));
    }
    if done > 0 && done < all {
        let left = seconds / done as f64 * (all - done) as f64;
        line.push_str(&format!(", about {} seconds left", left.ceil()));
    }
    line
}

fn in_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(7, "7"), (1_234, "1,234"), (41_000_000, "41,000,000")] {
            assert_eq!(in_thousands(number), text);
        }
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known_yet() {
        assert_eq!(words((0, 0, 0), Duration::from_secs(1)), "0 of 0 councils");
    }

    #[test]
    fn the_line_says_what_the_page_shows() {
        let line = words((12, 153, 4_100_000), Duration::from_secs(10));
        assert_eq!(
            line,
            "12 of 153 councils, 410,000 rows a second, about 118 seconds left"
        );
        assert!(include_str!("../../../docs/command-line.md").contains(&line));
    }
}
