//! What the live preview promises, over real HTTP on this computer: the pages are the
//! published ones byte for byte, nobody else is let in, nothing else is reached, and the
//! frame around them tells faults and what moved.

#![cfg(feature = "watch")]

use healthcheck::host::{Destination, Host};
use healthcheck::watch::{News, Preview, watch};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn has(&self, header: &str) -> bool {
        self.head.to_lowercase().contains(&header.to_lowercase())
    }
}

/// Where a preview listens, and the path of its frame.
fn place(preview: &Preview) -> (String, String) {
    let rest = preview.address().strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    (host.to_owned(), format!("/{path}"))
}

/// One request, written as it is.
fn ask(host: &str, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.write_all(request).unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    Answer {
        status: head[9..12].parse().unwrap(),
        body: all.split_off(end + 4),
        head,
    }
}

fn get(preview: &Preview, path: &str) -> Answer {
    let (host, frame) = place(preview);
    let request =
        format!("GET {frame}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    ask(&host, request.as_bytes())
}

fn begun() -> (tempfile::TempDir, Host, Destination) {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder()
        .scripts(keep.path().join("scripts"))
        .templates(keep.path().join("templates"))
        .build();
    host.begin("northshire").unwrap();
    let to = Destination::folder(keep.path().join("published"));
    (keep, host, to)
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(
                files(&entry.path())
                    .iter()
                    .map(|inner| format!("{name}/{inner}")),
            );
        } else {
            found.push(name);
        }
    }
    found
}

#[test]
fn pages_are_served_byte_for_byte_to_this_computer_alone_and_nothing_else_is() {
    let (keep, host, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    assert!(
        get(&preview, "")
            .text()
            .contains("Nothing is published yet")
    );
    let run = host.run(&host.councils(&[]).unwrap(), &to);
    preview.hear(&News::Ran(run, BTreeSet::new()));
    let all = files(to.path());
    assert!(all.len() > 20, "{all:?}");
    for file in &all {
        let answer = get(&preview, &format!("pages/{file}"));
        assert_eq!(answer.status, 200, "{file}");
        assert!(
            answer.body == fs::read(to.path().join(file)).unwrap(),
            "{file}"
        );
        for header in [
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store",
            "script-src 'none'",
            "frame-ancestors 'self'",
            "Cross-Origin-Resource-Policy: same-origin",
        ] {
            assert!(answer.has(header), "{file}: {header}: {}", answer.head);
        }
    }
    let folder = get(&preview, "pages/northshire/");
    assert!(folder.has("Content-Type: text/html; charset=utf-8"));
    assert!(folder.body == fs::read(to.path().join("northshire/index.html")).unwrap());

    let frame = get(&preview, "");
    assert!(frame.has("default-src 'none'; script-src 'self'"));
    assert!(frame.has("X-Frame-Options: DENY"));
    assert!(get(&preview, "frame.js").has("text/javascript"));
    assert!(get(&preview, "frame.css").has("text/css"));

    let (name, path) = place(&preview);
    let of = |method: &str, path: &str, host: &str, more: &str| {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n");
        ask(&name, request.as_bytes()).status
    };
    let port = name.split_once(':').unwrap().1;
    assert_eq!(of("GET", &path, &format!("localhost:{port}"), ""), 200);
    assert_eq!(of("GET", &path, "evil.example", ""), 403);
    assert_eq!(of("GET", &path, &format!("evil.example:{port}"), ""), 403);
    assert_eq!(
        of("GET", &path, &name, "Sec-Fetch-Site: cross-site\r\n"),
        403
    );
    assert_eq!(of("POST", &path, &name, "Content-Length: 0\r\n"), 405);
    assert_eq!(of("GET", "/", &name, ""), 404);
    assert_eq!(
        of("GET", "/0123456789abcdef0123456789abcdef/", &name, ""),
        404
    );
    assert_eq!(of("GET", "/pages/northshire/index.html", &name, ""), 404);

    // Paths that lead out of the folder, each as a browser would never send it.
    let paths = include_str!("../src/watch/preview/paths.txt");
    let mut refused = 0;
    for leads_out in paths.lines().filter(|path| !path.contains(' ')) {
        let status = of("GET", &format!("{path}pages/{leads_out}"), &name, "");
        assert!((400..500).contains(&status), "{leads_out}: {status}");
        refused += 1;
    }
    assert!(refused >= 80, "{refused}");
    #[cfg(unix)]
    {
        fs::write(keep.path().join("secret.html"), "secret").unwrap();
        let home = to.path().join("northshire");
        std::os::unix::fs::symlink(keep.path().join("secret.html"), home.join("a.html")).unwrap();
        std::os::unix::fs::symlink(keep.path(), home.join("b")).unwrap();
        assert_eq!(get(&preview, "pages/northshire/a.html").status, 404);
        assert_eq!(get(&preview, "pages/northshire/b/secret.html").status, 404);
    }
    drop(keep);
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// The text of a picture on the board.
fn text(pieces: &serde_json::Value) -> String {
    let pieces = pieces.as_array().unwrap().iter();
    pieces.map(|piece| piece[0].as_str().unwrap()).collect()
}

#[test]
fn a_fault_stands_over_the_last_good_page_until_it_is_mended_and_each_save_tells_what_it_moved() {
    let (keep, host, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let script = keep.path().join("scripts/northshire/check.rhai");
    let page = to.path().join("northshire/index.html");
    let began = Instant::now();
    let mut good = Vec::new();
    let mut runs = 0;
    let mut stands = None;
    watch(&host, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{runs}");
        preview.hear(&news);
        let run = match &news {
            News::Ran(run, _) => run,
            // Told before the run is over: the page in the frame need not wait for the rest.
            News::Stands(council) => {
                assert_eq!(council, "northshire");
                let board = get(&preview, "board").json();
                stands = board["councils"][0]["published"].as_u64();
                assert!(stands > board["index"].as_u64(), "{board}");
                return ControlFlow::Continue(());
            }
            News::Began(councils) if runs == 2 => {
                assert!(councils.contains("northshire"));
                let board = get(&preview, "board").json();
                assert_eq!(board["working"].as_array().unwrap().len(), 1);
                return ControlFlow::Continue(());
            }
            _ => return ControlFlow::Continue(()),
        };
        runs += 1;
        let board = get(&preview, "board").json();
        let published = board["councils"][0]["published"].as_u64();
        assert_eq!(published, stands, "it is loaded once");
        match runs {
            1 => {
                assert_eq!(board["errorCount"], 0, "{board}");
                assert_eq!(board["first"], "northshire/index.html");
                assert_eq!(board["saves"].as_array().unwrap().len(), 0);
                good = fs::read(&page).unwrap();
                change(&script, "target: at_most(16),", "taget: at_most(16),");
            }
            2 => {
                assert_eq!(board["errorCount"], 1);
                let same = run.outcomes[0].faults.clone().sorted();
                let same = same
                    .iter()
                    .filter(|one| one.severity() == healthcheck::Severity::Error);
                let same: healthcheck::Diagnostics = same.cloned().collect();
                assert_eq!(text(&board["errors"]), same.paint(false).trim_end());
                assert!(text(&board["errors"]).contains("^^^^^"));
                assert!(get(&preview, "pages/northshire/").body == good);
                assert_eq!(board["councils"][0]["faulty"], true);
                let mended = fs::read_to_string(&script).unwrap();
                let mended = mended.replace("taget: at_most(16),", "target: at_most(17),");
                let mended = mended.replace("scale(16, 26)", "scale(15, 24)");
                // As many editors save: a new file, moved over the old one.
                let beside = script.with_extension("rhai.tmp");
                fs::write(&beside, mended).unwrap();
                fs::rename(&beside, &script).unwrap();
            }
            _ => {
                assert_eq!(board["errorCount"], 0);
                assert_eq!(text(&board["errors"]), "");
                let save = &board["saves"][0];
                let files = save["files"][0].as_str().unwrap();
                assert!(files.ends_with("scripts/northshire/check.rhai"), "{files}");
                let moves = save["councils"][0]["moves"].as_array().unwrap();
                assert!(!moves.is_empty());
                for one in moves {
                    assert_ne!(one["then"], one["now"], "{one}");
                }
                let target = moves
                    .iter()
                    .find(|one| one["what"].as_str().unwrap().ends_with("target"));
                assert!(target.is_some(), "{moves:?}");
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    // A browser that waits for news is told when something changes, and when it is over.
    let (host_name, path) = place(&preview);
    let generation = get(&preview, "board").json()["generation"]
        .as_u64()
        .unwrap();
    let waiting = std::thread::spawn(move || {
        let request = format!(
            "GET {path}board?since={generation} HTTP/1.1\r\nHost: {host_name}\r\nConnection: close\r\n\r\n"
        );
        ask(&host_name, request.as_bytes()).json()
    });
    preview.hear(&News::Began(BTreeSet::from(["eastmere".to_owned()])));
    assert_eq!(waiting.join().unwrap()["working"][0], "eastmere");
}

/// Does it on a thread of its own, and fails where that takes longer than anything here should.
fn soon<T: Send + 'static>(what: &str, does: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || tell.send(does()));
    let Ok(done) = told.recv_timeout(Duration::from_secs(60)) else {
        panic!("{what}: it never came to an end");
    };
    done
}

/// The frame is there, and then the preview ends: both although others hold connections.
fn answers_and_ends(preview: Preview) {
    let preview = answers(preview);
    soon("the end", move || drop(preview));
}

/// The frame is there for a browser, soon.
fn answers(preview: Preview) -> Preview {
    let (preview, status) = soon("the frame", move || {
        let status = get(&preview, "").status;
        (preview, status)
    });
    assert_eq!(status, 200);
    preview
}

/// So many connections, each of which says this and no more.
fn crowd(host: &str, many: usize, says: &str) -> Vec<TcpStream> {
    let come = |_| {
        let mut stream = TcpStream::connect(host).unwrap();
        // It may be asked out before it has spoken.
        let _ = stream.write_all(says.as_bytes());
        stream
    };
    (0..many).map(come).collect()
}

#[test]
fn who_asks_without_end_and_never_reads_keeps_nobody_from_the_pages_nor_the_preview_from_ending() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, _) = place(&preview);
    let mut hostile = TcpStream::connect(&host).unwrap();
    hostile
        .set_write_timeout(Some(Duration::from_secs(2)))
        .unwrap();
    // It may be cut off at any of them.
    let _ = hostile.write_all(&b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100_000));
    // So that whoever would wait for it does, most likely; if not, the pages are there all the same.
    std::thread::sleep(Duration::from_secs(2));
    answers_and_ends(preview);
}

#[test]
fn those_who_promise_more_than_they_send_keep_nobody_from_the_pages_nor_the_preview_from_ending() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, _) = place(&preview);
    let request = format!("POST /x HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n\r\na");
    let hostile = crowd(&host, 100, &request);
    answers_and_ends(preview);
    drop(hostile);
}

/// Reads until the other side has closed, and tells whether it did in time.
fn is_closed(mut stream: &TcpStream, until: Instant) -> bool {
    let left = until.saturating_duration_since(Instant::now());
    let left = left.max(Duration::from_millis(1));
    stream.set_read_timeout(Some(left)).unwrap();
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

#[test]
fn those_who_say_nothing_make_room_for_others_and_are_soon_sent_away() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, _) = place(&preview);
    let idle = crowd(&host, 150, "");
    let preview = answers(preview);
    let until = Instant::now() + Duration::from_secs(60);
    let left = idle.iter().filter(|one| !is_closed(one, until)).count();
    assert_eq!(left, 0, "they are still there");
    assert_eq!(get(&preview, "").status, 200);
    soon("the end", move || drop(preview));
}

#[test]
fn those_who_wait_for_news_make_room_too_as_when_a_page_is_loaded_again_and_again() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, path) = place(&preview);
    let generation = get(&preview, "board").json()["generation"].clone();
    let request = format!("GET {path}board?since={generation} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let waiting = crowd(&host, 100, &request);
    answers_and_ends(preview);
    drop(waiting);
}

/// How much of a request that never ends is taken, and what is answered.
fn taken(host: &str, begin: String, more: &[u8]) -> (usize, String) {
    let mut stream = TcpStream::connect(host).unwrap();
    let patience = Some(Duration::from_secs(20));
    stream.set_write_timeout(patience).unwrap();
    stream.set_read_timeout(patience).unwrap();
    let _ = stream.write_all(begin.as_bytes());
    let mut taken = 0;
    while taken < 64_000_000 && stream.write_all(more).is_ok() {
        taken += more.len();
    }
    let mut answer = Vec::new();
    // What was sent in vain may take the answer with it.
    let _ = stream.read_to_end(&mut answer);
    (taken, String::from_utf8_lossy(&answer).into_owned())
}

#[test]
fn a_request_that_never_ends_is_cut_off_after_some_kilobytes() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, _) = place(&preview);
    let line = format!("GET / HTTP/1.1\r\nHost: {host}\r\n");
    for (begin, more) in [
        (format!("{line}X: "), "x".repeat(64_000)),
        (line.clone(), "X: x\r\n".repeat(10_000)),
        ("GET /".to_owned(), "x".repeat(64_000)),
        (String::new(), "\r\n".repeat(32_000)),
    ] {
        let host = host.clone();
        let (taken, answer) = soon("cutting off", move || taken(&host, begin, more.as_bytes()));
        // The systems between hold some megabytes.
        assert!(taken < 32_000_000, "{taken}");
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 431 "),
            "{answer}"
        );
    }
    // One that is too long and ends is told so.
    for more in [
        format!("X: {}\r\n", "x".repeat(20_000)),
        "X: x\r\n".repeat(200),
    ] {
        let request = format!("{line}{more}\r\n");
        assert_eq!(ask(&host, request.as_bytes()).status, 431);
    }
    assert_eq!(ask(&host, b"What is this?\r\n\r\n").status, 400);
}

#[test]
fn of_a_head_is_told_the_length_and_nothing_follows() {
    let (_keep, _, to) = begun();
    let preview = Preview::open(&to, None).unwrap();
    let (host, path) = place(&preview);
    let request =
        format!("HEAD {path}frame.js HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = ask(&host, request.as_bytes());
    assert_eq!(answer.status, 200);
    let length = get(&preview, "frame.js").body.len();
    assert!(answer.has(&format!("Content-Length: {length}")));
    assert!(answer.body.is_empty());
}

/// The program's preview, with so few files that it may hold open at a time: the program, the file
/// with what it says, and the address.
#[cfg(all(unix, feature = "cli"))]
fn with_few_files(home: &Path) -> (std::process::Child, std::path::PathBuf, String) {
    let said = home.join("said");
    let program = env!("CARGO_BIN_EXE_healthcheck");
    let mut watch = std::process::Command::new("sh")
        .args(["-c", "ulimit -n 40; exec \"$0\" watch --serve", program])
        .current_dir(home)
        .stdout(std::process::Stdio::null())
        .stderr(fs::File::create(&said).unwrap())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(120);
    while !fs::read_to_string(&said).unwrap().contains("Ctrl-C") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    let text = fs::read_to_string(&said).unwrap();
    let Some((_, rest)) = text.split_once("http://") else {
        watch.kill().unwrap();
        watch.wait().unwrap();
        panic!("{text}");
    };
    let address = rest.split_whitespace().next().unwrap().to_owned();
    (watch, said, address)
}

#[cfg(all(unix, feature = "cli"))]
#[test]
fn a_preview_that_has_no_files_left_goes_on_once_there_are_some_and_says_nothing() {
    let (keep, _, _) = begun();
    let (mut watch, said, address) = with_few_files(keep.path());
    let (host, path) = address.split_once('/').unwrap();
    let idle: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(host).unwrap()).collect();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let status = {
        let host = host.to_owned();
        soon("the frame", move || ask(&host, request.as_bytes()).status)
    };
    drop(idle);
    let mut kill = std::process::Command::new("kill");
    assert!(kill.arg(watch.id().to_string()).status().unwrap().success());
    soon("the end", move || watch.wait().unwrap());
    assert_eq!(status, 200);
    let said = fs::read_to_string(said).unwrap();
    assert!(!said.contains("panicked"), "{said}");
}
