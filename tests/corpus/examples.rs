//! The example of each code: what is wrong stands in a case of the corpus, and with what is
//! right in its place the case is sound.

use super::cases::{
    CORPUS, code_of, listed, name, shared_libraries, told_of_council, told_of_script,
    told_of_template,
};
use super::made::MADE;
use healthcheck::Code;
use healthcheck::diagnostic::{CodeExample, Diagnostics};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Faults whose wrong words nobody could show: limits of length, depth, memory and number; what
/// only several publications together let out; a library in Rust, and a file that is none of ours.
/// Of these it is told how a terminal shows them.
const NOT_TO_BE_SHOWN: [&str; 10] = [
    "source-too-large",
    "too-deep",
    "too-much-memory",
    "too-many-functions",
    "too-many-groups",
    "publication-opens",
    "release-opens",
    "correction-withholds",
    "library-not-usable",
    "results-not-usable",
];

#[test]
fn what_is_shown_of_a_code_without_an_example_is_what_a_terminal_shows() {
    for code in Code::ALL {
        let known = NOT_TO_BE_SHOWN.contains(&code.name());
        assert_eq!(code.shown().is_some(), known, "{}", code.name());
        let Some(shown) = code.shown() else { continue };
        let name = code.name();
        let kept = [
            format!("other/{name}.expected"),
            format!("scripts/bad/{name}.expected"),
            format!("data/{name}/told.expected"),
        ];
        let kept = kept
            .iter()
            .find_map(|path| fs::read_to_string(Path::new(CORPUS).join(path)).ok());
        let kept = kept.unwrap_or_else(|| panic!("{name} has no picture"));
        let kept = kept.replace("PLACE/", "");
        let folder = format!("{CORPUS}/data/{name}");
        let kept = kept.replace(&folder, "scripts/northshire");
        // A long line is cut.
        for (line, whole) in shown.lines().zip(kept.lines()) {
            let cut = line.strip_suffix('…');
            let holds = cut.map_or(line == whole, |cut| whole.starts_with(cut));
            assert!(holds, "{name}: {line}\n{whole}");
        }
        let picture = kept.split("\n\n").next().unwrap_or_default();
        assert_eq!(shown.lines().count(), picture.lines().count(), "{name}");
    }
}

#[test]
fn every_code_has_an_example_unless_nobody_could_show_it() {
    let without: BTreeSet<&str> = Code::ALL
        .iter()
        .filter(|code| code.example().is_none())
        .map(|code| code.name())
        .collect();
    let known = BTreeSet::from_iter(NOT_TO_BE_SHOWN);
    assert_eq!(
        without, known,
        "write an example into src/diagnostic/examples.rs"
    );
}

#[test]
fn what_is_wrong_is_in_the_corpus_and_what_is_right_is_sound() {
    let shared = shared_libraries();
    let mut complaints = Vec::new();
    for code in Code::ALL {
        let Some(example) = code.example().filter(|_| !MADE.contains(code)) else {
            continue;
        };
        let told = scripts(*code, &example, &|text| {
            told_of_script("check.rhai", text, &shared)
        })
        .or_else(|| folders("data", *code, &example, &told_of_council))
        .or_else(|| folders("templates", *code, &example, &told_of_template));
        let complaint = match told {
            None => "no case of it holds what is wrong".to_owned(),
            Some(found) if found.has_errors() || found.iter().any(|fault| fault.code == *code) => {
                format!("what is right is not:\n{found}")
            }
            Some(_) => continue,
        };
        complaints.push(format!("{}: {complaint}", code.name()));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is told of a script of this code once it is put right.
fn scripts(
    code: Code,
    example: &CodeExample,
    told: &dyn Fn(&str) -> Diagnostics,
) -> Option<Diagnostics> {
    listed("scripts/bad")
        .iter()
        .filter(|path| name(path).ends_with(".rhai") && code_of(path) == code)
        .find_map(|path| put_right(&fs::read_to_string(path).unwrap(), example))
        .map(|text| told(&text))
}

/// What is told of a folder of this code once the file at fault is put right.
fn folders(
    part: &str,
    code: Code,
    example: &CodeExample,
    told: &dyn Fn(&Path) -> Diagnostics,
) -> Option<Diagnostics> {
    for case in listed(part).iter().filter(|path| code_of(path) == code) {
        let copy = tempfile::tempdir().unwrap();
        let mut put = false;
        copied(case, copy.path(), example, &mut put);
        if put {
            return Some(told(copy.path()));
        }
    }
    None
}

fn copied(from: &Path, to: &Path, example: &CodeExample, put: &mut bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(name(&path));
        if path.is_dir() {
            copied(&path, &target, example, put);
        } else if name(&path) != "told.expected" {
            let right = fs::read_to_string(&path)
                .ok()
                .and_then(|text| put_right(&text, example));
            *put |= right.is_some();
            match right {
                Some(right) => fs::write(target, right).unwrap(),
                None => drop(fs::copy(&path, target).unwrap()),
            }
        }
    }
}

fn put_right(text: &str, example: &CodeExample) -> Option<String> {
    (text.matches(example.wrong).count() == 1).then(|| text.replace(example.wrong, example.right))
}
