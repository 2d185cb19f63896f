//! A card and a file in; what is read of it, in a picture of one line a row, or why it is
//! refused, out.

use healthcheck::check::HealthCheck;
use healthcheck::data::{self, Cell, Reading};
use healthcheck::diagnostic::Severity;
use healthcheck::script::Workshop;
use healthcheck::source::Source;
use healthcheck::validate;

/// What a file is expected to come to.
pub enum Expect<'a> {
    /// The columns named and their rows, cells parted by ` | `, a missing one as its symbol;
    /// then how the rows add up, and the codes of warnings.
    Read(&'a [&'a str], &'a str, &'a [&'a str]),
    /// The code of the first fault, and words that its picture shows.
    Refused(&'a str, &'a [&'a str]),
}

pub use Expect::{Read, Refused};

/// A script with one card for a table.
pub fn script(table: &str, card: &str) -> HealthCheck {
    let text = format!(
        "council(\"Sandbourne\", #{{
    code: \"E06999903\", as_of: \"2026-09-30\", services: [\"children\", \"adults\"],
    lead: #{{ post: \"Principal Social Worker\", social_work_qualified: true }},
}});
consulted(\"UNISON\", #{{ on: \"2026-09-04\", how: \"meeting\", agreed: true }});
table(\"{table}\", #{{ {card} }});
"
    );
    let source = Source::new("check.rhai", &text);
    validate::check(&source, &[], &Workshop::default())
        .unwrap_or_else(|faults| panic!("{faults}"))
        .into_inner()
}

/// Reads a file as the card of its table says.
pub fn read(check: &HealthCheck, name: &str, bytes: &[u8]) -> Reading {
    let spec = &check.tables()[0];
    let mut reading = data::read(spec, name, bytes);
    for block in [1, 7, 64, 1 << 20] {
        if let Some(same) = in_blocks(spec, name, bytes, block) {
            assert_eq!(
                format!("{same:?}"),
                format!("{reading:?}"),
                "{name} in blocks of {block}"
            );
        }
    }
    if let Some(headers) = &reading.headers {
        let told = validate::columns(check, &spec.id, name, headers);
        reading.faults.extend(told);
    }
    reading
}

/// The same in blocks of so many bytes, if the file is plain enough for that.
pub fn in_blocks(
    spec: &data::TableSpec,
    name: &str,
    mut bytes: &[u8],
    block: usize,
) -> Option<Reading> {
    let length = bytes.len() as u64;
    let incoming = data::Incoming {
        from: &mut bytes,
        length,
        block,
        told: &|_| {},
    };
    match data::read_in_blocks(spec, name, incoming).expect("bytes in memory can be read") {
        data::InBlocks::Read { reading, .. } => Some(*reading),
        data::InBlocks::NotPlain(faults) => {
            assert!(faults.has_errors(), "{name}: why it is not plain is told");
            None
        }
    }
}

/// Judges one case; `what` says what it shows.
pub fn judge(what: &str, check: &HealthCheck, name: &str, bytes: &[u8], expect: &Expect) {
    let reading = read(check, name, bytes);
    let account = &reading.account;
    let left_out: u64 = account.left_out.values().sum();
    assert_eq!(account.read, account.used + left_out, "{what}: rows add up");
    match expect {
        Read(rows, words, warnings) => {
            assert!(!reading.faults.has_errors(), "{what}\n{}", reading.faults);
            let columns: Vec<&str> = rows[0].split(" | ").collect();
            let mut found = vec![rows[0].to_owned()];
            for row in 0..reading.table.len {
                let cells: Vec<String> = columns
                    .iter()
                    .map(|column| shown(&reading.table.cell(column, row)))
                    .collect();
                found.push(cells.join(" | "));
            }
            assert_eq!(&found, rows, "{what}\n{}", reading.faults);
            assert_eq!(account.words(), *words, "{what}");
            assert_eq!(account.used, reading.table.len as u64, "{what}");
            let codes: Vec<&str> = reading.faults.iter().map(|one| one.code.name()).collect();
            assert_eq!(codes, *warnings, "{what}\n{}", reading.faults);
        }
        Refused(code, parts) => {
            let picture = reading.faults.to_string();
            let first = reading
                .faults
                .iter()
                .find(|fault| fault.severity() == Severity::Error)
                .unwrap_or_else(|| panic!("{what} is not refused\n{picture}"));
            assert_eq!(first.code.name(), *code, "{what}\n{picture}");
            for part in *parts {
                assert!(
                    picture.contains(part),
                    "{what}: `{part}` is not in\n{picture}"
                );
            }
        }
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Words(words) => words.to_string(),
        Cell::Missing(reason) => reason.symbol().to_owned(),
    }
}
