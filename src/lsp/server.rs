//! The conversation with an editor: its messages in, answers and news out.

use super::checker::Shared;
use super::{answers, capabilities};
use crate::host::{Glimpses, Host, ReadingCopies};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Exit, Initialized, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest,
    Initialize, PrepareRenameRequest, Rename, Request as _, Shutdown, SignatureHelpRequest,
};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, InitializeParams, PublishDiagnosticsParams,
    TextDocumentPositionParams, Uri,
};
use serde_json::Value;
use std::thread;

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not begun.
    Before,
    /// Going on.
    Open,
    /// The editor has said that it will go.
    Closing,
}

/// One end of a conversation.
struct Server<'s> {
    host: &'s Host,
    shared: Shared,
    glimpses: Glimpses,
    copies: ReadingCopies,
    connection: &'s Connection,
    stage: Stage,
    client: capabilities::Client,
}

/// Talks until the editor goes. Gives whether it said so before.
pub(super) fn converse(host: &Host, connection: &Connection) -> bool {
    let shared = Shared::default();
    let mut server = Server {
        host,
        shared: shared.clone(),
        glimpses: Glimpses::default(),
        copies: ReadingCopies::default(),
        connection,
        stage: Stage::Before,
        client: capabilities::Client::default(),
    };
    let sender = connection.sender.clone();
    thread::scope(|scope| {
        let checks = shared.clone();
        scope.spawn(move || {
            // Made once, so that nobody waits for it at the first question.
            crate::validate::national();
            checks.run(host, |uri, document, told| {
                if let Some(news) = publish(uri, Some(document.version), told.diagnostics(document))
                {
                    // An editor that is gone needs no news.
                    let _ = sender.send(news);
                }
            });
        });
        let said = server.talk();
        shared.end();
        said
    })
}

/// Everything that is wrong with a text, as a message.
fn publish(
    uri: &str,
    version: Option<i32>,
    diagnostics: Vec<lsp_types::Diagnostic>,
) -> Option<Message> {
    let params = PublishDiagnosticsParams {
        uri: uri.parse::<Uri>().ok()?,
        diagnostics,
        version,
    };
    let method = PublishDiagnostics::METHOD.to_owned();
    Some(Notification::new(method, params).into())
}

impl Server<'_> {
    fn talk(&mut self) -> bool {
        for message in &self.connection.receiver {
            match message {
                Message::Request(request) => {
                    let answer = self.answer(request);
                    if self.connection.sender.send(answer.into()).is_err() {
                        return false;
                    }
                }
                Message::Notification(news) if news.method == Exit::METHOD => {
                    return self.stage == Stage::Closing;
                }
                Message::Notification(news) if self.stage == Stage::Open => self.hear(news),
                Message::Notification(_) | Message::Response(_) => {}
            }
        }
        false
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let refuse =
            |code: ErrorCode, why: &str| Response::new_err(id.clone(), code as i32, why.to_owned());
        match (self.stage, method.as_str()) {
            (Stage::Before, Initialize::METHOD) => {
                let Ok(params) = serde_json::from_value::<InitializeParams>(params) else {
                    return refuse(
                        ErrorCode::InvalidParams,
                        "these are no words of `initialize`",
                    );
                };
                self.client = capabilities::Client::of(&params);
                self.stage = Stage::Open;
                return Response::new_ok(id, capabilities::ours());
            }
            (Stage::Before, _) => {
                return refuse(ErrorCode::ServerNotInitialized, "`initialize` comes first");
            }
            (Stage::Open, Shutdown::METHOD) => {
                self.stage = Stage::Closing;
                return Response::new_ok(id, Value::Null);
            }
            (Stage::Open, Initialize::METHOD) | (Stage::Closing, _) => {
                return refuse(ErrorCode::InvalidRequest, "it is too late for this");
            }
            (Stage::Open, _) => {}
        }
        let answered = super::guarded(|| self.ask(&method, params));
        match answered {
            Ok(Ok(value)) => Response::new_ok(id, value),
            Ok(Err(Refusal::Unknown)) => refuse(
                ErrorCode::MethodNotFound,
                &format!("nobody here answers `{method}`"),
            ),
            Ok(Err(Refusal::Misread)) => refuse(
                ErrorCode::InvalidParams,
                &format!("these are no words of `{method}`"),
            ),
            Ok(Err(Refusal::Because(why))) => refuse(ErrorCode::RequestFailed, &why),
            Err(bug) => refuse(
                ErrorCode::InternalError,
                &format!("a bug in healthcheck: {bug}"),
            ),
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            Completion::METHOD => {
                let params: lsp_types::CompletionParams = read(params)?;
                let typed = params.context.and_then(|context| context.trigger_character);
                let at = params.text_document_position;
                self.about(&at.text_document.uri, |desk| {
                    answers::completion(desk, at.position, typed.as_deref())
                })
            }
            HoverRequest::METHOD => {
                let at = at(read::<lsp_types::HoverParams>(params)?.text_document_position_params);
                self.about(&at.0, |desk| answers::hover(desk, at.1))
            }
            GotoDefinition::METHOD => {
                let params: lsp_types::GotoDefinitionParams = read(params)?;
                let at = at(params.text_document_position_params);
                self.about(&at.0, |desk| answers::definition(desk, at.1))
            }
            DocumentSymbolRequest::METHOD => {
                let params: lsp_types::DocumentSymbolParams = read(params)?;
                self.about(&params.text_document.uri, answers::symbols)
            }
            Formatting::METHOD => {
                let params: lsp_types::DocumentFormattingParams = read(params)?;
                self.about(&params.text_document.uri, answers::formatting)
            }
            SignatureHelpRequest::METHOD => {
                let params: lsp_types::SignatureHelpParams = read(params)?;
                let at = at(params.text_document_position_params);
                self.about(&at.0, |desk| answers::signature(desk, at.1))
            }
            PrepareRenameRequest::METHOD => {
                let at = at(read::<TextDocumentPositionParams>(params)?);
                self.about_or(&at.0, |desk| answers::prepared(desk, at.1))
            }
            Rename::METHOD => {
                let params: lsp_types::RenameParams = read(params)?;
                let at = at(params.text_document_position);
                self.about_or(&at.0, |desk| answers::renamed(desk, at.1, &params.new_name))
            }
            CodeActionRequest::METHOD => {
                let params: lsp_types::CodeActionParams = read(params)?;
                self.about(&params.text_document.uri, |desk| {
                    answers::actions(desk, params.range)
                })
            }
            _ => Err(Refusal::Unknown),
        }
    }

    /// The same where what is asked for may not be done.
    fn about_or(
        &mut self,
        uri: &Uri,
        answer: impl FnOnce(&mut answers::Asked<'_>) -> Result<Value, String>,
    ) -> Result<Value, Refusal> {
        let mut refused = None;
        let value = self.about(uri, |asked| match answer(asked) {
            Ok(value) => value,
            Err(why) => {
                refused = Some(why);
                Value::Null
            }
        })?;
        match refused {
            Some(why) => Err(Refusal::Because(why)),
            None => Ok(value),
        }
    }

    /// Answers about a text that is open; of any other there is nothing to say.
    fn about(
        &mut self,
        uri: &Uri,
        answer: impl FnOnce(&mut answers::Asked<'_>) -> Value,
    ) -> Result<Value, Refusal> {
        let state = self.shared.state();
        let Some(document) = state.documents.get(uri.as_str()).cloned() else {
            return Ok(Value::Null);
        };
        let host = self.host.with_unsaved(state.documents.unsaved());
        let told = state.told.get(uri.as_str()).cloned();
        // The checks go on while we think.
        drop(state);
        Ok(answer(&mut answers::Asked {
            host: &host,
            glimpses: &self.glimpses,
            copies: &mut self.copies,
            client: &self.client,
            uri,
            document: &document,
            told: told.unwrap_or_default(),
        }))
    }

    fn hear(&mut self, news: Notification) {
        let Notification { method, params } = news;
        match method.as_str() {
            Initialized::METHOD if self.client.watches => {
                let asked = capabilities::watch_files();
                // An editor that is gone changes no files.
                let _ = self.connection.sender.send(asked.into());
            }
            DidOpenTextDocument::METHOD => {
                if let Ok(DidOpenTextDocumentParams { text_document: it }) = read(params) {
                    let uri = it.uri.as_str();
                    let mut state = self.shared.state();
                    state
                        .documents
                        .open(uri, &it.language_id, it.version, &it.text);
                    drop(state);
                    self.shared.check_soon(uri);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(DidChangeTextDocumentParams {
                    text_document: it,
                    content_changes,
                }) = read(params)
                {
                    let uri = it.uri.as_str();
                    let mut state = self.shared.state();
                    state.documents.change(uri, it.version, content_changes);
                    drop(state);
                    self.shared.has_changed(uri);
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Ok(DidSaveTextDocumentParams { .. }) = read(params) {
                    self.shared.check_all();
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(DidCloseTextDocumentParams { text_document: it }) = read(params) {
                    let uri = it.uri.as_str();
                    self.shared.state().forget(uri);
                    if let Some(nothing) = publish(uri, None, Vec::new()) {
                        // An editor that is gone shows nothing.
                        let _ = self.connection.sender.send(nothing);
                    }
                    self.shared.check_all();
                }
            }
            DidChangeWatchedFiles::METHOD => self.shared.check_all(),
            _ => {}
        }
    }
}

/// Why a question is not answered.
enum Refusal {
    /// We do not know it.
    Unknown,
    /// We cannot read it.
    Misread,
    /// It may not be done.
    Because(String),
}

fn read<T: for<'d> serde::Deserialize<'d>>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|_| Refusal::Misread)
}

fn at(params: TextDocumentPositionParams) -> (Uri, lsp_types::Position) {
    (params.text_document.uri, params.position)
}
