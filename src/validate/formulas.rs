//! Formulas before they run: tables, columns, answers and results that they name.

pub(super) mod compared;

use super::{Desk, tables};
use crate::check::{Kind, Parts};
use crate::data;
use crate::diagnostic::{Code, Diagnostic};
use crate::script::Formula;
use crate::source::Spanned;

impl Desk<'_> {
    pub(super) fn check_formulas(&self, parts: &Parts) {
        let own = |formula: &Formula| formula.place().source == self.draft.source;
        for item in &parts.items {
            let Kind::Measure(measure) = &item.local.kind else {
                continue;
            };
            if own(&measure.value) {
                self.value(&measure.value, parts);
                if measure.is_of_hundred() {
                    self.fraction(&measure.value);
                }
            }
            if let Some(score) = &measure.score {
                self.takes_one(score, "the measure's value", "|value| …");
            }
        }
        for standard in &parts.standards {
            if let Some(score) = &standard.score {
                self.takes_one(score, "the results of its items", "|results| …");
                let known: Vec<&str> = parts
                    .items
                    .iter()
                    .filter(|item| item.standard == standard.id)
                    .map(|item| item.id.as_str())
                    .collect();
                self.results(score, &known, Code::UnknownItem, "item of this standard");
            }
        }
        if let Some(score) = &parts.overall.score {
            self.takes_one(score, "the results of the standards", "|standards| …");
            let known: Vec<&str> = parts
                .standards
                .iter()
                .map(|standard| standard.id.as_str())
                .collect();
            self.results(score, &known, Code::UnknownStandard, "standard");
        }
    }

    /// A formula that reads two questions of a survey that was brought as totals.
    fn needs_sheets(&self, formula: &Formula, parts: &Parts) {
        let totals = |spec: &&data::TableSpec| spec.policy == data::Policy::Totals;
        for spec in parts.tables.iter().filter(totals) {
            let reads = formula.reads().of(&spec.id);
            let asked = |column: &&data::ColumnSpec| {
                matches!(
                    column.kind,
                    data::Kind::Answers { .. } | data::Kind::OneOf(_)
                ) && reads.contains(&column.name)
            };
            let asked: Vec<&str> = spec
                .columns
                .iter()
                .filter(asked)
                .map(|column| column.name.as_str())
                .collect();
            if asked.len() > 1 {
                self.fault(
                    Diagnostic::new(
                        Code::NeedsSheets,
                        formula.place().clone(),
                        format!(
                            "this formula reads {} of `{}`",
                            asked.join(" and "),
                            spec.id
                        ),
                    )
                    .label("totals do not tell who answered both how")
                    .related(spec.place.clone(), "brought as totals")
                    .help("bring the answer sheets, or write one measure for each question"),
                );
            }
        }
    }

    /// A measure's value: its parameters are tables, its columns theirs.
    fn value(&self, formula: &Formula, parts: &Parts) {
        let tables: Vec<&str> = ["workers", "workforce", "survey"]
            .into_iter()
            .chain(parts.tables.iter().map(|spec| spec.id.as_str()))
            .collect();
        if formula.parameters().is_empty() {
            self.fault(
                Diagnostic::new(
                    Code::UnknownTable,
                    formula.place().clone(),
                    "a formula names the tables that it reads",
                )
                .label("begin with `|workers|`, `|workforce|` or `|survey|`")
                .help("|workers|"),
            );
        }
        for (name, place) in formula.placed_parameters() {
            if !tables.contains(&name) {
                let fault = Diagnostic::new(
                    Code::UnknownTable,
                    place.clone(),
                    format!("there is no table `{name}`"),
                );
                self.fault(fault.did_you_mean(
                    name,
                    tables.iter().copied(),
                    "the tables are: workers, workforce, survey, and your own",
                ));
            }
        }
        for misused in formula.reads().misused.iter() {
            self.fault(misused.clone());
        }
        for (table, field) in &formula.reads().bare {
            let name = &field.value;
            let column = tables::names_of(table, &parts.tables, &parts.items)
                .is_some_and(|known| known.contains(name));
            let text = field.place.source.text();
            let rest = &text[field.place.span.end..];
            // `workers.cases.mean()`
            let summary = ["sum", "mean", "median", "min", "max"]
                .into_iter()
                .find(|name| column && rest.starts_with(&format!(".{name}()")));
            let given = in_square_brackets(rest).filter(|_| !column);
            let call = match (column, given) {
                (true, _) => format!("{}(\"{name}\")", summary.unwrap_or("sum")),
                (false, given) => format!("{name}({})", given.unwrap_or_default()),
            };
            let before = &text[..field.place.span.start];
            let written = before
                .strip_suffix('.')
                .unwrap_or_default()
                .rsplit(|c: char| c != '_' && !c.is_alphanumeric())
                .next()
                .filter(|name| !name.is_empty());
            let mut whole = field.place.span;
            whole.end += match (summary, given) {
                (Some(summary), _) => summary.len() + 3,
                (None, Some(given)) => given.len() + 2,
                (None, None) => 0,
            };
            let typed = match written {
                Some(written) => {
                    whole.start -= written.len() + 1;
                    format!("{written}.{call}")
                }
                None => call,
            };
            let fault = Diagnostic::new(
                Code::UnknownField,
                field.place.source.place(whole),
                format!("a table has no `{name}` by itself"),
            );
            let label = match column {
                true => "say what is done with the column: `sum`, `mean`, `max` …".to_owned(),
                false => format!("write `{typed}`"),
            };
            self.fault(fault.label(label).typed(typed).offered());
        }
        for (table, column) in &formula.reads().columns {
            let Some(known) = tables::names_of(table, &parts.tables, &parts.items) else {
                continue;
            };
            if !known.contains(&column.value) {
                self.unknown_column(table, column, &known);
            }
        }
        self.needs_sheets(formula, parts);
        for compared in &formula.reads().compared {
            let (table, column) = (&compared.table, &compared.column);
            let columns = tables::columns_of(table, &parts.tables, &parts.items);
            let known = columns
                .iter()
                .flat_map(|columns| columns.iter())
                .find(|known| known.name == *column);
            if let Some(known) = known {
                self.compared(compared, known);
            }
        }
        for alone in &formula.reads().alone {
            let columns = tables::columns_of(&alone.table, &parts.tables, &parts.items);
            let mut columns = columns.iter().flat_map(|columns| columns.iter());
            if let Some(known) = columns.find(|known| known.name == alone.column) {
                self.alone(alone, &known.kind);
            }
        }
        for (question, answer) in &formula.reads().answers {
            let labels = parts.items.iter().find_map(|item| match &item.local.kind {
                Kind::Question(known) if item.id == *question => Some(&known.answers),
                _ => None,
            });
            if let Some(labels) = labels
                && !labels.contains(&answer.value)
            {
                let fault = Diagnostic::new(
                    Code::UnknownAnswer,
                    answer.place.clone(),
                    format!("`{question}` has no answer \"{}\"", answer.value),
                );
                self.fault(fault.did_you_mean(
                    &answer.value,
                    labels.iter().map(String::as_str),
                    format!("its answers are: {}", labels.join(", ")),
                ));
            }
        }
    }

    /// A part of one where hundredths are wanted.
    fn fraction(&self, formula: &Formula) {
        let Some(fraction) = formula.fraction() else {
            return;
        };
        let fault = Diagnostic::new(
            Code::ShareAsFraction,
            fraction.place,
            match fraction.is_count {
                true => "the unit is %, and this is a number of rows",
                false => "the unit is %, and this gives a part of one: a fifth would be published as 0.2 %",
            },
        )
        .label("so many of every hundred are wanted");
        self.fault(match fraction.percent {
            Some(percent) => fault.typed(percent).offered(),
            None => fault.help("percent(…, …)"),
        });
    }

    fn unknown_column(&self, table: &str, column: &Spanned<String>, known: &[String]) {
        let fault = Diagnostic::new(
            Code::UnknownColumn,
            column.place.clone(),
            format!("the table `{table}` has no column `{}`", column.value),
        );
        let otherwise = format!("for a column of your own, name it in the `columns` of `{table}`");
        let known = known.iter().map(String::as_str);
        self.fault(fault.did_you_mean(&column.value, known, otherwise));
    }

    fn takes_one(&self, formula: &Formula, what: &str, form: &str) {
        if formula.parameters().len() != 1 {
            self.fault(
                Diagnostic::new(
                    Code::WrongArguments,
                    formula.place().clone(),
                    format!("this formula is given {what}, under one name"),
                )
                .label(format!("write `{form}`")),
            );
        }
    }

    /// Results that a score asks for by name.
    fn results(&self, formula: &Formula, known: &[&str], code: Code, what: &str) {
        for id in &formula.reads().results {
            if !known.contains(&id.value.as_str()) {
                let fault = Diagnostic::new(
                    code,
                    id.place.clone(),
                    format!("there is no {what} `{}`", id.value),
                );
                self.fault(fault.did_you_mean(
                    &id.value,
                    known.iter().copied(),
                    format!("known here: {}", known.join(", ")),
                ));
            }
        }
        const FIELDS: [&str; 4] = ["value", "score", "weight", "id"];
        for field in &formula.reads().fields {
            if !FIELDS.contains(&field.value.as_str()) {
                let fault = Diagnostic::new(
                    Code::UnknownField,
                    field.place.clone(),
                    format!("a result has no `{}`", field.value),
                );
                self.fault(fault.did_you_mean(
                    &field.value,
                    FIELDS,
                    "a result has: value, score, weight, id",
                ));
            }
        }
    }
}

/// What stands in the square brackets with which a text begins.
fn in_square_brackets(text: &str) -> Option<&str> {
    let held = text.strip_prefix('[')?;
    let mut depth = 0usize;
    let end = held.find(|c| {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return true,
            ']' => depth -= 1,
            _ => {}
        }
        false
    })?;
    Some(&held[..end])
}
