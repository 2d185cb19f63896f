//! Parts of a run in, JUnit's XML out: a council is a test case, its faults the failure.

use crate::diagnostic::Diagnostics;

/// What was looked at as one: a council, or the templates.
#[derive(Debug, Clone)]
pub struct Part {
    /// `northshire`, `templates`.
    pub name: String,
    /// Its faults and warnings.
    pub faults: Diagnostics,
    /// A bug of ours that stopped it.
    pub bug: Option<String>,
}

/// Parts as JUnit's XML, one test case each, in their order. An error fails the case and a
/// warning does not; both are shown with the picture that people see.
pub fn junit(parts: &[Part]) -> String {
    let failures = parts
        .iter()
        .filter(|part| part.bug.is_none() && part.faults.has_errors())
        .count();
    let bugs = parts.iter().filter(|part| part.bug.is_some()).count();
    let tests = parts.len();
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="{bugs}""#);
    let cases: String = parts.iter().map(case).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"healthcheck\" {counts}>\n\
         \x20 <testsuite name=\"healthcheck\" {counts} skipped=\"0\">\n\
         {cases}\
         \x20 </testsuite>\n\
         </testsuites>\n"
    )
}

fn case(part: &Part) -> String {
    let faults = part.faults.clone().sorted();
    let picture = text(&faults.paint(false));
    let name = attribute(&part.name);
    let mut inner = String::new();
    if let Some(bug) = &part.bug {
        inner += &format!(
            "      <error message=\"stopped by a bug in healthcheck\" type=\"bug\">{}</error>\n",
            text(bug)
        );
    } else if let Some(first) = faults
        .iter()
        .find(|one| one.severity() == crate::diagnostic::Severity::Error)
    {
        inner += &format!(
            "      <failure message=\"{}\" type=\"{}\">{picture}</failure>\n",
            attribute(&first.message),
            first.code.name()
        );
    } else if !faults.is_empty() {
        inner += &format!("      <system-out>{picture}</system-out>\n");
    }
    let open = format!("    <testcase classname=\"healthcheck\" name=\"{name}\"");
    if inner.is_empty() {
        format!("{open}/>\n")
    } else {
        format!("{open}>\n{inner}    </testcase>\n")
    }
}

/// Text between tags, without the characters that XML 1.0 cannot hold.
fn text(text: &str) -> String {
    let may_stand = |c: &char| {
        matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    text.chars()
        .filter(may_stand)
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn attribute(value: &str) -> String {
    text(value)
        .replace('"', "&quot;")
        .replace('\n', "&#10;")
        .replace('\t', "&#9;")
}
