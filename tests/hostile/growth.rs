//! One call of the language's own that makes much of little, and values that hold
//! themselves.

use super::scripts::{Case, Ends, Where};

/// A text of 60,000 letters, and what is done with it.
const LARGE: &str = "let s = \"\"; s.pad(60000, \"a\"); let t = \"\"; t.pad(60000, \"b\");";

/// Each is one step to the engine: the name, what is done to `s` and `t`.
const ONE_STEP: [(&str, &str); 8] = [
    (
        "every letter replaced by a long text",
        "s.replace(\"a\", t);",
    ),
    ("nothing replaced by a long text", "s.replace(\"\", t);"),
    ("one letter replaced by a long text", "s.replace(s[0], t);"),
    ("a long text many times", "let u = s * 100000; s = u;"),
    (
        "a long text split into letters",
        "for i in 0..100000 { let u = s.split(\"\"); }",
    ),
    (
        "a long text split at a letter",
        "for i in 0..100000 { let u = s.split(\"a\"); }",
    ),
    (
        "a long text searched for",
        "for i in 0..1000000 { s.index_of(t); s.contains(t); }",
    ),
    (
        "a long text turned round",
        "for i in 0..1000000 { s.make_upper(); s.make_lower(); let u = s.to_chars(); }",
    ),
];

/// Values that hold themselves, and would never be let go of.
const ROUND: [(&str, &str); 6] = [
    (
        "a map that holds a closure that holds the map",
        "let x = #{}; x.f = || x;",
    ),
    (
        "a list that holds a closure that holds the list",
        "let x = []; x.push(|| x);",
    ),
    ("a closure that holds itself", "let x = 1; x = || x;"),
    (
        "two maps that hold each other",
        "let x = #{}; let y = #{}; x.f = || y; y.f = || x;",
    ),
    (
        "a list that is given a closure by a closure",
        "let x = []; let put = |f| x.push(f); put.call(|| x);",
    ),
    (
        "a map curried into its own entry",
        "let x = #{}; let f = |m| m; let g = || x; x.f = f.curry(g);",
    ),
];

/// All of them, in a function at the top and in a formula.
pub fn cases() -> Vec<Case> {
    let at_top = |name: &'static str, code: &str, ends| Case {
        name,
        at: Where::Top,
        code: format!("fn f() {{ {LARGE} {code} }}\nf();").into(),
        ends,
    };
    let in_formula = |name: &'static str, code: &str, ends| Case {
        name,
        at: Where::Formula,
        code: format!("{LARGE} {code} 1.0").into(),
        ends,
    };
    let steps = ONE_STEP.iter().flat_map(|(name, code)| {
        [
            at_top(name, code, Ends::Refused),
            in_formula(name, code, Ends::NotRated),
        ]
    });
    steps.collect()
}

/// Scripts that are sound but for what they leave behind: in each call 60 KB.
pub fn rounds() -> Vec<(&'static str, String)> {
    let formula = |code: &str| {
        format!(
            "measure(\"hostile\", #{{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\",\n    value: |workers| {{ {LARGE} let big = [s + \"1\", 2]; {code} x = #{{ x: x, big: big }}; 1.0 }},\n    best: 0, worst: 100000 }});"
        )
    };
    ROUND
        .iter()
        .map(|(name, code)| {
            (
                *name,
                formula(
                    &code
                        .replace("#{}", "#{ big: [s + \"1\"] }")
                        .replace("= []", "= [s + \"1\"]"),
                ),
            )
        })
        .collect()
}
