//! The picture of faults as a terminal shows it, for a page: text with a terminal's colours
//! in, pieces of text each with its looks out. The page puts each piece down as text, never
//! as markup.

/// A piece of text, and its looks as names of classes: `red bold`.
pub(super) type Piece = (String, String);

const COLOURS: [&str; 8] = ["", "red", "green", "yellow", "blue", "magenta", "cyan", ""];

/// The pieces of a picture.
pub(super) fn pieces(painted: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut colour, mut bold) = ("", false);
    for (at, part) in painted.split("\u{1b}[").enumerate() {
        let text = if at == 0 {
            part
        } else {
            let Some((codes, text)) = part.split_once('m') else {
                continue;
            };
            let codes: Vec<usize> = codes
                .split(';')
                .filter_map(|code| code.parse().ok())
                .collect();
            match codes[..] {
                [] | [0] => (colour, bold) = ("", false),
                [1] => bold = true,
                [code @ (30..=37 | 90..=97)] => colour = COLOURS[code % 10],
                [38, 5, code] => colour = COLOURS[code % 8],
                _ => {}
            }
            text
        };
        if text.is_empty() {
            continue;
        }
        let looks = [colour, if bold { "bold" } else { "" }].join(" ");
        let looks = looks.trim().to_owned();
        match pieces.last_mut() {
            Some(last) if last.1 == looks => last.0.push_str(text),
            _ => pieces.push((text.to_owned(), looks)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Diagnostics};
    use crate::source::{Source, Span};

    #[test]
    fn a_picture_has_all_the_text_of_the_terminals_and_its_colours() {
        let source = Source::new("check.rhai", "mesure(\"<b>\", #{});\n");
        let fault = Diagnostic::new(Code::Syntax, source.place(Span::new(0, 6)), "not <known>")
            .label("here")
            .help("write measure");
        let faults = Diagnostics::from(fault);
        let pieces = pieces(&faults.paint(true));
        let text: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(text, faults.paint(false));
        let of = |wanted: &str| {
            pieces
                .iter()
                .find(|(text, _)| text.contains(wanted))
                .unwrap()
        };
        assert_eq!(of("^^^^^^").1, "red");
        assert_eq!(of("error[").1, "red bold");
    }

    #[test]
    fn what_is_no_colour_of_ours_is_left_out() {
        let found = pieces("a\u{1b}[2Jb\u{1b}[31mc\u{1b}[0md");
        assert_eq!(
            found,
            [
                ("a".into(), "".into()),
                ("c".into(), "red".into()),
                ("d".into(), "".into())
            ]
        );
    }
}
