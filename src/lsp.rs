//! A language server for scripts and templates.
mod documents;
mod outline;
mod positions;
mod scope;
mod spot;
mod uris;
