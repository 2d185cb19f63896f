//! A council with made-up data, and a script of one's own after its first cards.

use super::meter;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::Host;
use healthcheck::host::synthetic::{Shape, files};
use healthcheck::national::Service;
use healthcheck::publication::{Earlier, Publication};
use healthcheck::script::Limits;
use std::fmt;
use std::fs;

const FIRST_CARDS: &str = r#"council("Northmoor Council", #{
    code: "E10000098", as_of: "2026-09-30", services: ["children"], asked: #{ children: 120 },
    lead: #{ post: "Principal Social Worker", social_work_qualified: true },
});
table("survey", #{ file: "data/survey.csv" });
table("workers", #{ file: "data/workers.csv" });
table("workforce", #{ file: "data/workforce.csv" });
"#;

/// A library that deals cards and hands out formulas.
const LIBRARY: &str = r#"fn deal() { standard("caseload", #{ weight: 5 }); }
fn formula() { |workers| workers.count() }
fn endless() { let x = 0.0; while true { x += 1.0; } x }
fn deep(x) { deep(x + 1) }
"#;

const MEMORY: usize = 128 << 20;

pub struct Council {
    folder: tempfile::TempDir,
    host: Host,
}

/// What became of it.
pub enum Ending {
    Refused(Diagnostics),
    Found(Box<Found>),
}

impl fmt::Display for Ending {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ending::Refused(faults) => write!(out, "refused:\n{:.2000}", faults.to_string()),
            Ending::Found(found) => write!(out, "assessed, with:\n{:.2000}", found.warnings),
        }
    }
}

impl Ending {
    /// What a person is shown.
    pub fn faults(&self) -> Vec<String> {
        match self {
            Ending::Refused(faults) => vec![faults.to_string()],
            Ending::Found(found) => vec![found.warnings.clone()],
        }
    }
}

/// An assessed council.
pub struct Found {
    publication: Publication,
    pub warnings: String,
}

/// What is published is the same; warnings name folders.
impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.publication == other.publication
    }
}

impl Found {
    /// The item or standard `hostile` is not rated, and a warning says so.
    pub fn hostile_is_not_rated(&self) -> Result<(), String> {
        let items = self
            .publication
            .items
            .iter()
            .filter(|item| item.id == "hostile");
        let rated: Vec<bool> = items
            .flat_map(|item| item.findings.iter().map(|finding| finding.local.rated))
            .chain(self.publication.scopes.iter().flat_map(|scope| {
                let standards = scope
                    .local
                    .iter()
                    .filter(|standard| standard.id == "hostile");
                standards.map(|standard| standard.result.rated)
            }))
            .collect();
        if rated.is_empty() {
            return Err("there is no finding `hostile`".into());
        }
        if rated.contains(&true) {
            return Err("it is rated".into());
        }
        if self.warnings.is_empty() {
            return Err("nobody is told why it is not rated".into());
        }
        Ok(())
    }

    /// The nation's scores are those of the same council without the hostile script.
    pub fn same_nation(&self, other: &Found) -> Result<(), String> {
        let nation = |found: &Found| {
            let publication = &found.publication;
            let scopes: Vec<_> = publication
                .scopes
                .iter()
                .map(|s| (s.standards.clone(), s.overall.clone(), s.assured.clone()))
                .collect();
            let items: Vec<_> = publication
                .items
                .iter()
                .filter(|item| item.national)
                .map(|item| {
                    item.findings
                        .iter()
                        .map(|f| f.national.clone())
                        .collect::<Vec<_>>()
                })
                .collect();
            (scopes, items)
        };
        if nation(self) == nation(other) {
            Ok(())
        } else {
            Err("the nation's scores changed".into())
        }
    }
}

impl Council {
    pub fn with(script: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("shared")).unwrap();
        fs::write(at("shared/bad.rhai"), LIBRARY).unwrap();
        fs::write(
            at("shared/itself.rhai"),
            "import \"itself\" as me; fn x() { me::x() }",
        )
        .unwrap();
        fs::create_dir_all(at("northmoor/data")).unwrap();
        let script = match script.strip_prefix("WHOLE:") {
            Some(script) => script.to_owned(),
            None => format!("{FIRST_CARDS}{script}"),
        };
        fs::write(at("northmoor/check.rhai"), script).unwrap();
        let shape = Shape {
            services: vec![Service::Children],
            teams_per_service: 4,
            practitioners: vec![120],
            ..Shape::default()
        };
        for (path, text) in files("northmoor", &shape) {
            fs::write(at("northmoor").join(path), text).unwrap();
        }
        let host = Host::builder()
            .scripts(folder.path())
            .limits(Limits::standard().memory(MEMORY, meter::bytes))
            .build();
        Self { folder, host }
    }

    /// The folder that holds its folder.
    pub fn scripts(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn assess(&self) -> Ending {
        let script = self.folder.path().join("northmoor/check.rhai");
        match self.host.load(script).and_then(|check| {
            let data = self.host.read(&check)?;
            let found = self.host.assess(&check, &data, &Earlier::none())?;
            let warnings = format!("{}{}", check.warnings, found.warnings);
            Ok(Found {
                warnings,
                publication: found.into_inner(),
            })
        }) {
            Ok(found) => Ending::Found(found.into()),
            Err(faults) => Ending::Refused(faults),
        }
    }

    /// One check assessed twice.
    pub fn assess_twice(&self) -> (Ending, Ending) {
        let script = self.folder.path().join("northmoor/check.rhai");
        let check = self.host.load(script).expect("sound");
        let data = self.host.read(&check).expect("sound");
        let found = || {
            let found = self
                .host
                .assess(&check, &data, &Earlier::none())
                .expect("sound");
            Ending::Found(Box::new(Found {
                warnings: found.warnings.to_string(),
                publication: found.into_inner(),
            }))
        };
        (found(), found())
    }

    pub fn found(&self) -> Found {
        match self.assess() {
            Ending::Found(found) => *found,
            Ending::Refused(faults) => panic!("the peaceful council is refused:\n{faults}"),
        }
    }
}
