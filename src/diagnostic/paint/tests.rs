//! Pictures: faults in, what a person sees out, long lines and many faults among them.

use super::super::{Code, Diagnostic, Diagnostics};
use crate::report::diagnostics::{json, sarif};
use crate::source::{Place, Source, Span};

fn place(source: &Source, words: &str) -> Place {
    let at = source.text().find(words).expect("the words are there");
    source.place(Span::new(at, at + words.len()))
}

fn fault(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(Code::TemplateUnknownName, place, message)
}

fn picture(fault: Diagnostic) -> String {
    Diagnostics::from(fault).paint(false)
}

/// The quoted line and the carets below it, without the margin.
fn quoted(picture: &str) -> (&str, &str) {
    let mut lines = picture.lines().skip_while(|line| !line.starts_with("1 │"));
    let mut next = || lines.next().and_then(|line| line.split_once("│ "));
    let (line, below) = (next().expect("a line"), next().expect("carets"));
    (line.1, below.1)
}

/// A template of one line in which nothing is known, and a fault for each name in it.
fn one_line_of(faults: usize, code: Code) -> Diagnostics {
    let name = |nth: usize| format!("{{{{ cuoncil{nth:04} }}}}");
    let text: String = (0..faults).map(name).collect();
    let source = Source::new("pages/ours.html.j2", &text);
    (0..faults)
        .map(|nth| {
            let at = nth * name(0).len() + 3;
            let place = source.place(Span::new(at, at + 11));
            Diagnostic::new(code, place, format!("there is no name of number {nth}"))
        })
        .collect()
}

#[test]
fn two_thousand_faults_on_one_line_are_told_in_few_bytes() {
    let faults = one_line_of(2_000, Code::TemplateUnknownName);
    let picture = faults.paint(false);
    assert!(picture.len() < 100_000, "{} bytes", picture.len());
    assert!(picture.ends_with("\n\nand 1900 more faults in this file\n\n"));
    assert_eq!(picture.matches("error[").count(), 100);
}

#[test]
fn programs_are_told_every_fault_of_a_long_line_and_never_the_line() {
    let faults = one_line_of(500, Code::TemplateUnknownName);
    for form in [json(&faults), sarif(&faults)] {
        assert_eq!(form.matches("there is no name of number").count(), 500);
        assert!(form.len() < 500 * 800, "{} bytes", form.len());
        assert!(!form.contains("cuoncil"), "the line itself is told");
    }
}

#[test]
fn an_error_is_not_hidden_behind_warnings() {
    let mut faults = one_line_of(150, Code::FaintColour);
    let at = faults.iter().last().map(|last| last.place.clone());
    faults.push(fault(at.expect("there are faults"), "the one error"));
    let picture = faults.sorted().paint(false);
    assert!(picture.contains("the one error"), "{picture}");
    assert!(picture.contains("\nand 51 more faults in this file\n"));
}

#[test]
fn of_several_files_each_is_told_its_own_number() {
    let other = Source::new("zzz.rhai", "x");
    let mut faults = one_line_of(101, Code::TemplateUnknownName);
    faults.push(fault(other.whole(), "another file"));
    let picture = faults.paint(false);
    assert!(picture.contains("\nand 1 more fault in this file\n\nerror["));
    assert!(picture.contains("another file"));
}

#[test]
fn a_line_of_five_hundred_characters_is_shown_whole() {
    let text = format!("{}wrong{}", "é".repeat(100), "b".repeat(395));
    let source = Source::new("a", &text);
    let picture = picture(fault(place(&source, "wrong"), "m"));
    let (line, below) = quoted(&picture);
    assert_eq!(line, text);
    assert_eq!(below, format!("{}^^^^^", " ".repeat(100)));
}

#[test]
fn a_longer_line_is_shown_around_what_is_underlined_and_its_column_stays() {
    let text = format!("{}wrong{}\nnext", "é".repeat(1_000), "b".repeat(1_000));
    let source = Source::new("a", &text);
    let picture = picture(fault(place(&source, "wrong"), "m").label("this"));
    assert!(picture.contains("┌─ a:1:1001\n"), "{picture}");
    let (line, below) = quoted(&picture);
    assert_eq!(
        line,
        format!("…{}wrong{}…", "é".repeat(60), "b".repeat(135))
    );
    assert_eq!(below, format!("{}^^^^^ this", " ".repeat(61)));
}

#[test]
fn wide_signs_and_tabs_before_the_underline_keep_the_carets_in_place() {
    let wide = format!("{}wrong{}", "界".repeat(500), "b".repeat(500));
    let source = Source::new("a", &wide);
    let shown = picture(fault(place(&source, "wrong"), "m"));
    assert_eq!(quoted(&shown).1, format!("{}^^^^^", " ".repeat(1 + 2 * 60)));
    let tabs = format!("{}\twrong{}", "a".repeat(502), "b".repeat(500));
    let source = Source::new("a", &tabs);
    let shown = picture(fault(place(&source, "wrong"), "m"));
    let (line, below) = quoted(&shown);
    assert_eq!(
        line.find("wrong"),
        below.find('^').map(|at| at + '…'.len_utf8() - 1)
    );
}

#[test]
fn a_range_longer_than_what_is_shown_is_cut_at_its_end() {
    let name = "x".repeat(200_000);
    let source = Source::new("a", &format!("{{{{ {name} }}}}"));
    let place = place(&source, &name);
    let picture = picture(fault(place, &format!("there is no name `{name}`")).help(&name));
    let (line, below) = quoted(&picture);
    assert_eq!(line, format!("{{{{ {}…", "x".repeat(140)));
    assert_eq!(below, format!("   {}", "^".repeat(141)));
    assert!(picture.len() < 10_000, "{} bytes", picture.len());
}

#[test]
fn two_places_far_apart_on_one_line_are_both_shown() {
    let text = format!("first{}second{}", "a".repeat(5_000), "b".repeat(5_000));
    let source = Source::new("a", &text);
    let fault = fault(place(&source, "second"), "m").related(place(&source, "first"), "before");
    let picture = picture(fault);
    let (line, _) = quoted(&picture);
    let shown = ("a".repeat(135), "a".repeat(60), "b".repeat(134));
    assert_eq!(
        line,
        format!("first{}…{}second{}…", shown.0, shown.1, shown.2)
    );
    assert!(picture.contains("a:1:5006"), "{picture}");
}

#[test]
fn a_range_over_several_long_lines_shows_its_beginning_and_its_end() {
    let (before, after) = ("a".repeat(1_000), "b".repeat(1_000));
    let lines = format!("{before}open\n{}{after}shut{after}", "short\n".repeat(50));
    let source = Source::new("a", &lines);
    let (open, shut) = (place(&source, "open"), place(&source, "shut"));
    let picture = picture(fault(source.place(open.span.to(shut.span)), "m").label("here"));
    assert!(picture.contains("a:1:1001"), "{picture}");
    assert!(picture.contains(&format!("…{}open\n", "a".repeat(60))));
    assert!(picture.contains(&format!("…{}shut{}…\n", "b".repeat(56), "b".repeat(140))));
    assert!(
        picture.contains("\n52 │ ") && picture.contains("^ here"),
        "{picture}"
    );
}

#[test]
fn a_place_at_the_very_end_of_a_long_line_is_shown() {
    let text = format!("{}\n", "a".repeat(1_000));
    let source = Source::new("a", &text);
    for at in [999, 1_000] {
        let shown = picture(fault(source.place(Span::new(at, at)), "m"));
        assert!(shown.contains(&format!("a:1:{}\n", at + 1)), "{shown}");
        assert_eq!(quoted(&shown).1, format!("{}^", " ".repeat(61)));
    }
    let shown = picture(fault(source.place(Span::new(1_001, 1_001)), "m"));
    assert!(shown.contains("a:2:1\n"), "{shown}");
}
