//! Slips within a word or between two: quotes, notes, words of other languages.

use super::vocabulary::{LEFT_OUT, OTHER};
use super::{Desk, asked, joined, strays};
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token, inner};
use crate::source::Span;

/// How many words are read on either side of one.
const LOOK_BACK: usize = 500;

pub(super) fn look(desk: &mut Desk<'_>) {
    // Up to where a text in curly quotes was told.
    let mut mended = 0;
    for index in 0..desk.tokens.len() {
        if desk.told > super::MOST {
            break;
        }
        let token = desk.tokens[index];
        match token.kind {
            _ if token.span.start < mended => {}
            Kind::Stray => mended = mended.max(strays::look(desk, index, &token)),
            Kind::Letter => letter(desk, &token),
            Kind::OpenText if is_rest_of_a_text(desk, index) => {}
            Kind::OpenText => {
                // What closes the line was most likely meant to stand outside the text.
                let content = token.text.trim_end_matches([',', ';', ')', '}', ']', ' ']);
                let after = token.text[content.len()..].trim_end();
                let line = desk.line(index);
                let earlier = (0..index)
                    .rev()
                    .take_while(|before| desk.line(*before) == line)
                    .any(|before| desk.tokens[before].kind == Kind::Text);
                // `"caseload”`: closed by the quote of a word processor.
                let curly = token.text.find(['“', '”']);
                let typed = match curly {
                    Some(at) => {
                        let after = token.text[at..].trim_start_matches(['“', '”']);
                        format!("{}\"{after}", &token.text[..at])
                    }
                    None => format!("{content}\"{after}"),
                };
                let broken = broken_over_lines(desk, index);
                desk.report(
                    Code::UnclosedText,
                    token.span,
                    "this text has no closing quote",
                )
                .label("begins here and does not end on this line")
                .with(|fault| {
                    if let Some((whole, joined)) = broken {
                        fault.help(joined.as_str()).typed_at(whole, joined)
                    } else if earlier && curly.is_none() {
                        fault.note("or a quote earlier on this line has no partner")
                    } else {
                        fault.typed(typed)
                    }
                });
            }
            Kind::OpenComment => {
                let begins = Span::new(token.span.start, token.span.start + 2);
                desk.report(Code::Syntax, begins, "a note that begins with `/*` never ends")
                    .label("everything after it is lost: write `*/` where it ends, or `//` before each line");
            }
            Kind::DocComment => doc_comment(desk, index, &token),
            Kind::Word => word(desk, index, &token),
            Kind::Sign if token.text == "=>" => arrow(desk, index),
            Kind::Sign if token.text == "->" => {
                asked::formula(desk, index);
            }
            _ => {}
        }
    }
}

/// The extent of a text whose closing quote stands on one of the next lines, and the text on
/// one line.
fn broken_over_lines(desk: &Desk<'_>, index: usize) -> Option<(Span, String)> {
    const MOST_LINES: usize = 5;
    let begins = desk.tokens[index].span.start;
    let rest = (index + 1..desk.tokens.len())
        .take_while(|at| desk.line(*at) <= desk.line(index) + MOST_LINES)
        .find(|at| desk.tokens[*at].kind == Kind::OpenText)
        .filter(|at| is_rest_of_a_text(desk, *at))?;
    let ends = desk.tokens[rest].span.start;
    let text = desk.source.slice(Span::new(begins, ends));
    let words: Vec<&str> = text.split_whitespace().collect();
    Some((
        Span::new(begins, ends + 1),
        format!("{}\"", words.join(" ")),
    ))
}

/// The closing quote of a text that was broken over two lines, which was told at its first.
fn is_rest_of_a_text(desk: &Desk<'_>, index: usize) -> bool {
    let rest = desk.tokens[index].text.trim_start_matches('"');
    rest.trim_matches([',', ';', ')', '}', ']', ' ']).is_empty()
        && desk.tokens[..index]
            .iter()
            .any(|earlier| earlier.kind == Kind::OpenText)
}

fn letter(desk: &mut Desk<'_>, token: &Token<'_>) {
    desk.report(Code::SingleQuotes, token.span, "text goes in double quotes")
        .label("single quotes do not hold text")
        .typed(format!("\"{}\"", inner(token).replace('"', "")));
}

fn doc_comment(desk: &mut Desk<'_>, index: usize, token: &Token<'_>) {
    let next = desk.tokens[index + 1..]
        .iter()
        .find(|token| token.kind != Kind::DocComment);
    if next.is_some_and(|next| next.is("fn")) {
        return;
    }
    let first = token.text.lines().next().unwrap_or("").trim_end();
    desk.report(
        Code::DocComment,
        Span::new(token.span.start, token.span.start + 3),
        "a note begins with two slashes, not three",
    )
    .label("write `//`")
    .help(format!(
        "// {}",
        first.trim_start_matches(['/', '*']).trim_start()
    ))
    .typed_at(Span::new(token.span.start + 2, token.span.start + 3), "");
}

fn word(desk: &mut Desk<'_>, index: usize, token: &Token<'_>) {
    let as_field = desk
        .before(index)
        .is_some_and(|before| before.is(".") || before.is("?."));
    let as_key = desk.is(index + 1, ":");
    if as_field || as_key {
        return;
    }
    if let Some((_, instead)) = LEFT_OUT.iter().find(|(word, _)| *word == token.text) {
        let message = format!("`{}` is not part of the language of checks", token.text);
        desk.report(Code::NotInLanguage, token.span, message)
            .label(*instead);
        return;
    }
    if asked::formula(desk, index) {
        return;
    }
    if let Some((_, ours)) = OTHER.iter().find(|(word, _)| *word == token.text)
        && desk
            .get(index + 1)
            .is_some_and(|next| next.is_word() || next.is("("))
    {
        let message = format!("`{}` belongs to another language", token.text);
        desk.report(Code::OtherLanguage, token.span, message)
            .label(format!("here it is `{ours}`"))
            .with(|fault| match token.text {
                // What follows these is written otherwise too.
                "lambda" => fault.help(*ours),
                "var" => fault.typed(*ours).offered(),
                _ => fault.typed(*ours),
            });
        return;
    }
    let is_large = matches!(token.text, "AND" | "OR" | "NOT" | "Not")
        || matches!(token.text, "And" | "Or") && joined::is_between_values(desk, index);
    if is_large {
        let lower = token.text.to_lowercase();
        if desk.is(index + 1, "(")
            && token.text != "NOT"
            && desk.before(index).is_none_or(|before| {
                !before.closes() && !before.is_word() || before.is("and") || before.is("or")
            })
        {
            desk.report(
                Code::OtherLanguage,
                token.span,
                format!(
                    "`{}` stands between what it joins, not before it",
                    token.text
                ),
            )
            .label(format!("write `a {lower} b` for `{}(a, b)`", token.text));
            return;
        }
        desk.report(
            Code::OtherLanguage,
            token.span,
            format!("`{}` is written small", token.text),
        )
        .label(format!("write `{lower}`"))
        .typed(lower);
        return;
    }
    if joined::told(desk, index) || asked::told(desk, index) {
        return;
    }
    match token.text {
        "not" => not_binds_tight(desk, index),
        "then" => joined::then(desk, index),
        _ => {}
    }
}

/// `not x == "no"` asks for the opposite of `x`, then compares.
fn not_binds_tight(desk: &mut Desk<'_>, index: usize) {
    let mut at = index + 1;
    if desk.is(at, "(") {
        return;
    }
    let mut depth = 0usize;
    let operand = at;
    while let Some(token) = desk.get(at).filter(|_| at < index + LOOK_BACK) {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            if depth == 0 {
                return;
            }
            depth -= 1;
        } else if depth == 0 && token.kind == Kind::Sign {
            match token.text {
                "." | "?." | "::" => {}
                "==" | "!=" | "<" | ">" | "<=" | ">=" => break,
                _ => return,
            }
        } else if depth == 0 && matches!(token.text, "and" | "or" | "not" | "in") {
            return;
        }
        at += 1;
    }
    let (Some(sign), Some(right)) = (desk.get(at), desk.get(at + 1)) else {
        return;
    };
    let left = desk
        .source
        .slice(Span::new(desk.tokens[operand].span.start, sign.span.start))
        .trim()
        .to_owned();
    let opposite = match sign.text {
        "==" => "!=",
        "!=" => "==",
        "<" => ">=",
        ">" => "<=",
        "<=" => ">",
        _ => "<",
    };
    let better = format!("{left} {opposite} {}", right.text);
    let compared = desk.tokens[index].span.to(sign.span);
    desk.report(
        Code::NotBindsTight,
        desk.tokens[index].span,
        "`not` belongs to the next word only",
    )
    .label(format!(
        "write `{better}` or `not ({left} {} {})`",
        sign.text, right.text
    ))
    .help(better)
    .typed_at(compared, format!("{left} {opposite}"));
}

/// `x => …` is another language's closure.
fn arrow(desk: &mut Desk<'_>, index: usize) {
    let mut before = desk.tokens[..index].iter().rev().take(LOOK_BACK);
    if before.any(|token| token.is("switch")) {
        return;
    }
    let span = desk.tokens[index].span;
    let of_field = index >= 2 && desk.is(index - 2, ".");
    let of_key = index >= 2 && (desk.is(index - 2, "#{") || desk.is(index - 2, ","));
    match desk.before(index) {
        Some(_) if of_field => {
            desk.report(Code::OtherLanguage, span, "`=>` does not compare")
                .label("write `>=`")
                .typed(">=");
        }
        Some(key) if of_key && in_card(desk, index) => {
            let typed = format!("{}:", key.text);
            desk.report(
                Code::EqualsInCard,
                span,
                "a card has a colon between key and value",
            )
            .label(format!("write `{typed}`"))
            .help(typed)
            .typed_at(Span::new(key.span.end, span.end), ":");
        }
        Some(name) if name.is_word() => asked::begins_formula(desk, index - 1, index - 1, index),
        _ => {
            desk.report(
                Code::OtherLanguage,
                span,
                "`=>` belongs to another language",
            )
            .label("a formula is written `|x| …`");
        }
    }
}

/// Whether the innermost bracket that is open here is a card's.
pub(super) fn in_card(desk: &Desk<'_>, index: usize) -> bool {
    let mut closed = 0usize;
    for token in desk.tokens[..index].iter().rev() {
        if token.closes() {
            closed += 1;
        } else if token.opens() {
            if closed == 0 {
                return token.is("#{");
            }
            closed -= 1;
        }
    }
    false
}
