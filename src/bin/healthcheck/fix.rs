//! `healthcheck check --fix`: what has one right text is typed, and shown.

use crate::args::FaultFormat;
use crate::screen::{Colour, Screen, number, plain};
use crate::{Ending, faults};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Host, Mend};
use std::path::Path;

/// Mends the scripts and tests of the councils named, or all with the shared libraries and the
/// templates, before they are checked; well, unless one could not be read or written.
pub fn fix(host: &Host, named: &[String], format: FaultFormat, screen: &Screen) -> Ending {
    // A council that is not there is told by the check that follows.
    let Ok(councils) = host.councils(named) else {
        return Ending::Well;
    };
    let mut refused = Diagnostics::new();
    let (mut changes, mut files) = (0, 0);
    for path in &host.mendable(&councils, named.is_empty()) {
        match mended(host, path) {
            Ok(Some(mend)) => {
                files += 1;
                changes += mend.changes.len();
                faults::beside(&picture(&mend, screen), format, screen);
            }
            Ok(None) => {}
            Err(found) => refused.extend(found),
        }
    }
    // A script that cannot be read is told by the check that follows.
    let ending = Ending::of(&refused);
    if ending == Ending::NoAccess {
        screen.faults(&refused);
    }
    let sum = match changes {
        0 => "Nothing to mend that has one right text.".to_owned(),
        _ => format!(
            "{} in {} made.",
            number(changes, "change"),
            number(files, "file")
        ),
    };
    screen.message(&sum);
    ending
}

/// A file exchanged for its mended self; `None` if there was nothing to mend.
fn mended(host: &Host, path: &Path) -> Result<Option<Mend>, Diagnostics> {
    let Some(mend) = host.mend(path)?.filter(|mend| !mend.changes.is_empty()) else {
        return Ok(None);
    };
    host.put_right(&mend)?;
    Ok(Some(mend))
}

/// Each change under its file and line, as a difference is shown.
fn picture(mend: &Mend, screen: &Screen) -> String {
    let path = plain(&mend.path.display().to_string());
    let mut text = String::new();
    for change in &mend.changes {
        let head = format!("{path}:{}", change.line);
        text += &format!("{}\n", screen.painted(Colour::Bold, &head));
        let lines = |sign: &str, colour: Colour, lines: &[String]| -> String {
            let line = |line: &String| {
                let line = format!("{sign} {}", plain(line));
                screen.painted(colour, line.trim_end()) + "\n"
            };
            lines.iter().map(line).collect()
        };
        text += &lines("-", Colour::Red, &change.old);
        text += &lines("+", Colour::Green, &change.new);
    }
    text
}

/// From an editor: a text on the one hand, the same mended on the other; what is left is
/// told to people.
pub fn from_stdin(host: &Host, path: &Path, format: FaultFormat, screen: &Screen) -> Ending {
    if format != FaultFormat::Human {
        screen.message(
            "error: with --fix the mended text goes to standard output, and no report can; leave --format out",
        );
        return Ending::Misuse;
    }
    let Some(text) = screen.handed_over() else {
        return Ending::NoAccess;
    };
    let Some(mend) = host.mend_text(path, &text) else {
        let path = plain(&path.display().to_string());
        screen.message(&format!(
            "error: `{path}` is neither a council's `check.rhai` or `tests.rhai`, nor a library in a folder `shared`, nor a template"
        ));
        return Ending::Misuse;
    };
    screen.data_as_it_is(&mend.after);
    let left = host.faults_in(path, &mend.after).unwrap_or_default();
    screen.faults(&left);
    Ending::of(&left)
}
