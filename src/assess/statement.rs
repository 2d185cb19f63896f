//! Statements: the employer's own claim, held to its evidence and its date.
//!
//! Where the services answer for themselves and differ, the whole's score is formed as that
//! of a question is: the services' scores, weighted by how many each asked. So is what a
//! *yes* of one of them is sure to bring, by what its own practitioners say, so that
//! statements never carry the whole's assured score beyond both services'.

use super::response::Weighting;
use crate::assessment::{Reading, WhyNot, Yes};
use crate::check::{Claim, Item, Says};
use crate::data::Ranked;
use crate::missing::Missing;
use crate::national::{Service, YEARLY};
use jiff::ToSpan;
use jiff::civil::Date;

/// An item's readings for the whole (`service` is `None`) or a service. `services` are all
/// that the council runs, and `weighting` how their means are weighted.
pub(super) fn readings(
    item: &Item,
    service: Option<Service>,
    services: &[Service],
    weighting: &Weighting,
    as_of: Date,
) -> (Option<Reading>, Reading) {
    if let Some(omission) = &item.omission {
        let omitted = || Reading::omitted(omission);
        return (item.national.as_ref().map(|_| omitted()), omitted());
    }
    let local = reading(item, service, services, weighting, as_of);
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

fn reading(
    item: &Item,
    service: Option<Service>,
    services: &[Service],
    weighting: &Weighting,
    as_of: Date,
) -> Reading {
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
    let (score, yes) = if alike {
        let halved = Says::Partly.score();
        let yes = (first == Says::Yes).then_some(Yes { of: None, halved });
        (first.score(), yes)
    } else {
        of_services(&counted, services, weighting)
    };
    Reading {
        value: Ok(score),
        score: Ok(score),
        why_not: None,
        people: None,
        nobody: false,
        rows: None,
        base: None,
        answers: None,
        bands: None,
        // Of services that differ, the whole can say no more than "partly".
        claim: Some(if alike { first } else { Says::Partly }),
        yes,
        written: (claims.len() == 1).then(|| claims[0].clone()),
        experience: None,
        reveals: false,
        ranked: Ranked::new(),
        contributions: Vec::new(),
    }
}

/// The whole's score of services that differ, and the *yes* of the one that says it.
fn of_services(
    counted: &[Says],
    services: &[Service],
    weighting: &Weighting,
) -> (f64, Option<Yes>) {
    let weight = |place: usize| match weighting {
        Weighting::ByAsked(asked) => asked.get(place).copied().map_or(1.0, f64::from),
        Weighting::Plain | Weighting::Pooled(_) => 1.0,
    };
    let all: f64 = (0..counted.len()).map(weight).sum();
    let mean = |score: &dyn Fn(Says) -> f64| -> f64 {
        let points = counted.iter().enumerate();
        points
            .map(|(at, says)| score(*says) * weight(at))
            .sum::<f64>()
            / all
    };
    let halved = mean(&|says| says.score().min(Says::Partly.score()));
    let yes = counted.iter().position(|says| *says == Says::Yes);
    let of = yes.and_then(|at| services.get(at).copied());
    let yes = of.map(|service| Yes {
        of: Some(service),
        halved,
    });
    (mean(&|says| says.score()), yes)
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
    fn of_services_that_differ_the_whole_scores_their_mean_weighted_by_how_many_each_asked() {
        let services = [Service::Children, Service::Adults];
        let asked = Weighting::ByAsked(vec![150, 50]);
        for (said, weighting, score, halved) in [
            ([Says::Yes, Says::No], &asked, 75.0, 37.5),
            ([Says::No, Says::Yes], &asked, 25.0, 12.5),
            ([Says::Yes, Says::Partly], &asked, 87.5, 50.0),
            ([Says::Yes, Says::No], &Weighting::Plain, 50.0, 25.0),
            ([Says::Yes, Says::No], &Weighting::Pooled("why"), 50.0, 25.0),
        ] {
            let (found, yes) = of_services(&said, &services, weighting);
            let yes = yes.expect("one of them says yes");
            assert_eq!((found, yes.halved), (score, halved), "{said:?}");
            let who = said.iter().position(|says| *says == Says::Yes).unwrap();
            assert!(yes.of == Some(services[who]));
        }
        let (found, yes) = of_services(&[Says::No, Says::Partly], &services, &asked);
        assert_eq!(found, 12.5);
        assert!(yes.is_none());
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
