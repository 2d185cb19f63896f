//! A sound check in, its difference from the national cards out: what `healthcheck diff`
//! shows. It is worked out from what the check holds, never from a declaration.

use crate::check::{Definition, HealthCheck, Item, Kind, Measure, Question};
use crate::data::{ColumnSpec, From, TableSpec, says};
use crate::disclose;
use crate::national::{EDITION, StandardId};
use crate::publication::Tailoring;
use crate::source::Place;
use serde::Serialize;

/// How one council's check differs from the nation's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The council's name.
    pub council: String,
    /// The edition of the national core that it is compared with.
    pub edition: String,
    /// The national items that the council touched, in national order.
    pub items: Vec<ItemDifference>,
    /// Items of the council's own.
    pub local_items: Vec<Addition>,
    /// Standards of the council's own.
    pub local_standards: Vec<Addition>,
    /// What weighs other than 1 in the local score, and local ways to a score.
    pub local_scoring: Vec<Line>,
    /// How the files are read, where the card of a table says.
    pub tables: Vec<TableDifference>,
    /// How many items of each standard compare.
    pub coverage: Vec<Coverage>,
    /// The same in plain English.
    pub tailoring: Tailoring,
}

/// A national item that the council touched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemDifference {
    /// Its id.
    pub id: String,
    /// Its standard's id.
    pub standard: String,
    /// `identical`, `complies`, `omitted` or `not comparable`.
    pub comparability: String,
    /// Why; empty where it is identical.
    pub reasons: Vec<String>,
    /// What is different, key by key: the nation's lines before the council's.
    pub lines: Vec<Line>,
}

/// One line of a difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// `-` as the nation has it, `+` as the council has it.
    pub sign: char,
    /// `ask`, `answers`, `formula`, …
    pub key: String,
    /// What stands there.
    pub text: String,
}

/// Something of the council's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Addition {
    /// Its id.
    pub id: String,
    /// The standard it belongs to; empty for a standard.
    pub standard: String,
    /// `measure`, `question`, `statement` or `standard`.
    pub kind: String,
    /// Its wording or title.
    pub title: String,
}

/// How one file is read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableDifference {
    /// `workers`, `workforce`, `survey`, or a local table.
    pub id: String,
    /// A line for the columns under other names, one for each code and one for the words for no
    /// answer.
    pub lines: Vec<Line>,
}

/// How many of a standard's items compare.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// The standard's id.
    pub standard: String,
    /// Its title.
    pub title: String,
    /// Items that are identical or comply.
    pub comparable: usize,
    /// National items of the standard.
    pub of: usize,
}

/// The difference of a check from the national cards.
pub fn difference(check: &HealthCheck) -> Difference {
    let tables = check.tables().iter().map(|table| TableDifference {
        id: table.id.clone(),
        lines: reading(table),
    });
    let coverage = |standard: StandardId| {
        let items = || {
            let all = check.items().iter();
            all.filter(move |item| item.national.is_some() && item.standard == standard.id())
        };
        Coverage {
            standard: standard.id().into(),
            title: standard.title().into(),
            comparable: items().filter(|item| item.counts_nationally()).count(),
            of: items().count(),
        }
    };
    let (local_items, local_standards) = additions(check);
    Difference {
        council: check.council().name.clone(),
        edition: EDITION.into(),
        items: check.items().iter().filter_map(touched).collect(),
        local_items,
        local_standards,
        local_scoring: local_scoring(check),
        tables: tables.filter(|table| !table.lines.is_empty()).collect(),
        coverage: StandardId::ALL.map(coverage).into(),
        tailoring: disclose::tailoring(check, &|_| true),
    }
}

fn additions(check: &HealthCheck) -> (Vec<Addition>, Vec<Addition>) {
    let items = check.items().iter().filter(|item| item.national.is_none());
    let standards = check.standards().iter();
    let standards = standards.filter(|standard| standard.national.is_none());
    (
        items
            .map(|item| Addition {
                id: item.id.clone(),
                standard: item.standard.clone(),
                kind: item.local.kind.word().into(),
                title: item.local.ask.clone(),
            })
            .collect(),
        standards
            .map(|standard| Addition {
                id: standard.id.clone(),
                standard: String::new(),
                kind: "standard".into(),
                title: standard.title.clone(),
            })
            .collect(),
    )
}

/// A national item with what the council changed, if it changed anything.
fn touched(item: &Item) -> Option<ItemDifference> {
    let national = item.national.as_ref()?;
    let mut lines = Lines::default();
    definition(national, &item.local, &mut lines);
    if let Some(omission) = &item.omission {
        let review_by = omission.review_by;
        lines.gains(
            "left out",
            format!("{}; to be reviewed by {review_by}", omission.reason),
        );
    }
    if item.weight != 1.0 {
        lines.turns("weight", "1", &item.weight.to_string());
    }
    if let Some(target) = item.target {
        lines.gains("target", target.words());
    }
    if let Some(advice) = &item.advice {
        lines.gains("advice", advice.clone());
    }
    let known = crate::validate::national();
    let nations_note = known.iter().find(|known| known.id == item.id);
    if item.note != nations_note.and_then(|known| known.note.clone()) {
        let note = item.note.clone().unwrap_or_default();
        lines.gains("note", note);
    }
    let untouched = lines.0.is_empty() && item.comparability.reasons.is_empty();
    (!untouched).then(|| ItemDifference {
        id: item.id.clone(),
        standard: item.standard.clone(),
        comparability: item.comparability.kind.words().into(),
        reasons: item.comparability.reasons.clone(),
        lines: lines.0,
    })
}

fn definition(national: &Definition, local: &Definition, lines: &mut Lines) {
    lines.turns("ask", &national.ask, &local.ask);
    match (&national.kind, &local.kind) {
        (Kind::Question(theirs), Kind::Question(ours)) => question(theirs, ours, lines),
        (Kind::Measure(theirs), Kind::Measure(ours)) => measure(theirs, ours, lines),
        _ => {}
    }
}

fn question(theirs: &Question, ours: &Question, lines: &mut Lines) {
    let listed = |answers: &[String]| answers.join(" | ");
    lines.turns("answers", &listed(&theirs.answers), &listed(&ours.answers));
    lines.turns(
        "not scored",
        &listed(&theirs.unscored),
        &listed(&ours.unscored),
    );
    lines.turns(
        "reverse",
        &theirs.reverse.to_string(),
        &ours.reverse.to_string(),
    );
    lines.turns(
        "hint",
        theirs.hint.as_deref().unwrap_or_default(),
        ours.hint.as_deref().unwrap_or_default(),
    );
}

fn measure(theirs: &Measure, ours: &Measure, lines: &mut Lines) {
    lines.turns("unit", &theirs.unit, &ours.unit);
    lines.turns("formula", theirs.value.text(), ours.value.text());
    lines.turns("best", &theirs.best.to_string(), &ours.best.to_string());
    lines.turns("worst", &theirs.worst.to_string(), &ours.worst.to_string());
    let score = ours.score.as_ref().map_or("", |formula| formula.text());
    lines.turns("score", "", score);
}

/// Weights and ways to a score of standards and of the whole; those of national items stand
/// with the item.
fn local_scoring(check: &HealthCheck) -> Vec<Line> {
    let mut lines = Lines::default();
    let items = check.items().iter().filter(|item| item.national.is_none());
    let weights = check
        .standards()
        .iter()
        .map(|standard| (&standard.id, standard.weight))
        .chain(items.map(|item| (&item.id, item.weight)));
    for (id, weight) in weights.filter(|(_, weight)| *weight != 1.0) {
        lines.turns(&format!("weight of {id}"), "1", &weight.to_string());
    }
    for standard in check.standards() {
        if let Some(formula) = &standard.score {
            lines.gains(&format!("score of {}", standard.id), formula.text().into());
        }
    }
    if let Some(formula) = &check.overall().score {
        lines.gains("overall score", formula.text().into());
    }
    for (words, from) in &check.overall().bands {
        lines.gains("band", format!("{words} from {from}"));
    }
    lines.0
}

/// What is written once is told once: headers in a line, questions that are read from their
/// own wording as a number, and a code of all questions by the word that the script has for it.
fn reading(table: &TableSpec) -> Vec<Line> {
    let mut lines = Lines::default();
    let by_wording = |column: &ColumnSpec, header: &str| {
        let wording = column.wording.as_deref();
        wording.is_some_and(|wording| says(header, wording))
    };
    let (mut headed, mut worded) = (Vec::new(), 0_usize);
    for column in &table.columns {
        match &column.from {
            From::Header(header) if by_wording(column, header) => worded += 1,
            From::Header(header) => headed.push(format!("{} “{header}”", column.name)),
            From::SameName | From::Number(_) | From::Words(_) => {}
        }
    }
    if !headed.is_empty() {
        lines.gains("columns under the file's headers", headed.join(", "));
    }
    if worded > 0 {
        let is = if worded == 1 {
            "column is"
        } else {
            "columns are"
        };
        lines.gains(
            "questions",
            format!("{worded} {is} headed with the wording"),
        );
    }
    for column in &table.columns {
        match &column.from {
            From::Number(number) => lines.gains(&column.name, format!("{number} in every row")),
            From::Words(words) => lines.gains(&column.name, format!("“{words}” in every row")),
            From::Header(_) | From::SameName => {}
        }
    }
    let mut told: Vec<&Place> = Vec::new();
    for column in &table.columns {
        for (local, national) in &column.codes {
            if told.contains(&&local.place) {
                continue;
            }
            told.push(&local.place);
            let same = |other: &&ColumnSpec| {
                let mut codes = other.codes.iter();
                codes.any(|(code, _)| code.place == local.place)
            };
            let shared = table.columns.iter().filter(same).count() > 1;
            let key = if shared { "all answers" } else { &column.name };
            let words = format!("“{}” means “{}”", local.value, national.value);
            lines.gains(key, words);
        }
    }
    if !table.missing.is_empty() {
        lines.gains("no answer", format!("“{}”", table.missing.join("”, “")));
    }
    lines.0
}

#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn push(&mut self, sign: char, key: &str, text: &str) {
        self.0.push(Line {
            sign,
            key: key.to_owned(),
            text: text.to_owned(),
        });
    }

    /// The nation has this and the council that; nothing where they say the same, and no
    /// line where one of them says nothing.
    fn turns(&mut self, key: &str, theirs: &str, ours: &str) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words(theirs) == words(ours) {
            return;
        }
        for (sign, text) in [('-', theirs), ('+', ours)] {
            if !text.is_empty() {
                self.push(sign, key, text);
            }
        }
    }

    fn gains(&mut self, key: &str, text: String) {
        self.push('+', key, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Workshop;
    use crate::source::Source;

    const COUNCIL: &str = r#"council("Sandbourne", #{
        code: "E1", as_of: "2026-09-30", services: ["children"], asked: #{ children: 40 },
    });
    "#;

    fn of(cards: &str) -> Difference {
        let text = format!("{COUNCIL}{cards}");
        let source = Source::new("check.rhai", text.as_str());
        let check = crate::validate::check(&source, &[], &Workshop::default());
        difference(
            &check
                .unwrap_or_else(|faults| panic!("{faults}"))
                .into_inner(),
        )
    }

    fn lines(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| format!("{} {}: {}", line.sign, line.key, line.text))
            .collect()
    }

    #[test]
    fn a_council_that_changes_nothing_differs_in_nothing() {
        let found = of("");
        assert_eq!(found.items, []);
        assert_eq!(found.local_items, []);
        assert_eq!(found.tables, []);
        let counts: Vec<_> = found
            .coverage
            .iter()
            .map(|c| (c.comparable, c.of))
            .collect();
        assert_eq!(counts, [(8, 8), (7, 7), (7, 7), (7, 7), (5, 5), (5, 5)]);
        assert_eq!(
            found.tailoring.sentences,
            ["Nothing is changed, added or left out."]
        );
    }

    #[test]
    fn each_key_that_differs_stands_as_the_nation_and_as_the_council_has_it() {
        let found = of(r#"
            measure("vacancy-rate", #{ worst: 25, weight: 3, target: at_most(8) });
            question("cover", #{ ask: "My work is covered", hint: "Leave too",
                answers: #{ unscored: ["don't know"] } });
            omit("research-service", #{ reason: "Being tendered", review_by: "2027-03-31" });
        "#);
        let item = |id: &str| {
            let item = found.items.iter().find(|item| item.id == id);
            item.expect("the item is touched")
        };
        assert_eq!(found.items.len(), 3);
        assert_eq!(
            lines(&item("vacancy-rate").lines),
            [
                "- worst: 30",
                "+ worst: 25",
                "- weight: 1",
                "+ weight: 3",
                "+ target: at most 8"
            ]
        );
        assert_eq!(
            lines(&item("cover").lines),
            [
                "- ask: When a colleague is away, their work is covered",
                "+ ask: My work is covered",
                "- not scored: not applicable | prefer not to say",
                "+ not scored: not applicable | prefer not to say | don't know",
                "+ hint: Leave too",
            ]
        );
        assert_eq!(item("cover").comparability, "not comparable");
        assert_eq!(
            lines(&item("research-service").lines),
            ["+ left out: Being tendered; to be reviewed by 2027-03-31"]
        );
        let staffing = &found.coverage[3];
        assert_eq!((staffing.comparable, staffing.of), (6, 7));
    }

    #[test]
    fn what_a_script_says_once_of_all_questions_is_told_once() {
        let found = of(r#"
            table("survey", #{ file: "s.csv", columns: #{ team: "Which team?",
                "cover": "12. When a colleague is away, their work is covered",
                "case-system": "Our case recording system supports my work" },
                codes: #{ answers: #{ "Neither agree nor disagree": "neither" } } });
        "#);
        assert_eq!(
            lines(&found.tables[0].lines),
            [
                "+ columns under the file's headers: team “Which team?”",
                "+ questions: 2 columns are headed with the wording",
                "+ all answers: “Neither agree nor disagree” means “neither”",
            ]
        );
    }

    #[test]
    fn how_the_files_are_read_is_part_of_the_difference() {
        let found = of(r#"
            table("workers", #{ file: "w.csv", columns: #{ cases: "Open", ceiling: 18 },
                codes: #{ service: #{ "CSC": "children" } }, missing: ["-"] });
        "#);
        assert_eq!(
            lines(&found.tables[0].lines),
            [
                "+ columns under the file's headers: cases “Open”",
                "+ ceiling: 18 in every row",
                "+ service: “CSC” means “children”",
                "+ no answer: “-”",
            ]
        );
    }
}
