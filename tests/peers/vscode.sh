#!/usr/bin/env bash
# The Visual Studio Code extension: packaged with vsce as docs/editors.md says, and started by Node
# with a stand-in for the editor, through which it finds a fault and takes its quick fix. The editor
# itself is not run. In a folder that vanishes; without Node, or without a registry of packages, it is
# skipped, and says so. HEALTHCHECK names another build of the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v npm >/dev/null; then
    echo "skipped: Node is not installed"
    exit 0
fi
. tests/peers/program.sh
mkdir "$out/scripts"
cp -R scripts/northshire scripts/shared "$out/scripts/"
cp -R editors/vscode "$out/extension"
editor="$PWD/tests/peers/vscode.js"
cd "$out/extension"
if ! npm install --silent --no-audit --no-fund; then
    echo "skipped: no registry of packages can be reached"
    exit 0
fi
npx --yes @vscode/vsce package </dev/null >"$out/log" 2>&1 || { cat "$out/log"; exit 1; }
ls ./*.vsix
PROGRAM="$program" FOLDER="$out" node "$editor"
