//! A Rust function for scripts: written, documented, added under a name, and used by a
//! council's formula from the script to the published figure.
//!
//! `cargo run --example pay_library`

use healthcheck::rhai::plugin::*;
use healthcheck::{Destination, Earlier, Host, Library};
use std::error::Error;
use std::fs;

/// What scripts call as `pay::…`. `root` is where the code written for it finds rhai.
#[export_module(root = "::healthcheck::rhai")]
mod pay {
    /// Hours over contract, in pounds a year, at the middle of the pay scale.
    ///
    /// Of a missing number there is none, and the finding is not rated.
    ///
    /// - `hours_a_week`: hours, such as the mean over a table
    ///
    /// ```rhai
    /// pay::unpaid_a_year(workers.mean(|w| max(0.0, w.hours_worked - w.hours_contracted))) // 1040.6
    /// ```
    pub fn unpaid_a_year(hours_a_week: f64) -> f64 {
        const POUNDS_AN_HOUR: f64 = 21.5;
        const WEEKS_WORKED: f64 = 44.0;
        hours_a_week * POUNDS_AN_HOUR * WEEKS_WORKED
    }
}

const SCRIPT: &str = r#"
council("Westmarch Council", #{
    code:     "made-up",
    as_of:    "2026-09-30",
    services: ["children"],
});

table("workers", #{ file: "data/workers.csv" });

measure("unpaid-hours", #{
    standard: "caseload",
    ask:      "Unpaid hours a practitioner, in pounds a year",
    unit:     "pounds",
    value:    |workers| {
        let over = workers.mean(|w| max(0.0, w.hours_worked - w.hours_contracted));
        pay::unpaid_a_year(over)
    },
    best:     0,
    worst:    8000,
});
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let council = folder.path().join("scripts/westmarch");
    fs::create_dir_all(council.join("data"))?;
    fs::write(council.join("check.rhai"), SCRIPT)?;
    // Twelve practitioners, each two hours a week over a contract of 37.
    let rows = "children,37,39\n".repeat(12);
    fs::write(
        council.join("data/workers.csv"),
        format!("service,hours_contracted,hours_worked\n{rows}"),
    )?;

    let host = Host::builder()
        .library("pay", Library::from(exported_module!(pay)))
        .build();
    // The function is documented, and the example in its comment gives what it says.
    host.try_libraries()?;
    let check = host.load(&council)?;
    let data = host.read(&check)?;
    let found = host.assess(&check, &data, &Earlier::none())?;
    let page = host.publish(
        &found,
        &Destination::folder(folder.path().join("published")),
    )?;

    let item = found
        .items
        .iter()
        .find(|item| item.id == "unpaid-hours")
        .ok_or("the item is published")?;
    let figure = &item.findings[0].local.value;
    assert_eq!(figure.value, Some(1892.0), "2 × 21.5 × 44");
    let standard = page.with_file_name("standard-caseload.html");
    assert!(fs::read_to_string(standard)?.contains("pay::unpaid_a_year(over)"));
    println!("Unpaid hours: {} pounds a year.", figure.text);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_runs_from_script_to_page() {
        super::main().unwrap();
    }
}
