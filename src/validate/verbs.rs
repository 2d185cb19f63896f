//! The cards of the language, one row each: what a card is for, what stands in its quotes,
//! and one that is sound. Keys are in `keys`.

/// A kind of card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verb {
    /// The word that it begins with.
    pub name: &'static str,
    /// What stands in quotes after it; `None` if nothing does.
    pub id: Option<&'static str>,
    /// What it is for, in a few words.
    pub says: &'static str,
    /// What else there is to know of it.
    pub more: &'static str,
    /// One that is sound in a council as `healthcheck new` makes it, in which nothing else
    /// speaks of what it names.
    pub example: &'static str,
    /// The same with a slip that is often made.
    pub slip: &'static str,
}

/// Every kind of card, in the order of the reference.
pub const VERBS: [Verb; 15] = [
    Verb {
        name: "council",
        id: Some("the council's name, as it stands on the page"),
        says: "who you are; once",
        more: "Every script has one. What the rest does not mention is as the nation has it.",
        example: "council(\"Northshire County Council\", #{\n    code:     \"E10999901\",\n    as_of:    \"2026-09-30\",\n    services: [\"children\", \"adults\"],\n    lead:     #{ post: \"Principal Social Worker\", social_work_qualified: true },\n});",
        slip: "council(\"Northshire County Council\", #{\n    code:     \"E10999901\",\n    as_of:    30/09/2026,\n    services: [\"children\", \"adults\"],\n});",
    },
    Verb {
        name: "consulted",
        id: Some("whom"),
        says: "who was consulted",
        more: "One card for each. A grade needs somebody consulted in the 12 months to the as-of date.",
        example: "consulted(\"UNISON\", #{ on: \"2026-09-04\", how: \"workload group\", agreed: true });",
        slip: "consulted(\"UNISON\", #{ on: \"2026-09-04\", how: \"workload group\", agreed: \"yes\" });",
    },
    Verb {
        name: "table",
        id: Some("`workers`, `workforce`, `survey`, or a name of your own"),
        says: "where figures are",
        more: "A table that is not brought leaves what rests on it not rated. In `columns` our name stands left of the colon and the file's header right of it; in `codes` the file's word stands left, and what it means right.",
        example: "table(\"workers\", #{\n    file:    \"data/workers.csv\",\n    columns: #{ cases: \"Open cases\", ceiling: 18 },\n    codes:   #{ service: #{ \"CSC\": \"children\", \"ASC\": \"adults\" } },\n    missing: [\"n/k\", \"-\"],\n});",
        slip: "table(\"workers\", #{ file: \"C:\\Figures\\workers.csv\" });",
    },
    Verb {
        name: "standard",
        id: Some("the id of one of the six standards"),
        says: "tailors one of the six",
        more: "It moves your own score alone; the national one stands beside it.",
        example: "standard(\"caseload\", #{ weight: 3, score: |results| min(weighted_mean(results), lowest(results) + 30) });",
        slip: "standard(\"caseload\", #{ weight: 0 });",
    },
    Verb {
        name: "local_standard",
        id: Some("an id of your own, lower-case words joined by hyphens"),
        says: "adds a standard",
        more: "It counts in your own overall score and never in the national one.",
        example: "local_standard(\"equality\", #{ title: \"Equality of experience\", weight: 1 });",
        slip: "local_standard(\"Equality\", #{ title: \"Equality of experience\" });",
    },
    Verb {
        name: "measure",
        id: Some("the id of a national measure, or a new one"),
        says: "a number from records",
        more: "With the id of a national measure it tailors that one; with a new id it adds one, and needs `standard`, `ask`, `unit`, `value`, `best` and `worst`.",
        example: "measure(\"over-ceiling\", #{\n    standard: \"caseload\",\n    ask:      \"Case holders with more cases than we agreed\",\n    unit:     \"%\",\n    value:    |workers| workers.share(|w| w.cases > 18 * w.fte),\n    best:     0,\n    worst:    50,\n});",
        slip: "measure(\"over-ceiling\", #{\n    standard: \"caseload\",\n    ask:      \"Case holders with more cases than we agreed\",\n    unit:     \"%\",\n    value:    workers.share(cases > 18),\n    best:     0%,\n    worst:    50%,\n});",
    },
    Verb {
        name: "question",
        id: Some("the id of a national question, or a new one"),
        says: "asked of practitioners",
        more: "With the id of a national question it tailors that one; with a new id it adds one, and needs `standard` and `ask`. Its answers are read from the column of `survey` that is headed by its id.",
        example: "question(\"peer-help\", #{\n    standard: \"supervision\",\n    ask:      \"I can talk a hard case over with a colleague the same day\",\n});",
        slip: "question(\"peer-help\", #{ ask: \"I can talk a hard case over with a colleague the same day\" });",
    },
    Verb {
        name: "statement",
        id: Some("a new id"),
        says: "adds a claim of the employer",
        more: "It is answered with `answer`.",
        example: "statement(\"travel-reviewed\", #{\n    standard: \"welfare\",\n    ask:      \"Travel between visits was reviewed in the last 12 months\",\n});",
        slip: "statement(\"travel-reviewed\", #{ standard: \"travel\", ask: \"Travel between visits was reviewed\" });",
    },
    Verb {
        name: "answer",
        id: Some("the id of a statement, national or your own"),
        says: "yes, partly or no to a statement",
        more: "A yes without evidence or date counts as partly. No answer is missing, and never good.",
        example: "answer(\"research-service\", #{ says: \"partly\", on: \"2026-09-01\", evidence: \"Library membership, no adviser\" });",
        slip: "answer(\"research-service\", #{ says: \"mostly\", on: \"2026-09-01\" });",
    },
    Verb {
        name: "omit",
        id: Some("the id of a national item"),
        says: "leaves an item out",
        more: "With a reason, which is published, and a day within 24 months on which you think again.",
        example: "omit(\"confidential-space\", #{\n    reason:    \"The offices are being rebuilt\",\n    review_by: \"2027-09-30\",\n});",
        slip: "omit(\"confidential-space\", #{ review_by: \"2027-09-30\" });",
    },
    Verb {
        name: "breakdown",
        id: Some("its name on the page"),
        says: "breaks figures down",
        more: "Figures are broken down by service and team already. A group of fewer than 10 people is rolled together with others or withheld.",
        example: "breakdown(\"role\", #{ tables: [\"survey\", \"workers\"], by: \"role\" });",
        slip: "breakdown(\"role\", #{ tables: \"survey\", by: \"role\" });",
    },
    Verb {
        name: "action",
        id: Some("an id of your own"),
        says: "a line of the improvement plan",
        more: "Every standard below good needs one. It names a `standard` or an `item`, and needs `owner`, `start`, `due`, `measure`, `baseline` and `target` to count; `because` if it was dropped.",
        example: "action(\"mend-faults\", #{\n    standard: \"systems\",\n    what:     \"Put the ten most frequent faults of the case system right\",\n    owner:    \"Head of Digital\",\n    start:    \"2026-11-01\",\n    due:      \"2027-03-31\",\n    measure:  \"system-hours-lost\",\n    baseline: 4,\n    target:   2,\n    status:   \"planned\",\n});",
        slip: "action(\"mend-faults\", #{\n    standard: \"IT\",\n    what:     \"Put the ten most frequent faults of the case system right\",\n});",
    },
    Verb {
        name: "overall",
        id: None,
        says: "your own overall score",
        more: "It stands beside the national one, which no script can change. The words of `bands` are your own.",
        example: "overall(#{\n    score: |standards| min(weighted_mean(standards), lowest(standards) + 30),\n    bands: #{ \"needs work\": 0, \"sound\": 50, \"strong\": 75 },\n});",
        slip: "overall(\"score\", #{ bands: #{ \"needs work\": 0, \"strong\": 75 } });",
    },
    Verb {
        name: "feedback",
        id: None,
        says: "your word on doing the check",
        more: "It goes into the national summary.",
        example: "feedback(#{ helpful: \"yes\", hardest: [\"systems\", \"research\"] });",
        slip: "feedback(#{ helpful: \"very\", hardest: [\"systems\"] });",
    },
    Verb {
        name: "correction",
        id: Some("an id of your own"),
        says: "withdraws figures published with this as-of date",
        more: "The page says which, when and why; those published first stay beside it.",
        example: "correction(\"sheets-read-twice\", #{ on: \"2026-11-02\", because: \"The sheets of one week had been read twice\" });",
        slip: "correction(\"sheets-read-twice\", #{ because: \"The sheets of one week had been read twice\" });",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::KEYS;

    #[test]
    fn the_cards_are_those_that_have_keys_in_the_same_order() {
        let mut verbs: Vec<&str> = KEYS.iter().map(|key| key.verb).collect();
        verbs.dedup();
        assert_eq!(VERBS.map(|verb| verb.name).to_vec(), verbs);
    }

    #[test]
    fn the_example_of_a_card_begins_with_its_word() {
        for verb in VERBS {
            let head = match verb.id {
                Some(_) => format!("{}(\"", verb.name),
                None => format!("{}(#{{", verb.name),
            };
            assert!(verb.example.starts_with(&head), "{}", verb.name);
        }
    }
}
