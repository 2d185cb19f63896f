//! Published readings in, what holds an assured score down out: so that the words can tell
//! nothing that does not stand beside each item.

use super::{Item, Reading, listed};
use crate::missing::Missing;

impl Reading {
    /// Whether it is a *yes* that practitioners do not support, or of which nobody can tell.
    pub(crate) fn is_doubted(&self) -> bool {
        let doubts = ["cannot tell", "not supported by practitioners"];
        doubts.contains(&self.experience.as_str())
    }
}

impl Item {
    /// Of a statement that the services answer differently: the reading of the one service
    /// that says *yes*.
    pub(crate) fn lone_yes(&self) -> Option<&Reading> {
        let readings = |breakdown: &'static str| {
            let here = self.findings.iter();
            here.filter(move |finding| finding.breakdown == breakdown)
                .filter_map(|finding| finding.national.as_ref())
        };
        let differ = readings("whole").any(|reading| reading.claim == "partly");
        let yes = readings("service").find(|reading| reading.claim == "yes");
        yes.filter(|_| differ)
    }
}

/// The items that bring an assured score less than they might.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HeldDown {
    /// Items that the council leaves out: each counts 0.
    pub(crate) left_out: usize,
    /// Items that count and for which nothing was brought: each counts 0.
    pub(crate) not_brought: usize,
    /// Items brought that could not be scored, or do not compare: each counts 0.
    pub(crate) not_scored: usize,
    /// Claims that practitioners do not support, or of which nobody can tell: each counts
    /// half.
    pub(crate) halved: usize,
}

impl HeldDown {
    /// By the items of a standard, each with its reading by the nation's definition in the
    /// whole or in a service.
    pub(crate) fn of<'a>(
        readings: impl Iterator<Item = (&'a Item, &'a Reading)>,
        whole: bool,
    ) -> Self {
        let mut held = Self::default();
        for (item, reading) in readings {
            let is = |missing: Missing| reading.score.symbol.as_deref() == Some(missing.symbol());
            match reading.score.value {
                Some(_) => {
                    let of_a_service = whole && item.lone_yes().is_some_and(Reading::is_doubted);
                    held.halved += usize::from(reading.is_doubted() || of_a_service);
                }
                None if is(Missing::NotApplicable) => {}
                None if is(Missing::NotAvailable) && item.comparability == "omitted" => {
                    held.left_out += 1;
                }
                None if is(Missing::NotAvailable) && item.comparability != "not comparable" => {
                    held.not_brought += 1;
                }
                None => held.not_scored += 1,
            }
        }
        held
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            left_out: self.left_out + other.left_out,
            not_brought: self.not_brought + other.not_brought,
            not_scored: self.not_scored + other.not_scored,
            halved: self.halved + other.halved,
        }
    }

    /// "held down by 3 items not brought"; empty where nothing holds it down.
    pub(crate) fn words(self) -> String {
        let some = |number: usize, one: &str, many: &str, how: &str| {
            let what = if number == 1 { one } else { many };
            (number > 0).then(|| format!("{number} {what} {how}"))
        };
        let parts: Vec<String> = [
            some(self.left_out, "item", "items", "left out"),
            some(self.not_brought, "item", "items", "not brought"),
            some(self.not_scored, "item", "items", "not scored"),
            some(self.halved, "claim", "claims", "counted half"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match parts.as_slice() {
            [] => String::new(),
            parts => format!("held down by {}", listed(parts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HeldDown;

    fn words(left_out: usize, not_brought: usize, not_scored: usize, halved: usize) -> String {
        let held = HeldDown {
            left_out,
            not_brought,
            not_scored,
            halved,
        };
        held.words()
    }

    #[test]
    fn what_holds_a_score_down_is_said_in_words_and_nothing_where_nothing_does() {
        assert_eq!(words(0, 0, 0, 0), "");
        assert_eq!(words(0, 3, 0, 0), "held down by 3 items not brought");
        assert_eq!(words(0, 1, 0, 0), "held down by 1 item not brought");
        assert_eq!(
            words(0, 1, 2, 0),
            "held down by 1 item not brought and 2 items not scored"
        );
        assert_eq!(
            words(0, 2, 1, 1),
            "held down by 2 items not brought, 1 item not scored and 1 claim counted half"
        );
        assert_eq!(
            words(1, 1, 0, 0),
            "held down by 1 item left out and 1 item not brought"
        );
    }
}
