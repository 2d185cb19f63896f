//! The façade: folders in, published pages out.
//!
//! In: paths. Out: what the rooms below make of the files there: a [`HealthCheck`], a
//! [`Dataset`], a [`Publication`], and pages in a [`Destination`]. Files, clocks and
//! threads belong to this room and to `watch`; the rooms below take bytes and values.

mod attack;
mod begin;
mod beside;
mod builder;
mod clear;
mod councils;
mod disk;
mod doctor;
mod earlier;
mod files;
mod glimpse;
mod index;
mod inspect;
mod last_rows;
mod layout;
mod lock;
mod memory;
mod mend;
mod mounts;
#[cfg(feature = "lsp")]
mod open;
#[cfg(feature = "watch")]
mod outside;
mod past;
mod planned;
mod progress;
mod propose;
mod publish;
mod questionnaire;
mod reference;
mod results;
mod run;
mod scaffold;
mod shelf;
mod sums;
pub mod synthetic;
mod tables;
mod there;
mod trial;
mod unsaved;
mod verify;

pub use crate::change::{Move, Moved, moves};
pub use begin::{Begun, Start};
pub use builder::Builder;
pub use councils::CouncilFolder;
pub use doctor::{Symptom, Weight};
pub use files::Files;
#[cfg(feature = "watch")]
pub(crate) use files::{EMPTY, template_files};
pub use glimpse::{ColumnGlimpse, DataFile, Glimpse, Glimpses, Holds, Wanted};
pub use inspect::Inspection;
pub use layout::Layout;
pub use lock::Quiet;
pub use mend::{Change, Mend};
#[cfg(feature = "watch")]
pub(crate) use mounts::far;
#[cfg(feature = "lsp")]
pub use open::ReadingCopies;
pub use progress::Progress;
pub use publish::Destination;
#[cfg(feature = "watch")]
pub(crate) use run::Stood;
pub use run::{Outcome, Run, Timings};
pub use trial::Tested;
#[cfg(test)]
mod counts;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod oracle;

use crate::assess;
use crate::change;
use crate::check::HealthCheck;
use crate::data::Dataset;
use crate::diagnostic::{Checked, Diagnostics};
use crate::digest::Running;
use crate::publication::{Earlier, Logo, MADE_UP, Publication};
use crate::report::{self, Templates};
use crate::script::{Workshop, on_deep_stack};
use crate::source::Source;
use earlier::Before;
#[cfg(feature = "watch")]
pub(crate) use memory::Memory;
#[cfg(not(feature = "watch"))]
use memory::Memory;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use sums::Sums;
use unsaved::Unsaved;

/// Loads, reads, assesses and publishes councils' checks. It holds no state between
/// calls, prints nothing and can be shared by threads.
///
/// ```no_run
/// use healthcheck::host::{Destination, Host};
///
/// let host = Host::new();
/// let check = host.load("scripts/northshire/check.rhai")?;
/// let data = host.read(&check)?;
/// let to = Destination::folder("published");
/// let earlier = host.earlier(&check, &to);
/// let found = host.assess(&check, &data, &earlier)?;
/// host.publish(&found, &to)?;
/// # Ok::<(), healthcheck::diagnostic::Diagnostics>(())
/// ```
#[derive(Clone)]
pub struct Host {
    workshop: Workshop,
    scripts: PathBuf,
    templates: PathBuf,
    data: Option<PathBuf>,
    unseen: bool,
    unsaved: Vec<Unsaved>,
    memory: Option<Arc<Memory>>,
    rests: Option<Arc<Sums>>,
    progress: Option<Arc<Progress>>,
    stop: Option<Arc<AtomicBool>>,
}

impl Default for Host {
    fn default() -> Self {
        Self::new()
    }
}

impl Host {
    /// The national core, the standard library of functions, the standard limits, councils
    /// under `scripts/`, templates from `templates/` where there is such a folder.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A host with something else.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The same host, which knows for one run how the files lay that it read.
    fn for_one_run(&self) -> Self {
        let mut host = self.clone();
        host.rests = Some(Arc::default());
        host
    }

    /// The same host with a memory, which says what it remembers.
    #[cfg(feature = "watch")]
    pub(crate) fn remembering(&self) -> (Self, Arc<Memory>) {
        let memory = Arc::new(Memory::default());
        let mut host = self.clone();
        host.memory = Some(memory.clone());
        (host, memory)
    }

    /// Where it says how far a run has come, if anybody asked.
    pub fn progress(&self) -> Option<&Arc<Progress>> {
        self.progress.as_ref()
    }

    /// The folder that holds a folder for each council.
    pub fn scripts(&self) -> &Path {
        &self.scripts
    }

    /// Loads and validates a council's script: `check.rhai`, or the folder that holds it.
    /// Shared libraries are the scripts in `shared/` beside the council's folder.
    ///
    /// # Errors
    /// Every fault of the script and of the libraries it uses, sorted by place.
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Checked<HealthCheck>, Diagnostics> {
        self.load_noting(path.as_ref(), &mut Files::default())
    }

    /// Reads the files that a check's `table` cards name: beside the script, or under the
    /// host's data folder, in a folder named like the council's.
    ///
    /// # Errors
    /// A file that is not there, not readable or outside the council's folder; every fault
    /// in the data, with row, column and count.
    pub fn read(&self, check: &HealthCheck) -> Result<Checked<Dataset>, Diagnostics> {
        self.read_noting(check, &mut Files::default())
    }

    /// Scores the data by the nation's rules and by the council's, and clears it for
    /// publication; then sets it against the last edition, if there is one. A formula that
    /// fails is a finding "not rated, because …" and a warning.
    ///
    /// # Errors
    /// Faults that only the figures show, such as more answers than practitioners asked; rows
    /// that are not those published before with the same as-of date.
    pub fn assess(
        &self,
        check: &HealthCheck,
        data: &Dataset,
        earlier: &Earlier,
    ) -> Result<Checked<Publication>, Diagnostics> {
        let id = beside::council_id(check);
        let past = self.past(&id);
        let releases = self.releases(check, earlier);
        let assessment = on_deep_stack(|| assess::assess(check, data, releases, &past.firmness));
        // Nothing of it would be published.
        if assessment.faults.has_errors() {
            return Err(assessment.faults);
        }
        let (mut publication, opens) = clear::cleared(
            &id,
            check,
            &assessment,
            &data.inputs,
            releases,
            &past.verdicts,
        )
        .map_err(|closed| Diagnostics::from(*closed))?;
        if let Some(logo) = data.logo.as_deref()
            && let Ok(file) = report::logo_name(logo)
        {
            let brand = publication.brand.get_or_insert_default();
            brand.logo = Some(Logo::of(file, logo));
        }
        let mut faults = assessment.faults;
        faults.extend(opens.map_or_else(Diagnostics::default, Diagnostics::from));
        faults.extend(earlier::not_at_hand(check, &earlier.releases));
        faults.extend(planned::without_action(check, &publication));
        faults.extend(planned::baselines(check, &publication));
        faults.extend(earlier::put_right(
            check,
            self.releases(check, earlier),
            &publication,
        ));
        faults.extend(earlier::withdrawn_for_good(
            check,
            &earlier.releases,
            &publication,
        ));
        if let Some(edition) = &earlier.edition {
            publication.changes = Some(change::changes(edition, &publication));
            faults.extend(earlier::not_carried_over(check, edition, &publication));
            faults.extend(last_rows::of_another_date(check, edition, &publication));
        }
        faults.or(publication)
    }

    /// The releases that count: none of made-up figures, which are nobody's; if nobody has
    /// seen the last ones, those alone that a correction of this script withdraws.
    fn releases<'e>(&self, check: &HealthCheck, earlier: &'e Earlier) -> &'e [Publication] {
        let all = &earlier.releases;
        if check.council().code == MADE_UP {
            return &[];
        }
        if !self.unseen {
            return all;
        }
        // Of another date nothing is replaced.
        let counts = |one: &&Publication| !check.has_date_of(one) || check.withdraws(one);
        &all[..all.iter().take_while(counts).count()]
    }

    /// What stands at the destination was seen, unless it is known not to be.
    fn before(&self, next: &Publication, to: &Destination) -> Before {
        let standing = results::standing(&[to.path().join(&next.id)]).0;
        let standing = standing.into_iter().map(|(_, one)| one);
        Before {
            seen: standing
                .filter(|one| !self.unseen && one.council.code != MADE_UP)
                .collect(),
            ..Before::default()
        }
    }

    /// Makes every page and file of a publication, then puts them in place in one step.
    /// What was published before stays until then, and stays if anything goes wrong.
    /// Gives the path of the page to open. The page above all councils is made by
    /// [`Host::run`].
    ///
    /// # Errors
    /// A fault in a template; a folder that cannot be written.
    pub fn publish(
        &self,
        publication: &Publication,
        to: &Destination,
    ) -> Result<PathBuf, Diagnostics> {
        let _lock = to.lock(None)?;
        let before = self.before(publication, to);
        let placed = publish::publish(
            publication,
            &self.templates()?,
            to,
            before,
            &self.past(&publication.id),
        )?;
        Ok(placed.page)
    }

    /// The templates in force: those in the templates folder, or without one those in the
    /// program.
    ///
    /// # Errors
    /// A template that cannot be read, or that has a fault.
    pub fn templates(&self) -> Result<Templates, Diagnostics> {
        templates_of(files::template_sources(
            &self.templates,
            &mut Files::default(),
        )?)
    }

    /// The same, their files noted; while a watch runs those that were read before, if their texts
    /// are the same.
    fn templates_noting(&self, files: &mut Files) -> Result<Arc<Templates>, Diagnostics> {
        let sources = files::template_sources(&self.templates, files)?;
        let Some(memory) = &self.memory else {
            return templates_of(sources).map(Arc::new);
        };
        let key = || {
            let mut all = Running::default();
            sources.is_some().hash(&mut all);
            for (name, source) in sources.iter().flatten() {
                (name, source.name(), source.text()).hash(&mut all);
            }
            all.sha256()
        };
        let read = || templates_of(sources.clone()).map(Arc::new);
        memory.templates.of(key, read)
    }

    /// Whether every library added with [`Builder::library`] can be given to scripts, and
    /// every example in its functions' doc comments gives what it says: for a test of the
    /// embedding program.
    ///
    /// # Errors
    /// [`Code::LibraryNotUsable`](crate::Code::LibraryNotUsable) for each function without a
    /// doc comment, without an example or with a name that means something already, for each
    /// example that gives something else, and for a name that two libraries have.
    pub fn try_libraries(&self) -> Result<(), Diagnostics> {
        let faults = self.workshop.try_libraries();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// Where a workforce lead's templates are, if there are any.
    pub fn templates_folder(&self) -> &Path {
        &self.templates
    }

    /// Where councils' data are, if not beside their scripts.
    pub fn data_folder(&self) -> Option<&Path> {
        self.data.as_deref()
    }
}

/// The templates of a folder, or without one those in the program.
fn templates_of(sources: Option<Vec<(String, Source)>>) -> Result<Templates, Diagnostics> {
    match sources {
        Some(sources) => Templates::new(sources),
        None => Ok(Templates::embedded()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_can_be_shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Host>();
    }
}

/// What `docs/reliability.md` tells of.
#[cfg(test)]
pub(crate) mod caps {
    pub(crate) use super::files::{LARGEST_FILE, LARGEST_JSON, LARGEST_TABLE, LARGEST_TEXT};
}
