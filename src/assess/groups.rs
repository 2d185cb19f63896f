//! Who belongs together: the whole, each service, and the groups of each breakdown.

use crate::assessment::Group;
use crate::check::{Breakdown, HealthCheck};
use crate::data::{Cell, Dataset, Policy, Rows, Table};
use crate::national::Service;
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
}

impl Selection {
    /// The group's rows of a table; `None` if the table was not brought, or cannot be told
    /// apart by this group.
    pub(super) fn rows(&self, table: &str) -> Option<&Rows> {
        self.tables.get(table)
    }

    /// The same for a formula, to which a table that is not there is an empty one.
    pub(super) fn rows_for_formula(&self, table: &str) -> Rows {
        self.rows(table)
            .cloned()
            .unwrap_or_else(|| Rows::all(&Arc::new(Table::not_brought(table, policy(table)))))
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

/// The whole first, then each service if the council runs both, then each breakdown's
/// groups in its order.
pub(super) fn selections(check: &HealthCheck, data: &Dataset) -> Vec<Selection> {
    let whole = |(id, table): (&String, &Arc<Table>)| (id.clone(), Rows::all(table));
    let mut selections = vec![Selection {
        group: Group {
            breakdown: "whole".into(),
            name: "whole".into(),
            service: None,
        },
        tables: data.tables.iter().map(whole).collect(),
    }];
    if check.council().services.len() > 1 {
        for service in &check.council().services {
            selections.push(of_service(*service, data));
        }
    }
    for breakdown in check.breakdowns() {
        if breakdown.id != SERVICE {
            selections.extend(of_breakdown(breakdown, data));
        }
    }
    selections
}

fn of_service(service: Service, data: &Dataset) -> Selection {
    let tables = data
        .tables
        .iter()
        .filter(|(_, table)| table.column(SERVICE).is_some())
        .map(|(id, table)| (id.clone(), Rows::all(table).whose(SERVICE, service.id())))
        .collect();
    Selection {
        group: Group {
            breakdown: SERVICE.into(),
            name: service.id().into(),
            service: Some(service),
        },
        tables,
    }
}

fn of_breakdown(breakdown: &Breakdown, data: &Dataset) -> Vec<Selection> {
    let covered: Vec<&Arc<Table>> = breakdown
        .tables
        .iter()
        .filter_map(|id| data.tables.get(id))
        .filter(|table| table.column(&breakdown.by).is_some())
        .collect();
    if covered.is_empty() {
        return Vec::new();
    }
    let present: BTreeSet<Option<String>> = covered
        .iter()
        .flat_map(|table| (0..table.len).map(|row| classifier(table, &breakdown.by, row)))
        .collect();
    // Rows that say "not stated" in so many words belong with those that say nothing.
    let not_stated = |value: &Option<String>| value.as_deref().is_none_or(|v| v == NOT_STATED);
    let mut groups: Vec<(String, Vec<Option<String>>)> = if breakdown.groups.is_empty() {
        present
            .iter()
            .filter(|value| !not_stated(value))
            .map(|value| (value.clone().unwrap_or_default(), vec![value.clone()]))
            .collect()
    } else {
        let owned = |(name, values): &(String, Vec<String>)| {
            (name.clone(), values.iter().cloned().map(Some).collect())
        };
        breakdown.groups.iter().map(owned).collect()
    };
    let unstated: Vec<Option<String>> = present.iter().filter(|v| not_stated(v)).cloned().collect();
    if !unstated.is_empty() {
        groups.push((NOT_STATED.into(), unstated));
    }
    let selection = |(name, values): (String, Vec<Option<String>>)| Selection {
        tables: covered
            .iter()
            .map(|table| {
                let belongs = |row| values.contains(&classifier(table, &breakdown.by, row));
                (table.id.clone(), Rows::all(table).keep(belongs))
            })
            .collect(),
        group: Group {
            breakdown: breakdown.id.clone(),
            name,
            service: None,
        },
    };
    groups.into_iter().map(selection).collect()
}

/// What a row says in the column that tells rows apart; `None` if it is blank.
fn classifier(table: &Table, column: &str, row: usize) -> Option<String> {
    match table.cell(column, row) {
        Cell::Words(words) => Some(words.to_string()),
        Cell::Number(number) => Some(number.to_string()),
        Cell::Missing(_) => None,
    }
}
