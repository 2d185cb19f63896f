//! `healthcheck explain CODE`: what a code means, why it matters, what to do.

use crate::Ending;
use crate::screen::{Screen, plain};
use healthcheck::diagnostic::{Code, Severity, nearest};
use unicode_width::UnicodeWidthStr;

const WIDTH: usize = 80;

/// Explains one code, or lists all.
pub fn explain(code: Option<&str>, screen: &Screen) -> Ending {
    let Some(name) = code else {
        screen.data(&list());
        return Ending::Well;
    };
    // A code may be pasted with its brackets: `error[unknown-key]`.
    let wanted = name
        .rsplit('[')
        .next()
        .unwrap_or(name)
        .trim_end_matches([']', ':'])
        .to_lowercase();
    match Code::find(&wanted) {
        Some(code) => {
            screen.data(&text(code));
            Ending::Well
        }
        None => {
            screen.message(&format!("error: there is no code `{}`", plain(&wanted)));
            screen.message(&suggestion(&wanted));
            Ending::Misuse
        }
    }
}

fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.name().len()).max();
    let lines: Vec<String> = Code::ALL
        .iter()
        .map(|code| {
            let means = code.explanation().means;
            let name = code.name();
            format!(
                "{name:width$}  {:7}  {means}",
                severity(*code),
                width = widest.unwrap_or(0)
            )
        })
        .collect();
    lines.join("\n")
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn text(code: Code) -> String {
    let explanation = code.explanation();
    let then = match code.severity() {
        Severity::Error => "Nothing is published until it is mended.",
        Severity::Warning => "It is published all the same.",
    };
    [
        format!("{}[{}]", severity(code), code.name()),
        wrap(&sentence(explanation.means)),
        wrap(&sentence(explanation.why)),
        wrap(&sentence(explanation.mend)),
        then.to_owned(),
    ]
    .join("\n\n")
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let begun: String = letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default();
    if begun.ends_with(['.', '!', '?', '`', ':']) {
        begun
    } else {
        begun + "."
    }
}

/// Breaks lines between words; a line that begins with spaces is an example and stays.
fn wrap(text: &str) -> String {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        if paragraph.starts_with(' ') {
            lines.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

fn suggestion(name: &str) -> String {
    match nearest(name, Code::ALL.iter().map(|code| code.name())) {
        Some(near) => format!("help: did you mean `{near}`?"),
        None => "help: `healthcheck explain` lists all codes".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_explanation_that_fits_the_screen() {
        for code in Code::ALL {
            let text = text(*code);
            assert!(text.contains(code.name()));
            for line in text.lines().filter(|line| !line.starts_with(' ')) {
                assert!(line.width() <= WIDTH || !line.contains(' '), "{line}");
            }
        }
    }

    #[test]
    fn a_misspelt_code_is_told_which_was_meant() {
        assert_eq!(
            suggestion("unknwon-key"),
            "help: did you mean `unknown-key`?"
        );
        assert!(suggestion("zzz").contains("lists all codes"));
    }
}
