// Starts the extension with a stand-in for the editor: the modules `vscode` and
// `vscode-languageclient/node` are ours here, the words of the protocol are their library's. What the
// extension asks to be started is started, and spoken with as the editor would.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const Module = require("node:module");
const { pathToFileURL } = require("node:url");

const folder = process.env.FOLDER;
const extension = path.join(folder, "extension");
const rpc = Module.createRequire(path.join(extension, "extension.js"))("vscode-jsonrpc/node");
const settings = { path: process.env.PROGRAM, data: "" };

let started;
class LanguageClient {
  constructor(id, name, server, client) {
    Object.assign(this, { id, server, client });
  }
  async start() {
    const { command, args, options } = this.server;
    this.process = spawn(command, args, options);
    this.connection = rpc.createMessageConnection(this.process.stdout, this.process.stdin);
    this.connection.listen();
    const actions = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
    const capabilities = { textDocument: { codeAction: actions } };
    this.ours = await this.connection.sendRequest("initialize", { capabilities });
    await this.connection.sendNotification("initialized", {});
    started = this;
  }
  async stop() {
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    return new Promise((done) => this.process.on("exit", done));
  }
}

const stand = {
  vscode: {
    workspace: {
      getConfiguration: () => ({ get: (key) => settings[key] }),
      workspaceFolders: [{ uri: { fsPath: folder } }],
    },
  },
  "vscode-languageclient/node": { LanguageClient },
};
const load = Module._load;
Module._load = (name, ...rest) => stand[name] ?? load(name, ...rest);

function check(holds, what) {
  if (!holds) throw new Error(what);
  console.log(`well: ${what}`);
}

(async () => {
  const { activate, deactivate } = require(path.join(extension, "extension.js"));
  await activate();
  check(started.ours.capabilities.completionProvider, "the extension starts the server");
  const said = JSON.parse(fs.readFileSync(path.join(extension, "package.json"), "utf8"));
  const languages = said.contributes.languages.map((one) => one.id);
  const selected = started.client.documentSelector.map((one) => one.language).filter(Boolean);
  check(selected.every((one) => languages.includes(one)), "it hands over the language that it brings");
  const file = path.join(folder, "scripts/northshire/check.rhai");
  const uri = pathToFileURL(file).href;
  const text = fs.readFileSync(file, "utf8").replace("target: at_most(16)", "tarket: at_most(16)");
  const told = new Promise((done) => started.connection.onNotification("textDocument/publishDiagnostics", done));
  const textDocument = { uri, languageId: "rhai", version: 1, text };
  await started.connection.sendNotification("textDocument/didOpen", { textDocument });
  const { diagnostics } = await told;
  check(diagnostics[0].code === "unknown-key", "a fault is underlined");
  const asked = { textDocument: { uri }, range: diagnostics[0].range, context: { diagnostics: [] } };
  const [fix] = await started.connection.sendRequest("textDocument/codeAction", asked);
  check(fix.edit.changes[uri][0].newText === "target", "its quick fix types what help says");
  check((await deactivate()) === 0, "and it ends with the editor");
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
