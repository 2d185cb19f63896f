//! What is held back, step by step, and what is told when nothing more can be.

use super::*;
use crate::host::Host;

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
fn what_opens_all_the_same_is_refused_and_no_value_is_named() {
    let fault = refused(&eastmere(), &opening("cover"), 2);
    let told = crate::diagnostic::Diagnostics::from(fault).paint(false);
    let expected = include_str!("../../../tests/corpus/other/publication-opens.expected");
    assert_eq!(told.trim_end(), expected.trim_end());
}
