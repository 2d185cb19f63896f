//! What a watching host does not do again, and what it never mixes.

use super::super::run::{Run, Stood};
use super::*;
use crate::diagnostic::Code;
use crate::host::{Destination, Host};
use crate::rhai::{FuncRegistration, Module};
use crate::script::on_deep_stack;
use crate::stop::counted;
use std::fs;
use std::sync::atomic::AtomicU32;
use std::time::{Duration, SystemTime};

type AtTick = Arc<Mutex<Box<dyn FnMut(u32) + Send>>>;

/// A council with a formula of its own, which calls `count::tick`.
struct World {
    keep: tempfile::TempDir,
    ticks: Arc<AtomicU32>,
    /// What happens at each call of the formula.
    at_tick: AtTick,
}

const FORMULA: &str = r#"
measure("ticks", #{ standard: "caseload", ask: "Practitioners", unit: "people",
    value: |workers| count::tick(workers.count()), best: 0, worst: 4000 });
"#;

const TICK: &str = "/// The number itself.
///
/// - `count`: a number
///
/// ```rhai
/// count::tick(2.0) // 2
/// ```";

impl World {
    fn new() -> Self {
        let world = World {
            keep: tempfile::tempdir().unwrap(),
            ticks: Arc::default(),
            at_tick: Arc::new(Mutex::new(Box::new(|_| ()))),
        };
        world.host().begin("northshire").unwrap();
        let text = fs::read_to_string(world.script()).unwrap();
        fs::write(world.script(), format!("{text}{FORMULA}")).unwrap();
        for name in ["survey", "workers", "workforce"] {
            world.rest(&world.data(name));
        }
        world
    }

    fn host(&self) -> Host {
        let mut module = Module::new();
        let (ticks, at_tick) = (self.ticks.clone(), self.at_tick.clone());
        FuncRegistration::new("tick")
            .with_params_info(["count: f64", "f64"])
            .with_comments(TICK.lines())
            .set_into_module(&mut module, move |count: f64| {
                let tick = ticks.fetch_add(1, Ordering::SeqCst);
                at_tick.lock().unwrap()(tick);
                count
            });
        Host::builder()
            .scripts(self.keep.path().join("scripts"))
            .unseen(true)
            .library("count", module)
            .build()
    }

    fn script(&self) -> PathBuf {
        self.keep.path().join("scripts/northshire/check.rhai")
    }

    fn data(&self, name: &str) -> PathBuf {
        let folder = self.keep.path().join("scripts/northshire/data");
        folder.join(format!("{name}.csv"))
    }

    /// The file was saved long ago.
    fn rest(&self, path: &Path) {
        let file = fs::File::options().append(true).open(path).unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        file.set_modified(long_ago).unwrap();
    }

    fn to(&self) -> Destination {
        Destination::folder(self.keep.path().join("published"))
    }

    fn run(&self, host: &Host) -> Run {
        let councils = [host.council_folder("northshire")];
        host.run_since(&councils, &self.to(), &Stood::new())
    }

    fn edit(&self, path: &Path, from: &str, to: &str) {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn ticks(&self) -> u32 {
        self.ticks.load(Ordering::SeqCst)
    }
}

#[test]
fn an_edit_of_a_script_reads_no_data_that_are_as_they_were_and_one_of_data_reads_that_file_alone() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    let first = world.run(&host);
    assert!(
        first.outcomes[0].page.is_some(),
        "{}",
        first.outcomes[0].faults
    );
    assert_eq!(memory.counts(), (3, 3));
    world.edit(
        &world.script(),
        "target: at_most(16),",
        "target: at_most(17),",
    );
    let second = world.run(&host);
    assert!(second.outcomes[0].page.is_some());
    assert_eq!(
        memory.counts(),
        (3, 3),
        "nothing was read and no table made"
    );
    let text = fs::read_to_string(world.data("workers")).unwrap();
    let last = text.trim_end().rsplit_once('\n').unwrap().0;
    fs::write(world.data("workers"), format!("{last}\n")).unwrap();
    world.run(&host);
    assert_eq!(memory.counts(), (4, 4));
    // A card that says otherwise what a column means makes its table anew, of the same bytes.
    world.rest(&world.data("workers"));
    world.run(&host);
    let (read, made) = memory.counts();
    world.edit(
        &world.script(),
        "file: \"data/survey.csv\"",
        "missing: [\"none given\"], file: \"data/survey.csv\"",
    );
    let last = world.run(&host);
    assert!(
        !last.outcomes[0].faults.has_errors(),
        "{}",
        last.outcomes[0].faults
    );
    assert_eq!(memory.counts(), (read, made + 1));
}

#[test]
fn a_file_that_was_looked_at_since_it_was_read_is_read_again_if_it_is_another() {
    let keep = tempfile::tempdir().unwrap();
    let path = keep.path().join("a.csv");
    let memory = Memory::default();
    let long_ago = SystemTime::now() - Duration::from_secs(60);
    for (step, text) in ["one", "two", "two", "six"].into_iter().enumerate() {
        fs::write(&path, text).unwrap();
        let file = fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(long_ago + Duration::from_secs(step as u64))
            .unwrap();
        // As the end of a run does, and a poll.
        let seen = memory.sum(&path);
        let mut files = Files::default();
        let bytes = memory.bytes(&path, &mut files).unwrap();
        assert_eq!(bytes, text.as_bytes());
        assert_eq!(files[&path], seen);
    }
    assert_eq!(
        memory.counts().0,
        3,
        "of the same bytes nothing is read again"
    );
}

#[test]
fn a_data_file_that_is_renamed_again_and_again_is_remembered_once() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    let councils = [host.council_folder("northshire")];
    let mut name = "survey".to_owned();
    for number in 0..3 {
        let next = format!("survey-{number}");
        fs::rename(world.data(&name), world.data(&next)).unwrap();
        world.edit(
            &world.script(),
            &format!("data/{name}.csv"),
            &format!("data/{next}.csv"),
        );
        name = next;
        let check = host.load(&councils[0].script).unwrap();
        host.read(&check).unwrap();
        assert_eq!(memory.sizes(), (3, 3), "after {number}");
    }
    // A file that is missing for a while takes nothing else with it.
    let away = world.keep.path().join("away.csv");
    fs::rename(world.data(&name), &away).unwrap();
    let check = host.load(&councils[0].script).unwrap();
    assert!(host.read(&check).is_err());
    fs::rename(&away, world.data(&name)).unwrap();
    let (read, _) = memory.counts();
    host.read(&check).unwrap();
    assert_eq!(memory.counts().0, read + 1, "the others were remembered");
    memory.forget_council("northshire");
    assert_eq!(memory.sizes(), (0, 0));
}

#[test]
fn pages_made_again_call_no_formula() {
    let world = World::new();
    let (host, _) = world.host().remembering();
    let run = world.run(&host);
    let called = world.ticks();
    assert!(called > 0);
    let found = run.outcomes[0].publication.clone().unwrap();
    let again = host.render(&[found], &world.to());
    assert!(again.outcomes[0].page.is_some());
    assert_eq!(world.ticks(), called);
}

#[test]
fn a_run_that_nobody_wants_any_more_ends_early_and_publishes_nothing() {
    let world = World::new();
    let (host, memory) = world.host().remembering();
    let stopping = memory.clone();
    *world.at_tick.lock().unwrap() = Box::new(move |_| stopping.stop([&"northshire".to_owned()]));
    let run = world.run(&host);
    let outcome = &run.outcomes[0];
    assert!(outcome.stopped && outcome.page.is_none() && outcome.faults.is_empty());
    assert!(world.to().page("northshire").is_none());
    *world.at_tick.lock().unwrap() = Box::new(|_| ());
    memory.begin([&"northshire".to_owned()]);
    assert!(world.run(&host).outcomes[0].page.is_some());
}

#[test]
fn whatever_a_run_is_at_when_it_is_stopped_it_ends_within_few_steps_of_its_work() {
    let world = World::new();
    let northshire = "northshire".to_owned();
    let run = |stop_at: u64| {
        on_deep_stack(|| {
            // One that has worked before would have less to do.
            let (host, memory) = world.host().remembering();
            memory.begin([&northshire]);
            let stopping = memory.clone();
            counted::at(stop_at, move || stopping.stop_all(), || world.run(&host))
        })
    };
    let never = 0;
    let (whole, all) = run(never);
    assert!(whole.outcomes[0].page.is_some());
    // Each resample asks, and besides each formula and each step of the attack.
    assert!(all > 2_000, "{all}");
    for part in [1, 4, 6, 7] {
        let at = all * part / 8;
        let (run, asked) = run(at);
        let outcome = &run.outcomes[0];
        assert!(outcome.stopped && outcome.page.is_none() && outcome.faults.is_empty());
        assert!(
            asked - at < 80,
            "{} steps more after {at} of {all}",
            asked - at
        );
    }
}

#[test]
fn an_endless_formula_ends_when_nobody_wants_it_any_more() {
    let world = World::new();
    let text = fs::read_to_string(world.script()).unwrap();
    let text = text.replace(
        "count::tick(workers.count())",
        "{ let n = count::tick(workers.count()); while true { n += 1; } n }",
    );
    fs::write(world.script(), text).unwrap();
    let (mut host, memory) = world.host().remembering();
    let mut limits = crate::script::Limits::standard();
    (limits.formula_time, limits.all_time) = (Duration::from_secs(600), Duration::from_secs(600));
    (limits.steps, limits.all_steps) = (u64::MAX / 2, u64::MAX / 2);
    host.workshop.limits = limits;
    let stopping = memory.clone();
    *world.at_tick.lock().unwrap() = Box::new(move |_| stopping.stop_all());
    assert!(world.run(&host).outcomes[0].stopped);
}

#[test]
fn a_file_saved_while_a_council_is_assessed_is_never_mixed_with_what_was_read_before() {
    let world = World::new();
    let (script, survey) = (world.script(), world.data("survey"));
    *world.at_tick.lock().unwrap() = Box::new(move |tick| {
        if tick == 0 {
            // Both are saved between the reading and the end.
            let text = fs::read_to_string(&survey).unwrap();
            let last = text.trim_end().rsplit_once('\n').unwrap().0;
            fs::write(&survey, format!("{last}\n")).unwrap();
            let text = fs::read_to_string(&script).unwrap();
            fs::write(&script, text.replace("at_most(16)", "at_most(15)")).unwrap();
        }
    });
    for host in [world.host(), world.host().remembering().0] {
        world.ticks.store(0, Ordering::SeqCst);
        let _ = fs::remove_dir_all(world.to().path());
        let run = world.run(&host);
        let found = run.outcomes[0].publication.as_ref().unwrap();
        assert!(run.outcomes[0].page.is_some(), "{}", run.outcomes[0].faults);
        for (path, file) in [
            ("check.rhai", world.script()),
            ("data/survey.csv", world.data("survey")),
        ] {
            let input = found
                .inputs
                .iter()
                .find(|input| input.path == path)
                .unwrap();
            let now = sha256_hex(&fs::read(file).unwrap());
            assert_eq!(input.sha256, Some(now), "{path} as it is when all is done");
        }
    }
}

#[test]
fn of_a_file_that_changes_each_time_nothing_is_published_and_that_is_said() {
    let world = World::new();
    let survey = world.data("survey");
    *world.at_tick.lock().unwrap() = Box::new(move |tick| {
        let text = fs::read_to_string(&survey).unwrap();
        let text = text.trim_end_matches('\n');
        fs::write(&survey, format!("{text}{}", "\n".repeat(tick as usize + 1))).unwrap();
    });
    let run = world.run(&world.host());
    let outcome = &run.outcomes[0];
    assert!(outcome.page.is_none());
    let fault = outcome
        .faults
        .iter()
        .find(|one| one.code == Code::FileNotRead)
        .unwrap();
    assert!(
        fault.message.contains("survey.csv` changed each time"),
        "{}",
        fault.message
    );
}

#[test]
fn of_a_large_file_the_table_is_remembered_and_not_its_bytes() {
    let world = World::new();
    let path = world.data("survey");
    let text = fs::read_to_string(&path).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let many = rows.repeat(super::LARGE / rows.len() + 1);
    fs::write(&path, format!("{header}\n{many}")).unwrap();
    world.rest(&path);
    let (host, memory) = world.host().remembering();
    let check = host.load(world.script()).unwrap();
    // One that cannot be read to its end is noted too, so that it is tried again once it changes.
    let (stop, mut files) = (Arc::new(AtomicBool::new(true)), Files::default());
    let unread = crate::stop::stoppable(&stop, || host.read_noting(&check, &mut files));
    assert!(unread.is_err());
    assert_eq!(files[&path], None);
    let read = || {
        let mut files = Files::default();
        let data = host.read_noting(&check, &mut files).unwrap();
        let survey = data
            .inputs
            .iter()
            .find(|one| one.path.ends_with("survey.csv"));
        let noted = files[&world.data("survey")].clone();
        assert_eq!(Some(survey.unwrap().sha256.clone()), noted);
        (data.tables["survey"].clone(), noted)
    };
    let (table, sum) = read();
    assert_eq!(
        table.len,
        rows.lines().count() * (super::LARGE / rows.len() + 1)
    );
    assert_eq!(
        memory.sizes(),
        (2, 3),
        "two small files' bytes, three tables"
    );
    assert_eq!(memory.sum(&path), sum);
    let before = memory.counts();
    let (again, _) = read();
    assert!(Arc::ptr_eq(&table, &again));
    assert_eq!(memory.counts(), before);
    // One row is another: read again, and found to differ.
    let mut other = fs::read(&path).unwrap();
    let last = rows.lines().last().unwrap().len() + 1;
    other.truncate(other.len() - last);
    fs::write(&path, other).unwrap();
    world.rest(&path);
    let (shorter, other) = read();
    assert_eq!(shorter.len, table.len - 1);
    assert_ne!(other, sum);
    // A line end within a cell: read whole, and its bytes are let go of all the same.
    let text = fs::read_to_string(&path).unwrap();
    let (first, cell) = header
        .split_once(',')
        .map(|(first, _)| (first, "\"a\nb\""))
        .unwrap();
    let with_notes = text.replacen(first, &format!("notes,{first}"), 1);
    let rest = with_notes.split_once('\n').unwrap();
    let rows: String = rest
        .1
        .lines()
        .map(|line| format!("{cell},{line}\n"))
        .collect();
    fs::write(&path, format!("{}\n{rows}", rest.0)).unwrap();
    world.rest(&path);
    let (whole, _) = read();
    assert_eq!(whole.len, table.len - 1);
    assert_eq!(memory.sizes(), (2, 3));
}
