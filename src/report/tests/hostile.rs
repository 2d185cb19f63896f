//! Values that try to become markup, and templates that try to run away.

use super::*;
use crate::diagnostic::Code;
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value as Json;
use std::collections::BTreeSet;

pub(super) const PAYLOADS: [&str; 13] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "](javascript:alert(1))",
    "| cell | **bold** _it_ `code` # head",
    "\n\n# heading\n\n- list\n",
    "\r\n| a | b |\r\n|---|---|\r\n",
    "</style></title><base href=//x>",
    "\u{0}\u{8}\u{1b}[31m\u{202e}\u{2066}\u{feff}",
    "{{ council.name }}{% if %}{#",
    "![x](http://x.example) <http://x.example> http://x.example www.x.example",
    "\\` \\| &lt;b&gt; &#60;b&#62; @import url(http://x.example)",
];

/// Words on which the joins and the words of the page turn.
const KEPT: [&str; 8] = [
    "whole",
    "children",
    "adults",
    "service",
    "team",
    "measure",
    "question",
    "statement",
];

/// Every text of a publication but the words above, with `tail` behind it.
fn spoiled(tail: &str) -> Publication {
    let mut json = serde_json::to_value(examples::full()).unwrap();
    spoil(&mut json, tail);
    serde_json::from_value(json).unwrap()
}

fn spoil(json: &mut Json, tail: &str) {
    each_text(json, &mut |text| text.push_str(tail));
}

/// Does something to every text but the words above.
pub(super) fn each_text(json: &mut Json, change: &mut impl FnMut(&mut String)) {
    match json {
        Json::String(text) if !text.is_empty() && !KEPT.contains(&text.as_str()) => change(text),
        Json::Array(list) => list.iter_mut().for_each(|one| each_text(one, change)),
        Json::Object(map) => map.values_mut().for_each(|one| each_text(one, change)),
        _ => {}
    }
}

/// Tags and the names of their attributes, without any text.
fn tags(html: &str) -> Vec<String> {
    let mut list = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let names: Vec<_> = tag.attributes.keys().map(|key| key.to_vec()).collect();
                list.push(format!("{:?} {names:?}", tag.name.to_vec()));
            }
            Token::EndTag(tag) => {
                list.push(format!("/{:?}", tag.name.to_vec()));
                // In a chart long words take several lines, each a `text` of its own.
                let line = list.len() - 2;
                if tag.name.eq_ignore_ascii_case(b"text")
                    && line >= 2
                    && list[line - 2..line] == list[line..]
                {
                    list.truncate(line);
                }
            }
            Token::Comment(_) => list.push("comment".to_owned()),
            Token::Error(error) => panic!("{:?}", error.value),
            _ => {}
        }
    }
    list
}

/// Headings, cells, links and the like, without any text.
fn marks(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, Options::all())
        .filter_map(|event| match event {
            Event::Text(_) | Event::SoftBreak => None,
            Event::Start(Tag::Heading { level, .. }) => Some(format!("heading {level}")),
            other => Some(format!("{other:?}")),
        })
        .collect()
}

/// The pages in order, each by its tags. Their names are made of ids, and so may differ.
fn tags_of_pages(made: &[Page]) -> Vec<(String, Vec<String>)> {
    let mut list: Vec<(String, Vec<String>)> = html(made)
        .into_iter()
        .map(|(path, page)| {
            assert!(!page.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{2066}']));
            let name = if path.starts_with("standard-") {
                "a standard"
            } else {
                &path
            };
            (name.to_owned(), tags(&page))
        })
        .collect();
    list.sort();
    list
}

#[test]
fn no_text_of_a_publication_can_become_markup_anywhere() {
    let templates = Templates::embedded();
    let plain = pages(&spoiled("X"), &templates).unwrap();
    let html = tags_of_pages(&plain);
    assert!(html.len() > 15);
    let markdown = marks(&text(&plain, "report.md"));
    for payload in PAYLOADS {
        let made = pages(&spoiled(payload), &templates).unwrap_or_else(|f| panic!("{f}"));
        for (before, after) in html.iter().zip(tags_of_pages(&made)) {
            assert!(*before == after, "{} changed by {payload:?}", before.0);
        }
        assert_eq!(html.len(), tags_of_pages(&made).len());
        let report = text(&made, "report.md");
        let after = marks(&report);
        let differs = markdown.iter().zip(&after).find(|(a, b)| a != b);
        assert!(
            after == markdown,
            "Markdown changed by {payload:?}: {differs:?}"
        );
        assert!(!report.contains(['\u{0}', '\u{1b}', '\u{202e}', '\u{2066}']));
    }
}

#[test]
fn a_text_that_begins_with_a_mark_begins_no_list_or_heading() {
    let templates = Templates::embedded();
    let made = |head: &str| {
        let mut example = examples::full();
        for sentence in &mut example.tailoring.sentences {
            *sentence = format!("{head}{sentence}");
        }
        for item in &mut example.items {
            item.ask = format!("{head}{}", item.ask);
        }
        marks(&text(&pages(&example, &templates).unwrap(), "report.md"))
    };
    let plain = made("X ");
    for head in [
        "# ", "- ", "1. ", "1) ", "> ", "    ", "```", "---\n", "[x] ", "+ ", "~~~", "=== ",
    ] {
        assert!(made(head) == plain, "{head:?}");
    }
}

#[test]
fn a_standard_that_is_named_twice_has_one_page() {
    let mut example = examples::full();
    for scope in &mut example.scopes {
        let again = scope.standards[0].clone();
        scope.standards.push(again);
    }
    let made = pages(&example, &Templates::embedded()).unwrap();
    let paths: BTreeSet<&str> = made.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths.len(), made.len(), "two pages under one path");
}

#[test]
fn an_id_of_a_council_cannot_make_a_link_that_runs() {
    let mut example = examples::full();
    example.id = "javascript:alert(1)//".to_owned();
    let page = index(&[&example], &Templates::embedded()).unwrap();
    assert!(text(&[page], "index.html").contains("href=\"javascript-alert-1---/index.html\""));
}

#[test]
fn a_value_in_a_link_or_an_open_attribute_is_refused_when_it_would_run() {
    let mut example = examples::full();
    example.council.code = "javascript:alert(1)".to_owned();
    example.council.name = "x onclick=alert(1)".to_owned();
    for body in [
        "<a href=\"{{ council.code }}\">x</a>",
        "<p class={{ council.name }}>x</p>",
    ] {
        let templates = set("pages/index.html.j2", &council(body)).unwrap();
        let faults = pages(&example, &templates).unwrap_err();
        assert_eq!(
            faults.iter().next().unwrap().code,
            Code::TemplateUnsafe,
            "{body}"
        );
    }
    let templates = set("pages/report.md.j2", "[x]({{ council.code }})\n").unwrap();
    let faults = pages(&example, &templates).unwrap_err();
    assert_eq!(faults.iter().next().unwrap().code, Code::TemplateUnsafe);
}

#[test]
fn a_page_that_runs_or_loads_anything_is_refused() {
    for body in [
        "<script>alert(1)</script>",
        "<ScRiPt src=x></sCrIpT>",
        "<svg><script>1</script></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<title><!-- </title><script>1</script> --></title>",
        "<p onclick=\"x()\">x</p>",
        "<p/onclick=x>x</p>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\" JAVASCRIPT:alert(1)\">x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<a href=\"vbscript:x\">x</a>",
        "<meta http-equiv=\"refresh\" content=\"0;url=//x\">",
        "<link rel=\"stylesheet\" href=\"https://x.example/x.css\">",
        "<img src=\"https://x.example/x.png\">",
        "<img src=\"//x.example/x.png\">",
        "<img srcset=\"//x.example/x.png 2x\">",
        "<img src=\"data:text/html,x\">",
        "<iframe src=\"x\"></iframe>",
        "<iframe srcdoc=\"x\"></iframe>",
        "<object data=\"x\"></object>",
        "<embed src=\"x\">",
        "<form action=\"https://x.example\"><input></form>",
        "<base href=\"https://x.example\">",
        "<svg><a xlink:href=\"javascript:x\">x</a></svg>",
        "<svg><use href=\"https://x.example/x.svg#a\"/></svg>",
        "<svg><animate attributeName=\"href\" to=\"javascript:x\"/></svg>",
        "<style>@import \"x.css\";</style>",
        "<style>p { background: url(https://x.example/x.png) }</style>",
        "<p style=\"background: url('//x.example')\">x</p>",
        "<style>p { background: u\\72l(https://x.example/x.png) }</style>",
        "<style>p { background: \\000075 RL(https://x.example/x.png) }</style>",
        "<style>p { background: \\url(https://x.example/x.png) }</style>",
        "<style>@im\\70ort \"https://x.example/x.css\";</style>",
        "<style>p { background: image-set(\"https://x.example/x.png\" 1x) }</style>",
        "<style>p { background: src(\"https://x.example/x.png\") }</style>",
        "<p style=\"background: u\\72l(https://x.example)\">x</p>",
    ] {
        let templates = set("pages/index.html.j2", &council(body)).unwrap();
        let faults = tried(&templates);
        assert!(!faults.is_empty(), "{body}");
        assert!(
            faults
                .iter()
                .all(|fault| fault.code == Code::TemplateUnsafe),
            "{faults}"
        );
        let source = faults.iter().next().unwrap().place.source.name();
        assert_eq!(source, "templates/pages/index.html.j2", "{body}");
    }
}

#[test]
fn what_stays_on_the_page_is_accepted() {
    let body = "<a href=\"https://x.example\">x</a> <a href=\"mailto:a@x.example\">x</a> \
        <a href=\"results.json#a:b\">x</a> <img src=\"crest.png\" alt=\"\"> \
        <img src=\"data:image/png;base64,AA==\" alt=\"\"> <svg><use href=\"#a\"/></svg> \
        <p style=\"width:12%\">on time, url(x), @import, javascript: are words here</p>";
    let templates = set("pages/index.html.j2", &council(body)).unwrap();
    let faults = check_templates(&templates);
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn a_report_that_runs_or_loads_anything_is_refused() {
    for body in [
        "<script>x</script>",
        "[x](javascript:x)",
        "[x]( <JavaScript:x>)",
        "[x]: javascript:x",
        "[x](javascript&#58;x)",
        "![x](https://x.example/x.png)",
        "<img src=x onerror=x>",
    ] {
        let templates = set("pages/report.md.j2", body).unwrap();
        let faults = tried(&templates);
        assert!(
            faults.iter().any(|f| f.code == Code::TemplateUnsafe),
            "{body}"
        );
    }
}

#[test]
fn a_template_cannot_run_away() {
    let deep = format!("{}x{}", "{% if 1 %}".repeat(200), "{% endif %}".repeat(200));
    let long = "{% for a in items %}".repeat(6) + "{% endfor %}".repeat(6).as_str();
    let wide = format!(
        "{0}{1}{2}",
        "{% for a in items %}".repeat(3),
        "x".repeat(900),
        "{% endfor %}".repeat(3)
    );
    let copies =
        "{% set a = [council.name] %}".to_owned() + "{% set a = [a, a] %}".repeat(40).as_str();
    for body in [
        deep,
        long,
        wide,
        copies,
        "{{ 'x' * 90000000 }}".to_owned(),
        "{{ [1] * 90000000 }}".to_owned(),
        "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}".to_owned(),
        "{% include \"pages/index.html.j2\" %}".to_owned(),
        "x".repeat(2 << 20),
        format!("{{{{ {}1{} }}}}", "(".repeat(5000), ")".repeat(5000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(50000)),
        format!("{{{{ council{} }}}}", ".name".repeat(50000)),
        format!("{{{{ council.name{} }}}}", "|upper".repeat(50000)),
        format!("{{{{ 1{} }}}}", " and 1".repeat(50000)),
        format!("{{{{ [{}] }}}}", "[".repeat(50000)),
        format!("{{{{ \"}}}}\"{} }}}}", ".a".repeat(50000)),
        format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 1 %}".repeat(50000)),
    ] {
        let shown: String = body.chars().take(60).collect();
        let began = std::time::Instant::now();
        let stopped = match set("pages/index.html.j2", &council(&body)) {
            Ok(templates) => tried(&templates).has_errors(),
            Err(_) => true,
        };
        assert!(stopped, "{shown}");
        assert!(began.elapsed().as_secs() < 20, "{shown}");
    }
}
