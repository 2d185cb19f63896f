//! The social work health check as a script.
//!
//! Each council keeps its own version of the check in a [rhai] script: a flat list of
//! cards. This library loads the script, lays it over the national core of six standards
//! and 39 items, reads the council's data, scores them twice (by the nation's rules, which
//! no script can touch, and by the council's own) and publishes the results. Figures about
//! fewer than ten people are withheld on the way: the only thing that comes out of an
//! assessment is a [`Publication`].
//!
//! A mistake is never a panic and never a blank. It comes back as [`Diagnostics`]: a code,
//! the file, the line, what is wrong in plain words, and what to type.
//!
//! ```
//! use healthcheck::{Destination, Diagnostics, Host};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let host = Host::builder().scripts(folder.path().join("scripts")).build();
//!
//! // A script and made-up data to begin with, as `healthcheck new northshire` writes them.
//! let made = host.begin("northshire")?;
//!
//! let check = host.load(&made[0])?;         // the script, laid over the national check
//! let data = host.read(&check)?;            // the files that it names
//! let to = Destination::folder(folder.path().join("published"));
//! let earlier = host.earlier(&check, &to);  // what was published before: nothing yet
//! let found = host.assess(&check, &data, &earlier)?;  // a Publication: what may be seen
//! assert_eq!(check.items().len(), 39 + 2);  // the nation's, and two of the council's own
//! assert_eq!(found.scopes[0].standards.len(), 6);
//!
//! let page = host.publish(&found, &to)?;
//! assert!(page.ends_with("northshire/index.html"));
//!
//! // A mistake has a place and says what to type.
//! let text = std::fs::read_to_string(&made[0])?;
//! std::fs::write(&made[0], text.replace("target: at_most(16)", "tarket: at_most(16)"))?;
//! let faults: Diagnostics = host.load(&made[0]).unwrap_err();
//! assert!(faults.to_string().contains("did you mean `target`?"));
//! # Ok(())
//! # }
//! ```
//!
//! # The rooms
//!
//! Each depends on those below it and on none above.
//!
//! | room | what comes in, what goes out |
//! |---|---|
//! | [`lsp`] | an editor's messages in, faults, completion and explanations out (feature `lsp`) |
//! | [`watch`] | changes of files in, runs again out (feature `watch`) |
//! | [`reference`](mod@reference) | a word in, what it means out; all that a script may say, as tables and as pages |
//! | [`host`] | folders in, published pages out: the façade, and the only room with files |
//! | [`compare`] | publications in, a comparison and the national summary out |
//! | [`report`] | publications and templates in, pages out, open data and a manifest with them |
//! | [`verify`] | publications and their files in; out: what holds, what could not be told, what differs |
//! | [`attack`] | publications in, what can be worked out of them and should not be, out |
//! | `disclose` | an assessment in, a [`Publication`] out: disclosure control |
//! | `change` | two publications in, what changed between them out |
//! | `assess` | a check and its data in, an assessment out; it holds small numbers and stays inside |
//! | [`validate`] | a draft in, a [`HealthCheck`] out, every rule checked |
//! | [`check`] | the health check of one council: sound, or it does not exist |
//! | [`script`] | a script's text in, a draft of its cards out; rhai lives here |
//! | [`data`] | CSV, JSON and workbooks in, typed tables out; an empty cell is missing, never 0 |
//! | [`publication`] | what may be seen, and the form of `results.json` |
//! | [`national`] | the six standards, bands, columns, and the embedded national cards |
//! | [`missing`] | the five reasons why a value is not there |
//! | [`diagnostic`] | what is wrong, where, and what to type instead |
//! | [`source`] | a file's text, and a place in it |
//!
//! A Rust function for scripts is added with [`host::Builder::library`]; the example
//! `pay_library` shows it whole.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod assess;
mod assessment;
pub mod attack;
mod chance;
mod change;
pub mod check;
mod colour;
pub mod compare;
pub mod data;
pub mod diagnostic;
mod digest;
mod disclose;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;
pub mod host;
mod inside;
#[cfg(feature = "lsp")]
pub mod lsp;
mod memo;
pub mod missing;
pub mod national;
pub mod publication;
pub mod reference;
pub mod report;
mod restore;
mod rounding;
pub mod script;
mod side_by_side;
pub mod source;
mod stop;
pub mod validate;
pub mod verify;
#[cfg(feature = "watch")]
pub mod watch;

pub use check::HealthCheck;
pub use compare::Comparison;
pub use data::Dataset;
pub use diagnostic::{Checked, Code, Diagnostic, Diagnostics, Severity};
pub use host::{CouncilFolder, Destination, Host, Outcome, Run, Timings};
pub use publication::{Earlier, Publication};
/// The script engine, for functions of an embedder's own. A library of functions is the
/// only place where rhai is public, so an upgrade of rhai is a breaking release of this
/// crate.
pub use rhai;
pub use script::{Library, Limits, NoThread};

/// The Rust of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
