//! What can be typed after `healthcheck`.

use clap::{Parser, Subcommand, ValueEnum};
use healthcheck::national::Service;
use std::path::PathBuf;

/// The social work health check: each council's own script, checked against the six
/// national standards, scored and published.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub places: Places,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  healthcheck new northshire       begin a council, with made-up data
  healthcheck check northshire     look for mistakes; nothing is published
  healthcheck test northshire      run the council's own tests
  healthcheck run                  check, score and publish every council
  healthcheck watch                the same again whenever a file changes
  healthcheck explain unknown-key  what a message means and what to do
  healthcheck explain share        what a function does, or a card, a key, a column

Exit codes:
  0 well   1 faults in a script, data or template   2 the command was not understood
  3 something could not be read or written   70 a bug in healthcheck";

/// Where things are.
#[derive(Debug, clap::Args)]
pub struct Places {
    /// The folder that holds a folder for each council
    #[arg(long, global = true, value_name = "DIR", default_value = "scripts")]
    pub scripts: PathBuf,

    /// The folder of page templates [default: `templates` if it is there, else the
    /// program's own]
    #[arg(long, global = true, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// The folder to write in, with a folder for each council [default: `published`; of a
    /// questionnaire: `questionnaire`; of the reference: `reference`]
    #[arg(long, global = true, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// A folder that holds a folder of data for each council [default: data files stand
    /// beside each council's script]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

impl Places {
    /// What is wrong with a folder that was named and must be there.
    pub fn trouble(&self) -> Option<String> {
        [("--templates", &self.templates), ("--data", &self.data)]
            .into_iter()
            .filter_map(|(name, folder)| Some((name, folder.as_ref()?)))
            .find(|(_, folder)| !folder.is_dir())
            .map(|(name, folder)| {
                format!(
                    "there is no folder `{}`, which {name} names",
                    folder.display()
                )
            })
    }
}

/// What is known of a council that is begun.
#[derive(Debug, clap::Args)]
pub struct Begin {
    /// Its name, as it stands on the page
    #[arg(long)]
    pub name: Option<String>,

    /// Its code, such as E10000099
    #[arg(long)]
    pub code: Option<String>,

    /// The day on which records were counted, 2026-09-30
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,

    /// The services that it runs: children, adults
    #[arg(long, value_name = "SERVICE", value_delimiter = ',', value_parser = service)]
    pub services: Vec<Service>,

    /// Its own data files, to begin with: CSV, JSON or workbooks
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub from: Vec<PathBuf>,
}

/// A service by its name, in any case and with spaces round it.
fn service(text: &str) -> Result<Service, String> {
    let named = Service::find(&text.trim().to_lowercase());
    named.ok_or_else(|| "the services are: children, adults".to_owned())
}

/// How something is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words and columns
    #[default]
    Human,
    /// JSON
    Json,
}

/// How faults are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FaultFormat {
    /// Pictures, for people
    #[default]
    Human,
    /// JSON, as docs/diagnostics.md describes it
    Json,
    /// Workflow commands: annotations in GitHub Actions
    Github,
    /// SARIF 2.1.0: code scanning and editors
    Sarif,
    /// JUnit's XML: a test case for each council
    Junit,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check, score and publish, then print a table of the results
    ///
    /// Every council with a script under `scripts/` is run, or only those named. A council
    /// with a fault keeps its last publication; the others are published all the same.
    #[command(
        after_help = "Examples:\n  healthcheck run\n  healthcheck run northshire eastmere\n  healthcheck run --data ../figures --out public"
    )]
    Run {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,

        /// Nobody outside has seen what was published before of the same as-of date: replace
        /// it, whatever has changed
        #[arg(long)]
        unseen: bool,

        /// How faults are told; for programs they go to standard output, and the table to
        /// standard error
        #[arg(long, value_enum, default_value_t)]
        format: FaultFormat,

        /// Show the cells at fault as they are, however few rows say so; not where others read
        /// along, as they do the log of a build server
        #[arg(long)]
        show_values: bool,
    },

    /// Look for mistakes in scripts, in the data that are there and in templates; publish nothing
    #[command(
        after_help = "Examples:\n  healthcheck check\n  healthcheck check northshire\n  healthcheck check --fix northshire\n  healthcheck check --format sarif > check.sarif\n  healthcheck check --stdin-filename scripts/northshire/check.rhai < unsaved.rhai"
    )]
    Check {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL", conflicts_with = "stdin_filename")]
        councils: Vec<String>,

        /// How faults are told; for programs they go to standard output, and all else to
        /// standard error
        #[arg(long, value_enum, default_value_t)]
        format: FaultFormat,

        /// Read a script's text from standard input, as editors want it: a council's
        /// `check.rhai`, or a library in `shared`. PATH says where it would stand
        #[arg(long, value_name = "PATH")]
        stdin_filename: Option<PathBuf>,

        /// Make every change of which there is one right text, show what was changed, and tell
        /// what is left; with --stdin-filename, print the mended text
        #[arg(long)]
        fix: bool,

        /// Show the cells at fault as they are, however few rows say so; not where others read
        /// along, as they do the log of a build server
        #[arg(long)]
        show_values: bool,
    },

    /// Run councils' own tests, `tests.rhai` beside each script
    ///
    /// Each test gives rows of its own and says what they must come to; no data file is
    /// opened. Says which branches of its formulas no test enters, and at the end which
    /// formulas no test asks for.
    #[command(
        after_help = "Examples:\n  healthcheck test\n  healthcheck test northshire\n  healthcheck test northshire --filter ceiling\n  healthcheck test --format junit > tests.xml"
    )]
    Test {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,

        /// Only tests whose name holds this text
        #[arg(
            long,
            value_name = "TEXT",
            default_value = "",
            hide_default_value = true
        )]
        filter: String,

        /// How faults are told; for programs they go to standard output, and all else to
        /// standard error. In JUnit's form each test is a case
        #[arg(long, value_enum, default_value_t)]
        format: FaultFormat,
    },

    /// Lay scripts out: keys under one another, one layout for everybody
    ///
    /// Spaces, line ends and the comma before a closing bracket may change, and nothing else:
    /// the script means the same, and every note stays. Without a council named, the shared
    /// libraries are laid out too.
    #[command(
        after_help = "Examples:\n  healthcheck fmt\n  healthcheck fmt northshire\n  healthcheck fmt --check\n  healthcheck fmt --stdin < check.rhai"
    )]
    Fmt {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL", conflicts_with = "stdin")]
        councils: Vec<String>,

        /// Change nothing; name the scripts that are not in the one layout, and fail if there
        /// are any
        #[arg(long, conflicts_with = "stdin")]
        check: bool,

        /// Read a script from standard input and print it laid out, as editors want it
        #[arg(long)]
        stdin: bool,
    },

    /// Show how councils' checks differ from the national one
    ///
    /// Each national item that a council touches, line by line, with the word that was worked
    /// out for it; what the council adds; how its files are read; and how many items of each
    /// standard still compare.
    #[command(
        after_help = "Examples:\n  healthcheck diff northshire\n  healthcheck diff northshire --format json"
    )]
    Diff {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,
        /// For a reader, or for a program
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },

    /// Set many councils' published results side by side, and sum up the nation
    ///
    /// Only items that compare are shown, with their intervals and the spread over the
    /// councils; councils whose intervals overlap are never put one before the other.
    #[command(
        after_help = "Examples:\n  healthcheck compare published\n  healthcheck compare published/northshire results.json --as-of 2026-12-31\n  healthcheck compare published --format json"
    )]
    Compare {
        /// `results.json` files, folders that hold one, or a folder of such folders
        #[arg(value_name = "RESULTS", required = true)]
        results: Vec<PathBuf>,
        /// The day of the comparison, 2026-12-31 [default: the latest as-of date among the
        /// results]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// For a reader, or for a program
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },

    /// Run, then run again whenever a script, a library, a template or data change
    ///
    /// Only the councils that a change touches run again. With --serve the pages stand in a
    /// browser and load themselves again, with faults and with what each save moved. Stop
    /// with Ctrl-C.
    #[cfg(feature = "watch")]
    #[command(
        after_help = "Examples:\n  healthcheck watch\n  healthcheck watch northshire --open\n  healthcheck watch --serve --port 8010"
    )]
    Watch {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,

        /// Nobody outside has seen what was published before of the same as-of date: replace
        /// it, whatever has changed
        #[arg(long)]
        unseen: bool,

        /// Show the pages in a browser, on this computer alone, at the address that is printed
        #[arg(long)]
        serve: bool,

        /// The same, and open the browser
        #[arg(long)]
        open: bool,

        /// The port to show them on [default: one that is free]
        #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
        port: Option<u16>,
    },

    /// Look for what might go wrong before it does; change nothing
    ///
    /// Whether files can be read and written, how they are encoded, who has them open, where
    /// they lie, and whether what is published is whole, made of what is at hand, and its
    /// grades still hold. Each with what to do.
    #[command(after_help = "Examples:\n  healthcheck doctor\n  healthcheck doctor northshire")]
    Doctor {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,
    },

    /// Begin a council: a script to change, with your own files or made-up data
    ///
    /// With `--from`, your files are copied into the council's data folder, and the script
    /// has a card for each: what was recognised by headers and values, and a note for what is
    /// not sure. Without a name, on a terminal, it asks.
    #[command(
        after_help = "Examples:\n  healthcheck new northshire\n  healthcheck new\n  healthcheck new northshire --name \"Northshire County Council\" --services children,adults\n  healthcheck new northshire --as-of 2026-09-30 --from staff.xlsx totals.csv survey.csv"
    )]
    New {
        /// The council's folder: lower-case words joined by hyphens
        #[arg(value_name = "FOLDER")]
        id: Option<String>,

        #[command(flatten)]
        start: Begin,
    },

    /// Write the program's own page templates into `templates`, to edit them
    #[command(
        after_help = "Examples:\n  healthcheck templates\n  healthcheck templates --try look\n  healthcheck templates --names\n  healthcheck templates --names interval"
    )]
    Templates {
        /// Instead, make the pages of made-up councils at the edges of what can happen
        /// (nothing rated, everything withheld, …) with the templates in force, to look at
        #[arg(long = "try", value_name = "FOLDER")]
        look: Option<PathBuf>,

        /// Instead, list the names that a template may use, or those that a word speaks of
        #[arg(
            long,
            value_name = "WORD",
            num_args = 0..=1,
            default_missing_value = "",
            conflicts_with = "look"
        )]
        names: Option<String>,
    },

    /// Write the survey that a script defines: to print, for Kobo or ODK, and for SurveyJS
    ///
    /// With it come the card and the headers under which the answers are read back. No data
    /// are read.
    #[command(
        after_help = "Examples:\n  healthcheck questionnaire northshire\n  healthcheck questionnaire northshire --out forms"
    )]
    Questionnaire {
        /// The council, by the name of its folder
        council: String,
    },

    /// Verify a publication: its files, its figures, and all of it from the inputs at hand
    ///
    /// The files are held against the manifest, every figure that follows from others is
    /// worked out again, and what can be made again with the scripts, data and templates at
    /// hand is compared byte for byte.
    #[command(
        after_help = "Examples:\n  healthcheck verify published\n  healthcheck verify published/northshire --scripts scripts --data ../figures"
    )]
    Verify {
        /// Folders of publications, or a folder that holds some
        #[arg(value_name = "FOLDER", required = true)]
        folders: Vec<PathBuf>,
    },

    /// Serve an editor: faults as you type, completion, explanations, quick fixes
    ///
    /// A language server, which editors start by themselves: it speaks with them over
    /// standard input and output. docs/editors.md says how each is set up.
    #[cfg(feature = "lsp")]
    #[command(after_help = "Examples:\n  healthcheck lsp\n  healthcheck lsp --data ../figures")]
    Lsp {
        /// Over standard input and output, as some editors say; there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },

    /// Print the JSON Schema of `results.json`
    #[command(after_help = "Example:\n  healthcheck schema > results.schema.json")]
    Schema,

    /// Disclosure control of what is published
    Disclose {
        #[command(subcommand)]
        command: Disclose,
    },

    /// Say what a code, an item, a card, a key, a column or a function means
    ///
    /// With it come what is often written wrongly, and the same put right. A name that several
    /// have lists them: ask for one as it stands there, such as `measure.best`.
    #[command(
        after_help = "Examples:\n  healthcheck explain unknown-key\n  healthcheck explain caseload-per-fte\n  healthcheck explain share\n  healthcheck explain measure\n  healthcheck explain measure.best\n  healthcheck explain workers.cases\n  healthcheck explain functions"
    )]
    Explain {
        /// A code as it stands in square brackets, an id, a key, a function, …; or codes,
        /// items, standards, cards, keys, tables, columns, functions, to list them [default:
        /// codes]
        word: Option<String>,
    },

    /// Write the reference: every function, card, key, item, code and name of templates
    ///
    /// Pages to read, in Markdown, and definitions for editors that know rhai.
    #[command(
        after_help = "Examples:\n  healthcheck reference\n  healthcheck reference --out our-docs"
    )]
    Reference,
}

impl Command {
    /// Whether cells at fault are shown as they are.
    pub fn shows_values(&self) -> bool {
        matches!(
            self,
            Command::Run {
                show_values: true,
                ..
            } | Command::Check {
                show_values: true,
                ..
            }
        )
    }

    /// Whether it goes on until somebody ends it.
    pub fn goes_on(&self) -> bool {
        match self {
            #[cfg(feature = "watch")]
            Command::Watch { .. } => true,
            #[cfg(feature = "lsp")]
            Command::Lsp { .. } => true,
            _ => false,
        }
    }

    /// Whether it works on publications, so that it must not be ended in the midst of one.
    pub fn publishes(&self) -> bool {
        match self {
            Command::Run { .. } | Command::Questionnaire { .. } => true,
            #[cfg(feature = "watch")]
            Command::Watch { .. } => true,
            _ => false,
        }
    }

    /// Whether what was published before may be replaced.
    pub fn is_unseen(&self) -> bool {
        match self {
            Command::Run { unseen, .. } => *unseen,
            #[cfg(feature = "watch")]
            Command::Watch { unseen, .. } => *unseen,
            _ => false,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Disclose {
    /// Try to work out what publications withhold; fail if anything opens
    ///
    /// Several publications of one council and as-of date are its releases, and are
    /// attacked together.
    #[command(
        after_help = "Examples:\n  healthcheck disclose attack published/northshire\n  healthcheck disclose attack published\n  healthcheck disclose attack --format json published/northshire/results.json"
    )]
    Attack {
        /// A `results.json`, a folder that holds one, or a folder of such folders
        #[arg(value_name = "PUBLICATION", required = true)]
        publications: Vec<PathBuf>,

        /// How to print what was found
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
