//! Canaries: distinctive numbers planted in a team that is withheld, and looked for in every
//! byte of what is published.

use healthcheck::host::{Destination, Host};
use std::fs;
use std::io::Read;
use std::path::Path;

/// Three practitioners whose figures nobody else comes near: 5721 cases between them, 1907
/// each, and 121.4 hours over contract a week.
const TEAM: &str = "\
Night Watch,CSC,Social worker,no,no,1,1871,18,37,158.4,3,3,yes
Night Watch,CSC,Social worker,no,no,1,1913,18,37,158.4,3,3,yes
Night Watch,CSC,Social worker,no,no,1,1937,18,37,158.4,3,3,yes
";
const CANARIES: [&str; 6] = ["5721", "1907.0", "121.4", "158.4", "1871", "1937"];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            fs::copy(&path, there).unwrap();
        }
    }
}

fn published(folder: &Path, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            published(&path, into);
        } else {
            let name = path.display().to_string();
            if name.ends_with(".xlsx") {
                unpacked(&path, &name, into);
            }
            into.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// A workbook is packed: its parts are looked at one by one.
fn unpacked(path: &Path, name: &str, into: &mut Vec<(String, Vec<u8>)>) {
    let mut workbook = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    for at in 0..workbook.len() {
        let mut part = workbook.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        into.push((format!("{name}: {}", part.name().unwrap()), bytes));
    }
}

/// A number as a figure, not as part of a longer one.
fn holds(bytes: &[u8], canary: &str) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| byte.is_ascii_hexdigit() || *byte == b'.')
    };
    bytes.windows(canary.len()).enumerate().any(|(at, window)| {
        window == canary.as_bytes() && !digit(at.checked_sub(1)) && !digit(Some(at + canary.len()))
    })
}

#[test]
fn no_figure_of_a_withheld_team_is_in_any_published_byte() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = folder.path().join("scripts");
    copy(Path::new("scripts"), &scripts);
    let workers = scripts.join("northshire/data/workers.csv");
    let rows = fs::read_to_string(&workers).unwrap();
    fs::write(&workers, format!("{}\n{TEAM}", rows.trim_end())).unwrap();
    let host = Host::builder().scripts(&scripts).build();
    let to = Destination::folder(folder.path().join("published"));
    let run = host.run(&host.councils(&["northshire".to_owned()]).unwrap(), &to);
    let outcome = &run.outcomes[0];
    assert!(outcome.page.is_some(), "{}", outcome.faults);
    let page = outcome.publication.as_ref().unwrap();
    let caseload = page
        .items
        .iter()
        .find(|item| item.id == "caseload-per-fte")
        .unwrap();
    let of = |group: &str| caseload.findings.iter().find(|found| found.group == group);
    assert_eq!(of("Night Watch").unwrap().local.value.text, "c");
    assert_ne!(of("whole").unwrap().local.value.text, "c");
    let mut files = Vec::new();
    published(to.path(), &mut files);
    assert!(files.len() >= 4);
    let sheets = files
        .iter()
        .filter(|(path, _)| path.contains("xl/worksheets/"));
    assert_eq!(sheets.count() > 5, cfg!(feature = "xlsx"));
    for (path, bytes) in &files {
        for canary in CANARIES {
            assert!(!holds(bytes, canary), "{path} holds {canary}");
        }
    }
}

#[test]
fn where_the_only_person_of_a_group_works_is_nowhere_told() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = folder.path().join("scripts");
    copy(Path::new("scripts"), &scripts);
    // One practitioner of Zeta, everybody else of one of two other beliefs.
    let survey = scripts.join("northshire/data/survey.csv");
    let rows = fs::read_to_string(&survey).unwrap();
    let with_belief = rows.trim_end().lines().enumerate().map(|(at, row)| {
        let belief = match at {
            0 => "Belief",
            1 => "Zeta",
            _ if at % 3 == 0 => "Alpha",
            _ => "None",
        };
        format!("{row},{belief}\n")
    });
    fs::write(&survey, with_belief.collect::<String>()).unwrap();
    let script = scripts.join("northshire/check.rhai");
    let text = fs::read_to_string(&script).unwrap();
    let text = text.replacen(
        "team: \"Team\", service: \"Directorate\"",
        "belief: \"Belief\", team: \"Team\", service: \"Directorate\"",
        1,
    );
    let card = "\nbreakdown(\"belief\", #{ tables: [\"survey\"], by: \"belief\" });\n";
    fs::write(&script, text + card).unwrap();
    let host = Host::builder().scripts(&scripts).build();
    let to = Destination::folder(folder.path().join("published"));
    let run = host.run(&host.councils(&["northshire".to_owned()]).unwrap(), &to);
    let outcome = &run.outcomes[0];
    let page = outcome.publication.as_ref();
    let page = page.unwrap_or_else(|| panic!("{}", outcome.faults));
    let of = |breakdown: &'static str| page.groups.iter().filter(move |g| g.breakdown == breakdown);
    assert!(of("belief").any(|group| group.name == "Zeta"));
    for group in of("belief") {
        assert!(
            group.within.is_empty(),
            "{} is {:?}",
            group.name,
            group.within
        );
    }
    // That teams lie in services and localities is no secret.
    for team in of("team").filter(|team| team.rolls.is_empty()) {
        let holders: Vec<&str> = team.within.iter().map(|(own, _)| own.as_str()).collect();
        assert_eq!(holders, ["service", "locality"], "{}", team.name);
    }
}
