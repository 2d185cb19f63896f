//! Cases that stand in files: in, a script, a council's folder or a template; out, the
//! picture kept beside it.

use healthcheck::diagnostic::{Checked, Code, Diagnostics};
use healthcheck::host::Host;
use healthcheck::publication::Earlier;
use healthcheck::report::{Templates, check_templates};
use healthcheck::script::Workshop;
use healthcheck::source::Source;
use healthcheck::validate;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of cases, from where the tests are run.
pub const CORPUS: &str = "tests/corpus";

/// The files or folders of a part of the corpus, in order of name.
pub fn listed(part: &str) -> Vec<PathBuf> {
    let folder = Path::new(CORPUS).join(part);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{part}: {error}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The last part of a path.
pub fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The code that a case is named after.
pub fn code_of(path: &Path) -> Code {
    let word = name(path).split('.').next().unwrap();
    Code::find(word).unwrap_or_else(|| panic!("{}: there is no code `{word}`", path.display()))
}

/// Compares what a person is shown with what is kept, or keeps it. Gives the words of a
/// difference, so that one run tells them all.
pub fn compare(found: &Diagnostics, kept: &Path) -> Option<String> {
    let picture = found.paint(false);
    if std::env::var_os("BLESS").is_some() {
        fs::write(kept, &picture).unwrap();
    }
    let expected = fs::read_to_string(kept).unwrap_or_default();
    (picture != expected).then(|| {
        format!(
            "{} differs; it should be\n{expected}\nand is\n{picture}",
            kept.display()
        )
    })
}

/// One case: nothing but its own code, and the picture that is kept.
fn judge(case: &Path, found: &Diagnostics, kept: &Path) -> Option<String> {
    let code = code_of(case);
    let names: BTreeSet<&str> = found.iter().map(|fault| fault.code.name()).collect();
    if names != BTreeSet::from([code.name()]) {
        return Some(format!(
            "{} should show `{}` alone, and shows {names:?}\n{found}",
            case.display(),
            code.name()
        ));
    }
    compare(found, kept)
}

fn all_right(complaints: impl Iterator<Item = String>) {
    let complaints: Vec<String> = complaints.collect();
    assert!(
        complaints.is_empty(),
        "{} cases are not as they should be (BLESS=1 cargo test --test corpus writes them anew):\n\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

/// The warnings of what is sound, or the faults of what is not.
fn told<T>(result: Result<Checked<T>, Diagnostics>) -> (Option<T>, Diagnostics) {
    match result {
        Ok(checked) => {
            let warnings = checked.warnings.clone();
            (Some(checked.into_inner()), warnings)
        }
        Err(faults) => (None, faults),
    }
}

/// What the check of a script says.
pub fn told_of_script(name: &str, text: &str, shared: &[Source]) -> Diagnostics {
    told(validate::check(
        &Source::new(name, text),
        shared,
        &Workshop::default(),
    ))
    .1
}

pub fn shared_libraries() -> Vec<Source> {
    listed("scripts/bad/shared")
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            Source::new(format!("scripts/bad/shared/{}", name(path)), &text)
        })
        .collect()
}

/// What is said of a council: of its script, then of its data, then of its figures, each
/// only where what came before is sound.
pub fn told_of_council(folder: &Path) -> Diagnostics {
    let host = Host::new();
    let (check, mut all) = told(host.load(folder));
    let Some(check) = check else { return all };
    let (data, found) = told(host.read(&check));
    all.extend(found);
    if let Some(data) = data {
        all.extend(told(host.assess(&check, &data, &Earlier::none())).1);
    }
    all
}

pub fn told_of_template(folder: &Path) -> Diagnostics {
    let mut own = Vec::new();
    templates_in(folder, "", &mut own);
    match Templates::new(own) {
        Ok(templates) => check_templates(&templates),
        Err(faults) => faults,
    }
}

/// Every template of a folder and of the folders in it, each with its path there.
fn templates_in(folder: &Path, inside: &str, found: &mut Vec<(String, Source)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}{}", name(&path));
        if path.is_dir() {
            templates_in(&path, &format!("{name}/"), found);
        } else if name.ends_with(".j2") {
            let text = fs::read_to_string(&path).unwrap();
            let source = Source::new(format!("templates/{name}"), &text);
            found.push((name, source));
        }
    }
}

#[test]
fn a_faulty_script_shows_its_own_fault_and_no_other() {
    let shared = shared_libraries();
    all_right(
        listed("scripts/bad")
            .iter()
            .filter(|path| name(path).ends_with(".rhai"))
            .filter_map(|path| {
                let shown = format!("scripts/bad/{}", name(path));
                let text = fs::read_to_string(path).unwrap();
                let found = told_of_script(&shown, &text, &shared);
                judge(path, &found, &path.with_extension("expected"))
            }),
    );
}

#[test]
fn faulty_data_show_their_own_fault_and_no_other() {
    all_right(
        listed("data")
            .iter()
            .filter_map(|path| judge(path, &told_of_council(path), &path.join("told.expected"))),
    );
}

#[test]
fn a_faulty_template_shows_its_own_fault_and_no_other() {
    all_right(
        listed("templates")
            .iter()
            .filter_map(|path| judge(path, &told_of_template(path), &path.join("told.expected"))),
    );
}
