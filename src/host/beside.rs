//! What stands beside a script: its council's folder and its data files.
//!
//! In: a script's path, a check. Out: the check or the dataset, and a note of each file
//! that was looked at. No path leads out of the council's folder.

use super::Host;
use super::files::{self, Files, shown};
use super::scaffold::too_long;
use super::shelf::Shelf;
use super::there::with_what_is_there;
use crate::check::HealthCheck;
use crate::data::{self, Account, Dataset, Input, Reading, TableSpec};
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::digest::sha256_hex;
use crate::inside;
use crate::report;
use crate::source::{Source, Spanned};
use crate::validate;
use std::io;
use std::path::{Path, PathBuf};

/// The script's name in a council's folder.
pub(super) const SCRIPT: &str = "check.rhai";

impl Host {
    pub(super) fn load_noting(
        &self,
        path: &Path,
        files: &mut Files,
    ) -> Result<Checked<HealthCheck>, Diagnostics> {
        let path = if path.is_dir() && !path.ends_with(SCRIPT) {
            path.join(SCRIPT)
        } else {
            path.to_owned()
        };
        let source = match self.unsaved_at(&path) {
            Some(source) => source.clone(),
            None => files::read_text_inside(&path, files)?,
        };
        let shelf = Shelf::beside(&path, &self.unsaved);
        shelf.note_used(&source, files)?;
        let check = validate::check(&source, &shelf.sources(), &self.workshop)?;
        match too_long(&council_id(&check), source.whole()) {
            Some(fault) => Err(fault.into()),
            None => Ok(check),
        }
    }

    pub(super) fn read_noting(
        &self,
        check: &HealthCheck,
        files: &mut Files,
    ) -> Result<Checked<Dataset>, Diagnostics> {
        let mut faults = Diagnostics::new();
        let mut dataset = Dataset {
            inputs: script_inputs(check)?,
            ..Dataset::default()
        };
        let taken = self.of_each_table(check, files, |spec, files| self.taken(check, spec, files));
        for (spec, taken) in check.tables().iter().zip(taken) {
            let taken = match taken {
                Ok(taken) => taken,
                Err(fault) => {
                    faults.push(*fault);
                    continue;
                }
            };
            faults.extend(taken.faults);
            dataset.inputs.push(Input {
                path: spec.file.value.clone(),
                table: Some(spec.id.clone()),
                sha256: taken.sha256,
                bytes: taken.bytes,
                rows: taken.reading.table.len as u64,
                account: taken.reading.account,
            });
            dataset.tables.insert(spec.id.clone(), taken.reading.table);
        }
        self.remember_uses(check);
        match self.logo_bytes(check, files) {
            Ok(logo) => dataset.logo = logo,
            Err(fault) => faults.push(*fault),
        }
        faults.or(dataset)
    }

    /// The bytes of a table's file, or the fault at the card that names it. Without a memory
    /// their hash is still to be noted.
    pub(super) fn table_bytes(
        &self,
        check: &HealthCheck,
        spec: &TableSpec,
        files: &mut Files,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let read = |path: &Path, files: &mut Files| self.data_bytes(path, files);
        beside(&self.data_root(check), &spec.file, DATA, read, files)
    }

    /// The bytes of a data file, of which nothing else is known yet.
    pub(super) fn data_bytes(&self, path: &Path, files: &mut Files) -> io::Result<Vec<u8>> {
        match &self.memory {
            Some(memory) => memory.bytes(path, files),
            None => files::read_unsummed(path, files),
        }
    }

    /// The bytes of the council's logo, if its script names one that may be published.
    pub(super) fn logo_bytes(
        &self,
        check: &HealthCheck,
        files: &mut Files,
    ) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let Some(file) = &check.council().brand.logo else {
            return Ok(None);
        };
        let example = "logo: \"logo.svg\"";
        let bytes = beside(&folder(check), file, example, files::read_noting, files)?;
        report::logo_name(&bytes).map_err(|why| {
            let message = format!("the logo `{}` {why}", file.value);
            Diagnostic::new(Code::LogoNotUsable, file.place.clone(), message)
                .label("a PNG or an SVG that runs nothing and loads nothing, of 64 KB at most")
        })?;
        Ok(Some(bytes))
    }

    /// A table's file as the reader should see it.
    pub(super) fn table_name(&self, check: &HealthCheck, spec: &TableSpec) -> String {
        shown(&self.data_root(check).join(&spec.file.value))
    }

    /// The folder in which a check's data files are.
    pub(super) fn data_root(&self, check: &HealthCheck) -> PathBuf {
        self.data_root_of(&folder(check))
    }

    /// The folder in which the data files of the council with this folder are.
    pub(super) fn data_root_of(&self, folder: &Path) -> PathBuf {
        match &self.data {
            Some(data) => data.join(folder_name(folder)),
            None => folder.to_owned(),
        }
    }
}

/// How a table's card names its file.
pub(super) const DATA: &str = "file: \"data/survey.csv\"";

/// What a file in a folder holds, or the fault at the key that names it.
pub(super) fn beside<T>(
    root: &Path,
    file: &Spanned<String>,
    example: &str,
    read: impl FnOnce(&Path, &mut Files) -> io::Result<T>,
    files: &mut Files,
) -> Result<T, Box<Diagnostic>> {
    let outside = |how: &str| {
        Diagnostic::new(
            Code::TableOutsideFolder,
            file.place.clone(),
            format!("`{}` {how} {}", file.value, shown(root)),
        )
        .help(format!("put the file into the council's folder: {example}"))
    };
    if let Some(why) = inside::refused(&file.value) {
        return Err(outside("lies outside")
            .label(format!("this path {why}"))
            .into());
    }
    let path = root.join(&file.value);
    if files::leaves_noting(root, &path, files) {
        return Err(outside("is a link that leads out of")
            .label("a link that leads out of the folder")
            .into());
    }
    read(&path, files).map_err(|error| {
        let mut fault = files::not_read(file.place.clone(), &shown(&path), &error);
        if fault.code == Code::FileNotFound {
            if path.is_symlink() {
                fault.message = format!("`{}` is a link to a file that is not there", shown(&path));
            }
            with_what_is_there(fault, &file.value, root).into()
        } else {
            fault.into()
        }
    })
}

/// A table that was read, with all that is wrong with it: its headers beside the script, its
/// rows, and what the script's conditions ask of them that none of them has.
pub(super) fn judged(
    check: &HealthCheck,
    spec: &TableSpec,
    name: &str,
    mut reading: Reading,
) -> (Reading, Diagnostics) {
    let mut faults = Diagnostics::new();
    if let Some(headers) = &reading.headers {
        faults.extend(validate::columns(check, &spec.id, name, headers));
    }
    // A header that is missing was told above, at its place in the script.
    let found = std::mem::take(&mut reading.faults).into_iter();
    faults.extend(
        found
            .filter(|fault| fault.code != Code::MissingHeader)
            .collect(),
    );
    faults.extend(validate::conditions(check, &reading.table));
    // Of a row that sums up the others that is told, and that many work there no fault; of a few rows each was
    // told.
    let is_told =
        |fault: &Diagnostic| matches!(fault.code, Code::TotalsRow | Code::NumberOutOfRange);
    if !faults.iter().any(is_told) {
        faults.extend(
            validate::hours_for_fte(check, &reading.table)
                .into_iter()
                .collect(),
        );
    }
    (reading, faults)
}

/// What is wrong with a file's headers, and how the file was taken.
pub(super) fn headers_of(
    check: &HealthCheck,
    spec: &TableSpec,
    name: &str,
    bytes: &[u8],
) -> (Diagnostics, Vec<String>) {
    match data::headers(spec, name, bytes) {
        Ok(headers) => (
            validate::columns(check, &spec.id, name, &headers),
            headers.told,
        ),
        Err(faults) => (faults, Vec::new()),
    }
}

/// The folder that a check's script stands in.
pub(super) fn folder(check: &HealthCheck) -> PathBuf {
    parent(Path::new(script(check).name()))
}

/// The name of that folder: under it the council is published.
pub(super) fn council_id(check: &HealthCheck) -> String {
    folder_name(&folder(check))
}

/// The name of a folder, however its path is written. A link has its own, wherever it leads.
fn folder_name(folder: &Path) -> String {
    let name_of = |folder: &Path| Some(folder.file_name()?.to_string_lossy().into_owned());
    name_of(folder)
        .or_else(|| name_of(&folder.canonicalize().ok()?))
        .unwrap_or_else(|| "council".into())
}

fn script(check: &HealthCheck) -> &Source {
    check
        .sources()
        .first()
        .expect("a check is made from a script, which is its first source")
}

pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => ".".into(),
    }
}

/// The script and its libraries as inputs. A script that changed since it was loaded is
/// a fault: the hash would be of another text than the one that was run.
fn script_inputs(check: &HealthCheck) -> Result<Vec<Input>, Diagnostics> {
    let folder = folder(check);
    let mut faults = Diagnostics::new();
    let mut inputs = Vec::new();
    for source in check.sources() {
        let path = Path::new(source.name());
        match files::read(path) {
            Ok(bytes) => {
                let same = std::str::from_utf8(&bytes)
                    .is_ok_and(|text| Source::new("", text).text() == source.text());
                if !same {
                    faults.push(
                        Diagnostic::new(
                            Code::FileNotRead,
                            source.whole(),
                            format!("`{}` changed while it was being checked", source.name()),
                        )
                        .help("run it again"),
                    );
                }
                inputs.push(Input {
                    path: path
                        .strip_prefix(&folder)
                        .map(shown)
                        .unwrap_or_else(|_| library_path(path)),
                    table: None,
                    sha256: sha256_hex(&bytes),
                    bytes: bytes.len() as u64,
                    rows: 0,
                    account: Account::default(),
                });
            }
            Err(error) => faults.push(files::not_read(source.whole(), source.name(), &error)),
        }
    }
    if faults.is_empty() {
        Ok(inputs)
    } else {
        Err(faults)
    }
}

fn library_path(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    format!("../shared/{}", name.to_string_lossy())
}
