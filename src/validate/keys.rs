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
    /// A value that is of the wrong kind, as it is often written.
    pub fn slip(self) -> &'static str {
        match self {
            Wants::Text | Wants::Texts => "yes",
            Wants::Date => "2026-09-30",
            Wants::Number => "\"5\"",
            Wants::Weight => "0",
            Wants::Truth => "\"yes\"",
            Wants::OneOf(_) => "\"maybe\"",
            Wants::Days => "\"2026-09-07\"",
            Wants::Formula => "\"cases / fte\"",
            Wants::Threshold => "16",
            Wants::Numbers => "382",
            Wants::Columns => "[\"Open cases\"]",
            Wants::Codes => "#{ \"CSC\": \"children\" }",
            Wants::Groups => "[\"SW\", \"TM\"]",
            Wants::Answers => "\"never to always\"",
            Wants::Lead => "\"Principal Social Worker\"",
            Wants::Brand => "\"#1d4f73\"",
        }
    }

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
    /// A value that is right in the card that is the example of its verb.
    pub example: &'static str,
}

impl Key {
    /// What is wanted of this key, for a reader, with an example of its own.
    pub fn wanted(&self) -> String {
        match self.wants {
            Wants::Numbers => format!("a card of numbers, `{}`", self.example),
            Wants::Formula => match (self.verb, self.name) {
                ("overall", _) => "a formula, `|standards| …`".into(),
                ("standard" | "local_standard", _) => "a formula, `|results| …`".into(),
                (_, "score") => "a formula, `|value| …`".into(),
                _ => self.wants.words(),
            },
            // Of many sheets a number says which only until one is moved.
            Wants::Text if self.name == "sheet" => {
                "the name on the sheet's tab, in double quotes".into()
            }
            wants => wants.words(),
        }
    }
}

macro_rules! keys {
    ($($verb:literal { $($need:ident $name:literal $wants:expr, $says:literal, $example:literal;)* })*) => {
        /// Every key of every card, in the order of the reference.
        pub const KEYS: &[Key] = &[
            $($(Key { verb: $verb, name: $name, wants: $wants, needed: keys!(@ $need), says: $says, example: $example },)*)*
        ];
    };
    (@ needs) => { true };
    (@ takes) => { false };
}

const YES_PARTLY_NO: Wants = Wants::OneOf(&["yes", "partly", "no"]);
const SERVICE: Wants = Wants::OneOf(&["children", "adults"]);

keys! {
    "council" {
        needs "code" Wants::Text, "the council's code, such as E10000099", "\"E10999901\"";
        needs "as_of" Wants::Date, "the day on which records were counted", "\"2026-09-30\"";
        needs "services" Wants::Texts, "the services it runs and checks: children, adults", "[\"children\", \"adults\"]";
        takes "asked" Wants::Numbers, "practitioners invited when the survey opened, by service", "#{ children: 214, adults: 168 }";
        takes "fielded" Wants::Days, "first and last day of the survey", "[\"2026-09-07\", \"2026-09-30\"]";
        takes "lead" Wants::Lead, "the accountable manager: the post, and whether its holder is a qualified social worker", "#{ post: \"Principal Social Worker\", social_work_qualified: true }";
        takes "kind" Wants::OneOf(&["council", "voluntary"]), "a council, or another employer of social workers", "\"council\"";
        takes "threshold" Wants::Number, "people below which no figure about them is published: 10 or more", "12";
        takes "contact" Wants::Text, "where readers may ask: a post, a telephone number, an address", "\"workforce@northshire.example\"";
        takes "brand" Wants::Brand, "how its pages look: a colour, and a logo beside the script", "#{ colour: \"#1d4f73\" }";
        takes "note" Wants::Text, "a note for the page", "\"The teams were put together anew in May.\"";
    }
    "consulted" {
        needs "on" Wants::Date, "when", "\"2026-09-04\"";
        needs "how" Wants::Text, "how: a workload group, a meeting, a ballot", "\"workload group\"";
        needs "agreed" Wants::Truth, "whether it agreed", "true";
    }
    "table" {
        needs "file" Wants::Text, "the file, beside the script: CSV, JSON or a workbook", "\"data/workers.csv\"";
        takes "sheet" Wants::Text, "the sheet of a workbook", "\"Practitioners\"";
        takes "columns" Wants::Columns, "our name → the file's header, a number, or always(\"text\")", "#{ cases: \"Open cases\", ceiling: 18 }";
        takes "codes" Wants::Codes, "column → the file's value → the nation's value; `answers` speaks for all questions", "#{ service: #{ \"CSC\": \"children\", \"ASC\": \"adults\" } }";
        takes "missing" Wants::Texts, "texts that mean no answer", "[\"n/k\", \"-\"]";
        takes "totals" Wants::Truth, "whether the file counts answers, by question, and has no answer sheets", "true";
    }
    "standard" {
        takes "weight" Wants::Weight, "its weight in the local overall score", "3";
        takes "score" Wants::Formula, "the local way to its score, `|results| …`", "|results| min(weighted_mean(results), lowest(results) + 30)";
        takes "note" Wants::Text, "a note for the page", "\"Agreed with the workload group.\"";
    }
    "local_standard" {
        needs "title" Wants::Text, "its title on the page", "\"Equality of experience\"";
        takes "weight" Wants::Weight, "its weight in the local overall score", "3";
        takes "score" Wants::Formula, "the local way to its score, `|results| …`", "|results| min(weighted_mean(results), lowest(results) + 30)";
        takes "note" Wants::Text, "a note for the page", "\"Agreed with the workload group.\"";
    }
    "measure" {
        takes "standard" Wants::Text, "the standard it belongs to", "\"caseload\"";
        takes "ask" Wants::Text, "what it measures", "\"Case holders with more cases than we agreed\"";
        takes "unit" Wants::Text, "its unit: %, days, cases", "\"%\"";
        takes "value" Wants::Formula, "the formula; its names are tables: `|workers| …`", "|workers| workers.share(|w| w.cases > 18 * w.fte)";
        takes "best" Wants::Number, "the value that scores 100", "0";
        takes "worst" Wants::Number, "the value that scores 0", "50";
        takes "target" Wants::Threshold, "the council's own target", "at_most(10)";
        takes "score" Wants::Formula, "the local way from value to score, `|value| …`", "|value| clamp(100 - 2 * value, 0, 100)";
        takes "weight" Wants::Weight, "its weight within its standard in the local score", "3";
        takes "advice" Wants::Text, "what to do about it", "\"Take to the monthly allocation meeting.\"";
        takes "note" Wants::Text, "a note for the page", "\"Agreed with the workload group.\"";
    }
    "question" {
        takes "standard" Wants::Text, "the standard it belongs to", "\"supervision\"";
        takes "ask" Wants::Text, "the wording", "\"I can talk a hard case over with a colleague the same day\"";
        takes "answers" Wants::Answers, "its answers, lowest first, where they are not the nation's five", "[\"never\", \"rarely\", \"sometimes\", \"often\", \"always\"]";
        takes "reverse" Wants::Truth, "whether agreeing is bad", "true";
        takes "column" Wants::Text, "its header in the survey's file", "\"Q23\"";
        takes "weight" Wants::Weight, "its weight within its standard in the local score", "3";
        takes "hint" Wants::Text, "a hint shown with the question", "\"Think of the last three months.\"";
        takes "advice" Wants::Text, "what to do about it", "\"Take to the monthly allocation meeting.\"";
        takes "note" Wants::Text, "a note for the page", "\"Agreed with the workload group.\"";
    }
    "statement" {
        takes "standard" Wants::Text, "the standard it belongs to", "\"welfare\"";
        takes "ask" Wants::Text, "what is claimed", "\"Travel between visits was reviewed in the last 12 months\"";
        takes "weight" Wants::Weight, "its weight within its standard in the local score", "3";
        takes "advice" Wants::Text, "what to do about it", "\"Take to the monthly allocation meeting.\"";
        takes "note" Wants::Text, "a note for the page", "\"Agreed with the workload group.\"";
    }
    "answer" {
        needs "says" YES_PARTLY_NO, "yes: every part is true on the as-of date; partly: some; no: none", "\"partly\"";
        takes "on" Wants::Date, "when it was true", "\"2026-09-01\"";
        takes "evidence" Wants::Text, "what shows it", "\"Library membership, no adviser\"";
        takes "service" SERVICE, "for one service only", "\"children\"";
    }
    "omit" {
        needs "reason" Wants::Text, "why it is left out", "\"The offices are being rebuilt\"";
        needs "review_by" Wants::Date, "when the council thinks again, within 24 months", "\"2027-09-30\"";
    }
    "breakdown" {
        needs "tables" Wants::Texts, "the tables it applies to", "[\"survey\", \"workers\"]";
        needs "by" Wants::Text, "the column that tells rows apart", "\"role\"";
        takes "groups" Wants::Groups, "group → the column's values; else each value is a group", "#{ \"Social workers\": [\"SW\", \"Senior SW\"], \"Managers\": [\"TM\"] }";
    }
    "action" {
        takes "standard" Wants::Text, "the standard it serves", "\"systems\"";
        takes "item" Wants::Text, "or the item it serves", "\"it-help\"";
        needs "what" Wants::Text, "what will be done", "\"Put the ten most frequent faults right\"";
        takes "owner" Wants::Text, "the post that answers for it", "\"Head of Digital\"";
        takes "start" Wants::Date, "first day", "\"2026-11-01\"";
        takes "due" Wants::Date, "last day", "\"2027-03-31\"";
        takes "measure" Wants::Text, "the item by which it is measured", "\"system-hours-lost\"";
        takes "baseline" Wants::Number, "where that stood", "4";
        takes "target" Wants::Number, "where it should stand", "2";
        takes "status" Wants::OneOf(&["planned", "under way", "done", "dropped"]), "how far it is", "\"planned\"";
        takes "because" Wants::Text, "why it was dropped", "\"The new system comes in May\"";
        takes "agreed_with" Wants::Texts, "who agreed to it", "[\"UNISON\"]";
    }
    "overall" {
        takes "score" Wants::Formula, "the local way to the overall score, `|standards| …`", "|standards| min(weighted_mean(standards), lowest(standards) + 30)";
        takes "bands" Wants::Numbers, "band word → the score at which it begins, from 0 up", "#{ \"needs work\": 0, \"sound\": 50, \"strong\": 75 }";
    }
    "feedback" {
        takes "helpful" YES_PARTLY_NO, "whether doing the check helped", "\"yes\"";
        takes "hardest" Wants::Texts, "the standards hardest to check", "[\"systems\", \"research\"]";
    }
    "correction" {
        needs "on" Wants::Date, "the day on which the figures published before were withdrawn", "\"2026-11-02\"";
        needs "because" Wants::Text, "what was wrong with them", "\"The sheets of one week had been read twice\"";
    }
}

/// The keys of one verb.
pub fn of(verb: &str) -> impl Iterator<Item = &'static Key> + '_ {
    KEYS.iter().filter(move |key| key.verb == verb)
}
