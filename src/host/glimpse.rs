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
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
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
    /// Headers that it probably has: the row that holds most of them is its header.
    pub wanted: Vec<String>,
}

/// What a data file holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Glimpse {
    /// The file, as the reader should see it.
    pub file: String,
    /// Rows of data in it.
    pub rows: usize,
    /// Its columns, in order.
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

/// Data files as they were last read, so that one that has not changed is not read again.
#[derive(Debug, Default)]
pub struct Glimpses {
    seen: Mutex<BTreeMap<(PathBuf, DataFile), Seen>>,
}

/// What told one state of a file from another, and what it held.
type Seen = (Option<(SystemTime, u64)>, Option<Arc<Glimpse>>);

impl Glimpses {
    /// The same as [`Host::glimpse`].
    pub fn of(&self, host: &Host, script: &Path, file: &DataFile) -> Option<Arc<Glimpse>> {
        let path = host.data_root_of(&parent(script)).join(&file.file);
        let facts = std::fs::metadata(&path).ok();
        let state = facts.and_then(|facts| Some((facts.modified().ok()?, facts.len())));
        let key = (path, file.clone());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match seen.get(&key) {
            Some((known, held)) if *known == state => held.clone(),
            _ => {
                let held = host.glimpse(script, file).map(Arc::new);
                seen.insert(key, (state, held.clone()));
                held
            }
        }
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
        let headers = data::headers(&spec, &name, &bytes).ok()?;
        if let Likeness::Data(_) = headers.likeness {
            return None;
        }
        let headers = headers.names;
        let spec = TableSpec {
            columns: headers
                .iter()
                .map(|header| column(header, From::Header(header.clone())))
                .collect(),
            ..spec
        };
        let table = data::read(&spec, &name, &bytes).table;
        let columns = headers
            .into_iter()
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
        columns: file
            .wanted
            .iter()
            .map(|name| column(name, From::SameName))
            .collect(),
        missing: file.missing.clone(),
        policy: Policy::MostRows,
        place: nowhere,
    }
}

fn column(name: &str, from: From) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        from,
        wording: None,
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
        let folder = tempfile::tempdir().unwrap();
        let council = folder.path().join("scripts/northshire");
        std::fs::create_dir_all(&council).unwrap();
        std::fs::write(council.join("staff.csv"), text).unwrap();
        let script = council.join("check.rhai");
        Host::new().glimpse(&script, &file("staff.csv"))
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
