//! What other programs are told of faults: JSON, workflow commands, SARIF and JUnit, of every
//! fault in the corpus and as the command line prints them.

use assert_cmd::Command;
use healthcheck::diagnostic::{Code, Diagnostic, Diagnostics};
use healthcheck::host::Host;
use healthcheck::report::diagnostics::{Part, github, json, junit, sarif};
use healthcheck::source::{Source, Span};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The schema that OASIS publishes for SARIF 2.1.0, but for one pattern that is no regular
/// expression: that of a language has a `]` too many. We write no language.
fn official() -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("tests/schemas/sarif-schema-2.1.0.json")).unwrap();
    let mut schema = parsed(&text);
    for of in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][of]["properties"]["language"];
        assert!(
            language
                .as_object_mut()
                .unwrap()
                .remove("pattern")
                .is_some()
        );
    }
    jsonschema::validator_for(&schema).unwrap()
}

fn against(validator: &jsonschema::Validator, log: &Value) -> Vec<String> {
    validator.iter_errors(log).map(|e| e.to_string()).collect()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every script of the corpus, with what is wrong with it.
fn corpus() -> Vec<(PathBuf, Diagnostics)> {
    let folder = root().join("tests/corpus/scripts/bad");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "rhai"))
        .collect();
    paths.sort();
    let host = Host::new();
    let all: Vec<_> = paths
        .into_iter()
        .map(|path| {
            let faults = match host.load(&path) {
                Ok(check) => check.warnings.clone(),
                Err(faults) => faults,
            };
            (path, faults)
        })
        .collect();
    assert!(all.len() > 50, "the corpus is where it was");
    all
}

/// A fault with everything in it that a form could stumble over.
fn awkward() -> Diagnostics {
    let source = Source::new("a b/50%,c:d.rhai", "é𝄞 wrod: \"x\",\nnext");
    let at = source.text().find("wrod").unwrap();
    let there = source.place(Span::new(at, at + 4));
    let over = source.place(Span::new(at, source.text().len()));
    Diagnostic::new(
        Code::UnknownKey,
        there,
        "100 % of \u{7}<keys> & \"more\"\r\n::error::x",
    )
    .note("one\ntwo")
    .related(over, "all of\u{1b}[31m it")
    .did_you_mean("wrod", ["word"], "")
    .into()
}

#[test]
fn sarif_of_every_fault_of_the_corpus_is_valid_by_the_official_schema() {
    let official = official();
    let (mut results, mut fixes) = (0, 0);
    let awkward = [(PathBuf::from("awkward"), awkward())];
    let nothing = [(PathBuf::from("nothing"), Diagnostics::new())];
    for (path, faults) in corpus().into_iter().chain(awkward).chain(nothing) {
        let log = parsed(&sarif(&faults));
        assert_eq!(against(&official, &log), [""; 0], "{}", path.display());
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let rule =
                &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            results += 1;
            fixes += usize::from(result.get("fixes").is_some());
        }
    }
    assert!(
        results > 100 && fixes > 10,
        "{results} results, {fixes} fixes"
    );
}

#[test]
fn what_is_not_sarif_does_not_pass_the_official_schema() {
    let official = official();
    let spoil: [fn(&mut Value); 4] = [
        |log| log["version"] = "2.0".into(),
        |log| log["runs"][0]["results"][0]["level"] = "fatal".into(),
        |log| log["runs"][0]["results"][0]["colour"] = "red".into(),
        |log| {
            let place = &mut log["runs"][0]["results"][0]["locations"][0];
            place["physicalLocation"]["region"]["startLine"] = 0.into();
        },
    ];
    for spoil in spoil {
        let mut log = parsed(&sarif(&awkward()));
        spoil(&mut log);
        assert!(!against(&official, &log).is_empty());
    }
}

#[test]
fn sarif_tells_place_fix_and_other_places_in_characters_and_escapes_the_path() {
    let log = parsed(&sarif(&awkward()));
    let result = &log["runs"][0]["results"][0];
    let region = json!({ "startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 8 });
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"], region);
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/50%25%2Cc%3Ad.rhai");
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["deletedRegion"], region);
    assert_eq!(change["insertedContent"]["text"], "word");
    let related = &result["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&related["endLine"], &related["endColumn"]),
        (&json!(2), &json!(5))
    );
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(
        rule["fullDescription"]["text"],
        Code::UnknownKey.explanation().why
    );
}

#[test]
fn a_fix_typed_where_it_belongs_mends_the_fault() {
    let (mut tried, mut told_again) = (0, Vec::new());
    for (path, faults) in corpus() {
        for fault in faults.iter() {
            let script = path.to_string_lossy().into_owned();
            let own = script.ends_with(fault.place.source.name());
            let Some(typed) = fault.replacement().filter(|_| own) else {
                continue;
            };
            let (source, text) = (&fault.place.source, &typed.text);
            let (before, after) = (
                &source.text()[..typed.place.span.start],
                &source.text()[typed.place.span.end..],
            );
            let mended = tempfile::tempdir().unwrap();
            let council = mended.path().join("bad");
            fs::create_dir(&council).unwrap();
            fs::create_dir(mended.path().join("shared")).unwrap();
            for library in fs::read_dir(path.parent().unwrap().join("shared")).unwrap() {
                let library = library.unwrap();
                let to = mended.path().join("shared").join(library.file_name());
                fs::copy(library.path(), to).unwrap();
            }
            let script = council.join("check.rhai");
            fs::write(&script, format!("{before}{text}{after}")).unwrap();
            let now = match Host::new().load(&script) {
                Ok(check) => check.warnings.clone(),
                Err(faults) => faults,
            };
            tried += 1;
            let same = |one: &Diagnostic| one.code == fault.code && one.message == fault.message;
            if now.iter().any(same) {
                told_again.push(fault.place.name());
            }
        }
    }
    assert!(tried > 10, "{tried} fixes tried");
    assert!(told_again.is_empty(), "{told_again:?}");
}

#[test]
fn json_counts_lines_and_columns_from_1_in_characters_and_bytes_from_0() {
    let log = parsed(&json(&awkward()));
    assert_eq!(log["schema"], "healthcheck-diagnostics/1");
    assert_eq!((&log["errors"], &log["warnings"]), (&json!(1), &json!(0)));
    let one = &log["diagnostics"][0];
    assert_eq!(one["code"], "unknown-key");
    assert_eq!(one["severity"], "error");
    assert_eq!(one["file"], "a b/50%,c:d.rhai");
    assert_eq!(one["start"], json!({ "line": 1, "column": 4, "byte": 7 }));
    assert_eq!(one["end"], json!({ "line": 1, "column": 8, "byte": 11 }));
    assert_eq!(one["label"], "did you mean `word`?");
    assert_eq!(one["notes"], json!(["one\ntwo"]));
    assert_eq!(one["help"], "word");
    let typed = &one["replacement"];
    assert_eq!(
        (&typed["text"], &typed["safe"]),
        (&json!("word"), &json!(true))
    );
    assert_eq!(
        (&typed["file"], &typed["start"], &typed["end"]),
        (&one["file"], &one["start"], &one["end"])
    );
    assert_eq!(one["related"][0]["end"]["line"], 2);
}

#[test]
fn of_a_file_that_was_not_read_no_line_is_told_and_of_a_data_row_the_line_alone() {
    let unread = Source::unread("scripts").whole();
    let row = Source::excerpt("survey.csv", 14, "Team = x").place(Span::new(7, 8));
    let faults = Diagnostics::from_iter([
        Diagnostic::new(Code::NothingToRun, unread, "nothing here"),
        Diagnostic::new(Code::CellNotANumber, row, "no number")
            .did_you_mean("x", ["y"], "")
            .label("did you mean `y`?")
            .typed("y"),
    ]);
    let log = parsed(&json(&faults));
    assert_eq!(log["diagnostics"][0]["start"], Value::Null);
    let start = json!({ "line": 14, "column": null, "byte": null });
    assert_eq!(log["diagnostics"][1]["start"], start);
    assert_eq!(log["diagnostics"][1]["replacement"], Value::Null);
    let log = parsed(&sarif(&faults));
    assert!(against(&official(), &log).is_empty());
    let place = |nth: usize| &log["runs"][0]["results"][nth]["locations"][0]["physicalLocation"];
    assert!(place(0).get("region").is_none());
    assert_eq!(
        place(1)["region"],
        json!({ "startLine": 14, "endLine": 14 })
    );
    assert_eq!(
        github(&faults),
        "::error file=scripts,title=nothing-to-run::nothing here\n\
         ::error file=survey.csv,line=14,endLine=14,title=cell-not-a-number::no number%0Adid you mean `y`?%0Ahelp: y\n"
    );
}

#[test]
fn a_workflow_command_is_one_line_that_nothing_in_it_can_end_or_add_to() {
    assert_eq!(
        github(&awkward()),
        "::error file=a b/50%25%2Cc%3Ad.rhai,line=1,endLine=1,col=4,endColumn=8,title=unknown-key\
         ::100 %25 of ?<keys> & \"more\"%0D%0A::error::x%0Adid you mean `word`?%0Aone%0Atwo%0Ahelp: word\n"
    );
    for (path, faults) in corpus() {
        let told = github(&faults);
        assert_eq!(
            told.lines().count(),
            faults.iter().count(),
            "{}",
            path.display()
        );
        assert!(
            told.lines().all(
                |line| line.starts_with("::error file=") || line.starts_with("::warning file=")
            )
        );
    }
    assert_eq!(github(&Diagnostics::new()), "");
}

/// Whether a text is well-formed XML of the kind that is written here: a declaration, tags
/// that close in order, attributes in double quotes and once each, the five entities and
/// numbers, one root, and no character that XML 1.0 forbids. Gives the names of its tags.
fn well_formed(xml: &str) -> Result<Vec<String>, String> {
    if let Some(bad) = xml.chars().find(|c| {
        !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
    }) {
        return Err(format!("forbidden {bad:?}"));
    }
    let mut rest = xml
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .ok_or("no declaration")?;
    let (mut open, mut names, mut roots): (Vec<String>, Vec<String>, usize) = Default::default();
    let entities = |text: &str| {
        text.split('&').skip(1).all(|part| {
            let name = part.split(';').next().unwrap_or_default();
            part.contains(';')
                && (matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                    || name
                        .strip_prefix('#')
                        .is_some_and(|n| n.parse::<u32>().is_ok()))
        })
    };
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        if !entities(text) || (open.is_empty() && !text.trim().is_empty()) {
            return Err(format!("text {text:?}"));
        }
        let end = rest[at..].find('>').ok_or("a tag does not end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let alone = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut inside) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut seen: Vec<&str> = Vec::new();
        while !inside.is_empty() {
            let (key, after) = inside
                .split_once("=\"")
                .ok_or(format!("attribute in {tag}"))?;
            let (value, after) = after.split_once('"').ok_or("open attribute")?;
            let key = key.trim();
            if seen.contains(&key)
                || key.contains(char::is_whitespace)
                || !entities(value)
                || value.contains(['<', '\n'])
            {
                return Err(format!("attribute {key}"));
            }
            seen.push(key);
            inside = after.trim_start();
        }
        roots += usize::from(open.is_empty());
        names.push(name.to_owned());
        if !alone {
            open.push(name.to_owned());
        }
    }
    match (open.is_empty(), roots, rest.trim()) {
        (true, 1, "") => Ok(names),
        _ => Err(format!("{open:?} open, {roots} roots")),
    }
}

#[test]
fn the_check_of_xml_sees_what_is_not_well_formed() {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    assert_eq!(
        well_formed(&format!("{head}<a b=\"&lt;\"><c/></a>")).unwrap(),
        ["a", "c"]
    );
    for bad in [
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>&x;</a>",
        "<a>\u{7}</a>",
        "<a b=\"<\"/>",
        "<a b=\"\" b=\"\"/>",
        "x<a/>",
    ] {
        assert!(well_formed(&format!("{head}{bad}")).is_err(), "{bad}");
    }
}

#[test]
fn junit_is_well_formed_with_a_case_for_each_council_and_only_errors_fail() {
    let warning = Diagnostic::new(
        Code::NationalCardsDiffer,
        Source::unread("x").whole(),
        "differs",
    );
    let part = |name: &str, faults: Diagnostics, bug: Option<&str>| Part {
        name: name.into(),
        faults,
        bug: bug.map(Into::into),
    };
    let told = junit(&[
        part("a\"<&\u{1}", awkward(), None),
        part("warned", warning.into(), None),
        part("sound", Diagnostics::new(), None),
        part("stopped", Diagnostics::new(), Some("at <x>\u{0}")),
    ]);
    let names = well_formed(&told).unwrap();
    let count = |name: &str| names.iter().filter(|tag| *tag == name).count();
    assert_eq!(
        (
            count("testcase"),
            count("failure"),
            count("error"),
            count("system-out")
        ),
        (4, 1, 1, 1),
        "{told}"
    );
    assert!(
        told.contains("<testsuites name=\"healthcheck\" tests=\"4\" failures=\"1\" errors=\"1\">")
    );
    assert!(told.contains("name=\"a&quot;&lt;&amp;\""), "{told}");
    assert!(
        told.contains("error[unknown-key]: 100 % of ?&lt;keys&gt;"),
        "{told}"
    );
    for (path, faults) in corpus() {
        let told = junit(&[part(&path.display().to_string(), faults, None)]);
        well_formed(&told).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    }
}

#[test]
fn the_same_faults_in_another_order_give_the_same_bytes() {
    let all: Vec<Diagnostic> = corpus()
        .into_iter()
        .flat_map(|(_, faults)| faults)
        .collect();
    let there: Diagnostics = all.iter().cloned().collect();
    let back: Diagnostics = all.into_iter().rev().collect();
    for form in [json, github, sarif] {
        assert!(form(&there) == form(&back));
    }
}

/// Exit code, stdout, stderr of a command with a text on standard input.
fn say(folder: &Path, words: &[&str], input: &[u8]) -> (i32, String, String) {
    let output = Command::cargo_bin("healthcheck")
        .unwrap()
        .current_dir(folder)
        .args(words)
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

const SCRIPT: &str = "scripts/northshire/check.rhai";

/// A folder with a council in it, and its script with a slip.
fn begun() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(say(folder.path(), &["new", "northshire"], b"").0, 0);
    let text = fs::read_to_string(folder.path().join(SCRIPT)).unwrap();
    let slip = text.replace("target: at_most(16)", "tarket: at_most(16)");
    assert_ne!(text, slip);
    (folder, slip)
}

#[test]
fn each_format_goes_to_stdout_whole_and_the_exit_code_stays_the_same() {
    let (folder, slip) = begun();
    for (text, code) in [(None, 0), (Some(slip), 1)] {
        if let Some(text) = text {
            fs::write(folder.path().join(SCRIPT), text).unwrap();
        }
        for command in ["check", "run"] {
            let tell = |format: &str| {
                let (ended, out, err) = say(folder.path(), &[command, "--format", format], b"");
                assert_eq!(ended, code, "{command} {format}: {err}");
                assert!(err.contains("northshire"), "{err}");
                assert!(!err.contains("error["), "{err}");
                out
            };
            let json = parsed(&tell("json"));
            assert_eq!(json["errors"], json!(code));
            let sarif = parsed(&tell("sarif"));
            assert!(against(&official(), &sarif).is_empty());
            assert_eq!(
                sarif["runs"][0]["results"].as_array().unwrap().len() as i32,
                code
            );
            let names = well_formed(&tell("junit")).unwrap();
            assert_eq!(
                names.iter().filter(|name| *name == "failure").count() as i32,
                code
            );
            let github = tell("github");
            assert_eq!(github.lines().count() as i32, code, "{github}");
            assert!(code == 0 || github.starts_with(&format!("::error file={SCRIPT},line=")));
        }
    }
}

#[test]
fn a_value_in_a_data_file_is_told_as_people_are_told_and_its_row_is_not() {
    let (folder, _) = begun();
    let survey = folder.path().join("scripts/northshire/data/survey.csv");
    let text = fs::read_to_string(&survey).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let (first, rest) = rows.split_once('\n').unwrap();
    let mut cells: Vec<&str> = first.split(',').collect();
    let last = cells.len() - 1;
    cells[0] = "Marker-of-this-row";
    cells[last] = "no such answer";
    fs::write(&survey, format!("{head}\n{}\n{rest}", cells.join(","))).unwrap();
    let (code, _, picture) = say(folder.path(), &["run"], b"");
    assert_eq!(code, 1, "{picture}");
    for format in ["json", "github", "sarif", "junit"] {
        let (code, out, _) = say(folder.path(), &["run", "--format", format], b"");
        assert_eq!(code, 1, "{format}");
        // Of one row the form alone, unless it is asked for.
        assert!(out.contains("aa aaaa aaaa"), "{format}: {out}");
        assert!(!out.contains("no such answer"), "{format}: {out}");
        let (_, shown, _) = say(
            folder.path(),
            &["run", "--show-values", "--format", format],
            b"",
        );
        assert!(shown.contains("no such answer"), "{format}: {shown}");
        let marker = "Marker-of-this-row";
        assert_eq!(out.contains(marker), picture.contains(marker), "{format}");
    }
}

#[test]
fn an_editor_hands_over_a_text_and_is_told_of_it_as_if_it_stood_at_the_path() {
    let (folder, slip) = begun();
    let words = ["check", "--stdin-filename", SCRIPT, "--format", "json"];
    let (code, out, _) = say(folder.path(), &words, slip.as_bytes());
    assert_eq!(code, 1);
    let one = &parsed(&out)["diagnostics"][0];
    let typed = &one["replacement"];
    assert_eq!(
        (&one["file"], &typed["file"], &typed["text"]),
        (&json!(SCRIPT), &json!(SCRIPT), &json!("target"))
    );
    let (code, out, _) = say(
        folder.path(),
        &["check", "--stdin-filename", SCRIPT],
        slip.as_bytes(),
    );
    assert_eq!((code, out.as_str()), (1, "northshire: 1 error\n"));
    assert!(
        !fs::read_to_string(folder.path().join(SCRIPT))
            .unwrap()
            .contains("tarket")
    );
}

#[test]
fn a_path_of_no_script_a_council_beside_it_and_bytes_that_are_no_text_are_refused() {
    let (folder, _) = begun();
    let (code, out, err) = say(
        folder.path(),
        &["check", "--stdin-filename", "notes.txt"],
        b"",
    );
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("`notes.txt` is neither"), "{err}");
    let both = ["check", "northshire", "--stdin-filename", SCRIPT];
    assert_eq!(say(folder.path(), &both, b"").0, 2);
    let (code, out, err) = say(
        folder.path(),
        &["check", "--stdin-filename", SCRIPT],
        b"\xff",
    );
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("no text"), "{err}");
}
