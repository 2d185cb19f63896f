//! No path that a script or a template names leads out of where its files lie, on Linux or
//! on Windows; links that do are refused. `tests/traversal.txt` has the paths; the preview's
//! own, as a browser writes them, are in `src/watch/preview/paths.txt`.

use healthcheck::diagnostic::{Code, Diagnostics};
use healthcheck::host::Host;
use std::fs;
use std::path::Path;

const PATHS: &str = include_str!("traversal.txt");

fn begun(keep: &Path) -> Host {
    let host = Host::builder()
        .scripts(keep.join("scripts"))
        .templates(keep.join("templates"))
        .build();
    host.begin("northshire").unwrap();
    // What the paths would reach if any of them led there.
    for place in ["secret.csv", "scripts/secret.csv"] {
        fs::copy(
            keep.join("scripts/northshire/data/survey.csv"),
            keep.join(place),
        )
        .unwrap();
    }
    host
}

fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\"))
}

fn faults(host: &Host) -> Diagnostics {
    host.inspect(&host.councils(&[]).unwrap()).remove(0).faults
}

fn codes(faults: &Diagnostics) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn no_data_file_of_a_script_lies_outside_its_council() {
    let keep = tempfile::tempdir().unwrap();
    let host = begun(keep.path());
    let script = keep.path().join("scripts/northshire/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    let (mut tried, own) = (0, "\"data/survey.csv\"");
    assert!(text.contains(own));
    for path in PATHS.lines() {
        fs::write(&script, text.replace(own, &quoted(path))).unwrap();
        assert!(
            codes(&faults(&host)).contains(&Code::TableOutsideFolder),
            "{path}"
        );
        tried += 1;
    }
    assert!(tried >= 80, "{tried}");
}

#[test]
fn no_logo_lies_outside_its_council() {
    let keep = tempfile::tempdir().unwrap();
    let host = begun(keep.path());
    let script = keep.path().join("scripts/northshire/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    for path in PATHS.lines() {
        let brand = format!("brand: #{{ logo: {} }},\n    code:", quoted(path));
        fs::write(&script, text.replacen("code:", &brand, 1)).unwrap();
        assert!(
            codes(&faults(&host)).contains(&Code::TableOutsideFolder),
            "{path}"
        );
    }
}

#[test]
fn no_template_includes_what_is_no_template() {
    let keep = tempfile::tempdir().unwrap();
    let host = begun(keep.path());
    let pages = keep.path().join("templates/pages");
    fs::create_dir_all(&pages).unwrap();
    // Each is a page of its own, and all are read at once.
    for (at, path) in PATHS.lines().enumerate() {
        let page = format!(
            "{{% extends \"base.html.j2\" %}}\n{{% set title = \"Page {at}\" %}}\n{{% set order = {} %}}\n\
             {{% block content %}}{{% include {} %}}{{% endblock %}}\n",
            100 + at,
            quoted(path)
        );
        fs::write(pages.join(format!("page-{at}.html.j2")), page).unwrap();
    }
    let found = host.inspect_templates();
    for at in 0..PATHS.lines().count() {
        let name = format!("page-{at}.html.j2");
        let told = found
            .iter()
            .any(|fault| fault.place.source.name().ends_with(&name));
        assert!(told, "{at}: {:?}", PATHS.lines().nth(at));
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_refused_wherever_they_stand() {
    use std::os::unix::fs::symlink;
    let keep = tempfile::tempdir().unwrap();
    let host = begun(keep.path());
    let home = keep.path().join("scripts/northshire");
    let survey = home.join("data/survey.csv");
    fs::remove_file(&survey).unwrap();
    for to in [
        keep.path().join("secret.csv"),
        "../../secret.csv".into(),
        "/dev/zero".into(),
    ] {
        symlink(&to, &survey).unwrap();
        assert!(
            codes(&faults(&host)).contains(&Code::TableOutsideFolder),
            "{to:?}"
        );
        fs::remove_file(&survey).unwrap();
    }
    // A folder that is a link, and one within the council, which stays.
    fs::rename(home.join("data"), keep.path().join("elsewhere")).unwrap();
    fs::copy(
        keep.path().join("secret.csv"),
        keep.path().join("elsewhere/survey.csv"),
    )
    .unwrap();
    symlink(keep.path().join("elsewhere"), home.join("data")).unwrap();
    assert!(codes(&faults(&host)).contains(&Code::TableOutsideFolder));
    fs::remove_file(home.join("data")).unwrap();
    fs::rename(keep.path().join("elsewhere"), home.join("kept")).unwrap();
    symlink("kept", home.join("data")).unwrap();
    assert!(!faults(&host).has_errors());
    // Under a data folder of its own, the same.
    let data = keep.path().join("figures");
    fs::create_dir_all(&data).unwrap();
    symlink(home.join("kept"), data.join("northshire")).unwrap();
    let elsewhere = Host::builder()
        .scripts(keep.path().join("scripts"))
        .data(&data)
        .build();
    let told = elsewhere
        .inspect(&elsewhere.councils(&[]).unwrap())
        .remove(0);
    assert_eq!(told.tables.1, 3, "{}", told.faults);
    fs::create_dir_all(data.join("other/data")).unwrap();
    fs::remove_file(data.join("northshire")).unwrap();
    fs::create_dir_all(data.join("northshire/data")).unwrap();
    symlink(
        "../../other/data/survey.csv",
        data.join("northshire/data/survey.csv"),
    )
    .unwrap();
    fs::copy(
        keep.path().join("secret.csv"),
        data.join("other/data/survey.csv"),
    )
    .unwrap();
    let told = elsewhere
        .inspect(&elsewhere.councils(&[]).unwrap())
        .remove(0);
    assert!(
        codes(&told.faults).contains(&Code::TableOutsideFolder),
        "{}",
        told.faults
    );
}
