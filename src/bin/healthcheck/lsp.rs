//! `healthcheck lsp`: a language server for editors.

use crate::Ending;
use healthcheck::host::Host;
use healthcheck::lsp;

/// Serves one editor until it goes. One that goes without saying so first ends the command
/// with 1, as the protocol has it.
pub fn lsp(host: &Host) -> Ending {
    match lsp::serve(host) {
        true => Ending::Well,
        false => Ending::Faults,
    }
}
