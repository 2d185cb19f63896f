//! Which branches of a script and of its libraries are entered: their texts in, the same texts
//! with a mark in each branch out, and once it has run, the branches whose marks nobody passed.
//!
//! The marked text is a copy that runs beside the script itself: nothing that it comes to
//! counts, so that looking on cannot change a result. A mark in a block is a call of its own,
//! `{ passed__(3); …`; one in a condition says `true` after `and` and `false` after `or`, and so
//! decides nothing.

use super::tokens::{self, Kind, Token};
use crate::source::{Place, Source, Span};
use rhai::Engine;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a mark is called, by what it gives.
const PASSED: &str = "passed__";
const AND: &str = "passed_and__";
const OR: &str = "passed_or__";

/// The marks of one script.
#[derive(Debug, Clone, Default)]
pub struct Marks(Arc<Vec<AtomicBool>>);

/// A branch of a script.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Where it stands in the script itself.
    pub place: Place,
    /// `no test enters this branch`.
    pub untested: &'static str,
    mark: usize,
    /// Whether it is a function as a whole.
    is_function: bool,
}

/// A script and its libraries with marks.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The texts that are to be run beside them, the script's first.
    pub texts: Vec<String>,
    /// What it is run with.
    pub marks: Marks,
    branches: Vec<Branch>,
    /// The script itself.
    script: Option<Source>,
}

impl Marks {
    /// What marks are called, each taking one value.
    pub(super) const NAMES: [&'static str; 3] = [PASSED, AND, OR];

    fn pass(&self, mark: i64) {
        let mark = usize::try_from(mark).ok().and_then(|mark| self.0.get(mark));
        if let Some(mark) = mark {
            mark.store(true, Ordering::Relaxed);
        }
    }

    /// Puts the marks into an engine. Their names, each taking one value, are to be known.
    pub(super) fn register(&self, engine: &mut Engine) -> [&'static str; 3] {
        let marks = self.clone();
        engine.register_fn(PASSED, move |mark: i64| marks.pass(mark));
        for (name, gives) in [(AND, true), (OR, false)] {
            let marks = self.clone();
            engine.register_fn(name, move |mark: i64| {
                marks.pass(mark);
                gives
            });
        }
        Self::NAMES
    }
}

impl Marked {
    /// Puts a mark into each branch of a script and of its libraries, the script first.
    pub fn of(sources: &[Source]) -> Self {
        let mut branches = Vec::new();
        let mut texts = Vec::new();
        for source in sources {
            let tokens = tokens::scan(source.text());
            let mut put = Put {
                source,
                tokens: &tokens,
                branches,
                inserted: Vec::new(),
            };
            for at in 0..tokens.len() {
                put.token(at);
            }
            texts.push(put.text());
            branches = put.branches;
        }
        let marks = branches.iter().map(|_| AtomicBool::new(false)).collect();
        Self {
            texts,
            marks: Marks(Arc::new(marks)),
            branches,
            script: sources.first().cloned(),
        }
    }

    /// The branches whose marks nobody passed; of those within one another, the outermost. A
    /// library serves others too: of it only what is in functions that were called is told.
    pub fn untested(&self) -> Vec<Branch> {
        let passed = |branch: &Branch| {
            let mark = self.marks.0.get(branch.mark);
            mark.is_none_or(|mark| mark.load(Ordering::Relaxed))
        };
        let is_within = |inner: &Branch, outer: &Branch| {
            outer.place.source == inner.place.source
                && outer.place.span != inner.place.span
                && outer.place.span.holds(inner.place.span)
        };
        let counts = |branch: &Branch| {
            self.script.as_ref() == Some(&branch.place.source)
                || self
                    .branches
                    .iter()
                    .any(|one| one.is_function && passed(one) && is_within(branch, one))
        };
        let left: Vec<&Branch> = self
            .branches
            .iter()
            .filter(|one| !passed(one) && counts(one))
            .collect();
        left.iter()
            .filter(|one| !left.iter().any(|other| is_within(one, other)))
            .map(|one| (*one).clone())
            .collect()
    }
}

/// Marks being put.
struct Put<'t> {
    source: &'t Source,
    tokens: &'t [Token<'t>],
    branches: Vec<Branch>,
    inserted: Vec<(usize, String)>,
}

impl Put<'_> {
    /// The text with its marks.
    fn text(&mut self) -> String {
        self.inserted.sort_by_key(|(offset, _)| *offset);
        let whole = self.source.text();
        let mut text = String::new();
        let mut done = 0;
        for (offset, words) in &self.inserted {
            text += &whole[done..*offset];
            text += words;
            done = *offset;
        }
        text + &whole[done..]
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn token(&mut self, at: usize) {
        let token = self.tokens[at];
        if token.is("if") {
            self.condition(at);
        } else if token.is("else") && self.is(at + 1, "{") {
            self.block(at + 1, "no test enters this branch");
        } else if token.is("while") || token.is("for") {
            if let Some(open) = self.open(at) {
                self.block(open, "no test enters this loop");
                self.past_loop(at, open);
            }
        } else if token.is("fn") {
            if let Some(open) = self.open(at) {
                self.block(open, "no test calls this function");
                if let Some(function) = self.branches.last_mut() {
                    function.is_function = true;
                }
            }
        } else if token.is("and") || token.is("&&") {
            self.side(at, AND, token.text, "no test gets past this `and`");
        } else if token.is("or") || token.is("||") && self.is_operator(at) {
            self.side(at, OR, token.text, "no test gets past this `or`");
        }
    }

    /// `||` without names before a test's body is no operator.
    fn is_operator(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before]);
        before.is_some_and(|token| {
            token.is_word() || token.closes() || matches!(token.kind, Kind::Number | Kind::Text)
        }) && !before.is_some_and(|token| token.is("return"))
    }

    /// The bracket that opens the block of an `if`, a loop or a function.
    fn open(&self, at: usize) -> Option<usize> {
        let mut deep = 0usize;
        for (index, token) in self.tokens.iter().enumerate().skip(at + 1) {
            if deep == 0 && token.is("{") {
                return Some(index);
            }
            if token.opens() {
                deep += 1;
            } else if token.closes() {
                deep = deep.checked_sub(1)?;
            }
        }
        None
    }

    /// The bracket that closes the one at `open`.
    fn close(&self, open: usize) -> Option<usize> {
        tokens::closing(self.tokens, open)
    }

    /// The block of an `if`, and what there is where its condition is false and nothing is
    /// written for that.
    fn condition(&mut self, at: usize) {
        let Some(open) = self.open(at) else { return };
        let Some(close) = self.close(open) else {
            return;
        };
        self.block(open, "no test enters this branch");
        if self.is(close + 1, "else") {
            return;
        }
        let asked = self.tokens[at + 1].span.to(self.tokens[open - 1].span);
        let mark = self.branch(asked, "no test finds this condition false");
        let end = self.tokens[close].span.end;
        self.inserted
            .push((end, format!(" else {{ {PASSED}({mark}); }}")));
    }

    fn block(&mut self, open: usize, untested: &'static str) {
        let Some(close) = self.close(open) else {
            return;
        };
        let span = self.tokens[open].span.to(self.tokens[close].span);
        let mark = self.branch(span, untested);
        let begin = self.tokens[open].span.end;
        self.inserted.push((begin, format!(" {PASSED}({mark}); ")));
    }

    /// What comes after a loop that a `return` may end: whether any test gets there.
    fn past_loop(&mut self, at: usize, open: usize) {
        let Some(close) = self.close(open) else {
            return;
        };
        if (open..close).any(|inside| self.is(inside, "return")) {
            let head = self.tokens[at].span.to(self.tokens[open - 1].span);
            let mark = self.branch(head, "no test gets past this loop");
            let end = self.tokens[close].span.end;
            self.inserted.push((end, format!(" {PASSED}({mark}); ")));
        }
    }

    /// What stands after an `and` or an `or`.
    fn side(&mut self, at: usize, name: &str, word: &str, untested: &'static str) {
        let span = self.tokens[at].span;
        let mark = self.branch(span, untested);
        self.inserted
            .push((span.end, format!(" {name}({mark}) {word} ")));
    }

    fn branch(&mut self, span: Span, untested: &'static str) -> usize {
        let mark = self.branches.len();
        self.branches.push(Branch {
            place: self.source.place(span),
            untested,
            mark,
            is_function: false,
        });
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::national;
    use crate::validate;
    use std::fs;
    use std::path::PathBuf;

    fn marked(text: &str) -> Marked {
        Marked::of(&[Source::new("check.rhai", text)])
    }

    #[test]
    fn a_mark_stands_in_each_branch_and_decides_nothing() {
        for (text, with_marks) in [
            (
                "if a { 1 } else { 2 }",
                "if a { passed__(0);  1 } else { passed__(1);  2 }",
            ),
            (
                "if a { return 1; }",
                "if a { passed__(0);  return 1; } else { passed__(1); }",
            ),
            (
                "if a { 1 } else if b { 2 } else { 3 }",
                "if a { passed__(0);  1 } else if b { passed__(1);  2 } else { passed__(2);  3 }",
            ),
            (
                "a and b or c",
                "a and passed_and__(0) and  b or passed_or__(1) or  c",
            ),
            ("test(\"a\", || { 1 })", "test(\"a\", || { 1 })"),
            ("#{ a: 1 }", "#{ a: 1 }"),
            ("fn f(a) { a }", "fn f(a) { passed__(0);  a }"),
            (
                "for x in y { if x { return 1; } } 2",
                "for x in y { passed__(0);  if x { passed__(2);  return 1; } else { passed__(3); } } passed__(1);  2",
            ),
        ] {
            assert_eq!(marked(text).texts, [with_marks], "{text}");
        }
    }

    #[test]
    fn of_branches_within_one_another_that_nobody_enters_the_outermost_is_told() {
        let marked = marked("if a { if b { 1 } else { 2 } } else { 3 }");
        marked.marks.pass(3);
        let left: Vec<String> = marked
            .untested()
            .iter()
            .map(|one| one.place.text().to_owned())
            .collect();
        assert_eq!(left, ["{ if b { 1 } else { 2 } }"]);
    }

    #[test]
    fn of_a_library_only_functions_that_are_called_are_looked_into() {
        let library =
            "fn used(a) { if a { 1 } else { 2 } }\nfn unused(a) { if a { 1 } else { 2 } }";
        let marked = Marked::of(&[
            Source::new("check.rhai", "const A = 1;"),
            Source::new("shared/ours.rhai", library),
        ]);
        assert!(marked.untested().is_empty());
        marked.marks.pass(0);
        marked.marks.pass(1);
        let left: Vec<String> = marked
            .untested()
            .iter()
            .map(|one| one.place.text().to_owned())
            .collect();
        assert_eq!(left, ["{ 2 }"]);
    }

    #[test]
    fn every_script_that_ships_is_as_sound_with_marks_as_without() {
        let scripts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scripts");
        let mut tried = 0;
        for council in ["northshire", "eastmere", "sandbourne"] {
            let text = fs::read_to_string(scripts.join(council).join("check.rhai")).unwrap();
            let library = fs::read_to_string(scripts.join("shared/caseload.rhai")).unwrap();
            let shared = [Source::new("shared/caseload.rhai", &library)];
            let marked = Marked::of(&[Source::new("check.rhai", &text), shared[0].clone()]);
            let workshop = crate::script::Workshop {
                marks: Some(marked.marks.clone()),
                ..Default::default()
            };
            let source = Source::new("check.rhai", &marked.texts[0]);
            let shared = [Source::new("shared/caseload.rhai", &marked.texts[1])];
            let check = validate::check(&source, &shared, &workshop);
            assert!(check.is_ok(), "{council}: {}", check.unwrap_err());
            tried += marked.branches.len();
        }
        assert!(tried > 3, "{tried}");
        for (name, text) in national::CARDS {
            let marked = marked(text);
            let workshop = crate::script::Workshop {
                marks: Some(marked.marks.clone()),
                ..Default::default()
            };
            let (_, faults) = workshop.read(&Source::new(name, &marked.texts[0]), &[]);
            assert!(faults.is_empty(), "{faults}");
        }
    }
}
