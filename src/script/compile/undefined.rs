//! A name that nothing defines, told in the words of what was probably meant.

use super::Job;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::national::COLUMNS;
use crate::script::names::Known;
use crate::script::tokens::Token;
use crate::script::wording;
use crate::source::{Place, Span};
use rhai::Position;

impl Job<'_> {
    /// A name that nothing defines, in the words of what was probably meant.
    pub(super) fn undefined(&self, name: &str, position: Position, faults: &mut Diagnostics) {
        let Some(place) = wording::place(self.source, position) else {
            return;
        };
        // A slip of this very word was reported already.
        if faults
            .iter()
            .any(|fault| fault.place.source == place.source && fault.place.span.holds(place.span))
        {
            return;
        }
        // A constant whose statement has a fault of its own is given all the same.
        let is_given = self
            .tokens
            .windows(2)
            .any(|pair| pair[0].is("const") && pair[1].is(name));
        if is_given {
            return;
        }
        let at = self
            .tokens
            .partition_point(|token| token.span.start < place.span.start);
        faults.push(self.name_fault(name, at, place));
    }

    fn name_fault(&self, name: &str, at: usize, place: Place) -> Diagnostic {
        let is =
            |index: usize, text: &str| self.tokens.get(index).is_some_and(|token| token.is(text));
        if at >= 4 && is(at - 1, "-") && is(at - 3, ".") {
            // `s.caseload-manageable`
            let row = self.tokens[at - 4].text;
            let mut last = at;
            while is(last + 1, "-") && self.tokens.get(last + 2).is_some_and(Token::is_word) {
                last += 2;
            }
            let field = self.tokens[at - 2].span.to(self.tokens[last].span);
            let field = self.source.slice(field);
            let whole = self.tokens[at - 4].span.to(self.tokens[last].span);
            return Diagnostic::new(
                Code::HyphenatedName,
                self.source.place(whole),
                "a name with a hyphen is read in brackets",
            )
            .label(format!("write `{row}[\"{field}\"]`"))
            .typed(format!("{row}[\"{field}\"]"));
        }
        let instead = match name {
            "True" | "TRUE" => Some("true"),
            "False" | "FALSE" => Some("false"),
            "None" | "NULL" | "Null" | "null" | "nil" | "NA" | "NaN" => Some("()"),
            _ => None,
        };
        if let Some(instead) = instead {
            let fault = Diagnostic::new(
                Code::UnquotedWord,
                place,
                format!("`{name}` belongs to another language"),
            );
            let is_compared = at >= 1
                && matches!(
                    self.tokens[at - 1].text,
                    "==" | "!=" | "<" | ">" | "<=" | ">="
                );
            return if instead == "()" && is_compared {
                fault.label("ask with `is_missing(…)`, or `not is_missing(…)`")
            } else if instead == "()" {
                fault.label("leave the key out where there is nothing to say")
            } else {
                fault.label(format!("write `{instead}`")).typed(instead)
            };
        }
        const TRUTHS: [&str; 3] = ["agreed", "social_work_qualified", "reverse"];
        let of_truth = at >= 2 && is(at - 1, ":") && TRUTHS.contains(&self.tokens[at - 2].text);
        if of_truth && matches!(name.to_lowercase().as_str(), "yes" | "no") {
            let truth = if name.eq_ignore_ascii_case("yes") {
                "true"
            } else {
                "false"
            };
            return Diagnostic::new(
                Code::UnquotedWord,
                place,
                format!("`{}` is `true` or `false`", self.tokens[at - 2].text),
            )
            .label(format!("write `{truth}`"))
            .typed(truth);
        }
        let value_of_key = at >= 1
            && (is(at - 1, ":") || is(at - 1, "[") || is(at - 1, ","))
            && (is(at + 1, ",") || is(at + 1, "}") || is(at + 1, "]"));
        let known = || {
            let values = self.constants.get().into_iter().flatten();
            let own = names_before(self.tokens, at);
            values.map(|(name, _)| name.as_str()).chain(own)
        };
        // One that was given in bars before, and ends with its formula, is no slip for another.
        let is_given = names_before(self.tokens, at).any(|given| given == name);
        if !is_given && nearest(name, known()).is_some() {
            return Diagnostic::new(Code::UnknownName, place, format!("`{name}` is not defined"))
                .did_you_mean(name, known(), "");
        }
        if let Some(fault) = self.not_between_bars(name, at, &place) {
            return fault;
        }
        // What is shown goes on to the sign that follows; typed is the name's part of it.
        let with = |message: &str, shown: String| {
            let message = message.replace("NAME", name);
            let typed = shown.trim_end_matches([' ', '=', '.']).to_owned();
            Diagnostic::new(Code::UnknownName, place.clone(), message)
                .label(format!("write `{shown}`"))
                .help(shown)
                .typed_at(place.span, typed)
                .offered()
        };
        let opens = at >= 2 && is(at - 1, "(");
        if is(at + 1, "=") {
            return with("`NAME` is not defined", format!("const {name} ="));
        }
        if is(at + 1, ".") && opens {
            let typed = format!("|{name}| {name}.");
            return with("a condition on rows names the row first", typed);
        }
        if is(at + 1, ".") && at >= 1 && is(at - 1, ":") {
            let typed = format!("|{name}| {name}.");
            return with("a formula names its tables first", typed);
        }
        // `share(cases > 4)`
        let of_rows = ["share", "count", "only"];
        let compares = ["==", "!=", "<", ">", "<=", ">="];
        if opens
            && at >= 3
            && is(at - 3, ".")
            && of_rows.contains(&self.tokens[at - 2].text)
            && compares.iter().any(|sign| is(at + 1, sign))
        {
            let typed = format!("|w| w.{name}");
            return with("a condition on rows names the row first", typed);
        }
        const OF_FORMULAS: [&str; 3] = ["value", "score", "target"];
        let of_words = value_of_key && at >= 2 && !OF_FORMULAS.contains(&self.tokens[at - 2].text);
        if Known::is_ours(name) && !of_words {
            let typed = format!("{name}(…)");
            return Diagnostic::new(
                Code::UnknownName,
                place,
                format!("`{name}` takes its values in brackets"),
            )
            .label(format!("write `{typed}`"))
            .help(typed);
        }
        let of_method = opens && at >= 3 && is(at - 3, ".");
        let of_card = opens && crate::script::library::VERBS.contains(&self.tokens[at - 2].text);
        let of_text = opens && self.tokens[at - 2].is("always");
        let quoted = (of_method || of_card || of_text) && (is(at + 1, ",") || is(at + 1, ")"));
        if value_of_key || quoted {
            return Diagnostic::new(
                Code::UnquotedWord,
                place,
                format!("`{name}` is a word without quotes"),
            )
            .label(format!("write `\"{name}\"`"))
            .typed(format!("\"{name}\""));
        }
        let calls = is(at + 1, ".") && is(at + 3, "(");
        Diagnostic::new(Code::UnknownName, place, format!("`{name}` is not defined")).label(
            match calls {
                true => "nothing has this name; a shared library's function is called with `::`",
                false => "nothing has this name; text goes in double quotes",
            },
        )
    }

    /// A table that a formula does not name between its bars, or the value that a score has no bars for.
    fn not_between_bars(&self, name: &str, at: usize, place: &Place) -> Option<Diagnostic> {
        let is = |index: usize, text: &str| self.tokens[index].is(text);
        let begins = self.formula_around(at)?;
        let first = self.tokens.get(begins + 1)?;
        let is_table = COLUMNS.iter().any(|(table, _)| *table == name);
        let start = first.span.start;
        let (span, typed, shown) = match first.is("|") {
            true if is_table => {
                let closes = (begins + 2..at).find(|index| is(*index, "|"))?;
                let end = self.tokens[closes].span;
                let bars = self.source.slice(first.span.to(end));
                let shown = format!("{}, {name}|", bars.trim_end_matches('|'));
                (Span::new(end.start, end.start), format!(", {name}"), shown)
            }
            false if name == "value" && is(begins - 1, "score") => {
                let shown = "|value|".to_owned();
                (Span::new(start, start), format!("{shown} "), shown)
            }
            _ => return None,
        };
        let message = format!("a formula names what it is given between bars, and not `{name}`");
        Some(
            Diagnostic::new(Code::UnknownName, place.clone(), message)
                .label(format!("begin the formula with `{shown}`"))
                .help(shown)
                .typed_at(span, typed)
                .offered(),
        )
    }
}

impl Job<'_> {
    /// The colon after `value` or `score` of the formula that a word stands in.
    fn formula_around(&self, at: usize) -> Option<usize> {
        let (mut depth, mut outermost) = (0_i32, 0);
        // Whether something ended between there and the word, outside all brackets but those around both.
        let (mut ended, mut in_bars) = (false, false);
        for index in (1..at).rev().take(LONGEST_FORMULA) {
            let token = &self.tokens[index];
            in_bars ^= token.is("|");
            if token.closes() {
                depth += 1;
            } else if token.opens() {
                depth -= 1;
                if depth < outermost {
                    (outermost, ended) = (depth, false);
                }
            } else if depth == outermost && !in_bars && matches!(token.text, "," | ";") {
                ended = true;
            } else if depth == outermost
                && token.is(":")
                && matches!(self.tokens[index - 1].text, "value" | "score")
            {
                return (!ended).then_some(index);
            }
        }
        None
    }
}

/// Words of a formula that are gone through for where it begins.
const LONGEST_FORMULA: usize = 500;

/// The names that the formula or function around a word has given before it: between bars,
/// between the brackets of `fn`, and by `let`.
fn names_before<'t>(tokens: &'t [Token<'t>], at: usize) -> impl Iterator<Item = &'t str> {
    let first = (0..at)
        .rev()
        .take(500)
        .find(|index| {
            // What one function is given is no name in the next.
            tokens[*index].is("fn")
                || tokens[*index].is(";") && tokens.get(index + 1).is_some_and(begins_card)
        })
        .unwrap_or(at.saturating_sub(500));
    let mut between_bars = false;
    let mut of_function = false;
    tokens[first..at].windows(2).filter_map(move |pair| {
        let (before, word) = (&pair[0], &pair[1]);
        if before.is("|") {
            between_bars = !between_bars;
        } else if !(before.is_word() || before.is(",")) {
            // Nothing but names stands between the bars of a formula: this one was left open.
            between_bars = false;
        }
        if before.is("fn") {
            of_function = true;
        } else if before.is(")") {
            of_function = false;
        }
        let given = between_bars && (before.is("|") || before.is(","))
            || before.is("let")
            || before.is("for")
            || of_function && (before.is("(") || before.is(","));
        (given && word.is_word()).then_some(word.text)
    })
}

fn begins_card(token: &Token<'_>) -> bool {
    token.is("const") || token.is("fn") || crate::script::library::VERBS.contains(&token.text)
}

/// The names that were reported as undefined.
pub(super) fn names(faults: &Diagnostics) -> Vec<String> {
    faults
        .iter()
        .filter(|fault| {
            matches!(
                fault.code,
                Code::UnknownName | Code::UnquotedWord | Code::HyphenatedName
            )
        })
        .map(|fault| fault.place.text().to_owned())
        .collect()
}
