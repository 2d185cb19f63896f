//! Every name a template may use, as the documentation has it: nothing in, lists of names
//! out. They are read from the types that templates see and their own doc comments, so that
//! none is forgotten and none outlives its type.

use super::context::{Chapter, Index, Page, Surroundings};
use super::questionnaire::Sheet;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// The most places that are told of one sort.
const PLACES: usize = 3;

/// The names that some templates see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// The templates: "pages and papers".
    pub templates: &'static str,
    /// The sorts of thing that have names of their own: the page itself first, each other
    /// after the first that leads to it.
    pub sorts: Vec<Sort>,
}

/// A sort of thing that has names of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// "Score"; of the page itself "Page".
    pub title: String,
    /// What it is.
    pub says: String,
    /// Where it is found: `overview[].overall`, in which `[]` is each of a list; empty for the
    /// page itself. Three places at the most, the nearest first.
    pub found: Vec<String>,
    /// Its names, in the order of the form.
    pub names: Vec<Name>,
}

/// One name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name itself: `score`.
    pub name: String,
    /// What stands behind it: "text", "number", "list of Score", "Figure, or nothing".
    pub is: String,
    /// What it says.
    pub says: String,
}

/// What every template in `pages` and `papers` sees.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it only describes")]
struct Seen<'a> {
    #[schemars(flatten)]
    page: Page<'a>,
    #[schemars(flatten)]
    surroundings: Surroundings,
    /// The standard that the page is about: in `pages/standard.html.j2` and what it includes,
    /// and nowhere else.
    standard: Chapter<'a>,
}

/// Every name, for each of the pages that are made from templates.
pub fn vocabulary() -> Vec<Vocabulary> {
    vec![
        of::<Seen<'_>>("pages and papers"),
        of::<Index>("index.html.j2"),
        of::<Sheet<'_>>("questionnaire.html.j2"),
    ]
}

fn of<T: JsonSchema>(templates: &'static str) -> Vocabulary {
    let schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>();
    let root = schema.as_object().cloned().unwrap_or_default();
    let none = Map::new();
    let kinds = root.get("$defs").and_then(Value::as_object);
    let kinds = kinds.unwrap_or(&none);
    let mut sorts: Vec<Sort> = Vec::new();
    let mut waiting = VecDeque::from([(T::schema_name().into_owned(), String::new())]);
    while let Some((title, path)) = waiting.pop_front() {
        if let Some(known) = sorts.iter_mut().find(|sort| sort.title == title) {
            if known.found.len() < PLACES {
                known.found.push(path);
            }
            continue;
        }
        let own = match path.as_str() {
            "" => Some(&root),
            _ => kinds.get(&title).and_then(Value::as_object),
        };
        let properties = own.and_then(|own| own.get("properties")?.as_object());
        let Some(properties) = properties else {
            continue;
        };
        let mut names = Vec::new();
        for (name, property) in properties {
            let kind = Kind::of(property);
            if let Some(next) = kind.record(kinds) {
                let dot = if path.is_empty() { "" } else { "." };
                let list = "[]".repeat(kind.depth());
                waiting.push_back((next.to_owned(), format!("{path}{dot}{name}{list}")));
            }
            names.push(Name {
                name: name.clone(),
                is: kind.words(),
                says: said(property),
            });
        }
        sorts.push(Sort {
            title,
            says: own.map(described).unwrap_or_default(),
            found: if path.is_empty() {
                Vec::new()
            } else {
                vec![path]
            },
            names,
        });
    }
    Vocabulary { templates, sorts }
}

/// What stands behind a name.
enum Kind {
    /// "text", "number", "yes or no".
    Plain(&'static str),
    /// One of the sorts.
    Sort(String),
    List(Box<Kind>),
    OrNothing(Box<Kind>),
}

impl Kind {
    fn of(property: &Value) -> Self {
        if let Some(title) = property.get("$ref").and_then(Value::as_str) {
            let title = title.rsplit('/').next().unwrap_or(title);
            return Kind::Sort(title.to_owned());
        }
        if let Some(either) = property.get("anyOf").and_then(Value::as_array) {
            let mut some = either.iter().filter(|one| !is_null(one));
            let kind = some.next().map_or(Kind::Plain("text"), Kind::of);
            return Kind::OrNothing(Box::new(kind));
        }
        let (kind, may_be_nothing) = match property.get("type") {
            Some(Value::Array(kinds)) => {
                let mut some = kinds.iter().filter_map(Value::as_str);
                (some.find(|kind| *kind != "null").unwrap_or("string"), true)
            }
            Some(kind) => (kind.as_str().unwrap_or("string"), false),
            None => ("string", false),
        };
        let kind = match kind {
            "array" => match property.get("items") {
                Some(items) if items.is_object() => Kind::List(Box::new(Kind::of(items))),
                _ => Kind::Plain("pair of texts"),
            },
            "boolean" => Kind::Plain("yes or no"),
            "integer" | "number" => Kind::Plain("number"),
            _ => Kind::Plain("text"),
        };
        if may_be_nothing {
            Kind::OrNothing(Box::new(kind))
        } else {
            kind
        }
    }

    /// The sort that it leads to, if that has names of its own.
    fn record(&self, kinds: &Map<String, Value>) -> Option<&str> {
        match self {
            Kind::Plain(_) => None,
            Kind::Sort(title) => {
                let sort = kinds.get(title)?;
                sort.get("properties").is_some().then_some(title.as_str())
            }
            Kind::List(of) | Kind::OrNothing(of) => of.record(kinds),
        }
    }

    /// How many lists stand in one another.
    fn depth(&self) -> usize {
        match self {
            Kind::Plain(_) | Kind::Sort(_) => 0,
            Kind::List(of) => 1 + of.depth(),
            Kind::OrNothing(of) => of.depth(),
        }
    }

    fn words(&self) -> String {
        match self {
            Kind::Plain(words) => (*words).to_owned(),
            Kind::Sort(title) if title == "Picture" => "picture".to_owned(),
            Kind::Sort(title) if title == "Markup" => "ready text".to_owned(),
            Kind::Sort(title) => title.clone(),
            Kind::List(of) => match of.as_ref() {
                Kind::Plain("text") => "list of texts".to_owned(),
                Kind::Plain("number") => "list of numbers".to_owned(),
                Kind::Plain("pair of texts") => "list of pairs of texts".to_owned(),
                of => format!("list of {}", of.words()),
            },
            Kind::OrNothing(of) => format!("{}, or nothing", of.words()),
        }
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

fn said(property: &Value) -> String {
    property.as_object().map(described).unwrap_or_default()
}

/// A doc comment on one line; `null` is what a template calls nothing.
fn described(schema: &Map<String, Value>) -> String {
    let words = schema.get("description").and_then(Value::as_str);
    let words = words.unwrap_or_default().replace("`null`", "nothing");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
