#!/usr/bin/env bash
# Neovim works on a council's script with `healthcheck lsp`: faults, completion of a key and of
# a header of the council's own file, hover, definition, a quick fix; and how long a keystroke
# waits for its answer. In a folder that vanishes. Installs nothing; without Neovim it is
# skipped, and says so. HEALTHCHECK names another build of the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v nvim >/dev/null; then
    echo "skipped: nvim is not installed"
    exit 0
fi
. tests/peers/program.sh
mkdir "$out/scripts" "$out/state"
cp -R scripts/northshire scripts/shared "$out/scripts/"
editor="$PWD/tests/peers/editor.lua"
cd "$out"
XDG_STATE_HOME="$out/state" XDG_CACHE_HOME="$out/state" PROGRAM="$program" \
    nvim --clean --headless -n -u NONE -c "luafile $editor"
