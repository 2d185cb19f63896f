#!/usr/bin/env bash
# Publishes the three samples in a folder that vanishes, and has their open data read by other
# people's programs. Installs nothing; what is not there is skipped, and said so.
set -euo pipefail
cd "$(dirname "$0")/../.."
python="${PYTHON:-python3}"
if ! command -v "$python" >/dev/null; then
    echo "skipped: $python is not installed"
    exit 0
fi
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
cargo run --quiet -- run --out "$out" >/dev/null 2>&1
"$python" tests/peers/open_data.py "$out"/*/
