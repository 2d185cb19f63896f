//! Where there is room in a script for what it lacks: a script and a card or a line of one
//! in, what is to be typed and where out. What only its author can say stands there as a
//! blank, which a check refuses until it is filled in.

use super::chunks;
use super::library::VERBS;
use super::tokens::{self, Kind, Token, scan, scan_all};
use crate::source::{Place, Source, Span};
use std::ops::Range;

/// A value that is left to the author. It is text, so that what holds it can be read.
pub(crate) const BLANK: &str = "\"…\"";

/// Letters to which a card is written on one line.
const ONE_LINE: usize = 90;

/// Whether a text stands for one that is still to be written.
pub(crate) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

/// A text as a script writes it.
pub(crate) fn quoted(text: &str) -> String {
    let line = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", line.replace('\n', " "))
}

/// A name as a key: in quotes where it has a hyphen.
pub(crate) fn key(name: &str) -> String {
    match name.contains('-') {
        true => quoted(name),
        false => name.to_owned(),
    }
}

/// A card as it is laid out: its keys with what stands after the colon.
pub(crate) fn card(verb: &str, id: Option<&str>, keys: &[(&str, &str)]) -> String {
    let head = match id {
        Some(id) => format!("{verb}(\"{id}\", "),
        None => format!("{verb}("),
    };
    let pairs: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    let line = format!("{head}#{{ {} }});", pairs.join(", "));
    if line.chars().count() <= ONE_LINE {
        return line;
    }
    let width = keys.iter().map(|(key, _)| key.len()).max().unwrap_or(0) + 1;
    let lines: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("    {:width$} {value},\n", format!("{key}:")))
        .collect();
    format!("{head}#{{\n{}}});", lines.concat())
}

/// Where a new card goes, and what is typed there: after the last one of its verb, else after
/// those that come before it by habit, else before all that the script says.
pub(crate) fn for_card(source: &Source, verb: &str, card: &str) -> (Span, String) {
    let text = source.text();
    let tokens = scan(text);
    let chunks = chunks::split(source, &tokens);
    let rank = |verb: &str| VERBS.iter().position(|known| *known == verb);
    let own = rank(verb);
    let mut last: Option<(usize, &Range<usize>)> = None;
    for chunk in &chunks {
        let here = tokens.get(chunk.start).and_then(|first| rank(first.text));
        if let Some(here) = here.filter(|here| Some(*here) <= own)
            && last.is_none_or(|(best, _)| best <= here)
        {
            last = Some((here, chunk));
        }
    }
    let Some((of, chunk)) = last else {
        return before_all(source, &tokens, card);
    };
    let span = chunks::span(&tokens, chunk);
    let at = end_of_line(text, span.end);
    let ends = match tokens[chunk.end - 1].is(";") {
        true => "",
        false => ";",
    };
    let is_line = |text: &str| !text.contains('\n');
    let joined = Some(of) == own && is_line(source.slice(span)) && is_line(card);
    let gap = if joined { "\n" } else { "\n\n" };
    match ends {
        "" => (Span::new(at, at), format!("{gap}{card}")),
        // What is said after the card stays beside it.
        _ => {
            let rest = &text[span.end..at];
            (Span::new(span.end, at), format!(";{rest}{gap}{card}"))
        }
    }
}

/// Before the first statement and the notes that stand on it.
fn before_all(source: &Source, tokens: &[Token<'_>], card: &str) -> (Span, String) {
    let text = source.text();
    let Some(first) = tokens.first() else {
        let gap = match text.trim_end() {
            "" => "",
            _ => "\n\n",
        };
        let at = text.trim_end().len();
        return (Span::new(at, at), format!("{gap}{card}\n"));
    };
    let mut at = text[..first.span.start]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    while at > 0 {
        let line = text[..at - 1].rfind('\n').map_or(0, |end| end + 1);
        if !text[line..at].trim_start().starts_with("//") {
            break;
        }
        at = line;
    }
    (Span::new(at, at), format!("{card}\n\n"))
}

/// Where lines go at the end of a card's map, or of any map in it, and what is typed there.
/// `place` ends with the map, or with the bracket after it; `None` if it does not.
pub(crate) fn for_keys(place: &Place, keys: &[(&str, &str)]) -> Option<(Span, String)> {
    let source = &place.source;
    let text = source.slice(place.span);
    let tokens = scan_all(text);
    let at = |offset: usize| place.span.start + offset;
    let (open, close) = last_map(&tokens)?;
    let (opened, closes) = (tokens[open].span.end, tokens[close].span.start);
    let pairs: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    let pairs = pairs.join(", ");
    let inside = &tokens[open + 1..close];
    let Some(last) = inside.iter().rfind(|token| token.kind != Kind::Comment) else {
        // Nothing in it yet; notes stay where they are.
        return Some(match inside.is_empty() {
            true => (Span::new(at(opened), at(closes)), format!(" {pairs} ")),
            false => (Span::new(at(opened), at(opened)), format!("\n    {pairs},")),
        });
    };
    let comma = if last.is(",") { "" } else { "," };
    if !text[opened..closes].contains('\n') {
        let end = at(last.span.end);
        return Some((Span::new(end, end), format!("{comma} {pairs}")));
    }
    let (margin, width) = layout(source, place, &tokens, open, close);
    let lines: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("\n{margin}{:width$} {value}", format!("{key}:")))
        .collect();
    // Notes on the line stay beside what they speak of.
    let beside = &text[last.span.end..closes];
    let line = beside.find('\n').unwrap_or(0);
    let rest = beside[..line].trim_end();
    let ends = if beside.contains('\n') { "," } else { "" };
    let span = Span::new(at(last.span.end), at(last.span.end + rest.len()));
    Some((span, format!("{comma}{rest}{}{ends}", lines.join(","))))
}

/// Where lines of a map that is the value of a key go, and what is typed there: into the map,
/// or as a new line of the card. `within` is any place in the card.
pub(crate) fn for_lines_of(within: &Place, key: &str, lines: &[String]) -> Option<(Span, String)> {
    let (card, map) = map_of(within, key)?;
    let source = &within.source;
    let Some(map) = map else {
        let value = format!("#{{ {} }}", lines.join(", "));
        return for_keys(&source.place(card), &[(key, &value)]);
    };
    let pairs: Vec<(&str, &str)> = lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .collect();
    for_keys(&source.place(map), &pairs)
}

/// The line on which a map begins that is the value of a key of the card round a place.
pub(crate) fn line_of_map(within: &Place, key: &str) -> Option<usize> {
    let (_, map) = map_of(within, key)?;
    Some(within.source.place(map?).line())
}

/// The text of the card round a place, as it is written.
pub(crate) fn card_round(within: &Place) -> Option<String> {
    let source = &within.source;
    let tokens = scan(source.text());
    let chunks = chunks::split(source, &tokens);
    let mut spans = chunks.iter().map(|chunk| chunks::span(&tokens, chunk));
    let card = spans.find(|span| span.holds(within.span))?;
    Some(source.slice(card).to_owned())
}

/// The card round a place, and in it the map that is the value of a key.
fn map_of(within: &Place, key: &str) -> Option<(Span, Option<Span>)> {
    let source = &within.source;
    let tokens = scan(source.text());
    let chunks = chunks::split(source, &tokens);
    let chunk = chunks
        .iter()
        .find(|chunk| chunks::span(&tokens, chunk).holds(within.span))?;
    let card = chunks::span(&tokens, chunk);
    let words = &tokens[chunk.clone()];
    let begins = words
        .windows(3)
        .position(|three| three[0].text == key && three[1].is(":") && three[2].is("#{"));
    let Some(begins) = begins else {
        return Some((card, None));
    };
    let opens = &words[begins + 2];
    let mut depth = 0usize;
    for token in &words[begins + 2..] {
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return Some((card, Some(opens.span.to(token.span))));
        }
    }
    Some((card, None))
}

/// The outermost map that ends where the words end: its brackets.
fn last_map(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let said = |token: &&(usize, &Token<'_>)| token.1.kind != Kind::Comment;
    let mut back: Vec<(usize, &Token<'_>)> = tokens.iter().enumerate().collect();
    back.retain(|one| said(&one));
    let mut ends = back
        .iter()
        .rev()
        .skip_while(|(_, token)| token.is(")") || token.is(";"));
    let (close, last) = ends.next()?;
    if !last.is("}") {
        return None;
    }
    let mut depth = 0usize;
    for (index, token) in back.iter().rev().skip_while(|(index, _)| index > close) {
        if token.closes() {
            depth += 1;
        } else if token.opens() {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return token.is("#{").then_some((*index, *close));
            }
        }
    }
    None
}

/// How the lines of a map begin, and how wide their keys are with the colon.
fn layout(
    source: &Source,
    place: &Place,
    tokens: &[Token<'_>],
    open: usize,
    close: usize,
) -> (String, usize) {
    let text = source.text();
    let mut found = (String::from("    "), 0);
    let mut depth = 0usize;
    for index in open + 1..close {
        let token = &tokens[index];
        if depth == 0 && tokens.get(index + 1).is_some_and(|next| next.is(":")) {
            let start = place.span.start + token.span.start;
            let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
            let before = &text[line..start];
            if before.trim().is_empty() {
                let value = tokens.get(index + 2).map_or(0, |value| value.span.start);
                // One blank stands between the colon and the widest key's value.
                let width = value.saturating_sub(token.span.start + 1);
                found = (before.to_owned(), width);
            }
        }
        if token.opens() {
            depth += 1;
        } else if token.closes() {
            depth = depth.saturating_sub(1);
        }
    }
    found
}

/// The end of the line of a byte, with the note that begins on it.
fn end_of_line(text: &str, at: usize) -> usize {
    let mut end = at;
    for token in tokens::scan_all(&text[at..]) {
        let begins = at + token.span.start;
        if text[end..begins].contains('\n') || token.kind != Kind::Comment {
            break;
        }
        end = at + token.span.end;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, (span, new): (Span, String)) -> String {
        format!("{}{new}{}", &text[..span.start], &text[span.end..])
    }

    fn with_card(text: &str, verb: &str, card: &str) -> String {
        typed(text, for_card(&Source::new("t", text), verb, card))
    }

    fn with_key(text: &str) -> String {
        let source = Source::new("t", text);
        let end = text.rfind(')').map_or(text.len(), |end| end + 1);
        let place = source.place(Span::new(text.find("omit").unwrap(), end));
        typed(text, for_keys(&place, &[("reason", BLANK)]).unwrap())
    }

    #[test]
    fn a_card_goes_after_its_like_else_where_it_stands_by_habit() {
        let one = "consulted(\"B\", #{ });";
        for (before, after) in [
            (
                "council(\"A\", #{ }); // ours\n\n// Figures.\ntable(\"t\", #{ });\n",
                "council(\"A\", #{ }); // ours\n\nconsulted(\"B\", #{ });\n\n// Figures.\ntable(\"t\", #{ });\n",
            ),
            (
                "consulted(\"A\", #{ });\ntable(\"t\", #{ });\n",
                "consulted(\"A\", #{ });\nconsulted(\"B\", #{ });\ntable(\"t\", #{ });\n",
            ),
            (
                "// Mine.\n\n// Figures.\ntable(\"t\", #{ });\n",
                "// Mine.\n\nconsulted(\"B\", #{ });\n\n// Figures.\ntable(\"t\", #{ });\n",
            ),
            ("", "consulted(\"B\", #{ });\n"),
            ("// Mine.\n", "// Mine.\n\nconsulted(\"B\", #{ });\n\n"),
            (
                "council(\"A\", #{ }) // ours",
                "council(\"A\", #{ }); // ours\n\nconsulted(\"B\", #{ });",
            ),
        ] {
            assert_eq!(with_card(before, "consulted", one), after);
        }
    }

    #[test]
    fn a_line_goes_to_the_end_of_its_card_as_the_others_are_laid_out() {
        for (before, after) in [
            ("omit(\"a\", #{});", "omit(\"a\", #{ reason: \"…\" });"),
            (
                "omit(\"a\", #{ b: 1 });",
                "omit(\"a\", #{ b: 1, reason: \"…\" });",
            ),
            (
                "omit(\"a\", #{ b: 1, });",
                "omit(\"a\", #{ b: 1, reason: \"…\" });",
            ),
            (
                "omit(\"a\", #{\n    review_by: \"d\", // soon\n});",
                "omit(\"a\", #{\n    review_by: \"d\", // soon\n    reason:    \"…\",\n});",
            ),
            (
                "omit(\"a\", #{\n  b: #{ c: [1, 2] } // soon\n  // later\n});",
                "omit(\"a\", #{\n  b: #{ c: [1, 2] }, // soon\n  reason: \"…\",\n  // later\n});",
            ),
            (
                "omit(\"a\", #{\n    b: 1 });",
                "omit(\"a\", #{\n    b: 1,\n    reason: \"…\" });",
            ),
            (
                "omit(\"a\", #{\n    // nothing yet\n});",
                "omit(\"a\", #{\n    reason: \"…\",\n    // nothing yet\n});",
            ),
        ] {
            assert_eq!(with_key(before), after);
        }
        let source = Source::new("t", "omit(\"a\", CARD)");
        let place = source.place(Span::new(0, source.text().len()));
        assert!(for_keys(&place, &[("reason", BLANK)]).is_none());
    }

    #[test]
    fn a_long_card_has_a_line_for_each_key() {
        assert_eq!(
            card(
                "omit",
                Some("a"),
                &[("reason", BLANK), ("review_by", BLANK)]
            ),
            "omit(\"a\", #{ reason: \"…\", review_by: \"…\" });"
        );
        let long =
            "\"a text that is long enough to fill a line of the script, or nearly so, all alone\"";
        assert_eq!(
            card("overall", None, &[("score", long), ("at", "1")]),
            format!("overall(#{{\n    score: {long},\n    at:    1,\n}});")
        );
    }
}
