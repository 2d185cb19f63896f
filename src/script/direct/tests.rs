//! The same formula of tables without rhai and with rhai alone: random formulas over random
//! rows, and not one difference, faults and their places included.
//!
//! 1,500 formulas in each test run; `FORMULAS=100000 cargo test --lib direct` for more.

use crate::data::Rows;
use crate::script::operations::{Author, read, told, with_rhai_alone};
use crate::script::{Workshop, on_deep_stack};
use crate::source::Source;
use std::cell::Cell;

thread_local! {
    static DIRECT: Cell<usize> = const { Cell::new(0) };
}

/// Notes a formula that was worked out without rhai.
pub(super) fn note() {
    DIRECT.set(DIRECT.get() + 1);
}

fn number(author: &mut Author, depth: usize) -> String {
    if depth == 0 {
        return author
            .one(&[
                "t.sum(\"a\")",
                "t.mean(\"b\")",
                "t.median(\"b\")",
                "t.min(\"a\")",
                "u.max(\"b\")",
                "u.count()",
                "t.count(|r| r.a > 2)",
                "u.share(|r| r.words == \"east\")",
                "t.only(|r| r.b > 3).mean(\"a\")",
                "u.only(|r| r.a <= 12).only(|r| r.b > 1).count()",
                "t.answered(\"question\")",
                "t.share_answering(\"question\", [\"agree\", \"west\"])",
                "t.sum(|r| r.a * 2)",
                "few.sum(\"b\")",
                "2",
                "0",
                "1.5",
                "C",
                "k",
            ])
            .to_owned();
    }
    let (a, b) = (number(author, depth - 1), number(author, depth - 1));
    match author.below(14) {
        0..=3 => format!("({a} {} {b})", author.one(&["+", "-", "*", "/"])),
        4 => format!("{}({a}, {b})", author.one(&["rate", "percent"])),
        5 => format!("{}({a}, {b})", author.one(&["min", "max"])),
        6 => format!("clamp({a}, {b}, {})", number(author, 0)),
        7 => format!("-({a})"),
        8 => {
            let sign = author.one(&["==", "!=", "<", ">", "<=", ">="]);
            format!("(if {a} {sign} {b} {{ {a} }} else {{ let x = {b}; x + 1 }})")
        }
        9 => format!("(if u.is_brought() {{ {a} }} else {{ {b} }})"),
        // Rarely something that is left to rhai, or that has no meaning.
        10 => author
            .one(&[
                "abs(k)",
                "t.quantile(\"a\", 0.3)",
                "t.sum(\"words\")",
                "t.sum(\"unknown\")",
                "t.sum(2)",
                "t.count(|r| { let two = 2; r.a > two })",
                "t.count(|r| r.a > k)",
                "t.count(|r| r.a)",
                "(t + 1)",
                "\"text\"",
                "is_missing(k)",
            ])
            .to_owned(),
        _ => number(author, 0),
    }
}

fn formula(author: &mut Author) -> String {
    let k = author.one(&["7", "2.5", "t.sum(\"a\")"]).to_owned();
    let value = number(author, 2);
    format!("|t, u| {{ let k = {k}; let few = t.only(|r| r.a > 1); {value} }}")
}

#[test]
fn a_formula_gives_without_rhai_what_it_gives_with_it_and_no_other_fault() {
    let wanted = std::env::var("FORMULAS").ok();
    let wanted = wanted.and_then(|many| many.parse().ok()).unwrap_or(1_500);
    on_deep_stack(|| {
        let mut author = Author::seeded(5);
        let (mut asked, mut faulty) = (0, 0);
        DIRECT.set(0);
        while asked < wanted {
            let texts: Vec<String> = (0..25).map(|_| formula(&mut author)).collect();
            let formulas = read(&texts);
            author.gap_in = [4, 0, 40][author.below(3)];
            let len = [30, 30, 0, 1, 17][author.below(5)];
            let all = Rows::all(&author.table(len));
            let some = all.keep(|_| author.below(3) > 0);
            for formula in &formulas {
                let rows = [all.clone(), some.clone()];
                let both = || {
                    let of_the_whole = formula.value_with_contributions(&rows);
                    let failed = of_the_whole.value.is_err();
                    (told(of_the_whole), told(formula.value(&rows)), failed)
                };
                let (without, with) = (both(), with_rhai_alone(both));
                asked += 1;
                faulty += usize::from(with.2);
                let text = formula.text();
                assert_eq!(without, with, "{text} of {len}");
            }
        }
        // Else the test would say nothing.
        let direct = DIRECT.get();
        assert!(direct * 10 > asked * 8, "{direct} times of 2 × {asked}");
        assert!((asked / 10..asked).contains(&faulty), "{faulty} of {asked}");
    });
}

#[test]
fn the_nations_formulas_need_no_rhai() {
    on_deep_stack(|| {
        for (name, text) in crate::national::CARDS {
            let (draft, _) = Workshop::default().read(&Source::new(name, text), &[]);
            let draft = draft.expect("the national cards are sound");
            for card in &draft.cards {
                let Some(crate::script::Value::Formula(formula)) =
                    card.get("value").map(|value| &value.value.value)
                else {
                    continue;
                };
                let body = formula.unit.bodies.get(formula.pointer.fn_name());
                let is_direct = body.is_some_and(|body| body.direct.is_some());
                assert!(is_direct, "{}", formula.text());
            }
        }
    });
}
