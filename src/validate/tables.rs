//! The tables that a council brings: which columns are wanted, from where, of what kind.

pub(super) mod headers;

pub use headers::columns;

use super::Desk;
use super::file_names::outside;
use super::read_card::Reader;
use crate::check::{Item, Kind};
use crate::data::{self, ColumnSpec, From, Policy, TableSpec};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::national::{ASKED, AWARENESS, COLUMNS, ColumnKind, Service};
use crate::script::room;
use crate::script::{Entry, Value};
use crate::source::Spanned;
use std::borrow::Cow;

/// In `codes` of a survey: every question at once.
const ANSWERS: &str = "answers";

impl Desk<'_> {
    pub(super) fn tables(&self, items: &[Item]) -> Vec<TableSpec> {
        let mut tables = Vec::new();
        for card in self.cards("table") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            let Some(file) = reader.placed_text("file") else {
                continue;
            };
            self.check_path(&file);
            let mut columns = known_columns(&id.value, items);
            let policy = self.policy(&reader, &id.value);
            if policy == Policy::Totals {
                columns.extend(of_totals());
            }
            for entry in reader.map("columns") {
                self.column(&reader, entry, &mut columns);
            }
            for entry in reader.map("codes") {
                self.codes(&reader, entry, &mut columns);
            }
            let sheet = reader.placed_text("sheet");
            tables.push(TableSpec {
                policy,
                id: id.value,
                file,
                sheet,
                columns,
                missing: reader
                    .texts("missing")
                    .into_iter()
                    .map(|text| text.value)
                    .collect(),
                place: id.place,
            });
        }
        tables
    }

    /// How far rows with gaps count: answers as totals are a survey's.
    fn policy(&self, reader: &Reader<'_>, id: &str) -> Policy {
        let totals = reader.truth("totals") == Some(true);
        if totals && id != "survey" {
            self.fault(
                Diagnostic::new(
                    Code::TotalsNotUsable,
                    reader.place("totals"),
                    format!("`{id}` holds no answers that could be counted"),
                )
                .label("only `survey` may be brought as totals"),
            );
        }
        match policy(id) {
            Policy::Sheets if totals => Policy::Totals,
            policy => policy,
        }
    }

    /// A data file lies in the council's own folder.
    fn check_path(&self, file: &Spanned<String>) {
        if let Some(fault) = outside(file, "a data file", "\"data/survey.csv\"") {
            self.fault(fault);
        }
    }

    fn column(&self, reader: &Reader<'_>, entry: &Entry, columns: &mut Vec<ColumnSpec>) {
        let from = match &entry.value.value {
            Value::Text(header) => From::Header(header.clone()),
            Value::Number(number) => From::Number(*number),
            Value::Always(words) => From::Words(words.clone()),
            _ => {
                reader.wrong_kind(
                    &entry.value,
                    "a column",
                    "the file's header in quotes, a number, or `always(\"…\")`",
                );
                return;
            }
        };
        let name = &entry.key.value;
        let place = Some(entry.value.place.clone());
        if let Some(column) = columns.iter_mut().find(|column| column.name == *name) {
            column.from = from;
            column.place = place;
            return;
        }
        // A local column; a near miss of a national one is reported as unused, with the
        // name that was probably meant, unless a formula uses it.
        let kind = match &from {
            From::Words(_) => data::Kind::National(ColumnKind::Words),
            From::Number(_) => data::Kind::National(ColumnKind::Number),
            _ => data::Kind::Local,
        };
        columns.push(ColumnSpec {
            name: name.clone(),
            from,
            kind,
            wording: None,
            codes: Vec::new(),
            place,
        });
    }

    fn codes(&self, reader: &Reader<'_>, entry: &Entry, columns: &mut [ColumnSpec]) {
        let name = &entry.key.value;
        let is_answers = |column: &ColumnSpec| matches!(column.kind, data::Kind::Answers { .. });
        let named = columns.iter().any(|column| column.name == *name);
        let of_all = name == ANSWERS && !named && columns.iter().any(is_answers);
        if !named && !of_all {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let fault = Diagnostic::new(
                Code::UnknownColumn,
                entry.key.place.clone(),
                format!("this table has no column `{name}`"),
            );
            self.fault(fault.did_you_mean(
                name,
                names.iter().copied(),
                "name it in `columns` first",
            ));
            return;
        }
        let Value::Map(codes) = &entry.value.value else {
            reader.wrong_kind(
                &entry.value,
                "codes",
                "a card of codes, `#{ \"CSC\": \"children\" }`",
            );
            return;
        };
        let meant = |column: &ColumnSpec| column.name == *name || of_all && is_answers(column);
        for code in codes {
            let Value::Text(national) = &code.value.value else {
                reader.wrong_kind(&code.value, "a code", "text in double quotes");
                continue;
            };
            let (mut taken, mut refused) = (false, None);
            for column in columns.iter_mut().filter(|column| meant(column)) {
                if let Some(allowed) = allowed(&column.kind)
                    && !allowed
                        .iter()
                        .any(|word| word.eq_ignore_ascii_case(national))
                {
                    refused = refused.or(Some((allowed, column.kind.clone())));
                    continue;
                }
                taken = true;
                column.codes.push((
                    code.key.clone(),
                    Spanned {
                        value: national.clone(),
                        place: code.value.place.clone(),
                    },
                ));
            }
            if let Some((allowed, kind)) = refused.filter(|_| !taken) {
                self.unknown_code(code, national, name, &allowed, &kind);
            }
        }
    }

    fn unknown_code(
        &self,
        code: &Entry,
        written: &str,
        column: &str,
        allowed: &[String],
        kind: &data::Kind,
    ) {
        let fault_code = match kind {
            data::Kind::Answers { .. } => Code::UnknownAnswer,
            data::Kind::National(ColumnKind::Service) => Code::UnknownService,
            _ => Code::UnknownWord,
        };
        let fault = Diagnostic::new(
            fault_code,
            code.value.place.clone(),
            format!("`{column}` has no value \"{written}\""),
        );
        let theirs = &code.key.value;
        if allowed.iter().any(|word| word.eq_ignore_ascii_case(theirs)) {
            let right = format!("{}: {}", room::quoted(written), room::quoted(theirs));
            let span = code.key.place.span.to(code.value.place.span);
            self.fault(
                fault
                    .label("the two are the wrong way round: the file's word, then the nation's")
                    .help(right.clone())
                    .typed_at(span, right),
            );
            return;
        }
        self.fault(fault.did_you_mean(
            written,
            allowed.iter().map(String::as_str),
            format!("its values are: {}", allowed.join(", ")),
        ));
    }
}

/// Whether a table's own name is nearly that of a national table that no card brings.
pub(super) fn is_misspelt(id: &str, tables: &[TableSpec]) -> bool {
    let national = || crate::national::COLUMNS.iter().map(|(id, _)| *id);
    let is_brought = |id: &str| tables.iter().any(|spec| spec.id == id);
    national().all(|known| known != id)
        && nearest(id, national()).is_some_and(|meant| !is_brought(meant))
}

/// The values that a row may have in a column, where they are few.
pub(super) fn values(kind: &data::Kind) -> Option<Vec<&str>> {
    match kind {
        data::Kind::National(ColumnKind::Service) => Some(Service::ALL.map(Service::id).to_vec()),
        data::Kind::National(ColumnKind::YesNo) => Some(vec!["yes", "no"]),
        data::Kind::Answers { scored, .. } => Some(scored.iter().map(String::as_str).collect()),
        data::Kind::OneOf(known) => Some(known.iter().map(String::as_str).collect()),
        _ => None,
    }
}

/// The values that a column may be mapped to: those, and the words for none.
fn allowed(kind: &data::Kind) -> Option<Vec<String>> {
    let mut words = values(kind)?;
    match kind {
        data::Kind::National(ColumnKind::YesNo) => words.extend(["not due", "not applicable"]),
        data::Kind::Answers { unscored, .. } => words.extend(unscored.iter().map(String::as_str)),
        _ => {}
    }
    Some(words.into_iter().map(str::to_owned).collect())
}

/// The columns of a file of totals, which its card may map.
fn of_totals() -> [ColumnSpec; 3] {
    let column = |name: &str, kind| ColumnSpec {
        name: name.to_owned(),
        from: From::SameName,
        kind,
        wording: None,
        codes: Vec::new(),
        place: None,
    };
    [
        column("question", data::Kind::National(ColumnKind::Words)),
        column("answer", data::Kind::National(ColumnKind::Words)),
        column("count", data::Kind::National(ColumnKind::Number)),
    ]
}

fn policy(table: &str) -> Policy {
    match table {
        "survey" => Policy::Sheets,
        "workforce" => Policy::AllRows,
        _ => Policy::MostRows,
    }
}

/// The nation's columns of a table; on `survey` the questions, national and local, too.
fn known_columns(table: &str, items: &[Item]) -> Vec<ColumnSpec> {
    let plain = |name: &str, kind: data::Kind| ColumnSpec {
        name: name.to_owned(),
        from: From::SameName,
        kind,
        wording: None,
        codes: Vec::new(),
        place: None,
    };
    let mut columns: Vec<ColumnSpec> = COLUMNS
        .iter()
        .filter(|(name, _)| *name == table)
        .flat_map(|(_, columns)| columns.iter())
        .map(|(name, kind)| plain(name, data::Kind::National(*kind)))
        .collect();
    if table == "survey" {
        for column in &mut columns {
            let asked = ASKED.iter().find(|(name, _)| *name == column.name);
            column.wording = asked.map(|(_, wording)| (*wording).to_owned());
        }
        for item in items {
            if let Kind::Question(question) = &item.local.kind {
                let mut column = plain(
                    &item.id,
                    data::Kind::Answers {
                        scored: question.answers.clone(),
                        unscored: question.unscored.clone(),
                    },
                );
                column.wording = Some(item.local.ask.clone());
                if let Some(header) = &question.header {
                    column.from = From::Header(header.clone());
                    column.place = question.header_place.clone();
                }
                columns.push(column);
            }
        }
        for (id, wording) in AWARENESS {
            let known = ["yes", "no", "not sure"].map(str::to_owned).to_vec();
            let mut column = plain(id, data::Kind::OneOf(known));
            column.wording = Some(wording.to_owned());
            columns.push(column);
        }
    }
    columns
}

/// The columns that formulas may name in a table, whether it is brought or not; `None` of a
/// table that nobody knows.
pub(super) fn columns_of<'s>(
    table: &str,
    tables: &'s [TableSpec],
    items: &[Item],
) -> Option<Cow<'s, [ColumnSpec]>> {
    if let Some(spec) = tables.iter().find(|spec| spec.id == table) {
        return Some(Cow::Borrowed(&spec.columns));
    }
    COLUMNS
        .iter()
        .any(|(name, _)| *name == table)
        .then(|| Cow::Owned(known_columns(table, items)))
}

/// The names of those columns.
pub(super) fn names_of(table: &str, tables: &[TableSpec], items: &[Item]) -> Option<Vec<String>> {
    let columns = columns_of(table, tables, items)?;
    Some(columns.iter().map(|column| column.name.clone()).collect())
}
