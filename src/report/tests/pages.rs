//! Pages of sound templates.

use super::*;
use crate::publication::Figure;
use crate::report::shape::Shape;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;

const VOID: [&str; 3] = ["meta", "br", "img"];

fn all_html() -> Vec<(String, String)> {
    let templates = Templates::embedded();
    let examples = examples::all();
    let every: Vec<&Publication> = examples.iter().map(|(_, example)| example).collect();
    let mut list: Vec<(String, String)> = examples
        .iter()
        .flat_map(|(name, example)| {
            let made = html(&pages(example, &templates).unwrap());
            made.into_iter()
                .map(move |(path, text)| (format!("{name}: {path}"), text))
        })
        .collect();
    let over = index(&every, &templates).unwrap();
    list.push(("index".to_owned(), text(&[over], "index.html")));
    list
}

#[test]
fn the_templates_that_ship_are_sound_when_they_are_looked_through_like_anybodys() {
    let shipped = Templates::own();
    let sources = shipped.map(|(name, text)| (name.to_owned(), Source::new(name, text)));
    let looked_through = Templates::of(sources.collect());
    assert!(looked_through.is_ok(), "{}", looked_through.unwrap_err());
}

#[test]
fn the_templates_that_ship_have_no_fault_with_any_example() {
    let faults = check_templates(&Templates::embedded());
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn a_council_gets_its_pages_a_report_and_its_data() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    let paths: Vec<&str> = made.iter().map(|page| page.path.as_str()).collect();
    let tables = [
        "figures",
        "scores",
        "grades",
        "response",
        "items",
        "findings",
        "answers",
        "bands",
        "awareness",
        "groups",
        "plan",
        "symbols",
    ];
    let standards = [
        "caseload",
        "supervision",
        "systems",
        "staffing",
        "research",
        "welfare",
        "equality",
    ];
    let mut expected: Vec<String> = [
        "index",
        "standards",
        "changes",
        "groups",
        "plan",
        "tailoring",
        "governance",
        "method",
        "downloads",
        "accessibility",
    ]
    .map(|name| format!("{name}.html"))
    .into();
    expected.push("report.md".to_owned());
    expected.extend(standards.map(|id| format!("standard-{id}.html")));
    expected.extend(
        [
            "summary.html",
            "committee.html",
            "letter-to-staff.md",
            "you-said-we-did.html",
            "conversation.html",
        ]
        .map(|name| format!("papers/{name}")),
    );
    expected.extend(["results.json", "results.schema.json", "logo.svg"].map(str::to_owned));
    expected.extend(tables.map(|table| format!("data/{table}.csv")));
    expected.push("data/csv-metadata.json".to_owned());
    expected.push("data/datapackage.json".to_owned());
    if cfg!(feature = "xlsx") {
        expected.push("results.xlsx".to_owned());
    }
    assert_eq!(paths, expected);
}

#[test]
fn the_same_publication_gives_the_same_bytes() {
    let once = pages(&examples::full(), &Templates::embedded()).unwrap();
    let again = pages(&examples::full(), &Templates::embedded()).unwrap();
    assert_eq!(once, again);
}

#[test]
fn the_data_read_back_are_the_publication_and_keep_the_order_of_the_form() {
    for (name, example) in examples::all() {
        let made = pages(&example, &Templates::embedded()).unwrap();
        let json = text(&made, "results.json");
        let back: Publication = serde_json::from_str(&json).unwrap();
        assert!(back == example, "{name}");
        assert!(json.starts_with("{\n  \"schema\": \"healthcheck-results/1\",\n  \"edition\""));
        assert!(json.ends_with("}\n"));
    }
}

/// The check of names rests on an example in which nothing is left unsaid.
#[test]
fn the_full_example_fills_in_every_name() {
    let example = examples::full();
    let page = serde_json::to_value(fill::page(&example, &examples::kept(), "")).unwrap();
    let index = serde_json::to_value(fill::index(vec![fill::index_row(&example)], "")).unwrap();
    let form = examples::form();
    let sheet = serde_json::to_value(questionnaire::Sheet::of(&form, "")).unwrap();
    let around = serde_json::to_value(site::example()).unwrap();
    for context in [page, around, index, sheet] {
        let mut unknown = Vec::new();
        unsaid("", &Shape::of(&context), &mut unknown);
        // What is asked about the person, and about the check itself, never has these two.
        unknown.retain(|name| {
            let of_sheet = name.starts_with(".about[]") || name.starts_with(".awareness[]");
            // No grade rests on a standard of the council's own, and a council that has results
            // needs no reason for having none.
            let of_own = name.starts_with(".overview[].own[].");
            !(of_sheet && (name.ends_with(".hint") || name.ends_with(".unscored[]")))
                && !of_own
                && name != ".only"
        });
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}

fn unsaid(path: &str, shape: &Shape, found: &mut Vec<String>) {
    match shape {
        // A figure has a number or a symbol; one of the two is always unsaid.
        Shape::Any if path.ends_with(".symbol") => {}
        Shape::Any => found.push(path.to_owned()),
        Shape::Word => {}
        Shape::List(member) => unsaid(&format!("{path}[]"), member, found),
        Shape::Record(names) => {
            for (name, shape) in names.iter() {
                unsaid(&format!("{path}.{name}"), shape, found);
            }
        }
    }
}

#[test]
fn councils_stand_in_alphabetical_order_whatever_their_scores() {
    let mut zeal = examples::full();
    zeal.council.name = "Zealshire".to_owned();
    zeal.id = "zealshire".to_owned();
    let example = examples::nothing_rated();
    let page = index(&[&zeal, &example], &Templates::embedded()).unwrap();
    let html = text(&[page], "index.html");
    let first = html.find("href=\"exampleshire/index.html\"").unwrap();
    let second = html.find("href=\"zealshire/index.html\"").unwrap();
    assert!(first < second);
    assert!(html.contains("38 of 39"));
}

#[test]
fn a_withheld_figure_is_c_and_nothing_else() {
    let example = examples::everything_withheld();
    let made = pages(&example, &Templates::embedded()).unwrap();
    for (path, html) in html(&made) {
        // Targets and baselines of the plan are the council's own words.
        let figures = html.replace("18.2", "").replace("47.3", "");
        for part in figures.split("class=\"num\">").skip(1) {
            let cell = part.split('<').next().unwrap().trim();
            let heading = cell.chars().next().is_some_and(char::is_uppercase) || cell == "n";
            let allowed = ["c", "none", "", "16", "60"].contains(&cell);
            assert!(allowed || heading, "{path}: {cell}");
        }
    }
    let report = text(&made, "report.md");
    assert!(
        report.contains("| Caseload management | c | none | c | 8 of 8 items | cannot tell | c |")
    );
    assert!(report.contains("| Vacant posts | c | c | c | identical |"));
}

#[test]
fn small_groups_stand_together_in_one_column_with_their_names_below() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    let html = text(&made, "groups.html");
    let title = "Other teams in children&#39;s services (2 teams rolled together)";
    assert!(html.contains(&format!(">{title}</th>")));
    assert!(html.contains(&format!("{title}: South, West.")));
    assert!(html.contains(">North</th>"));
    assert!(!html.contains(">South</th>") && !html.contains(">West</th>"));
}

#[test]
fn what_is_available_in_no_group_has_no_row_among_them() {
    let mut example = examples::full();
    let row = "<th scope=\"row\">Vacant posts</th>";
    let before = text(
        &pages(&example, &Templates::embedded()).unwrap(),
        "groups.html",
    );
    let vacant = example
        .items
        .iter_mut()
        .find(|item| item.ask == "Vacant posts");
    for finding in &mut vacant.unwrap().findings {
        if finding.breakdown == "team" {
            for reading in finding.national.iter_mut().chain([&mut finding.local]) {
                reading.value = Figure {
                    value: None,
                    symbol: Some("x".into()),
                    text: "x".into(),
                };
            }
        }
    }
    let after = text(
        &pages(&example, &Templates::embedded()).unwrap(),
        "groups.html",
    );
    assert_eq!(after.matches(row).count() + 1, before.matches(row).count());
    // The one that was omitted has none anywhere.
    let said = |items: &str| format!("{items} no row here: nothing of");
    let count = |text: &str, items: &str| text.matches(&said(items)).count();
    assert_eq!(count(&before, "2 items have"), 0);
    assert_eq!(count(&after, "2 items have"), 1);
    assert_eq!(
        count(&after, "1 item has") + 1,
        count(&before, "1 item has")
    );
}

#[test]
fn a_short_page_says_why_and_has_no_table_of_what_is_withheld() {
    let example = examples::only_a_reason();
    let made = pages(&example, &Templates::embedded()).unwrap();
    let (html, report) = (text(&made, "index.html"), text(&made, "report.md"));
    let withheld = |text: &str| text.matches(">c<").count() + text.matches("| c |").count();
    for text in [&html, &report] {
        assert!(text.contains("carried out this check. Its practitioners are so few"));
        assert!(!text.contains("six standards\n") && !text.contains("id=\"standards\""));
    }
    let long = pages(&examples::everything_withheld(), &Templates::embedded()).unwrap();
    assert!(withheld(&html) * 4 < withheld(&text(&long, "index.html")));
    for page in ["plan.html", "tailoring.html"] {
        assert!(html.contains(&format!("href=\"{page}\"")), "{page}");
    }
    for page in ["standards.html", "groups.html"] {
        let said = text(&made, page);
        assert!(!said.contains(">c<"), "{page}");
    }
}

#[test]
fn a_symbol_carries_no_unit_and_a_number_does() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    let report = text(&made, "report.md");
    assert!(report.contains("| Vacant posts | 13.9% |"));
    assert!(report.contains("system faults per practitioner a month | x | x | x | omitted |"));
}

#[test]
fn every_table_with_bands_says_that_it_is_not_a_rating() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    for (path, least) in [
        ("index.html", 3),
        ("standards.html", 4),
        ("standard-caseload.html", 2),
        ("report.md", 4),
    ] {
        let page = text(&made, path).replace("&#39;", "'");
        let said = page.matches(crate::publication::NOT_A_RATING).count();
        assert!(said >= least, "{path}: {said}");
    }
}

#[test]
fn an_overdue_action_says_so_in_words() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    assert!(text(&made, "plan.html").contains("Overdue on 30 September 2026: 1"));
    assert!(text(&made, "report.md").contains("| 31 August 2026 (overdue) |"));
}

#[test]
fn pages_are_well_formed_and_can_be_read_by_anybody() {
    for (name, html) in all_html() {
        let mut open: Vec<String> = Vec::new();
        let mut ids = BTreeSet::new();
        let mut targets = Vec::new();
        let mut headings: Vec<u8> = Vec::new();
        let mut table = String::new();
        for Ok(token) in Tokenizer::new(html.as_str()) {
            match token {
                Token::StartTag(tag) => {
                    let element = String::from_utf8_lossy(&tag.name).into_owned();
                    let of = |key: &str| {
                        let value = tag.attributes.get(key.as_bytes());
                        value.map(|v| String::from_utf8_lossy(&v.value).into_owned())
                    };
                    if let Some(id) = of("id") {
                        assert!(ids.insert(id.clone()), "{name}: two `{id}`");
                    }
                    targets.extend(
                        of("aria-labelledby")
                            .iter()
                            .flat_map(|ids| ids.split(' '))
                            .map(str::to_owned),
                    );
                    targets.extend(of("href").and_then(|h| h.strip_prefix('#').map(str::to_owned)));
                    match element.as_str() {
                        "html" => assert_eq!(of("lang").as_deref(), Some("en-GB")),
                        "th" => assert!(of("scope").is_some(), "{name}: th without scope"),
                        "table" => assert!(open.last().is_some_and(|o| o == "div"), "{name}"),
                        _ => {}
                    }
                    if table == "table" {
                        assert_eq!(element, "caption", "{name}: a table without caption");
                    }
                    table.clone_from(&element);
                    if let Some(level) = element.strip_prefix('h').and_then(|l| l.parse().ok()) {
                        headings.push(level);
                    }
                    if !VOID.contains(&element.as_str()) && !tag.self_closing {
                        open.push(element);
                    }
                }
                Token::EndTag(tag) => {
                    let element = String::from_utf8_lossy(&tag.name).into_owned();
                    assert_eq!(open.pop(), Some(element), "{name}");
                }
                Token::Error(error) => panic!("{name}: {:?}", error.value),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1);
        for pair in headings.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: a heading skips a level");
        }
        for target in targets {
            assert!(ids.contains(&target), "{name}: no `{target}`");
        }
    }
}

#[test]
fn a_lead_can_write_one_page_and_keep_the_rest() {
    let part = own("parts/part.html.j2", "<p>{{ council.name }}</p>\n");
    let page = council(
        "{% for chapter in chapters %}\n{% include \"parts/part.html.j2\" %}\n{% endfor %}",
    );
    let page = own("pages/index.html.j2", &page);
    let templates = Templates::new(vec![part, page]).unwrap();
    let made = pages(&examples::full(), &templates).unwrap();
    let html = text(&made, "index.html");
    assert_eq!(
        html.matches("<p>Exampleshire County Council</p>\n").count(),
        7
    );
    assert!(text(&made, "report.md").starts_with("# Social work health check"));
}

#[test]
fn a_lead_can_extend_a_page() {
    let base = council("{% block top %}<p>base</p>{% endblock %}");
    let base = own("parts/mine.html.j2", &base);
    let page = "{% extends \"parts/mine.html.j2\" %}{% block top %}{{ super() }}<p>{{ council.code }}</p>{% endblock %}";
    let page = own("pages/index.html.j2", page);
    let made = pages(
        &examples::full(),
        &Templates::new(vec![base, page]).unwrap(),
    )
    .unwrap();
    assert!(text(&made, "index.html").contains("<p>base</p><p>E10000099</p>"));
}
