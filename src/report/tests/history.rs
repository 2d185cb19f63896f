//! Scores edition by edition are those that each edition published.

use super::*;
use crate::report::context::History;

fn tables(kept: &[Kept]) -> Vec<History> {
    fill::page(&examples::full(), kept, "").history
}

/// The results of another year beside those of the year before.
fn of_year(year: &str, change: impl Fn(&mut Publication)) -> Kept {
    let before = examples::kept().remove(0);
    let mut publication: Publication = serde_json::from_slice(&before.bytes).unwrap();
    publication.council.as_of = format!("{year}-09-30");
    publication.council.as_of_words = format!("30 September {year}");
    change(&mut publication);
    Kept {
        path: format!("earlier/{year}-09-30.json"),
        words: publication.council.as_of_words.clone(),
        bytes: json(&publication).into_bytes(),
    }
}

#[test]
fn each_edition_stands_with_its_own_interval_and_what_does_not_compare_is_parted_once_with_its_reason()
 {
    let all = tables(&examples::kept());
    let titles: Vec<&str> = all.iter().map(|table| table.title.as_str()).collect();
    let scopes = ["Whole council", "Children's services", "Adults' services"];
    assert_eq!(titles, scopes);
    let whole = &all[0];
    assert_eq!(whole.editions, ["Sep 2025", "Sep 2026"]);
    assert_eq!(whole.rows.len(), 7);
    for row in &whole.rows {
        assert_eq!(row.cells[0].score.text, "61.2");
        assert_eq!(row.cells[0].interval, "57.6 to 64.8");
        assert!(!row.cells[1].interval.is_empty() && !row.cells[0].joined);
        let is_systems = row.title.starts_with("IT systems");
        assert_eq!(row.cells[1].joined, !is_systems, "{}", row.title);
    }
    assert_eq!(whole.broken.len(), 1);
    let broken = &whole.broken[0];
    assert_eq!(broken.between, "Sep 2025 and Sep 2026");
    assert_eq!(broken.titles.len(), 1);
    assert!(broken.why.starts_with("not compared, because"));
    let chart = whole.chart.as_ref().map(ToString::to_string).unwrap();
    assert_eq!(chart.matches("class=\"parted\"").count(), 1);
    assert_eq!(chart.matches("class=\"dot\"").count(), 14);
}

#[test]
fn without_the_file_of_the_year_before_its_scores_stand_without_an_interval() {
    let all = tables(&[]);
    assert_eq!(all[0].editions, ["Sep 2025", "Sep 2026"]);
    for row in &all[0].rows {
        assert_eq!(row.cells[0].score.text, "61.2");
        assert!(row.cells[0].interval.is_empty());
    }
}

#[test]
fn two_editions_that_nobody_compared_are_parted_and_no_more_than_five_stand() {
    let mut kept: Vec<Kept> = (2018..2025)
        .map(|year| of_year(&year.to_string(), |_| {}))
        .collect();
    kept.extend(examples::kept());
    let whole = tables(&kept).remove(0);
    let years = ["Sep 2022", "Sep 2023", "Sep 2024", "Sep 2025", "Sep 2026"];
    assert_eq!(whole.editions, years);
    assert!(whole.rows.iter().all(|row| !row.cells[3].joined));
    let said = "not compared, because no comparison of the two was published";
    let broken = whole.broken.iter().filter(|one| one.why == said);
    assert_eq!(broken.count(), 3);
}

#[test]
fn a_file_that_is_no_results_of_this_council_or_no_score_is_not_drawn() {
    let other = of_year("2024", |publication| {
        publication.council.code = "E1".to_owned()
    });
    let later = of_year("2027", |_| {});
    let none = Kept {
        path: "earlier/unread.json".to_owned(),
        words: "unread".to_owned(),
        bytes: b"{}".to_vec(),
    };
    let mut kept = vec![other, later, none];
    kept.extend(examples::kept());
    assert_eq!(tables(&kept)[0].editions, ["Sep 2025", "Sep 2026"]);
    let absurd = of_year("2025", |publication| {
        publication.scopes[0].overall.score.value = Some(1e300);
    });
    let whole = tables(&[absurd]).remove(0);
    let chart = whole.chart.as_ref().map(ToString::to_string).unwrap();
    assert_eq!(chart.matches("class=\"dot\"").count(), 13);
}
