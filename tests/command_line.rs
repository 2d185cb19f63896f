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
fn a_command_that_is_not_understood_is_told_as_other_mistakes_are_with_what_to_type() {
    let folder = here();
    for (words, message, help) in [
        (
            &["explian"][..],
            "error: there is no command `explian`",
            "help: healthcheck explain",
        ),
        (
            &["check", "--format", "pdf"],
            "cannot be `pdf`",
            "help: human, json",
        ),
        (
            &["run", "--ouput", "x"],
            "error: nothing here takes `--ouput`",
            "help: ",
        ),
        (
            &["new", "a", "--services", "kids"],
            "the services are: children, adults",
            "help: ",
        ),
    ] {
        let (code, _, err) = say(folder.path(), words);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(message) && err.contains(help), "{err}");
        assert!(!err.contains("tip:") && !err.contains("Usage"), "{err}");
    }
}

#[test]
fn a_test_is_told_of_numbers_in_quotes_of_capitals_and_of_comparisons() {
    let folder = here();
    let council = folder.path().join("scripts/sandbourne");
    std::fs::create_dir_all(&council).unwrap();
    let script = "council(\"Sandbourne\", #{ code: \"E06999903\", as_of: \"2026-09-30\", services: [\"children\"] });
table(\"workers\", #{ file: \"data/workers.csv\", columns: #{ seen: \"Seen\" } });
measure(\"not-seen\", #{
    standard: \"caseload\", ask: \"Not seen\", unit: \"%\", best: 0, worst: 50,
    value: |workers| workers.share(|w| w.seen == \"no\"),
});
";
    std::fs::write(council.join("check.rhai"), script).unwrap();
    for (line, help) in [
        (
            "given(\"workers\", [#{ seen: \"No\" }]); expect(item(\"not-seen\").value, 100);",
            "help: \"no\"",
        ),
        (
            "given(\"workers\", [#{ seen: \"no\", cases: \"4\" }]); expect(item(\"not-seen\").value, 100);",
            "help: 4",
        ),
        (
            "given(\"workers\", #{ seen: \"no\" }); expect(item(\"not-seen\").value, 100);",
            "help: [#{ seen: \"no\" }]",
        ),
        (
            "given(\"workers\", [#{ seen: \"no\" }]); expect(item(\"not-seen\").value = 100);",
            "help: expect(item(\"not-seen\").value, 100)",
        ),
        (
            "given(\"workers\", [#{ seen: \"no\" }]); expect(item(\"seen-not\").value, 100);",
            "help: \"not-seen\"",
        ),
        (
            "given(\"workers\", [#{ seen: \"no\" }]); expect(item(\"not-seen\").val, 100);",
            "help: value",
        ),
    ] {
        let text = format!("test(\"a\", || {{ {line} }});\n");
        std::fs::write(council.join("tests.rhai"), text).unwrap();
        let (code, out, err) = say(folder.path(), &["test"]);
        assert_eq!(code, 1, "{out}{err}");
        assert!(err.contains(help) || out.contains(help), "{out}{err}");
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
fn explain_tells_what_an_item_of_the_councils_own_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (code, text, _) = say(root, &["explain", "far-over-ceiling"]);
    assert_eq!(code, 0);
    for words in [
        "far-over-ceiling: a measure of Northshire County Council",
        "Caseload management",
        "scores 100 and",
        "Its formula:",
        "compares with nothing",
        "measure(\"far-over-ceiling\", #{",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let (code, text, _) = say(root, &["explain", "peer-support"]);
    assert_eq!(code, 0);
    assert!(
        text.contains("Practitioners answer strongly disagree"),
        "{text}"
    );
    let (code, _, err) = say(here().path(), &["explain", "far-over-ceiling"]);
    assert_eq!(code, 2, "{err}");
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
    assert!(
        folder
            .path()
            .join("templates/pages/index.html.j2")
            .is_file()
    );
    assert_eq!(code(&["templates"]), 2);
    assert_eq!(code(&["new", "westmere"]), 0);
    assert_eq!(code(&["run"]), 0);
}

#[test]
fn the_names_that_a_template_may_use_are_listed_all_or_by_a_word() {
    let folder = here();
    let (code, all, _) = say(folder.path(), &["templates", "--names"]);
    assert_eq!(code, 0);
    assert!(all.contains("benchmarks_chart") && all.contains("index.html.j2"));
    let (code, some, _) = say(folder.path(), &["templates", "--names", "resamples"]);
    assert_eq!(code, 0);
    assert!(some.contains("firmness") && !some.contains("benchmarks_chart"));
    let (code, none, err) = say(folder.path(), &["templates", "--names", "firmnes"]);
    assert_eq!(
        (code, none.is_empty()),
        (0, false),
        "part of a name is enough: {err}"
    );
    let (code, none, err) = say(folder.path(), &["templates", "--names", "firmnezz"]);
    assert_eq!((code, none.as_str()), (2, ""));
    assert!(err.contains("did you mean `firmness`?"), "{err}");
    assert!(!folder.path().join("templates").exists());
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
    let said = "2 of 3 data files read; not there: scripts/westmere/data/workers.csv";
    assert!(code == 0 && out.contains(said), "{out}");
}

#[test]
fn check_tells_what_only_figures_show_and_shows_no_figure_as_the_guide_has_it() {
    let folder = here();
    say(folder.path(), &["new", "northshire"]);
    let council = folder.path().join("scripts/northshire");
    let script = council.join("check.rhai");
    let sound = std::fs::read_to_string(&script).unwrap();
    let (code, out, _) = say(folder.path(), &["check", "northshire"]);
    assert!(code == 0 && out.contains("figures worked out"), "{out}");
    // It compiles, its columns are there and of the right kind, and it divides by nobody.
    let card = "\nmeasure(\"far-over\", #{ standard: \"caseload\", ask: \"Far over\", unit: \"%\", value: |workers| 100 / (workers.count(|w| w.cases > 1000)), best: 0, worst: 1 });\n";
    std::fs::write(&script, sound.clone() + card).unwrap();
    let (_, _, by_check) = say(folder.path(), &["check", "northshire"]);
    let (_, _, by_run) = say(folder.path(), &["run", "northshire"]);
    assert!(by_check.contains("[not-finite]"), "{by_check}");
    let told: Vec<&str> = by_check.split("\n\n").collect();
    assert!(
        told.iter().all(|fault| by_run.contains(fault)),
        "{by_check}\n{by_run}"
    );
    // Ten are asked, and many more have answered.
    let few = sound.replace("children: 120, adults: 90", "children: 6, adults: 4");
    assert_ne!(few, sound);
    std::fs::write(&script, few).unwrap();
    let (_, _, err) = say(folder.path(), &["check", "northshire"]);
    assert!(err.contains("[more-answers-than-asked]"), "{err}");
}

#[test]
fn check_says_of_many_rows_which_formulas_are_run_for_each_different_row_as_the_guide_has_it() {
    let folder = here();
    say(folder.path(), &["new", "northshire"]);
    let council = folder.path().join("scripts/northshire");
    // What of the second is slow is in the rows alone: words are no numbers.
    let card = [
        "w| { let ten = 10; w.cases > ten }",
        "w| w.team < \"N\"",
        "w| w.cases < 10",
    ];
    let card: String = ["slow", "by-rows", "fast"].iter().zip(card).map(|(id, closure)| format!("\nmeasure(\"{id}\", #{{ standard: \"caseload\", ask: \"Slow\", unit: \"%\", value: |workers| workers.share(|{closure}), best: 0, worst: 1 }});\n")).collect();
    let script = council.join("check.rhai");
    let text = std::fs::read_to_string(&script).unwrap();
    std::fs::write(&script, text + card.as_str()).unwrap();
    let (_, _, few) = say(folder.path(), &["check", "northshire"]);
    assert!(!few.contains("different row"), "{few}");
    let file = council.join("data/workers.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let times = 20_000 / rows.lines().count() + 1;
    std::fs::write(&file, format!("{header}\n{}", rows.repeat(times))).unwrap();
    let (code, out, told) = say(folder.path(), &["check", "northshire"]);
    assert_eq!(code, 0, "{told}");
    let told = format!("{out}{told}");
    for id in ["slow", "by-rows"] {
        let wanted = format!("the formula of `{id}` is run for each different row of about 20");
        assert!(told.contains(&wanted), "{told}");
    }
    assert!(!told.contains("the formula of `fast`"), "{told}");
    assert!(include_str!("../docs/guide.md").contains("formulas are run for each different row"));
}

/// The three samples, published in a folder of their own.
fn samples_published() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = here();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let published = folder.path().join("published");
    let (code, ..) = say(root, &["run", "--out", published.to_str().unwrap()]);
    assert_eq!(code, 0);
    (folder, published)
}

#[test]
fn compare_sets_the_samples_side_by_side_and_sums_up_the_nation() {
    let (folder, _published) = samples_published();
    let (code, out, err) = say(folder.path(), &["compare", "published"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for said in [
        "As of 2026-09-30, edition 2026.1",
        "Did the check: 3",
        "Carried out: tailored 1, in part 2",
        "Employers found it helpful: yes 1, partly 1, not said 1",
        "Children's services",
        "Adults' services",
        "never ranked",
        "Scored by the council's own check. Not a rating",
    ] {
        assert!(out.contains(said), "{said}\n{out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(!out.contains('\u{1b}'));
    let (code, out, _) = say(folder.path(), &["compare", "published", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    assert_eq!(json["councils"].as_array().unwrap().len(), 3);
    assert_eq!(json["schema"], "healthcheck-comparison/1");
}

#[test]
fn compare_says_what_it_cannot_use_and_ends_with_the_code_of_the_worst() {
    let (folder, published) = samples_published();
    let one = published.join("eastmere");
    fs_copy(&one.join("results.json"), &folder.path().join("good.json"));
    std::fs::write(folder.path().join("bad.json"), "{}").unwrap();
    for (words, code, said) in [
        (&["compare", "good.json"][..], 0, ""),
        (
            &["compare", "good.json", "bad.json"],
            1,
            "results-not-usable",
        ),
        (&["compare", "good.json", "none.json"], 3, "none.json"),
        (&["compare", "good.json", "--as-of", "soon"], 2, "is no day"),
        (&["compare"], 2, "RESULTS"),
    ] {
        let (ended, out, err) = say(folder.path(), words);
        assert_eq!(ended, code, "{words:?} {err}");
        assert!(err.contains(said), "{words:?} {err}");
        assert_eq!(out.contains("Did the check: 1"), code != 2, "{words:?}");
    }
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let (code, out, err) = say(folder.path(), &["compare", "empty"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("there are no results in `empty`"), "{err}");
}

fn fs_copy(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
}

#[test]
fn diff_shows_what_a_council_changed_and_how_many_items_still_compare() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (code, out, err) = say(root, &["diff", "northshire"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for said in [
        "sickness-absence  complies: it differs, and still compares; its local",
        "  - worst: 7\n  + worst: 6\n",
        "system-hours-lost  omitted; ",
        "  + equality (standard): Equality of experience",
        "  + weight of caseload: 3",
        "  + service: “CSC” means “children”",
        "  6 of 7  IT systems",
        "As the script has it: tailored\n",
        "  38 of 39 national items compare, once figures are brought for them\n",
    ] {
        assert!(out.contains(said), "{said}\n{out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let (_, out, _) = say(root, &["diff", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    let (code, ..) = say(root, &["diff", "nowhere"]);
    assert_eq!(code, 2);
}

#[test]
fn a_measure_whose_columns_are_not_what_they_are_called_is_out_of_the_national_score() {
    let (folder, _) = samples_published();
    let home = folder.path().join("scripts/eastmere");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    std::fs::create_dir_all(home.join("data")).unwrap();
    std::fs::create_dir_all(folder.path().join("scripts/shared")).unwrap();
    for file in [
        "check.rhai",
        "data/survey.csv",
        "data/workers.csv",
        "data/workforce.xlsx",
    ] {
        fs_copy(&from.join("eastmere").join(file), &home.join(file));
    }
    let library = "shared/caseload.rhai";
    fs_copy(
        &from.join(library),
        &folder.path().join("scripts").join(library),
    );
    let script = home.join("check.rhai");
    let text = std::fs::read_to_string(&script).unwrap();
    let plain = "ceiling: 22 }";
    assert!(text.contains(plain));
    std::fs::write(
        &script,
        text.replace(plain, "ceiling: 22, supervision_due: 1 }"),
    )
    .unwrap();
    let (code, out, err) = say(folder.path(), &["run", "--out", "again"]);
    assert!(code == 0 && out.contains("34 of 39"), "{out}{err}");
    assert!(err.contains("core-item-changed"), "{err}");
    let page = std::fs::read_to_string(folder.path().join("again/eastmere/results.json")).unwrap();
    let page: serde_json::Value = serde_json::from_str(&page).unwrap();
    let items = page["items"].as_array().unwrap();
    let item = items
        .iter()
        .find(|item| item["id"] == "supervision-held")
        .unwrap();
    assert_eq!(item["comparability"], "not comparable");
    let reading = &item["findings"][0]["national"];
    assert_eq!(reading["score"]["text"], "x");
    let why = reading["why_not"].as_str().unwrap();
    assert!(why.contains("as the script sets it"), "{why}");
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
fn an_attack_on_what_is_not_there_or_no_publication_ends_as_compare_does() {
    let folder = here();
    std::fs::write(folder.path().join("other.json"), "{}").unwrap();
    for (place, ending) in [("nowhere", 3), (".", 2), ("other.json", 1)] {
        let (code, out, err) = say(folder.path(), &["disclose", "attack", place]);
        assert_eq!((code, out.as_str()), (ending, ""), "{place}: {err}");
    }
    assert_eq!(say(folder.path(), &["disclose", "attack"]).0, 2);
}

#[test]
fn tests_of_a_council_end_with_1_if_one_fails_and_are_chosen_by_a_word_of_their_name() {
    let folder = here();
    say(folder.path(), &["new", "northshire"]);
    let (code, told, beside) = say(folder.path(), &["test"]);
    assert_eq!((code, beside.as_str()), (0, ""), "{told}");
    assert!(told.contains("northshire: 2 tests, all passed; 1 of 1 formula of its own tested"));
    let tests = folder.path().join("scripts/northshire/tests.rhai");
    let text = std::fs::read_to_string(&tests).unwrap();
    std::fs::write(&tests, text.replace("66.7", "60")).unwrap();
    let (code, told, beside) = say(folder.path(), &["test", "northshire"]);
    assert_eq!(code, 1);
    assert!(told.contains("failed  northshire: more than 18 cases"));
    assert!(told.contains("northshire: 2 tests, 1 failed"));
    assert!(beside.contains("error[test-failed]: expected 60, found 66.7"));
    assert!(beside.contains("holders.share(|w| w.cases > CEILING * w.fte)"));
    let (code, told, _) = say(folder.path(), &["test", "--filter", "Score Nothing"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("northshire: 1 test, all passed"));
    let (code, _, beside) = say(folder.path(), &["test", "--filter", "no such words"]);
    assert_eq!(code, 2);
    assert!(beside.contains("no test's name holds \"no such words\""));
    std::fs::remove_file(&tests).unwrap();
    let (code, told, beside) = say(folder.path(), &["test"]);
    assert_eq!(
        (code, told.trim()),
        (2, "northshire: has no tests.rhai"),
        "{beside}"
    );
}

#[test]
fn fmt_lays_scripts_out_and_with_check_only_says_which_are_not() {
    let folder = here();
    let council = folder.path().join("scripts/paperby");
    std::fs::create_dir_all(&council).unwrap();
    let script = council.join("check.rhai");
    let careless = "standard( \"welfare\" ,#{weight:2,\nnote: \"x\"}) // ours\n;";
    std::fs::write(&script, careless).unwrap();

    let (code, out, err) = say(folder.path(), &["fmt", "--check"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("check.rhai"), "{out}");
    assert_eq!(std::fs::read_to_string(&script).unwrap(), careless);

    let (code, out, err) = say(folder.path(), &["fmt", "paperby"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("check.rhai"), "{out}");
    let laid = "standard(\"welfare\", #{\n    weight: 2,\n    note:   \"x\",\n}); // ours\n";
    assert_eq!(std::fs::read_to_string(&script).unwrap(), laid);

    let (code, out, _) = say(folder.path(), &["fmt", "--check"]);
    assert_eq!((code, out.as_str()), (0, ""));

    let printed = healthcheck(folder.path())
        .args(["fmt", "--stdin"])
        .write_stdin(careless)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), laid);
}

#[test]
fn fmt_leaves_a_script_alone_that_is_not_closed_and_says_what_is_open() {
    let folder = here();
    let council = folder.path().join("scripts/paperby");
    std::fs::create_dir_all(&council).unwrap();
    let script = council.join("check.rhai");
    let open = "standard(\"welfare\", #{ note: \"x });\n";
    std::fs::write(&script, open).unwrap();
    let (code, _, err) = say(folder.path(), &["fmt"]);
    assert_eq!(code, 1);
    assert!(err.contains("unclosed-text"), "{err}");
    assert_eq!(std::fs::read_to_string(&script).unwrap(), open);
}

/// A council whose script has two slips of which each has one right text, and one that has
/// none.
fn with_slips(folder: &Path) -> (std::path::PathBuf, String, String) {
    assert_eq!(say(folder, &["new", "northshire"]).0, 0);
    let script = folder.join("scripts/northshire/check.rhai");
    let sound = std::fs::read_to_string(&script).unwrap();
    let slips = sound
        .replace("target: at_most(16),", "tarket: at_most(16%),")
        .replace("weight: 2,", "weight: 0,");
    assert_ne!(sound, slips);
    std::fs::write(&script, &slips).unwrap();
    (script, sound, slips)
}

#[test]
fn fix_types_what_has_one_right_text_shows_it_and_ends_as_what_is_left_does() {
    let folder = here();
    let (script, sound, _) = with_slips(folder.path());
    let (code, out, err) = say(folder.path(), &["check", "--fix", "northshire"]);
    let mended = std::fs::read_to_string(&script).unwrap();
    let left = sound.replace("weight: 2,", "weight: 0,");
    assert_eq!(mended, left, "{out}\n{err}");
    let shown = "-     tarket: at_most(16%),\n+     target: at_most(16),\n";
    let shown_in_steps =
        out.contains(shown) || out.contains("- ") && out.contains("+     target: at_most(16),\n");
    assert!(
        shown_in_steps && out.contains("scripts/northshire/check.rhai:"),
        "{out}"
    );
    assert!(err.contains(" in 1 file made."), "{err}");
    let faulty = left != sound;
    assert_eq!(
        (code, err.contains("weight-out-of-range")),
        (i32::from(faulty), faulty),
        "{err}"
    );
    // Nothing is left to type: the file is not written again.
    let (_, out, err) = say(folder.path(), &["check", "--fix", "northshire"]);
    assert!(!out.contains("+ "), "{out}");
    assert!(
        err.contains("Nothing to mend that has one right text."),
        "{err}"
    );
    assert_eq!(std::fs::read_to_string(&script).unwrap(), left);
}

#[test]
fn fix_mends_tests_and_templates_too() {
    let folder = here();
    assert_eq!(say(folder.path(), &["new", "northshire"]).0, 0);
    let tests = folder.path().join("scripts/northshire/tests.rhai");
    let sound = std::fs::read_to_string(&tests).unwrap();
    let id = "item(\"over-our-ceiling\").score";
    assert!(sound.contains(id), "{sound}");
    std::fs::write(
        &tests,
        sound.replace(id, "item(\"over-our-ceilling\").score"),
    )
    .unwrap();
    let page = folder.path().join("templates/pages/ours.html.j2");
    std::fs::create_dir_all(page.parent().unwrap()).unwrap();
    let text = |name: &str| {
        format!(
            "{{% extends \"base.html.j2\" %}}\n{{% set title = \"Ours\" %}}\n{{% set order = 90 %}}\n{{% block content %}}\n<h1>Ours</h1>\n<p>{{{{ council.{name} }}}}</p>\n{{% endblock %}}\n"
        )
    };
    std::fs::write(&page, text("nmae")).unwrap();
    let (_, out, err) = say(folder.path(), &["check", "--fix"]);
    assert_eq!(
        std::fs::read_to_string(&tests).unwrap(),
        sound,
        "{out}{err}"
    );
    assert_eq!(
        std::fs::read_to_string(&page).unwrap(),
        text("name"),
        "{out}{err}"
    );
    assert!(err.contains("2 changes in 2 files made."), "{err}");
    // A council by name: the templates are everybody's.
    std::fs::write(&page, text("nmae")).unwrap();
    let (_, _, err) = say(folder.path(), &["check", "--fix", "northshire"]);
    assert!(err.contains("Nothing to mend"), "{err}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), text("nmae"));
}

#[test]
fn fix_of_a_text_that_is_handed_over_prints_it_mended_and_writes_nothing() {
    let folder = here();
    let (script, sound, slips) = with_slips(folder.path());
    let path = "scripts/northshire/check.rhai";
    let hand = |words: &[&str]| {
        let mut command = healthcheck(folder.path());
        let output = command
            .args(words)
            .write_stdin(slips.clone())
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (_, out) = hand(&["check", "--fix", "--stdin-filename", path]);
    assert_eq!(out, sound.replace("weight: 2,", "weight: 0,"));
    assert_eq!(std::fs::read_to_string(&script).unwrap(), slips);
    let (code, out) = hand(&[
        "check",
        "--fix",
        "--format",
        "json",
        "--stdin-filename",
        path,
    ]);
    assert_eq!((code, out.as_str()), (2, ""));
}

#[test]
fn fix_in_a_form_for_programs_leaves_standard_output_to_the_report() {
    let folder = here();
    with_slips(folder.path());
    let (_, out, err) = say(folder.path(), &["check", "--fix", "--format", "json"]);
    assert!(
        out.starts_with('{') && out.contains("healthcheck-diagnostics/1"),
        "{out}"
    );
    assert!(err.contains("target: at_most(16),"), "{err}");
}

#[test]
fn a_cell_of_few_people_is_shown_by_its_form_unless_it_is_asked_for() {
    let folder = here();
    assert_eq!(say(folder.path(), &["new", "northshire"]).0, 0);
    let file = folder.path().join("scripts/northshire/data/workers.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = lines[0].split(',').position(|name| name == "fte").unwrap();
    let mut cells: Vec<&str> = lines[1].split(',').collect();
    cells[at] = "Ann Other";
    lines[1] = cells.join(",");
    std::fs::write(&file, lines.join("\n") + "\n").unwrap();
    let (code, out, err) = say(folder.path(), &["run"]);
    assert_eq!(code, 1);
    assert!(!out.contains("Ann") && !err.contains("Ann"), "{err}");
    assert!(
        err.contains("fte = Aaa Aaaa") && err.contains("--show-values"),
        "{err}"
    );
    for format in ["json", "github", "sarif", "junit"] {
        let (_, out, err) = say(folder.path(), &["run", "--format", format]);
        assert!(
            !out.contains("Ann") && !err.contains("Ann"),
            "{format}: {out}"
        );
        let (_, out, _) = say(folder.path(), &["run", "--format", format, "--show-values"]);
        assert!(out.contains("Ann Other"), "{format}: {out}");
    }
    let (_, _, err) = say(folder.path(), &["run", "--show-values"]);
    assert!(err.contains("fte = Ann Other"), "{err}");
}

#[test]
fn doctor_says_once_what_is_the_same_of_many_councils_with_what_to_type_for_all() {
    let folder = here();
    for council in ["a", "b", "c", "d", "e"] {
        let (code, ..) = say(folder.path(), &["new", council]);
        assert_eq!(code, 0);
    }
    let (code, out, err) = say(folder.path(), &["doctor"]);
    assert_eq!(code, 0, "{out}{err}");
    let told = "note: scripts/a/check.rhai, scripts/b/check.rhai, scripts/c/check.rhai and 2 more\n  \
                it was not published yet\n  help: healthcheck run\n";
    assert!(out.contains(told), "{out}");
    assert!(err.contains("5 things to look at"), "{err}");
    say(folder.path(), &["run", "a", "b", "c", "d"]);
    let (_, out, _) = say(folder.path(), &["doctor"]);
    assert!(out.contains("note: scripts/e/check.rhai\n"), "{out}");
    assert!(out.contains("help: healthcheck run e\n"), "{out}");
    std::fs::remove_dir_all(folder.path().join("scripts/e/data")).unwrap();
    let (code, out, _) = say(folder.path(), &["doctor", "e"]);
    assert_eq!(code, 1, "{out}");
    let told =
        "error: scripts/e/check.rhai\n  there is no file `scripts/e/data/survey.csv`\n  help: ";
    assert!(out.starts_with(told), "{out}");
}

#[test]
fn doctor_tells_apart_what_is_to_be_done_of_councils_with_the_same_symptom() {
    let folder = here();
    for council in ["a", "b", "c", "d"] {
        say(folder.path(), &["new", council]);
    }
    let (code, ..) = say(folder.path(), &["run"]);
    assert_eq!(code, 0);
    let templates = folder.path().join("templates");
    std::fs::create_dir(&templates).unwrap();
    std::fs::write(templates.join("style.css"), "body { color: black }\n").unwrap();
    for council in ["b", "d"] {
        let script = folder.path().join(format!("scripts/{council}/check.rhai"));
        let text = std::fs::read_to_string(&script).unwrap();
        std::fs::write(script, text + "\nmeasure(\n").unwrap();
    }
    let (code, out, _) = say(folder.path(), &["doctor"]);
    assert_eq!(code, 1, "{out}");
    for (councils, advice) in [
        ("published/a, published/c", "healthcheck run"),
        (
            "published/b, published/d",
            "mend its errors, then: healthcheck run",
        ),
    ] {
        let told = format!(
            "note: {councils}\n  it was made with other templates than are at hand\n  help: {advice}\n"
        );
        assert!(out.contains(&told), "{told}\nin\n{out}");
    }
}
