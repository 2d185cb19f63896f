//! What a council leaves out, and what it claims.

use super::super::Desk;
use super::super::read_card::Reader;
use crate::check::{Claim, Comparability, ComparabilityKind, Council, Item, Kind, Omission, Says};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{self, Service};
use crate::script::Card;
use crate::source::Spanned;

impl Desk<'_> {
    pub(super) fn omissions(&self, items: &mut [Item], council: Option<&Council>) {
        for card in self.cards("omit") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            let Some(item) = items
                .iter_mut()
                .find(|item| item.id == id.value && item.national.is_some())
            else {
                self.unknown_item(&id, "national item");
                reader.date("review_by");
                continue;
            };
            let reason = reader.text("reason").unwrap_or_default();
            let too_short = |written: &Spanned<String>| written.value.trim().len() < 5;
            if reader.placed_text("reason").as_ref().is_some_and(too_short) {
                self.fault(
                    Diagnostic::new(
                        Code::MissingKey,
                        reader.place("reason"),
                        "an omission says why",
                    )
                    .label("write the reason in a few words"),
                );
            }
            let Some(review_by) = reader.date("review_by") else {
                continue;
            };
            if let Some(council) = council {
                self.check_review(&reader, review_by, council);
            }
            if let Some(other) = self.draft.cards.iter().find(|other| {
                matches!(
                    other.verb.value.as_str(),
                    "measure" | "question" | "statement" | "answer"
                ) && other.id_text() == Some(&id.value)
            }) {
                self.fault(
                    Diagnostic::new(
                        Code::OmittedAndTailored,
                        id.place.clone(),
                        format!("`{}` is left out here and used elsewhere", id.value),
                    )
                    .label("one of the two cards is too many")
                    .related(other.id_place().clone(), "used here"),
                );
            }
            item.comparability = Comparability {
                kind: ComparabilityKind::Omitted,
                reasons: vec![reason.clone()],
            };
            item.place = id.place.clone();
            item.omission = Some(Omission { reason, review_by });
        }
    }

    fn check_review(&self, reader: &Reader<'_>, review_by: jiff::civil::Date, council: &Council) {
        let months = jiff::Span::new().months(national::OMISSION_MONTHS);
        let latest = council.as_of.saturating_add(months);
        if review_by > latest {
            self.fault(
                Diagnostic::new(
                    Code::OmissionTooLong,
                    reader.place("review_by"),
                    format!(
                        "an omission is thought over again within {} months",
                        national::OMISSION_MONTHS
                    ),
                )
                .label(format!("at the latest \"{latest}\""))
                .typed(format!("\"{latest}\""))
                .offered(),
            );
        } else if review_by < council.as_of {
            self.fault(
                Diagnostic::new(
                    Code::OmissionPastReview,
                    reader.place("review_by"),
                    "the day to think this omission over again has passed",
                )
                .label("take the item in, or give a new reason and day"),
            );
        }
    }

    pub(super) fn claims(&self, items: &mut [Item], council: Option<&Council>) {
        for card in self.cards("answer") {
            let reader = self.read(card);
            let Some(id) = reader.id() else { continue };
            let Some(item) = items.iter_mut().find(|item| item.id == id.value) else {
                self.unknown_item(&id, "statement");
                reader.date("on");
                continue;
            };
            if !matches!(item.local.kind, Kind::Statement) {
                self.fault(
                    Diagnostic::new(
                        Code::NotAStatement,
                        id.place.clone(),
                        format!(
                            "`{}` is a {}, which nobody answers for the employer",
                            id.value,
                            item.local.kind.word()
                        ),
                    )
                    .label("only statements are answered"),
                );
                continue;
            }
            if let Some(claim) = self.claim(card, &reader, council) {
                item.claims.push(claim);
            }
        }
    }

    fn claim(&self, card: &Card, reader: &Reader<'_>, council: Option<&Council>) -> Option<Claim> {
        let says = match reader.text("says")?.as_str() {
            "yes" => Says::Yes,
            "partly" => Says::Partly,
            "no" => Says::No,
            _ => return None,
        };
        let on = reader.date("on");
        if let (Some(on), Some(council)) = (on, council)
            && on > council.as_of
        {
            self.fault(
                Diagnostic::new(
                    Code::DateOutOfRange,
                    reader.place("on"),
                    format!("this day lies after the as-of date, {}", council.as_of),
                )
                .label("a claim is true on or before the as-of date"),
            );
        }
        let service = reader.placed_text("service").and_then(|word| {
            let service = Service::find(&word.value)?;
            if council.is_some_and(|council| {
                !council.services.is_empty() && !council.services.contains(&service)
            }) {
                self.fault(
                    Diagnostic::new(
                        Code::UnknownService,
                        word.place,
                        format!("this council does not check the service `{}`", service.id()),
                    )
                    .label("not among its `services`"),
                );
            }
            Some(service)
        });
        let general = self
            .cards("answer")
            .find(|other| other.id_text() == card.id_text() && other.get("service").is_none());
        if let (Some(_), Some(general)) = (service, general) {
            self.fault(
                Diagnostic::new(
                    Code::DuplicateCard,
                    card.id_place().clone(),
                    format!(
                        "`{}` is answered for one service and for all",
                        card.id_text().unwrap_or_default()
                    ),
                )
                .label("answer it once for all, or once for each service")
                .related(general.id_place().clone(), "for all"),
            );
        }
        Some(Claim {
            says,
            on,
            evidence: reader.text("evidence"),
            service,
        })
    }
}
