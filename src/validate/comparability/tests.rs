//! Known cases of tailoring, and proof that each rule is needed as it stands.

use super::{Case, Comparability, Effect, RULES, Rule, asked, columns, verdict};
use crate::check::ComparabilityKind::{self, Complies, Identical, NotComparable};
use crate::check::HealthCheck;
use crate::national::AWARENESS;
use crate::script::Workshop;
use crate::source::Source;

const COUNCIL: &str = r#"council("Sandbourne", #{
    code: "E1", as_of: "2026-09-30", services: ["children"], asked: #{ children: 40 },
});
"#;

/// A council's cards, an item, its word, and the reasons in order.
struct Known {
    cards: &'static str,
    item: &'static str,
    kind: ComparabilityKind,
    reasons: &'static [&'static str],
}

const fn known(
    cards: &'static str,
    item: &'static str,
    kind: ComparabilityKind,
    reasons: &'static [&'static str],
) -> Known {
    Known {
        cards,
        item,
        kind,
        reasons,
    }
}

const OTHER_FORMULA: &str =
    "its local figure has the council's own formula; the national score keeps the nation's";
const LOOSER: &str =
    "its local anchors are looser than the nation's; the national score keeps the nation's";
const STRICTER: &str = "its local anchors are stricter than the nation's";
const OUT_OF_ORDER: &str = "its numbered answers are not read in order, one number for each";

#[rustfmt::skip]
const CASES: &[Known] = &[
    // A card that changes nothing that counts.
    known(r#"measure("vacancy-rate", #{ target: at_most(8), weight: 5, advice: "Act", note: "Ours" });"#, "vacancy-rate", Identical, &[]),
    known(r#"question("cover", #{ column: "Q12", weight: 2 });"#, "cover", Identical, &[]),
    known(r#"statement("lone-working", #{ weight: 2 });"#, "lone-working", Identical, &[]),
    known(r#"measure("vacancy-rate", #{ ask: "Vacant  posts" });"#, "vacancy-rate", Identical, &[]),
    known(r#"measure("vacancy-rate", #{ ask: "Posts with nobody in them" });"#, "vacancy-rate", Complies, &["it is described in the council's own words"]),
    // The item's own card.
    known(r#"question("cover", #{ ask: "My work is covered" });"#, "cover", NotComparable, &["its wording is changed"]),
    known(r#"statement("lone-working", #{ ask: "We think of lone working" });"#, "lone-working", NotComparable, &["its wording is changed"]),
    known(r#"question("cover", #{ reverse: true });"#, "cover", NotComparable, &["its answers are turned round"]),
    known(r#"question("cover", #{ reverse: false });"#, "cover", Identical, &[]),
    known(r#"question("cover", #{ answers: ["never", "seldom", "often", "always"] });"#, "cover", NotComparable, &["it has 4 scored answers, not 5"]),
    known(r#"question("cover", #{ answers: ["no", "neither", "yes"] });"#, "cover", NotComparable, &["it has 3 scored answers, not 5"]),
    known(r#"question("cover", #{ answers: ["1", "2", "3", "4", "5", "6"] });"#, "cover", NotComparable, &["it has 6 scored answers, not 5"]),
    known(r#"question("cover", #{ answers: ["never", "seldom", "at times", "often", "always"] });"#, "cover", Complies, &["its five answers are worded locally, one for one"]),
    known(r#"question("cover", #{ answers: ["Strongly disagree", "disagree", "neutral", "agree", "strongly agree"] });"#, "cover", Complies, &["its five answers are worded locally, one for one"]),
    known(r#"question("cover", #{ answers: ["strongly agree", "agree", "neither", "disagree", "strongly disagree"] });"#, "cover", NotComparable, &["the nation's answers stand in another order", "its five answers are worded locally, one for one"]),
    known(r#"question("cover", #{ answers: ["disagree", "neither", "agree", "strongly agree", "delighted"] });"#, "cover", NotComparable, &["the nation's answers stand in another order", "its five answers are worded locally, one for one"]),
    known(r#"question("cover", #{ answers: #{ unscored: ["don't know"] } });"#, "cover", Complies, &["answers that are not scored are added"]),
    known(r#"question("cover", #{ answers: #{ unscored: ["Disagree"] } });"#, "cover", NotComparable, &["it has 4 scored answers, not 5", "its answer “Disagree” is not scored", "answers that are not scored are added"]),
    known(r#"question("cover", #{ answers: #{ scored: ["strongly disagree", "disagree", "mixed", "agree", "strongly agree"], unscored: ["neither"] } });"#, "cover", NotComparable, &["its answer “neither” is not scored", "its five answers are worded locally, one for one", "answers that are not scored are added"]),
    known(r#"question("cover", #{ hint: "Think of leave." });"#, "cover", Complies, &["a hint is shown with it"]),
    known(r#"measure("vacancy-rate", #{ unit: "of posts" });"#, "vacancy-rate", Complies, &["its unit is worded locally"]),
    known(r#"measure("caseload-per-fte", #{ unit: "per cent" });"#, "caseload-per-fte", NotComparable, &["its unit is “per cent”, and the nation's “cases per FTE”", "its unit is worded locally"]),
    known(r#"measure("vacancy-rate", #{ value: |workforce| workforce.sum("vacancies_fte") });"#, "vacancy-rate", Complies, &[OTHER_FORMULA]),
    known(r#"measure("turnover-rate", #{ value: |workforce| percent(workforce.sum("leavers_fte"),   workforce.sum("in_post_fte")) });"#, "turnover-rate", Identical, &[]),
    // Anchors: less is better here (5 and 30) …
    known(r#"measure("vacancy-rate", #{ worst: 29.9 });"#, "vacancy-rate", Complies, &[STRICTER]),
    known(r#"measure("vacancy-rate", #{ best: 4.9 });"#, "vacancy-rate", Complies, &[STRICTER]),
    known(r#"measure("vacancy-rate", #{ best: 5, worst: 30 });"#, "vacancy-rate", Identical, &[]),
    known(r#"measure("vacancy-rate", #{ worst: 30.1 });"#, "vacancy-rate", Complies, &[LOOSER]),
    known(r#"measure("vacancy-rate", #{ best: 5.1 });"#, "vacancy-rate", Complies, &[LOOSER]),
    known(r#"measure("vacancy-rate", #{ best: 4, worst: 31 });"#, "vacancy-rate", Complies, &[LOOSER]),
    known(r#"measure("vacancy-rate", #{ best: 6, worst: 29 });"#, "vacancy-rate", Complies, &[LOOSER]),
    known(r#"measure("vacancy-rate", #{ value: |workforce| workforce.sum("vacancies_fte"), worst: 31 });"#, "vacancy-rate", Complies, &["its local figure has the council's own formula", LOOSER]),
    // … and more is better here (100 and 60).
    known(r#"measure("supervision-held", #{ worst: 61 });"#, "supervision-held", Complies, &[STRICTER]),
    known(r#"measure("supervision-held", #{ worst: 59 });"#, "supervision-held", Complies, &[LOOSER]),
    known(r#"measure("vacancy-rate", #{ score: |value| 100 - value });"#, "vacancy-rate", Complies, &["it has a local way from value to score; the national score keeps the nation's"]),
    // Columns under other names and codes, which say the same.
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "Q12", team: "Team" }, codes: #{ "cover": #{ "SA": "strongly agree", "A": "agree", "-": "neither", "D": "disagree", "SD": "strongly disagree" } }, missing: ["No reply", "99"] });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "1": "strongly agree", "2": "agree", "3": "neither", "4": "disagree", "5": "strongly disagree", "6": "not applicable" } }, missing: ["9"] });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "0": "strongly disagree", "1": "disagree", "2": "neither", "3": "agree", "4": "strongly agree" } }, missing: ["5"] });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "S. Agree": "strongly agree", "s agree": "strongly agree", "Strongly Agree": "strongly agree" } } });"#, "cover", Identical, &[]),
    known(r#"table("workers", #{ file: "w.csv", columns: #{ cases: "Open cases", service: always("children"), agency: always("no"), ceiling: 18 }, missing: ["99", "-1", "tbc"] });"#, "caseload-per-fte", Identical, &[]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ appraisal_current: #{ "Done": "yes", "Not done": "no", "Y": "yes" } } });"#, "appraisal-current", Identical, &[]),
    known(r#"table("workforce", #{ file: "w.csv", columns: #{ in_post_headcount: "Staff" } });"#, "vacancy-rate", Identical, &[]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ cases: #{ "7.0": "7" } } });"#, "caseload-per-fte", Identical, &[]),
    // A local question may read a column again; the nation's keeps its own.
    known(r#"question("cover-again", #{ standard: "staffing", ask: "Cover", column: "cover" }); table("survey", #{ file: "s.csv" });"#, "cover", Identical, &[]),
    // Columns that the script fills itself.
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": always("strongly agree") } });"#, "cover", NotComparable, &["its column “cover” is “strongly agree” in every row, as the script sets it"]),
    known(r#"table("workforce", #{ file: "w.csv", columns: #{ vacancies_fte: 0 } });"#, "vacancy-rate", NotComparable, &["its column “vacancies_fte” is 0 in every row, as the script sets it"]),
    known(r#"table("workers", #{ file: "w.csv", columns: #{ supervision_due: 1 } });"#, "supervision-held", NotComparable, &["its column “supervision_due” is 1 in every row, as the script sets it"]),
    known(r#"table("workers", #{ file: "w.csv", columns: #{ supervision_due: 1 } });"#, "caseload-per-fte", Identical, &[]),
    // Headers that ask something: what they say was asked, unless the council's card says what was.
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "12. When a colleague is away, their work is covered *" } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "Work covered in absence" } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "When I am away, my work is covered" } });"#, "cover", NotComparable, &["its wording is changed"]),
    known(r#"question("cover", #{ column: "When I am away, my work is covered" }); table("survey", #{ file: "s.csv" });"#, "cover", NotComparable, &["its wording is changed"]),
    known(r#"question("cover", #{ ask: "When I am away, my work is covered" }); table("survey", #{ file: "s.csv", columns: #{ "cover": "When I am away, is my work covered?" } });"#, "cover", NotComparable, &["its wording is changed"]),
    known(r#"question("cover", #{ ask: "When a colleague is away, their work is covered" }); table("survey", #{ file: "s.csv", columns: #{ "cover": "When I am away, my work is covered" } });"#, "cover", Complies, &["its column is headed “When I am away, my work is covered”, and the council says that the nation's wording was asked"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "aware-of-check": "Before today, did you know of this check?" } });"#, "aware-of-check", NotComparable, &["its wording is changed"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ team: "Which team do you work in at the moment?" } });"#, "cover", Identical, &[]),
    // Columns read from another's place.
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "Q1", "case-system": "Q1" } });"#, "cover", NotComparable, &["its column “cover” is read from that of “case-system”"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "Equipment" } });"#, "cover", NotComparable, &["its column “cover” is read from that of “equipment”"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "equipment", "equipment": "cover" } });"#, "cover", NotComparable, &["its column “cover” is read from that of “equipment”"]),
    known(r#"question("cover", #{ column: "equipment" }); table("survey", #{ file: "s.csv" });"#, "cover", NotComparable, &["its column “cover” is read from that of “equipment”"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "aware-of-check" } });"#, "cover", NotComparable, &["its column “cover” is read from that of “aware-of-check”"]),
    known(r#"table("workers", #{ file: "w.csv", columns: #{ supervision_due: "supervision_held" } });"#, "supervision-held", NotComparable, &["its column “supervision_due” is read from that of “supervision_held”"]),
    known(r#"table("workforce", #{ file: "w.csv", columns: #{ in_post_fte: "Staff", in_post_headcount: "Staff" } });"#, "vacancy-rate", NotComparable, &["its column “in_post_fte” is read from that of “in_post_headcount”"]),
    // Values read as others.
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "Disagree": "agree" } } });"#, "cover", NotComparable, &["“Disagree” is read as “agree”"]),
    // With a narrow space that is not broken, which the file's reader takes for a space.
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "strongly\u202fagree": "disagree" } } });"#, "cover", NotComparable, &["“strongly\u{202f}agree” is read as “disagree”"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "disagree": "prefer not to say" } } });"#, "cover", NotComparable, &["“disagree” is read as “prefer not to say”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ appraisal_current: #{ "N": "yes" } } });"#, "appraisal-current", NotComparable, &["“N” is read as “yes”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ appraisal_current: #{ "no": "not due" } } });"#, "appraisal-current", NotComparable, &["“no” is read as “not due”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ appraisal_current: #{ "yes": "yes" } } });"#, "appraisal-current", Identical, &[]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ appraisal_current: #{ "New starter": "not due" } } });"#, "appraisal-current", Complies, &["“New starter” in its column “appraisal_current” is read as “not due”"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "2": "strongly agree" } } });"#, "cover", NotComparable, &[OUT_OF_ORDER]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "1": "not applicable" } } });"#, "cover", NotComparable, &[OUT_OF_ORDER]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "6": "not applicable" } } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "1": "strongly disagree", "2": "neither", "3": "disagree", "4": "agree", "5": "strongly agree" } } });"#, "cover", NotComparable, &[OUT_OF_ORDER]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "1": "strongly disagree", "2": "strongly disagree", "3": "disagree", "4": "neither", "5": "agree", "6": "strongly agree", "7": "strongly agree" } } });"#, "cover", NotComparable, &[OUT_OF_ORDER]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "Often": "strongly agree", "Always": "strongly agree" } } });"#, "cover", NotComparable, &["“Often” and “Always” are read as one answer"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "cover": #{ "Don't know": "not applicable", "Skip": "not applicable" } } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", missing: ["Strongly disagree"] });"#, "cover", NotComparable, &["“Strongly disagree” in its column “cover” counts as missing"]),
    known(r#"table("survey", #{ file: "s.csv", missing: ["1"] });"#, "cover", NotComparable, &["“1” in its column “cover” counts as missing"]),
    known(r#"table("survey", #{ file: "s.csv", missing: ["6", "prefer not to say"] });"#, "cover", Identical, &[]),
    known(r#"table("workers", #{ file: "w.csv", missing: ["no"] });"#, "appraisal-current", NotComparable, &["“no” in its column “appraisal_current” counts as missing"]),
    known(r#"table("workers", #{ file: "w.csv", missing: ["0"] });"#, "supervision-held", NotComparable, &["“0” in its column “supervision_due” counts as missing"]),
    known(r#"table("workers", #{ file: "w.csv", missing: ["9"] });"#, "caseload-per-fte", NotComparable, &["“9” in its column “fte” counts as missing"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ cases: #{ "30": "12" } } });"#, "caseload-per-fte", NotComparable, &["“30” in its column “cases” is read as “12”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ cases: #{ "30": "x" } } });"#, "caseload-per-fte", NotComparable, &["“30” in its column “cases” is read as “x”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ cases: #{ "x": "0" } } });"#, "caseload-per-fte", NotComparable, &["“x” in its column “cases” is read as “0”"]),
    // The services, by which every item is counted.
    known(r#"table("survey", #{ file: "s.csv", codes: #{ service: #{ "Adults": "children" } } });"#, "cover", NotComparable, &["“Adults” is read as “children”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ service: #{ "Adult social care": "children" } } });"#, "caseload-per-fte", NotComparable, &["“Adult social care” is read as “children”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ service: #{ "Children's services": "adults" } } });"#, "caseload-per-fte", NotComparable, &["“Children's services” is read as “adults”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ service: #{ "Adults": "children" } } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ service: #{ "Fostering": "children", "Court team": "children", "Young adults": "children", "Children’s Social Care": "children" } } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", missing: ["Adults"] });"#, "cover", NotComparable, &["“Adults” in its column “service” counts as missing"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ service: "equipment" } });"#, "cover", NotComparable, &["its column “service” is read from that of “equipment”"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ service: "Team" } });"#, "cover", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ service: always("children") } });"#, "cover", Identical, &[]),
    known(r#"council("Sandbourne", #{ code: "E1", as_of: "2026-09-30", services: ["children", "adults"] }); table("survey", #{ file: "s.csv", columns: #{ service: always("children") } });"#, "cover", Complies, &["every row of “survey” counts as children, as the script sets it"]),
    known(r#"council("Sandbourne", #{ code: "E1", as_of: "2026-09-30", services: ["children", "adults"] }); table("survey", #{ file: "s.csv", columns: #{ service: always("children") } });"#, "vacancy-rate", Identical, &[]),
    // The questions that are asked and never scored.
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "1": "yes", "2": "no", "3": "not sure", "Don't know": "not sure" } } });"#, "aware-of-check", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "aware-of-check": "Q40" } });"#, "aware-of-check", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "No": "yes" } } });"#, "aware-of-check", NotComparable, &["“No” is read as “yes”"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "not sure": "yes" } } });"#, "aware-of-check", NotComparable, &["“not sure” is read as “yes”"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "Maybe": "yes", "Of course": "yes" } } });"#, "aware-of-check", NotComparable, &["“Maybe” and “Of course” are read as one answer"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "saw-change": #{ "1": "yes", "2": "yes" } } });"#, "saw-change", NotComparable, &["“1” and “2” are read as one answer"]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "No": "yes" } } });"#, "saw-change", Identical, &[]),
    known(r#"table("survey", #{ file: "s.csv", codes: #{ "aware-of-check": #{ "Yes.": "no" } } });"#, "aware-of-check", NotComparable, &["“Yes.” is read as “no”"]),
    known(r#"table("survey", #{ file: "s.csv", missing: ["not sure"] });"#, "aware-of-check", NotComparable, &["“not sure” in its column “aware-of-check” counts as missing"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "aware-of-check": always("yes") } });"#, "aware-of-check", NotComparable, &["its column “aware-of-check” is “yes” in every row, as the script sets it"]),
    known(r#"table("survey", #{ file: "s.csv", columns: #{ "aware-of-check": "saw-change" } });"#, "aware-of-check", NotComparable, &["its column “aware-of-check” is read from that of “saw-change”"]),
    known(r#"table("workers", #{ file: "w.csv", codes: #{ cases: #{ "none": "0" } } });"#, "caseload-per-fte", Complies, &["“none” in its column “cases” is read as “0”"]),
];

fn check(cards: &str) -> HealthCheck {
    let own = cards.starts_with("council(");
    let text = format!("{}{cards}", if own { "" } else { COUNCIL });
    let source = Source::new("scripts/sandbourne/check.rhai", text.as_str());
    let check = crate::validate::check(&source, &[], &Workshop::default());
    check
        .unwrap_or_else(|faults| panic!("{faults}"))
        .into_inner()
}

/// A case as rules see it; `found` is what each of them finds.
fn judged(
    known: &Known,
    check: &HealthCheck,
    found: impl Fn(&Rule, &Case<'_>) -> Option<(Effect, String)>,
) -> Comparability {
    let never_scored = AWARENESS.iter().find(|(id, _)| *id == known.item);
    let never_scored = never_scored.map(|(_, ask)| asked(ask));
    let mut in_use = check.awareness().iter();
    let in_use = in_use.find(|one| one.id == known.item);
    let in_use = in_use.map(|one| asked(&one.ask));
    let item = check.item(known.item);
    let national = match (&never_scored, item) {
        (Some(definition), _) => definition,
        (None, item) => item
            .and_then(|item| item.national.as_ref())
            .expect("a national item"),
    };
    let case = Case {
        id: known.item,
        national,
        read: &columns::read(known.item, national, check.tables()),
        local: match (&in_use, item) {
            (Some(definition), _) => definition,
            (None, item) => &item.expect("a national item").local,
        },
        services: &check.council().services,
    };
    verdict(RULES.iter().filter_map(|rule| found(rule, &case)))
}

fn holds(rule: &Rule, case: &Case<'_>) -> Option<(Effect, String)> {
    Some((rule.effect, (rule.reason)(case)?))
}

fn is_as_known(known: &Known, found: &Comparability) -> bool {
    found.kind == known.kind && found.reasons == known.reasons
}

#[test]
fn each_known_case_has_its_word_and_its_reasons_in_the_check_itself() {
    for known in CASES {
        let check = check(known.cards);
        let item = check.item(known.item).map(|item| &item.comparability);
        let mut never_scored = check.awareness().iter();
        let found = item
            .or_else(|| Some(&never_scored.find(|one| one.id == known.item)?.comparability))
            .expect("a national item, or a question that is never scored");
        assert!(is_as_known(known, found), "{}\n{found:?}", known.cards);
        assert!(is_as_known(known, &judged(known, &check, holds)));
    }
}

/// What one rule finds in a case.
type Finding = Option<(Effect, String)>;

/// Every way in which one rule can be wrong: turned round, never or always holding, or
/// with the other effect. Each must change the verdict of a known case; and since a rule
/// that is turned round shows in every case that changes nothing, a case in which it holds
/// must show it too.
#[test]
fn every_mutant_of_a_rule_is_caught_by_a_known_case() {
    let mutant = "a mutant".to_owned();
    let cases: Vec<(&Known, HealthCheck)> = CASES
        .iter()
        .map(|known| (known, check(known.cards)))
        .collect();
    for broken in &RULES {
        let caught = |how: &dyn Fn(Finding) -> Finding, only_where_it_held: bool| {
            cases.iter().any(|(known, check)| {
                let held = std::cell::Cell::new(false);
                let found = judged(known, check, |rule, case| {
                    let sound = holds(rule, case);
                    if rule.name != broken.name {
                        return sound;
                    }
                    held.set(sound.is_some());
                    how(sound)
                });
                (held.get() || !only_where_it_held) && !is_as_known(known, &found)
            })
        };
        let always = || Some((broken.effect, mutant.clone()));
        let other = match broken.effect {
            Effect::Breaks => Effect::Keeps,
            Effect::Keeps => Effect::Breaks,
        };
        let inverted = |sound: Option<_>| if sound.is_some() { None } else { always() };
        assert!(caught(&inverted, false), "{} turned round", broken.name);
        assert!(
            caught(&inverted, true),
            "{} turned round where it holds",
            broken.name
        );
        assert!(caught(&|_| None, true), "{} never holding", broken.name);
        assert!(
            caught(&|sound| sound.or_else(always), false),
            "{} always holding",
            broken.name
        );
        let swapped = |sound: Option<(Effect, String)>| sound.map(|(_, reason)| (other, reason));
        assert!(
            caught(&swapped, true),
            "{} with the other effect",
            broken.name
        );
    }
}

#[test]
fn an_omitted_measure_with_strange_columns_is_not_scored_behind_its_omission() {
    let omitted =
        r#"omit("vacancy-rate", #{ reason: "Being counted anew", review_by: "2027-03-31" });"#;
    let strange = r#"table("workforce", #{ file: "w.csv", columns: #{ vacancies_fte: 0 } });"#;
    for (cards, kind) in [
        (omitted.to_owned(), ComparabilityKind::Omitted),
        (format!("{omitted}\n{strange}"), NotComparable),
    ] {
        let check = check(&cards);
        let item = check.item("vacancy-rate").expect("a national item");
        assert_eq!(item.comparability.kind, kind);
        assert_eq!(item.comparability.reasons[0], "Being counted anew");
        assert!(!item.counts_nationally());
    }
}

#[test]
fn a_question_that_the_file_asks_in_other_words_is_published_in_them() {
    let check = check(
        r#"table("survey", #{ file: "s.csv", columns: #{ "cover": "12. When I am away, my work is covered *", "saw-change": "Have you seen anything change?" } });"#,
    );
    let cover = check.item("cover").expect("a national item");
    assert_eq!(cover.local.ask, "When I am away, my work is covered");
    let of_check = &check.awareness()[1];
    assert_eq!(of_check.ask, "Have you seen anything change?");
    assert!(of_check.counted, "its answers are what they say");
}
