//! How an item compares with the nation's, worked out from what the script changes. A
//! script cannot declare itself comparable.

use crate::check::{Comparability, ComparabilityKind, Definition, Kind, Measure, Question};

/// The nation's definition and the council's in; the word and the reasons out.
pub(super) fn of(national: &Definition, local: &Definition) -> Comparability {
    let mut changes = Changes::default();
    match (&national.kind, &local.kind) {
        (Kind::Question(theirs), Kind::Question(ours)) => {
            if words(&national.ask) != words(&local.ask) {
                changes.breaks("its wording is changed");
            }
            question(theirs, ours, &mut changes);
        }
        (Kind::Measure(theirs), Kind::Measure(ours)) => {
            if words(&national.ask) != words(&local.ask) {
                changes.keeps("it is described in the council's own words");
            }
            measure(theirs, ours, &mut changes);
        }
        _ => {
            if words(&national.ask) != words(&local.ask) {
                changes.breaks("its wording is changed");
            }
        }
    }
    changes.verdict()
}

#[derive(Default)]
struct Changes {
    breaking: Vec<String>,
    keeping: Vec<String>,
}

impl Changes {
    fn breaks(&mut self, reason: &str) {
        self.breaking.push(reason.to_owned());
    }

    fn keeps(&mut self, reason: &str) {
        self.keeping.push(reason.to_owned());
    }

    fn verdict(self) -> Comparability {
        let kind = if !self.breaking.is_empty() {
            ComparabilityKind::NotComparable
        } else if !self.keeping.is_empty() {
            ComparabilityKind::Complies
        } else {
            ComparabilityKind::Identical
        };
        let mut reasons = self.breaking;
        reasons.extend(self.keeping);
        Comparability { kind, reasons }
    }
}

/// Wording without regard to spaces at the ends and between words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn question(theirs: &Question, ours: &Question, changes: &mut Changes) {
    if theirs.reverse != ours.reverse {
        changes.breaks("its answers are turned round");
    }
    if ours.answers.len() != theirs.answers.len() {
        changes.breaks(&format!(
            "it has {} scored answers, not {}",
            ours.answers.len(),
            theirs.answers.len()
        ));
    } else if moved(&theirs.answers, &ours.answers) {
        changes.breaks("its answers are in another order");
    } else if ours.answers != theirs.answers {
        changes.keeps("its five answers are worded locally, one for one");
    }
    if ours.unscored != theirs.unscored {
        changes.keeps("answers that are not scored are added");
    }
    if ours.hint.is_some() && ours.hint != theirs.hint {
        changes.keeps("a hint is shown with it");
    }
}

/// Whether one of the nation's answers stands at another place of the scale, so that it would
/// score otherwise. Local words in its place are one for one; the same words elsewhere are not.
fn moved(theirs: &[String], ours: &[String]) -> bool {
    let fold = |text: &String| words(text).to_lowercase();
    let place = |answer: &String| theirs.iter().position(|own| fold(own) == fold(answer));
    ours.iter()
        .enumerate()
        .any(|(at, answer)| place(answer).is_some_and(|there| there != at))
}

fn measure(theirs: &Measure, ours: &Measure, changes: &mut Changes) {
    if words(theirs.value.text()) != words(ours.value.text()) {
        changes.keeps(
            "its local figure has the council's own formula; the national score keeps the nation's",
        );
    } else if theirs.unit != ours.unit {
        changes.keeps("its unit is worded locally");
    }
    match anchors(theirs, ours) {
        Anchors::Same => {}
        Anchors::Stricter => changes.keeps("its local anchors are stricter than the nation's"),
        Anchors::Looser => changes.keeps(
            "its local anchors are looser than the nation's; the national score keeps the nation's",
        ),
    }
    if ours.score.is_some() {
        changes
            .keeps("it has a local way from value to score; the national score keeps the nation's");
    }
}

/// How a council's anchors stand to the nation's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchors {
    Same,
    Stricter,
    Looser,
}

/// Looser if any value would score more than with the nation's anchors.
pub(super) fn anchors(theirs: &Measure, ours: &Measure) -> Anchors {
    let sign = if theirs.best < theirs.worst {
        1.0
    } else {
        -1.0
    };
    let best = sign * (ours.best - theirs.best);
    let worst = sign * (ours.worst - theirs.worst);
    if best == 0.0 && worst == 0.0 {
        Anchors::Same
    } else if best <= 0.0 && worst <= 0.0 {
        Anchors::Stricter
    } else {
        Anchors::Looser
    }
}

#[cfg(test)]
mod tests {
    use super::moved;
    use crate::national::ANSWERS;

    #[test]
    fn the_nations_answers_in_another_order_are_not_worded_one_for_one() {
        let national = ANSWERS.map(str::to_owned);
        let with = |at: usize, words: &str| {
            let mut ours = national.clone();
            ours[at] = words.to_owned();
            ours
        };
        for (ours, is_moved) in [
            (national.clone(), false),
            (with(4, "I agree wholly"), false),
            (with(4, " Strongly  AGREE "), false),
            (with(4, "Agree"), true),
            (
                ANSWERS
                    .map(str::to_owned)
                    .into_iter()
                    .rev()
                    .collect::<Vec<_>>()
                    .try_into()
                    .expect("five"),
                true,
            ),
        ] {
            assert_eq!(moved(&national, &ours), is_moved, "{ours:?}");
        }
    }
}
