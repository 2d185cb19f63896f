//! Who belongs together: the whole, each service, and the groups of each breakdown.

mod alike;
mod elsewhere;
mod named;
mod refused;

use super::faults::Faults;
use crate::assessment::Group;
use crate::check::{Breakdown, HealthCheck};
use crate::data::{Cell, Codes, Column, Dataset, Policy, Rows, Table};
use crate::national::Service;
use crate::side_by_side::where_rows_are_many;
use crate::source::Spanned;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The group of rows whose classifier is blank.
const NOT_STATED: &str = "not stated";

/// The column that names a row's service.
const SERVICE: &str = "service";

/// A group and its rows of each table that it covers.
pub(super) struct Selection {
    pub(super) group: Group,
    tables: BTreeMap<String, Rows>,
    /// Tables that were brought and whose rows do not say who belongs to this group.
    untold: Vec<String>,
}

impl Selection {
    /// The group's rows of a table; `None` if the table was not brought, or cannot be told
    /// apart by this group.
    pub(super) fn rows(&self, table: &str) -> Option<&Rows> {
        self.tables.get(table)
    }

    /// The same for a formula, to which a table that is not there is an empty one. One that
    /// was brought and cannot be told apart has no rows here, and was brought all the same:
    /// a formula does not turn to another table for this group alone.
    pub(super) fn rows_for_formula(&self, table: &str) -> Rows {
        self.rows(table).cloned().unwrap_or_else(|| {
            Rows::all(&Arc::new(Table {
                brought: self.is_untold(table),
                ..Table::not_brought(table, policy(table))
            }))
        })
    }

    /// Whether a table was brought and its rows do not say who belongs to this group.
    pub(super) fn is_untold(&self, table: &str) -> bool {
        self.untold.iter().any(|untold| untold == table)
    }

    /// Several groups of one breakdown as one.
    pub(super) fn together(group: Group, parts: &[&Selection]) -> Self {
        let mut tables: BTreeMap<String, Rows> = BTreeMap::new();
        for (id, rows) in parts.iter().flat_map(|part| &part.tables) {
            let mut all: Vec<u32> = rows.rows.to_vec();
            if let Some(before) = tables.get(id) {
                all.extend(before.rows.iter());
                all.sort_unstable();
                all.dedup();
            }
            let rows = Rows {
                table: rows.table.clone(),
                rows: all.into(),
            };
            tables.insert(id.clone(), rows);
        }
        Self {
            group,
            tables,
            untold: parts
                .first()
                .map_or_else(Vec::new, |part| part.untold.clone()),
        }
    }

    /// The tables whose rows can be told apart by this group, with its rows of each.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&str, &Rows)> {
        self.tables.iter().map(|(id, rows)| (id.as_str(), rows))
    }

    /// The rows of the table that has most of them.
    pub(super) fn most_rows(&self) -> usize {
        self.tables.values().map(Rows::len).max().unwrap_or(0)
    }

    /// Whether it is the whole.
    pub(super) fn is_whole(&self) -> bool {
        self.group.breakdown == "whole"
    }

    /// Whether it is scored: the whole, or a service.
    pub(super) fn is_scope(&self) -> bool {
        self.is_whole() || self.group.service.is_some()
    }
}

fn policy(table: &str) -> Policy {
    match table {
        "survey" => Policy::Sheets,
        "workforce" => Policy::AllRows,
        _ => Policy::MostRows,
    }
}

/// Groups of all breakdowns together, from which on nothing is worked out by group.
pub(crate) const MOST_GROUPS: usize = 500;

/// The whole first, then each service if the council runs both, then each breakdown's
/// groups in its order. A breakdown with too many has none, and a fault.
pub(super) fn selections(
    check: &HealthCheck,
    data: &Dataset,
    faults: &mut Faults,
) -> Vec<Selection> {
    let tables = covered(check, data);
    elsewhere::told(check, data, &tables)
        .into_iter()
        .for_each(|fault| faults.push_each(fault));
    let mut selections = vec![Selection {
        group: Group {
            breakdown: "whole".into(),
            name: "whole".into(),
            service: None,
            rolls: Vec::new(),
        },
        tables: tables.clone(),
        untold: Vec::new(),
    }];
    if check.council().services.len() > 1 {
        for service in &check.council().services {
            selections.push(of_service(*service, &tables));
        }
    }
    let mut room = MOST_GROUPS;
    for breakdown in check.breakdowns() {
        if breakdown.id == SERVICE {
            continue;
        }
        let said = said_by(breakdown, &tables);
        let groups = groups_of(breakdown, &said);
        if let Some(fault) = refused::refused(check, breakdown, &said, (groups.len(), room)) {
            faults.push_each(fault);
            continue;
        }
        (alike::alike(check, breakdown, &said).into_iter())
            .chain(named::named(breakdown, &said))
            .for_each(|fault| faults.push_each(fault));
        room -= groups.len();
        selections.extend(of_groups(breakdown, &tables, &said, groups));
    }
    selections
}

/// The rows of each table that the check covers: all but those of a service that is not the
/// council's to check.
fn covered(check: &HealthCheck, data: &Dataset) -> BTreeMap<String, Rows> {
    let services = &check.council().services;
    let all = services.len() == Service::ALL.len();
    let rows = |table: &Arc<Table>| match Rows::all(table) {
        rows if all => rows,
        rows => {
            let of_rows = ServiceOfRow::of(table);
            rows.keep(|row| of_rows.get(row).is_none_or(|of| services.contains(&of)))
        }
    };
    data.tables
        .iter()
        .map(|(id, table)| (id.clone(), rows(table)))
        .collect()
}

fn of_service(service: Service, tables: &BTreeMap<String, Rows>) -> Selection {
    let (told, untold): (Vec<_>, Vec<_>) = tables
        .iter()
        .partition(|(_, rows)| rows.table.column(SERVICE).is_some());
    let most = told.iter().map(|(_, rows)| rows.len()).max().unwrap_or(0);
    let of_service =
        |(id, rows): &(&String, &Rows)| ((*id).clone(), rows.whose(SERVICE, service.id()));
    Selection {
        group: Group {
            breakdown: SERVICE.into(),
            name: service.id().into(),
            service: Some(service),
            rolls: Vec::new(),
        },
        tables: where_rows_are_many(most, &told, of_service)
            .into_iter()
            .collect(),
        untold: untold.into_iter().map(|(id, _)| id.clone()).collect(),
    }
}

/// The service that each row of a table names.
pub(super) struct ServiceOfRow<'t> {
    rows: Option<&'t Codes>,
    services: Vec<Option<Service>>,
}

impl<'t> ServiceOfRow<'t> {
    pub(super) fn of(table: &'t Table) -> Self {
        match table.column(SERVICE) {
            Some(Column::Words { words, rows }) => Self {
                rows: Some(rows),
                services: words.iter().map(|word| Service::find(word)).collect(),
            },
            _ => Self {
                rows: None,
                services: Vec::new(),
            },
        }
    }

    /// `None` where a row names none.
    pub(super) fn get(&self, row: usize) -> Option<Service> {
        let word = self.rows?.get(row).ok()?;
        self.services[word as usize]
    }
}

/// What rows say in the column that tells them apart, and which rows say it.
type Said = BTreeMap<Option<String>, Arc<[u32]>>;

/// Each row of a table under what it says in a column; those with nothing there under `None`.
fn said(rows: &Rows, column: &Column) -> Said {
    let Column::Words { words, rows: codes } = column else {
        let mut said: BTreeMap<Option<String>, Vec<u32>> = BTreeMap::new();
        for row in rows.rows.iter() {
            let value = match column.cell(*row as usize) {
                Cell::Words(words) => Some(words.to_string()),
                Cell::Number(number) => Some(number.to_string()),
                Cell::Missing(_) => None,
            };
            said.entry(value).or_default().push(*row);
        }
        return said
            .into_iter()
            .map(|(value, rows)| (value, rows.into()))
            .collect();
    };
    // Counted first: lists that grow would be held twice, and there may be many millions of rows.
    let mut counts = vec![0; words.len()];
    for row in rows.rows.iter() {
        if let Ok(word) = codes.get(*row as usize) {
            counts[word as usize] += 1;
        }
    }
    let mut by_word: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
    let mut nothing = Vec::new();
    for row in rows.rows.iter() {
        match codes.get(*row as usize) {
            Ok(word) => by_word[word as usize].push(*row),
            Err(_) => nothing.push(*row),
        }
    }
    let words = words.iter().map(|word| Some(word.to_string()));
    let said = words.zip(by_word).chain([(None, nothing)]);
    said.filter(|(_, rows)| !rows.is_empty())
        .map(|(value, rows)| (value, rows.into()))
        .collect()
}

/// Table → what its rows say → those rows: each table is gone over once, however many groups
/// there are.
fn said_by<'t>(breakdown: &Breakdown, tables: &'t BTreeMap<String, Rows>) -> Vec<(&'t Rows, Said)> {
    let tables = breakdown.tables.iter().filter_map(|id| tables.get(id));
    let told = tables.filter_map(|rows| Some((rows, rows.table.column(&breakdown.by)?)));
    let told: Vec<(&Rows, &Column)> = told.collect();
    let most = told.iter().map(|(rows, _)| rows.len()).max().unwrap_or(0);
    where_rows_are_many(most, &told, |(rows, column)| (*rows, said(rows, column)))
}

/// A group's name, and what its rows say.
type Named = (String, Vec<Option<String>>);

/// The groups of a breakdown; none if no table tells them apart.
fn groups_of(breakdown: &Breakdown, said: &[(&Rows, Said)]) -> Vec<Named> {
    if said.is_empty() {
        return Vec::new();
    }
    let present: BTreeSet<&Option<String>> =
        said.iter().flat_map(|(_, said)| said.keys()).collect();
    // Rows that say "not stated" in so many words belong with those that say nothing.
    let not_stated = |value: &Option<String>| value.as_deref().is_none_or(|v| v == NOT_STATED);
    let mut groups: Vec<Named> = if breakdown.groups.is_empty() {
        present
            .iter()
            .filter(|value| !not_stated(value))
            .map(|value| ((*value).clone().unwrap_or_default(), vec![(*value).clone()]))
            .collect()
    } else {
        let owned = |(name, values): &(String, Vec<Spanned<String>>)| {
            let values = values.iter().map(|value| Some(value.value.clone()));
            (name.clone(), values.collect())
        };
        breakdown.groups.iter().map(owned).collect()
    };
    let unstated: Vec<Option<String>> = present
        .into_iter()
        .filter(|value| not_stated(value))
        // What a group of the script's own names is in that one.
        .filter(|value| groups.iter().all(|(_, values)| !values.contains(value)))
        .cloned()
        .collect();
    if !unstated.is_empty() {
        groups.push((NOT_STATED.into(), unstated));
    }
    groups
}

fn of_groups(
    breakdown: &Breakdown,
    tables: &BTreeMap<String, Rows>,
    said: &[(&Rows, Said)],
    groups: Vec<Named>,
) -> Vec<Selection> {
    let told: Vec<&str> = said.iter().map(|(rows, _)| &*rows.table.id).collect();
    let untold: Vec<String> = (tables.keys().filter(|id| !told.contains(&id.as_str())))
        .cloned()
        .collect();
    let selection = |(name, values): Named| Selection {
        untold: untold.clone(),
        tables: said
            .iter()
            .map(|(rows, said)| {
                let mut own = values.iter().filter_map(|value| said.get(value));
                let rows = Rows {
                    table: rows.table.clone(),
                    rows: match (own.next(), own.next()) {
                        (None, _) => Arc::default(),
                        (Some(one), None) => one.clone(),
                        (Some(one), Some(other)) => {
                            let parts = [one, other].into_iter().chain(own);
                            let mut all: Vec<u32> =
                                parts.flat_map(|rows| rows.iter().copied()).collect();
                            all.sort_unstable();
                            all.dedup();
                            all.into()
                        }
                    },
                };
                (rows.table.id.clone(), rows)
            })
            .collect(),
        group: Group {
            breakdown: breakdown.id.clone(),
            name,
            service: None,
            rolls: Vec::new(),
        },
    };
    groups.into_iter().map(selection).collect()
}
