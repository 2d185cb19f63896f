//! Words between two values: `times`, `und`, and the `then` of other languages' branches.

use super::Desk;
use super::vocabulary::joins;
use crate::diagnostic::Code;
use crate::script::tokens::Kind;

/// `w.cases > 1 und w.fte > 0`; says whether something was told.
pub(super) fn told(desk: &mut Desk<'_>, index: usize) -> bool {
    let token = desk.tokens[index];
    let ours = joins(token.text).filter(|ours| *ours != token.text);
    let Some(ours) = ours.filter(|_| is_between_values(desk, index)) else {
        return false;
    };
    let message = format!("`{}` belongs to another language", token.text);
    desk.report(Code::OtherLanguage, token.span, message)
        .label(format!("here it is `{ours}`"))
        .typed(ours);
    true
}

/// Words that go before a value.
const BEFORE_A_VALUE: [&str; 11] = [
    "if", "while", "and", "or", "not", "in", "return", "let", "const", "fn", "else",
];

/// Whether a value ends before a word.
pub(super) fn follows_a_value(desk: &Desk<'_>, index: usize) -> bool {
    desk.before(index).is_some_and(|before| {
        before.closes()
            || matches!(before.kind, Kind::Number | Kind::Text)
            || before.is_word() && !BEFORE_A_VALUE.contains(&before.text)
    })
}

/// Whether a word stands between two values, as no name does.
pub(super) fn is_between_values(desk: &Desk<'_>, index: usize) -> bool {
    let begins = desk.get(index + 1).is_some_and(|next| {
        next.is_word() || matches!(next.kind, Kind::Number | Kind::Text) || next.is("(")
    });
    begins && follows_a_value(desk, index) && !desk.begins_line(index)
}

/// `if a then b else c`: another language's branches.
pub(super) fn then(desk: &mut Desk<'_>, index: usize) {
    let line = desk.line(index);
    let mut of_line = (0..index).rev().take_while(|at| desk.line(*at) == line);
    let Some(begins) = of_line.find(|at| desk.is(*at, "if")) else {
        return;
    };
    if !follows_a_value(desk, index) {
        return;
    }
    let mut depth = 0usize;
    let mut last = index;
    let mut other = None;
    let mut nested = false;
    while let Some(token) = desk.get(last + 1).filter(|_| desk.line(last + 1) == line) {
        if token.opens() {
            depth += 1;
        } else if token.closes() && depth > 0 {
            depth -= 1;
        } else if depth == 0 && (token.closes() || matches!(token.text, "," | ";")) {
            break;
        } else if token.is("else") && other.is_none() {
            other = Some(last + 1);
        }
        nested |= token.is("if") || token.is("then");
        last += 1;
    }
    let slice = |from: usize, to: usize| {
        let span = desk.tokens[from].span.to(desk.tokens[to].span);
        desk.source.slice(span).to_owned()
    };
    let is_whole = match other {
        Some(other) => index + 1 < other && other < last,
        None => index < last,
    };
    let typed = (is_whole && !nested && !desk.is(index + 1, "{")).then(|| {
        let condition = slice(begins, index - 1);
        match other {
            Some(other) => format!(
                "{condition} {{ {} }} else {{ {} }}",
                slice(index + 1, other - 1),
                slice(other + 1, last)
            ),
            None => format!("{condition} {{ {} }}", slice(index + 1, last)),
        }
    });
    let whole = desk.tokens[begins].span.to(desk.tokens[last].span);
    desk.report(
        Code::OtherLanguage,
        desk.tokens[index].span,
        "`then` belongs to another language",
    )
    .label("write `if … { … } else { … }`")
    .with(|fault| match typed {
        Some(typed) => fault.help(typed.as_str()).typed_at(whole, typed),
        None => fault,
    });
}
