//! Rows of a service that the council does not check: a file in, a warning with how many are left out of it out.

use super::super::faults::column_place;
use super::SERVICE;
use crate::check::HealthCheck;
use crate::data::{Dataset, Rows};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::Service;
use std::collections::BTreeMap;

pub(super) fn told(
    check: &HealthCheck,
    data: &Dataset,
    covered: &BTreeMap<String, Rows>,
) -> Vec<Diagnostic> {
    let services = &check.council().services;
    let mut others = Service::ALL.into_iter();
    let Some(other) = others.find(|service| !services.contains(service)) else {
        return Vec::new();
    };
    let left_out = data.tables.iter().filter_map(|(id, table)| {
        let (all, used) = (table.len, covered.get(id)?.len());
        let message = format!(
            "{} of {all} rows of `{id}` are of {}, which this council does not check",
            all.checked_sub(used).filter(|left| *left > 0)?,
            other.title().to_lowercase(),
        );
        Some(
            Diagnostic::new(
                Code::RowsOfAnotherService,
                column_place(check, id, SERVICE),
                message,
            )
            .label("they are left out of every figure")
            .help("if it does check them, say so: services: [\"children\", \"adults\"],"),
        )
    });
    left_out.collect()
}
