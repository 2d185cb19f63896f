//! rhai's faults while reading a script, in our words.

use super::place;
use crate::diagnostic::{Code, Diagnostic};
use crate::national::COLUMNS;
use crate::script::sandbox::Limits;
use crate::script::tokens::{Kind, Token};
use crate::source::{Place, Source};
use rhai::{ParseErrorType, Position};

/// Code, message and label of an error while reading.
pub(super) fn parse_words(kind: &ParseErrorType, limits: &Limits) -> (Code, String, String) {
    use ParseErrorType as P;
    let said = |code, message: &str, label: &str| (code, message.to_owned(), label.to_owned());
    match kind {
        P::UnexpectedEOF => said(
            Code::UnclosedCard,
            "the script ends in the middle of something",
            "something is still open here",
        ),
        P::VariableUndefined(name) => (
            Code::UnknownName,
            format!("`{name}` is not defined"),
            "nothing has this name".to_owned(),
        ),
        P::ModuleUndefined(name) => (
            Code::UnknownLibrary,
            format!("there is no shared library `{name}`"),
            "no such library".to_owned(),
        ),
        P::DuplicatedProperty(name) => (
            Code::DuplicateKey,
            format!("`{name}` stands twice in one card"),
            "the second time".to_owned(),
        ),
        P::Reserved(word) => (
            Code::NotInLanguage,
            format!("`{word}` is not part of the language of checks"),
            match word.as_str() {
                "null" | "nil" | "void" => "ask for what is not there with `is_missing(…)`",
                _ => "take it out",
            }
            .to_owned(),
        ),
        P::MismatchedType(..) => said(
            Code::Syntax,
            "a value of another kind is wanted here",
            "is this half a comparison? say on each side what is compared: `w.role == \"a\" or w.role == \"b\"`",
        ),
        P::FnDuplicatedDefinition(name, _) => (
            Code::NameTaken,
            format!("there are two functions called `{name}`"),
            "the second one".to_owned(),
        ),
        P::FnDuplicatedParam(function, name) if function.is_empty() => (
            Code::NameTaken,
            format!("a formula takes `{name}` twice"),
            "the second one".to_owned(),
        ),
        P::FnDuplicatedParam(function, name) => (
            Code::NameTaken,
            format!("`{function}` takes `{name}` twice"),
            "the second one".to_owned(),
        ),
        P::ExprTooDeep => said(
            Code::TooDeep,
            "brackets are nested too deep",
            "the limit was reached here",
        ),
        P::TooManyFunctions => (
            Code::TooManyFunctions,
            format!(
                "there are more functions and formulas than the {} that a script may have",
                limits.functions
            ),
            "the limit was reached here".to_owned(),
        ),
        P::LiteralTooLarge(..) => said(
            Code::ValueTooLarge,
            "a text, list or map is larger than a script may hold",
            "the limit was reached here",
        ),
        P::WrongDocComment => said(
            Code::DocComment,
            "a note begins with two slashes, not three",
            "write `//`",
        ),
        P::AssignmentToConstant(name) => (
            Code::Syntax,
            format!("`{name}` is a constant and stays as it is"),
            "it cannot be changed".to_owned(),
        ),
        P::MissingToken(token, _) => missing_token(token),
        P::MissingSymbol(_) => said(
            Code::Syntax,
            "something is missing here",
            "expected before this",
        ),
        P::PropertyExpected => said(
            Code::Syntax,
            "a key is wanted here",
            "a key is one word, then a colon",
        ),
        P::VariableExpected => said(Code::Syntax, "a name is wanted here", "a name is one word"),
        P::ForbiddenVariable(name) => (
            Code::ReservedWord,
            format!("`{name}` is a word of the language and cannot be a name"),
            "choose another name".to_owned(),
        ),
        P::ExprExpected(_) => said(
            Code::Syntax,
            "a value is wanted here",
            "something is missing before this",
        ),
        P::WrongFnDefinition => said(
            Code::Syntax,
            "a function is written at the margin, outside cards",
            "move it out",
        ),
        P::FnMissingName | P::FnMissingParams(_) | P::FnMissingBody(_) => said(
            Code::Syntax,
            "a function is written `fn name(values) { … }`",
            "not complete here",
        ),
        P::UnknownOperator(sign) => (
            Code::Syntax,
            format!("`{sign}` means nothing in a script"),
            "take it out".to_owned(),
        ),
        P::BadInput(rhai::LexError::UnexpectedInput(sign)) => (
            Code::Syntax,
            format!("`{sign}` is not expected here"),
            "something is missing before this, or this is one too many".to_owned(),
        ),
        P::BadInput(rhai::LexError::UnterminatedString) => said(
            Code::UnclosedText,
            "this text has no closing quote",
            "begins here and never ends",
        ),
        P::BadInput(rhai::LexError::ImproperSymbol(word, _)) => (
            Code::NotInLanguage,
            format!("`{word}` is not part of the language of checks"),
            "take it out".to_owned(),
        ),
        P::BadInput(rhai::LexError::StringTooLong(_)) => said(
            Code::ValueTooLarge,
            "a text is longer than a script may hold",
            "the limit was reached here",
        ),
        P::BadInput(rhai::LexError::MalformedNumber(_)) => said(
            Code::Syntax,
            "this is not a number",
            "digits, and one point at most",
        ),
        P::BadInput(rhai::LexError::MalformedEscapeSequence(_)) => said(
            Code::Syntax,
            "a backslash in text means something of its own",
            "for a plain backslash type two: `\\\\`; in a file's name type `/`",
        ),
        _ => said(
            Code::Syntax,
            "the script cannot be read here",
            "not understood",
        ),
    }
}

fn missing_token(token: &str) -> (Code, String, String) {
    let label = match token {
        ";" => "the statement before this needs `;`".to_owned(),
        "," => "the entry before this needs `,`".to_owned(),
        "{" => "`{` is wanted before this".to_owned(),
        other if other.len() <= 2 => format!("`{other}` is wanted before this"),
        _ => "something is missing before this".to_owned(),
    };
    (
        Code::Syntax,
        "the script cannot be read here".to_owned(),
        label,
    )
}

/// A script that cannot be read, where no slip explained it.
pub(in crate::script) fn of_parse(
    kind: &ParseErrorType,
    position: Position,
    source: &Source,
    tokens: &[Token<'_>],
    limits: &Limits,
) -> Diagnostic {
    let (code, message, label) = parse_words(kind, limits);
    let place = place(source, position).unwrap_or_else(|| end_of(source, tokens));
    if let Some(fault) = reserved_column(kind, &place, tokens) {
        return fault;
    }
    let fault = Diagnostic::new(code, place, message).label(label);
    match kind {
        ParseErrorType::DuplicatedProperty(_) => beside_the_first(fault, tokens),
        _ => fault,
    }
}

/// A key that stands twice, with the place of the first; where both hold lines, the second's
/// belong into that.
fn beside_the_first(fault: Diagnostic, tokens: &[Token<'_>]) -> Diagnostic {
    let at = tokens.partition_point(|token| token.span.start < fault.place.span.start);
    let Some(second) = tokens.get(at) else {
        return fault;
    };
    let mut depth = 0usize;
    let mut first = None;
    for index in (0..at).rev() {
        let token = &tokens[index];
        if token.closes() {
            depth += 1;
        } else if token.opens() {
            match depth.checked_sub(1) {
                Some(outside) => depth = outside,
                None => break,
            }
        }
        let is_key = tokens[index + 1].is(":");
        if depth == 0 && is_key && name_of(token) == name_of(second) {
            first = Some(index);
        }
    }
    let Some(first) = first else {
        return fault;
    };
    let holds_lines = |key: usize| tokens.get(key + 2).is_some_and(|value| value.is("#{"));
    let place = fault.place.source.place(tokens[first].span);
    let line = place.line();
    let lines = holds_lines(first) && holds_lines(at);
    let fault = fault.related(place, "the first time");
    match lines {
        true => fault.help(format!(
            "put its lines among those of line {line}, and take this `{}` out",
            name_of(second)
        )),
        false => fault.label("the second time: take one of the two out"),
    }
}

/// A key, with or without quotes.
fn name_of(token: &Token<'_>) -> String {
    token.text.trim_matches('"').to_owned()
}

/// `w.case`: a word of the language where a column is meant.
fn reserved_column(
    kind: &ParseErrorType,
    place: &Place,
    tokens: &[Token<'_>],
) -> Option<Diagnostic> {
    let ParseErrorType::Reserved(word) = kind else {
        return None;
    };
    let at = tokens.partition_point(|token| token.span.start < place.span.start);
    if !tokens.get(at.checked_sub(1)?)?.is(".") {
        return None;
    }
    let columns = COLUMNS.iter().flat_map(|(_, columns)| *columns);
    let fault = Diagnostic::new(
        Code::ReservedWord,
        place.clone(),
        format!("`{word}` is a word of the language and cannot follow a dot"),
    );
    Some(fault.did_you_mean(
        word,
        columns.map(|(name, _)| *name),
        format!("a column of that name is read as `[\"{word}\"]`"),
    ))
}

fn end_of(source: &Source, tokens: &[Token<'_>]) -> Place {
    tokens
        .iter()
        .rev()
        .find(|token| token.kind != Kind::DocComment)
        .map_or_else(|| source.whole(), |token| source.place(token.span))
}
