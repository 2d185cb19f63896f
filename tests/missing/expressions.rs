//! What is asked of a missing value, and what stands beside it.

/// What stands beside the missing value, of every kind that an author can make.
pub const BESIDE: [(&str, &str); 14] = [
    ("a decimal number", "1.5"),
    ("a whole number", "1"),
    ("text", "\"a\""),
    ("a letter", "\"a\"[0]"),
    ("true", "true"),
    ("false", "false"),
    ("a list", "[1, 2]"),
    ("an empty list", "[]"),
    ("a map", "#{ a: 1 }"),
    ("nothing", "()"),
    ("a closure", "|x| x"),
    ("a threshold", "at_most(3)"),
    ("a range", "0..5"),
    ("the same words", "always(\"a\")"),
];

// `^` and `^=` cannot be written: a slip, told as one.
pub const COMPARING: [&str; 6] = ["==", "!=", "<", ">", "<=", ">="];
pub const REACHING: [&str; 12] = [
    "+", "-", "*", "/", "%", "**", "&", "|", "<<", ">>", "..", "..=",
];
const ASSIGNING: [&str; 10] = [
    "+=", "-=", "*=", "/=", "%=", "**=", "&=", "|=", "<<=", ">>=",
];

/// Expressions of a missing `m` and another value `v`, and whether the other value must
/// not matter: the outcome has to be that of a missing value, and no other trouble.
pub fn expressions() -> Vec<(String, bool)> {
    let mut all = Vec::new();
    for operator in COMPARING.iter().chain(&REACHING) {
        all.push((format!("m {operator} v"), true));
        all.push((format!("v {operator} m"), true));
    }
    for operator in ASSIGNING {
        all.push((format!("m {operator} v; m"), true));
        all.push((format!("v {operator} m; v"), false));
    }
    for plain in [
        "m in v",
        "v in m",
        "!(m in v)",
        "m && v",
        "m || v",
        "m && true",
        "m || false",
        "m || true",
        "m && false",
        "true && m",
        "false || m",
        "!m",
        "-m",
        "+m",
        "m ?? v",
        "if m { 1 } else { 2 }",
        "if !m { 1 } else { 2 }",
        "if m == v { 1 } else { 2 }",
        "if m < v { 1 } else if m >= v { 2 } else { 3 }",
        "let n = 0; while m { n += 1; if n > 3 { break; } } n == 0",
        "let n = 0; while m < v { n += 1; if n > 3 { break; } } n == 0",
        "m == m",
        "m != m",
        "m < m",
        "(m + 1) > 0",
        "0 < m * 2 - 1",
        "(m + 1) == (m + 1)",
    ] {
        all.push((plain.to_owned(), true));
    }
    for call in [
        "min(m, v)",
        "min(v, m)",
        "max(m, v)",
        "max(v, m)",
        "rate(m, v)",
        "rate(v, m)",
        "percent(m, v)",
        "percent(v, m)",
        "clamp(m, v, 2)",
        "clamp(v, m, 2)",
        "clamp(1, v, m)",
        "round(m)",
        "round(m, v)",
        "round(v, m)",
        "abs(m)",
        "m.floor()",
        "m.to_int()",
        "m.to_float()",
        "[v].index_of(m)",
        "[m].index_of(v)",
        "[m, v].index_of(v)",
        "[v].contains(m)",
        "[m].contains(v)",
        "[m] == [v]",
        "[v] == [m]",
        "[m] != [v]",
        "[[m]] == [[v]]",
        "#{ a: m } == #{ a: v }",
        "#{ a: v } != #{ a: m }",
        "v in [m]",
        "m in [v, 1]",
        "`${m}` == \"a\"",
        "`${m}` != \"a\"",
        "m.to_string() == \"a\"",
        "\"\" + m == \"\"",
        "`${[m]}` == \"[]\"",
        "[m, v].sort()[0] == v",
        "[v, m].some(|x| x == v && false)",
        "[m].all(|x| x > 0)",
        "[m].filter(|x| x > 0).len() == 0",
        "[1, 2][m] == v",
        "[m, m].dedup().len() == 1",
        "at_most(m) == at_most(1)",
        "between(m, 1) == at_most(1)",
        "m.a == v",
        "m[0] == v",
        "[m, 1].reduce(|a, b| if a > b { a } else { b }, 0) == 1",
        "m.is_nan() == true",
        "parse_float(m) == 1.0",
        "m.len() == 0",
        "m.sqrt() == 1",
        "m.is_zero() == true",
        "m.is_odd() == true",
    ] {
        all.push((call.to_owned(), false));
    }
    all
}
