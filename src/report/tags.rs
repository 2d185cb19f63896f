//! Tags as they are written, before the engine reads them.
//!
//! In: a template's text. Out: the first slip of the pen in a brace, a quote or a tag's first word,
//! and the first tag that lacks its other half. The engine would find them late and far off, or
//! print them as they stand.

mod setting;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Tags that templates have.
const TAGS: [&str; 13] = [
    "block", "elif", "else", "endblock", "endfor", "endif", "endwith", "extends", "for", "if",
    "include", "set", "with",
];

/// Tags that the engine has and templates do not: told where they are read.
const LEFT_OUT: [&str; 14] = [
    "autoescape",
    "break",
    "call",
    "continue",
    "do",
    "endautoescape",
    "endcall",
    "endfilter",
    "endmacro",
    "endset",
    "filter",
    "from",
    "import",
    "macro",
];

/// The first slip of the pen.
pub fn slip(source: &Source) -> Option<Diagnostic> {
    let text = source.text();
    let mut from = 0;
    while let Some(found) = text[from..].find('{') {
        let start = from + found;
        let read = match text[start + 1..].chars().next() {
            Some('#') => Tag::Ends(start + text[start..].find("#}")?),
            Some('{') => tag(source, start, "}}"),
            Some('%') if source.slice(word(text, start + 2)) == "raw" => return None,
            Some('%') => tag(source, start, "%}"),
            _ => half_a_tag(source, start).map_or(Tag::Ends(start + 1), Tag::slip),
        };
        match read {
            Tag::Ends(end) => from = end,
            Tag::Slip(fault) => return Some(*fault),
            Tag::NeverEnds => return None,
        }
    }
    None
}

/// How a tag reads.
enum Tag {
    /// It ends there.
    Ends(usize),
    Slip(Box<Diagnostic>),
    NeverEnds,
}

impl Tag {
    fn slip(fault: Diagnostic) -> Self {
        Self::Slip(Box::new(fault))
    }
}

fn tag(source: &Source, start: usize, close: &str) -> Tag {
    let text = source.text();
    let name = word(text, start + 2);
    let is_condition = close == "%}" && matches!(source.slice(name), "if" | "elif");
    let is_known = |tag: &str| tag.is_empty() || TAGS.contains(&tag) || LEFT_OUT.contains(&tag);
    if close == "%}" && !is_known(source.slice(name)) {
        let lacks_set = setting::without_set(source, name);
        let no_such = || no_such_tag(source.place(name), source.slice(name));
        return Tag::slip(lacks_set.unwrap_or_else(no_such));
    }
    let written = |at: usize, length: usize, message: String, right: &str| {
        let place = source.place(Span::new(at, at + length));
        let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
        Tag::slip(fault.label(format!("write `{right}`")).typed(right))
    };
    let ends = |at: usize| {
        let slip = match source.slice(name) {
            _ if close == "}}" => setting::in_braces_of_a_value(source, start, at),
            "set" => setting::lacks(source, name, at),
            _ => None,
        };
        slip.map_or(Tag::Ends(at + 2), Tag::slip)
    };
    let (mut quote, mut depth): (Option<(char, usize)>, usize) = (None, 0);
    let inside = &text[start + 2..];
    let mut before = ' ';
    for (offset, sign) in inside.char_indices() {
        let at = start + 2 + offset;
        let rest = &inside[offset..];
        let before = std::mem::replace(&mut before, sign);
        match sign {
            '\n' if quote.is_some_and(|(_, from)| text[from..at].contains(close)) => {
                let from = quote.map_or(at, |(_, from)| from);
                return Tag::slip(text_without_end(source, Span::new(from, at), close));
            }
            _ if quote.is_some() => quote = quote.filter(|(quote, _)| *quote != sign),
            // What we've done.
            '\'' | '’' if before.is_alphanumeric() => {}
            '"' | '\'' => quote = Some((sign, at)),
            '“' | '”' | '„' | '‘' | '’' => {
                let message = "this quote comes from a word processor".to_owned();
                return written(at, sign.len_utf8(), message, "\"");
            }
            _ if rest.starts_with(close) && depth == 0 => return ends(at),
            '{' if rest.starts_with("{{") || rest.starts_with("{%") => {
                return Tag::slip(not_closed(source, start, close));
            }
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                let length = 1 + usize::from(rest.starts_with("}}"));
                let message = format!("`{}` is closed with `{close}`", &text[start..start + 2]);
                return written(at, length, message, close);
            }
            '%' if rest.starts_with("%}") => {
                let message = format!("`{}` is closed with `{close}`", &text[start..start + 2]);
                return written(at, 2, message, close);
            }
            '=' if is_condition && !"=!<>".contains(before) && !rest.starts_with("==") => {
                let message = "one `=` gives a value; two compare".to_owned();
                return written(at, 1, message, "==");
            }
            _ => {}
        }
    }
    Tag::NeverEnds
}

/// A text whose quote has no partner before the tag ends on its line.
fn text_without_end(source: &Source, rest_of_line: Span, close: &str) -> Diagnostic {
    let line = source.slice(rest_of_line);
    let text = line.find(close).map_or(line, |end| &line[..end]);
    let text = text.trim_end();
    let place = source.place(Span::new(
        rest_of_line.start,
        rest_of_line.start + text.len(),
    ));
    let right = format!("{text}{}", &text[..1]);
    Diagnostic::new(
        Code::TemplateSyntax,
        place,
        "this text has no closing quote",
    )
    .label(format!("write `{right}`"))
    .typed(right)
}

/// `{ { name } }`, `{ % if name %}` and `{council.name}` would be printed as they stand.
fn half_a_tag(source: &Source, start: usize) -> Option<Diagnostic> {
    let rest = &source.text()[start + 1..];
    let inner = rest.trim_start_matches(' ');
    let spaces = rest.len() - inner.len();
    let opener = ["{", "%"].into_iter().find(|sign| inner.starts_with(sign));
    if let Some(opener) = opener.filter(|_| spaces > 0) {
        let right = format!("{{{opener}");
        let place = source.place(Span::new(start, start + 2 + spaces));
        let message = format!("`{right}` is written without a space between");
        let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
        return Some(fault.label(format!("write `{right}`")).typed(right));
    }
    let end = rest.find('}')?;
    let name = &rest[..end];
    let is_part = |part: &str| {
        let mut signs = part.chars();
        signs.next().is_some_and(|sign| sign.is_ascii_lowercase())
            && signs.all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
    };
    if !name.contains('.') || !name.split('.').all(is_part) {
        return None;
    }
    let right = format!("{{{{ {name} }}}}");
    let place = source.place(Span::new(start, start + end + 2));
    let message = format!("`{{{name}}}` would be printed as it stands");
    let fault = Diagnostic::new(Code::TemplateSyntax, place, message);
    Some(fault.label(format!("write `{right}`")).typed(right))
}

/// A tag that there is not.
pub fn no_such_tag(at: Place, tag: &str) -> Diagnostic {
    let message = format!("there is no tag `{tag}`");
    Diagnostic::new(Code::TemplateSyntax, at, message).did_you_mean(
        tag,
        TAGS,
        format!("the tags are {}", TAGS.join(", ")),
    )
}

fn not_closed(source: &Source, start: usize, close: &str) -> Diagnostic {
    let opener = &source.text()[start..start + 2];
    let place = source.place(Span::new(start, start + 2));
    let message = format!("`{opener}` is not closed with `{close}`");
    Diagnostic::new(Code::TemplateSyntax, place, message)
        .label(format!("opens here: write `{close}` where it ends"))
}

/// The first tag that is opened and not closed, or closed and not opened, and the first
/// brace pair left open.
pub fn unpaired(source: &Source) -> Option<Diagnostic> {
    let text = source.text();
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find('{') {
        let start = from + found;
        let close = match text[start..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                from = start + 1;
                continue;
            }
        };
        let Some(length) = text[start..].find(close) else {
            return Some(not_closed(source, start, close));
        };
        let end = start + length + 2;
        if close == "%}" {
            let word = word(text, start + 2);
            if let Some(fault) = pair(source, &mut open, word) {
                return Some(fault);
            }
        }
        from = end;
    }
    let (tag, at) = open.pop()?;
    let message = format!("the `{tag}` is never closed with `end{tag}`");
    let fault = Diagnostic::new(Code::TemplateSyntax, source.place(at), message);
    Some(fault.help(format!("write `{{% end{tag} %}}` where it ends")))
}

fn pair<'a>(source: &'a Source, open: &mut Vec<(&'a str, Span)>, at: Span) -> Option<Diagnostic> {
    let tag = source.slice(at);
    if matches!(tag, "if" | "for" | "with" | "block") {
        open.push((tag, at));
        return None;
    }
    let closes = tag
        .strip_prefix("end")
        .filter(|tag| matches!(*tag, "if" | "for" | "with" | "block"))?;
    match open.pop() {
        Some((opened, _)) if opened == closes => None,
        Some((opened, place)) => {
            let message = format!("`{tag}` stands where `end{opened}` is missing");
            let fault = Diagnostic::new(Code::TemplateSyntax, source.place(at), message)
                .label(format!("the `{opened}` above was not closed"))
                .related(source.place(place), format!("this `{opened}`"))
                .help(format!("write `{{% end{opened} %}}` before it"));
            Some(fault)
        }
        None => {
            let message = format!("`{tag}` closes nothing: no `{closes}` is open");
            Some(Diagnostic::new(
                Code::TemplateSyntax,
                source.place(at),
                message,
            ))
        }
    }
}

/// The first word of a tag.
fn word(text: &str, from: usize) -> Span {
    let rest = &text[from..];
    let skip = rest.len() - rest.trim_start_matches(['-', '+', ' ', '\n', '\t']).len();
    let start = from + skip;
    let length = text[start..]
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len() - start);
    Span::new(start, start + length)
}
