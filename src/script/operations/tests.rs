//! The same closure column by column and row by row in rhai: random closures over random rows
//! with every kind of missing value, and not one difference, faults and their places included.
//!
//! 1,500 closures in each test run; `OPERATIONS=100000 cargo test --lib operations` for more.

use super::BLOCK;
use crate::chance::SplitMix64;
use crate::data::{Answer, Column, Policy, Rows, Table};
use crate::missing::{Amount, Missing};
use crate::script::{Draft, Formula, Outcome, Value, Workshop, on_deep_stack};
use crate::source::Source;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

thread_local! {
    static ROW_BY_ROW: Cell<bool> = const { Cell::new(false) };
    static WORKED_OUT: Cell<u64> = const { Cell::new(0) };
    /// Rows that closures were worked out for.
    static READ: Cell<u64> = const { Cell::new(0) };
    /// Closures that were left to rhai, and how often it called them.
    static LEFT: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
    static ROWS_AT_A_TIME: Cell<usize> = const { Cell::new(BLOCK) };
}

/// How many rows are worked out at a time.
pub(super) fn rows_at_a_time() -> usize {
    ROWS_AT_A_TIME.get()
}

/// Whether rhai is to run everything.
pub(in crate::script) fn row_by_row() -> bool {
    ROW_BY_ROW.get()
}

/// Does some work with rhai alone.
pub(in crate::script) fn with_rhai_alone<T>(work: impl FnOnce() -> T) -> T {
    ROW_BY_ROW.set(true);
    let done = work();
    ROW_BY_ROW.set(false);
    done
}

/// What came of a formula, apart from how its closures were run.
pub(in crate::script) fn told(mut outcome: Outcome) -> String {
    outcome.footprint.row_by_row = false;
    format!("{outcome:?}")
}

/// Notes a closure that was not left to rhai.
pub(super) fn note() {
    WORKED_OUT.set(WORKED_OUT.get() + 1);
}

/// Notes rows that a closure was worked out for.
pub(super) fn note_read(rows: usize) {
    READ.set(READ.get() + rows as u64);
}

/// How often closures of one row were asked, and for how many rows in all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) closures: u64,
    pub(crate) rows: u64,
    /// Closures that were left to rhai.
    pub(crate) left_to_rhai: u64,
    /// How often it called them: among the rows.
    pub(crate) calls: u64,
}

/// The same of some work on this thread.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, Counts) {
    WORKED_OUT.set(0);
    READ.set(0);
    LEFT.set((0, 0));
    let done = work();
    let (left, calls) = LEFT.get();
    let counts = Counts {
        closures: WORKED_OUT.get() + left,
        rows: READ.get() + calls,
        left_to_rhai: left,
        calls,
    };
    (done, counts)
}

/// Notes closures that are left to rhai, and calls of them.
pub(super) fn note_left(closures: u64, calls: u64) {
    LEFT.set((LEFT.get().0 + closures, LEFT.get().1 + calls));
}

/// A random author.
pub(in crate::script) struct Author {
    chance: SplitMix64,
    /// One value in so many is missing; 0 for none.
    pub(in crate::script) gap_in: usize,
}

impl Author {
    pub(in crate::script) fn seeded(seed: u64) -> Self {
        Self {
            chance: SplitMix64::seeded(seed),
            gap_in: 4,
        }
    }

    pub(in crate::script) fn below(&mut self, many: usize) -> usize {
        self.chance.below(many as u64) as usize
    }

    pub(in crate::script) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self
                .one(&[
                    "r.a", "r.b", "r[\"a\"]", "r.absent", "2", "0", "1.5", "-3", "C", "k", "12",
                ])
                .to_owned();
        }
        let (a, b) = (self.number(depth - 1), self.number(depth - 1));
        match self.below(15) {
            0..=2 => format!("({a} {} {b})", self.one(&["+", "-", "*"])),
            3 => format!("({a} {} {b})", self.one(&["/", "%"])),
            4 => format!("{}({a}, {b})", self.one(&["min", "max", "rate", "percent"])),
            5 => format!("clamp({a}, {b}, {})", self.number(0)),
            6 => format!("round({a}, {})", self.one(&["0", "1", "2", "C", "r.a"])),
            7 => format!("round({a})"),
            8 => format!("or_else({a}, {b})"),
            9 => format!("(if {} {{ {a} }} else {{ {b} }})", self.truth(depth - 1)),
            10 => format!("-({a})"),
            // Rarely something that is left to rhai, or that has no meaning.
            11 => self
                .one(&["abs(r.a)", "(r.a ** 2)", "r.words", "r.unknown", "()"])
                .to_owned(),
            _ => self.number(0),
        }
    }

    fn text(&mut self) -> &'static str {
        self.one(&[
            "r.words",
            "r.others",
            "r.many",
            "r.question",
            "\"east\"",
            "\"west\"",
            "\"agree\"",
            "D",
            "r.absent",
            "or_else(r.words, \"west\")",
            "or_else(r.absent, D)",
        ])
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            let sign = self.one(&["==", "!=", "<", ">", "<=", ">="]);
            return match self.below(10) {
                0..=3 => format!("{} {sign} {}", self.number(1), self.number(1)),
                8 => format!("r.a {sign} {} * r.b", self.one(&["18", "0.1", "-3", "C"])),
                9 => format!("r.a * 0.5 {sign} {}", self.one(&["6", "0", "k", "2 * r.a"])),
                4 => format!(
                    "{} {} {}",
                    self.text(),
                    self.one(&["==", "!="]),
                    self.text()
                ),
                5 => format!("is_missing({})", self.number(1)),
                6 => format!("is_missing({})", self.text()),
                _ => self
                    .one(&["true", "r.words == 1", "r.a", "T", "r.words < \"f\""])
                    .to_owned(),
            };
        }
        let (a, b) = (self.truth(depth - 1), self.truth(depth - 1));
        match self.below(7) {
            0 | 1 => format!("{a} {} {b}", self.one(&["and", "or", "&&", "||"])),
            2 => format!("({a} {} {b})", self.one(&["and", "or"])),
            3 => format!("not ({a})"),
            4 => format!("(if {a} {{ {b} }} else {{ {} }})", self.truth(0)),
            _ => self.truth(0),
        }
    }

    fn formula(&mut self) -> String {
        let (truth, number) = (self.truth(2), self.number(2));
        let asked = match self.below(9) {
            0 => format!("t.count(|r| {truth})"),
            1 => format!("t.share(|r| {truth})"),
            2 => format!("t.only(|r| {truth}).sum(\"a\")"),
            3 => format!("t.only(|r| {truth}).count()"),
            4 => format!("t.share(|r| {{ {truth} }})"),
            5 => format!("t.sum(|r| {number})"),
            6 => format!("t.mean(|r| {{ {number}; }})"),
            7 => format!("t.quantile(|r| {number}, 0.3)"),
            _ => format!("t.only(|r| {truth}).max(|r| {number})"),
        };
        format!("|t| {{ let k = 7; {asked} }}")
    }

    fn amount(&mut self) -> Amount {
        const NUMBERS: [f64; 8] = [0.0, 1.0, 2.0, 1.5, 12.0, 0.1, 0.3, 40.0];
        match self.gap_in > 0 && self.below(self.gap_in) == 0 {
            true => Err(Missing::ALL[self.below(Missing::ALL.len())]),
            false => Ok(NUMBERS[self.below(NUMBERS.len())]),
        }
    }

    pub(in crate::script) fn table(&mut self, len: usize) -> Arc<Table> {
        let words = |author: &mut Self, words: &[&str]| Column::Words {
            words: words.iter().map(|word| (*word).into()).collect(),
            rows: (0..len)
                .map(|_| {
                    author
                        .amount()
                        .map(|number| number as u32 % words.len() as u32)
                })
                .collect(),
        };
        let many = |author: &mut Self| {
            // Codes that have room in a byte, one whose bits add up to those of a reason, and, in
            // every second table, codes that have not.
            let most = [4, 6][author.below(2)];
            let codes = [3, 16, 224, 239, 240, 299];
            let known = ["east", "west", "north", "agree", "disagree", "south"];
            let mut words: Vec<Arc<str>> = (0..300).map(|nth| format!("{nth}").into()).collect();
            for (code, word) in codes.iter().zip(known) {
                words[*code as usize] = word.into();
            }
            let rows = (0..len).map(|_| author.amount().map(|_| codes[author.below(most)]));
            Column::Words {
                rows: rows.collect(),
                words,
            }
        };
        let answer = |author: &mut Self| match author.amount() {
            Err(Missing::NotApplicable | Missing::Low) => Answer::Unscored,
            Err(_) => Answer::Blank,
            Ok(number) => Answer::Scored(number as u8 % 4),
        };
        let columns = [
            (
                "a",
                Column::Number((0..len).map(|_| self.amount()).collect()),
            ),
            (
                "b",
                Column::Number((0..len).map(|row| Ok(row as f64)).collect()),
            ),
            ("words", words(self, &["east", "west", "north"])),
            ("others", words(self, &["west", "agree"])),
            (
                "question",
                Column::Answers {
                    labels: ["disagree", "agree", "east", "west"]
                        .map(Into::into)
                        .to_vec(),
                    rows: (0..len).map(|_| answer(self)).collect(),
                },
            ),
            ("many", many(self)),
        ];
        let policies = [Policy::MostRows, Policy::Sheets, Policy::AllRows];
        Arc::new(Table {
            id: "t".into(),
            policy: policies[self.below(3)],
            len,
            known: columns
                .iter()
                .map(|(name, _)| *name)
                .chain(["absent"])
                .map(str::to_owned)
                .collect(),
            columns: columns
                .into_iter()
                .map(|(name, column)| (name.to_owned(), column))
                .collect(),
            brought: true,
            here: true,
        })
    }
}

fn formulas(draft: &Draft) -> Vec<Arc<Formula>> {
    let value = |card: &crate::script::Card| match &card.get("value")?.value.value {
        Value::Formula(formula) => Some(formula.clone()),
        _ => None,
    };
    draft.cards.iter().filter_map(value).collect()
}

pub(in crate::script) fn read(texts: &[String]) -> Vec<Arc<Formula>> {
    let mut script = "const C = 4;\nconst D = \"east\";\nconst T = 1 < 2;\n".to_owned();
    for (nth, text) in texts.iter().enumerate() {
        script.push_str(&format!("measure(\"m{nth}\", #{{ value: {text} }});\n"));
    }
    let (draft, faults) = Workshop::default().read(&Source::new("check.rhai", &script), &[]);
    formulas(&draft.unwrap_or_else(|| panic!("{script}\n{faults}")))
}

#[test]
fn column_by_column_gives_what_row_by_row_gives_and_no_other_fault() {
    let wanted = std::env::var("OPERATIONS")
        .ok()
        .and_then(|many| many.parse().ok());
    let wanted: usize = wanted.unwrap_or(1_500);
    on_deep_stack(|| {
        let mut author = Author::seeded(6);
        let (mut asked, mut faulty) = (0, 0);
        WORKED_OUT.set(0);
        while asked < wanted {
            let texts: Vec<String> = (0..25).map(|_| author.formula()).collect();
            let formulas = read(&texts);
            assert_eq!(formulas.len(), texts.len());
            author.gap_in = [4, 0, 40][author.below(3)];
            let len = [30, 30, 30, 0, 1, 16, 17, 48][author.below(8)];
            let all = Rows::all(&author.table(len));
            let some = all.keep(|_| author.below(3) > 0);
            for (formula, rows) in formulas.iter().zip([&all, &some].into_iter().cycle()) {
                let rows = std::slice::from_ref(rows);
                let both = || {
                    let of_the_whole = formula.value_with_contributions(rows);
                    let failed = of_the_whole.value.is_err();
                    (told(of_the_whole), told(formula.value(rows)), failed)
                };
                ROWS_AT_A_TIME.set([1, 2, 16, 17, BLOCK][author.below(5)]);
                let by_column = both();
                let by_row = with_rhai_alone(both);
                asked += 1;
                faulty += usize::from(by_row.2);
                assert_eq!(
                    by_column,
                    by_row,
                    "{} of {} rows",
                    formula.text(),
                    rows[0].len()
                );
            }
        }
        ROWS_AT_A_TIME.set(BLOCK);
        // Else the test would say nothing.
        let worked_out = WORKED_OUT.get() as usize;
        assert!(
            worked_out * 10 > asked * 6,
            "{worked_out} of {asked} by column"
        );
        assert!((asked / 10..asked).contains(&faulty), "{faulty} of {asked}");
    });
}

#[test]
fn where_a_block_ends_makes_no_difference() {
    on_deep_stack(|| {
        let mut author = Author::seeded(8);
        let texts: Vec<String> = (0..25).map(|_| author.formula()).collect();
        let formulas = read(&texts);
        for (gap_in, len) in [
            (4, BLOCK - 1),
            (0, BLOCK),
            (40, BLOCK + 1),
            (900, 3 * BLOCK + 5),
        ] {
            author.gap_in = gap_in;
            let all = Rows::all(&author.table(len));
            let some = all.keep(|_| author.below(20) > 0);
            for (formula, rows) in formulas.iter().zip([&all, &some].into_iter().cycle()) {
                let rows = std::slice::from_ref(rows);
                // What is left to rhai has no blocks.
                WORKED_OUT.set(0);
                let whole = formula.value(rows);
                if WORKED_OUT.get() == 0 {
                    continue;
                }
                for at_a_time in [7, 16, 100] {
                    ROWS_AT_A_TIME.set(at_a_time);
                    let parts = formula.value(rows);
                    ROWS_AT_A_TIME.set(BLOCK);
                    assert_eq!(
                        format!("{whole:?}"),
                        format!("{parts:?}"),
                        "{}",
                        formula.text()
                    );
                }
            }
        }
    });
}

/// Twenty rows with a number in each column that a formula reads, or `yes`.
fn twenty(formula: &Formula, table: &str) -> Rows {
    let column = |name: String| {
        let words = name == "appraisal_current";
        let column = match words {
            true => Column::Words {
                words: vec!["yes".into()],
                rows: std::iter::repeat_n(Ok(0), 20).collect(),
            },
            false => Column::Number(std::iter::repeat_n(Ok(3.0), 20).collect()),
        };
        (name, column)
    };
    let columns: BTreeMap<String, Column> =
        formula.reads().of(table).into_iter().map(column).collect();
    Rows::all(&Arc::new(Table {
        id: table.into(),
        policy: Policy::MostRows,
        len: 20,
        known: columns.keys().cloned().collect(),
        columns,
        brought: true,
        here: true,
    }))
}

#[test]
fn no_closure_of_the_national_check_is_called_for_each_row() {
    on_deep_stack(|| {
        WORKED_OUT.set(0);
        LEFT.set((0, 0));
        let mut measures = 0;
        for (name, text) in crate::national::CARDS {
            let (draft, _) = Workshop::default().read(&Source::new(name, text), &[]);
            for formula in formulas(&draft.expect("the national cards are sound")) {
                let tables = formula.parameters().iter();
                let tables: Vec<Rows> = tables.map(|table| twenty(&formula, table)).collect();
                assert!(formula.value(&tables).value.is_ok(), "{}", formula.text());
                measures += 1;
            }
        }
        assert_eq!(measures, crate::national::COUNTS.0);
        // Of caseloads one and two, of hours one, of supervision two, of appraisals one.
        assert_eq!((WORKED_OUT.get(), LEFT.get()), (7, (0, 0)));
    });
}

#[test]
fn what_is_not_understood_is_called_once_for_each_different_row_and_no_oftener() {
    on_deep_stack(|| {
        let mut author = Author::seeded(3);
        let table = author.table(600);
        // Nine different values, a gap among them for each of five reasons; three words and a gap.
        for (text, most) in [
            ("|t| t.count(|r| { let two = 2; r.a > two })", 13),
            (
                "|t| t.count(|r| { let two = 2; r.a > two and r.words == \"east\" })",
                13 * 8,
            ),
            (
                "|t| t.sum(|r| { let n = 0; if r.words == \"east\" { n = r.a; } n })",
                8 + 13,
            ),
            // One value a row: nothing is alike.
            ("|t| t.count(|r| { let two = 2; r.b > two })", 600),
            (
                "|t| { let l = [2]; t.count(|r| { let m = l[0]; r.a > m }) }",
                13,
            ),
            ("|t| { let n = 4; t.count(|r| { let m = n; r.a > m }) }", 13),
            ("|t| t.count(|r| { let two = 2; two > 1 })", 600),
        ] {
            let formula = &read(&[text.to_owned()])[0];
            LEFT.set((0, 0));
            let by_kind = formula.value_with_contributions(&[Rows::all(&table)]);
            let (closures, calls) = LEFT.get();
            assert!((1, most) == (closures, calls.max(most)), "{text}: {calls}");
            assert!(most < 600 || calls == 600, "{text}: {calls}");
            let by_row = with_rhai_alone(|| formula.value_with_contributions(&[Rows::all(&table)]));
            assert_eq!(told(by_kind), told(by_row), "{text}");
        }
    });
}

#[test]
fn a_formula_tells_whether_rhai_is_called_for_each_row() {
    let each_row = "|t| t.only(|r| r.a > 1).count(|r| { let two = 2; r.a > two })";
    for (text, called) in [
        ("|t| t.count(|r| r.a > 2 and r.words == \"east\")", false),
        (
            "|t| { let few = t.only(|r| r.a < 2); few.sum(\"a\") }",
            false,
        ),
        (
            "|t| [1.0, 2.0].filter(|x| x > 1.0).len() + t.count()",
            false,
        ),
        (each_row, true),
        ("|t| t.sum(|r| abs(r.a))", true),
    ] {
        let formula = &read(&[text.to_owned()])[0];
        assert_eq!(formula.is_called_for_each_row_of("t"), called, "{text}");
        assert!(!formula.is_called_for_each_row_of("u"));
    }
}
