//! How often a 95% interval holds the true score: 2,000 simulated surveys of each of three
//! councils, by the code that works out every interval.
//!
//! Practitioners' answers to the 20 questions go together: each has a mood of their own, and
//! each service one of its own. In each survey some of each service answer, the one service
//! more readily than the other, and leave out one question in sixteen. The true score is
//! that of all practitioners. `BLESS=1` writes the figures into `docs/method.md`.

use super::interval::{Sample, Stratum, spread, t_of};
use super::sheets::Sheets;
use crate::chance::SplitMix64;
use crate::national::{ANSWERS, ITEMS_PER_STANDARD, StandardId};

/// Surveys of each council.
const SURVEYS: u32 = 2_000;

/// Surveys after which there is another population.
const SURVEYS_OF_ONE: u32 = 50;

/// For each council and each of its two services: practitioners, and how many answer.
const COUNCILS: [[(u32, u32); 2]; 3] = [
    [(26, 15), (34, 26)],
    [(120, 54), (100, 68)],
    [(540, 232), (360, 246)],
];

/// How many questions each standard has, in national order.
const QUESTIONS: [usize; 6] = [2, 4, 5, 2, 4, 3];

/// Where one answer ends and the next begins, on the scale of moods.
const CUTS: [f64; 4] = [-1.5, -0.6, 0.1, 1.3];

/// Where the table begins and ends in the method.
const MARKS: (&str, &str) = (
    "<!-- simulated coverage: BLESS=1 cargo test --lib coverage -->\n",
    "<!-- simulated coverage ends -->\n",
);

fn share(chance: &mut SplitMix64) -> f64 {
    (chance.next() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Around 0, with standard deviation 1: the sum of twelve shares, less six.
fn bell(chance: &mut SplitMix64) -> f64 {
    (0..12).map(|_| share(chance)).sum::<f64>() - 6.0
}

/// What each practitioner of a service would answer to each question, 1 to 5.
fn population(chance: &mut SplitMix64, people: u32, service: f64) -> Vec<Vec<u8>> {
    let questions: usize = QUESTIONS.iter().sum();
    let liked: Vec<f64> = (0..questions).map(|_| 0.4 * bell(chance)).collect();
    (0..people)
        .map(|_| {
            let mood = service + 0.6 * bell(chance);
            let felt = |liking: &f64| mood + liking + 0.7 * bell(chance);
            let cuts = |felt: f64| CUTS.iter().filter(|cut| felt >= **cut).count() as u8;
            liked.iter().map(felt).map(|felt| 1 + cuts(felt)).collect()
        })
        .collect()
}

/// So many sheets, some answers left out.
fn survey(chance: &mut SplitMix64, people: &[Vec<u8>], answering: u32) -> Vec<Vec<u8>> {
    let mut all: Vec<&Vec<u8>> = people.iter().collect();
    chance.draw(&mut all, answering as usize);
    let left_out = |chance: &mut SplitMix64, code: &u8| match chance.below(16) {
        0 => 0,
        _ => *code,
    };
    all[..answering as usize]
        .iter()
        .map(|sheet| sheet.iter().map(|code| left_out(chance, code)).collect())
        .collect()
}

/// The weight of each question in each of the six, and in the overall score.
fn weights() -> Vec<Vec<f64>> {
    let mut all = Vec::new();
    let mut first = 0;
    for (questions, items) in QUESTIONS.iter().zip(ITEMS_PER_STANDARD) {
        let mut own = vec![0.0; QUESTIONS.iter().sum()];
        own[first..first + questions].fill(1.0 / items as f64);
        all.push(own);
        first += questions;
    }
    let sum = |j: usize| all.iter().map(|own: &Vec<f64>| own[j]).sum::<f64>() / 6.0;
    all.push((0..first).map(sum).collect());
    all
}

/// Percent of surveys whose interval holds the true score, for each of the six and overall:
/// in the whole, in the first service, in the second.
fn coverage(council: [(u32, u32); 2]) -> [Vec<f64>; 3] {
    let weights = weights();
    let mut held = [vec![0_u32; 7], vec![0; 7], vec![0; 7]];
    let mut chance = SplitMix64::seeded(council[0].0.into());
    let mut people: Vec<Vec<Vec<u8>>> = Vec::new();
    for number in 0..SURVEYS {
        if number % SURVEYS_OF_ONE == 0 {
            people = council
                .iter()
                .zip([-0.2, 0.3])
                .map(|((people, _), mood)| population(&mut chance, *people, mood))
                .collect();
        }
        let none_reversed = [false; 20];
        let strata: Vec<Stratum> = people
            .iter()
            .zip(council)
            .map(|(people, (asked, answering))| {
                let marked = survey(&mut chance, people, answering);
                Stratum::of(
                    Sheets::of(marked, &none_reversed).tally(),
                    Some(asked),
                    true,
                )
            })
            .collect();
        let everybody = |from: usize, to: usize| people[from..to].iter().flatten();
        let scopes = [
            (
                Sample::ByAsked(&strata),
                everybody(0, 2),
                council[0].1 + council[1].1,
            ),
            (Sample::Alike(&strata[0]), everybody(0, 1), council[0].1),
            (Sample::Alike(&strata[1]), everybody(1, 2), council[1].1),
        ];
        for ((sample, of, answered), held) in scopes.into_iter().zip(&mut held) {
            let (mut sums, mut number) = (vec![0_u32; 20], 0.0);
            for person in of {
                for (sum, code) in sums.iter_mut().zip(person) {
                    *sum += u32::from(*code) - 1;
                }
                number += 1.0;
            }
            let step = 100.0 / (ANSWERS.len() - 1) as f64;
            for (weights, held) in weights.iter().zip(held) {
                let score = |mean: &dyn Fn(usize) -> f64| -> f64 {
                    weights.iter().enumerate().map(|(j, w)| w * mean(j)).sum()
                };
                let truth = score(&|j| step * f64::from(sums[j]) / number);
                let found = score(&|j| sample.mean(j).expect("somebody answered"));
                let spread = spread(&sample, weights, t_of(answered)).expect("it has questions");
                *held += u32::from((found - truth).abs() <= spread.half_width);
            }
        }
    }
    held.map(|held| {
        let percent = |held| 100.0 * f64::from(held) / f64::from(SURVEYS);
        held.into_iter().map(percent).collect()
    })
}

fn table(figures: &[[Vec<f64>; 3]]) -> String {
    let mut text = String::from("| council | scope | answered |");
    for standard in StandardId::ALL {
        text += &format!(" {} |", standard.id());
    }
    text += " overall |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";
    for (council, figures) in COUNCILS.iter().zip(figures) {
        let [one, other] = *council;
        let scopes = [
            ("whole", (one.0 + other.0, one.1 + other.1)),
            ("first service", one),
            ("second service", other),
        ];
        for ((scope, (asked, answered)), figures) in scopes.into_iter().zip(figures) {
            let people = one.0 + other.0;
            text += &format!("| {people} practitioners | {scope} | {answered} of {asked} |");
            for figure in figures {
                text += &format!(" {figure:.1} |");
            }
            text += "\n";
        }
    }
    text
}

#[test]
fn an_interval_holds_the_true_score_in_93_to_97_of_100_surveys() {
    let figures = COUNCILS.map(coverage);
    let table = table(&figures);
    for figure in figures.iter().flatten().flatten() {
        assert!((93.0..=97.0).contains(figure), "{figure}\n{table}");
    }
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/method.md");
    let method = std::fs::read_to_string(&file).expect("docs/method.md is there");
    let (before, rest) = method.split_once(MARKS.0).expect("the table has a place");
    let (there, after) = rest.split_once(MARKS.1).expect("the table ends");
    if std::env::var_os("BLESS").is_some() {
        let text = [before, MARKS.0, &table, MARKS.1, after].concat();
        std::fs::write(&file, text).expect("docs can be written");
    } else {
        assert_eq!(there, table, "stale: BLESS=1 cargo test --lib coverage");
    }
}
