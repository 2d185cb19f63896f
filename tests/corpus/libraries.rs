//! Libraries written in Rust that scripts cannot be given, as the developer is told by a
//! test and the analyst by `check`.

use super::cases::CORPUS;
use healthcheck::rhai::plugin::*;
use healthcheck::{Code, Diagnostics, Host, Library};
use std::fs;

#[export_module]
mod documented {
    /// Pounds a week from pounds a year.
    ///
    /// - `per_year`: pounds
    ///
    /// ```rhai
    /// pay::per_week(52000.0) // 1000
    /// ```
    pub fn per_week(per_year: f64) -> f64 {
        per_year / 52.0
    }
}

#[export_module]
mod silent {
    pub fn per_week(per_year: f64) -> f64 {
        per_year / 52.0
    }
}

#[export_module]
mod without_example {
    /// Pounds a week.
    ///
    /// - `per_year`: pounds
    pub fn per_week(per_year: f64) -> f64 {
        per_year / 52.0
    }
}

#[export_module]
mod false_example {
    /// Pounds a week.
    ///
    /// - `per_year`: pounds
    ///
    /// ```rhai
    /// pay::per_week(52000.0) // 2000
    /// ```
    pub fn per_week(per_year: f64) -> f64 {
        per_year / 52.0
    }
}

#[export_module]
mod shadowing {
    /// Twice as much.
    ///
    /// - `number`: a number
    ///
    /// ```rhai
    /// pay::share(2) // 4
    /// ```
    pub fn share(number: f64) -> f64 {
        number * 2.0
    }
}

#[export_module]
mod everywhere {
    /// Twice as much.
    ///
    /// - `number`: a number
    ///
    /// ```rhai
    /// twice(2) // 4
    /// ```
    #[rhai_fn(global)]
    pub fn twice(number: f64) -> f64 {
        number * 2.0
    }
}

const SCRIPT: &str = r#"council("Sandbourne", #{
    code:     "E06999903",
    as_of:    "2026-09-30",
    services: ["children"],
    asked:    #{ children: 11 },
    lead:     #{ post: "Principal Social Worker", social_work_qualified: true },
});
consulted("UNISON", #{ on: "2026-09-04", how: "workload group", agreed: true });
table("workers", #{ file: "data/workers.csv" });
table("survey", #{ file: "data/survey.csv" });
measure("pay", #{
    standard: "staffing",
    ask:      "Pay a week",
    unit:     "pounds",
    value:    |workers| pay::per_week(workers.mean("fte") * 40000.0),
    best:     1000,
    worst:    500,
});
"#;

fn told(host: &Host) -> Diagnostics {
    host.try_libraries().unwrap_err()
}

fn with(library: Library) -> Host {
    Host::builder().library("pay", library).build()
}

#[test]
fn a_documented_library_is_sound_and_its_example_is_run() {
    let host = with(exported_module!(documented).into());
    assert!(host.try_libraries().is_ok());
    let found = told(&with(exported_module!(false_example).into()));
    assert!(found.to_string().contains("gives 1000"), "{found}");
}

#[test]
fn each_fault_of_a_library_is_told_in_words() {
    for (library, words) in [
        (
            exported_module!(silent),
            "`pay::per_week` has no doc comment",
        ),
        (
            exported_module!(without_example),
            "`pay::per_week` has no example",
        ),
        (
            exported_module!(shadowing),
            "`pay::share` cannot be told from `share`",
        ),
        (exported_module!(everywhere), "`pay::twice` is `global`"),
    ] {
        let found = told(&with(library.into()));
        assert_eq!(found.iter().count(), 1, "{found}");
        assert!(found.to_string().contains(words), "{found}");
    }
    let twice = Host::builder()
        .library("pay", exported_module!(documented))
        .library("pay", exported_module!(documented))
        .build();
    assert!(
        told(&twice)
            .to_string()
            .contains("two libraries are called `pay`")
    );
    let misnamed = Host::builder()
        .library("Pay-2", exported_module!(silent))
        .build();
    assert!(told(&misnamed).to_string().contains("`Pay-2` is no name"));
}

#[test]
fn a_script_that_uses_a_library_which_cannot_be_used_is_told_where() {
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/sandbourne");
    let shared = folder.path().join("scripts/shared");
    fs::create_dir_all(&council).unwrap();
    fs::create_dir_all(&shared).unwrap();
    fs::write(council.join("check.rhai"), SCRIPT).unwrap();
    let load = |host: &Host| host.load(&council);

    assert!(load(&with(exported_module!(documented).into())).is_ok());
    let found = load(&with(exported_module!(without_example).into())).unwrap_err();
    let place = folder.path().to_string_lossy().into_owned();
    assert_eq!(found.iter().count(), 1, "{found}");
    let kept = format!("{CORPUS}/other/{}.expected", Code::LibraryNotUsable.name());
    let picture = found.paint(false).replace(&place, "PLACE");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &picture).unwrap();
    }
    assert_eq!(picture, fs::read_to_string(kept).unwrap_or_default());

    fs::write(shared.join("pay.rhai"), "fn per_week(pay) { pay / 52.0 }\n").unwrap();
    let twin = load(&with(exported_module!(documented).into())).unwrap_err();
    assert!(
        twin.to_string().contains("one of the program, and"),
        "{twin}"
    );
}

#[test]
fn a_shared_script_cannot_take_the_name_of_a_function_that_every_script_has() {
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/sandbourne");
    fs::create_dir_all(&council).unwrap();
    fs::create_dir_all(folder.path().join("scripts/shared")).unwrap();
    fs::write(council.join("check.rhai"), SCRIPT).unwrap();
    let shared = folder.path().join("scripts/shared/pay.rhai");
    let text = "fn per_week(pay) { rate(pay, 52.0) }\nfn rate(a, b) { b / a }\n";
    fs::write(shared, text).unwrap();
    let found = Host::new().load(&council).unwrap_err();
    let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::NameTaken], "{found}");
    assert!(
        found.to_string().contains("`rate` already names"),
        "{found}"
    );
}
