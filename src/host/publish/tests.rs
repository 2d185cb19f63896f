//! All or nothing, whatever a crash leaves behind.

use super::super::disk::plan::{Plan, under};
use super::*;
use std::fs;

fn page(path: &str, text: &str) -> Page {
    Page {
        path: path.into(),
        bytes: text.into(),
    }
}

fn pages(text: &str) -> Vec<Page> {
    vec![
        page(PAGE, text),
        page(RESULTS, "{}"),
        page("data/a.csv", "a"),
    ]
}

fn here() -> (tempfile::TempDir, Destination) {
    let folder = tempfile::tempdir().unwrap();
    let to = Destination::folder(folder.path().join("published"));
    (folder, to)
}

fn text(to: &Destination) -> String {
    fs::read_to_string(to.page("northshire").unwrap()).unwrap()
}

fn put(council: &str, pages: &[Page], to: &Destination) -> Result<PathBuf, String> {
    place(council, pages, to, &|| {}).map_err(|failure| failure.reason)
}

#[test]
fn a_publication_takes_the_place_of_the_last_and_leaves_nothing_behind() {
    let (_keep, to) = here();
    put("northshire", &pages("one"), &to).unwrap();
    let mut second = pages("two");
    second.pop();
    put("northshire", &second, &to).unwrap();
    assert_eq!(text(&to), "two");
    assert_eq!(names_in(to.path()), ["northshire"]);
    assert_eq!(names_in(&to.path().join("northshire")), [PAGE, RESULTS]);
}

#[test]
fn a_page_that_cannot_be_written_leaves_the_last_publication_whole() {
    let (_keep, to) = here();
    put("northshire", &pages("one"), &to).unwrap();
    let mut broken = pages("two");
    broken.push(page("index.html/inside-a-file", "x"));
    assert!(put("northshire", &broken, &to).is_err());
    assert_eq!(text(&to), "one");
    assert_eq!(names_in(to.path()), ["northshire"]);
}

#[test]
fn a_page_outside_the_publication_is_refused() {
    let (_keep, to) = here();
    for path in ["../escape.html", "/tmp/escape.html", "a/../../escape.html"] {
        let broken = [page(PAGE, "one"), page(path, "x")];
        assert!(put("northshire", &broken, &to).is_err(), "{path}");
    }
    for council in ["..", "", "a/b", ".hidden", "."] {
        assert!(put(council, &pages("one"), &to).is_err(), "{council}");
    }
    assert!(to.page("northshire").is_none());
}

#[test]
fn a_crash_while_writing_is_cleared_away() {
    let (_keep, to) = here();
    put("northshire", &pages("one"), &to).unwrap();
    fs::create_dir(to.path().join(".healthcheck-northshire.new")).unwrap();
    fs::write(
        to.path().join(".healthcheck-northshire.new/index.html"),
        "half",
    )
    .unwrap();
    to.mend(true);
    assert_eq!(text(&to), "one");
    assert_eq!(names_in(to.path()), ["northshire"]);
}

#[test]
fn a_leftover_that_cannot_be_deleted_is_told_with_its_cause_and_what_to_do() {
    let (_keep, to) = here();
    put("northshire", &pages("one"), &to).unwrap();
    let left = to.fresh("northshire");
    fs::create_dir(&left).unwrap();
    let denied = Plan {
        fails: 0,
        how: io::ErrorKind::PermissionDenied,
        crash: true,
        seen: Vec::new(),
    };
    let work = || place("northshire", &pages("two"), &to, &|| {});
    let (failed, _) = under(denied, work);
    let failure = failed.err().unwrap();
    assert_eq!(failure.path, left);
    assert_eq!(
        failure.reason,
        "what an earlier publication left there cannot be deleted: you have no permission, or \
         another program holds it open"
    );
    assert!(failure.help.starts_with("delete this folder"));
    assert_eq!(text(&to), "one");
    // And once it can be, all goes on.
    put("northshire", &pages("two"), &to).unwrap();
    assert_eq!(text(&to), "two");
    assert_eq!(names_in(to.path()), ["northshire"]);
}

#[test]
fn a_crash_between_the_two_renames_brings_the_last_publication_back() {
    let (_keep, to) = here();
    put("northshire", &pages("one"), &to).unwrap();
    fs::rename(
        to.path().join("northshire"),
        to.path().join(".healthcheck-northshire.old"),
    )
    .unwrap();
    fs::create_dir(to.path().join(".healthcheck-northshire.new")).unwrap();
    to.mend(true);
    assert_eq!(text(&to), "one");
    assert_eq!(names_in(to.path()), ["northshire"]);
}

#[test]
fn a_crash_after_both_renames_keeps_the_new_one() {
    let (_keep, to) = here();
    put("northshire", &pages("two"), &to).unwrap();
    fs::create_dir(to.path().join(".healthcheck-northshire.old")).unwrap();
    to.mend(true);
    assert_eq!(text(&to), "two");
    assert_eq!(names_in(to.path()), ["northshire"]);
}

#[test]
fn hidden_folders_of_others_are_let_be() {
    let (_keep, to) = here();
    for name in [".config.old", ".cache.new", ".page-one"] {
        fs::create_dir_all(to.path().join(name)).unwrap();
    }
    to.mend(true);
    assert_eq!(
        names_in(to.path()),
        [".cache.new", ".config.old", ".page-one"]
    );
}

#[test]
fn a_folder_that_is_no_publication_is_never_replaced() {
    let (_keep, to) = here();
    let home = to.path().join("northshire");
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("check.rhai"), "council();").unwrap();
    assert!(put("northshire", &pages("one"), &to).is_err());
    fs::write(home.join(RESULTS), "{}").unwrap();
    assert!(put("northshire", &pages("one"), &to).is_err());
    assert_eq!(names_in(&home), ["check.rhai", RESULTS]);
}

#[test]
fn a_destination_that_is_a_file_is_told_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("published");
    fs::write(&file, "").unwrap();
    let failure = place(
        "northshire",
        &pages("one"),
        &Destination::folder(&file),
        &|| {},
    );
    let fault = failure.err().unwrap().diagnostic();
    assert_eq!(fault.code, Code::NotWritten);
    assert!(fault.message.contains("published"), "{}", fault.message);
}
