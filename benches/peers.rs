//! What the comparison with other tools needs in Rust: the councils it is made with, the same
//! figures worked out by hand (the limit) and with the plain `csv` crate, and one row condition
//! in four forms. `benches/compare.py` runs it; see docs/performance.md.
//!
//!     peers make FOLDER COUNCILS SHEETS    peers limit|csv FOLDER...    peers closure ROWS

#[path = "peers/closure.rs"]
mod closure;
#[path = "made/country.rs"]
mod country;
#[path = "peers/figures.rs"]
mod figures;
#[path = "peers/limit.rs"]
mod limit;

use std::env;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", folder, councils, sheets] => {
            let number = |text: &str| text.parse().expect("a number is wanted here");
            country::make(Path::new(folder), number(councils), number(sheets) as u32);
        }
        ["limit", folders @ ..] => println!("{}", limit::by_hand(folders)),
        ["csv", folders @ ..] => println!("{}", limit::with_the_crate(folders)),
        ["closure", rows] => closure::tell(rows.parse().expect("a number of rows")),
        // `cargo bench` runs every bench: this one has nothing to measure by itself.
        _ => println!("this is run by benches/compare.py"),
    }
}
