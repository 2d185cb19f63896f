//! Every row of the table of what people do and what they are told: the slip, the code,
//! the line and column underlined, and a phrase that must be said.

use super::cases::told_of_script;
use healthcheck::diagnostic::{Code, Diagnostics};

/// Nine lines; a slip begins at line 10.
pub const COUNCIL: &str = r#"council("Sandbourne", #{
    code:     "E06999903",
    as_of:    "2026-09-30",
    services: ["children"],
    lead:     #{ post: "Principal Social Worker", social_work_qualified: true },
});
consulted("UNISON", #{ on: "2026-09-04", how: "workload group", agreed: true });
table("survey", #{ file: "data/survey.csv" });
table("workers", #{ file: "data/workers.csv" });
"#;

pub fn told(cards: &str) -> Diagnostics {
    let text = format!("{COUNCIL}{cards}");
    told_of_script("scripts/bad/check.rhai", &text, &[])
}

/// A measure whose formula is at line 14, column 12.
pub fn formula(value: &str) -> String {
    format!(
        "measure(\"over-our-ceiling\", #{{
    standard: \"caseload\",
    ask:     \"Practitioners over our ceiling\",
    unit:    \"%\",
    value:  {value},
    best:    0,
    worst:   40,
}});
"
    )
}

/// What the author wrote, what is told, where, and a phrase of it.
struct Row {
    wrote: &'static str,
    cards: String,
    code: Code,
    at: (usize, usize),
    underlined: &'static str,
    says: &'static str,
}

fn row(
    wrote: &'static str,
    cards: impl Into<String>,
    code: Code,
    at: (usize, usize),
    underlined: &'static str,
    says: &'static str,
) -> Row {
    Row {
        wrote,
        cards: cards.into(),
        code,
        at,
        underlined,
        says,
    }
}

fn pen() -> Vec<Row> {
    vec![
        row(
            "forgot a comma",
            "standard(\"caseload\", #{\n    weight: 3\n    note:   \"Ours\",\n});\n",
            Code::MissingComma,
            (11, 13),
            "3",
            "a comma is missing at the end of line 11",
        ),
        row(
            "forgot a comma before a quoted key",
            "table(\"workforce\", #{\n    file: \"w.csv\",\n    columns: #{\n        team: \"T\"\n        \"in_post_fte\": \"FTE\",\n    },\n});\n",
            Code::MissingComma,
            (13, 17),
            "\"",
            "help: team: \"T\",",
        ),
        row(
            "forgot `;`",
            "standard(\"caseload\", #{\n    weight: 3,\n})\nstandard(\"welfare\", #{ weight: 2 });\n",
            Code::MissingSemicolon,
            (12, 2),
            ")",
            "the card that ends on line 12 needs `;`",
        ),
        row(
            "pasted curly quotes",
            "standard(“caseload”, #{ weight: 3 });\n",
            Code::CurlyQuotes,
            (10, 10),
            "“caseload”",
            "use straight quotes `\"`",
        ),
        row(
            "used single quotes",
            "standard('caseload', #{ weight: 3 });\n",
            Code::SingleQuotes,
            (10, 10),
            "'caseload'",
            "text goes in double quotes",
        ),
        row(
            "wrote `///` above a card",
            "/// Ours.\nstandard(\"caseload\", #{ weight: 3 });\n",
            Code::DocComment,
            (10, 1),
            "///",
            "write `//`",
        ),
        row(
            "wrote `a = 1` in a card",
            "standard(\"caseload\", #{ weight = 3 });\n",
            Code::EqualsInCard,
            (10, 32),
            "=",
            "write `weight: 3`",
        ),
        row(
            "wrote `{ … }` without `#`",
            "standard(\"caseload\", { weight: 3 });\n",
            Code::CardWithoutHash,
            (10, 22),
            "{",
            "a card is written `#{ … }`",
        ),
        row(
            "wrote `5%`",
            "measure(\"caseload-per-fte\", #{ best: 5% });\n",
            Code::UnitInNumber,
            (10, 38),
            "5%",
            "write `5`",
        ),
        row(
            "wrote `80%` in a formula",
            formula("|workers| workers.share(|w| w.fte < 80%)"),
            Code::UnitInNumber,
            (14, 49),
            "80%",
            "write `0.8` for a part of one, as of full time, or `80` beside a share",
        ),
        row(
            "wrote `.5`",
            formula("|workers| workers.share(|w| w.cases > .5 * w.fte)"),
            Code::Syntax,
            (14, 51),
            ".5",
            "write `0.5`",
        ),
        row(
            "took days from one another",
            formula("|workers| workers.share(|w| \"2026-09-30\" - w.cases < 90)"),
            Code::WrongKind,
            (14, 41),
            "\"2026-09-30\" -",
            "compare the day itself",
        ),
        row(
            "asked for today",
            formula("|workers| workers.share(|w| w.cases > today() - 90)"),
            Code::OtherLanguage,
            (14, 51),
            "today",
            "write the day that you mean",
        ),
        row(
            "copied `&gt;` from a page",
            formula("|workers| workers.share(|w| w.cases &gt; 20)"),
            Code::OtherLanguage,
            (14, 49),
            "&gt;",
            "write `>`",
        ),
        row(
            "chose as in C",
            formula("|workers| workers.count() > 5 ? 1 : 0"),
            Code::OtherLanguage,
            (14, 23),
            "workers.count() > 5 ? 1 : 0",
            "if workers.count() > 5 { 1 } else { 0 }",
        ),
        row(
            "asked whether a value equals nothing",
            formula("|workers| workers.share(|w| w.hours_worked == ())"),
            Code::OtherLanguage,
            (14, 56),
            "== ()",
            "is_missing(w.hours_worked)",
        ),
        row(
            "asked as in SQL",
            formula("|workers| workers.share(|w| w.role LIKE \"Senior\")"),
            Code::OtherLanguage,
            (14, 48),
            "LIKE",
            "write `w.team.contains(\"…\")`",
        ),
        row(
            "wrote `=<`",
            formula("|workers| workers.share(|w| w.cases =< 20)"),
            Code::OtherLanguage,
            (14, 49),
            "=<",
            "write `<=`",
        ),
        row(
            "compared an answer with a number",
            formula("|survey| survey.share(|s| s.cover >= 4)"),
            Code::UnknownAnswer,
            (14, 50),
            "4",
            "s.cover in [\"agree\", \"strongly agree\"]",
        ),
        row(
            "compared yes or no with 1",
            formula("|workers| workers.share(|w| w.agency == 1)"),
            Code::UnknownWord,
            (14, 53),
            "1",
            "did you mean \"yes\"?",
        ),
        row(
            "listed answers in no order",
            "question(\"own-q\", #{ standard: \"welfare\", ask: \"A\", answers: [\"strongly disagree\", \"agree\", \"neither\", \"disagree\", \"strongly agree\"] });\n",
            Code::AnswersUnordered,
            (10, 93),
            "\"neither\"",
            "“agree” stands before “neither”",
        ),
        row(
            "scored an answer that is never scored",
            "question(\"own-q\", #{ standard: \"welfare\", ask: \"A\", answers: [\"not applicable\", \"never\", \"often\", \"always\"] });\n",
            Code::AnswersOutOfLine,
            (10, 63),
            "\"not applicable\"",
            "counted and never scored",
        ),
        row(
            "scored an answer and did not",
            "question(\"own-q\", #{ standard: \"welfare\", ask: \"A\", answers: #{ scored: [\"never\", \"often\", \"always\"], unscored: [\"Often\"] } });\n",
            Code::AnswersOutOfLine,
            (10, 83),
            "\"often\"",
            "among those that are not",
        ),
        row(
            "turned the answers round twice",
            "question(\"own-q\", #{ standard: \"welfare\", ask: \"A\", answers: [\"always\", \"often\", \"never\"], reverse: true });\n",
            Code::AnswersHighestFirst,
            (10, 63),
            "\"always\"",
            "here \"never\" would score 0 and \"always\" 100",
        ),
        row(
            "wrote a formula as in Python",
            formula("lambda workers: workers.count()"),
            Code::OtherLanguage,
            (14, 13),
            "lambda workers:",
            "here it is `|workers|`",
        ),
        row(
            "asked for a table that the formula does not name",
            formula("|workers| percent(workforce.count(), workers.count())"),
            Code::UnknownName,
            (14, 31),
            "workforce",
            "begin the formula with `|workers, workforce|`",
        ),
        row(
            "asked for a range",
            formula("|workers| workers.share(|w| w.cases in 10..20)"),
            Code::OtherLanguage,
            (14, 41),
            "w.cases in 10..20",
            "write `w.cases >= 10 and w.cases < 20`",
        ),
        row(
            "named a table without quotes below a formula",
            formula("|survey| survey.count()")
                + "breakdown(\"post\", #{ tables: [workers], by: \"role\" });\n",
            Code::UnquotedWord,
            (18, 31),
            "workers",
            "write `\"workers\"`",
        ),
        row(
            "chose as in Python",
            formula("|workers| 1 if workers.count() > 5 else 0"),
            Code::OtherLanguage,
            (14, 23),
            "1 if workers.count() > 5 else 0",
            "if workers.count() > 5 { 1 } else { 0 }",
        ),
        row(
            "chose without braces",
            formula("|workers| { if (workers.count() > 5) return 1; 0 }"),
            Code::OtherLanguage,
            (14, 25),
            "if (workers.count() > 5) return 1",
            "if workers.count() > 5 { return 1 }",
        ),
        row(
            "chose as in R",
            formula("|workers| ifelse(workers.count() > 5, 1, 0)"),
            Code::OtherLanguage,
            (14, 23),
            "ifelse(workers.count() > 5, 1, 0)",
            "write `if workers.count() > 5 { 1 } else { 0 }`",
        ),
        row(
            "compared with `None`",
            formula("|workers| workers.share(|w| w.cases != None)"),
            Code::UnquotedWord,
            (14, 52),
            "None",
            "is_missing",
        ),
        row(
            "wrote a function with a hyphen",
            "measure(\"caseload-per-fte\", #{ target: at-most(16) });\n",
            Code::HyphenatedName,
            (10, 40),
            "at-most",
            "write `at_most`",
        ),
        row(
            "closed a bracket too many at the end of a card",
            "standard(\"caseload\", #{ weight: 3 }));\n",
            Code::Syntax,
            (10, 36),
            ")",
            "one too many: take it out",
        ),
        row(
            "closed a brace too many at the end of a card",
            "standard(\"caseload\", #{ weight: 3 }});\n",
            Code::Syntax,
            (10, 36),
            "}",
            "one too many: take it out",
        ),
        row(
            "closed a bracket too many at the end of a formula",
            formula("|workers| workers.share(|w| w.cases > 20))"),
            Code::Syntax,
            (14, 54),
            ")",
            "one too many: take it out",
        ),
        row(
            "listed texts without brackets",
            "breakdown(\"role\", #{ tables: \"workers\", \"survey\", by: \"role\" });\n",
            Code::OtherLanguage,
            (10, 30),
            "\"workers\", \"survey\"",
            "write `[\"workers\", \"survey\"]`",
        ),
        row(
            "listed texts in round brackets",
            "breakdown(\"role\", #{ tables: (\"workers\", \"survey\"), by: \"role\" });\n",
            Code::OtherLanguage,
            (10, 30),
            "(\"workers\", \"survey\")",
            "write `[\"workers\", \"survey\"]`",
        ),
        row(
            "named a standard where an item belongs",
            "omit(\"research\", #{ reason: \"Asked elsewhere\", review_by: \"2027-05-31\" });\n",
            Code::UnknownItem,
            (10, 6),
            "\"research\"",
            "is a standard, and no item",
        ),
        row(
            "wrote `£5`",
            "measure(\"caseload-per-fte\", #{ best: £5 });\n",
            Code::UnitInNumber,
            (10, 38),
            "£5",
            "a number stands alone",
        ),
        row(
            "wrote `1,000`",
            "measure(\"caseload-per-fte\", #{ worst: 1,000 });\n",
            Code::UnitInNumber,
            (10, 39),
            "1,000",
            "write `1000`",
        ),
        row(
            "wrote a key with a hyphen",
            "measure(\"caseload-per-fte\", #{ green-limit: 16 });\n",
            Code::HyphenInKey,
            (10, 32),
            "green-limit",
            "a key has no hyphen",
        ),
        row(
            "wrote `yes`",
            "answer(\"ceiling-reviewed\", #{ says: yes, on: \"2026-03-18\", evidence: \"Minutes\" });\n",
            Code::UnquotedWord,
            (10, 37),
            "yes",
            "write `\"yes\"`",
        ),
        row(
            "wrote `True`",
            "question(\"cover\", #{ reverse: True });\n",
            Code::UnquotedWord,
            (10, 31),
            "True",
            "write `true`",
        ),
        row(
            "wrote `None`",
            "question(\"cover\", #{ hint: None });\n",
            Code::UnquotedWord,
            (10, 28),
            "None",
            "leave the key out",
        ),
        row(
            "wrote `until:`",
            "omit(\"cover\", #{ reason: \"Not asked yet\", until: \"2027-05-31\" });\n",
            Code::ReservedWord,
            (10, 43),
            "until",
            "the key here is `review_by`",
        ),
        row(
            "lost a whole `});`",
            "standard(\"caseload\", #{\n    weight: 3,\n\nstandard(\"welfare\", #{ weight: 2 });\n",
            Code::UnclosedCard,
            (11, 14),
            ",",
            "the card that begins at line 10 is not closed with `});`",
        ),
        row(
            "wrote a date without quotes",
            "answer(\"ceiling-reviewed\", #{ says: \"yes\", on: 2026-04-01, evidence: \"Minutes\" });\n",
            Code::UnquotedDate,
            (10, 48),
            "2026-04-01",
            "a date goes in quotes",
        ),
        row(
            "wrote one letter in single quotes as a value",
            "question(\"cover\", #{ hint: 'A' });\n",
            Code::SingleQuotes,
            (10, 28),
            "'A'",
            "text goes in double quotes",
        ),
        row(
            "wrote one letter in single quotes as an id",
            "question('A', #{ hint: \"Cover\" });\n",
            Code::SingleQuotes,
            (10, 10),
            "'A'",
            "help: \"A\"",
        ),
        row(
            "misspelt a card",
            "standrad(\"caseload\", #{ weight: 3 });\n",
            Code::UnknownVerb,
            (10, 1),
            "standrad",
            "did you mean `standard`?",
        ),
    ]
}

fn formulas() -> Vec<Row> {
    vec![
        row(
            "wrote `x => …`",
            formula("workers => workers.count()"),
            Code::OtherLanguage,
            (14, 13),
            "workers =>",
            "here it is `|workers|`",
        ),
        row(
            "wrote `elif`",
            formula(
                "|workers| if workers.count() > 9 { 1 } elif workers.count() > 5 { 2 } else { 3 }",
            ),
            Code::OtherLanguage,
            (14, 52),
            "elif",
            "here it is `else if`",
        ),
        row(
            "wrote `def`",
            "def ours(x) { x }\n",
            Code::OtherLanguage,
            (10, 1),
            "def",
            "here it is `fn`",
        ),
        row(
            "divided two whole numbers",
            formula("|workers| workers.count() + 7 / 2"),
            Code::WholeDivision,
            (14, 41),
            "7 / 2",
            "write `7.0 / 2`",
        ),
        row(
            "misspelt a column of a row",
            formula("|workers| workers.share(|w| w.caes > 18)"),
            Code::UnknownColumn,
            (14, 43),
            "caes",
            "did you mean `cases`?",
        ),
        row(
            "misspelt a field of a result",
            "standard(\"caseload\", #{ score: |results| results[\"caseload-per-fte\"].vlaue });\n",
            Code::UnknownField,
            (10, 70),
            "vlaue",
            "did you mean `value`?",
        ),
        row(
            "misspelt a function",
            formula("|workers| workers.maen(\"cases\")"),
            Code::UnknownFunction,
            (14, 31),
            "maen",
            "did you mean `mean`?",
        ),
        row(
            "wrote `not x == \"no\"`",
            formula("|workers| workers.share(|w| not w.agency == \"no\")"),
            Code::NotBindsTight,
            (14, 41),
            "not",
            "write `w.agency != \"no\"` or `not (w.agency == \"no\")`",
        ),
        row(
            "wrote `s.caseload-manageable`",
            formula("|survey| survey.share(|s| s.caseload-manageable == \"agree\")"),
            Code::HyphenatedName,
            (14, 39),
            "s.caseload-manageable",
            "write `s[\"caseload-manageable\"]`",
        ),
        row(
            "wrote `switch`",
            formula("|workers| switch workers.count() { 2 => 1, _ => 0 }"),
            Code::NotInLanguage,
            (14, 23),
            "switch",
            "write `if",
        ),
        row(
            "gave a function of its own a name of ours",
            "fn percent(x) { x }\n",
            Code::NameTaken,
            (10, 4),
            "percent",
            "choose another name",
        ),
    ]
}

#[test]
fn every_row_of_the_table_of_slips_is_told_at_its_place_in_our_words() {
    let mut complaints = Vec::new();
    for row in pen().into_iter().chain(formulas()) {
        let found = told(&row.cards);
        let Some(fault) = found.iter().next() else {
            complaints.push(format!("{}: nothing is told", row.wrote));
            continue;
        };
        let place = &fault.place;
        let at = place.source.line_and_column(place.span.start);
        let as_promised = found.iter().count() == 1
            && fault.code == row.code
            && at == row.at
            && place.text() == row.underlined
            && found.to_string().contains(row.says);
        if !as_promised {
            complaints.push(format!(
                "{}: `{}` at {:?} under `{}`, saying `{}`, was promised; told is, under `{}`:\n{found}",
                row.wrote,
                row.code.name(),
                row.at,
                row.underlined,
                row.says,
                place.text(),
            ));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
