// Starts `healthcheck lsp` and hands scripts and templates over to it.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async function () {
  const settings = workspace.getConfiguration("healthcheck");
  const data = settings.get("data");
  const server = {
    command: settings.get("path"),
    args: data ? ["lsp", "--data", data] : ["lsp"],
    options: { cwd: workspace.workspaceFolders?.[0]?.uri.fsPath },
  };
  client = new LanguageClient("healthcheck", "Social work health check", server, {
    documentSelector: [{ language: "rhai" }, { pattern: "**/*.{html,md}.j2" }, { pattern: "**/parts/*.j2" }],
  });
  await client.start();
};

exports.deactivate = function () {
  return client?.stop();
};
