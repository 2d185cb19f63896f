//! What is read for the page above the councils, and that it says what stands there.

use super::super::earlier::Before;
use super::super::past::Past;
use super::super::publish::publish;
use super::*;
use std::fs;
use std::path::PathBuf;
use std::thread;

struct Country {
    _keep: tempfile::TempDir,
    to: Destination,
    templates: Templates,
    publications: Vec<Publication>,
    /// What a watch remembers, where one is tried.
    above: Option<Above>,
}

impl Country {
    /// Several councils that stand there, and the page above them.
    fn published() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let country = Self {
            to: Destination::folder(keep.path().join("published")),
            templates: Templates::embedded(),
            publications: report::examples(),
            above: None,
            _keep: keep,
        };
        assert!(country.publications.len() > 4);
        for publication in &country.publications {
            country.place(publication);
        }
        let read = country.index(&[]);
        assert_eq!(
            read.len(),
            country.publications.len(),
            "nothing is remembered yet"
        );
        country
    }

    fn place(&self, publication: &Publication) -> String {
        let placed = publish(
            publication,
            &self.templates,
            &self.to,
            Before::default(),
            &Past::none(),
        );
        placed.unwrap_or_else(|faults| panic!("{faults}")).results
    }

    /// Makes the page; gives the councils whose results were read for it.
    fn index(&self, fresh: &[Fresh]) -> Vec<String> {
        let mut files = Files::default();
        let none = Above::default();
        let above = self.above.as_ref().unwrap_or(&none);
        publish_index(fresh, &self.templates, &self.to, &mut files, above).unwrap();
        let read = files.keys().filter(|path| path.ends_with(RESULTS));
        let council = |path: &PathBuf| path.parent()?.file_name()?.to_str().map(str::to_owned);
        read.filter_map(council).collect()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.to.path().join(name)
    }

    fn page(&self) -> String {
        fs::read_to_string(self.file(PAGE)).unwrap()
    }

    /// The page of all that stands there, with nothing remembered.
    fn anew(&self) -> String {
        let _ = fs::remove_file(self.file(Remembered::FILE));
        self.index(&[]);
        self.page()
    }
}

/// Another name, so that its row changes and no other.
fn renamed(publication: &Publication, name: &str) -> Publication {
    let mut other = publication.clone();
    other.council.name = name.to_owned();
    other
}

#[test]
fn one_council_run_again_among_many_reads_no_results_at_all() {
    let country = Country::published();
    let again = renamed(&country.publications[2], "Ashmere");
    let results = country.place(&again);
    let fresh = [Fresh {
        publication: &again,
        results: &results,
    }];
    assert_eq!(country.index(&fresh), Vec::<String>::new());
    let page = country.page();
    assert!(page.contains("Ashmere"));
    assert_eq!(page, country.anew());
    assert_eq!(country.index(&[]), Vec::<String>::new());
}

#[test]
fn a_council_that_somebody_else_published_meanwhile_is_read_and_no_other() {
    let country = Country::published();
    let other = renamed(&country.publications[1], "Ashmere");
    country.place(&other);
    assert_eq!(country.index(&[]), [other.id.as_str()]);
    assert_eq!(country.page(), country.anew());
    fs::remove_dir_all(country.file(&other.id)).unwrap();
    assert_eq!(country.index(&[]), Vec::<String>::new());
    assert!(!country.page().contains("Ashmere"));
}

#[test]
fn a_watch_that_remembers_makes_the_page_that_one_without_memory_makes_whatever_was_done_to_it() {
    let mut country = Country::published();
    country.above = Some(Above::default());
    let other = renamed(&country.publications[1], "Ashmere");
    let (page, memory) = (country.file(PAGE), country.file(Remembered::FILE));
    type Deed<'d> = Box<dyn Fn(&Country) + 'd>;
    let deeds: [(&str, Deed); 6] = [
        ("nothing", Box::new(|_| ())),
        (
            "another of its own",
            Box::new(|country| drop(country.place(&other))),
        ),
        (
            "the page changed",
            Box::new(|_| fs::write(&page, "mine").unwrap()),
        ),
        (
            "the memory changed",
            Box::new(|_| fs::write(&memory, "{}").unwrap()),
        ),
        (
            "the page and the memory changed alike",
            Box::new(|_| {
                let mut read = Remembered::read(&fs::read(&memory).unwrap()).unwrap();
                fs::write(&page, "mine").unwrap();
                read.page.sha256 = sha256_hex(b"mine");
                fs::write(&memory, read.file().bytes).unwrap();
            }),
        ),
        (
            "a council taken away",
            Box::new(|country| fs::remove_dir_all(country.file(&other.id)).unwrap()),
        ),
    ];
    for (what, deed) in deeds {
        deed(&country);
        for _ in 0..2 {
            country.index(&[]);
            assert_eq!(country.page(), country.anew(), "{what}");
        }
    }
}

#[test]
fn what_is_remembered_and_damaged_is_made_again_from_the_results() {
    let country = Country::published();
    let (file, page) = (country.file(Remembered::FILE), country.page());
    let sound = fs::read_to_string(&file).unwrap();
    let all = country.publications.len();
    let row = Remembered::read(sound.as_bytes()).unwrap().councils[0]
        .row
        .clone();
    for damaged in [
        String::new(),
        sound[..sound.len() / 2].to_owned(),
        sound.replace("healthcheck-index/1", "healthcheck-index/0"),
        sound.replace(&row.name, "Nowhere"),
        sound.replace(
            "\"program\": \"healthcheck ",
            "\"program\": \"healthcheck 0.",
        ),
    ] {
        assert_ne!(damaged, sound);
        fs::write(&file, &damaged).unwrap();
        assert_eq!(country.index(&[]).len(), all);
        assert_eq!(country.page(), page);
        assert_eq!(fs::read_to_string(&file).unwrap(), sound);
    }
}

#[test]
fn results_that_are_not_those_of_their_manifest_are_read() {
    let country = Country::published();
    let id = &country.publications[0].id;
    fs::remove_file(country.file(id).join(Manifest::FILE)).unwrap();
    assert_eq!(country.index(&[]), [id.as_str()]);
    assert_eq!(country.page(), country.anew());
}

#[test]
fn runs_at_once_leave_the_page_of_everything_that_stands() {
    let country = Country::published();
    thread::scope(|scope| {
        for publication in &country.publications {
            let country = &country;
            scope.spawn(move || {
                let name = format!("Of {}", publication.id);
                let publication = renamed(publication, &name);
                let results = country.place(&publication);
                country.index(&[Fresh {
                    publication: &publication,
                    results: &results,
                }]);
            });
        }
    });
    let found = Host::new()
        .verify_index(country.to.path())
        .unwrap()
        .unwrap();
    assert!(found.holds(), "{found:?}");
    assert_eq!(country.page(), country.anew());
}

#[test]
fn a_page_that_was_changed_or_does_not_follow_from_the_results_is_found_out() {
    let country = Country::published();
    let host = Host::new();
    let found = || host.verify_index(country.to.path()).unwrap().unwrap();
    let sound = found();
    assert!(sound.holds(), "{sound:?}");
    assert_eq!(sound.verified.len(), 3, "{sound:?}");
    assert!(sound.not_verified.is_empty(), "{sound:?}");

    let page = country.page();
    fs::write(country.file(PAGE), page.replace("Councils", "Others")).unwrap();
    assert_eq!(
        found().differences.len(),
        2,
        "its sum, and the page made again"
    );
    fs::write(country.file(PAGE), page).unwrap();

    let id = country.publications[0].id.clone();
    country.place(&renamed(&country.publications[0], "Ashmere"));
    let behind = &found().differences[0];
    assert_eq!((behind.file.as_str(), &behind.figure), (PAGE, &id));
    assert!(behind.recomputed.contains("`healthcheck run` writes"));
    fs::remove_dir_all(country.file(&id)).unwrap();
    assert_eq!(found().differences[0].figure, id);

    fs::write(country.file(Remembered::FILE), "{}").unwrap();
    assert!(host.verify_index(country.to.path()).is_err());
    fs::remove_file(country.file(Remembered::FILE)).unwrap();
    assert_eq!(
        found().not_verified.len(),
        1,
        "nothing says what it was made from"
    );
    fs::remove_file(country.file(PAGE)).unwrap();
    assert_eq!(host.verify_index(country.to.path()).unwrap(), None);
}
