//! Keys that a card does not have or needs, and values of the wrong kind.

use super::Reader;
use crate::check::Kind;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::script::room::{self, BLANK};
use crate::script::{Entry, Value};
use crate::source::Spanned;
use crate::validate::keys::{self, Key, Wants};

impl Reader<'_> {
    /// Reports a key that this card needs and does not have.
    pub(in crate::validate) fn missing_key(&self, name: &str) {
        let verb = self.card.verb.value.as_str();
        if let Some(key) = keys::of(verb).find(|key| key.name == name) {
            self.missing(key);
        }
    }

    pub(super) fn missing(&self, key: &Key) {
        // Told where it is misspelt.
        if self.is_misspelt(key.name) {
            return;
        }
        let article = article(key.verb);
        self.fault(
            Diagnostic::new(
                Code::MissingKey,
                self.card.verb.place.clone(),
                format!("{article} `{}` card needs `{}`", key.verb, key.name),
            )
            .label(format!("`{}:` {}", key.name, key.says))
            .help(format!("{}: {},", key.name, example(key)))
            .offering(room::for_keys(&self.card.place, &[(key.name, BLANK)])),
        );
    }

    /// Whether a key that this card does not have was probably meant to be this one.
    fn is_misspelt(&self, name: &str) -> bool {
        let all = || keys::of(&self.card.verb.value).map(|key| key.name);
        self.card.entries.iter().any(|entry| {
            let written = entry.key.value.as_str();
            all().all(|known| known != written) && nearest(written, all()) == Some(name)
        })
    }

    pub(super) fn unknown_key(&self, verb: &str, entry: &Entry) {
        let name = &entry.key.value;
        let fault = Diagnostic::new(
            Code::UnknownKey,
            entry.key.place.clone(),
            format!(
                "{} {} has no `{name}`",
                article(verb),
                verb.replace('_', " ")
            ),
        );
        if verb == "council" && matches!(name.as_str(), "colour" | "color" | "logo") {
            let key = if name == "color" { "colour" } else { name };
            let value = entry.value.place.text();
            let right = format!("brand: #{{ {key}: {value} }}");
            let span = entry.key.place.span.to(entry.value.place.span);
            self.fault(
                fault
                    .label("it goes into `brand`")
                    .help(format!("{right},"))
                    .typed_at(span, right),
            );
            return;
        }
        let all: Vec<&str> = keys::of(verb).map(|key| key.name).collect();
        self.fault(fault.did_you_mean(
            name,
            all.iter().copied(),
            format!("its keys are: {}", all.join(", ")),
        ));
    }

    pub(super) fn check_kind(&self, key: &Key, entry: &Entry) {
        let fits = match (&entry.value.value, key.wants) {
            (Value::Undefined, _) => true,
            (Value::Text(text), Wants::OneOf(words)) => {
                if !words.contains(&text.as_str()) {
                    self.unknown_word(entry, text, words);
                }
                true
            }
            (Value::Text(_), Wants::Text | Wants::Date)
            | (Value::Number(_), Wants::Number | Wants::Weight)
            | (Value::Truth(_), Wants::Truth)
            | (Value::Formula(_), Wants::Formula)
            | (Value::Threshold(..), Wants::Threshold) => true,
            (Value::List(list), Wants::Texts | Wants::Days | Wants::Answers) => {
                self.check_texts(key, list);
                true
            }
            (
                Value::Map(_),
                Wants::Numbers
                | Wants::Columns
                | Wants::Codes
                | Wants::Groups
                | Wants::Answers
                | Wants::Lead
                | Wants::Brand,
            ) => true,
            _ => false,
        };
        if !fits {
            self.wrong_kind(&entry.value, &format!("`{}`", key.name), &key.wanted());
        }
    }

    fn check_texts(&self, key: &Key, list: &[Spanned<Value>]) {
        for value in list {
            if !matches!(value.value, Value::Text(_) | Value::Undefined) {
                self.wrong_kind(
                    value,
                    &format!("each entry of `{}`", key.name),
                    "text in double quotes",
                );
            }
        }
    }

    /// Reports a value of another kind than is wanted.
    pub(in crate::validate) fn wrong_kind(&self, value: &Spanned<Value>, what: &str, wanted: &str) {
        if matches!(value.value, Value::Undefined) {
            return;
        }
        let fault = Diagnostic::new(
            Code::WrongKind,
            value.place.clone(),
            format!("{what} wants {wanted}"),
        )
        .label(format!("this is {}", value.value.kind()));
        // Where a value comes from a constant, what is underlined is not the value.
        let written = value.place.text();
        let is_written = match &value.value {
            Value::Text(_) => written.starts_with('"') && written.ends_with('"'),
            Value::Number(_) => written.parse::<f64>().is_ok(),
            _ => false,
        };
        let meant = match &value.value {
            Value::Number(_) if wanted.starts_with("text") => Some(format!("\"{written}\"")),
            Value::Text(text) if wanted.contains("number") => number_in(text),
            Value::Text(text) if wanted.starts_with("`true`") => truth_in(text),
            Value::Text(text) if wanted.starts_with("a list") => Some(as_list(text)),
            Value::Text(text) if wanted.starts_with("first and last day") => {
                super::dates::two_days(text)
            }
            Value::Text(_) if wanted.contains("colour: ") => {
                Some(format!("#{{ colour: {written} }}"))
            }
            Value::Number(_) if what == "`asked`" => Some(self.asked_of_one(written)),
            Value::Number(_) if wanted.starts_with("`at_most") => {
                let better = if self.low_is_good() {
                    "at_most"
                } else {
                    "at_least"
                };
                Some(format!("{better}({written})"))
            }
            _ => None,
        };
        let is_guess = wanted.starts_with("`at_most")
            || meant
                .as_deref()
                .is_some_and(|meant| meant.contains("\"…\""));
        self.fault(match meant.filter(|_| is_written) {
            Some(meant) if is_guess => fault.typed(meant).offered(),
            Some(meant) => fault.typed(meant),
            None => fault,
        });
    }

    /// How many were asked, for the one service that there is, or with blanks for two.
    fn asked_of_one(&self, written: &str) -> String {
        let services = self.texts("services");
        match &services[..] {
            [only] => format!("#{{ {}: {written} }}", only.value),
            _ => "#{ children: \"…\", adults: \"…\" }".to_owned(),
        }
    }

    /// Whether the smaller value of this measure is the better one, as its card or the nation says.
    fn low_is_good(&self) -> bool {
        if let (Some(best), Some(worst)) = (self.number("best"), self.number("worst")) {
            return best < worst;
        }
        let id = self.card.id_text();
        let mut items = crate::validate::national().iter();
        let national = items.find(|item| Some(item.id.as_str()) == id);
        match national.map(|item| &item.local.kind) {
            Some(Kind::Measure(measure)) => measure.best < measure.worst,
            _ => true,
        }
    }

    fn unknown_word(&self, entry: &Entry, text: &str, words: &[&str]) {
        let fault = Diagnostic::new(
            Code::UnknownWord,
            entry.value.place.clone(),
            format!("`{}` does not know \"{text}\"", entry.key.value),
        );
        let lower = text.trim().to_lowercase();
        let meant = OTHER_WORDS
            .iter()
            .find(|(other, ours)| *other == lower && words.contains(ours));
        self.fault(match meant {
            Some((_, ours)) => fault
                .label(format!("did you mean \"{ours}\"?"))
                .typed(format!("\"{ours}\"")),
            None => fault.did_you_mean(
                text,
                words.iter().copied(),
                format!("write {}", one_of(words)),
            ),
        });
    }
}

/// Words that people use for ours.
const OTHER_WORDS: [(&str, &str); 12] = [
    ("in progress", "under way"),
    ("ongoing", "under way"),
    ("underway", "under way"),
    ("started", "under way"),
    ("not started", "planned"),
    ("to do", "planned"),
    ("complete", "done"),
    ("completed", "done"),
    ("finished", "done"),
    ("cancelled", "dropped"),
    ("stopped", "dropped"),
    ("abandoned", "dropped"),
];

/// `["never", "always"]` of `never, always`.
fn as_list(text: &str) -> String {
    let parts: Vec<String> = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(room::quoted)
        .collect();
    format!("[{}]", parts.join(", "))
}

/// `16` of `16`, `16%`, `£16` and `1,600`.
fn number_in(text: &str) -> Option<String> {
    let bare = text.trim().trim_end_matches('%').trim_start_matches('£');
    let bare = bare.trim().replace(',', "");
    bare.parse::<f64>().ok().map(|_| bare)
}

/// `true` or `false`, as people say it.
fn truth_in(text: &str) -> Option<String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" => Some("true".to_owned()),
        "no" | "false" => Some("false".to_owned()),
        _ => None,
    }
}

/// `"planned", "done" or "dropped"`.
fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn article(verb: &str) -> &'static str {
    if verb.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

/// A value of the right kind to type.
fn example(key: &Key) -> String {
    match key.wants {
        Wants::Text => "\"…\"".into(),
        Wants::Date => "\"2026-09-30\"".into(),
        Wants::Number => "…".into(),
        Wants::Weight => "1".into(),
        Wants::Truth => "true".into(),
        Wants::OneOf(words) => format!("\"{}\"", words[0]),
        Wants::Texts if key.name == "services" => "[\"children\", \"adults\"]".into(),
        Wants::Texts => "[\"…\"]".into(),
        Wants::Days => "[\"2026-09-07\", \"2026-09-30\"]".into(),
        Wants::Formula => "|workers| workers.count()".into(),
        Wants::Threshold => "at_most(16)".into(),
        _ => "#{ }".into(),
    }
}
