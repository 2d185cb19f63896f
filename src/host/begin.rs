//! A council begun: a name, and what is known of it, in; its folder on the disk out. With
//! files of its own the script reads those; without, it has made-up data.

use super::files::{self, reason, shown};
use super::propose::{self, Card, Handed};
use super::scaffold::{self, already_there, check_name, laid_out, not_written, title, write_new};
use super::trial::TESTS;
use super::{Host, beside::SCRIPT};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::national::Service;
use crate::publication::Earlier;
use crate::source::{Source, Span};
use crate::validate;
use std::fs;
use std::path::{Path, PathBuf};

/// What is known of a council that is begun; what is not has a default.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Its name as it stands on the page.
    pub title: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// The as-of date, `2026-09-30`.
    pub as_of: Option<String>,
    /// The services that it runs.
    pub services: Vec<Service>,
    /// Its own data files.
    pub from: Vec<PathBuf>,
}

/// A council that was begun.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Begun {
    /// The files made, the script first.
    pub made: Vec<PathBuf>,
    /// What was made of each of its own files, a line each.
    pub told: Vec<String>,
}

/// Where a council's files go: its script's, and its data's.
struct Place {
    folder: PathBuf,
    root: PathBuf,
}

impl Host {
    /// Begins a council with what is known of it. Its own data files are copied into its
    /// data folder, and the script has a `table` card for each: the columns whose headers and
    /// values were recognised, and a note for each that is not sure. The result can be
    /// checked and run at once, once its author has said what those values mean of which nobody
    /// can tell: the script has a blank for each.
    ///
    /// # Errors
    /// A name that is not lower-case words joined by hyphens, or that is taken; a file that
    /// cannot be read as a table; a date or a code that no script could have; a folder that
    /// cannot be written. Nothing is left behind then.
    pub fn begin_with(&self, name: &str, start: &Start) -> Result<Begun, Diagnostics> {
        check_name(name)?;
        check_day(start)?;
        let folder = self.scripts.join(name);
        let data = self.data.as_ref();
        let root = data.map_or(folder.clone(), |data| data.join(name));
        for taken in [&folder, &root] {
            if taken.symlink_metadata().is_ok() {
                return Err(already_there(taken).into());
            }
        }
        let place = Place { folder, root };
        let begun = match start.from.is_empty() {
            true => self.with_made_up_data(name, start, &place),
            false => self.with_own_files(name, start, &place),
        };
        if begun.is_err() {
            // Neither folder was there before, so all in them is of this attempt.
            let _ = fs::remove_dir_all(&place.folder);
            let _ = fs::remove_dir_all(&place.root);
        }
        begun
    }

    fn with_made_up_data(
        &self,
        name: &str,
        start: &Start,
        place: &Place,
    ) -> Result<Begun, Diagnostics> {
        let mut made = Vec::new();
        for (path, text) in scaffold::files(name, start) {
            made.push(put(place, &path, text.as_bytes())?);
        }
        self.load(&made[0])?;
        Ok(Begun {
            made,
            told: Vec::new(),
        })
    }

    fn with_own_files(
        &self,
        name: &str,
        start: &Start,
        place: &Place,
    ) -> Result<Begun, Diagnostics> {
        let mut cards: Vec<Card> = Vec::new();
        let mut made = vec![place.folder.join(SCRIPT)];
        made.push(put(place, ".gitignore", scaffold::IGNORED.as_bytes())?);
        let (marks, from): (Vec<&PathBuf>, Vec<&PathBuf>) = start.from.iter().partition(|path| {
            let name = path.file_name().unwrap_or_default();
            files::opened(&name.to_string_lossy()).is_some()
        });
        let passed_over = marks.into_iter().map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            format!("{name}: passed over: it only says that another program has a file open")
        });
        for path in from {
            let file = handed(path)?;
            let mut card = propose::card(&file)?;
            if card.doubt.is_none() && cards.iter().any(|other| other.table == card.table) {
                card.doubt = Some("another file was taken for the same table".to_owned());
            }
            made.push(put(place, &format!("data/{}", file.name), &file.bytes)?);
            cards.push(card);
        }
        // What cannot be read after all becomes a note, until the rest can be run.
        let most = cards.iter().map(|card| card.lines.len() + 2).sum::<usize>();
        for turn in 0..=most {
            write_over(&made[0], &laid_out(script(name, start, &cards, true)))?;
            let faults = self.run_through(&made[0]);
            if !faults.has_errors() {
                break;
            }
            if turn == most || !doubt(&mut cards, &faults) {
                return Err(faults);
            }
        }
        if cards.iter().any(Card::has_blanks) {
            write_over(&made[0], &laid_out(script(name, start, &cards, false)))?;
        }
        let tests = propose::tests(name, &cards);
        made.insert(1, put(place, TESTS, tests.as_bytes())?);
        Ok(Begun {
            made,
            told: passed_over
                .chain(cards.iter().flat_map(Card::told))
                .collect(),
        })
    }

    /// What keeps a script from being run, from its cards to its figures.
    fn run_through(&self, script: &Path) -> Diagnostics {
        let run = || -> Result<(), Diagnostics> {
            let check = self.load(script)?;
            let data = self.read(&check)?;
            self.assess(&check, &data, &Earlier::none())?;
            Ok(())
        };
        run().err().unwrap_or_default()
    }
}

/// The as-of date, before anything is written.
fn check_day(start: &Start) -> Result<(), Diagnostics> {
    let Some(text) = &start.as_of else {
        return Ok(());
    };
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    if is_day {
        return Ok(());
    }
    let place = Source::new("--as-of", text).place(Span::new(0, text.len()));
    let fault = Diagnostic::new(Code::BadDate, place, format!("\"{text}\" is not a day"))
        .note("nothing was written");
    Err(match validate::british(text) {
        Some((day, _)) => fault
            .label("the year comes first")
            .help(format!("--as-of {day}")),
        None => fault
            .label("a day is written year-month-day")
            .help("--as-of 2026-09-30"),
    }
    .into())
}

/// A file of the council's own.
fn handed(path: &Path) -> Result<Handed, Diagnostics> {
    let bytes = files::read(path).map_err(|error| files::unreadable(path, &reason(&error)))?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok(Handed {
        name: name.unwrap_or_else(|| shown(path)),
        bytes,
    })
}

fn put(place: &Place, path: &str, bytes: &[u8]) -> Result<PathBuf, Diagnostics> {
    let of_script = [SCRIPT, TESTS].contains(&path);
    let path = if of_script {
        &place.folder
    } else {
        &place.root
    }
    .join(path);
    write_new(&path, bytes).map_err(|error| not_written(&path, &error))?;
    Ok(path)
}

fn write_over(path: &Path, text: &str) -> Result<(), Diagnostics> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| not_written(path, &error))
}

/// Turns what the faults speak of into notes: a column, or else the card of the file. False
/// if they speak of nothing that is not one already.
fn doubt(cards: &mut [Card], faults: &Diagnostics) -> bool {
    let mut changed = false;
    for fault in faults
        .iter()
        .filter(|one| one.severity() == Severity::Error)
    {
        let name = fault.place.source.name();
        let of_file = cards
            .iter_mut()
            .find(|card| card.doubt.is_none() && name.ends_with(&format!("/{}", card.file)));
        let Some(card) = of_file else { continue };
        let words = fault.message.clone();
        let row = fault.place.source.text();
        // A long header is cut in the picture.
        let shown = row.split(" = ").next().unwrap_or_default();
        let begins = shown.trim_end_matches('…');
        let speaks_of =
            |name: &str| name == shown || shown.ends_with('…') && name.starts_with(begins);
        let mut lines = card.lines.iter_mut();
        match lines.find(|line| speaks_of(&line.header) || speaks_of(&line.column)) {
            Some(line) if line.doubt.is_none() => line.doubt = Some(words),
            _ => card.doubt = Some(words),
        }
        changed = true;
    }
    if !changed {
        for card in cards.iter_mut().filter(|card| card.doubt.is_none()) {
            card.doubt = faults.iter().next().map(|fault| fault.message.clone());
            changed = true;
        }
    }
    changed
}

/// The script of a council with files of its own; `filled` as in [`Card::text`].
fn script(name: &str, start: &Start, cards: &[Card], filled: bool) -> String {
    let mut services = start.services.clone();
    if services.is_empty() {
        let seen = |service: &Service| {
            cards
                .iter()
                .any(|card| card.services.contains(&service.id()))
        };
        services = Service::ALL.into_iter().filter(seen).collect();
    }
    if services.is_empty() {
        services = Service::ALL.to_vec();
    }
    let ids: Vec<String> = services
        .iter()
        .map(|one| format!("\"{}\"", one.id()))
        .collect();
    let title = start
        .title
        .clone()
        .unwrap_or_else(|| format!("{} Council", title(name)));
    let line = |key: &str, given: &Option<String>, otherwise: &str| match given {
        Some(value) => format!("    {key} \"{}\",\n", value.replace('"', "")),
        None => format!("    {key} \"{otherwise}\",  // put your own here\n"),
    };
    let mut text = format!(
        "//! {title}: social work health check.\n//!\n\
         //! What is not mentioned here is as the nation has it: 39 items under six standards. A line that\n\
         //! begins with two slashes is a note: take the slashes away where it is right, and the line out\n\
         //! where it is not. Where `…` stands, write your own word. After a change: healthcheck check {name}\n\n\
         council(\"{}\", #{{\n",
        title.replace('"', "")
    );
    text += &line("code:    ", &start.code, name);
    text += &line("as_of:   ", &start.as_of, scaffold::AS_OF);
    text += &format!("    services: [{}],\n", ids.join(", "));
    text += "    // Everybody who was invited to the survey when it opened, agency practitioners included:\n";
    text += "    // asked: #{ children: 120, adults: 90 },\n";
    text += "    // lead:  #{ post: \"Principal Social Worker\", social_work_qualified: true },\n});\n\n";
    text += "// consulted(\"UNISON\", #{ on: \"2026-09-04\", how: \"workload group\", agreed: true });\n\n";
    text += "// In `columns` stands our name, then your file's header; in `codes` your file's word, then what it means.\n";
    let cards: Vec<String> = cards
        .iter()
        .map(|card| card.text(&services, filled))
        .collect();
    text + cards.join("\n").as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAFF: &str = "Team name,Directorate,Contract FTE,Open cases,Agency?,Payroll no,Caseload limit\n\
        Duty,CSC,1,17,Permanent,1001,18\nDuty,CSC,0.6,n/k,Agency,1002,18\nHospital,ASC,1,21,Permanent,1003,twenty\n";

    fn begun(
        files: &[(&str, &str)],
        start: Start,
    ) -> (tempfile::TempDir, Host, Result<Begun, Diagnostics>) {
        let folder = tempfile::tempdir().unwrap();
        let host = Host::builder()
            .scripts(folder.path().join("scripts"))
            .build();
        let mut start = start;
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            start.from.push(path);
        }
        let begun = host.begin_with("northshire", &start);
        (folder, host, begun)
    }

    /// Whether a script says so, however it is laid out.
    fn holds(text: &str, line: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        plain(text).contains(&plain(line))
    }

    #[test]
    fn of_a_file_without_headers_nobodys_row_is_written_down() {
        let rows = "Member 1,Duty,1,17\nMember 2,Duty,0.6,9\nMember 3,Duty,1,21\n";
        let (_keep, _, begun) = begun(&[("staff.csv", rows)], Start::default());
        let begun = begun.unwrap();
        let told = begun.told.join("\n");
        assert!(told.contains("row 1 does not look like headers"), "{told}");
        let text = fs::read_to_string(&begun.made[0]).unwrap();
        assert!(
            !text.contains("Member") && !told.contains("Member"),
            "{text}{told}"
        );
    }

    #[test]
    fn the_mark_of_an_open_workbook_is_passed_over_and_said_to_be() {
        let files = [("staff.csv", STAFF), ("~$staff.xlsx", "owner")];
        let (_keep, _, begun) = begun(&files, Start::default());
        let begun = begun.unwrap();
        assert!(begun.told[0].starts_with("~$staff.xlsx: passed over"));
        assert!(begun.told[1].starts_with("staff.csv: the table `workers`"));
        let names = begun.made.iter().filter_map(|path| path.file_name());
        assert!(names.into_iter().all(|name| name != "~$staff.xlsx"));
    }

    #[test]
    fn a_file_in_its_own_words_is_recognised_and_what_is_not_sure_is_a_note() {
        let (_keep, host, begun) = begun(&[("staff list.csv", STAFF)], Start::default());
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[0]).unwrap();
        for line in [
            "table(\"workers\", #{",
            "file:    \"data/staff list.csv\"",
            "        team: \"Team name\",",
            "        service: \"Directorate\",",
            "        fte: \"Contract FTE\",",
            "        cases: \"Open cases\",",
            "        agency: \"Agency?\",",
            "        // ceiling: \"Caseload limit\",  // not sure: one of its values is not known",
            "        // payroll_no: \"Payroll no\",  // not recognised: a column of your own?",
            "service: #{ \"CSC\": \"children\", \"ASC\": \"adults\" },",
            "agency: #{ \"Permanent\": \"no\", \"Agency\": \"yes\" },",
            "missing: [\"n/k\"],",
        ] {
            assert!(holds(&text, line), "{line}\n{text}");
        }
        assert!(
            begun.told[0].contains(
                "the table `workers`; 5 columns recognised, 1 not sure, 1 not recognised"
            ),
            "{:?}",
            begun.told
        );
        assert!(!host.run_through(&begun.made[0]).has_errors());
        let ignored = begun.made[1].with_file_name(".gitignore");
        assert!(fs::read_to_string(ignored).unwrap().contains("data/"));
    }

    #[test]
    fn a_survey_is_known_by_its_questions_and_a_scale_without_wording_is_a_note() {
        let survey = "Which team are you in?,3. I can do my work well within my contracted hours,Q4\n\
            Duty,Strongly Agree,Agree\nDuty,Neither agree nor disagree,Disagree\nDuty,n/a,Agree\n";
        let services = vec![Service::Children];
        let (_keep, _, begun) = begun(
            &[("export.csv", survey)],
            Start {
                services,
                ..Start::default()
            },
        );
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[0]).unwrap();
        for line in [
            "table(\"survey\", #{",
            "services: [\"children\"],",
            "        service: always(\"children\"),",
            "        \"caseload-manageable\": \"3. I can do my work well within my contracted hours\",",
            "        // \"…\": \"Q4\",  // not recognised; by its answers it may be caseload-fits-experience, ",
            " or 15 more, or a question of your own",
        ] {
            assert!(holds(&text, line), "{line}\n{text}");
        }
        assert!(!text.contains("Neither"), "known by itself: {text}");
    }

    #[test]
    fn a_survey_with_two_rows_of_headers_gives_the_same_script_as_with_one() {
        let (manage, fits) = (
            "I can do my work well within my contracted hours",
            "The complexity of my cases suits my experience",
        );
        let rows = "1,1,9:00,9:05,Duty,CSC,Somewhat agree,Tend to agree,Our own words\n\
            2,1,9:00,9:05,Hospital,ASC,Agree,Disagree,\n3,1,9:00,9:05,Duty,CSC,Disagree,Agree,\n";
        let own = "Respondent ID,Collector ID,Start Date,End Date,Team,Service";
        let script = |header: String| {
            let survey = format!("{header}\n{rows}");
            let (_keep, _, begun) = begun(&[("export.csv", &survey)], Start::default());
            fs::read_to_string(&begun.unwrap().made[0]).unwrap()
        };
        let matrix = "How far do you agree?";
        let one = script(format!(
            "{own},{matrix} [{manage}],{matrix} [{fits}],What else?"
        ));
        for line in [
            "\"Somewhat agree\": \"…\", \"Tend to agree\": \"…\"",
            "service: #{ \"CSC\": \"children\", \"ASC\": \"adults\" },",
        ] {
            assert!(holds(&one, line), "{line}\n{one}");
        }
        for two in [
            // SurveyMonkey: the rows of a matrix stand below it.
            format!(
                "{own},{matrix},,What else?\n,,,,Response,Response,{manage},{fits},Open-Ended Response"
            ),
            // SmartSurvey: the second row says nothing of its own.
            format!(
                "{own},{matrix} [{manage}],{matrix} [{fits}],What else?\n,,,,Response,Response,Response,Response,Response"
            ),
        ] {
            assert_eq!(script(two.clone()), one, "{two}");
        }
    }

    #[test]
    fn a_question_of_ones_own_stands_ready_behind_slashes() {
        let mut survey = "Team,I can do my work well within my contracted hours,I know who to ask about court deadlines,Have you been assaulted in the last year?,Would you choose this employer again?\n".to_owned();
        for row in 0..12 {
            let of = |words: &[&'static str]| words[row % words.len()];
            survey += &format!(
                "Duty,{},{},{},{}\n",
                of(&["Agree", "Disagree", "Neither agree nor disagree"]),
                of(&["Strongly agree", "Disagree"]),
                of(&["Yes", "No", "Not sure"]),
                of(&["Perhaps", "Definitely", "No"])
            );
        }
        let services = vec![Service::Children];
        let start = Start {
            services,
            ..Start::default()
        };
        let (_keep, host, begun) = begun(&[("forms.csv", &survey)], start);
        let script = begun.unwrap().made[0].clone();
        let text = fs::read_to_string(&script).unwrap();
        // What the head of the file says: the slashes are taken away.
        let (head, cards) = text.split_at(text.find("table(").unwrap());
        let bare: Vec<String> = cards
            .lines()
            .map(|line| line.replacen("// ", "", 1))
            .collect();
        let bare: Vec<&str> = bare
            .iter()
            .map(String::as_str)
            .filter(|line| !line.trim_start().starts_with("Read already"))
            .collect();
        let blank = format!("{head}{}\n", bare.join("\n"));
        fs::write(&script, &blank).unwrap();
        let faults = host.run_through(&script);
        let errors = faults
            .iter()
            .filter(|one| one.severity() == Severity::Error);
        let codes: Vec<Code> = errors.map(|one| one.code).collect();
        assert_eq!(codes, [Code::NotFilledIn; 5], "{faults}");
        let filled = blank
            .replace("standard: \"…\"", "standard: \"welfare\"")
            .replace("scored: [\"…\", \"…\"]", "scored: [\"Yes\", \"No\"]")
            .replace(
                "[\"…\", \"…\", \"…\"]",
                "[\"No\", \"Perhaps\", \"Definitely\"]",
            );
        fs::write(&script, &filled).unwrap();
        let faults = host.run_through(&script);
        assert!(!faults.has_errors(), "{faults}\n{filled}");
        let check = host.load(&script).unwrap();
        for id in [
            "know-who-ask-court-deadlines",
            "assaulted-last-year",
            "choose-this-employer-again",
        ] {
            assert!(check.items().iter().any(|item| item.id == id), "{id}");
        }
    }

    #[test]
    fn an_answer_that_nobody_foresaw_is_a_blank_for_all_questions_at_once() {
        let survey = "ID,Start time,Completion time,Email,Name,Team,Service,1. I can do my work well within my contracted hours,My team meets to reflect on its practice often,Our own\n\
            1,9:00,9:05,a@b,,Duty,CSC,Somewhat agree,Tend to agree,Tend to agree\n2,9:00,9:05,a@b,,Duty,CSC,Agree,Somewhat agree,Disagree\n3,9:00,9:05,a@b,,Duty,CSC,Disagree,Strongly agree,Strongly agree\n";
        let (_keep, host, begun) = begun(&[("google.csv", survey)], Start::default());
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[0]).unwrap();
        for line in [
            "        // Read already, under the nation's own names: team, service.",
            "        \"caseload-manageable\": \"1. I can do my work well",
            "        answers: #{ \"Somewhat agree\": \"…\", \"Tend to agree\": \"agree\" },",
            "        service: #{ \"CSC\": \"children\" },",
        ] {
            assert!(holds(&text, line), "{line}\n{text}");
        }
        assert_eq!(text.matches("Somewhat agree").count(), 1, "{text}");
        assert!(!text.contains("Email"), "who answered is no column: {text}");
        let told = begun.told.join("\n");
        assert!(
            told.contains("in place of … among the `codes`: \"Somewhat agree\""),
            "{told}"
        );
        let faults = host.run_through(&begun.made[0]);
        let errors = faults
            .iter()
            .filter(|fault| fault.severity() == Severity::Error);
        let codes: Vec<Code> = errors.map(|fault| fault.code).collect();
        assert_eq!(codes, [Code::NotFilledIn], "{faults}");
    }

    #[test]
    fn tests_are_written_for_what_was_recognised_and_pass() {
        let survey =
            "Team,I can do my work well within my contracted hours\nDuty,agree\nDuty,disagree\n";
        let posts = "Team,Service,In post FTE,Vacancies FTE\nDuty,children,9,1\n";
        let files = [
            ("staff.csv", STAFF),
            ("export.csv", survey),
            ("posts.csv", posts),
        ];
        let (_keep, host, begun) = begun(&files, Start::default());
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[1]).unwrap();
        for table in ["workers", "survey", "workforce"] {
            assert!(
                text.contains(&format!("given(\"{table}\"")),
                "{table}\n{text}"
            );
        }
        let found = host.inspect_text(&begun.made[1], &text).unwrap();
        assert!(found[0].faults.is_empty(), "{}", found[0].faults);
        let (_keep, host, begun) =
            self::begun(&[("rooms.csv", "Room,Keys\nA1,3\n")], Start::default());
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[1]).unwrap();
        assert!(text.contains("// test("), "{text}");
        let found = host.inspect_text(&begun.made[1], &text).unwrap();
        assert!(!found[0].faults.has_errors(), "{}", found[0].faults);
    }

    #[test]
    fn a_file_that_is_no_table_of_ours_is_left_out_and_the_rest_runs() {
        let other = "Room,Keys\nA1,3\nA2,4\n";
        let (_keep, host, begun) = begun(
            &[
                ("rooms.csv", other),
                ("staff.csv", STAFF),
                ("again.csv", STAFF),
            ],
            Start::default(),
        );
        let begun = begun.unwrap();
        let text = fs::read_to_string(&begun.made[0]).unwrap();
        assert!(
            text.contains(
                "// Not sure of rooms.csv: no table of the nation's was recognised in it."
            ),
            "{text}"
        );
        assert!(
            text.contains("// Not sure of again.csv: another file was taken for the same table."),
            "{text}"
        );
        assert!(!host.run_through(&begun.made[0]).has_errors());
    }

    #[test]
    fn what_is_known_of_a_council_stands_in_its_script() {
        let start = Start {
            title: Some("Eastmere Borough Council".to_owned()),
            code: Some("E10999902".to_owned()),
            as_of: Some("2025-09-30".to_owned()),
            services: vec![Service::Adults],
            from: Vec::new(),
        };
        let (_keep, _, made) = begun(&[], start.clone());
        let text = fs::read_to_string(&made.unwrap().made[0]).unwrap();
        for line in [
            "council(\"Eastmere Borough Council\"",
            "// Yours, \"E10999902\", in place of this one",
            "code:     \"made-up\"",
            "as_of:    \"2025-09-30\"",
            "services: [\"adults\"]",
        ] {
            assert!(holds(&text, line), "{line}\n{text}");
        }
        let bad = Start {
            as_of: Some("30/09/2025".to_owned()),
            ..start
        };
        let (_keep, host, made) = begun(&[], bad);
        let told = made.unwrap_err().to_string();
        assert!(told.contains("help: --as-of 2025-09-30"), "{told}");
        assert!(told.contains("nothing was written"), "{told}");
        assert!(!host.scripts().join("northshire").exists());
    }
}
