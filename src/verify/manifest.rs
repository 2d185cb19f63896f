//! The manifest: what a publication was made from and what it consists of, each with its
//! SHA-256. In: a publication and its files. Out: `manifest.json`, and its verdict on files.

use super::{Difference, FilesOf, Verification};
use crate::digest::sha256_hex;
use crate::publication::{Input, Publication};
use crate::side_by_side::side_by_side;
use serde::{Deserialize, Serialize};

/// The version of `manifest.json`.
const FORM: &str = "healthcheck-manifest/1";
/// The figures.
pub(super) const RESULTS: &str = "results.json";

/// What a publication was made from and what it consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this form: `healthcheck-manifest/1`.
    pub schema: String,
    /// The folder it is published under: `northshire`.
    pub council: String,
    /// The day on which records were counted: `2026-09-30`.
    pub as_of: String,
    /// The edition of the national core.
    pub edition: String,
    /// The version of the program that made it.
    pub program: String,
    /// The script, its libraries and the data. How large they are is not said: of a small
    /// council it would tell how many answered.
    pub inputs: Vec<Input>,
    /// The templates that the pages were made from.
    pub templates: Vec<Sum>,
    /// Every file of the publication but this one.
    pub outputs: Vec<Output>,
}

/// A template that pages were made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Its path from the templates' folder.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its path in the publication's folder.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl Sum {
    /// Of a file's bytes.
    pub(crate) fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            sha256: sha256_hex(bytes),
        }
    }
}

impl Output {
    fn of(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            sha256: sha256_hex(bytes),
            bytes: bytes.len() as u64,
        }
    }
}

impl Manifest {
    /// The name of its file, the last to be written.
    pub const FILE: &'static str = "manifest.json";

    /// Of a publication, the templates it was made from and all its other files, path and
    /// bytes; they are listed in order of their paths.
    pub(crate) fn of<'a>(
        publication: &Publication,
        templates: Vec<Sum>,
        files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ) -> Self {
        let files: Vec<(&str, &[u8])> = files.filter(|(path, _)| *path != Self::FILE).collect();
        let mut outputs = side_by_side(&files, |(path, bytes)| Output::of(path, bytes));
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            schema: FORM.to_owned(),
            council: publication.id.clone(),
            as_of: publication.council.as_of.clone(),
            edition: publication.edition.clone(),
            program: publication.program.clone(),
            inputs: publication.inputs.clone(),
            templates,
            outputs,
        }
    }

    /// Reads the bytes of `manifest.json`.
    ///
    /// # Errors
    /// Why they are none, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("it does not have the form of a manifest: {error}"))?;
        if manifest.schema == FORM {
            Ok(manifest)
        } else {
            Err(format!(
                "its form is another than `{FORM}`, which this program knows"
            ))
        }
    }

    /// Its inputs that are not among others, by their paths. A sealed sum is another one too where
    /// the rows that seal it are: it is named only where nothing else is.
    pub(crate) fn inputs_not_among(&self, others: &[Input]) -> Vec<&str> {
        let changed: Vec<&Input> = (self.inputs.iter())
            .filter(|input| !others.contains(input))
            .collect();
        let is_plain = |input: &&&Input| input.sealed_with.is_none();
        let plain: Vec<&str> = (changed.iter().filter(is_plain))
            .map(|input| input.path.as_str())
            .collect();
        match plain.is_empty() {
            true => changed.iter().map(|input| input.path.as_str()).collect(),
            false => plain,
        }
    }

    /// Its text.
    pub(crate) fn text(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a manifest always has a JSON form");
        text.push('\n');
        text
    }

    /// The SHA-256 that it lists for a file.
    pub fn sum_of(&self, path: &str) -> Option<&str> {
        let listed = self.outputs.iter().find(|output| output.path == path);
        listed.map(|output| output.sha256.as_str())
    }

    /// Whether it lists a file with these bytes.
    pub fn lists(&self, path: &str, bytes: &[u8]) -> bool {
        self.outputs.contains(&Output::of(path, bytes))
    }

    /// Whether the files of a folder, this manifest's own left out, are those it lists.
    pub fn check(&self, files: &FilesOf) -> Verification {
        let mut found = Verification::default();
        let mut alike = 0;
        for output in &self.outputs {
            let differs = |figure: &str, published: String, recomputed: String| Difference {
                file: output.path.clone(),
                figure: figure.to_owned(),
                published,
                recomputed,
            };
            match files.get(&output.path) {
                None => found.differences.push(differs(
                    "the file",
                    "not there".into(),
                    format!("{} bytes, by the manifest", output.bytes),
                )),
                Some(bytes) if bytes.len() as u64 != output.bytes => {
                    found.differences.push(differs(
                        "size",
                        format!("{} bytes", bytes.len()),
                        format!("{} bytes, by the manifest", output.bytes),
                    ));
                }
                Some(bytes) => match sha256_hex(bytes) {
                    sum if sum == output.sha256 => alike += 1,
                    sum => found.differences.push(differs(
                        "SHA-256",
                        sum,
                        format!("{}, by the manifest", output.sha256),
                    )),
                },
            }
        }
        for path in files.keys() {
            let listed = self.outputs.iter().any(|output| output.path == *path);
            if path != Self::FILE && !listed {
                found.differences.push(Difference {
                    file: path.clone(),
                    figure: "the file".into(),
                    published: "there".into(),
                    recomputed: "not in the manifest".into(),
                });
            }
        }
        if alike > 0 {
            found.verified.push(format!(
                "{alike} of {} files have the size and the SHA-256 of the manifest",
                self.outputs.len()
            ));
        }
        found
    }
}
