//! What reads the answers back: a form in, the `table` card and an empty file of answers
//! out.

use super::form::Form;
use crate::check::{self, HealthCheck};
use crate::data::{From, Kind, TableSpec};
use crate::report::escape::visible;

/// The header row of the file of answers.
pub fn header(form: &Form) -> String {
    let names: Vec<&str> = form.asks().map(|ask| ask.name.as_str()).collect();
    names.join(",") + "\n"
}

/// The card that reads a file of answers, with notes on how to get that file.
pub fn card(check: &HealthCheck, form: &Form) -> String {
    let survey = check.tables().iter().find(|table| table.id == "survey");
    let file = survey.map_or("data/survey.csv", |spec| &spec.file.value);
    let columns = columns(check, survey, form);
    let codes = codes(form);
    let advice = match survey {
        Some(spec) if reads_as_it_stands(spec, form) => {
            "Your script reads them as it stands: its `survey` card need not change."
        }
        Some(_) => {
            "Your script's `survey` card reads a file with other headers or answers. Leave it as it \
             is\n// while it reads that file. This card reads the answers to this questionnaire, and is for \
             when\n// you ask with it: put it in the place of the other, whose `columns` and `codes` go with \
             it."
        }
        None => "Add this card to your script.",
    };
    let mut text = format!("{NOTES}//\n// {advice}\n\ntable(\"survey\", #{{\n");
    text += &format!("    file:    {},\n", quoted(file));
    if !columns.is_empty() {
        text += &format!("    columns: #{{\n{columns}    }},\n");
    }
    if !codes.is_empty() {
        text += &format!("    codes:   #{{\n{codes}    }},\n");
    }
    text += "});\n\n// For typing in sheets of paper: the question's number on the sheet, and its column.\n";
    for ask in form.asks() {
        text += &format!("// {:>3}  {}\n", ask.number, ask.name);
    }
    text
}

const NOTES: &str = "\
// Reading the answers back.
//
// Kobo: Data, Downloads, CSV, with \"XML values and headers\" and without groups in headers.
// ODK Central: Submissions, Download, all data as one CSV.
// SurveyJS: the results as a list in one JSON file, or as CSV under the names of questions.
// Microsoft Forms, Google Forms: type in questions and answers as the .html has them. The
//   export is read as it stands, by the wording of its headers; questions of your own too.
// Paper: one row for each sheet, in a copy of answers.csv.
//
// A workbook (.xlsx, .ods) serves as well as CSV wherever the tool offers one.
//
// Save the file under the name below, with the ending that it has (.csv, .json, .xlsx, …).
";

/// What the card must say of columns: those that have another name in the file, and those
/// that nobody was asked for.
fn columns(check: &HealthCheck, survey: Option<&TableSpec>, form: &Form) -> String {
    // A column of the council's own is there only where the card names it.
    let own = |name: &str| {
        let mut columns = survey.into_iter().flat_map(|spec| &spec.columns);
        columns.any(|column| column.name == name && column.kind == Kind::Local)
    };
    // A question's own card may name a header, which this file does not have.
    let headed = |name: &str| match check.item(name).map(|item| &item.local.kind) {
        Some(check::Kind::Question(question)) => question.header.is_some(),
        _ => false,
    };
    let mut text = String::new();
    for ask in form.asks() {
        if ask.name != ask.column || own(&ask.column) || headed(&ask.column) {
            text += &line(&ask.column, &quoted(&ask.name));
        }
    }
    for column in survey.iter().flat_map(|spec| &spec.columns) {
        match &column.from {
            From::Words(words) => {
                text += &line(&column.name, &format!("always({})", quoted(words)));
            }
            From::Number(number) => text += &line(&column.name, &number.to_string()),
            From::Header(_) | From::SameName => {}
        }
    }
    text
}

/// Values that are not the check's own words.
fn codes(form: &Form) -> String {
    let mut text = String::new();
    for ask in form.asks() {
        let changed: Vec<String> = ask
            .choices()
            .filter(|choice| choice.value != choice.meaning)
            .map(|choice| format!("{}: {}", quoted(&choice.value), quoted(&choice.meaning)))
            .collect();
        if !changed.is_empty() {
            text += &line(&ask.column, &format!("#{{ {} }}", changed.join(", ")));
        }
    }
    text
}

fn line(name: &str, value: &str) -> String {
    format!("        {}: {value},\n", quoted(name))
}

/// Whether the script's own card finds every column under the name that it has here, and
/// takes every value for what it is.
fn reads_as_it_stands(spec: &TableSpec, form: &Form) -> bool {
    spec.missing.is_empty()
        && form.asks().all(|ask| {
            let own = spec.columns.iter().find(|column| column.name == ask.column);
            own.is_some_and(|column| {
                let found = match &column.from {
                    From::Header(header) => *header == ask.name,
                    From::SameName => ask.name == ask.column,
                    From::Number(_) | From::Words(_) => false,
                };
                found
                    && column.codes.is_empty()
                    && ask.choices().all(|choice| choice.value == choice.meaning)
            })
        })
}

/// A text as a script has it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            plain if visible(plain) == plain => out.push(plain),
            other => out.push_str(&format!("\\U{:08x}", u32::from(other))),
        }
    }
    out.push('"');
    out
}
