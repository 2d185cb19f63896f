//! The kinds of slips, each as all of its places in a script.

use super::words::{Kind, Script, Word};

/// A script with one slip in it.
pub struct Mutant {
    pub text: String,
    /// The lines on which it is rightly told: that of the slip.
    pub lines: Vec<usize>,
}

type Chance<'c> = &'c mut dyn FnMut(usize) -> usize;
type Make = fn(&Script, Chance<'_>) -> Vec<Mutant>;

/// Each kind of slip and how it is made.
pub const KINDS: &[(&str, Make)] = &[
    ("a comma dropped", comma_dropped),
    ("a comma dropped in a list", comma_dropped_in_a_list),
    ("a comma doubled", comma_doubled),
    ("`;` dropped", semicolon_dropped),
    ("`;` for a comma", semicolon_for_comma),
    ("`});` dropped", card_not_closed),
    ("a closing bracket dropped", closer_dropped),
    ("an opening bracket dropped", opener_dropped),
    ("a bracket of another kind", wrong_bracket),
    ("`#` dropped", hash_dropped),
    ("a colon dropped", colon_dropped),
    ("`=` for a colon", equals_for_colon),
    ("a key misspelt", key_misspelt),
    ("a key with a hyphen", key_with_hyphen),
    ("a verb misspelt", verb_misspelt),
    ("a function misspelt", function_misspelt),
    ("a constant misspelt", constant_misspelt),
    ("an id misspelt", id_misspelt),
    ("an id of another card", id_swapped),
    ("a column misspelt", column_misspelt),
    ("a table misspelt", table_misspelt),
    ("a word of a list misspelt", word_misspelt),
    ("a header misspelt", header_misspelt),
    ("a number in quotes", number_quoted),
    ("`true` in quotes or large", truth_misspelt),
    ("a list without brackets", list_bare),
    ("a date as people write it", date_as_people_do),
    ("a date without quotes", date_unquoted),
    ("text without quotes", text_unquoted),
    ("a closing quote dropped", closing_quote_dropped),
    ("an opening quote dropped", opening_quote_dropped),
    ("curly quotes", curly_quotes),
    ("single quotes", single_quotes),
    ("a unit beside a number", unit_beside),
    ("a card twice", card_twice),
    ("three slashes", three_slashes),
    ("`=>` for bars", arrow_for_bars),
    ("the bars of a formula dropped", bars_dropped),
    ("`=` for `==`", equals_for_compare),
    ("`AND`, `OR`", large_operator),
];

fn mutant(script: &Script, word: &Word, typed: &str) -> Mutant {
    Mutant {
        text: script.with(word.start, word.end, typed),
        lines: vec![word.line],
    }
}

/// One mutant for each word that a kind finds a slip for.
fn each(script: &Script, mut slip: impl FnMut(usize, &Word) -> Option<String>) -> Vec<Mutant> {
    script
        .words
        .iter()
        .enumerate()
        .filter_map(|(at, word)| slip(at, word).map(|typed| mutant(script, word, &typed)))
        .collect()
}

/// Two letters swapped, one left out, or one doubled; never the first.
fn misspelt(word: &str, chance: Chance<'_>) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return None;
    }
    let mut changed = letters.clone();
    let at = 1 + chance(letters.len() - 2);
    match chance(3) {
        0 => changed.swap(at, at + 1),
        1 => drop(changed.remove(at)),
        _ => changed.insert(at, letters[at]),
    }
    (changed != letters).then(|| changed.into_iter().collect())
}

fn misspelt_text(word: &Word, chance: Chance<'_>) -> Option<String> {
    let inner = word.text.trim_matches('"');
    misspelt(inner, chance).map(|slip| format!("\"{slip}\""))
}

fn comma_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let last = |at: usize| matches!(script.next(at), "}" | "]" | ")");
    each(script, |at, word| {
        (word.text == "," && script.ends_line(at) && !last(at)).then(String::new)
    })
}

fn comma_dropped_in_a_list(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let between = script
            .words
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::Text);
        (word.text == "," && !script.ends_line(at) && between).then(String::new)
    })
}

fn comma_doubled(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.text == ",").then(|| ",,".to_owned())
    })
}

fn semicolon_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        (word.text == ";" && word.depth == 0 && !script.next(at).is_empty()).then(String::new)
    })
}

fn semicolon_for_comma(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        (word.text == "," && script.ends_line(at)).then(|| ";".to_owned())
    })
}

/// The whole line `});`: the line before it is the one after which it is missing.
fn card_not_closed(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    (0..words.len().saturating_sub(3))
        .filter(|at| script.line_of(&words[*at]) == "});" && words[*at].text == "}")
        .map(|at| Mutant {
            text: script.with(words[at].start, words[at + 2].end, ""),
            lines: vec![words[at - 1].line],
        })
        .collect()
}

/// The line on which something is missing: that before, if nothing is left of its own.
fn dropped(script: &Script, at: usize) -> Mutant {
    let word = &script.words[at];
    let mut mutant = mutant(script, word, "");
    let left = mutant.text.lines().nth(word.line - 1).unwrap_or("").trim();
    if matches!(left, "" | "," | ");" | ")") {
        let line = script.words[at - 1].line;
        mutant.lines.insert(0, line);
    }
    mutant
}

fn closer_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    (0..script.words.len())
        .filter(|at| matches!(script.words[*at].text.as_str(), ")" | "]" | "}"))
        .map(|at| dropped(script, at))
        .collect()
}

fn opener_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        matches!(word.text.as_str(), "(" | "[" | "#{" | "{").then(String::new)
    })
}

fn wrong_bracket(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let others = match word.text.as_str() {
            ")" => ["]", "}"],
            "]" => [")", "}"],
            "}" => [")", "]"],
            "[" => ["(", "{"],
            _ => return None,
        };
        Some(others[chance(2)].to_owned())
    })
}

fn hash_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.text == "#{").then(|| "{".to_owned())
    })
}

fn colon_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    (1..script.words.len())
        .filter(|at| script.words[*at].text == ":" && script.words[at - 1].is_key)
        .map(|at| mutant(script, &script.words[at], ""))
        .collect()
}

fn equals_for_colon(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    (1..script.words.len())
        .filter(|at| script.words[*at].text == ":" && script.words[at - 1].is_key)
        .map(|at| mutant(script, &script.words[at], " ="))
        .collect()
}

/// Keys of cards themselves; names of columns and groups are other kinds.
fn key_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let own = word.is_key && word.depth == 2 && word.kind == Kind::Word;
        own.then(|| misspelt(&word.text, chance)).flatten()
    })
}

fn key_with_hyphen(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.is_key && word.kind == Kind::Word && word.text.contains('_'))
            .then(|| word.text.replace('_', "-"))
    })
}

fn verb_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let is_verb = word.depth == 0
            && word.kind == Kind::Word
            && script.next(at) == "("
            && script.before(at) != "fn";
        is_verb.then(|| misspelt(&word.text, chance)).flatten()
    })
}

fn function_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let is_call = word.depth > 0
            && word.kind == Kind::Word
            && script.next(at) == "("
            && script.before(at) != "fn";
        is_call.then(|| misspelt(&word.text, chance)).flatten()
    })
}

fn constant_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let is_constant = word.depth > 0
            && word.kind == Kind::Word
            && word.text.len() > 2
            && word
                .text
                .chars()
                .all(|c| c.is_ascii_uppercase() || c == '_');
        (is_constant && !word.is_key)
            .then(|| misspelt(&word.text, chance))
            .flatten()
    })
}

/// Ids that name what stands elsewhere: the nation's items, and what a line refers to.
fn id_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    let has_ask = |at: usize| {
        let card = script.words[at..]
            .iter()
            .take_while(|word| word.text != ";");
        card.into_iter()
            .any(|word| word.is_key && word.text == "ask")
    };
    each(script, |at, word| {
        let first = word.depth == 1 && script.before(at) == "(" && word.kind == Kind::Text;
        let of_elsewhere = match word.verb.as_str() {
            "answer" | "omit" | "standard" => true,
            "measure" | "question" => !has_ask(at),
            _ => false,
        };
        let refers = word.kind == Kind::Text
            && script.before(at) == ":"
            && matches!(word.under.as_str(), "standard" | "item")
            || word.verb == "action" && word.under == "measure" && word.kind == Kind::Text;
        (first && of_elsewhere || refers)
            .then(|| misspelt_text(word, chance))
            .flatten()
    })
}

/// The id of a card of another kind: told at any of the cards that speak of it now.
fn id_swapped(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    let ids: Vec<&Word> = (1..words.len())
        .filter(|at| words[*at].depth == 1 && words[*at].kind == Kind::Text)
        .filter(|at| script.before(*at) == "(")
        .map(|at| &words[at])
        .collect();
    let mutable = ["answer", "omit", "measure", "question", "standard"];
    ids.iter()
        .filter(|word| mutable.contains(&word.verb.as_str()))
        .filter_map(|word| {
            let others: Vec<&&Word> = ids
                .iter()
                .filter(|other| other.verb != word.verb && other.text != word.text)
                .filter(|other| ["measure", "question", "answer"].contains(&other.verb.as_str()))
                .collect();
            let other = others.get(chance(others.len().max(1)))?;
            let mut taken = mutant(script, word, &other.text);
            let twins = ids.iter().filter(|twin| twin.text == other.text);
            taken.lines.extend(twins.map(|twin| twin.line));
            Some(taken)
        })
        .collect()
}

/// Columns as formulas and breakdowns read them.
fn column_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let field = word.kind == Kind::Word
            && script.before(at) == "."
            && script.next(at) != "("
            && !matches!(word.text.as_str(), "value" | "score");
        let by = word.kind == Kind::Text && word.under == "by";
        let in_call = word.kind == Kind::Text
            && word.under == "value"
            && script.before(at) == "("
            && at > 1
            && matches!(
                script.words[at - 2].text.as_str(),
                "sum" | "mean" | "median" | "max" | "min" | "answered" | "share_answering"
            );
        if field {
            misspelt(&word.text, chance)
        } else if by || in_call {
            misspelt_text(word, chance)
        } else {
            None
        }
    })
}

fn table_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let of_formula = word.under == "value"
            && word.kind == Kind::Word
            && matches!(script.before(at), "|" | ",")
            && matches!(word.text.as_str(), "workers" | "workforce" | "survey");
        let in_list = word.under == "tables" && word.kind == Kind::Text;
        let of_card = word.verb == "table" && word.depth == 1 && word.kind == Kind::Text;
        if of_formula {
            misspelt(&word.text, chance)
        } else if in_list || of_card {
            misspelt_text(word, chance)
        } else {
            None
        }
    })
}

fn word_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let of_a_list = matches!(
            word.under.as_str(),
            "says" | "services" | "service" | "status" | "helpful" | "hardest"
        );
        (of_a_list && word.kind == Kind::Text)
            .then(|| misspelt_text(word, chance))
            .flatten()
    })
}

/// Headers of the file, and the file's own name.
fn header_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let is_header = word.verb == "table"
            && matches!(word.under.as_str(), "columns" | "file")
            && word.kind == Kind::Text
            && script.before(at) == ":"
            && script.has_data;
        (is_header && word.text.len() > 5)
            .then(|| misspelt_text(word, chance))
            .flatten()
    })
}

fn number_quoted(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let whole = word.kind == Kind::Number
            && word.depth == 2
            && script.before(at) == ":"
            && script.next(at) != "."
            && word.verb != "table";
        whole.then(|| format!("\"{}\"", word.text))
    })
}

fn truth_misspelt(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| match word.text.as_str() {
        "true" => Some(["True", "\"true\"", "yes", "\"yes\"", "TRUE"][chance(5)].to_owned()),
        "false" => Some(["False", "\"false\"", "no", "\"no\"", "FALSE"][chance(5)].to_owned()),
        _ => None,
    })
}

/// `services: "children"`.
fn list_bare(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    (0..words.len().saturating_sub(2))
        .filter(|at| words[*at].text == "[" && words[at + 2].text == "]" && words[*at].depth == 2)
        .map(|at| Mutant {
            text: script.with(words[at].start, words[at + 2].end, &words[at + 1].text),
            lines: vec![words[at].line],
        })
        .collect()
}

fn date(word: &Word) -> Option<[&str; 3]> {
    let text = word.text.trim_matches('"');
    let parts: Vec<&str> = text.split('-').collect();
    let numbers = parts.iter().all(|part| part.parse::<u16>().is_ok());
    match parts[..] {
        [year, month, day] if numbers && word.kind == Kind::Text => Some([year, month, day]),
        _ => None,
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn date_as_people_do(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let [year, month, day] = date(word)?;
        let name = MONTHS[month.parse::<usize>().ok()? - 1];
        let short = day.trim_start_matches('0');
        let forms = [
            format!("\"{day}/{month}/{year}\""),
            format!("\"{day}.{month}.{year}\""),
            format!("\"{year}/{month}/{day}\""),
            format!("\"{short} {name} {year}\""),
            format!("\"{name} {short}, {year}\""),
            format!(
                "\"{short}/{}/{}\"",
                month.trim_start_matches('0'),
                &year[2..]
            ),
        ];
        Some(forms[chance(forms.len())].clone())
    })
}

fn date_unquoted(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        let [year, month, day] = date(word)?;
        let name = MONTHS[month.parse::<usize>().ok()? - 1];
        let forms = [
            format!("{year}-{month}-{day}"),
            format!("{day}/{month}/{year}"),
            format!("{day}.{month}.{year}"),
            format!("{} {name} {year}", day.trim_start_matches('0')),
            format!("{year}/{month}/{day}"),
        ];
        Some(forms[chance(forms.len())].clone())
    })
}

fn text_unquoted(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Text && date(word).is_none() && word.text.len() > 2)
            .then(|| word.text.trim_matches('"').to_owned())
    })
}

fn closing_quote_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Text).then(|| word.text[..word.text.len() - 1].to_owned())
    })
}

fn opening_quote_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Text).then(|| word.text[1..].to_owned())
    })
}

fn curly_quotes(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Text).then(|| format!("“{}”", word.text.trim_matches('"')))
    })
}

fn single_quotes(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Text).then(|| format!("'{}'", word.text.trim_matches('"')))
    })
}

fn unit_beside(script: &Script, chance: Chance<'_>) -> Vec<Mutant> {
    each(script, |at, word| {
        let alone = word.kind == Kind::Number
            && (script.before(at) == ":" || script.before(at) == "(")
            && script.before(at.saturating_sub(1)) != "only";
        let forms = [
            format!("{}%", word.text),
            format!("£{}", word.text),
            format!("{} days", word.text),
        ];
        alone.then(|| forms[chance(3)].clone())
    })
}

/// The whole card once more, after the last: told at its second place.
fn card_twice(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    let begins = (0..words.len()).filter(|at| {
        let alone = !matches!(words[*at].verb.as_str(), "consulted" | "fn" | "");
        let is_verb = words[*at].kind == Kind::Word && script.next(*at) == "(";
        words[*at].depth == 0 && is_verb && alone && script.before(*at) != "fn"
    });
    begins
        .filter_map(|at| {
            let end = words[at..]
                .iter()
                .find(|word| word.depth == 0 && word.text == ";")?;
            let card = &script.text[words[at].start..end.end];
            let line = script.text.trim_end().lines().count() + 2;
            Some(Mutant {
                text: format!("{}\n\n{card}\n", script.text.trim_end()),
                lines: vec![line],
            })
        })
        .collect()
}

fn three_slashes(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    // Above a function they are where they belong.
    let of_function = |at: usize| {
        let mut below = script.text[at + 1..].lines();
        below
            .find(|line| !line.starts_with("//"))
            .is_some_and(|line| line.starts_with("fn "))
    };
    script
        .text
        .match_indices("\n// ")
        .filter(|(at, _)| !of_function(*at))
        .map(|(at, _)| Mutant {
            text: script.with(at + 1, at + 3, "///"),
            lines: vec![script.text[..=at].matches('\n').count() + 1],
        })
        .collect()
}

/// `w => w.cases` for `|w| w.cases`.
fn arrow_for_bars(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    (0..words.len().saturating_sub(2))
        .filter(|at| words[*at].text == "|" && words[at + 2].text == "|")
        .map(|at| Mutant {
            text: script.with(
                words[at].start,
                words[at + 2].end,
                &format!("{} =>", words[at + 1].text),
            ),
            lines: vec![words[at].line],
        })
        .collect()
}

/// `value: workers.count()` for `value: |workers| workers.count()`.
fn bars_dropped(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    let words = &script.words;
    (0..words.len().saturating_sub(3))
        .filter(|at| words[*at].text == "|" && words[at + 2].text == "|")
        .filter(|at| words[at + 1].text == words[at + 3].text)
        .map(|at| Mutant {
            text: script.with(words[at].start, words[at + 3].start, ""),
            lines: vec![words[at].line],
        })
        .collect()
}

fn equals_for_compare(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.text == "==").then(|| "=".to_owned())
    })
}

fn large_operator(script: &Script, _: Chance<'_>) -> Vec<Mutant> {
    each(script, |_, word| {
        (word.kind == Kind::Word && matches!(word.text.as_str(), "and" | "or"))
            .then(|| word.text.to_uppercase())
    })
}
