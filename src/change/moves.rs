//! What an edit moved: a council's Publication before and after it in, each score, finding
//! and comparability that is another now out, from what to what.
//!
//! Both are what may be published, as printed, so nothing withheld can come out.

use crate::publication::{
    Figure, Finding, Grade, Item, LocalStandard, Publication, Reading, Scope, Score,
};

/// One thing that is another than before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// What sort of thing moved.
    pub sort: Moved,
    /// What it is, in words: "Caseload management, children's services".
    pub what: String,
    /// As it was printed before; "not there" of something new.
    pub then: String,
    /// As it is printed now; "not there" of something gone.
    pub now: String,
}

/// What can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Moved {
    /// A score, a band or a grade.
    Score,
    /// Whether an item compares with other councils, and how the check is tailored.
    Comparability,
    /// What was found for an item.
    Finding,
    /// Anything else that readers see: who answered, rules, wordings, the plan.
    Other,
}

impl Moved {
    /// As a heading: "Scores".
    pub fn title(self) -> &'static str {
        match self {
            Moved::Score => "Scores",
            Moved::Comparability => "Comparability",
            Moved::Finding => "Findings",
            Moved::Other => "Beside them",
        }
    }
}

const NOT_THERE: &str = "not there";

/// All that moved between two publications of one council, scores first.
pub fn moves(then: &Publication, now: &Publication) -> Vec<Move> {
    let mut list = List(Vec::new());
    list.council(then, now);
    for scope in both(&then.scopes, &now.scopes, |scope| scope.id.clone()) {
        list.scope(scope);
    }
    for item in both(&then.items, &now.items, |item| item.id.clone()) {
        list.item(item, now);
    }
    for action in both(&then.plan, &now.plan, |action| action.id.clone()) {
        let any = action.1.or(action.0);
        let name = any.map_or_else(String::new, |action| format!("action: {}", action.what));
        let words = |action: Option<&crate::publication::Action>| {
            action.map(|action| format!("{}, due {}, {}", action.status, action.due, action.owner))
        };
        list.add(Moved::Other, &name, words(action.0), words(action.1));
    }
    let mut moves = list.0;
    moves.sort_by_key(|one| one.sort);
    moves
}

type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// Everything of two lists, paired by name; in the order of now, then what is gone.
fn both<'a, T, K: PartialEq>(
    then: &'a [T],
    now: &'a [T],
    name: impl Fn(&T) -> K,
) -> Vec<Pair<'a, T>> {
    let of_now = now.iter().map(|one| {
        let before = then.iter().find(|known| name(known) == name(one));
        (before, Some(one))
    });
    let gone = then
        .iter()
        .filter(|one| now.iter().all(|known| name(known) != name(one)));
    of_now.chain(gone.map(|one| (Some(one), None))).collect()
}

struct List(Vec<Move>);

impl List {
    fn add(&mut self, sort: Moved, what: &str, then: Option<String>, now: Option<String>) {
        if then != now {
            self.0.push(Move {
                sort,
                what: what.to_owned(),
                then: then.unwrap_or_else(|| NOT_THERE.into()),
                now: now.unwrap_or_else(|| NOT_THERE.into()),
            });
        }
    }

    fn text(&mut self, sort: Moved, what: &str, then: &str, now: &str) {
        let words = |text: &str| Some(if text.is_empty() { "nothing" } else { text }.to_owned());
        self.add(sort, what, words(then), words(now));
    }

    fn council(&mut self, then: &Publication, now: &Publication) {
        let why = |one: &Publication| one.only.clone().unwrap_or_default();
        let what = "why neither scores nor answers are published";
        self.text(Moved::Score, what, &why(then), &why(now));
        let about = |one: &Publication| {
            let council = &one.council;
            [
                ("name", council.name.clone()),
                ("as-of date", council.as_of_words.clone()),
                ("whom it covers", council.covers.clone()),
                ("accountable post", council.lead.clone().unwrap_or_default()),
                ("contact", council.contact.clone().unwrap_or_default()),
                ("note", council.note.clone().unwrap_or_default()),
            ]
        };
        for ((what, then), (_, now)) in about(then).into_iter().zip(about(now)) {
            self.text(Moved::Other, what, &then, &now);
        }
        let word = |one: &Publication| one.tailoring.word.clone();
        self.text(
            Moved::Comparability,
            "the check was done",
            &word(then),
            &word(now),
        );
        let text = |one: &Publication| one.tailoring.text.clone();
        let what = "national items that compare";
        self.text(Moved::Comparability, what, &text(then), &text(now));
        for (then, now) in both(&then.response, &now.response, |one| one.scope.clone()) {
            let title = now.or(then).map_or("", |one| one.title.as_str());
            let words = |one: Option<&crate::publication::Response>| {
                one.map(|one| format!("{} of {}", one.answered.text, one.asked.text))
            };
            let what = format!("answered, {}", inside(title));
            self.add(Moved::Other, &what, words(then), words(now));
        }
        for (then, now) in both(&then.awareness, &now.awareness, |one| one.id.clone()) {
            let ask = now.or(then).map_or("", |one| one.ask.as_str());
            let words =
                |one: Option<&crate::publication::Awareness>| one.map(|one| percent(&one.yes));
            self.add(Moved::Finding, ask, words(then), words(now));
        }
    }

    fn scope(&mut self, (then, now): Pair<Scope>) {
        let Some(any) = now.or(then) else {
            return;
        };
        let of = |what: &str| named(what, &any.id, &any.title);
        let text =
            |one: Option<&Scope>, read: fn(&Scope) -> &Score| one.map(|one| score(read(one)));
        let overall = |one| text(one, |scope| &scope.overall);
        self.add(Moved::Score, &of("Overall"), overall(then), overall(now));
        let assured = |one: Option<&Scope>| one.map(|scope| scope.assured.text.clone());
        self.add(Moved::Score, &of("Assured"), assured(then), assured(now));
        let local = |one| text(one, |scope| &scope.local_overall);
        let what = of("Overall by the council's own rules");
        self.add(Moved::Score, &what, local(then), local(now));
        let word = |one: Option<&Scope>| one.map(|scope| grade(&scope.grade));
        self.add(Moved::Score, &of("Grade"), word(then), word(now));
        let standards = |one: Option<&'_ Scope>| one.map(|one| one.standards.clone());
        let (before, after) = (
            standards(then).unwrap_or_default(),
            standards(now).unwrap_or_default(),
        );
        for (then, now) in both(&before, &after, |standard| standard.id.clone()) {
            let title = now.or(then).map_or("", |one| one.title.as_str());
            let words =
                |one: Option<&crate::publication::Standard>| one.map(|one| score(&one.result));
            self.add(Moved::Score, &of(title), words(then), words(now));
            let words =
                |one: Option<&crate::publication::Standard>| one.map(|one| one.coverage.clone());
            let what = of(&format!("{title}, items scored"));
            self.add(Moved::Finding, &what, words(then), words(now));
        }
        let local = |one: Option<&'_ Scope>| one.map(|one| one.local.clone());
        let (before, after) = (
            local(then).unwrap_or_default(),
            local(now).unwrap_or_default(),
        );
        for (then, now) in both(&before, &after, |standard| standard.id.clone()) {
            let title = now.or(then).map_or("", |one| one.title.as_str());
            let words = |one: Option<&LocalStandard>| one.map(|one| score(&one.result));
            let what = of(&format!("{title} by the council's own rules"));
            self.add(Moved::Score, &what, words(then), words(now));
            let words = |one: Option<&LocalStandard>| {
                one.map(|one| format!("weight {}, {}", one.weight, or_none(&one.formula)))
            };
            if any.id != "whole" {
                continue;
            }
            let what = format!("{title}, weight and formula");
            self.add(Moved::Other, &what, words(then), words(now));
        }
    }

    fn item(&mut self, (then, now): Pair<Item>, publication: &Publication) {
        let Some(any) = now.or(then) else {
            return;
        };
        let words = |one: Option<&Item>| one.map(|one| one.comparability.clone());
        self.add(Moved::Comparability, &any.ask, words(then), words(now));
        let (Some(then), Some(now)) = (then, now) else {
            return;
        };
        self.text(Moved::Other, "wording", &then.ask, &now.ask);
        for (what, then, now) in [
            ("rule", &then.rule, &now.rule),
            ("target", &then.target, &now.target),
            ("own formula", &then.local_formula, &now.local_formula),
            ("weight", &then.weight.to_string(), &now.weight.to_string()),
        ] {
            self.text(Moved::Other, &format!("{}: {what}", any.ask), then, now);
        }
        let name = |one: &Finding| (one.breakdown.clone(), one.group.clone());
        for (then, now) in both(&then.findings, &now.findings, name) {
            let Some(one) = now.or(then) else {
                continue;
            };
            let title = publication
                .groups
                .iter()
                .find(|group| group.breakdown == one.breakdown && group.name == one.group)
                .map_or(one.group.as_str(), |group| group.title.as_str());
            let what = match one.breakdown.as_str() {
                "whole" | "service" => named(&any.ask, &one.breakdown, title),
                // A name that somebody gave stands as they wrote it.
                _ => format!("{}, {title}", any.ask),
            };
            let national = |one: Option<&Finding>| one?.national.as_ref().map(reading);
            let local = |one: Option<&Finding>| one.map(|one| reading(&one.local));
            self.add(Moved::Finding, &what, national(then), national(now));
            if (national(then), national(now)) != (local(then), local(now)) {
                let what = format!("{what}, by the council's own rules");
                self.add(Moved::Finding, &what, local(then), local(now));
            }
        }
    }
}

/// A thing, and where: nothing more is said of the whole.
fn named(what: &str, place: &str, title: &str) -> String {
    if place == "whole" {
        what.to_owned()
    } else {
        format!("{what}, {}", inside(title))
    }
}

/// A title of ours within a sentence.
fn inside(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

fn score(score: &Score) -> String {
    if score.band.is_empty() {
        if score.rated || score.score.value.is_some() {
            score.score.text.clone()
        } else {
            format!("{} (not rated)", score.score.text)
        }
    } else {
        format!("{} ({})", score.score.text, score.band)
    }
}

fn grade(grade: &Grade) -> String {
    match (&grade.firmness, grade.reasons.is_empty()) {
        (_, false) => format!("{}: {}", grade.word, grade.reasons.join("; ")),
        (Some(firmness), true) => format!("{}, firmness {}", grade.word, percent(firmness)),
        (None, true) => grade.word.clone(),
    }
}

fn percent(figure: &Figure) -> String {
    match figure.value {
        Some(_) => format!("{}%", figure.text.trim_end_matches('%')),
        None => figure.text.clone(),
    }
}

/// Value and score: "16.2, score 58.0"; a score that is its own value is told once.
fn reading(reading: &Reading) -> String {
    let (value, score) = (&reading.value.text, &reading.score.text);
    let mut words = if value == score {
        value.clone()
    } else {
        format!("{value}, score {score}")
    };
    for more in [&reading.claim, &reading.experience] {
        if !more.is_empty() {
            words.push_str(", ");
            words.push_str(more);
        }
    }
    words
}

fn or_none(formula: &str) -> &str {
    if formula.is_empty() {
        "no formula"
    } else {
        formula
    }
}
