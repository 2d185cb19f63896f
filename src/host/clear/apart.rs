//! Two measures of the same people: no group is told of by both where they differ by one or two.

use crate::attack::attempt;
use crate::diagnostic::{Code, Diagnostics};
use crate::host::Host;
use crate::publication::{Earlier, Item, Publication};

/// What is published of a council by its script, its practitioners and a library `load`.
pub(super) fn published(script: &str, workers: &str, library: &str) -> Publication {
    published_after(script, workers, library, &[]).unwrap_or_else(|faults| panic!("{faults}"))
}

fn published_after(
    script: &str,
    workers: &str,
    library: &str,
    releases: &[Publication],
) -> Result<Publication, Diagnostics> {
    let folder = tempfile::tempdir().expect("a folder");
    let council = folder.path().join("eastmere");
    let shared = folder.path().join("shared");
    for folder in [&council, &shared] {
        std::fs::create_dir_all(folder).expect("a folder");
    }
    let head = "council(\"Eastmere\", #{ code: \"E10999902\", as_of: \"2026-09-30\", services: [\"adults\"] });\n";
    std::fs::write(shared.join("load.rhai"), library).expect("a file");
    std::fs::write(council.join("workers.csv"), workers).expect("a file");
    std::fs::write(council.join("check.rhai"), format!("{head}{script}")).expect("a file");
    let host = Host::new();
    let check = host
        .load(&council)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let data = host
        .read(&check)
        .unwrap_or_else(|faults| panic!("{faults}"));
    let earlier = Earlier {
        releases: releases.to_vec(),
        ..Earlier::none()
    };
    let page = host.assess(&check, &data, &earlier)?;
    Ok(page.into_inner())
}

/// The same with a fifth team of five.
fn with_a_small_team(newly_qualified: &[(&str, usize)], new: usize) -> String {
    let mut rows = workers(newly_qualified);
    for number in 0..5 {
        let role = if number < new { "new" } else { "qualified" };
        rows += &format!("Outreach,{role},no,1,{}\n", 11 + number);
    }
    rows
}

/// Teams of sixteen with so many newly qualified in each, who hold fewer cases; of the others each
/// holds another number.
fn workers(newly_qualified: &[(&str, usize)]) -> String {
    let mut rows = "team,role,agency,fte,cases\n".to_owned();
    for (team, new) in newly_qualified {
        for number in 0..16 {
            let (role, cases) = match number < *new {
                true => ("new", 8),
                false => ("qualified", 12 + number),
            };
            let agency = if number % 4 == 0 { "yes" } else { "no" };
            rows += &format!("{team},{role},{agency},1,{cases}\n");
        }
    }
    rows
}

const TABLE: &str =
    "table(\"workers\", #{ file: \"workers.csv\", columns: #{ service: always(\"adults\") } });
";

/// The nation's caseload, but for those newly qualified.
const WITHOUT_NEW: &str = "|workers| {
    let holders = workers.only(|w| w.cases >= 1 && w.role != \"new\");
    holders.sum(\"cases\") / holders.sum(\"fte\")
}";

fn tailored(formula: &str) -> String {
    format!("{TABLE}measure(\"caseload-per-fte\", #{{ value: {formula} }});\n")
}

fn further(id: &str, formula: &str) -> String {
    format!(
        "measure(\"{id}\", #{{ standard: \"caseload\", ask: \"{id}\", unit: \"\", value: {formula}, best: 0, worst: 100 }});\n"
    )
}

fn item<'p>(page: &'p Publication, id: &str) -> &'p Item {
    let mut items = page.items.iter();
    items.find(|item| item.id == id).expect("it is brought")
}

/// Groups of which the nation's figure is told, and those of which the council's own is.
fn told(item: &Item) -> [Vec<&str>; 2] {
    let nations = item.findings.iter().filter(|one| {
        let reading = one.national.as_ref();
        reading.is_some_and(|reading| reading.value.value.is_some())
    });
    let own = item.findings.iter();
    let own = own.filter(|one| one.local.value.value.is_some());
    [
        nations.map(|one| one.group.as_str()).collect(),
        own.map(|one| one.group.as_str()).collect(),
    ]
}

#[test]
fn the_one_newly_qualified_whom_the_councils_own_caseload_leaves_out_cannot_be_had_from_the_nations()
 {
    let script = tailored(WITHOUT_NEW);
    let told_where = |newly_qualified: [usize; 4]| {
        let teams = ["East", "North", "South", "West"];
        let teams: Vec<(&str, usize)> = teams.into_iter().zip(newly_qualified).collect();
        let page = published(&script, &workers(&teams), "");
        let [nations, own] = told(item(&page, "caseload-per-fte")).map(|groups| groups.join(" "));
        assert_eq!(
            nations, "whole East North South West",
            "they are as they were"
        );
        own
    };
    // Three in each team: nothing stands in the way.
    assert_eq!(told_where([3, 3, 3, 3]), "whole East North South West");
    // Nobody differs in two of them.
    assert_eq!(told_where([0, 3, 0, 3]), "whole East North South West");
    // One in North: its figure goes, and that of two others, so that it could be any of five numbers.
    let own = told_where([3, 1, 3, 3]);
    assert!(own.starts_with("whole ") && !own.contains("North"), "{own}");
    assert_eq!(own.split(' ').count(), 2, "{own}");
    // Where no choice leaves five numbers, all go in which anybody differs.
    assert_eq!(told_where([0, 1, 0, 3]), "whole East South");
    // Two in all of the council: the whole's own figure goes too, and elsewhere it is the nation's.
    assert_eq!(told_where([0, 2, 0, 0]), "East South West");
}

#[test]
fn the_one_newly_qualified_of_a_team_that_is_withheld_anyhow_cannot_be_had_either() {
    let script = tailored(WITHOUT_NEW);
    let teams = [("East", 3), ("North", 3), ("South", 3)];
    let told_with = |new: usize| {
        let page = published(&script, &with_a_small_team(&teams, new), "");
        let [_, own] = told(item(&page, "caseload-per-fte"));
        assert!(!own.contains(&"Outreach"), "{own:?}");
        own.len()
    };
    assert!(
        told_with(1) < told_with(0),
        "the others leave that one of the whole"
    );
}

#[test]
fn two_lines_of_the_councils_own_do_not_stand_one_or_two_people_apart() {
    let share = |line: usize| format!("|workers| workers.share(|w| w.cases > {line})");
    let below = |line: usize| format!("|workers| workers.share(|w| w.cases <= {line})");
    let teams = workers(&[("East", 3), ("North", 3), ("South", 3)]);
    // Of each team one holds 20 and one 21 cases.
    for (first, second, are_told) in [
        (share(17), share(20), true),
        (share(20), share(21), false),
        (share(20), share(22), false),
        (share(20), below(21), false),
        (share(20), below(17), true),
        // The same line twice is nobody's difference.
        (share(20), share(20), true),
        (share(20), below(20), true),
    ] {
        let script = [
            TABLE,
            &further("first", &first),
            &further("second", &second),
        ]
        .concat();
        let page = published(&script, &teams, "");
        let [_, of_first] = told(item(&page, "first"));
        assert_eq!(of_first.len(), 4, "{first} goes first");
        let [_, of_second] = told(item(&page, "second"));
        assert_eq!(
            of_second.contains(&"North"),
            are_told,
            "{first} and {second}: {of_second:?}"
        );
    }
}

#[test]
fn two_measures_that_have_nothing_to_do_with_one_another_are_both_told() {
    let teams = workers(&[("East", 3), ("North", 3), ("South", 3)]);
    let first = further("first", "|workers| workers.share(|w| w.cases > 17)");
    let second = further("second", "|workers| workers.share(|w| w.agency == \"yes\")");
    let third = further("third", "|workers| workers.mean(\"cases\")");
    let script = [TABLE, &first, &second, &third].concat();
    let page = published(&script, &teams, "");
    for id in ["first", "second", "third"] {
        assert_eq!(told(item(&page, id))[1].len(), 4, "{id}");
    }
}

/// Why the second script is refused after the first was published, by its place; or what is published.
fn afterwards(first: &str, second: &str, teams: &str) -> Result<[Publication; 2], String> {
    let first = published(first, teams, "");
    let second = published_after(second, teams, "", std::slice::from_ref(&first));
    match second {
        Ok(second) => Ok([first, second]),
        Err(faults) => {
            let error = faults.iter().find(|one| one.code == Code::SurveyClosed);
            let error = error.unwrap_or_else(|| panic!("{faults}"));
            Err(error.message.clone())
        }
    }
}

#[test]
fn a_figure_of_the_councils_own_that_was_told_is_not_told_by_another_formula_under_the_same_date() {
    let teams = workers(&[("East", 3), ("North", 3), ("South", 3)]);
    let over = |line: usize| format!("|workers| workers.share(|w| w.cases > {line})");
    let one = |id: &str, formula: &str| [TABLE, &further(id, formula)].concat();
    let refused = |second: &str| afterwards(&one("far-over", &over(17)), second, &teams).err();
    let why = refused(&one("far-over", &over(16))).expect("another line of the same people");
    assert!(
        why.contains("the figures of `far-over` are others"),
        "{why}"
    );
    let why = refused(&one("high", &over(16))).expect("another line under another name");
    assert!(
        why.contains("`high` is new") && why.contains("is gone"),
        "{why}"
    );
    // The formula in other words, a further one beside it, or none of its kind.
    let same = "|workers| workers.share(|w| w.cases >= 18)";
    assert_eq!(refused(&one("far-over", same)), None);
    let both = [
        one("far-over", &over(17)),
        further("mean", "|workers| workers.mean(\"cases\")"),
    ]
    .concat();
    assert_eq!(refused(&both), None);
    assert_eq!(refused(TABLE), None);
}

#[test]
fn a_measure_that_is_new_is_kept_apart_from_one_that_was_told_though_it_stands_before_it() {
    let teams = workers(&[("East", 3), ("North", 3), ("South", 3)]);
    let over = |id: &str, line: usize| {
        further(
            id,
            &format!("|workers| workers.share(|w| w.cases > {line})"),
        )
    };
    let first = [TABLE, &over("told", 17)].concat();
    let second = [TABLE, &over("new", 16), &over("told", 17)].concat();
    let [first, second] = afterwards(&first, &second, &teams).expect("both are told of");
    assert_eq!(told(item(&first, "told")), told(item(&second, "told")));
    let [_, new] = told(item(&second, "new"));
    assert_eq!(
        new,
        ["whole"],
        "nine hold 17 cases in all, and one in each team"
    );
}

#[test]
fn two_formulas_one_after_the_other_are_found_by_the_attack() {
    let teams = workers(&[("East", 3), ("North", 3), ("South", 3)]);
    let over = |line: usize| {
        let formula = format!("|workers| workers.share(|w| w.cases > {line})");
        published(
            &[TABLE, &further("far-over", &formula)].concat(),
            &teams,
            "",
        )
    };
    let (first, second) = (over(17), over(16));
    let opened = attempt(&[&first, &second]).openings;
    assert!(
        opened.iter().any(|one| one.item == "far-over"),
        "{opened:?}"
    );
    assert!(attempt(&[&first, &over(17)]).openings.is_empty());
}
