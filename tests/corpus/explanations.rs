//! The corpus as a whole: nothing left out, nothing unexplained, nobody else's words.

use super::cases::{CORPUS, code_of, listed, name};
use healthcheck::diagnostic::Code;
use std::fs;
use std::path::{Path, PathBuf};

/// Words of the script engine and of the template engine that a person never sees.
const NOT_OURS: [&str; 13] = [
    "Expecting",
    "Function not found",
    "Unexpected",
    "Undefined variable",
    "Undefined ",
    "yntax error",
    "Variable not found",
    "Property not found",
    "Data type",
    "anon$",
    "minijinja",
    "undefined value",
    "invalid operation",
];

/// Every picture of the corpus.
fn pictures() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(CORPUS)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if name(&path).ends_with("expected") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn every_code_has_a_case_in_the_corpus() {
    let cases: Vec<Code> = ["scripts/bad", "data", "templates", "other"]
        .iter()
        .flat_map(|part| listed(part))
        .filter(|path| name(path) != "shared")
        .map(|path| code_of(&path))
        .collect();
    let without: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !cases.contains(code))
        .map(|code| code.name())
        .collect();
    assert!(
        without.is_empty(),
        "these codes have no case under {CORPUS}: {}",
        without.join(", ")
    );
}

#[test]
fn every_picture_belongs_to_a_case() {
    for path in pictures() {
        let beside = path.with_extension("rhai");
        let of_folder = name(&path) == "told.expected";
        let of_test = path.parent() == Some(Path::new(CORPUS).join("other").as_path());
        assert!(
            of_folder || of_test || beside.exists(),
            "{} has no case any more",
            path.display()
        );
    }
}

#[test]
fn every_code_is_explained_in_sentences() {
    for code in Code::ALL {
        let explanation = code.explanation();
        let name = code.name();
        let parts = [explanation.means, explanation.why, explanation.mend];
        for part in parts {
            assert!(!part.contains("TODO"), "{name}: {part}");
            assert!(!part.contains("  "), "two spaces in {name}: {part}");
            assert!(part.matches('`').count() % 2 == 0, "{name}: {part}");
        }
        for part in [explanation.why, explanation.mend] {
            assert!(
                part.starts_with(char::is_uppercase),
                "{name}: begins small: {part}"
            );
            assert!(part.ends_with('.'), "{name}: no full stop: {part}");
            assert!(part.contains(' '), "{name}: {part}");
        }
        assert!(
            !explanation.means.ends_with('.'),
            "{name}: {}",
            explanation.means
        );
    }
}

#[test]
fn no_picture_shows_anybody_elses_words() {
    for path in pictures() {
        let picture = fs::read_to_string(&path).unwrap();
        for words in NOT_OURS {
            assert!(
                !picture.contains(words),
                "{} shows `{words}`\n{picture}",
                path.display()
            );
        }
        // Scripts are named by their ending, and nothing else is.
        let without_names = picture.replace(".rhai", "");
        assert!(
            !without_names.contains("rhai"),
            "{}\n{picture}",
            path.display()
        );
    }
}

#[test]
fn every_picture_shows_a_place() {
    for path in pictures() {
        let picture = fs::read_to_string(&path).unwrap();
        for block in picture.split("\n\n").filter(|block| !block.is_empty()) {
            let first = block.lines().next().unwrap();
            // A file or folder with nothing in it to show is named by its path.
            let named = first.contains('/');
            assert!(
                block.contains("┌─ ") || named,
                "{}\n{block}",
                path.display()
            );
            assert!(!first.ends_with('.'), "{}\n{block}", path.display());
        }
    }
}
