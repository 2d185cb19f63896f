//! What lies in a council's folder: the folder in, its data files out, and the one that was
//! meant where a card names none of them.

use super::files::{self, shown};
use crate::diagnostic::Diagnostic;
use std::path::Path;

/// Endings of pictures, which hold no figures.
const PICTURES: [&str; 6] = [".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"];

/// Adds the file that was meant, or those that there are of its kind.
pub(super) fn with_what_is_there(fault: Diagnostic, wanted: &str, root: &Path) -> Diagnostic {
    let is_picture = |name: &str| {
        let name = name.to_lowercase();
        PICTURES.iter().any(|end| name.ends_with(end))
    };
    let mut there = data_files(root);
    there.retain(|name| is_picture(name) == is_picture(wanted));
    let otherwise = if there.is_empty() {
        let kind = if is_picture(wanted) {
            "picture"
        } else {
            "data file"
        };
        format!("{} holds no {kind} yet", shown(root))
    } else {
        format!("files there: {}", there.join(", "))
    };
    // What another card of the same script names is that one's.
    let script = fault.place.source.text();
    let unread: Vec<&String> = there
        .iter()
        .filter(|name| !script.contains(&format!("\"{name}\"")))
        .collect();
    let meant = unread.iter().map(|name| name.as_str());
    let fault = fault.did_you_mean(wanted, meant, otherwise).offered();
    // It was renamed, or this is its new name.
    match unread[..] {
        [only] if fault.help.is_none() && !is_picture(wanted) => fault
            .note(format!(
                "no card reads `{only}`: if it is the one that is meant, name it here"
            ))
            .typed(format!(
                "\"{}\"",
                only.replace('\\', "\\\\").replace('"', "\\\"")
            ))
            .offered(),
        _ if fault.help.is_none() => {
            fault.note("put the file there; or, if you do not have it, delete this card")
        }
        _ => fault,
    }
}

/// Whether a file is hidden, or the mark that a spreadsheet leaves beside a workbook that is open.
fn is_no_ones(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// The data files of a council's folder and of the folders in it, for suggestions.
pub(super) fn data_files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for name in files::names_in(root) {
        if is_no_ones(&name) || name.ends_with(".rhai") {
            continue;
        }
        let path = root.join(&name);
        if path.is_dir() {
            found.extend(
                files::names_in(&path)
                    .into_iter()
                    .filter(|inner| !is_no_ones(inner) && path.join(inner).is_file())
                    .map(|inner| format!("{name}/{inner}")),
            );
        } else {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{Source, Span};

    #[test]
    fn a_file_that_another_card_reads_is_not_offered_for_one_that_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        std::fs::write(folder.path().join("data/workforce.csv"), "").unwrap();
        let told = |script: &str| {
            let source = Source::new("check.rhai", script);
            let name = "\"data/workers.csv\"";
            let at = script.find(name).unwrap();
            let place = source.place(Span::new(at, at + name.len()));
            let fault = Diagnostic::new(Code::FileNotFound, place, "there is no file");
            with_what_is_there(fault, "data/workers.csv", folder.path())
        };
        let missing = told("file: \"data/workers.csv\", file: \"data/workforce.csv\"");
        assert!(missing.replacement().is_none());
        assert!(missing.notes[0].contains("put the file there"));
        let renamed = told("file: \"data/workers.csv\"");
        let typed = renamed.replacement().map(|typed| typed.text.as_str());
        assert_eq!(typed, Some("\"data/workforce.csv\""));
    }
}
