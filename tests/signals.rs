//! A program that is asked to end puts away what it has in hand, and ends by the signal that
//! asked: so a shell tells 130 after Ctrl-C, and 143 after `kill`.

#![cfg(all(unix, feature = "watch"))]

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const CLOSED: i32 = 1;
const INTERRUPT: i32 = 2;
const TERMINATE: i32 = 15;

fn healthcheck(folder: &Path, words: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_healthcheck"))
        .args(words)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn with_councils(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let ended = healthcheck(folder.path(), &["new", name]).wait().unwrap();
        assert!(ended.success());
    }
    folder
}

/// A folder in which somebody publishes, until this is let go.
fn held(published: &Path) -> File {
    let folder = File::open(published).unwrap();
    rustix::fs::flock(&folder, rustix::fs::FlockOperation::LockExclusive).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name());
    names.filter_map(|name| name.into_string().ok()).collect()
}

/// How it ended once it was sent a signal.
fn sent(signal: i32, mut to: Child) -> ExitStatus {
    let number = format!("-{signal}");
    let kill = Command::new("kill")
        .args([&number, &to.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let until = Instant::now() + Duration::from_secs(50);
    loop {
        if let Some(ended) = to.try_wait().unwrap() {
            return ended;
        }
        if Instant::now() > until {
            let _ = to.kill();
            panic!("it goes on all the same");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_watch_that_is_interrupted_while_it_publishes_leaves_no_hidden_folder_behind() {
    let folder = with_councils(&["northshire", "eastmere"]);
    let published = folder.path().join("published");
    let watch = healthcheck(folder.path(), &["watch"]);
    let until = Instant::now() + Duration::from_secs(120);
    while !names(&published)
        .iter()
        .any(|name| name.starts_with(".healthcheck-"))
    {
        assert!(Instant::now() < until, "it never published");
        std::thread::sleep(Duration::from_micros(200));
    }
    let ended = sent(INTERRUPT, watch);
    assert_eq!(ended.signal(), Some(INTERRUPT), "{ended:?}");
    let left = names(&published);
    assert!(!left.iter().any(|name| name.starts_with('.')), "{left:?}");
    assert!(!left.is_empty(), "what was being published is there");
}

#[test]
fn a_run_that_waits_for_another_one_can_be_ended() {
    let folder = with_councils(&["northshire"]);
    let published = folder.path().join("published");
    fs::create_dir(&published).unwrap();
    let _held = held(&published);
    let run = healthcheck(folder.path(), &["run"]);
    // So that it has come to wait, most likely; if not, it ends all the same.
    std::thread::sleep(Duration::from_millis(300));
    let ended = sent(TERMINATE, run);
    assert_eq!(ended.signal(), Some(TERMINATE), "{ended:?}");
    assert!(names(&published).is_empty());
}

#[test]
fn a_terminal_that_is_closed_is_heeded_and_nohup_is_too() {
    let folder = with_councils(&["northshire"]);
    let published = folder.path().join("published");
    fs::create_dir(&published).unwrap();
    let _held = held(&published);
    let run = healthcheck(folder.path(), &["run"]);
    std::thread::sleep(Duration::from_millis(300));
    let ended = sent(CLOSED, run);
    assert_eq!(ended.signal(), Some(CLOSED), "{ended:?}");
    assert!(names(&published).is_empty());

    let script = format!(
        "trap '' HUP; exec {} run >/dev/null 2>&1",
        env!("CARGO_BIN_EXE_healthcheck")
    );
    let run = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let id = run.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-1", &id])
            .status()
            .unwrap()
            .success()
    );
    std::thread::sleep(Duration::from_millis(100));
    let ended = sent(TERMINATE, run);
    assert_eq!(ended.signal(), Some(TERMINATE), "it went on: {ended:?}");
}

/// How a run under a limit of the shell ends, and all that it says.
fn run_under(folder: &Path, limit: &str) -> (Option<i32>, String) {
    let script = format!(
        "{limit}; exec {} run 2>&1",
        env!("CARGO_BIN_EXE_healthcheck")
    );
    let run = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    (run.status.code(), said)
}

#[test]
fn a_file_that_may_not_grow_is_told_like_a_disk_that_is_full() {
    let folder = with_councils(&["northshire"]);
    let (code, said) = run_under(folder.path(), "ulimit -f 40");
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("does not let a file grow so large"), "{said}");
    assert!(
        !names(&folder.path().join("published"))
            .iter()
            .any(|name| name == "northshire")
    );
}

#[test]
fn who_verifies_waits_for_whoever_publishes() {
    let folder = with_councils(&["northshire"]);
    assert!(
        healthcheck(folder.path(), &["run"])
            .wait()
            .unwrap()
            .success()
    );
    let published = folder.path().join("published");
    let held = held(&published);
    for words in [["verify", "published"], ["verify", "published/northshire"]] {
        // Whoever did not wait would miss a page.
        let page = published.join("northshire/index.html");
        fs::rename(&page, folder.path().join("page")).unwrap();
        let mut verify = healthcheck(folder.path(), &words);
        std::thread::sleep(Duration::from_millis(500));
        assert!(verify.try_wait().unwrap().is_none(), "it did not wait");
        fs::rename(folder.path().join("page"), &page).unwrap();
        rustix::fs::flock(&held, rustix::fs::FlockOperation::Unlock).unwrap();
        assert!(verify.wait().unwrap().success());
        rustix::fs::flock(&held, rustix::fs::FlockOperation::LockExclusive).unwrap();
    }
}

/// Root may begin as many as it likes.
#[test]
fn where_the_system_has_no_thread_left_it_says_so_and_is_no_bug() {
    let folder = with_councils(&["northshire"]);
    let (code, said) = run_under(folder.path(), "ulimit -u 1");
    match code {
        Some(0) => {}
        code => {
            assert_eq!(code, Some(3), "{said}");
            assert!(said.contains("begin no thread"), "{said}");
        }
    }
}
