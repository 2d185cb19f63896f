//! A house that is well, and each thing that can be wrong with it.

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
    published::look(&house.host, &councils, &house.to, "2026-10-01", &mut chart);
    assert_eq!(chart.0, []);
    published::look(&house.host, &councils, &house.to, expired, &mut chart);
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
    fs::write(house.at("scripts/northshire/data/wide.csv"), b"\xff\xfea\0").unwrap();
    fs::write(house.at("scripts/northshire/data/none.csv"), "").unwrap();
    fs::write(house.at("scripts/northshire/data/~$rvey.csv"), "").unwrap();
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
    house.one(&format!("{data}/none.csv"), "nothing in it");
    let open = house.one(&format!("{data}/survey.csv"), "has it open");
    assert_eq!(open.weight, Weight::Warning);
    house.one(&format!("{data}/workers.csv"), "has it open");
    let script = house.one("scripts/shared/pay.rhai", "not saved as UTF-8");
    assert_eq!(script.weight, Weight::Stops);
    assert_eq!(house.told()[0].weight, Weight::Stops, "the gravest first");
    let home = "published/northshire";
    let stale = house.one(home, "made before these changed");
    assert!(stale.what.ends_with(": data/workers.csv"), "{}", stale.what);
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
