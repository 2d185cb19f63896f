//! The XLSForm workbook, for Kobo and ODK: a form in, the bytes of an `.xlsx` out.
//!
//! Parts begin with a note and are no groups: an export puts a group's name before each
//! header, and the answers would not read back under the names of the questions.

use super::form::{Ask, Form};
use super::words::inert;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

/// A sheet: its name, its header and its rows.
type Rows = Vec<Vec<String>>;

/// The workbook. The same form gives the same bytes: its date is the form's own.
pub fn workbook(form: &Form) -> Vec<u8> {
    let lists = lists(form);
    let mut book = Workbook::new();
    book.set_properties(&properties(form));
    for (name, rows) in [
        ("survey", survey(form, &lists)),
        ("choices", choices(&lists)),
        ("settings", settings(form)),
    ] {
        fill(book.add_worksheet(), name, &rows);
    }
    book.save_to_buffer()
        .expect("the workbook is made in memory, of three sheets with names of ours")
}

fn properties(form: &Form) -> DocProperties {
    let made = ExcelDateTime::parse_from_str(&form.council.as_of);
    let made = made.or_else(|_| ExcelDateTime::from_ymd(2026, 1, 1));
    DocProperties::new()
        .set_title("Social work health check: questionnaire")
        .set_creation_datetime(&made.expect("1 January 2026 is a date"))
}

/// Everything is written as text, so nothing is ever a formula, a number or a link.
fn fill(sheet: &mut Worksheet, name: &str, rows: &Rows) {
    let bold = Format::new().set_bold();
    let plain = Format::new().set_text_wrap();
    sheet.set_name(name).expect("the name is ours and short");
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            if text.is_empty() {
                continue;
            }
            let format = if row == 0 { &bold } else { &plain };
            sheet
                .write_string_with_format(row, column, text, format)
                .expect("texts are cut to what a cell holds, and the form is far from the edge");
        }
    }
    for (column, width) in (0..).zip([28, 30, 70, 40]) {
        sheet
            .set_column_width(column, width)
            .expect("there are four columns");
    }
}

/// Each list of answers once, in order of first use.
fn lists(form: &Form) -> Vec<Vec<(String, String)>> {
    let mut lists = Vec::new();
    for ask in form.asks() {
        let list = list(ask);
        if !list.is_empty() && !lists.contains(&list) {
            lists.push(list);
        }
    }
    lists
}

/// Value and label of each answer.
fn list(ask: &Ask) -> Vec<(String, String)> {
    ask.choices()
        .map(|choice| (choice.value.clone(), inert(&choice.label)))
        .collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn survey(form: &Form, lists: &[Vec<(String, String)>]) -> Rows {
    let mut rows = vec![row(["type", "name", "label", "hint"])];
    let mut note = 0;
    let mut heading = |text: &str| {
        note += 1;
        row(["note", &format!("note_{note}"), text, ""])
    };
    let mut parts = vec![("About your work", &form.about)];
    parts.extend(
        form.standards
            .iter()
            .map(|part| (part.title.as_str(), &part.questions)),
    );
    parts.push(("About the check itself", &form.awareness));
    rows.push(heading(&inert(&form.introduction.join(" "))));
    for (title, asks) in parts.into_iter().filter(|(_, asks)| !asks.is_empty()) {
        rows.push(heading(&format!("## {}", inert(title))));
        for ask in asks {
            let answers = list(ask);
            let kind = match lists.iter().position(|known| *known == answers) {
                Some(nth) => format!("select_one answers_{}", nth + 1),
                None => "text".to_owned(),
            };
            let hint = ask.hint.as_deref().map(inert).unwrap_or_default();
            rows.push(row([&kind, &ask.name, &inert(&ask.ask), &hint]));
        }
    }
    rows
}

fn choices(lists: &[Vec<(String, String)>]) -> Rows {
    let mut rows = vec![row(["list_name", "name", "label"])];
    for (nth, list) in lists.iter().enumerate() {
        for (value, label) in list {
            rows.push(row([&format!("answers_{}", nth + 1), value, label]));
        }
    }
    rows
}

/// `form_id` stays from round to round of a council; `version` is the round's date.
fn settings(form: &Form) -> Rows {
    let code = form.council.code.to_lowercase();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let id: String = code.chars().take(40).map(plain).collect();
    let title = format!("Social work health check: {}", form.council.name);
    vec![
        row(["form_title", "form_id", "version"]),
        row([
            &inert(&title),
            &format!("health-check-{id}"),
            &form.council.as_of.replace('-', ""),
        ]),
    ]
}
