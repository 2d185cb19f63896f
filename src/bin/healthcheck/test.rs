//! `healthcheck test`: councils' own tests, run on the rows that they give.

use crate::Ending;
use crate::screen::{Colour, Screen, number, plain};
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::{Host, Tested};

/// Runs the tests of the councils named, or of all, whose name holds `filter`.
pub fn test(host: &Host, named: &[String], filter: &str, screen: &Screen) -> Ending {
    let councils = match host.councils(named) {
        Ok(councils) => councils,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    let tested = host.test(&councils, filter);
    let mut faults = Diagnostics::new();
    for one in &tested {
        faults.extend(one.faults.clone());
        for trial in &one.trials {
            faults.extend(trial.faults.clone());
        }
    }
    screen.faults(&faults);
    let mut ending = Ending::of(&faults);
    for one in &tested {
        show(one, filter, screen);
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

fn show(one: &Tested, filter: &str, screen: &Screen) {
    let council = plain(&one.council);
    for trial in &one.trials {
        let (colour, word) = if trial.passed() {
            (Colour::Green, "passed")
        } else {
            (Colour::Red, "failed")
        };
        let word = screen.painted(colour, word);
        screen.data(&format!("{word}  {council}: {}", plain(&trial.name.value)));
    }
    screen.data(&summary(one, &council, filter));
    for (formula, place) in &one.untested {
        let (formula, place) = (plain(formula), plain(&place.name()));
        screen.data(&format!("  no test asks for {formula} ({place})"));
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
