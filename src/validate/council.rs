//! The council, who leads, who was consulted, what it thought of the check.

mod brand;

use super::read_card::Reader;
use super::{Desk, keys};
use crate::check::{Consulted, Correction, Council, Feedback, Lead};
use crate::diagnostic::{Code, Diagnostic};
use crate::national::{Service, StandardId, THRESHOLD};
use crate::script::Value;
use crate::script::room::{self, BLANK};
use std::collections::BTreeMap;

impl Desk<'_> {
    pub(super) fn council(&self) -> Option<Council> {
        let Some(card) = self.cards("council").next() else {
            if !self.faults.borrow().has_errors() {
                self.fault(
                    Diagnostic::new(
                        Code::NoCouncil,
                        self.draft.source.whole(),
                        "the script has no `council` card",
                    )
                    .label("begin with one")
                    .help("council(\"…\", #{ code: \"…\", as_of: \"2026-09-30\", services: [\"children\", \"adults\"] });")
                    .offering(Some(room::for_card(&self.draft.source, "council", &begun()))),
                );
            }
            return None;
        };
        let reader = self.read(card);
        let services = services(&reader);
        let asked = asked(&reader, &services);
        Some(Council {
            name: reader.name()?.value,
            code: reader.text("code")?,
            kind: reader.text("kind").unwrap_or_else(|| "council".to_owned()),
            as_of: reader.day_of_check()?,
            asked,
            asked_place: reader.place("asked"),
            fielded: reader.days("fielded"),
            fielded_place: reader.place("fielded"),
            lead: lead(&reader),
            threshold: threshold(&reader),
            contact: reader.text("contact"),
            brand: brand::brand(&reader),
            note: reader.text("note"),
            services,
            place: card.id_place().clone(),
        })
    }

    pub(super) fn consulted(&self) -> Vec<Consulted> {
        self.cards("consulted")
            .filter_map(|card| {
                let reader = self.read(card);
                Some(Consulted {
                    body: reader.name()?.value,
                    on: reader.date("on")?,
                    how: reader.text("how")?,
                    agreed: reader.truth("agreed")?,
                })
            })
            .collect()
    }

    /// Corrections of this as-of date; a card that stayed from an earlier one is withdrawn
    /// before this date and says nothing of it.
    pub(super) fn corrections(&self, as_of: jiff::civil::Date) -> Vec<Correction> {
        self.cards("correction")
            .filter_map(|card| {
                let reader = self.read(card);
                Some(Correction {
                    id: reader.id()?.value,
                    on: reader.date("on")?,
                    because: reader.text("because")?,
                    place: card.id_place().clone(),
                })
            })
            .filter(|correction| correction.on >= as_of)
            .collect()
    }

    pub(super) fn feedback(&self) -> Option<Feedback> {
        let reader = self.read(self.cards("feedback").next()?);
        let mut hardest = Vec::new();
        for standard in reader.texts("hardest") {
            if StandardId::find(&standard.value).is_some() {
                hardest.push(standard.value);
            } else {
                self.unknown_standard(&standard, StandardId::ALL.map(StandardId::id));
            }
        }
        Some(Feedback {
            helpful: reader.text("helpful"),
            hardest,
        })
    }
}

/// The card that every script begins with, for its author to fill in.
fn begun() -> String {
    let keys = keys::of("council").filter(|key| key.needed);
    let blanks: Vec<(&str, &str)> = keys.map(|key| (key.name, BLANK)).collect();
    room::card("council", Some("…"), &blanks)
}

/// Empty where one of them is not known, so that no other place is blamed for it.
fn services(reader: &Reader<'_>) -> Vec<Service> {
    let mut services = Vec::new();
    let listed = reader.list("services").unwrap_or_default();
    let mut all_known = listed
        .iter()
        .all(|entry| matches!(entry.value, Value::Text(_)));
    for word in reader.texts("services") {
        match Service::find(&word.value) {
            Some(service) => services.push(service),
            None => {
                all_known = false;
                let fault = Diagnostic::new(
                    Code::UnknownService,
                    word.place.clone(),
                    format!("there is no service \"{}\"", word.value),
                );
                reader.fault(fault.did_you_mean(
                    &word.value,
                    Service::ALL.map(Service::id),
                    "the services are \"children\" and \"adults\"",
                ));
            }
        }
    }
    services.sort();
    services.dedup();
    if services.is_empty() && reader.list("services").is_some_and(<[_]>::is_empty) {
        reader.fault(
            Diagnostic::new(
                Code::MissingKey,
                reader.place("services"),
                "a council checks at least one service",
            )
            .label("none named")
            .help("[\"children\", \"adults\"]"),
        );
    }
    if !all_known {
        services.clear();
    }
    services
}

fn asked(reader: &Reader<'_>, services: &[Service]) -> BTreeMap<Service, u32> {
    let mut asked = BTreeMap::new();
    for entry in reader.map("asked") {
        let Some(service) = Service::find(&entry.key.value)
            .filter(|service| services.is_empty() || services.contains(service))
        else {
            reader.fault(
                Diagnostic::new(
                    Code::UnknownService,
                    entry.key.place.clone(),
                    format!(
                        "this council does not check the service `{}`",
                        entry.key.value
                    ),
                )
                .label("not among its `services`"),
            );
            continue;
        };
        match entry.value.value {
            Value::Number(number)
                if number.fract() == 0.0 && (0.0..=10_000_000.0).contains(&number) =>
            {
                asked.insert(service, number as u32);
            }
            Value::Number(_) => reader.fault(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    entry.value.place.clone(),
                    "`asked` counts people: a whole number, not below 0",
                )
                .label("cannot be right"),
            ),
            _ => reader.wrong_kind(&entry.value, "`asked`", "a number of practitioners"),
        }
    }
    asked
}

fn threshold(reader: &Reader<'_>) -> u32 {
    match reader.number("threshold") {
        None => THRESHOLD,
        Some(number) if number.fract() != 0.0 || number > 1_000.0 => {
            reader.fault(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    reader.place("threshold"),
                    "the threshold is a whole number of people",
                )
                .label("from 10 to 1000"),
            );
            THRESHOLD
        }
        Some(number) if number < f64::from(THRESHOLD) => {
            reader.fault(
                Diagnostic::new(
                    Code::ThresholdTooLow,
                    reader.place("threshold"),
                    format!("the threshold is at least {THRESHOLD} people"),
                )
                .label("fewer could be recognised")
                .typed(THRESHOLD.to_string())
                .offered(),
            );
            THRESHOLD
        }
        Some(number) => number as u32,
    }
}

fn lead(reader: &Reader<'_>) -> Option<Lead> {
    let mut post = None;
    let mut qualified = None;
    for entry in reader.map("lead") {
        match (entry.key.value.as_str(), &entry.value.value) {
            ("post", Value::Text(text)) => post = Some(text.clone()),
            ("post", _) => reader.wrong_kind(&entry.value, "`post`", "text in double quotes"),
            ("social_work_qualified", Value::Truth(truth)) => qualified = Some(*truth),
            ("social_work_qualified", _) => {
                reader.wrong_kind(&entry.value, "`social_work_qualified`", "`true` or `false`");
            }
            (other, _) => {
                let fault = Diagnostic::new(
                    Code::UnknownKey,
                    entry.key.place.clone(),
                    format!("`lead` has no `{other}`"),
                );
                reader.fault(fault.did_you_mean(
                    other,
                    ["post", "social_work_qualified"],
                    "its keys are: post, social_work_qualified",
                ));
            }
        }
    }
    let says = reader
        .map("lead")
        .iter()
        .any(|entry| entry.key.value == "social_work_qualified");
    if post.is_some() && !says {
        reader.fault(
            Diagnostic::new(
                Code::MissingKey,
                reader.place("lead"),
                "`lead` needs `social_work_qualified`",
            )
            .label("whether the post's holder is a qualified social worker")
            .help("social_work_qualified: true")
            .offering(room::for_keys(
                &reader.place("lead"),
                &[("social_work_qualified", BLANK)],
            )),
        );
    }
    Some(Lead {
        post: post?,
        social_work_qualified: qualified?,
    })
}
