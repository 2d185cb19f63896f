//! The card of a table as text, with a note for each line that is not sure.

use super::{Card, Line};
use crate::national::{AWARENESS, Service};
use crate::script::room::{self, BLANK};

impl Card {
    /// The card. Where only one service is run and no column says which, the card says so.
    /// `filled`: with a word in each blank that its author is to fill in, so that the rest can
    /// be tried.
    pub(in crate::host) fn text(&self, services: &[Service], filled: bool) -> String {
        let table = self.table.unwrap_or("workers");
        let lines = self.columns(services);
        let mut text = format!(
            "table(\"{table}\", #{{\n    file:    \"data/{}\",\n",
            quoted(&self.file)
        );
        if let Some(sheet) = &self.sheet {
            text += &format!("    sheet:   {},\n", room::quoted(sheet));
        }
        if !lines.is_empty() {
            text += &format!("    columns: #{{\n{lines}    }},\n");
        }
        text += &self.codes(filled);
        let mut missing: Vec<&str> = self
            .sure()
            .flat_map(|line| line.missing.iter().map(String::as_str))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        if !missing.is_empty() {
            let words: Vec<String> = missing
                .iter()
                .map(|word| format!("\"{}\"", quoted(word)))
                .collect();
            text += &format!("    missing: [{}],\n", words.join(", "));
        }
        text += "});\n";
        match &self.doubt {
            None => text + self.questions().as_str(),
            Some(doubt) => {
                let lines: String = text.lines().map(|line| format!("// {line}\n")).collect();
                format!("// Not sure of {}: {doubt}.\n{lines}", self.file)
            }
        }
    }

    /// Questions of the council's own, each behind slashes.
    fn questions(&self) -> String {
        let asked = self.unread.iter().filter(|one| !one.question.is_empty());
        asked.map(|one| format!("\n{}", one.question)).collect()
    }

    fn sure(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.doubt.is_none())
    }

    fn columns(&self, services: &[Service]) -> String {
        let mut lines = String::new();
        let alike: Vec<&str> = self
            .sure()
            .filter(|line| same(&line.column, &line.header))
            .map(|line| line.column.as_str())
            .collect();
        if !alike.is_empty() {
            lines += &format!(
                "        // Read already, under the nation's own names: {}.\n",
                alike.join(", ")
            );
        }
        if self.sure().all(|line| line.column != "service") {
            lines += &match services {
                [one] => format!("        service: always(\"{}\"),\n", one.id()),
                _ => "        // service: \"…\",  // which column says children or adults?\n"
                    .to_owned(),
            };
        }
        for line in &self.lines {
            let entry = format!("{}: \"{}\",", room::key(&line.column), quoted(&line.header));
            lines += &match &line.doubt {
                Some(doubt) => format!("        // {entry}  // not sure: {doubt}\n"),
                None if same(&line.column, &line.header) => continue,
                None => format!("        {entry}\n"),
            };
        }
        for unread in self.unread.iter().filter(|_| self.table.is_some()) {
            let name = unread.name.as_deref().map_or(BLANK.to_owned(), room::key);
            lines += &format!(
                "        // {name}: \"{}\",  // {}\n",
                quoted(&unread.header),
                unread.note
            );
        }
        lines
    }

    fn codes(&self, filled: bool) -> String {
        let mut lines = String::new();
        if !self.answers.is_empty() {
            let codes = pairs(&self.answers, filled.then_some("not applicable"));
            lines += &format!("        answers: #{{ {codes} }},\n");
        }
        let coded = |line: &&Line| !line.is_answer && !line.codes.is_empty();
        for line in self.lines.iter().filter(coded) {
            let codes = pairs(&line.codes, filled.then_some(any_of(&line.column)));
            let entry = format!("{}: #{{ {codes} }},\n", room::key(&line.column));
            lines += &match line.doubt {
                None => format!("        {entry}"),
                Some(_) => format!("        // {entry}"),
            };
        }
        match lines.is_empty() {
            true => String::new(),
            false => format!("    codes:   #{{\n{lines}    }},\n"),
        }
    }

    /// Whether its author has something to fill in.
    pub(in crate::host) fn has_blanks(&self) -> bool {
        !self.blanks().is_empty()
    }

    /// The values of which nobody can tell what they mean.
    fn blanks(&self) -> Vec<&str> {
        if self.doubt.is_some() {
            return Vec::new();
        }
        let others = self.sure().filter(|line| !line.is_answer);
        let others = others.flat_map(|line| &line.codes);
        let codes = self.answers.iter().chain(others);
        let blank = codes.filter(|(_, national)| national.is_none());
        blank.map(|(text, _)| text.as_str()).collect()
    }

    /// What was made of the file, a line each. Values are shown: whoever begins a council has
    /// its files.
    pub(in crate::host) fn told(&self) -> Vec<String> {
        let sure = self.sure().count();
        let unsure = self.lines.len() - sure;
        let (Some(table), None) = (&self.table, &self.doubt) else {
            let why = self.doubt.as_deref().unwrap_or("not recognised");
            return vec![format!("{}: left out for now: {why}", self.file)];
        };
        let doubts = match unsure {
            0 => String::new(),
            some => format!(", {some} not sure"),
        };
        let unread = match self.unread.len() {
            0 => String::new(),
            some => format!(", {some} not recognised"),
        };
        let mut told = vec![format!(
            "{}: the table `{table}`; {sure} columns recognised{doubts}{unread}",
            self.file
        )];
        told.extend(
            self.lines
                .iter()
                .filter(|line| !line.unknown.is_empty())
                .map(|line| {
                    format!(
                        "  not known in \"{}\": {}",
                        line.header,
                        listed(line.unknown.iter().map(String::as_str))
                    )
                }),
        );
        let blanks = self.blanks();
        if !blanks.is_empty() {
            told.push(format!(
                "  say what it means, in place of … among the `codes`: {}",
                listed(blanks.into_iter())
            ));
        }
        told
    }
}

/// Codes as pairs; where nobody can tell, a blank, or `otherwise`.
fn pairs(codes: &[(String, Option<&'static str>)], otherwise: Option<&str>) -> String {
    let pair = |(text, national): &(String, Option<&'static str>)| {
        let national = national.or(otherwise).unwrap_or("…");
        format!("\"{}\": \"{national}\"", quoted(text))
    };
    codes.iter().map(pair).collect::<Vec<_>>().join(", ")
}

/// A word that a column takes.
fn any_of(column: &str) -> &'static str {
    match column {
        "service" => "children",
        _ if AWARENESS.iter().any(|(id, _)| *id == column) => "not sure",
        _ => "not due",
    }
}

/// Values as the file has them, the first few.
fn listed<'v>(values: impl ExactSizeIterator<Item = &'v str>) -> String {
    const MOST: usize = 4;
    let more = values.len().saturating_sub(MOST);
    let shown: Vec<String> = values
        .take(MOST)
        .map(|value| format!("\"{value}\""))
        .collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A header that needs no line: the file calls the column as the nation does.
fn same(column: &str, header: &str) -> bool {
    header.trim().eq_ignore_ascii_case(column)
}

/// Text as it stands between double quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t")
}
