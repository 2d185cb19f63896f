//! `healthcheck new`: a council begun with what is known of it, by flags or by answers on a
//! terminal.

use crate::Ending;
use crate::args::Begin;
use crate::screen::{Screen, plain};
use crate::templates::tell;
use healthcheck::diagnostic::id_of;
use healthcheck::host::{Host, Start};
use healthcheck::national::Service;
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

/// Makes the folder and says what to do next; asks for what is not known if nothing is.
pub fn begin(host: &Host, id: Option<&str>, flags: &Begin, screen: &Screen) -> Ending {
    let start = Start {
        title: flags.name.clone(),
        code: flags.code.clone(),
        as_of: flags.as_of.clone(),
        services: flags.services.clone(),
        from: flags.from.clone(),
    };
    match id {
        Some(id) => make(host, id, &start, screen),
        None if io::stdin().is_terminal() => {
            let say = |words: &str| screen.message(words);
            match ask(&mut io::stdin().lock(), &say, start) {
                Some((id, start)) => make(host, &id, &start, screen),
                None => Ending::Misuse,
            }
        }
        None => match &flags.name {
            Some(name) => make(host, &folder_of(name), &start, screen),
            None => {
                screen.message("error: the council has no name yet");
                screen.message("help: healthcheck new northshire");
                Ending::Misuse
            }
        },
    }
}

fn make(host: &Host, id: &str, start: &Start, screen: &Screen) -> Ending {
    let begun = host.begin_with(id, start);
    let told = begun.as_ref().map_or(&[][..], |begun| &begun.told);
    let next = if start.from.is_empty() {
        format!(
            "
The council, its script and its data are made up. Next:
  1. healthcheck run {id}      publishes it as it is
  2. healthcheck watch {id}    publishes it again whenever you save
  3. open the script and make it yours: your own figures in its `data` folder, your own `code`
While nobody outside sees the pages, say so: healthcheck run --unseen {id} (or watch --unseen).
Without it the survey closes when it is first published: its rows, and your own formulas, may not change."
        )
    } else {
        let told: Vec<String> = told
            .iter()
            .map(|line| format!("  {}", plain(line)))
            .collect();
        format!(
            "
Recognised:
{}
Next:
  1. open the script: what is not sure is a note, and so is what it could not know;
     where `…` stands, write your own word
  2. healthcheck check {id}    looks for mistakes
  3. healthcheck run --unseen {id}   publishes it for yourself, as often as you like
  4. healthcheck run {id}      publishes it for others: then the survey is closed",
            told.join("\n")
        )
    };
    tell(begun.map(|begun| begun.made), &next, screen)
}

/// Asks, with a default for each; `None` if there is nobody to answer.
fn ask(input: &mut dyn BufRead, say: &dyn Fn(&str), known: Start) -> Option<(String, Start)> {
    let mut answer = |question: &str, default: &str| -> Option<String> {
        let shown = match default {
            "" => question.to_owned(),
            default => format!("{question} [{default}]"),
        };
        say(&shown);
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        Some(if line.is_empty() { default } else { line }.to_owned())
    };
    let name = known.title.unwrap_or_default();
    let title = answer("The council's name, as it stands on the page", &name)?;
    let id = answer(
        "Its folder: lower-case words joined by hyphens",
        &folder_of(&title),
    )?;
    let code = answer(
        "Its code",
        &known.code.unwrap_or_else(|| "made-up".to_owned()),
    )?;
    let as_of = known.as_of.unwrap_or_else(|| "2026-09-30".to_owned());
    let as_of = answer("The day on which records were counted", &as_of)?;
    let services = answer("The services that it runs", "children, adults")?;
    let files = answer(
        "Your own data files (CSV, JSON or workbooks), with commas between them; none for made-up data",
        "",
    )?;
    let parts = |text: &str| -> Vec<String> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let mut from = known.from;
    from.extend(parts(&files).into_iter().map(PathBuf::from));
    let start = Start {
        title: (!title.is_empty()).then_some(title),
        code: Some(code),
        as_of: Some(as_of),
        services: parts(&services)
            .iter()
            .filter_map(|id| Service::find(&id.to_lowercase()))
            .collect(),
        from,
    };
    Some((id, start))
}

/// `Northshire County Council` → `northshire`: a folder's name.
fn folder_of(title: &str) -> String {
    const NOT_NAMES: [&str; 11] = [
        "council",
        "county",
        "city",
        "borough",
        "metropolitan",
        "district",
        "royal",
        "london",
        "the",
        "of",
        "unitary",
    ];
    let letters = id_of(&title.replace(['\'', '’'], ""), '-');
    let words = letters.split('-').filter(|word| !NOT_NAMES.contains(word));
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_councils_name_gives_its_folder() {
        assert_eq!(folder_of("Northshire County Council"), "northshire");
        assert_eq!(folder_of("London Borough of St Agnes"), "st-agnes");
        assert_eq!(folder_of("King's Cross"), "kings-cross");
        assert_eq!(folder_of("Ynys Môn County Council"), "ynys-mon");
    }

    #[test]
    fn what_is_asked_has_a_default_and_what_is_answered_counts() {
        let answers = "St Agnes Council\n\nE10999903\n\nadults\nstaff.csv, totals.csv\n";
        let (id, start) = ask(&mut answers.as_bytes(), &|_| {}, Start::default()).unwrap();
        assert_eq!(id, "st-agnes");
        assert_eq!(start.title.as_deref(), Some("St Agnes Council"));
        assert_eq!(start.code.as_deref(), Some("E10999903"));
        assert_eq!(start.as_of.as_deref(), Some("2026-09-30"));
        assert_eq!(start.services, [Service::Adults]);
        assert_eq!(
            start.from,
            [PathBuf::from("staff.csv"), PathBuf::from("totals.csv")]
        );
        assert!(ask(&mut "".as_bytes(), &|_| {}, Start::default()).is_none());
    }
}
