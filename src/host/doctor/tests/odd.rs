//! Folders that are none, links, pipes: what a run makes of them, and that the doctor says so before.

use super::super::*;
use crate::host::publish::{PAGE, RESULTS};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

struct World {
    keep: tempfile::TempDir,
    host: Host,
    to: Destination,
}

impl World {
    fn new(councils: &[&str]) -> Self {
        let keep = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(keep.path().join("scripts"))
            .templates(keep.path().join("templates"))
            .build();
        for council in councils {
            host.begin(council).unwrap();
        }
        let to = Destination::folder(keep.path().join("published"));
        World { keep, host, to }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.keep.path().join(path)
    }

    /// The councils that a run publishes, and all that it tells.
    fn run(&self) -> (Vec<String>, String) {
        let run = self.host.run(&self.host.councils(&[]).unwrap(), &self.to);
        let published = run.outcomes.iter().filter(|one| one.page.is_some());
        let told: Vec<String> = run
            .outcomes
            .iter()
            .map(|one| one.faults.to_string())
            .chain([run.faults.to_string()])
            .collect();
        (
            published.map(|one| one.council.clone()).collect(),
            told.concat(),
        )
    }

    /// What the doctor finds that would stop a run.
    fn stops(&self) -> Vec<String> {
        let told = self.host.doctor(&[], &self.to).unwrap();
        told.into_iter()
            .filter(|one| one.weight == Weight::Stops)
            .map(|one| one.what)
            .collect()
    }
}

/// A pipe, from which somebody who opens it would wait for ever.
fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_council_is_named_as_its_folder_is_in_scripts_wherever_a_link_leads() {
    let world = World::new(&["northshire", "eastmere"]);
    for council in ["northshire", "eastmere"] {
        let elsewhere = world.at(&format!("releases/{council}/current"));
        fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
        let folder = world.at(&format!("scripts/{council}"));
        fs::rename(&folder, &elsewhere).unwrap();
        symlink(&elsewhere, &folder).unwrap();
    }
    let (published, told) = world.run();
    assert_eq!(published, ["eastmere", "northshire"], "{told}");
    for council in ["northshire", "eastmere"] {
        assert!(world.at(&format!("published/{council}/{PAGE}")).is_file());
    }
}

#[test]
fn templates_that_cannot_be_used_are_told_and_never_replaced_by_the_programs_own() {
    for (what, make) in [
        (
            "a link that leads nowhere",
            &(|path: &Path| symlink("gone", path).unwrap()) as &dyn Fn(&Path),
        ),
        ("it is not a folder", &|path: &Path| {
            fs::write(path, "mine").unwrap()
        }),
        ("it is not a folder", &|path: &Path| pipe(path)),
    ] {
        let world = World::new(&["northshire"]);
        make(&world.at("templates"));
        let (published, told) = world.run();
        assert!(published.is_empty() && told.contains(what), "{told}");
        assert!(world.stops().iter().any(|stop| stop.contains(what)));
    }
}

#[test]
fn a_script_that_is_no_file_is_told_and_its_council_is_not_passed_over() {
    let world = World::new(&["northshire", "eastmere"]);
    let script = world.at("scripts/northshire/check.rhai");
    fs::remove_file(&script).unwrap();
    fs::create_dir(&script).unwrap();
    let (published, told) = world.run();
    assert_eq!(published, ["eastmere"]);
    assert!(told.contains("cannot be read: it is a folder"), "{told}");
    assert_eq!(world.stops().len(), 1);
    fs::remove_dir(&script).unwrap();
    pipe(&script);
    let (published, told) = world.run();
    assert_eq!(published, ["eastmere"]);
    assert!(told.contains("cannot be read"), "{told}");
}

#[test]
fn nobody_waits_for_a_pipe_in_the_output() {
    let world = World::new(&["northshire"]);
    world.run();
    for name in ["index.json", "index.html"] {
        pipe(&world.at("published").join(name));
        world.host.doctor(&[], &world.to).unwrap();
        let (published, told) = world.run();
        assert_eq!(published, ["northshire"], "{told}");
        assert!(world.at("published").join(name).is_file(), "{name}");
    }
    let results = world.at("published/northshire").join(RESULTS);
    pipe(&results);
    assert_eq!(world.stops().len(), 1, "{:?}", world.stops());
    let (published, told) = world.run();
    assert!(published.is_empty());
    assert!(told.contains("earlier results would be lost"), "{told}");
    let nowhere = World::new(&["northshire"]);
    pipe(&nowhere.at("published"));
    let (published, told) = nowhere.run();
    assert!(
        published.is_empty() && told.contains("it is not a folder"),
        "{told}"
    );
    assert_eq!(nowhere.stops().len(), 1, "{:?}", nowhere.stops());
}

#[test]
fn what_was_brought_and_cannot_be_listed_is_told() {
    let world = World::new(&["northshire"]);
    fs::write(world.at("scripts/northshire/earlier"), "a file").unwrap();
    let (published, told) = world.run();
    assert_eq!(published, ["northshire"]);
    assert!(told.contains("earlier-not-read"), "{told}");
}
