//! Scripts too long to write down.

use super::scripts::{Case, Ends, Where};

fn case(name: &'static str, at: Where, code: String) -> Case {
    Case {
        name,
        at,
        code: code.into(),
        ends: Ends::Refused,
    }
}

fn top(name: &'static str, code: String) -> Case {
    case(name, Where::Top, code)
}

fn harmless(name: &'static str, code: String) -> Case {
    Case {
        ends: Ends::Harmless,
        ..top(name, code)
    }
}

fn not_rated(name: &'static str, code: String) -> Case {
    Case {
        ends: Ends::NotRated,
        ..top(name, code)
    }
}

fn whole(name: &'static str, code: String) -> Case {
    case(name, Where::Whole, code)
}

/// `open` so many times, `middle`, `close` as many times.
fn nested(open: &str, middle: &str, close: &str, times: usize) -> String {
    format!(
        "fn f() {{ let x = {}{middle}{}; x }}\nf();",
        open.repeat(times),
        close.repeat(times)
    )
}

fn listed(times: usize, one: impl Fn(usize) -> String, between: &str) -> String {
    (0..times).map(one).collect::<Vec<_>>().join(between)
}

pub fn cases() -> Vec<Case> {
    let deep = 12_000;
    vec![
        top("deep brackets", nested("(", "1", ")", deep)),
        top("deep lists", nested("[", "1", "]", deep)),
        top("deep maps", nested("#{a:", "1", "}", deep)),
        top("deep blocks", nested("{", "1", "}", deep)),
        top("deep minus", nested("-", "1", "", deep)),
        top("deep not", nested("!", "true", "", deep)),
        top("deep not in words", nested("not ", "true", "", deep)),
        top("deep closures", nested("|x|", "1", "", deep)),
        top("deep text in text", nested("`${", "1", "}`", deep)),
        top(
            "deep else if",
            format!(
                "fn f() {{ if false {{ 1 }} {} }}\nf();",
                "else if false { 1 } ".repeat(6_000)
            ),
        ),
        top("deep dots", nested("", "a", ".a", deep)),
        top("deep calls", nested("", "a", ".abs()", 9_000)),
        top("deep numbers in brackets", nested("", "a", "[0]", deep)),
        top("deep sums", nested("1+", "1", "", deep)),
        top("deep powers", nested("2**", "1", "", deep)),
        top(
            "deep functions of functions",
            nested("abs(", "1", ")", deep),
        ),
        top(
            "deep comments that never end",
            format!("{}\n", "/*".repeat(60_000)),
        ),
        top(
            "a function with 100,000 parameters",
            format!(
                "fn f({}) {{ 1 }}",
                listed(100_000, |n| format!("a{n}"), ",")
            ),
        ),
        top(
            "a function with 20,000 parameters",
            format!("fn f({}) {{ 1 }}", listed(20_000, |n| format!("a{n}"), ",")),
        ),
        top(
            "a formula with 20,000 parameters",
            format!(
                "fn g() {{ |{}| 1 }}",
                listed(20_000, |n| format!("a{n}"), ",")
            ),
        ),
        top(
            "a call with 20,000 values",
            format!(
                "fn f(x) {{ 1 }}\nf({});",
                listed(20_000, |n| n.to_string(), ",")
            ),
        ),
        top("300 KB of notes", format!("// {}\n", "x".repeat(300 << 10))),
        top("100,000 words", "a ".repeat(100_000)),
        top("49,000 words without a meaning", "a ".repeat(49_000)),
        top(
            "40,000 words that are not defined",
            format!("fn f() {{ {} }}", listed(20_000, |n| format!("a{n}"), ";")),
        ),
        top(
            "undefined names in a card",
            format!(
                "measure(\"cover\", #{{ note: [{}] }});",
                listed(4_000, |n| format!("[b{n}]"), ",")
            ),
        ),
        top(
            "unknown functions",
            format!(
                "fn f() {{ {} }}",
                listed(12_000, |n| format!("g{n}()"), ";")
            ),
        ),
        top("curly quotes by the thousand", "“".repeat(49_000)),
        top(
            "pound signs on one line",
            format!("{}{}", "1 ".repeat(24_000), "£".repeat(24_000)),
        ),
        top(
            "arrows after a switch",
            format!("{} switch {}", "a ".repeat(24_000), "=> ".repeat(24_000)),
        ),
        top("`not` and open brackets", "not [".repeat(24_000)),
        top("functions without bodies", "fn a ".repeat(20_000)),
        top(
            "490 functions without bodies",
            format!("{}{}", "fn a ".repeat(490), "a ".repeat(45_000)),
        ),
        top(
            "10,000 functions",
            listed(7_000, |n| format!("fn f{n}() {{}}"), "\n"),
        ),
        top(
            "10,000 constants",
            listed(10_000, |n| format!("const C{n} = {n};"), "\n"),
        ),
        top(
            "490 constants in a long script",
            format!(
                "{}\n{}",
                listed(490, |n| format!("const C{n} = {n};"), "\n"),
                listed(9_000, |_| "C1".to_owned(), ";")
            ),
        ),
        top(
            "10,000 variables",
            format!(
                "fn f() {{ {} }}\nf();",
                listed(9_000, |n| format!("let v{n}={n};"), "")
            ),
        ),
        top(
            "a map with 20,000 keys",
            format!(
                "measure(\"cover\", #{{ {} }});",
                listed(12_000, |n| format!("k{n}: {n}"), ",")
            ),
        ),
        top(
            "100,000 cards",
            "standard(\"caseload\", #{});\n".repeat(100_000),
        ),
        top(
            "5,000 cards",
            "standard(\"caseload\", #{});\n".repeat(5_000),
        ),
        top(
            "950 faulty cards",
            listed(
                950,
                |n| format!("question(\"q{n}\", #{{ wieght: {n}, aks: \"x\" }});"),
                "\n",
            ),
        ),
        top(
            "950 cards on one line",
            "standard(\"caseload\", #{});".repeat(950),
        ),
        top(
            "cards never closed",
            "standard(\"caseload\", #{\n".repeat(9_000),
        ),
        top("brackets never opened", "}".repeat(49_000)),
        top(
            "an id of 60 KB",
            format!(
                "measure(\"{}\", #{{ best: 1 }});",
                "caseload-".repeat(6_800)
            ),
        ),
        top(
            "two ids of 60 KB",
            format!(
                "question(\"{0}\", #{{ standard: \"{0}x\", ask: \"{0}\" }});",
                "caseload-".repeat(6_800)
            ),
        ),
        top(
            "a key of 60 KB",
            format!("question(\"a\", #{{ {}: 1 }});", "k".repeat(60_000)),
        ),
        top("a word of 200 KB", "k".repeat(200_000)),
        harmless(
            "a number of 200 KB",
            format!("const A = {};", "1".repeat(200_000)),
        ),
        top(
            "text of 200 KB",
            format!("const A = \"{}\";", "1".repeat(200_000)),
        ),
        top(
            "a list of 15,000",
            format!("const A = [{}];", listed(15_000, |n| n.to_string(), ",")),
        ),
        not_rated("functions that hand a table on and on", handing_on()),
        top(
            "slips inside text",
            format!(
                "measure(\"cover\", #{{ note: `{}` }});",
                "${eval(1)}".repeat(9_000)
            ),
        ),
        whole(
            "a million line ends and one bracket",
            format!("{}(", "\n".repeat(200_000)),
        ),
        whole(
            "line ends beyond what rhai counts",
            format!("{}a", "\n".repeat(70_000)),
        ),
        whole("one long line", format!("{}a", " ".repeat(70_000))),
    ]
}

/// Each function hands the table to the next ten times.
fn handing_on() -> String {
    let functions = listed(
        30,
        |n| {
            format!(
                "fn f{n}(t) {{ {} }}",
                listed(10, |_| format!("f{}(t)", n + 1), ";")
            )
        },
        "\n",
    );
    format!(
        "{functions}\nfn f30(t) {{ t.sum(\"wages\") }}\nmeasure(\"hostile\", #{{ standard: \"caseload\", ask: \"Mean harm\", unit: \"%\", value: |workers| f0(workers), best: 0, worst: 9 }});"
    )
}
