//! The answer sheets of a made-up council.
//!
//! A sheet has a mood, a team has one too, and each question is liked more or less by
//! everybody: so the answers of one sheet, and those of one team, go together.

use super::records::Worker;
use super::{Chance, Shape, line};
use crate::national::{ANSWERS, AWARENESS, Service, UNSCORED_ANSWERS};

/// The 20 national questions in national order, and how well people usually speak of each:
/// 0 as of the others, above it better.
const QUESTIONS: [(&str, f64); 20] = [
    ("caseload-manageable", -0.7),
    ("caseload-fits-experience", 0.3),
    ("supervision-quality", 0.4),
    ("supervision-protected", -0.1),
    ("manager-access", 0.7),
    ("team-supervision", -0.1),
    ("case-system", -0.5),
    ("equipment", 0.3),
    ("it-help", -0.2),
    ("admin-support", -0.6),
    ("confidential-space", -0.3),
    ("cover", -0.4),
    ("intend-to-stay", 0.2),
    ("research-access", 0.1),
    ("research-time", -0.8),
    ("development", 0.2),
    ("specialist-advice", 0.3),
    ("safe-at-work", 0.5),
    ("raise-concerns", 0.1),
    ("wellbeing-support", -0.1),
];

/// Where one answer ends and the next begins, on the scale of moods.
const CUTS: [f64; 4] = [-1.5, -0.6, 0.1, 1.3];

/// `survey.csv`: the sheets of some of the practitioners, in no order.
pub(super) fn survey(chance: &mut Chance, shape: &Shape, workers: &[Worker]) -> String {
    let extra = shape.extra_questions.iter().map(String::as_str);
    let header = ["team", "service", "role"]
        .into_iter()
        .chain(QUESTIONS.iter().map(|(id, _)| *id))
        .chain(AWARENESS.iter().map(|(id, _)| *id))
        .chain(extra);
    let mut text = line(header);
    let mut sheets = Vec::new();
    for (service, count) in shape.staff() {
        sheets.extend(of_service(chance, shape, service, count, workers));
    }
    chance.shuffle(&mut sheets);
    text.extend(sheets);
    text
}

fn of_service(
    chance: &mut Chance,
    shape: &Shape,
    service: Service,
    count: u32,
    workers: &[Worker],
) -> Vec<String> {
    let answered = (f64::from(count) * shape.answered_share.clamp(0.0, 1.0)).floor() as usize;
    let mut staff: Vec<(&Worker, f64)> = Vec::new();
    let own = |worker: &&Worker| worker.service == service;
    let of_service: Vec<&Worker> = workers.iter().filter(own).collect();
    for team in of_service.chunk_by(|a, b| a.team == b.team) {
        let mood = 0.8 * shape.quality() + 0.35 * chance.bell();
        staff.extend(team.iter().map(|worker| (*worker, mood)));
    }
    chance.shuffle(&mut staff);
    staff
        .into_iter()
        .take(answered)
        .map(|(worker, team)| sheet(chance, shape, worker, team))
        .collect()
}

fn sheet(chance: &mut Chance, shape: &Shape, worker: &Worker, team: f64) -> String {
    let mood = team + 0.6 * chance.bell();
    // A few stop half way through.
    let stops_at = if chance.happens(0.03) {
        chance.below(QUESTIONS.len())
    } else {
        usize::MAX
    };
    let extra = shape.extra_questions.iter().map(|_| 0.0);
    let mut cells = vec![
        worker.team.clone(),
        worker.service.id().to_owned(),
        worker.role.to_owned(),
    ];
    let mut answers: Vec<&str> = QUESTIONS
        .iter()
        .map(|(_, liking)| *liking)
        .chain(extra)
        .enumerate()
        .map(|(nth, liking)| {
            let answer = answer(chance, mood + liking);
            if nth < stops_at { answer } else { "" }
        })
        .collect();
    let of_the_council = answers.split_off(QUESTIONS.len());
    let aware = 0.55 + 0.3 * shape.quality();
    let saw = 0.25 + 0.2 * shape.quality();
    answers.extend([aware, saw].map(|likelihood| yes_no_not_sure(chance, likelihood)));
    answers.extend(of_the_council);
    cells.extend(answers.into_iter().map(str::to_owned));
    line(cells)
}

fn answer(chance: &mut Chance, mood: f64) -> &'static str {
    let felt = mood + 0.7 * chance.bell();
    let outside = chance.share();
    if outside < 0.02 {
        ""
    } else if outside < 0.035 {
        UNSCORED_ANSWERS[0]
    } else if outside < 0.04 {
        UNSCORED_ANSWERS[1]
    } else {
        ANSWERS[CUTS.iter().filter(|cut| felt >= **cut).count()]
    }
}

fn yes_no_not_sure(chance: &mut Chance, yes: f64) -> &'static str {
    let drawn = chance.share();
    if drawn < 0.03 {
        ""
    } else if drawn < 0.15 {
        "not sure"
    } else if chance.happens(yes) {
        "yes"
    } else {
        "no"
    }
}
