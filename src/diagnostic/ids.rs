//! Words in, the id that stands for them out: what is suggested where an id, or a folder's
//! name, is not of the right form.

/// The letters and digits of some words, in small and without accents, joined: `Équipe 2` is
/// `equipe-2`.
pub fn id_of(words: &str, joiner: char) -> String {
    let is_mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let mut id = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            "" if letter.is_ascii_alphanumeric() => id.push(letter),
            // An accent of its own behind its letter.
            "" if is_mark(&letter) => {}
            "" if id.is_empty() || id.ends_with(joiner) => {}
            "" => id.push(joiner),
            plain => id.push_str(plain),
        }
    }
    id.trim_end_matches(joiner).to_owned()
}

/// A small letter of Europe without its accent; nothing of any other sign.
fn plain(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ġ' | 'ģ' => "g",
        'ħ' => "h",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_letters_in_an_id() {
        for (words, id) in [
            ("équipe", "equipe"),
            ("e\u{301}quipe", "equipe"),
            ("Équipe 2", "equipe-2"),
            (" Peer  support? ", "peer-support"),
            ("Ynys Môn", "ynys-mon"),
            ("Straße", "strasse"),
            ("--", ""),
            ("日本", ""),
        ] {
            assert_eq!(id_of(words, '-'), id, "{words}");
        }
        assert_eq!(id_of("staff list", '_'), "staff_list");
    }
}
