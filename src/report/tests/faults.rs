//! What a lead is told when a template is wrong.

use super::*;
use crate::diagnostic::Code;

fn told(body: &str) -> Diagnostics {
    match set("pages/index.html.j2", &council(body)) {
        Ok(templates) => check_templates(&templates),
        Err(faults) => faults,
    }
}

#[test]
fn a_misspelt_name_is_shown_with_what_was_meant() {
    assert_eq!(
        told("{% for row in plan %}{{ row.onwer }}{% endfor %}").to_string().trim_end(),
        "error[template-unknown-name]: `row` has no `onwer`
  ┌─ templates/pages/index.html.j2:2:25
  │
2 │ {% for row in plan %}{{ row.onwer }}{% endfor %}
  │                         ^^^^^^^^^ did you mean `owner`?
  │
  = there are: agreed_with, baseline, baseline_value, because, due, due_on, found, id, measure, measure_id, overdue, owner, standard, standard_title, start, start_on, status, target, target_value, unit, what
  = help: owner"
    );
}

#[test]
fn an_if_left_open_is_shown_at_the_endfor_and_at_the_if() {
    assert_eq!(
        told("{% for row in plan %}\n{% if row.overdue %}late\n{% endfor %}")
            .to_string()
            .trim_end(),
        "error[template-syntax]: `endfor` stands where `endif` is missing
  ┌─ templates/pages/index.html.j2:4:4
  │
3 │ {% if row.overdue %}late
  │    -- this `if`
4 │ {% endfor %}
  │    ^^^^^^ the `if` above was not closed
  │
  = help: write `{% endif %}` before it"
    );
}

#[test]
fn a_name_that_some_councils_leave_out_is_found_before_the_day() {
    assert_eq!(
        told("{{ council.lead }}").to_string().trim_end(),
        "error[template-unknown-name]: `council.lead` is not there for every council
  ┌─ templates/pages/index.html.j2:2:4
  │
2 │ {{ council.lead }}
  │    ^^^^^^^^^^^^
  │
  = found with the example \"nothing rated\"
  = help: put it between `{% if council.lead %}` and `{% endif %}`"
    );
}

#[test]
fn every_slip_has_its_code_its_words_and_its_place() {
    use Code::{TemplateFailed, TemplateSyntax, TemplateUnknownName, TemplateUnsafe};
    for (body, code, message, underlined) in [
        (
            "{{ counci }}",
            TemplateUnknownName,
            "there is no `counci` here",
            "counci",
        ),
        (
            "{{ council['nam'] }}",
            TemplateUnknownName,
            "`council` has no `nam`",
            "council['nam']",
        ),
        (
            "{{ items[0].whole.asq }}",
            TemplateUnknownName,
            "`items[0]` has no `whole`",
            "items[0].whole",
        ),
        (
            "{{ chapters.title }}",
            TemplateUnknownName,
            "`chapters` is a list: it has no `title` of its own",
            "chapters.title",
        ),
        (
            "{{ council.name.first }}",
            TemplateUnknownName,
            "`council.name` is a word or a number: it has no `first`",
            "council.name.first",
        ),
        (
            "{% for a in council.lead %}{% endfor %}",
            TemplateUnknownName,
            "`council.lead` is not a list: there is nothing to loop over",
            "council.lead",
        ),
        (
            "{% if 1 == 2 %}{{ never }}{% endif %}",
            TemplateUnknownName,
            "there is no `never` here",
            "never",
        ),
        (
            "{{ feedback.helpful }}",
            TemplateUnknownName,
            "`feedback.helpful` is not there for every council",
            "feedback.helpful",
        ),
        (
            "{% include \"nope.html.j2\" %}",
            TemplateUnknownName,
            "there is no template `nope.html.j2`",
            "\"nope.html.j2\"",
        ),
        (
            "{% include \"/etc/passwd\" %}",
            TemplateUnknownName,
            "there is no template `/etc/passwd`",
            "\"/etc/passwd\"",
        ),
        (
            "{{ council.name|safe }}",
            TemplateUnknownName,
            "there is no filter `safe`",
            "safe",
        ),
        (
            "{{ council.name|default('') }}",
            TemplateUnknownName,
            "there is no filter `default`",
            "default",
        ),
        (
            "{{ council.name is defined }}",
            TemplateSyntax,
            "templates have no test `is defined`",
            "defined",
        ),
        (
            "{{ council.name ",
            TemplateSyntax,
            "`{{` is not closed with `}}`",
            "{{",
        ),
        (
            "{% if council.name %}",
            TemplateSyntax,
            "the `if` is never closed with `endif`",
            "if",
        ),
        (
            "{% endif %}",
            TemplateSyntax,
            "`endif` closes nothing: no `if` is open",
            "endif",
        ),
        (
            "{% set title = What we've done %}",
            TemplateSyntax,
            "text goes in double quotes",
            "What we've done",
        ),
        (
            "{% set title = \"What we do %}\n{{ \"a\" }}",
            TemplateSyntax,
            "this text has no closing quote",
            "\"What we do",
        ),
        (
            "{% set title \"What we do\" %}",
            TemplateSyntax,
            "`=` is missing after `title`",
            "title",
        ),
        (
            "{% title = \"What we do\" %}",
            TemplateSyntax,
            "a name is given its value with `set`",
            "title",
        ),
        (
            "{{ if council.name }}",
            TemplateSyntax,
            "`if` is a tag, and `{{ … }}` is for a value",
            "{{ if council.name }}",
        ),
        (
            "{% fi council %}",
            TemplateSyntax,
            "there is no tag `fi`",
            "fi",
        ),
        (
            "{{ council. }}",
            TemplateSyntax,
            "`}}` cannot stand here",
            "}}",
        ),
        (
            "{{ threshold + 1 }}",
            TemplateSyntax,
            "templates do not calculate or join text",
            "threshold + 1",
        ),
        (
            "{% include council.name %}",
            TemplateSyntax,
            "the name of a template is written out, in double quotes",
            "council.name",
        ),
        (
            "{% include \"pages/index.html.j2\" %}",
            TemplateFailed,
            "`pages/index.html.j2` would include itself without end",
            "\"pages/index.html.j2\"",
        ),
        (
            "{{ plan }}",
            TemplateFailed,
            "`plan` holds several things and cannot be printed as one",
            "plan",
        ),
        (
            "<iframe></iframe>",
            TemplateUnsafe,
            "a page may not hold `<iframe>`",
            "<iframe",
        ),
    ] {
        let faults = told(body);
        let fault = faults
            .iter()
            .next()
            .unwrap_or_else(|| panic!("no fault: {body}"));
        assert_eq!(fault.code, code, "{body}");
        assert_eq!(fault.message, message, "{body}");
        let place = fault.place.text().trim_end();
        let place = place.strip_prefix("council.name ").unwrap_or(place);
        assert_eq!(place, underlined, "{body}");
    }
}

#[test]
fn a_page_without_its_policy_is_refused_with_the_line_to_write() {
    let templates = set("pages/index.html.j2", "<head></head>\n").unwrap();
    let faults = check_templates(&templates);
    let fault = faults.iter().next().unwrap();
    assert_eq!(fault.code, Code::TemplateUnsafe);
    assert!(fault.help.as_ref().unwrap().contains(safety::POLICY));
}

#[test]
fn all_files_are_read_before_anything_is_told() {
    let faults = Templates::new(vec![
        own("pages/report.md.j2", "{{ a"),
        own("index.html.j2", "{% if %}"),
        own(
            "parts/unused.html.j2",
            "{% macro m() %}{% endmacro %}{{ 1 + 1 }}",
        ),
    ])
    .unwrap_err();
    assert_eq!(faults.errors(), 4, "{faults}");
}

#[test]
fn a_fault_in_a_part_is_shown_in_the_part() {
    let part = own("parts/part.html.j2", "\n{{ council.lead }}\n");
    let page = own(
        "pages/index.html.j2",
        &council("{% include \"parts/part.html.j2\" %}"),
    );
    let faults = check_templates(&Templates::new(vec![part, page]).unwrap());
    assert_eq!(
        faults.iter().next().unwrap().place.name(),
        "templates/parts/part.html.j2:2:4"
    );
}

#[test]
fn the_engines_own_words_are_never_shown() {
    for body in [
        "{% for x chapters %}{% endfor %}",
        "{{ 1 2 }}",
        "{% block %}{% endblock %}",
        "{{ 'a }}",
    ] {
        let shown = told(body).to_string();
        for word in [
            "unexpected",
            "expected",
            "syntax error",
            "identifier",
            "minijinja",
        ] {
            assert!(!shown.contains(word), "{shown}");
        }
    }
}
