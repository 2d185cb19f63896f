//! Conditions on rows beside what their columns are: a comparison that is false, or true, of
//! every row whatever the data say, and a column that is no condition by itself.

use crate::data::{ColumnSpec, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::ColumnKind;
use crate::script::{Alone, Compared};
use crate::source::Span;
use crate::validate::{Desk, tables};

impl Desk<'_> {
    /// A condition that compares a column with a value that it never has.
    pub(super) fn compared(&self, compared: &Compared, known: &ColumnSpec) {
        let (column, value, kind) = (&compared.column, &compared.value, &known.kind);
        let written = value.place.text();
        let is_text = compared.is_text;
        if is_text && *kind == Kind::National(ColumnKind::Number) {
            let fault = Diagnostic::new(
                Code::WrongKind,
                value.place.clone(),
                format!("`{column}` holds numbers"),
            );
            self.fault(match value.value.trim().parse::<f64>() {
                Ok(_) => fault.label("this is text").typed(value.value.trim()),
                Err(_) if is_empty(compared) => for_empty(fault, compared),
                Err(_) => fault.label("this is text"),
            });
        }
        let is_number = !is_text && value.value.parse::<f64>().is_ok();
        let Some(words) = tables::values(kind) else {
            return;
        };
        if matches!(kind, Kind::Answers { .. }) && (is_number || compared.is_of_order()) {
            self.fault(of_answers(compared, &words));
            return;
        }
        if compared.is_of_order() {
            return;
        }
        let truth = matches!(written, "true" | "false");
        if !is_text && !truth && !is_number || is_text && compared.is_met_by(words.iter().copied())
        {
            return;
        }
        let code = match kind {
            Kind::Answers { .. } => Code::UnknownAnswer,
            _ => Code::UnknownWord,
        };
        let fault = Diagnostic::new(
            code,
            value.place.clone(),
            format!("`{column}` is never {written}"),
        );
        self.fault(
            match (truth || is_number, kind, coded(known, &value.value)) {
                (true, Kind::National(ColumnKind::YesNo), _)
                    if matches!(written, "true" | "false" | "1" | "0") =>
                {
                    let word = if matches!(written, "true" | "1") {
                        "yes"
                    } else {
                        "no"
                    };
                    fault
                        .label(format!("did you mean \"{word}\"?"))
                        .typed(format!("\"{word}\""))
                }
                (false, _, Some(national)) => as_coded(fault, &value.value, national),
                _ if is_empty(compared) => for_empty(fault, compared),
                _ => fault.did_you_mean(
                    &value.value,
                    words.iter().copied(),
                    format!("its values are: \"{}\"", words.join("\", \"")),
                ),
            },
        );
    }

    /// A column where a condition belongs.
    pub(super) fn alone(&self, alone: &Alone, kind: &Kind) {
        let cell = &alone.cell;
        let (holds, yes, no) = match kind {
            Kind::National(ColumnKind::YesNo) => (
                "yes or no",
                format!("{cell} == \"yes\""),
                format!("{cell} != \"yes\""),
            ),
            Kind::National(ColumnKind::Number) => {
                ("a number", format!("{cell} > 0"), format!("{cell} == 0"))
            }
            _ => (
                "text",
                format!("{cell} == \"…\""),
                format!("{cell} != \"…\""),
            ),
        };
        let condition = if alone.negated { no } else { yes };
        let fault = Diagnostic::new(
            Code::WrongKind,
            alone.place.clone(),
            format!(
                "`{}` by itself is no condition: a row has {holds} in it",
                alone.column
            ),
        )
        .label("true or false is wanted here: compare it");
        self.fault(match kind {
            Kind::National(ColumnKind::YesNo) => fault.typed(condition),
            Kind::National(ColumnKind::Number) => fault.typed(condition).offered(),
            _ => fault.help(condition),
        });
    }
}

/// Answers are words: none is a number, and `<` would compare their letters.
fn of_answers(compared: &Compared, words: &[&str]) -> Diagnostic {
    let (column, value) = (&compared.column, &compared.value);
    let never = match compared.is_text {
        true => "and words have no order",
        false => "and never a number",
    };
    let message = format!("`{column}` holds an answer in words, {never}");
    let fault = Diagnostic::new(Code::UnknownAnswer, value.place.clone(), message);
    let at = match value.value.trim().parse::<usize>() {
        Ok(number) => Some(number),
        Err(_) => words
            .iter()
            .position(|word| *word == value.value)
            .map(|at| at + 1),
    };
    let is_meant = |place: usize, at: usize| match compared.operator.as_str() {
        "<" => place < at,
        "<=" => place <= at,
        ">" => place > at,
        ">=" => place >= at,
        "!=" => place != at,
        _ => place == at,
    };
    let meant = |at: usize| -> Vec<&str> {
        let places = words.iter().enumerate();
        places
            .filter(|(place, _)| is_meant(place + 1, at))
            .map(|(_, word)| *word)
            .collect()
    };
    let meant = at
        .map(meant)
        .filter(|meant| !meant.is_empty() && meant.len() < words.len());
    let list = meant.map_or("…".to_owned(), |meant| meant.join("\", \""));
    fault
        .label("name the answers that count")
        .help(format!("{} in [\"{list}\"]", compared.cell))
}

/// The national value that the card says a value of the file stands for.
pub(in crate::validate) fn coded<'s>(column: &'s ColumnSpec, written: &str) -> Option<&'s str> {
    let folded = |text: &str| text.trim().to_lowercase();
    let mut codes = column.codes.iter();
    let (_, national) = codes.find(|(local, _)| folded(&local.value) == folded(written))?;
    (national.value != written).then_some(&national.value)
}

/// A value of the file where a condition wants what its card reads it as.
pub(in crate::validate) fn as_coded(
    fault: Diagnostic,
    written: &str,
    national: &str,
) -> Diagnostic {
    fault
        .label(format!("the card reads \"{written}\" as \"{national}\""))
        .typed(format!("\"{national}\""))
}

/// Whether an empty text is asked for.
pub(in crate::validate) fn is_empty(compared: &Compared) -> bool {
    compared.is_text && compared.value.value.trim().is_empty()
}

/// What to ask instead: an empty cell is no empty text.
pub(in crate::validate) fn for_empty(fault: Diagnostic, compared: &Compared) -> Diagnostic {
    let not = if compared.operator == "!=" {
        "not "
    } else {
        ""
    };
    let asked = format!("{not}is_missing({})", compared.cell);
    let fault = fault
        .label("an empty cell is missing, and no text: ask so in place of the whole comparison");
    let (text, end) = (fault.place.source.text(), fault.place.span.end);
    let whole = format!("{} {} ", compared.cell, compared.operator);
    let start = fault.place.span.start.checked_sub(whole.len());
    match start.filter(|start| text.get(*start..fault.place.span.start) == Some(whole.as_str())) {
        Some(start) => fault
            .help(asked.clone())
            .typed_at(Span::new(start, end), asked)
            .offered(),
        None => fault.help(asked),
    }
}
