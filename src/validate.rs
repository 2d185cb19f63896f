//! A draft in, a [`HealthCheck`] out: the council's cards laid over the nation's, every
//! rule checked, all faults in one run.

mod blanks;
mod comparability;
mod conditions;
mod council;
mod file_names;
mod formulas;
mod fte;
mod items;
mod keys;
mod own_name;
mod partial;
mod people;
mod plan;
mod read_card;
mod standards;
mod tables;
mod unused;
mod verbs;
mod warnings;

pub use conditions::conditions;
pub use fte::hours_for_fte;
pub use keys::{KEYS, Key, Wants};
pub(crate) use own_name::own_name;
pub(crate) use read_card::dates::british;
pub use tables::columns;
pub use verbs::{VERBS, Verb};

/// What `docs/reliability.md` tells of.
#[cfg(test)]
pub(crate) mod caps {
    pub(crate) use super::items::MOST_OWN_ITEMS;
}

use crate::check::{HealthCheck, Item, Kind, Parts};
use crate::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::national;
use crate::script::{Card, Draft, Workshop};
use crate::side_by_side::side_by_side;
use crate::source::{Source, Span};
use read_card::Reader;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The nation's items, in national order.
pub fn national() -> &'static [Item] {
    static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| {
        let faults = RefCell::new(Diagnostics::new());
        let mut all = Vec::new();
        let read = side_by_side(&national::CARDS, |(name, text)| {
            Workshop::default().read_proven(&Source::new(*name, text))
        });
        for (draft, found) in read {
            faults.borrow_mut().extend(found);
            if let Some(draft) = draft {
                all.extend(items::national(&draft, &faults));
            }
        }
        let faults = faults.into_inner();
        assert!(
            !faults.has_errors(),
            "the national cards, embedded and tested, are not sound:\n{faults}"
        );
        prove(&all);
        all
    });
    &ITEMS
}

/// The national cards are complete: so many of each kind, so many in each standard, each
/// standard's items together and in national order.
fn prove(items: &[Item]) {
    let count = |word: &str| {
        items
            .iter()
            .filter(|item| item.local.kind.word() == word)
            .count()
    };
    let counts = (count("measure"), count("question"), count("statement"));
    assert_eq!(
        counts,
        national::COUNTS,
        "measures, questions and statements"
    );
    let mut rest = items;
    for (standard, wanted) in national::StandardId::ALL
        .iter()
        .zip(national::ITEMS_PER_STANDARD)
    {
        let mine = rest
            .iter()
            .take_while(|item| item.standard == standard.id())
            .count();
        assert_eq!(mine, wanted, "items of {}", standard.id());
        rest = &rest[mine..];
    }
    assert!(rest.is_empty(), "items beyond the six standards");
}

/// Checks a script against the national core and the limits of tailoring.
///
/// `shared` are the shared libraries beside it.
///
/// # Errors
/// Every fault, sorted by place, when one of them is an error; warnings come with the
/// check otherwise.
pub fn check(
    source: &Source,
    shared: &[Source],
    workshop: &Workshop,
) -> Result<Checked<HealthCheck>, Diagnostics> {
    let (draft, found) = workshop.read(source, shared);
    let Some(draft) = draft else {
        return Err(found.sorted());
    };
    let faults = RefCell::new(Diagnostics::new());
    let draft = blanks::without_blanks(draft, &faults);
    let desk = Desk {
        draft: &draft,
        faults: &faults,
    };
    let check = desk.lay_over();
    let mut all = found;
    all.extend(partial::sure(faults.into_inner(), &draft.lost));
    let faults = without_echoes(partial::without_follow_ons(all, &draft));
    let faults = match faults.has_errors() {
        // What uses them may be what has the error.
        true => faults
            .into_iter()
            .filter(|fault| !is_of_disuse(fault.code))
            .collect(),
        false => faults,
    };
    match check {
        Some(check) => faults.or(check),
        None => Err(faults.sorted()),
    }
}

/// Whether a fault says that nothing uses something.
fn is_of_disuse(code: Code) -> bool {
    matches!(code, Code::UnusedColumn | Code::UnusedConstant)
}

/// A fault at the very place of another adds nothing, unless both are warnings.
fn without_echoes(faults: Diagnostics) -> Diagnostics {
    let mut kept: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        let echo = fault.severity() == crate::diagnostic::Severity::Error
            && kept.iter().any(|other| {
                other.severity() == crate::diagnostic::Severity::Error
                    && other.place == fault.place
                    && other.code != fault.code
                    && fault.code != Code::MissingKey
            });
        if !echo {
            kept.push(fault);
        }
    }
    kept.into_iter().collect()
}

/// A draft being laid over the national check.
struct Desk<'a> {
    draft: &'a Draft,
    faults: &'a RefCell<Diagnostics>,
}

impl<'a> Desk<'a> {
    fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    /// The cards of one verb, in the order written.
    fn cards(&self, verb: &'static str) -> impl Iterator<Item = &'a Card> {
        self.draft
            .cards
            .iter()
            .filter(move |card| card.verb.value == verb)
    }

    fn read(&self, card: &'a Card) -> Reader<'a> {
        Reader::new(card, self.faults)
    }

    fn lay_over(&self) -> Option<HealthCheck> {
        self.duplicates();
        let council = self.council();
        let standards = self.standards();
        let mut items = self.items(&standards, council.as_ref());
        let tables = self.tables(&items);
        let services = council
            .as_ref()
            .map_or(&[][..], |council| &council.services);
        self.compare(&mut items, &tables, services);
        let awareness = self.compare_awareness(&tables, services);
        let breakdowns = self.breakdowns(&tables);
        let actions = self.actions(&standards, &items);
        let overall = self.overall();
        let feedback = self.feedback();
        let consulted = self.consulted();
        let council = council?;
        let corrections = self.corrections(council.as_of);
        let parts = Parts {
            council,
            consulted,
            standards,
            items,
            awareness,
            tables,
            breakdowns,
            actions,
            overall,
            feedback,
            corrections,
            sources: std::iter::once(self.draft.source.clone())
                .chain(self.draft.libraries.iter().cloned())
                .collect(),
        };
        self.check_formulas(&parts);
        self.warn(&parts);
        Some(HealthCheck { parts })
    }

    /// Two cards of one id. Measures, questions and statements share their ids; an answer
    /// may be given once for each service; bodies may be consulted more than once.
    fn duplicates(&self) {
        let mut first: BTreeMap<(String, String), &Card> = BTreeMap::new();
        for card in &self.draft.cards {
            let verb = card.verb.value.as_str();
            let family = match verb {
                "consulted" => continue,
                "measure" | "question" | "statement" => "item",
                "standard" | "local_standard" => "standard",
                other => other,
            };
            let id = match verb {
                "council" | "overall" | "feedback" => String::new(),
                "answer" => format!(
                    "{} {}",
                    card.id_text().unwrap_or_default(),
                    match card.get("service").map(|entry| &entry.value.value) {
                        Some(crate::script::Value::Text(service)) => service,
                        _ => "",
                    }
                ),
                _ => card.id_text().unwrap_or_default().to_owned(),
            };
            // Not filled in yet: whose card it is, nobody knows.
            let is_blank = card.id.is_some() && card.id_text().is_none();
            match first.get(&(family.to_owned(), id.clone())) {
                _ if is_blank && verb != "council" => {}
                None => {
                    first.insert((family.to_owned(), id), card);
                }
                Some(earlier) => {
                    let fault = Diagnostic::new(
                        Code::DuplicateCard,
                        card.id_place().clone(),
                        match card.id_text() {
                            Some(id) if verb != "council" => {
                                format!("there are two cards for `{id}`")
                            }
                            _ => format!("there are two `{verb}` cards"),
                        },
                    )
                    .related(earlier.id_place().clone(), "the first one");
                    // The very same card twice says nothing twice: the second goes.
                    self.fault(match card.place.text() == earlier.place.text() {
                        true => fault
                            .label("the same once more: take one of them out")
                            .typed_at(whole(card), ""),
                        false => fault.label("the second one: put both into one card"),
                    });
                }
            }
        }
    }
}

/// A card with its `;` and the end of its line.
fn whole(card: &Card) -> Span {
    let text = card.place.source.text();
    let after = |end: usize, sign: &str| match text[end..].starts_with(sign) {
        true => end + sign.len(),
        false => end,
    };
    let end = after(card.place.span.end, ";");
    Span::new(card.place.span.start, after(end, "\n"))
}

/// Whether an item is a measure.
fn is_measure(item: &Item) -> bool {
    matches!(item.local.kind, Kind::Measure(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_national_core_holds_twelve_measures_twenty_questions_and_seven_statements() {
        let items = national();
        prove(items);
        assert_eq!(items.len(), 39);
        assert!(items.iter().all(|item| item.counts_nationally()));
        for (statement, question) in national::EXPERIENCE {
            let kind = |id: &str| {
                items
                    .iter()
                    .find(|item| item.id == id)
                    .map(|item| item.local.kind.word())
            };
            assert_eq!(kind(statement), Some("statement"), "{statement}");
            assert_eq!(kind(question), Some("question"), "{question}");
        }
    }

    #[test]
    #[should_panic(expected = "measures, questions and statements")]
    fn a_core_that_lacks_an_item_is_found_out() {
        prove(&national()[1..]);
    }

    #[test]
    #[should_panic(expected = "items of caseload")]
    fn a_core_whose_items_stand_in_another_order_is_found_out() {
        let mut items = national().to_vec();
        items.rotate_left(1);
        prove(&items);
    }

    #[test]
    fn the_national_cards_have_no_fault_that_a_councils_script_would_be_told_of() {
        for (name, text) in national::CARDS {
            let source = Source::new(name, text);
            let (draft, faults) = Workshop::default().read(&source, &[]);
            assert!(draft.is_some() && faults.is_empty(), "{faults}");
            let (proven, faults) = Workshop::default().read_proven(&source);
            assert!(faults.is_empty(), "{faults}");
            assert_eq!(draft.unwrap().cards.len(), proven.unwrap().cards.len());
        }
    }
}
