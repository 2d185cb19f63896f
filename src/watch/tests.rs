//! The shell on a real disk.

use super::*;
use std::fs;

/// A script that is faulty whatever its text: it is not UTF-8.
fn write(scripts: &Path, council: &str, text: &[u8]) {
    let folder = scripts.join(council);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("check.rhai"), [text, b"\xff"].concat()).unwrap();
}

fn ran(run: &Run) -> Vec<String> {
    let councils = run.outcomes.iter();
    councils.map(|outcome| outcome.council.clone()).collect()
}

#[test]
fn a_changed_script_runs_again_alone_a_new_one_runs_and_one_that_goes_is_forgotten() {
    let keep = tempfile::tempdir().unwrap();
    let scripts = keep.path().join("scripts");
    write(&scripts, "eastmere", b"one");
    write(&scripts, "northshire", b"one");
    let host = Host::builder()
        .scripts(&scripts)
        .templates(keep.path().join("templates"))
        .build();
    let to = Destination::folder(keep.path().join("published"));
    let began = Instant::now();
    let mut told = Vec::new();
    watch(&host, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(60), "{told:?}");
        match news {
            News::Ran(run, because) => {
                told.push(format!("{} after {}", ran(&run).join(" "), because.len()));
                match told.len() {
                    1 => write(&scripts, "northshire", b"two"),
                    2 => write(&scripts, "sandbourne", b"one"),
                    _ => fs::remove_file(scripts.join("eastmere/check.rhai")).unwrap(),
                }
            }
            News::Forgotten(council) => {
                told.push(format!("{council} forgotten"));
                return ControlFlow::Break(());
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(
        told,
        [
            "eastmere northshire after 0",
            "northshire after 1",
            "sandbourne after 0",
            "eastmere forgotten",
        ]
    );
}

#[test]
fn there_must_be_something_to_watch() {
    let host = Host::builder().scripts("no-such-folder").build();
    let to = Destination::folder("published");
    assert!(watch(&host, &[], &to, |_| ControlFlow::Break(())).is_err());
}
