//! What is held back, step by step, and what is told when nothing more can be.

use super::*;
use crate::assess::Firmness;
use crate::assess::test_council::{TestCouncil, claim, place};
use crate::check::{Correction, Says};
use crate::host::Host;
use crate::national::Service::{Adults, Children};
use jiff::civil::date;

fn opening(item: &str) -> Opening {
    Opening {
        council: "eastmere".into(),
        item: item.into(),
        breakdown: "team".into(),
        group: "Mental Health".into(),
        what: "number of people".into(),
        low: Some(4.0),
        high: Some(4.0),
        how: "It is exactly what is printed of the whole less what is printed of team Learning Disability and team Older People.".into(),
        by: Vec::new(),
    }
}

fn eastmere() -> HealthCheck {
    let host = Host::builder().build();
    host.load("scripts/eastmere").expect("sound").into_inner()
}

#[test]
fn an_item_that_opens_is_held_back_a_step_at_a_time_until_nothing_of_it_is_left() {
    let (check, mut held) = (eastmere(), Held::new());
    for step in [
        Hold::RollUps,
        Hold::Splits,
        Hold::AllSplits,
        Hold::Groups,
        Hold::Everything,
    ] {
        assert!(hold_back(
            &check,
            &[opening("cover"), opening("cover")],
            &mut held
        ));
        assert_eq!(held.get("cover"), Some(&step));
    }
    assert!(!hold_back(&check, &[opening("cover")], &mut held));
    assert!(
        !hold_back(&check, &[opening("")], &mut held),
        "no item to hold back"
    );
    assert_eq!(held.get(""), None);
}

#[test]
fn what_opens_all_the_same_is_told_to_the_author_and_no_value_is_named() {
    let (check, first) = (eastmere(), opening("cover"));
    let mut stands = crate::report::examples().remove(0);
    stands.id = "eastmere".into();
    stands.council.as_of = check.council().as_of.to_string();
    let what = opens(&first, 2);
    for (fault, expected) in [
        (
            publication_opens(&check, &first, &what),
            include_str!("../../../tests/corpus/other/publication-opens.expected"),
        ),
        (
            release_opens(&stands, &check, &first, &what),
            include_str!("../../../tests/corpus/other/release-opens.expected"),
        ),
    ] {
        let told = crate::diagnostic::Diagnostics::from(fault).paint(false);
        assert_eq!(told.trim_end(), expected.trim_end());
    }
}

#[test]
fn where_the_attack_did_not_come_to_its_end_that_is_told_and_what_helps() {
    let first = Opening {
        what: attack::UNFINISHED.into(),
        ..opening("cover")
    };
    let fault = publication_opens(&eastmere(), &first, &opens(&first, 1));
    assert!(
        fault.message.ends_with("might be worked out"),
        "{}",
        fault.message
    );
    assert!(
        fault
            .help
            .is_some_and(|help| help.contains("fewer breakdowns"))
    );
}

#[test]
fn where_earlier_releases_open_whatever_is_held_back_they_stay_unless_they_were_withdrawn() {
    let council = (0..4).fold(
        TestCouncil::new(&[Children, Adults])
            .questions("welfare", 3)
            .statement("lone-working", "welfare", vec![claim(Says::Yes, None)]),
        |council, answer| {
            council
                .sheets(8, Some(Children), None, &[Some(answer); 3])
                .sheets(1, Some(Adults), None, &[Some(answer); 3])
        },
    );
    let cleared = |council: &TestCouncil, releases: &[Publication]| {
        let (check, found) = (council.check(), council.assess());
        cleared(
            "northshire",
            &check,
            &found,
            &[],
            releases,
            &Verdicts::none(),
        )
    };
    let (mut first, opens) = cleared(&council, &[]).expect("the first is published");
    assert!(opens.is_none() && first.only.is_none());
    // Somebody printed how many of one service answered, and so of the other.
    let mut children = first.response[0].answered.clone();
    (children.value, children.text) = (Some(32.0), "32".into());
    first.response[1].answered = children;
    let first = [first];
    let kept = cleared(&council, &first).err();
    assert_eq!(kept.map(|fault| fault.code), Some(Code::ReleaseOpens));
    let mut council = council;
    council.parts.corrections.push(Correction {
        id: "sheets-read-twice".into(),
        on: date(2026, 11, 2),
        because: "The sheets of one week had been read twice".into(),
        place: place(),
    });
    let (last, opens) = cleared(&council, &first).expect("what was wrong is withdrawn");
    assert_eq!(opens.map(|fault| fault.code), Some(Code::PublicationOpens));
    assert!(last.only.is_some());
    assert!(attack::attack(&[&last]).is_empty());
    let told = last.items.iter().filter(|item| {
        let whole = &item.findings[0].local;
        whole.value.value.is_some()
    });
    let told: Vec<&str> = told.map(|item| item.kind.as_str()).collect();
    assert_eq!(told, ["statement"]);
}

#[test]
fn a_service_of_which_nobody_answered_is_told_so_and_takes_nothing_from_the_others() {
    for teams in [vec!["East"], vec!["East", "North"]] {
        let council = TestCouncil::new(&[Children, Adults])
            .questions("welfare", 3)
            .by_team();
        let council = teams.iter().fold(council, |council, team| {
            (0..4).fold(council, |council, answer| {
                council.sheets(5, Some(Children), Some(team), &[Some(answer); 3])
            })
        });
        let (check, found) = (council.check(), council.assess());
        let (page, opens) =
            cleared("northshire", &check, &found, &[], &[], &Verdicts::none()).expect("published");
        assert!(opens.is_none(), "{opens:?}");
        assert_eq!(attack::attack(&[&page]), []);
        let answered: Vec<&str> = page
            .response
            .iter()
            .map(|one| one.answered.text.as_str())
            .collect();
        let all = (20 * teams.len()).to_string();
        assert_eq!(answered, [all.as_str(), &all, "0"]);
        for item in page.items.iter().filter(|item| item.kind == "question") {
            for one in &item.findings {
                let (value, n) = (&one.local.value.text, &one.local.n.text);
                match one.group.as_str() {
                    "adults" => assert_eq!((value.as_str(), n.as_str()), ("u", "0")),
                    group => assert_ne!(value, "c", "{group}"),
                }
            }
        }
    }
}

#[test]
fn a_service_that_asked_a_few_takes_nothing_from_the_other_where_any_of_them_may_have_answered() {
    let mut council = TestCouncil::new(&[Children, Adults])
        .questions("welfare", 2)
        .sheets(4, Some(Adults), None, &[Some(1), Some(3)]);
    for answer in 0..5 {
        council = council.sheets(12, Some(Children), None, &[Some(answer), Some(4 - answer)]);
    }
    let mut check = council.check();
    check.parts.council.asked = [(Children, 90), (Adults, 4)].into();
    let verdicts = Verdicts::none();
    let assessment = assess::assess(&check, &council.data(), &[], &Firmness::none());
    let (publication, opens) =
        cleared("northshire", &check, &assessment, &[], &[], &verdicts).expect("nothing before");
    assert!(opens.is_none(), "{opens:?}");
    assert!(publication.only.is_none(), "the whole is told");
    assert!(attack::attack(&[&publication]).is_empty());
}
