//! The data of the three sample councils are made by the generator that ships in the
//! crate, and what Northshire published the year before by the program itself from such
//! data, so that anyone can make them again: `BLESS=1 cargo test --test samples`.

use healthcheck::host::synthetic::{Shape, files};
use healthcheck::national::Service;
use healthcheck::{Destination, Host};
use std::fs;
use std::path::Path;

fn eastmere() -> Shape {
    Shape {
        services: vec![Service::Adults],
        teams_per_service: 3,
        practitioners: vec![74],
        answered_share: 0.72,
        quality: 0.55,
        extra_questions: vec!["registration-support".to_owned()],
    }
}

fn made() -> Vec<(String, String)> {
    let northshire = Shape {
        services: vec![Service::Children, Service::Adults],
        teams_per_service: 6,
        practitioners: vec![214, 168],
        answered_share: 0.64,
        quality: 0.25,
        extra_questions: vec!["peer-support".to_owned()],
    };
    let sandbourne = Shape {
        services: vec![Service::Children],
        teams_per_service: 2,
        practitioners: vec![11],
        answered_share: 0.85,
        quality: 0.1,
        extra_questions: Vec::new(),
    };
    let mut all = Vec::new();
    for (council, shape) in [
        ("northshire", northshire),
        ("eastmere", eastmere()),
        ("sandbourne", sandbourne),
    ] {
        for (path, text) in files(council, &shape) {
            // Eastmere's finance team keeps its totals in a workbook.
            if path == "data/workforce.csv" && council == "eastmere" {
                continue;
            }
            let text = if council == "northshire" {
                as_northshire_has_it(&path, &text)
            } else {
                text
            };
            all.push((format!("scripts/{council}/{path}"), text));
        }
    }
    all
}

/// Northshire's tools have headers, codes and team names of their own.
fn as_northshire_has_it(path: &str, text: &str) -> String {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let of_totals = path.ends_with("workforce.csv");
    // The service desk cannot tell practitioners' calls apart yet.
    let kept: Vec<usize> = (0..header.len())
        .filter(|at| !of_totals || header[*at] != "system_hours_lost")
        .collect();
    let mut questions = 0;
    let named: Vec<String> = kept
        .iter()
        .map(|at| match header[*at] {
            name if of_totals => name.to_owned(),
            "team" => "Team".to_owned(),
            "service" => "Directorate".to_owned(),
            "role" => "Job title".to_owned(),
            "newly_qualified" => "NQSW".to_owned(),
            "agency" => "Agency".to_owned(),
            "fte" => "FTE".to_owned(),
            "cases" => "Open cases".to_owned(),
            "hours_contracted" => "Contracted hours".to_owned(),
            "hours_worked" => "Hours worked".to_owned(),
            "supervision_due" => "Supervision due".to_owned(),
            "supervision_held" => "Supervision held".to_owned(),
            "appraisal_current" => "Appraisal".to_owned(),
            "ceiling" => "Ceiling".to_owned(),
            _ => {
                questions += 1;
                format!("Q{questions}")
            }
        })
        .collect();
    let mut out = named.join(",") + "\n";
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let row: Vec<&str> = kept
            .iter()
            .map(|at| match cells[*at] {
                "children" if !of_totals => "CSC",
                "adults" if !of_totals => "ASC",
                "Assessment" => "Duty North",
                "Safeguarding" => "Duty South",
                "Leaving Care" => "Long-term North",
                "Fostering" => "Long-term South",
                "Older People" => "Older People North",
                "Physical Disability" => "Older People South",
                "Hospital Discharge" => "Hospital",
                cell => cell,
            })
            .collect();
        out += &(row.join(",") + "\n");
    }
    out
}

/// What Northshire published the year before, from a script and data of that year.
fn published_the_year_before() -> (String, String) {
    let shape = Shape {
        services: vec![Service::Children, Service::Adults],
        teams_per_service: 6,
        practitioners: vec![206, 161],
        answered_share: 0.55,
        quality: 0.1,
        extra_questions: Vec::new(),
    };
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/northshire");
    fs::create_dir_all(council.join("data")).unwrap();
    let script = include_str!("samples/northshire-2025.rhai");
    fs::write(council.join("check.rhai"), script).unwrap();
    for (path, text) in files("northshire in 2025", &shape) {
        // The team, which is the first column, was not asked for.
        let rows = text.lines().map(|line| line.split_once(',').unwrap().1);
        let rows: Vec<&str> = rows.collect();
        fs::write(council.join(path), rows.join("\n") + "\n").unwrap();
    }
    let host = Host::builder()
        .scripts(folder.path().join("scripts"))
        .build();
    let to = Destination::folder(folder.path().join("published"));
    let run = host.run(&host.councils(&[]).unwrap(), &to);
    assert!(run.outcomes[0].page.is_some(), "{}", run.outcomes[0].faults);
    let results = to.path().join("northshire/results.json");
    (
        "scripts/northshire/earlier/2025-09-30.json".to_owned(),
        fs::read_to_string(results).unwrap(),
    )
}

#[test]
fn the_first_run_of_northshire_shows_what_changed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(root.join("scripts")).build();
    let to = Destination::folder(folder.path());
    let run = host.run(&host.councils(&["northshire".to_owned()]).unwrap(), &to);
    let changes = run.outcomes[0]
        .publication
        .as_ref()
        .unwrap()
        .changes
        .as_ref();
    let changes = changes.expect("what was published the year before stands beside the script");
    assert!(
        run.outcomes[0].faults.is_empty(),
        "{}",
        run.outcomes[0].faults
    );
    assert_eq!(changes.since, "2025-09-30");
    assert!(changes.scopes.iter().all(|scope| scope.split.told));
    let outcomes: Vec<&str> = changes.plan.iter().map(|a| a.outcome.as_str()).collect();
    assert_eq!(outcomes, ["delivered", "late", "dropped", "still to come"]);
    let cover = changes
        .items
        .iter()
        .find(|item| item.id == "cover")
        .unwrap();
    assert!(!cover.compared);
}

#[test]
fn the_data_of_the_sample_councils_are_made_by_the_generator_that_ships() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = made().into_iter().chain([published_the_year_before()]);
    for (path, text) in all {
        let file = root.join(&path);
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(file.parent().expect("a data file lies in a folder")).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let there = fs::read_to_string(&file)
            .unwrap_or_else(|_| panic!("{path} is missing: BLESS=1 cargo test --test samples"));
        assert!(
            there == text,
            "{path} is not what the generator makes: BLESS=1 cargo test --test samples"
        );
    }
}

/// Eastmere's totals as a workbook: a sheet of notes, and one of the teams.
#[cfg(feature = "xlsx")]
fn totals_of_eastmere() -> Vec<u8> {
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
    let all = files("eastmere", &eastmere());
    let (_, text) = all
        .iter()
        .find(|(path, _)| path == "data/workforce.csv")
        .unwrap();
    let mut book = Workbook::new();
    // The same bytes whenever it is made.
    let day = ExcelDateTime::from_ymd(2026, 9, 30).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes
        .write(
            0,
            0,
            "Made up, as the council is. The totals are on the sheet Teams.",
        )
        .unwrap();
    let teams = book.add_worksheet();
    teams.set_name("Teams").unwrap();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => teams.write(row, column, number).unwrap(),
                Err(_) => teams.write(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[cfg(feature = "xlsx")]
#[test]
fn the_workbook_of_eastmere_is_made_of_the_same_generator_byte_for_byte() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/eastmere/data/workforce.xlsx");
    let made = totals_of_eastmere();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &made).unwrap();
    }
    assert!(
        fs::read(&file).unwrap_or_default() == made,
        "it is not what the generator makes: BLESS=1 cargo test --test samples"
    );
}

/// A sample council as it is published.
fn published(council: &str) -> healthcheck::Publication {
    let host = healthcheck::Host::builder().scripts("scripts").build();
    let folder = Path::new("scripts").join(council);
    let check = host.load(folder).expect("a sample council is sound");
    let data = host.read(&check).expect("its data are sound");
    host.assess(&check, &data, &healthcheck::Earlier::none())
        .expect("its figures are sound")
        .into_inner()
}

#[test]
fn the_childrens_service_stands_in_the_spread_over_england_with_year_and_source() {
    let page = published("northshire");
    for item in &page.items {
        let official = healthcheck::national::OFFICIAL.contains(&item.id.as_str());
        assert_eq!(item.benchmark.is_some(), official, "{}", item.id);
        let Some(benchmark) = &item.benchmark else {
            continue;
        };
        let children = item.findings.iter().find(|found| found.group == "children");
        let reading = children.and_then(|found| found.national.as_ref()).unwrap();
        assert_eq!(benchmark.value, reading.value, "{}", item.id);
        assert_eq!(benchmark.year, 2025);
        assert!(
            benchmark
                .words
                .ends_with("councils in the year to 30 September 2025")
        );
        assert!(benchmark.source.starts_with("Department for Education"));
    }
}

#[test]
fn adults_services_have_no_benchmark_and_a_withheld_figure_no_standing() {
    for council in ["eastmere", "sandbourne"] {
        for item in published(council).items {
            let stands = item.benchmark.is_some();
            let withheld = item.findings[0].national.as_ref();
            let shown = withheld.is_some_and(|reading| reading.value.value.is_some());
            let official = healthcheck::national::OFFICIAL.contains(&item.id.as_str());
            assert_eq!(
                stands,
                council == "sandbourne" && official && shown,
                "{council} {}",
                item.id
            );
        }
    }
}

/// The samples' scripts and tests, without a data file.
fn scripts_alone() -> (tempfile::TempDir, Host) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("scripts");
    for (council, names) in [
        ("northshire", ["check.rhai", "tests.rhai"].as_slice()),
        ("eastmere", &["check.rhai", "tests.rhai"]),
        ("sandbourne", &["check.rhai", "tests.rhai"]),
        ("shared", &["caseload.rhai"]),
    ] {
        fs::create_dir_all(to.join(council)).unwrap();
        for name in names {
            let path = Path::new("scripts").join(council).join(name);
            fs::copy(path, to.join(council).join(name)).unwrap();
        }
    }
    let host = Host::builder().scripts(to).build();
    (folder, host)
}

#[test]
fn the_tests_of_the_samples_pass_without_a_data_file_and_leave_no_formula_out() {
    let (_folder, host) = scripts_alone();
    for council in host.test(&host.councils(&[]).unwrap(), "") {
        assert!(council.faults.is_empty(), "{}", council.faults);
        assert!(council.trials.len() >= 4, "{}", council.council);
        for trial in &council.trials {
            assert!(trial.passed(), "{}", trial.faults);
        }
        assert!(council.untested.is_empty(), "{:?}", council.untested);
    }
}

#[test]
fn a_slip_in_a_formula_of_northshire_fails_one_of_its_tests() {
    for (right, wrong) in [
        ("const FAR_OVER = 1.5", "const FAR_OVER = 1.6"),
        ("const CAP = 50", "const CAP = 60"),
        ("far_over > 5", "far_over > 50"),
        ("w.agency == \"no\" and w.cases >= 1", "w.cases >= 1"),
        ("w.ceiling * w.fte)", "w.ceiling)"),
        ("best:     12,", "best:     10,"),
        ("lowest(standards) + 30", "lowest(standards) + 60"),
    ] {
        let (folder, host) = scripts_alone();
        let script = folder.path().join("scripts/northshire/check.rhai");
        let text = fs::read_to_string(&script).unwrap();
        assert!(text.contains(right), "{right}");
        fs::write(&script, text.replace(right, wrong)).unwrap();
        let councils = host.councils(&["northshire".to_owned()]).unwrap();
        let tested = host.test(&councils, "");
        assert!(tested[0].faults.is_empty(), "{}", tested[0].faults);
        let failed = tested[0].trials.iter().filter(|trial| !trial.passed());
        assert!(failed.count() > 0, "no test fails with {wrong}");
    }
}

fn values(page: &healthcheck::Publication, item: &str, breakdown: &str) -> Vec<String> {
    let item = page.items.iter().find(|one| one.id == item).unwrap();
    let of = item.findings.iter().filter(|f| f.breakdown == breakdown);
    of.map(|f| f.local.value.text.clone()).collect()
}

#[test]
fn a_team_withheld_for_one_or_two_people_is_not_withheld_alone_though_the_whole_is_too() {
    let page = published("eastmere");
    assert_eq!(values(&page, "high-caseloads", "whole"), ["c"]);
    let teams = values(&page, "high-caseloads", "team");
    let withheld = teams.iter().filter(|text| *text == "c").count();
    assert!(withheld > 1 && withheld < teams.len(), "{teams:?}");
}

#[test]
fn team_managers_who_hold_no_case_withhold_no_service() {
    let page = published("northshire");
    let managers = values(&page, "caseload-per-fte", "role");
    assert!(managers.contains(&"c".to_owned()), "{managers:?}");
    for breakdown in ["whole", "service"] {
        let values = values(&page, "caseload-per-fte", breakdown);
        assert!(!values.contains(&"c".to_owned()), "{values:?}");
    }
    assert!(
        page.scopes
            .iter()
            .all(|scope| scope.grade.word != "withheld")
    );
}

#[test]
fn of_eleven_practitioners_no_figure_is_published_and_the_reason_stands() {
    let page = published("sandbourne");
    let reason = page.only.as_deref().unwrap_or_default();
    assert!(reason.contains("no figure is published"), "{reason}");
    for item in page.items.iter().filter(|item| item.kind != "statement") {
        for finding in &item.findings {
            let read = &finding.local;
            let told = [&read.value, &read.n, &read.score].map(|figure| figure.value);
            assert_eq!(told, [None; 3], "{} of {}", item.id, finding.group);
        }
    }
}
