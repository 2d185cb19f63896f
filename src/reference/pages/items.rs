//! The page of the national items.

use super::{cell, origin};
use crate::check::Kind;
use crate::national::StandardId;
use crate::reference::items;

pub(super) fn page() -> String {
    let mut page = format!(
        "# The 39 national items\n\n\
         {} The wording is this project's own. `healthcheck explain caseload-per-fte` says\n\
         what one means. The cards themselves, with each formula and its source, are in `scripts/national/`.\n",
        origin()
    );
    for standard in StandardId::ALL {
        page += &format!("\n## {}: `{}`\n\n", standard.title(), standard.id());
        page += "| id | kind | asks | unit | best → worst |\n|---|---|---|---|---|\n";
        for item in items().iter().filter(|item| item.standard == standard.id()) {
            let (unit, anchors) = match &item.local.kind {
                Kind::Measure(measure) => (
                    measure.unit.clone(),
                    format!("{} → {}", measure.best, measure.worst),
                ),
                _ => (String::new(), String::new()),
            };
            page += &format!(
                "| `{}` | {} | {} | {} | {} |\n",
                item.id,
                item.local.kind.word(),
                cell(&item.local.ask),
                cell(&unit),
                anchors
            );
        }
    }
    page
}
