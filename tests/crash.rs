//! A program killed while it publishes, and two that publish at once: what stands is always
//! a whole publication, as its manifest proves.
//!
//! `KILLS=1000 cargo test --test crash` kills a thousand times.

use healthcheck::host::{Destination, Host};
use healthcheck::publication::Publication;
use healthcheck::verify::{FilesOf, Manifest};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names the folder in which this test, as a child of itself, publishes until it is killed.
const CHILD: &str = "HEALTHCHECK_PUBLISHES_IN";

fn publication() -> Publication {
    let mut all = healthcheck::report::examples();
    let mut small = all.swap_remove(0);
    small.id = "northshire".into();
    small
}

/// Two looks, so that two publications can be told apart.
fn hosts(folder: &Path) -> [Host; 2] {
    ["one", "two"].map(|look| {
        let templates = folder.join(look);
        Host::builder().templates(templates).unseen(true).build()
    })
}

fn looks(folder: &Path) {
    for look in ["one", "two"] {
        // Small pages: it is the putting in place that is looked at.
        let pages = folder.join(look).join("pages");
        fs::create_dir_all(&pages).unwrap();
        fs::write(
            folder.join(look).join("style.css"),
            format!("/* {look} */\n"),
        )
        .unwrap();
    }
}

/// Not a test of its own: what the others start and kill.
#[test]
fn child_that_publishes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let (to, found) = (Destination::folder(folder.join("published")), publication());
    let until = Instant::now() + Duration::from_secs(120);
    while Instant::now() < until {
        for host in hosts(&folder) {
            host.publish(&found, &to).unwrap();
            // So that others have their turn.
            std::thread::sleep(Duration::from_millis(60));
        }
    }
}

fn child(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_publishes_until_it_is_killed"])
        .env(CHILD, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn files(folder: &Path, before: &str, found: &mut FilesOf) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{before}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The sum of the manifest that stands, if all that it lists is there as it lists it.
fn proved(home: &Path) -> String {
    let manifest = fs::read(home.join(Manifest::FILE)).unwrap();
    let mut found = FilesOf::new();
    files(home, "", &mut found);
    let verdict = Manifest::read(&manifest).unwrap().check(&found);
    assert!(verdict.differences.is_empty(), "{:?}", verdict.differences);
    String::from_utf8(manifest).unwrap()
}

fn wait_for(what: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !what() {
        assert!(Instant::now() < until, "it never came");
        std::thread::sleep(Duration::from_micros(500));
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

#[test]
fn a_program_killed_while_it_publishes_leaves_the_old_publication_or_the_new_one_whole() {
    let kills: u32 = std::env::var("KILLS").map_or(12, |text| text.parse().unwrap());
    let keep = tempfile::tempdir().unwrap();
    looks(keep.path());
    let to = Destination::folder(keep.path().join("published"));
    let [one, _] = hosts(keep.path());
    one.publish(&publication(), &to).unwrap();
    let home = to.path().join("northshire");
    let mut seen = BTreeSet::from([proved(&home)]);
    let mut at_work = 0;
    for kill in 0..kills {
        let mut child = child(keep.path());
        wait_for(|| names(to.path()).iter().any(|name| name.ends_with(".new")));
        // All of it is over in some ten milliseconds: each kill a little later than the last.
        std::thread::sleep(Duration::from_micros(u64::from(kill * 7919 % 24_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        at_work += u32::from(names(to.path()).len() > 1);
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        seen.insert(proved(&home));
        // What the next run does first puts right what is left where there is no such step.
        one.publish(&publication(), &to).unwrap();
        seen.insert(proved(&home));
        let _ = fs::read_dir(to.path())
            .unwrap()
            .flatten()
            .try_for_each(|entry| {
                let name = entry.file_name();
                if name.to_string_lossy().ends_with(".new") {
                    fs::remove_dir_all(entry.path())?;
                }
                Ok::<(), std::io::Error>(())
            });
    }
    assert!(seen.len() <= 2, "one look, the other, and nothing between");
    assert!(at_work > 0, "some were killed in the middle");
    println!("{kills} kills, {at_work} while files were being written");
}

#[test]
fn two_programs_that_publish_at_once_never_mix_their_files() {
    let keep = tempfile::tempdir().unwrap();
    looks(keep.path());
    let to = Destination::folder(keep.path().join("published"));
    let [one, _] = hosts(keep.path());
    one.publish(&publication(), &to).unwrap();
    let home = to.path().join("northshire");
    let mut children = [child(keep.path()), child(keep.path())];
    wait_for(|| names(to.path()).iter().any(|name| name.ends_with(".new")));
    for _ in 0..2 {
        // A third, in this program.
        one.publish(&publication(), &to).unwrap();
    }
    for child in &mut children {
        assert!(child.try_wait().unwrap().is_none(), "none of them fails");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    proved(&home);
}
