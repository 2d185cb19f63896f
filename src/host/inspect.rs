//! All that can go wrong before anything is published: scripts, the data that are there, their
//! headers and their cells, formulas on those data, templates, and whether the national cards
//! on disk are those in the program. Figures are worked out and seen by nobody.

use super::beside::{DATA, beside, headers_of};
use super::files::{self, Files, shown};
use super::run::guarded;
use super::{CouncilFolder, Host};
use crate::assess;
use crate::check::{HealthCheck, Kind};
use crate::data::{Dataset, Table, TableSpec};
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics, nearest};
use crate::national;
use crate::report::{self, Templates};
use crate::script::{on_deep_stack, on_deep_thread};
use crate::side_by_side::{alone, side_by_side};
use crate::source::{Source, Span};
use crate::validate;
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// What `check` found of a council.
#[derive(Debug)]
#[non_exhaustive]
pub struct Inspection {
    /// Its folder's name.
    pub council: String,
    /// The check, if it is sound.
    pub check: Option<HealthCheck>,
    /// Every fault and warning of the script and of the data that are there.
    pub faults: Diagnostics,
    /// Tables whose file was read, of how many the script brings.
    pub tables: (usize, usize),
    /// The data files that are not there, as the reader should see them.
    pub absent: Vec<String>,
    /// Figures worked out, each of an item in a group; 0 where data are not there, or not sound.
    pub figures: usize,
    /// How files were taken where that is not plain: which sheet, which row for a header,
    /// which tool's export. One line a file.
    pub told: Vec<String>,
    /// A bug of ours that stopped it.
    pub bug: Option<String>,
}

impl Host {
    /// Checks councils, side by side, in order. Where all data are there and sound, every figure
    /// is worked out as a run works it out, so that a formula that fails is told here.
    pub fn inspect(&self, councils: &[CouncilFolder]) -> Vec<Inspection> {
        let inspected = |council: &CouncilFolder| {
            let mut found = Inspection {
                council: council.id.clone(),
                check: None,
                faults: Diagnostics::new(),
                tables: (0, 0),
                absent: Vec::new(),
                figures: 0,
                told: Vec::new(),
                bug: None,
            };
            let look = || match self.load(&council.script) {
                Ok(check) => self.inspect_data(check, &mut found),
                Err(faults) => found.faults = faults,
            };
            found.bug = guarded(|| on_deep_stack(look)).err();
            found
        };
        thread::scope(|scope| {
            // The nation's cards are made ready while the first script is read. More threads than
            // these two would take longer to begin than they save.
            let _begun = on_deep_thread(scope, || alone(validate::national));
            side_by_side(councils, inspected)
        })
    }

    fn inspect_data(&self, check: Checked<HealthCheck>, found: &mut Inspection) {
        found.faults = check.warnings.clone();
        found.tables.1 = check.tables().len();
        let mut data = Dataset::default();
        let looks = self.of_each_table(&check, &mut Files::default(), |spec, files| {
            self.looked_at(&check, spec, files)
        });
        let mut told = Vec::new();
        for (spec, look) in check.tables().iter().zip(looks) {
            match look {
                Ok(look) => {
                    found.tables.0 += 1;
                    found.faults.extend(look.faults);
                    if let Some(table) = look.table {
                        data.tables.insert(spec.id.clone(), table);
                    }
                    told.push((spec, look.rows, look.told));
                }
                // Data may come later or live elsewhere; a path that leaves may not.
                Err(fault) if fault.code == Code::FileNotFound => {
                    found.absent.push(self.table_name(&check, spec));
                    if is_slip(&fault, &spec.file.value, &check) {
                        found.faults.push(*fault);
                    }
                }
                Err(fault) => found.faults.push(*fault),
            }
        }
        if let Err(fault) = self.logo_bytes(&check, &mut Files::default()) {
            found.faults.push(*fault);
        }
        let is_whole = data.tables.len() == found.tables.1 && !found.faults.has_errors();
        let rehearsal = is_whole.then(|| assess::rehearsed(&check, &data));
        for (spec, rows, mut told) in told {
            let slow = rehearsal.as_ref().map(|rehearsal| &*rehearsal.row_by_row);
            told.extend(costs(&check, &spec.id, rows, slow));
            if !told.is_empty() {
                let name = self.table_name(&check, spec);
                found.told.push(format!("{name}: {}", told.join("; ")));
            }
        }
        if let Some(rehearsal) = rehearsal {
            found.figures = rehearsal.figures;
            found.faults.extend(rehearsal.faults);
        }
        found.faults = std::mem::take(&mut found.faults).sorted();
        found.check = Some(check.into_inner());
    }

    /// A data file looked at. Of a large file an editor, which asks at every pause, is told of
    /// the headers alone.
    fn looked_at(
        &self,
        check: &HealthCheck,
        spec: &TableSpec,
        files: &mut Files,
    ) -> Result<Look, Box<Diagnostic>> {
        let is_open = !self.unsaved.is_empty();
        if is_open && let Some(look) = self.glanced_at(check, spec)? {
            return Ok(look);
        }
        let taken = self.taken(check, spec, files)?;
        Ok(Look {
            faults: taken.faults,
            told: taken
                .reading
                .headers
                .map_or_else(Vec::new, |headers| headers.told),
            rows: taken.reading.table.len,
            table: Some(taken.reading.table),
        })
    }

    /// The headers of a large file; `None` of one that is not.
    fn glanced_at(
        &self,
        check: &HealthCheck,
        spec: &TableSpec,
    ) -> Result<Option<Look>, Box<Diagnostic>> {
        let root = self.data_root(check);
        let first = |path: &Path, _: &mut Files| files::first_lines(path, LARGE_FOR_AN_EDITOR);
        let first = beside(&root, &spec.file, DATA, first, &mut Files::default())?;
        let (bytes, length) = match first {
            Some(first) => first,
            // Of a workbook no part says what its header is.
            None => {
                let bytes = self.table_bytes(check, spec, &mut Files::default())?;
                if bytes.len() <= LARGE_FOR_AN_EDITOR {
                    return Ok(None);
                }
                let length = bytes.len() as u64;
                (bytes, length)
            }
        };
        let (faults, told) = headers_of(check, spec, &self.table_name(check, spec), &bytes);
        let likewise = length as f64 / bytes.len().max(1) as f64;
        Ok(Some(Look {
            faults,
            told,
            rows: (rows_in(&bytes) as f64 * likewise) as usize,
            table: None,
        }))
    }

    /// What is wrong with the templates in force. Of the program's own a test says that
    /// nothing is.
    pub fn inspect_templates(&self) -> Diagnostics {
        let own = match files::template_sources(self.templates_folder(), &mut Files::default()) {
            Ok(own) => own.unwrap_or_default(),
            Err(faults) => return faults,
        };
        if Templates::ship(&own) {
            return Diagnostics::new();
        }
        match Templates::new(own) {
            Ok(templates) => report::check_templates(&templates),
            Err(faults) => faults,
        }
    }

    /// A warning for each national card on disk that is not the one in the program. Those
    /// on disk are for reading.
    pub fn inspect_national(&self) -> Diagnostics {
        let folder = self.scripts().join("national");
        national::CARDS
            .iter()
            .filter_map(|(name, text)| {
                let path = folder.join(Path::new(name).file_name()?);
                let disk = files::read_text(&path, &mut Files::default()).ok()?;
                difference(&disk, &Source::new(*name, text))
            })
            .collect()
    }
}

/// What is wrong with a data file, how it was taken, about how many rows it has, and its table
/// if its cells were read.
struct Look {
    faults: Diagnostics,
    told: Vec<String>,
    rows: usize,
    table: Option<Arc<Table>>,
}

/// Bytes of a data file above which its cells are not read while somebody types.
const LARGE_FOR_AN_EDITOR: usize = 1_000_000;

/// Rows below which nobody waits for a formula.
const MANY_ROWS: usize = 20_000;

/// What a row costs that a formula is called for: five millionths of a second, in the whole
/// and once more in each of three breakdowns.
const SECONDS_A_ROW: f64 = 4.0 * 5e-6;

/// About how many rows a file of text has.
fn rows_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Formulas that take their time over so many rows of a table, each in a sentence. `row_by_row` are
/// the items whose formulas rhai ran so on these very rows, by their places; without it their text
/// has to say.
fn costs(
    check: &HealthCheck,
    table: &str,
    rows: usize,
    row_by_row: Option<&[usize]>,
) -> Vec<String> {
    if rows < MANY_ROWS {
        return Vec::new();
    }
    let slow = check
        .items()
        .iter()
        .enumerate()
        .filter(|(place, item)| match &item.local.kind {
            Kind::Measure(own) => match row_by_row {
                Some(known) => known.contains(place) && own.value.goes_over(table),
                None => own.value.is_called_for_each_row_of(table),
            },
            Kind::Question(_) | Kind::Statement => false,
        });
    let slow = slow.map(|(_, item)| item);
    slow.map(|item| {
        let seconds = (rows as f64 * SECONDS_A_ROW).ceil();
        let seconds = if seconds > 1.0 {
            format!("{seconds} seconds")
        } else {
            "a second".to_owned()
        };
        format!(
            "the formula of `{}` is run for each different row of about {rows}, which takes up to about {seconds}: with comparisons (of words `==` and `!=` alone), arithmetic, `and`, `or`, `not` and `if` alone it would run over whole columns",
            item.id
        )
    })
    .collect()
}

/// Whether a file that is not there is one that is, with its name misspelt: no other table
/// reads that one, and more than a year or a number tells them apart.
fn is_slip(fault: &Diagnostic, wanted: &str, check: &HealthCheck) -> bool {
    let Some(typed) = fault.replacement() else {
        return false;
    };
    let meant = typed.text.trim_matches('"');
    let letters = |name: &str| {
        name.chars()
            .filter(|c| !c.is_ascii_digit())
            .collect::<String>()
    };
    // Folder and ending are alike for all files: the names alone must be near.
    let same = stem(wanted) == stem(meant) || wanted.replace('/', "") == meant.replace('/', "");
    let near = same || nearest(stem(wanted), [stem(meant)]).is_some();
    let unread = check.tables().iter().all(|spec| spec.file.value != meant);
    near && unread && letters(meant) != letters(wanted)
}

/// A path's last name, without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn difference(disk: &Source, ours: &Source) -> Option<Diagnostic> {
    if disk.text() == ours.text() {
        return None;
    }
    let same = disk
        .text()
        .lines()
        .zip(ours.text().lines())
        .take_while(|(disk, ours)| disk == ours)
        .count();
    let start = disk.offset(same + 1, 1);
    let end = disk.offset(same + 1, usize::MAX);
    Some(
        Diagnostic::new(
            Code::NationalCardsDiffer,
            disk.place(Span::new(start, end)),
            format!(
                "`{}` is not the edition {} that is in the program",
                shown(Path::new(disk.name())),
                national::EDITION
            ),
        )
        .label("differs from here on")
        .note("the program uses its own; these cards are for reading")
        .help("put your own version of an item into your check.rhai instead"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_cards_on_disk_are_told_apart_from_those_in_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let national = folder.path().join("national");
        std::fs::create_dir(&national).unwrap();
        let host = Host::builder().scripts(folder.path()).build();
        assert!(host.inspect_national().is_empty());
        for (name, text) in national::CARDS {
            let path = national.join(Path::new(name).file_name().unwrap());
            std::fs::write(path, text.replace('\n', "\r\n")).unwrap();
        }
        assert!(host.inspect_national().is_empty(), "line ends do not count");
        let (name, text) = national::CARDS[0];
        let path = national.join(Path::new(name).file_name().unwrap());
        std::fs::write(path, format!("{text}\n// mine\n")).unwrap();
        let faults = host.inspect_national();
        assert_eq!(faults.warnings(), 1);
        assert!(!faults.has_errors());
    }
}
