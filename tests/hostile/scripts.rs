//! The scripts, each with how it must end.

/// How a script must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// A fault with a place; nothing is assessed.
    Refused,
    /// Assessed; the item or standard `hostile` is not rated and a warning says why.
    NotRated,
    /// Assessed as if nothing had happened.
    Harmless,
}
use Ends::{Harmless, NotRated, Refused};

/// Where the code stands.
#[derive(Debug, Clone, Copy)]
pub enum Where {
    /// After the council's first cards.
    Top,
    /// Instead of every card.
    Whole,
    /// In a measure's formula of `workers`.
    Formula,
    /// In a standard's score of `results`.
    Score,
}
use Where::{Formula, Score, Top, Whole};

pub struct Case {
    pub name: &'static str,
    pub at: Where,
    pub code: std::borrow::Cow<'static, str>,
    pub ends: Ends,
}

impl Case {
    const fn new(name: &'static str, at: Where, code: &'static str, ends: Ends) -> Self {
        let code = std::borrow::Cow::Borrowed(code);
        Self {
            name,
            at,
            code,
            ends,
        }
    }

    /// The code in its place.
    pub fn script(&self) -> String {
        let code = &self.code;
        match self.at {
            Top => code.to_string(),
            Whole => format!("WHOLE:{code}"),
            // Functions come before the word `VALUE`, the formula after it.
            Formula => {
                let (before, value) = code.split_once("VALUE").unwrap_or(("", code));
                format!(
                    "{before}\nmeasure(\"hostile\", #{{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\",\n    value: |workers| {{ {value} }},\n    best: 0, worst: 100000 }});"
                )
            }
            Score => {
                let (before, score) = code.split_once("VALUE").unwrap_or(("", code));
                format!(
                    "{before}\nlocal_standard(\"hostile\", #{{ title: \"Hostile\", weight: 1, score: |results| {{ {score} }} }});\nquestion(\"ours\", #{{ standard: \"hostile\", ask: \"I like it here\", column: \"cover\" }});"
                )
            }
        }
    }
}

macro_rules! cases {
    ($($name:literal, $at:ident, $ends:ident: $code:literal;)*) => {
        &[$(Case::new($name, $at, $code, $ends)),*]
    };
}

/// At the top of a script, where cards are dealt.
pub const CARDS: &[Case] = cases! {
    "an endless loop at the top", Top, Refused: "loop { standard(\"caseload\", #{ weight: 1 }); }";
    "an endless while at the top", Top, Refused: "while true { 1 + 1; }";
    "a for over all numbers", Top, Refused: "for i in 0..9223372036854775807 { i + 1; }";
    "an endless loop in a function", Top, Refused: "fn f() { let x = 0; while true { x += 1; } }\nf();";
    "an endless constant", Top, Refused: "fn f() { let x = 0; while true { x += 1; } }\nconst X = f();\nconst Y = f();\nmeasure(\"caseload-per-fte\", #{ target: at_most(X + Y) });";
    "a function that calls itself", Top, Refused: "fn f(x) { f(x + 1) }\nf(0);";
    "two functions that call each other", Top, Refused: "fn f(x) { g(x) }\nfn g(x) { f(x) }\nf(0);";
    "a closure that calls itself through a map", Top, Refused: "fn f() { let m = #{}; m.go = |m| m.go(m); m.go(m) }\nf();";
    "text that doubles", Top, Refused: "fn f() { let s = \"x\"; loop { s += s; } }\nf();";
    "a list that doubles", Top, Refused: "fn f() { let a = [1]; loop { a += a; } }\nf();";
    "four hundred questions of 60 KB", Top, Refused: "let t = \"x\"; for i in 0..15 { t += t; }\nfor i in 0..400 { question(`q${i}`, #{ standard: \"welfare\", ask: t }); }";
    "nine hundred questions", Top, Refused: "for i in 0..900 { question(`q${i}`, #{ standard: \"welfare\", ask: `I have what I need for topic ${i}` }); }";
    "a list of itself", Top, Refused: "fn f() { let a = [1]; loop { a = [a, a]; } }\nf();";
    "a map that grows", Top, Refused: "fn f() { let m = #{}; let i = 0; loop { i += 1; m[i.to_string()] = i; } }\nf();";
    "a blob of four thousand million", Top, Refused: "fn f() { blob(4000000000) }\nf();";
    "a list padded", Top, Refused: "fn f() { let a = []; a.pad(4000000000, 0); a }\nf();";
    "text padded", Top, Refused: "fn f() { let a = \"\"; a.pad(4000000000, \"x\"); a }\nf();";
    "growth by index", Top, Refused: "fn f() { let a = [0]; let i = 0; loop { a[i] = [a, a]; } }\nf();";
    "many large texts", Top, Refused: "fn f() { let a = []; let s = \"\"; s.pad(60000, \"x\"); let i = 0; loop { let t = s + i.to_string(); a.push(t); i += 1; } }\nf();";
    "curry growth", Top, Refused: "fn f() { let f = |x| x; loop { f = f.curry(f).curry(f); } }\nf();";
    "curry growth within text", Top, Refused: "fn f() { let f = |x| x; loop { `${f = f.curry(f).curry(f);}`; } }\nf();";
    "closures that capture closures", Top, Refused: "fn f() { let f = |x| x; let i = 0; while i < 150000 { let g = f; f = |x| g; i += 1; } f }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: f(), best: 0, worst: 9 });";
    "closures in lists in closures", Top, Refused: "fn f() { let a = [1]; let i = 0; while i < 150000 { let b = a; a = [|x| b]; i += 1; } a }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: f()[0], best: 0, worst: 9 });";
    "a list nested deep as a constant", Top, Refused: "fn f() { let a = []; let i = 0; while i < 4000 { a = [a]; i += 1; } a }\nconst A = f();\nmeasure(\"caseload-per-fte\", #{ note: A });";
    "a list nested deep in a card", Top, Refused: "fn f(n) { let a = []; let i = 0; while i < n { a = [a]; i += 1; } a }\nmeasure(\"caseload-per-fte\", #{ note: f(4000) });";
    "a card in a loop of a million", Top, Refused: "for i in 0..1000000 { standard(\"caseload\", #{ weight: 1 }); }";
    "cards in a function called over and over", Top, Refused: "fn f() { standard(\"caseload\", #{ weight: 1 }) }\nfor i in 0..100000 { f(); }";
    "eval of itself", Top, Refused: "let s = \"eval(s)\"; eval(s);";
    "eval in a function", Top, Refused: "fn f() { eval(\"loop {}\") }\nf();";
    "eval within text", Top, Refused: "fn f() { `${eval(\"1\")}` }\nmeasure(\"caseload-per-fte\", #{ note: f() });";
    "call within text", Top, Refused: "fn f() { let g = || 1; `${g.call()}` }\nmeasure(\"caseload-per-fte\", #{ note: f() });";
    "Fn within text", Top, Refused: "fn f() { `${Fn(\"f\")}` }\nmeasure(\"caseload-per-fte\", #{ note: f() });";
    "import", Top, Refused: "import \"bad\" as bad;\nbad::deal();";
    "import within text", Top, Refused: "fn f() { `${import \"bad\" as b; b::deal();}` }\nf();";
    "a library that imports itself", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most(itself::x()) });";
    "a library by a climbing path", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most(../x::f()) });";
    "a library by a climbing path in quotes", Top, Refused: "import \"../../etc/passwd\" as p;\n";
    "a library that is not there", Top, Refused: "passwd::read();";
    "a library that deals cards", Top, Refused: "bad::deal();";
    "a formula made by a library", Top, Refused: "measure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: bad::formula(), best: 0, worst: 9 });";
    "a library's endless loop", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most(bad::endless()) });";
    "a library that calls itself", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most(bad::deep(1)) });";
    "sleep", Top, Refused: "sleep(8);";
    "sleep for ever", Top, Refused: "sleep(1e300);";
    "sleep within text", Top, Refused: "fn f() { `${sleep(8)}` }\nf();";
    "the clock", Top, Refused: "fn f() { timestamp() }\nf();";
    "the clock within text", Top, Refused: "fn f() { `${timestamp()}` }\nf();";
    "print", Top, Refused: "print(\"\\x1b[2J\");";
    "debug", Top, Refused: "debug(\"x\");";
    "print within text", Top, Refused: "fn f() { `${print(1)}` }\nf();";
    "exit", Top, Refused: "exit();";
    "a function with a verb's name", Top, Refused: "fn measure(a, b) { 1 }\nmeasure(\"cover\", #{});";
    "a function with a name of ours", Top, Refused: "fn rate(a, b) { 100.0 }\n";
    "a variable with a verb's name", Top, Refused: "let measure = 1;";
    "a variable in a function with the name of a function of ours", Top, Harmless: "fn f(x) { let rate = |a, b| 1; x }\nmeasure(\"caseload-per-fte\", #{ target: at_most(f(16)) });";
    "a file outside the folder", Top, Refused: "table(\"pay\", #{ file: \"../../secret.csv\" });";
    "a file at the root", Top, Refused: "table(\"pay\", #{ file: \"/etc/passwd\" });";
    "a device as a file", Top, Refused: "table(\"pay\", #{ file: \"/dev/zero\" });";
    "a constant that is not a number", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most(0.0 / 0.0) });";
    "an infinite anchor", Top, Refused: "measure(\"caseload-per-fte\", #{ best: 1e400, worst: -1e400 });";
    "an infinite weight", Top, Refused: "standard(\"caseload\", #{ weight: 1e400 });";
    "the smallest number divided", Top, Refused: "measure(\"caseload-per-fte\", #{ target: at_most((-9223372036854775807 - 1) / -1) });";
    "control characters and turned text", Top, Refused: "measure(\"caseload-per-\u{202e}fte\u{1b}[2J\u{7}\", #{ note: \"\u{2066}x\u{9b}31m\" });";
    "escapes that make control characters", Top, Refused: "measure(\"\\x1b[31m\\u202e\", #{ \"\\x1b[2J\": 1 });";
    "control characters outside text", Top, Refused: "\u{1b}[2J \u{202e} \u{9b};";
    "a null character", Top, Refused: "council\0(\"x\", #{});";
    "nothing at all", Whole, Refused: "";
    "one bracket", Whole, Refused: "(";
    "one quote", Whole, Refused: "\"";
    "an open comment", Whole, Refused: "/* /* /*";
    "one backtick and a brace", Whole, Refused: "`${";
};

/// In a formula.
pub const FORMULAS: &[Case] = cases! {
    "an endless loop", Formula, NotRated: "let x = 0.0; while true { x += 1.0; } x";
    "an endless loop in a row condition", Formula, NotRated: "workers.count(|w| { let x = 0.0; while true { x += 1.0; } true })";
    "an endless loop in a score", Score, NotRated: "let x = 0.0; while true { x += 1.0; } x";
    "a loop just within the steps for every row", Formula, NotRated: "workers.sum(|w| { let x = 0.0; for i in 0..300000 { x += 1.0; } x })";
    "a loop just within the steps for every group", Formula, NotRated: "let x = 0.0; for i in 0..10000000 { x += 1.0; } x";
    "a slow function called for every row", Formula, NotRated: "workers.sum(|w| { let a = []; for i in 0..4000 { a.push(i); a.sort(); } 1.0 })";
    "a list that doubles", Formula, NotRated: "let a = [1]; loop { a += a; }";
    "text that doubles", Formula, NotRated: "let s = \"x\"; loop { s += s; }";
    "a list of itself", Formula, NotRated: "let a = [1]; loop { a = [a, a]; }";
    "many large texts", Formula, NotRated: "let a = []; let s = \"\"; s.pad(60000, \"x\"); let i = 0; loop { a.push(s + i.to_string()); i += 1; }";
    "lists kept from row to row", Formula, NotRated: "let kept = []; workers.count(|w| { let s = \"\"; s.pad(60000, \"x\"); for i in 0..100 { kept.push(s + i.to_string()); } true })";
    "closures that capture closures", Formula, NotRated: "let f = |x| x; loop { let g = f; f = |x| g; }";
    "closures that capture closures, row after row", Formula, NotRated: "let f = |x| x; workers.count(|w| { for i in 0..1000 { let g = f; f = |x| g; } true })";
    "a list nested deep as a result", Formula, NotRated: "let a = []; for i in 0..4000 { a = [a]; } a";
    "a function that calls itself", Formula, NotRated: "fn f(x) { f(x + 1) } VALUE f(0)";
    "a row condition within a row condition", Formula, NotRated: "workers.count(|w| workers.count(|v| workers.count(|u| u.cases > v.cases) > 3) > 2)";
    "functions of tables that call one another", Formula, NotRated: "fn f(t) { t.count(|w| f(t) > 1) } VALUE f(workers)";
    "not a number", Formula, NotRated: "0.0 / 0.0";
    "infinity", Formula, NotRated: "1.0 / 0.0";
    "infinity written", Formula, NotRated: "1e400";
    "minus infinity in a row", Formula, NotRated: "workers.sum(|w| -1.0 / 0.0)";
    "not a number in a row", Formula, NotRated: "workers.mean(|w| 0.0 / 0.0)";
    "whole numbers that overflow", Formula, NotRated: "let x = 9223372036854775807; x + 1";
    "a power that overflows", Formula, NotRated: "let x = 10; x ** 40";
    "the smallest number divided by minus one", Formula, NotRated: "let x = -9223372036854775807 - 1; let y = -1; x / y";
    "the rest of the smallest number", Formula, NotRated: "let x = -9223372036854775807 - 1; let y = -1; x % y";
    "division by a whole nought", Formula, NotRated: "let x = 1; let y = 0; x / y";
    "a table", Formula, NotRated: "workers.only(|w| true)";
    "a row", Formula, NotRated: "let kept = []; workers.count(|w| { kept.push(w); true }); kept[0]";
    "a closure", Formula, NotRated: "|w| w.cases";
    "a map", Formula, NotRated: "#{ a: 1 }";
    "text", Formula, NotRated: "\"100\"";
    "true", Formula, NotRated: "true";
    "nothing", Formula, NotRated: "if workers.count() < 0 { 1.0 }";
    "a list", Formula, NotRated: "[1, 2]";
    "an error made on purpose", Formula, NotRated: "let a = [1]; a[9]";
    "a condition that gives a number", Formula, NotRated: "workers.count(|w| 1)";
    "a condition that takes two rows", Formula, NotRated: "workers.count(|w, v| true)";
    "an error in what a list is sorted by", Formula, NotRated: "let a = [3.0, 1.0, 2.0]; a.sort(|x, y| [][x]); a[0]";
    "an error in what tells repeats", Formula, NotRated: "let a = [3.0, 1.0]; a.dedup(|x, y| [][9]); a.len()";
    "an endless loop in what a list is sorted by", Formula, NotRated: "let a = [3.0, 1.0]; a.sort(|x, y| { while true { } 0 }); a[0]";
    "a list sorted by what contradicts itself", Formula, Harmless: "let a = []; for i in 0..500 { a.push(i); } a.sort(|x, y| 1 - (x * y) % 3); a.len()";
    "a list of numbers and texts that is sorted", Formula, NotRated: "let a = [3.0, \"1\"]; a.sort(); a[0]";
    "a condition on a list that gives a number", Formula, NotRated: "[1.0, 2.0].filter(|x| x).len()";
    "a score below nought", Score, NotRated: "-1";
    "a score over a hundred", Score, NotRated: "100.1";
    "a score of all results", Score, NotRated: "results";
    "a score not a number", Score, NotRated: "0.0 / 0.0";
    "a score of one result", Score, NotRated: "results[\"ours\"]";
    "minus nought", Formula, Harmless: "-0.0";
    "a shift past the end", Formula, Harmless: "let x = 1; x << 100";
    "a table handed out of a closure and used later", Formula, Harmless: "let kept = []; workers.count(|w| { kept.push(workers); true }); kept[0].count()";
};

/// Formulas that try to remember.
pub const STATEFUL: &[&str] = &[
    "fn counter() { let k = 0; |workers| { k += 1; k } }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean memory\", unit: \"%\", value: counter(), best: 0, worst: 9 });",
    "fn lister() { let k = []; |workers| { k.push(1); k.len() } }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean memory\", unit: \"%\", value: lister(), best: 0, worst: 9 });",
    "fn nested() { let k = [[0]]; |workers| { k[0][0] += 1; k[0][0] } }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean memory\", unit: \"%\", value: nested(), best: 0, worst: 9 });",
    "fn inner() { let n = 0; let add = || { n += 1; n }; |workers| { [1].map(add)[0] } }\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean memory\", unit: \"%\", value: inner(), best: 0, worst: 9 });",
    "const KEPT = [0];\nmeasure(\"hostile\", #{ standard: \"caseload\", ask: \"Mean memory\", unit: \"%\", value: |workers| { let k = KEPT; k[0] += 1; k[0] }, best: 0, worst: 9 });",
];
