//! A council to begin with: a name in; a script with its tests, made-up data and a `.gitignore` on the
//! disk out. Nothing that is there already is touched.

use super::begin::Start;
use super::beside::SCRIPT;
use super::councils::RESERVED;
use super::earlier::Before;
use super::files::{Files, reason, shown};
use super::index::{self, Above, Fresh};
use super::past::Past;
use super::synthetic::{self, Shape};
use super::trial::TESTS;
use super::{Destination, Host, publish};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, id_of};
use crate::inside::LONGEST_ID;
use crate::national::Service;
use crate::publication::MADE_UP;
use crate::report::{self, Templates};
use crate::script::formatted;
use crate::source::{Place, Source};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const SCRIPT_TEXT: &str = include_str!("begin.rhai");
const TESTS_TEXT: &str = include_str!("begin-tests.rhai");
/// The day on which made-up records were counted.
pub(super) const AS_OF: &str = "2026-09-30";

/// Said in the script of its code that stands for none.
const NO_CODE: &str =
    "// Your own in place of this one, with which every page says that all is made up.";

/// What keeps rows about people out of a repository.
pub(super) const IGNORED: &str = "# Rows about people stay out of the repository.\ndata/\n";

/// The script's own question.
const QUESTION: &str = "peer-support";

/// Well enough for the first run to have few warnings; not so well that nothing is left
/// to do.
const QUALITY: f64 = 0.6;

impl Host {
    /// Writes the program's own templates into the templates folder, for a workforce lead to
    /// edit. Gives the files made.
    ///
    /// # Errors
    /// A folder of templates that is there already, or that cannot be written.
    pub fn begin_templates(&self) -> Result<Vec<PathBuf>, Diagnostics> {
        let folder = &self.templates;
        if folder.symlink_metadata().is_ok() {
            let fault = already_there(folder)
                .help("move it away first, or name another folder: --templates DIR");
            return Err(fault.into());
        }
        let mut made = Vec::new();
        for (name, text) in Templates::own() {
            let path = folder.join(name);
            if let Err(error) = write_new(&path, text.as_bytes()) {
                let _ = fs::remove_dir_all(folder);
                return Err(not_written(&path, &error));
            }
            made.push(path);
        }
        Ok(made)
    }

    /// Makes the pages of made-up councils at the edges of what can happen (nothing rated,
    /// everything withheld, one service, no plan) with the templates in force, so that they
    /// can be looked at before the day. Gives the pages made.
    ///
    /// # Errors
    /// A fault in a template; a folder that cannot be written.
    pub fn try_templates(&self, to: &Destination) -> Result<Vec<PathBuf>, Diagnostics> {
        let templates = self.templates()?;
        let mut placed = Vec::new();
        let examples = report::examples();
        for example in &examples {
            placed.push(publish::publish(
                example,
                &templates,
                to,
                Before::default(),
                &Past::none(),
            )?);
        }
        let fresh: Vec<Fresh> = examples
            .iter()
            .zip(&placed)
            .map(|(publication, placed)| Fresh {
                publication,
                results: &placed.results,
            })
            .collect();
        let files = &mut Files::default();
        index::publish_index(&fresh, &templates, to, files, &Above::default())?;
        let mut made: Vec<PathBuf> = placed.into_iter().map(|placed| placed.page).collect();
        made.push(to.path().join(publish::PAGE));
        Ok(made)
    }

    /// Begins a council: `scripts/<name>/check.rhai` with tests, made-up data for it, and a
    /// `.gitignore` that keeps data about people out of the repository. Gives the files
    /// made, the script first.
    ///
    /// # Errors
    /// A name that is not lower-case words joined by hyphens, that is taken, or a folder
    /// that cannot be written.
    pub fn begin(&self, name: &str) -> Result<Vec<PathBuf>, Diagnostics> {
        Ok(self.begin_with(name, &Start::default())?.made)
    }
}

/// Every file, by its path in the council's folder, the script first.
pub(super) fn files(name: &str, start: &Start) -> Vec<(String, String)> {
    let mut shape = Shape {
        extra_questions: vec![QUESTION.to_owned()],
        quality: QUALITY,
        ..Shape::default()
    };
    if !start.services.is_empty() {
        let of_service = |service: &Service| match service {
            Service::Children => 120,
            Service::Adults => 90,
        };
        shape.practitioners = start.services.iter().map(of_service).collect();
        shape.services.clone_from(&start.services);
    }
    let mut files = vec![
        (SCRIPT.to_owned(), script(name, &shape, start)),
        (
            TESTS.to_owned(),
            TESTS_TEXT.replace("test ID", &format!("test {name}")),
        ),
        (".gitignore".to_owned(), IGNORED.to_owned()),
    ];
    files.extend(synthetic::files(name, &shape));
    files
}

fn script(name: &str, shape: &Shape, start: &Start) -> String {
    let services: Vec<String> = shape
        .services
        .iter()
        .map(|service| format!("\"{}\"", service.id()))
        .collect();
    let asked: Vec<String> = shape
        .services
        .iter()
        .zip(&shape.practitioners)
        .map(|(service, practitioners)| format!("{}: {practitioners}", service.id()))
        .collect();
    let in_quotes = |text: &str| text.replace(['"', '\\'], "");
    let own = start.title.as_deref().map(in_quotes);
    let as_of = start.as_of.as_deref().map_or(AS_OF.to_owned(), in_quotes);
    let code = start.code.as_deref().map(in_quotes);
    // Made-up figures do not go out under a council's own code.
    let code = match code.filter(|code| code != MADE_UP) {
        Some(code) => format!(
            "// Yours, \"{code}\", in place of this one once the figures are yours too: until then every \
             page says that all is made up."
        ),
        None => NO_CODE.to_owned(),
    };
    let text = dated(SCRIPT_TEXT, &as_of)
        .replace(
            "as_of:    \"2026-09-30\"",
            &format!("as_of:    \"{as_of}\""),
        )
        .replace(NO_CODE, &code)
        .replace(
            "NAME",
            &own.unwrap_or_else(|| format!("{} Council", title(name))),
        )
        .replace("SERVICES", &services.join(", "))
        .replace("ASKED", &asked.join(", "))
        .replace("check ID", &format!("check {name}"));
    laid_out(text)
}

/// A script in the one layout, as `healthcheck fmt` would leave it.
pub(super) fn laid_out(text: String) -> String {
    formatted(&text).unwrap_or(text)
}

/// The text with its dates moved by whole years, so that what lies before the as-of date in it
/// lies before this one too.
fn dated(text: &str, as_of: &str) -> String {
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<i32>().ok());
    let (Some(wanted), Some(own)) = (year(as_of), year(AS_OF)) else {
        return text.to_owned();
    };
    let earlier = as_of.get(4..) < AS_OF.get(4..);
    let by = wanted - own - i32::from(earlier);
    let mut text = text.replace(&format!("as_of:    \"{AS_OF}\""), "as_of:    \"AS_OF\"");
    for year in [own, own + 1] {
        text = text.replace(&format!("\"{year}-"), &format!("\"@{year}-"));
    }
    for year in [own, own + 1] {
        text = text.replace(&format!("\"@{year}-"), &format!("\"{}-", year + by));
    }
    text.replace("AS_OF", AS_OF)
}

/// `st-agnes` → `St Agnes`.
pub(super) fn title(name: &str) -> String {
    let words: Vec<String> = name
        .split('-')
        .map(|word| {
            let (first, rest) = word.split_at(1.min(word.len()));
            first.to_uppercase() + rest
        })
        .collect();
    words.join(" ")
}

pub(super) fn check_name(name: &str) -> Result<(), Diagnostics> {
    let place = Source::unread(name).whole();
    if RESERVED.contains(&name) {
        return Err(Diagnostic::new(
            Code::NameTaken,
            place,
            format!("a council cannot be called `{name}`: that folder has another use"),
        )
        .into());
    }
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if name.split('-').all(is_word) {
        return match too_long(name, place) {
            Some(fault) => Err(fault.into()),
            None => Ok(()),
        };
    }
    Err(Diagnostic::new(
        Code::BadId,
        place,
        format!("`{name}` is not lower-case words joined by hyphens"),
    )
    .help(match id_of(name, '-').as_str() {
        "" => "a name such as `northshire` or `st-agnes`".to_owned(),
        better => better.to_owned(),
    })
    .into())
}

/// What is told of a council's id after which no file can be named.
pub(super) fn too_long(id: &str, place: Place) -> Option<Diagnostic> {
    let bytes = id.len();
    let message = format!("a council's id has at most {LONGEST_ID} letters, figures and hyphens");
    (bytes > LONGEST_ID).then(|| {
        Diagnostic::new(Code::BadId, place, message)
            .label(format!("the folder's name is the id, and has {bytes}"))
            .help("a shorter name for the council's folder, such as `northshire`")
    })
}

pub(super) fn already_there(path: &Path) -> Diagnostic {
    let path = shown(path);
    Diagnostic::new(
        Code::NameTaken,
        Source::unread(path.as_str()).whole(),
        format!("there is a `{path}` already, and it is left as it is"),
    )
    .help("choose another name; or, to begin again, move it away first")
}

pub(super) fn not_written(path: &Path, error: &io::Error) -> Diagnostics {
    let path = shown(path);
    Diagnostic::new(
        Code::NotWritten,
        Source::unread(path.as_str()).whole(),
        format!("`{path}` could not be written: {}", reason(error)),
    )
    .into()
}

pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    io::Write::write_all(&mut fs::File::create_new(path)?, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host() -> (tempfile::TempDir, Host) {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .build();
        (folder, host)
    }

    #[test]
    fn a_new_council_is_a_script_with_data_that_git_ignores() {
        let (_keep, host) = host();
        let made = host.begin("st-agnes").unwrap();
        let folder = host.scripts().join("st-agnes");
        assert_eq!(made[0], folder.join(SCRIPT));
        let script = fs::read_to_string(&made[0]).unwrap();
        assert!(script.contains("council(\"St Agnes Council\""));
        assert_eq!(
            formatted(&script).as_deref(),
            Some(script.as_str()),
            "laid out"
        );
        for placeholder in ["NAME", "SERVICES", "ASKED", " ID\n"] {
            assert!(!script.contains(placeholder), "{placeholder}");
        }
        let ignored = fs::read_to_string(folder.join(".gitignore")).unwrap();
        assert!(ignored.lines().any(|line| line == "data/"));
        let survey = fs::read_to_string(folder.join("data/survey.csv")).unwrap();
        assert!(survey.lines().next().unwrap().contains(QUESTION));
    }

    #[test]
    fn the_tests_of_a_new_council_pass_and_leave_none_of_its_formulas_out() {
        let (_keep, host) = host();
        host.begin("st-agnes").unwrap();
        let tested = host.test(&host.councils(&[]).unwrap(), "");
        assert!(tested[0].faults.is_empty(), "{}", tested[0].faults);
        assert!(tested[0].trials.len() > 1);
        for trial in &tested[0].trials {
            assert!(trial.passed(), "{}", trial.faults);
        }
        assert_eq!((tested[0].formulas, tested[0].untested.len()), (1, 0));
    }

    #[test]
    fn a_council_that_is_there_is_never_touched() {
        let (_keep, host) = host();
        let made = host.begin("northshire").unwrap();
        fs::write(&made[0], "mine").unwrap();
        let faults = host.begin("northshire").unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code, Code::NameTaken);
        assert_eq!(fs::read_to_string(&made[0]).unwrap(), "mine");
    }

    #[test]
    fn a_name_is_lower_case_words_joined_by_hyphens() {
        let (_keep, host) = host();
        for name in [
            "North", "a b", "../x", "", "-a", "a--b", "a/b", "national", "shared", ".",
        ] {
            assert!(host.begin(name).is_err(), "{name}");
        }
        assert!(!host.scripts().exists());
    }

    #[test]
    fn data_go_under_the_data_folder_where_there_is_one() {
        let (keep, _) = host();
        let host = Host::builder()
            .scripts(keep.path().join("scripts"))
            .data(keep.path().join("figures"))
            .build();
        host.begin("northshire").unwrap();
        assert!(
            keep.path()
                .join("figures/northshire/data/survey.csv")
                .is_file()
        );
        assert!(!keep.path().join("scripts/northshire/data").exists());
    }

    #[test]
    fn the_script_asks_as_many_as_the_data_have_practitioners() {
        let shape = Shape {
            services: vec![Service::Adults],
            practitioners: vec![60],
            ..Shape::default()
        };
        let script = script("northshire", &shape, &Start::default());
        assert!(script.contains("services: [\"adults\"]"));
        assert!(script.contains("asked:    #{ adults: 60 }"));
    }
}
