//! The live preview: what was published, in a browser on this computer, and around it what
//! an author wants to know while editing. News of a watch in, pages over HTTP out.
//!
//! The pages are served byte for byte as they are published. What reloads them, keeps their
//! place and shows faults stands around them, in a frame of its own ([`Frame`](door::Way)).
//! The server listens on this computer alone, answers only to its own name, and only under
//! an address that nobody can guess.

mod board;
mod door;
mod picture;
mod serve;

use super::News;
use crate::host::Destination;
use board::Board;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A preview of what is published at a destination. It ends when it is dropped.
pub struct Preview {
    address: String,
    shared: Arc<Shared>,
    server: Arc<tiny_http::Server>,
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
    /// patience ends.
    fn after(&self, generation: u64, patience: Duration) -> String {
        let until = Instant::now() + patience;
        let mut board = self.board();
        while board.generation() == generation && !board.is_closed() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            board = match self.news.wait_timeout(board, left) {
                Ok((board, _)) => board,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        board.json()
    }
}

impl Preview {
    /// Opens a preview on this computer, on a port that is free or on this one.
    ///
    /// # Errors
    /// The port is taken, or the system gives none.
    pub fn open(to: &Destination, port: Option<u16>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port.unwrap_or(0)))?;
        // Without it a page shows some 40 ms later, and is the same.
        let _ = answer_at_once(&listener);
        let server = tiny_http::Server::from_listener(listener, None)
            .map_err(|error| io::Error::other(error.to_string()))?;
        let port = server
            .server_addr()
            .to_ip()
            .ok_or_else(|| io::Error::other("the system gives no port"))?
            .port();
        let token = token()?;
        let server = Arc::new(server);
        let shared = Arc::new(Shared {
            board: Mutex::new(Board::new(to)),
            news: Condvar::new(),
        });
        let house = serve::House {
            door: door::Door::new(port, &token),
            root: to.path().to_owned(),
            shared: shared.clone(),
        };
        let listening = server.clone();
        let thread = std::thread::Builder::new()
            .name("healthcheck preview".into())
            .spawn(move || serve::serve(&listening, &Arc::new(house)))?;
        Ok(Self {
            address: format!("http://127.0.0.1:{port}/{token}/"),
            shared,
            server,
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
            self.shared.news.notify_all();
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.shared.board().close();
        self.shared.news.notify_all();
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            // It has nothing to say that could still be told.
            let _ = thread.join();
        }
    }
}

/// Sees to it that what is sent over the connections of this listener, which take after it, does not
/// wait. An answer is sent in pieces; else the second waits until the browser's system has told that
/// the first is there, which it puts off for 40 ms.
fn answer_at_once(listener: &TcpListener) -> io::Result<()> {
    let same = listener.try_clone()?;
    #[cfg(unix)]
    let same = TcpStream::from(std::os::fd::OwnedFd::from(same));
    #[cfg(windows)]
    let same = TcpStream::from(std::os::windows::io::OwnedSocket::from(same));
    same.set_nodelay(true)
}

/// Sixteen bytes from the system, in hexadecimal.
fn token() -> io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_to_a_browser_does_not_wait_for_word_from_it() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        answer_at_once(&listener).unwrap();
        let browser = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (connection, _) = listener.accept().unwrap();
        assert!(connection.nodelay().unwrap());
        assert!(!browser.nodelay().unwrap(), "it is not so by itself");
    }
}
