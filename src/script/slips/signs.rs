//! Signs used as in a spreadsheet or another language: what rhai would refuse in its own
//! terms, or take for something else without a word.

use super::{Desk, asked, choices};
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};
use crate::source::Span;

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        let token = desk.tokens[index];
        match (token.kind, token.text) {
            (Kind::Sign, "=") => equals(desk, index),
            (Kind::Sign, "<" | ">" | "<=" | ">=") => comparison(desk, index),
            (Kind::Sign, "%") | (Kind::Stray, "£" | "€") => unit(desk, index),
            (Kind::Sign, "==" | "!=") if desk.is(index + 1, "=") && desk.touches_next(index) => {
                three_signs(desk, index);
            }
            (Kind::Sign, "==" | "!=") if desk.is(index + 1, "(") && desk.is(index + 2, ")") => {
                asked::nothing(desk, index);
            }
            (Kind::Stray, "≥") => instead(desk, index, "`≥` means nothing in a script", ">="),
            (Kind::Stray, "≤") => instead(desk, index, "`≤` means nothing in a script", "<="),
            (Kind::Stray, "≠") => instead(desk, index, "`≠` means nothing in a script", "!="),
            (Kind::Sign, "&") if of_a_page(desk, index).is_some() => entity(desk, index),
            (Kind::Sign, "?") | (Kind::Word, "if") => choices::look(desk, index),
            (Kind::Sign, "^") => instead(desk, index, "`^` is not a power here", "**"),
            (Kind::Stray, "×") => instead(desk, index, "`×` means nothing in a script", "*"),
            (Kind::Stray, "÷") => instead(desk, index, "`÷` means nothing in a script", "/"),
            // `is not` is told as one.
            (Kind::Word, "is") if compares(desk, index) && !desk.is(index + 1, "not") => {
                instead(desk, index, "`is` belongs to another language", "==");
            }
            (Kind::Word, "const" | "let") => no_equals(desk, index),
            (Kind::Text, _) if is_half(desk, index) => half_a_comparison(desk, index),
            (Kind::Text, _) => text_in_text(desk, index),
            (Kind::Number, _) if is_half(desk, index) => half_a_comparison(desk, index),
            _ => {}
        }
    }
}

/// `&gt;` as a web page's source has it: what it stands for.
fn of_a_page(desk: &Desk<'_>, index: usize) -> Option<&'static str> {
    let stands_together = desk.touches_next(index) && desk.touches_next(index + 1);
    match desk.get(index + 1)?.text {
        _ if !stands_together || !desk.is(index + 2, ";") => None,
        "gt" => Some(">"),
        "lt" => Some("<"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        _ => None,
    }
}

fn entity(desk: &mut Desk<'_>, index: usize) {
    let Some(ours) = of_a_page(desk, index) else {
        return;
    };
    let whole = desk.tokens[index].span.to(desk.tokens[index + 2].span);
    desk.report(
        Code::OtherLanguage,
        whole,
        "this is how the source of a web page writes a sign",
    )
    .label(format!("write `{ours}`"))
    .typed(ours);
}

/// `===` and `!==`.
fn three_signs(desk: &mut Desk<'_>, index: usize) {
    let ours = desk.tokens[index].text;
    let whole = desk.tokens[index].span.to(desk.tokens[index + 1].span);
    desk.report(
        Code::OtherLanguage,
        whole,
        format!("`{ours}=` belongs to another language"),
    )
    .label(format!("write `{ours}`"))
    .typed(ours);
}

/// `unit: %,`: a sign that is the whole of a value.
fn unit(desk: &mut Desk<'_>, index: usize) {
    let token = desk.tokens[index];
    let alone = desk.before(index).is_some_and(|before| before.is(":"))
        && (desk.line(index + 1) != desk.line(index)
            || desk
                .get(index + 1)
                .is_none_or(|next| next.is(",") || next.closes()));
    if alone {
        let typed = format!("\"{}\"", token.text);
        desk.report(Code::UnquotedWord, token.span, "text goes in double quotes")
            .label(format!("write `{typed}`"))
            .typed(typed);
    }
}

/// `const CEILING 18;`
fn no_equals(desk: &mut Desk<'_>, index: usize) {
    let (Some(name), Some(value)) = (desk.get(index + 1), desk.get(index + 2)) else {
        return;
    };
    let is_value = matches!(value.kind, Kind::Number | Kind::Text)
        || value.is_word() && desk.is(index + 3, ".");
    if !name.is_word() || !is_value || desk.line(index) != desk.line(index + 2) {
        return;
    }
    let end = Span::new(name.span.end, name.span.end);
    let typed = format!("{} =", name.text);
    let message = format!("`=` is missing after `{}`", name.text);
    desk.report(Code::Syntax, name.span, message)
        .label(format!("write `{typed}`"))
        .help(typed)
        .typed_at(end, " =");
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
    let of_text = desk
        .before(index)
        .is_some_and(|before| before.kind == Kind::Text);
    let begins_entry = index >= 2 && (desk.is(index - 2, "#{") || desk.is(index - 2, ","));
    if of_text && begins_entry && super::words::in_card(desk, index) {
        desk.report(
            Code::EqualsInCard,
            desk.tokens[index].span,
            "a card has a colon between the two",
        )
        .label("write `:`")
        .typed(":");
        return;
    }
    let begins = operand_before(desk, index);
    let in_condition = desk.before(begins).is_some_and(|before| {
        matches!(
            before.text,
            "|" | "if" | "while" | "and" | "or" | "&&" | "||" | "not" | "!" | "("
        )
    });
    if begins < index && in_condition && desk.is(index + 1, "<") && desk.touches_next(index) {
        let whole = desk.tokens[index].span.to(desk.tokens[index + 1].span);
        desk.report(Code::OtherLanguage, whole, "`=<` does not compare")
            .label("write `<=`")
            .typed("<=");
    } else if begins < index && in_condition {
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
    if desk.before(index).is_some_and(|before| before.is(":")) {
        target_by_sign(desk, index);
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

/// `target: <= 16`: a target is written in words. That of an action is a number.
fn target_by_sign(desk: &mut Desk<'_>, index: usize) {
    let sign = desk.tokens[index];
    let is_target = index >= 2 && desk.is(index - 2, "target");
    let ends = desk
        .get(index + 2)
        .is_none_or(|next| next.is(",") || next.closes());
    let value = desk.get(index + 1).filter(|value| {
        (value.is_word() || value.kind == Kind::Number) && desk.line(index) == desk.line(index + 1)
    });
    let (Some(value), true, true) = (value, is_target, ends) else {
        return;
    };
    let whole = sign.span.to(value.span);
    if desk.get(0).is_some_and(|verb| verb.is("action")) {
        desk.report(Code::Syntax, whole, "an action's target is a number")
            .label(format!("write `{}`", value.text))
            .typed(value.text);
        return;
    }
    let typed = match sign.text {
        "<" | "<=" => format!("at_most({})", value.text),
        _ => format!("at_least({})", value.text),
    };
    desk.report(
        Code::OtherLanguage,
        whole,
        "a target is written in words, not by a sign",
    )
    .label(format!("write `{typed}`"))
    .typed(typed)
    // Neither leaves out the number itself.
    .with(|fault| match sign.text {
        "<" | ">" => fault.offered(),
        _ => fault,
    });
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

/// Whether a value stands alone after `or`, where a whole comparison stands before it:
/// `w.agency == "no" or "n/k"`.
fn is_half(desk: &Desk<'_>, index: usize) -> bool {
    let compares = |token: &Token<'_>| {
        ["==", "!=", "<", ">", "<=", ">="]
            .iter()
            .any(|sign| token.is(sign))
    };
    let value = |token: &Token<'_>| matches!(token.kind, Kind::Text | Kind::Number);
    let ends = desk.get(index + 1).is_none_or(|next| {
        next.closes() || next.is("or") || next.is("||") || next.is("and") || next.is("&&")
    });
    index >= 4
        && ends
        && ["or", "||"].iter().any(|word| desk.is(index - 1, word))
        && value(&desk.tokens[index - 2])
        && compares(&desk.tokens[index - 3])
        && operand_before(desk, index - 3) < index - 3
}

fn half_a_comparison(desk: &mut Desk<'_>, index: usize) {
    let sign = index - 3;
    let begins = operand_before(desk, sign);
    let cell = desk.tokens[begins].span.to(desk.tokens[sign].span);
    let value = desk.tokens[index];
    let typed = format!("{} {}", desk.source.slice(cell), value.text);
    desk.report(Code::Syntax, value.span, "this is half a comparison")
        .label("say on each side of `or` what is compared")
        .typed(typed);
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
