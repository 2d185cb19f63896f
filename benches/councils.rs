//! What a run of the whole country costs: 153 made-up councils, each with a script of its
//! own, 250 practitioners and 250 answer sheets, in a temporary folder; checked, assessed
//! and published in one run. First the time per stage of one run, then divan's figures; then
//! one council of which 97,000 practitioners answer, as many as are registered in England.
//!
//! `cargo bench --bench councils`

#[path = "made/country.rs"]
mod country;

use country::begin;
use healthcheck::{CouncilFolder, Destination, Host, Timings};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

const COUNCILS: usize = 153;
const CHILDREN: u32 = 150;
const ADULTS: u32 = 100;
/// Practitioners asked, and those of them in post who answer, in the largest council.
const ASKED: [u32; 2] = [75_000, 50_000];
const SHEETS: [u32; 2] = [58_200, 38_800];

/// How long one stage of a council took.
type Stage = fn(&Timings) -> Duration;

/// All councils' folders and the host that runs them.
struct Country {
    folder: TempDir,
    host: Host,
    councils: Vec<CouncilFolder>,
}

static COUNTRY: LazyLock<Country> = LazyLock::new(Country::made);
static LARGE: LazyLock<Country> = LazyLock::new(Country::large);

impl Country {
    fn made() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .templates(folder.path().join("templates"))
            .build();
        for number in 0..COUNCILS {
            let name = format!("council-{number:03}");
            begin(&host, &name, number, [CHILDREN, ADULTS], [CHILDREN, ADULTS]);
        }
        let councils = host.councils(&[]).expect("the councils were made just now");
        assert_eq!(councils.len(), COUNCILS);
        Self {
            folder,
            host,
            councils,
        }
    }

    /// One council of everybody.
    fn large() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .templates(folder.path().join("templates"))
            .build();
        begin(&host, "large", 0, ASKED, SHEETS);
        let councils = host.councils(&[]).expect("the council was made just now");
        Self {
            folder,
            host,
            councils,
        }
    }

    fn to(&self) -> Destination {
        Destination::folder(self.folder.path().join("published"))
    }

    /// Where nothing else is published.
    fn alone(&self) -> Destination {
        Destination::folder(self.folder.path().join("alone"))
    }
}

/// Checks, reads, assesses and publishes them all.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn all_153_councils() -> usize {
    let country = &*COUNTRY;
    let run = country.host.run(&country.councils, &country.to());
    assert!(run.outcomes.iter().all(|outcome| outcome.page.is_some()));
    run.outcomes.len()
}

/// One council from script to page, with no other beside it.
#[divan::bench(sample_count = 30, sample_size = 1)]
fn one_council_alone() -> usize {
    let country = &*COUNTRY;
    let run = country.host.run(&country.councils[..1], &country.alone());
    run.outcomes.len()
}

/// One council again, and the page above all 153 that stand: what `watch` does.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn one_council_among_153() -> usize {
    let country = &*COUNTRY;
    let run = country.host.run(&country.councils[..1], &country.to());
    run.outcomes.len()
}

/// One council of which 97,000 practitioners answer.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn one_council_of_97_000_sheets() -> usize {
    let country = &*LARGE;
    let run = country.host.run(&country.councils, &country.to());
    assert!(run.outcomes.iter().all(|outcome| outcome.page.is_some()));
    run.outcomes.len()
}

fn main() {
    let country = &*COUNTRY;
    // The first run compiles the national cards, which every later one shares.
    country.host.run(&country.councils[..1], &country.to());
    let run = country.host.run(&country.councils, &country.to());
    for outcome in &run.outcomes {
        assert!(outcome.page.is_some(), "{}", outcome.faults);
    }
    let total = |stage: Stage| -> f64 {
        run.outcomes
            .iter()
            .map(|outcome| stage(&outcome.timings).as_secs_f64())
            .sum()
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("{COUNCILS} councils of 250 rows on {cores} cores");
    println!("stage     seconds, all councils   milliseconds, one");
    let stages: [(&str, Stage); 4] = [
        ("check", |timings| timings.load),
        ("read", |timings| timings.read),
        ("assess", |timings| timings.assess),
        ("publish", |timings| timings.publish),
    ];
    for (name, stage) in stages {
        let seconds = total(stage);
        println!(
            "{name:9} {seconds:22.2} {:19.1}",
            seconds * 1000.0 / COUNCILS as f64
        );
    }
    println!("in all    {:22.2} by the clock\n", run.took.as_secs_f64());
    let large = &*LARGE;
    let run = large.host.run(&large.councils, &large.to());
    let outcome = &run.outcomes[0];
    assert!(outcome.page.is_some(), "{}", outcome.faults);
    println!("one council of 97,000 sheets, seconds");
    for (name, stage) in stages {
        println!("{name:9} {:22.2}", stage(&outcome.timings).as_secs_f64());
    }
    println!();
    divan::main();
}
