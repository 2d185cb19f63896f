//! An editor for tests: it starts the server, says what an editor says, and waits for what
//! comes back.

use assert_cmd::cargo::cargo_bin;
use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// One editor, with a folder in which Northshire's script, data and library stand.
pub struct Editor {
    folder: tempfile::TempDir,
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    asked: i32,
    versions: BTreeMap<String, i64>,
    /// The last faults of each text, with the version that they are of.
    told: BTreeMap<String, (Option<i64>, Value)>,
}

impl Editor {
    /// An editor that has begun the conversation.
    pub fn begin() -> Self {
        let mut editor = Self::start();
        editor.initialize();
        editor
    }

    /// An editor that has said nothing yet.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for inside in ["scripts/northshire", "scripts/shared"] {
            copy(&root.join(inside), &folder.path().join(inside));
        }
        let mut child = Command::new(cargo_bin("healthcheck"))
            .arg("lsp")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().unwrap()),
            folder,
            child,
            asked: 0,
            versions: BTreeMap::new(),
            told: BTreeMap::new(),
        }
    }

    pub fn initialize(&mut self) -> Value {
        self.initialize_as(json!({
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": true } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
            },
        }))
    }

    pub fn initialize_as(&mut self, capabilities: Value) -> Value {
        let ours = self.ask("initialize", json!({ "capabilities": capabilities }));
        self.say("initialized", json!({}));
        ours
    }

    /// Northshire's script as it stands in the repository.
    pub fn script(&self) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(root.join("scripts/northshire/check.rhai")).unwrap()
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub fn uri(&self, inside: &str) -> String {
        format!("file://{}", self.path(inside).display())
    }

    pub fn say(&mut self, method: &str, params: Value) {
        let news = Notification::new(method.to_owned(), params);
        Message::from(news)
            .write(self.to.as_mut().unwrap())
            .unwrap();
    }

    /// Asks, and gives the whole answer.
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        let request = Request::new(id.clone(), method.to_owned(), params);
        Message::from(request)
            .write(self.to.as_mut().unwrap())
            .unwrap();
        loop {
            match self.hear() {
                Message::Response(response) if response.id == id => {
                    return serde_json::to_value(response).unwrap();
                }
                other => self.keep(other),
            }
        }
    }

    /// Asks what must be answered.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn hear(&mut self) -> Message {
        Message::read(&mut self.from)
            .unwrap()
            .expect("the server is there")
    }

    fn keep(&mut self, message: Message) {
        if let Message::Notification(news) = message
            && news.method == "textDocument/publishDiagnostics"
        {
            let uri = news.params["uri"].as_str().unwrap().to_owned();
            let version = news.params["version"].as_i64();
            self.told
                .insert(uri, (version, news.params["diagnostics"].clone()));
        }
    }

    pub fn open(&mut self, inside: &str, text: &str) -> String {
        let uri = self.uri(inside);
        self.open_uri(&uri, "rhai", text);
        uri
    }

    pub fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.say("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn next_version(&mut self, uri: &str) -> Value {
        let version = self.versions.get_mut(uri).unwrap();
        *version += 1;
        json!({ "uri": uri, "version": *version })
    }

    pub fn change(&mut self, uri: &str, text: &str) {
        let document = self.next_version(uri);
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.say("textDocument/didChange", params);
    }

    pub fn edit(&mut self, uri: &str, from: [u32; 2], to: [u32; 2], text: &str) {
        let document = self.next_version(uri);
        let at = |[line, character]: [u32; 2]| json!({ "line": line, "character": character });
        let range = json!({ "start": at(from), "end": at(to) });
        let changes = json!([{ "range": range, "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.say("textDocument/didChange", params);
    }

    pub fn close(&mut self, uri: &str) {
        self.versions.remove(uri);
        self.told.remove(uri);
        let params = json!({ "textDocument": { "uri": uri } });
        self.say("textDocument/didClose", params);
    }

    /// Waits for the faults of a text as it stands now.
    pub fn faults(&mut self, uri: &str) -> Value {
        self.faults_until(uri, |_| true)
    }

    /// Waits until the faults of a text as it stands now are such.
    pub fn faults_until(&mut self, uri: &str, are: impl Fn(&Value) -> bool) -> Value {
        let wanted = self.versions.get(uri).copied();
        loop {
            if let Some((version, faults)) = self.told.get(uri)
                && *version == wanted
                && are(faults)
            {
                return faults.clone();
            }
            let message = self.hear();
            self.keep(message);
        }
    }

    /// The choices at `@` in a text.
    pub fn complete(&mut self, inside: &str, text: &str) -> Vec<Value> {
        let at = text.find('@').unwrap();
        let text = text.replacen('@', "", 1);
        let uri = self.uri(inside);
        match self.versions.contains_key(&uri) {
            true => self.change(&uri, &text),
            false => drop(self.open(inside, &text)),
        }
        let position = position(&text, at);
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        let items = self.ask("textDocument/completion", params);
        items.as_array().cloned().unwrap_or_default()
    }

    pub fn complete_in(&mut self, text: &str) -> Vec<Value> {
        self.complete("scripts/northshire/check.rhai", text)
    }

    pub fn complete_after_script(&mut self, text: &str) -> Vec<Value> {
        let script = self.script().replace('@', "");
        self.complete_in(&format!("{script}\n{text}"))
    }

    fn at(&mut self, method: &str, uri: &str, text: &str, at: usize) -> Value {
        let position = position(text, at);
        let params = json!({ "textDocument": { "uri": uri }, "position": position });
        self.ask(method, params)
    }

    pub fn hover(&mut self, uri: &str, text: &str, at: usize) -> Value {
        self.at("textDocument/hover", uri, text, at)
    }

    pub fn definition(&mut self, uri: &str, text: &str, at: usize) -> Value {
        self.at("textDocument/definition", uri, text, at)
    }

    pub fn actions(&mut self, uri: &str, range: &Value) -> Value {
        let context = json!({ "diagnostics": [] });
        let document = json!({ "uri": uri });
        let params = json!({ "textDocument": document, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)
    }

    pub fn formatting(&mut self, uri: &str) -> Value {
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        let params = json!({ "textDocument": { "uri": uri }, "options": options });
        self.ask("textDocument/formatting", params)
    }

    /// Every file of the folder with its bytes.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.clone(), fs::read(path).unwrap());
                }
            }
        }
        found
    }

    /// Goes as an editor should.
    pub fn end(mut self) {
        self.end_but_keep();
    }

    /// The same; the folder stays.
    pub fn end_but_keep(&mut self) {
        self.ask("shutdown", Value::Null);
        assert_eq!(self.exit(), 0);
    }

    /// Falls silent, as an editor that crashed; gives the exit code.
    pub fn crash(&mut self) -> i32 {
        drop(self.to.take());
        self.child.wait().unwrap().code().unwrap()
    }

    /// Goes; gives the exit code.
    pub fn exit(&mut self) -> i32 {
        self.say("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // A test that fails leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn labels(items: &[Value]) -> Vec<&str> {
    let labels = items.iter().map(|item| item["label"].as_str().unwrap());
    labels.collect()
}

/// A position as the protocol counts it.
pub fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let units = before[start..].encode_utf16().count();
    json!({ "line": before.matches('\n').count(), "character": units })
}

/// A text after edits, none of which touch one another.
pub fn edited(text: &str, edits: &Value) -> String {
    let offset = |position: &Value| -> usize {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + position["character"].as_u64().unwrap() as usize
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            let new = edit["newText"].as_str().unwrap();
            (offset(&range["start"]), offset(&range["end"]), new)
        })
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &there),
            false => drop(fs::copy(&path, &there).unwrap()),
        }
    }
}
