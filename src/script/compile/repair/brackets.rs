//! A bracket too few, too many or of the wrong kind: which one, and where.

use super::{Bench, Change, Patched, before, ends_line, indent};
use crate::diagnostic::{Code, Diagnostic};
use crate::script::chunks::{closer_of, closes};
use crate::script::tokens::{self, Token};
use crate::source::Span;

const KINDS: [&str; 3] = [")", "]", "}"];

/// What is wrong with the brackets of a statement, by their numbers.
enum Lack {
    /// One of this kind is not closed.
    Closer(&'static str),
    /// One of this kind closes nothing.
    Opener(&'static str),
    /// One of the first kind stands where one of the second is wanted.
    Kind(&'static str, &'static str),
}

impl Bench<'_, '_> {
    /// The one bracket with which the statement reads.
    pub(super) fn bracket(&self, patched: &Patched<'_>) -> Option<Diagnostic> {
        let text = &patched.text;
        let tokens = tokens::scan(text);
        match lack(&tokens)? {
            Lack::Closer(closer) => {
                let (change, alone) = self.best(text, closers(text, &tokens, closer))?;
                Some(missing(patched, &tokens, &change, closer, alone))
            }
            Lack::Opener(closer) => {
                let (change, alone) = self.best(text, openers(text, &tokens, closer))?;
                Some(unopened(patched, &change, alone))
            }
            Lack::Kind(wrong, wanted) => {
                let (change, alone) = self.best(text, kinds(&tokens, wrong, wanted))?;
                let fault = patched
                    .fault(
                        Code::UnclosedCard,
                        change.span,
                        format!(
                            "`{}` stands where `{}` is wanted",
                            &text[change.span.start..change.span.end],
                            change.text
                        ),
                    )
                    .label(format!("write `{}`", change.text))
                    .typed(change.text);
                Some(if alone { fault } else { fault.offered() })
            }
        }
    }
}

fn lack(tokens: &[Token<'_>]) -> Option<Lack> {
    let surplus: Vec<(&'static str, i64)> = KINDS
        .iter()
        .map(|closer| {
            let opened = tokens
                .iter()
                .filter(|token| token.opens() && closes(token.text, closer))
                .count();
            let closed = tokens.iter().filter(|token| token.is(closer)).count();
            (*closer, opened as i64 - closed as i64)
        })
        .filter(|(_, surplus)| *surplus != 0)
        .collect();
    match surplus[..] {
        [(closer, 1)] => Some(Lack::Closer(closer)),
        [(closer, -1)] => Some(Lack::Opener(closer)),
        [(wanted, 1), (wrong, -1)] | [(wrong, -1), (wanted, 1)] => Some(Lack::Kind(wrong, wanted)),
        _ => None,
    }
}

/// Where a bracket may be closed: on the line on which it was opened, where more follows it
/// there; else before a line that stands no further in than that one.
fn closers(text: &str, tokens: &[Token<'_>], closer: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let openers =
        (0..tokens.len()).filter(|at| tokens[*at].opens() && closes(tokens[*at].text, closer));
    for opener in openers {
        let block = ends_line(text, tokens, opener);
        let margin = indent(text, tokens[opener].span.start);
        for at in opener..tokens.len() {
            let newline = ends_line(text, tokens, at);
            let next = tokens.get(at + 1);
            let end = tokens[at].span.end;
            let same_line = !text[tokens[opener].span.end..end].contains('\n');
            if block && newline {
                let Some(next) = next.filter(|_| at > opener) else {
                    continue;
                };
                let further_in = indent(text, next.span.start).len() > margin.len();
                let comma = if next.closes() { "" } else { "," };
                changes.push(Change {
                    span: Span::new(end, end),
                    text: format!("\n{margin}{closer}{comma}"),
                    rank: if further_in { 60 } else { 3 },
                });
            }
            let ends_the_line = newline && !matches!(tokens[at].text, "," | ";");
            let before_the_last = next.is_some_and(|next| matches!(next.text, "," | ";"))
                && ends_line(text, tokens, at + 1);
            let rank = match next {
                _ if ends_the_line || before_the_last => 0,
                Some(next) if next.is(",") || next.closes() => 1,
                _ if newline => continue,
                _ => 5,
            };
            changes.push(Change {
                span: Span::new(end, end),
                text: closer.to_owned(),
                rank: rank + if same_line && !block { 0 } else { 50 },
            });
        }
    }
    changes.sort_by_key(|change| (change.span, change.text.clone(), change.rank));
    changes.dedup_by(|a, b| a.span == b.span && a.text == b.text);
    changes
}

fn missing(
    patched: &Patched<'_>,
    tokens: &[Token<'_>],
    change: &Change,
    closer: &str,
    alone: bool,
) -> Diagnostic {
    let at = change.span.start;
    let line = patched.line(at.saturating_sub(1));
    let ends = patched.text[at..].lines().next().unwrap_or("");
    let message = match ends.trim_matches([',', ';', ' ']).is_empty() {
        true => format!("`{closer}` is missing at the end of line {line}"),
        false => format!("`{closer}` is missing here"),
    };
    let typed = change.text.trim();
    let help = match change.text.starts_with('\n') {
        true => typed.to_owned(),
        false => format!("{}{typed}{}", patched.line_to(at), patched.line_from(at)),
    };
    let mut fault = patched
        .fault(Code::UnclosedCard, before(&patched.text, at), message)
        .label(format!("`{closer}` after this"))
        .help(help)
        .typed_at(patched.span_in_source(change.span), change.text.clone());
    // The bracket that this closes.
    let mut depth = 0usize;
    for token in tokens
        .iter()
        .rev()
        .skip_while(|token| token.span.start >= at)
    {
        if token.closes() {
            depth += 1;
        } else if token.opens() && depth > 0 {
            depth -= 1;
        } else if token.opens() {
            if closer_of(token.text) == closer {
                let opener = patched.source.place(patched.span_in_source(token.span));
                fault = fault.related(opener, format!("this `{}` is still open", token.text));
            }
            break;
        }
    }
    let likely = change.rank <= 3;
    if alone || likely {
        fault
    } else {
        fault.offered()
    }
}

/// Where a bracket may have been opened, or that it closes nothing.
fn openers(text: &str, tokens: &[Token<'_>], closer: &str) -> Vec<Change> {
    let forms: &[&str] = match closer {
        ")" => &["("],
        "]" => &["["],
        _ => &["#{", "{"],
    };
    let mut changes = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.is(closer) {
            // One too many is typed where brackets end one after the other.
            let follows_another = index.checked_sub(1).is_some_and(|at| tokens[at].closes());
            changes.push(Change {
                span: token.span,
                text: String::new(),
                rank: if follows_another { 0 } else { 100 },
            });
        }
        // `max0.0)`
        if closer == ")"
            && token.is_word()
            && let Some(digit) = token.text.find(|c: char| c.is_ascii_digit())
        {
            let at = token.span.start + digit;
            changes.push(Change {
                span: Span::new(at, at),
                text: "(".to_owned(),
                rank: 4,
            });
        }
        let Some(ahead) = index.checked_sub(1).map(|at| tokens[at]) else {
            continue;
        };
        let rank = match ahead.text {
            ":" => 1,
            _ if closer == ")" && ahead.is_word() && !token.is("(") => 0,
            "," | "(" => 2,
            "|" => 3,
            _ if closer == ")" => 5,
            _ => continue,
        };
        for (nth, form) in forms.iter().enumerate() {
            let padded = match *form {
                "#{" | "{" => format!("{form} "),
                _ => (*form).to_owned(),
            };
            // At the end of the line before, rather than at the beginning of the next.
            let newline = text[ahead.span.end..token.span.start].contains('\n');
            let (start, padded) = match closer {
                ")" => (ahead.span.end, padded),
                _ if newline => (ahead.span.end, format!(" {}", form)),
                _ => (token.span.start, padded),
            };
            changes.push(Change {
                span: Span::new(start, start),
                text: padded,
                rank: rank
                    + 3 * nth
                    + usize::from(text[ahead.span.end..token.span.start].contains('\n')),
            });
        }
    }
    changes
}

fn unopened(patched: &Patched<'_>, change: &Change, alone: bool) -> Diagnostic {
    let text = &patched.text;
    if change.text.is_empty() {
        let bracket = &text[change.span.start..change.span.end];
        return patched
            .fault(
                Code::Syntax,
                change.span,
                format!("`{bracket}` closes nothing"),
            )
            .label("one too many: take it out")
            .typed_at(patched.span_in_source(change.span), "")
            .offered();
    }
    let at = change.span.start;
    let bracket = change.text.trim();
    let rest = &text[at..];
    if rest.trim_start_matches([' ', '\t']).starts_with('\n') {
        let line = patched.line(at.saturating_sub(1));
        let fault = patched
            .fault(
                Code::Syntax,
                before(text, at),
                format!("`{bracket}` is missing at the end of line {line}"),
            )
            .label(format!("`{bracket}` after this"))
            .help(format!(
                "{}{}{}",
                patched.line_to(at),
                change.text,
                patched.line_from(at)
            ))
            .typed_at(patched.span_in_source(change.span), change.text.clone());
        return if alone { fault } else { fault.offered() };
    }
    let word = tokens::first(rest).map_or(Span::new(at, at), |token| {
        Span::new(at + token.span.start, at + token.span.end)
    });
    let fault = patched
        .fault(
            Code::Syntax,
            word,
            format!("`{bracket}` is missing before this"),
        )
        .label(format!("write `{bracket}` before this"))
        .help(format!(
            "{}{}{}",
            patched.line_to(at),
            change.text,
            patched.line_from(at)
        ))
        .typed_at(patched.span_in_source(change.span), change.text.clone());
    if alone { fault } else { fault.offered() }
}

/// A bracket of one kind where another is wanted: the one that closes, or the one that opens.
fn kinds(tokens: &[Token<'_>], wrong: &str, wanted: &str) -> Vec<Change> {
    let opener = |closer: &str| match closer {
        ")" => "(",
        "]" => "[",
        _ => "#{",
    };
    let closing = tokens.iter().filter(|token| token.is(wrong));
    let opening = tokens
        .iter()
        .filter(|token| token.opens() && closes(token.text, wanted));
    let change = |token: &Token<'_>, text: &str, rank| Change {
        span: token.span,
        text: text.to_owned(),
        rank,
    };
    // `services: ("children"]`: a round bracket follows a name, and this one does not.
    let nameless = |token: &Token<'_>| {
        let at = tokens.partition_point(|other| other.span.start < token.span.start);
        token.is("(") && at > 0 && tokens[at - 1].is(":")
    };
    closing
        .map(|token| change(token, wanted, 1))
        .chain(opening.map(|token| {
            let rank = if nameless(token) { 0 } else { 2 };
            change(token, opener(wrong), rank)
        }))
        .collect()
}
