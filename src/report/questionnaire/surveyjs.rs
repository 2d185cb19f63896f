//! The model for SurveyJS: a form in, its JSON out.
//!
//! Each question is a `radiogroup` of its own and no `matrix`: a matrix gives its answers
//! nested in one value, and they could not be read back as columns.

use super::form::{Ask, Form};
use super::words::inert;
use serde_json::{Value, json};

/// The model, with a newline at its end.
pub fn model(form: &Form) -> String {
    let mut pages = Vec::new();
    if !form.about.is_empty() {
        let why = "These tell groups apart. Leave out what you would rather not say.";
        pages.push(page("page-about", "About your work", why, &form.about));
    }
    for part in &form.standards {
        let name = format!("page-{}", part.anchor);
        pages.push(page(&name, &part.title, "", &part.questions));
    }
    if !form.awareness.is_empty() {
        pages.push(page(
            "page-check",
            "About the check itself",
            "",
            &form.awareness,
        ));
    }
    let council = inert(&form.council.name);
    let model = json!({
        "title": format!("Social work health check: {council}"),
        "description": inert(&form.introduction.join(" ")),
        "locale": "en",
        "showQuestionNumbers": true,
        "pages": pages,
    });
    let mut text = serde_json::to_string_pretty(&model)
        .expect("a JSON value has text keys only, so it always has a text");
    text.push('\n');
    text
}

fn page(name: &str, title: &str, description: &str, asks: &[Ask]) -> Value {
    let elements: Vec<Value> = asks.iter().map(element).collect();
    let mut page = json!({ "name": name, "title": inert(title) });
    if !description.is_empty() {
        page["description"] = json!(inert(description));
    }
    page["elements"] = json!(elements);
    page
}

fn element(ask: &Ask) -> Value {
    let choices: Vec<Value> = ask
        .choices()
        .map(|choice| json!({ "value": choice.value, "text": inert(&choice.label) }))
        .collect();
    let mut element = json!({
        "type": if choices.is_empty() { "text" } else { "radiogroup" },
        "name": ask.name,
        "title": inert(&ask.ask),
    });
    if let Some(hint) = &ask.hint {
        element["description"] = json!(inert(hint));
    }
    if choices.is_empty() {
        element["maxLength"] = json!(100);
    } else {
        element["choices"] = json!(choices);
        // A choice can be taken back: no question has to be answered.
        element["showClearButton"] = json!(true);
    }
    element
}
