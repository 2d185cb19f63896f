//! The page of the codes of messages.

use super::{block, cell, origin};
use crate::diagnostic::Severity;
use crate::reference::codes;

pub(super) fn page() -> String {
    let mut page = format!(
        "# Every code of a message\n\n\
         {} `healthcheck explain unknown-key` says the same of one. An error keeps a council\n\
         from being published until it is mended; a warning does not. What stands under *Right* was checked.\n\n\
         | code | is | means |\n|---|---|---|\n",
        origin()
    );
    for code in codes() {
        let name = code.name();
        let means = cell(code.explanation().means);
        page += &format!(
            "| [`{name}`](#{name}) | {} | {means} |\n",
            word(code.severity())
        );
    }
    for code in codes() {
        let explanation = code.explanation();
        page += &format!(
            "\n## {}\n\n{}\n\n{}\n",
            code.name(),
            explanation.why,
            explanation.mend
        );
        if let Some(example) = code.example() {
            page += &format!("\nWrong:\n\n{}", block(example.wrong));
            page += &match example.right {
                "" => "\nRight: it is taken out.\n".to_owned(),
                right => format!("\nRight:\n\n{}", block(right)),
            };
        }
    }
    page
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
