//! A number in, a council out: who lies in which groups, what they answered, the cases and
//! hours of those on the list, and the totals of their teams.

use super::super::{Verdicts, cleared};
use crate::assess::test_council::{TestCouncil, place, words, written};
use crate::chance::SplitMix64;
use crate::check::{Breakdown, Correction};
use crate::data::{Column, Policy, Table};
use crate::diagnostic::Diagnostic;
use crate::disclose;
use crate::national::Service;
use crate::publication::Publication;
use crate::source::Spanned;
use crate::validate;
use jiff::civil::date;
use std::collections::BTreeMap;

/// Teams: those who share every group. Breakdowns are groupings of these.
pub(super) const TEAMS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
const WORKERS: [&str; 4] = [
    "caseload-per-fte",
    "high-caseloads",
    "hours-over-contract",
    "appraisal-current",
];
const WORKFORCE: [&str; 4] = [
    "vacancy-rate",
    "turnover-rate",
    "agency-rate",
    "sickness-absence",
];

/// Whole numbers that are the same on every run.
pub(in crate::host::clear) struct Dice(SplitMix64);

impl Dice {
    pub(in crate::host::clear) fn seeded(seed: u64) -> Self {
        Self(SplitMix64::seeded(seed))
    }

    /// From 0 to `most`.
    pub(in crate::host::clear) fn up_to(&mut self, most: usize) -> usize {
        self.0.below(most as u64 + 1) as usize
    }

    /// True once in so many throws.
    pub(in crate::host::clear) fn once_in(&mut self, throws: usize) -> bool {
        self.up_to(throws - 1) == 0
    }
}

/// A practitioner on the list.
#[derive(Clone, Copy)]
struct Worker {
    team: usize,
    fte: f64,
    cases: f64,
    over: f64,
    appraised: bool,
}

/// The totals of a team: head count, full-time equivalents, vacancies, agency, leavers, days.
type Totals = [f64; 6];

/// How everybody is grouped, and what they bring.
#[derive(Clone)]
pub(super) struct Drawn {
    teams: usize,
    services: Vec<Service>,
    service_of: Vec<Service>,
    /// For each breakdown the group of each team; `None` leaves it out.
    breakdowns: Vec<Vec<Option<usize>>>,
    sheets: Vec<(Option<usize>, [Option<u8>; 2])>,
    workers: Vec<Worker>,
    workforce: Vec<Totals>,
    corrected: bool,
    /// Whether its as-of date is another than that of the first release.
    another_date: bool,
}

/// Who makes the second release another than the first.
#[derive(Clone, Copy, Debug)]
pub(super) enum Other {
    Joined,
    Left,
    Answered,
}

impl Drawn {
    /// One to six breakdowns: nested in the one before, across it, like it but for one team,
    /// or leaving a team out.
    pub(super) fn new(dice: &mut Dice) -> Self {
        let teams = 3 + dice.up_to(TEAMS.len() - 3);
        let services = match dice.up_to(2) {
            0 => vec![Service::Children, Service::Adults],
            1 => vec![Service::Children],
            _ => vec![Service::Adults],
        };
        let service_of = (0..teams)
            .map(|_| services[dice.up_to(services.len() - 1)])
            .collect();
        let mut drawn = Self {
            teams,
            services,
            service_of,
            breakdowns: Vec::new(),
            sheets: Vec::new(),
            workers: Vec::new(),
            workforce: Vec::new(),
            corrected: false,
            another_date: false,
        };
        for _ in 0..1 + dice.up_to(5) {
            drawn.group(dice);
        }
        // Each council brings one table, two or all three.
        let brought = 1 + dice.up_to(6);
        let nameless = dice.once_in(4);
        if brought & 1 != 0 {
            let sheet = |dice: &mut Dice| {
                let team =
                    Some(lower_of_two(dice, teams - 1)).filter(|_| !(nameless && dice.once_in(20)));
                let answers = [0, 1].map(|_| (!dice.once_in(12)).then_some(dice.up_to(4) as u8));
                (team, answers)
            };
            drawn.sheets = (0..18 + dice.up_to(60)).map(|_| sheet(dice)).collect();
        }
        if brought & 2 != 0 {
            drawn.workers = (0..18 + dice.up_to(50))
                .map(|_| worker(dice, teams))
                .collect();
        }
        if brought & 4 != 0 {
            drawn.workforce = (0..teams).map(|_| totals(dice)).collect();
        }
        drawn
    }

    /// Adds a breakdown.
    pub(super) fn group(&mut self, dice: &mut Dice) {
        let size = 1 + dice.up_to(2);
        let drawn: Vec<Option<usize>> = (0..self.teams).map(|_| Some(dice.up_to(size))).collect();
        let mut groups = match (self.breakdowns.last(), dice.up_to(3)) {
            (Some(above), 0 | 1) => drawn
                .iter()
                .zip(above)
                .map(|(own, up)| Some((*up)? * 3 + (*own)?))
                .collect(),
            (Some(above), 2) => {
                let mut alike = above.clone();
                let moved = dice.up_to(self.teams - 1);
                alike[moved] = drawn[moved];
                alike
            }
            _ => drawn,
        };
        if dice.once_in(8) {
            groups[dice.up_to(self.teams - 1)] = None;
        }
        self.breakdowns.push(groups);
    }

    /// One joins, leaves, or answers otherwise; of the survey, or of the list if there is none.
    pub(super) fn change(&mut self, other: Other) {
        match other {
            Other::Joined => {
                self.sheets.extend(self.sheets.first().copied());
                if self.sheets.is_empty() {
                    self.workers.extend(self.workers.first().copied());
                }
            }
            Other::Left => {
                if self.sheets.pop().is_none() {
                    self.workers.pop();
                }
            }
            Other::Answered => match (self.sheets.last_mut(), self.workers.last_mut()) {
                (Some((_, answers)), _) => {
                    answers[0] = Some(answers[0].map_or(0, |answer| (answer + 1) % 5));
                }
                (None, Some(worker)) => worker.cases += 1.0,
                (None, None) => {}
            },
        }
    }

    /// Tells that what was published before is withdrawn.
    pub(super) fn correct(&mut self) {
        self.corrected = true;
    }

    /// Whether what was published before is withdrawn.
    pub(super) fn is_corrected(&self) -> bool {
        self.corrected
    }

    /// The same survey as of half a year later.
    pub(super) fn at_another_date(&mut self) {
        self.another_date = true;
    }

    pub(super) fn is_of_another_date(&self) -> bool {
        self.another_date
    }

    /// Whether there are rows of which one can be changed.
    pub(super) fn has_rows(&self) -> bool {
        !self.sheets.is_empty() || !self.workers.is_empty()
    }

    fn council(&self) -> TestCouncil {
        let mut council = TestCouncil::new(&self.services);
        council.parts.council.fielded = Some((date(2026, 9, 7), date(2026, 9, 30)));
        if self.another_date {
            council.parts.council.as_of = date(2027, 3, 31);
        }
        if !self.sheets.is_empty() {
            council = council.questions("welfare", 2);
        }
        if self.corrected {
            council.parts.corrections.push(Correction {
                id: "one-person".into(),
                on: date(2026, 11, 2),
                because: "One person's row was wrong".into(),
                place: place(),
            });
        }
        let mut ids: Vec<&str> = Vec::new();
        if !self.workers.is_empty() {
            ids.extend(WORKERS);
        }
        if !self.workforce.is_empty() {
            ids.extend(WORKFORCE);
        }
        let national = validate::national().iter();
        let measures = national.filter(|item| ids.contains(&item.id.as_str()));
        council.parts.items.extend(measures.cloned());
        for (at, groups) in self.breakdowns.iter().enumerate() {
            let mut named: BTreeMap<usize, Vec<Spanned<String>>> = BTreeMap::new();
            for (team, group) in groups.iter().enumerate() {
                if let Some(group) = group {
                    named.entry(*group).or_default().push(written(TEAMS[team]));
                }
            }
            let groups = named
                .into_iter()
                .map(|(group, teams)| (format!("g{group}"), teams));
            council.parts.breakdowns.push(Breakdown {
                id: format!("b{at}"),
                tables: ["survey", "workers", "workforce"]
                    .map(str::to_owned)
                    .to_vec(),
                by: "team".into(),
                groups: groups.collect(),
            });
        }
        for (team, answers) in &self.sheets {
            let service = team.map_or(self.services[0], |team| self.service_of[team]);
            council = council.sheets(1, Some(service), team.map(|team| TEAMS[team]), answers);
        }
        if !self.workers.is_empty() {
            council = council.brought(self.list());
        }
        if !self.workforce.is_empty() {
            council = council.brought(self.totals());
        }
        council
    }

    fn list(&self) -> Table {
        let number = |of: fn(&Worker) -> f64| {
            Column::Number(self.workers.iter().map(|worker| Ok(of(worker))).collect())
        };
        let appraised = self
            .workers
            .iter()
            .map(|worker| Some(if worker.appraised { "yes" } else { "no" }));
        let columns = vec![
            ("fte", number(|worker| worker.fte)),
            ("cases", number(|worker| worker.cases)),
            ("hours_contracted", number(|worker| 37.0 * worker.fte)),
            (
                "hours_worked",
                number(|worker| 37.0 * worker.fte + worker.over),
            ),
            ("appraisal_current", words(appraised)),
        ];
        let teams: Vec<usize> = self.workers.iter().map(|worker| worker.team).collect();
        self.table("workers", Policy::MostRows, &teams, columns)
    }

    fn totals(&self) -> Table {
        let number = |at: usize| {
            Column::Number(self.workforce.iter().map(|totals| Ok(totals[at])).collect())
        };
        let names = [
            "in_post_headcount",
            "in_post_fte",
            "vacancies_fte",
            "agency_fte",
            "leavers_fte",
            "sickness_days_fte",
        ];
        let columns = names.into_iter().enumerate();
        let columns = columns.map(|(at, name)| (name, number(at))).collect();
        let teams: Vec<usize> = (0..self.workforce.len()).collect();
        self.table("workforce", Policy::AllRows, &teams, columns)
    }

    /// A table with the team and the service of each row.
    fn table(
        &self,
        id: &str,
        policy: Policy,
        teams: &[usize],
        mut columns: Vec<(&str, Column)>,
    ) -> Table {
        let services = teams.iter().map(|team| Some(self.service_of[*team].id()));
        columns.push(("service", words(services)));
        columns.push(("team", words(teams.iter().map(|team| Some(TEAMS[*team])))));
        Table {
            id: id.into(),
            policy,
            len: teams.len(),
            known: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            columns: columns
                .into_iter()
                .map(|(name, column)| (name.to_owned(), column))
                .collect(),
            brought: true,
            here: true,
        }
    }

    /// What may be seen of it after some releases.
    pub(super) fn published(
        &self,
        releases: &[Publication],
    ) -> Result<Publication, Box<Diagnostic>> {
        let council = self.council();
        let (check, found) = (council.check(), council.assess_after(releases));
        match cleared(
            "northshire",
            &check,
            &found,
            &[],
            releases,
            &Verdicts::none(),
        )? {
            (publication, None) => Ok(publication),
            // Without a figure about anybody.
            (_, Some(opens)) => Err(Box::new(opens)),
        }
    }

    /// What would be seen of it under the thresholds alone.
    pub(super) fn under_thresholds_alone(&self) -> Publication {
        let council = self.council();
        disclose::under_thresholds_alone("northshire", &council.check(), &council.assess())
    }
}

/// The lower of two throws: some teams are large and some small.
fn lower_of_two(dice: &mut Dice, most: usize) -> usize {
    dice.up_to(most).min(dice.up_to(most))
}

fn worker(dice: &mut Dice, teams: usize) -> Worker {
    Worker {
        team: lower_of_two(dice, teams - 1),
        fte: [1.0, 1.0, 1.0, 0.8, 0.6, 0.5][dice.up_to(5)],
        // A few hold none.
        cases: if dice.once_in(10) {
            0.0
        } else {
            (6 + dice.up_to(20)) as f64
        },
        over: if dice.once_in(2) {
            0.0
        } else {
            dice.up_to(12) as f64
        },
        appraised: !dice.once_in(4),
    }
}

fn totals(dice: &mut Dice) -> Totals {
    let people = 2 + lower_of_two(dice, 30);
    let tenth = |dice: &mut Dice, most: usize| dice.up_to(most) as f64 / 10.0;
    [
        people as f64,
        people as f64 - tenth(dice, 5 * people.min(6)),
        tenth(dice, 60),
        tenth(dice, 40),
        tenth(dice, 50),
        dice.up_to(12 * people) as f64,
    ]
}
