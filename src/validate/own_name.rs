//! Names for what is the council's own: a header in, a name made of its words out, as an id
//! or as a name of a column.

use crate::diagnostic::id_of;

/// Words of a header that a name does without.
const LITTLE: [&str; 18] = [
    "the", "a", "an", "of", "in", "is", "are", "do", "you", "i", "my", "to", "at", "about", "have",
    "been", "would", "with",
];

/// So many words make a name.
const MOST_WORDS: usize = 5;

/// A name made of a header: a few of its words as an id has them, joined by `joint`, `-` for an id
/// and `_` for a column.
pub(crate) fn own_name(header: &str, joint: char) -> String {
    let said = id_of(header, ' ');
    let words: Vec<&str> = said
        .split(' ')
        .filter(|word| !word.is_empty() && !LITTLE.contains(word))
        .take(MOST_WORDS)
        .collect();
    let joint = joint.to_string();
    let name = words.join(&joint);
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    // One word alone may be a word of the language.
    if begins && words.len() > 1 {
        return name;
    }
    let own = ["own", name.as_str()].join(&joint);
    own.trim_end_matches(['-', '_']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn a_header_gives_a_short_name_that_a_script_can_read() {
        for (header, id) in [
            (
                "I know who to ask about court deadlines",
                "know-who-ask-court-deadlines",
            ),
            (
                "Have you been assaulted in the last year?",
                "assaulted-last-year",
            ),
            ("Until", "own-until"),
            ("3. Début", "own-3-debut"),
            ("Équipe d'accueil", "equipe-d-accueil"),
            ("Équipe", "own-equipe"),
            ("日本 team lead", "team-lead"),
            ("?", "own"),
        ] {
            assert_eq!(own_name(header, '-'), id);
            assert_eq!(own_name(header, '_'), id.replace('-', "_"));
        }
    }
}
