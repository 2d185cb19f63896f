//! The files of a questionnaire read as a survey tool reads them: bytes in, questions with
//! their answers out. Nothing here knows how they were made.

use healthcheck::report::Page;
use html5gum::{Token, Tokenizer};
use serde_json::Value;
use std::io::{Cursor, Read};

/// One question as a form has it.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// What the form calls it.
    pub name: String,
    pub ask: String,
    /// The title of the part that it stands in.
    pub part: String,
    /// Value and label, in order; none where a word is written.
    pub answers: Vec<(String, String)>,
}

pub struct Made {
    files: Vec<Page>,
}

impl Made {
    pub fn of(files: Vec<Page>) -> Self {
        Self { files }
    }

    fn bytes(&self, path: &str) -> Option<&[u8]> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.bytes)
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path).unwrap().to_vec()).unwrap()
    }

    /// The SurveyJS model.
    pub fn model(&self) -> Vec<Question> {
        let model: Value = serde_json::from_str(&self.text("questionnaire.json")).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut list = Vec::new();
        for page in model["pages"].as_array().unwrap() {
            for element in page["elements"].as_array().unwrap() {
                let choices = element["choices"].as_array().into_iter().flatten();
                list.push(Question {
                    name: text(&element["name"]),
                    ask: text(&element["title"]),
                    part: text(&page["title"]),
                    answers: choices
                        .map(|one| (text(&one["value"]), text(&one["text"])))
                        .collect(),
                });
            }
        }
        list
    }

    /// The sheet, as a browser has it: questions by the numbers on them.
    pub fn sheet(&self) -> Vec<Question> {
        let mut list: Vec<Question> = Vec::new();
        let (mut inside, mut value) = (false, String::new());
        for Ok(token) in Tokenizer::new(&self.text("questionnaire.html")) {
            match token {
                Token::StartTag(tag) => {
                    let get = |key: &str| {
                        let value = tag.attributes.get(key.as_bytes());
                        value.map(|value| String::from_utf8_lossy(value).into_owned())
                    };
                    match &tag.name[..] {
                        b"legend" | b"strong" => {
                            list.push(Question::default());
                            inside = true;
                        }
                        b"input" if get("type").as_deref() == Some("radio") => {
                            value = get("value").unwrap();
                            let last = list.last_mut().unwrap();
                            last.answers.push((value.clone(), String::new()));
                        }
                        _ => {}
                    }
                }
                Token::EndTag(tag) => {
                    inside &= !matches!(&tag.name[..], b"legend" | b"strong");
                    if &tag.name[..] == b"label" {
                        value.clear();
                    }
                }
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    let Some(last) = list.last_mut() else {
                        continue;
                    };
                    if inside {
                        last.ask += &text;
                    } else if !value.is_empty() {
                        last.answers.last_mut().unwrap().1 += text.trim();
                    }
                }
                _ => {}
            }
        }
        for (nth, question) in list.iter_mut().enumerate() {
            let number = format!("{}. ", nth + 1);
            let ask = question.ask.strip_prefix(&number);
            question.ask = ask.expect("questions are numbered from 1").to_owned();
        }
        list
    }

    /// The parts of the workbook: path and text. None without the workbook.
    pub fn parts(&self) -> Vec<(String, String)> {
        let Some(bytes) = self.bytes("questionnaire.xlsx") else {
            return Vec::new();
        };
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        (0..archive.len())
            .map(|at| {
                let mut part = archive.by_index(at).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                (part.name().unwrap().into_owned(), text)
            })
            .collect()
    }

    /// The XLSForm, `None` without the workbook.
    pub fn xlsform(&self) -> Option<Vec<Question>> {
        self.bytes("questionnaire.xlsx")?;
        let survey = self.rows(1);
        let choices = self.rows(2);
        assert_eq!(survey[0], ["type", "name", "label", "hint"]);
        assert_eq!(choices[0], ["list_name", "name", "label"]);
        let mut list = Vec::new();
        for row in &survey[1..] {
            if row[0] == "note" {
                continue;
            }
            let wanted = row[0].strip_prefix("select_one ").unwrap_or_default();
            let answers = choices.iter().filter(|choice| choice[0] == wanted);
            list.push(Question {
                name: row[1].clone(),
                ask: row[2].clone(),
                part: String::new(),
                answers: answers
                    .map(|one| (one[1].clone(), one[2].clone()))
                    .collect(),
            });
        }
        Some(list)
    }

    /// The rows of a sheet, each cell a text: shared strings looked up.
    fn rows(&self, sheet: usize) -> Vec<Vec<String>> {
        let parts = self.parts();
        let part = |path: &str| &parts.iter().find(|(name, _)| name == path).unwrap().1;
        let shared: Vec<String> = part("xl/sharedStrings.xml")
            .split("<si>")
            .skip(1)
            .map(|one| {
                let start = one.find('>').unwrap() + 1;
                plain(&one[start..one.find("</t>").unwrap_or(start)])
            })
            .collect();
        part(&format!("xl/worksheets/sheet{sheet}.xml"))
            .split("<row ")
            .skip(1)
            .map(|row| {
                let mut cells = vec![String::new(); 4];
                for cell in row.split("<c r=\"").skip(1) {
                    let column = usize::from(cell.as_bytes()[0] - b'A');
                    assert!(cell.contains("t=\"s\""), "a cell that is no text: {cell}");
                    let at = cell
                        .split("<v>")
                        .nth(1)
                        .unwrap()
                        .split("</v>")
                        .next()
                        .unwrap();
                    cells[column] = shared[at.parse::<usize>().unwrap()].clone();
                }
                if sheet == 2 {
                    cells.truncate(3);
                }
                cells
            })
            .collect()
    }
}

fn plain(xml: &str) -> String {
    xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
