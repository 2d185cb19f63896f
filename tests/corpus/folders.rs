//! Faults of files and folders, made here in a folder of their own. Its path is not the
//! same twice, so the pictures show `PLACE` for it.

use super::cases::CORPUS;
use healthcheck::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use healthcheck::host::{Destination, Host, Tested};
use healthcheck::national;
use healthcheck::publication::{Earlier, Publication};
use std::fs;
use std::path::Path;

fn shown_as_kept(code: Code, form: &str, found: &Diagnostics, folder: &Path) {
    let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [code], "{found}");
    let place = folder.to_string_lossy().into_owned();
    let picture = found.paint(false).replace(&place, "PLACE");
    let kept = Path::new(CORPUS)
        .join("other")
        .join(format!("{}{form}.expected", code.name()));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &picture).unwrap();
    }
    assert_eq!(picture, fs::read_to_string(kept).unwrap_or_default());
}

pub fn host(folder: &Path) -> Host {
    Host::builder()
        .scripts(folder.join("scripts"))
        .templates(folder.join("templates"))
        .build()
}

fn council(folder: &Path, id: &str, text: &[u8]) {
    let home = folder.join("scripts").join(id);
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("check.rhai"), text).unwrap();
}

#[test]
fn without_a_folder_of_scripts_it_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let found = host(folder.path()).councils(&[]).unwrap_err();
    shown_as_kept(Code::NothingToRun, "", &found, folder.path());
}

#[test]
fn a_misspelt_council_is_told_which_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    council(folder.path(), "sandbourne", b"");
    let named = ["sandborne".to_owned()];
    let found = host(folder.path()).councils(&named).unwrap_err();
    shown_as_kept(Code::NothingToRun, ".misspelt", &found, folder.path());
}

#[test]
fn a_council_whose_folder_no_file_could_be_named_after_is_told_before_anything_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let script = fs::read("scripts/sandbourne/check.rhai").unwrap();
    let found = |letters: usize| {
        let id = "n".repeat(letters);
        council(folder.path(), &id, &script);
        host(folder.path()).load(folder.path().join("scripts").join(id))
    };
    assert!(found(100).is_ok());
    let long = found(101).unwrap_err();
    shown_as_kept(Code::BadId, ".folder", &long, folder.path());
    let named = host(folder.path()).begin(&"n".repeat(101)).unwrap_err();
    assert!(named.to_string().contains("at most 100"), "{named}");
}

#[test]
fn a_script_in_another_encoding_is_shown_at_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"// Agreed with the workload group.\n// Fran\xe7oise holds the pen.\n";
    council(folder.path(), "sandbourne", text);
    let found = host(folder.path()).load(folder.path().join("scripts/sandbourne"));
    shown_as_kept(
        Code::FileNotRead,
        ".encoding",
        &found.unwrap_err(),
        folder.path(),
    );
}

#[test]
fn a_script_in_letters_of_two_bytes_is_told_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = "// Agreed with the workload group.\ncouncil(\"Sandbourne\", #{});\n";
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    council(folder.path(), "sandbourne", &text);
    let found = host(folder.path()).load(folder.path().join("scripts/sandbourne"));
    shown_as_kept(
        Code::FileNotRead,
        ".utf16",
        &found.unwrap_err(),
        folder.path(),
    );
}

#[test]
fn a_script_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let found = host(folder.path()).load(folder.path().join("scripts/sandbourne/check.rhai"));
    shown_as_kept(
        Code::FileNotFound,
        ".script",
        &found.unwrap_err(),
        folder.path(),
    );
}

#[test]
fn national_cards_that_were_changed_on_disk_are_shown_at_the_first_difference() {
    let folder = tempfile::tempdir().unwrap();
    let national = folder.path().join("scripts/national");
    fs::create_dir_all(&national).unwrap();
    let (name, text) = national::CARDS[0];
    let text = text.replacen("standard:", "standard :", 1);
    fs::write(national.join(Path::new(name).file_name().unwrap()), text).unwrap();
    let found = host(folder.path()).inspect_national();
    shown_as_kept(Code::NationalCardsDiffer, "", &found, folder.path());
}

#[test]
fn a_folder_that_cannot_be_written_keeps_what_was_published() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder should be.
    let published = folder.path().join("published");
    fs::write(&published, "").unwrap();
    let host = Host::builder()
        .templates(folder.path().join("none"))
        .build();
    let check = host.load("scripts/sandbourne").unwrap();
    let data = host.read(&check).unwrap();
    let found = host
        .assess(&check, &data, &Earlier::none())
        .map(Checked::into_inner)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let faults = host
        .publish(&found, &Destination::folder(&published))
        .unwrap_err();
    shown_as_kept(Code::NotWritten, "", &faults, folder.path());
}

/// Runs the sample council Sandbourne as of 30 September of a year, with cards of its own;
/// gives what was told.
pub fn sandbourne_in(folder: &Path, year: &str, more: &str) -> Diagnostics {
    let sample = Path::new("scripts/sandbourne");
    let text = fs::read_to_string(sample.join("check.rhai")).unwrap();
    let text = text.replace("2026-", &format!("{year}-")) + more;
    council(folder, "sandbourne", text.as_bytes());
    let data = folder.join("scripts/sandbourne/data");
    fs::create_dir_all(&data).unwrap();
    for entry in fs::read_dir(sample.join("data")).unwrap() {
        let file = entry.unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        // Another year has other people.
        let fewer = usize::from(year != "2026" && rows.len() > 2);
        let rows = rows[..rows.len() - fewer].join("\n") + "\n";
        fs::write(data.join(file.file_name()), rows).unwrap();
    }
    let host = host(folder);
    let to = Destination::folder(folder.join("published"));
    let mut run = host.run(&host.councils(&[]).unwrap(), &to);
    let outcome = &mut run.outcomes[0];
    assert!(outcome.page.is_some(), "{}", outcome.faults);
    std::mem::take(&mut outcome.faults)
}

/// Runs Sandbourne as of 2025 and then, with its survey card as given, as of 2026; gives what was
/// told. Beside the file of 2026 stands that of 2025.
pub fn sandbourne_next_year(folder: &Path, survey: &str) -> Diagnostics {
    let host = host(folder);
    host.begin("sandbourne").unwrap();
    let script = fs::read_to_string(folder.join("scripts/sandbourne/check.rhai")).unwrap();
    let (head, _) = script.split_once("// Where the figures are.").unwrap();
    let head = head.replace("made-up", "E06999903");
    let data = folder.join("scripts/sandbourne/data");
    let sheets = fs::read_to_string(data.join("survey.csv")).unwrap();
    fs::write(data.join("survey-2026.csv"), &sheets).unwrap();
    let fewer: Vec<&str> = sheets.lines().collect();
    let fewer = fewer[..fewer.len() - 1].join("\n");
    fs::write(data.join("survey-2025.csv"), fewer).unwrap();
    let to = Destination::folder(folder.join("published"));
    let run = |year: &str, survey: &str| {
        let text = head.replace("2026-", &format!("{year}-")) + survey + "\n";
        council(folder, "sandbourne", text.as_bytes());
        let mut run = host.run(&host.councils(&[]).unwrap(), &to);
        let outcome = &mut run.outcomes[0];
        assert!(outcome.page.is_some(), "{}", outcome.faults);
        std::mem::take(&mut outcome.faults)
    };
    run(
        "2025",
        "table(\"survey\", #{ file: \"data/survey-2025.csv\" });",
    );
    run("2026", survey)
}

#[test]
fn last_years_rows_under_this_years_date_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let card = "table(\"survey\", #{ file: \"data/survey-2025.csv\" });";
    let found = sandbourne_next_year(folder.path(), card);
    let own = found.into_iter();
    let own = own.filter(|fault| fault.code == Code::RowsOfAnotherDate);
    shown_as_kept(Code::RowsOfAnotherDate, "", &own.collect(), folder.path());
}

#[test]
fn earlier_results_that_were_cut_off_are_told_and_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = folder.path().join("scripts/sandbourne/earlier");
    fs::create_dir_all(&earlier).unwrap();
    let text = "{\n  \"schema\": \"healthcheck-results/1\",\n  \"edition\": \"2026.1\",\n";
    fs::write(earlier.join("2025-09-30.json"), text).unwrap();
    let found = sandbourne_in(folder.path(), "2026", "");
    shown_as_kept(Code::EarlierNotRead, "", &found, folder.path());
    // Of another form.
    let text = "{ \"schema\": \"healthcheck-results/9\", \"council\": { \"code\": \"E06999903\", \"as_of\": \"2025-09-30\", \"as_of_words\": \"30 September 2025\" } }";
    fs::write(earlier.join("2025-09-30.json"), text).unwrap();
    let found = sandbourne_in(folder.path(), "2026", "");
    shown_as_kept(Code::EarlierNotRead, ".form", &found, folder.path());
}

#[test]
fn an_action_of_the_last_edition_that_is_nowhere_now_is_told_with_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let action = "\naction(\"quiet-rooms\", #{\n    standard: \"systems\",\n    what:     \"Open two quiet rooms in the west office\",\n    status:   \"planned\",\n});\n";
    sandbourne_in(folder.path(), "2025", action);
    let found = sandbourne_in(folder.path(), "2026", "");
    shown_as_kept(Code::ActionNotCarriedOver, "", &found, folder.path());
}

#[test]
fn a_file_that_holds_no_results_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("results.json");
    for (form, text) in [
        ("", "{}"),
        (".older", "{ \"schema\": \"healthcheck-results/0\" }"),
    ] {
        fs::write(&file, text).unwrap();
        let (found, faults) = Host::new().results(&[folder.path().to_owned()]);
        assert!(found.is_empty());
        shown_as_kept(Code::ResultsNotUsable, form, &faults, folder.path());
    }
}

#[test]
fn two_different_results_of_one_council_and_day_are_both_named() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder()
        .templates(folder.path().join("none"))
        .build();
    let check = host.load("scripts/sandbourne").unwrap();
    let data = host.read(&check).unwrap();
    let found = host.assess(&check, &data, &Earlier::none());
    let mut found = found.map(Checked::into_inner).unwrap();
    for (name, note) in [("one", None), ("two", Some("Corrected".to_owned()))] {
        found.id = name.into();
        found.council.note = note;
        host.publish(&found, &Destination::folder(folder.path()))
            .unwrap();
    }
    let (_, faults) = Host::new().results(&[folder.path().to_owned()]);
    shown_as_kept(Code::ResultsTwice, "", &faults, folder.path());
}

/// What is to be published of a council, beside what was published before.
pub fn assessed(host: &Host, script: &Path, earlier: &Earlier) -> Result<Publication, Diagnostics> {
    let check = host.load(script)?;
    let data = host.read(&check)?;
    host.assess(&check, &data, earlier).map(Checked::into_inner)
}

#[test]
fn one_sheet_more_than_was_published_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(&script, text.replace("made-up", "E06999903")).unwrap();
    let assess = |host: &Host, earlier: &Earlier| assessed(host, &script, earlier);
    let first = assess(&host, &Earlier::none()).unwrap();
    let earlier = Earlier {
        edition: None,
        releases: vec![first],
    };
    assess(&host, &earlier).unwrap();
    let survey = folder.path().join("scripts/sandbourne/data/survey.csv");
    let text = fs::read_to_string(&survey).unwrap();
    let last = text.lines().last().unwrap();
    fs::write(&survey, format!("{text}{last}\n")).unwrap();
    let found = assess(&host, &earlier).unwrap_err();
    shown_as_kept(Code::SurveyClosed, "", &found, folder.path());
    let unseen = Host::builder()
        .scripts(folder.path().join("scripts"))
        .unseen(true)
        .build();
    assess(&unseen, &earlier).unwrap();
    // The other way, which costs figures, and says so.
    let text = fs::read_to_string(&script).unwrap();
    let card = "correction(\"one-more\", #{ on: \"2026-11-02\", because: \"A sheet was late\" });";
    fs::write(&script, format!("{text}\n{card}\n")).unwrap();
    let check = host.load(&script).unwrap();
    let data = host.read(&check).unwrap();
    let corrected = host.assess(&check, &data, &earlier).unwrap();
    assert_eq!(corrected.corrections[0].because, "A sheet was late");
    let of_code = |one: &&Diagnostic| one.code == Code::CorrectionWithholds;
    let told: Diagnostics = corrected.warnings.iter().filter(of_code).cloned().collect();
    shown_as_kept(Code::CorrectionWithholds, "", &told, folder.path());
}

/// The same survey is published again as of half a year later.
#[test]
fn a_survey_that_was_published_is_closed_at_later_dates_too() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    let text = text.replace("made-up", "E06999903");
    let survey = folder.path().join("scripts/sandbourne/data/survey.csv");
    let sheets = fs::read_to_string(&survey).unwrap();
    let fewer: Vec<&str> = sheets.lines().collect();
    let fewer = fewer[..fewer.len() - 1].join("\n");
    let to = Destination::folder(folder.path().join("published"));
    let run = |text: &str, sheets: &str| {
        council(folder.path(), "sandbourne", text.as_bytes());
        fs::write(&survey, sheets).unwrap();
        host.run(&host.councils(&[]).unwrap(), &to)
            .outcomes
            .remove(0)
    };
    let first = run(&text, &sheets);
    assert!(first.page.is_some(), "{}", first.faults);
    let later = text.replace("as_of:    \"2026-09-30\"", "as_of:    \"2027-03-31\"");
    assert_ne!(later, text);
    let closed = run(&later, &fewer);
    assert!(closed.page.is_none() && closed.kept.is_some());
    let of_code = |one: &&Diagnostic| one.code == Code::SurveyClosed;
    let told: Diagnostics = closed.faults.iter().filter(of_code).cloned().collect();
    shown_as_kept(Code::SurveyClosed, ".another-date", &told, folder.path());
    // Another survey has other days, and what was published for the first date stays beside it.
    let days = "[\"2026-09-07\", \"2026-09-30\"]";
    let another = later.replace(days, "[\"2027-03-01\", \"2027-03-19\"]");
    assert_ne!(another, later);
    let other = run(&another, &fewer);
    assert!(other.page.is_some(), "{}", other.faults);
    fs::remove_dir_all(folder.path().join("published")).unwrap();
    run(&text, &sheets);
    let same = run(&later, &sheets);
    assert!(same.page.is_some(), "{}", same.faults);
    let earlier = folder
        .path()
        .join("published/sandbourne/earlier/2026-09-30.json");
    assert!(earlier.is_file(), "what was published first stays");
}

/// The totals with so many hours lost to systems in the first team.
pub fn with_hours_lost(text: &str, hours: u32) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    assert!(lines[0].ends_with(",system_hours_lost"), "{}", lines[0]);
    let (others, _) = lines[1].rsplit_once(',').unwrap();
    lines[1] = format!("{others},{hours}");
    lines.join("\n") + "\n"
}

#[test]
fn figures_of_posts_that_are_others_than_those_published_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(&script, text.replace("made-up", "E06999903")).unwrap();
    let earlier = Earlier {
        edition: None,
        releases: vec![assessed(&host, &script, &Earlier::none()).unwrap()],
    };
    let workforce = folder.path().join("scripts/sandbourne/data/workforce.csv");
    let posts = fs::read_to_string(&workforce).unwrap();
    fs::write(&workforce, with_hours_lost(&posts, 900)).unwrap();
    let check = host.load(&script).unwrap();
    let data = host.read(&check).unwrap();
    let found = host.assess(&check, &data, &earlier).unwrap();
    let of_code = |one: &&Diagnostic| one.code == Code::FiguresRevised;
    let told: Diagnostics = found.warnings.iter().filter(of_code).cloned().collect();
    shown_as_kept(Code::FiguresRevised, "", &told, folder.path());
}

#[test]
fn a_correction_of_figures_that_are_not_at_hand_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    let card = "correction(\"one-more\", #{ on: \"2026-11-02\", because: \"A sheet was late\" });";
    fs::write(&script, format!("{text}\n{card}\n")).unwrap();
    let check = host.load(&script).unwrap();
    let data = host.read(&check).unwrap();
    let found = host.assess(&check, &data, &Earlier::none()).unwrap();
    let told = found
        .warnings
        .iter()
        .filter(|one| one.code == Code::WithdrawnNotAtHand);
    let told: Diagnostics = told.cloned().collect();
    shown_as_kept(Code::WithdrawnNotAtHand, "", &told, folder.path());
}

/// What a council's tests say of a small check with one measure of its own.
pub fn tested(folder: &Path, tests: &str) -> Diagnostics {
    let check = r#"council("Sandbourne", #{ code: "E06999903", as_of: "2026-09-30", services: ["children"] });

table("workers", #{ file: "data/workers.csv", columns: #{ cases: "Open cases" } });

measure("over-our-ceiling", #{
    standard: "caseload",
    ask:      "Case holders with more cases than we agreed",
    unit:     "%",
    value:    |workers| workers.share(|w| w.cases > 18 * w.fte),
    best:     0,
    worst:    50,
});
"#;
    council(folder, "sandbourne", check.as_bytes());
    fs::write(folder.join("scripts/sandbourne/tests.rhai"), tests).unwrap();
    let host = host(folder);
    let tested = host.test(&host.councils(&[]).unwrap(), "");
    let mut found = tested[0].faults.clone();
    for trial in &tested[0].trials {
        found.extend(trial.faults.clone());
    }
    found
}

#[test]
fn a_test_that_fails_shows_what_was_expected_what_was_found_and_the_formula() {
    let folder = tempfile::tempdir().unwrap();
    let tests = r#"test("19 cases are over the ceiling", || {
    given("workers", [#{ cases: 19, fte: 1.0 }, #{ cases: 18, fte: 1.0 }]);
    expect(item("over-our-ceiling").value, 100);
});
"#;
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::TestFailed, "", &found, folder.path());
}

#[test]
fn a_test_that_fails_for_want_of_a_column_is_told_which() {
    let folder = tempfile::tempdir().unwrap();
    let tests = r#"test("19 cases are over the ceiling", || {
    given("workers", [#{ cases: 19 }]);
    expect(item("over-our-ceiling").value, 100);
});
"#;
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::TestFailed, ".missing", &found, folder.path());
}

#[test]
fn a_test_speaks_of_columns_as_formulas_do() {
    let folder = tempfile::tempdir().unwrap();
    let tests = r#"test("19 cases are over the ceiling", || {
    given("workers", [#{ "Open cases": 19, fte: 1.0 }]);
    expect(item("over-our-ceiling").value, 100);
});
"#;
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::UnknownColumn, ".test", &found, folder.path());
}

#[test]
fn a_test_that_expects_nothing_is_told_that_it_cannot_fail() {
    let folder = tempfile::tempdir().unwrap();
    let tests = r#"test("19 cases are over the ceiling", || {
    given("workers", [#{ cases: 19, fte: 1.0 }]);
});
"#;
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::TestWithoutExpect, "", &found, folder.path());
}

#[test]
fn rows_outside_of_a_test_are_told_where_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let tests = "given(\"workers\", [#{ cases: 19, fte: 1.0 }]);\n";
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::OutsideTest, "", &found, folder.path());
}

#[test]
fn a_test_without_its_two_bars_is_shown_how_to_write_it() {
    let folder = tempfile::tempdir().unwrap();
    let tests = "test(\"one\", {\n    expect(1, 1);\n});\n";
    let found = tested(folder.path(), tests);
    shown_as_kept(Code::WrongArguments, ".test", &found, folder.path());
}

/// What tests come to of a check with a formula of two branches.
pub fn with_a_branch(folder: &Path, tests: &str) -> Tested {
    let text = r#"council("Sandbourne", #{ code: "E06999903", as_of: "2026-09-30", services: ["children"] });

table("workers", #{ file: "data/workers.csv" });

measure("over-our-ceiling", #{
    standard: "caseload",
    ask:      "Case holders with more cases than we agreed",
    unit:     "%",
    value:    |workers| {
        let over = workers.share(|w| w.cases > 18 * w.fte);
        if over > 50 { 100 } else { over }
    },
    best:     0,
    worst:    50,
});
"#;
    council(folder, "sandbourne", text.as_bytes());
    fs::write(folder.join("scripts/sandbourne/tests.rhai"), tests).unwrap();
    let host = host(folder);
    let councils = host.councils(&[]).unwrap();
    host.test(&councils, "").remove(0)
}

#[test]
fn a_branch_that_no_test_enters_is_underlined() {
    let folder = tempfile::tempdir().unwrap();
    let tests = r#"test("nobody is over the ceiling", || {
    given("workers", [#{ cases: 12, fte: 1.0 }]);
    expect(item("over-our-ceiling").value, 0);
});
"#;
    let tested = with_a_branch(folder.path(), tests);
    assert!(tested.trials[0].passed() && tested.untested.is_empty());
    shown_as_kept(Code::BranchNotTested, "", &tested.unentered, folder.path());

    let more = tests
        .replace("nobody is", "everybody is")
        .replace("12", "19");
    let more = more.replace("value, 0)", "value, 100)");
    let tested = with_a_branch(folder.path(), &format!("{tests}{more}"));
    assert!(tested.unentered.is_empty(), "{}", tested.unentered);
    let nothing = "test(\"nothing\", || { expect(1, 1); });\n";
    let tested = with_a_branch(folder.path(), nothing);
    assert_eq!(tested.untested.len(), 1);
    assert!(
        tested.unentered.is_empty(),
        "the formula is told, not its branches"
    );
}
