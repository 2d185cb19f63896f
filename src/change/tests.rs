//! What changed, told of whole publications: the example council this year, and the same
//! a year before with one thing otherwise.

mod made;

use super::*;
use crate::publication::{ItemChange, ScopeChange};
use made::{chance_pair, figure, item, of_last_year, publication, reading, score, this_year};

fn told(then: &Publication, now: &Publication) -> Changes {
    changes(then, now)
}

fn of<'a>(changes: &'a Changes, id: &str) -> &'a ItemChange {
    let found = changes.items.iter().find(|item| item.id == id);
    found.expect("every item of either edition is told of")
}

fn whole<'a>(changes: &'a Changes, id: &str) -> &'a Change {
    &of(changes, id).scopes[0].change
}

/// This year's, with one of last year's items otherwise.
fn after(id: &str, mend: impl FnOnce(&mut crate::publication::Item)) -> Changes {
    let mut then = of_last_year();
    mend(item(&mut then, id));
    told(&then, &this_year())
}

/// A share: the question is what the interval says, in points.
fn share(then: (f64, f64), now: (f64, f64), id: &str) -> Change {
    let (mut before, mut after) = (of_last_year(), this_year());
    for (publication, (value, base)) in [(&mut before, then), (&mut after, now)] {
        let reading = reading(item(publication, id), "whole");
        reading.value = figure(value);
        reading.base = Some(figure(base));
    }
    whole(&told(&before, &after), id).clone()
}

#[test]
fn a_score_whose_interval_leaves_out_nil_changed_and_any_other_did_not_clearly() {
    for (then, now, verdict, interval) in [
        (60.0, 66.0, "improved", "0.5 to 11.5"),
        (66.0, 60.0, "worsened", "-11.5 to -0.5"),
        (60.0, 65.0, "no clear change", "-0.5 to 10.5"),
        (60.0, 60.0, "no clear change", "-5.5 to 5.5"),
    ] {
        let (mut before, mut after) = (of_last_year(), this_year());
        before.scopes[0].overall = score(then, Some(2.0));
        after.scopes[0].overall = score(now, Some(1.96));
        let changes = told(&before, &after);
        let change = &changes.scopes[0].overall.change;
        assert_eq!(
            (change.verdict.as_str(), change.interval.as_str()),
            (verdict, interval)
        );
        assert_eq!(change.difference.as_ref().unwrap().value, Some(now - then));
        assert_eq!(
            (change.n_then.text.as_str(), change.n_now.text.as_str()),
            ("241", "241")
        );
    }
}

#[test]
fn a_score_whose_error_is_not_published_has_moved_and_no_more() {
    let (mut before, mut after) = (of_last_year(), this_year());
    before.scopes[0].overall = score(60.0, None);
    after.scopes[0].overall = score(80.0, Some(1.0));
    let changes = told(&before, &after);
    let change = &changes.scopes[0].overall.change;
    assert_eq!(change.verdict, "moved");
    assert_eq!(change.words, "moved from 60.0 to 80.0");
    assert_eq!(change.interval, "");
}

#[test]
fn what_of_an_item_changed_is_said_and_nothing_else_of_it() {
    for (id, why) in [
        ("cover", "its wording changed: it was “Is work covered?”"),
        ("vacancy-rate", "its formula changed"),
        ("time-to-fill", "its unit changed: it was “weeks”"),
        ("safe-at-work", "its answers changed"),
        (
            "raise-concerns",
            "it did not compare nationally then, and does now",
        ),
        ("agency-rate", "it was a question and is a measure"),
    ] {
        let changes = after(id, |item| match id {
            "cover" => item.ask = "Is work covered?".into(),
            "vacancy-rate" => item.national_formula = "|workforce| 1".into(),
            "time-to-fill" => item.unit = "weeks".into(),
            "safe-at-work" => item.scale[2] = "not sure".into(),
            "raise-concerns" => item.comparability = "not comparable".into(),
            _ => item.kind = "question".into(),
        });
        let found = of(&changes, id);
        assert!(!found.compared && found.scopes.is_empty(), "{id}");
        assert_eq!(found.why_not[0], why);
        let others = changes.items.iter().filter(|item| !item.compared);
        assert_eq!(others.count(), 1, "{id}");
    }
}

#[test]
fn an_item_that_came_or_went_is_said_to_have() {
    let (mut before, mut after) = (of_last_year(), this_year());
    item(&mut before, "far-over-ceiling").id = "old-one".into();
    after.council.as_of_words = "30 September 2026".into();
    let changes = told(&before, &after);
    assert_eq!(
        of(&changes, "far-over-ceiling").why_not,
        ["it is new since 30 September 2025"]
    );
    assert_eq!(
        of(&changes, "old-one").why_not,
        ["it is in the check no more since 30 September 2025"]
    );
}

#[test]
fn where_other_services_were_covered_the_whole_is_refused_and_a_service_is_not() {
    let mut before = of_last_year();
    before.council.services = vec!["children".into()];
    before.council.covers = "children's services".into();
    let changes = told(&before, &this_year());
    let scope = |at: usize| -> &ScopeChange { &changes.scopes[at] };
    let why = "not compared, because the check covered children's services then and covers \
               children's and adults' services now";
    assert_eq!(scope(0).overall.change.words, why);
    assert!(!scope(0).split.told);
    assert_eq!(whole(&changes, "cover").words, why);
    assert_ne!(scope(1).overall.change.verdict, "not compared");
    assert!(scope(1).split.told, "{}", scope(1).split.why_not);
    assert_eq!(scope(2).overall.change.verdict, "not compared");
}

#[test]
fn by_another_edition_of_the_core_scores_are_not_separable() {
    let mut before = of_last_year();
    before.edition = "2025.1".into();
    let changes = told(&before, &this_year());
    for scope in &changes.scopes {
        assert!(scope.overall.change.words.contains("not separable"));
        assert!(
            scope
                .standards
                .iter()
                .all(|s| s.change.verdict == "not compared")
        );
        assert!(scope.split.parts.is_empty() && scope.split.why_not.contains("not separable"));
    }
    // The items' own definitions are as they were.
    assert!(of(&changes, "cover").compared);
}

#[test]
fn a_standard_without_a_common_item_is_refused_and_so_is_the_split() {
    let mut before = of_last_year();
    for item in before
        .items
        .iter_mut()
        .filter(|item| item.standard == "welfare")
    {
        item.ask += " (as it was)";
    }
    let changes = told(&before, &this_year());
    let scope = &changes.scopes[0];
    assert_eq!(
        scope.standards[5].change.words,
        "not compared, because no item was scored and comparable both times"
    );
    assert_ne!(scope.standards[4].change.verdict, "not compared");
    assert!(scope.split.why_not.ends_with("in: Safety and welfare"));
    assert!(
        scope
            .overall
            .change
            .words
            .ends_with("in: Safety and welfare")
    );
}

#[test]
fn a_share_is_judged_by_newcombes_interval_and_its_anchors_say_which_way_is_better() {
    // 10% of 300 to 18% of 300; by hand, method 10: 2.4 to 13.6.
    let change = share((10.0, 300.0), (18.0, 300.0), "vacancy-rate");
    assert_eq!(
        (change.interval.as_str(), change.verdict.as_str()),
        ("2.4 to 13.6", "worsened")
    );
    assert_eq!(
        (change.n_then.text.as_str(), change.n_now.text.as_str()),
        ("300.0", "300.0")
    );
    let fewer = share((18.0, 300.0), (10.0, 300.0), "vacancy-rate");
    assert_eq!(fewer.verdict, "improved");
    let unclear = share((10.0, 40.0), (18.0, 40.0), "vacancy-rate");
    assert_eq!(unclear.verdict, "no clear change");
}

#[test]
fn a_standard_that_would_not_have_improved_but_for_a_changed_claim_says_so_beside_the_word() {
    let standard = |claim: (f64, f64), now: f64| {
        let (mut before, mut after) = (of_last_year(), this_year());
        for (publication, score_of, claim) in
            [(&mut before, 60.0, claim.0), (&mut after, now, claim.1)]
        {
            let own = &mut publication.scopes[0].standards;
            let welfare = own.iter_mut().find(|standard| standard.id == "welfare");
            welfare.expect("it is one of the six").result = score(score_of, Some(1.0));
            reading(item(publication, "lone-working"), "whole").score = figure(claim);
        }
        let changes = told(&before, &after);
        let found = changes.scopes[0].standards.iter();
        let mut welfare = found.filter(|standard| standard.id == "welfare");
        welfare.next().expect("it is told of").change.clone()
    };
    // Of five items one claim from no to yes is 20 points.
    let alone = standard((0.0, 100.0), 80.0);
    assert_eq!(alone.verdict, "improved");
    let said = "a change: improved, by the employer's own changed claims alone";
    assert_eq!(alone.words, said);
    let besides = standard((0.0, 100.0), 84.0);
    assert_eq!(
        (besides.caution.as_str(), besides.words.as_str()),
        ("", "a change: improved")
    );
    assert_eq!(standard((100.0, 100.0), 80.0).caution, "");
    assert_eq!(standard((100.0, 0.0), 40.0).verdict, "worsened");
    assert!(!standard((100.0, 0.0), 40.0).caution.is_empty());
}

#[test]
fn a_share_that_is_none_or_without_a_base_has_moved() {
    let over = share((104.0, 80.0), (90.0, 80.0), "turnover-rate");
    assert_eq!(over.words, "moved from 104.0 to 90.0");
    let changes = after("vacancy-rate", |item| {
        reading(item, "whole").value = figure(90.0)
    });
    assert_eq!(whole(&changes, "vacancy-rate").verdict, "moved");
}

#[test]
fn a_question_is_judged_where_both_years_show_five_answers() {
    let give = |publication: &mut Publication, counts: &[f64], value: f64| {
        let reading = reading(item(publication, "cover"), "whole");
        reading.value = figure(value);
        reading.answers = Some(made::answers(counts));
    };
    let (mut before, mut after) = (of_last_year(), this_year());
    give(&mut before, &[20.0, 30.0, 20.0, 20.0, 10.0], 42.5);
    give(&mut after, &[5.0, 15.0, 20.0, 35.0, 25.0], 65.0);
    let changes = told(&before, &after);
    let change = whole(&changes, "cover");
    // s² = 1067.9 and 883.8 (by pocket calculator), n = 100 each: ± 8.7.
    assert_eq!(
        (change.verdict.as_str(), change.interval.as_str()),
        ("improved", "14.0 to 31.0")
    );
    for few in [&[6.0, 9.0, 10.0, 14.0, 10.0][..], &[60.0, 20.0, 20.0]] {
        give(&mut before, few, 42.5);
        let changes = told(&before, &after);
        assert_eq!(whole(&changes, "cover").words, "moved from 42.5 to 65.0");
    }
}

#[test]
fn no_other_measure_and_no_statement_is_ever_said_to_improve() {
    for seed in 0..200 {
        let (before, after) = chance_pair(seed);
        for item in told(&before, &after).items {
            let judged = item.kind == "question" || made::SHARES.contains(&item.id.as_str());
            for scope in item.scopes {
                let verdict = scope.change.verdict.as_str();
                let told = ["moved", "unchanged", "not compared", "withheld"].contains(&verdict);
                assert!(judged || told, "{}: {verdict}", item.id);
                let words = &scope.change.words;
                assert!(judged || !words.contains("improved") && !words.contains("worsened"));
            }
        }
    }
}

#[test]
fn a_claim_moves_in_its_own_words() {
    let changes = after("lone-working", |item| {
        let reading = reading(item, "whole");
        (reading.claim, reading.value) = ("partly".into(), figure(50.0));
    });
    let change = whole(&changes, "lone-working");
    assert_eq!(change.words, "moved from partly to yes");
    assert_eq!(change.difference, None);
    let changes = told(&of_last_year(), &this_year());
    assert_eq!(whole(&changes, "lone-working").words, "stayed at yes");
    let figure = |value: f64| Figure {
        value: Some(value),
        text: format!("{value:.1}"),
        symbol: None,
    };
    let other_score = Change {
        then: figure(50.0),
        now: figure(78.0),
        ..whole(&changes, "lone-working").clone()
    };
    let words = super::moved(other_score, "partly", "partly").words;
    assert_eq!(words, "moved from 50.0 to 78.0");
}

#[test]
fn of_a_withheld_figure_no_change_is_told_and_none_can_be_had() {
    for year in 0..2 {
        let (mut before, mut after) = (of_last_year(), this_year());
        let hidden = if year == 0 { &mut before } else { &mut after };
        let symbol = figures::symbol(crate::missing::Missing::Confidential);
        *reading(item(hidden, "cover"), "whole") =
            crate::publication::Reading::without(&symbol, "withheld");
        hidden.scopes[0].standards[3].result.score = symbol.clone();
        let changes = told(&before, &after);
        let staffing = &changes.scopes[0].standards[3].change;
        for change in [whole(&changes, "cover"), staffing] {
            assert_eq!(change.verdict, "withheld");
            assert!(change.difference.is_none() && change.low.is_none() && change.high.is_none());
            assert_eq!(change.words, "not told, because a figure is withheld");
        }
        let split = &changes.scopes[0].split;
        assert!(!split.told && split.parts.is_empty() && split.difference.is_none());
    }
}

#[test]
fn a_figure_that_is_missing_is_not_nil() {
    let changes = after("time-to-fill", |item| {
        let symbol = figures::symbol(crate::missing::Missing::NotAvailable);
        *reading(item, "whole") = crate::publication::Reading::without(&symbol, "not brought");
    });
    let change = whole(&changes, "time-to-fill");
    assert_eq!(
        change.words,
        "not compared, because there was no figure then"
    );
    assert_eq!(change.difference, None);
}

/// Whatever two years publish, the parts add up to the difference to the tenth.
#[test]
fn the_parts_add_up_exactly_and_what_cannot_change_stays_nil() {
    let (mut told_of, mut with_coverage) = (0, 0);
    for seed in 0..2000 {
        let (before, after) = chance_pair(seed);
        for scope in told(&before, &after).scopes {
            let split = &scope.split;
            if !split.told {
                assert!(!split.why_not.is_empty());
                continue;
            }
            told_of += 1;
            let tenths = |figure: &Figure| figures::tenths(figure).unwrap();
            let sum: i64 = split.parts.iter().map(|part| tenths(&part.points)).sum();
            assert_eq!(sum, tenths(split.difference.as_ref().unwrap()), "{seed}");
            let overall = scope.overall.change.difference.as_ref().unwrap();
            assert_eq!(split.difference.as_ref().unwrap().value, overall.value);
            with_coverage += usize::from(split.parts[3].items > 0);
            for part in &split.parts {
                assert!(
                    part.items > 0 || part.points.value == Some(0.0),
                    "{seed}: {part:?}"
                );
            }
        }
    }
    assert!(
        told_of > 3000 && with_coverage > 1000,
        "{told_of} {with_coverage}"
    );
}

/// One question of four in one of six standards up by 24 points: one point overall, of
/// answers alone.
#[test]
fn a_part_is_the_items_change_times_its_weight() {
    let mut before = publication(&[]);
    let mut after = publication(&[]);
    let mut raise = |id: &str, by: f64| {
        let reading = reading(item(&mut after, id), "whole");
        reading.score = figure(reading.score.value.unwrap() + by);
    };
    raise("research-time", 24.0);
    raise("vacancy-rate", 14.0);
    raise("lone-working", -50.0);
    made::score_again(&mut before);
    made::score_again(&mut after);
    let changes = told(&before, &after);
    let split = &changes.scopes[0].split;
    let parts: Vec<Option<f64>> = split.parts.iter().map(|part| part.points.value).collect();
    // 24 ÷ 5 ÷ 6 = 0.80; 14 ÷ 7 ÷ 6 = 0.33; −50 ÷ 5 ÷ 6 = −1.67. Together −0.53, and the
    // published scores differ by −0.5: the tenth between goes to the largest remainder.
    assert_eq!(parts, [0.8, 0.4, -1.7, 0.0, 0.0].map(Some), "{split:?}");
}

#[test]
fn the_last_plan_is_carried_over_with_what_became_of_each_action() {
    let (mut before, mut after) = (of_last_year(), this_year());
    let action = before.plan[0].clone();
    let mut give = |id: &str, due: &str, now: Option<(&str, &str)>| {
        let mut then = action.clone();
        (then.id, then.status, then.due_on) = (id.into(), "planned".into(), Some(due.into()));
        before.plan.push(then.clone());
        if let Some((status, because)) = now {
            then.status = status.into();
            then.because = because.into();
            after.plan.push(then);
        }
    };
    give("done", "2026-03-31", Some(("done", "")));
    give("late", "2026-09-30", Some(("under way", "")));
    give("to-come", "2026-10-01", Some(("planned", "")));
    give("dropped", "2026-03-31", Some(("dropped", "no money")));
    give("silent", "2026-03-31", None);
    let changes = told(&before, &after);
    let fate = |id: &str| {
        let action = changes.plan.iter().find(|action| action.id == id).unwrap();
        (action.outcome.as_str(), action.because.as_str())
    };
    assert_eq!(fate("done"), ("delivered", ""));
    assert_eq!(fate("late"), ("late", ""));
    assert_eq!(fate("to-come"), ("still to come", ""));
    assert_eq!(fate("dropped"), ("dropped", "no money"));
    assert_eq!(fate("silent"), ("no longer in the plan", ""));
    let silent: Vec<&str> = forgotten(&before, &after)
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    assert_eq!(silent, ["silent"]);
}

#[test]
fn what_an_actions_measure_did_is_told_with_its_target_and_no_cause() {
    // Cases per full-time equivalent, from 18.2 to be brought to 16.
    for (now, reached) in [(16.0, "reached"), (15.2, "reached"), (16.1, "not reached")] {
        let (before, mut after) = (of_last_year(), this_year());
        reading(item(&mut after, "caseload-per-fte"), "whole").value = figure(now);
        let changes = told(&before, &after);
        let action = &changes.plan[0];
        assert_eq!(action.reached, reached, "{now}");
        assert_eq!(action.now, Some(figure(now)));
        assert!(!action.words.contains("because of"));
    }
    let changes = after("caseload-per-fte", |item| {
        item.national_formula = "|w| 1".into()
    });
    assert_eq!(
        (
            changes.plan[0].reached.as_str(),
            changes.plan[0].why_not.as_str()
        ),
        ("cannot tell", "its formula changed")
    );
}

#[test]
fn in_what_moved_a_group_has_the_name_that_its_council_gave_it() {
    let mut then = this_year();
    for group in &mut then.groups {
        if group.breakdown == "team" {
            group.title = "Disabled Children".into();
        }
    }
    let mut now = then.clone();
    for item in &mut now.items {
        for finding in &mut item.findings {
            finding.local.value.text = "other".into();
        }
    }
    let moved = moves(&then, &now);
    let ends = |end: &str| moved.iter().any(|one| one.what.contains(end));
    assert!(ends(", Disabled Children"), "{moved:?}");
    assert!(!ends(", disabled Children"), "{moved:?}");
    assert!(ends(", children's services"), "{moved:?}");
}
