//! Councils side by side: folders in, an [`Outcome`] for each out, in order.
//!
//! One faulty council does not stop the others, and neither does a bug of ours: a panic
//! is caught where it happens and told as such.

mod outcome;
mod templates;

use super::earlier::Before;
use super::files::{Files, LEADS_OUT, hash, shown};
use super::index::{Above, Fresh, publish_index};
use super::past::Past;
use super::{CouncilFolder, Destination, Host, publish};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::publication::Publication;
use crate::script::{NoThread, on_deep_stack};
use crate::side_by_side::{OF_A_CORE, on_threads};
use crate::source::Source;
use crate::stop::stoppable;
pub(crate) use outcome::Stood;
pub use outcome::{Outcome, Run, Timings};
use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use templates::InForce;

/// How often a council's run begins again because what it read has changed meanwhile.
const TRIES: u32 = 5;
/// How long it waits before: longer each time.
const PAUSE: Duration = Duration::from_millis(20);

impl Host {
    /// Checks, reads, assesses and publishes councils, side by side on all cores, then
    /// makes the page above them all.
    pub fn run(&self, councils: &[CouncilFolder], to: &Destination) -> Run {
        self.run_since(councils, to, &Stood::new())
    }

    /// The same while somebody works on it: what was published since `stood` was noted is
    /// not yet seen by anybody, and closes no survey.
    pub(crate) fn run_since(
        &self,
        councils: &[CouncilFolder],
        to: &Destination,
        stood: &Stood,
    ) -> Run {
        let host = self.for_one_run();
        host.publishing(councils, to, |council, templates, outcome| {
            host.stages(council, templates, to, stood, outcome)
        })
    }

    /// What a run would find of each council, with nothing published.
    pub(super) fn rehearse(&self, councils: &[CouncilFolder], to: &Destination) -> Vec<Outcome> {
        let host = self.for_one_run();
        on_threads(OF_A_CORE, councils, |council| {
            let mut outcome = Outcome::of(&council.id);
            let work = || host.worked_out(council, to, &Stood::new(), &mut outcome);
            match guarded(|| on_deep_stack(work)) {
                Ok(Ok((found, _))) => outcome.publication = Some(found),
                Ok(Err(found)) => outcome.faults.extend(found),
                Err(bug) => outcome.bug = Some(bug),
            }
            outcome
        })
    }

    /// Makes the pages again of what was assessed before: after a change of template.
    pub fn render(&self, publications: &[Publication], to: &Destination) -> Run {
        self.publishing(publications, to, |publication, templates, outcome| {
            if self.wanted(&publication.id).load(Ordering::Relaxed) {
                outcome.stopped = true;
                return Ok(());
            }
            outcome.publication = Some(publication.clone());
            let past = self.past(&publication.id);
            publish_timed(
                publication,
                templates,
                to,
                (Before::default(), &past),
                outcome,
            )
        })
    }

    fn publishing<T: Named + Sync>(
        &self,
        councils: &[T],
        to: &Destination,
        work: impl Fn(&T, &InForce, &mut Outcome) -> Result<(), Diagnostics> + Sync,
    ) -> Run {
        let began = Instant::now();
        let lock = match to.lock(self.stop.as_deref()) {
            Ok(lock) => lock,
            Err(busy) => {
                let stopped = self.is_stopped();
                let outcomes = councils.iter().map(|council| Outcome {
                    kept: to.page(council.id()),
                    stopped,
                    ..Outcome::of(council.id())
                });
                return Run {
                    outcomes: outcomes.collect(),
                    faults: if stopped { Diagnostics::new() } else { busy },
                    bug: None,
                    took: began.elapsed(),
                };
            }
        };
        to.mend(lock.alone);
        let templates = InForce::of(self);
        if let Some(progress) = &self.progress {
            progress.begin(councils.len());
        }
        let outcomes = on_threads(OF_A_CORE, councils, |council| {
            let mut outcome = Outcome::of(council.id());
            let done = guarded(|| on_deep_stack(|| work(council, &templates, &mut outcome)));
            match done {
                Ok(Ok(())) => {}
                Ok(Err(found)) => outcome.faults.extend(found),
                Err(bug) => outcome.bug = Some(bug),
            }
            if outcome.page.is_none() {
                outcome.kept = to.page(council.id());
            }
            if let Some(progress) = &self.progress {
                progress.one_is_done();
            }
            outcome
        });
        let mut bug = None;
        let fresh: Vec<Fresh> = outcomes
            .iter()
            .filter_map(|outcome| {
                Some(Fresh {
                    results: outcome.results.as_deref()?,
                    publication: outcome.publication.as_ref()?,
                })
            })
            .collect();
        let in_force = templates.now().0;
        let mut faults = templates.told();
        if let Some(templates) = &in_force
            && !fresh.is_empty()
        {
            let none = Above::default();
            let above = self.memory.as_ref().map_or(&none, |memory| &memory.above);
            let files = &mut Files::default();
            match guarded(|| publish_index(&fresh, templates, to, files, above)) {
                Ok(Ok(())) => {}
                Ok(Err(found)) => faults.extend(found),
                Err(text) => bug = Some(text),
            }
        }
        drop(lock);
        Run {
            outcomes,
            faults,
            bug,
            took: began.elapsed(),
        }
    }

    fn stages(
        &self,
        council: &CouncilFolder,
        templates: &InForce,
        to: &Destination,
        stood: &Stood,
        outcome: &mut Outcome,
    ) -> Result<(), Diagnostics> {
        let stop = self.wanted(&council.id);
        let mut next = 0;
        while !stop.load(Ordering::Relaxed) {
            next += 1;
            let found = stoppable(&stop, || self.worked_out(council, to, stood, outcome));
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let Some(changed) = self.changed_since(&outcome.files) else {
                let (found, before) = found?;
                let past = self.past(&council.id);
                let published = publish_timed(&found, templates, to, (before, &past), outcome);
                outcome.publication = Some(found);
                return published;
            };
            if next == TRIES {
                return Err(keeps_changing(&changed).into());
            }
            // What came of it is mixed of then and now, faults and all.
            thread::sleep(PAUSE * next);
            *outcome = Outcome {
                timings: outcome.timings,
                ..Outcome::of(&council.id)
            };
        }
        *outcome = Outcome {
            stopped: true,
            ..Outcome::of(&council.id)
        };
        Ok(())
    }

    /// What turns true when nobody wants a council's run any more.
    fn wanted(&self, council: &str) -> Arc<AtomicBool> {
        match &self.memory {
            Some(memory) => memory.wanted(council),
            None => self.stop.clone().unwrap_or_default(),
        }
    }

    /// Whether nobody wants anything of this host any more.
    pub(crate) fn is_stopped(&self) -> bool {
        let stop = self.stop.as_ref();
        stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// A file that is no longer as it was read. Only what stood all the time while it was
    /// read can be published: two files saved one after the other would else be mixed. What leads
    /// out of its folder was not read at all.
    fn changed_since(&self, files: &Files) -> Option<PathBuf> {
        let now = |path: &Path| match (&self.memory, &self.rests) {
            (Some(memory), _) => memory.sum(path),
            (None, Some(rests)) => rests.of(path),
            (None, None) => hash(path),
        };
        let mut files = files.iter();
        files
            .find(|(path, read)| read.as_deref() != Some(LEADS_OUT) && now(path) != **read)
            .map(|(path, _)| path.clone())
    }

    /// All of a council's run up to what is to be published, and what it comes after.
    fn worked_out(
        &self,
        council: &CouncilFolder,
        to: &Destination,
        stood: &Stood,
        outcome: &mut Outcome,
    ) -> Result<(Publication, Before), Diagnostics> {
        let Outcome {
            faults,
            files,
            loaded,
            timings,
            releases,
            ..
        } = outcome;
        let check = timed(&mut timings.load, || {
            self.load_noting(&council.script, files)
        })?;
        *loaded = true;
        faults.extend(check.warnings.clone());
        let data = timed(&mut timings.read, || self.read_noting(&check, files))?;
        faults.extend(data.warnings.clone());
        let round = (council.id.clone(), check.council().as_of.to_string());
        let stood = stood.get(&round).map(Vec::as_slice);
        let (earlier, brought) = timed(&mut timings.read, || {
            self.earlier_noting(&check, to, files, stood)
        });
        faults.extend(earlier.warnings.clone());
        let earlier = earlier.into_inner();
        *releases = Some((round, earlier.releases.clone()));
        let found = timed(&mut timings.assess, || self.assess(&check, &data, &earlier))?;
        faults.extend(found.warnings.clone());
        let found = found.into_inner();
        let seen = self.releases(&check, &earlier).to_vec();
        let is_seen = |one: &Publication| seen.contains(one);
        let unseen = earlier.releases.into_iter();
        let unseen = unseen.filter(|one| !is_seen(one)).collect();
        let before = Before {
            brought,
            seen,
            unseen,
        };
        Ok((found, before))
    }
}

fn keeps_changing(path: &Path) -> Diagnostic {
    let name = shown(path);
    Diagnostic::new(
        Code::FileNotRead,
        Source::unread(name.as_str()).whole(),
        format!("`{name}` changed each time while it was being read"),
    )
    .note("nothing was published: figures must not be made of two states of a file")
    .help("wait until the program that writes it is done, and run it again")
}

fn publish_timed(
    publication: &Publication,
    templates: &InForce,
    to: &Destination,
    (before, past): (Before, &Past),
    outcome: &mut Outcome,
) -> Result<(), Diagnostics> {
    let (templates, read) = templates.now();
    outcome.templates = Some(read);
    let Some(templates) = templates else {
        return Ok(());
    };
    let placed = timed(&mut outcome.timings.publish, || {
        publish::publish(publication, &templates, to, before, past)
    })?;
    outcome.page = Some(placed.page);
    outcome.results = Some(placed.results);
    Ok(())
}

fn timed<T>(took: &mut Duration, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    *took += began.elapsed();
    done
}

/// What has a council's name.
trait Named {
    fn id(&self) -> &str;
}

impl Named for CouncilFolder {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for Publication {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The words of a panic instead of the panic.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = words(panic.as_ref());
        // No bug, and no other council would fare better. The words are those of whoever writes the
        // workbook, a sheet a thread.
        if panic.is::<NoThread>() {
            resume_unwind(panic);
        }
        if words.starts_with("failed to spawn thread") {
            resume_unwind(Box::new(NoThread(io::ErrorKind::WouldBlock.into())));
        }
        words
    })
}

fn words(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "it stopped without a word".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_words() {
        let number = 7;
        assert_eq!(guarded(|| panic!("plain")), Err::<(), _>("plain".into()));
        assert_eq!(
            guarded(|| panic!("no {number}")),
            Err::<(), _>("no 7".into())
        );
        assert_eq!(guarded(|| 1), Ok(1));
    }

    #[test]
    fn a_council_whose_script_is_gone_is_told_and_its_last_page_stays() {
        let folder = tempfile::tempdir().unwrap();
        let to = Destination::folder(folder.path().join("published"));
        std::fs::create_dir_all(to.path().join("northshire")).unwrap();
        std::fs::write(to.path().join("northshire/index.html"), "last").unwrap();
        let gone = CouncilFolder {
            id: "northshire".into(),
            script: folder.path().join("northshire/check.rhai"),
        };
        let run = Host::new().run(std::slice::from_ref(&gone), &to);
        let outcome = &run.outcomes[0];
        assert!(outcome.faults.has_errors());
        assert!(outcome.page.is_none());
        assert_eq!(outcome.kept, to.page("northshire"));
        assert_eq!(outcome.files.get(&gone.script), Some(&None));
    }
}
