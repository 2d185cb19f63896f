//! Councils' own tests: `tests.rhai` beside a council's script, run on the rows that each
//! test gives. No data file is opened.
//!
//! In: councils' folders. Out: what became of each test, and which of the council's own
//! formulas none of them asked for.

mod rows;

use super::files::{self, Files};
use super::run::guarded;
use super::shelf::{Shelf, shelf_folder};
use super::unsaved::Unsaved;
use super::{CouncilFolder, Host, Inspection};
use crate::assess;
use crate::assessment::WhyNot;
use crate::check::{HealthCheck, Item, Kind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::script::{
    Asked, Branch, Formula, Given, Marked, Named, Scored, ScoredItem, ScoredStandard, Scorer,
    Trial, on_deep_stack,
};
use crate::side_by_side::side_by_side;
use crate::source::{Place, Source};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The tests in a council's folder.
pub(super) const TESTS: &str = "tests.rhai";

/// What became of a council's tests.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tested {
    /// Its folder's name.
    pub council: String,
    /// Whether it has a `tests.rhai`.
    pub there: bool,
    /// Each test that ran, in the order written.
    pub trials: Vec<Trial>,
    /// What kept all of them from running, and warnings.
    pub faults: Diagnostics,
    /// The council's own formulas, each by what it works out and its place, that no test
    /// asked for with a number in return. Empty where only some tests ran.
    pub untested: Vec<(String, Place)>,
    /// The branches of the script that no test enters, save those of formulas that no test
    /// asks for: warnings. Empty where only some tests ran.
    pub unentered: Diagnostics,
    /// How many formulas of its own the check has.
    pub formulas: usize,
    /// A bug of ours that stopped it.
    pub bug: Option<String>,
}

impl Host {
    /// Runs the tests of councils whose name holds `filter` in any case (every test, if it
    /// is empty), side by side, in order.
    pub fn test(&self, councils: &[CouncilFolder], filter: &str) -> Vec<Tested> {
        side_by_side(councils, |council| {
            let mut tested = Tested {
                council: council.id.clone(),
                there: self.has_tests(council),
                trials: Vec::new(),
                faults: Diagnostics::new(),
                untested: Vec::new(),
                unentered: Diagnostics::new(),
                formulas: 0,
                bug: None,
            };
            if tested.there {
                tested.bug = guarded(|| {
                    on_deep_stack(|| {
                        if let Err(faults) = self.try_out(council, filter, &mut tested) {
                            tested.faults = faults;
                        }
                    });
                })
                .err();
            }
            tested
        })
    }

    /// What is wrong with the tests of councils, and which of them fail.
    pub(super) fn inspect_tests(&self, councils: &[CouncilFolder]) -> Vec<Inspection> {
        let tested = self.test(councils, "").into_iter();
        tested
            .map(|one| {
                let mut faults = one.faults;
                faults.extend(
                    one.trials
                        .into_iter()
                        .flat_map(|trial| trial.faults)
                        .collect(),
                );
                Inspection {
                    council: one.council,
                    check: None,
                    faults: faults.sorted(),
                    tables: (0, 0),
                    absent: Vec::new(),
                    figures: 0,
                    told: Vec::new(),
                    bug: one.bug,
                }
            })
            .collect()
    }

    fn has_tests(&self, council: &CouncilFolder) -> bool {
        let path = council.script.with_file_name(TESTS);
        self.unsaved_at(&path).is_some() || path.is_file()
    }

    fn try_out(
        &self,
        council: &CouncilFolder,
        filter: &str,
        tested: &mut Tested,
    ) -> Result<(), Diagnostics> {
        let path = council.script.with_file_name(TESTS);
        let source = match self.unsaved_at(&path) {
            Some(source) => source.clone(),
            None => files::read_text_inside(&path, &mut Files::default())?,
        };
        let shelf = Shelf::beside(&path, &self.unsaved);
        shelf.note_used(&source, &mut Files::default())?;
        // Warnings about the check are for `check` to tell.
        let check = Arc::new(self.load(&council.script)?.into_inner());
        let scored = check.clone();
        let copy = self.marked_copy(council, &check);
        let passed = copy.as_ref().map(|(copy, _)| copy.clone());
        let scorer: Scorer = Arc::new(move |given: &[Given], with_enough| {
            if let Some(copy) = &passed {
                // What the copy comes to counts for nothing: only its marks do.
                let _ = score(copy, given, with_enough);
            }
            score(&scored, given, with_enough)
        });
        let (trials, faults) = self
            .workshop
            .try_out(&source, &shelf.sources(), scorer, filter);
        tested.faults = faults;
        let own = own_formulas(&check);
        tested.formulas = own.len();
        if filter.is_empty() && !tested.faults.has_errors() {
            let asked: BTreeSet<&Asked> = trials.iter().flat_map(|trial| &trial.asked).collect();
            tested.untested = own
                .into_iter()
                .filter(|(of, ..)| !asked.contains(of))
                .map(|(_, words, place)| (words, place))
                .collect();
            let left = copy.map_or_else(Vec::new, |(_, marked)| marked.untested());
            let formulas = &tested.untested;
            tested.unentered = left
                .into_iter()
                .filter(|branch| {
                    !formulas
                        .iter()
                        .any(|(_, place)| holds(place, &branch.place))
                })
                .map(|branch| untested(&branch))
                .collect();
        }
        tested.trials = trials;
        Ok(())
    }

    /// A copy of a council's check that marks the branches which its formulas go through;
    /// `None` if it has none.
    fn marked_copy(
        &self,
        council: &CouncilFolder,
        check: &HealthCheck,
    ) -> Option<(Arc<HealthCheck>, Marked)> {
        let marked = Marked::of(check.sources());
        let mut host = self.clone();
        host.workshop.marks = Some(marked.marks.clone());
        let libraries = shelf_folder(&council.script);
        for (nth, (source, text)) in check.sources().iter().zip(&marked.texts).enumerate() {
            let name = Path::new(source.name()).file_name()?;
            let path = match nth {
                0 => council.script.clone(),
                _ => libraries.join(name),
            };
            host.unsaved.retain(|one| one.path != path);
            host.unsaved.push(Unsaved {
                path,
                source: Source::new(source.name(), text),
            });
        }
        let copy = host.load(&council.script).ok()?.into_inner();
        Some((Arc::new(copy), marked))
    }
}

/// Whether a place lies in another.
fn holds(outer: &Place, inner: &Place) -> bool {
    outer.source == inner.source && outer.span.holds(inner.span)
}

/// A branch that no test enters.
fn untested(branch: &Branch) -> Diagnostic {
    Diagnostic::new(Code::BranchNotTested, branch.place.clone(), branch.untested)
        .label("give rows of which this is so, and say what they must come to")
}

/// The council's own formulas: what asks for each, what it works out, and where it stands.
fn own_formulas(check: &HealthCheck) -> Vec<(Asked, String, Place)> {
    let mut own = Vec::new();
    for item in check.items().iter().filter(|item| item.omission.is_none()) {
        let Kind::Measure(measure) = &item.local.kind else {
            continue;
        };
        let asked = || Asked::Item(item.id.clone());
        if let Some(formula) = item.own_formula() {
            let words = format!("the value of `{}`", item.id);
            own.push((asked(), words, formula.place().clone()));
        }
        if let Some(score) = &measure.score {
            let words = format!("the score of `{}`", item.id);
            own.push((asked(), words, score.place().clone()));
        }
    }
    for standard in check.standards() {
        if let Some(score) = &standard.score {
            let words = format!("the score of the standard `{}`", standard.id);
            let asked = Asked::Standard(standard.id.clone());
            own.push((asked, words, score.place().clone()));
        }
    }
    if let Some(score) = &check.overall().score {
        let words = "the overall score".to_owned();
        own.push((Asked::Overall, words, score.place().clone()));
    }
    own
}

/// What the rows that a test gives come to, by the code that scores a council's own.
fn score(check: &HealthCheck, given: &[Given], with_enough: bool) -> Result<Scored, Diagnostics> {
    let data = rows::dataset(check, given)?;
    let tried = assess::tried(check, &data, with_enough);
    let items = tried
        .readings
        .into_iter()
        .map(|(index, reading)| {
            let item = &check.items()[index];
            let formula = value_formula(item);
            ScoredItem {
                named: Named {
                    id: item.id.clone(),
                    value: reading.value,
                    score: reading.score,
                    weight: item.weight,
                },
                standard: item.standard.clone(),
                why_not: reading.why_not.as_ref().map(WhyNot::because),
                lacks: formula.map_or_else(Vec::new, |formula| rows::lacks(formula, &data)),
                formula: formula.map(|formula| formula.place().clone()),
            }
        })
        .collect();
    let standards = tried
        .standards
        .into_iter()
        .map(|score| {
            let standard = &check.standards()[score.standard];
            ScoredStandard {
                id: standard.id.clone(),
                score: score.score,
                formula: standard.score.as_ref().map(|score| score.place().clone()),
            }
        })
        .collect();
    Ok(Scored {
        items,
        standards,
        overall: tried.overall,
        faults: tried.faults,
    })
}

fn value_formula(item: &Item) -> Option<&Formula> {
    match &item.local.kind {
        Kind::Measure(measure) => Some(&measure.value),
        Kind::Question(_) | Kind::Statement => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Builder;
    use crate::script::Limits;

    /// What becomes of tests of a council just begun.
    fn tested(host: impl FnOnce(Builder) -> Builder, text: &str) -> Tested {
        let folder = tempfile::tempdir().unwrap();
        let host = host(Host::builder()).scripts(folder.path()).build();
        host.begin("northshire").unwrap();
        std::fs::write(folder.path().join("northshire").join(TESTS), text).unwrap();
        host.test(&host.councils(&[]).unwrap(), "").remove(0)
    }

    fn told(trial: &Trial) -> String {
        trial.faults.to_string()
    }

    #[test]
    fn a_file_of_more_tests_than_a_script_may_have_cards_is_told_and_none_is_run() {
        let text = "for i in 0..2000 { test(`${i}`, || { expect(1, 1); }); }";
        let tested = tested(|host| host, text);
        assert!(tested.trials.is_empty());
        let told = tested.faults.to_string();
        assert!(told.contains("more than 1,000 cards or tests"), "{told}");
    }

    #[test]
    fn rows_that_would_fill_the_memory_are_told_and_not_made() {
        let rows = [
            (r#"given("workers", [#{ cases: 1 }], 10001);"#, "10000 rows"),
            (
                r#"for i in 0..3 { given("workers", [#{ cases: 1 }], 4000); }"#,
                "10000 rows",
            ),
            (
                r#"let row = #{}; for i in 0..100 { row[`c${i}`] = 1; } given("workers", [row], 2001);"#,
                "200000 values",
            ),
            (
                r#"let t = "x"; for i in 0..12 { t += t; } given("workers", [#{ team: t }], 1025);"#,
                "4 MB of text",
            ),
        ];
        for (rows, most) in rows {
            let text = format!("test(\"much\", || {{ {rows} expect(1, 1); }});");
            let tested = tested(|host| host, &text);
            let told = told(&tested.trials[0]);
            assert!(told.contains(most), "{rows}\n{told}");
        }
    }

    #[test]
    fn a_test_that_fails_again_and_again_ends_and_shows_no_long_text_whole() {
        let text = r#"test("loop", || {
            let t = "x";
            for i in 0..15 { t += t; }
            for i in 0..100000 { expect(t, "y"); }
        });"#;
        let tested = tested(|host| host, text);
        let trial = &tested.trials[0];
        assert_eq!(trial.faults.iter().count(), 101);
        let last = trial.faults.iter().last().unwrap();
        assert_eq!(last.message, "100 expectations failed");
        let told = told(trial);
        assert!(told.len() < 100_000, "{} bytes", told.len());
    }

    #[test]
    fn a_test_whose_time_is_over_is_told_once_and_blames_no_formula() {
        let text = r#"test("long", || {
            for i in 0..100000 {
                given("workers", [#{ cases: 19, fte: 1.0 }]);
                expect(item("caseload-per-fte").value, 19);
                need_enough_items();
                expect(item("caseload-per-fte").value, 19);
            }
        });"#;
        let hurried = |host: Builder| {
            let mut limits = Limits::standard();
            limits.time = std::time::Duration::from_millis(200);
            host.limits(limits)
        };
        let tested = tested(hurried, text);
        let faults: Vec<_> = tested.trials[0].faults.iter().collect();
        assert_eq!(faults.len(), 1, "{}", told(&tested.trials[0]));
        assert_eq!(faults[0].code, Code::TookTooLong);
        assert!(faults[0].place.source.name().ends_with(TESTS));
    }

    #[test]
    fn once_tests_took_too_long_together_no_further_one_is_begun() {
        let text = r#"
            test("first", || { expect(1, 1); });
            test("second", || { expect(1, 1); });
        "#;
        let none = |host: Builder| {
            let mut limits = Limits::standard();
            limits.tests_time = std::time::Duration::ZERO;
            host.limits(limits)
        };
        for trial in tested(none, text).trials {
            assert!(!trial.passed(), "{}", trial.name.value);
            assert!(told(&trial).contains("was not run"), "{}", told(&trial));
        }
        assert!(tested(|host| host, text).trials.iter().all(Trial::passed));
    }
}
