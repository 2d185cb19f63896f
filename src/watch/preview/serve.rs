//! Answers requests: what the door lets in, with the headers that keep it in its place.

use super::Shared;
use super::door::{Asked, Door, Way};
use super::hall::{Guest, Hall, Seat};
use super::wire::{self, Answer, Head, NoHead};
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a browser waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where folders cannot be exchanged in one step, one may be away for a moment.
const AWAY: Duration = Duration::from_millis(20);
/// Who waits for room, or for the system to have some again, looks after this time whether the
/// preview is over.
const AGAIN: Duration = Duration::from_millis(50);

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

/// Lets in whoever comes, until the preview is over. It never waits for one of them: each is heard
/// on a thread of its own.
pub(super) fn serve(listener: &TcpListener, house: &Arc<House>) {
    let hall = Arc::new(Hall::default());
    loop {
        let came = listener.accept();
        while hall.is_full() && !house.is_over() {
            hall.ask_one_out();
            house.shared.wake();
            hall.wait(AGAIN);
        }
        if house.is_over() {
            return;
        }
        match came {
            Ok((stream, _)) => begin(house, hall.seat(stream)),
            // Nobody is lost: who could not be let in for want of a file stands outside still.
            Err(_) => std::thread::sleep(AGAIN),
        }
    }
}

/// Hears one out on a thread of its own. Where the system gives none, the connection ends.
fn begin(house: &Arc<House>, seat: Seat) {
    let house = house.clone();
    let thread = std::thread::Builder::new().name("healthcheck preview: a browser".into());
    let _ = thread.spawn(move || house.hear(seat.guest()));
}

impl House {
    fn is_over(&self) -> bool {
        self.shared.board().is_closed()
    }

    fn hear(&self, guest: &Guest) {
        let stream = guest.stream();
        if wire::prepare(stream).is_err() {
            return;
        }
        match wire::read(stream) {
            Ok(head) => wire::send(stream, &head.method, &self.answer(&head, guest)),
            Err(NoHead::Refused(status)) => wire::send(stream, "", &refusal(status)),
            Err(NoHead::Gone) => {}
        }
    }

    fn answer(&self, head: &Head, guest: &Guest) -> Answer {
        let way = self.door.way(Asked {
            method: &head.method,
            url: &head.url,
            host: head.host.as_deref(),
            site: head.site.as_deref(),
        });
        if !matches!(way, Way::Refused(_)) {
            guest.is_let_in();
        }
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
                let left = || guest.is_asked_out();
                let board = self.shared.after(since, PATIENCE, left);
                framed(board, "application/json; charset=utf-8")
            }
            Way::Published(names) => match published(&self.root, &names) {
                Ok(bytes) => {
                    let kind = kind(names.last().map_or("", String::as_str));
                    answer(200, bytes, kind, PAGE_POLICY, "SAMEORIGIN")
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

fn framed(text: String, kind: &'static str) -> Answer {
    answer(200, text.into_bytes(), kind, FRAME_POLICY, "DENY")
}

fn refusal(status: u16) -> Answer {
    let words = match status {
        400 => "This is no request that a browser makes.",
        403 => "This preview answers on this computer alone, to its own name.",
        405 => "This preview can only be read.",
        431 => "This request is too long. Cookies of other programs on this computer may be in it.",
        _ => {
            "There is nothing here. The preview's address stands where it was started, and a page stands here once it is published."
        }
    };
    let kind = "text/plain; charset=utf-8";
    answer(status, words.into(), kind, PAGE_POLICY, "SAMEORIGIN")
}

fn answer(
    status: u16,
    body: Vec<u8>,
    kind: &'static str,
    policy: &'static str,
    frames: &'static str,
) -> Answer {
    Answer {
        status,
        headers: [
            ("Content-Type", kind),
            ("Content-Security-Policy", policy),
            ("X-Frame-Options", frames),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ],
        body,
    }
}
