//! `healthcheck lsp` as an editor meets it: the program itself is started and spoken with over
//! its standard input and output, in the words of the protocol.

#![cfg(all(feature = "lsp", feature = "cli"))]

#[path = "lsp/editor.rs"]
mod editor;

use editor::{Editor, labels};
use serde_json::{Value, json};

#[test]
fn faults_are_told_as_one_types_and_taken_back_when_they_are_mended() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    assert_eq!(editor.faults(&uri), json!([]));
    editor.change(
        &uri,
        &script.replace("target: at_most(16)", "tarket: at_most(16)"),
    );
    let faults = editor.faults(&uri);
    assert_eq!(faults[0]["code"], "unknown-key");
    assert_eq!(faults[0]["severity"], 1);
    assert_eq!(faults[0]["source"], "healthcheck");
    let line = script
        .lines()
        .position(|line| line.contains("target: at_most(16)"));
    assert_eq!(
        faults[0]["range"]["start"],
        json!({ "line": line, "character": 4 })
    );
    assert_eq!(faults[0]["range"]["end"]["character"], 10);
    assert!(
        faults[0]["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `target`?")
    );
    editor.change(&uri, &script);
    assert_eq!(editor.faults(&uri), json!([]));
    editor.close(&uri);
    assert_eq!(editor.faults(&uri), json!([]));
    editor.end();
}

#[test]
fn places_count_utf_16_units_and_changes_of_parts_are_followed() {
    let mut editor = Editor::begin();
    let note = "// \u{1f600} caf\u{e9}\r\n";
    let script = format!("{note}{}", editor.script().replace('\n', "\r\n"));
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    assert_eq!(editor.faults(&uri), json!([]));
    // Behind two smilies on one line: each is two units.
    let text = "omit(\"\u{1f600}\u{1f600}\", #{ raeson: \"x\", review_by: \"2027-01-01\" });\r\n";
    editor.edit(&uri, [1, 0], [1, 0], text);
    let faults = editor.faults(&uri);
    let key = faults
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "unknown-key");
    assert_eq!(
        key.unwrap()["range"]["start"],
        json!({ "line": 1, "character": 16 })
    );
    assert_eq!(key.unwrap()["range"]["end"]["character"], 22);
    editor.edit(&uri, [1, 0], [2, 0], "");
    assert_eq!(editor.faults(&uri), json!([]));
    editor.end();
}

#[test]
fn keys_that_the_card_may_still_have_are_offered_while_it_is_broken() {
    let mut editor = Editor::begin();
    let broken =
        "measure(\"caseload-per-fte\", #{\n    target: at_most(16)\n    we@\n\nquestion(\"a\", #{";
    let items = editor.complete_after_script(broken);
    let names = labels(&items);
    assert!(
        names.contains(&"weight") && names.contains(&"advice"),
        "{names:?}"
    );
    assert!(!names.contains(&"target"), "it is there already");
    let weight = items.iter().find(|item| item["label"] == "weight").unwrap();
    assert_eq!(weight["textEdit"]["newText"], "weight: ${1:1},");
    assert_eq!(weight["insertTextFormat"], 2);
    assert!(
        weight["detail"]
            .as_str()
            .unwrap()
            .starts_with("its weight within")
    );
    // The comma that the line above lacks comes with it.
    assert_eq!(weight["additionalTextEdits"][0]["newText"], ",");
    editor.end();
}

#[test]
fn the_councils_own_headers_and_words_are_offered_from_its_files() {
    let mut editor = Editor::begin();
    let table = |rest: &str| {
        format!("table(\"workers\", #{{\n    file: \"data/workers.csv\",\n    {rest}\n}});")
    };
    let items = editor.complete_in(&table("columns: #{ cases: \"@\" },"));
    let names = labels(&items);
    assert_eq!(names[0], "Open cases", "the one that is probably meant");
    assert!(names.contains(&"Directorate"));
    let says = items[0]["documentation"]["value"].as_str().unwrap();
    assert!(says.contains("the middle half lies"), "{says}");
    let items = editor.complete_in(&table(
        "columns: #{ service: \"Directorate\" },\n    codes: #{ service: #{ @ } },",
    ));
    assert_eq!(labels(&items), ["CSC", "ASC"]);
    assert_eq!(
        items[0]["textEdit"]["newText"],
        "\"CSC\": \"${1|children,adults|}\""
    );
    let items = editor.complete_in(
        "table(\"survey\", #{ file: \"data/survey.csv\", codes: #{ answers: #{ \"Often\": \"@\" } } });",
    );
    assert!(labels(&items).contains(&"strongly agree"));
    let items = editor.complete_in("table(\"workers\", #{ file: \"@\" });");
    assert!(labels(&items).contains(&"data/workers.csv"));
    let row = table("columns: #{ role: \"Job title\" },");
    let items = editor.complete_in(&format!(
        "{row}\nmeasure(\"a\", #{{ value: |workers| workers.share(|w| w.role == \"@"
    ));
    assert!(
        labels(&items).contains(&"Social worker"),
        "{:?}",
        labels(&items)
    );
    editor.end();
}

#[test]
fn a_formula_is_offered_its_tables_columns_functions_and_results() {
    let mut editor = Editor::begin();
    let value = |formula: &str| format!("measure(\"a\", #{{ value: {formula}");
    let items = editor.complete_in(&value("|@"));
    assert_eq!(labels(&items), ["workers", "workforce", "survey"]);
    let items = editor.complete_in(&value("|workers| workers.@"));
    assert!(labels(&items).contains(&"share") && !labels(&items).contains(&"cases"));
    let share = items.iter().find(|item| item["label"] == "share").unwrap();
    assert_eq!(share["textEdit"]["newText"], "share(|${1:w}| $2)");
    let says = share["documentation"]["value"].as_str().unwrap();
    assert!(says.contains("```rhai"), "its example: {says}");
    let items = editor.complete_in(&value("|workers| workers.only(|w| w.@"));
    assert!(labels(&items).contains(&"newly_qualified") && !labels(&items).contains(&"share"));
    let items = editor.complete_in(&value("|workers| workers.sum(\"@"));
    assert!(labels(&items).contains(&"fte"));
    let items = editor.complete_in(&value("|workers| workers.share(|w| w.agency == @"));
    assert_eq!(labels(&items)[..2], ["yes", "no"]);
    assert_eq!(items[0]["textEdit"]["newText"], "\"yes\"");
    let items = editor.complete_in("standard(\"caseload\", #{ score: |results| results[\"@");
    assert!(labels(&items).contains(&"caseload-per-fte"));
    assert!(
        !labels(&items).contains(&"vacancy-rate"),
        "of another standard"
    );
    let items = editor.complete_in(&value("|workers| caseload::@"));
    assert_eq!(labels(&items), ["weighted", "over"]);
    let says = items[0]["documentation"]["value"].as_str().unwrap();
    assert!(
        says.contains("A case weighs a quarter more"),
        "the note above it: {says}"
    );
    let items = editor
        .complete_in("const CEILING = 18;\nfn ours(x) { x }\nmeasure(\"a\", #{ value: |workers| @");
    for name in ["workers", "CEILING", "ours", "rate", "caseload"] {
        assert!(labels(&items).contains(&name), "{name}");
    }
    editor.end();
}

#[test]
fn whole_cards_and_ids_are_offered() {
    let mut editor = Editor::begin();
    let items = editor.complete_in("mea@");
    let measure = items
        .iter()
        .find(|item| item["label"] == "measure")
        .unwrap();
    let typed = measure["textEdit"]["newText"].as_str().unwrap();
    assert!(
        typed.starts_with("measure(\"$1\", #{\n    standard: \"$2\",\n"),
        "{typed}"
    );
    let items = editor.complete_in("omit(\"@\", #{ });\nomit(\"lone-working\", #{ });");
    let names = labels(&items);
    assert!(names.contains(&"caseload-per-fte") && !names.contains(&"lone-working"));
    let items = editor.complete_in("answer(\"@");
    assert_eq!(
        items.len(),
        7,
        "the nation's statements: {:?}",
        labels(&items)
    );
    let items = editor.complete_in("answer(\"lone-working\", #{ says: \"@\" });");
    assert_eq!(labels(&items), ["yes", "partly", "no"]);
    let items = editor.complete_in("measure(\"a\", #{ standard: @ });");
    assert!(labels(&items).contains(&"welfare"));
    let items = editor.complete_in("breakdown(\"role\", #{ tables: [\"workers\"], by: \"@\" });");
    assert!(labels(&items).contains(&"role") && !labels(&items).contains(&"cases"));
    for nothing in [
        "// me@",
        "const A = 12@",
        "measure(\"a\", #{ ask: \"Cas@\" });",
    ] {
        assert!(editor.complete_in(nothing).is_empty(), "{nothing}");
    }
    editor.end();
}

#[test]
fn tests_are_offered_the_items_and_columns_of_the_script_beside_them_and_are_run() {
    let mut editor = Editor::begin();
    let test = |rest: &str| format!("test(\"a\", || {{\n    {rest}\n}});\n");
    let items = editor.complete("scripts/northshire/tests.rhai", &test("expect(item(\"@\")"));
    assert!(labels(&items).contains(&"far-over-ceiling"));
    let items = editor.complete(
        "scripts/northshire/tests.rhai",
        &test("expect(item(\"far-over-ceiling\").@"),
    );
    assert_eq!(labels(&items), ["value", "score", "weight"]);
    let items = editor.complete(
        "scripts/northshire/tests.rhai",
        &test("given(\"workers\", [#{ cases: 1, @ }]);"),
    );
    assert!(labels(&items).contains(&"fte") && !labels(&items).contains(&"cases"));
    let uri = editor.uri("scripts/northshire/tests.rhai");
    let fails = "given(\"workers\", [#{ cases: 28, fte: 1, agency: \"no\" }]);\n    expect(item(\"far-over-ceiling\").value, 50);";
    editor.change(&uri, &test(fails));
    let faults = editor.faults(&uri);
    assert_eq!(faults[0]["range"]["start"]["line"], 2, "{faults}");
    editor.change(&uri, &test(&fails.replace("50", "100")));
    assert_eq!(editor.faults(&uri), json!([]));
    editor.end();
}

#[test]
fn over_a_word_stands_what_it_means() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    for (word, within, told) in [
        (
            "caseload-per-fte",
            "measure(\"caseload-per-fte\"",
            "scores 100, 22 scores 0",
        ),
        (
            "caseload-per-fte",
            "measure(\"caseload-per-fte\"",
            "holders.sum(\"cases\")",
        ),
        ("target", "target: at_most(16)", "Wants `at_most(…)`"),
        ("omit", "omit(\"system", "leaves"),
        ("only", "workers.only(|w| w.agency", "```rhai"),
        ("cases", "cases: \"Open cases\"", "the middle half lies"),
        (
            "Directorate",
            "service: \"Directorate\", role: \"Job title\",\n        newly",
            "2 different texts: \"CSC\", \"ASC\"",
        ),
        ("ceiling", "ceiling: 18", "`18` for every row"),
        ("agency", "w.agency == ", "yes or no"),
        ("FAR_OVER", "w.cases > FAR_OVER", "const FAR_OVER = 1.5"),
        (
            "weighted",
            "caseload::weighted(w",
            "A case weighs a quarter more",
        ),
        (
            "welfare",
            "standard(\"welfare\"",
            "one of the six standards",
        ),
        (
            "peer-support",
            "question(\"peer-support\"",
            "of the council's own",
        ),
        ("survey", "table(\"survey\"", "rows"),
    ] {
        let at = script.find(within).expect(within) + within.find(word).unwrap();
        let hover = editor.hover(&uri, &script, at);
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains(told), "{word}: {text}");
    }
    let slip = script.replace("target: at_most(16)", "tarket: at_most(16)");
    editor.change(&uri, &slip);
    editor.faults(&uri);
    let hover = editor.hover(&uri, &slip, slip.find("tarket").unwrap());
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("**unknown-key**")
    );
    editor.end();
}

#[test]
fn no_persons_own_number_is_shown() {
    let mut editor = Editor::begin();
    std::fs::write(
        editor.path("scripts/northshire/data/few.csv"),
        "Team,Open cases\nA,9173\nB,8264\n",
    )
    .unwrap();
    let script =
        "table(\"workers\", #{ file: \"data/few.csv\", columns: #{ cases: \"Open cases\" } });\n";
    let uri = editor.open("scripts/northshire/check.rhai", script);
    for word in ["workers", "cases", "Open cases", "data/few.csv"] {
        let hover = editor.hover(&uri, script, script.find(word).unwrap());
        let text = hover.to_string();
        assert!(text.contains("rows"), "{word}: {text}");
        assert!(!text.contains("9173") && !text.contains("8264"), "{text}");
    }
    editor.end();
}

#[test]
fn headers_of_two_rows_are_shown_as_a_run_reads_them() {
    let mut editor = Editor::begin();
    let manage = "I can do my work well within my contracted hours";
    std::fs::write(
        editor.path("scripts/northshire/data/two.csv"),
        format!("Respondent ID,Collector ID,Start Date,Email Address,Team,How far do you agree?,\n,,,,Response,{manage},My laptop starts\n1,1,9:00,a@b.gov.uk,Duty,Agree,Often\n2,1,9:00,c@d.gov.uk,Duty,Disagree,Never\n"),
    )
    .unwrap();
    let script = "table(\"survey\", #{ file: \"data/two.csv\" });\nquestion(\"starts\", #{ standard: \"systems\", ask: \"My laptop starts\" });\n";
    let uri = editor.open("scripts/northshire/check.rhai", script);
    let hover = editor.hover(&uri, script, script.find("survey").unwrap());
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("2 rows."), "{text}");
    for header in [manage, "My laptop starts"] {
        let joined = format!("- How far do you agree? [{header}]");
        assert!(text.contains(&joined), "{joined}\n{text}");
    }
    assert!(!text.contains("Email"), "who answered is not read: {text}");
    // Answers as totals have rows that are named by questions, and no header that is.
    std::fs::write(
        editor.path("scripts/northshire/data/totals.csv"),
        format!("question,answer,count\n{manage},agree,12\n{manage},disagree,9\n"),
    )
    .unwrap();
    let script = "table(\"survey\", #{ file: \"data/totals.csv\", totals: true });\n";
    editor.change(&uri, script);
    let hover = editor.hover(&uri, script, script.find("survey").unwrap());
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("- question\n- answer\n- count"), "{text}");
    editor.end();
}

#[test]
fn a_word_leads_to_where_it_is_defined() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    let mut go = |within: &str, word: &str| {
        let at = script.find(within).expect(within) + within.find(word).unwrap();
        editor.definition(&uri, &script, at)
    };
    let there = go("measure(\"caseload-per-fte\"", "caseload-per-fte");
    assert!(
        there["uri"]
            .as_str()
            .unwrap()
            .ends_with("scripts/national/caseload.rhai")
    );
    let copy = there["uri"]
        .as_str()
        .unwrap()
        .strip_prefix("file://")
        .unwrap()
        .to_owned();
    let text = std::fs::read_to_string(&copy).unwrap();
    let line = there["range"]["start"]["line"].as_u64().unwrap() as usize;
    assert!(
        text.lines()
            .nth(line)
            .unwrap()
            .starts_with("measure(\"caseload-per-fte\"")
    );
    let there = go("caseload::weighted(w", "weighted");
    assert!(
        there["uri"]
            .as_str()
            .unwrap()
            .ends_with("scripts/shared/caseload.rhai")
    );
    assert!(there["range"]["start"]["line"].as_u64().unwrap() > 0);
    let line = |within: &str| script[..script.find(within).unwrap()].matches('\n').count();
    for (within, word, leads) in [
        (
            "results[\"far-over-ceiling\"]",
            "far",
            "measure(\"far-over-ceiling\"",
        ),
        ("tables: [\"survey\"", "survey", "table(\"survey\""),
        ("w.cases > FAR_OVER", "cases", "cases: \"Open cases\""),
        ("w.cases > FAR_OVER", "FAR_OVER", "const FAR_OVER"),
        ("held_down(score, CAP) }", "held_down", "fn held_down"),
        (
            "standard: \"equality\"",
            "equality",
            "local_standard(\"equality\"",
        ),
        ("permanent.share", "permanent", "let permanent"),
    ] {
        let there = go(within, word);
        assert_eq!(there["uri"], uri.as_str(), "{within}");
        assert_eq!(there["range"]["start"]["line"], line(leads), "{within}");
    }
    let there = go("\"data/workers.csv\"", "data");
    assert!(
        there["uri"]
            .as_str()
            .unwrap()
            .ends_with("northshire/data/workers.csv")
    );
    editor.end();
    assert!(
        !std::path::Path::new(&copy).exists(),
        "copies vanish with the server"
    );
}

#[test]
fn where_the_national_cards_are_on_disk_these_are_led_to() {
    let mut editor = Editor::begin();
    let national = editor.path("scripts/national");
    std::fs::create_dir_all(&national).unwrap();
    let (name, text) = healthcheck::national::CARDS[0];
    let file = national.join(name.rsplit('/').next().unwrap());
    std::fs::write(&file, text).unwrap();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    let at = script.find("\"caseload-per-fte\"").unwrap() + 1;
    let there = editor.definition(&uri, &script, at);
    assert!(
        there["uri"]
            .as_str()
            .unwrap()
            .ends_with(file.to_str().unwrap())
    );
    editor.end();
}

#[test]
fn a_quick_fix_types_what_help_says() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let slip = script
        .replace("target: at_most(16)", "tarket: at_most(16)")
        .replace("worst:  6", "wrost:  6");
    let uri = editor.open("scripts/northshire/check.rhai", &slip);
    let faults = editor.faults(&uri);
    let range = &faults[0]["range"];
    let actions = editor.actions(&uri, range);
    assert_eq!(actions[0]["title"], "Write `target` for `tarket`");
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "unknown-key");
    let all = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "source.fixAll");
    let mended = editor::edited(&slip, &all.unwrap()["edit"]["changes"][uri.as_str()]);
    assert_eq!(mended, script);
    let one = editor::edited(&slip, &actions[0]["edit"]["changes"][uri.as_str()]);
    assert!(one.contains("target: at_most(16)") && one.contains("wrost"));
    editor.end();
}

#[test]
fn a_card_that_is_lacking_is_typed_as_a_form_whose_blanks_are_asked_for() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let without = script
        .replace("on: \"2026-09-04\", how:", "on: \"2024-09-04\", how:")
        .replace("on:     \"2026-08-20\",", "on:     \"2024-08-20\",");
    let uri = editor.open("scripts/northshire/check.rhai", &without);
    let faults = editor.faults(&uri);
    assert_eq!(faults[0]["code"], "nobody-consulted");
    let actions = editor.actions(&uri, &faults[0]["range"]);
    assert_eq!(actions[0]["isPreferred"], false);
    let edits = &actions[0]["edit"]["changes"][uri.as_str()];
    let form = editor::edited(&without, edits);
    assert!(
        form.contains("consulted(\"…\", #{ on: \"…\", how: \"…\", agreed: \"…\" });\n"),
        "{form}"
    );
    editor.change(&uri, &form);
    let blanks = editor.faults(&uri);
    let codes: Vec<&str> = blanks
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["not-filled-in"; 4]);
    editor.end();
}

#[test]
fn what_a_function_takes_is_shown_while_its_brackets_are_filled() {
    let mut editor = Editor::begin();
    let script = format!(
        "{}\nfn ours(first, second) {{ first }}\nconst X = ours(1, rate(2, ",
        editor.script()
    );
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    let mut shown = |at: usize| {
        let position = editor::position(&script, at);
        editor.ask(
            "textDocument/signatureHelp",
            json!({ "textDocument": { "uri": uri }, "position": position }),
        )
    };
    let inner = shown(script.len());
    assert_eq!(inner["signatures"][0]["label"], "rate(part, whole)");
    assert_eq!(inner["activeParameter"], 1);
    assert_eq!(inner["signatures"][0]["parameters"][1]["label"], "whole");
    let outer = shown(script.rfind("rate(").unwrap());
    assert_eq!(outer["signatures"][0]["label"], "ours(first, second)");
    assert_eq!(outer["activeParameter"], 1);
    assert_eq!(shown(0), Value::Null);
    editor.end();
}

#[test]
fn an_item_has_another_name_in_the_script_and_in_its_tests_and_the_nations_keep_theirs() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    let mut rename = |word: &str, name: &str| {
        let at = script.find(word).unwrap_or_else(|| panic!("{word}")) + 2;
        editor.answer(
            "textDocument/rename",
            json!({
                "textDocument": { "uri": uri },
                "position": editor::position(&script, at),
                "newName": name,
            }),
        )
    };
    let answer = rename("\"far-over-ceiling\"", "much-over-ceiling");
    let changes = &answer["result"]["changes"];
    let after = editor::edited(&script, &changes[uri.as_str()]);
    assert_eq!(
        after,
        script.replace("far-over-ceiling", "much-over-ceiling")
    );
    let tests = uri.replace("check.rhai", "tests.rhai");
    assert!(
        !changes[tests.as_str()].as_array().unwrap().is_empty(),
        "{changes}"
    );
    let refused = rename("\"caseload-per-fte\"", "cases-each");
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("nation")
    );
    let taken = rename("\"far-over-ceiling\"", "caseload-per-fte");
    assert!(
        taken["error"]["message"]
            .as_str()
            .unwrap()
            .contains("already")
    );
    let constant = rename("FAR_OVER", "OUR_LIMIT");
    let after = editor::edited(&script, &constant["result"]["changes"][uri.as_str()]);
    assert!(
        after.contains("const OUR_LIMIT = ") && !after.contains("FAR_OVER"),
        "{after}"
    );
    editor.end();
}

#[test]
fn layout_is_that_of_fmt_and_changes_only_what_it_must() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let untidy = script.replace("    worst:  6,", "  worst: 6,");
    let uri = editor.open("scripts/northshire/check.rhai", &untidy);
    let edits = editor.formatting(&uri);
    assert_eq!(edits.as_array().unwrap().len(), 1);
    assert!(
        edits[0]["newText"].as_str().unwrap().lines().count() <= 3,
        "{edits}"
    );
    assert_eq!(editor::edited(&untidy, &edits), script);
    editor.change(&uri, &script);
    assert_eq!(editor.formatting(&uri), json!([]));
    editor.change(&uri, "measure(\"a");
    assert_eq!(
        editor.formatting(&uri),
        Value::Null,
        "what is not closed is left alone"
    );
    editor.end();
}

#[test]
fn cards_functions_and_constants_are_listed() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let uri = editor.open("scripts/northshire/check.rhai", &script);
    let symbols = editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": uri } }),
    );
    let names: Vec<&str> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    for name in [
        "council Northshire County Council",
        "table survey",
        "const FAR_OVER",
        "fn held_down",
        "measure far-over-ceiling",
        "overall",
        "feedback",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    editor.end();
}

#[test]
fn a_library_is_checked_with_the_councils_that_use_it_as_they_are_open() {
    let mut editor = Editor::begin();
    let script = editor.script();
    let check = editor.open("scripts/northshire/check.rhai", &script);
    assert_eq!(editor.faults(&check), json!([]));
    let text = std::fs::read_to_string(editor.path("scripts/shared/caseload.rhai")).unwrap();
    let library = editor.open("scripts/shared/caseload.rhai", &text);
    assert_eq!(editor.faults(&library), json!([]));
    // A function that loses its name is missed where it is called, before anything is saved.
    editor.change(&library, &text.replace("fn weighted(", "fn weighed("));
    let faults = editor.faults_until(&check, |faults| {
        faults.as_array().is_some_and(|all| !all.is_empty())
    });
    assert!(
        faults[0]["message"].as_str().unwrap().contains("weighted"),
        "{faults}"
    );
    editor.change(
        &library,
        &text.replace("fn weighted(cases,", "fn weighted(cases"),
    );
    let faults = editor.faults_until(&library, |faults| {
        faults.as_array().is_some_and(|all| !all.is_empty())
    });
    assert!(faults[0]["range"]["start"]["line"].as_u64().unwrap() > 0);
    editor.end();
}

#[test]
fn templates_are_checked_and_offered_names_filters_tags_and_templates() {
    let mut editor = Editor::begin();
    let page = "templates/pages/members.html.j2";
    let head = "{% extends \"base.html.j2\" %}\n{% set title = \"For members\" %}\n{% set order = 55 %}\n{% block content %}\n";
    let with = |text: &str| format!("{head}{text}\n{{% endblock %}}\n");
    let uri = editor.open(page, &with("<p>{{ council.nmae }}</p>"));
    let faults = editor.faults(&uri);
    assert_eq!(faults[0]["code"], "template-unknown-name", "{faults}");
    assert_eq!(faults[0]["range"]["start"]["line"], 4);
    let actions = editor.actions(&uri, &faults[0]["range"]);
    assert_eq!(actions[0]["title"], "Write `name` for `nmae`");
    for (text, name) in [
        ("{{ @ }}", "council"),
        ("{{ council.@ }}", "name"),
        ("{% for chapter in chapters %}{{ chapter.@", "title"),
        ("{{ council.name|@ }}", "upper"),
        ("{% @", "include"),
        ("{% include \"@\" %}", "parts/scores.html.j2"),
        ("{% for one in actions %}{{ loop.@", "index"),
    ] {
        let items = editor.complete(page, &with(text));
        assert!(
            labels(&items).contains(&name),
            "{text}: {:?}",
            labels(&items)
        );
    }
    assert!(editor.complete(page, &with("<p>coun@</p>")).is_empty());
    let text = with("{% include \"parts/scores.html.j2\" %}{{ council.name }}");
    editor.change(&uri, &text);
    let there = editor.definition(&uri, &text, text.find("parts/scores").unwrap());
    assert!(
        there["uri"]
            .as_str()
            .unwrap()
            .ends_with("templates/parts/scores.html.j2")
    );
    let hover = editor.hover(&uri, &text, text.find("name }}").unwrap() + 1);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("**name**: text")
    );
    editor.end();
}

#[test]
fn a_script_that_stands_nowhere_is_helped_and_not_checked() {
    let mut editor = Editor::begin();
    let items = editor.complete("notes/mine.rhai", "measure(\"a\", #{ we@");
    assert!(labels(&items).contains(&"weight"));
    let uri = editor.uri("notes/mine.rhai");
    assert_eq!(editor.faults(&uri), json!([]));
    editor.open_uri("untitled:Untitled-1", "rhai", "omit(\"caseload\", #{ });");
    assert_eq!(editor.faults("untitled:Untitled-1"), json!([]));
    assert_eq!(
        editor.ask("textDocument/hover", json!({ "textDocument": { "uri": "file:///never/opened.rhai" }, "position": { "line": 0, "character": 0 } })),
        Value::Null
    );
    editor.end();
}

#[test]
fn a_hostile_script_holds_up_nobody() {
    let mut editor = Editor::begin();
    let endless = format!(
        "{}\nfn f(x) {{ f(x) + f(x) }}\nconst A = f(1);\nmeasure(f(1), #{{ }});",
        editor.script()
    );
    let uri = editor.open("scripts/northshire/check.rhai", &endless);
    for text in [
        "measure(\"a\", #{ a: ".repeat(3_000),
        "[".repeat(40_000),
        format!(
            "measure(\"a\", #{{ value: |workers| workers{}.",
            ".only(|w| w.a)[1]".repeat(5_000)
        ),
        format!(
            "measure(\"a\", #{{ value: |workers| {{ {}",
            "let a = (b; ".repeat(9_000)
        ),
        "`${".repeat(9_000),
        "{% for a in {{ ".repeat(9_000),
    ] {
        editor.change(&uri, &text);
        let end = json!({ "line": 0, "character": text.chars().count() });
        let at = json!({ "textDocument": { "uri": uri }, "position": end });
        editor.ask("textDocument/completion", at.clone());
        editor.ask("textDocument/hover", at.clone());
        editor.ask("textDocument/definition", at);
        editor.ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": uri } }),
        );
        editor.formatting(&uri);
    }
    let page = editor.open(
        "templates/pages/a.html.j2",
        &"{% for a in {{ ".repeat(2_000),
    );
    editor.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": page } }),
    );
    let script = editor.script();
    editor.change(&uri, &script);
    assert_eq!(editor.faults(&uri), json!([]));
    editor.end();
}

#[test]
fn the_protocol_is_kept_from_beginning_to_end() {
    let mut editor = Editor::start();
    let early = editor.answer("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    let ours = editor.initialize();
    assert_eq!(ours["serverInfo"]["name"], "healthcheck");
    assert_eq!(ours["capabilities"]["textDocumentSync"]["change"], 2);
    assert_eq!(
        editor.answer("workspace/neverHeardOf", json!({}))["error"]["code"],
        -32601
    );
    assert_eq!(
        editor.answer("textDocument/hover", json!({ "position": 1 }))["error"]["code"],
        -32602
    );
    editor.say("$/neverHeardOf", json!({}));
    editor.say("textDocument/didOpen", json!({ "misread": true }));
    assert_eq!(
        editor.answer("shutdown", Value::Null)["result"],
        Value::Null
    );
    assert_eq!(
        editor.answer("textDocument/hover", json!({}))["error"]["code"],
        -32600
    );
    assert_eq!(editor.exit(), 0);
    let mut rude = Editor::start();
    rude.initialize();
    assert_eq!(rude.exit(), 1, "it did not say so first");
    let mut crashed = Editor::begin();
    let script = crashed.script();
    crashed.open("scripts/northshire/check.rhai", &script);
    assert_eq!(crashed.crash(), 1, "the server is not left behind");
}

#[test]
fn an_editor_without_snippets_is_given_plain_text() {
    let mut editor = Editor::start();
    editor.initialize_as(json!({}));
    let items = editor.complete(
        "scripts/northshire/check.rhai",
        "measure(\"caseload-per-fte\", #{ tar@",
    );
    let target = items.iter().find(|item| item["label"] == "target").unwrap();
    assert_eq!(target["textEdit"]["newText"], "target: at_most(16),");
    assert_eq!(target["insertTextFormat"], 1);
    editor.end();
}

#[test]
fn no_file_is_written_beside_the_texts() {
    let mut editor = Editor::begin();
    let before = editor.files();
    let script = editor.script();
    let uri = editor.open(
        "scripts/northshire/check.rhai",
        &script.replace("target:", "tarket:"),
    );
    let faults = editor.faults(&uri);
    editor.actions(&uri, &faults[0]["range"]);
    editor.formatting(&uri);
    editor.definition(&uri, &script, script.find("caseload-per-fte").unwrap());
    editor.end_but_keep();
    assert_eq!(editor.files(), before);
}
