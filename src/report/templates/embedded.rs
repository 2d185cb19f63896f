//! The templates that ship with the program, each by its path in the folder of templates.

/// One template: its path and its text.
macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("../../../templates/", $path)))),+]
    };
}

/// Path and text of each.
pub(super) const EMBEDDED: [(&str, &str); 36] = embedded![
    "base.html.j2",
    "index.html.j2",
    "pages/accessibility.html.j2",
    "pages/changes.html.j2",
    "pages/downloads.html.j2",
    "pages/governance.html.j2",
    "pages/groups.html.j2",
    "pages/index.html.j2",
    "pages/method.html.j2",
    "pages/plan.html.j2",
    "pages/report.md.j2",
    "pages/standard.html.j2",
    "pages/standards.html.j2",
    "pages/tailoring.html.j2",
    "papers/committee.html.j2",
    "papers/conversation.html.j2",
    "papers/letter-to-staff.md.j2",
    "papers/summary.html.j2",
    "papers/you-said-we-did.html.j2",
    "parts/actions.html.j2",
    "parts/at-a-glance.html.j2",
    "parts/change-in-words.j2",
    "parts/grade-in-words.j2",
    "parts/head.html.j2",
    "parts/item.html.j2",
    "parts/navigation.html.j2",
    "parts/neighbours.html.j2",
    "parts/overall-in-words.j2",
    "parts/paper.html.j2",
    "parts/promise-in-words.j2",
    "parts/questionnaire-question.html.j2",
    "parts/response-in-words.j2",
    "parts/response.html.j2",
    "parts/scores.html.j2",
    "questionnaire.html.j2",
    "style.css",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_template_in_the_folder_is_in_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut there = BTreeSet::new();
        for folder in ["", "pages", "parts", "papers"] {
            let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
                continue;
            };
            for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
                let name = entry.file_name().to_string_lossy().into_owned();
                there.insert(if folder.is_empty() {
                    name
                } else {
                    format!("{folder}/{name}")
                });
            }
        }
        let embedded: BTreeSet<String> = EMBEDDED
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .collect();
        assert_eq!(embedded, there);
    }
}
