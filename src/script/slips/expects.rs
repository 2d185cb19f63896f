//! `expect(item("a").value == 50)`: what was found and what is expected, written as one
//! comparison where two values are wanted.

use super::Desk;
use crate::diagnostic::Code;

/// Signs that compare, and how what is expected is written after the comma.
const SIGNS: [(&str, &str, &str); 4] = [
    ("=", "", ""),
    ("==", "", ""),
    (">=", "at_least(", ")"),
    ("<=", "at_most(", ")"),
];

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        let called = desk.is(index, "expect") && desk.is(index + 1, "(");
        let after_dot = desk.before(index).is_some_and(|before| before.is("."));
        if called && !after_dot {
            expectation(desk, index);
        }
    }
}

fn expectation(desk: &mut Desk<'_>, index: usize) {
    let (mut depth, mut sign, mut at) = (0usize, None, index + 2);
    loop {
        let Some(token) = desk.get(at) else { return };
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if depth == 0 && token.is(",") {
            return;
        } else if depth == 0
            && let Some(known) = SIGNS.iter().find(|(sign, ..)| token.is(sign))
        {
            if sign.is_some() {
                return;
            }
            sign = Some((at, known));
        }
        at += 1;
    }
    let Some((sign, (_, opens, closes))) = sign else {
        return;
    };
    if sign == index + 2 || sign + 1 == at {
        return;
    }
    let slice = |from: usize, to: usize| {
        let span = desk.tokens[from].span.to(desk.tokens[to].span);
        desk.source.slice(span).to_owned()
    };
    let found = slice(index + 2, sign - 1);
    let expected = slice(sign + 1, at - 1);
    let typed = format!("expect({found}, {opens}{expected}{closes})");
    let whole = desk.tokens[index].span.to(desk.tokens[at].span);
    desk.report(
        Code::WrongArguments,
        whole,
        "`expect` is given two values: what was found, then what is expected",
    )
    .label("a comma between the two")
    .typed(typed);
}
