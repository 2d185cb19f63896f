//! A publication as a site: pages that know one another, and a council's own look.

use super::*;
use crate::colour::{Colour, DARK, LIGHT};
use crate::diagnostic::Code;
use crate::publication::{Brand, Logo};
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// Every value of an attribute on a page, in order, with the name of its element.
fn values(html: &str, attribute: &str) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        if let Token::StartTag(tag) = token
            && let Some(value) = tag.attributes.get(attribute.as_bytes())
        {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            list.push((text(&tag.name), text(&value.value)));
        }
    }
    list
}

#[test]
fn every_link_leads_to_a_file_and_to_a_place_that_is_there() {
    let templates = Templates::embedded();
    for (name, example) in examples::all() {
        let mut made = pages_beside(&example, &examples::kept(), &templates).unwrap();
        made.push(manifest(&example, &templates, &made));
        let ids: BTreeMap<String, Vec<String>> = html(&made)
            .into_iter()
            .map(|(path, page)| {
                (
                    path,
                    values(&page, "id").into_iter().map(|(_, id)| id).collect(),
                )
            })
            .collect();
        for (path, page) in html(&made) {
            for (_, link) in values(&page, "href") {
                if link.starts_with("https://") {
                    continue;
                }
                let (file, place) = link.split_once('#').unwrap_or((&link, ""));
                // A paper's way to the pages leads up.
                let up = file
                    .strip_prefix("../")
                    .filter(|_| path.starts_with("papers/"));
                let file = if file.is_empty() {
                    &path
                } else {
                    up.unwrap_or(file)
                };
                assert!(
                    made.iter().any(|page| page.path == *file),
                    "{name}: {path}: {link}"
                );
                let there = || ids[file].iter().any(|id| id == place);
                assert!(place.is_empty() || there(), "{name}: {path}: {link}");
            }
        }
    }
}

#[test]
fn every_page_has_a_title_of_its_own_and_is_marked_once_in_the_list_of_pages() {
    let made = pages(&examples::full(), &Templates::embedded()).unwrap();
    let mut titles = Vec::new();
    for (path, page) in html(&made) {
        let (_, rest) = page.split_once("<title>").unwrap();
        titles.push(rest.split_once("</title>").unwrap().0.to_owned());
        // A paper is for printing and has no list of pages.
        if path.starts_with("papers/") {
            continue;
        }
        let marked = values(&page, "aria-current");
        assert_eq!(marked, [("a".to_owned(), "page".to_owned())], "{path}");
        let here = format!("href=\"{path}\" aria-current=\"page\"");
        assert!(page.contains(&here), "{path}");
    }
    let all = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), all);
}

/// The page that docs/pages.md shows stands in its place in the list.
#[test]
fn a_page_of_the_leads_own_appears_with_no_more_than_its_file() {
    let guide = include_str!("../../../docs/pages.md");
    let (_, shown) = guide.split_once("```jinja\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let templates = set("pages/for-members.html.j2", shown).unwrap();
    assert!(check_templates(&templates).is_empty());
    let made = pages(&examples::full(), &templates).unwrap();
    let page = text(&made, "for-members.html");
    assert!(page.contains("<h1>For members</h1>"));
    assert!(
        page.contains("<p>Exampleshire County Council asked 382 practitioners; 241 answered.</p>")
    );
    let listed: Vec<String> = values(&page, "href")
        .into_iter()
        .map(|(_, link)| link)
        .collect();
    let at = |link: &str| listed.iter().position(|one| one == link).unwrap();
    assert!(at("plan.html") < at("for-members.html"));
    assert!(at("for-members.html") < at("tailoring.html"));
}

#[test]
fn a_page_without_title_and_order_is_called_by_its_file_and_comes_last() {
    let page = "{% extends \"base.html.j2\" %}{% block content %}<p>x</p>{% endblock %}";
    let templates = set("pages/notes-for-staff.html.j2", page).unwrap();
    let made = pages(&examples::full(), &templates).unwrap();
    let html = text(&made, "notes-for-staff.html");
    assert!(html.contains("<h1>Notes for staff</h1>"));
    let listed = values(&html, "href");
    let last = listed
        .iter()
        .rev()
        .find(|(_, link)| link.ends_with(".html"));
    assert_eq!(last.unwrap().1, "notes-for-staff.html");
}

#[test]
fn an_empty_file_leaves_a_page_out() {
    let templates = set("pages/accessibility.html.j2", "\n").unwrap();
    let made = pages(&examples::full(), &templates).unwrap();
    assert!(made.iter().all(|page| page.path != "accessibility.html"));
    assert!(!text(&made, "index.html").contains("accessibility.html"));
}

#[test]
fn a_paper_knows_its_way_back_and_is_among_the_downloads() {
    let page = "{% extends \"base.html.j2\" %}{% set title = \"For the committee\" %}\
        {% block content %}<p><a href=\"{{ root }}plan.html#plan\">The plan</a></p>{% endblock %}";
    let note = "{% set title = \"In short\" %}\nAll of it: [report]({{ root }}report.md)\n";
    let templates = Templates::new(vec![
        own("papers/members.html.j2", page),
        own("papers/members.md.j2", note),
    ])
    .unwrap();
    let made = pages(&examples::full(), &templates).unwrap();
    assert!(text(&made, "papers/members.html").contains("href=\"../index.html\""));
    assert_eq!(
        text(&made, "papers/members.md"),
        "All of it: [report](../report.md)\n"
    );
    let downloads = text(&made, "downloads.html");
    assert!(downloads.contains("<a href=\"papers/members.html\">For the committee</a>"));
    assert!(downloads.contains("<a href=\"papers/members.md\">In short</a> (Markdown)"));
}

#[test]
fn a_link_to_nothing_is_told_and_a_link_out_of_the_publication_is_not() {
    let told = |link: &str| {
        let body = format!("<p id=\"here\"><a href=\"{link}\">x</a></p>");
        let templates = set("pages/index.html.j2", &council(&body)).unwrap();
        let faults = tried(&templates);
        assert!(
            faults
                .iter()
                .all(|fault| fault.code == Code::TemplateBrokenLink)
        );
        faults.errors()
    };
    for link in [
        "plans.html",
        "#there",
        "papers/none.html",
        "data/none.csv",
        "./x.html?a=b",
    ] {
        assert_eq!(told(link), 1, "{link}");
    }
    for link in [
        "plan.html",
        "#here",
        "./plan.html?a=b",
        "data/../plan.html",
        "manifest.json",
        "https://x.example/y.html",
        "mailto:a@x.example",
        "/health-check",
        "../northshire-2025/index.html",
    ] {
        assert_eq!(told(link), 0, "{link}");
    }
}

#[test]
fn a_file_from_which_nothing_is_made_is_told_with_its_place() {
    for (path, help) in [
        ("council.html.j2", "pages/index.html.j2"),
        ("council.md.j2", "pages/report.md.j2"),
        ("part.html.j2", "parts"),
        ("page/plan.html.j2", "pages"),
        ("pages/plan.html", "lower-case"),
        ("pages/Plan.html.j2", "lower-case"),
        ("pages/../x.html.j2", "lower-case"),
        ("pages/more/plan.html.j2", "lower-case"),
        ("pages/standard-caseload.html.j2", "standards' pages"),
        ("papers/plan.txt.j2", "lower-case"),
        ("print.css", "style.css"),
    ] {
        let faults = set(path, "x").unwrap_err();
        let fault = faults.iter().next().unwrap();
        assert_eq!(fault.code, Code::TemplateMisplaced, "{path}");
        assert!(fault.help.as_ref().unwrap().contains(help), "{path}");
    }
}

/// The contrast of a council's colour is worked out against these.
#[test]
fn the_papers_of_the_style_are_those_that_colours_are_set_against() {
    let style = include_str!("../../../templates/style.css");
    let read = |name: &str| -> Vec<Colour> {
        let of = style.split(name).skip(1);
        let colours = of.map(|rest| Colour::read(rest.trim_start().get(..7)?));
        colours.flatten().collect()
    };
    let both = |at: usize| [read("--paper:")[at], read("--panel:")[at]];
    assert_eq!((both(0), both(1)), (LIGHT, DARK));
}

fn with(colour: Option<&str>, logo: Option<Logo>) -> Publication {
    let mut example = examples::full();
    example.brand = Some(Brand {
        colour: colour.map(str::to_owned),
        logo,
    });
    example
}

#[test]
fn a_councils_colour_stands_on_every_page_and_a_false_one_on_none() {
    let templates = Templates::embedded();
    for (path, page) in html(&pages(&with(Some("#FFDD00"), None), &templates).unwrap()) {
        assert!(
            page.contains("--band: #ffdd00; --band-ink: #000000; --accent: #806f00;"),
            "{path}"
        );
    }
    let false_one = "red; } body { background: url(https://x.example)";
    let made = pages(&with(Some(false_one), None), &templates).unwrap();
    assert!(
        html(&made)
            .iter()
            .all(|(_, page)| !page.contains("x.example) }"))
    );
    assert!(
        html(&made)
            .iter()
            .all(|(_, page)| !page.contains("The council's own colour"))
    );
}

#[test]
fn a_logo_stands_beside_the_pages_and_on_each_with_the_councils_name() {
    let templates = Templates::embedded();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9v9z\"/></svg>";
    let made = pages(
        &with(None, Some(Logo::of("logo.svg", drawing.as_bytes()))),
        &templates,
    )
    .unwrap();
    assert_eq!(text(&made, "logo.svg"), drawing);
    for (path, page) in html(&made) {
        let up = if path.starts_with("papers/") {
            "../"
        } else {
            ""
        };
        let shown = format!(
            "<img class=\"logo\" src=\"{up}logo.svg\" alt=\"Exampleshire County Council\">"
        );
        assert!(page.contains(&shown), "{path}");
    }
    // Under another name, or holding something else, there is none.
    for (file, bytes) in [
        ("../logo.svg", drawing),
        ("logo.png", drawing),
        ("logo.svg", "x"),
    ] {
        let made = pages(
            &with(None, Some(Logo::of(file, bytes.as_bytes()))),
            &templates,
        )
        .unwrap();
        assert!(
            made.iter().all(|page| !page.path.contains("logo")),
            "{file}"
        );
        assert!(
            html(&made).iter().all(|(_, page)| !page.contains("<img")),
            "{file}"
        );
    }
}

#[test]
fn a_logo_that_runs_or_loads_anything_is_refused() {
    let svg = |body: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:s=\"http://www.w3.org/2000/svg\">{body}</svg>"
        )
    };
    for body in [
        "<script>alert(1)</script>",
        "<s:script>alert(1)</s:script>",
        "<SCRIPT/>",
        "<path d=\"M0 0\" onclick=\"x()\"/>",
        "<path d=\"M0 0\" s:onload=\"x()\"/>",
        "<image href=\"https://x.example/x.png\"/>",
        "<image xlink:href=\"//x.example/x.png\"/>",
        "<s:image z:href=\"https://x.example/x.png\"/>",
        "<use href=\"https://x.example/x.svg#a\"/>",
        "<a href=\"https://x.example\"><path d=\"M0 0\"/></a>",
        "<foreignObject><p>x</p></foreignObject>",
        "<style>@import url(https://x.example/x.css);</style>",
        "<s:style>path { fill: url(https://x.example/x) }</s:style>",
        "<path style=\"fill: url(https://x.example/x)\"/>",
        "<animate attributeName=\"href\" to=\"javascript:x\"/>",
        "<![CDATA[<script>x</script>]]>",
    ] {
        assert!(logo_name(svg(body).as_bytes()).is_err(), "{body}");
    }
    let entity = "<!DOCTYPE svg [<!ENTITY x \"y\">]>".to_owned() + svg("&x;").as_str();
    let sheet = "<?xml-stylesheet href=\"https://x.example/x.css\"?>".to_owned() + svg("").as_str();
    for text in [entity, sheet, String::new(), "<html></html>".to_owned()] {
        assert!(logo_name(text.as_bytes()).is_err(), "{text}");
    }
    assert!(logo_name(svg(&"<g/>".repeat(20_000)).as_bytes()).is_err());
    assert!(logo_name(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and then it breaks off").is_err());
    assert!(logo_name(&[0xff, 0xfe, b'<', 0, b's', 0]).is_err());
}

#[test]
fn a_plain_logo_is_taken() {
    let drawing = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
        viewBox=\"0 0 9 9\"><title>Crest</title><style>.a { fill: url(#g) }</style>\
        <defs><linearGradient id=\"g\"><stop offset=\"0\"/></linearGradient></defs>\
        <path class=\"a\" d=\"M0 0h9v9z\"/><use href=\"#g\"/></svg>";
    assert_eq!(logo_name(drawing.as_bytes()), Ok("logo.svg"));
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xae\x42\x60\x82";
    assert_eq!(logo_name(picture), Ok("logo.png"));
}
