//! Papers say what the pages say, and read well at the edges.

use super::*;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;

/// The papers of a council, each with its words as a reader has them.
fn papers(publication: &Publication) -> Vec<(String, String)> {
    let made = pages_beside(publication, &examples::kept(), &Templates::embedded()).unwrap();
    made.iter()
        .filter(|page| page.path.starts_with("papers/"))
        .map(|page| {
            let text = text(&made, &page.path);
            let is_page = page.path.ends_with(".html");
            (page.path.clone(), if is_page { read(&text) } else { text })
        })
        .collect()
}

/// The words of a page: no markup, no style, no picture.
fn read(page: &str) -> String {
    let mut words = String::new();
    let mut inside = Vec::new();
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if matches!(name.as_str(), "style" | "svg" | "head") {
                    inside.push(name);
                } else if !matches!(name.as_str(), "strong" | "span" | "em" | "a") {
                    words.push(' ');
                }
            }
            Token::EndTag(tag)
                if inside
                    .last()
                    .is_some_and(|open| open.as_bytes() == &tag.name[..]) =>
            {
                inside.pop();
            }
            Token::String(text) if inside.is_empty() => {
                words += &String::from_utf8_lossy(&text.value);
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every number in a text, as it is written.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn the_gallery_has_five_papers_and_the_page_of_downloads_lists_them() {
    let example = examples::full();
    let made = papers(&example);
    let paths: Vec<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
    let gallery = [
        "papers/summary.html",
        "papers/committee.html",
        "papers/letter-to-staff.md",
        "papers/you-said-we-did.html",
        "papers/conversation.html",
    ];
    assert_eq!(paths, gallery);
    let pages = pages(&example, &Templates::embedded()).unwrap();
    let downloads = text(&pages, "downloads.html");
    for path in gallery {
        assert!(downloads.contains(&format!("href=\"{path}\"")), "{path}");
    }
}

/// A template cannot calculate, so a paper's numbers are the publication's, or are written
/// in the template, or count what is listed.
#[test]
fn no_paper_holds_a_number_that_is_not_published() {
    let own: String = Templates::own()
        .filter(|(path, _)| path.starts_with("papers/") || path.starts_with("parts/"))
        .map(|(_, text)| text)
        .collect();
    let mut some = 0;
    for (name, example) in examples::all() {
        let mut known = numbers(&own);
        known.extend(numbers(&results(&example)));
        known.extend(
            examples::kept()
                .iter()
                .flat_map(|kept| numbers(&kept.words)),
        );
        known.insert(example.plan.len().to_string());
        known.insert(
            example
                .plan
                .iter()
                .filter(|a| a.overdue)
                .count()
                .to_string(),
        );
        for (path, words) in papers(&example) {
            for number in numbers(&words) {
                some += 1;
                assert!(known.contains(&number), "{name}, {path}: {number}");
            }
        }
    }
    assert!(some > 500, "{some}");
}

#[test]
fn a_paper_that_tells_the_overall_score_the_grade_or_the_response_tells_the_headlines() {
    for (name, example) in examples::all() {
        let page = fill::page(&example, &[], "");
        let headline = &page.headline;
        for (path, words) in papers(&example) {
            if let Some(reason) = &example.only {
                assert!(words.contains(reason.as_str()), "{name}, {path}");
                assert!(!words.contains("The overall score is"), "{name}, {path}");
                continue;
            }
            let told = |words_: &str| assert!(words.contains(words_), "{name}, {path}: {words_}");
            if path != "papers/you-said-we-did.html" {
                told(
                    &match (headline.overall.rated, &headline.overall.score.symbol) {
                        (true, None) => format!(
                            "The overall score is {} out of 100",
                            headline.overall.score.text
                        ),
                        (true, Some(_)) => "The overall score is withheld".to_owned(),
                        (false, _) => format!("The overall score is {}", headline.overall.why_not),
                    },
                );
            }
            told(&match (&headline.answered.symbol, &headline.asked.symbol) {
                (None, None) => format!(
                    "{} of {} practitioners answered ({})",
                    headline.answered.text, headline.asked.text, headline.rate
                ),
                (None, Some(_)) => format!("{} practitioners answered", headline.answered.text),
                (Some(symbol), _) if symbol == "c" => "answered is withheld".to_owned(),
                _ => "No survey of practitioners was brought".to_owned(),
            });
            if path == "papers/summary.html" || path == "papers/committee.html" {
                told(&match headline.grade.reasons.first() {
                    Some(reason) => format!("No grade is given: {reason}"),
                    None => format!(
                        "The grade is {}, valid to {}",
                        headline.grade.word, headline.grade.valid_to
                    ),
                });
            }
        }
    }
}

#[test]
fn a_paper_with_a_band_says_that_it_is_not_a_rating() {
    for (name, example) in examples::all() {
        for (path, words) in papers(&example) {
            let not_a_rating = crate::publication::NOT_A_RATING;
            assert!(words.contains(not_a_rating), "{name}, {path}");
        }
    }
}

#[test]
fn where_everything_is_withheld_no_paper_holds_a_figure() {
    let example = examples::everything_withheld();
    let plan = numbers(&serde_json::to_string(&example.plan).unwrap());
    for (path, words) in papers(&example) {
        for number in numbers(&words).difference(&plan) {
            assert!(
                !number.contains('.') || *number == example.edition,
                "{path}: {number}"
            );
        }
        assert!(words.contains("withheld"), "{path}");
    }
}

#[test]
fn papers_read_well_at_the_edges_of_what_can_happen() {
    for (name, example) in examples::all() {
        for (path, words) in papers(&example) {
            for slip in [
                " .", " ,", ": .", ":.", "()", "“”", "..", ";.", "; .", ", .", "null",
            ] {
                let at = words.find(slip).map(|at| {
                    let from = at.saturating_sub(40);
                    words
                        .chars()
                        .skip(from.saturating_sub(20))
                        .take(120)
                        .collect::<String>()
                });
                let is_link = slip == ".." && path.ends_with(".md");
                assert!(at.is_none() || is_link, "{name}, {path}: {slip}: {at:?}");
            }
        }
    }
}
