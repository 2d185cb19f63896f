//! What goes over a connection: the head of a request in, within a few kilobytes and seconds; an
//! answer out, in one piece. One request a connection: what may follow the head is not heard.

use std::fmt::Write as _;
use std::io::{self, Read, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// A browser's head is one kilobyte, and more where other programs of this computer left cookies.
const HEAD: usize = 16 * 1024;
/// So many headers are read; a browser sends twenty.
const HEADERS: usize = 100;
/// A head is there within this time, whoever sends it.
const SOON: Duration = Duration::from_secs(5);

/// So long, and so much, is read of what need not be heard.
const SEEN_OFF: Duration = Duration::from_secs(1);
const IN_VAIN: usize = 1024 * 1024;

/// What a request says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) method: String,
    /// The path with what follows a question mark, as it was sent.
    pub(super) url: String,
    pub(super) host: Option<String>,
    pub(super) site: Option<String>,
}

/// Why there is no head.
#[derive(Debug)]
pub(super) enum NoHead {
    /// To be answered with this status.
    Refused(u16),
    /// Nobody is there, or nothing was said in time.
    Gone,
}

/// An answer to a request.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: [(&'static str, &'static str); 8],
    pub(super) body: Vec<u8>,
}

/// Sees to it that a connection waits for nobody: neither for word that what was sent is there
/// (`TCP_NODELAY`: a browser's system puts that off for 40 ms) nor long for room to send.
pub(super) fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(SOON))
}

/// Reads the head of a request.
pub(super) fn read(stream: &TcpStream) -> Result<Head, NoHead> {
    let until = Instant::now() + SOON;
    let mut bytes = vec![0; HEAD];
    let mut length = 0;
    while length < HEAD {
        match more(stream, &mut bytes[length..], until) {
            Ok(0) | Err(_) => return Err(NoHead::Gone),
            Ok(read) => length += read,
        }
        if let Some(head) = head(&bytes[..length])? {
            return Ok(head);
        }
    }
    Err(NoHead::Refused(431))
}

/// Reads what is there next, until then at most.
fn more(mut stream: &TcpStream, into: &mut [u8], until: Instant) -> io::Result<usize> {
    let left = until.saturating_duration_since(Instant::now());
    // To wait for no time at all is a fault, which is as good as none left.
    stream.set_read_timeout(Some(left))?;
    stream.read(into)
}

/// The head that these bytes begin with, if it is there to its end.
fn head(bytes: &[u8]) -> Result<Option<Head>, NoHead> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(NoHead::Refused(431)),
        Err(_) => return Err(NoHead::Refused(400)),
    }
    let header = |name: &str| {
        let mut headers = request.headers.iter();
        let found = headers.find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).into_owned())
    };
    Ok(Some(Head {
        method: request.method.unwrap_or_default().to_owned(),
        url: request.path.unwrap_or_default().to_owned(),
        host: header("Host"),
        site: header("Sec-Fetch-Site"),
    }))
}

/// Sends an answer: to `HEAD` without what it would hold.
pub(super) fn send(mut stream: &TcpStream, method: &str, answer: &Answer) {
    let mut bytes = answer.head().into_bytes();
    if method != "HEAD" {
        bytes.extend(&answer.body);
    }
    // A browser that went away need not be told.
    if stream.write_all(&bytes).is_ok() && stream.shutdown(Shutdown::Write).is_ok() {
        let _ = see_off(stream);
    }
}

/// Reads what was said in vain, for a moment: if a connection is closed over it, the answer may be lost
/// on its way.
fn see_off(stream: &TcpStream) -> io::Result<()> {
    let until = Instant::now() + SEEN_OFF;
    let mut bytes = vec![0; HEAD];
    let mut length = 0;
    while length < IN_VAIN {
        match more(stream, &mut bytes, until)? {
            0 => break,
            read => length += read,
        }
    }
    Ok(())
}

impl Answer {
    fn head(&self) -> String {
        let words = match self.status {
            200 => "OK",
            400 => "Bad Request",
            403 => "Forbidden",
            405 => "Method Not Allowed",
            431 => "Request Header Fields Too Large",
            _ => "Not Found",
        };
        let mut head = format!("HTTP/1.1 {} {words}\r\n", self.status);
        let length = self.body.len();
        // Writing to a text does not fail.
        let _ = write!(head, "Content-Length: {length}\r\nConnection: close\r\n");
        for (name, value) in self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        head
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Both ends of a connection, the browser's first.
    fn connection() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let browser = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (browser, listener.accept().unwrap().0)
    }

    #[test]
    fn what_is_sent_to_a_browser_does_not_wait_for_word_from_it() {
        let (browser, connection) = connection();
        prepare(&connection).unwrap();
        assert!(connection.nodelay().unwrap());
        assert!(!browser.nodelay().unwrap(), "it is not so by itself");
        assert!(connection.write_timeout().unwrap().is_some());
    }

    #[test]
    fn a_head_is_read_however_it_is_cut() {
        let text = b"GET /a?b HTTP/1.1\r\nHOST: h\r\nsec-fetch-site: none\r\n\r\nmore";
        let wanted = Head {
            method: "GET".into(),
            url: "/a?b".into(),
            host: Some("h".into()),
            site: Some("none".into()),
        };
        let end = text.len() - 4;
        for at in 0..end {
            assert_eq!(head(&text[..at]).unwrap(), None, "{at}");
        }
        assert_eq!(head(&text[..end]).unwrap(), Some(wanted));
        let (mut browser, connection) = connection();
        browser.write_all(&text[..20]).unwrap();
        browser.write_all(&text[20..]).unwrap();
        assert_eq!(read(&connection).unwrap().url, "/a?b");
    }

    #[test]
    fn who_says_nothing_in_time_is_not_waited_for() {
        let (mut browser, connection) = connection();
        browser.write_all(b"GET / HTTP/1.1\r\n").unwrap();
        let came = std::thread::spawn(move || read(&connection));
        // Longer than one pause may be, if each were counted from the last word.
        while !came.is_finished() && browser.write_all(b"X: x\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(500));
        }
        assert!(matches!(came.join().unwrap(), Err(NoHead::Gone)));
    }
}
