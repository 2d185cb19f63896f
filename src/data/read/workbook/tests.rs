//! What a workbook unfolds to is counted, however little its file holds.

use super::*;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An XLSX of sheets with these rows, each a part of its own, and shared texts.
fn xlsx(sheets: &[&str], shared: &str) -> Vec<u8> {
    let parts: Vec<String> = sheets.iter().map(|rows| sheet(rows)).collect();
    let targets: Vec<String> = (0..sheets.len())
        .map(|nth| format!("worksheets/sheet{nth}.xml"))
        .collect();
    let mut all = book(&targets);
    all.push(("xl/sharedStrings.xml".to_owned(), shared.to_owned()));
    all.extend((0..).zip(parts).map(|(nth, part)| {
        let name = format!("xl/worksheets/sheet{nth}.xml");
        (name, part)
    }));
    packed_texts(&all)
}

/// The parts of an XLSX that say where its sheets are.
fn book(targets: &[String]) -> Vec<(String, String)> {
    let mut sheets = String::new();
    let mut leads = String::new();
    for (nth, target) in targets.iter().enumerate() {
        sheets += &format!(r#"<sheet name="S{nth}" sheetId="{nth}" r:id="r{nth}"/>"#);
        leads += &format!(
            r#"<Relationship Id="r{nth}" Type="{RELATIONSHIPS}/worksheet" Target="{target}"/>"#
        );
    }
    [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships><Relationship Id="r" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook><sheets>{sheets}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships>{leads}</Relationships>"),
        ),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

fn shared(texts: &[&str]) -> String {
    let texts: String = texts
        .iter()
        .map(|text| format!(r#"<si><t xml:space="preserve">{text}</t></si>"#))
        .collect();
    format!("<sst>{texts}</sst>")
}

fn packed_texts(parts: &[(String, String)]) -> Vec<u8> {
    let parts: Vec<(String, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.clone(), text.as_bytes()))
        .collect();
    packed(&parts)
}

/// So many rows of one cell that shows the first shared text.
fn references(rows: usize) -> String {
    (1..=rows)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect()
}

/// The rows of all its sheets.
fn all(form: Form, bytes: &[u8]) -> Result<usize, NotRead> {
    let mut book = Workbook::open(form, bytes)?;
    let mut rows = 0;
    for name in book.names.clone() {
        rows += book.rows(&name)?.len();
    }
    Ok(rows)
}

const TOO_MUCH_TEXT: NotRead = NotRead::TooLarge(Beyond::Text(MOST_TEXT));

#[test]
fn a_text_that_is_kept_once_counts_in_each_cell_that_shows_it() {
    let long = "x".repeat(MOST_TEXT / 256);
    let shared = shared(&[&long]);
    let read = |rows: &[usize]| {
        let sheets: Vec<String> = rows.iter().map(|rows| references(*rows)).collect();
        let sheets: Vec<&str> = sheets.iter().map(String::as_str).collect();
        all(Form::Xlsx, &xlsx(&sheets, &shared))
    };
    assert_eq!(read(&[256]), Ok(256));
    assert_eq!(read(&[257]), Err(TOO_MUCH_TEXT));
    assert_eq!(read(&[256, 1]), Err(TOO_MUCH_TEXT), "in all sheets");
}

#[test]
fn a_text_of_spaces_and_one_of_several_runs_count_as_well() {
    let long = " ".repeat(MOST_TEXT / 256);
    let blank = xlsx(&[&references(257)], &shared(&[&long]));
    assert_eq!(all(Form::Xlsx, &blank), Err(TOO_MUCH_TEXT));
    let half = "x".repeat(MOST_TEXT / 512);
    let runs = format!("<sst><si><r><t>{half}</t></r><r><t>{half}</t></r></si></sst>");
    let runs = xlsx(&[&references(257)], &runs);
    assert_eq!(all(Form::Xlsx, &runs), Err(TOO_MUCH_TEXT));
}

#[test]
fn short_texts_in_as_many_cells_as_there_may_be_are_not_too_much() {
    let longest_answer = "Neither agree nor disagree";
    assert!(longest_answer.len() * MOST_CELLS <= MOST_TEXT);
}

#[test]
fn a_cell_that_a_sheet_has_twice_is_told_by_its_name() {
    let cell = r#"<c r="AB7" t="s"><v>0</v></c>"#;
    let rows = format!(r#"<row r="7">{cell}{cell}</row>"#);
    assert_eq!(
        all(Form::Xlsx, &xlsx(&[&rows], &shared(&["x"]))),
        Err(NotRead::Contradicts(
            "has two cells AB7 in one sheet".to_owned()
        ))
    );
    // An empty one beside it does no harm.
    let rows = rows.replacen("<v>0</v>", "", 1);
    assert_eq!(all(Form::Xlsx, &xlsx(&[&rows], &shared(&["x"]))), Ok(1));
}

/// A workbook whose sheets are these parts, of which there is one, with a header in it.
fn leading_to(targets: &[String]) -> Vec<u8> {
    let mut parts = book(targets);
    parts.push((
        "xl/worksheets/sheet0.xml".to_owned(),
        sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#),
    ));
    packed_texts(&parts)
}

#[test]
fn each_sheet_is_a_part_of_its_own() {
    let one = || "worksheets/sheet0.xml".to_owned();
    assert_eq!(all(Form::Xlsx, &leading_to(&[one()])), Ok(1));
    for again in [
        "worksheets/sheet0.xml",
        "worksheets/SHEET0.xml",
        "/xl/worksheets/sheet0.xml",
    ] {
        let what = "has one part for two of its sheets".to_owned();
        assert_eq!(
            all(Form::Xlsx, &leading_to(&[one(), again.to_owned()])),
            Err(NotRead::Contradicts(what)),
            "{again}"
        );
    }
}

#[test]
fn sheets_are_counted_before_any_of_them_is_opened() {
    let targets: Vec<String> = (0..=1_000)
        .map(|nth| format!("worksheets/sheet{nth}.xml"))
        .collect();
    let open = |sheets: usize| {
        let bytes = leading_to(&targets[..sheets]);
        Workbook::open(Form::Xlsx, &bytes).map(|book| book.names.len())
    };
    assert_eq!(open(1_000), Ok(1_000));
    assert_eq!(open(1_001), Err(NotRead::TooLarge(Beyond::Sheets)));
}

#[test]
fn two_parts_of_one_name_are_none_that_a_spreadsheet_writes() {
    let mut parts = book(&["worksheets/sheet0.xml".to_owned()]);
    parts.push(("XL/Workbook.xml".to_owned(), String::new()));
    let what = "has two parts of the same name".to_owned();
    assert_eq!(
        all(Form::Xlsx, &packed_texts(&parts)),
        Err(NotRead::Contradicts(what))
    );
}

#[test]
fn no_room_is_made_for_shared_texts_that_are_only_said_to_be_there() {
    let said = |count: u64| {
        let shared = format!(r#"<sst uniqueCount="{count}"><si><t>x</t></si></sst>"#);
        all(Form::Xlsx, &xlsx(&[&references(2)], &shared))
    };
    assert_eq!(said(9), Ok(2));
    assert_eq!(said(4_000_000_000), Err(NotRead::TooLarge(Beyond::Cells)));
}
