//! Templates: a set of files in, the pages of an example out, or faults.

use super::told::painted;
use crate::report::alone;

/// What stands before the path of each file of a set.
const FILE: &str = "%%% ";

/// Any text is a set of templates: pages that run and load nothing, or faults with words.
pub(super) fn template(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut files: Vec<(String, String)> = Vec::new();
    if text.starts_with(FILE) {
        for file in text.split(FILE).skip(1) {
            let (path, text) = file.split_once('\n').unwrap_or((file, ""));
            files.push((path.to_owned(), text.to_owned()));
        }
    } else {
        files.push(("parts/page.html.j2".to_owned(), text.to_owned()));
        files.push(("pages/index.html.j2".to_owned(), alone::PAGE.to_owned()));
    }
    match alone::made(files) {
        Err(faults) => {
            assert!(faults.has_errors(), "refused without an error");
            painted(&faults);
        }
        Ok(pages) => {
            for page in pages {
                let unseen = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
                let unseen = page.chars().find(|c| unseen(*c));
                assert!(unseen.is_none(), "{unseen:?} is on a page");
            }
        }
    }
}
