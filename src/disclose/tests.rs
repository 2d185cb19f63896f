//! Whole publications of councils made by hand.

use super::{Held, Why, publication, without_figures};
use crate::assess::test_council::{TestCouncil, claim, place, written};
use crate::check::{Action, Breakdown, ComparabilityKind, Consulted, Says, Standard, Target};
use crate::diagnostic::Code;
use crate::national::Service::{self, Adults, Children};
use crate::publication::{Finding, Publication};
use jiff::civil::date;

/// Twelve sheets that neither agree nor are alike, for as many questions.
fn spread(council: TestCouncil, service: Option<Service>, questions: usize) -> TestCouncil {
    (0..4).fold(council, |council, answer| {
        council.sheets(3, service, Some("East"), &vec![Some(answer); questions])
    })
}

fn published(council: &TestCouncil) -> Publication {
    publication(
        "northshire",
        &council.check(),
        &council.assess(),
        &[],
        &[],
        &Held::new(),
    )
    .expect("nothing was published before")
}

fn finding<'a>(page: &'a Publication, item: &str, group: &str) -> &'a Finding {
    let item = page.items.iter().find(|found| found.id == item);
    let findings = &item.expect("the item exists").findings;
    let found = findings.iter().find(|finding| finding.group == group);
    found.expect("the group exists")
}

#[test]
fn nine_answers_are_c_in_every_form_and_the_page_does_not_say_why() {
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .sheets(4, None, None, &[Some(1); 5])
        .sheets(5, None, None, &[Some(4); 5]);
    let page = published(&council);
    let reading = &finding(&page, "welfare-1", "whole").local;
    for figure in [&reading.value, &reading.score, &reading.n] {
        assert_eq!((figure.value, figure.text.as_str()), (None, "c"));
        assert_eq!(figure.symbol.as_deref(), Some("c"));
    }
    assert_eq!(
        reading.why_not,
        "withheld, so that no colleague can be recognised"
    );
    assert!(reading.answers.is_none() && !reading.rated);
    let scope = &page.scopes[0];
    let welfare = &scope.standards[5];
    assert_eq!(welfare.result.score.text, "c");
    assert_eq!(welfare.result.why_not, reading.why_not);
    assert_eq!(
        (welfare.coverage.as_str(), welfare.scored.text.as_str()),
        ("c", "c")
    );
    assert_eq!(welfare.assured.text, "c");
    assert_eq!(scope.assured.text, "c");
    assert_eq!(scope.local[5].coverage, "c");
    assert_eq!(scope.overall.score.text, "c");
    assert_eq!(scope.local_overall.score.text, "c");
    assert_eq!(page.response[0].answered.text, "c");
    assert_eq!(page.response[0].rate.text, "c");
    assert!(
        scope
            .grade
            .reasons
            .iter()
            .any(|reason| reason.contains("Safety and welfare") && reason.contains("withheld"))
    );
    let text = serde_json::to_string(&page).expect("a publication is plain data");
    assert!(!text.contains("fewer than 10 practitioners answered"));
}

#[test]
fn ten_answers_are_published_with_their_number() {
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .sheets(5, None, None, &[Some(1); 5])
        .sheets(5, None, None, &[Some(4); 5]);
    let page = published(&council);
    let reading = &finding(&page, "welfare-1", "whole").local;
    assert_eq!(
        (reading.score.text.as_str(), reading.n.text.as_str()),
        ("62.5", "10")
    );
    assert!(reading.rated && reading.why_not.is_empty());
    let welfare = &page.scopes[0].standards[5];
    assert_eq!(welfare.result.score.value, Some(62.5));
    assert_eq!(welfare.result.band, "good");
    assert_eq!(welfare.coverage, "5 of 5 items");
    assert_eq!(page.response[0].rate.text, "10.0");
}

#[test]
fn a_council_may_raise_the_threshold_and_never_lower_it() {
    for (threshold, symbol) in [(13, Some("c")), (12, None), (3, None)] {
        let mut council = spread(TestCouncil::new(&[Adults]).questions("welfare", 1), None, 1);
        council.parts.council.threshold = threshold;
        let page = published(&council);
        let reading = &finding(&page, "welfare-1", "whole").local;
        assert_eq!(reading.score.symbol.as_deref(), symbol, "{threshold}");
        assert_eq!(page.threshold, threshold.max(10));
    }
}

#[test]
fn a_group_whose_members_all_answer_alike_or_on_one_side_is_withheld() {
    for (few, first, others, withheld) in [
        (1, 3, 3, true),
        (1, 1, 3, true),
        (2, 1, 3, false),
        (1, 2, 4, true),
        // Six agree and six strongly agree: all agree.
        (6, 3, 4, true),
        (6, 2, 4, false),
    ] {
        let council = TestCouncil::new(&[Adults])
            .questions("welfare", 1)
            .by_team()
            .sheets(few, None, Some("East"), &[Some(first)])
            .sheets(12 - few, None, Some("East"), &[Some(others)]);
        let page = published(&council);
        let reading = &finding(&page, "welfare-1", "East").local;
        assert_eq!(
            reading.score.text == "c",
            withheld,
            "{few}: {first}, {others}"
        );
    }
}

#[test]
fn a_statement_is_the_employers_own_word_and_is_never_withheld() {
    let council = TestCouncil::new(&[Adults])
        .statement("lone-working", "welfare", vec![claim(Says::Yes, None)])
        .questions("welfare", 1)
        .sheets(3, None, None, &[Some(1)]);
    let page = published(&council);
    let reading = &finding(&page, "lone-working", "whole").local;
    assert_eq!(
        (reading.score.text.as_str(), reading.claim.as_str()),
        ("100.0", "yes")
    );
    assert_eq!(reading.evidence, "Minutes of 31 March");
    assert_eq!(reading.claimed_on, "31 March 2026");
    assert_eq!(page.scopes[0].standards[5].result.score.text, "c");
}

#[test]
fn a_standard_that_is_not_rated_says_why_and_shows_its_coverage() {
    let council = spread(TestCouncil::new(&[Adults]).questions("welfare", 5), None, 2);
    let page = published(&council);
    // The three questions that nobody answered are withheld like any other.
    assert_eq!(page.scopes[0].standards[5].coverage, "c");
    let council = spread(TestCouncil::new(&[Adults]).questions("welfare", 5), None, 5)
        .omitting("welfare-1")
        .omitting("welfare-2")
        .omitting("welfare-3");
    let page = published(&council);
    let welfare = &page.scopes[0].standards[5];
    assert_eq!(welfare.coverage, "2 of 5 items");
    assert!(
        welfare
            .result
            .why_not
            .starts_with("not rated, because 2 of its 5 items")
    );
    assert_eq!(page.scopes[0].local[5].coverage, "2 of 2 items");
    assert!(page.scopes[0].local[5].result.rated);
    assert_eq!(page.scopes[0].overall.score.text, "x");
}

#[test]
fn the_grade_is_withheld_with_every_reason_that_can_be_known() {
    let mut council = spread(TestCouncil::new(&[Adults]).questions("welfare", 5), None, 5);
    council.parts.council.lead = None;
    council.parts.consulted.push(Consulted {
        body: "UNISON".into(),
        on: date(2025, 9, 29),
        how: "workload group".into(),
        agreed: true,
    });
    let reasons = published(&council).scopes.remove(0).grade.reasons;
    for reason in [
        "“Caseload management”, ",
        "Safety and welfare is below good",
        "no accountable manager is named",
        "nobody was consulted in the 12 months",
        "fewer than a third of those asked answered",
    ] {
        assert!(
            reasons.iter().any(|found| found.starts_with(reason)),
            "{reason}"
        );
    }
    council.parts.consulted[0].on = date(2025, 9, 30);
    council.parts.council.asked.insert(Adults, 36);
    let reasons = published(&council).scopes.remove(0).grade.reasons;
    for reason in ["nobody was consulted", "fewer than a third"] {
        assert!(
            !reasons.iter().any(|found| found.starts_with(reason)),
            "{reason}"
        );
    }
}

#[test]
fn tailoring_is_told_in_plain_english() {
    let mut council = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .omitting("welfare-1")
        .with("welfare-2", |item| {
            item.comparability.kind = ComparabilityKind::NotComparable;
            item.comparability.reasons = vec!["its wording is changed".into()];
            item.weight = 2.0;
        });
    council = council.with("welfare-3", |item| {
        item.national = None;
        item.comparability.kind = ComparabilityKind::Extends;
    });
    council.parts.standards.push(Standard {
        id: "equality".into(),
        title: "Equality of experience".into(),
        national: None,
        weight: 1.0,
        score: None,
        note: None,
    });
    let tailoring = published(&spread(council, None, 5)).tailoring;
    assert_eq!(tailoring.word, "in part");
    assert_eq!(tailoring.text, "2 of 39");
    assert_eq!(
        tailoring.sentences,
        [
            "One question is not asked: “The wording of welfare-1” (Not collected here; to be reviewed by 30 September 2027).",
            "One national item is changed so that no comparison can be made: “The wording of welfare-2” (its wording is changed).",
            "One local item is added: “The wording of welfare-3”.",
            "One local standard is added: “Equality of experience”.",
            "In the local score “The wording of welfare-2” weighs 2.",
        ]
    );
}

/// A council whose one question comes to 37.5, or is withheld, with a target and an action.
fn planned(sheets: usize, target: Target, start: i8, baseline: f64) -> Publication {
    let council = TestCouncil::new(&[Adults]).questions("welfare", 5);
    let mut council = (0..4)
        .fold(council, |council, answer| {
            council.sheets(sheets, None, None, &[Some(answer); 5])
        })
        .with("welfare-1", |item| item.target = Some(target));
    council.parts.actions.push(Action {
        id: "quiet-rooms".into(),
        standard: "welfare".into(),
        item: None,
        what: "Open quiet rooms".into(),
        owner: None,
        start: Some(date(2026, 9, start)),
        due: None,
        measure: Some("welfare-1".into()),
        baseline: Some(baseline),
        target: Some(60.0),
        status: "planned".into(),
        because: None,
        agreed_with: Vec::new(),
        place: place(),
    });
    council.parts.council.as_of = date(2026, 9, 15);
    published(&council)
}

#[test]
fn a_target_is_reached_or_not_by_the_printed_figure_and_of_a_withheld_one_nothing_is_said() {
    let reached = |sheets, target| {
        let page = planned(sheets, target, 1, 40.0);
        page.items[0].target_reached.clone()
    };
    assert_eq!(reached(3, Target::AtLeast(37.5)), "reached");
    assert_eq!(reached(3, Target::AtLeast(37.6)), "not reached");
    assert_eq!(reached(3, Target::AtMost(37.5)), "reached");
    assert_eq!(reached(3, Target::Between(20.0, 30.0)), "not reached");
    assert_eq!(reached(2, Target::AtLeast(1.0)), "", "eight answers are c");
}

#[test]
fn what_was_found_stands_beside_a_baseline_only_where_the_action_is_to_begin_and_it_is_another() {
    let found = |sheets, start, baseline| {
        let page = planned(sheets, Target::AtLeast(1.0), start, baseline);
        (page.plan[0].found.clone(), page.plan[0].unit.clone())
    };
    let unit = "out of 100".to_owned();
    assert_eq!(found(3, 16, 40.0), ("37.5".to_owned(), unit.clone()));
    assert_eq!(found(3, 16, 37.5), (String::new(), unit.clone()));
    assert_eq!(
        found(3, 15, 40.0),
        (String::new(), unit.clone()),
        "under way"
    );
    assert_eq!(found(2, 16, 40.0), (String::new(), unit), "withheld");
}

#[test]
fn a_check_is_in_full_tailored_or_in_part() {
    let full = || {
        TestCouncil::new(&[Adults])
            .questions("caseload", 8)
            .questions("supervision", 7)
            .questions("systems", 7)
            .questions("staffing", 7)
            .questions("research", 5)
            .questions("welfare", 5)
    };
    let word = |council: TestCouncil| published(&spread(council, None, 39)).tailoring.word;
    assert_eq!(word(full()), "in full");
    let without = published(&full()).tailoring;
    assert_eq!(
        (without.word.as_str(), without.comparable),
        ("without figures", 0)
    );
    assert_eq!(
        without.sentences,
        ["Nothing was brought for 39 national items."]
    );
    let unsaid = full()
        .omitting("welfare-5")
        .statement("lone-working", "welfare", vec![]);
    let unsaid = published(&spread(unsaid, None, 39)).tailoring;
    assert_eq!((unsaid.word.as_str(), unsaid.comparable), ("in part", 38));
    let nothing = "Nothing was brought for one national item: “The wording of lone-working”.";
    assert_eq!(unsaid.sentences[1], nothing);
    let two_left_out = full().omitting("welfare-1").omitting("welfare-2");
    assert_eq!(word(two_left_out), "tailored");
    let three_left_out = full()
        .omitting("welfare-1")
        .omitting("welfare-2")
        .omitting("welfare-3");
    assert_eq!(word(three_left_out), "in part");
}

#[test]
fn both_services_are_scopes_and_groups_of_their_own() {
    let council = TestCouncil::new(&[Children, Adults]).questions("welfare", 5);
    let council = spread(spread(council, Some(Children), 5), Some(Adults), 5);
    let page = published(&council);
    let scopes: Vec<&str> = page.scopes.iter().map(|scope| scope.id.as_str()).collect();
    assert_eq!(scopes, ["whole", "children", "adults"]);
    let titles: Vec<&str> = page
        .groups
        .iter()
        .map(|group| group.title.as_str())
        .collect();
    assert_eq!(
        titles,
        ["Whole council", "Children's services", "Adults' services"]
    );
    assert_eq!(page.council.covers, "children's and adults' services");
    assert_eq!(page.council.as_of_words, "30 September 2026");
    let only = published(&TestCouncil::new(&[Adults]));
    assert_eq!(only.response[0].title, "Adults' services");
    assert_eq!(only.tailoring.of, 39);
}

#[test]
fn a_score_has_its_standard_error_without_correction_to_two_decimals() {
    let council = spread(TestCouncil::new(&[Adults]).questions("welfare", 5), None, 5);
    let page = published(&council);
    let welfare = &page.scopes[0].standards[5].result;
    // 0, 25, 50 and 75, three of each: √(9375 ÷ 11 ÷ 12).
    assert_eq!(
        welfare.error.as_ref().map(|e| e.text.as_str()),
        Some("8.43")
    );
    let none = &page.scopes[0].standards[0].result;
    assert!(none.error.is_none() && none.low.is_none());
    let few = TestCouncil::new(&[Adults]).questions("welfare", 5);
    let few = published(&few.sheets(9, None, None, &[Some(1); 5]));
    assert!(few.scopes[0].standards[5].result.error.is_none());
}

#[test]
fn what_a_share_is_a_share_of_is_said_of_the_whole_and_its_services_alone() {
    let council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 1)
        .by_team();
    let council = spread(spread(council, Some(Children), 1), Some(Adults), 1);
    let bases = |few_adults: bool| {
        let mut found = council.assess();
        for finding in &mut found.findings {
            let adults = found.groups[finding.group].service == Some(Adults);
            for reading in finding.national.iter_mut().chain([&mut finding.local]) {
                reading.base = Some(40.5);
                reading.people = Some(if adults && few_adults { 9 } else { 40 });
            }
        }
        let page = publication(
            "northshire",
            &council.check(),
            &found,
            &[],
            &[],
            &Held::new(),
        )
        .expect("nothing was published before");
        ["whole", "children", "adults", "East"].map(|group| {
            let base = finding(&page, "welfare-1", group).local.base.clone();
            base.map(|base| base.text)
        })
    };
    let said = |words: &str| Some(words.to_owned());
    assert_eq!(bases(false), [said("41"), said("41"), said("41"), None]);
    assert_eq!(bases(true), [said("41"), said("c"), said("c"), None]);
}

#[test]
fn how_firm_a_grade_is_stands_beside_it_and_goes_with_it() {
    let six = [
        ("caseload", 8),
        ("supervision", 7),
        ("systems", 7),
        ("staffing", 7),
        ("research", 5),
        ("welfare", 5),
    ];
    let questions = |council: TestCouncil, (id, count)| council.questions(id, count);
    let mut council = six
        .into_iter()
        .fold(TestCouncil::new(&[Adults]), questions)
        .sheets(30, None, None, &[Some(3); 39])
        .sheets(30, None, None, &[Some(4); 39]);
    council.parts.consulted.push(Consulted {
        body: "UNISON".into(),
        on: date(2026, 9, 4),
        how: "workload group".into(),
        agreed: true,
    });
    let grade = |council: &TestCouncil| published(council).scopes.remove(0).grade;
    let firm = grade(&council);
    assert_eq!(firm.word, "good");
    assert!(firm.firmness.is_some());
    council.parts.council.lead = None;
    let withheld = grade(&council);
    assert_eq!(withheld.word, "withheld");
    assert!(withheld.firmness.is_none());
}

#[test]
fn a_standard_shows_the_worst_of_its_statements() {
    let claims = |answers: [usize; 2]| {
        let council = TestCouncil::new(&[Adults])
            .questions("welfare", 2)
            .with("welfare-1", |item| item.id = "safe-at-work".into())
            .statement("lone-working", "welfare", vec![claim(Says::Yes, None)])
            .sheets(answers[0], None, None, &[Some(1), Some(1)])
            .sheets(answers[1], None, None, &[Some(3), Some(3)]);
        published(&council).scopes[0].standards[5].claims.clone()
    };
    assert_eq!(claims([30, 5]), "not supported by practitioners");
    assert_eq!(claims([5, 30]), "supported");
    assert_eq!(claims([4, 4]), "cannot tell");
    let none = published(&TestCouncil::new(&[Adults]).questions("welfare", 2));
    assert_eq!(none.scopes[0].standards[5].claims, "");
}

#[test]
fn a_withheld_team_takes_another_with_it_in_the_same_place_for_every_question() {
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 2)
        .by_team();
    let council = spread(council, None, 2)
        .sheets(6, None, Some("North"), &[Some(1), Some(3)])
        .sheets(7, None, Some("North"), &[Some(3), Some(2)])
        .sheets(6, None, Some("South"), &[Some(1), Some(3)])
        .sheets(9, None, Some("South"), &[Some(3), Some(2)])
        .sheets(2, None, Some("West"), &[Some(0), Some(4)]);
    let page = published(&council);
    for item in ["welfare-1", "welfare-2"] {
        let text = |group| finding(&page, item, group).local.n.text.clone();
        assert_eq!(text("West"), "c");
        assert_eq!(text("East"), "c", "the smallest of the others");
        assert_eq!(
            (text("North").as_str(), text("South").as_str()),
            ("13", "15")
        );
    }
}

#[test]
fn a_service_that_is_withheld_takes_the_other_with_it() {
    let council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 1)
        .sheets(4, Some(Children), None, &[Some(1)])
        .sheets(9, Some(Adults), None, &[Some(0)])
        .sheets(9, Some(Adults), None, &[Some(3)]);
    let page = published(&council);
    for group in ["children", "adults"] {
        assert_eq!(finding(&page, "welfare-1", group).local.n.text, "c");
    }
    assert_eq!(finding(&page, "welfare-1", "whole").local.n.text, "22");
}

/// A second release of one council after the first.
fn again(first: &TestCouncil, second: &TestCouncil) -> Result<Publication, Code> {
    let before = [published(first)];
    publication(
        "northshire",
        &second.check(),
        &second.assess_after(&before),
        &[],
        &before,
        &Held::new(),
    )
    .map_err(|fault| fault.code)
}

#[test]
fn a_survey_closes_when_it_is_first_published() {
    let council = || spread(TestCouncil::new(&[Adults]).questions("welfare", 5), None, 5);
    let first = council();
    assert!(
        again(&first, &council().backwards()).is_ok(),
        "the order does not matter"
    );
    let joiner = council().sheets(1, None, Some("East"), &[Some(2); 5]);
    assert_eq!(again(&first, &joiner).err(), Some(Code::SurveyClosed));
    let other_answer = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .sheets(3, None, Some("East"), &[Some(0); 5])
        .sheets(3, None, Some("East"), &[Some(1); 5])
        .sheets(3, None, Some("East"), &[Some(2); 5])
        .sheets(3, None, Some("East"), &[Some(4); 5]);
    assert_eq!(again(&first, &other_answer).err(), Some(Code::SurveyClosed));
}

#[test]
fn a_release_that_adds_teams_withholds_what_the_first_would_open() {
    let teams = || {
        let council = TestCouncil::new(&[Adults]).questions("welfare", 1);
        let council = spread(spread(council, None, 1), None, 1);
        council.sheets(2, None, Some("West"), &[Some(1)])
    };
    let second = again(&teams(), &teams().by_team()).expect("the rows are the same");
    let text = |group| finding(&second, "welfare-1", group).local.n.text.clone();
    assert_eq!(
        (
            text("whole").as_str(),
            text("East").as_str(),
            text("West").as_str()
        ),
        ("26", "c", "c")
    );
}

#[test]
fn groups_published_before_may_not_be_drawn_anew() {
    let teams = spread(
        TestCouncil::new(&[Adults])
            .questions("welfare", 1)
            .by_team(),
        None,
        1,
    );
    let mut drawn_anew = teams.clone();
    drawn_anew.parts.breakdowns[0].id = "patch".into();
    assert_eq!(again(&teams, &drawn_anew).err(), Some(Code::SurveyClosed));
}

#[test]
fn a_score_that_rests_on_one_question_with_few_answers_has_no_interval() {
    let interval = |sheets: u32| {
        let council = TestCouncil::new(&[Adults])
            .questions("welfare", 1)
            .statement("lone-working", "welfare", vec![claim(Says::Yes, None)])
            .sheets(sheets as usize, None, None, &[Some(1)])
            .sheets(20, None, None, &[Some(3)]);
        let welfare = published(&council).scopes[0].standards[5].result.clone();
        assert!(welfare.rated, "{}", welfare.why_not);
        (welfare.low.is_some(), welfare.error.is_some())
    };
    assert_eq!(interval(29), (false, false));
    assert_eq!(interval(30), (true, true));
}

#[test]
fn what_holds_an_assured_score_down_is_said_and_nothing_of_it_where_the_score_is_withheld() {
    let held = |sheets| {
        let answers = [Some(1), Some(3), Some(4), Some(0)];
        let other = [Some(3), Some(1), Some(2), Some(4)];
        let mut council = TestCouncil::new(&[Adults])
            .questions("welfare", 4)
            .statement("lone-working", "welfare", Vec::new())
            .sheets(sheets, None, None, &answers)
            .sheets(4, None, None, &other);
        council.parts.items[3].comparability.kind = ComparabilityKind::NotComparable;
        let page = published(&council);
        let (scope, welfare) = (&page.scopes[0], &page.scopes[0].standards[5]);
        let caseload = scope.standards[0].held_down.clone();
        assert_eq!(caseload, "", "it has no items here");
        let words = [scope.held_down.clone(), welfare.held_down.clone()];
        (welfare.assured.text.clone(), words)
    };
    let (assured, words) = held(16);
    assert_ne!(assured, "c");
    let said = "held down by 1 item not brought and 1 item not scored";
    assert_eq!(words, [said, said]);
    let (assured, words) = held(5);
    assert_eq!(assured, "c");
    assert_eq!(words, ["", ""]);
}

#[test]
fn what_a_withheld_question_says_of_one_services_claim_is_not_told_by_the_wholes_score() {
    let page = |says| {
        let claims = vec![claim(says, Some(Children)), claim(Says::No, Some(Adults))];
        let mut council = TestCouncil::new(&[Children, Adults])
            .questions("caseload", 5)
            .statement("ceiling-reviewed", "caseload", claims);
        council.parts.items[0].id = "caseload-manageable".into();
        // All of one service answer alike; those of the other do not.
        let alike = [Some(0), Some(1), Some(2), Some(3), Some(4)];
        council = council.sheets(12, Some(Children), None, &[Some(0); 5]);
        for sheet in 0..5 {
            let mut answers = alike;
            answers.rotate_left(sheet);
            council = council.sheets(12, Some(Adults), None, &answers);
        }
        published(&council)
    };
    let question = |page: &Publication, group| {
        let found = finding(page, "caseload-manageable", group);
        found.local.score.text.clone()
    };
    let with_yes = page(Says::Yes);
    assert_eq!(question(&with_yes, "children"), "c");
    assert_ne!(question(&with_yes, "whole"), "c");
    assert_eq!(with_yes.scopes[0].standards[0].assured.text, "c");
    // A claim that is no yes is set against nothing.
    assert_ne!(page(Says::Partly).scopes[0].standards[0].assured.text, "c");
}

/// Four teams: two small, two not.
fn small_teams() -> TestCouncil {
    let team = |council: TestCouncil, name, each| {
        (0..5).fold(council, |council, answer| {
            council.sheets(each, None, Some(name), &[Some(answer); 5])
        })
    };
    let council = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .by_team();
    let council = team(team(council, "Duty", 4), "East", 3);
    team(council, "North", 1).sheets(7, None, Some("West"), &[Some(1); 5])
}

#[test]
fn small_teams_are_published_together_under_their_names_with_no_figure_of_their_own() {
    let page = published(&small_teams());
    let rolled = page.groups.iter().find(|group| !group.rolls.is_empty());
    let rolled = rolled.expect("two teams are too small");
    assert_eq!(rolled.title, "Other teams (2 teams rolled together)");
    assert_eq!(rolled.rolls, ["North", "West"]);
    assert!(!rolled.adds_up && rolled.breakdown == "team");
    assert!(page.groups.iter().any(|g| g.name == "Duty" && g.adds_up));
    for (group, n) in [
        ("North", "c"),
        ("West", "c"),
        ("North + West", "12"),
        ("Duty", "20"),
    ] {
        let reading = &finding(&page, "welfare-1", group).local;
        assert_eq!((reading.n.text.as_str(), group), (n, group));
    }
}

#[test]
fn all_small_teams_are_rolled_together_and_none_where_they_said_the_same() {
    let third = small_teams().sheets(4, None, Some("South"), &[Some(1); 5]);
    let page = published(&third);
    assert!(page.groups.iter().any(|g| g.name == "North + South + West"));
    // East and North are small, and all of them said the same.
    let none = TestCouncil::new(&[Adults])
        .questions("welfare", 1)
        .by_team()
        .sheets(6, None, Some("East"), &[Some(1)])
        .sheets(6, None, Some("North"), &[Some(1)])
        .sheets(12, None, Some("West"), &[Some(4)])
        .sheets(12, None, Some("South"), &[Some(0)]);
    let page = published(&none);
    assert!(page.groups.iter().all(|group| group.rolls.is_empty()));
    let groups = page.items[0].findings.iter().map(|found| &found.group);
    assert!(groups.into_iter().all(|name| !name.contains('+')));
}

#[test]
fn what_was_rolled_together_before_is_rolled_together_again_whatever_is_added() {
    let crossing = || {
        let mut council = small_teams();
        council.parts.breakdowns.push(Breakdown {
            id: "patch".into(),
            tables: vec!["survey".into()],
            by: "team".into(),
            groups: vec![
                ("Left".into(), vec![written("Duty"), written("North")]),
                ("Right".into(), vec![written("East"), written("West")]),
            ],
        });
        council
    };
    let names = |page: &Publication| -> Vec<String> {
        let rolled = page.groups.iter().filter(|group| !group.rolls.is_empty());
        rolled.map(|group| group.name.clone()).collect()
    };
    let alone = published(&crossing());
    assert!(
        !names(&alone).contains(&"North + West".to_owned()),
        "{:?}",
        names(&alone)
    );
    let second = again(&small_teams(), &crossing()).expect("the rows are the same");
    assert!(
        names(&second).contains(&"North + West".to_owned()),
        "{:?}",
        names(&second)
    );
    for team in ["North", "West"] {
        assert_eq!(finding(&second, "welfare-1", team).local.n.text, "c");
    }
}

#[test]
fn where_neither_scores_nor_answers_may_be_published_the_reason_stands_and_names_no_rule() {
    let few = TestCouncil::new(&[Adults])
        .questions("welfare", 5)
        .statement("lone-working", "welfare", vec![claim(Says::Yes, None)])
        .sheets(9, None, None, &[Some(1); 5]);
    let page = published(&few);
    let reason = page.only.as_deref().expect("nine are too few");
    assert!(reason.starts_with("Northshire County Council carried out this check."));
    assert!(!reason.contains("10") && !reason.contains("threshold"));
    assert_eq!(finding(&page, "lone-working", "whole").local.claim, "yes");
    let more = few.sheets(9, None, None, &[Some(3); 5]);
    assert_eq!(published(&more).only, None);
    let nobody_asked = TestCouncil::new(&[Adults]).questions("welfare", 5);
    assert_eq!(published(&nobody_asked).only, None);
}

#[test]
fn without_figures_no_number_about_anybody_is_left() {
    let council = small_teams().statement("lone-working", "welfare", vec![claim(Says::Yes, None)]);
    let (check, found) = (council.check(), council.assess());
    let held = Held::everything(&check);
    let made = publication("northshire", &check, &found, &[], &[], &held);
    let page = without_figures(made.expect("nothing was published before"), Why::People);
    for item in page.items.iter().filter(|item| item.kind != "statement") {
        for finding in &item.findings {
            let readings = finding.national.iter().chain([&finding.local]);
            for reading in readings {
                assert_eq!((reading.value.value, reading.n.value), (None, None));
                assert!(reading.answers.is_none() && reading.base.is_none());
            }
        }
    }
    assert!(
        page.response
            .iter()
            .all(|part| part.answered.value.is_none())
    );
    assert!(
        page.only
            .is_some_and(|reason| reason.ends_with("So no figure is published."))
    );
    let statement = page.items.last().expect("it has items");
    assert_eq!(statement.findings[0].local.claim, "yes");
}
