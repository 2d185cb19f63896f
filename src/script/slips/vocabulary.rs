//! Words that mean something of their own: left out of the language, kept by rhai, or
//! brought from another language.

/// Words of rhai that the language of councils leaves out, and what to do without them.
pub(super) const LEFT_OUT: [(&str, &str); 21] = [
    ("switch", "write `if … { } else if … { } else { }`"),
    (
        "try",
        "a formula that fails is shown as not rated, with its place; nothing needs catching",
    ),
    (
        "throw",
        "use `is_missing` and `or_else` for values that are not there",
    ),
    ("eval", "write the formula itself"),
    (
        "import",
        "put shared functions in `scripts/shared/NAME.rhai` and use them as `NAME::function(…)`",
    ),
    (
        "export",
        "every function in `scripts/shared/NAME.rhai` can be used as `NAME::function(…)`",
    ),
    ("print", "look at a result with `healthcheck run`"),
    ("debug", "look at a result with `healthcheck run`"),
    ("sleep", "a check does not wait"),
    (
        "timestamp",
        "dates come from the cards, never from the clock",
    ),
    ("curry", "call the function itself"),
    ("call", "call the function itself"),
    ("Fn", "write the function's name alone"),
    (
        "is_def_fn",
        "every function is known before the script runs",
    ),
    ("is_def_var", "every name is known before the script runs"),
    ("type_of", "use `is_missing` for values that are not there"),
    ("is_shared", "values are never shared"),
    ("this", "name what you mean: `|w| w.cases`"),
    ("global", "a constant is seen everywhere under its own name"),
    ("private", "every function of a script is its own"),
    (
        "do",
        "write `while … { }`, or better a table's own functions",
    ),
];

/// Words of other programming languages, and ours.
pub(super) const OTHER: [(&str, &str); 8] = [
    ("elif", "else if"),
    ("elsif", "else if"),
    ("elseif", "else if"),
    ("def", "fn"),
    ("function", "fn"),
    ("func", "fn"),
    ("lambda", "|x|"),
    ("var", "const"),
];

/// Words of other languages, or said aloud, between two values, and ours.
const JOINS: [(&str, &str); 9] = [
    ("and", "and"),
    ("und", "and"),
    ("et", "and"),
    ("or", "or"),
    ("oder", "or"),
    ("ou", "or"),
    ("times", "*"),
    ("plus", "+"),
    ("minus", "-"),
];

/// What a word between two values is written as here, whatever the size of its letters.
pub(super) fn joins(word: &str) -> Option<&'static str> {
    let mut known = JOINS.iter();
    let (_, ours) = known.find(|(theirs, _)| theirs.eq_ignore_ascii_case(word))?;
    Some(ours)
}

/// Keys of more than one word, which are joined as names are.
pub(super) const JOINED: [&str; 4] = ["as_of", "agreed_with", "review_by", "social_work_qualified"];

/// Words that rhai keeps for itself and that cannot be keys, as seen by trying each.
pub(super) const RESERVED: [&str; 66] = [
    "until",
    "with",
    "is",
    "match",
    "new",
    "module",
    "package",
    "thread",
    "async",
    "await",
    "yield",
    "case",
    "goto",
    "shared",
    "sync",
    "spawn",
    "go",
    "protected",
    "default",
    "void",
    "null",
    "nil",
    "public",
    "use",
    "static",
    "var",
    "let",
    "const",
    "if",
    "else",
    "switch",
    "do",
    "while",
    "loop",
    "for",
    "in",
    "continue",
    "break",
    "return",
    "throw",
    "try",
    "catch",
    "import",
    "export",
    "as",
    "private",
    "fn",
    "this",
    "true",
    "false",
    "super",
    "print",
    "debug",
    "call",
    "curry",
    "type_of",
    "is_shared",
    "is_def_fn",
    "is_def_var",
    "Fn",
    "eval",
    "and",
    "or",
    "not",
    "global",
    "sleep",
];

/// What an author probably meant by a word that cannot be a key.
pub(super) const MEANT: [(&str, &str); 9] = [
    ("until", "review_by"),
    ("with", "agreed_with"),
    ("is", "says"),
    ("case", "cases"),
    ("default", "value"),
    ("as", "as_of"),
    ("for", "service"),
    ("in", "file"),
    ("new", "what"),
];
