//! Paths that would lead out of their folder, in the forms of Linux and of Windows, at every
//! door that takes one from a script, a template or data: each is refused with a code and a
//! place, whatever system this is.

use healthcheck::diagnostic::{Code, Diagnostic, Diagnostics};
use healthcheck::host::{Destination, Host};
use std::fs;
use std::path::Path;

/// What no path may do; each names a file that a table, a logo or a part could be.
const PATHS: &[&str] = &[
    // Up, in every spelling.
    "../secret.csv",
    "../../secret.csv",
    "../../../../../../../../etc/passwd",
    "data/../../secret.csv",
    "data/../data/survey.csv",
    "data/..",
    "..",
    "./../secret.csv",
    "data/./../../secret.csv",
    "data//../../secret.csv",
    ".../../secret.csv",
    "data/.. /secret.csv",
    "data/ ../secret.csv",
    "data/../",
    // From the root.
    "/etc/passwd",
    "//etc/passwd",
    "/secret.csv",
    "/dev/zero",
    "/dev/stdin",
    "/proc/self/environ",
    "/proc/self/fd/0",
    // A home, a variable.
    "~/secret.csv",
    "~root/secret.csv",
    "data/~/secret.csv",
    // With backslashes.
    "..\\secret.csv",
    "..\\..\\secret.csv",
    "data\\..\\..\\secret.csv",
    "data/..\\..\\secret.csv",
    "\\secret.csv",
    "\\\\server\\share\\secret.csv",
    "\\\\?\\C:\\secret.csv",
    "\\\\.\\PhysicalDrive0",
    "\\\\.\\pipe\\secret",
    "\\\\?\\UNC\\server\\share\\secret.csv",
    "\\\\localhost\\c$\\secret.csv",
    "data\\survey.csv",
    "data/survey.csv\\",
    // Servers with slashes.
    "//server/share/secret.csv",
    "//?/C:/secret.csv",
    "//./C:/secret.csv",
    // Drives.
    "C:\\secret.csv",
    "C:/secret.csv",
    "C:secret.csv",
    "c:..\\secret.csv",
    "Z:",
    "data/C:/secret.csv",
    // Streams.
    "data/survey.csv::$DATA",
    "data/survey.csv:secret",
    "data/survey.csv:secret:$DATA",
    "data::$INDEX_ALLOCATION/survey.csv",
    // Addresses.
    "file:///etc/passwd",
    "file:secret.csv",
    "http://x.example/secret.csv",
    "https://x.example/secret.csv",
    "data:text/csv,a",
    "javascript:alert(1)",
    // Devices.
    "CON",
    "con.csv",
    "data/NUL",
    "data/nul.csv",
    "AUX.csv",
    "PRN",
    "COM1",
    "com9.csv",
    "LPT1.csv",
    "lpt9",
    "COM\u{b9}.csv",
    "LPT\u{b3}",
    "CONIN$",
    "CONOUT$.csv",
    "CLOCK$",
    "con .csv",
    "data/con.survey.csv",
    // Names that Windows shortens.
    "data/survey.csv.",
    "data/survey.csv ",
    "data/survey.csv. .",
    "data./survey.csv",
    "data /survey.csv",
    "data/...",
    // As in an address.
    "%2e%2e/secret.csv",
    "%2E%2E%2Fsecret.csv",
    "..%2fsecret.csv",
    "..%5csecret.csv",
    "%252e%252e%252fsecret.csv",
    "data/%00.csv",
    "%c0%ae%c0%ae/secret.csv",
    "..%c0%afsecret.csv",
    "%u002e%u002e/secret.csv%2e",
    // Signs that look like dots and slashes.
    "..\u{2215}secret.csv",
    "..\u{2044}secret.csv",
    "..\u{29f8}secret.csv",
    "..\u{ff0f}secret.csv",
    "..\u{ff3c}secret.csv",
    "..\u{2216}secret.csv",
    "..\u{fe68}secret.csv",
    "\u{2025}/secret.csv",
    "\u{2024}\u{2024}/secret.csv",
    "\u{ff0e}\u{ff0e}/secret.csv",
    "C\u{ff1a}/secret.csv",
    "C\u{a789}secret.csv",
    // What cannot be seen.
    "data/survey.csv\u{0}.png",
    "\u{0}",
    "..\u{0}/secret.csv",
    "data/\u{7}survey.csv",
    "data/\u{202e}vsc.yevrus",
    "data/\u{200b}../secret.csv",
    ".\u{200d}./secret.csv",
    "\u{feff}data/survey.csv",
    "data/sur\u{ad}vey.csv",
    "data/survey.csv\n",
    "data/\rsurvey.csv",
    "data/\tsurvey.csv",
    // No name at all, or one that no file may have.
    "",
    " ",
    "data/",
    "data//survey.csv",
    "data/*.csv",
    "data/surve?.csv",
    "data/<survey>.csv",
    "data/survey.csv|cat",
    "data/\"survey\".csv",
];

const FIRST: &str = r#"council("Northmoor Council", #{
    code: "E10000098", as_of: "2026-09-30", services: ["children"], asked: #{ children: 120 },
    lead: #{ post: "Principal Social Worker", social_work_qualified: true },
    BRAND
});
"#;

/// A folder of councils, with a secret above it, beside it and in another council.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("scripts/northmoor/data")).unwrap();
    fs::create_dir_all(at("scripts/shared")).unwrap();
    fs::create_dir_all(at("scripts/other/data")).unwrap();
    for secret in [
        "secret.csv",
        "scripts/secret.csv",
        "scripts/other/data/secret.csv",
    ] {
        fs::write(at(secret), "team,SECRET\nA1,1\n").unwrap();
    }
    fs::write(at("scripts/northmoor/data/survey.csv"), "team\nA1\n").unwrap();
    folder
}

/// A text in the quotes of a script or a template.
fn quoted(path: &str) -> String {
    let mut out = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// In a script a character that cannot be seen is written out.
fn in_script(path: &str) -> String {
    let mut out = String::new();
    for c in quoted(path).chars() {
        if c.is_control() {
            out.push_str(&format!("\\x{:02x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

fn load(folder: &Path, script: &str) -> Result<Diagnostics, Diagnostics> {
    let path = folder.join("scripts/northmoor/check.rhai");
    fs::write(&path, script).unwrap();
    let host = Host::builder().scripts(folder.join("scripts")).build();
    let check = host.load(&path)?;
    let data = host.read(&check)?;
    Ok(data.warnings.clone())
}

fn shows_no_secret(faults: &Diagnostics) {
    let shown = faults.to_string();
    assert!(
        !shown.contains("SECRET") && !shown.contains("root:"),
        "{shown}"
    );
}

#[test]
fn there_are_more_than_80_paths_and_each_is_another() {
    let mut all: Vec<&str> = PATHS.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), PATHS.len());
    assert!(all.len() >= 80);
}

#[test]
fn no_table_is_read_from_outside_its_folder() {
    let folder = place();
    let mut script = FIRST.replace("BRAND", "");
    let first = script.lines().count() + 1;
    for (at, path) in PATHS.iter().enumerate() {
        let path = in_script(path);
        script +=
            &format!("table(\"t{at}\", #{{ file: {path}, columns: #{{ team: \"team\" }} }});\n");
    }
    let faults = load(folder.path(), &script).unwrap_err();
    shows_no_secret(&faults);
    for (at, path) in PATHS.iter().enumerate() {
        let told = |fault: &Diagnostic| {
            fault.code == Code::TableOutsideFolder && fault.place.line() == first + at
        };
        // What is empty has no name, and is told so.
        let blank = |fault: &Diagnostic| path.trim().is_empty() && fault.place.line() == first + at;
        assert!(
            faults.iter().any(|fault| told(fault) || blank(fault)),
            "{path:?} is followed"
        );
    }
}

#[test]
fn no_logo_is_read_from_outside_its_folder() {
    let folder = place();
    for path in PATHS {
        let brand = format!("brand: #{{ logo: {} }},", in_script(path));
        let faults = load(folder.path(), &FIRST.replace("BRAND", &brand)).unwrap_err();
        shows_no_secret(&faults);
        let told =
            |fault: &Diagnostic| fault.code == Code::TableOutsideFolder && fault.place.line() == 4;
        assert!(faults.iter().any(told), "{path:?} is followed:\n{faults}");
    }
}

#[test]
fn no_template_is_included_or_extended_from_outside_its_folder() {
    let folder = place();
    let templates = folder.path().join("templates");
    fs::create_dir_all(templates.join("pages")).unwrap();
    let page = templates.join("pages/ours.html.j2");
    let host = Host::builder().templates(&templates).build();
    for path in PATHS {
        fs::write(&page, format!("{{% include {} %}}\n", quoted(path))).unwrap();
        let faults = host.templates().unwrap_err();
        shows_no_secret(&faults);
        // What nobody sees in a path is told before anything is included.
        let refused = |fault: &Diagnostic| {
            let codes = [Code::TemplateUnknownName, Code::TemplateSyntax];
            codes.contains(&fault.code) && fault.place.line() == 1
        };
        assert!(faults.iter().any(refused), "{path:?} is included\n{faults}");
    }
    for path in PATHS.iter().step_by(9) {
        for tag in [
            format!("{{% extends {} %}}", quoted(path)),
            format!("{{% import {} as x %}}", quoted(path)),
            format!("{{% from {} import x %}}", quoted(path)),
        ] {
            fs::write(&page, &tag).unwrap();
            let faults = host.templates().unwrap_err();
            let first = faults.iter().next().unwrap();
            assert_eq!(first.place.line(), 1, "{tag}");
            assert!(first.place.source.name().ends_with("ours.html.j2"), "{tag}");
        }
    }
}

#[test]
fn no_library_and_no_given_table_is_a_path() {
    let folder = place();
    for path in PATHS.iter().filter(|path| !path.trim().is_empty()) {
        // As a word and as a text before `::`.
        for name in [(*path).to_owned(), in_script(path)] {
            let target =
                format!("measure(\"caseload-per-fte\", #{{ target: at_most({name}::f()) }});");
            let script = format!("{}{target}", FIRST.replace("BRAND", ""));
            let faults = load(folder.path(), &script).unwrap_err();
            shows_no_secret(&faults);
            let first = faults.iter().find(|fault| fault.place.line() >= 5);
            assert!(first.is_some(), "{name} is followed:\n{faults}");
        }
    }
    let mut tests = String::new();
    for (at, path) in PATHS.iter().enumerate() {
        tests += &format!(
            "test(\"t{at}\", || {{ given({}, [#{{ team: \"A1\" }}]); expect(item(\"caseload-per-fte\").value, 1); }});\n",
            in_script(path)
        );
    }
    let home = folder.path().join("scripts/northmoor");
    fs::write(home.join("tests.rhai"), tests).unwrap();
    fs::write(home.join("check.rhai"), FIRST.replace("BRAND", "")).unwrap();
    let host = Host::builder()
        .scripts(folder.path().join("scripts"))
        .build();
    let councils = host.councils(&["northmoor".to_owned()]).unwrap();
    let tested = &host.test(&councils, "")[0];
    assert_eq!(tested.trials.len(), PATHS.len(), "{}", tested.faults);
    for (at, trial) in tested.trials.iter().enumerate() {
        let fault = trial.faults.iter().next().unwrap();
        assert_eq!(fault.place.line(), at + 1, "{:?} is given", PATHS[at]);
        assert!(!trial.passed());
    }
}

#[test]
fn nothing_is_published_or_made_again_under_a_name_that_is_a_path() {
    let folder = place();
    let to = Destination::folder(folder.path().join("out/published"));
    let host = Host::builder()
        .scripts(folder.path().join("scripts"))
        .build();
    let mut example = healthcheck::report::examples().swap_remove(0);
    for path in PATHS.iter().step_by(8).chain(&[".", ".hidden", "a/b"]) {
        example.id = (*path).to_owned();
        let faults = host.publish(&example, &to).unwrap_err();
        assert_eq!(
            faults.iter().next().unwrap().code,
            Code::NotWritten,
            "{path:?}"
        );
    }
    let made: Vec<_> = fs::read_dir(folder.path().join("out"))
        .into_iter()
        .flatten()
        .collect();
    assert!(made.is_empty(), "{made:?}");
    // Of a publication that was put together by somebody else.
    example.id = "northmoor".to_owned();
    example.program = concat!("healthcheck ", env!("CARGO_PKG_VERSION")).to_owned();
    host.publish(&example, &to).unwrap();
    let home = to.path().join("northmoor");
    fs::create_dir_all(home.join("earlier")).unwrap();
    fs::write(home.join("earlier/2025-09-30.json"), "{}").unwrap();
    let results = fs::read_to_string(home.join("results.json")).unwrap();
    fs::write(folder.path().join("check.rhai"), "").unwrap();
    for path in ["..", "../scripts", "C:", "con"] {
        let other = results.replace("\"id\": \"northmoor\"", &format!("\"id\": {path:?}"));
        assert_ne!(other, results);
        fs::write(home.join("results.json"), other).unwrap();
        let found = host.verify(&home).unwrap();
        let whole = found
            .not_verified
            .iter()
            .any(|what| what.contains("made again from script"));
        assert!(whole, "{path:?}: {:?}", found.not_verified);
    }
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn no_link_leads_out_of_a_councils_folder() {
        let folder = place();
        let home = folder.path().join("scripts/northmoor");
        let secret = folder.path().join("secret.csv");
        symlink(&secret, home.join("data/link.csv")).unwrap();
        symlink("../../../secret.csv", home.join("data/relative.csv")).unwrap();
        symlink(folder.path(), home.join("data/folder")).unwrap();
        symlink("link.csv", home.join("data/twice.csv")).unwrap();
        symlink(&secret, home.join("logo.svg")).unwrap();
        for path in [
            "data/link.csv",
            "data/relative.csv",
            "data/folder/secret.csv",
            "data/folder/scripts/other/data/secret.csv",
            "data/twice.csv",
        ] {
            let table = format!(
                "table(\"ours\", #{{ file: \"{path}\", columns: #{{ team: \"team\" }} }});"
            );
            let faults = load(
                folder.path(),
                &format!("{}{table}", FIRST.replace("BRAND", "")),
            )
            .unwrap_err();
            shows_no_secret(&faults);
            let fault = faults.iter().next().unwrap();
            assert_eq!(
                (fault.code, fault.place.line()),
                (Code::TableOutsideFolder, 6),
                "{path}"
            );
        }
        let brand = FIRST.replace("BRAND", "brand: #{ logo: \"logo.svg\" },");
        let faults = load(folder.path(), &brand).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code, Code::TableOutsideFolder);
        // A link to a file of the same folder is a file of the folder.
        symlink("survey.csv", home.join("data/inside.csv")).unwrap();
        let table =
            "table(\"ours\", #{ file: \"data/inside.csv\", columns: #{ team: \"team\" } });";
        load(folder.path(), &(FIRST.replace("BRAND", "") + table)).unwrap();
    }

    #[test]
    fn no_script_library_or_test_is_a_link_that_leads_out() {
        let folder = place();
        let at = |name: &str| folder.path().join(name);
        let host = Host::builder().scripts(at("scripts")).build();
        fs::write(at("secret.rhai"), "SECRET SECRET SECRET").unwrap();
        symlink(at("secret.rhai"), at("scripts/shared/lib.rhai")).unwrap();
        let script = FIRST.replace("BRAND", "")
            + "measure(\"caseload-per-fte\", #{ target: at_most(lib::f()) });";
        let faults = load(folder.path(), &script).unwrap_err();
        shows_no_secret(&faults);
        assert!(
            faults.iter().any(|fault| fault.code == Code::FileNotRead),
            "{faults}"
        );
        fs::write(
            at("scripts/northmoor/check.rhai"),
            FIRST.replace("BRAND", ""),
        )
        .unwrap();
        symlink(at("secret.rhai"), at("scripts/northmoor/tests.rhai")).unwrap();
        let councils = host.councils(&["northmoor".to_owned()]).unwrap();
        let tested = &host.test(&councils, "")[0];
        shows_no_secret(&tested.faults);
        assert!(
            tested
                .faults
                .iter()
                .any(|fault| fault.code == Code::FileNotRead)
        );
        fs::remove_file(at("scripts/northmoor/check.rhai")).unwrap();
        symlink(at("secret.rhai"), at("scripts/northmoor/check.rhai")).unwrap();
        let faults = host.load(at("scripts/northmoor")).unwrap_err();
        shows_no_secret(&faults);
        assert_eq!(faults.iter().next().unwrap().code, Code::FileNotRead);
    }

    #[test]
    fn no_template_and_no_earlier_results_are_a_link_that_leads_out() {
        let folder = place();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("templates/pages")).unwrap();
        symlink(at("secret.csv"), at("templates/pages/ours.html.j2")).unwrap();
        symlink("../..", at("templates/parts")).unwrap();
        let host = Host::builder()
            .scripts(at("scripts"))
            .templates(at("templates"))
            .build();
        let faults = host.templates().unwrap_err();
        shows_no_secret(&faults);
        assert!(
            faults.iter().all(|fault| fault.code == Code::FileNotRead),
            "{faults}"
        );
        fs::remove_dir_all(at("templates")).unwrap();

        fs::create_dir_all(at("scripts/northmoor/earlier")).unwrap();
        symlink(
            at("secret.csv"),
            at("scripts/northmoor/earlier/2025-09-30.json"),
        )
        .unwrap();
        load(folder.path(), &FIRST.replace("BRAND", "")).unwrap();
        let check = host.load(at("scripts/northmoor")).unwrap();
        let to = Destination::folder(at("out"));
        let earlier = host.earlier(&check, &to);
        shows_no_secret(&earlier.warnings);
        let told = |fault: &Diagnostic| fault.code == Code::EarlierNotRead;
        assert!(earlier.warnings.iter().any(told), "{}", earlier.warnings);

        // And none is carried along from what was published before.
        let data = host.read(&check).unwrap();
        let found = host
            .assess(&check, &data, &healthcheck::publication::Earlier::default())
            .unwrap();
        host.publish(&found, &to).unwrap();
        fs::create_dir_all(at("out/northmoor/earlier")).unwrap();
        symlink(
            at("secret.csv"),
            at("out/northmoor/earlier/2024-09-30.json"),
        )
        .unwrap();
        let faults = host.publish(&found, &to).unwrap_err();
        shows_no_secret(&faults);
        assert_eq!(faults.iter().next().unwrap().code, Code::NotWritten);
    }
}
