//! Checks of open texts, beside the conversation with the editor: a text that changes is
//! checked once its author pauses, and what is found is handed on, unless the text has
//! changed again meanwhile.

use super::documents::{Document, Documents, Sort};
use super::told::Told;
use crate::diagnostic::Diagnostics;
use crate::host::Host;
use crate::script::on_deep_stack;
use crate::stop::stoppable;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long nobody types before a script is checked.
const PAUSE: Duration = Duration::from_millis(120);
/// The same for what is checked for another text's sake, and for templates, of which every
/// page is made.
const LONG_PAUSE: Duration = Duration::from_millis(400);

/// What the conversation and the checks share.
#[derive(Clone, Default)]
pub(super) struct Shared {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    changed: Condvar,
}

/// The texts, which of them are to be checked and when, and what was found last.
#[derive(Default)]
pub(super) struct State {
    pub documents: Documents,
    pub told: BTreeMap<String, Told>,
    wanted: BTreeMap<String, Instant>,
    /// The text that is being checked, and what tells its script to stop.
    running: Option<(String, Arc<AtomicBool>)>,
    over: bool,
}

impl Shared {
    /// The state, to look at or to change.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        let state = self.inner.state.lock();
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// A text is to be checked now: it was opened, or something beside it was saved.
    pub(super) fn check_soon(&self, uri: &str) {
        self.state().want(uri, Duration::ZERO);
        self.inner.changed.notify_all();
    }

    /// A text has changed: it is to be checked, and after it those that rest on it.
    pub(super) fn has_changed(&self, uri: &str) {
        let mut state = self.state();
        let Some(changed) = state.documents.get(uri) else {
            return;
        };
        let pause = match changed.sort {
            Sort::Script => PAUSE,
            Sort::Template => LONG_PAUSE,
        };
        let others: Vec<String> = state
            .documents
            .iter()
            .filter(|(other, document)| *other != uri && rests_on(document, changed))
            .map(|(other, _)| other.to_owned())
            .collect();
        state.stop(uri);
        state.want(uri, pause);
        for other in others {
            state.want(&other, LONG_PAUSE);
        }
        self.inner.changed.notify_all();
    }

    /// Everything open is to be checked: files have changed on disk.
    pub(super) fn check_all(&self) {
        let mut state = self.state();
        let open: Vec<String> = state
            .documents
            .iter()
            .map(|(uri, _)| uri.to_owned())
            .collect();
        for uri in open {
            state.want(&uri, PAUSE);
        }
        self.inner.changed.notify_all();
    }

    /// The conversation is over.
    pub(super) fn end(&self) {
        let mut state = self.state();
        state.over = true;
        if let Some((_, stop)) = &state.running {
            stop.store(true, Ordering::Relaxed);
        }
        drop(state);
        self.inner.changed.notify_all();
    }

    /// Checks what is to be checked until the conversation is over. `tell` is handed each
    /// text's address and what was found in it.
    pub(super) fn run(&self, host: &Host, tell: impl Fn(&str, &Document, &Told)) {
        while let Some((uri, document, host)) = self.next(host) {
            let stop: Arc<AtomicBool> = Arc::default();
            self.state().running = Some((uri.clone(), stop.clone()));
            let (faults, bug) = on_deep_stack(|| stoppable(&stop, || found(&host, &document)));
            let told = Told::new(&document, faults, bug);
            let mut state = self.state();
            state.running = None;
            let now = state.documents.get(&uri);
            if now.is_some_and(|now| now.version == document.version) {
                tell(&uri, &document, &told);
                state.told.insert(uri, told);
            }
        }
    }

    /// Waits for the next text that is to be checked, with a host that knows all open texts;
    /// `None` if the conversation is over.
    fn next(&self, host: &Host) -> Option<(String, Document, Host)> {
        let mut state = self.state();
        loop {
            if state.over {
                return None;
            }
            let now = Instant::now();
            let first = state.wanted.iter().min_by_key(|(_, due)| **due);
            let first = first.map(|(uri, due)| (uri.clone(), *due));
            match first {
                Some((uri, due)) if due <= now => {
                    state.wanted.remove(&uri);
                    if let Some(document) = state.documents.get(&uri).cloned() {
                        let host = host.with_unsaved(state.documents.unsaved());
                        return Some((uri, document, host));
                    }
                }
                Some((_, due)) => {
                    let waited = self.inner.changed.wait_timeout(state, due - now);
                    state = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                None => {
                    let waited = self.inner.changed.wait(state);
                    state = waited.unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }
}

impl State {
    fn want(&mut self, uri: &str, pause: Duration) {
        self.wanted.insert(uri.to_owned(), Instant::now() + pause);
    }

    /// Nobody wants to know any more what is found in a text as it was.
    fn stop(&self, uri: &str) {
        if let Some((running, stop)) = &self.running
            && running == uri
        {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets a text that is closed.
    pub(super) fn forget(&mut self, uri: &str) {
        self.stop(uri);
        self.documents.close(uri);
        self.told.remove(uri);
        self.wanted.remove(uri);
    }
}

/// Whether what is found in one text may depend on another: a council's script and tests on
/// each other, all scripts on libraries and these on them, templates on templates.
fn rests_on(document: &Document, changed: &Document) -> bool {
    let folder = |document: &Document| Some(document.path.as_ref()?.parent()?.to_owned());
    let is_shared =
        |document: &Document| folder(document).is_some_and(|folder| folder.ends_with("shared"));
    document.sort == changed.sort
        && (document.sort == Sort::Template
            || folder(document) == folder(changed)
            || is_shared(document)
            || is_shared(changed))
}

/// Everything that is wrong with a text, and a bug of ours that showed. One that stands
/// where no script stands is not checked.
fn found(host: &Host, document: &Document) -> (Diagnostics, Option<String>) {
    let Some(path) = document.path.as_deref() else {
        return (Diagnostics::new(), None);
    };
    let check = || match document.sort {
        Sort::Script => {
            let found = host.inspect_text(path, &document.text).unwrap_or_default();
            let bug = found.iter().find_map(|one| one.bug.clone());
            (found.into_iter().flat_map(|one| one.faults).collect(), bug)
        }
        Sort::Template => {
            let found = host.inspect_template(path, &document.text);
            (found.unwrap_or_default(), None)
        }
    };
    let (faults, bug): (Diagnostics, _) =
        super::guarded(check).unwrap_or_else(|bug| (Diagnostics::new(), Some(bug)));
    // A library's faults show in the check of each council that uses it.
    (faults.sorted(), bug)
}
