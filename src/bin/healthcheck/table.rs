//! The summary of a run: publications in, aligned lines out. It reads what may be seen
//! and nothing else.

use crate::screen::{plain, wrapped};
use healthcheck::publication::{Figure, Publication, Score};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// Standards by the short heads of their columns.
const HEADS: [(&str, &str); 6] = [
    ("caseload", "case"),
    ("supervision", "super"),
    ("systems", "sys"),
    ("staffing", "staff"),
    ("research", "res"),
    ("welfare", "welf"),
];

/// A row for each council that was published, its page with it, and below them what the
/// heads and the symbols mean.
pub fn summary(published: &[(&Publication, String)]) -> String {
    let mut lines = vec![heads()];
    lines.extend(published.iter().map(|(found, page)| row(found, page)));
    let mut text = align(&lines);
    text.push('\n');
    text.push_str(&key());
    for (symbol, meaning) in symbols(published) {
        text.push_str(&format!("{symbol}: {meaning}\n"));
    }
    for (found, _) in published {
        if let Some(reason) = &found.only {
            text.push_str(&format!("{}: {}\n", plain(&found.id), plain(reason)));
        }
    }
    for (found, _) in published.iter().filter(|_| published.len() <= FEW) {
        // A council with little to publish has said why already.
        for line in open(found).iter().filter(|_| found.only.is_none()) {
            let line = format!("{}: {}", plain(&found.id), plain(line));
            text.push_str(&wrapped(&line, 2));
            text.push('\n');
        }
    }
    let mut said: Vec<&str> = Vec::new();
    for (found, _) in published {
        if !said.contains(&found.not_a_rating.as_str()) {
            said.push(&found.not_a_rating);
            text.push_str(&found.not_a_rating);
            text.push('\n');
        }
    }
    text
}

fn heads() -> Vec<Cell> {
    let mut cells = vec![Cell::left("council"), Cell::left("answered")];
    cells.extend(HEADS.iter().map(|(_, head)| Cell::right(head)));
    cells.extend(["overall", "grade", "comparable", "page"].map(Cell::left));
    cells
}

fn key() -> String {
    let words: Vec<String> = HEADS
        .iter()
        .map(|(id, head)| format!("{head} {id}"))
        .collect();
    format!(
        "{}\ncomparable: national items that compare and have figures\n",
        words.join(" · ")
    )
}

fn row(found: &Publication, page: &str) -> Vec<Cell> {
    let whole = found.scopes.first();
    let answered = found.response.first().map_or_else(String::new, |whole| {
        if is(&whole.asked, "x") {
            whole.answered.text.clone()
        } else {
            format!("{} of {}", whole.answered.text, whole.asked.text)
        }
    });
    let mut cells = vec![Cell::left(&found.id), Cell::left(&answered)];
    for (id, _) in HEADS {
        let score = whole
            .and_then(|scope| scope.standards.iter().find(|standard| standard.id == id))
            .map_or("", |standard| &standard.result.score.text);
        cells.push(Cell::right(score));
    }
    cells.push(Cell::left(
        &whole.map_or_else(String::new, |w| overall(&w.overall)),
    ));
    cells.push(Cell::left(whole.map_or("", |w| &w.grade.word)));
    cells.push(Cell::left(&found.tailoring.text));
    cells.push(Cell::left(page));
    cells
}

fn overall(score: &Score) -> String {
    if score.rated {
        format!("{} {}", score.score.text, score.band)
            .trim_end()
            .to_owned()
    } else if is(&score.score, "c") {
        score.score.text.clone()
    } else {
        "not rated".to_owned()
    }
}

fn is(figure: &Figure, symbol: &str) -> bool {
    figure.symbol.as_deref() == Some(symbol)
}

/// Councils of which so few are shown have what the table leaves open told below it.
const FEW: usize = 3;

/// Why there is no overall score or no grade, and what was not said: a line each.
fn open(found: &Publication) -> Vec<String> {
    let mut lines = Vec::new();
    let response = found.response.first();
    if response.is_some_and(|whole| is(&whole.asked, "x") && !is(&whole.answered, "x")) {
        lines.push("how many were asked is not said: `asked:` in the council card".to_owned());
    }
    if let Some(whole) = found.scopes.first() {
        if !whole.overall.why_not.is_empty() {
            lines.push(format!("overall {}", whole.overall.why_not));
        }
        if !whole.grade.reasons.is_empty() {
            lines.push(format!("no grade: {}", whole.grade.reasons.join("; ")));
        }
    }
    lines
}

/// The symbols that stand in the table, with their meanings.
fn symbols(published: &[(&Publication, String)]) -> BTreeSet<(String, String)> {
    let mut used = BTreeSet::new();
    for (found, _) in published {
        let response = found.response.first().into_iter();
        let whole = found.scopes.first().into_iter();
        let shown: Vec<&Figure> = response
            .flat_map(|response| [&response.answered, &response.asked])
            .filter(|figure| !is(figure, "x"))
            .chain(
                whole
                    .flat_map(|whole| &whole.standards)
                    .map(|standard| &standard.result.score),
            )
            .collect();
        for symbol in shown.iter().filter_map(|figure| figure.symbol.as_ref()) {
            used.extend(
                found
                    .symbols
                    .iter()
                    .find(|(known, _)| known == symbol)
                    .cloned(),
            );
        }
    }
    used
}

struct Cell {
    text: String,
    right: bool,
}

impl Cell {
    fn left(text: &str) -> Self {
        Cell {
            text: plain(text),
            right: false,
        }
    }

    fn right(text: &str) -> Self {
        Cell {
            right: true,
            ..Cell::left(text)
        }
    }

    fn width(&self) -> usize {
        self.text.width()
    }
}

/// Lines whose columns begin at the same place on the screen, however wide a letter is.
fn align(lines: &[Vec<Cell>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = lines.iter().filter_map(|line| line.get(column));
            cells.map(Cell::width).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for line in lines {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                let space = " ".repeat(width - cell.width());
                if cell.right {
                    format!("{space}{}", cell.text)
                } else {
                    format!("{}{space}", cell.text)
                }
            })
            .collect();
        text.push_str(padded.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use healthcheck::national::StandardId;

    #[test]
    fn columns_line_up_on_the_screen_whatever_the_letters() {
        let lines = [
            vec![
                Cell::left("council"),
                Cell::right("case"),
                Cell::left("page"),
            ],
            vec![Cell::left("ynys-môn"), Cell::right("7.5"), Cell::left("a")],
            vec![Cell::left("東"), Cell::right("100.0"), Cell::left("")],
        ];
        assert_eq!(
            align(&lines),
            "council    case  page\nynys-môn    7.5  a\n東        100.0\n"
        );
    }

    /// A council as `results.json` has it; `score` is the text of its caseload score.
    fn council(id: &str, answered: &str, score: &str, symbol: Option<&str>) -> Publication {
        let figure = |text: &str, symbol: Option<&str>| serde_json::json!({ "value": null, "symbol": symbol, "text": text });
        let result = |text: &str, symbol: Option<&str>, band: &str| {
            serde_json::json!({
                "score": figure(text, symbol), "band": band,
                "rated": !band.is_empty(), "why_not": "", "low": null, "high": null, "interval": "",
            })
        };
        let standards: Vec<_> = StandardId::ALL
            .iter()
            .map(|standard| {
                let (text, symbol) = match standard {
                    StandardId::Caseload => (score, symbol),
                    _ => ("70.0", None),
                };
                serde_json::json!({
                    "id": standard.id(), "title": standard.title(),
                    "result": result(text, symbol, "good"),
                    "scored": figure("8", None), "counted": figure("8", None),
                    "coverage": "8 of 8 items", "assured": figure("70.0", None), "claims": "",
                })
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "schema": "healthcheck-results/1", "edition": "2026.1", "program": "test", "id": id,
            "council": {
                "name": "A council", "code": "", "kind": "council", "covers": "",
                "services": [], "as_of": "", "as_of_words": "", "fielded": null,
                "lead": null, "lead_qualified": false, "note": null,
            },
            "response": [{
                "scope": "whole", "title": "Whole council", "asked": figure("210", None),
                "answered": figure(answered, None), "rate": figure("60.0", None), "words": "",
            }],
            "scopes": [{
                "id": "whole", "title": "Whole council", "standards": standards,
                "overall": result("68.2", None, if symbol.is_some() { "" } else { "good" }),
                "assured": figure("68.2", None), "local": [], "local_overall": result("70.0", None, "good"),
                "grade": { "word": "withheld", "reasons": ["because"], "lower_end": null, "valid_to": "", "caution": "" },
            }],
            "items": [], "groups": [], "awareness": [], "plan": [],
            "tailoring": {
                "word": "in full", "sentences": [], "comparable": 37, "of": 39,
                "text": "37 of 39",
            },
            "consulted": [], "feedback": null, "data_quality": [], "inputs": [],
            "rows": [],
            "threshold": 10, "symbols": [["c", "withheld"], ["x", "not available"]],
            "not_a_rating": "Not a rating.",
        }))
        .unwrap()
    }

    #[test]
    fn a_row_a_council_then_what_heads_and_symbols_mean() {
        let north = council("northshire", "126", "61.2", None);
        let sand = council("sandbourne", "c", "c", Some("c"));
        let page = |id: &str| format!("published/{id}/index.html");
        let text = summary(&[(&north, page("northshire")), (&sand, page("sandbourne"))]);
        assert_eq!(
            text,
            "\
council     answered    case  super   sys  staff   res  welf  overall    grade     comparable  page
northshire  126 of 210  61.2   70.0  70.0   70.0  70.0  70.0  68.2 good  withheld  37 of 39    published/northshire/index.html
sandbourne  c of 210       c   70.0  70.0   70.0  70.0  70.0  not rated  withheld  37 of 39    published/sandbourne/index.html

case caseload · super supervision · sys systems · staff staffing · res research · welf welfare
comparable: national items that compare and have figures
c: withheld
northshire: no grade: because
sandbourne: no grade: because
Not a rating.
"
        );
    }

    #[test]
    fn of_a_council_with_little_to_publish_the_reason_stands_below_the_table() {
        let north = council("northshire", "126", "61.2", None);
        let mut sand = council("sandbourne", "c", "c", Some("c"));
        sand.only = Some("Too little to tell.".into());
        let text = summary(&[(&north, String::new()), (&sand, String::new())]);
        assert!(
            text.contains("\nsandbourne: Too little to tell.\n"),
            "{text}"
        );
        assert!(text.contains("\nnorthshire: no grade: because\n"), "{text}");
        assert_eq!(text.matches("\nsandbourne: ").count(), 1, "{text}");
    }

    #[test]
    fn what_a_table_of_a_few_councils_leaves_open_is_told_below_it() {
        let mut north = council("northshire", "126", "61.2", None);
        let unknown = Figure {
            value: None,
            symbol: Some("x".into()),
            text: "x".into(),
        };
        north.response[0].asked = unknown;
        north.scopes[0].overall.why_not = "not rated, because of staffing".into();
        let one = summary(&[(&north, String::new())]);
        assert!(one.contains("\nnorthshire  126  "), "{one}");
        for line in [
            "how many were asked is not said: `asked:` in the council card",
            "overall not rated, because of staffing",
            "no grade: because",
        ] {
            assert!(one.contains(&format!("\nnorthshire: {line}\n")), "{one}");
        }
        let four: Vec<_> = (0..4).map(|_| (&north, String::new())).collect();
        assert!(!summary(&four).contains("no grade"));
    }

    #[test]
    fn an_overall_that_is_not_rated_says_so_and_shows_no_number() {
        let score = |rated| Score {
            score: Figure {
                value: None,
                symbol: None,
                text: "63.6".into(),
            },
            band: "good".into(),
            rated,
            why_not: String::new(),
            low: None,
            high: None,
            interval: String::new(),
            error: None,
        };
        assert_eq!(overall(&score(true)), "63.6 good");
        assert_eq!(overall(&score(false)), "not rated");
        let mut withheld = score(false);
        withheld.score.symbol = Some("c".into());
        withheld.score.text = "c".into();
        assert_eq!(overall(&withheld), "c");
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(Cell::left("a\u{1b}[2Jb").text, "a?[2Jb");
    }
}
