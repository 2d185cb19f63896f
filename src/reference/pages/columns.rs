//! The page of the nation's tables and columns.

use super::{cell, origin};
use crate::national::{AWARENESS, ColumnKind};
use crate::reference::{Sort, columns, topics};

pub(super) fn page() -> String {
    let mut page = format!(
        "# Every column of every table\n\n\
         {} Headers of your own are mapped to these names in the card of the table:\n\
         `columns: #{{ cases: \"Open cases\" }}`. Bring the columns that you have.\n",
        origin()
    );
    for table in topics()
        .into_iter()
        .filter(|topic| topic.sort == Sort::Table)
    {
        page += &format!(
            "\n## `{}`\n\nA row is {}. {}\n\n",
            table.name, table.says, table.paragraphs[1]
        );
        page += "| column | holds | is |\n|---|---|---|\n";
        for column in columns().iter().filter(|column| column.table == table.name) {
            page += &format!(
                "| `{}` | {} | {} |\n",
                column.name,
                cell(column.says),
                kind(column.kind)
            );
        }
        if table.name == "survey" {
            for (name, ask) in AWARENESS {
                let asks = format!("asked and never scored: {ask}");
                page += &format!("| `{name}` | {} | yes, no or not sure |\n", cell(&asks));
            }
            page += "\nBeside these stands a column for each question, under the question's id: see [the items](items.md).\n";
        }
    }
    page
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "a number of 0 or more",
        ColumnKind::YesNo => "yes or no",
        ColumnKind::Service => "children or adults",
        ColumnKind::Words => "text",
    }
}
