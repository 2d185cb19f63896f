//! What a data file holds, told without telling of anybody: a file in, its headers out, and
//! of each column what sort of values it has, how many rows have none, and its different
//! words or where the middle half of its numbers lies. An editor shows and completes these.

use super::Host;
use super::beside::{beside, parent};
use super::files::{Files, shown};
use super::there;
use crate::data::{self, Column, ColumnSpec, From, Kind, Likeness, Policy, TableSpec};
use crate::national::THRESHOLD;
use crate::source::{Source, Spanned};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Different words of a column that are listed; of more it is only said how many.
const MOST_WORDS: usize = 60;

/// Which file it is, as a `table` card says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataFile {
    /// Its path in the council's folder.
    pub file: String,
    /// The sheet of a workbook, if the card names one.
    pub sheet: Option<String>,
    /// Texts that mean no answer.
    pub missing: Vec<String>,
    /// Columns that it probably has: the row that holds most of them is its header, or that
    /// and the next, where questions are asked.
    pub wanted: Vec<Wanted>,
}

/// A column that a file probably has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Its name in formulas.
    pub name: String,
    /// Its header, if the script says which.
    pub header: Option<String>,
    /// How it was asked, if it was.
    pub wording: Option<String>,
}

/// What a data file holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Glimpse {
    /// The file, as the reader should see it.
    pub file: String,
    /// Rows of data in it.
    pub rows: usize,
    /// Its columns, in order; none that a survey tool adds, which are not read.
    pub columns: Vec<ColumnGlimpse>,
}

impl Glimpse {
    /// The column of a header, in any case.
    pub fn column(&self, header: &str) -> Option<&ColumnGlimpse> {
        let sought = header.trim().to_lowercase();
        let mut columns = self.columns.iter();
        columns.find(|column| column.header.trim().to_lowercase() == sought)
    }
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ColumnGlimpse {
    /// Its header, as the file spells it.
    pub header: String,
    /// Rows that have no value in it.
    pub gaps: usize,
    /// What the others have.
    pub holds: Holds,
}

/// What the values of a column are.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Holds {
    /// Numbers: from where to where the middle half of them lies, of as many as a figure
    /// may be published about.
    Numbers(Option<(f64, f64)>),
    /// Words: the different ones in order of first appearance, unless they are too many.
    Words {
        /// How many different ones.
        different: usize,
        /// Which; none if they are too many.
        listed: Vec<String>,
    },
    /// Nothing.
    Nothing,
}

/// So many files are remembered, those that were asked for last: a name or a header that is
/// being typed is another at each letter.
const MOST_SEEN: usize = 32;

/// Data files as they were last read, so that one that has not changed is not read again.
#[derive(Debug, Default)]
pub struct Glimpses {
    /// The one that was asked for last at the end.
    seen: Mutex<Vec<Seen>>,
}

/// A file that was looked at.
#[derive(Debug)]
struct Seen {
    of: (PathBuf, DataFile),
    /// What tells one state of it from another.
    state: Option<(SystemTime, u64)>,
    held: Option<Arc<Glimpse>>,
}

impl Glimpses {
    /// The same as [`Host::glimpse`].
    pub fn of(&self, host: &Host, script: &Path, file: &DataFile) -> Option<Arc<Glimpse>> {
        let path = host.data_root_of(&parent(script)).join(&file.file);
        self.seen_or_read((path, file.clone()), || host.glimpse(script, file))
    }

    /// What a file held when it was as it is now, or what it is read to hold; others may be
    /// asked for while it is read.
    fn seen_or_read(
        &self,
        of: (PathBuf, DataFile),
        read: impl FnOnce() -> Option<Glimpse>,
    ) -> Option<Arc<Glimpse>> {
        let facts = std::fs::metadata(&of.0).ok();
        let state = facts.and_then(|facts| Some((facts.modified().ok()?, facts.len())));
        let same = |one: &&Seen| one.of == of && one.state == state;
        let known = self.seen().iter().find(same).map(|one| one.held.clone());
        let held = known.unwrap_or_else(|| read().map(Arc::new));
        let mut seen = self.seen();
        seen.retain(|one| one.of != of);
        if seen.len() >= MOST_SEEN {
            seen.remove(0);
        }
        let now = held.clone();
        seen.push(Seen { of, state, held });
        now
    }

    fn seen(&self) -> MutexGuard<'_, Vec<Seen>> {
        // What is behind the lock is whole between any two steps.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    /// What a data file of the council with this script holds. `None` if the file is not
    /// there, cannot be read as a table, has a row of data for headers, or lies outside the
    /// council's folder.
    pub fn glimpse(&self, script: &Path, file: &DataFile) -> Option<Glimpse> {
        let spec = spec(file);
        let root = self.data_root_of(&parent(script));
        let bytes = beside(
            &root,
            &spec.file,
            "",
            |path, files| self.data_bytes(path, files),
            &mut Files::default(),
        )
        .ok()?;
        let name = shown(&root.join(&file.file));
        let (headers, reading) = data::whole(&spec, &name, &bytes).ok()?;
        if let Likeness::Data(_) = headers.likeness {
            return None;
        }
        let (table, extra) = (reading.table, headers.extra);
        let names = headers.names.into_iter();
        let columns = names
            .filter(|header| !extra.contains(header))
            .map(|header| {
                let column = table.column(&header);
                ColumnGlimpse {
                    gaps: column.map_or(table.len, gaps),
                    holds: column.map_or(Holds::Nothing, holds),
                    header,
                }
            })
            .collect();
        Some(Glimpse {
            file: name,
            rows: table.len,
            columns,
        })
    }

    /// The sheets of a workbook of the council with this script, by name; none of a file that is
    /// no workbook, is not there or lies outside the council's folder.
    pub fn sheets(&self, script: &Path, file: &str) -> Vec<String> {
        let file = DataFile {
            file: file.to_owned(),
            ..DataFile::default()
        };
        let root = self.data_root_of(&parent(script));
        let read = |path: &Path, files: &mut Files| self.data_bytes(path, files);
        let bytes = beside(&root, &spec(&file).file, "", read, &mut Files::default());
        bytes.map_or_else(|_| Vec::new(), |bytes| data::sheets(&file.file, &bytes))
    }

    /// Where a data file of the council with this script is, and the data files that there
    /// are, as its script would name them.
    pub fn data_files(&self, script: &Path) -> (PathBuf, Vec<String>) {
        let root = self.data_root_of(&parent(script));
        let files = there::data_files(&root);
        (root, files)
    }
}

fn spec(file: &DataFile) -> TableSpec {
    let nowhere = Source::unread(file.file.as_str()).whole();
    let spanned = |value: &String| Spanned {
        value: value.clone(),
        place: nowhere.clone(),
    };
    TableSpec {
        id: "glimpse".to_owned(),
        file: spanned(&file.file),
        sheet: file.sheet.as_ref().map(spanned),
        columns: file.wanted.iter().map(column).collect(),
        missing: file.missing.clone(),
        policy: Policy::MostRows,
        place: nowhere,
    }
}

fn column(wanted: &Wanted) -> ColumnSpec {
    ColumnSpec {
        name: wanted.name.clone(),
        from: match &wanted.header {
            Some(header) => From::Header(header.clone()),
            None => From::SameName,
        },
        wording: wanted.wording.clone(),
        kind: Kind::Local,
        codes: Vec::new(),
        place: None,
    }
}

fn gaps(column: &Column) -> usize {
    (0..column.len())
        .filter(|row| column.missing(*row).is_some())
        .count()
}

fn holds(column: &Column) -> Holds {
    match column {
        Column::Number(_) => {
            let rows = 0..column.len();
            let numbers: Vec<f64> = rows.filter_map(|row| column.number(row)).collect();
            match numbers.is_empty() {
                true => Holds::Nothing,
                false => Holds::Numbers(middle_half(numbers)),
            }
        }
        Column::Words { words, .. } if words.is_empty() => Holds::Nothing,
        Column::Words { words, .. } => Holds::Words {
            different: words.len(),
            listed: match words.len() <= MOST_WORDS {
                true => words.iter().map(|word| word.to_string()).collect(),
                false => Vec::new(),
            },
        },
        Column::Answers { .. } => Holds::Nothing,
    }
}

/// The first and third quartile, each the mean of the three or four rows round it, so that
/// neither is anybody's own number.
fn middle_half(mut numbers: Vec<f64>) -> Option<(f64, f64)> {
    if numbers.len() < THRESHOLD as usize {
        return None;
    }
    numbers.sort_by(f64::total_cmp);
    let last = (numbers.len() - 1) as f64;
    let at = |share: f64| {
        let place = share * last;
        let (below, above) = (place.floor() as usize, place.ceil() as usize);
        let round = &numbers[below - 1..=above + 1];
        let mean = round.iter().sum::<f64>() / round.len() as f64;
        (mean * 10.0).round() / 10.0
    };
    Some((at(0.25), at(0.75)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_tells_its_sheets_and_another_file_none() {
        let (host, script) = (Host::new(), Path::new("scripts/eastmere/check.rhai"));
        let sheets = host.sheets(script, "data/workforce.xlsx");
        assert!(
            sheets.len() > 1 && sheets.contains(&"Teams".to_owned()),
            "{sheets:?}"
        );
        for other in ["data/survey.csv", "data/none.xlsx", "../../Cargo.toml"] {
            assert!(host.sheets(script, other).is_empty(), "{other}");
        }
    }

    fn file(name: &str) -> DataFile {
        DataFile {
            file: name.to_owned(),
            missing: vec!["n/k".to_owned()],
            ..DataFile::default()
        }
    }

    fn glimpsed(text: &str) -> Option<Glimpse> {
        glimpsed_as(text, &file("staff.csv"))
    }

    fn glimpsed_as(text: &str, file: &DataFile) -> Option<Glimpse> {
        let folder = tempfile::tempdir().unwrap();
        let council = folder.path().join("scripts/northshire");
        std::fs::create_dir_all(&council).unwrap();
        std::fs::write(council.join("staff.csv"), text).unwrap();
        let script = council.join("check.rhai");
        Host::new().glimpse(&script, file)
    }

    #[test]
    fn words_are_listed_and_of_numbers_only_where_the_middle_half_lies() {
        let rows: Vec<String> = (0..12)
            .map(|row| format!("{},{}", ["CSC", "ASC"][row % 2], row * 2))
            .collect();
        let text = format!("Directorate,Open cases\n{}\nCSC,n/k\n", rows.join("\n"));
        let found = glimpsed(&text).unwrap();
        assert_eq!(found.rows, 13);
        let directorate = found.column("directorate").unwrap();
        let listed = ["CSC", "ASC"].map(str::to_owned).to_vec();
        assert_eq!(
            directorate.holds,
            Holds::Words {
                different: 2,
                listed
            }
        );
        let cases = found.column("Open cases").unwrap();
        assert_eq!(
            (cases.gaps, &cases.holds),
            (1, &Holds::Numbers(Some((5.0, 17.0))))
        );
    }

    #[test]
    fn of_fewer_numbers_than_may_be_published_nothing_is_told() {
        let found = glimpsed("Open cases\n17\n40\n").unwrap();
        assert_eq!(found.columns[0].holds, Holds::Numbers(None));
    }

    #[test]
    fn a_file_is_read_again_when_it_has_changed_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("check.rhai");
        let path = folder.path().join("staff.csv");
        let staff = file("staff.csv");
        let (host, glimpses) = (Host::new(), Glimpses::default());
        let rows = || Some(glimpses.of(&host, &script, &staff)?.rows);
        assert_eq!(rows(), None);
        std::fs::write(&path, "Cases\n1\n").unwrap();
        assert_eq!(rows(), Some(1));
        let first = glimpses.of(&host, &script, &staff).unwrap();
        let again = glimpses.of(&host, &script, &staff).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        std::fs::write(&path, "Cases\n1\n2\n").unwrap();
        assert_eq!(rows(), Some(2));
    }

    #[test]
    fn of_names_and_headers_that_are_typed_letter_by_letter_few_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("check.rhai");
        std::fs::write(folder.path().join("staff.csv"), "Cases\n1\n").unwrap();
        let (host, glimpses) = (Host::new(), Glimpses::default());
        let staff = file("staff.csv");
        let first = glimpses.of(&host, &script, &staff).unwrap();
        for letters in 1..3 * MOST_SEEN {
            let typed = "x".repeat(letters);
            let wanted = Wanted {
                header: Some(typed.clone()),
                ..Wanted::default()
            };
            let of_header = DataFile {
                wanted: vec![wanted],
                ..staff.clone()
            };
            assert!(glimpses.of(&host, &script, &of_header).is_some());
            assert!(glimpses.of(&host, &script, &file(&typed)).is_none());
            // What is asked for all along stays.
            let again = glimpses.of(&host, &script, &staff).unwrap();
            assert!(Arc::ptr_eq(&first, &again));
        }
        assert_eq!(glimpses.seen().len(), MOST_SEEN);
    }

    #[test]
    fn while_a_file_is_read_others_are_told() {
        let (host, glimpses) = (Host::new(), Glimpses::default());
        let survey = file("data/survey.csv");
        let script = Path::new("scripts/eastmere/check.rhai");
        let other = (PathBuf::from("other"), file("other"));
        let read = glimpses.seen_or_read(other, || {
            Some(glimpses.of(&host, script, &survey)?.as_ref().clone())
        });
        assert!(read.is_some());
    }

    #[test]
    fn a_header_of_two_rows_is_told_as_a_run_reads_it() {
        let survey = DataFile {
            wanted: vec![
                Wanted {
                    name: "team".to_owned(),
                    ..Wanted::default()
                },
                Wanted {
                    name: "caseload-manageable".to_owned(),
                    header: None,
                    wording: Some("I can do my work well".to_owned()),
                },
            ],
            ..file("staff.csv")
        };
        let text = "Respondent ID,Collector ID,Email Address,Team,How far do you agree?\n\
            ,,,Response,I can do my work well\n1,1,a@b,Duty,Agree\n2,1,c@d,Duty,Disagree\n";
        let found = glimpsed_as(text, &survey).unwrap();
        assert_eq!(found.rows, 2);
        let headers: Vec<&str> = found
            .columns
            .iter()
            .map(|one| one.header.as_str())
            .collect();
        // Nothing is told of who answered.
        assert_eq!(
            headers,
            ["Team", "How far do you agree? [I can do my work well]"]
        );
        let different = |column: &ColumnGlimpse| match column.holds {
            Holds::Words { different, .. } => different,
            _ => 0,
        };
        let different: Vec<usize> = found.columns.iter().map(different).collect();
        assert_eq!(different, [1, 2]);
    }

    #[test]
    fn the_mark_beside_an_open_workbook_is_no_file_of_data() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        for name in ["list.xlsx", "data/~$list.xlsx", "~$list.xlsx", ".list.csv"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let (_, files) = Host::new().data_files(&folder.path().join("check.rhai"));
        assert_eq!(files, ["list.xlsx"]);
    }

    #[test]
    fn a_file_that_is_not_there_or_lies_outside_gives_nothing() {
        let host = Host::new();
        for name in ["staff.csv", "../other/staff.csv", "/etc/passwd"] {
            let found = host.glimpse(Path::new("nowhere/check.rhai"), &file(name));
            assert!(found.is_none(), "{name}");
        }
    }
}
