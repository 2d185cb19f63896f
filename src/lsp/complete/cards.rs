//! Whole cards, to be filled in: a verb's row and keys in, a snippet out.

use super::Desk;
use crate::lsp::offer::{Offer, escaped};
use crate::lsp::outline::What;
use crate::reference::{self, Key, Verb, Wants};
use crate::validate;
use lsp_types::CompletionItemKind;

/// Keys that a new card begins with besides those that it needs.
const USUAL: [(&str, &[&str]); 12] = [
    ("council", &["asked", "fielded", "lead"]),
    ("table", &["columns"]),
    ("standard", &["weight"]),
    ("local_standard", &["weight"]),
    (
        "measure",
        &["standard", "ask", "unit", "value", "best", "worst"],
    ),
    ("question", &["standard", "ask"]),
    ("statement", &["standard", "ask"]),
    ("answer", &["on", "evidence"]),
    ("breakdown", &["groups"]),
    (
        "action",
        &[
            "standard", "what", "owner", "start", "due", "measure", "baseline", "target", "status",
        ],
    ),
    ("overall", &["score"]),
    ("feedback", &["helpful", "hardest"]),
];

/// The verbs, each as a whole card; in tests a test; and the words that begin the rest.
pub(super) fn cards(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let mut offers = Vec::new();
    if desk.is_tests() {
        let test = Offer::word("test", CompletionItemKind::SNIPPET)
            .detail("a test of this council's script")
            .types("test(\"${1:what must hold}\", || {\n    given(\"${2:workers}\", [\n        #{ $3 },\n    ]);\n    expect(item(\"$4\").value, $5);\n});$0");
        offers.push(test);
    } else if desk.role != crate::lsp::desk::Role::Library {
        let has_council = desk
            .outline
            .cards()
            .any(|(_, card)| desk.outline.tokens[card.verb].text == "council");
        let verbs = reference::verbs().iter();
        offers.extend(verbs.map(|verb| {
            let begun = verb.name == "council" && has_council;
            card(verb, desk.council.as_of.as_deref()).rank(if begun { 4 } else { 1 })
        }));
    }
    offers.push(
        Offer::word("fn", CompletionItemKind::KEYWORD)
            .detail("a function of your own")
            .types("fn ${1:name}(${2:value}) {\n    $0\n}")
            .rank(3),
    );
    offers.push(
        Offer::word("const", CompletionItemKind::KEYWORD)
            .detail("a number or text with a name")
            .types("const ${1:CEILING} = ${2:18};$0")
            .rank(3),
    );
    offers
}

fn card(verb: &Verb, as_of: Option<&str>) -> Offer {
    let mut stops = Stops {
        next: 1,
        as_of: as_of.unwrap_or("2026-09-30"),
    };
    let id = match (verb.id, verb.name) {
        (None, _) => String::new(),
        (Some(_), "council") => "\"${1:Northshire County Council}\", ".to_owned(),
        (Some(_), _) => "\"$1\", ".to_owned(),
    };
    if verb.id.is_some() {
        stops.next = 2;
    }
    let body = stops.map(verb.name);
    Offer::word(verb.name, CompletionItemKind::CLASS)
        .detail(verb.says)
        .says(format!("{}\n\n```rhai\n{}\n```", verb.more, verb.example))
        .types(format!("{}({id}{body});$0", verb.name))
}

/// What stands after a card's id.
pub(super) fn body(verb: &str) -> Option<Offer> {
    let mut stops = Stops {
        next: 1,
        as_of: "2026-09-30",
    };
    validate::KEYS.iter().any(|key| key.verb == verb).then(|| {
        Offer::word("#{ … }", CompletionItemKind::SNIPPET)
            .detail("the card's keys")
            .types(stops.map(verb))
    })
}

/// A key with its value to be filled in, as one line of a card.
pub(super) fn line(key: &Key, as_of: Option<&str>, width: usize) -> String {
    let mut stops = Stops {
        next: 1,
        as_of: as_of.unwrap_or("2026-09-30"),
    };
    let value = stops.value(key);
    format!("{:width$} {value}", format!("{}:", key.name), width = width)
}

/// Places to fill in, numbered as they come.
struct Stops<'s> {
    next: usize,
    as_of: &'s str,
}

impl Stops<'_> {
    fn stop(&mut self, text: &str) -> String {
        let number = self.next;
        self.next += 1;
        match text {
            "" => format!("${number}"),
            text => format!("${{{number}:{}}}", escaped(text)),
        }
    }

    fn choice(&mut self, words: &[&str]) -> String {
        let number = self.next;
        self.next += 1;
        format!("${{{number}|{}|}}", words.join(","))
    }

    /// A card's map: what it needs, and what is usual.
    fn map(&mut self, verb: &str) -> String {
        let usual = USUAL.iter().find(|(of, _)| *of == verb);
        let usual = usual.map_or(&[][..], |(_, keys)| keys);
        let keys: Vec<&Key> = validate::KEYS
            .iter()
            .filter(|key| key.verb == verb && (key.needed || usual.contains(&key.name)))
            .collect();
        let width = keys.iter().map(|key| key.name.len()).max().unwrap_or(0) + 1;
        let lines: Vec<String> = keys
            .iter()
            .map(|key| {
                let value = self.value(key);
                let key = format!("{}:", key.name);
                format!("    {key:width$} {value},\n")
            })
            .collect();
        format!("#{{\n{}}}", lines.concat())
    }

    fn value(&mut self, key: &Key) -> String {
        match (key.verb, key.name) {
            ("measure", "value") => {
                let table = self.stop("workers");
                format!("|{table}| {}", self.stop(""))
            }
            ("standard" | "local_standard", "score") => {
                format!("|results| {}", self.stop("weighted_mean(results)"))
            }
            ("overall", "score") => {
                format!("|standards| {}", self.stop("weighted_mean(standards)"))
            }
            ("measure", "score") => format!("|value| {}", self.stop("value")),
            ("overall", "bands") => {
                let second = self.stop("50");
                format!("#{{ \"needs work\": 0, \"sound\": {second} }}")
            }
            ("council", "services") => format!("[{}]", self.stop("\"children\", \"adults\"")),
            ("council", "as_of") => format!("\"{}\"", self.stop(self.as_of.to_owned().as_str())),
            ("council", "threshold") => self.stop("10"),
            ("table", "file") => format!("\"{}\"", self.stop("data/survey.csv")),
            _ => self.of(key.wants),
        }
    }

    fn of(&mut self, wants: Wants) -> String {
        match wants {
            Wants::Text => format!("\"{}\"", self.stop("")),
            Wants::Date => {
                let day = self.as_of.to_owned();
                format!("\"{}\"", self.stop(&day))
            }
            Wants::Weight => self.stop("1"),
            Wants::Truth => self.choice(&["true", "false"]),
            Wants::OneOf(words) => format!("\"{}\"", self.choice(words)),
            Wants::Texts | Wants::Answers => format!("[\"{}\"]", self.stop("")),
            Wants::Days => {
                let last = self.as_of.to_owned();
                // The month to the as-of date, as a beginning.
                let first = last.get(..8).map(|month| format!("{month}01"));
                let first = self.stop(&first.unwrap_or_default());
                format!("[\"{first}\", \"{}\"]", self.stop(&last))
            }
            Wants::Threshold => {
                let word = self.choice(&["at_most", "at_least"]);
                format!("{word}({})", self.stop("16"))
            }
            Wants::Numbers => format!("#{{ children: {} }}", self.stop("100")),
            Wants::Columns => format!("#{{ {} }}", self.stop("")),
            Wants::Codes => {
                let column = self.stop("service");
                format!("#{{ {column}: #{{ {} }} }}", self.stop(""))
            }
            Wants::Groups => {
                let group = self.stop("North");
                format!("#{{ {group}: [\"{}\"] }}", self.stop(""))
            }
            Wants::Lead => {
                let post = self.stop("Principal Social Worker");
                let qualified = self.choice(&["true", "false"]);
                format!("#{{ post: \"{post}\", social_work_qualified: {qualified} }}")
            }
            Wants::Brand => {
                let colour = self.stop("#1d4f73");
                format!(
                    "#{{ colour: \"{colour}\", logo: \"{}\" }}",
                    self.stop("logo.svg")
                )
            }
            Wants::Formula => format!("|{}| {}", self.stop("workers"), self.stop("")),
            _ => self.stop("0"),
        }
    }
}

/// The constants and functions of the script itself.
pub(super) fn own(desk: &Desk<'_, '_>) -> Vec<Offer> {
    let outline = desk.outline;
    let pieces = outline.pieces.iter();
    let named = pieces.filter_map(|piece| match &piece.what {
        What::Constant { name } => {
            let text = outline.source.slice(outline.span(piece)).to_owned();
            let offer = Offer::word(outline.word(*name), CompletionItemKind::CONSTANT);
            Some(offer.detail(text))
        }
        What::Function { name, parameters } => {
            let word = outline.word(*name);
            let takes: Vec<String> = parameters.iter().map(|at| outline.word(*at)).collect();
            let stops = takes.iter().enumerate();
            let stops: Vec<String> = stops
                .map(|(at, name)| format!("${{{}:{name}}}", at + 1))
                .collect();
            let offer = Offer::word(&word, CompletionItemKind::FUNCTION)
                .detail(format!("fn {word}({})", takes.join(", ")))
                .types(format!("{word}({})", stops.join(", ")));
            Some(offer)
        }
        _ => None,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::lsp::offer::plain;
    use crate::script::Workshop;
    use crate::source::Source;

    #[test]
    fn every_card_that_is_offered_is_one_that_can_be_read() {
        for verb in reference::verbs() {
            let snippet = card(verb, None).snippet.unwrap();
            let text = plain(&snippet);
            let text = text.replace("|workers| ", "|workers| 1");
            let (draft, found) = Workshop::default().read(&Source::new("t", &text), &[]);
            let codes: Vec<Code> = found.iter().map(|fault| fault.code).collect();
            assert!(codes.is_empty(), "{text}\n{found}");
            assert_eq!(draft.unwrap().cards[0].verb.value, verb.name);
        }
    }

    #[test]
    fn keys_that_are_usual_are_keys() {
        for (verb, keys) in USUAL {
            for name in keys {
                let mut all = validate::KEYS.iter();
                assert!(
                    all.any(|key| key.verb == verb && key.name == *name),
                    "{verb} {name}"
                );
            }
        }
    }
}
