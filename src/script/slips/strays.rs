//! Characters that scripts have no use for: the quotes, dashes and signs of word processors
//! and spreadsheets.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

/// A character that scripts have no use for; gives where what was told of it ends.
pub(super) fn look(desk: &mut Desk<'_>, index: usize, token: &Token<'_>) -> usize {
    let invisible = "an invisible character was pasted here";
    match token.text {
        "“" | "”" | "„" | "‟" | "«" | "»" => {
            return curly(desk, token, &['“', '”', '„', '‟', '«', '»', '"']);
        }
        "‘" | "’" => return curly(desk, token, &['‘', '’', '\'']),
        "£" | "€"
            if desk.before(index).is_some_and(|before| before.is(":"))
                && !desk
                    .get(index + 1)
                    .is_some_and(|next| next.kind == Kind::Number) => {}
        "£" | "€" | "$" => {
            let span = match desk.get(index + 1) {
                Some(next) if next.kind == Kind::Number => token.span.to(next.span),
                _ => token.span,
            };
            let is_thousand = |at: usize| {
                desk.is(at, ",")
                    && desk.touches_next(at - 1)
                    && desk.touches_next(at)
                    && desk.get(at + 1).is_some_and(|next| {
                        next.kind == Kind::Number
                            && next
                                .text
                                .split('.')
                                .next()
                                .is_some_and(|whole| whole.len() == 3)
                    })
            };
            let mut last = index + 1;
            while is_thousand(last + 1) {
                last += 2;
            }
            let span = desk.get(last).map_or(span, |last| match last.kind {
                Kind::Number => span.to(last.span),
                _ => span,
            });
            let alone = desk
                .source
                .slice(Span::new(token.span.end, span.end))
                .trim()
                .replace(',', "");
            desk.report(
                Code::UnitInNumber,
                span,
                "a number stands alone, without its unit",
            )
            .label(format!("write `{alone}`"))
            .typed(alone);
            return span.end;
        }
        "\u{200b}" | "\u{200c}" | "\u{200d}" | "\u{2060}" => {
            desk.report(Code::Syntax, token.span, invisible)
                .label("delete it and type the space again")
                .typed_at(token.span, " ");
        }
        "–" | "—" | "−" => {
            desk.report(
                Code::Syntax,
                token.span,
                "this dash comes from a word processor",
            )
            .label("for a minus type `-`")
            .typed_at(token.span, "-");
        }
        "×" | "÷" | "≥" | "≤" | "≠" => {}
        "#" => {
            let begins = desk.begins_line(index);
            let report = desk.report(
                Code::Syntax,
                token.span,
                "`#` alone means nothing in a script",
            );
            let report = report.label("a note begins with `//`, a card with `#{`");
            if begins {
                report.typed_at(token.span, "//");
            }
        }
        "@" if let Some(address) = address(desk, token) => {
            let text = desk.source.slice(address).to_owned();
            desk.report(
                Code::UnquotedWord,
                address,
                "an address goes in double quotes",
            )
            .label("text needs quotes")
            .typed(format!("\"{text}\""));
            return address.end;
        }
        other => {
            // Told once of as many as stand together.
            let rest = &desk.source.text()[token.span.start..];
            let run = rest.len() - rest.trim_start_matches(other).len();
            let run = Span::new(token.span.start, token.span.start + run);
            let message = format!("`{other}` means nothing in a script");
            desk.report(Code::Syntax, run, message)
                .label("take it out, or put the text in double quotes");
            return run.end;
        }
    }
    token.span.end
}

/// The extent of an address round its sign: all that stands together.
fn address(desk: &Desk<'_>, token: &Token<'_>) -> Option<Span> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let text = desk.source.text();
    let before = &text[..token.span.start];
    let after = &text[token.span.end..];
    let start = before.trim_end_matches(is_part).len();
    let rest = after.trim_start_matches(is_part).len();
    let end = text.len() - rest;
    let span = Span::new(start, end);
    let whole = desk.source.slice(span).trim_end_matches('.').len();
    (start < token.span.start && end > token.span.end).then(|| Span::new(start, start + whole))
}

/// Text in the quotes of a word processor, up to the one that closes it on its line.
fn curly(desk: &mut Desk<'_>, token: &Token<'_>, quotes: &[char]) -> usize {
    let line = desk.source.text()[token.span.start..]
        .lines()
        .next()
        .unwrap_or("");
    // An apostrophe within a word closes nothing.
    let closes = |at: usize, c: char| {
        let within = line[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        quotes.contains(&c) && !(within && matches!(c, '’' | '\''))
    };
    let end = line
        .char_indices()
        .skip(1)
        .find(|(at, c)| closes(*at, *c))
        .map(|(at, c)| at + c.len_utf8());
    let message = "these are the curly quotes of a word processor";
    let span = Span::new(
        token.span.start,
        token.span.start + end.unwrap_or(token.text.len()),
    );
    let report = desk.report(Code::CurlyQuotes, span, message);
    let report = report.label("use straight quotes `\"`");
    if let Some(end) = end {
        let content = line[..end].trim_matches(quotes);
        report.typed(format!("\"{content}\""));
    }
    span.end
}
