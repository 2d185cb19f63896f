//! Answers requests: what the door lets in, with the headers that keep it in its place.

use super::Shared;
use super::door::{Asked, Door, Way};
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tiny_http::{Header, Request, Response, Server};

/// So many requests are answered at a time; a browser has six.
const AT_ONCE: usize = 64;
/// How long a browser waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where folders cannot be exchanged in one step, one may be away for a moment.
const AWAY: Duration = Duration::from_millis(20);

const FRAME: &str = include_str!("frame.html");
const SCRIPT: &str = include_str!("frame.js");
const STYLE: &str = include_str!("frame.css");

/// Nothing of the frame comes from elsewhere, and nobody else may frame it.
const FRAME_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
/// The pages have a policy of their own; no script runs in them whatever it says.
const PAGE_POLICY: &str = "script-src 'none'; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'";

/// What the server's threads share.
pub(super) struct House {
    pub(super) door: Door,
    /// The folder that is published.
    pub(super) root: PathBuf,
    pub(super) shared: Arc<Shared>,
}

type Answer = Response<Cursor<Vec<u8>>>;

/// Until the server is closed.
pub(super) fn serve(server: &Server, house: &Arc<House>) {
    let busy = Arc::new(AtomicUsize::new(0));
    loop {
        let request = match server.recv() {
            Ok(request) => request,
            Err(_) if house.shared.board().is_closed() => return,
            Err(_) => continue,
        };
        if house.shared.board().is_closed() {
            return;
        }
        if busy.fetch_add(1, Ordering::SeqCst) >= AT_ONCE {
            busy.fetch_sub(1, Ordering::SeqCst);
            respond(request, refusal(503));
            continue;
        }
        let (house, counted) = (house.clone(), busy.clone());
        let thread = std::thread::Builder::new().spawn(move || {
            let answer = house.answer(&request);
            respond(request, answer);
            counted.fetch_sub(1, Ordering::SeqCst);
        });
        if thread.is_err() {
            busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn respond(request: Request, answer: Answer) {
    // A browser that went away need not be told.
    let _ = request.respond(answer);
}

impl House {
    fn answer(&self, request: &Request) -> Answer {
        let header = |name: &'static str| {
            let mut headers = request.headers().iter();
            let found = headers.find(|header| header.field.equiv(name));
            found.map(|header| header.value.as_str())
        };
        let method = request.method().to_string();
        let way = self.door.way(Asked {
            method: &method,
            url: request.url(),
            host: header("Host"),
            site: header("Sec-Fetch-Site"),
        });
        match way {
            Way::Frame => {
                let board = self.shared.board().json();
                // The board stands in the page as data, which must not end it.
                let frame = FRAME.replace("{board}", &board.replace('<', "\\u003c"));
                framed(frame, "text/html; charset=utf-8")
            }
            Way::Script => framed(SCRIPT.into(), "text/javascript; charset=utf-8"),
            Way::Style => framed(STYLE.into(), "text/css; charset=utf-8"),
            Way::Board(since) => {
                let board = self.shared.after(since, PATIENCE);
                framed(board, "application/json; charset=utf-8")
            }
            Way::Published(names) => match published(&self.root, &names) {
                Ok(bytes) => {
                    let kind = kind(names.last().map_or("", String::as_str));
                    with(Response::from_data(bytes), kind, PAGE_POLICY, "SAMEORIGIN")
                }
                Err(_) => refusal(404),
            },
            Way::Refused(status) => refusal(status),
        }
    }
}

/// The bytes of a published file: an ordinary one that lies in the published folder, links
/// followed.
fn published(root: &Path, names: &[String]) -> io::Result<Vec<u8>> {
    let path: PathBuf = root
        .iter()
        .map(PathBuf::from)
        .chain(names.iter().map(PathBuf::from))
        .collect();
    let mut found = read(root, &path);
    for _ in 0..5 {
        match &found {
            Err(error) if error.kind() == io::ErrorKind::NotFound => std::thread::sleep(AWAY),
            _ => break,
        }
        found = read(root, &path);
    }
    found
}

fn read(root: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let (root, there) = (root.canonicalize()?, path.canonicalize()?);
    if !there.starts_with(&root) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    if !there.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    std::fs::read(there)
}

/// The kind of a published file by the end of its name.
fn kind(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    match end {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "md" | "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

fn framed(text: String, kind: &str) -> Answer {
    with(
        Response::from_data(text.into_bytes()),
        kind,
        FRAME_POLICY,
        "DENY",
    )
}

fn refusal(status: u16) -> Answer {
    let words = match status {
        403 => "This preview answers on this computer alone, to its own name.",
        405 => "This preview can only be read.",
        503 => "Too much at once. Load the page again in a moment.",
        _ => {
            "There is nothing here. The preview's address stands where it was started, and a page stands here once it is published."
        }
    };
    let answer = Response::from_data(words.as_bytes().to_vec()).with_status_code(status);
    with(
        answer,
        "text/plain; charset=utf-8",
        PAGE_POLICY,
        "SAMEORIGIN",
    )
}

fn with(answer: Answer, kind: &str, policy: &str, frames: &str) -> Answer {
    [
        ("Content-Type", kind),
        ("Content-Security-Policy", policy),
        ("X-Frame-Options", frames),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]
    .into_iter()
    .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
    .fold(answer, Response::with_header)
    // Always with its length, never in chunks.
    .with_chunked_threshold(usize::MAX)
}
