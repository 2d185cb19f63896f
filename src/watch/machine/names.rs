//! Names that editors, spreadsheets and file-sharing programs give to files that they hold
//! for a moment: a path in, whether it is one of those out.

use std::path::Path;

/// How such names end, in small letters.
const ENDS: [&str; 12] = [
    "~",
    ".tmp",
    ".temp",
    ".swp",
    ".swx",
    ".swo",
    ".bak",
    ".part",
    ".partial",
    ".crdownload",
    ".kate-swp",
    "___jb_tmp___",
];

/// Whether a file of this name is held only for a moment.
pub(super) fn is_temporary(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return false;
    };
    let lower = name.to_lowercase();
    name.starts_with(['.', '~', '#'])
        // Vim tries with it whether it can write in a folder.
        || name == "4913"
        || lower.ends_with("___jb_old___")
        || ENDS.iter().any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_hold_for_a_moment_is_told_from_what_councils_save() {
        for name in [
            ".check.rhai.swp",
            "check.rhai~",
            "4913",
            "~$survey.xlsx",
            ".~lock.survey.csv#",
            "#check.rhai#",
            "survey.csv.TMP",
            "check.rhai___jb_tmp___",
            "survey.csv.part",
        ] {
            assert!(is_temporary(&Path::new("scripts/x").join(name)), "{name}");
        }
        for name in [
            "check.rhai",
            "survey.csv",
            "4913.csv",
            "style.css",
            "a.tmp.csv",
        ] {
            assert!(!is_temporary(&Path::new("scripts/.x").join(name)), "{name}");
        }
    }
}
