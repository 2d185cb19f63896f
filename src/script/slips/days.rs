//! Days that are reckoned with, as in a spreadsheet: here they are texts, which can be compared and
//! not taken from one another; and there is no today.

use super::Desk;
use crate::diagnostic::Code;
use crate::script::tokens::{Kind, Token};

pub(super) fn look(desk: &mut Desk<'_>) {
    for index in 0..desk.tokens.len() {
        let token = desk.tokens[index];
        if is_day(&token) {
            reckoned(desk, index);
        }
        let asks_today = token.is_word() && matches!(token.text, "today" | "now");
        if asks_today && desk.is(index + 1, "(") {
            desk.report(
                Code::OtherLanguage,
                token.span,
                format!(
                    "a script knows no `{}`: the same rows give the same figures on every day",
                    token.text
                ),
            )
            .label("write the day that you mean, `\"2026-07-02\"`");
        }
    }
}

/// `"2026-09-30"`, and no other text.
fn is_day(token: &Token<'_>) -> bool {
    let text = token.text.trim_matches('"');
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let is_number = |part: &str, long: usize| {
        part.len() == long && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    token.kind == Kind::Text && is_number(year, 4) && is_number(month, 2) && is_number(day, 2)
}

/// A minus or a plus on either side of a day.
fn reckoned(desk: &mut Desk<'_>, index: usize) {
    let reckons = |sign: Option<&Token<'_>>| sign.is_some_and(|sign| sign.is("-") || sign.is("+"));
    let (before, after) = (reckons(desk.before(index)), reckons(desk.get(index + 1)));
    let day = desk.tokens[index].span;
    let span = match (before, after) {
        (true, _) => desk.tokens[index - 1].span.to(day),
        (_, true) => day.to(desk.tokens[index + 1].span),
        _ => return,
    };
    desk.report(
        Code::WrongKind,
        span,
        "a day is a text, and cannot be reckoned with",
    )
    .label("compare the day itself: `w.last_seen >= \"2026-07-02\"`");
}
