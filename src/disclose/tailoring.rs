//! How the check was tailored, in plain English: generated, never written.

use super::figures::{date, how_many};
use super::items::measure;
use crate::check::{ComparabilityKind, HealthCheck, Item, Measure};
use crate::data::From;
use crate::national::{AWARENESS, COUNTS, RATED_SHARE, StandardId, THRESHOLD};
use crate::publication::{IN_FULL, IN_PART, TAILORED, Tailoring, WITHOUT_FIGURES, listed};

/// Of more items than these it is said how many they are, not which.
const MOST_NAMED: usize = 5;

/// The word, the count and the sentences. `brought` says of an item, by its number, whether
/// anything was brought for it: a check that nobody answered was not carried out, however
/// little its script changes.
pub(crate) fn tailoring(check: &HealthCheck, brought: &dyn Fn(usize) -> bool) -> Tailoring {
    let of = COUNTS.0 + COUNTS.1 + COUNTS.2;
    let counts = |(at, item): (usize, &Item)| item.counts_nationally() && brought(at);
    let all = || check.items().iter().enumerate();
    let comparable = all().filter(|one| counts(*one)).count();
    let can_be_rated = |standard: StandardId| {
        let own: Vec<bool> = all()
            .filter(|(_, item)| item.national.is_some() && item.standard == standard.id())
            .map(counts)
            .collect();
        let counting = own.iter().filter(|counts| **counts).count();
        counting * RATED_SHARE.1 >= own.len() * RATED_SHARE.0
    };
    let lacking = not_brought(check, brought);
    let word = if comparable == of {
        IN_FULL
    } else if comparable == 0 {
        WITHOUT_FIGURES
    } else if lacking.is_none() && StandardId::ALL.into_iter().all(can_be_rated) {
        TAILORED
    } else {
        IN_PART
    };
    let mut sentences = left_out(check);
    sentences.extend(lacking);
    sentences.extend(changed(check));
    sentences.extend(never_scored(check));
    sentences.extend(added(check));
    sentences.extend(ceiling_and_targets(check));
    sentences.extend(scoring(check));
    sentences.extend(weights(check));
    sentences.extend(publishing(check));
    if sentences.is_empty() {
        sentences.push("Nothing is changed, added or left out.".into());
    }
    Tailoring {
        word: word.into(),
        sentences,
        comparable,
        of,
        text: format!("{comparable} of {of}"),
    }
}

fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// An item's own wording: the nation's where there is one.
fn wording(item: &Item) -> String {
    quoted(&item.national.as_ref().unwrap_or(&item.local).ask)
}

fn left_out(check: &HealthCheck) -> Vec<String> {
    let kinds = [
        ("question", "questions", "not asked"),
        ("measure", "measures", "left out"),
        ("statement", "statements", "left out"),
    ];
    let sentence = |(one, many, how): (&str, &str, &str)| {
        let parts: Vec<String> = check
            .items()
            .iter()
            .filter(|item| item.local.kind.word() == one)
            .filter_map(|item| {
                let omission = item.omission.as_ref()?;
                Some(format!(
                    "{} ({}; to be reviewed by {})",
                    wording(item),
                    omission.reason,
                    date(omission.review_by)
                ))
            })
            .collect();
        let begin = how_many(parts.len(), one, many);
        (!parts.is_empty()).then(|| format!("{begin} {how}: {}.", parts.join("; ")))
    };
    kinds.into_iter().filter_map(sentence).collect()
}

/// The national items of which nothing was brought and no reason is given.
fn not_brought(check: &HealthCheck, brought: &dyn Fn(usize) -> bool) -> Option<String> {
    let all = check.items().iter().enumerate();
    let lacking: Vec<String> = all
        .filter(|(at, item)| item.counts_nationally() && !brought(*at))
        .map(|(_, item)| wording(item))
        .collect();
    let count = match lacking.len() {
        0 => return None,
        1 => "one national item".to_owned(),
        many => format!("{many} national items"),
    };
    Some(if lacking.len() > MOST_NAMED {
        format!("Nothing was brought for {count}.")
    } else {
        format!("Nothing was brought for {count}: {}.", lacking.join("; "))
    })
}

fn changed(check: &HealthCheck) -> Vec<String> {
    let kinds = [
        (
            ComparabilityKind::NotComparable,
            "changed so that no comparison can be made",
        ),
        (
            ComparabilityKind::Complies,
            "adapted and can still be compared",
        ),
    ];
    let sentence = |(kind, how): (ComparabilityKind, &str)| {
        let parts: Vec<String> = check
            .items()
            .iter()
            .filter(|item| item.national.is_some() && item.comparability.kind == kind)
            .map(|item| {
                let national = item.national.as_ref();
                let reworded = national.filter(|national| national.ask != item.local.ask);
                let here = reworded.map(|_| format!("here {}", quoted(&item.local.ask)));
                let reasons = item.comparability.reasons.iter().cloned();
                let said: Vec<String> = here.into_iter().chain(reasons).collect();
                match said.as_slice() {
                    [] => wording(item),
                    said => format!("{} ({})", wording(item), said.join("; ")),
                }
            })
            .collect();
        let begin = how_many(parts.len(), "national item", "national items");
        (!parts.is_empty()).then(|| format!("{begin} {how}: {}.", parts.join("; ")))
    };
    kinds.into_iter().filter_map(sentence).collect()
}

/// The questions that are never scored, where their answers are read as others.
fn never_scored(check: &HealthCheck) -> Vec<String> {
    let changed = check.awareness().iter();
    changed
        .filter(|one| one.comparability.kind == ComparabilityKind::NotComparable)
        .map(|one| {
            let ask = quoted(&one.ask);
            if one.counted {
                let known = AWARENESS.iter().find(|(id, _)| *id == one.id);
                let national = quoted(known.map_or("", |(_, ask)| ask));
                return format!("In place of {national} practitioners were asked {ask}: what they answered is told in these words, and set beside no other council's.");
            }
            let reasons = one.comparability.reasons.join(", ");
            format!("What practitioners answered to {ask} is not published, because it no longer compares ({reasons}).")
        })
        .collect()
}

fn added(check: &HealthCheck) -> Vec<String> {
    let items: Vec<String> = check
        .items()
        .iter()
        .filter(|item| item.national.is_none())
        .map(wording)
        .collect();
    let standards: Vec<String> = check
        .standards()
        .iter()
        .filter(|standard| standard.national.is_none())
        .map(|standard| quoted(&standard.title))
        .collect();
    [
        (items, "local item", "local items"),
        (standards, "local standard", "local standards"),
    ]
    .into_iter()
    .filter(|(parts, ..)| !parts.is_empty())
    .map(|(parts, one, many)| {
        let begin = how_many(parts.len(), one, many);
        format!("{begin} added: {}.", listed(&parts))
    })
    .collect()
}

/// Where the caseload ceiling is had from.
fn ceilings(check: &HealthCheck) -> impl Iterator<Item = &From> {
    let workers = check.tables().iter().filter(|table| table.id == "workers");
    workers
        .flat_map(|table| &table.columns)
        .filter(|column| column.name == "ceiling")
        .map(|column| &column.from)
}

/// The caseload ceiling, where there is one for everybody.
pub(super) fn ceiling(check: &HealthCheck) -> Option<f64> {
    ceilings(check).find_map(|from| match from {
        From::Number(cases) => Some(*cases),
        From::Header(_) | From::SameName | From::Words(_) => None,
    })
}

fn ceiling_and_targets(check: &HealthCheck) -> Vec<String> {
    let mut sentences: Vec<String> = ceilings(check)
        .filter_map(|from| match from {
            From::Number(cases) => Some(format!(
                "The caseload ceiling is {cases} cases per full-time equivalent."
            )),
            From::Header(_) => {
                Some("Each practitioner has a caseload ceiling of their own.".into())
            }
            From::SameName | From::Words(_) => None,
        })
        .collect();
    sentences.extend(check.items().iter().filter_map(|item| {
        let target = item.target?;
        Some(format!(
            "The council's target for {} is {}.",
            wording(item),
            target.words()
        ))
    }));
    sentences
}

/// Anchors, formulas and bands of the council's own.
fn scoring(check: &HealthCheck) -> Vec<String> {
    let mut sentences = Vec::new();
    for item in check.items() {
        let national = item.national.as_ref().and_then(measure);
        let (Some(national), Some(local)) = (national, measure(&item.local)) else {
            continue;
        };
        let what = wording(item);
        if item.own_formula().is_some() {
            sentences.push(format!(
                "In its local score the council counts {what} by a formula of its own."
            ));
        }
        if local.score.is_some() {
            sentences.push(format!(
                "In its local score the council scores {what} by a rule of its own."
            ));
        } else if (local.best, local.worst) != (national.best, national.worst) {
            sentences.push(format!(
                "In its local score {what} scores 100 at {} and 0 at {}, which is {} than the nation's {} and {}.",
                local.best,
                local.worst,
                if is_looser(local, national) { "looser" } else { "stricter" },
                national.best,
                national.worst
            ));
        }
    }
    for standard in check.standards() {
        if standard.score.is_some() {
            sentences.push(format!(
                "{} has a local score by a rule of the council's own.",
                standard.title
            ));
        }
    }
    if check.overall().score.is_some() {
        sentences.push("The local overall score is by a rule of the council's own.".into());
    }
    if !check.overall().bands.is_empty() {
        let bands: Vec<String> = check
            .overall()
            .bands
            .iter()
            .map(|(words, from)| format!("{words} from {from}"))
            .collect();
        sentences.push(format!(
            "Local scores have bands of their own: {}.",
            listed(&bands)
        ));
    }
    sentences
}

/// Whether either anchor is easier to reach than the nation's.
fn is_looser(local: &Measure, national: &Measure) -> bool {
    let easier = (national.worst - national.best).signum();
    easier * (local.best - national.best) > 0.0 || easier * (local.worst - national.worst) > 0.0
}

fn weights(check: &HealthCheck) -> Vec<String> {
    let standards = check
        .standards()
        .iter()
        .filter(|standard| standard.weight != 1.0)
        .map(|standard| format!("{} weighs {}", standard.title, standard.weight));
    let items = check
        .items()
        .iter()
        .filter(|item| item.weight != 1.0)
        .map(|item| format!("{} weighs {}", wording(item), item.weight));
    let parts: Vec<String> = standards.chain(items).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    vec![format!("In the local score {}.", listed(&parts))]
}

fn publishing(check: &HealthCheck) -> Vec<String> {
    let threshold = check.council().fewest_people();
    if threshold <= THRESHOLD {
        return Vec::new();
    }
    vec![format!(
        "Figures that rest on fewer than {threshold} people are withheld; the nation's threshold is {THRESHOLD}."
    )]
}
