//! What the command line promises: where words go, and with which code it ends.

use assert_cmd::Command;
use std::path::Path;

fn healthcheck(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("healthcheck").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

/// Exit code, stdout, stderr.
fn say(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let output = healthcheck(folder).args(words).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn here() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_command_that_is_not_understood_ends_with_2_and_nothing_on_stdout() {
    let folder = here();
    for words in [
        &["rnu"][..],
        &["run", "--ouput", "x"],
        &["new"],
        &["explain", "a", "b"],
        &[],
        &["run", "--templates", "no-such-folder"],
        &["run", "--data", "no-such-folder"],
    ] {
        let (code, out, err) = say(folder.path(), words);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}");
        assert!(!err.is_empty(), "{words:?}");
    }
}

#[test]
fn help_and_version_end_well() {
    let folder = here();
    for words in [
        &["--help"][..],
        &["--version"],
        &["help", "run"],
        &["watch", "--help"],
    ] {
        let (code, out, _) = say(folder.path(), words);
        assert_eq!(code, 0, "{words:?}");
        assert!(out.contains("healthcheck"), "{words:?}");
    }
}

#[test]
fn without_a_scripts_folder_it_says_what_to_do() {
    let folder = here();
    for command in ["run", "check", "watch"] {
        let (code, out, err) = say(folder.path(), &[command]);
        assert_eq!((code, out.as_str()), (2, ""), "{command}");
        assert!(err.contains("healthcheck new northshire"), "{err}");
        assert!(err.contains("nothing-to-run"), "{err}");
    }
}

#[test]
fn explain_tells_one_code_or_lists_all_and_suggests_for_an_unknown_one() {
    let folder = here();
    let (code, list, _) = say(folder.path(), &["explain"]);
    assert_eq!(code, 0);
    assert!(list.lines().count() > 40);
    let (code, text, _) = say(folder.path(), &["explain", "error[unknown-key]"]);
    assert_eq!(code, 0);
    assert!(text.starts_with("error[unknown-key]"));
    let (code, out, err) = say(folder.path(), &["explain", "unknwon-key"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean `unknown-key`?"), "{err}");
}

#[test]
fn no_colour_goes_where_there_is_no_terminal() {
    let folder = here();
    let (_, out, err) = say(folder.path(), &["run"]);
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'));
}

#[test]
fn new_refuses_a_bad_name_and_never_writes_over_a_council() {
    let folder = here();
    let (code, _, err) = say(folder.path(), &["new", "North Shire"]);
    assert_eq!(code, 2);
    assert!(err.contains("bad-id"), "{err}");
    let (code, made, next) = say(folder.path(), &["new", "northshire"]);
    assert_eq!(code, 0, "{next}");
    assert!(made.contains("scripts/northshire/check.rhai"), "{made}");
    assert!(next.contains("healthcheck run northshire"), "{next}");
    let (code, _, err) = say(folder.path(), &["new", "northshire"]);
    assert_eq!(code, 2);
    assert!(err.contains("left as it is"), "{err}");
}

#[test]
fn a_script_that_cannot_be_read_ends_with_3_and_says_what_readers_see_meanwhile() {
    let folder = here();
    let council = folder.path().join("scripts/northshire");
    std::fs::create_dir_all(&council).unwrap();
    std::fs::write(council.join("check.rhai"), b"// \xff").unwrap();
    let (code, out, err) = say(folder.path(), &["run"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("scripts/northshire/check.rhai:1:4"), "{err}");
    assert!(err.contains("it has no publication yet"), "{err}");
}

#[test]
fn templates_are_written_out_once_and_serve_as_they_are() {
    let folder = here();
    let code = |words: &[&str]| say(folder.path(), words).0;
    assert_eq!(code(&["templates"]), 0);
    assert!(folder.path().join("templates/council.html.j2").is_file());
    assert_eq!(code(&["templates"]), 2);
    assert_eq!(code(&["new", "westmere"]), 0);
    assert_eq!(code(&["run"]), 0);
}

#[test]
fn templates_can_be_tried_on_made_up_councils_at_the_edges() {
    let folder = here();
    let (code, out, _) = say(folder.path(), &["templates", "--try", "look"]);
    assert_eq!(code, 0);
    for page in [
        "full",
        "nothing-rated",
        "everything-withheld",
        "one-service",
    ] {
        let page = Path::new("look").join(page).join("index.html");
        assert!(out.contains(&page.display().to_string()), "{out}");
        assert!(folder.path().join(page).is_file());
    }
    assert!(!folder.path().join("published").exists());
}

#[test]
fn check_names_the_data_file_that_is_not_there() {
    let folder = here();
    say(folder.path(), &["new", "westmere"]);
    std::fs::remove_file(folder.path().join("scripts/westmere/data/workers.csv")).unwrap();
    let (code, out, _) = say(folder.path(), &["check"]);
    let said = "2 of 3 data files there; not there: scripts/westmere/data/workers.csv";
    assert!(code == 0 && out.contains(said), "{out}");
}
