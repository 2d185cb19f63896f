//! `healthcheck compare`: councils' published results side by side, and the national
//! summary.

use crate::Ending;
use crate::args::Format;
use crate::screen::{Screen, number, plain};
use crate::text::Text;
use healthcheck::compare::{
    Comparison, Counted, NotADay, Row, SideBySide, Spread, Standing, Summary, Value, compare as of,
};
use healthcheck::host::Host;
use healthcheck::publication::Figure;
use healthcheck::report;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// The most councils whose single values are printed; beyond it they are in the JSON.
const FEW: usize = 12;

/// Compares the results named, as of a day.
pub fn compare(
    host: &Host,
    results: &[PathBuf],
    as_of: Option<&str>,
    format: Format,
    screen: &Screen,
) -> Ending {
    let (publications, faults) = host.results(results);
    screen.faults(&faults);
    let ending = Ending::of(&faults);
    if publications.is_empty() {
        return ending;
    }
    match of(&publications, as_of) {
        Err(NotADay(text)) => {
            let text = plain(&text);
            screen.message(&format!(
                "error: `{text}` is no day; write it as 2026-12-31"
            ));
            Ending::Misuse
        }
        Ok(found) => {
            match format {
                Format::Json => screen.data(&report::json(&found)),
                Format::Human => screen.data(&text(&found, screen)),
            }
            ending
        }
    }
}

fn text(found: &Comparison, screen: &Screen) -> String {
    let mut out = Text::on(screen);
    out.head(&format!("As of {}, edition {}", found.as_of, found.edition));
    if found.councils.len() > FEW {
        let councils = number(found.councils.len(), "council");
        out.say(&format!("  {councils}; each by itself with --format json"));
    }
    for one in found
        .councils
        .iter()
        .filter(|_| found.councils.len() <= FEW)
    {
        let earlier = match one.earlier {
            0 => String::new(),
            1 => ", 1 earlier edition".to_owned(),
            n => format!(", {n} earlier editions"),
        };
        out.say(&format!(
            "  {} ({}): {}, {}, {} items compare{earlier}",
            plain(&one.name),
            plain(&one.covers),
            one.as_of,
            one.carried_out,
            one.comparable
        ));
    }
    for left_out in &found.left_out {
        out.say(&format!("  {}", plain(left_out)));
    }
    summary(&found.summary, &mut out);
    for services in &found.services {
        side_by_side(services, &mut out);
    }
    if found.services.is_empty() {
        out.part("Side by side");
        out.say("  No two of these councils cover the same services.");
    } else {
        out.line("");
        out.say("Above and below: the 95% intervals of the two councils, without finite correction, do not touch. Where they do, the two cannot be told apart. A figure without an interval is shown in the spread and never ranked.");
    }
    out.say(&found.not_a_rating);
    out.lines.join("\n") + "\n"
}

fn summary(found: &Summary, out: &mut Text<'_>) {
    out.part("The nation, over these councils");
    out.fact("Did the check", &found.councils.to_string());
    out.counted("Carried out", &found.carried_out);
    out.counted("Cover", &found.covers);
    if found.everything_withheld > 0 {
        let n = found.everything_withheld;
        out.fact("Everything withheld", &n.to_string());
    }
    for one in &found.standards {
        let median = one.median.as_ref().map_or("none", |median| &median.text);
        out.fact(
            &one.title,
            &format!(
                "median {median} of {} rated{}; lowest in {} of {}",
                one.rated,
                quarters(one.spread.as_ref()),
                one.lowest_in,
                one.of
            ),
        );
    }
    if !found.lowest.is_empty() {
        out.fact("Lowest median", &found.lowest.join(", "));
    }
    for one in &found.awareness {
        let median = match &one.median {
            Some(median) => format!("median {}% yes", median.text),
            None => "no figure".to_owned(),
        };
        out.say(&format!(
            "  “{}”: {median}, {}{}, {} withheld; of those who answered",
            one.ask,
            number(one.councils, "council"),
            quarters(one.spread.as_ref()),
            one.withheld
        ));
    }
    out.counted("Employers found it helpful", &found.feedback.helpful);
    if found.feedback.asked_hardest > 0 {
        out.counted("Hardest to check", &found.feedback.hardest);
    }
    out.counted("Grades", &found.grades.words);
    out.fact(
        "Grades that have expired",
        &found.grades.expired.to_string(),
    );
    let still = &found.not_improved;
    let names = match still.councils.as_slice() {
        [] => String::new(),
        names => format!(": {}", plain(&names.join(", "))),
    };
    out.fact(
        "Not improved in two editions",
        &format!(
            "{} of {}{names}; cannot be told of {}; fewer than three editions of {}",
            still.councils.len(),
            still.of,
            still.cannot_tell,
            still.too_few
        ),
    );
}

fn quarters(spread: Option<&Spread>) -> String {
    spread.map_or_else(String::new, |spread| {
        format!(
            ", the middle half from {} to {}",
            spread.p25.text, spread.p75.text
        )
    })
}

fn side_by_side(found: &SideBySide, out: &mut Text<'_>) {
    out.part(&found.title);
    for row in found.scores.iter().chain(&found.items) {
        show(row, out);
    }
}

fn show(row: &Row, out: &mut Text<'_>) {
    // One council alone stands beside nobody.
    if row.councils < 2 {
        return;
    }
    out.line("");
    let unit = match row.unit.as_str() {
        "score" => String::new(),
        unit => format!(", {unit}"),
    };
    let without = match row.without {
        0 => String::new(),
        n => format!("; no figure that compares from {n}"),
    };
    let spread = row.spread.as_ref().map_or_else(String::new, |spread| {
        let middle = &spread.p50.text;
        format!("; median {middle}{}", quarters(Some(spread)))
    });
    out.say(&format!(
        "  {}{}: {} councils{spread}{without}",
        plain(&row.title),
        plain(&unit),
        row.councils
    ));
    if row.values.len() > FEW {
        return;
    }
    let width = row.values.iter().map(|one| one.council.width()).max();
    for one in &row.values {
        let space = " ".repeat(width.unwrap_or(0) - one.council.width());
        out.say(&format!(
            "    {}{space}  {:>6}  {}",
            plain(&one.council),
            one.value.text,
            standing(one)
        ));
    }
}

fn standing(value: &Value) -> String {
    let (Some(low), Some(high)) = (&value.low, &value.high) else {
        return "no interval: not ranked".to_owned();
    };
    let ends = |low: &Figure, high: &Figure| format!("{} to {}", low.text, high.text);
    let words = value.standing.map_or_else(String::new, told);
    format!("{}{words}", ends(low, high))
}

fn told(standing: Standing) -> String {
    let parts: Vec<String> = [
        (standing.clearly_above, "clearly above"),
        (standing.clearly_below, "clearly below"),
        (standing.not_distinguishable, "not told apart from"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, how)| format!("{how} {count}"))
    .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    }
}

impl Text<'_> {
    fn fact(&mut self, name: &str, words: &str) {
        self.say(&format!("  {name}: {words}"));
    }

    fn counted(&mut self, name: &str, counts: &[Counted]) {
        let words: Vec<String> = counts
            .iter()
            .filter(|one| one.councils > 0)
            .map(|one| format!("{} {}", plain(&one.word), one.councils))
            .collect();
        self.fact(name, &words.join(", "));
    }
}
