//! `healthcheck test`: councils' own tests, run on the rows that they give.

use crate::Ending;
use crate::args::FaultFormat;
use crate::faults::{beside, of_the_command, tell};
use crate::screen::{Colour, Screen, number, plain};
use healthcheck::host::{Host, Tested};
use healthcheck::report::diagnostics::Part;

/// Runs the tests of the councils named, or of all, whose name holds `filter`.
pub fn test(
    host: &Host,
    named: &[String],
    filter: &str,
    format: FaultFormat,
    screen: &Screen,
) -> Ending {
    let councils = match host.councils(named) {
        Ok(councils) => councils,
        Err(faults) => return of_the_command(faults, format, screen),
    };
    let tested = host.test(&councils, filter);
    let faults = match format {
        FaultFormat::Junit => tell(&cases(&tested), format, screen),
        _ => tell(
            &tested.iter().map(whole).collect::<Vec<_>>(),
            format,
            screen,
        ),
    };
    let mut ending = Ending::of(&faults);
    for one in &tested {
        show(one, filter, format, screen);
        if let Some(bug) = &one.bug {
            screen.message(&format!("This is a bug in healthcheck: {}", plain(bug)));
            ending = Ending::Bug;
        }
    }
    let ran: usize = tested.iter().map(|one| one.trials.len()).sum();
    if ran == 0 && ending == Ending::Well {
        let words = if filter.is_empty() {
            "no test was run: write some into `tests.rhai`, beside the council's script".to_owned()
        } else {
            format!("no test's name holds \"{}\"", plain(filter))
        };
        screen.message(&format!("error: {words}"));
        return Ending::Misuse;
    }
    ending
}

/// A council with all that its tests found.
fn whole(one: &Tested) -> Part {
    let mut faults = one.faults.clone();
    for trial in &one.trials {
        faults.extend(trial.faults.clone());
    }
    faults.extend(one.unentered.clone());
    Part {
        name: one.council.clone(),
        faults,
        bug: one.bug.clone(),
    }
}

/// For build servers: each test as a case of its own, and before a council's tests what kept
/// them from running, or what they leave out.
fn cases(tested: &[Tested]) -> Vec<Part> {
    let mut cases = Vec::new();
    for one in tested {
        let mut faults = one.faults.clone();
        faults.extend(one.unentered.clone());
        if !faults.is_empty() || one.bug.is_some() || one.trials.is_empty() {
            cases.push(Part {
                name: one.council.clone(),
                faults,
                bug: one.bug.clone(),
            });
        }
        cases.extend(one.trials.iter().map(|trial| Part {
            name: format!("{}: {}", one.council, trial.name.value),
            faults: trial.faults.clone(),
            bug: None,
        }));
    }
    cases
}

fn show(one: &Tested, filter: &str, format: FaultFormat, screen: &Screen) {
    let council = plain(&one.council);
    for trial in &one.trials {
        let (colour, word) = if trial.passed() {
            (Colour::Green, "passed")
        } else {
            (Colour::Red, "failed")
        };
        let word = screen.painted(colour, word);
        beside(
            &format!("{word}  {council}: {}", plain(&trial.name.value)),
            format,
            screen,
        );
    }
    beside(&summary(one, &council, filter), format, screen);
    for (formula, place) in &one.untested {
        let (formula, place) = (plain(formula), plain(&place.name()));
        let words = format!("  no test asks for {formula} ({place})");
        beside(&words, format, screen);
    }
}

fn summary(one: &Tested, council: &str, filter: &str) -> String {
    if one.bug.is_some() {
        return format!("{council}: stopped by a bug in healthcheck");
    }
    if !one.there {
        return format!("{council}: has no tests.rhai");
    }
    if one.faults.has_errors() {
        return format!("{council}: no test could run");
    }
    let failed = one.trials.iter().filter(|trial| !trial.passed()).count();
    let passed = match failed {
        0 => "all passed".to_owned(),
        failed => format!("{failed} failed"),
    };
    let tests = match one.trials.len() {
        0 => "no test".to_owned(),
        tests => format!("{}, {passed}", number(tests, "test")),
    };
    if !filter.is_empty() {
        return format!("{council}: {tests}");
    }
    if one.formulas == 0 {
        return format!("{council}: {tests}; it has no formula of its own");
    }
    let covered = one.formulas - one.untested.len();
    let formulas = number(one.formulas, "formula");
    format!("{council}: {tests}; {covered} of {formulas} of its own tested")
}
