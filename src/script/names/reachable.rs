//! Everything that a script can reach, by name and number of values, pinned: a new release
//! of rhai, or a function of ours, that adds to it has to be seen.

use super::EVERYWHERE;
use std::path::Path;

#[test]
fn a_script_reaches_what_is_written_down_and_nothing_else() {
    let mut text = String::new();
    let all = EVERYWHERE.iter().flat_map(|(library, names)| {
        names
            .iter()
            .map(move |(name, values)| (library, name, values))
    });
    for (library, name, values) in all {
        let values: Vec<String> = values.iter().map(usize::to_string).collect();
        let library = if library.is_empty() {
            String::new()
        } else {
            format!("{library}::")
        };
        text += &format!("{library}{name} {}\n", values.join(" or "));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/reachable.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).expect("the golden folder can be written");
    }
    let pinned = std::fs::read_to_string(&path).unwrap_or_default();
    let new: Vec<&str> = text
        .lines()
        .filter(|line| !pinned.lines().any(|old| old == *line))
        .collect();
    let gone: Vec<&str> = pinned
        .lines()
        .filter(|line| !text.lines().any(|now| now == *line))
        .collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "scripts reach something else: BLESS=1 cargo test reaches, then read the difference\nnew: {new:?}\ngone: {gone:?}"
    );
    for never in [
        "sleep",
        "timestamp",
        "exit",
        "parse_json",
        "eval",
        "print",
        "debug",
    ] {
        assert!(!super::is_known(never), "a script can call `{never}`");
    }
}
