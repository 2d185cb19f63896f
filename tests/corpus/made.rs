//! Examples of codes whose fault stands in no case of the corpus alone: in tests beside a
//! script, in a folder, on a command line, in what was published before. Each is made here
//! wrong, and then right.

use super::cases::listed;
use super::folders::{assessed, host, sandbourne_in, sandbourne_next_year, tested};
use healthcheck::diagnostic::{Code, CodeExample, Diagnostics};
use healthcheck::host::{Destination, Host};
use healthcheck::national;
use healthcheck::publication::Earlier;
use healthcheck::report::{Templates, check_templates};
use healthcheck::script::{Limits, Workshop};
use healthcheck::source::Source;
use healthcheck::validate;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The codes of which an example is made here.
pub const MADE: [Code; 16] = [
    Code::RowsOfAnotherDate,
    Code::TestFailed,
    Code::TestWithoutExpect,
    Code::OutsideTest,
    Code::BranchNotTested,
    Code::TemplateMisplaced,
    Code::NationalCardsDiffer,
    Code::ActionNotCarriedOver,
    Code::EarlierNotRead,
    Code::SurveyClosed,
    Code::FiguresRevised,
    Code::WithdrawnNotAtHand,
    Code::NothingToRun,
    Code::ResultsTwice,
    Code::NotWritten,
    Code::TookTooLong,
];

fn example(code: Code) -> CodeExample {
    let example = code.example();
    example.unwrap_or_else(|| panic!("{} has no example", code.name()))
}

fn shows(code: Code, found: &Diagnostics) -> bool {
    found.iter().any(|fault| fault.code == code)
}

/// Makes the fault with what is wrong, and not with what is right.
fn holds(code: Code, make: impl Fn(&str) -> Diagnostics) {
    let CodeExample { wrong, right } = example(code);
    let (found, sound) = (make(wrong), make(right));
    assert!(
        shows(code, &found),
        "{}: nothing wrong\n{found}",
        code.name()
    );
    assert!(!shows(code, &sound), "{}: not right\n{sound}", code.name());
    assert!(!sound.has_errors(), "{}: not right\n{sound}", code.name());
}

#[test]
fn examples_of_tests_are_tests() {
    let folder = tempfile::tempdir().unwrap();
    let given = "    given(\"workers\", [#{ cases: 19, fte: 1.0 }, #{ cases: 18, fte: 1.0 }]);\n";
    let within = |line: &str| format!("test(\"19 are over\", || {{\n{given}    {line}\n}});\n");
    holds(Code::TestFailed, |line| {
        tested(folder.path(), &within(line))
    });
    holds(Code::TestWithoutExpect, |text| tested(folder.path(), text));
    holds(Code::OutsideTest, |text| tested(folder.path(), text));
}

#[test]
fn the_example_of_a_branch_is_entered_by_a_second_test() {
    let folder = tempfile::tempdir().unwrap();
    holds(Code::BranchNotTested, |tests| {
        super::folders::with_a_branch(folder.path(), tests).unentered
    });
}

#[test]
fn the_example_of_a_template_stands_where_pages_stand() {
    let page = "{% extends \"base.html.j2\" %}\n{% set title = \"Staff\" %}\n{% set order = 90 %}\n{% block content %}\n<h1>Staff</h1>\n{% endblock %}\n";
    holds(Code::TemplateMisplaced, |path| {
        let name = path.strip_prefix("templates/").unwrap().to_owned();
        let source = Source::new(path, page);
        match Templates::new(vec![(name, source)]) {
            Ok(templates) => check_templates(&templates),
            Err(faults) => faults,
        }
    });
}

#[test]
fn the_example_of_a_national_card_is_the_nations() {
    let folder = tempfile::tempdir().unwrap();
    let national = folder.path().join("scripts/national");
    fs::create_dir_all(&national).unwrap();
    let right = example(Code::NationalCardsDiffer).right;
    let (name, text) = national::CARDS
        .iter()
        .find(|(_, text)| text.contains(right))
        .unwrap();
    holds(Code::NationalCardsDiffer, |words| {
        let path = national.join(Path::new(name).file_name().unwrap());
        fs::write(path, text.replacen(right, words, 1)).unwrap();
        host(folder.path()).inspect_national()
    });
}

#[test]
fn examples_of_earlier_editions_are_told_and_mended() {
    let promised = "\naction(\"quiet-rooms\", #{\n    standard: \"systems\",\n    what:     \"Open two quiet rooms in the west office\",\n    status:   \"planned\",\n});\n";
    holds(Code::ActionNotCarriedOver, |text| {
        let folder = tempfile::tempdir().unwrap();
        sandbourne_in(folder.path(), "2025", promised);
        sandbourne_in(folder.path(), "2026", &format!("\n{text}\n"))
    });
    holds(Code::RowsOfAnotherDate, |card| {
        let folder = tempfile::tempdir().unwrap();
        sandbourne_next_year(folder.path(), card)
    });
    holds(Code::EarlierNotRead, |text| {
        let folder = tempfile::tempdir().unwrap();
        let earlier = folder.path().join("scripts/sandbourne/earlier");
        fs::create_dir_all(&earlier).unwrap();
        // What is right is to take the file away.
        if !text.is_empty() {
            fs::write(earlier.join("2025-09-30.json"), text).unwrap();
        }
        sandbourne_in(folder.path(), "2026", "")
    });
}

#[test]
fn examples_of_what_was_published_before_are_told_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    // What is made up closes nothing.
    let text = fs::read_to_string(&script).unwrap();
    let text = text.replace("made-up", "E06999903");
    fs::write(&script, &text).unwrap();
    holds(Code::WithdrawnNotAtHand, |card| {
        fs::write(&script, format!("{text}\n{card}\n")).unwrap();
        let check = host.load(&script).unwrap();
        let data = host.read(&check).unwrap();
        host.assess(&check, &data, &Earlier::none())
            .unwrap()
            .warnings
    });
    fs::write(&script, &text).unwrap();
    let earlier = Earlier {
        edition: None,
        releases: vec![assessed(&host, &script, &Earlier::none()).unwrap()],
    };
    let workforce = folder.path().join("scripts/sandbourne/data/workforce.csv");
    let posts = fs::read_to_string(&workforce).unwrap();
    fs::write(&workforce, super::folders::with_hours_lost(&posts, 900)).unwrap();
    holds(Code::FiguresRevised, |command| {
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .unseen(command.contains("--unseen"))
            .build();
        let check = host.load(&script).unwrap();
        let data = host.read(&check).unwrap();
        host.assess(&check, &data, &earlier).unwrap().warnings
    });
    fs::write(&workforce, posts).unwrap();
    let survey = folder.path().join("scripts/sandbourne/data/survey.csv");
    let sheets = fs::read_to_string(&survey).unwrap();
    let last = sheets.lines().last().unwrap();
    fs::write(&survey, format!("{sheets}{last}\n")).unwrap();
    holds(Code::SurveyClosed, |command| {
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .unseen(command.contains("--unseen"))
            .build();
        assessed(&host, &script, &earlier).err().unwrap_or_default()
    });
}

#[test]
fn examples_of_commands_are_told_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let host = host(folder.path());
    host.begin("sandbourne").unwrap();
    let script = folder.path().join("scripts/sandbourne/check.rhai");
    holds(Code::NothingToRun, |command| {
        let named = vec![command.rsplit(' ').next().unwrap().to_owned()];
        host.councils(&named).err().unwrap_or_default()
    });
    let mut found = assessed(&host, &script, &Earlier::none()).unwrap();
    // The word after `--out` is the folder; a file is in the place of the first.
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    holds(Code::NotWritten, |command| {
        let to = command.split("--out ").nth(1).unwrap();
        let to = folder.path().join(to.split(' ').next().unwrap());
        host.publish(&found, &Destination::folder(to))
            .err()
            .unwrap_or_default()
    });
    for (place, note) in [
        ("published", None),
        ("copies", Some("Corrected".to_owned())),
    ] {
        found.council.note = note;
        let to = Destination::folder(folder.path().join(place));
        host.publish(&found, &to).unwrap();
    }
    holds(Code::ResultsTwice, |command| {
        let places = command.split(' ').skip(3);
        let places: Vec<_> = places.map(|place| folder.path().join(place)).collect();
        host.results(&places).1
    });
}

#[test]
fn the_example_of_a_script_that_never_ends_is_one() {
    let limits = {
        let mut limits = Limits::standard();
        limits.steps = u64::MAX;
        limits.time = Duration::from_millis(1_000);
        limits
    };
    let council = super::slips::COUNCIL;
    holds(Code::TookTooLong, |text| {
        let workshop = Workshop {
            limits: limits.clone(),
            ..Workshop::default()
        };
        let source = Source::new("check.rhai", &format!("{council}{text}"));
        match validate::check(&source, &[], &workshop) {
            Ok(check) => check.warnings,
            Err(faults) => faults,
        }
    });
}

#[test]
fn no_example_that_is_made_here_stands_in_the_corpus_besides() {
    let cases = ["scripts/bad", "data"].map(listed).concat();
    for code in MADE {
        let of_code = |path: &std::path::PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.split('.').next() == Some(code.name())
        };
        assert!(!cases.iter().any(of_code), "{}", code.name());
    }
}
