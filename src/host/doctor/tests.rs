//! A house that is well, and each thing that can be wrong with it.

#[cfg(unix)]
mod odd;

use super::*;
use std::fs;
use std::path::{Path, PathBuf};

struct House {
    keep: tempfile::TempDir,
    host: Host,
    to: Destination,
}

impl House {
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(keep.path().join("scripts"))
            .templates(keep.path().join("templates"))
            .build();
        host.begin("northshire").unwrap();
        let to = Destination::folder(keep.path().join("published"));
        let run = host.run(&host.councils(&[]).unwrap(), &to);
        assert!(run.outcomes[0].page.is_some());
        House { keep, host, to }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.keep.path().join(path)
    }

    fn told(&self) -> Vec<Symptom> {
        self.host.doctor(&[], &self.to).unwrap()
    }

    /// The one symptom about a path that says this.
    fn one(&self, path: &str, what: &str) -> Symptom {
        let told = self.told();
        let mut some = told
            .iter()
            .filter(|one| Path::new(&one.place) == self.at(path) && one.what.contains(what));
        let found = some
            .next()
            .unwrap_or_else(|| panic!("{path} {what}: {told:#?}"));
        assert!(!found.advice.is_empty() && some.next().is_none());
        found.clone()
    }

    fn adds_to_script(&self, text: &str) {
        let script = self.at("scripts/northshire/check.rhai");
        let before = fs::read_to_string(&script).unwrap();
        fs::write(script, before + text).unwrap();
    }

    /// All as it was when these were its files.
    fn put_back(&self, files: &[(PathBuf, Vec<u8>)]) {
        for (now, _) in self.files() {
            fs::remove_file(now).unwrap();
        }
        for (path, bytes) in files {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.keep.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    found.push((entry.path(), fs::read(entry.path()).unwrap()));
                }
            }
        }
        found.sort();
        found
    }
}

#[test]
fn a_house_that_is_well_has_nothing_to_look_at_and_what_is_wrong_is_found_and_left_alone() {
    let house = House::new();
    let expired = "9999-12-31";
    let mut chart = Chart::default();
    let councils = house.host.councils(&[]).unwrap();
    let seen = rehearsed::look(&house.host, &councils, &house.to, &mut chart);
    places::look(&house.host, &seen, &house.to, &mut chart);
    published::look(&house.host, &seen, &house.to, "2026-10-01", &mut chart);
    assert_eq!(chart.0, []);
    published::look(&house.host, &seen, &house.to, expired, &mut chart);
    let graded = chart
        .0
        .iter()
        .filter(|one| one.what.contains("the grade of"));
    let results = fs::read(house.at("published/northshire/results.json")).unwrap();
    let results: crate::publication::Publication = serde_json::from_slice(&results).unwrap();
    let valid = results
        .scopes
        .iter()
        .filter(|one| !one.grade.valid_to_on.is_empty());
    assert_eq!(graded.count(), valid.count());

    fs::write(
        house.at("scripts/northshire/data/caf.csv"),
        b"name\nRen\xe9e\n",
    )
    .unwrap();
    fs::write(
        house.at("scripts/northshire/data/wide.csv"),
        b"\xff\xfea\0\n\0b\0",
    )
    .unwrap();
    house.adds_to_script(
        "table(\"caf\", #{ file: \"data/caf.csv\" });\ntable(\"wide\", #{ file: \"data/wide.csv\" });\n",
    );
    fs::write(house.at("scripts/northshire/data/~$survey.csv"), "").unwrap();
    fs::write(house.at("scripts/northshire/data/.~lock.workers.csv#"), "").unwrap();
    fs::create_dir_all(house.at("scripts/shared")).unwrap();
    fs::write(house.at("scripts/shared/pay.rhai"), b"// caf\xe9\n").unwrap();
    let workers = house.at("scripts/northshire/data/workers.csv");
    let text = fs::read_to_string(&workers).unwrap();
    fs::write(&workers, text + "\n").unwrap();
    fs::write(house.at("published/northshire/report.md"), "changed").unwrap();
    fs::create_dir_all(house.at("published/.healthcheck-northshire.7.new")).unwrap();
    fs::create_dir_all(house.at("published/gone")).unwrap();
    fs::write(house.at("published/gone/results.json"), "{}").unwrap();
    fs::create_dir_all(house.at("templates")).unwrap();
    fs::write(house.at("templates/style.css"), "body { color: black }").unwrap();
    let before = house.files();

    let data = "scripts/northshire/data";
    let note = house.one(&format!("{data}/caf.csv"), "Windows-1252");
    assert_eq!(note.weight, Weight::Note);
    house.one(&format!("{data}/wide.csv"), "UTF-16");
    let open = house.one(&format!("{data}/survey.csv"), "has it open");
    assert_eq!(open.weight, Weight::Warning);
    house.one(&format!("{data}/workers.csv"), "has it open");
    let script = house.one("scripts/shared/pay.rhai", "not saved as UTF-8");
    assert_eq!(script.weight, Weight::Stops);
    assert_eq!(house.told()[0].weight, Weight::Stops, "the gravest first");
    let home = "published/northshire";
    let stale = house.one(home, "made before these changed");
    assert!(
        stale.what.ends_with(": check.rhai, data/workers.csv"),
        "{}",
        stale.what
    );
    assert_eq!(stale.advice, "healthcheck run northshire");
    let torn = house.one(home, "not as it was published");
    assert!(torn.what.ends_with(": report.md"), "{}", torn.what);
    house.one(home, "other templates");
    house.one("published/.healthcheck-northshire.7.new", "left it behind");
    house.one("published/gone", "no script for it");
    assert_eq!(house.files(), before, "nothing was changed");

    fs::remove_dir_all(house.at(home)).unwrap();
    house.one("scripts/northshire/check.rhai", "not published yet");
    let file = Destination::folder(house.at("scripts/northshire/check.rhai"));
    let told = house.host.doctor(&[], &file).unwrap();
    assert!(
        told.iter()
            .any(|one| one.weight == Weight::Stops && one.what.contains("it is a file"))
    );
}

/// The file that a fault is told of, what is done to a house, and words that are told.
type Case<'a> = (&'a str, &'a dyn Fn(&House), &'a str);

#[test]
fn what_would_stop_a_run_is_told_as_a_run_tells_it_with_what_to_do() {
    let survey = "scripts/northshire/data/survey.csv";
    let renamed = |house: &House, code: &str| {
        let script = house.at("scripts/northshire/check.rhai");
        let text = fs::read_to_string(&script).unwrap();
        fs::write(&script, text.replace("made-up", code)).unwrap();
    };
    let cases: [Case<'_>; 8] = [
        (
            "check.rhai",
            &|house| fs::remove_file(house.at(survey)).unwrap(),
            "there is no file `",
        ),
        (
            "check.rhai",
            &|house| fs::remove_dir_all(house.at("scripts/northshire/data")).unwrap(),
            "there is no file `",
        ),
        (
            "check.rhai",
            &|house| {
                let text = fs::read_to_string(house.at(survey)).unwrap();
                let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                fs::write(house.at(survey), wide).unwrap();
            },
            "UTF-16, without the mark",
        ),
        (
            "check.rhai",
            &|house| {
                fs::write(house.at("scripts/northshire/data/damaged.xlsx"), "PK").unwrap();
                house.adds_to_script("table(\"own\", #{ file: \"data/damaged.xlsx\" });\n");
            },
            "damaged.xlsx` is ",
        ),
        (
            "check.rhai",
            &|house| house.adds_to_script("measure(\"own\" #{\n"),
            "is not closed",
        ),
        (
            "check.rhai",
            &|house| {
                let script = house.at("scripts/northshire/check.rhai");
                let text = fs::read_to_string(&script).unwrap();
                let brand = "    brand: #{ logo: \"logo.svg\" },\n    services:";
                fs::write(script, text.replacen("    services:", brand, 1)).unwrap();
            },
            "logo.svg`",
        ),
        (
            "base.html.j2",
            &|house| {
                fs::create_dir_all(house.at("templates")).unwrap();
                fs::write(house.at("templates/base.html.j2"), "{% if %}").unwrap();
            },
            "`if`",
        ),
        (
            "check.rhai",
            &|house| {
                renamed(house, "E10999901");
                let run = house
                    .host
                    .run(&house.host.councils(&[]).unwrap(), &house.to);
                assert!(run.outcomes[0].page.is_some());
                let text = fs::read_to_string(house.at(survey)).unwrap();
                let shorter = text.trim_end().rsplit_once('\n').unwrap().0;
                fs::write(house.at(survey), shorter).unwrap();
            },
            "closed when it was first published",
        ),
    ];
    let house = House::new();
    let before = house.files();
    for (file, done, words) in cases {
        done(&house);
        let mut faults = house.told();
        faults.retain(|one| one.weight >= Weight::Faulty);
        let all = |one: &Symptom| one.place.ends_with(file) && !one.advice.is_empty();
        assert!(
            !faults.is_empty() && faults.iter().all(all),
            "{words}: {faults:#?}"
        );
        assert!(
            faults.iter().any(|one| one.what.contains(words)),
            "{words}: {faults:#?}"
        );
        assert!(
            faults.iter().all(|one| one.weight == Weight::Faulty),
            "{faults:#?}"
        );
        house.put_back(&before);
    }
}

#[test]
fn of_what_was_published_before_what_cannot_be_read_is_told_once() {
    let house = House::new();
    let results = "published/northshire/results.json";
    fs::write(house.at(results), "{").unwrap();
    house.one(results, "no whole results file");
    let of_home = |one: &Symptom| Path::new(&one.place) == house.at("published/northshire");
    assert!(!house.told().iter().any(of_home), "{:#?}", house.told());
}

#[test]
fn a_script_that_cannot_be_read_is_not_said_to_lack_its_first_run() {
    let house = House::new();
    fs::remove_dir_all(house.at("published/northshire")).unwrap();
    house.adds_to_script("measure(\"own\" #{\n");
    let told = house.told();
    assert_eq!(told[0].weight, Weight::Faulty, "{told:#?}");
    assert!(
        !told
            .iter()
            .any(|one| one.what.contains("not published yet")),
        "{told:#?}"
    );
}

#[test]
fn a_mark_of_an_open_file_is_of_the_file_of_that_name_alone() {
    let house = House::new();
    let data = "scripts/northshire/data";
    for name in ["mystaff.xlsx", "~$staff.xlsx", ".~lock.staff.xlsx#"] {
        fs::write(house.at(data).join(name), "").unwrap();
    }
    let told = house.told();
    assert!(
        !told.iter().any(|one| one.what.contains("has it open")),
        "{told:#?}"
    );
    house.one(&format!("{data}/mystaff.xlsx"), "no card names it");
}

#[test]
fn the_page_above_all_councils_is_looked_at_too() {
    let house = House::new();
    let page = "published/index.html";
    let text = fs::read_to_string(house.at(page)).unwrap();
    fs::write(house.at(page), text + " ").unwrap();
    house.one(page, "not as it was published");
    fs::remove_file(house.at(page)).unwrap();
    house.one(page, "not there");
    fs::remove_file(house.at("published/index.json")).unwrap();
    house.one(page, "not there");
}

#[test]
fn what_a_run_left_behind_is_told_once() {
    let house = House::new();
    let left = "published/.healthcheck-northshire.7.new";
    fs::create_dir_all(house.at(left)).unwrap();
    fs::write(house.at(left).join("results.json"), "{}").unwrap();
    house.one(left, "left it behind");
    let of_it = |one: &&Symptom| Path::new(&one.place) == house.at(left);
    assert_eq!(house.told().iter().filter(of_it).count(), 1);
}

#[test]
fn data_that_lie_where_nobody_looks_for_them_are_told() {
    let house = House::new();
    let other = house.at("elsewhere/northshire/data");
    fs::create_dir_all(&other).unwrap();
    for name in ["survey.csv", "workers.csv", "workforce.csv"] {
        fs::copy(
            house.at("scripts/northshire/data").join(name),
            other.join(name),
        )
        .unwrap();
    }
    fs::write(other.join("old.csv"), "team\n").unwrap();
    let host = Host::builder()
        .scripts(house.at("scripts"))
        .templates(house.at("templates"))
        .data(house.at("elsewhere"))
        .build();
    let house = House { host, ..house };
    house.one(
        "scripts/northshire/data/survey.csv",
        "data files are looked for in",
    );
    house.one("elsewhere/northshire/data/old.csv", "no card names it");
    assert_eq!(house.told().len(), 4, "{:#?}", house.told());
}

#[test]
fn a_disk_that_is_nearly_full_is_told_with_what_is_left() {
    let told = |bytes, files| {
        let mut chart = Chart::default();
        places::cramped(Path::new("out"), &places::Room { bytes, files }, &mut chart);
        chart.0.into_iter().map(|one| one.what).collect::<Vec<_>>()
    };
    let much = u64::MAX;
    assert_eq!(told(99 << 20, much), ["the disk has 99 MB left"]);
    assert_eq!(told(much, 9_999), ["the disk has room for 9999 more files"]);
    assert!(told(much, much).is_empty());
}
