//! What is published: whether it is whole, made of what is at hand now, by this program, and
//! whether its grades still hold.

use super::super::beside::parent;
use super::super::files::{self, hash, names_in, shown};
use super::super::publish::{PAGE, RESULTS, in_the_way};
use super::super::{Destination, Host};
use super::rehearsed::Seen;
use super::{Chart, Weight};
use crate::publication::Publication;
use crate::verify::Manifest;
use std::path::Path;

/// This program, as a publication names it.
const PROGRAM: &str = concat!("healthcheck ", env!("CARGO_PKG_VERSION"));

pub(super) fn look(host: &Host, seen: &[Seen], to: &Destination, today: &str, chart: &mut Chart) {
    for name in names_in(to.path()) {
        let path = to.path().join(&name);
        if name.starts_with(".healthcheck") {
            let advice = "nothing need be done: the next run clears it away";
            let what = "a run that was ended left it behind";
            chart.note(Weight::Note, &shown(&path), what, advice);
        }
    }
    let all = host.all_councils();
    let here = names_in(to.path()).into_iter();
    let here = here.filter(|name| !name.starts_with('.'));
    for name in here.filter(|name| to.path().join(name).join(RESULTS).is_file()) {
        if !all.iter().any(|council| council.id == name) {
            let advice = "nothing need be done; if the council is to be published no longer, delete the folder and run the others again";
            let what = "there is no script for it any more; what was published stays";
            chart.note(Weight::Note, &shown(&to.path().join(name)), what, advice);
        }
    }
    // What is wrong with the folder of all is told of that one.
    let above_is_well = to.path().symlink_metadata().is_err() || to.path().is_dir();
    let mut is_published = false;
    for one in seen {
        let council = one.council;
        let home = to.path().join(&council.id);
        if above_is_well && let Err(failure) = in_the_way(&council.id, to) {
            let fault = failure.diagnostic();
            let advice = fault
                .help
                .as_deref()
                .unwrap_or("move it away, or put it right, and run again");
            chart.note(Weight::Stops, &shown(&home), fault.message.clone(), advice);
        } else if home.is_dir() {
            is_published = true;
            publication(host, one, &home, today, chart);
        } else if !one.is_faulty {
            let advice = format!("healthcheck run {}", council.id);
            let script = shown(&council.script);
            chart.note(Weight::Note, &script, "it was not published yet", &advice);
        }
    }
    if is_published {
        page_above(host, to, chart);
    }
}

/// The page above all councils, as `verify` finds it.
fn page_above(host: &Host, to: &Destination, chart: &mut Chart) {
    let is_there = to.path().join(PAGE).is_file();
    let what = match host.verify_index(to.path()) {
        Ok(_) if !is_there => "it is not there",
        Ok(None) => "it is not there",
        Ok(Some(found)) if found.differences.iter().any(|one| one.file == PAGE) => {
            "not as it was published, or not of the councils that stand there"
        }
        Ok(Some(_)) => return,
        Err(_) => "what it was made of cannot be read",
    };
    let page = shown(&to.path().join(PAGE));
    chart.note(Weight::Warning, &page, what, "healthcheck run");
}

fn publication(host: &Host, seen: &Seen, home: &Path, today: &str, chart: &mut Chart) {
    let council = seen.council;
    let place = shown(home);
    let again = match seen.is_faulty {
        true => format!("mend its errors, then: healthcheck run {}", council.id),
        false => format!("healthcheck run {}", council.id),
    };
    let read = |file: &str| files::read(&home.join(file));
    let manifest = read(Manifest::FILE).ok();
    let manifest = manifest.and_then(|bytes| Manifest::read(&bytes).ok());
    let results = read(RESULTS).ok();
    let results = results.and_then(|bytes| serde_json::from_slice::<Publication>(&bytes).ok());
    let (Some(manifest), Some(results)) = (manifest, results) else {
        // Results that cannot be read are told as a run tells it.
        if !chart.tells_of(&shown(&home.join(RESULTS))) {
            let what = "it is no whole publication: its manifest or its results are not there, or of another version";
            chart.note(Weight::Warning, &place, what, &again);
        }
        return;
    };
    let changed: Vec<&str> = manifest
        .outputs
        .iter()
        .filter(|file| hash(&home.join(&file.path)).as_ref() != Some(&file.sha256))
        .map(|file| file.path.as_str())
        .collect();
    if !changed.is_empty() {
        let what = format!("not as it was published: {}", few(&changed));
        chart.note(Weight::Warning, &place, what, &again);
    }
    if manifest.program != PROGRAM {
        let what = format!("{} made it, and this is {PROGRAM}", manifest.program);
        chart.note(Weight::Note, &place, what, &again);
    }
    let stale = stale(host, seen, &manifest);
    if !stale.is_empty() {
        let stale: Vec<&str> = stale.iter().map(String::as_str).collect();
        let what = format!("it was made before these changed: {}", few(&stale));
        chart.note(Weight::Warning, &place, what, &again);
    }
    if let Ok(templates) = host.templates()
        && templates.sums() != manifest.templates
    {
        let what = "it was made with other templates than are at hand";
        chart.note(Weight::Note, &place, what, &again);
    }
    for scope in &results.scopes {
        let grade = &scope.grade;
        if !grade.valid_to_on.is_empty() && grade.valid_to_on.as_str() < today {
            let what = format!("the grade of {} held until {}", scope.title, grade.valid_to);
            let advice = "ask practitioners again, and publish a check of another as-of date";
            chart.note(Weight::Warning, &place, what, advice);
        }
    }
}

/// The inputs that are no longer as they were published from. What is not there a run tells.
fn stale(host: &Host, seen: &Seen, manifest: &Manifest) -> Vec<String> {
    if let Some(inputs) = &seen.inputs {
        let changed = manifest.inputs_not_among(inputs).into_iter();
        return changed.map(str::to_owned).collect();
    }
    let own = parent(&seen.council.script);
    let data = host.data_root_of(&own);
    let inputs = manifest.inputs.iter().filter(|input| {
        let folder = match input.path.ends_with(".rhai") {
            true => &own,
            false => &data,
        };
        // What is sealed cannot be told from the file alone.
        let is_plain = input.sealed_with.is_none() && input.sha256.is_some();
        is_plain && hash(&folder.join(&input.path)).is_some_and(|now| Some(now) != input.sha256)
    });
    inputs.map(|input| input.path.clone()).collect()
}

/// A few of many names.
fn few(names: &[&str]) -> String {
    match names {
        [a, b, c, _, ..] => format!("{a}, {b}, {c} and {} more", names.len() - 3),
        _ => names.join(", "),
    }
}
