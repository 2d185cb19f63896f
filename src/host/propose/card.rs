//! The card of a table as text, with a note for each line that is not sure.

use super::Card;
use crate::national::Service;

impl Card {
    /// The card. Where only one service is run and no column says which, the card says so.
    pub(in crate::host) fn text(&self, services: &[Service]) -> String {
        let table = self.table.unwrap_or("workers");
        let lines = self.columns(services);
        let mut text = format!(
            "table(\"{table}\", #{{\n    file:    \"data/{}\",\n",
            quoted(&self.file)
        );
        if !lines.is_empty() {
            text += &format!("    columns: #{{\n{lines}    }},\n");
        }
        text += &self.codes();
        let sure = || self.lines.iter().filter(|line| line.doubt.is_none());
        let mut missing: Vec<&str> = sure()
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
            None => text,
            Some(doubt) => {
                let lines: String = text.lines().map(|line| format!("// {line}\n")).collect();
                format!("// Not sure of {}: {doubt}.\n{lines}", self.file)
            }
        }
    }

    fn columns(&self, services: &[Service]) -> String {
        let mut lines = String::new();
        let has_service = self
            .lines
            .iter()
            .any(|line| line.column == "service" && line.doubt.is_none());
        if !has_service {
            lines += &match services {
                [one] => format!("        service: always(\"{}\"),\n", one.id()),
                _ => "        // service: \"…\",  // which column says children or adults?\n"
                    .to_owned(),
            };
        }
        for line in &self.lines {
            let entry = format!("{}: \"{}\",", key(&line.column), quoted(&line.header));
            lines += &match &line.doubt {
                Some(doubt) => format!("        // {entry}  // not sure: {doubt}\n"),
                None if same(&line.column, &line.header) => continue,
                None => format!("        {entry}\n"),
            };
        }
        for header in &self.unread {
            if !header.trim().is_empty() && self.table.is_some() {
                let hint = self.hints.iter().find(|(own, _)| own == header);
                let hint = hint.map_or_else(String::new, |(_, hint)| format!("; {hint}"));
                lines += &format!(
                    "        // …: \"{}\",  // not recognised{hint}\n",
                    quoted(header)
                );
            }
        }
        lines
    }

    fn codes(&self) -> String {
        let coded = self
            .lines
            .iter()
            .filter(|line| line.doubt.is_none() && !line.codes.is_empty());
        let lines: String = coded
            .map(|line| {
                let codes: Vec<String> = line
                    .codes
                    .iter()
                    .map(|(text, national)| format!("\"{}\": \"{national}\"", quoted(text)))
                    .collect();
                format!(
                    "        {}: #{{ {} }},\n",
                    key(&line.column),
                    codes.join(", ")
                )
            })
            .collect();
        match lines.is_empty() {
            true => String::new(),
            false => format!("    codes:   #{{\n{lines}    }},\n"),
        }
    }

    /// What was made of the file, in a line.
    pub(in crate::host) fn told(&self) -> String {
        let sure = self
            .lines
            .iter()
            .filter(|line| line.doubt.is_none())
            .count();
        let unsure = self.lines.len() - sure;
        match (&self.table, &self.doubt) {
            (Some(table), None) => {
                let doubts = match unsure {
                    0 => String::new(),
                    some => format!(", {some} not sure"),
                };
                let unread = match self.unread.len() {
                    0 => String::new(),
                    some => format!(", {some} not recognised"),
                };
                format!(
                    "{}: the table `{table}`; {sure} columns recognised{doubts}{unread}",
                    self.file
                )
            }
            (_, doubt) => {
                let why = doubt.as_deref().unwrap_or("not recognised");
                format!("{}: left out for now: {why}", self.file)
            }
        }
    }
}

/// A header that needs no line: the file calls the column as the nation does.
fn same(column: &str, header: &str) -> bool {
    header.trim().eq_ignore_ascii_case(column)
}

fn key(column: &str) -> String {
    match column.contains('-') {
        true => format!("\"{column}\""),
        false => column.to_owned(),
    }
}

/// Text as it stands between double quotes.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    text.replace('\n', "\\n")
        .replace('\r', "\\r")
        .replace('\t', "\\t")
}
