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
fn check_names_the_data_file_that_is_not_there() {
    let folder = here();
    say(folder.path(), &["new", "westmere"]);
    std::fs::remove_file(folder.path().join("scripts/westmere/data/workers.csv")).unwrap();
    let (code, out, _) = say(folder.path(), &["check"]);
    let said = "2 of 3 data files there; not there: scripts/westmere/data/workers.csv";
    assert!(code == 0 && out.contains(said), "{out}");
}

#[test]
fn an_attack_says_what_it_tried_and_ends_with_1_only_if_something_opens() {
    let folder = here();
    let results = folder.path().join("published/northshire/results.json");
    assert_eq!(say(folder.path(), &["new", "northshire"]).0, 0);
    assert_eq!(say(folder.path(), &["run"]).0, 0);
    for place in [
        "published",
        "published/northshire",
        "published/northshire/results.json",
    ] {
        let (code, out, _) = say(folder.path(), &["disclose", "attack", place]);
        assert_eq!(code, 0, "{out}");
        assert!(
            out.contains("figures published") && out.contains("Nothing opens."),
            "{out}"
        );
    }
    // A service's number of sheets, withheld beside the whole's and the other's.
    let text = std::fs::read_to_string(&results).unwrap();
    let mut page: healthcheck::Publication = serde_json::from_str(&text).unwrap();
    let figure = |text: &str| healthcheck::publication::Figure {
        value: text.parse().ok(),
        symbol: text.parse::<f64>().err().map(|_| text.to_owned()),
        text: text.to_owned(),
    };
    page.response = ["whole", "children", "adults"]
        .iter()
        .zip(["40", "31", "c"])
        .map(|(scope, answered)| healthcheck::publication::Response {
            scope: (*scope).to_owned(),
            title: String::new(),
            asked: figure("60"),
            answered: figure(answered),
            rate: figure("c"),
            words: String::new(),
        })
        .collect();
    std::fs::write(&results, serde_json::to_string(&page).unwrap()).unwrap();
    let (code, out, _) = say(folder.path(), &["disclose", "attack", "published"]);
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains("opened: northshire, service adults: number who answered"),
        "{out}"
    );
    let json = &["disclose", "attack", "--format", "json", "published"];
    let (code, out, _) = say(folder.path(), json);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    assert_eq!(told["openings"][0]["group"], "adults");
}

#[test]
fn an_attack_on_what_is_not_there_or_no_publication_ends_with_3() {
    let folder = here();
    std::fs::write(folder.path().join("other.json"), "{}").unwrap();
    for place in ["nowhere", ".", "other.json"] {
        let (code, out, err) = say(folder.path(), &["disclose", "attack", place]);
        assert_eq!((code, out.as_str()), (3, ""), "{place}: {err}");
    }
    assert_eq!(say(folder.path(), &["disclose", "attack"]).0, 2);
}
