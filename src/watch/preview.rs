//! The live preview: what was published, in a browser on this computer, and around it what
//! an author wants to know while editing. News of a watch in, pages over HTTP out.
//!
//! The pages are served byte for byte as they are published. What reloads them, keeps their
//! place and shows faults stands around them, in a frame of its own ([`Frame`](door::Way)).
//! The server listens on this computer alone, answers only to its own name, and only under
//! an address that nobody can guess.

mod board;
mod door;
mod hall;
mod picture;
mod serve;
mod wire;

use super::News;
use crate::host::Destination;
use board::Board;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// So long the end of a preview may take.
const SOON: Duration = Duration::from_secs(1);

/// A preview of what is published at a destination. It ends when it is dropped.
pub struct Preview {
    address: String,
    shared: Arc<Shared>,
    at: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

/// What the watch tells and the server's threads read.
struct Shared {
    board: Mutex<Board>,
    news: Condvar,
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        // The board is whole between any two steps.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The board as JSON, as soon as it is another than that of this generation, or when
    /// patience ends, or whoever asks has left.
    fn after(&self, generation: u64, patience: Duration, left: impl Fn() -> bool) -> String {
        let until = Instant::now() + patience;
        let mut board = self.board();
        while board.generation() == generation && !board.is_closed() && !left() {
            let more = until.saturating_duration_since(Instant::now());
            if more.is_zero() {
                break;
            }
            board = match self.news.wait_timeout(board, more) {
                Ok((board, _)) => board,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        board.json()
    }

    /// Has all who wait for news look whether they are to go on.
    fn wake(&self) {
        // Nobody is between a look and the wait that follows while this holds the board.
        let _board = self.board();
        self.news.notify_all();
    }
}

impl Preview {
    /// Opens a preview on this computer, on a port that is free or on this one.
    ///
    /// # Errors
    /// The port is taken, or the system gives none.
    pub fn open(to: &Destination, port: Option<u16>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port.unwrap_or(0)))?;
        let at = listener.local_addr()?;
        let port = at.port();
        let token = token()?;
        let shared = Arc::new(Shared {
            board: Mutex::new(Board::new(to)),
            news: Condvar::new(),
        });
        let house = Arc::new(serve::House {
            door: door::Door::new(port, &token),
            root: to.path().to_owned(),
            shared: shared.clone(),
        });
        let thread = std::thread::Builder::new()
            .name("healthcheck preview".into())
            .spawn(move || serve::serve(&listener, &house))?;
        Ok(Self {
            address: format!("http://127.0.0.1:{port}/{token}/"),
            shared,
            at,
            thread: Some(thread),
        })
    }

    /// The address to open in a browser.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Shows the news: pages that changed are loaded again, faults are shown over the last
    /// good page, and what moved is listed.
    pub fn hear(&self, news: &News) {
        if self.shared.board().hear(news) {
            self.shared.wake();
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.shared.board().close();
        self.shared.wake();
        // Who waits for the next to come is woken by one. Where that is not to be had it is not waited
        // for: it ends with the next that does come, or with the program.
        let is_woken = TcpStream::connect_timeout(&self.at, SOON).is_ok();
        if let (Some(thread), true) = (self.thread.take(), is_woken) {
            // It has nothing to say that could still be told.
            let _ = thread.join();
        }
    }
}

/// Sixteen bytes from the system, in hexadecimal.
fn token() -> io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
