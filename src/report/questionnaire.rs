//! The survey that a check defines, to be put to practitioners.
//!
//! In: a [`HealthCheck`], which holds no data, and the templates. Out: the same questions as
//! a sheet to print, a workbook for Kobo or ODK, a model for SurveyJS, and what reads the
//! answers back: the card of the table and an empty file under its headers.
//!
//! All forms call a question by the same name and an answer by the same value, and these
//! are the check's own wherever a survey tool can take them. So one card reads any of them.

mod card;
mod classifiers;
mod fields;
mod form;
mod surveyjs;
mod words;
#[cfg(feature = "xlsx")]
mod xlsform;

pub use form::{Ask, Choice, Council, Form, Part};

use super::context::Markup;
use super::render::{Output, render};
use super::{Page, Templates, page};
use crate::check::HealthCheck;
use crate::diagnostic::Diagnostics;
use minijinja::Value;
use minijinja::value::Serde;
use schemars::JsonSchema;
use serde::Serialize;

/// The names of the files, the sheet first: what [`questionnaire`] may give.
pub const FILES: [&str; 5] = [SHEET, XLSFORM, SURVEYJS, ANSWERS, CARD];

const SHEET: &str = "questionnaire.html";
const XLSFORM: &str = "questionnaire.xlsx";
const SURVEYJS: &str = "questionnaire.json";
const ANSWERS: &str = "answers.csv";
const CARD: &str = "survey-card.rhai";

/// What `questionnaire.html.j2` sees.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sheet<'a> {
    /// Every name of the form.
    #[serde(flatten)]
    pub form: &'a Form,
    /// The text of `style.css`, and the council's own colour.
    #[schemars(with = "Markup")]
    pub style: Value,
}

impl<'a> Sheet<'a> {
    /// The names for a form.
    pub fn of(form: &'a Form, style: &str) -> Self {
        Self {
            form,
            style: Value::from_safe_string(super::brand::style(style, form.colour)),
        }
    }
}

/// Every file of a council's survey. The workbook is there with the feature `xlsx`.
///
/// # Errors
/// Every fault of the template that showed while the sheet was made.
pub fn questionnaire(check: &HealthCheck, templates: &Templates) -> Result<Vec<Page>, Diagnostics> {
    let form = Form::of(check);
    let mut files = vec![sheet(&form, templates)?];
    #[cfg(feature = "xlsx")]
    files.push(Page {
        path: XLSFORM.to_owned(),
        bytes: xlsform::workbook(&form),
    });
    files.push(page(SURVEYJS, surveyjs::model(&form)));
    files.push(page(ANSWERS, card::header(&form)));
    files.push(page(CARD, card::card(check, &form)));
    Ok(files)
}

/// The sheet to print.
///
/// # Errors
/// Every fault of the template that showed while it was made.
pub fn sheet(form: &Form, templates: &Templates) -> Result<Page, Diagnostics> {
    let names = Value::from(Serde(Sheet::of(form, templates.style())));
    let text = render(templates, "questionnaire.html.j2", Output::Sheet, &names)?;
    Ok(page(SHEET, text))
}
