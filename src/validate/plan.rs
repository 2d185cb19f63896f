//! Breakdowns and the improvement plan.

use super::read_card::Reader;
use super::{Desk, tables};
use crate::check::{Action, Breakdown, Item, Kind, Standard, groups_of_numbers};
use crate::data::{self, TableSpec};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::national::ColumnKind;
use crate::script::Value;
use crate::source::{Place, Spanned};
use std::collections::BTreeMap;

impl Desk<'_> {
    /// `team` first, where any table is brought, then the council's own.
    pub(super) fn breakdowns(&self, tables: &[TableSpec]) -> Vec<Breakdown> {
        let mut breakdowns = Vec::new();
        if !tables.is_empty() {
            breakdowns.push(Breakdown {
                id: "team".to_owned(),
                tables: tables.iter().map(|spec| spec.id.clone()).collect(),
                by: "team".to_owned(),
                groups: Vec::new(),
            });
        }
        for card in self.cards("breakdown") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            if matches!(id.value.as_str(), "whole" | "service" | "team") {
                self.fault(
                    Diagnostic::new(
                        Code::NameTaken,
                        id.place.clone(),
                        format!("the breakdown by `{}` exists already", id.value),
                    )
                    .label("choose another id"),
                );
                continue;
            }
            let mut named = Vec::new();
            for table in reader.texts("tables") {
                if tables.iter().any(|spec| spec.id == table.value) {
                    named.push(table.value);
                } else {
                    self.unknown_table(&table, tables);
                }
            }
            let Some(by) = reader.placed_text("by") else {
                continue;
            };
            let are_named = !reader.map("groups").is_empty();
            for table in &named {
                self.check_by(&by, table, tables, are_named);
            }
            let mut groups = Vec::new();
            for entry in reader.map("groups") {
                match &entry.value.value {
                    Value::List(list) => {
                        groups.push((entry.key.value.clone(), super::read_card::texts_of(list)))
                    }
                    _ => reader.wrong_kind(
                        &entry.value,
                        "a group",
                        "a list of texts, `[\"A1\", \"A2\"]`",
                    ),
                }
            }
            self.in_one_group_each(&groups);
            breakdowns.push(Breakdown {
                id: id.value,
                tables: named,
                by: by.value,
                groups,
            });
        }
        breakdowns
    }

    /// Whoever counts in two groups of a breakdown could be had from the difference of the two.
    fn in_one_group_each(&self, groups: &[(String, Vec<Spanned<String>>)]) {
        let mut of: BTreeMap<&str, (&str, &Place)> = BTreeMap::new();
        for (group, values) in groups {
            for value in values {
                let (first, place) = *of
                    .entry(value.value.as_str())
                    .or_insert((group.as_str(), &value.place));
                if first == group {
                    continue;
                }
                let message = format!(
                    "\"{}\" is in the group \"{first}\" already, and stands in \"{group}\" too",
                    value.value
                );
                self.fault(
                    Diagnostic::new(Code::ValueInTwoGroups, value.place.clone(), message)
                        .label("whoever says so would count in both")
                        .related(place.clone(), format!("in \"{first}\" here"))
                        .help("take it out of one of them, or give the other grouping a `breakdown` card of its own"),
                );
            }
        }
    }

    fn unknown_table(&self, table: &Spanned<String>, tables: &[TableSpec]) {
        // Told where its card misspells it.
        let card = nearest(&table.value, tables.iter().map(|spec| spec.id.as_str()));
        if card.is_some_and(|card| {
            tables::is_misspelt(card, tables)
                && crate::national::COLUMNS
                    .iter()
                    .any(|(id, _)| *id == table.value)
        }) {
            return;
        }
        let known: Vec<&str> = tables.iter().map(|spec| spec.id.as_str()).collect();
        let fault = Diagnostic::new(
            Code::UnknownTable,
            table.place.clone(),
            format!("no `table` card brings `{}`", table.value),
        );
        self.fault(fault.did_you_mean(
            &table.value,
            known.iter().copied(),
            format!("brought: {}", known.join(", ")),
        ));
    }

    fn check_by(&self, by: &Spanned<String>, table: &str, tables: &[TableSpec], are_named: bool) {
        let Some(known) = tables::names_of(table, tables, &[]) else {
            return;
        };
        let specs = tables.iter().filter(|spec| spec.id == table);
        let columns = || specs.clone().flat_map(|spec| &spec.columns);
        let under = columns().find(|column| column.header() == Some(by.value.as_str()));
        if let Some(column) = under.filter(|_| !known.contains(&by.value)) {
            self.fault(
                Diagnostic::new(
                    Code::UnknownColumn,
                    by.place.clone(),
                    format!(
                        "`{}` is a header of the file, and no column of `{table}`",
                        by.value
                    ),
                )
                .label(format!("its column is called `{}`", column.name))
                .typed(format!("\"{}\"", column.name)),
            );
        } else if !known.contains(&by.value) {
            let fault = Diagnostic::new(
                Code::UnknownColumn,
                by.place.clone(),
                format!("the table `{table}` has no column `{}`", by.value),
            );
            self.fault(fault.did_you_mean(
                &by.value,
                known.iter().map(String::as_str),
                format!("name it in the `columns` of `{table}`"),
            ));
        }
        let is_of_numbers = columns().any(|column| {
            column.name == by.value && column.kind == data::Kind::National(ColumnKind::Number)
        });
        if is_of_numbers && !are_named {
            self.fault(groups_of_numbers(table, &by.value, by.place.clone()));
        }
    }

    /// An action whose target is worse than where it begins.
    fn aims_at_better(&self, item: &Item, reader: &Reader<'_>) {
        let (Some(from), Some(to)) = (reader.number("baseline"), reader.number("target")) else {
            return;
        };
        let less_is_better =
            matches!(&item.local.kind, Kind::Measure(measure) if measure.best < measure.worst);
        let (is_worse, better) = match less_is_better {
            true => (to > from, "less"),
            false => (to < from, "more"),
        };
        if is_worse {
            let message = format!(
                "for `{}` {better} is better, and this goes from {from} to {to}",
                item.id
            );
            self.fault(
                Diagnostic::new(Code::TargetCrosses, reader.place("target"), message)
                    .label("worse than where the action begins"),
            );
        }
    }

    pub(super) fn actions(&self, standards: &[Standard], items: &[Item]) -> Vec<Action> {
        self.cards("action")
            .filter_map(|card| {
                let reader = self.read(card);
                let id = reader.id()?;
                let item = reader.placed_text("item");
                if let Some(item) = &item
                    && items.iter().all(|known| known.id != item.value)
                {
                    self.unknown_item(item, "item");
                }
                let standard = match (reader.placed_text("standard"), &item) {
                    (Some(standard), _) => {
                        if standards.iter().all(|known| known.id != standard.value) {
                            let known: Vec<&str> = standards
                                .iter()
                                .map(|standard| standard.id.as_str())
                                .collect();
                            self.unknown_standard(&standard, known);
                        }
                        standard.value
                    }
                    (None, Some(item)) => items
                        .iter()
                        .find(|known| known.id == item.value)
                        .map(|known| known.standard.clone())?,
                    // What is there and cannot be read is told where it stands.
                    (None, None) if reader.has("standard") || reader.has("item") => return None,
                    (None, None) => {
                        reader.missing_key("standard");
                        return None;
                    }
                };
                let measure = reader.placed_text("measure");
                if let Some(measure) = &measure {
                    self.check_measure(measure, items);
                }
                let aimed = items.iter().find(|item| {
                    let of = measure.as_ref().map(|measure| measure.value.as_str());
                    Some(item.id.as_str()) == of
                });
                if let Some(aimed) = aimed {
                    self.aims_at_better(aimed, &reader);
                }
                let (start, due) = (reader.date("start"), reader.date("due"));
                if let (Some(start), Some(due)) = (start, due)
                    && due < start
                {
                    self.fault(
                        Diagnostic::new(
                            Code::DateOutOfRange,
                            reader.place("due"),
                            "the action is due before it starts",
                        )
                        .label(format!("write a day after \"{start}\", when it starts")),
                    );
                }
                let status = reader
                    .text("status")
                    .unwrap_or_else(|| "planned".to_owned());
                if status == "dropped" && !reader.has("because") {
                    reader.missing_key("because");
                }
                Some(Action {
                    standard,
                    item: item.map(|item| item.value),
                    what: reader.text("what")?,
                    owner: reader.text("owner"),
                    start,
                    due,
                    measure: measure.map(|measure| measure.value),
                    baseline: reader.number("baseline"),
                    target: reader.number("target"),
                    status,
                    because: reader.text("because"),
                    agreed_with: reader
                        .texts("agreed_with")
                        .into_iter()
                        .map(|text| text.value)
                        .collect(),
                    place: id.place,
                    id: id.value,
                })
            })
            .collect()
    }

    /// An action is measured by an item with a figure: a measure or a question.
    fn check_measure(&self, measure: &Spanned<String>, items: &[Item]) {
        match items.iter().find(|item| item.id == measure.value) {
            None => self.unknown_item(measure, "item"),
            Some(item) if matches!(item.local.kind, Kind::Statement) => self.fault(
                Diagnostic::new(
                    Code::WrongKind,
                    measure.place.clone(),
                    "an action is measured by a measure or a question",
                )
                .label("this is a statement"),
            ),
            Some(_) => {}
        }
    }
}
