//! A text in; what may stand between its cells, out.

/// Whether the first line of a text that has anything in it ends within the text, outside quotes.
pub(in crate::data::read) fn first_line_ends(text: &str) -> bool {
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// The delimiters that a file may have, by how often the first line has them outside quotes.
pub(super) fn by_frequency(text: &str) -> Vec<u8> {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(known, _)| *known == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first: a comma.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.map(|(delimiter, _)| delimiter).to_vec()
}
