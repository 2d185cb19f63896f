//! Verifying a publication: a folder in, what was verified, what could not be and what
//! differs out. The sums are `verify`'s; here its files are read, and all that can be made
//! again is: the data from `results.json`, the pages with the templates at hand, and the
//! whole from the inputs at hand, in a folder of its own that vanishes.

use super::earlier::kept_among;
use super::files::{names_in, read, reason, unreadable};
use super::publish::RESULTS;
use super::{CouncilFolder, Destination, Host};
use crate::diagnostic::Diagnostics;
use crate::inside;
use crate::publication::Publication;
use crate::report::{self, Page};
use crate::verify::{self, Difference, FilesOf, Manifest, Unverified, Verification};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder of what was published before, in a council's folder.
const EARLIER: &str = "earlier";
/// The program that this is, as a publication names it.
const PROGRAM: &str = concat!("healthcheck ", env!("CARGO_PKG_VERSION"));

impl Host {
    /// The folders to verify: those named, and of one that holds no publication itself the
    /// publications in it, in alphabetical order.
    ///
    /// # Errors
    /// A folder that is not there, or that holds no publication.
    pub fn published(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostics> {
        let mut folders = Vec::new();
        let mut faults = Diagnostics::new();
        let is_one =
            |folder: &Path| folder.join(Manifest::FILE).is_file() || folder.join(RESULTS).is_file();
        for folder in named {
            let inside: Vec<PathBuf> = names_in(folder)
                .into_iter()
                .filter(|name| !name.starts_with('.'))
                .map(|name| folder.join(name))
                .filter(|folder| is_one(folder))
                .collect();
            if is_one(folder) {
                folders.push(folder.clone());
            } else if inside.is_empty() {
                faults.extend(unreadable(folder, "there is no publication in it"));
            } else {
                folders.extend(inside);
            }
        }
        faults.or(folders).map(|checked| checked.into_inner())
    }

    /// Verifies a publication against its manifest, in itself, and as far as templates and
    /// inputs are at hand by making it again.
    ///
    /// # Errors
    /// No manifest, or a file that cannot be read.
    pub fn verify(&self, folder: &Path) -> Result<Verification, Diagnostics> {
        let path = folder.join(Manifest::FILE);
        let bytes = read(&path).map_err(|error| unreadable(&path, &reason(&error)))?;
        let manifest = Manifest::read(&bytes).map_err(|why| unreadable(&path, &why))?;
        let mut files = FilesOf::new();
        read_all(folder, "", &mut files).map_err(|error| unreadable(folder, &reason(&error)))?;
        let mut found = manifest.check(&files);
        let Some(results) = files.get(RESULTS) else {
            found.could_not("the figures: there is no results.json");
            return Ok(found);
        };
        let publication = match Unverified::read(results) {
            Ok(read) => match read.against(&manifest, results) {
                Ok(publication) => publication,
                Err(unverified) => {
                    let publication = unverified.as_it_is();
                    found.could_not(
                        "results.json: it is not the file that the manifest lists, so what follows says only whether its figures agree with each other",
                    );
                    publication
                }
            },
            Err(why) => {
                found.could_not(format!("the figures: results.json cannot be read: {why}"));
                return Ok(found);
            }
        };
        found.differences.extend(about(&manifest, &publication));
        found.extend(verify::arithmetic(&publication));
        if publication.program == PROGRAM {
            let again = by_path(report::data(&publication));
            found.extend(verify::same(&files, &again, "results.json alone"));
            self.again_from_templates(&publication, &manifest, &files, &mut found);
            self.again_from_inputs(&publication, &manifest, &files, &mut found);
        } else {
            found.could_not(format!(
                "files made again: {} made them, and this is {PROGRAM}",
                publication.program
            ));
        }
        Ok(found)
    }

    /// The pages, made again if the templates at hand are those they were made from.
    fn again_from_templates(
        &self,
        publication: &Publication,
        manifest: &Manifest,
        files: &FilesOf,
        found: &mut Verification,
    ) {
        const WHAT: &str = "the pages, made again from templates";
        match self.templates() {
            Ok(templates) if templates.sums() == manifest.templates => {
                let kept = kept_among(files);
                match report::pages_beside(publication, &kept, &templates) {
                    Ok(pages) => {
                        let mut pages = by_path(pages);
                        for page in report::data(publication) {
                            pages.remove(&page.path);
                        }
                        for file in &kept {
                            pages.remove(&file.path);
                        }
                        found.extend(verify::same(files, &pages, "results.json and templates"));
                    }
                    Err(_) => found.could_not(format!("{WHAT}: they have a fault")),
                }
            }
            Ok(_) => found.could_not(format!(
                "{WHAT}: those at hand are not those of the manifest; --templates names others"
            )),
            Err(_) => found.could_not(format!("{WHAT}: those at hand have a fault")),
        }
    }

    /// The whole publication, made again if the script and the data at hand are those it
    /// was made from.
    fn again_from_inputs(
        &self,
        publication: &Publication,
        manifest: &Manifest,
        files: &FilesOf,
        found: &mut Verification,
    ) {
        const WHAT: &str = "the whole, made again from script and data";
        let council = self.council_folder(&publication.id);
        if !inside::is_name(&publication.id) || !council.script.is_file() {
            return found.could_not(format!(
                "{WHAT}: they are not at hand; --scripts and --data name their folders"
            ));
        }
        let again = match self.made_again(&council, files) {
            Ok(again) => again,
            Err(why) => return found.could_not(format!("{WHAT}: {why}")),
        };
        let made = again.get(Manifest::FILE).map(|bytes| Manifest::read(bytes));
        let Some(Ok(made)) = made else {
            return found.could_not(format!("{WHAT}: nothing came out"));
        };
        let others = manifest.inputs_not_among(&made.inputs);
        if !others.is_empty() || made.inputs.len() != manifest.inputs.len() {
            let others = if others.is_empty() {
                "there are more of them".to_owned()
            } else {
                others.join(", ")
            };
            return found.could_not(format!(
                "{WHAT}: those at hand are not those of the manifest: {others}"
            ));
        }
        if made.templates != manifest.templates {
            // Pages differ then, and the manifest with them; the data may not.
            let data: FilesOf = again
                .into_iter()
                .filter(|(path, _)| !path.ends_with(".html") && !path.ends_with(".md"))
                .filter(|(path, _)| path != Manifest::FILE)
                .collect();
            return found.extend(verify::same(files, &data, "script and data"));
        }
        let whole = verify::same(files, &again, "script, data and templates");
        let unsummed: Vec<&str> = (manifest.inputs.iter())
            .filter(|input| input.sha256.is_none())
            .map(|input| input.path.as_str())
            .collect();
        if !unsummed.is_empty() && !whole.differences.is_empty() {
            return found.could_not(format!(
                "{WHAT}: it comes out otherwise, and no SHA-256 tells whether these are as they were: {}",
                unsummed.join(", ")
            ));
        }
        found.extend(whole);
    }

    /// Runs a council in a folder of its own, where the same stands of earlier editions.
    fn made_again(&self, council: &CouncilFolder, files: &FilesOf) -> Result<FilesOf, String> {
        let broken = |error: io::Error| format!("a folder for it: {}", reason(&error));
        let temporary = tempfile::tempdir().map_err(broken)?;
        let to = Destination::folder(temporary.path());
        let home = temporary.path().join(&council.id);
        stand_earlier(&home, files).map_err(broken)?;
        let run = self.run(std::slice::from_ref(council), &to);
        let done = run.outcomes.first().is_some_and(|one| one.page.is_some());
        if !done {
            return Err("they have a fault; `healthcheck check` shows it".to_owned());
        }
        let mut again = FilesOf::new();
        read_all(&home, "", &mut again).map_err(broken)?;
        Ok(again)
    }
}

/// What was published before stands where a run looks for it: the earlier editions, the
/// latest of them as what is published.
fn stand_earlier(home: &Path, files: &FilesOf) -> io::Result<()> {
    let earlier: Vec<(&String, &Vec<u8>)> = files
        .iter()
        .filter(|(path, _)| path.starts_with(&format!("{EARLIER}/")) && path.ends_with(".json"))
        .collect();
    if let Some((_, latest)) = earlier.last() {
        fs::create_dir_all(home.join(EARLIER))?;
        fs::write(home.join(RESULTS), latest)?;
    }
    for (path, bytes) in earlier {
        fs::write(home.join(path), bytes)?;
    }
    Ok(())
}

/// What the manifest says of the publication, where it differs.
fn about(manifest: &Manifest, publication: &Publication) -> Vec<Difference> {
    let said = [
        ("council", &manifest.council, &publication.id),
        ("as_of", &manifest.as_of, &publication.council.as_of),
        ("edition", &manifest.edition, &publication.edition),
        ("program", &manifest.program, &publication.program),
    ];
    let differs = |figure: &str, published: String, recomputed: String| Difference {
        file: Manifest::FILE.to_owned(),
        figure: figure.to_owned(),
        published,
        recomputed,
    };
    let mut list: Vec<Difference> = said
        .into_iter()
        .filter(|(_, here, there)| here != there)
        .map(|(what, here, there)| differs(what, here.clone(), format!("{there}, in results.json")))
        .collect();
    if publication.inputs != manifest.inputs {
        list.push(differs(
            "inputs",
            format!("{} files", manifest.inputs.len()),
            "other files or sums in results.json".to_owned(),
        ));
    }
    list
}

fn by_path(pages: Vec<Page>) -> FilesOf {
    pages
        .into_iter()
        .map(|page| (page.path, page.bytes))
        .collect()
}

/// Every file of a folder, with `/` in its path. What is neither file nor folder, a link
/// among them, is read as nothing, so that the manifest misses it.
fn read_all(folder: &Path, inside: &str, files: &mut FilesOf) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{inside}{}", name.to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_all(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() {
            files.insert(path, read(&entry.path())?);
        } else {
            files.insert(path, Vec::new());
        }
    }
    Ok(())
}
