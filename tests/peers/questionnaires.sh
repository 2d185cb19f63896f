#!/usr/bin/env bash
# The questionnaires of the sample councils, given to the tools that they are for: pyxform
# converts the XLSForm without a warning, survey-core loads the SurveyJS model without an
# error. What is not installed here is skipped, and said so; nothing is installed.
#   pip install pyxform          npm install survey-core   (in this folder or above it)
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../.."
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
for council in scripts/*/check.rhai; do
    cargo run --quiet -- questionnaire "$(basename "$(dirname "$council")")" --out "$out" >/dev/null 2>&1
done
python="${PYTHON:-python3}"
if "$python" -c 'import pyxform' 2>/dev/null; then
    "$python" "$here/xlsform.py" "$out"/*/questionnaire.xlsx
else
    echo "skipped: XLSForm: pyxform is not installed ($python)"
fi
if node -e 'require("survey-core")' 2>/dev/null; then
    node "$here/surveyjs.js" "$out"/*/questionnaire.json
else
    echo 'skipped: SurveyJS: survey-core is not installed (node)'
fi
