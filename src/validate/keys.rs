//! The keys of every card: one row each. Its checks, its line in the reference, the
//! scaffold's example and "did you mean" come from the row.

/// What a key wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// Text in double quotes.
    Text,
    /// A day in quotes, `"2026-09-30"`.
    Date,
    /// A number.
    Number,
    /// A weight from 1 to 5.
    Weight,
    /// `true` or `false`.
    Truth,
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// First and last day.
    Days,
    /// A formula: a closure.
    Formula,
    /// `at_most(…)`, `at_least(…)` or `between(…)`.
    Threshold,
    /// A map of numbers.
    Numbers,
    /// A map of texts, numbers and `always(…)`.
    Columns,
    /// A map of maps of texts.
    Codes,
    /// A map of lists of texts.
    Groups,
    /// A list of answers, or `#{ scored: […], unscored: […] }`.
    Answers,
    /// `#{ post: …, social_work_qualified: … }`.
    Lead,
    /// `#{ colour: …, logo: … }`.
    Brand,
}

impl Wants {
    /// What is wanted, for a reader.
    pub fn words(self) -> String {
        match self {
            Wants::Text => "text in double quotes".into(),
            Wants::Date => "a day in quotes, such as \"2026-09-30\"".into(),
            Wants::Number => "a number".into(),
            Wants::Weight => "a number from 1 to 5".into(),
            Wants::Truth => "`true` or `false`".into(),
            Wants::OneOf(words) => format!("one of \"{}\"", words.join("\", \"")),
            Wants::Texts => "a list of texts, `[\"…\", \"…\"]`".into(),
            Wants::Days => "first and last day, `[\"2026-09-07\", \"2026-09-30\"]`".into(),
            Wants::Formula => "a formula, `|workers| …`".into(),
            Wants::Threshold => "`at_most(…)`, `at_least(…)` or `between(…, …)`".into(),
            Wants::Numbers => "a card of numbers, `#{ children: 214 }`".into(),
            Wants::Columns => "a card of headers, `#{ cases: \"Open cases\" }`".into(),
            Wants::Codes => "a card of codes, `#{ service: #{ \"CSC\": \"children\" } }`".into(),
            Wants::Groups => "a card of groups, `#{ North: [\"A1\", \"A2\"] }`".into(),
            Wants::Answers => "a list of answers, lowest first".into(),
            Wants::Lead => {
                "`#{ post: \"Principal Social Worker\", social_work_qualified: true }`".into()
            }
            Wants::Brand => "`#{ colour: \"#1d4f73\", logo: \"logo.svg\" }`".into(),
        }
    }
}

/// One key of one card.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The card's verb.
    pub verb: &'static str,
    /// The key.
    pub name: &'static str,
    /// What it wants.
    pub wants: Wants,
    /// Whether every card of this verb needs it.
    pub needed: bool,
    /// What it says.
    pub says: &'static str,
}

macro_rules! keys {
    ($($verb:literal { $($need:ident $name:literal $wants:expr, $says:literal;)* })*) => {
        /// Every key of every card, in the order of the reference.
        pub const KEYS: &[Key] = &[
            $($(Key { verb: $verb, name: $name, wants: $wants, needed: keys!(@ $need), says: $says },)*)*
        ];
    };
    (@ needs) => { true };
    (@ takes) => { false };
}

const YES_PARTLY_NO: Wants = Wants::OneOf(&["yes", "partly", "no"]);
const SERVICE: Wants = Wants::OneOf(&["children", "adults"]);

keys! {
    "council" {
        needs "code" Wants::Text, "the council's code, such as E10000099";
        needs "as_of" Wants::Date, "the day on which records were counted";
        needs "services" Wants::Texts, "the services it runs and checks: children, adults";
        takes "asked" Wants::Numbers, "practitioners invited when the survey opened, by service";
        takes "fielded" Wants::Days, "first and last day of the survey";
        takes "lead" Wants::Lead, "the accountable manager: the post, and whether its holder is a qualified social worker";
        takes "kind" Wants::OneOf(&["council", "voluntary"]), "a council, or another employer of social workers";
        takes "threshold" Wants::Number, "people below which no figure about them is published: 10 or more";
        takes "contact" Wants::Text, "where readers may ask: a post, a telephone number, an address";
        takes "brand" Wants::Brand, "how its pages look: a colour, and a logo beside the script";
        takes "note" Wants::Text, "a note for the page";
    }
    "consulted" {
        needs "on" Wants::Date, "when";
        needs "how" Wants::Text, "how: a workload group, a meeting, a ballot";
        needs "agreed" Wants::Truth, "whether it agreed";
    }
    "table" {
        needs "file" Wants::Text, "the file, beside the script";
        takes "sheet" Wants::Text, "the sheet of a workbook";
        takes "columns" Wants::Columns, "our name → the file's header, a number, or always(\"text\")";
        takes "codes" Wants::Codes, "column → the file's value → the nation's value; `answers` speaks for all questions";
        takes "missing" Wants::Texts, "texts that mean no answer";
        takes "totals" Wants::Truth, "whether the file counts answers, by question, and has no answer sheets";
    }
    "standard" {
        takes "weight" Wants::Weight, "its weight in the local overall score";
        takes "score" Wants::Formula, "the local way to its score, `|results| …`";
        takes "note" Wants::Text, "a note for the page";
    }
    "local_standard" {
        needs "title" Wants::Text, "its title on the page";
        takes "weight" Wants::Weight, "its weight in the local overall score";
        takes "score" Wants::Formula, "the local way to its score, `|results| …`";
        takes "note" Wants::Text, "a note for the page";
    }
    "measure" {
        takes "standard" Wants::Text, "the standard it belongs to";
        takes "ask" Wants::Text, "what it measures";
        takes "unit" Wants::Text, "its unit: %, days, cases";
        takes "value" Wants::Formula, "the formula; its names are tables: `|workers| …`";
        takes "best" Wants::Number, "the value that scores 100";
        takes "worst" Wants::Number, "the value that scores 0";
        takes "target" Wants::Threshold, "the council's own target";
        takes "score" Wants::Formula, "the local way from value to score, `|value| …`";
        takes "weight" Wants::Weight, "its weight within its standard in the local score";
        takes "advice" Wants::Text, "what to do about it";
        takes "note" Wants::Text, "a note for the page";
    }
    "question" {
        takes "standard" Wants::Text, "the standard it belongs to";
        takes "ask" Wants::Text, "the wording";
        takes "answers" Wants::Answers, "its answers, lowest first, where they are not the nation's five";
        takes "reverse" Wants::Truth, "whether agreeing is bad";
        takes "column" Wants::Text, "its header in the survey's file";
        takes "weight" Wants::Weight, "its weight within its standard in the local score";
        takes "hint" Wants::Text, "a hint shown with the question";
        takes "advice" Wants::Text, "what to do about it";
        takes "note" Wants::Text, "a note for the page";
    }
    "statement" {
        takes "standard" Wants::Text, "the standard it belongs to";
        takes "ask" Wants::Text, "what is claimed";
        takes "weight" Wants::Weight, "its weight within its standard in the local score";
        takes "advice" Wants::Text, "what to do about it";
        takes "note" Wants::Text, "a note for the page";
    }
    "answer" {
        needs "says" YES_PARTLY_NO, "yes: every part is true on the as-of date; partly: some; no: none";
        takes "on" Wants::Date, "when it was true";
        takes "evidence" Wants::Text, "what shows it";
        takes "service" SERVICE, "for one service only";
    }
    "omit" {
        needs "reason" Wants::Text, "why it is left out";
        needs "review_by" Wants::Date, "when the council thinks again, within 24 months";
    }
    "breakdown" {
        needs "tables" Wants::Texts, "the tables it applies to";
        needs "by" Wants::Text, "the column that tells rows apart";
        takes "groups" Wants::Groups, "group → the column's values; else each value is a group";
    }
    "action" {
        takes "standard" Wants::Text, "the standard it serves";
        takes "item" Wants::Text, "or the item it serves";
        needs "what" Wants::Text, "what will be done";
        takes "owner" Wants::Text, "the post that answers for it";
        takes "start" Wants::Date, "first day";
        takes "due" Wants::Date, "last day";
        takes "measure" Wants::Text, "the item by which it is measured";
        takes "baseline" Wants::Number, "where that stood";
        takes "target" Wants::Number, "where it should stand";
        takes "status" Wants::OneOf(&["planned", "under way", "done", "dropped"]), "how far it is";
        takes "because" Wants::Text, "why it was dropped";
        takes "agreed_with" Wants::Texts, "who agreed to it";
    }
    "overall" {
        takes "score" Wants::Formula, "the local way to the overall score, `|standards| …`";
        takes "bands" Wants::Numbers, "band word → the score at which it begins, from 0 up";
    }
    "feedback" {
        takes "helpful" YES_PARTLY_NO, "whether doing the check helped";
        takes "hardest" Wants::Texts, "the standards hardest to check";
    }
    "correction" {
        needs "on" Wants::Date, "the day on which the figures published before were withdrawn";
        needs "because" Wants::Text, "what was wrong with them";
    }
}

/// The keys of one verb.
pub fn of(verb: &str) -> impl Iterator<Item = &'static Key> + '_ {
    KEYS.iter().filter(move |key| key.verb == verb)
}
