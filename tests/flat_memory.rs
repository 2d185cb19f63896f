//! A day's watching in little: a council edited over and over under a watch, and the memory
//! that the program holds as it was. `WATCH_EDITS=20000 cargo test --release --test
//! flat_memory -- --nocapture` is a day of it.

#![cfg(feature = "watch")]

#[allow(dead_code, reason = "the most that was held is for hostile scripts")]
#[path = "hostile/meter.rs"]
mod meter;

use healthcheck::host::{Destination, Host};
use healthcheck::script::Limits;
use healthcheck::watch::{News, watch};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

/// Edits in every run of the tests.
const EDITS: usize = 24;
/// Edits after which everything that is kept once is there.
const WARM: usize = 8;
/// Bytes that may be held besides: less than an edit makes. Of what is kept for each edit,
/// twenty thousand would show.
const FLAT: isize = 400_000;

/// What the script holds besides: a map that is given a closure which captured it, made
/// anew in each call of the formula, and so in each run.
const ROUND: &str = r#"
measure("ours", #{ standard: "caseload", ask: "Mean rounds", unit: "%", best: 0, worst: 9,
    value: |workers| { let s = ""; s.pad(20000, "x"); let x = #{ s: [s + "1"] }; x.f = || x; 1.0 } });
"#;

fn samples(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/sandbourne");
    fs::create_dir_all(to.join("data")).unwrap();
    for file in [
        "check.rhai",
        "data/survey.csv",
        "data/workers.csv",
        "data/workforce.csv",
    ] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
}

#[test]
fn memory_is_as_it_was_after_many_edits_under_a_watch() {
    let edits = std::env::var("WATCH_EDITS").ok();
    let edits = edits.and_then(|text| text.parse().ok()).unwrap_or(EDITS);
    let keep = tempfile::tempdir().unwrap();
    let home = keep.path().join("scripts/sandbourne");
    samples(&home);
    let script = fs::read_to_string(home.join("check.rhai")).unwrap() + ROUND;
    let workers = fs::read_to_string(home.join("data/workers.csv")).unwrap();
    let host = Host::builder()
        .scripts(keep.path().join("scripts"))
        .templates(keep.path().join("templates"))
        .limits(Limits::standard().memory(128 << 20, meter::bytes))
        .build();
    let to = Destination::folder(keep.path().join("published"));
    let (mut made, mut warm, mut most) = (0, 0, 0);
    watch(&host, &[], &to, |news| {
        let News::Ran(run, _) = news else {
            return ControlFlow::Continue(());
        };
        assert!(run.bug.is_none() && run.outcomes[0].bug.is_none());
        drop(run);
        let held = meter::held();
        if made == WARM {
            warm = held;
        }
        most = most.max(held);
        if made % 1_000 == 0 || made == edits {
            println!("{made} edits: {held} bytes held");
        }
        if made == edits {
            return ControlFlow::Break(());
        }
        made += 1;
        // One in three edits is of the data, and never the one after a broken script: what a
        // script that cannot be read would have read is not looked at. One in six breaks it.
        if made % 3 == 0 {
            let cases = format!("Social worker,no,no,1,{},18", 10 + made % 7);
            let text = workers.replacen("Social worker,no,no,1,14,18", &cases, 1);
            fs::write(home.join("data/workers.csv"), text).unwrap();
        } else {
            let broken = if made % 6 == 4 { "measure(" } else { "" };
            let text = format!("{script}\n// edit {made}\n{broken}");
            fs::write(home.join("check.rhai"), text).unwrap();
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    let more = meter::held() - warm;
    println!("{edits} edits: {more} bytes more than after {WARM}; the most {most}");
    assert!(
        more < FLAT,
        "{more} bytes more after {} edits",
        edits - WARM
    );
}
