//! A sound script in; its words out, with what each is in its card.

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Number,
    Text,
    Sign,
}

/// One word.
#[derive(Debug, Clone)]
pub struct Word {
    pub kind: Kind,
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// Counted from 1.
    pub line: usize,
    /// Open brackets before it.
    pub depth: usize,
    /// The verb of its card; empty outside cards.
    pub verb: String,
    /// The key of the card under which it stands.
    pub under: String,
    /// Whether it is a key.
    pub is_key: bool,
}

/// A script and its words.
pub struct Script {
    pub text: String,
    pub words: Vec<Word>,
    /// Whether its data files are there.
    pub has_data: bool,
}

impl Script {
    /// The words of a sound script, notes left out.
    pub fn read(text: &str, has_data: bool) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let first = rest.chars().next().unwrap();
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            if rest.starts_with("//") {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            let (kind, length) = if first == '"' {
                (Kind::Text, 2 + rest[1..].find('"').unwrap())
            } else if first.is_ascii_digit() {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
                (Kind::Number, end.unwrap())
            } else if first.is_alphabetic() || first == '_' {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                (Kind::Word, end.unwrap())
            } else {
                let pairs = ["#{", "==", ">=", "<=", "!=", "::"];
                let two = pairs.iter().any(|pair| rest.starts_with(pair));
                (Kind::Sign, if two { 2 } else { first.len_utf8() })
            };
            words.push(Word {
                kind,
                text: rest[..length].to_owned(),
                start: at,
                end: at + length,
                line: text[..at].matches('\n').count() + 1,
                depth: 0,
                verb: String::new(),
                under: String::new(),
                is_key: false,
            });
            at += length;
        }
        place(&mut words);
        Self {
            text: text.to_owned(),
            words,
            has_data,
        }
    }

    /// The text with a range replaced.
    pub fn with(&self, start: usize, end: usize, typed: &str) -> String {
        format!("{}{typed}{}", &self.text[..start], &self.text[end..])
    }

    /// What stands on the line of a word, without the spaces around it.
    pub fn line_of(&self, word: &Word) -> &str {
        self.text.lines().nth(word.line - 1).unwrap().trim()
    }

    /// Whether a word is the last of its line, notes left out.
    pub fn ends_line(&self, at: usize) -> bool {
        self.words
            .get(at + 1)
            .is_none_or(|next| next.line > self.words[at].line)
    }

    /// The word after.
    pub fn next(&self, at: usize) -> &str {
        self.words.get(at + 1).map_or("", |word| word.text.as_str())
    }

    /// The word before.
    pub fn before(&self, at: usize) -> &str {
        match at.checked_sub(1) {
            Some(before) => self.words[before].text.as_str(),
            None => "",
        }
    }
}

fn place(words: &mut [Word]) {
    let mut open: Vec<String> = Vec::new();
    let (mut verb, mut under) = (String::new(), String::new());
    for at in 0..words.len() {
        let word = words[at].clone();
        let next = words.get(at + 1).map_or("", |next| next.text.as_str());
        if open.is_empty() {
            under = String::new();
            verb = match next {
                "(" => word.text.clone(),
                _ => verb,
            };
        }
        if matches!(word.text.as_str(), ")" | "]" | "}") {
            open.pop();
        }
        let in_map = open.last().is_some_and(|bracket| bracket == "#{");
        let is_key = in_map && next == ":";
        if is_key && open.len() == 2 {
            under = word.text.clone();
        }
        words[at].depth = open.len();
        words[at].verb = verb.clone();
        words[at].under = under.clone();
        words[at].is_key = is_key;
        if matches!(word.text.as_str(), "(" | "[" | "{" | "#{") {
            open.push(word.text.clone());
        }
        if open.is_empty() && word.text == ";" {
            verb.clear();
        }
    }
}
