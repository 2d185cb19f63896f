//! The program's ranges against those that trying all whole points gives.

use super::*;
use crate::attack::tests::dice::Dice;

const WORK: u64 = 10_000_000;

/// The range of a variable, or `None` where nothing satisfies the program.
fn range(program: &Program, variable: usize) -> Option<(f64, f64)> {
    let mut work = WORK;
    let mut region = match program.search(&mut work) {
        Search::Found(region) => region,
        Search::Empty => return None,
        Search::Unfinished => panic!("so small a program comes to an end"),
    };
    let mut end = |most| match region.extreme(&[(variable, 1.0)], most, &mut work) {
        Extreme::At(value) => value,
        other => panic!("the variables are bounded: {other:?}"),
    };
    Some((end(false), end(true)))
}

/// The same by trying all whole points.
fn tried(program: &Program, variable: usize) -> Option<(f64, f64)> {
    let mut point: Vec<f64> = program.bounds.iter().map(|(low, _)| *low).collect();
    let mut found: Option<(f64, f64)> = None;
    loop {
        let holds = program.rows.iter().all(|(terms, low, high)| {
            let sum: f64 = terms.iter().map(|(at, c)| c * point[*at]).sum();
            sum >= low - 1e-9 && sum <= high + 1e-9
        });
        if holds {
            let at = point[variable];
            found = Some(found.map_or((at, at), |(a, b)| (a.min(at), b.max(at))));
        }
        let next = (0..point.len()).find(|at| point[*at] < program.bounds[*at].1);
        let Some(next) = next else {
            return found;
        };
        point[next] += 1.0;
        for (at, (low, _)) in program.bounds[..next].iter().enumerate() {
            point[at] = *low;
        }
    }
}

fn bounds(dice: &mut Dice, variables: usize) -> Vec<(f64, f64)> {
    (0..variables)
        .map(|_| {
            let low = dice.up_to(2) as f64;
            (low, low + dice.up_to(4) as f64)
        })
        .collect()
}

#[test]
fn sums_of_neighbours_have_the_range_that_trying_all_whole_points_gives() {
    let mut dice = Dice::new(1);
    let mut feasible = 0;
    for _ in 0..600 {
        let variables = 2 + dice.up_to(3);
        // Sums of consecutive variables: their corners are whole.
        let rows = (0..1 + dice.up_to(4))
            .map(|_| {
                let first = dice.up_to(variables - 1);
                let last = first + dice.up_to(variables - 1 - first);
                let low = dice.up_to(8) as f64;
                let terms = (first..=last).map(|at| (at, 1.0)).collect();
                (terms, low, low + dice.up_to(3) as f64)
            })
            .collect();
        let program = Program {
            bounds: bounds(&mut dice, variables),
            rows,
        };
        for variable in 0..variables {
            let (found, all) = (range(&program, variable), tried(&program, variable));
            match (found, all) {
                (None, None) => {}
                (Some((a, b)), Some((low, high))) => {
                    feasible += 1;
                    assert!((a - low).abs() < 1e-6 && (b - high).abs() < 1e-6);
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(feasible > 300, "{feasible}");
}

#[test]
fn any_sums_have_a_range_that_holds_every_whole_point() {
    let mut dice = Dice::new(2);
    let mut feasible = 0;
    for _ in 0..600 {
        let variables = 2 + dice.up_to(3);
        let rows = (0..1 + dice.up_to(3))
            .map(|_| {
                let terms = (0..variables)
                    .map(|at| (at, dice.up_to(6) as f64 - 3.0))
                    .collect();
                let low = dice.up_to(8) as f64 - 4.0;
                (terms, low, low + dice.up_to(4) as f64)
            })
            .collect();
        let program = Program {
            bounds: bounds(&mut dice, variables),
            rows,
        };
        for variable in 0..variables {
            if let Some((low, high)) = tried(&program, variable) {
                feasible += 1;
                let (a, b) = range(&program, variable).expect("a whole point is a point");
                assert!(a <= low + 1e-6 && b >= high - 1e-6);
            }
        }
    }
    assert!(feasible > 300, "{feasible}");
}

#[test]
fn work_that_runs_out_is_told_and_not_guessed() {
    let program = Program {
        bounds: vec![(0.0, 10.0); 4],
        rows: vec![(vec![(0, 1.0), (1, 1.0)], 5.0, 6.0)],
    };
    let mut work = 3;
    assert!(matches!(program.search(&mut work), Search::Unfinished));
}
