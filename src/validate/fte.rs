//! Hours or percentages in the place of full-time equivalents: the table of practitioners in,
//! the fault out.

use crate::check::HealthCheck;
use crate::data::{Column, Table};
use crate::diagnostic::{Code, Diagnostic};
use crate::missing::Amount;
use crate::national::MOST_FTE;

/// Practitioners with more full-time equivalents than anybody can work.
pub fn hours_for_fte(check: &HealthCheck, table: &Table) -> Option<Diagnostic> {
    let spec = check.tables().iter().find(|spec| spec.id == table.id)?;
    let Some(Column::Number(numbers)) = table.columns.get("fte").filter(|_| spec.id == "workers")
    else {
        return None;
    };
    let beyond = |number: &Amount| number.is_ok_and(|fte| fte > MOST_FTE);
    let times = numbers.iter().filter(beyond).count();
    let own = spec.columns.iter().find(|column| column.name == "fte");
    let place = own.and_then(|column| column.place.clone());
    let rows = if times == 1 {
        "1 row".to_owned()
    } else {
        format!("{times} rows")
    };
    (times > 0).then(|| {
        Diagnostic::new(
            Code::NumberOutOfRange,
            place.unwrap_or_else(|| spec.file.place.clone()),
            format!("`fte` is over {MOST_FTE} in {rows}, and nobody works so much"),
        )
        .label("a full-time post is 1, half of one 0.5")
        .help("in the file, divide hours by the hours of a full-time post, and a percentage by 100")
    })
}
