//! Items: the nation's cards read, the council's laid over them, claims and omissions.

mod answers;
mod card;
mod claims;

use super::Desk;
use super::comparability::{self, Anchors};
use super::read_card::Reader;
use crate::check::{
    Comparability, ComparabilityKind, Council, Definition, Item, Kind, Measure, Standard, Target,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::national::StandardId;
use crate::rounding::half_up;
use crate::script::{Card, Draft};
use crate::source::Spanned;
use std::cell::RefCell;

/// The most items that a council may add to the nation's: what is published of each takes up
/// memory and pages.
pub(crate) const MOST_OWN_ITEMS: usize = 250;

/// The items of one file of national cards.
pub(super) fn national(draft: &Draft, faults: &RefCell<Diagnostics>) -> Vec<Item> {
    draft
        .cards
        .iter()
        .filter_map(|card| {
            let reader = Reader::new(card, faults);
            let mut item = card::fresh(&reader)?;
            item.national = Some(item.local.clone());
            item.comparability = Comparability {
                kind: ComparabilityKind::Identical,
                reasons: Vec::new(),
            };
            Some(item)
        })
        .collect()
}

impl Desk<'_> {
    /// The 39 national items in national order, tailored, then the local ones.
    pub(super) fn items(&self, standards: &[Standard], council: Option<&Council>) -> Vec<Item> {
        let mut items = super::national().to_vec();
        for verb in ["measure", "question", "statement"] {
            for card in self.cards(verb) {
                let reader = self.read(card);
                self.item(&reader, standards, &mut items);
            }
        }
        let national = super::national().len();
        if let Some(beyond) = items.get(national + MOST_OWN_ITEMS) {
            let own = items.len() - national;
            let message =
                format!("the check has {own} items of its own, and {MOST_OWN_ITEMS} are the most");
            self.fault(
                Diagnostic::new(Code::TooManyItems, beyond.place.clone(), message)
                    .label("the first one beyond them")
                    .help("ask what will be acted on: nobody answers so many questions"),
            );
        }
        self.omissions(&mut items, council);
        self.claims(&mut items, council);
        items
    }

    fn item(&self, reader: &Reader<'_>, standards: &[Standard], items: &mut Vec<Item>) {
        let Some(id) = reader.card.id_text() else {
            reader.id();
            return;
        };
        let known = super::national().iter().position(|item| item.id == id);
        if let Some(at) = known {
            let national = &super::national()[at];
            if self.stays_at_home(national, reader) {
                let item = card::over(national, reader);
                self.check_anchors(&item, reader);
                items[at] = item;
            }
            return;
        }
        let Some(item) = card::fresh(reader) else {
            return;
        };
        self.check_anchors(&item, reader);
        if standards
            .iter()
            .all(|standard| standard.id != item.standard)
        {
            let written = Spanned {
                value: item.standard.clone(),
                place: reader.place("standard"),
            };
            let known: Vec<&str> = standards
                .iter()
                .map(|standard| standard.id.as_str())
                .collect();
            // The item stays, so that what else is wrong in it is told in the same run.
            self.unknown_standard(&written, known);
        }
        if items.iter().all(|other| other.id != item.id) {
            items.push(item);
        }
    }

    /// A national item keeps its kind and its standard.
    fn stays_at_home(&self, national: &Item, reader: &Reader<'_>) -> bool {
        let card = reader.card;
        let kind = national.local.kind.word();
        if card.verb.value != kind {
            self.fault(
                Diagnostic::new(
                    Code::ItemElsewhere,
                    card.verb.place.clone(),
                    format!("`{}` is a {kind}, not a {}", national.id, card.verb.value),
                )
                .label(format!("write `{kind}`"))
                .typed(kind)
                .offered(),
            );
            return false;
        }
        if let Some(standard) = reader.placed_text("standard")
            && standard.value != national.standard
        {
            self.fault(
                Diagnostic::new(
                    Code::ItemElsewhere,
                    standard.place,
                    format!(
                        "`{}` belongs to the standard `{}`",
                        national.id, national.standard
                    ),
                )
                .label("leave this key out: the item keeps its standard"),
            );
            return false;
        }
        true
    }

    fn check_anchors(&self, item: &Item, reader: &Reader<'_>) {
        let Kind::Measure(ours) = &item.local.kind else {
            return;
        };
        let key = if reader.has("worst") { "worst" } else { "best" };
        if ours.best == ours.worst {
            self.fault(
                Diagnostic::new(
                    Code::AnchorsEqual,
                    reader.place(key),
                    "`best` and `worst` are the same",
                )
                .label("no score lies between them"),
            );
            return;
        }
        let is_of_hundred = ours.is_of_hundred();
        if item.national.is_none() && is_of_hundred && ours.best.max(ours.worst) <= 1.0 {
            self.anchors_as_fraction(ours, reader);
        }
        self.check_target(item, ours, reader);
        let Some(Definition {
            kind: Kind::Measure(theirs),
            ..
        }) = &item.national
        else {
            return;
        };
        if (theirs.best < theirs.worst) != (ours.best < ours.worst) {
            self.fault(
                Diagnostic::new(
                    Code::AnchorsCross,
                    reader.place(key),
                    format!(
                        "for `{}` {} is better: the nation has best {} and worst {}",
                        item.id,
                        if theirs.best < theirs.worst {
                            "less"
                        } else {
                            "more"
                        },
                        theirs.best,
                        theirs.worst
                    ),
                )
                .label("`best` and `worst` are the wrong way round"),
            );
        } else if comparability::anchors(theirs, ours) == Anchors::Looser {
            self.fault(
                Diagnostic::new(
                    Code::LooserAnchors,
                    reader.place(key),
                    format!(
                        "looser than the nation's best {} and worst {}",
                        theirs.best, theirs.worst
                    ),
                )
                .label("said so on the page; the national score keeps the nation's"),
            );
        }
    }

    fn anchors_as_fraction(&self, ours: &Measure, reader: &Reader<'_>) {
        let in_hundredths = |anchor: f64| half_up(anchor * 100.0, 9);
        let (best, worst) = (in_hundredths(ours.best), in_hundredths(ours.worst));
        let message = format!(
            "the unit is %, and `best` {} and `worst` {} are no more than one of a hundred",
            ours.best, ours.worst
        );
        self.fault(
            Diagnostic::new(Code::AnchorsAsFraction, reader.place("best"), message)
                .label("shares run from 0 to 100")
                .help(format!("best: {best}, worst: {worst},")),
        );
    }

    /// A target that a worse figure reaches is the wrong way round.
    fn check_target(&self, item: &Item, ours: &Measure, reader: &Reader<'_>) {
        let less_is_better = ours.best < ours.worst;
        let (is, other, number) = match item.target {
            Some(Target::AtLeast(least)) if less_is_better => ("less", "at_most", least),
            Some(Target::AtMost(most)) if !less_is_better => ("more", "at_least", most),
            _ => return,
        };
        self.fault(
            Diagnostic::new(
                Code::TargetCrosses,
                reader.place("target"),
                format!(
                    "for `{}` {is} is better: `best` is {} and `worst` {}",
                    item.id, ours.best, ours.worst
                ),
            )
            .label("a worse figure would reach this target")
            .typed(format!("{other}({number})"))
            .offered(),
        );
    }

    /// Reports an item that does not exist.
    pub(super) fn unknown_item(&self, id: &Spanned<String>, what: &str) {
        let standard = StandardId::ALL.iter().find(|known| known.id() == id.value);
        if let Some(standard) = standard {
            let items = super::national().iter();
            let own: Vec<&str> = items
                .filter(|item| item.standard == standard.id())
                .map(|item| item.id.as_str())
                .collect();
            self.fault(
                Diagnostic::new(
                    Code::UnknownItem,
                    id.place.clone(),
                    format!("`{}` is a standard, and no item", id.value),
                )
                .label("name one of its items")
                .note(format!("they are: {}", own.join(", "))),
            );
            return;
        }
        let known: Vec<&str> = super::national()
            .iter()
            .map(|item| item.id.as_str())
            .chain(
                self.draft
                    .cards
                    .iter()
                    .filter(|card| {
                        matches!(
                            card.verb.value.as_str(),
                            "measure" | "question" | "statement"
                        )
                    })
                    .filter_map(Card::id_text),
            )
            .collect();
        let fault = Diagnostic::new(
            Code::UnknownItem,
            id.place.clone(),
            format!("there is no {what} `{}`", id.value),
        );
        let otherwise = match known.contains(&id.value.as_str()) {
            true => "your own item: to leave it out, delete its card",
            false => "nothing has this id",
        };
        self.fault(match known.contains(&id.value.as_str()) {
            true => fault.label(otherwise),
            false => fault.did_you_mean(&id.value, known, otherwise),
        });
    }
}
