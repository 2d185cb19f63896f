//! Items and tables in; the word of each item settled, and what no longer compares told.

use super::{Case, Read, asked, columns, of};
use crate::check::{Awareness, Comparability, ComparabilityKind, Item, Kind};
use crate::data::TableSpec;
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{AWARENESS, Service};
use crate::source::Place;
use crate::validate::Desk;

impl Desk<'_> {
    /// Settles how each national item compares, now that the tables are known.
    pub(in crate::validate) fn compare(
        &self,
        items: &mut [Item],
        tables: &[TableSpec],
        services: &[Service],
    ) {
        for item in items {
            let Some(national) = &item.national else {
                continue;
            };
            // What the header asks was asked, unless the council's card says what was.
            let says = self.place_of("question", Some(&item.id), "ask");
            let read = columns::read(&item.id, national, tables);
            let instead = columns::asked_instead(&item.id, national, &read);
            let instead = instead.filter(|_| says.is_none());
            if let Some((asked, _)) = &instead {
                item.local.ask.clone_from(asked);
            }
            let found = of(&Case {
                id: &item.id,
                national,
                local: &item.local,
                read: &read,
                services,
            });
            let breaks = found.kind == ComparabilityKind::NotComparable;
            // What is left out and brought all the same is scored, but not if its columns
            // are not what they are called.
            if item.omission.is_none() {
                item.comparability = found;
            } else if breaks {
                let mut reasons = std::mem::take(&mut item.comparability.reasons);
                reasons.extend(found.reasons);
                item.comparability = Comparability {
                    kind: ComparabilityKind::NotComparable,
                    reasons,
                };
            }
            match instead {
                Some((asked, place)) => self.report_asked(item, &asked, place),
                None if breaks => self.report_change(item, &read),
                None => {}
            }
        }
    }

    /// How the questions compare that are asked and never scored: by how their columns are
    /// read, since no card can change them.
    pub(in crate::validate) fn compare_awareness(
        &self,
        tables: &[TableSpec],
        services: &[Service],
    ) -> Vec<Awareness> {
        let judged = |(id, ask): (&'static str, &'static str)| {
            let definition = asked(ask);
            let read = columns::read(id, &definition, tables);
            let instead = columns::asked_instead(id, &definition, &read);
            let local = asked(instead.as_ref().map_or(ask, |(words, _)| words));
            let case = Case {
                id,
                national: &definition,
                local: &local,
                read: &read,
                services,
            };
            let comparability = of(&case);
            let as_read = of(&Case {
                local: &definition,
                ..case
            });
            let counted = as_read.kind != ComparabilityKind::NotComparable;
            if let Some((words, place)) = instead.filter(|_| counted) {
                self.fault(
                    Diagnostic::new(
                        Code::CoreItemChanged,
                        place,
                        format!("`{id}` no longer compares: the file asks “{words}”, and the nation “{ask}”"),
                    )
                    .label("published in these words, and set beside no other council's")
                    .note("if practitioners were asked the nation's question, head the column of the file with it"),
                );
            } else if !counted && let Some(place) = columns::place(&read, &comparability.reasons) {
                let why = comparability.reasons.join("; ");
                self.fault(
                    Diagnostic::new(
                        Code::CoreItemChanged,
                        place,
                        format!("`{id}` no longer compares: {why}"),
                    )
                    .label("not published, and said so on the page"),
                );
            }
            Awareness {
                id,
                ask: local.ask,
                comparability,
                counted,
            }
        };
        AWARENESS.map(judged).into()
    }

    /// A question that the file asks in other words. Both ways out are told: it may have
    /// been asked so, or the header may be a name that somebody gave the column.
    fn report_asked(&self, item: &Item, asked: &str, place: Place) {
        let national = item.national.as_ref().map_or("", |national| &national.ask);
        self.fault(
            Diagnostic::new(
                Code::CoreItemChanged,
                place,
                format!(
                    "`{}` no longer compares: the file asks “{asked}”, and the nation “{national}”",
                    item.id
                ),
            )
            .label("published as it was asked, and out of the national score")
            .note("if practitioners were asked the nation's question, and this is only the heading of the column, say so")
            .help(format!("question(\"{}\", #{{ ask: \"{national}\" }});", item.id)),
        );
    }

    fn report_change(&self, item: &Item, read: &[Read<'_>]) {
        let own_card = || {
            ["unit", "ask", "reverse", "answers"]
                .into_iter()
                .filter(|key| changes(item, key))
                .find_map(|key| self.place_of(item.local.kind.word(), Some(&item.id), key))
        };
        let place: Place = own_card()
            .or_else(|| columns::place(read, &item.comparability.reasons))
            .unwrap_or_else(|| item.place.clone());
        let reads_twice = |reason: &String| reason.contains(columns::READ_FROM);
        let note = match item.comparability.reasons.iter().any(reads_twice) {
            true => {
                "to stay comparable, name for each of the two columns the header that is its own"
            }
            false => {
                "to stay comparable, delete this line; an explanation goes into `hint:` or `note:`"
            }
        };
        self.fault(
            Diagnostic::new(
                Code::CoreItemChanged,
                place,
                format!(
                    "`{}` no longer compares: {}",
                    item.id,
                    item.comparability.reasons.join("; ")
                ),
            )
            .label("out of the national score, and said so on the page")
            .note(note),
        );
    }
}

/// Whether an item's key says something else than the nation's.
fn changes(item: &Item, key: &str) -> bool {
    let Some(national) = &item.national else {
        return false;
    };
    match (key, &national.kind, &item.local.kind) {
        ("ask", ..) => national.ask != item.local.ask,
        ("reverse", Kind::Question(theirs), Kind::Question(ours)) => theirs.reverse != ours.reverse,
        ("answers", Kind::Question(theirs), Kind::Question(ours)) => {
            theirs.answers != ours.answers || theirs.unscored != ours.unscored
        }
        ("unit", Kind::Measure(theirs), Kind::Measure(ours)) => {
            theirs.is_of_hundred() != ours.is_of_hundred()
        }
        _ => false,
    }
}
