//! What can be typed after `healthcheck`.

use clap::{Parser, Subcommand, ValueEnum};
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
  healthcheck run                  check, score and publish every council
  healthcheck watch                the same again whenever a file changes
  healthcheck explain unknown-key  what a message means and what to do

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

    /// The folder to publish in
    #[arg(long, global = true, value_name = "DIR", default_value = "published")]
    pub out: PathBuf,

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
    },

    /// Look for mistakes in scripts, data headers and templates; publish nothing
    #[command(after_help = "Examples:\n  healthcheck check\n  healthcheck check northshire")]
    Check {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,
    },

    /// Run, then run again whenever a script, a library, a template or data change
    ///
    /// Only the councils that a change touches run again. Stop with Ctrl-C.
    #[cfg(feature = "watch")]
    #[command(after_help = "Examples:\n  healthcheck watch\n  healthcheck watch northshire")]
    Watch {
        /// Councils, by the name of their folder; all of them if none is named
        #[arg(value_name = "COUNCIL")]
        councils: Vec<String>,
    },

    /// Begin a council: a script to change, and made-up data to try it with
    #[command(after_help = "Example:\n  healthcheck new northshire")]
    New {
        /// The council's folder: lower-case words joined by hyphens
        name: String,
    },

    /// Write the program's own page templates into `templates`, to edit them
    #[command(after_help = "Example:\n  healthcheck templates")]
    Templates,

    /// Disclosure control of what is published
    Disclose {
        #[command(subcommand)]
        command: Disclose,
    },

    /// Say what the code of a message means, why it matters and what to do
    #[command(after_help = "Examples:\n  healthcheck explain\n  healthcheck explain unknown-key")]
    Explain {
        /// The code, as it stands in square brackets; without it all codes are listed
        code: Option<String>,
    },
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

/// For whom it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain lines
    Human,
    /// JSON
    Json,
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
