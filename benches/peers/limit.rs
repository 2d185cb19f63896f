//! The limit: a scan written by hand for these files alone, on all cores, which knows the
//! columns' kinds and trusts every cell. And the same on one thread with the `csv` crate.

use super::figures::{BREAKDOWNS, Groups, QUESTIONS, Sums, WORKERS, told};
use std::collections::HashMap;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What one thread adds up: a combination of groups → its sums.
type Kinds<'t> = HashMap<[&'t [u8]; 3], Sums>;

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

pub fn by_hand(folders: &[&str]) -> String {
    // Many councils: one a thread. One council: its text in parts.
    let parts = if folders.len() > 1 { 1 } else { cores() };
    each(folders, |folder| {
        let mut groups = Groups::new();
        for (name, columns) in [("survey", &QUESTIONS[..]), ("workers", &WORKERS[..])] {
            let bytes = fs::read(format!("{folder}/data/{name}.csv")).expect("the file is there");
            let end = bytes
                .iter()
                .position(|byte| *byte == b'\n')
                .expect("a header");
            let header: Vec<&str> = std::str::from_utf8(&bytes[..end])
                .expect("text")
                .split(',')
                .collect();
            // Column of the file → what it is: 1 to 3 a group, then the columns wanted.
            let role: Vec<usize> = header
                .iter()
                .map(|name| {
                    let mut known = BREAKDOWNS.iter().chain(columns);
                    known
                        .position(|column| column == name)
                        .map_or(usize::MAX, |at| at)
                })
                .collect();
            let scan = |part| {
                if name == "survey" {
                    scan_survey(part, &role)
                } else {
                    scan_workers(part, &role)
                }
            };
            let found: Vec<Kinds<'_>> = thread::scope(|scope| {
                let hands: Vec<_> = split(&bytes[end + 1..], parts)
                    .into_iter()
                    .map(|part| scope.spawn(move || scan(part)))
                    .collect();
                hands
                    .into_iter()
                    .map(|hand| hand.join().expect("it does not fail"))
                    .collect()
            });
            found.iter().for_each(|kinds| spread(kinds, &mut groups));
        }
        groups
    })
}

/// Each council on a thread of its own, as many at a time as there are cores.
fn each(folders: &[&str], work: impl Fn(&str) -> Groups + Sync) -> String {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(vec![Groups::new(); folders.len()]);
    thread::scope(|scope| {
        for _ in 0..cores().min(folders.len()) {
            scope.spawn(|| {
                while let Some((at, folder)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    folders.get(at).map(|folder| (at, folder))
                } {
                    let groups = work(folder);
                    done.lock().expect("nobody panics")[at] = groups;
                }
            });
        }
    });
    let mut out = "{".to_owned();
    for (folder, groups) in folders
        .iter()
        .zip(done.into_inner().expect("nobody panics"))
    {
        told(folder, &groups, &mut out);
    }
    out + "}"
}

fn spread(kinds: &Kinds<'_>, groups: &mut Groups) {
    for (names, sums) in kinds {
        groups
            .entry("whole/whole".to_owned())
            .or_default()
            .add(sums);
        for (breakdown, name) in BREAKDOWNS.iter().zip(names) {
            let group = format!("{breakdown}/{}", String::from_utf8_lossy(name));
            groups.entry(group).or_default().add(sums);
        }
    }
}

fn split(bytes: &[u8], parts: usize) -> Vec<&[u8]> {
    let mut all = Vec::new();
    let mut rest = bytes;
    for left in (2..=parts).rev() {
        let about = rest.len() / left;
        let end = rest[about..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(rest.len(), |end| about + end + 1);
        let (part, after) = rest.split_at(end);
        all.push(part);
        rest = after;
    }
    all.push(rest);
    all
}

/// The next cell, and where the one after it begins.
fn cell(bytes: &[u8], at: usize) -> (&[u8], usize) {
    let mut end = at;
    while end < bytes.len() && bytes[end] != b',' && bytes[end] != b'\n' {
        end += 1;
    }
    (&bytes[at..end], end + 1)
}

fn scan_survey<'t>(bytes: &'t [u8], role: &[usize]) -> Kinds<'t> {
    let mut kinds = Kinds::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut names: [&[u8]; 3] = [b""; 3];
        let mut marks = [5_u8; 20];
        for role in role {
            let (text, next) = cell(bytes, at);
            at = next;
            match *role {
                group @ 0..3 => names[group] = text,
                question @ 3..23 => {
                    // The labels differ in their lengths.
                    marks[question - 3] = match text.len() {
                        17 if text[0] == b's' || text[0] == b'S' => 0,
                        8 => 1,
                        7 => 2,
                        5 => 3,
                        14 if text[0] == b's' || text[0] == b'S' => 4,
                        _ => 5,
                    };
                }
                _ => {}
            }
        }
        let sums = kinds.entry(names).or_default();
        sums.sheets += 1;
        for (counts, mark) in sums.answers.iter_mut().zip(marks) {
            if let Some(count) = counts.get_mut(usize::from(mark)) {
                *count += 1;
            }
        }
    }
    kinds
}

fn scan_workers<'t>(bytes: &'t [u8], role: &[usize]) -> Kinds<'t> {
    let mut kinds = Kinds::new();
    let mut at = 0;
    while at < bytes.len() {
        let mut names: [&[u8]; 3] = [b""; 3];
        let mut row = [f64::NAN; 7];
        for role in role {
            let (text, next) = cell(bytes, at);
            at = next;
            match *role {
                group @ 0..3 => names[group] = text,
                9 => row[6] = answer(text),
                column @ 3..9 => row[column - 3] = number(text),
                _ => {}
            }
        }
        kinds.entry(names).or_default().worker(&row);
    }
    kinds
}

fn answer(text: &[u8]) -> f64 {
    match text {
        b"yes" => 1.0,
        b"no" => 0.0,
        _ => f64::NAN,
    }
}

/// A number of few digits and perhaps a point.
fn number(text: &[u8]) -> f64 {
    let (mut all, mut scale, mut point) = (0_u32, 1.0, false);
    for byte in text {
        match byte {
            b'.' => point = true,
            digit => {
                all = all * 10 + u32::from(digit - b'0');
                if point {
                    scale *= 10.0;
                }
            }
        }
    }
    if text.is_empty() {
        f64::NAN
    } else {
        f64::from(all) / scale
    }
}

pub fn with_the_crate(folders: &[&str]) -> String {
    let mut out = "{".to_owned();
    for folder in folders {
        let mut groups = Groups::new();
        let read = |name: &str| {
            csv::Reader::from_path(format!("{folder}/data/{name}.csv")).expect("the file is there")
        };
        let place = |header: &csv::StringRecord, name: &str| {
            header
                .iter()
                .position(|own| own == name)
                .expect("the column is there")
        };
        let mut survey = read("survey");
        let header = survey.headers().expect("a header").clone();
        let by = BREAKDOWNS.map(|name| place(&header, name));
        let questions = QUESTIONS.map(|name| place(&header, name));
        let mut kinds: HashMap<[Vec<u8>; 3], Sums> = HashMap::new();
        let mut record = csv::ByteRecord::new();
        while survey.read_byte_record(&mut record).expect("it is sound") {
            let sums = kinds.entry(by.map(|at| record[at].to_vec())).or_default();
            sums.sheets += 1;
            for (counts, at) in sums.answers.iter_mut().zip(questions) {
                let step = match &record[at] {
                    b"strongly disagree" => 0,
                    b"disagree" => 1,
                    b"neither" => 2,
                    b"agree" => 3,
                    b"strongly agree" => 4,
                    _ => continue,
                };
                counts[step] += 1;
            }
        }
        let mut workers = read("workers");
        let header = workers.headers().expect("a header").clone();
        let by = BREAKDOWNS.map(|name| place(&header, name));
        let columns = WORKERS.map(|name| place(&header, name));
        while workers.read_byte_record(&mut record).expect("it is sound") {
            let mut row = columns.map(|at| {
                let text = std::str::from_utf8(&record[at]).unwrap_or_default();
                text.parse().unwrap_or(f64::NAN)
            });
            row[6] = answer(&record[columns[6]]);
            kinds
                .entry(by.map(|at| record[at].to_vec()))
                .or_default()
                .worker(&row);
        }
        let kinds = kinds
            .iter()
            .map(|(names, sums)| (names.each_ref().map(Vec::as_slice), sums.clone()));
        spread(&kinds.collect(), &mut groups);
        told(folder, &groups, &mut out);
    }
    out + "}"
}
