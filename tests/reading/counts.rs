//! Rows add up on every way in: a sheet is made of rows of known kinds and written as CSV of
//! several forms, JSON and a workbook; read, used and left out are counted apart from the reader.

use super::cases::{read, script};
use healthcheck::check::HealthCheck;
use healthcheck::data::LeftOut;

/// Small whole numbers, the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % many
    }
}

/// A sheet, and what its rows come to.
struct Made {
    title: bool,
    rows: Vec<[String; 3]>,
    used: u64,
    left_out: Vec<(LeftOut, u64)>,
}

fn made(dice: &mut Dice) -> Made {
    let row = |cells: [&str; 3]| cells.map(str::to_owned);
    let count = 1 + dice.below(30);
    let mut rows: Vec<[String; 3]> = Vec::new();
    for at in 0..count {
        // A row with gaps, even a whole one between others, is a row.
        let blank = dice.below(9) == 0 && at > 0 && at + 1 < count;
        rows.push(match blank {
            true => row(["", "", ""]),
            false => row(["Duty", "1", &dice.below(20).to_string()]),
        });
    }
    let mut left_out = Vec::new();
    let mut foot = |why: LeftOut, cells: [&str; 3], rows: &mut Vec<[String; 3]>| {
        rows.push(row(cells));
        match left_out.iter_mut().find(|(own, _)| *own == why) {
            Some((_, count)) => *count += 1,
            None => left_out.push((why, 1)),
        }
    };
    if dice.below(2) == 0 {
        foot(LeftOut::Totals, ["Total", "30", "300"], &mut rows);
    }
    if dice.below(2) == 0 {
        foot(LeftOut::Blank, ["", "", ""], &mut rows);
        foot(
            LeftOut::Note,
            ["Source: the case system", "", ""],
            &mut rows,
        );
    }
    Made {
        title: dice.below(3) == 0,
        rows,
        used: count,
        left_out,
    }
}

impl Made {
    fn lines(&self) -> Vec<[String; 3]> {
        let own = |cells: [&str; 3]| cells.map(str::to_owned);
        let title = self
            .title
            .then(|| own(["Practitioners in September", "", ""]));
        let header = own(["team", "fte", "cases"]);
        title
            .into_iter()
            .chain([header])
            .chain(self.rows.iter().cloned())
            .collect()
    }

    fn delimited(&self, delimiter: &str, end: &str) -> String {
        self.lines()
            .iter()
            .map(|line| line.join(delimiter) + end)
            .collect()
    }

    fn judge(&self, check: &HealthCheck, name: &str, bytes: &[u8]) {
        let reading = read(check, name, bytes);
        let account = &reading.account;
        let what = format!("{name}: {:?}\n{}", self.rows, reading.faults);
        assert!(!reading.faults.has_errors(), "{what}");
        assert_eq!(account.used, self.used, "{what}");
        assert_eq!(reading.table.len as u64, self.used, "{what}");
        let mut left_out: Vec<(LeftOut, u64)> = account.left_out.clone().into_iter().collect();
        let mut expected = self.left_out.clone();
        left_out.sort_unstable();
        expected.sort_unstable();
        assert_eq!(left_out, expected, "{what}");
        assert_eq!(account.read, self.rows.len() as u64, "{what}");
    }
}

#[cfg(feature = "xlsx")]
fn workbook(made: &Made) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(made.lines()) {
        for (column, cell) in (0..).zip(line) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) if cell.is_empty() => continue,
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn rows_add_up_in_every_form_of_text_and_in_a_workbook() {
    let card = |file: &str| script("workers", &format!("file: \"data/{file}\""));
    let (text, book) = (card("a.csv"), card("a.xlsx"));
    let mut dice = Dice(7);
    for _ in 0..60 {
        let made = made(&mut dice);
        for (delimiter, end) in [(",", "\n"), (";", "\r\n"), ("\t", "\r")] {
            made.judge(&text, "a.csv", made.delimited(delimiter, end).as_bytes());
        }
        let marked = format!("\u{feff}{}", made.delimited(",", "\n"));
        made.judge(&text, "a.csv", marked.as_bytes());
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        made.judge(&text, "a.csv", &wide);
        #[cfg(feature = "xlsx")]
        made.judge(&book, "a.xlsx", &workbook(&made));
    }
}

#[test]
fn rows_add_up_in_json_and_in_totals() {
    let check = script("workers", "file: \"data/a.json\"");
    let mut dice = Dice(9);
    for _ in 0..40 {
        let mut made = made(&mut dice);
        // An entry for each row; there is neither title nor note.
        made.rows.truncate(made.used as usize);
        made.left_out.clear();
        let entry = |row: &[String; 3]| {
            format!(
                r#"{{"team": "{}", "fte": "{}", "cases": "{}"}}"#,
                row[0], row[1], row[2]
            )
        };
        let entries: Vec<String> = made.rows.iter().map(entry).collect();
        made.judge(
            &check,
            "a.json",
            format!("[{}]", entries.join(", ")).as_bytes(),
        );
    }
    let check = script("survey", "file: \"data/a.csv\", totals: true");
    for answers in 1..5 {
        let labels = ["agree", "disagree", "neither", "strongly agree"];
        let rows: Vec<String> = labels[..answers]
            .iter()
            .map(|label| format!("cover,{label},7"))
            .collect();
        let text = format!("question,answer,count\n{}\n", rows.join("\n"));
        let reading = read(&check, "a.csv", text.as_bytes());
        assert!(!reading.faults.has_errors(), "{}", reading.faults);
        // The account is that of the file's own rows; the table has a row for each person.
        let words = if answers == 1 {
            "1 row read, 1 used".to_owned()
        } else {
            format!("{answers} rows read, {answers} used")
        };
        assert_eq!(reading.account.words(), words);
        assert_eq!(reading.table.len, 7 * answers);
    }
}
