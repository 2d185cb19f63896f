//! `healthcheck diff`: how a council's check differs from the national one.

use crate::Ending;
use crate::args::Format;
use crate::screen::{Colour, Screen, plain, wrapped};
use crate::text::Text;
use healthcheck::diagnostic::Diagnostics;
use healthcheck::host::Host;
use healthcheck::report::{self, Difference, Line};

/// Shows the difference of the councils named, or of all.
pub fn diff(host: &Host, named: &[String], format: Format, screen: &Screen) -> Ending {
    let councils = match host.councils(named) {
        Ok(councils) => councils,
        Err(faults) => {
            screen.faults(&faults);
            return Ending::of(&faults);
        }
    };
    let mut faults = Diagnostics::new();
    let mut found = Vec::new();
    for council in &councils {
        match host.load(&council.script) {
            // Warnings are for `check` and `run`; here they would stand between the lines.
            Ok(check) => found.push(report::difference(&check)),
            Err(more) => faults.extend(more),
        }
    }
    screen.faults(&faults);
    match format {
        Format::Json => screen.data(&report::json(&found)),
        Format::Human => {
            let texts: Vec<String> = found.iter().map(|one| text(one, screen)).collect();
            if !texts.is_empty() {
                screen.data(&texts.join("\n"));
            }
        }
    }
    Ending::of(&faults)
}

fn text(found: &Difference, screen: &Screen) -> String {
    let mut out = Text::on(screen);
    let council = plain(&found.council);
    out.head(&format!("{council}, against edition {}", found.edition));
    // What most readers want stands first; what it is made of follows.
    let tailoring = &found.tailoring;
    // No figures are read here: what was brought is told by `run`.
    out.part(&format!("As the script has it: {}", tailoring.word));
    let compare = "national items compare, once figures are brought for them";
    out.line(&format!("  {} {compare}", tailoring.text));
    for sentence in &tailoring.sentences {
        out.line(&wrapped(&format!("  {}", plain(sentence)), 4));
    }
    for item in &found.items {
        let mut said = meaning(&item.comparability).to_owned();
        for reason in &item.reasons {
            said = format!("{said}; {}", plain(reason));
        }
        out.line("");
        out.line(&wrapped(&format!("{}  {said}", item.id), 4));
        out.differences(&item.lines);
    }
    if !found.local_standards.is_empty() || !found.local_items.is_empty() {
        out.part("Added by the council");
        for one in found.local_standards.iter().chain(&found.local_items) {
            let within = match one.standard.as_str() {
                "" => String::new(),
                standard => format!(" in {standard}"),
            };
            let line = format!("{} ({}{within}): {}", one.id, one.kind, one.title);
            out.changed('+', &plain(&line));
        }
    }
    if !found.local_scoring.is_empty() {
        out.part("Local scoring");
        out.differences(&found.local_scoring);
    }
    for table in &found.tables {
        out.part(&format!("How `{}` is read", plain(&table.id)));
        out.differences(&table.lines);
    }
    out.part("National items that compare, by standard");
    for standard in &found.coverage {
        let (comparable, of) = (standard.comparable, standard.of);
        out.line(&format!("  {comparable} of {of}  {}", standard.title));
    }
    out.lines.join("\n") + "\n"
}

/// What a word of comparability means for a reader who meets it first here.
fn meaning(comparability: &str) -> &str {
    match comparability {
        "identical" => "identical: asked and scored as the nation has it; the council adds",
        "complies" => "complies: it differs, and still compares",
        "omitted" => "omitted",
        "not comparable" => "not comparable: out of the national score",
        other => other,
    }
}

impl Text<'_> {
    /// A key before each line's text; a text of several lines keeps them.
    fn differences(&mut self, lines: &[Line]) {
        for line in lines {
            let mut parts = line.text.lines();
            let first = parts.next().unwrap_or_default();
            self.changed(line.sign, &format!("{}: {}", line.key, plain(first)));
            for part in parts {
                self.changed(line.sign, &plain(part));
            }
        }
    }

    fn changed(&mut self, sign: char, text: &str) {
        let colour = if sign == '-' {
            Colour::Red
        } else {
            Colour::Green
        };
        let text = wrapped(&format!("  {sign} {text}"), 6);
        let painted: Vec<String> = text
            .lines()
            .map(|line| self.screen.painted(colour, line))
            .collect();
        self.lines.extend(painted);
    }
}
