//! `healthcheck verify`: what was verified, what could not be, and what differs.

use crate::Ending;
use crate::screen::{Screen, number, plain};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Destination, Host};
use healthcheck::verify::Verification;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Verifies the folders named, or the publications in them.
pub fn verify(host: &Host, named: &[PathBuf], screen: &Screen) -> Ending {
    let folders = match host.published(named) {
        Ok(folders) => folders,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    // So that no two states of a folder are seen, of which neither is at fault.
    let above = named.iter().map(|folder| match folders.contains(folder) {
        true => folder.join(".."),
        false => folder.clone(),
    });
    let above: BTreeSet<PathBuf> = above.filter_map(|path| path.canonicalize().ok()).collect();
    let quiet = above
        .into_iter()
        .map(|path| Destination::folder(path).quiet());
    let _quiet: Vec<_> = quiet.collect();
    let mut ending = Ending::Well;
    for folder in &folders {
        ending = ending.max(ended(folder, host.verify(folder).map(Some), screen));
    }
    // The page above the councils, where the folder of them all was named.
    for folder in named.iter().filter(|folder| !folders.contains(folder)) {
        ending = ending.max(ended(folder, host.verify_index(folder), screen));
    }
    ending
}

fn ended(
    folder: &Path,
    found: Result<Option<Verification>, Diagnostics>,
    screen: &Screen,
) -> Ending {
    match found {
        Ok(None) => Ending::Well,
        Ok(Some(found)) => {
            screen.data(&told(folder, &found));
            if found.holds() {
                Ending::Well
            } else {
                Ending::Faults
            }
        }
        Err(faults) => {
            screen.faults(&faults);
            Ending::of(&faults)
        }
    }
}

/// A line for the folder, then one for each thing.
fn told(folder: &Path, found: &Verification) -> String {
    let differences = found.differences.len();
    let verdict = match (differences, found.not_verified.is_empty()) {
        (0, true) => "verified".to_owned(),
        (0, false) => "verified as far as could be".to_owned(),
        _ => number(differences, "difference"),
    };
    let mut lines = vec![format!("{}: {verdict}", folder.display())];
    for sentence in &found.verified {
        lines.push(format!("  verified: {sentence}"));
    }
    for sentence in &found.not_verified {
        lines.push(format!("  not verified: {sentence}"));
    }
    for one in &found.differences {
        lines.push(format!(
            "  differs: {}, {}: published {}, recomputed {}",
            one.file, one.figure, one.published, one.recomputed
        ));
    }
    let lines: Vec<String> = lines.iter().map(|line| plain(line)).collect();
    lines.join("\n")
}
