//! What names stand for in a formula: a spot in, the names that are known there out, each
//! a table, a row of one, results, or something else.

use super::outline::{Outline, Piece, What};
use super::spot::is_bar;
use crate::script::tokens;

/// How many words are looked through for names, and for the other end of a bracket.
const FARTHEST: usize = 4_000;

/// How many links a chain may have.
const LONGEST: usize = 100;

/// What a name or an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stands {
    /// Rows of a table.
    Table(String),
    /// One row of a table.
    Row(String),
    /// The results of a standard's items, by its id.
    Results(String),
    /// The results of all standards.
    Standards,
    /// One result.
    One,
    /// A number, a text, a truth.
    Value,
    /// Nobody knows before it runs.
    Unknown,
}

/// A name that is known at a spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub stands: Stands,
    /// The token that makes it.
    pub made: usize,
    depth: usize,
}

/// The names that a formula, a function or a test knows at a token.
pub(super) fn names(outline: &Outline<'_>, piece: &Piece, until: usize) -> Vec<Named> {
    let inferred = match &piece.what {
        What::Function { name, .. } => inferred(outline, &outline.word(*name)),
        _ => Vec::new(),
    };
    walk(outline, piece, until, inferred)
}

fn walk(outline: &Outline<'_>, piece: &Piece, until: usize, inferred: Vec<Stands>) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    if let What::Function { parameters, .. } = &piece.what {
        let stands = inferred
            .into_iter()
            .chain(std::iter::repeat(Stands::Unknown));
        names.extend(parameters.iter().zip(stands).map(|(made, stands)| Named {
            name: outline.word(*made),
            stands,
            made: *made,
            depth: 0,
        }));
    }
    let mut depth = 0usize;
    let mut at = piece.tokens.start.max(until.saturating_sub(FARTHEST));
    while at < until.min(piece.tokens.end) {
        let token = &outline.tokens[at];
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
            names.retain(|named| named.depth <= depth);
        } else if is_bar(outline, at) {
            let stands = of_bars(outline, piece, at, &names);
            let first = at + 1;
            at = first;
            while at < until && !outline.is(at, "|") {
                if outline.tokens[at].is_word() {
                    let name = outline.word(at);
                    let stands = match &stands {
                        Some(stands) => stands.clone(),
                        None => Stands::Table(name.clone()),
                    };
                    names.push(Named {
                        name,
                        stands,
                        made: at,
                        depth,
                    });
                }
                at += 1;
            }
        } else if token.is("let") && outline.is(at + 2, "=") && at + 2 < until {
            names.push(Named {
                name: outline.word(at + 1),
                stands: expression(outline, at + 3, &names),
                made: at + 1,
                depth,
            });
        }
        at += 1;
    }
    names
}

/// What the names between bars stand for; `None` for tables of their own name.
fn of_bars(outline: &Outline<'_>, piece: &Piece, bar: usize, names: &[Named]) -> Option<Stands> {
    let before = bar.checked_sub(1)?;
    if outline.is(before, "(") {
        let method = before.checked_sub(1)?;
        let dot = method.checked_sub(1)?;
        return Some(
            match outline
                .is(dot, ".")
                .then(|| before_dot(outline, dot, names))
            {
                Some(Stands::Table(table)) => Stands::Row(table),
                _ => Stands::Unknown,
            },
        );
    }
    let What::Card(card) = &piece.what else {
        return Some(Stands::Unknown);
    };
    let key = bar.checked_sub(2).map(|key| outline.word(key))?;
    let id = card.id.map(|id| outline.word(id)).unwrap_or_default();
    match (outline.tokens[card.verb].text, key.as_str()) {
        ("measure", "value") => None,
        ("standard" | "local_standard", "score") => Some(Stands::Results(id)),
        ("overall", "score") => Some(Stands::Standards),
        ("measure", "score") => Some(Stands::Value),
        _ => Some(Stands::Unknown),
    }
}

/// What a name stands for.
pub(super) fn of_name(names: &[Named], name: &str) -> Stands {
    let found = names.iter().rev().find(|named| named.name == name);
    found.map_or(Stands::Unknown, |named| named.stands.clone())
}

/// What stands before a dot or an index.
pub(super) fn before_dot(outline: &Outline<'_>, dot: usize, names: &[Named]) -> Stands {
    link(outline, dot, names, LONGEST)
}

fn link(outline: &Outline<'_>, dot: usize, names: &[Named], links: usize) -> Stands {
    let Some(left) = dot.checked_sub(1).filter(|_| links > 0) else {
        return Stands::Unknown;
    };
    if outline.tokens[left].is_word() {
        let inside = left > 0 && (outline.is(left - 1, ".") || outline.is(left - 1, "::"));
        return match inside {
            true => Stands::Value,
            false => of_name(names, outline.tokens[left].text),
        };
    }
    let Some(open) = opening(outline, left) else {
        return Stands::Unknown;
    };
    if outline.is(open, "[") {
        return match link(outline, open, names, links - 1) {
            Stands::Results(_) | Stands::Standards => Stands::One,
            Stands::Row(_) => Stands::Value,
            _ => Stands::Unknown,
        };
    }
    let callee = open
        .checked_sub(1)
        .map(|callee| (callee, outline.word(callee)));
    match callee {
        Some((callee, method)) if callee > 0 && outline.is(callee - 1, ".") => {
            match link(outline, callee - 1, names, links - 1) {
                Stands::Table(table) if method == "only" => Stands::Table(table),
                Stands::Table(_) => Stands::Value,
                _ => Stands::Unknown,
            }
        }
        Some((_, function)) if function == "item" => Stands::One,
        _ => Stands::Unknown,
    }
}

/// What an expression that begins here stands for, as far as its first words tell.
fn expression(outline: &Outline<'_>, from: usize, names: &[Named]) -> Stands {
    let Some(first) = outline.token(from).filter(|token| token.is_word()) else {
        return Stands::Unknown;
    };
    if outline.is(from + 1, "(") {
        let is_item = first.text == "item";
        let after = closing(outline, from + 1).map(|close| close + 1);
        let whole = after.is_none_or(|after| !outline.is(after, "."));
        return if is_item && whole {
            Stands::One
        } else {
            Stands::Value
        };
    }
    let mut stands = of_name(names, first.text);
    let mut next = from + 1;
    loop {
        if outline.is(next, ".") {
            let only = outline.is(next + 1, "only");
            stands = match stands {
                Stands::Table(table) if only => Stands::Table(table),
                _ => Stands::Value,
            };
            next += 2;
        } else if outline.is(next, "(") || outline.is(next, "[") {
            if outline.is(next, "[") {
                stands = match stands {
                    Stands::Results(_) | Stands::Standards => Stands::One,
                    _ => Stands::Value,
                };
            }
            match closing(outline, next) {
                Some(close) => next = close + 1,
                None => return stands,
            }
        } else if outline.is(next, ";") {
            return stands;
        } else {
            return Stands::Value;
        }
    }
}

/// What a function of the script is given where a card first calls it.
fn inferred(outline: &Outline<'_>, function: &str) -> Vec<Stands> {
    for (piece, _) in outline.cards() {
        for at in piece.tokens.clone() {
            if !outline.is(at, function) || !outline.is(at + 1, "(") {
                continue;
            }
            let names = walk(outline, piece, at, Vec::new());
            let end = closing(outline, at + 1).unwrap_or(piece.tokens.end);
            let mut given = Vec::new();
            let mut argument = at + 2;
            while argument < end {
                let next = next_argument(outline, argument, end);
                let one = next == argument + 2 || next >= end && argument + 1 == end;
                given.push(match one {
                    true => of_name(&names, outline.tokens[argument].text),
                    false => expression_until(outline, argument, &names),
                });
                argument = next;
            }
            return given;
        }
    }
    Vec::new()
}

/// An argument that is more than a word: a part of a table, or something else.
fn expression_until(outline: &Outline<'_>, from: usize, names: &[Named]) -> Stands {
    match of_name(names, outline.tokens[from].text) {
        Stands::Table(table) if outline.is(from + 1, ".") && outline.is(from + 2, "only") => {
            Stands::Table(table)
        }
        _ => Stands::Unknown,
    }
}

fn next_argument(outline: &Outline<'_>, from: usize, end: usize) -> usize {
    let mut depth = 0usize;
    for at in from..end {
        let token = &outline.tokens[at];
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is(",") {
            return at + 1;
        }
    }
    end
}

/// The bracket that a closing one closes.
fn opening(outline: &Outline<'_>, close: usize) -> Option<usize> {
    if !outline.tokens[close].closes() {
        return None;
    }
    let mut depth = 0usize;
    for at in (0..=close).rev().take(FARTHEST) {
        if outline.tokens[at].closes() {
            depth += 1;
        } else if outline.tokens[at].opens() {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The bracket that closes an opening one.
fn closing(outline: &Outline<'_>, open: usize) -> Option<usize> {
    let near = outline.tokens.len().min(open + FARTHEST);
    tokens::closing(&outline.tokens[..near], open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// What stands before the dot or bracket that `@` follows.
    fn stands(script: &str) -> Stands {
        let at = script.find('@').unwrap();
        let source = Source::new("t", &script.replacen('@', "", 1));
        let outline = Outline::of(&source);
        let dot = outline.tokens.partition_point(|token| token.span.end < at);
        let piece = outline
            .pieces
            .iter()
            .rfind(|piece| piece.tokens.start <= dot)
            .unwrap();
        before_dot(&outline, dot, &names(&outline, piece, dot))
    }

    #[test]
    fn names_stand_for_tables_rows_and_results() {
        let table = |id: &str| Stands::Table(id.to_owned());
        let row = |id: &str| Stands::Row(id.to_owned());
        for (script, expected) in [
            (
                "measure(\"a\", #{ value: |workers| workers.@",
                table("workers"),
            ),
            (
                "measure(\"a\", #{ value: |survey, workers| workers.only(|w| w.@",
                row("workers"),
            ),
            (
                "measure(\"a\", #{ value: |workers| workers.only(|w| w.x > 1).@",
                table("workers"),
            ),
            (
                "measure(\"a\", #{ value: |workers| workers.count().@",
                Stands::Value,
            ),
            (
                "measure(\"a\", #{ value: |workers| {\n let h = workers.only(|w| w.x);\n h.share(|x| x.@",
                row("workers"),
            ),
            (
                "standard(\"caseload\", #{ score: |results| results[@",
                Stands::Results("caseload".into()),
            ),
            (
                "standard(\"caseload\", #{ score: |results| results[\"a\"].@",
                Stands::One,
            ),
            (
                "standard(\"c\", #{ score: |r| {\n let far = r[\"a\"];\n far.@",
                Stands::One,
            ),
            (
                "standard(\"c\", #{ score: |r| {\n let far = r[\"a\"].value;\n far.@",
                Stands::Value,
            ),
            (
                "overall(#{ score: |standards| standards[\"a\"].@",
                Stands::One,
            ),
            ("test(\"a\", || { expect(item(\"x\").@", Stands::One),
            (
                "fn f(people, n) { people.@ }\nmeasure(\"a\", #{ value: |workers| f(workers, 2) });",
                table("workers"),
            ),
            ("fn f(people) { people.@ }", Stands::Unknown),
        ] {
            assert_eq!(stands(script), expected, "{script}");
        }
    }

    #[test]
    fn a_row_is_forgotten_where_its_bracket_closes() {
        let script = "measure(\"a\", #{ value: |workers| workers.count(|w| w.x) + w.@";
        assert_eq!(stands(script), Stands::Unknown);
    }
}
