//! A publication can be verified by anybody, and the same inputs give the same bytes.

use assert_cmd::Command;
use healthcheck::verify::{Manifest, Verification, arithmetic};
use healthcheck::{Destination, Host, Publication};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const COUNCILS: [&str; 3] = ["eastmere", "northshire", "sandbourne"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn host() -> Host {
    Host::builder()
        .scripts(root().join("scripts"))
        .templates(root().join("templates"))
        .build()
}

/// The three samples, published once for all tests.
static PUBLISHED: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let host = host();
    let run = host.run(
        &host.councils(&[]).unwrap(),
        &Destination::folder(folder.path()),
    );
    assert!(run.outcomes.iter().all(|one| one.page.is_some()));
    folder
});

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of a sample's publication.
fn published(council: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join(council);
    copy(&PUBLISHED.path().join(council), &home);
    (folder, home)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                let name = name.display().to_string().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// A host with no council at hand.
fn stranger(folder: &Path) -> Host {
    Host::builder().scripts(folder.join("nobody")).build()
}

fn differs(found: &Verification, file: &str) -> bool {
    found.differences.iter().any(|one| one.file == file)
}

fn results(home: &Path) -> Publication {
    serde_json::from_slice(&fs::read(home.join("results.json")).unwrap()).unwrap()
}

#[test]
fn what_was_published_is_verified_down_to_the_inputs() {
    for council in COUNCILS {
        let (_keep, home) = published(council);
        let found = host().verify(&home).unwrap();
        assert!(found.holds(), "{council}: {:?}", found.differences);
        let whole = "come out again from script, data and templates, byte for byte";
        let all = found.verified.iter().any(|one| one.contains(whole));
        assert!(all, "{council}: {:?}", found.not_verified);
    }
}

#[test]
fn without_the_inputs_the_rest_is_verified_and_the_missing_is_said() {
    let (keep, home) = published("northshire");
    let found = stranger(keep.path()).verify(&home).unwrap();
    assert!(found.holds(), "{:?}", found.differences);
    let said = |list: &[String], words: &str| list.iter().any(|one| one.contains(words));
    assert!(said(
        &found.verified,
        "scores of standards from their items: 18 of 18"
    ));
    assert!(said(
        &found.verified,
        "come out again from results.json alone"
    ));
    assert!(said(&found.not_verified, "--scripts and --data"));
}

#[test]
fn a_byte_changed_in_any_file_is_found() {
    for (path, bytes) in files(&PUBLISHED.path().join("eastmere")) {
        if path == Manifest::FILE {
            continue;
        }
        let (keep, home) = published("eastmere");
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(home.join(&path), changed).unwrap();
        let found = stranger(keep.path()).verify(&home).unwrap();
        assert!(differs(&found, &path), "{path}: {:?}", found.differences);
    }
}

#[test]
fn a_file_too_many_or_too_few_is_found() {
    let (keep, home) = published("eastmere");
    fs::write(home.join("data/more.csv"), "a\r\n").unwrap();
    fs::remove_file(home.join("data/plan.csv")).unwrap();
    let found = stranger(keep.path()).verify(&home).unwrap();
    assert!(differs(&found, "data/more.csv") && differs(&found, "data/plan.csv"));
}

/// Changes the figures and makes all that follows from `results.json` again, manifest and
/// all, as someone would who has the program and not the data.
fn forge(home: &Path, change: impl FnOnce(&mut Publication)) {
    let mut publication = results(home);
    change(&mut publication);
    let folder = tempfile::tempdir().unwrap();
    let to = Destination::folder(folder.path());
    host().publish(&publication, &to).unwrap();
    fs::remove_dir_all(home).unwrap();
    copy(&folder.path().join(&publication.id), home);
}

#[test]
fn a_forgery_with_a_manifest_of_its_own_is_found_with_the_inputs() {
    let (keep, home) = published("northshire");
    // A figure from which nothing else follows.
    forge(&home, |publication| {
        publication.council.note = Some("All is well.".to_owned());
    });
    assert!(stranger(keep.path()).verify(&home).unwrap().holds());
    let found = host().verify(&home).unwrap();
    assert!(differs(&found, "results.json"), "{:?}", found.differences);
    assert!(differs(&found, Manifest::FILE));
}

#[test]
fn a_forged_score_is_found_without_the_inputs() {
    let (keep, home) = published("northshire");
    forge(&home, |publication| {
        let score = &mut publication.scopes[0].standards[1].result.score;
        score.value = score.value.map(|value| value + 4.0);
        score.text = format!("{:.1}", score.value.unwrap());
    });
    let found = stranger(keep.path()).verify(&home).unwrap();
    let places: Vec<&str> = found
        .differences
        .iter()
        .map(|one| one.figure.as_str())
        .collect();
    assert!(
        places.contains(&"scopes/whole/standards/supervision/score"),
        "{places:?}"
    );
}

/// Every place that holds a number is changed in turn: how many of them does the
/// arithmetic alone find?
#[test]
fn most_changed_figures_are_found_by_the_arithmetic_alone() {
    let json = serde_json::to_value(results(&PUBLISHED.path().join("eastmere"))).unwrap();
    let mut places = Vec::new();
    numbers("", &json, &mut places);
    let (mut found, mut all) = (0, 0);
    for place in places.iter().step_by(7) {
        let mut changed = json.clone();
        let figure = changed.pointer_mut(place).unwrap();
        let value = figure["value"].as_f64().unwrap();
        let value = if value > 50.0 {
            value - 3.0
        } else {
            value + 3.0
        };
        figure["value"] = value.into();
        figure["text"] = value.to_string().into();
        let publication: Publication = serde_json::from_value(changed).unwrap();
        all += 1;
        found += usize::from(!arithmetic(&publication).holds());
    }
    assert!(all > 100, "{all}");
    assert!(found * 10 >= all * 7, "{found} of {all}");
}

fn numbers(path: &str, json: &Json, places: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            if map.get("value").is_some_and(Json::is_number) && map.contains_key("symbol") {
                places.push(path.to_owned());
            }
            for (name, value) in map {
                numbers(&format!("{path}/{name}"), value, places);
            }
        }
        Json::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                numbers(&format!("{path}/{at}"), value, places);
            }
        }
        _ => {}
    }
}

/// One thing wrong at a time, and the place that must be named.
#[test]
fn each_kind_of_wrong_figure_is_named_at_its_place() {
    type Change = fn(&mut Publication);
    let cases: [(&str, Change); 12] = [
        ("scopes/whole/standards/caseload/band", |p| {
            p.scopes[0].standards[0].result.band = "outstanding".into();
        }),
        ("scopes/whole/standards/caseload/assured", |p| {
            shift(&mut p.scopes[0].standards[0].assured, 1.0);
        }),
        ("scopes/whole/standards/caseload/coverage", |p| {
            shift(&mut p.scopes[0].standards[0].scored, -1.0);
        }),
        ("scopes/whole/standards/caseload/interval", |p| {
            p.scopes[0].standards[0].result.interval = "0.0 to 100.0".into();
        }),
        ("scopes/whole/overall", |p| {
            shift(&mut p.scopes[0].overall.score, 0.3)
        }),
        ("scopes/whole/assured", |p| {
            shift(&mut p.scopes[0].assured, 0.3)
        }),
        ("scopes/children/grade", |p| {
            p.scopes[1].grade.reasons.clear();
            p.scopes[1].grade.word = "outstanding".into();
        }),
        ("scopes/whole/grade", |p| p.council.lead_qualified = false),
        ("response/whole/rate", |p| {
            shift(&mut p.response[0].rate, 0.2)
        }),
        ("response/whole/words", |p| {
            p.response[0].words = "very good".into()
        }),
        ("response/whole/asked", |p| {
            shift(&mut p.response[0].asked, 7.0)
        }),
        ("tailoring", |p| p.tailoring.comparable += 1),
    ];
    let sound = results(&PUBLISHED.path().join("northshire"));
    assert!(arithmetic(&sound).holds());
    for (place, change) in cases {
        let mut publication = sound.clone();
        change(&mut publication);
        let found = arithmetic(&publication);
        let places: Vec<&str> = found
            .differences
            .iter()
            .map(|one| one.figure.as_str())
            .collect();
        assert!(places.contains(&place), "{place}: {places:?}");
    }
}

fn shift(figure: &mut healthcheck::publication::Figure, by: f64) {
    let value = figure.value.expect("a number of the sample") + by;
    figure.value = Some(value);
    figure.text = if value.fract() == 0.0 && !figure.text.contains('.') {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    };
}

#[test]
fn every_results_file_has_the_form_of_the_schema_beside_it() {
    for council in COUNCILS {
        let home = PUBLISHED.path().join(council);
        let json = |name: &str| -> Json {
            serde_json::from_slice(&fs::read(home.join(name)).unwrap()).unwrap()
        };
        let validator = jsonschema::validator_for(&json("results.schema.json")).unwrap();
        let results = json("results.json");
        let faults: Vec<String> = validator
            .iter_errors(&results)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{council}: {faults:?}");
    }
}

fn healthcheck(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("healthcheck").unwrap();
    command.current_dir(folder);
    command
}

#[test]
fn verify_ends_with_0_with_1_where_something_differs_and_with_3_without_a_manifest() {
    let (keep, home) = published("eastmere");
    let code = || {
        let output = healthcheck(keep.path())
            .args(["verify", "eastmere"])
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (well, said) = code();
    assert_eq!(well, Some(0), "{said}");
    assert!(
        said.starts_with("eastmere: verified as far as could be\n"),
        "{said}"
    );
    fs::write(home.join("report.md"), "All is well.\n").unwrap();
    let (faults, said) = code();
    assert_eq!(faults, Some(1));
    assert!(
        said.contains("  differs: report.md, size: published 13 bytes"),
        "{said}"
    );
    fs::remove_file(home.join(Manifest::FILE)).unwrap();
    assert_eq!(code().0, Some(3));
    let nothing = healthcheck(keep.path())
        .args(["verify", "nowhere"])
        .output()
        .unwrap();
    assert_eq!(nothing.status.code(), Some(3));
}

#[test]
fn a_folder_of_publications_is_verified_one_by_one() {
    let output = healthcheck(PUBLISHED.path())
        .args(["verify", "."])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    for council in COUNCILS {
        assert!(said.contains(&format!("./{council}: verified")), "{said}");
    }
}

#[test]
fn schema_prints_what_stands_beside_the_results() {
    let output = healthcheck(root()).arg("schema").output().unwrap();
    let beside = fs::read(PUBLISHED.path().join("eastmere/results.schema.json")).unwrap();
    assert!(output.stdout == beside);
}

/// Another time zone, another language, one processor, councils in another order and one
/// by one, from another folder, with paths written otherwise.
#[test]
fn the_same_inputs_give_the_same_bytes_wherever_and_however_they_are_run() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("other");
    let program = assert_cmd::cargo::cargo_bin("healthcheck");
    for council in ["sandbourne", "northshire", "eastmere"] {
        let one_processor = std::process::Command::new("taskset")
            .arg("--version")
            .output()
            .is_ok();
        let mut command = if one_processor {
            let mut command = std::process::Command::new("taskset");
            command.args(["-c", "0"]).arg(&program);
            command
        } else {
            std::process::Command::new(&program)
        };
        let output = command
            .current_dir(folder.path())
            .env("TZ", "Pacific/Kiritimati")
            .env("LC_ALL", "tr_TR.UTF-8")
            .env("LANG", "de_DE.ISO-8859-1")
            .args(["run", council, "--out"])
            .arg(&out)
            .arg("--scripts")
            .arg(root().join("tests/../scripts"))
            .arg("--templates")
            .arg(root().join("templates"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let (one, other) = (files(PUBLISHED.path()), files(&out));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for (path, bytes) in &one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

/// The order of rows is nobody's business. Only the sums of the files that were shuffled
/// are others, wherever they are printed.
#[test]
fn shuffled_rows_give_the_same_bytes_but_for_the_sums_of_the_shuffled_files() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = folder.path().join("scripts");
    copy(&root().join("scripts"), &scripts);
    for council in COUNCILS {
        for entry in fs::read_dir(scripts.join(council).join("data")).unwrap() {
            let path = entry.unwrap().path();
            // The workbook has its rows in an order of its own.
            if path.extension().is_none_or(|kind| kind != "csv") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let (header, rows) = text.split_once('\n').unwrap();
            let mut rows: Vec<&str> = rows.lines().collect();
            rows.reverse();
            let (front, back) = rows.split_at(rows.len() / 3);
            let shuffled = [&[header], back, front].concat().join("\n") + "\n";
            fs::write(&path, shuffled).unwrap();
        }
    }
    let host = Host::builder()
        .scripts(&scripts)
        .templates(root().join("templates"))
        .build();
    let out = folder.path().join("published");
    let run = host.run(&host.councils(&[]).unwrap(), &Destination::folder(&out));
    assert!(run.outcomes.iter().all(|one| one.page.is_some()));
    for council in COUNCILS {
        let sums = |home: &Path| -> Vec<(Option<String>, String)> {
            let inputs = results(home).inputs.into_iter();
            inputs.map(|input| (input.sha256, input.path)).collect()
        };
        let (here, there) = (PUBLISHED.path().join(council), out.join(council));
        let (mut one, other) = (files(&here), files(&there));
        // A changed sum changes the sums of the files that print it, in the manifest.
        one.remove(Manifest::FILE);
        let pairs: Vec<(String, String)> = sums(&here)
            .into_iter()
            .zip(sums(&there))
            .filter_map(|((one, path), (other, _))| {
                // Of a table so small that it could be guessed no sum is told.
                let (one, other) = (one?, other?);
                let is_shuffled = path.ends_with(".csv");
                assert!(is_shuffled == (one != other), "{path}");
                Some((one, other))
            })
            .collect();
        for (path, bytes) in one {
            if path.ends_with(".xlsx") {
                assert!(other[&path] == bytes, "{council}/{path}");
                continue;
            }
            let mut text = String::from_utf8(bytes).unwrap();
            for (one, other) in &pairs {
                text = text.replace(one, other);
            }
            assert!(other[&path] == text.as_bytes(), "{council}/{path}");
        }
    }
}
