//! Columns by the file's header where a formula wants them by their own name: what the
//! script's cards call them is looked up.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token, inner, scan};
use crate::source::Source;

/// What is said.
const MESSAGE: &str = "a column goes by its own name here, not by the file's header";

/// Words that are no part of a header in a condition.
const OF_CONDITIONS: [&str; 8] = ["and", "or", "not", "in", "is", "if", "else", "AND"];

pub(super) fn look(desk: &mut Desk<'_>) {
    let mut index = 0;
    while index < desk.tokens.len() {
        index = match desk.tokens[index].is(".") {
            true => at_dot(desk, index).max(index + 1),
            false => index + 1,
        };
    }
}

/// `w."Open cases"`, `w.["Open cases"]`, `w.Open cases`. Gives the word up to which it was told.
fn at_dot(desk: &mut Desk<'_>, dot: usize) -> usize {
    let is_text = |at: usize| {
        desk.get(at)
            .is_some_and(|token| matches!(token.kind, Kind::Text | Kind::Letter))
    };
    if !desk.before(dot).is_some_and(Token::is_word) {
        return 0;
    }
    if is_text(dot + 1) {
        let header = inner(&desk.tokens[dot + 1]);
        told(desk, dot, dot + 1, &header);
        return dot + 2;
    }
    if desk.is(dot + 1, "[") && is_text(dot + 2) && desk.is(dot + 3, "]") {
        let header = inner(&desk.tokens[dot + 2]);
        told(desk, dot, dot + 3, &header);
        return dot + 4;
    }
    let line = desk.line(dot);
    let is_part = |at: usize| {
        desk.get(at).is_some_and(|token| {
            token.is_word() && !OF_CONDITIONS.contains(&token.text) && desk.line(at) == line
        })
    };
    let words = (dot + 1..).take_while(|at| is_part(*at)).count();
    let last = dot + words;
    let goes_on = desk.get(last + 1).is_some_and(|next| {
        next.kind == Kind::Sign && !matches!(next.text, "(" | "{" | "#{" | "[" | "." | ":" | "=")
            || next.is("==")
            || OF_CONDITIONS.contains(&next.text)
    });
    if let Some((first, sign)) = said(desk, dot, last) {
        let span = desk.tokens[first].span.to(desk.tokens[last].span);
        desk.report(
            Code::OtherLanguage,
            span,
            "a comparison is written by its sign",
        )
        .label(format!("write `{sign}`"))
        .typed(sign);
        return last + 1;
    }
    if words < 2 || !goes_on {
        return 0;
    }
    let span = desk.tokens[dot + 1].span.to(desk.tokens[last].span);
    let header = desk.source.slice(span).to_owned();
    told(desk, dot, last, &header);
    last + 1
}

/// Comparisons in words.
const SAID: [(&[&str], &str); 13] = [
    (&["more", "than"], ">"),
    (&["greater", "than"], ">"),
    (&["over"], ">"),
    (&["above"], ">"),
    (&["less", "than"], "<"),
    (&["fewer", "than"], "<"),
    (&["under"], "<"),
    (&["below"], "<"),
    (&["at", "least"], ">="),
    (&["at", "most"], "<="),
    (&["equals"], "=="),
    (&["equal", "to"], "=="),
    (&["gt"], ">"),
];

/// `w.cases more than 4`: where such words begin, and their sign.
fn said(desk: &Desk<'_>, dot: usize, last: usize) -> Option<(usize, &'static str)> {
    let value = desk.get(last + 1)?;
    if !matches!(value.kind, Kind::Number | Kind::Text) {
        return None;
    }
    SAID.iter().find_map(|(words, sign)| {
        let first = (last + 1).checked_sub(words.len())?;
        let all = words
            .iter()
            .enumerate()
            .all(|(at, word)| desk.is(first + at, word));
        (all && first > dot + 1).then_some((first, *sign))
    })
}

fn told(desk: &mut Desk<'_>, dot: usize, last: usize, header: &str) {
    let span = desk.tokens[dot].span.to(desk.tokens[last].span);
    let named = named_by(desk.source, &format!("\"{header}\""));
    let report = desk.report(Code::Syntax, span, MESSAGE);
    match named {
        Some(name) if name.contains('-') => {
            report.label("its name").typed(format!("[\"{name}\"]"))
        }
        Some(name) => report
            .label(format!("it is called `{name}`"))
            .typed(format!(".{name}")),
        None => report.label(format!(
            "give it a name in the table's card, `columns: #{{ our_name: \"{header}\" }}`, and write `.our_name`"
        )),
    };
}

/// The name that a card gives to a header, `name: "header"`, if one does; the header with its
/// quotes.
pub(super) fn named_by(source: &Source, header: &str) -> Option<String> {
    let folded = |text: &str| {
        let words: Vec<&str> = text.trim_matches('"').split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    let tokens = scan(source.text());
    let mut found = tokens.windows(3).filter(|three| {
        three[1].is(":")
            && three[2].kind == Kind::Text
            && (three[0].is_word() || three[0].kind == Kind::Text)
            && !matches!(three[0].text, "ask" | "column" | "file" | "sheet")
            && folded(three[2].text) == folded(header)
    });
    found.next().map(|three| match three[0].kind {
        Kind::Text => inner(&three[0]),
        _ => three[0].text.to_owned(),
    })
}

/// What a card says that a value of a column stands for, `agency: #{ "Y": "yes" }`; the value
/// itself where none does.
pub(super) fn meaning(source: &Source, column: &str, value: &str) -> String {
    let tokens = scan(source.text());
    let begins = tokens
        .windows(3)
        .position(|three| inner(&three[0]) == column && three[1].is(":") && three[2].is("#{"));
    let entries = begins.map_or(&[][..], |at| &tokens[at + 3..]);
    let end = entries.iter().position(Token::closes).unwrap_or(0);
    let mut coded = entries[..end].windows(3).filter(|three| {
        three[1].is(":")
            && three[2].kind == Kind::Text
            && inner(&three[0]).eq_ignore_ascii_case(value)
    });
    coded
        .next()
        .map_or(value.to_owned(), |three| inner(&three[2]))
}
