//! What is allowed and worth a look: it keeps nothing from being published, but a grade may
//! be withheld for it, and the page will say so.

use super::{Desk, is_measure, keys, tables};
use crate::check::{Action, Item, Kind, Parts, Says};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::national::{self, RATED_SHARE, StandardId};
use crate::script::room::{self, BLANK};
use crate::source::{Place, Span};

/// The card that brings the survey.
const SURVEY: &str = "table(\"survey\", #{ file: \"data/survey.csv\" });";

/// What is asked of who was consulted.
const CONSULTED: [(&str, &str); 3] = [("on", BLANK), ("how", BLANK), ("agreed", BLANK)];

impl Desk<'_> {
    pub(super) fn warn(&self, parts: &Parts) {
        self.governance(parts);
        self.claims_without_proof(parts);
        self.too_few_items(parts);
        for action in &parts.actions {
            self.action(action, parts);
        }
        self.unused_columns(parts);
        self.names_as_groups(parts);
        if self.misspelt_tables(parts) {
            return;
        }
        if parts.tables.iter().all(|spec| spec.id != "survey") {
            self.fault(
                Diagnostic::new(
                    Code::TableNotBrought,
                    parts.council.place.clone(),
                    "no `table` card brings the survey",
                )
                .label("20 of the 39 items are asked of practitioners")
                .help(SURVEY)
                .offering(self.room("table", SURVEY)),
            );
        }
    }

    /// Tables of an own name that is nearly one of the nation's, which no card brings; says
    /// whether there are any.
    fn misspelt_tables(&self, parts: &Parts) -> bool {
        let misspelt: Vec<_> = parts
            .tables
            .iter()
            .filter(|spec| tables::is_misspelt(&spec.id, &parts.tables))
            .collect();
        for spec in &misspelt {
            let national = national::COLUMNS.iter().map(|(id, _)| *id);
            let fault = Diagnostic::new(
                Code::TableNotBrought,
                spec.place.clone(),
                format!(
                    "nothing that is the nation's is read from the table `{}`",
                    spec.id
                ),
            );
            self.fault(fault.did_you_mean(&spec.id, national, ""));
        }
        !misspelt.is_empty()
    }

    fn governance(&self, parts: &Parts) {
        let council = &parts.council;
        match &council.lead {
            None if self.place_of("council", None, "lead").is_some() => {}
            None => self.fault(
                Diagnostic::new(
                    Code::NoLead,
                    council.place.clone(),
                    "no accountable manager is named",
                )
                .label("the grade will be withheld")
                .help("lead: #{ post: \"Principal Social Worker\", social_work_qualified: true },")
                .offering(self.lead()),
            ),
            Some(lead) if !lead.social_work_qualified => self.fault(
                Diagnostic::new(
                    Code::LeadNotQualified,
                    self.place_of("council", None, "lead")
                        .unwrap_or_else(|| council.place.clone()),
                    "the accountable manager has no social work qualification",
                )
                .label("the grade will be withheld"),
            ),
            Some(_) => {}
        }
        let year_before = council.as_of.saturating_sub(jiff::Span::new().months(12));
        let recent = parts
            .consulted
            .iter()
            .any(|body| (year_before..=council.as_of).contains(&body.on));
        let later = parts.consulted.iter().find(|body| body.on > council.as_of);
        if let Some(body) = later.filter(|_| !recent) {
            self.fault(
                Diagnostic::new(
                    Code::NobodyConsulted,
                    self.place_of("consulted", Some(&body.body), "on")
                        .unwrap_or_else(|| council.place.clone()),
                    format!("nobody was consulted in the 12 months to {}", council.as_of),
                )
                .label("this day lies after the as-of date: is its year right?"),
            );
            return;
        }
        // A card with a fault of its own says nothing yet.
        let all_read = self.cards("consulted").count() == parts.consulted.len();
        if !recent && all_read {
            let place = self
                .cards("consulted")
                .next()
                .map_or_else(|| council.place.clone(), |card| card.id_place().clone());
            // A day that would do, as an example of one.
            let some_day = council.as_of.saturating_sub(jiff::Span::new().days(26));
            self.fault(
                Diagnostic::new(
                    Code::NobodyConsulted,
                    place,
                    format!("nobody was consulted in the 12 months to {}", council.as_of),
                )
                .label("the grade will be withheld")
                .help(format!(
                    "consulted(\"…\", #{{ on: \"{some_day}\", how: \"workload group\", agreed: true }});"
                ))
                .offering(self.room("consulted", &room::card("consulted", Some("…"), &CONSULTED))),
            );
        }
    }

    fn claims_without_proof(&self, parts: &Parts) {
        let year_before = parts
            .council
            .as_of
            .saturating_sub(jiff::Span::new().months(12));
        for item in &parts.items {
            for claim in item.claims.iter().filter(|claim| claim.says == Says::Yes) {
                let place = || {
                    self.place_of("answer", Some(&item.id), "says")
                        .unwrap_or_else(|| item.place.clone())
                };
                let gives = |key| self.place_of("answer", Some(&item.id), key).is_some();
                let (lacking, help) = match (gives("on"), gives("evidence")) {
                    (false, false) => ("date and evidence", "on: \"…\", evidence: \"…\","),
                    (false, true) => ("date", "on: \"…\","),
                    (true, false) => ("evidence", "evidence: \"…\","),
                    (true, true) => ("", ""),
                };
                let mut keys = vec!["on", "evidence"];
                keys.retain(|key| !gives(key));
                if !lacking.is_empty() {
                    self.fault(
                        Diagnostic::new(
                            Code::ClaimWithoutEvidence,
                            place(),
                            format!("a yes without {lacking} counts as partly"),
                        )
                        .label("half the score")
                        .help(help)
                        .offering(self.lines("answer", &item.id, &keys)),
                    );
                } else if national::YEARLY.contains(&item.id.as_str())
                    && claim.on.is_some_and(|on| on < year_before)
                {
                    let what = if item.id == "ceiling-reviewed" {
                        "the caseload ceiling was not reviewed"
                    } else {
                        "this was not reviewed"
                    };
                    self.fault(
                        Diagnostic::new(
                            Code::CeilingNotReviewed,
                            self.place_of("answer", Some(&item.id), "on")
                                .unwrap_or_else(place),
                            format!("{what} in the 12 months to {}", parts.council.as_of),
                        )
                        .label("this yes counts as partly"),
                    );
                }
            }
        }
    }

    /// Where the council card has room for its lead.
    fn lead(&self) -> Option<(Span, String)> {
        let card = self.cards("council").next()?;
        let blanks = "#{ post: \"…\", social_work_qualified: \"…\" }";
        room::for_keys(&card.place, &[("lead", blanks)])
    }

    /// Where there is room for a card.
    fn room(&self, verb: &str, card: &str) -> Option<(Span, String)> {
        Some(room::for_card(&self.draft.source, verb, card))
    }

    /// Where a card has room for lines that it lacks, all of them blanks.
    fn lines(&self, verb: &'static str, id: &str, keys: &[&str]) -> Option<(Span, String)> {
        let mut cards = self.cards(verb);
        let card = cards.find(|card| card.id_text() == Some(id))?;
        let blanks: Vec<(&str, &str)> = keys.iter().map(|key| (*key, BLANK)).collect();
        room::for_keys(&card.place, &blanks)
    }

    /// Whether a card of this verb and id has a key, or one that is nearly it.
    fn is_tried(&self, verb: &'static str, id: &str, key: &str) -> bool {
        self.cards(verb)
            .filter(|card| card.id_text() == Some(id))
            .flat_map(|card| &card.entries)
            .any(|entry| {
                let written = &entry.key.value;
                let known = keys::of(verb).any(|known| known.name == written);
                written == key || !known && nearest(written, [key]).is_some()
            })
    }

    /// Where a key's value stands in a card of this verb (and id).
    pub(super) fn place_of(
        &self,
        verb: &'static str,
        id: Option<&str>,
        key: &str,
    ) -> Option<Place> {
        self.cards(verb)
            .find(|card| id.is_none() || card.id_text() == id)?
            .get(key)
            .map(|entry| entry.value.place.clone())
    }

    /// A national standard is rated on 60% of its items, one of them no statement.
    fn too_few_items(&self, parts: &Parts) {
        for standard in StandardId::ALL {
            let mine: Vec<&Item> = parts
                .items
                .iter()
                .filter(|item| item.standard == standard.id() && item.national.is_some())
                .collect();
            let comparable: Vec<&&Item> = mine
                .iter()
                .filter(|item| item.counts_nationally())
                .collect();
            let enough = comparable.len() * RATED_SHARE.1 >= mine.len() * RATED_SHARE.0;
            let more_than_claims = comparable
                .iter()
                .any(|item| is_measure(item) || matches!(item.local.kind, Kind::Question(_)));
            if enough && more_than_claims {
                continue;
            }
            let place = mine
                .iter()
                .rfind(|item| !item.counts_nationally())
                .map_or_else(|| parts.council.place.clone(), |item| item.place.clone());
            self.fault(
                Diagnostic::new(
                    Code::TooFewItems,
                    place,
                    format!(
                        "{} of the {} items of `{}` compare: it will not be rated",
                        comparable.len(),
                        mine.len(),
                        standard.id()
                    ),
                )
                .label("the last of those that do not")
                .note("a standard is rated on at least 60% of its national items; without all six there is no overall score"),
            );
        }
    }

    fn action(&self, action: &Action, parts: &Parts) {
        let lacking: Vec<&str> = [
            (action.owner.is_none(), "owner"),
            (action.start.is_none(), "start"),
            (action.due.is_none(), "due"),
            (action.measure.is_none(), "measure"),
            (action.baseline.is_none(), "baseline"),
            (action.target.is_none(), "target"),
        ]
        .into_iter()
        .filter_map(|(lacks, key)| lacks.then_some(key))
        // What is written and cannot be read, or is misspelt, is told where it stands.
        .filter(|key| !self.is_tried("action", &action.id, key))
        .collect();
        if !lacking.is_empty() && action.status != "dropped" {
            let keys: Vec<String> = lacking.iter().map(|key| format!("`{key}`")).collect();
            // No example: a figure of somebody else's would be copied.
            let wanted: Vec<String> = lacking
                .iter()
                .map(|key| format!("{key}: {BLANK},"))
                .collect();
            let wanted = wanted.join(" ");
            self.fault(
                Diagnostic::new(
                    Code::ActionIncomplete,
                    action.place.clone(),
                    format!("the action `{}` has no {}", action.id, keys.join(", ")),
                )
                .label("does not count as an action for a standard below good")
                .help(wanted)
                .offering(self.lines("action", &action.id, &lacking)),
            );
        }
        let is_in_order = action.start.is_none() || action.start <= action.due;
        if action.is_overdue(parts.council.as_of) && is_in_order {
            self.fault(
                Diagnostic::new(
                    Code::ActionOverdue,
                    self.place_of("action", Some(&action.id), "due")
                        .unwrap_or_else(|| action.place.clone()),
                    format!(
                        "the action `{}` was due before {}",
                        action.id, parts.council.as_of
                    ),
                )
                .label("shown as overdue on the page"),
            );
        }
    }
}
