//! Earlier results survive, and what cannot be read is told.

use super::files::names_in;
use super::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Runs and publishes a small council as it stood on a day; gives what was told.
fn published_on(root: &Path, as_of: &str, more: &str) -> (Publication, Diagnostics) {
    let folder = root.join("scripts/paperby");
    fs::create_dir_all(&folder).unwrap();
    let year = &as_of[..4];
    let script = format!(
        "council(\"Paperby\", #{{ code: \"E10999907\", as_of: \"{as_of}\", services: [\"adults\"], \
         asked: #{{ adults: 40 }} }});\n\
         consulted(\"UNISON\", #{{ on: \"{year}-01-04\", how: \"meeting\", agreed: true }});\n{more}"
    );
    fs::write(folder.join("check.rhai"), script).unwrap();
    let host = Host::builder()
        .scripts(root.join("scripts"))
        .templates(root.join("none"))
        .build();
    let to = Destination::folder(root.join("published"));
    let councils = host.councils(&[]).unwrap();
    let mut run = host.run(&councils, &to);
    let outcome = run.outcomes.remove(0);
    assert!(outcome.page.is_some(), "{}", outcome.faults);
    (outcome.publication.unwrap(), outcome.faults)
}

fn home(root: &Path) -> PathBuf {
    root.join("published/paperby")
}

fn told(faults: &Diagnostics, code: Code) -> Vec<String> {
    let of_code = faults.iter().filter(|fault| fault.code == code);
    of_code.map(|fault| fault.message.clone()).collect()
}

#[test]
fn earlier_editions_survive_every_later_publication_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut kept = Vec::new();
    for day in ["2024-09-30", "2025-09-30", "2026-09-30"] {
        for _again in 0..2 {
            let (found, faults) = published_on(root, day, "");
            assert!(told(&faults, Code::EarlierNotRead).is_empty(), "{faults}");
            let since = found.changes.map(|changes| changes.since);
            let last = kept.last().map(|(day, _): &(String, Vec<u8>)| day.clone());
            assert_eq!(since, last, "{day}");
            for (day, bytes) in &kept {
                let there = home(root).join(format!("earlier/{day}.json"));
                assert_eq!(&fs::read(there).unwrap(), bytes, "{day}");
            }
        }
        kept.push((day.to_owned(), fs::read(home(root).join(RESULTS)).unwrap()));
    }
    assert_eq!(
        names_in(&home(root).join(EARLIER)),
        ["2024-09-30.json", "2025-09-30.json"]
    );
    let page = fs::read_to_string(home(root).join("downloads.html")).unwrap();
    assert!(page.contains("href=\"earlier/2025-09-30.json\""));
}

#[cfg(unix)]
#[test]
fn earlier_results_behind_a_link_out_of_the_councils_folder_are_told_and_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let share = root.join("share");
    published_on(root, "2025-09-30", "");
    fs::create_dir(&share).unwrap();
    fs::rename(home(root).join(RESULTS), share.join("2025-09-30.json")).unwrap();
    fs::remove_dir_all(home(root)).unwrap();
    let beside = root.join("scripts/paperby").join(EARLIER);
    std::os::unix::fs::symlink(&share, &beside).unwrap();
    let (found, faults) = published_on(root, "2026-09-30", "");
    assert!(found.changes.is_none());
    let told = told(&faults, Code::EarlierNotRead);
    assert!(told[0].ends_with(files::LINK), "{told:?}");
    fs::remove_file(&beside).unwrap();
    fs::rename(&share, &beside).unwrap();
    let (found, _) = published_on(root, "2026-09-30", "");
    assert!(found.changes.is_some());
}

#[test]
fn the_same_edition_published_again_is_the_same_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    published_on(root, "2025-09-30", "");
    let bytes = || fs::read(home(root).join(RESULTS)).unwrap();
    published_on(root, "2026-09-30", "");
    let once = bytes();
    published_on(root, "2026-09-30", "");
    assert_eq!(once, bytes());
}

#[test]
fn an_older_edition_run_again_takes_no_later_one_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let note = |words: &str| {
        format!("omit(\"cover\", #{{ reason: \"{words}\", review_by: \"2027-01-31\" }});")
    };
    published_on(root, "2026-09-30", "");
    let (older, _) = published_on(root, "2025-09-30", "");
    assert_eq!(older.changes, None);
    // The later edition comes back otherwise: both releases of it are kept.
    published_on(root, "2026-09-30", &note("Asked elsewhere"));
    let (older, _) = published_on(root, "2025-09-30", "");
    assert_eq!(older.changes, None);
    assert_eq!(
        names_in(&home(root).join(EARLIER)),
        ["2025-09-30.json", "2026-09-30.2.json", "2026-09-30.json"]
    );
    let host = Host::new();
    let to = Destination::folder(root.join("published"));
    published_on(root, "2026-09-30", "");
    let check = host.load(root.join("scripts/paperby")).unwrap();
    let earlier = host.earlier(&check, &to);
    let omitted = |release: &Publication| {
        let cover = release.items.iter().find(|item| item.id == "cover");
        cover.unwrap().comparability == "omitted"
    };
    let releases: Vec<bool> = earlier.releases.iter().map(omitted).collect();
    // Oldest first: as first published, as changed, as it stands.
    assert_eq!(releases, [false, true, false]);
    assert_eq!(
        earlier.edition.as_ref().unwrap().council.as_of,
        "2025-09-30"
    );
}

#[test]
fn a_corrupt_earlier_file_is_told_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    published_on(root, "2025-09-30", "");
    let standing = home(root).join(RESULTS);
    let whole = fs::read(&standing).unwrap();
    fs::write(&standing, &whole[..whole.len() / 2]).unwrap();
    let (found, faults) = published_on(root, "2026-09-30", "");
    let messages = told(&faults, Code::EarlierNotRead);
    assert_eq!(messages.len(), 1, "{faults}");
    assert!(
        messages[0].contains("no whole results file"),
        "{messages:?}"
    );
    assert_eq!(found.changes, None);
    // It is not lost, and it goes on being told.
    let kept = home(root).join("earlier/unread.json");
    assert_eq!(fs::read(&kept).unwrap(), whole[..whole.len() / 2]);
    for _ in 0..2 {
        let (_, faults) = published_on(root, "2026-09-30", "");
        assert_eq!(told(&faults, Code::EarlierNotRead).len(), 1, "{faults}");
    }
    assert_eq!(names_in(&home(root).join(EARLIER)), ["unread.json"]);
}

#[test]
fn results_of_another_form_or_another_council_are_told_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    published_on(root, "2025-09-30", "");
    let text = fs::read_to_string(home(root).join(RESULTS)).unwrap();
    fs::remove_dir_all(home(root)).unwrap();
    let brought = root.join("scripts/paperby/earlier");
    fs::create_dir_all(&brought).unwrap();
    for (name, from, to, words) in [
        ("form", SCHEMA, "healthcheck-results/9", "has the form"),
        ("council", "E10999907", "E10999908", "of another council"),
        ("day", "\"2025-09-30\"", "\"../../2025\"", "no as-of date"),
    ] {
        let file = brought.join(format!("{name}.json"));
        fs::write(&file, text.replace(from, to)).unwrap();
        let (found, faults) = published_on(root, "2026-09-30", "");
        let messages = told(&faults, Code::EarlierNotRead);
        assert_eq!(messages.len(), 1, "{faults}");
        assert!(messages[0].contains(words), "{messages:?}");
        assert_eq!(found.changes, None, "{name}");
        fs::remove_file(file).unwrap();
    }
}

#[test]
fn results_brought_beside_the_script_are_compared_with() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    published_on(root, "2025-09-30", "");
    let brought = root.join("scripts/paperby/earlier");
    fs::create_dir_all(&brought).unwrap();
    fs::rename(home(root).join(RESULTS), brought.join("last.json")).unwrap();
    fs::remove_dir_all(home(root)).unwrap();
    let (found, faults) = published_on(root, "2026-09-30", "");
    assert_eq!(found.changes.unwrap().since, "2025-09-30", "{faults}");
    // They stand beside the page too, so that a reader can compare; however often it runs.
    published_on(root, "2026-09-30", "");
    assert_eq!(names_in(&home(root).join(EARLIER)), ["2025-09-30.json"]);
    let kept = fs::read(home(root).join("earlier/2025-09-30.json")).unwrap();
    assert_eq!(kept, fs::read(brought.join("last.json")).unwrap());
}

#[test]
fn an_action_of_which_the_new_plan_says_nothing_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let action = |status: &str| {
        format!(
            "action(\"quiet-rooms\", #{{ standard: \"systems\", what: \"Open two quiet rooms\", \
             status: \"{status}\" }});"
        )
    };
    published_on(root, "2025-09-30", &action("planned"));
    let (_, faults) = published_on(root, "2026-09-30", &action("under way"));
    assert!(told(&faults, Code::ActionNotCarriedOver).is_empty());
    let (found, faults) = published_on(root, "2026-09-30", "");
    let messages = told(&faults, Code::ActionNotCarriedOver);
    assert_eq!(messages.len(), 1, "{faults}");
    assert!(messages[0].contains("quiet-rooms"));
    let changes = found.changes.unwrap();
    assert_eq!(changes.plan[0].outcome, "no longer in the plan");
}

#[test]
fn a_folder_that_is_no_file_and_a_file_that_came_are_both_noted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    published_on(root, "2026-09-30", "");
    let host = Host::new();
    let check = host.load(root.join("scripts/paperby")).unwrap();
    let to = Destination::folder(root.join("published"));
    let looked = || {
        let mut files = Files::default();
        let _ = host.earlier_noting(&check, &to, &mut files, None);
        files
    };
    let brought = root.join("scripts/paperby/earlier");
    let before = looked();
    assert_eq!(before.get(&brought), Some(&None));
    fs::create_dir_all(&brought).unwrap();
    let empty = looked();
    assert!(empty[&brought].is_some());
    fs::write(brought.join("2025-09-30.json"), "{}").unwrap();
    assert_ne!(looked()[&brought], empty[&brought]);
}

/// A council with made-up data, in a folder of its own.
struct Begun {
    folder: TempDir,
    host: Host,
    to: Destination,
}

impl Begun {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .templates(folder.path().join("none"));
        let host = host.build();
        host.begin("sandbourne").unwrap();
        let to = Destination::folder(folder.path().join("published"));
        Self { folder, host, to }
    }

    /// With a code of its own, so that its survey closes.
    fn real() -> Self {
        let begun = Self::new();
        begun.change("check.rhai", |text| text.replace("made-up", "E10999903"));
        begun
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("published/sandbourne")
    }

    fn change(&self, file: &str, how: impl Fn(&str) -> String) {
        let path = self.folder.path().join("scripts/sandbourne").join(file);
        let text = fs::read_to_string(&path).unwrap();
        let after = how(&text);
        assert_ne!(text, after, "{file} changes");
        fs::write(path, after).unwrap();
    }

    fn one_sheet_less(&self) {
        self.change("data/survey.csv", |text| {
            format!("{}\n", text.trim_end().rsplit_once('\n').unwrap().0)
        });
    }

    fn run(&self, unseen: bool) -> (bool, Diagnostics) {
        let host = Host::builder()
            .scripts(self.host.scripts())
            .templates(self.host.templates_folder())
            .unseen(unseen)
            .build();
        let councils = host.councils(&[]).unwrap();
        let outcome = host.run(&councils, &self.to).outcomes.remove(0);
        (outcome.page.is_some(), outcome.faults)
    }
}

const CARD: &str =
    "correction(\"one-less\", #{ on: \"2026-11-02\", because: \"One sheet stood twice\" });\n";

#[test]
fn figures_that_were_withdrawn_stay_beside_the_page_and_are_known_to_every_later_run() {
    let begun = Begun::real();
    let home = begun.home();
    assert!(begun.run(false).0);
    let first = fs::read(home.join(RESULTS)).unwrap();
    begun.one_sheet_less();
    let (published, faults) = begun.run(false);
    assert!(!published && !told(&faults, Code::SurveyClosed).is_empty());
    assert!(
        faults
            .paint(false)
            .contains("help: healthcheck run --unseen sandbourne"),
        "{faults}"
    );
    begun.change("check.rhai", |text| format!("{text}\n{CARD}"));
    let mut bytes = Vec::new();
    for _ in 0..2 {
        let (published, faults) = begun.run(false);
        assert!(published, "{faults}");
        let costs = told(&faults, Code::CorrectionWithholds);
        assert_eq!(costs.len(), 1, "{faults}");
        assert!(costs[0].contains("the overall score"), "{costs:?}");
        let kept = fs::read(home.join("earlier/2026-09-30.json")).unwrap();
        assert_eq!(kept, first);
        bytes.push(fs::read(home.join(RESULTS)).unwrap());
    }
    assert_eq!(bytes[0], bytes[1]);
    let page = fs::read_to_string(home.join("index.html")).unwrap();
    assert!(page.contains("withdrawn on 2 November 2026"));
    assert!(page.contains("One sheet stood twice"));
    let downloads = fs::read_to_string(home.join("downloads.html")).unwrap();
    assert!(downloads.contains("an earlier release, withdrawn since"));
    let verified = begun.host.verify(&home).unwrap();
    assert!(
        verified.differences.is_empty(),
        "{:?}",
        verified.differences
    );
    // Nobody had seen any of it: then the card goes, and nothing of it stays.
    begun.change("check.rhai", |text| text.replace(CARD, ""));
    let (published, faults) = begun.run(true);
    assert!(published, "{faults}");
    assert!(!home.join("earlier").exists());
    let page = fs::read_to_string(home.join("index.html")).unwrap();
    assert!(!page.contains("withdrawn on"));
    // Unseen, and yet a card says that something was withdrawn: the card is believed.
    begun.one_sheet_less();
    begun.change("check.rhai", |text| format!("{text}\n{CARD}"));
    assert!(begun.run(true).0);
    assert!(home.join("earlier/2026-09-30.json").exists());
}

/// The totals with so many hours lost to systems in the first team.
fn with_hours_lost(text: &str, hours: u32) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    assert!(lines[0].ends_with(",system_hours_lost"), "{}", lines[0]);
    let (others, _) = lines[1].rsplit_once(',').unwrap();
    lines[1] = format!("{others},{hours}");
    lines.join("\n") + "\n"
}

#[test]
fn a_figure_of_posts_that_is_put_right_is_told_and_what_was_published_first_stays() {
    let begun = Begun::real();
    let home = begun.home();
    let (published, faults) = begun.run(false);
    assert!(
        published && told(&faults, Code::FiguresRevised).is_empty(),
        "{faults}"
    );
    let first = fs::read(home.join(RESULTS)).unwrap();
    for hours in [900, 1900] {
        begun.change("data/workforce.csv", |text| with_hours_lost(text, hours));
        let (published, faults) = begun.run(false);
        assert!(published, "{faults}");
        let told = told(&faults, Code::FiguresRevised);
        assert_eq!(told.len(), 1, "{faults}");
        assert!(
            told[0].contains("`system-hours-lost` of the whole was"),
            "{told:?}"
        );
        let kept = fs::read(home.join("earlier/2026-09-30.json")).unwrap();
        assert_eq!(kept, first);
        assert!(!home.join("earlier/2026-09-30.2.json").exists());
    }
    let downloads = fs::read_to_string(home.join("downloads.html")).unwrap();
    assert!(downloads.contains("30 September 2026, an earlier release"));
    // Nothing more has changed since the last.
    let (published, faults) = begun.run(false);
    assert!(
        published && told(&faults, Code::FiguresRevised).is_empty(),
        "{faults}"
    );
    // If nobody had seen any of it, the first does not stay.
    let (published, faults) = begun.run(true);
    assert!(
        published && told(&faults, Code::FiguresRevised).is_empty(),
        "{faults}"
    );
    assert!(!home.join("earlier").exists());
}

#[test]
fn made_up_figures_close_no_survey_and_give_way_to_the_councils_own() {
    let begun = Begun::new();
    assert!(begun.run(false).0);
    begun.one_sheet_less();
    let (published, faults) = begun.run(false);
    assert!(published, "{faults}");
    let page = || fs::read_to_string(begun.home().join("index.html")).unwrap();
    assert!(page().contains("Made-up figures."));
    begun.one_sheet_less();
    begun.change("check.rhai", |text| text.replace("made-up", "E10999903"));
    let (published, faults) = begun.run(false);
    assert!(published && faults.is_empty(), "{faults}");
    assert!(!page().contains("Made-up figures."));
    assert!(!begun.home().join("earlier").exists());
}
