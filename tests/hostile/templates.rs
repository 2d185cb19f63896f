//! Templates that mean harm: each is refused, or makes its page, within the time and the
//! memory that a hostile script gets; and the next council's pages are as they were.

use super::{AGAIN, LONGEST, MOST_MEMORY, ONE_AT_A_TIME, meter};
use healthcheck::diagnostic::{Code, Diagnostics};
use healthcheck::host::Host;
use healthcheck::publication::Publication;
use healthcheck::report::{self, Templates};
use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// A set of files of the templates' folder, by path.
type Set = Vec<(String, String)>;

/// How a set must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Refused before anything is made, with this code.
    Refused(Code),
    /// A page that is not made, with this code.
    Stopped(Code),
    /// Pages without harm.
    Harmless,
}
use Ends::{Harmless, Refused, Stopped};

/// A page of the council's that holds this; the policy is there.
fn page(body: &str) -> Set {
    vec![("pages/ours.html.j2".to_owned(), whole(body))]
}

fn whole(body: &str) -> String {
    format!(
        "{{% extends \"base.html.j2\" %}}\n{{% set title = \"Ours\" %}}\n{{% block content %}}<h1>x</h1>{body}{{% endblock %}}\n"
    )
}

fn report(body: String) -> Set {
    vec![("pages/ours.md.j2".to_owned(), body)]
}

/// `open` so many times, `middle`, `close` as many times.
fn nested(open: &str, middle: &str, close: &str, times: usize) -> String {
    format!("{}{middle}{}", open.repeat(times), close.repeat(times))
}

/// Loops in loops over the items.
fn loops(depth: usize, body: &str) -> String {
    let open: String = (0..depth)
        .map(|at| format!("{{% for a{at} in items %}}"))
        .collect();
    format!("{open}{body}{}", "{% endfor %}".repeat(depth))
}

/// Parts of which each includes the next twice.
fn fans(depth: usize) -> Set {
    let mut set = page("{% include \"parts/p0.j2\" %}");
    for at in 0..depth {
        let next = format!("{{% include \"parts/p{}.j2\" %}}", at + 1);
        set.push((format!("parts/p{at}.j2"), next.repeat(2)));
    }
    set.push((format!("parts/p{depth}.j2"), "x".to_owned()));
    set
}

fn cases() -> Vec<(&'static str, Set, Ends)> {
    let long = "y".repeat(900_000);
    let many = |count: usize| -> Set {
        (0..count)
            .map(|at| (format!("parts/p{at}.j2"), "x".to_owned()))
            .collect()
    };
    let syntax = Refused(Code::TemplateSyntax);
    let unknown = Refused(Code::TemplateUnknownName);
    let failed = Refused(Code::TemplateFailed);
    let stopped = Stopped(Code::TemplateFailed);
    let harmful = Stopped(Code::TemplateUnsafe);
    vec![
        // Without end.
        ("loops in loops in loops", page(&loops(6, "")), stopped),
        (
            "loops that print",
            page(&loops(3, &"x".repeat(900))),
            stopped,
        ),
        (
            "loops that print in silence",
            page(&loops(5, "{% if a4.id == a3.id %}{% endif %}")),
            stopped,
        ),
        (
            "a part that includes itself",
            page("{% include \"pages/ours.html.j2\" %}"),
            failed,
        ),
        (
            "a page that extends itself",
            vec![(
                "pages/ours.html.j2".into(),
                "{% extends \"pages/ours.html.j2\" %}".into(),
            )],
            failed,
        ),
        (
            "two parts that include each other",
            vec![
                (
                    "pages/ours.html.j2".into(),
                    whole("{% include \"parts/a.j2\" %}"),
                ),
                ("parts/a.j2".into(), "{% include \"parts/b.j2\" %}".into()),
                ("parts/b.j2".into(), "{% include \"parts/a.j2\" %}".into()),
            ],
            failed,
        ),
        (
            "a part that extends the page which includes it",
            vec![
                (
                    "pages/ours.html.j2".into(),
                    whole("{% include \"parts/a.j2\" %}"),
                ),
                (
                    "parts/a.j2".into(),
                    "{% extends \"pages/ours.html.j2\" %}".into(),
                ),
            ],
            failed,
        ),
        ("parts that each include the next twice", fans(40), failed),
        (
            "a block within itself",
            page("{% block a %}{% block a %}x{% endblock %}{% endblock %}"),
            syntax,
        ),
        (
            "a loop that calls itself",
            page("{% for a in items recursive %}{{ loop(items) }}{% endfor %}"),
            syntax,
        ),
        (
            "a macro that calls itself",
            page("{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}"),
            syntax,
        ),
        // Much out of little.
        (
            "a text a million times",
            page("{{ 'x' * 90000000 }}"),
            syntax,
        ),
        (
            "a list a million times",
            page("{{ [1] * 90000000 }}"),
            syntax,
        ),
        (
            "texts joined to themselves",
            page(&format!(
                "{{% set a = \"x\" %}}{}",
                "{% set a = a ~ a %}".repeat(60)
            )),
            syntax,
        ),
        (
            "lists of themselves",
            page(&format!(
                "{{% set a = [council.name] %}}{}",
                "{% set a = [a, a] %}".repeat(40)
            )),
            syntax,
        ),
        (
            "a captured part",
            page("{% set a %}x{% endset %}{{ a }}"),
            syntax,
        ),
        (
            "a range of all numbers",
            page("{% for a in range(9000000000) %}x{% endfor %}"),
            syntax,
        ),
        ("a power", page("{{ 9 ** 9999999 }}"), syntax),
        (
            "a text of a megabyte in a tag",
            page(&format!("{{% set a = \"{long}\" %}}{{{{ a }}}}")),
            syntax,
        ),
        (
            "a text of a megabyte turned over and over",
            page(&format!(
                "{{% set a = \"{long}\" %}}{}",
                loops(3, "{% if a|upper == a %}{% endif %}")
            )),
            syntax,
        ),
        (
            "sentences joined and turned over and over",
            page(&format!(
                "{{% set a = tailoring.sentences|join(\", \") %}}{}",
                loops(4, "{% if a|upper == a|lower %}{% endif %}")
            )),
            stopped,
        ),
        (
            "sentences joined over and over",
            page(&loops(
                4,
                "{% if tailoring.sentences|join(\"x\") == \"\" %}{% endif %}",
            )),
            stopped,
        ),
        (
            "everything compared over and over",
            page(&loops(4, "{% if items == items %}{% endif %}")),
            unknown,
        ),
        (
            "everything compared behind an `or`",
            page(&loops(
                4,
                "{% if (items or items) == (items or council) %}{% endif %}",
            )),
            unknown,
        ),
        (
            "everything compared behind an `if`",
            page(&loops(
                4,
                "{% if (council.name if not items else items) == (items if items else council.name) %}{% endif %}",
            )),
            unknown,
        ),
        (
            "an item looked for among items",
            page(&loops(4, "{% if a0 in items %}{% endif %}")),
            unknown,
        ),
        (
            "half a list over and over",
            page(&loops(5, "{% for b in items[1:] %}{% endfor %}")),
            stopped,
        ),
        (
            "a page of 30 MB",
            page(&loops(2, &"x".repeat(30_000))),
            stopped,
        ),
        (
            "pages of 12 MB each",
            (0..8)
                .map(|at| {
                    (
                        format!("pages/p{at}.html.j2"),
                        whole(&loops(2, &"x".repeat(10_000))),
                    )
                })
                .collect(),
            stopped,
        ),
        ("a file of 2 MB", page(&"x".repeat(2 << 20)), syntax),
        (
            "nine files of a megabyte",
            (0..9)
                .map(|at| (format!("parts/p{at}.j2"), "x".repeat((1 << 20) - 9)))
                .collect(),
            syntax,
        ),
        ("2,000 files", many(2_000), syntax),
        // Deep.
        (
            "deep brackets",
            page(&format!("{{{{ {} }}}}", nested("(", "1", ")", 5_000))),
            syntax,
        ),
        (
            "deep lists",
            page(&format!("{{{{ {} }}}}", nested("[", "1", "]", 50_000))),
            syntax,
        ),
        (
            "deep `not`",
            page(&format!("{{{{ {}1 }}}}", "not ".repeat(50_000))),
            syntax,
        ),
        (
            "deep names",
            page(&format!("{{{{ council{} }}}}", ".name".repeat(50_000))),
            syntax,
        ),
        (
            "deep filters",
            page(&format!(
                "{{{{ council.name{} }}}}",
                "|upper".repeat(50_000)
            )),
            syntax,
        ),
        (
            "deep `and`",
            page(&format!("{{{{ 1{} }}}}", " and 1".repeat(50_000))),
            syntax,
        ),
        (
            "deep comparisons",
            page(&format!("{{{{ 1{} }}}}", " < 1".repeat(50_000))),
            syntax,
        ),
        (
            "deep `if`",
            page(&nested("{% if 1 %}", "x", "{% endif %}", 20_000)),
            syntax,
        ),
        (
            "deep `for`",
            page(&nested("{% for a in items %}", "x", "{% endfor %}", 20_000)),
            syntax,
        ),
        (
            "deep `with`",
            page(&nested("{% with a = 1 %}", "x", "{% endwith %}", 20_000)),
            syntax,
        ),
        (
            "many `elif`",
            page(&format!(
                "{{% if 1 %}}{}{{% endif %}}",
                "{% elif 1 %}".repeat(50_000)
            )),
            syntax,
        ),
        (
            "braces that never close",
            page(&"{{ ".repeat(100_000)),
            syntax,
        ),
        (
            "notes that never close",
            page(&"{# ".repeat(100_000)),
            syntax,
        ),
        // Slow to look through once made.
        (
            "brackets of Markdown by the hundred thousand",
            report("](".repeat(400_000)),
            harmful,
        ),
        (
            "brackets with an address at the end",
            report(format!("{}javascript:x)", "](".repeat(400_000))),
            harmful,
        ),
        (
            "pictures of Markdown by the hundred thousand",
            report("![](https://x.example/x)".repeat(30_000)),
            harmful,
        ),
        (
            "a hundred thousand pictures from elsewhere",
            page(&loops(
                3,
                "<img src=\"https://x.example/{{ a0.id }}{{ a1.id }}{{ a2.id }}\">",
            )),
            harmful,
        ),
        (
            "a hundred thousand links to nothing",
            page(&"<a href=\"x.html\">x</a>".repeat(40_000)),
            Stopped(Code::TemplateBrokenLink),
        ),
        (
            "one tag with a hundred thousand attributes",
            page(&format!(
                "<p {}>",
                (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()
            )),
            Harmless,
        ),
        (
            "a hundred thousand tags that never close",
            page(&"<b>".repeat(100_000)),
            Stopped(Code::TemplateUnclosed),
        ),
        (
            "a hundred thousand tags, and as many ends of others",
            page(&format!(
                "{}{}",
                "<b>".repeat(100_000),
                "</i>".repeat(100_000)
            )),
            Stopped(Code::TemplateUnclosed),
        ),
        (
            "a style that never closes",
            page(&format!("<style>{}", "url(".repeat(100_000))),
            harmful,
        ),
        // Out of the page.
        ("a script", page("<script>alert(1)</script>"), harmful),
        (
            "a value as a link",
            page("<a href=\"javascript:{{ council.name }}\">x</a>"),
            harmful,
        ),
        (
            "escaping turned off",
            page("{% autoescape false %}{{ council.name }}{% endautoescape %}"),
            syntax,
        ),
        (
            "a value called safe",
            page("{{ council.name|safe }}"),
            unknown,
        ),
        (
            "the engine's own names",
            page("{{ self }}{{ debug() }}"),
            syntax,
        ),
        (
            "a file by its path",
            page("{% include \"../../../etc/passwd\" %}"),
            unknown,
        ),
        (
            "a name put together",
            page("{% include council.name %}"),
            syntax,
        ),
    ]
}

fn templates(host: &Host) -> Result<Templates, Diagnostics> {
    host.templates()
}

/// What all threads of this program have been busy for, those that are over too, where the system
/// tells: a page is made on several.
fn busy() -> Option<Duration> {
    const TICKS_A_SECOND: u64 = 100;
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's own name, in which anything may stand.
    let (_, fields) = told.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).take(2);
    let (own, systems): (u64, u64) = (times.next()?.parse().ok()?, times.next()?.parse().ok()?);
    Some(Duration::from_millis(
        1_000 * (own + systems) / TICKS_A_SECOND,
    ))
}

/// What is made, or why not.
fn made(host: &Host, example: &Publication) -> (bool, Result<usize, Diagnostics>) {
    match templates(host) {
        Err(faults) => (false, Err(faults)),
        Ok(templates) => (
            true,
            report::pages(example, &templates).map(|made| made.len()),
        ),
    }
}

fn tried(name: &str, set: &Set, ends: Ends, example: &Publication) -> Result<Duration, String> {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in set {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let host = Host::builder().templates(folder.path()).build();
    if std::env::var_os("HOSTILE_TRACE").is_some() {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "hostile template: {name}");
    }
    let before = meter::begin();
    let (began, then) = (Instant::now(), busy());
    // On a thread of its own with an ordinary stack.
    let (read, result) = std::thread::scope(|scope| {
        let work = scope.spawn(|| made(&host, example));
        work.join().map_err(|_| format!("{name}: panicked"))
    })?;
    let of_its_own = busy().zip(then).map(|(now, then)| now.saturating_sub(then));
    let took = of_its_own.unwrap_or(began.elapsed());
    let memory = meter::most_since(before);
    if memory > MOST_MEMORY {
        return Err(format!("{name}: took {} MB", memory >> 20));
    }
    let code = |faults: &Diagnostics| faults.iter().next().map(|fault| fault.code);
    let as_wanted = match (ends, read, &result) {
        (Refused(wanted), false, Err(faults)) => code(faults) == Some(wanted),
        (Stopped(wanted), true, Err(faults)) => code(faults) == Some(wanted),
        (Harmless, true, Ok(_)) => true,
        _ => false,
    };
    if let Err(faults) = &result {
        let first = faults.iter().next().unwrap();
        let ours = set
            .iter()
            .any(|(path, _)| first.place.source.name().ends_with(path.as_str()));
        if !ours {
            return Err(format!("{name}: told at {}", first.place.source.name()));
        }
    }
    if !as_wanted {
        let was = result.map_or_else(
            |faults| format!("{:.1500}", faults.to_string()),
            |n| format!("{n} pages"),
        );
        return Err(format!("{name}: should be {ends:?}, and was: {was}"));
    }
    Ok(took)
}

#[test]
fn hostile_templates_end_and_harm_nobody_else() {
    let _turn = ONE_AT_A_TIME
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let example = report::examples().swap_remove(0);
    let peaceful = |host: &Host| -> BTreeMap<String, Vec<u8>> {
        let pages = report::pages(&example, &templates(host).unwrap()).unwrap();
        pages
            .into_iter()
            .map(|page| (page.path, page.bytes))
            .collect()
    };
    let own = Host::builder().templates("no-such-folder").build();
    let before = peaceful(&own);
    let cases = cases();
    assert!(cases.len() >= 40);
    let mut wrong = Vec::new();
    let mut longest = (Duration::ZERO, "");
    for (name, set, ends) in &cases {
        let mut result = tried(name, set, *ends, &example);
        for _ in 0..AGAIN {
            if !result.as_ref().is_ok_and(|took| *took > LONGEST) {
                break;
            }
            std::thread::sleep(LONGEST);
            result = tried(name, set, *ends, &example);
        }
        match result {
            Ok(took) if took > LONGEST => wrong.push(format!("{name}: took {took:.1?}")),
            Ok(took) => longest = longest.max((took, *name)),
            Err(sentence) => wrong.push(sentence),
        }
    }
    println!(
        "{} templates; longest: {} {:.2?}",
        cases.len(),
        longest.1,
        longest.0
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(peaceful(&own) == before, "another council's pages changed");
}
