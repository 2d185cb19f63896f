//! One opening at a time, and the same with enough withheld.

use super::page::*;
use crate::attack::{Opening, attack};
use crate::publication::{Correction, Item, Publication, Reading};
use serde_json::json;

const EAST: [u32; 5] = [3, 3, 5, 6, 3];
const NORTH: [u32; 5] = [4, 4, 4, 4, 4];
const SOUTH: [u32; 5] = [2, 1, 3, 2, 1];
const WEST: [u32; 5] = [1, 2, 2, 2, 2];

fn sum(parts: &[[u32; 5]]) -> [u32; 5] {
    let mut all = [0; 5];
    for part in parts {
        all.iter_mut().zip(part).for_each(|(sum, n)| *sum += n);
    }
    all
}

fn teams(hidden: &[&str]) -> Publication {
    let all = [
        ("East", EAST),
        ("North", NORTH),
        ("South", SOUTH),
        ("West", WEST),
    ];
    let mut findings = vec![finding(
        "whole",
        "whole",
        answered(sum(&all.map(|(_, c)| c))),
    )];
    findings.extend(all.map(|(name, counts)| finding("team", name, answered(counts))));
    for finding in &mut findings {
        if hidden.contains(&finding.group.as_str()) {
            finding.local = withheld();
            finding.national = Some(withheld());
        }
    }
    let groups = all.map(|(name, _)| group("team", name, &[])).to_vec();
    published(
        groups,
        vec![item("cover", "staffing", "question", findings)],
    )
}

fn opened(openings: &[Opening]) -> Vec<(&str, &str)> {
    openings
        .iter()
        .map(|opening| (opening.group.as_str(), opening.what.as_str()))
        .collect()
}

#[test]
fn one_withheld_team_is_the_whole_less_the_others() {
    let openings = attack(&[&teams(&["South"])]);
    let found = opened(&openings);
    assert!(found.contains(&("South", "number of people")), "{found:?}");
    assert!(found.contains(&("South", "score points")), "{found:?}");
    assert_eq!((openings[0].low, openings[0].high), (Some(9.0), Some(9.0)));
    assert_eq!(
        openings[0].how,
        "It is exactly what is printed of the whole less what is printed of team East, team \
         North and team West."
    );
}

#[test]
fn two_withheld_teams_of_enough_people_are_not_opened() {
    let openings = attack(&[&teams(&["South", "West"])]);
    assert_eq!(openings, []);
}

#[test]
fn a_withheld_team_nested_in_a_locality_is_the_locality_less_its_neighbour() {
    let mut page = teams(&["South", "West"]);
    // North and South are one locality, East and West the other.
    for (name, parts) in [("Hills", [NORTH, SOUTH]), ("Coast", [EAST, WEST])] {
        page.groups.push(group("locality", name, &[]));
        page.items[0]
            .findings
            .push(finding("locality", name, answered(sum(&parts))));
    }
    for group in &mut page.groups {
        let locality = match group.name.as_str() {
            "North" | "South" => "Hills",
            "East" | "West" => "Coast",
            _ => continue,
        };
        group.within = vec![("locality".into(), locality.into())];
    }
    let openings = attack(&[&page]);
    let found = opened(&openings);
    assert!(found.contains(&("South", "number of people")), "{found:?}");
    assert!(found.contains(&("West", "number of people")), "{found:?}");
    assert_eq!(
        openings[0].how,
        "It is exactly what is printed of locality Hills less what is printed of team North."
    );
}

#[test]
fn a_service_is_the_whole_less_the_other_service() {
    let findings = vec![
        finding("whole", "whole", answered(sum(&[EAST, SOUTH]))),
        finding("service", "children", answered(EAST)),
        finding("service", "adults", withheld()),
    ];
    let groups = ["children", "adults"].map(|name| group("service", name, &[]));
    let page = published(
        groups.to_vec(),
        vec![item("cover", "staffing", "question", findings)],
    );
    let found = attack(&[&page]);
    assert!(opened(&found).contains(&("adults", "number of people")));
}

#[test]
fn a_joiner_between_two_releases_is_found_and_ten_are_not() {
    let release = |hash: &str, more: u32| {
        let mut counts = NORTH;
        counts[3] += more;
        let findings = vec![finding("whole", "whole", answered(counts))];
        let item = item("cover", "staffing", "question", findings);
        resting_on(published(Vec::new(), vec![item]), hash)
    };
    let first = release("a", 0);
    let openings = attack(&[&first, &release("b", 1)]);
    assert_eq!(
        opened(&openings),
        [("whole", "difference between releases")]
    );
    assert_eq!(attack(&[&first, &release("b", 10)]), []);
    assert_eq!(attack(&[&first, &first]), []);
}

#[test]
fn two_releases_of_the_same_rows_are_attacked_together() {
    let first = resting_on(teams(&["South", "West"]), "a");
    let second = resting_on(teams(&["South", "North"]), "a");
    assert_eq!(attack(&[&first]), []);
    let openings = attack(&[&first, &second]);
    assert!(opened(&openings).contains(&("South", "number of people")));
}

#[test]
fn what_a_correction_left_untold_may_be_told_by_the_release_after_it() {
    let corrected = |hidden: &[&str]| {
        let mut page = teams(hidden);
        page.corrections = vec![Correction {
            id: "one-sheet".into(),
            on: "2 November 2026".into(),
            because: "One sheet had been read wrongly".into(),
        }];
        page
    };
    let first = teams(&["South", "West"]);
    let silent = corrected(&["whole", "East", "North", "South", "West"]);
    let last = corrected(&["South", "North"]);
    for releases in [vec![&first, &last], vec![&first, &silent, &last]] {
        let openings = attack(&releases);
        let found = opened(&openings);
        assert!(found.contains(&("South", "number of people")), "{found:?}");
    }
}

#[test]
fn another_as_of_date_is_other_data() {
    let first = teams(&["South", "West"]);
    let mut second = teams(&["South", "North"]);
    second.council.as_of = "2025-09-30".into();
    assert_eq!(attack(&[&first, &second]), []);
}

#[test]
fn the_same_survey_at_another_date_is_attacked_together_with_it() {
    let mut first = resting_on(teams(&["South", "West"]), "a");
    let mut second = resting_on(teams(&["South", "North"]), "a");
    first.council.as_of = "2025-09-30".into();
    for page in [&mut first, &mut second] {
        page.council.fielded = Some("1 to 19 September 2025".into());
    }
    let openings = attack(&[&first, &second]);
    assert!(opened(&openings).contains(&("South", "number of people")));
    assert_eq!(openings, attack(&[&second, &first]), "in whatever order");
    second.council.fielded = Some("1 to 19 September 2026".into());
    assert_eq!(attack(&[&first, &second]), []);
}

fn scope(score: &str, scored: f64) -> serde_json::Value {
    let figure = |text: &str| match text.parse::<f64>() {
        Ok(value) => json!({"value": value, "symbol": null, "text": text}),
        Err(_) => json!({"value": null, "symbol": "c", "text": "c"}),
    };
    let result = |text: &str| {
        json!({"score": figure(text), "band": "", "rated": true, "why_not": "", "low": null,
            "high": null, "interval": "", "error": null})
    };
    json!({
        "id": "whole", "title": "",
        "standards": [{
            "id": "welfare", "title": "", "result": result(score), "assured": figure(score),
            "scored": {"value": scored, "symbol": null, "text": ""},
            "counted": {"value": scored, "symbol": null, "text": ""}, "coverage": "", "claims": "",
        }],
        "overall": result("c"), "assured": figure("c"), "local": [],
        "local_overall": result("c"),
        "grade": {"word": "withheld", "reasons": [], "lower_end": null, "valid_to": "",
            "caution": "", "firmness": null},
    })
}

fn welfare(hidden: usize, score: &str) -> Publication {
    let items: Vec<Item> = (0..4)
        .map(|at| {
            let reading = if at < hidden {
                withheld()
            } else {
                answered(NORTH)
            };
            let id = format!("welfare-{at}");
            item(
                &id,
                "welfare",
                "question",
                vec![finding("whole", "whole", reading)],
            )
        })
        .collect();
    let mut page = published(Vec::new(), items);
    page.response = vec![response("whole", 30.0, number(20.0))];
    page.scopes = vec![serde_json::from_value(scope(score, 4.0)).expect("it is a scope")];
    page
}

#[test]
fn a_standards_score_gives_its_one_withheld_item() {
    let openings = attack(&[&welfare(1, "52.5")]);
    assert_eq!(opened(&openings), [("whole", "score")]);
    assert_eq!(openings[0].item, "welfare-0");
    assert_eq!(attack(&[&welfare(2, "52.5")]), []);
    assert_eq!(attack(&[&welfare(1, "c")]), []);
}

#[test]
fn two_withheld_items_whose_sum_is_at_the_end_of_the_scale_are_both_given() {
    assert_eq!(attack(&[&welfare(2, "75.0")]).len(), 2);
}

#[test]
fn a_withheld_split_is_the_wholes_less_the_others() {
    // Adults' two who disagree withhold the split, and the whole and the children's give it.
    let (children, adults) = ([4, 4, 8, 6, 8], [1, 1, 5, 6, 6]);
    let findings = vec![
        finding("whole", "whole", answered(sum(&[children, adults]))),
        finding("service", "children", answered(children)),
        finding("service", "adults", answered(adults)),
    ];
    let groups = ["children", "adults"].map(|name| group("service", name, &[]));
    let page = published(
        groups.to_vec(),
        vec![item("cover", "staffing", "question", findings)],
    );
    let openings = attack(&[&page]);
    let found = opened(&openings);
    // Number and mean of the adults alone leave seven.
    assert!(
        found.contains(&("adults", "answers: lower half")),
        "{found:?}"
    );
}

fn share(base: f64, reading: Reading) -> Reading {
    Reading {
        base: Some(number(base)),
        ..reading
    }
}

#[test]
fn an_amount_is_had_to_within_a_tenth_or_not() {
    let page = |bases: [f64; 3]| {
        let [all, east, west] = bases;
        let findings = vec![
            finding("whole", "whole", share(all, measured(20.0, 120.0))),
            finding("team", "East", share(east, measured(10.0, 60.0))),
            finding("team", "West", share(west, measured(10.0, 44.0))),
            finding("team", "North", withheld()),
            finding("team", "South", withheld()),
        ];
        let names = ["East", "West", "North", "South"];
        let groups = names.map(|name| group("team", name, &[])).to_vec();
        published(
            groups,
            vec![item("turnover-rate", "staffing", "measure", findings)],
        )
    };
    assert_eq!(attack(&[&page([120.0, 60.0, 44.0])]), []);
    let mut alone = page([120.0, 60.0, 44.0]);
    alone.groups.pop();
    alone.items[0].findings.pop();
    let openings = attack(&[&alone]);
    let found = opened(&openings);
    assert!(found.contains(&("North", "amount")), "{found:?}");
    assert!(found.contains(&("North", "number of people")), "{found:?}");
}

#[test]
fn a_service_that_withholds_how_many_answered_is_the_whole_less_the_other() {
    let mut page = published(Vec::new(), Vec::new());
    page.council.services = vec!["children".into(), "adults".into()];
    page.response = vec![
        response("whole", 60.0, number(40.0)),
        response("children", 40.0, number(33.0)),
        response("adults", 20.0, symbol("c")),
    ];
    let openings = attack(&[&page]);
    assert_eq!(opened(&openings), [("adults", "number who answered")]);
    assert_eq!((openings[0].low, openings[0].high), (Some(7.0), Some(7.0)));
    page.response[1].answered = symbol("c");
    assert_eq!(attack(&[&page]), []);
}

#[test]
fn a_services_mean_follows_from_the_weighted_whole_though_not_its_number() {
    let mut page = published(
        vec![
            group("service", "children", &[]),
            group("service", "adults", &[]),
        ],
        Vec::new(),
    );
    page.council.services = vec!["children".into(), "adults".into()];
    page.response = vec![
        response("whole", 60.0, symbol("c")),
        response("children", 40.0, symbol("c")),
        response("adults", 20.0, symbol("c")),
    ];
    let mut whole = answered(sum(&[EAST, SOUTH]));
    whole.n = symbol("c");
    whole.answers = None;
    let findings = vec![
        finding("whole", "whole", whole),
        finding("service", "children", answered(EAST)),
        finding("service", "adults", withheld()),
    ];
    page.items = vec![item("cover", "staffing", "question", findings)];
    assert!(opened(&attack(&[&page])).contains(&("adults", "mean")));
}

/// Two questions of one survey: East is withheld beside `first` in one, and beside `second` in
/// the other.
fn two_questions(first: &str, second: &str) -> Publication {
    let mut page = teams(&["South", first]);
    let other = teams(&["South", second]);
    page.items.extend(other.items);
    page.items[1].id = "intend-to-stay".into();
    // Everybody answered everything.
    page.response = vec![response("whole", 80.0, number(58.0))];
    page
}

#[test]
fn two_questions_that_withhold_a_team_beside_different_teams_tell_its_number_together() {
    assert_eq!(attack(&[&two_questions("West", "West")]), []);
    let openings = attack(&[&two_questions("West", "North")]);
    let found = opened(&openings);
    assert!(found.contains(&("South", "number of people")), "{found:?}");
    // What the other question prints of a team is no secret.
    assert!(!found.contains(&("West", "number of people")), "{found:?}");
}

#[test]
fn a_number_that_another_measure_of_the_same_people_prints_is_used_and_is_no_secret() {
    let rows = |hidden: &[&str]| {
        let all = [
            ("East", 20.0),
            ("North", 14.0),
            ("South", 8.0),
            ("West", 12.0),
        ];
        let mut findings = vec![finding("whole", "whole", measured(16.0, 54.0))];
        findings.extend(all.map(|(name, n)| {
            let own = if hidden.contains(&name) {
                withheld()
            } else {
                measured(15.0, n)
            };
            finding("team", name, own)
        }));
        findings
    };
    let page = |first: &[&str], second: &[&str]| {
        let names = ["East", "North", "South", "West"];
        let mut high = item("high-caseloads", "caseload", "measure", rows(second));
        high.rule = "100 at 0, 0 at 40".into();
        // Shares that so many people can be.
        for finding in &mut high.findings {
            for own in finding.national.iter_mut().chain([&mut finding.local]) {
                if own.value.value.is_some() {
                    own.value = number(50.0);
                    own.score = number(0.0);
                }
            }
        }
        let mut load = item("caseload-per-fte", "caseload", "measure", rows(first));
        load.unit = "cases per FTE".into();
        let groups = names.map(|name| group("team", name, &[])).to_vec();
        published(groups, vec![load, high])
    };
    assert_eq!(attack(&[&page(&["South", "West"], &["South", "West"])]), []);
    let openings = attack(&[&page(&["South", "West"], &["South", "North"])]);
    let found = opened(&openings);
    assert!(found.contains(&("South", "number of people")), "{found:?}");
    assert!(!found.contains(&("West", "number of people")), "{found:?}");
}

#[test]
fn two_rates_of_the_same_totals_give_the_size_of_two_teams_and_of_four_they_do_not() {
    let page = |names: &[&str]| {
        let sizes = [20.0, 40.0, 30.0, 10.0];
        let vacancies = [5.0, 2.0, 6.0, 1.0];
        let own = &sizes[..names.len()];
        let vacant = &vacancies[..names.len()];
        let (all, empty): (f64, f64) = (own.iter().sum(), vacant.iter().sum());
        let rate = |vacant: f64, own: f64| (1000.0 * vacant / (vacant + own)).round() / 10.0;
        let of = |value: f64| {
            let mut reading = measured(value, 40.0);
            // Beyond the anchors a score tells no more than the figure.
            reading.score = number(0.0);
            reading
        };
        let mut rates = vec![finding(
            "whole",
            "whole",
            share(all + empty, of(rate(empty, all))),
        )];
        let mut left = vec![finding("whole", "whole", share(all, of(10.0)))];
        for ((name, own), vacant) in names.iter().zip(own).zip(vacant) {
            rates.push(finding("team", name, of(rate(*vacant, *own))));
            left.push(finding("team", name, withheld()));
        }
        let groups = names.iter().map(|name| group("team", name, &[])).collect();
        let items = vec![
            item("vacancy-rate", "staffing", "measure", rates),
            item("turnover-rate", "staffing", "measure", left),
        ];
        published(groups, items)
    };
    let openings = attack(&[&page(&["East", "North"])]);
    let base = openings
        .iter()
        .filter(|one| one.what == "amount it is a share of");
    let by: Vec<(&str, &[String])> = base.map(|one| (one.group.as_str(), &*one.by)).collect();
    let vacancies: &[String] = &["vacancy-rate".to_owned()];
    assert_eq!(by, [("East", vacancies), ("North", vacancies)]);
    assert_eq!(attack(&[&page(&["East", "North", "South", "West"])]), []);
}

#[test]
fn a_score_to_a_tenth_tells_more_of_a_figure_than_the_figure_does() {
    use crate::attack::measures::{By, value};
    let mut item = item("vacancy-rate", "staffing", "measure", Vec::new());
    item.rule = "100 at 5, 0 at 30".into();
    let mut reading = measured(15.3, 40.0);
    reading.score = number(58.9);
    let range = value(&item, By::Nation, &reading).expect("it is printed");
    assert!(range.width() < 0.03 && range.low > 15.25 && range.high < 15.35);
    reading.score = number(0.0);
    let range = value(&item, By::Nation, &reading).expect("it is printed");
    assert!((range.width() - 0.1).abs() < 1e-9);
}

#[test]
fn single_answers_behind_a_split_must_leave_five_numbers_whatever_tells_them() {
    let page = |counts: [u32; 5]| {
        let findings = vec![finding("whole", "whole", answered(counts))];
        published(
            Vec::new(),
            vec![item("cover", "staffing", "question", findings)],
        )
    };
    assert_eq!(attack(&[&page([4, 4, 5, 6, 6])]), []);
    let openings = attack(&[&page([1, 2, 5, 12, 6])]);
    assert!(
        openings
            .iter()
            .all(|one| one.what.starts_with("single answers"))
    );
    assert_eq!((openings[0].low, openings[0].high), (Some(0.0), Some(3.0)));
}
