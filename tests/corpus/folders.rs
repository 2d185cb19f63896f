//! Faults of files and folders, made here in a folder of their own. Its path is not the
//! same twice, so the pictures show `PLACE` for it.

use super::cases::CORPUS;
use healthcheck::diagnostic::{Checked, Code, Diagnostics};
use healthcheck::host::{Destination, Host};
use healthcheck::national;
use healthcheck::publication::Earlier;
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

fn host(folder: &Path) -> Host {
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

#[test]
fn a_publication_that_opens_is_refused_and_no_value_is_named() {
    let host = Host::builder().templates("none").build();
    let check = host.load("scripts/eastmere").unwrap();
    let data = host.read(&check).unwrap();
    let mut found = host
        .assess(&check, &data, &Earlier::none())
        .map(Checked::into_inner)
        .unwrap_or_else(|faults| panic!("{faults}"));
    // One team alone is withheld, which no planner would leave so.
    for group in found
        .groups
        .iter_mut()
        .filter(|group| group.breakdown == "team")
    {
        group.adds_up = true;
    }
    let withheld = healthcheck::publication::Figure {
        value: None,
        symbol: Some("c".into()),
        text: "c".into(),
    };
    found.items.retain(|item| item.id == "cover");
    for finding in &mut found.items[0].findings {
        if finding.group == "Mental Health" {
            finding.local.n = withheld.clone();
            finding.local.value = withheld.clone();
            finding.local.answers = None;
            finding.national = Some(finding.local.clone());
        }
    }
    let refused = host.refuse_what_opens(&check, &found, &Earlier::none());
    let folder = Path::new("no-such-place");
    shown_as_kept(Code::PublicationOpens, "", &refused.unwrap_err(), folder);
}
