//! A language server: what an editor says in; faults as one types, completion, hover,
//! definitions, quick fixes, symbols and layout of scripts and templates out.
//!
//! It speaks over standard input and output, writes no file but copies for reading that
//! vanish with it, and answers from what is open in the editor before what is on disk. One
//! thread talks, another checks: an answer to a keystroke never waits for a check. What is
//! said while a text is broken comes from its words alone (`outline`, `spot`, `scope`), and
//! from the council's data files, of which nothing is told about a single row
//! ([`Glimpse`](crate::host::Glimpse)).

mod answers;
mod capabilities;
mod checker;
mod complete;
mod council;
mod definition;
mod desk;
mod documents;
mod hover;
mod offer;
mod outline;
mod positions;
mod referent;
mod rename;
mod scope;
mod server;
mod signature;
mod spot;
mod symbols;
mod templates;
mod told;
mod uris;

use crate::host::Host;
use lsp_server::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Serves one editor over standard input and output until it goes, and gives whether it
/// said so first, as the protocol wants. Nothing else may be printed meanwhile. Where data
/// files are is the host's to know; each script's libraries, templates and data are found
/// from its own path.
pub fn serve(host: &Host) -> bool {
    let (connection, threads) = Connection::stdio();
    let said = server::converse(host, &connection);
    // The threads end when nothing more can be sent.
    drop(connection);
    threads.join().is_ok() && said
}

/// What the work gives, or what a bug of ours says.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "it stopped without a word".to_owned())
    })
}
