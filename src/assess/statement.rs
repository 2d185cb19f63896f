//! Statements: the employer's own claim, held to its evidence and its date.

use crate::assessment::{Reading, WhyNot};
use crate::check::{Claim, Item, Says};
use crate::missing::Missing;
use crate::national::{Service, YEARLY};
use jiff::ToSpan;
use jiff::civil::Date;

/// An item's readings for the whole (`service` is `None`) or a service. `services` are all
/// that the council runs.
pub(super) fn readings(
    item: &Item,
    service: Option<Service>,
    services: &[Service],
    as_of: Date,
) -> (Option<Reading>, Reading) {
    if let Some(omission) = &item.omission {
        let omitted = || Reading::omitted(omission);
        return (item.national.as_ref().map(|_| omitted()), omitted());
    }
    let local = reading(item, service, services, as_of);
    let national = item.national.as_ref().map(|_| {
        if item.counts_nationally() {
            local.clone()
        } else {
            let reasons = item.comparability.reasons.join("; ");
            Reading::without(Missing::NotAvailable, WhyNot::NotComparable(reasons))
        }
    });
    (national, local)
}

fn reading(item: &Item, service: Option<Service>, services: &[Service], as_of: Date) -> Reading {
    let of = |service| item.claims.iter().find(|claim| claim.service == service);
    let claims: Vec<&Claim> = match service {
        Some(service) => of(Some(service)).or(of(None)).into_iter().collect(),
        None => match of(None) {
            Some(claim) => vec![claim],
            // Each service speaks for itself: only all of them speak for the whole.
            None => services
                .iter()
                .map(|service| of(Some(*service)))
                .collect::<Option<_>>()
                .unwrap_or_default(),
        },
    };
    let counted: Vec<Says> = claims
        .iter()
        .map(|claim| counted(&item.id, claim, as_of))
        .collect();
    let Some(first) = counted.first().copied() else {
        return Reading::without(Missing::NotAvailable, WhyNot::NoClaim);
    };
    let alike = counted.iter().all(|says| *says == first);
    let score = counted.iter().map(|says| says.score()).sum::<f64>() / counted.len() as f64;
    Reading {
        value: Ok(score),
        score: Ok(score),
        why_not: None,
        people: None,
        nobody: false,
        rows: None,
        base: None,
        answers: None,
        // Of services that differ, the whole can say no more than "partly".
        claim: Some(if alike { first } else { Says::Partly }),
        written: (claims.len() == 1).then(|| claims[0].clone()),
        experience: None,
        reveals: false,
        contributions: Vec::new(),
    }
}

/// What a claim counts as. A *yes* needs evidence and a date; one that claims a review in
/// the last 12 months needs a date within the 12 months to the as-of date.
fn counted(item: &str, claim: &Claim, as_of: Date) -> Says {
    let evidence = claim
        .evidence
        .as_deref()
        .is_some_and(|text| !text.trim().is_empty());
    let yearly = YEARLY.contains(&item);
    let a_year_before = as_of.saturating_sub(12.months());
    match (claim.says, claim.on) {
        (Says::Yes, Some(on)) if evidence && !(yearly && on < a_year_before) => Says::Yes,
        (Says::Yes, _) => Says::Partly,
        (says, _) => says,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn claim(on: Option<Date>, evidence: Option<&str>) -> Claim {
        Claim {
            says: Says::Yes,
            on,
            evidence: evidence.map(str::to_owned),
            service: None,
        }
    }

    #[test]
    fn a_yes_without_evidence_or_date_counts_as_partly() {
        let (as_of, on) = (date(2026, 9, 30), Some(date(2026, 3, 1)));
        for (on, evidence, says) in [
            (on, Some("Policy, section 2"), Says::Yes),
            (on, None, Says::Partly),
            (on, Some(" "), Says::Partly),
            (None, Some("Policy, section 2"), Says::Partly),
        ] {
            assert_eq!(
                counted("supervision-policy", &claim(on, evidence), as_of),
                says
            );
        }
    }

    #[test]
    fn a_yearly_claim_dated_12_months_before_holds_and_a_day_earlier_counts_as_partly() {
        let as_of = date(2026, 9, 30);
        for (item, on, says) in [
            ("lone-working", date(2025, 9, 30), Says::Yes),
            ("lone-working", date(2025, 9, 29), Says::Partly),
            ("supervision-policy", date(2019, 1, 1), Says::Yes),
        ] {
            assert_eq!(
                counted(item, &claim(Some(on), Some("Minutes")), as_of),
                says
            );
        }
    }
}
