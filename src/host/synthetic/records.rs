//! The employer's records of a made-up council: a row a practitioner, and a row a team.

use super::{Chance, Shape, line, one_decimal, teams};
use crate::national::Service;

/// Full-time hours a week.
const FULL_TIME: f64 = 37.0;

/// Working days in a year, as the national sickness measure counts them.
const WORKING_DAYS: f64 = 253.0;

/// A practitioner on the as-of date.
pub(super) struct Worker {
    pub team: String,
    pub service: Service,
    pub role: &'static str,
    newly_qualified: bool,
    agency: bool,
    fte: f64,
    cases: u32,
    ceiling: u32,
    hours_contracted: f64,
    hours_worked: Option<f64>,
    supervision_due: u32,
    supervision_held: u32,
    appraisal: &'static str,
}

/// The practitioners of every service, team by team.
pub(super) fn workers(chance: &mut Chance, shape: &Shape) -> Vec<Worker> {
    let mut workers = Vec::new();
    for (service, count) in shape.staff() {
        let count = count as usize;
        let names = teams(service, shape.teams_per_service.clamp(1, count.max(1)));
        // So many agency workers, dealt out among the teams by chance.
        let share = 0.15 - 0.09 * shape.quality();
        let agency = (share * count as f64).round() as usize;
        let mut from_agency: Vec<bool> = (0..count).map(|nth| nth < agency).collect();
        chance.shuffle(&mut from_agency);
        for (nth, from_agency) in from_agency.into_iter().enumerate() {
            let team = &names[nth * names.len() / count];
            let first = nth == 0 || nth * names.len() / count != (nth - 1) * names.len() / count;
            workers.push(worker(chance, shape, service, team, from_agency, first));
        }
    }
    leave_gaps(chance, &mut workers);
    workers
}

fn worker(
    chance: &mut Chance,
    shape: &Shape,
    service: Service,
    team: &str,
    agency: bool,
    leads: bool,
) -> Worker {
    let quality = shape.quality();
    let newly_qualified = !leads && !agency && chance.happens(0.12);
    let role = match (leads, newly_qualified) {
        (true, _) => "Team manager",
        (_, true) => "Newly qualified social worker",
        _ => chance.one_of(&[
            "Social worker",
            "Social worker",
            "Social worker",
            "Senior social worker",
        ]),
    };
    let fte = if newly_qualified || chance.happens(0.75) {
        1.0
    } else {
        [0.5, 0.6, 0.8][chance.below(3)]
    };
    // Children's cases are the fewer; a newly qualified practitioner holds two thirds.
    let usual = match service {
        Service::Children => 16.5,
        Service::Adults => 18.0,
    } - 3.0 * quality;
    let load = if newly_qualified {
        usual * 2.0 / 3.0
    } else {
        usual
    };
    let cases = if leads {
        0
    } else {
        ((load + 3.0 * chance.bell()) * fte).round().max(1.0) as u32
    };
    let hours_contracted = FULL_TIME * fte;
    let over = (3.0 - 2.0 * quality + 2.0 * chance.bell()).max(0.0);
    // Sessions in three months: monthly, and fewer for those who were away for a part.
    let supervision_due = if chance.happens(0.08) { 2 } else { 3 };
    let kept = 0.82 + 0.13 * quality;
    let supervision_held = (0..supervision_due)
        .map(|_| u32::from(chance.happens(kept)))
        .sum();
    let appraisal = if agency || chance.happens(0.1) {
        "not due"
    } else if chance.happens(0.84 + 0.12 * quality) {
        "yes"
    } else {
        "no"
    };
    Worker {
        team: team.to_owned(),
        service,
        role,
        newly_qualified,
        agency,
        fte,
        cases,
        ceiling: if newly_qualified { 12 } else { 18 },
        hours_contracted,
        hours_worked: Some(hours_contracted + over * fte),
        supervision_due,
        supervision_held,
        appraisal,
    }
}

/// A few timesheets are not in: one in fifty, so that every measure still has its rows.
fn leave_gaps(chance: &mut Chance, workers: &mut [Worker]) {
    if workers.is_empty() {
        return;
    }
    for _ in 0..workers.len() / 50 {
        let at = chance.below(workers.len());
        workers[at].hours_worked = None;
    }
}

/// `workers.csv`.
pub(super) fn text(workers: &[Worker]) -> String {
    let mut text = line([
        "team",
        "service",
        "role",
        "newly_qualified",
        "agency",
        "fte",
        "cases",
        "ceiling",
        "hours_contracted",
        "hours_worked",
        "supervision_due",
        "supervision_held",
        "appraisal_current",
    ]);
    let yes_no = |yes| if yes { "yes" } else { "no" }.to_owned();
    for worker in workers {
        text += &line([
            worker.team.clone(),
            worker.service.id().to_owned(),
            worker.role.to_owned(),
            yes_no(worker.newly_qualified),
            yes_no(worker.agency),
            one_decimal(worker.fte),
            worker.cases.to_string(),
            worker.ceiling.to_string(),
            one_decimal(worker.hours_contracted),
            worker.hours_worked.map(one_decimal).unwrap_or_default(),
            worker.supervision_due.to_string(),
            worker.supervision_held.to_string(),
            worker.appraisal.to_owned(),
        ]);
    }
    text
}

/// `workforce.csv`: the totals of each team.
pub(super) fn workforce(chance: &mut Chance, shape: &Shape, workers: &[Worker]) -> String {
    let mut text = line([
        "team",
        "service",
        "in_post_fte",
        "in_post_headcount",
        "vacancies_fte",
        "agency_fte",
        "leavers_fte",
        "sickness_days_fte",
        "unallocated_cases",
        "allocated_cases",
        "case_holders_fte",
        "posts_filled",
        "days_to_fill",
        "system_hours_lost",
    ]);
    let same_team = |a: &Worker, b: &Worker| a.service == b.service && a.team == b.team;
    for team in workers.chunk_by(same_team) {
        text += &total(chance, shape.quality(), team);
    }
    text
}

fn total(chance: &mut Chance, quality: f64, team: &[Worker]) -> String {
    let fte = |whom: &dyn Fn(&Worker) -> bool| -> f64 {
        team.iter()
            .filter(|worker| whom(worker))
            .map(|worker| worker.fte)
            .sum()
    };
    let in_post = fte(&|worker| !worker.agency);
    let agency = fte(&|worker| worker.agency);
    let headcount = team.iter().filter(|worker| !worker.agency).count();
    let allocated: u32 = team.iter().map(|worker| worker.cases).sum();
    let mut about = |usual: f64| (usual * (1.0 + 0.25 * chance.bell())).max(0.0);
    let vacancies = about(in_post * (0.15 - 0.08 * quality));
    let leavers = about(in_post * (0.13 - 0.05 * quality)).min(in_post);
    let sickness = about(in_post * WORKING_DAYS * (0.036 - 0.012 * quality));
    let unallocated = about(f64::from(allocated) * (0.02 - 0.015 * quality)).round();
    // At least one post a team, so that the time to fill can be told.
    let filled = about(in_post * 0.12).round().max(1.0);
    let days = about(filled * (70.0 - 22.0 * quality)).round();
    let hours_lost = about((in_post + agency) * 12.0 * (3.2 - 1.8 * quality));
    line([
        team[0].team.clone(),
        team[0].service.id().to_owned(),
        one_decimal(in_post),
        headcount.to_string(),
        one_decimal(vacancies),
        one_decimal(agency),
        one_decimal(leavers),
        one_decimal(sickness),
        unallocated.to_string(),
        allocated.to_string(),
        one_decimal(fte(&|worker| worker.cases >= 1)),
        filled.to_string(),
        days.to_string(),
        one_decimal(hours_lost),
    ])
}
