//! The five official formulas give every published figure again: England and nine
//! councils, with the Department's own symbols. Published rates have one decimal and come
//! from unrounded counts, so they agree to ±0.1.
//!
//! Source of the figures: Department for Education, *Children's social work workforce*,
//! year to 30 September, council-level open data, Open Government Licence v3.0.

use healthcheck::check::Kind;
use healthcheck::data::{
    ColumnSpec, From, Kind as ColumnKind, Policy, Reading, Rows, TableSpec, read,
};
use healthcheck::missing::Missing;
use healthcheck::national::COLUMNS;
use healthcheck::script::Trouble;
use healthcheck::source::{Source, Spanned};
use healthcheck::validate::national;
use std::sync::Arc;

/// As published: year, council, then in post FTE, leavers FTE, turnover, agency FTE, agency
/// rate, vacancies FTE, vacancy rate, case holders FTE, cases, caseload, days lost, absence.
const PUBLISHED: &str = "\
2025,England,36186.3,4276.3,11.8,5415.9,13,5965.4,14.2,21105.4,321661,15.2,322786.3,3.5
2025,Halton,95,15,15.8,38.8,29,43,31.2,62.8,1061,16.9,967,4
2025,Rutland,21.9,5,22.8,2,8.4,2,8.4,15.4,181,11.7,38,0.7
2025,Birmingham,769.6,65.4,8.5,108.5,12.4,159,17.1,492.3,7484,15.2,7136,3.7
2025,Coventry,377.8,42.6,11.3,24.4,6.1,30,7.4,235.5,3014,12.8,4404.5,4.6
2025,Wolverhampton,226.4,24.4,10.8,25,9.9,44,16.3,110.3,1521,13.8,2457.2,4.3
2025,Essex,884.3,74.4,8.4,12,1.3,49,5.3,419.8,5696,13.6,6693.7,3
2025,Surrey,509.8,50.5,9.9,132.2,20.6,226,30.7,281.3,4249,15.1,1893,1.5
2025,Isles of Scilly,0,0,z,2,100,3,100,1,6,6,z,z
2025,City of London,11.8,0,0,1,7.8,0,0,6.8,76,11.2,44.6,1.5
2024,Birmingham,766.2,99.1,12.9,u,u,278,26.6,u,u,u,u,u";

/// Where each measure's published rate stands in a row.
const MEASURES: [(&str, usize); 5] = [
    ("turnover-rate", 4),
    ("agency-rate", 6),
    ("vacancy-rate", 8),
    ("caseload-per-fte", 11),
    ("sickness-absence", 13),
];

fn workforce(cells: &[&str]) -> Rows {
    let header = "in_post_fte,leavers_fte,agency_fte,vacancies_fte,case_holders_fte,allocated_cases,sickness_days_fte";
    let row: Vec<&str> = [2, 3, 5, 7, 9, 10, 12]
        .iter()
        .map(|at| cells[*at])
        .collect();
    let place = Source::new("check.rhai", "").whole();
    let spec = TableSpec {
        id: "workforce".to_owned(),
        sheet: None,
        file: Spanned {
            value: "workforce.csv".to_owned(),
            place: place.clone(),
        },
        columns: COLUMNS[1]
            .1
            .iter()
            .map(|(name, kind)| ColumnSpec {
                name: (*name).to_owned(),
                from: From::SameName,
                kind: ColumnKind::National(*kind),
                wording: None,
                codes: Vec::new(),
                place: None,
            })
            .collect(),
        missing: Vec::new(),
        policy: Policy::AllRows,
        place,
    };
    let Reading { table, faults, .. } = read(
        &spec,
        "workforce.csv",
        format!("{header}\n{}\n", row.join(",")).as_bytes(),
    );
    assert!(faults.is_empty(), "{faults}");
    Rows::all(&table)
}

#[test]
fn the_five_official_formulas_give_every_published_rate_and_symbol() {
    let mut checked = 0;
    for line in PUBLISHED.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let rows = workforce(&cells);
        for (id, at) in MEASURES {
            let item = national().iter().find(|item| item.id == id).unwrap();
            let Kind::Measure(measure) = &item.local.kind else {
                panic!("{id} is a measure");
            };
            let tables: Vec<Rows> = measure
                .value
                .parameters()
                .iter()
                .map(|table| match table.as_str() {
                    "workforce" => rows.clone(),
                    other => Rows::all(&Arc::new(healthcheck::data::Table::not_brought(
                        other,
                        Policy::MostRows,
                    ))),
                })
                .collect();
            let found = measure.value.value(&tables).value;
            let published = cells[at];
            match (Missing::from_symbol(published), found) {
                (Some(symbol), Err(Trouble::Missing(found))) => {
                    assert_eq!(found, symbol, "{line}: {id}");
                }
                (None, Ok(found)) => {
                    let published: f64 = published.parse().unwrap();
                    assert!(
                        (found - published).abs() <= 0.1 + 1e-9,
                        "{line}: {id} is {found}, published {published}"
                    );
                }
                (_, found) => panic!("{line}: {id} is {found:?}, published {published}"),
            }
            checked += 1;
        }
    }
    assert_eq!(checked, 55);
}
