//! The few rows on which the examples of the reference are worked out, so that anybody can
//! follow them by hand. The program reads them as it reads a council's files.

use super::results::{Named, Results};
use crate::data::{self, ColumnSpec, Policy, Rows, TableSpec};
use crate::missing::Missing;
use crate::national::{ANSWERS, COLUMNS, UNSCORED_ANSWERS};
use crate::source::{Source, Spanned};
use std::sync::LazyLock;

/// Ten practitioners, two teams and ten answer sheets: table and CSV.
pub const SAMPLE: [(&str, &str); 3] = [
    (
        "workers",
        "team,agency,fte,cases,hours_contracted,hours_worked\n\
         Duty,no,1,20,37,41\n\
         Duty,no,1,18,37,37\n\
         Duty,no,0.5,12,18.5,19.5\n\
         Duty,yes,1,26,37,37\n\
         Duty,no,1,,37,38\n\
         Court,no,1,14,37,37\n\
         Court,no,0.8,16,30,33\n\
         Court,yes,1,22,37,39\n\
         Court,no,0.7,0,26,26\n\
         Court,no,1,12,37,36\n",
    ),
    (
        "workforce",
        "team,in_post_fte,vacancies_fte,agency_fte\n\
         Duty,5,1,1\n\
         Court,5,0,1\n",
    ),
    (
        "survey",
        "team,cover\n\
         Duty,agree\n\
         Duty,agree\n\
         Duty,strongly agree\n\
         Duty,neither\n\
         Duty,disagree\n\
         Court,agree\n\
         Court,agree\n\
         Court,strongly agree\n\
         Court,not applicable\n\
         Court,\n",
    ),
];

/// A table of the sample.
pub(in crate::script) fn rows(table: &str) -> Option<Rows> {
    static TABLES: LazyLock<Vec<Rows>> = LazyLock::new(|| SAMPLE.iter().map(read).collect());
    TABLES.iter().find(|rows| rows.table.id == table).cloned()
}

fn read((id, csv): &(&str, &str)) -> Rows {
    let name = format!("{id}.csv");
    let place = Source::unread(name.as_str()).whole();
    let known = COLUMNS.iter().filter(|(table, _)| table == id);
    let mut columns: Vec<ColumnSpec> = known
        .flat_map(|(_, columns)| columns.iter())
        .map(|(name, kind)| column(name, data::Kind::National(*kind)))
        .collect();
    if *id == "survey" {
        let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect();
        let kind = data::Kind::Answers {
            scored: labels(&ANSWERS),
            unscored: labels(&UNSCORED_ANSWERS),
        };
        columns.push(column("cover", kind));
    }
    let spec = TableSpec {
        id: (*id).to_owned(),
        file: Spanned {
            value: name.clone(),
            place: place.clone(),
        },
        columns,
        sheet: None,
        missing: Vec::new(),
        policy: match *id {
            "survey" => Policy::Sheets,
            "workforce" => Policy::AllRows,
            _ => Policy::MostRows,
        },
        place,
    };
    let reading = data::read(&spec, &name, csv.as_bytes());
    Rows::all(&reading.table)
}

fn column(name: &str, kind: data::Kind) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        from: data::From::SameName,
        wording: None,
        kind,
        codes: Vec::new(),
        place: None,
    }
}

/// The results of the sample: one item scored 80 with weight 3, one scored 40, and one that
/// is not rated.
pub(in crate::script) fn results() -> Results {
    let one = |id: &str, score, weight| Named {
        id: id.to_owned(),
        value: score,
        score,
        weight,
    };
    Results(
        [
            one("first", Ok(80.0), 3.0),
            one("second", Ok(40.0), 1.0),
            one("third", Err(Missing::NotAvailable), 1.0),
        ]
        .into(),
    )
}
