//! Columns that a table's card names and nothing reads: a slip in the name, most likely.

use super::{Desk, tables};
use crate::check::{Kind, Parts};
use crate::data::{ColumnSpec, From, TableSpec};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::script::{Value, room};
use crate::source::Place;
use std::collections::BTreeSet;

impl Desk<'_> {
    /// A column that the script maps and nothing reads.
    pub(super) fn unused_columns(&self, parts: &Parts) {
        let mut read: BTreeSet<(&str, &str)> = BTreeSet::new();
        for item in &parts.items {
            for definition in item.national.iter().chain([&item.local]) {
                if let Kind::Measure(measure) = &definition.kind {
                    for (table, column) in &measure.value.reads().columns {
                        read.insert((table, &column.value));
                    }
                }
            }
        }
        // Every table can be broken down by service.
        for spec in &parts.tables {
            read.insert((&spec.id, "service"));
        }
        for breakdown in &parts.breakdowns {
            for table in &breakdown.tables {
                read.insert((table, &breakdown.by));
            }
        }
        for spec in &parts.tables {
            for column in &spec.columns {
                let local = matches!(column.kind, crate::data::Kind::Local)
                    || matches!(column.from, From::Words(_) | From::Number(_))
                        && tables::names_of(&spec.id, &[], &[])
                            .is_some_and(|known| !known.contains(&column.name));
                if !local || read.contains(&(spec.id.as_str(), column.name.as_str())) {
                    continue;
                }
                if tables::is_misspelt(&spec.id, &parts.tables) {
                    continue;
                }
                if column.place.is_some() {
                    let known = tables::names_of(&spec.id, &[], &parts.items).unwrap_or_default();
                    self.unused_column(spec, column, &known);
                }
            }
        }
    }

    fn unused_column(&self, spec: &TableSpec, column: &ColumnSpec, known: &[String]) {
        let name = &column.name;
        let mut entries = self
            .cards("table")
            .filter(|card| card.id_text() == Some(&spec.id))
            .filter_map(|card| match &card.get("columns")?.value.value {
                Value::Map(entries) => entries.iter().find(|entry| entry.key.value == *name),
                _ => None,
            });
        let Some(entry) = entries.next() else {
            return;
        };
        let key = &entry.key.place;
        let fault = |place: Place| {
            let message = format!("nothing uses the column `{name}` of `{}`", spec.id);
            Diagnostic::new(Code::UnusedColumn, place, message)
        };
        let is_header = name.contains(|c: char| c.is_whitespace() || c.is_uppercase());
        if let Value::Text(ours) = &entry.value.value
            && is_header
            && known.contains(ours)
        {
            let right = tables::headers::entry(ours, name);
            let both = key.source.place(key.span.to(entry.value.place.span));
            let fault = fault(both).label(tables::headers::TURNED_ROUND);
            self.fault(fault.typed(right).offered());
            return;
        }
        let fault = fault(key.clone());
        let meant = nearest(name, known.iter().map(String::as_str));
        self.fault(match meant {
            Some(meant) => fault
                .label(format!("did you mean `{meant}`?"))
                .typed(room::key(meant))
                .offered(),
            None => fault.label("no item, formula or breakdown reads it"),
        });
    }
}
