//! The names that a template sees at a place: its text in, what stands behind each name out,
//! as the vocabulary of templates has it.

use super::tags::{self, Sort as TagSort, Word};
use crate::host::Host;
use crate::report::{Sort, Vocabulary, vocabulary};
use std::path::Path;
use std::sync::LazyLock;

/// What stands behind a name.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    /// A sort of thing with names of its own.
    Sort(&'static Sort),
    /// A list.
    List(Box<Shape>),
    /// A word or number; or nobody knows.
    Plain,
}

impl Shape {
    /// The sort, if it is one.
    pub(super) fn sort(&self) -> Option<&'static Sort> {
        match self {
            Shape::Sort(sort) => Some(sort),
            _ => None,
        }
    }

    /// What each of a list is.
    fn member(&self) -> Self {
        match self {
            Shape::List(member) => (**member).clone(),
            _ => Shape::Plain,
        }
    }

    /// As the vocabulary says it: "list of Score", "Figure, or nothing".
    fn of(is: &str, all: &'static Vocabulary) -> Self {
        let is = is.strip_suffix(", or nothing").unwrap_or(is);
        if let Some(member) = is.strip_prefix("list of ") {
            return Shape::List(Box::new(Shape::of(member, all)));
        }
        let sort = all.sorts.iter().find(|sort| sort.title == is);
        sort.map_or(Shape::Plain, Shape::Sort)
    }
}

/// The names that are seen at a place.
pub(super) struct Names {
    all: &'static Vocabulary,
    /// Those that loops and sets make, the latest last.
    made: Vec<(String, Shape)>,
}

static VOCABULARY: LazyLock<Vec<Vocabulary>> = LazyLock::new(vocabulary);

/// The vocabulary of a template.
fn of_template(name: &str) -> &'static Vocabulary {
    let at = match name {
        "index.html.j2" => 1,
        "questionnaire.html.j2" | "parts/questionnaire-question.html.j2" => 2,
        _ => 0,
    };
    &VOCABULARY[at]
}

impl Names {
    /// The names that a template of this name and text sees at a byte. A part sees what the
    /// templates beside it call things in loops, too.
    pub(super) fn at(host: &Host, path: Option<&Path>, name: &str, text: &str, at: usize) -> Self {
        let mut names = Self {
            all: of_template(name),
            made: Vec::new(),
        };
        if name.starts_with("parts/") {
            names.lend(host, path, name);
        }
        names.read(text, at);
        names
    }

    /// What other templates make before they include a part.
    fn lend(&mut self, host: &Host, path: Option<&Path>, part: &str) {
        let path = path.unwrap_or(Path::new("page.html.j2"));
        let own = crate::report::Templates::own();
        let own: Vec<(&str, &str)> = own.collect();
        let mut lent: Vec<(String, Shape)> = Vec::new();
        for (name, disk) in host.templates_near(path) {
            let open = disk.and_then(|path| host.text_at(&path));
            let program = own
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, text)| *text);
            let text = open.as_ref().map_or(program, |source| Some(source.text()));
            let Some((text, at)) =
                text.and_then(|text| Some((text, text.find(&format!("\"{part}\""))?)))
            else {
                continue;
            };
            let mut there = Self {
                all: of_template(&name),
                made: Vec::new(),
            };
            there.read(text, at);
            for (name, shape) in there.made {
                if matches!(shape, Shape::Sort(_)) || lent.iter().all(|(known, _)| *known != name) {
                    lent.retain(|(known, shape)| *known != name || matches!(shape, Shape::Sort(_)));
                    lent.push((name, shape));
                }
            }
        }
        self.made = lent;
    }

    /// Goes over the tags before a byte and keeps the names that they make.
    fn read(&mut self, text: &str, at: usize) {
        let mut frames: Vec<usize> = Vec::new();
        for tag in tags::tags(text) {
            if tag.inner.end >= at {
                break;
            }
            if tag.sort != TagSort::Statement {
                continue;
            }
            let words = tag.words(text);
            match words.first().map_or("", |word| word.text) {
                "for" => {
                    frames.push(self.made.len());
                    self.read_loop(&words);
                }
                "with" => {
                    frames.push(self.made.len());
                    self.read_sets(&words);
                }
                "set" => self.read_sets(&words),
                "endfor" | "endwith" => {
                    if let Some(before) = frames.pop() {
                        self.made.truncate(before);
                    }
                }
                _ => {}
            }
        }
    }

    fn read_loop(&mut self, words: &[Word<'_>]) {
        let Some(within) = words.iter().position(|word| word.text == "in") else {
            return;
        };
        let member = self.follow(&names_from(words, within + 1)).member();
        for word in words[1..within].iter().filter(|word| word.is_name()) {
            self.made.push((word.text.to_owned(), member.clone()));
        }
    }

    fn read_sets(&mut self, words: &[Word<'_>]) {
        for at in 1..words.len().saturating_sub(1) {
            if words[at].is_name() && words[at + 1].text == "=" {
                let shape = self.follow(&names_from(words, at + 2));
                self.made.push((words[at].text.to_owned(), shape));
            }
        }
    }

    /// What stands behind names that are joined by dots.
    pub(super) fn follow(&self, chain: &[&str]) -> Shape {
        let Some((first, rest)) = chain.split_first() else {
            return Shape::Plain;
        };
        let made = self.made.iter().rev().find(|(name, _)| name == first);
        let mut shape = match made {
            Some((_, shape)) => shape.clone(),
            None => self.root(first),
        };
        for name in rest {
            let found = shape
                .sort()
                .and_then(|sort| sort.names.iter().find(|own| own.name == *name));
            shape = found.map_or(Shape::Plain, |own| Shape::of(&own.is, self.all));
        }
        shape
    }

    fn root(&self, name: &str) -> Shape {
        let roots = self.all.sorts.first().map_or(&[][..], |sort| &sort.names);
        let found = roots.iter().find(|own| own.name == name);
        found.map_or(Shape::Plain, |own| Shape::of(&own.is, self.all))
    }

    /// Every name: itself, what it is, what it says.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let made = self.made.iter().rev().map(|(name, shape)| {
            let is = shape.sort().map_or("", |sort| sort.title.as_str());
            let says = shape.sort().map_or("", |sort| sort.says.as_str());
            (name.as_str(), is, says)
        });
        let roots = self.all.sorts.first().map_or(&[][..], |sort| &sort.names);
        made.chain(
            roots
                .iter()
                .map(|own| (own.name.as_str(), own.is.as_str(), own.says.as_str())),
        )
    }
}

/// The names joined by dots from an index on.
fn names_from<'t>(words: &[Word<'t>], from: usize) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut at = from;
    while let Some(word) = words.get(at).filter(|word| word.is_name()) {
        names.push(word.text);
        if words.get(at + 1).is_none_or(|next| next.text != ".") {
            break;
        }
        at += 2;
    }
    names
}
