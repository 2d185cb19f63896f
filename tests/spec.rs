//! What the language and the national rules promise, tried on whole councils: a script and
//! its files in, the figures of the publication out.

use healthcheck::publication::{Earlier, Finding, Publication};
use healthcheck::{Diagnostics, Host};
use std::fs;

const SURVEY: &str = "table(\"survey\", #{ file: \"survey.csv\" });\n";
const WORKERS: &str = "table(\"workers\", #{ file: \"workers.csv\" });\n";
const WORKFORCE: &str = "table(\"workforce\", #{ file: \"workforce.csv\" });\n";

fn council(services: &str) -> String {
    format!(
        "council(\"Testshire\", #{{ code: \"T\", as_of: \"2026-09-30\", services: [{services}] }});\n"
    )
}

/// A measure of the council's own under `caseload`.
fn measure(id: &str, value: &str) -> String {
    format!(
        "measure(\"{id}\", #{{ standard: \"caseload\", ask: \"A {id}\", unit: \"n\", value: {value}, best: 0, worst: 100 }});\n"
    )
}

fn assessed(script: &str, files: &[(&str, String)]) -> Result<Publication, Diagnostics> {
    let folder = tempfile::tempdir().unwrap();
    let council = folder.path().join("scripts/testshire");
    fs::create_dir_all(&council).unwrap();
    fs::write(council.join("check.rhai"), script).unwrap();
    for (name, text) in files {
        fs::write(council.join(name), text).unwrap();
    }
    let host = Host::builder()
        .scripts(folder.path().join("scripts"))
        .build();
    let check = host.load(council.join("check.rhai"))?;
    let data = host.read(&check)?;
    Ok(host.assess(&check, &data, &Earlier::none())?.into_inner())
}

fn finding<'p>(page: &'p Publication, item: &str, group: &str) -> &'p Finding {
    let item = page.items.iter().find(|of| of.id == item).unwrap();
    let mut findings = item.findings.iter();
    findings.find(|of| of.group == group).unwrap()
}

/// The council's own figure for the whole, as printed.
fn value(page: &Publication, item: &str) -> String {
    finding(page, item, "whole").local.value.text.clone()
}

/// Practitioners with 11, 12, … cases each; `blank` of them without a number of cases.
fn workers(people: usize, blank: usize) -> String {
    let row = |person: usize| {
        let cases = if person < blank {
            String::new()
        } else {
            (person + 11).to_string()
        };
        format!("T{},adults,1,{cases}\n", person % 2)
    };
    "team,service,fte,cases\n".to_owned() + (0..people).map(row).collect::<String>().as_str()
}

#[test]
fn a_constant_is_seen_within_a_function_and_is_a_decimal_number_everywhere() {
    let script = council("\"adults\"")
        + WORKERS
        + "const SEVEN = 7;\nconst HALF = SEVEN / 2;\nfn half_of(all) { SEVEN / 2 + all - all }\n"
        + "fn halved(number) { number / 2 }\nconst OF_CALL = halved(SEVEN);\n"
        + measure("direct", "|workers| SEVEN / 2").as_str()
        + measure("in-another", "|workers| HALF").as_str()
        + measure("in-a-function", "|workers| half_of(workers.count())").as_str()
        + measure("by-a-function", "|workers| OF_CALL").as_str();
    let page = assessed(&script, &[("workers.csv", workers(20, 0))]).unwrap();
    for item in ["direct", "in-another", "in-a-function", "by-a-function"] {
        assert_eq!(value(&page, item), "3.5", "{item}");
    }
}

#[test]
fn rows_of_which_the_condition_cannot_be_told_are_not_forgotten_by_the_rows_that_are_left() {
    let script = council("\"adults\"")
        + WORKERS
        + measure("kept", "|workers| workers.only(|w| w.cases > 5).count()").as_str()
        + measure("counted", "|workers| workers.count(|w| w.cases > 5)").as_str();
    for (blank, printed) in [(2, "18.0"), (3, "u")] {
        let page = assessed(&script, &[("workers.csv", workers(20, blank))]).unwrap();
        assert_eq!(value(&page, "kept"), printed, "{blank}");
        assert_eq!(value(&page, "counted"), printed, "{blank}");
    }
}

#[test]
fn a_total_that_cannot_be_told_apart_is_missing_from_those_that_can() {
    let script = council("\"adults\"")
        + WORKFORCE
        + measure(
            "vacant",
            "|workforce| workforce.only(|w| w.posts_filled > 1).sum(\"vacancies_fte\")",
        )
        .as_str();
    let totals = |filled: &str| {
        format!("team,in_post_headcount,vacancies_fte,posts_filled\nA,20,3,2\nB,20,3,{filled}\n")
    };
    for (filled, printed) in [
        ("2", "6.0"),
        ("1", "3.0"),
        ("z", "3.0"),
        ("", "x"),
        ("u", "u"),
    ] {
        let page = assessed(&script, &[("workforce.csv", totals(filled))]).unwrap();
        assert_eq!(value(&page, "vacant"), printed, "{filled}");
    }
}

#[test]
fn a_score_between_the_farthest_anchors_is_a_number() {
    let script = council("\"adults\"")
        + WORKERS
        + "measure(\"far\", #{ standard: \"caseload\", ask: \"Far\", unit: \"n\", value: |workers| 1.0e308, best: 1.0e308, worst: -1.0e308 });\n";
    let page = assessed(&script, &[("workers.csv", workers(20, 0))]).unwrap();
    assert_eq!(finding(&page, "far", "whole").local.score.text, "100.0");
}

#[test]
fn a_check_of_one_service_leaves_the_rows_of_the_other_out() {
    let script = council("\"adults\"") + WORKERS + SURVEY;
    let others = "T9,children,1,99\n".repeat(15);
    let sheets = "service,cover\n".to_owned()
        + "adults,agree\n".repeat(12).as_str()
        + ",agree\n"
        + "children,strongly disagree\n".repeat(12).as_str();
    let page = assessed(
        &script,
        &[
            ("workers.csv", workers(21, 0) + others.as_str()),
            ("survey.csv", sheets),
        ],
    )
    .unwrap();
    // 11 to 31 cases: 21 each.
    assert_eq!(value(&page, "caseload-per-fte"), "21.0");
    assert_eq!(page.response[0].answered.text, "13");
    assert!(page.groups.iter().all(|group| group.name != "T9"));
}

#[test]
fn a_total_marked_as_missing_says_how_it_is_marked() {
    let script = council("\"adults\"") + WORKFORCE;
    for (mark, because) in [
        (
            "u",
            "not rated, because a figure that it needs is marked `u`: too little to rely on",
        ),
        (
            "low",
            "not rated, because a figure that it needs is marked `low`: rounds to zero but is not zero",
        ),
        ("", "not rated, because the figures were not brought"),
    ] {
        let totals =
            format!("in_post_fte,in_post_headcount,vacancies_fte\n20,20,{mark}\n20,20,3\n");
        let page = assessed(&script, &[("workforce.csv", totals)]).unwrap();
        let vacancies = finding(&page, "vacancy-rate", "whole")
            .national
            .as_ref()
            .unwrap();
        assert_eq!(vacancies.why_not, because);
    }
}

#[test]
fn answers_that_are_not_scored_can_be_added_and_the_question_still_compares() {
    let script = council("\"adults\"")
        + SURVEY
        + "question(\"cover\", #{ answers: #{ unscored: [\"don't know\"] } });\n";
    let sheets = "cover\n".to_owned()
        + "agree\n".repeat(6).as_str()
        + "disagree\n".repeat(6).as_str()
        + "don't know\n".repeat(5).as_str();
    let page = assessed(&script, &[("survey.csv", sheets)]).unwrap();
    let item = page.items.iter().find(|item| item.id == "cover").unwrap();
    assert_eq!(item.comparability, "complies");
    let cover = finding(&page, "cover", "whole").national.as_ref().unwrap();
    assert_eq!(
        (cover.score.text.as_str(), cover.n.text.as_str()),
        ("50.0", "12")
    );
}

#[test]
fn every_ready_made_item_works_when_its_card_is_copied() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/ready-made.rhai");
    let cards = fs::read_to_string(path).unwrap();
    let workers = "table(\"workers\", #{ file: \"workers.csv\", columns: #{ \
                   violence_incidents: \"Incidents\", time_owed: \"TOIL hours\", ceiling: 18 } });\n";
    let script = council("\"adults\"") + SURVEY + workers + cards.as_str();
    let mut people = String::from("agency,newly_qualified,fte,cases,Incidents,TOIL hours\n");
    for person in 0..40 {
        let new = if person % 2 == 0 { "yes" } else { "no" };
        people += &format!(
            "no,{new},1,{},{},{}\n",
            8 + person / 2,
            person % 3,
            person % 7
        );
    }
    let mut sheets = String::from("discrimination,would-recommend\n");
    for sheet in 0..20 {
        let answer = ["disagree", "neither", "agree", "strongly agree"][sheet % 4];
        sheets += &format!("{answer},{answer}\n");
    }
    let files = [("survey.csv", sheets), ("workers.csv", people)];
    let page = assessed(&script, &files).unwrap();
    for id in [
        "violence-incidents",
        "discrimination",
        "time-owed",
        "newly-qualified-caseload",
        "caseload-tail",
        "over-own-ceiling",
        "would-recommend",
    ] {
        let item = page.items.iter().find(|item| item.id == id).unwrap();
        assert_eq!(item.comparability, "extends", "{id}");
        assert!(finding(&page, id, "whole").local.rated, "{id}");
    }
}

#[test]
fn a_measure_whose_column_was_not_brought_is_not_brought_and_not_withheld() {
    let mut people = String::from("team,agency,fte\n");
    for person in 0..40 {
        people += &format!("T{},no,1\n", person % 2);
    }
    let script = council("\"adults\"") + WORKERS;
    let page = assessed(&script, &[("workers.csv", people)]).unwrap();
    for group in ["whole", "T0"] {
        for id in ["high-caseloads", "caseload-per-fte"] {
            let local = &finding(&page, id, group).local;
            assert_eq!(local.value.text, "x", "{id} in {group}");
            assert!(
                local.why_not.contains("not brought"),
                "{id}: {}",
                local.why_not
            );
        }
    }
}
