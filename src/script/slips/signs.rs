//! Signs used as in a spreadsheet or another language: what rhai would refuse in its own
//! terms, or take for something else without a word.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        let token = desk.tokens[index];
        match (token.kind, token.text) {
            (Kind::Sign, "=") => equals(desk, index),
            (Kind::Sign, "<" | ">" | "<=" | ">=") => comparison(desk, index),
            (Kind::Sign, "^") => instead(desk, index, "`^` is not a power here", "**"),
            (Kind::Stray, "×") => instead(desk, index, "`×` means nothing in a script", "*"),
            (Kind::Stray, "÷") => instead(desk, index, "`÷` means nothing in a script", "/"),
            (Kind::Word, "is") if compares(desk, index) => {
                instead(desk, index, "`is` belongs to another language", "==");
            }
            (Kind::Sign, ".") if desk.get(index + 1).is_some_and(is_text) => by_header(desk, index),
            (Kind::Text, _) => text_in_text(desk, index),
            _ => {}
        }
    }
}

fn is_text(token: &Token<'_>) -> bool {
    token.kind == Kind::Text
}

/// `w."Open cases"`: a column goes by its own name, and only its card by the file's header.
fn by_header(desk: &mut Desk<'_>, index: usize) {
    let text = desk.tokens[index + 1];
    let span = desk.tokens[index].span.to(text.span);
    let header = text.text.trim_matches('"');
    let named = named_by_header(desk.source.text(), text.text);
    let report = desk.report(
        Code::Syntax,
        span,
        "a column goes by its own name here, not by the file's header",
    );
    match named {
        Some(name) if name.starts_with('"') => report.label("its name").typed(format!("[{name}]")),
        Some(name) => report
            .label(format!("it is called `{name}`"))
            .typed(format!(".{name}")),
        None => report.label(format!(
            "give it a name in the table's card, `columns: #{{ our_name: \"{header}\" }}`, and write `.our_name`"
        )),
    };
}

/// The name that a card gives to a header, `name: "header"`, if one does.
fn named_by_header(script: &str, header: &str) -> Option<String> {
    let tokens = crate::script::tokens::scan(script);
    let mut found = tokens.windows(3).filter(|three| {
        three[2].text == header
            && three[1].is(":")
            && (three[0].is_word() || three[0].kind == Kind::Text)
            && !matches!(three[0].text, "ask" | "column" | "file" | "sheet")
    });
    found.next().map(|three| three[0].text.to_owned())
}

fn instead(desk: &mut Desk<'_>, index: usize, message: &str, ours: &str) {
    desk.report(Code::OtherLanguage, desk.tokens[index].span, message)
        .label(format!("write `{ours}`"))
        .typed(ours);
}

/// Whether a word stands between two values.
fn compares(desk: &Desk<'_>, index: usize) -> bool {
    let value =
        |token: &Token<'_>| token.is_word() || matches!(token.kind, Kind::Text | Kind::Number);
    desk.before(index)
        .is_some_and(|token| token.is_word() || token.closes())
        && desk.get(index + 1).is_some_and(value)
}

/// `w.agency = "no"` in a condition would set the value and not compare it; `= SUM(…)` is
/// a spreadsheet's.
fn equals(desk: &mut Desk<'_>, index: usize) {
    if desk.before(index).is_some_and(|before| before.is(":")) {
        let span = desk.tokens[index].span;
        let is_formula = desk.is(index + 1, "|");
        desk.report(
            Code::OtherLanguage,
            span,
            "a formula does not begin with `=`",
        )
        .label("take it out: a formula is written `|workers| …`")
        .help("|workers|")
        .with(|fault| match is_formula {
            true => fault.typed_at(span, ""),
            false => fault,
        });
        return;
    }
    let begins = operand_before(desk, index);
    let in_condition = desk.before(begins).is_some_and(|before| {
        matches!(
            before.text,
            "|" | "if" | "while" | "and" | "or" | "&&" | "||" | "not" | "!" | "("
        )
    });
    if begins < index && in_condition {
        instead(desk, index, "`=` does not compare", "==");
    }
}

/// `10 < cases < 20` compares an answer with a number; `<>` is a spreadsheet's.
fn comparison(desk: &mut Desk<'_>, index: usize) {
    let sign = desk.tokens[index];
    if sign.text == "<" && desk.is(index + 1, ">") && desk.touches_next(index) {
        let both = sign.span.to(desk.tokens[index + 1].span);
        desk.report(
            Code::OtherLanguage,
            both,
            "`<>` belongs to another language",
        )
        .label("write `!=`")
        .typed("!=");
        return;
    }
    let middle = operand_before(desk, index);
    let Some(first) = middle.checked_sub(1).and_then(|at| desk.get(at)) else {
        return;
    };
    let chained = matches!(first.text, "<" | ">" | "<=" | ">=") && first.kind == Kind::Sign;
    if !chained || middle == index {
        return;
    }
    let begins = operand_before(desk, middle - 1);
    let Some(last) = desk.get(index + 1) else {
        return;
    };
    let slice = |from: usize, to: usize| {
        let span = desk.tokens[from].span.to(desk.tokens[to].span);
        desk.source.slice(span).to_owned()
    };
    let typed = format!(
        "{} and {} {} {}",
        slice(begins, index - 1),
        slice(middle, index - 1),
        sign.text,
        last.text
    );
    let whole = desk.tokens[begins].span.to(last.span);
    desk.report(
        Code::OtherLanguage,
        whole,
        "two comparisons in a row compare an answer with a number",
    )
    .label("write them one by one, with `and` between")
    .typed(typed);
}

/// Where the name, number or field that ends before `index` begins; `index` if there is
/// none.
fn operand_before(desk: &Desk<'_>, index: usize) -> usize {
    let mut at = index;
    while let Some(token) = at.checked_sub(1).and_then(|left| desk.get(left)) {
        let part = matches!(token.kind, Kind::Word | Kind::Number | Kind::Text)
            && !matches!(
                token.text,
                "if" | "while" | "and" | "or" | "not" | "return" | "let" | "const"
            );
        let link = matches!(token.text, "." | "[" | "]") && token.kind == Kind::Sign;
        let linked = at == index
            || desk
                .get(at)
                .is_some_and(|right| matches!(right.text, "." | "[" | "]"));
        if !(link || part && linked) {
            break;
        }
        at -= 1;
    }
    at
}

/// `"I can "talk" it over"`: a quote inside a text ends it.
fn text_in_text(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    let (Some(word), true) = (desk.get(index + 1), desk.touches_next(index)) else {
        return;
    };
    if !token.text.starts_with('"') || !word.is_word() {
        return;
    }
    let line_end = desk.source.text()[token.span.start..]
        .find('\n')
        .map_or(desk.source.text().len(), |at| token.span.start + at);
    let last = desk.tokens[index + 1..]
        .iter()
        .take_while(|later| later.span.end <= line_end)
        .filter(|later| later.kind == Kind::Text)
        .last();
    let Some(last) = last else { return };
    let whole = token.span.to(last.span);
    let written = desk.source.slice(whole);
    let content = written[1..written.len() - 1].replace('"', "'");
    desk.report(Code::Syntax, whole, "a quote inside a text ends it")
        .label("inside a text use single quotes")
        .typed(format!("\"{content}\""));
}
