//! What `new` and `watch` promise together: a folder that runs at once, and runs again on
//! its own when something of it changes.

#![cfg(feature = "watch")]

use healthcheck::diagnostic::{Code, Severity};
use healthcheck::host::{Destination, Host, Run};
use healthcheck::watch::{News, watch};
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// `eastmere published` or `eastmere kept` for each council of a run.
fn said(run: &Run) -> String {
    let councils = run.outcomes.iter().map(|outcome| {
        let word = match (&outcome.page, &outcome.kept) {
            (Some(_), _) => "published",
            (None, Some(_)) => "kept",
            (None, None) => "nothing",
        };
        format!("{} {word}", outcome.council)
    });
    councils.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_new_council_is_checked_and_published_at_once_without_a_fault() {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(keep.path().join("scripts")).build();
    host.begin("northshire").unwrap();
    let councils = host.councils(&[]).unwrap();
    let found = host.inspect(&councils);
    assert!(!found[0].faults.has_errors(), "{}", found[0].faults);
    assert_eq!(found[0].tables, (3, 3));
    let to = Destination::folder(keep.path().join("published"));
    let run = host.run(&councils, &to);
    assert_eq!(
        said(&run),
        "northshire published",
        "{}",
        run.outcomes[0].faults
    );
    assert!(run.bug.is_none() && run.faults.is_empty(), "{}", run.faults);
    assert!(to.path().join("index.html").is_file());
}

#[test]
fn only_what_a_change_touches_runs_again_and_a_broken_script_keeps_its_last_publication() {
    let keep = tempfile::tempdir().unwrap();
    let (scripts, templates) = (keep.path().join("scripts"), keep.path().join("templates"));
    let host = Host::builder()
        .scripts(&scripts)
        .templates(&templates)
        .build();
    host.begin("northshire").unwrap();
    host.begin("eastmere").unwrap();
    let script = scripts.join("northshire/check.rhai");
    let survey = scripts.join("eastmere/data/survey.csv");
    let to = Destination::folder(keep.path().join("published"));
    let page = to.path().join("northshire/standard-caseload.html");
    let began = Instant::now();
    let mut told: Vec<String> = Vec::new();
    let mut last_page = String::new();
    watch(&host, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{told:?}");
        match news {
            News::Ran(run, _) => told.push(said(&run)),
            News::Rendered(run, _) => told.push(format!("again: {}", said(&run))),
            _ => return ControlFlow::Continue(()),
        }
        match told.len() {
            1 => {
                last_page = fs::read_to_string(&page).unwrap();
                change(&script, "target: at_most(16),", "taget: at_most(16),");
            }
            2 => {
                assert_eq!(fs::read_to_string(&page).unwrap(), last_page);
                change(&script, "taget: at_most(16),", "target: at_most(17),");
            }
            3 => {
                assert_ne!(fs::read_to_string(&page).unwrap(), last_page);
                let text = fs::read_to_string(&survey).unwrap();
                let last = text.trim_end().rsplit_once('\n').unwrap().0;
                fs::write(&survey, format!("{last}\n")).unwrap();
            }
            4 => {
                fs::create_dir(&templates).unwrap();
                fs::write(templates.join("style.css"), "body { color: black }\n").unwrap();
            }
            // Somebody clears the output away.
            5 => fs::remove_dir_all(to.path().join("eastmere")).unwrap(),
            _ => return ControlFlow::Break(()),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(
        told,
        [
            "eastmere published, northshire published",
            "northshire kept",
            "northshire published",
            "eastmere published",
            "again: eastmere published, northshire published",
            "eastmere published",
        ]
    );
}

#[test]
fn what_a_run_keeps_of_an_earlier_edition_does_not_make_it_run_again() {
    let keep = tempfile::tempdir().unwrap();
    let scripts = keep.path().join("scripts");
    let host = Host::builder().scripts(&scripts).build();
    host.begin("northshire").unwrap();
    let script = scripts.join("northshire/check.rhai");
    let to = Destination::folder(keep.path().join("published"));
    let councils = host.councils(&[]).unwrap();
    assert_eq!(said(&host.run(&councils, &to)), "northshire published");
    // A year later: what stands is moved to `earlier` by the first run of the watch.
    change(
        &script,
        "as_of:    \"2026-09-30\"",
        "as_of:    \"2027-09-30\"",
    );
    let began = Instant::now();
    let mut ran = 0;
    watch(&host, &[], &to, |news| {
        if let News::Ran(run, _) = &news {
            ran += 1;
            assert_eq!(said(run), "northshire published");
            let found = run.outcomes[0].publication.as_ref().unwrap();
            assert!(found.changes.is_some(), "{}", run.outcomes[0].faults);
        }
        // Longer than two slow polls after the first run.
        if began.elapsed() > Duration::from_secs(6) {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    let kept: Vec<_> = fs::read_dir(to.path().join("northshire/earlier"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(ran, 1);
}

#[test]
fn what_could_not_be_written_is_tried_again_by_itself_until_it_can_be_as_the_readme_says() {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(keep.path().join("scripts")).build();
    host.begin("northshire").unwrap();
    let to = Destination::folder(keep.path().join("published"));
    // Somebody's own folder stands where the council's would.
    let other = to.path().join("northshire/notes.txt");
    fs::create_dir_all(other.parent().unwrap()).unwrap();
    fs::write(&other, "mine").unwrap();
    let (began, mut told) = (Instant::now(), Vec::new());
    watch(&host, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{told:?}");
        let News::Ran(run, _) = news else {
            return ControlFlow::Continue(());
        };
        told.push((said(&run), run.outcomes[0].faults.to_string()));
        if told.len() == 2 {
            return ControlFlow::Break(());
        }
        // Nothing that the council is made of changes: time alone tells.
        fs::remove_file(&other).unwrap();
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(told[0].1.contains("not-written"), "{told:?}");
    assert_eq!(told[1].0, "northshire published");
}

#[test]
fn a_survey_published_before_the_watch_began_stays_closed_while_one_begun_in_it_is_open() {
    let keep = tempfile::tempdir().unwrap();
    let scripts = keep.path().join("scripts");
    let host = Host::builder().scripts(&scripts).build();
    host.begin("northshire").unwrap();
    // Made-up figures are nobody's, and never close.
    let script = scripts.join("northshire/check.rhai");
    change(&script, "\"made-up\"", "\"E10999901\"");
    let to = Destination::folder(keep.path().join("published"));
    let survey = scripts.join("northshire/data/survey.csv");
    let one_sheet_less = || {
        let text = fs::read_to_string(&survey).unwrap();
        let last = text.trim_end().rsplit_once('\n').unwrap().0;
        fs::write(&survey, format!("{last}\n")).unwrap();
    };
    let watched = || {
        let (began, mut told) = (Instant::now(), Vec::new());
        watch(&host, &[], &to, |news| {
            assert!(began.elapsed() < Duration::from_secs(120), "{told:?}");
            let News::Ran(run, _) = news else {
                return ControlFlow::Continue(());
            };
            told.push(said(&run));
            if told.len() == 2 {
                return ControlFlow::Break(());
            }
            one_sheet_less();
            ControlFlow::Continue(())
        })
        .unwrap();
        told
    };
    assert_eq!(watched(), ["northshire published", "northshire published"]);
    assert_eq!(watched(), ["northshire published", "northshire kept"]);
    let councils = host.councils(&[]).unwrap();
    assert_eq!(said(&host.run(&councils, &to)), "northshire kept");
    let unseen = Host::builder().scripts(&scripts).unseen(true).build();
    assert_eq!(said(&unseen.run(&councils, &to)), "northshire published");
}

/// A fresh folder with councils of these names, and its host.
fn with_councils(names: &[&str]) -> (tempfile::TempDir, Host) {
    let keep = tempfile::tempdir().unwrap();
    let host = Host::builder().scripts(keep.path().join("scripts")).build();
    for name in names {
        host.begin(name).unwrap();
    }
    (keep, host)
}

/// What each run of a watch told, `then` being done after the run of that number until it says
/// that it was the last.
fn runs(host: &Host, to: &Destination, mut then: impl FnMut(usize) -> bool) -> Vec<String> {
    let (began, mut told) = (Instant::now(), Vec::new());
    watch(host, &[], to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{told:?}");
        let (News::Ran(run, _) | News::Rendered(run, _)) = news else {
            return ControlFlow::Continue(());
        };
        let first = run.outcomes[0]
            .faults
            .iter()
            .find(|one| one.severity() == Severity::Error);
        let why = first.or(run.faults.iter().next());
        let why = why.map_or(String::new(), |one| format!(": {}", one.message));
        told.push(format!("{}{why}", said(&run)));
        match then(told.len()) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })
    .unwrap();
    told
}

#[cfg(unix)]
#[test]
fn data_that_become_a_link_out_of_the_folder_are_refused_and_noticed_when_they_are_back() {
    use std::os::unix::fs::symlink;
    let (keep, host) = with_councils(&["northshire"]);
    let council = keep.path().join("scripts/northshire");
    let share = keep.path().join("share");
    fs::create_dir(&share).unwrap();
    let to = Destination::folder(keep.path().join("published"));
    let swap = |name: &str| {
        let file = Path::new(name).file_name().unwrap();
        fs::rename(council.join(name), share.join(file)).unwrap();
        symlink(share.join(file), council.join(name)).unwrap();
    };
    let back = |name: &str| {
        let file = Path::new(name).file_name().unwrap();
        fs::remove_file(council.join(name)).unwrap();
        fs::rename(share.join(file), council.join(name)).unwrap();
    };
    // The bytes are the same all the time.
    let told = runs(&host, &to, |number| {
        match number {
            1 => swap("data"),
            2 => back("data"),
            3 => swap("data/survey.csv"),
            4 => back("data/survey.csv"),
            _ => return true,
        }
        false
    });
    assert_eq!(told.len(), 5, "{told:?}");
    for (number, told) in told.iter().enumerate() {
        match number % 2 {
            0 => assert_eq!(told, "northshire published"),
            _ => assert!(told.contains("is a link that leads out of"), "{told}"),
        }
    }
}

/// As `cp` writes over a file: it is empty for a moment, and holds what it held before.
#[test]
fn a_template_that_is_copied_over_itself_while_pages_are_made_is_never_left_out_of_them() {
    let keep = tempfile::tempdir().unwrap();
    let templates = keep.path().join("templates");
    let (base, page) = (
        templates.join("base.html.j2"),
        templates.join("pages/method.html.j2"),
    );
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for folder in ["", "pages", "parts", "papers"] {
        fs::create_dir_all(templates.join(folder)).unwrap();
        for entry in fs::read_dir(own.join(folder)).unwrap().flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), templates.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
    let host = Host::builder()
        .scripts(keep.path().join("scripts"))
        .templates(&templates)
        .build();
    host.begin("eastmere").unwrap();
    let to = Destination::folder(keep.path().join("published"));
    let (text, copied) = (fs::read_to_string(&base).unwrap(), fs::read(&page).unwrap());
    let stands = |file: &str, round: usize| {
        let made = fs::read_to_string(to.path().join("eastmere").join(file));
        made.is_ok_and(|made| made.contains(&format!("<!--{round}-->")))
    };
    let (began, mut round) = (Instant::now(), 0);
    watch(&host, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{round} rounds");
        let is_round = round == 0 || (stands("index.html", round) && stands("method.html", round));
        if !matches!(news, News::Quiet) || !is_round {
            return ControlFlow::Continue(());
        }
        round += 1;
        if round > 6 {
            return ControlFlow::Break(());
        }
        let beside = base.with_extension("tmp");
        fs::write(
            &beside,
            text.replace("</body>", &format!("<!--{round}--></body>")),
        )
        .unwrap();
        fs::rename(&beside, &base).unwrap();
        thread::sleep(Duration::from_millis(7 * round as u64));
        let mut file = fs::File::create(&page).unwrap();
        thread::sleep(Duration::from_millis(30));
        file.write_all(&copied).unwrap();
        ControlFlow::Continue(())
    })
    .unwrap();
}

/// As a copy that comes over a slow line: the survey is emptied and written in pieces, with pauses
/// in which the slow look comes by and another file of the same council is saved.
#[cfg(target_os = "linux")]
#[test]
fn a_copy_that_pauses_for_seconds_is_published_once_and_whole() {
    let (_keep, host) = with_councils(&["eastmere"]);
    let to = Destination::folder(host.scripts().with_file_name("published"));
    let survey = host.scripts().join("eastmere/data/survey.csv");
    let whole = fs::read_to_string(&survey).unwrap();
    let half = whole.len() / 2;
    let began = Instant::now();
    let (mut runs, mut waited_for, mut copy) = (0, Vec::new(), None);
    watch(&host, &[], &to, |news| {
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "after {runs} runs"
        );
        match news {
            News::Ran(run, because) => {
                runs += 1;
                if runs == 1 {
                    let (survey, script) =
                        (survey.clone(), host.scripts().join("eastmere/check.rhai"));
                    let whole = whole.clone();
                    copy = Some(thread::spawn(move || {
                        let mut file = fs::File::create(survey).unwrap();
                        let pieces = [&whole[..half], &whole[half..], "\n\n"];
                        for (piece, target) in pieces.into_iter().zip(16..) {
                            file.write_all(piece.as_bytes()).unwrap();
                            thread::sleep(Duration::from_millis(1_500));
                            let (then, now) = (target.to_string(), (target + 1).to_string());
                            change(
                                &script,
                                &format!("at_most({then})"),
                                &format!("at_most({now})"),
                            );
                        }
                    }));
                } else {
                    assert_eq!(
                        said(&run),
                        "eastmere published",
                        "{}",
                        run.outcomes[0].faults
                    );
                    assert_eq!(because.len(), 2, "{because:?}");
                    assert_eq!(fs::read_to_string(&survey).unwrap(), format!("{whole}\n\n"));
                    return ControlFlow::Break(());
                }
            }
            News::Waiting(files) => waited_for.extend(files),
            _ => {}
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    copy.unwrap().join().unwrap();
    let names = waited_for.iter().filter_map(|path| path.file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["survey.csv"], "said once");
}

#[cfg(unix)]
#[test]
fn a_script_that_is_a_link_out_of_its_folder_is_told_once_and_noticed_when_it_is_back() {
    use std::os::unix::fs::symlink;
    let (keep, host) = with_councils(&["northshire", "eastmere"]);
    let script = keep.path().join("scripts/eastmere/check.rhai");
    let moved = keep.path().join("check.rhai");
    fs::rename(&script, &moved).unwrap();
    symlink(&moved, &script).unwrap();
    let to = Destination::folder(keep.path().join("published"));
    let other = keep.path().join("scripts/northshire/check.rhai");
    let told = runs(&host, &to, |number| {
        match number {
            // Whatever ran again by itself would be told before or with it.
            1 => {
                thread::sleep(Duration::from_secs(3));
                let text = fs::read_to_string(&other).unwrap();
                fs::write(&other, format!("{text}// one\n")).unwrap();
            }
            2 => {
                fs::remove_file(&script).unwrap();
                fs::rename(&moved, &script).unwrap();
            }
            _ => return true,
        }
        false
    });
    assert!(
        told[0].starts_with("eastmere nothing, northshire published: ")
            && told[0].ends_with("it is a link that leads out of its folder"),
        "{told:?}"
    );
    assert_eq!(told[1..], ["northshire published", "eastmere published"]);
}

#[test]
fn what_moved_is_set_against_what_stands_and_told_when_it_is_published() {
    let (keep, host) = with_councils(&["northshire"]);
    let script = keep.path().join("scripts/northshire/check.rhai");
    let template = keep.path().join("templates/pages/index.html.j2");
    let host_with = Host::builder()
        .scripts(host.scripts())
        .templates(keep.path().join("templates"))
        .build();
    let to = Destination::folder(keep.path().join("published"));
    let (began, mut told) = (Instant::now(), Vec::new());
    watch(&host_with, &[], &to, |news| {
        assert!(began.elapsed() < Duration::from_secs(120), "{told:?}");
        let (News::Ran(run, _) | News::Rendered(run, _)) = news else {
            return ControlFlow::Continue(());
        };
        told.push((said(&run), !run.outcomes[0].moves.is_empty()));
        match told.len() {
            1 => {
                fs::create_dir_all(template.parent().unwrap()).unwrap();
                fs::write(&template, "{% if %}").unwrap();
            }
            2 => change(&script, "at_most(16)", "at_most(1)"),
            3 => fs::remove_file(&template).unwrap(),
            _ => return ControlFlow::Break(()),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|(said, moved)| (said.as_str(), *moved))
        .collect();
    assert_eq!(
        told,
        [
            ("northshire published", false),
            ("northshire kept", false),
            ("northshire kept", false),
            ("northshire published", true),
        ]
    );
}

/// The program itself, watching in a folder; it ends with the test.
struct Program {
    child: std::process::Child,
    told: std::path::PathBuf,
}

impl Program {
    fn watching_in(folder: &Path) -> Self {
        let told = folder.join("told.txt");
        let child = std::process::Command::new(env!("CARGO_BIN_EXE_healthcheck"))
            .arg("watch")
            .current_dir(folder)
            .stdout(std::process::Stdio::null())
            .stderr(fs::File::create(&told).unwrap())
            .spawn()
            .unwrap();
        Self { child, told }
    }

    /// Waits until it has told a text so many times.
    fn tells(&self, text: &str, times: usize) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let told = fs::read_to_string(&self.told).unwrap();
            if told.matches(text).count() >= times {
                return;
            }
            assert!(Instant::now() < until, "no `{text}` in:\n{told}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn councils_that_go_and_come_back_are_told_of_anew_the_faulty_one_among_them() {
    let (keep, _) = with_councils(&["northshire", "eastmere"]);
    let script = keep.path().join("scripts/eastmere/check.rhai");
    change(&script, "target: at_most(16),", "target: at_most(16,");
    let program = Program::watching_in(keep.path());
    program.tells("Watching.", 1);
    let (scripts, away) = (keep.path().join("scripts"), keep.path().join("away"));
    fs::rename(&scripts, &away).unwrap();
    program.tells("its script is gone", 2);
    fs::rename(&away, &scripts).unwrap();
    program.tells("eastmere: not published", 2);
    program.tells("councils published in", 2);
}

/// `EDITS=1000 cargo test --test watching edits` makes a thousand.
#[test]
fn edits_while_a_council_is_worked_out_are_never_mixed_in_what_is_published() {
    let edits: usize = std::env::var("EDITS").map_or(12, |text| text.parse().unwrap());
    let keep = tempfile::tempdir().unwrap();
    let scripts = keep.path().join("scripts");
    let host = Host::builder().scripts(&scripts).build();
    host.begin("northshire").unwrap();
    let home = scripts.join("northshire");
    let files = ["check.rhai", "data/survey.csv"];
    let first = files.map(|file| fs::read_to_string(home.join(file)).unwrap());
    // Every pair that ever stood on the disk, by its texts.
    let stood = Mutex::new(vec![first.clone()]);
    let to = Destination::folder(keep.path().join("published"));
    let done = AtomicBool::new(false);
    let (mut published, mut last) = (0, None);
    let (began, patience) = (Instant::now(), Duration::from_secs(120 + edits as u64));
    thread::scope(|scope| {
        let (stood, done, home) = (&stood, &done, &home);
        scope.spawn(move || {
            for edit in 1..=edits {
                // Now the script, now the data, now one soon after the other.
                let both = edit % 3 == 0;
                for (at, file) in files.iter().enumerate() {
                    if !both && at != edit % 2 {
                        continue;
                    }
                    let mut pair = stood.lock().unwrap().last().unwrap().clone();
                    pair[at] = match at {
                        0 => {
                            let target = format!("at_most({})", 10 + edit % 7);
                            let text = first[0].replace("at_most(16)", &target);
                            format!("{text}// {edit}\n")
                        }
                        _ => format!("{}{}", first[1].trim_end(), "\n".repeat(1 + edit % 50)),
                    };
                    stood.lock().unwrap().push(pair.clone());
                    let path = home.join(file);
                    if edit % 4 < 2 {
                        // As many editors save.
                        let beside = path.with_extension("tmp");
                        fs::write(&beside, &pair[at]).unwrap();
                        fs::rename(&beside, &path).unwrap();
                    } else {
                        fs::write(&path, &pair[at]).unwrap();
                    }
                }
                thread::sleep(Duration::from_millis(37 * (edit as u64 * 7919 % 23)));
            }
            done.store(true, Ordering::SeqCst);
        });
        watch(&host, &[], &to, |news| {
            assert!(began.elapsed() < patience, "{published} published");
            // Where a run takes longer than the time between two edits, it is said that the
            // file never rests, and what was published stays: that is no mixture either.
            if let News::Ran(run, _) = &news
                && !never_rests(run)
            {
                assert_eq!(
                    said(run),
                    "northshire published",
                    "{}",
                    run.outcomes[0].faults
                );
                published += 1;
                let found = run.outcomes[0].publication.as_ref().unwrap();
                let inputs = files.map(|file| {
                    let input = found.inputs.iter().find(|input| input.path == file);
                    input.unwrap().sha256.clone().unwrap()
                });
                let stood = stood.lock().unwrap();
                let sums = |pair: &[String; 2]| pair.clone().map(|text| sha256(text.as_bytes()));
                let at = stood.iter().rposition(|pair| sums(pair) == inputs);
                assert!(at.is_some(), "{published}: no such pair ever stood");
                last = at;
            }
            let all = stood.lock().unwrap().len();
            if done.load(Ordering::SeqCst) && last == Some(all - 1) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    });
    println!("{edits} edits, {published} publications, none mixed");
}

/// Nothing was published because a file changed each time while it was being read, or lay
/// there empty: on a busy machine a writer may be held up between emptying a file and filling it.
fn never_rests(run: &Run) -> bool {
    let outcome = &run.outcomes[0];
    outcome.page.is_none()
        && outcome.faults.iter().any(|fault| {
            let changes =
                fault.code == Code::FileNotRead && fault.message.contains("changed each time");
            changes || fault.code == Code::FileFormat && fault.message.ends_with("is empty")
        })
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
