//! What becomes of a run, and of each council in it.

use crate::change::Move;
use crate::diagnostic::Diagnostics;
use crate::host::Files;
use crate::publication::Publication;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What became of a run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Run {
    /// One for each council, in alphabetical order.
    pub outcomes: Vec<Outcome>,
    /// Faults of no single council: in templates, or in the page above all councils.
    pub faults: Diagnostics,
    /// A bug of ours outside any council.
    pub bug: Option<String>,
    /// From beginning to end.
    pub took: Duration,
}

/// What became of one council.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Its folder's name.
    pub council: String,
    /// Every fault and warning, by stage.
    pub faults: Diagnostics,
    /// What was found, if it came so far, published or not.
    pub publication: Option<Publication>,
    /// The page to open, if this run published it.
    pub page: Option<PathBuf>,
    /// The page that stays from an earlier run, if this one published nothing.
    pub kept: Option<PathBuf>,
    /// A bug of ours that stopped it.
    pub bug: Option<String>,
    /// SHA-256 of its results, if this run published it.
    pub(crate) results: Option<String>,
    /// What moved, from what to what, since this council was last published in the same watch;
    /// nothing if this run did not publish it.
    pub moves: Vec<Move>,
    /// Whether nobody wanted it any more, so that nothing came of it: see
    /// [`Builder::stop`](crate::host::Builder::stop).
    pub stopped: bool,
    /// The files that it looked at.
    pub files: Files,
    /// The templates as they were read, if it came so far that they were used.
    pub(crate) templates: Option<Arc<Files>>,
    /// Whether its script became a check, so that its data were looked for.
    pub(crate) loaded: bool,
    /// How long each stage took.
    pub timings: Timings,
    /// The releases of the same as-of date by which it was judged, if it came so far.
    pub(crate) releases: Option<(Round, Vec<Publication>)>,
}

/// A council's id and an as-of date.
pub(crate) type Round = (String, String);

/// What stood at the destination when somebody began to work.
pub(crate) type Stood = BTreeMap<Round, Vec<Publication>>;

/// How long each stage of a council took; nothing for a stage that it did not reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timings {
    /// Script to check.
    pub load: Duration,
    /// Files to tables.
    pub read: Duration,
    /// Tables to publication, attacked.
    pub assess: Duration,
    /// Publication to pages in their place.
    pub publish: Duration,
}

impl Outcome {
    pub(crate) fn of(council: &str) -> Self {
        Outcome {
            council: council.to_owned(),
            faults: Diagnostics::new(),
            publication: None,
            page: None,
            kept: None,
            bug: None,
            results: None,
            moves: Vec::new(),
            stopped: false,
            files: Files::default(),
            templates: None,
            loaded: false,
            timings: Timings::default(),
            releases: None,
        }
    }
}
