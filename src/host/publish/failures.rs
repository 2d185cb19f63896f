//! Every step on the disk let fail in turn, and every moment let be the last: what stands
//! afterwards is the old publication or the new one, whole, as its manifest proves.

use super::super::disk::Step;
use super::super::disk::plan::{Plan, under, without_swap};
use super::*;
use crate::verify::FilesOf;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::sync::Mutex;

/// A file whose bytes are the same in every publication.
const ALWAYS: &str = "data/always.csv";

/// A small publication with a manifest over its files.
fn pages(text: &str) -> Vec<Page> {
    static MADE: Mutex<BTreeMap<String, Vec<Page>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    made.entry(text.to_owned())
        .or_insert_with(|| make(text))
        .clone()
}

fn make(text: &str) -> Vec<Page> {
    let page = |path: &str, text: &str| Page {
        path: path.into(),
        bytes: text.into(),
    };
    let mut pages = vec![
        page(PAGE, text),
        page(RESULTS, &format!("{{\"text\":\"{text}\"}}")),
        page("data/a.csv", &text.repeat(100)),
        page(ALWAYS, "in each of them"),
    ];
    let publication = report::example();
    pages.push(report::manifest(
        &publication,
        &Templates::embedded(),
        &pages,
    ));
    pages
}

fn here() -> (tempfile::TempDir, Destination) {
    let keep = tempfile::tempdir().unwrap();
    let to = Destination::folder(keep.path().join("published"));
    (keep, to)
}

fn put(text: &str, to: &Destination) -> Result<PathBuf, Box<Diagnostic>> {
    place("northshire", &pages(text), to, &|| {}).map_err(|failure| Box::new(failure.diagnostic()))
}

/// The text of the publication that stands, proved whole by its manifest; `None` if none
/// stands.
fn standing(to: &Destination) -> Option<String> {
    let home = to.path().join("northshire");
    if !home.exists() {
        return None;
    }
    let manifest = fs::read(home.join(Manifest::FILE)).expect("a publication has a manifest");
    let manifest = Manifest::read(&manifest).expect("whole");
    let mut files = FilesOf::new();
    for path in [PAGE, RESULTS, "data/a.csv", ALWAYS] {
        let bytes = fs::read(home.join(path)).expect("every file of it is there");
        files.insert(path.to_owned(), bytes);
    }
    let verdict = manifest.check(&files);
    assert!(verdict.differences.is_empty(), "{:?}", verdict.differences);
    Some(fs::read_to_string(home.join(PAGE)).unwrap())
}

/// Lets the step of this number fail; false if there are not so many.
fn try_one(fails: usize, how: ErrorKind, crash: bool, before: Option<&str>) -> bool {
    let (_keep, to) = here();
    if let Some(text) = before {
        put(text, &to).unwrap();
    }
    let plan = Plan {
        fails,
        how,
        crash,
        seen: Vec::new(),
    };
    let (done, steps) = under(plan, || put("two", &to));
    let told = format!(
        "{how:?} crash {crash} before {before:?} at {:?}",
        steps.get(fails)
    );
    if crash {
        // What the next run does first.
        to.mend(true);
    }
    match (&done, standing(&to)) {
        (Ok(_), Some(text)) => assert_eq!(text, "two", "{told}"),
        (Err(fault), stands) => {
            // A crash after the new one is in place is told to nobody.
            let new_one = crash && stands.as_deref() == Some("two");
            assert!(new_one || stands.as_deref() == before, "{told}: {stands:?}");
            assert_eq!(fault.code, Code::NotWritten, "{told}");
            let place = shown(to.path());
            assert!(fault.message.contains(&place), "{told}: {}", fault.message);
        }
        (Ok(_), None) => panic!("{told}: nothing stands"),
    }
    put("three", &to).unwrap();
    to.mend(true);
    assert_eq!(standing(&to).as_deref(), Some("three"), "{told}");
    assert_eq!(names_in(to.path()), ["northshire"], "{told}");
    fails < steps.len()
}

fn try_all() -> usize {
    let mut tried = 0;
    for before in [None, Some("one")] {
        for (how, crash) in [
            (ErrorKind::StorageFull, false),
            (ErrorKind::PermissionDenied, false),
            (ErrorKind::ReadOnlyFilesystem, false),
            (ErrorKind::Interrupted, true),
        ] {
            let steps = (0..).take_while(|at| try_one(*at, how, crash, before));
            tried += steps.count();
        }
    }
    tried
}

#[test]
fn whatever_step_fails_or_is_the_last_the_old_publication_or_the_new_one_stands_whole() {
    let tried = try_all();
    assert!(tried > 70, "{tried}");
}

#[test]
fn it_holds_where_two_folders_cannot_be_exchanged_in_one_step() {
    let tried = without_swap(try_all);
    assert!(tried > 70, "{tried}");
}

#[test]
fn a_file_of_the_same_bytes_is_linked_and_written_only_where_it_cannot_be() {
    let (_keep, to) = here();
    put("one", &to).unwrap();
    let steps = |fails: usize, text: &str| {
        let plan = Plan {
            fails,
            how: ErrorKind::Unsupported,
            crash: false,
            seen: Vec::new(),
        };
        let (done, steps) = under(plan, || put(text, &to));
        done.unwrap();
        assert_eq!(standing(&to).as_deref(), Some(text));
        steps
    };
    let of_it = |steps: &[(Step, PathBuf)]| -> Vec<Step> {
        let own = steps.iter().filter(|(_, path)| path.ends_with(ALWAYS));
        own.map(|(step, _)| *step).collect()
    };
    let linked = steps(usize::MAX, "two");
    assert_eq!(of_it(&linked), [Step::Link]);
    let links = |step: &(Step, PathBuf)| step.0 == Step::Link;
    assert_eq!(linked.iter().filter(|step| links(step)).count(), 1);
    let at = linked.iter().position(links).unwrap();
    assert_eq!(of_it(&steps(at, "one")), [Step::Link, Step::Write]);
}

#[test]
fn of_many_files_put_side_by_side_the_first_that_fails_is_told_and_nothing_is_left() {
    let (keep, to) = here();
    put("old", &to).unwrap();
    let many = |odd: [usize; 2]| -> Vec<Page> {
        let path = |at: usize| match odd.contains(&at) {
            // Longer than any file system takes a name.
            true => format!("{at}-{}", "x".repeat(300)),
            false => format!("data/{at}.csv"),
        };
        let page = |at| Page {
            path: path(at),
            bytes: vec![b'x'; 100],
        };
        (0..3 * MOST_OPEN).map(page).collect()
    };
    // Within one lot of files, and in two.
    for odd in [[20, 21], [70, 3], [MOST_OPEN - 1, MOST_OPEN]] {
        let failure = place("northshire", &many(odd), &to, &|| {}).map(drop);
        let failure = failure.expect_err("a name is too long").diagnostic();
        let first = odd.into_iter().min().unwrap();
        assert!(
            failure.message.contains(&format!("/{first}-xxx")),
            "{odd:?}: {failure:?}"
        );
        assert_eq!(standing(&to).as_deref(), Some("old"));
        assert_eq!(names_in(&keep.path().join("published")), ["northshire"]);
    }
}

#[test]
fn what_to_do_is_said_with_the_path() {
    for (how, help) in [
        (ErrorKind::StorageFull, "make room on the disk"),
        (
            ErrorKind::PermissionDenied,
            "close programs that have a file of it open",
        ),
        (ErrorKind::ReadOnlyFilesystem, "--out FOLDER"),
    ] {
        let (_keep, to) = here();
        let plan = Plan {
            fails: 3,
            how,
            crash: false,
            seen: Vec::new(),
        };
        let (done, _) = under(plan, || put("one", &to));
        let told = done.unwrap_err();
        assert!(told.help.is_some_and(|text| text.contains(help)), "{how:?}");
    }
}

/// Where there is one step for both, no moment is without a publication.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn where_the_system_can_a_publication_stands_at_every_moment() {
    let (_keep, to) = here();
    put("one", &to).unwrap();
    for fails in 0.. {
        let plan = Plan {
            fails,
            how: ErrorKind::Interrupted,
            crash: true,
            seen: Vec::new(),
        };
        let (_, steps) = under(plan, || put("two", &to));
        // With nothing mended.
        assert!(standing(&to).is_some(), "{:?}", steps.get(fails));
        if fails >= steps.len() {
            break;
        }
    }
}

#[test]
fn the_page_above_the_councils_is_the_old_one_or_the_new_one_too() {
    let (_keep, to) = here();
    let page = |text: &str| Page {
        path: PAGE.into(),
        bytes: text.into(),
    };
    fs::create_dir_all(to.path()).unwrap();
    replace_file(&page("one"), &to).ok().unwrap();
    for crash in [false, true] {
        for fails in 0..3 {
            let plan = Plan {
                fails,
                how: ErrorKind::StorageFull,
                crash,
                seen: Vec::new(),
            };
            let (done, steps) = under(plan, || replace_file(&page("two"), &to));
            assert!(done.is_err(), "{:?}", steps.get(fails));
            assert_eq!(fs::read_to_string(to.path().join(PAGE)).unwrap(), "one");
            assert_eq!(names_in(to.path()), [PAGE]);
        }
    }
    replace_file(&page("two"), &to).ok().unwrap();
    assert_eq!(fs::read_to_string(to.path().join(PAGE)).unwrap(), "two");
}
