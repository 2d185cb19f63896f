//! Cards and their keys as topics.

use super::{Sort, Topic, sentence};
use crate::validate::{KEYS, Key, VERBS, Verb};

pub(super) fn cards() -> impl Iterator<Item = Topic> {
    VERBS.iter().map(of_verb)
}

pub(super) fn keys() -> impl Iterator<Item = Topic> {
    KEYS.iter().map(of_key)
}

fn of_verb(verb: &Verb) -> Topic {
    let of_verb = || KEYS.iter().filter(|key| key.verb == verb.name);
    let named = |needed: bool| -> Vec<String> {
        let some = of_verb().filter(|key| key.needed == needed);
        some.map(|key| format!("`{}`", key.name)).collect()
    };
    let mut paragraphs = vec![sentence(verb.says), verb.more.to_owned()];
    paragraphs.push(match verb.id {
        Some(id) => format!("In quotes stands {id}."),
        None => "Nothing stands in quotes before its `#{`.".to_owned(),
    });
    for (words, keys) in [("It needs", named(true)), ("It may have", named(false))] {
        if !keys.is_empty() {
            paragraphs.push(format!("{words} {}.", keys.join(", ")));
        }
    }
    if let Some(key) = of_verb().next() {
        let line = "`healthcheck explain` says more of each key";
        paragraphs.push(format!(
            "{line}: `healthcheck explain {}.{}`.",
            verb.name, key.name
        ));
    }
    Topic {
        sort: Sort::Card,
        name: verb.name.to_owned(),
        title: format!("{}: a card", verb.name),
        says: verb.says.to_owned(),
        paragraphs,
        wrong: verb.slip.to_owned(),
        right: verb.example.to_owned(),
    }
}

fn of_key(key: &Key) -> Topic {
    let article = match key.verb.starts_with(['a', 'e', 'i', 'o', 'u']) {
        true => "an",
        false => "a",
    };
    let of_new: &[&str] = match key.verb {
        "measure" => &["standard", "ask", "unit", "value", "best", "worst"],
        "question" | "statement" => &["standard", "ask"],
        _ => &[],
    };
    let needed = match key.needed {
        true => "it must be there",
        false if of_new.contains(&key.name) => {
            "where the card tailors a national item it may be left out, and an item of your own needs it"
        }
        false => "it may be left out",
    };
    Topic {
        sort: Sort::Key,
        name: format!("{}.{}", key.verb, key.name),
        title: format!("{}: a key of {article} `{}` card", key.name, key.verb),
        says: key.says.to_owned(),
        paragraphs: vec![
            sentence(key.says),
            format!("It wants {}; {needed}.", key.wanted()),
        ],
        wrong: format!("{}: {},", key.name, key.wants.slip()),
        right: format!("{}: {},", key.name, key.example),
    }
}
