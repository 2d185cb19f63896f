//! The machine in a small world: each test one thing that it promises.

use super::*;

/// A disk of small numbers for contents, councils that depend on some of its files, and a
/// host that runs them: a world for the machine to live in.
pub(super) struct World {
    pub(super) disk: BTreeMap<PathBuf, u32>,
    state: State,
    now: Millis,
    /// What each council's last run read.
    pub(super) read: BTreeMap<String, Files>,
    runs: usize,
    rendered: usize,
    looks: usize,
    forgotten: Vec<String>,
}

pub(super) const COUNCILS: [&str; 3] = ["eastmere", "northshire", "sandbourne"];

pub(super) fn script(council: &str) -> PathBuf {
    PathBuf::from(format!("scripts/{council}/check.rhai"))
}

pub(super) fn data(council: &str) -> PathBuf {
    PathBuf::from(format!("scripts/{council}/data/survey.csv"))
}

pub(super) const LIBRARY: &str = "scripts/shared/caseload.rhai";
pub(super) const TEMPLATE: &str = "templates/pages/index.html.j2";

/// Eastmere uses no library.
pub(super) fn depends_on(council: &str) -> Vec<PathBuf> {
    let mut files = vec![script(council), data(council)];
    if council != "eastmere" {
        files.push(LIBRARY.into());
    }
    files
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = World {
            disk: BTreeMap::new(),
            state: State::new("published"),
            now: 0,
            read: BTreeMap::new(),
            runs: 0,
            rendered: 0,
            looks: 0,
            forgotten: Vec::new(),
        };
        for council in COUNCILS {
            for path in depends_on(council) {
                world.disk.insert(path, 0);
            }
        }
        world.disk.insert(TEMPLATE.into(), 0);
        world
    }

    pub(super) fn on_disk(&self, paths: impl IntoIterator<Item = PathBuf>) -> Files {
        paths
            .into_iter()
            .map(|path| {
                let content = self.disk.get(&path).map(u32::to_string);
                (path, content)
            })
            .collect()
    }

    fn seen(&self, files: BTreeSet<PathBuf>) -> Seen {
        Seen {
            councils: COUNCILS
                .iter()
                .filter(|council| self.disk.contains_key(&script(council)))
                .map(|council| (*council).to_owned())
                .collect(),
            files: self.on_disk(files),
            templates: self
                .on_disk([PathBuf::from(TEMPLATE)])
                .into_iter()
                .filter(|(_, content)| content.is_some())
                .collect(),
        }
    }

    /// Gives the machine an input and does all that it asks, checking that each run has
    /// a reason.
    pub(super) fn give(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let (state, actions) = step(std::mem::take(&mut self.state), input, self.now);
            self.state = state;
            for action in actions {
                match action {
                    Action::Look(files) => {
                        self.looks += 1;
                        inputs.push(Input::Looked(self.seen(files)));
                    }
                    Action::Forget(council) => {
                        self.read.remove(&council);
                        self.forgotten.push(council);
                    }
                    Action::Work { run, render, .. } => {
                        let mut ran = BTreeMap::new();
                        for council in run {
                            let now = self.on_disk(depends_on(&council));
                            assert_ne!(
                                self.read.get(&council),
                                Some(&now),
                                "{council} ran and nothing of it had changed"
                            );
                            self.runs += 1;
                            self.read.insert(council.clone(), now.clone());
                            ran.insert(council, now);
                        }
                        self.rendered += render.len();
                        inputs.push(Input::Finished(ran));
                    }
                }
            }
        }
    }

    pub(super) fn wait(&mut self, millis: Millis) {
        let until = self.now + millis;
        while let Some(at) = self.state.wake_at().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.give(Input::Time);
        }
        self.now = until;
    }

    fn write(&mut self, path: impl Into<PathBuf>, content: u32) {
        let path = path.into();
        self.disk.insert(path.clone(), content);
        self.give(Input::Changed(path));
    }

    fn begun() -> Self {
        let mut world = World::new();
        world.give(Input::GoAndLook);
        world.runs = 0;
        world.looks = 0;
        world
    }

    fn ran_since(&mut self) -> usize {
        self.wait(AT_MOST + QUIET);
        std::mem::take(&mut self.runs)
    }
}

#[test]
fn at_the_beginning_every_council_runs_once_and_nothing_is_rendered_besides() {
    let mut world = World::new();
    world.give(Input::GoAndLook);
    assert_eq!((world.runs, world.rendered), (3, 0));
    world.give(Input::GoAndLook);
    assert_eq!(world.runs, 3);
}

#[test]
fn only_the_council_whose_file_changed_runs_again() {
    let mut world = World::begun();
    world.write(script("eastmere"), 1);
    assert_eq!(world.ran_since(), 1);
    world.write(data("sandbourne"), 1);
    assert_eq!(world.ran_since(), 1);
    world.write(LIBRARY, 1);
    assert_eq!(world.ran_since(), 2, "the two that use the library");
    world.write("scripts/northshire/notes.txt", 1);
    assert_eq!(world.ran_since(), 0);
}

#[test]
fn a_file_saved_without_a_change_runs_nothing() {
    let mut world = World::begun();
    world.write(script("eastmere"), 0);
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.looks, 1);
}

#[test]
fn a_changed_template_makes_every_page_again_and_runs_nothing() {
    let mut world = World::begun();
    world.write(TEMPLATE, 1);
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.rendered, 3);
    world.write(TEMPLATE, 2);
    world.write(script("eastmere"), 1);
    assert_eq!(world.ran_since(), 1);
    assert_eq!(
        world.rendered, 5,
        "the one that ran is not made again besides"
    );
}

#[test]
fn a_council_that_goes_is_forgotten_and_one_that_comes_runs() {
    let mut world = World::begun();
    world.disk.remove(&script("eastmere"));
    world.give(Input::Changed(script("eastmere")));
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.forgotten, ["eastmere"]);
    world.write(script("eastmere"), 0);
    assert_eq!(world.ran_since(), 1);
}

#[test]
fn a_file_that_was_looked_for_in_vain_is_seen_when_it_comes() {
    let mut world = World::new();
    world.disk.remove(&data("eastmere"));
    world.give(Input::GoAndLook);
    world.runs = 0;
    world.write(data("eastmere"), 5);
    assert_eq!(world.ran_since(), 1);
}

#[test]
fn our_own_output_and_temporary_names_are_not_looked_at() {
    let mut world = World::begun();
    for path in [
        "published/eastmere/index.html",
        "scripts/eastmere/.check.rhai.swp",
        "scripts/eastmere/check.rhai~",
        "scripts/eastmere/4913",
        "scripts/eastmere/data/~$survey.csv",
        "scripts/eastmere/data/.~lock.survey.csv#",
        "scripts/eastmere/data/survey.csv.tmp",
    ] {
        world.give(Input::Changed(path.into()));
    }
    assert_eq!(world.state.wake_at(), None);
    assert_eq!(world.looks, 0);
}

#[test]
fn we_look_when_it_has_been_quiet_and_at_the_latest_after_half_a_second() {
    let changed = || Input::Changed(script("eastmere"));
    let (state, _) = step(World::begun().state, changed(), 1000);
    assert_eq!(state.wake_at(), Some(1100));
    let (mut state, _) = step(state, changed(), 1090);
    assert_eq!(state.wake_at(), Some(1190));
    for now in (1180..1500).step_by(90) {
        let (next, actions) = step(state, changed(), now);
        assert!(actions.is_empty(), "{now}");
        state = next;
    }
    assert_eq!(state.wake_at(), Some(1500));
    let (_, actions) = step(state, changed(), 1500);
    assert!(matches!(actions[..], [Action::Look(_)]));
}

#[test]
fn what_changes_while_we_work_is_looked_at_afterwards() {
    let mut world = World::begun();
    world.disk.insert(script("eastmere"), 1);
    let (state, actions) = step(std::mem::take(&mut world.state), Input::GoAndLook, 0);
    let [Action::Look(files)] = &actions[..] else {
        panic!("{actions:?}")
    };
    let (state, _) = step(state, Input::Looked(world.seen(files.clone())), 0);
    let read = world.on_disk(depends_on("eastmere"));
    let (state, actions) = step(state, Input::Changed(script("eastmere")), 10);
    assert!(actions.is_empty() && state.wake_at().is_none(), "busy");
    let ran = BTreeMap::from([("eastmere".to_owned(), read)]);
    let (state, _) = step(state, Input::Finished(ran), 50);
    assert_eq!(state.wake_at(), Some(110));
}

#[test]
fn ten_thousand_events_in_a_second_make_at_most_a_few_runs() {
    let mut world = World::begun();
    for event in 0..10_000u32 {
        world.now = u64::from(event / 10);
        world.write(data("northshire"), event + 1);
    }
    let runs = world.ran_since();
    assert!((1..=4).contains(&runs), "{runs}");
    assert_eq!(
        world.read["northshire"],
        world.on_disk(depends_on("northshire"))
    );
}
