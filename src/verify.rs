//! Whether a publication is what it says it is: files, a manifest and a [`Publication`] in,
//! what was verified, what could not be and what differs out.
//!
//! Three things are told apart. That the files are those of the [`Manifest`] shows that
//! nobody changed one since. That the figures follow from each other shows that the sums
//! were done right. That everything comes out again, byte for byte, from the inputs shows
//! that nothing was written by hand; for this, whoever holds the inputs hands in what came
//! out of them.

mod answers;
mod figures;
mod grades;
mod items;
mod manifest;
mod response;
mod scores;
mod span;
mod tally;

pub use manifest::{Manifest, Output, Sum};

use crate::publication::{Publication, SCHEMA};
use std::collections::BTreeMap;
use tally::Tally;

/// Files by their path in the folder of a publication.
pub type FilesOf = BTreeMap<String, Vec<u8>>;

/// What came of verifying a publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// What was verified, in sentences without a full stop.
    pub verified: Vec<String>,
    /// What could not be, and why.
    pub not_verified: Vec<String>,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file, by its path in the publication's folder.
    pub file: String,
    /// Which figure or part of the file.
    pub figure: String,
    /// What is published.
    pub published: String,
    /// What it should be.
    pub recomputed: String,
}

impl Verification {
    /// Whether nothing differs.
    pub fn holds(&self) -> bool {
        self.differences.is_empty()
    }

    /// Adds what another look showed.
    pub fn extend(&mut self, more: Verification) {
        self.verified.extend(more.verified);
        self.not_verified.extend(more.not_verified);
        self.differences.extend(more.differences);
    }

    /// Notes what could not be verified, and why.
    pub fn could_not(&mut self, what: impl Into<String>) {
        self.not_verified.push(what.into());
    }
}

/// A publication read back from `results.json`: anybody may have changed it since.
#[derive(Debug, Clone)]
pub struct Unverified(Box<Publication>);

impl Unverified {
    /// Reads the bytes of `results.json`.
    ///
    /// # Errors
    /// Why they are none, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let publication: Publication = serde_json::from_slice(bytes)
            .map_err(|error| format!("it does not have the form of `{SCHEMA}`: {error}"))?;
        if publication.schema == SCHEMA {
            Ok(Self(Box::new(publication)))
        } else {
            Err(format!(
                "its form is another than `{SCHEMA}`, which this program knows"
            ))
        }
    }

    /// The publication, if the bytes it was read from are those that the manifest lists.
    ///
    /// # Errors
    /// The publication as it is, if they are not.
    pub fn against(self, manifest: &Manifest, bytes: &[u8]) -> Result<Publication, Self> {
        let listed = manifest.lists(manifest::RESULTS, bytes);
        let same = manifest.council == self.0.id && manifest.as_of == self.0.council.as_of;
        if listed && same {
            Ok(*self.0)
        } else {
            Err(self)
        }
    }

    /// The publication, all the same: to say what is wrong with it.
    pub fn as_it_is(self) -> Publication {
        *self.0
    }
}

/// Every published figure that follows from others, worked out again. What comes in is all
/// that is needed: no data, no script, no template.
pub fn arithmetic(publication: &Publication) -> Verification {
    let mut tally = Tally::default();
    figures::check(publication, &mut tally);
    response::check(publication, &mut tally);
    items::check(publication, &mut tally);
    answers::check(publication, &mut tally);
    scores::check(publication, &mut tally);
    grades::check(publication, &mut tally);
    tally.told()
}

/// Whether files that were made again are the same, byte for byte.
pub fn same(published: &FilesOf, again: &FilesOf, from: &str) -> Verification {
    let mut found = Verification::default();
    let mut alike = 0;
    for (path, bytes) in again {
        match published.get(path) {
            Some(other) if other == bytes => alike += 1,
            Some(other) => found.differences.push(first_difference(path, other, bytes)),
            None => found.differences.push(Difference {
                file: path.clone(),
                figure: "the file".into(),
                published: "not there".into(),
                recomputed: format!("{} bytes", bytes.len()),
            }),
        }
    }
    if alike > 0 {
        let files = if alike == 1 { "file" } else { "files" };
        let come = if alike == 1 { "comes" } else { "come" };
        found.verified.push(format!(
            "{alike} {files} {come} out again from {from}, byte for byte"
        ));
    }
    found
}

/// The first line in which two files differ.
fn first_difference(path: &str, published: &[u8], again: &[u8]) -> Difference {
    const SHOWN: usize = 120;
    let (Ok(left), Ok(right)) = (std::str::from_utf8(published), std::str::from_utf8(again)) else {
        return Difference {
            file: path.to_owned(),
            figure: "the file".into(),
            published: format!("{} bytes", published.len()),
            recomputed: format!("{} other bytes", again.len()),
        };
    };
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let at = left
        .iter()
        .zip(&right)
        .position(|(left, right)| left != right)
        .unwrap_or(left.len().min(right.len()));
    let line = |lines: &[&str]| {
        lines.get(at).map_or_else(
            || "no such line".to_owned(),
            |line| line.trim().chars().take(SHOWN).collect(),
        )
    };
    Difference {
        file: path.to_owned(),
        figure: format!("line {}", at + 1),
        published: line(&left),
        recomputed: line(&right),
    }
}
