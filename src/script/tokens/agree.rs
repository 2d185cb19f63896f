//! Our scanner against rhai's own: where each token begins, in every script that ships and
//! in every one of the bad corpus that rhai can read to its end.

use super::{Kind, scan};
use crate::script::sandbox::{Limits, engine};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// Every script under a folder.
pub(in crate::script) fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder ships") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rhai") {
            found.push(path);
        }
    }
}

/// Where rhai's tokens begin; `None` if it cannot read the script to its end.
#[allow(deprecated, reason = "rhai marks its volatile interfaces so")]
fn rhais(source: &Source) -> Option<Vec<usize>> {
    let engine = engine(&Limits::standard());
    let text = [source.text()];
    let (tokens, _) = engine.lex(&text);
    let mut starts = Vec::new();
    for (token, position) in tokens {
        match token {
            rhai::Token::LexError(_) => return None,
            rhai::Token::EOF => break,
            rhai::Token::Comment(_) => {}
            _ => starts.push(source.offset(
                position.line().expect("a token has a place"),
                position.position().unwrap_or(1),
            )),
        }
    }
    Some(starts)
}

#[test]
fn every_token_begins_where_rhai_says_so() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["scripts", "tests/corpus", "tests/golden"] {
        scripts(&root.join(folder), &mut paths);
    }
    let mut compared = 0;
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a script is text");
        let source = Source::new(path.display().to_string(), &text);
        let Some(theirs) = rhais(&source) else {
            continue;
        };
        // rhai hands text with `${…}` over in pieces, and leaves notes out.
        let ours: Vec<_> = scan(source.text())
            .into_iter()
            .filter(|token| !matches!(token.kind, Kind::DocComment | Kind::OpenComment))
            .collect();
        // A stray character, `#` say, ends what rhai can read.
        if ours.iter().any(|token| token.kind == Kind::Stray) {
            continue;
        }
        let pieces = |start: &usize| {
            ours.iter().any(|token| {
                token.text.starts_with('`') && token.span.start < *start && *start < token.span.end
            })
        };
        let theirs: Vec<usize> = theirs.into_iter().filter(|start| !pieces(start)).collect();
        // To rhai `()` is one token, and so is `-5` where no value stands before it.
        let joined = |at: usize| {
            let Some(before) = at.checked_sub(1).map(|before| ours[before]) else {
                return false;
            };
            let touching = before.span.end == ours[at].span.start;
            let nothing = before.text == "(" && ours[at].text == ")";
            let negative = matches!(before.text, "-" | "+")
                && ours[at].kind == Kind::Number
                && !theirs.contains(&ours[at].span.start);
            touching && (nothing || negative)
        };
        let ours: Vec<usize> = (0..ours.len())
            .filter(|at| !joined(*at))
            .map(|at| ours[at].span.start)
            .collect();
        let differ = ours.iter().zip(&theirs).find(|(a, b)| a != b);
        assert!(
            ours == theirs,
            "{}: {} tokens of ours, {} of rhai's; the first that differ: {:?}",
            path.display(),
            ours.len(),
            theirs.len(),
            differ.map(|(a, b)| (source.line_and_column(*a), source.line_and_column(*b))),
        );
        compared += 1;
    }
    assert!(compared > 40, "only {compared} scripts were compared");
}
