//! The machine in a small world: each test one thing that it promises.

use super::*;

/// A disk of small numbers for contents, councils that depend on some of its files, and a
/// host that runs them, which takes a while: a world for the machine to live in.
pub(super) struct World {
    pub(super) disk: BTreeMap<PathBuf, u32>,
    state: State,
    now: Millis,
    /// What each council's last run read.
    pub(super) read: BTreeMap<String, Files>,
    /// The templates of which each council's pages were last made.
    pub(super) pages: BTreeMap<String, Files>,
    /// How long a piece of work takes.
    pub(super) takes: Millis,
    busy: Option<Busy>,
    runs: usize,
    rendered: usize,
    looks: usize,
    stopped: usize,
    forgotten: Vec<String>,
    /// The files of which it was said that they are waited for.
    waited_for: Vec<PathBuf>,
    /// The files that the last work read while a program still had them open.
    still_open: BTreeSet<PathBuf>,
    /// The councils whose publication stands, and whether one can be put there.
    published: BTreeSet<String>,
    can_publish: bool,
    /// Whether nothing can be written, and the councils that could not be.
    disk_is_full: bool,
    unwritten: BTreeSet<String>,
}

struct Busy {
    until: Millis,
    run: BTreeSet<String>,
    render: BTreeSet<String>,
    /// The templates as they were when it began.
    templates: Files,
}

/// A file that holds nothing.
pub(super) const NOTHING: u32 = 0;

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

fn hash(content: u32) -> String {
    match content {
        NOTHING => crate::host::EMPTY.to_owned(),
        content => content.to_string(),
    }
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = World {
            disk: BTreeMap::new(),
            state: State::new("published"),
            now: 0,
            read: BTreeMap::new(),
            pages: BTreeMap::new(),
            takes: 0,
            busy: None,
            runs: 0,
            rendered: 0,
            looks: 0,
            stopped: 0,
            forgotten: Vec::new(),
            waited_for: Vec::new(),
            still_open: BTreeSet::new(),
            published: BTreeSet::new(),
            can_publish: true,
            disk_is_full: false,
            unwritten: BTreeSet::new(),
        };
        for council in COUNCILS {
            for path in depends_on(council) {
                world.disk.insert(path, 1);
            }
        }
        world.disk.insert(TEMPLATE.into(), 1);
        world
    }

    pub(super) fn on_disk(&self, paths: impl IntoIterator<Item = PathBuf>) -> Files {
        paths
            .into_iter()
            .map(|path| {
                let content = self.disk.get(&path).map(|content| hash(*content));
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
            templates: self.templates(),
            standing: self.published.clone(),
        }
    }

    pub(super) fn templates(&self) -> Files {
        let mut files = self.on_disk([PathBuf::from(TEMPLATE)]);
        files.retain(|_, content| content.is_some());
        files
    }

    /// Gives the machine an input and does all that it asks.
    pub(super) fn give(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            let (state, actions) = step(std::mem::take(&mut self.state), input, self.now);
            self.state = state;
            for action in actions {
                match action {
                    Action::Look { files, .. } => {
                        self.looks += 1;
                        inputs.push(Input::Looked(self.seen(files)));
                    }
                    Action::Forget(council) => {
                        self.read.remove(&council);
                        self.forgotten.push(council);
                    }
                    Action::Wait(files) => self.waited_for.extend(files),
                    Action::Stop(councils) => {
                        let busy = self.busy.as_mut().expect("only work can be stopped");
                        for council in councils {
                            busy.run.remove(&council);
                            busy.render.remove(&council);
                            self.stopped += 1;
                        }
                    }
                    Action::Work {
                        run,
                        render,
                        still_open,
                        ..
                    } => {
                        self.still_open = still_open;
                        assert!(self.busy.is_none(), "one piece of work at a time");
                        self.rendered += render.len();
                        let until = self.now + self.takes;
                        self.busy = Some(Busy {
                            until,
                            run,
                            render,
                            templates: self.templates(),
                        });
                        if self.takes == 0 {
                            inputs.push(self.done());
                        }
                    }
                }
            }
        }
    }

    /// The work is done: what ran has read the files as they are, since a run whose files
    /// change begins again. Checks that each run had a reason.
    fn done(&mut self) -> Input {
        let busy = self.busy.take().expect("there is work");
        let (mut ran, mut published) = (BTreeMap::new(), BTreeSet::new());
        let made: BTreeSet<String> = busy.run.union(&busy.render).cloned().collect();
        for council in &made {
            self.pages.insert(council.clone(), busy.templates.clone());
        }
        for council in busy.run {
            let now = self.on_disk(depends_on(&council));
            assert!(
                self.takes > 0
                    || self.read.get(&council) != Some(&now)
                    || !self.published.contains(&council)
                    || self.unwritten.contains(&council),
                "{council} ran and nothing of it had changed"
            );
            self.runs += 1;
            if self.can_publish && !self.disk_is_full {
                self.published.insert(council.clone());
                published.insert(council.clone());
            }
            self.read.insert(council.clone(), now.clone());
            ran.insert(council, now);
        }
        self.unwritten = match self.disk_is_full {
            true => ran.keys().cloned().collect(),
            false => BTreeSet::new(),
        };
        let unwritten = self.unwritten.clone();
        Input::Finished {
            ran,
            pages: BTreeMap::from([(busy.templates, made)]),
            published,
            unwritten,
        }
    }

    pub(super) fn wait(&mut self, millis: Millis) {
        let until = self.now + millis;
        loop {
            let done = self.busy.as_ref().map(|busy| busy.until);
            let next = done.into_iter().chain(self.state.wake_at()).min();
            let Some(at) = next.filter(|at| *at <= until) else {
                break;
            };
            self.now = self.now.max(at);
            if done == Some(at) {
                let done = self.done();
                self.give(done);
            } else {
                self.give(Input::Time);
            }
        }
        self.now = until;
    }

    fn write(&mut self, path: impl Into<PathBuf>, content: u32) {
        let path = path.into();
        self.disk.insert(path.clone(), content);
        self.give(Input::Changed(path));
    }

    /// A program that has the file open writes a piece of it.
    fn write_piece(&mut self, path: impl Into<PathBuf>, content: u32) {
        let path = path.into();
        self.disk.insert(path.clone(), content);
        self.give(Input::Writing(path));
    }

    fn remove(&mut self, path: impl Into<PathBuf>) {
        let path = path.into();
        self.disk.remove(&path);
        self.give(Input::Changed(path));
    }

    fn begun() -> Self {
        let mut world = World::new();
        world.give(Input::GoAndLook);
        world.wait(1000);
        world.runs = 0;
        world.looks = 0;
        world
    }

    fn ran_since(&mut self) -> usize {
        self.wait(AT_MOST + PATIENCE);
        std::mem::take(&mut self.runs)
    }
}

#[test]
fn at_the_beginning_every_council_runs_once_and_nothing_is_rendered_besides() {
    let mut world = World::new();
    world.give(Input::GoAndLook);
    assert_eq!((world.runs, world.rendered), (3, 0));
    world.wait(2000);
    world.give(Input::GoAndLook);
    assert_eq!(world.runs, 3);
}

#[test]
fn only_the_council_whose_file_changed_runs_again() {
    let mut world = World::begun();
    world.write(script("eastmere"), 2);
    assert_eq!(world.ran_since(), 1);
    world.write(data("sandbourne"), 2);
    assert_eq!(world.ran_since(), 1);
    world.write(LIBRARY, 2);
    assert_eq!(world.ran_since(), 2, "the two that use the library");
    world.write("scripts/northshire/notes.txt", 2);
    assert_eq!(world.ran_since(), 0);
}

#[test]
fn a_publication_that_is_taken_away_is_made_again_and_tried_once_where_it_cannot_be() {
    let mut world = World::begun();
    world.give(Input::GoAndLook);
    assert_eq!(world.ran_since(), 0);
    world.published.remove("eastmere");
    world.give(Input::GoAndLook);
    assert_eq!(world.ran_since(), 1);
    world.give(Input::GoAndLook);
    world.published.clear();
    world.can_publish = false;
    world.give(Input::GoAndLook);
    assert_eq!(world.ran_since(), 3);
    world.give(Input::GoAndLook);
    assert_eq!(world.ran_since(), 0);
    world.can_publish = true;
    world.write(script("eastmere"), 2);
    assert_eq!(world.ran_since(), 1);
}

#[test]
fn a_file_saved_without_a_change_runs_nothing() {
    let mut world = World::begun();
    world.write(script("eastmere"), 1);
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.looks, 1);
}

#[test]
fn the_first_event_is_acted_upon_at_once() {
    let mut world = World::begun();
    world.write(script("eastmere"), 2);
    assert_eq!((world.looks, world.runs), (1, 1));
}

#[test]
fn of_a_file_that_is_known_nothing_else_is_looked_at() {
    let mut world = World::begun();
    let state = std::mem::take(&mut world.state);
    let (_, actions) = step(state, Input::Changed(data("eastmere")), world.now);
    let [Action::Look { files, afresh }] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(files, &BTreeSet::from([data("eastmere")]));
    assert_eq!(afresh, files);
}

#[test]
fn a_changed_template_makes_every_page_again_and_runs_nothing() {
    let mut world = World::begun();
    world.write(TEMPLATE, 2);
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.rendered, 3);
    world.disk.insert(TEMPLATE.into(), 3);
    world.write(script("eastmere"), 2);
    assert_eq!(world.ran_since(), 1);
    assert_eq!(
        world.rendered, 5,
        "the one that ran is not made again besides"
    );
}

#[test]
fn a_council_that_goes_is_forgotten_and_one_that_comes_runs() {
    let mut world = World::begun();
    world.remove(script("eastmere"));
    assert!(world.forgotten.is_empty(), "it may come back at once");
    assert_eq!(world.ran_since(), 0);
    assert_eq!(world.forgotten, ["eastmere"]);
    world.write(script("eastmere"), 1);
    assert_eq!(world.ran_since(), 1);
}

#[test]
fn a_save_that_moves_the_old_file_away_first_is_one_run_and_nothing_is_forgotten() {
    let mut world = World::begun();
    for content in 2..10 {
        world.remove(script("eastmere"));
        world.wait(30);
        world.write(script("eastmere"), content);
        assert_eq!(world.ran_since(), 1);
    }
    assert!(world.forgotten.is_empty());
}

#[test]
fn a_file_that_is_emptied_and_then_written_is_one_run() {
    let mut world = World::begun();
    world.write(data("eastmere"), NOTHING);
    world.wait(20);
    assert_eq!(world.runs, 0);
    world.write(data("eastmere"), 2);
    assert_eq!(world.ran_since(), 1);
    world.write(data("eastmere"), NOTHING);
    assert_eq!(world.ran_since(), 1, "it is meant to be empty");
}

#[test]
fn a_file_that_grows_is_waited_for_until_it_rests() {
    let mut world = World::begun();
    for piece in 2..20 {
        world.write(data("eastmere"), piece);
        world.wait(20);
    }
    assert_eq!(world.ran_since(), 2, "the first piece, and the whole");
    let whole = world.on_disk(depends_on("eastmere"));
    assert_eq!(world.read["eastmere"], whole);
}

#[test]
fn a_file_that_never_rests_is_taken_as_it_is_twice_a_second() {
    let mut world = World::begun();
    for piece in 2..102 {
        world.write(data("eastmere"), piece);
        world.wait(20);
    }
    assert!((4..=6).contains(&world.runs), "{}", world.runs);
}

#[test]
fn a_template_that_is_emptied_and_then_written_makes_the_pages_once() {
    let mut world = World::begun();
    world.write(TEMPLATE, NOTHING);
    world.wait(20);
    world.write(TEMPLATE, 2);
    world.wait(1000);
    assert_eq!(world.rendered, 3);
}

#[test]
fn a_file_that_was_looked_for_in_vain_is_seen_when_it_comes() {
    let mut world = World::new();
    world.disk.remove(&data("eastmere"));
    world.give(Input::GoAndLook);
    world.wait(100);
    world.runs = 0;
    world.write(data("eastmere"), 5);
    assert_eq!(world.ran_since(), 1);
}

#[test]
fn a_council_that_could_not_be_written_is_tried_again_in_growing_pauses_until_it_stands() {
    let mut world = World::begun();
    world.disk_is_full = true;
    world.write(script("eastmere"), 2);
    assert_eq!(world.runs, 1);
    let mut tries = |seconds: u64| {
        world.runs = 0;
        world.wait(1_000 * seconds);
        world.runs
    };
    // After 5, 15, 35, 75 and 135 seconds, and then once a minute.
    assert_eq!([tries(4), tries(2), tries(8), tries(2)], [0, 1, 0, 1]);
    assert_eq!([tries(20), tries(40), tries(58), tries(600)], [1, 1, 0, 10]);
    world.disk_is_full = false;
    world.runs = 0;
    world.wait(600_000);
    assert_eq!(
        world.runs, 1,
        "once there is room it is written, and that is all"
    );
    assert_eq!(world.state.wake_at(), None);
}

#[test]
fn a_publication_that_is_taken_away_again_before_we_look_is_made_again() {
    let mut world = World::begun();
    for _ in 0..2 {
        world.published.remove("eastmere");
        world.wait(GAP);
        world.give(Input::GoAndLook);
        assert!(world.published.contains("eastmere"));
    }
}

#[test]
fn a_publication_that_is_taken_away_is_made_again_though_the_work_on_it_was_stopped() {
    let mut world = World::begun();
    world.takes = 200;
    world.published.remove("eastmere");
    world.give(Input::GoAndLook);
    world.wait(100);
    // A change, and all is as it was read the last time before anybody looks at it again.
    world.write(data("eastmere"), 2);
    assert_eq!(world.stopped, 1);
    world.disk.insert(data("eastmere"), 1);
    world.wait(2_000);
    assert!(world.published.contains("eastmere"));
}

#[test]
fn a_publication_that_is_taken_away_is_made_again_though_its_script_was_away_for_a_moment() {
    for works in [true, false] {
        let mut world = World::begun();
        world.takes = 200;
        if works {
            world.published.remove("eastmere");
            world.give(Input::GoAndLook);
            world.wait(100);
            world.remove(script("eastmere"));
        } else {
            world.remove(script("eastmere"));
            world.published.remove("eastmere");
            world.give(Input::GoAndLook);
        }
        world.wait(20);
        // As it was, before it is given up.
        world.write(script("eastmere"), 1);
        for _ in 0..5 {
            world.wait(3_000);
            world.give(Input::GoAndLook);
        }
        assert!(world.forgotten.is_empty());
        assert!(world.published.contains("eastmere"), "{works}");
    }
}

#[test]
fn a_council_that_could_not_be_written_and_is_gone_is_not_tried_again() {
    let mut world = World::begun();
    world.disk_is_full = true;
    world.write(script("eastmere"), 2);
    world.remove(script("eastmere"));
    world.wait(2_000);
    assert_eq!(world.forgotten, ["eastmere"]);
    world.runs = 0;
    world.wait(600_000);
    assert_eq!(world.runs, 0);
}

#[test]
fn our_own_output_and_temporary_names_are_not_looked_at() {
    let mut world = World::begun();
    for path in [
        "published/eastmere/index.html",
        "scripts/eastmere/.check.rhai.swp",
        "scripts/eastmere/data/~$survey.csv",
    ] {
        world.give(Input::Changed(path.into()));
    }
    assert_eq!(world.state.wake_at(), None);
    assert_eq!(world.looks, 0);
}

#[test]
fn work_that_a_newer_change_makes_useless_is_stopped_and_done_again() {
    let mut world = World::begun();
    world.takes = 200;
    world.write(script("eastmere"), 2);
    world.wait(100);
    world.write(data("sandbourne"), 2);
    assert_eq!(world.stopped, 0, "another council's file is no reason");
    world.wait(20);
    world.write(data("eastmere"), 2);
    assert_eq!(world.stopped, 1);
    world.wait(1000);
    assert_eq!(world.runs, 2);
    for council in ["eastmere", "sandbourne"] {
        assert_eq!(world.read[council], world.on_disk(depends_on(council)));
    }
}

#[test]
fn a_file_that_never_rests_does_not_keep_a_council_from_ever_running() {
    let mut world = World::begun();
    world.takes = 200;
    for piece in 2..200 {
        world.write(data("eastmere"), piece);
        world.wait(20);
    }
    assert!(world.runs > 1, "{}", world.runs);
}

#[test]
fn ten_thousand_events_in_a_second_make_at_most_three_runs() {
    let mut world = World::begun();
    let began = world.now;
    for event in 0..10_000u32 {
        world.now = began + u64::from(event / 10);
        world.write(data("northshire"), event + 2);
        world.wait(0);
    }
    let runs = world.ran_since();
    assert!((1..=3).contains(&runs), "{runs}");
    assert_eq!(
        world.read["northshire"],
        world.on_disk(depends_on("northshire"))
    );
}

#[test]
fn ten_thousand_times_emptied_and_written_in_a_second_make_at_most_three_runs() {
    let mut world = World::begun();
    let began = world.now;
    for event in 0..10_000u32 {
        world.now = began + u64::from(event / 10);
        let content = if event % 3 == 0 { NOTHING } else { event + 2 };
        world.write(data("northshire"), content);
        world.wait(0);
    }
    let runs = world.ran_since();
    assert!((1..=3).contains(&runs), "{runs}");
}

#[test]
fn a_copy_that_pauses_for_seconds_is_read_once_it_is_closed() {
    let mut world = World::begun();
    for piece in 2..6 {
        world.write_piece(data("eastmere"), piece);
        world.wait(STALL - 3 * GAP);
        // The slow poll comes by all the while, and somebody saves something else.
        world.give(Input::GoAndLook);
        world.write(script("sandbourne"), piece);
        world.wait(2 * GAP);
    }
    assert_eq!(world.read["eastmere"][&data("eastmere")], Some(hash(1)));
    assert_eq!(world.runs, 4, "the other council, each time");
    world.give(Input::Closed(data("eastmere")));
    assert_eq!(world.runs, 5, "at once");
    assert_eq!(world.read["eastmere"][&data("eastmere")], Some(hash(5)));
}

#[test]
fn a_new_file_is_waited_for_until_it_is_closed_and_a_second_name_of_another_for_a_moment() {
    let mut world = World::new();
    world.disk.remove(&data("eastmere"));
    world.give(Input::GoAndLook);
    world.wait(100);
    world.runs = 0;
    world.disk.insert(data("eastmere"), NOTHING);
    world.give(Input::Made(data("eastmere")));
    world.wait(PATIENCE / 2);
    world.write_piece(data("eastmere"), 2);
    assert_eq!(world.ran_since(), 0);
    world.give(Input::Closed(data("eastmere")));
    assert_eq!(world.ran_since(), 1);
    world.disk.insert(data("eastmere"), 3);
    world.give(Input::Made(data("eastmere")));
    world.wait(PATIENCE);
    assert_eq!(world.ran_since(), 1);
    // What is written later begins anew.
    world.write_piece(data("eastmere"), 4);
    world.wait(STALL - 1);
    assert_eq!(world.runs, 0);
}

#[test]
fn a_template_that_a_program_has_open_is_waited_for_too() {
    let mut world = World::begun();
    world.write_piece(TEMPLATE, 2);
    world.wait(STALL - 1);
    world.give(Input::GoAndLook);
    assert_eq!(world.rendered, 0);
    world.wait(GAP);
    world.give(Input::Closed(TEMPLATE.into()));
    assert_eq!(world.rendered, 3);
}

#[test]
fn a_file_that_nobody_closes_is_taken_once_it_rests_and_then_as_one_of_which_no_close_is_told() {
    let mut world = World::begun();
    world.write_piece(data("eastmere"), 2);
    world.wait(STALL - 1);
    assert_eq!(world.runs, 0);
    world.wait(1);
    assert_eq!(world.runs, 1);
    world.wait(1_000);
    world.write_piece(data("eastmere"), 3);
    assert_eq!(world.runs, 2, "at once");
    world.give(Input::Closed(data("eastmere")));
    world.wait(1_000);
    world.write_piece(data("eastmere"), 4);
    world.wait(1_000);
    assert_eq!(world.runs, 2, "closed, and open again");
}

#[test]
fn a_file_that_is_written_into_for_ever_is_taken_in_the_end() {
    let mut world = World::begun();
    let began = world.now;
    let mut piece = 2;
    while world.runs == 0 {
        world.write_piece(data("eastmere"), piece);
        world.wait(1_000);
        piece += 1;
    }
    assert_eq!(world.now - began, LONGEST);
}

#[test]
fn that_a_file_is_waited_for_is_said_once_and_of_files_that_a_council_reads() {
    let mut world = World::begun();
    for piece in 2..8 {
        world.write_piece(data("eastmere"), piece);
        world.write_piece("scripts/eastmere/data/notes.txt", piece);
        world.wait(1_000);
        let said = world.waited_for.len();
        assert_eq!(said, usize::from(piece > 2), "after {} seconds", piece - 1);
    }
    assert_eq!(world.waited_for, [data("eastmere")]);
}

#[test]
fn an_open_file_that_is_deleted_renamed_or_lies_in_a_folder_that_is_moved_holds_up_nothing() {
    let away = |path: PathBuf| {
        let mut world = World::begun();
        world.write_piece(data("eastmere"), 2);
        world.disk.remove(&data("eastmere"));
        world.give(Input::Closed(path));
        world.ran_since()
    };
    assert_eq!(away(data("eastmere")), 1);
    assert_eq!(away("scripts/eastmere/data".into()), 1);
    assert_eq!(away(data("northshire")), 0);
}

#[test]
fn where_events_were_lost_an_open_file_is_looked_at_at_once() {
    let mut world = World::begun();
    world.write_piece(data("eastmere"), 2);
    world.give(Input::Lost);
    assert_eq!(world.runs, 1);
}

#[test]
fn work_on_what_a_program_begins_to_write_into_is_stopped_and_done_when_that_is_closed() {
    let mut world = World::begun();
    world.takes = 200;
    world.write(script("eastmere"), 2);
    world.wait(100);
    for piece in 2..6 {
        world.write_piece(data("eastmere"), piece);
        assert_eq!(world.stopped, 1);
        world.wait(50);
    }
    world.wait(1_000);
    assert_eq!(world.runs, 0);
    world.give(Input::Closed(data("eastmere")));
    world.wait(1_000);
    assert_eq!(world.runs, 1);
    assert_eq!(
        world.read["eastmere"],
        world.on_disk(depends_on("eastmere"))
    );
}

#[test]
fn a_script_saved_while_the_survey_is_written_is_run_when_that_is_closed_though_it_is_as_before() {
    let mut world = World::begun();
    world.write_piece(data("eastmere"), 1);
    world.write(script("eastmere"), 2);
    world.wait(1_000);
    assert_eq!(world.runs, 0);
    world.give(Input::Closed(data("eastmere")));
    assert_eq!(world.runs, 1);
}

#[test]
fn pages_are_made_in_the_end_though_a_template_is_saved_again_and_again() {
    let mut world = World::begun();
    world.takes = 200;
    for content in 2..32 {
        world.write(TEMPLATE, content);
        world.wait(100);
    }
    // Three times in turn, and then it comes to its end; each of the three councils.
    assert!(world.stopped < 3 * 30 / 2, "{} of 90 times", world.stopped);
}

#[test]
fn what_was_stopped_for_templates_is_stopped_as_often_as_ever_once_its_pages_are_made() {
    let mut world = World::begun();
    world.takes = 200;
    for content in 2..6 {
        world.write(TEMPLATE, content);
        world.wait(100);
    }
    world.wait(2_000);
    world.stopped = 0;
    world.write(script("eastmere"), 2);
    world.wait(100);
    world.write(data("eastmere"), 2);
    assert_eq!(world.stopped, 1);
}

#[test]
fn of_a_file_that_is_read_while_a_program_has_it_open_that_is_said_until_it_is_closed() {
    let mut world = World::begun();
    let survey = data("eastmere");
    world.write_piece(survey.clone(), 2);
    world.wait(STALL + GAP);
    assert_eq!(world.runs, 1);
    assert_eq!(world.still_open, BTreeSet::from([survey.clone()]));
    world.write(data("northshire"), 2);
    assert_eq!(world.still_open, BTreeSet::new(), "it does not read it");
    world.disk.insert(survey.clone(), 3);
    world.give(Input::Closed(survey));
    world.wait(AT_MOST);
    assert_eq!(world.runs, 3);
    assert_eq!(world.still_open, BTreeSet::new());
}

#[test]
fn a_template_that_was_read_while_it_was_empty_is_read_again_though_it_is_as_it_was_before() {
    const BASE: &str = "templates/base.html.j2";
    let mut world = World::begun();
    world.takes = 100;
    world.write(TEMPLATE, 2);
    // The work began with the template whole, and read it while it was copied.
    let busy = world.busy.as_mut().unwrap();
    busy.templates.insert(TEMPLATE.into(), Some(hash(NOTHING)));
    world.give(Input::Closed(TEMPLATE.into()));
    world.wait(1_000);
    assert_eq!(world.rendered, 6);
    for council in COUNCILS {
        assert_eq!(world.pages[council], world.templates());
    }
    world.give(Input::Changed(BASE.into()));
    world.wait(1_000);
    assert_eq!(world.rendered, 6, "nothing is made again without a cause");
}

#[test]
fn while_a_template_is_written_nothing_is_published_of_it_whatever_else_is_saved() {
    let mut world = World::begun();
    world.takes = 100;
    world.write(script("eastmere"), 2);
    world.write_piece(TEMPLATE, NOTHING);
    assert_eq!(world.stopped, 1, "what is worked out would read it");
    world.write(data("northshire"), 2);
    world.wait(STALL - 1);
    assert_eq!((world.runs, world.rendered), (0, 0));
    world.disk.insert(TEMPLATE.into(), 1);
    world.give(Input::Closed(TEMPLATE.into()));
    world.wait(1_000);
    assert_eq!((world.runs, world.rendered), (2, 0));
}

#[test]
fn what_could_not_be_written_is_not_looked_at_all_the_time_while_a_program_writes_its_data() {
    let mut world = World::begun();
    world.disk_is_full = true;
    world.write(script("eastmere"), 2);
    world.write_piece(data("eastmere"), 2);
    world.disk_is_full = false;
    world.looks = 0;
    world.wait(STALL - 1);
    assert!(world.looks < 3, "{} looks", world.looks);
    world.wait(1_000);
    assert!(world.unwritten.is_empty());
    assert_eq!(
        world.read["eastmere"],
        world.on_disk(depends_on("eastmere"))
    );
}
