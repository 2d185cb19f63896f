# What a developer types. `just` lists the recipes.

default:
    @just --list

# Everything that must hold before a change goes in
check:
    .ci/run

# The tests
test:
    cargo test

# Check, score and publish the councils in scripts/
run *councils:
    cargo run --release -- run {{councils}}

# Make the samples' data again from the generator, and whatever else tests can write
bless:
    BLESS=1 cargo test

# Ten thousand councils drawn at random, cleared and attacked, and small ones gone through whole
disclosure:
    cargo test --release --lib clear::random -- --nocapture

# The same figures by this program and by others, in turn: writes docs/performance.md
bench *how:
    benches/compare.py {{how}}

# From a save to the new result on disk, beside the bare event and beside entr with a script in polars
bench-save *how:
    cargo build --release
    benches/save.py {{how}}

# The program killed while it publishes, and what stands looked at each time
kills number="1000":
    cargo build --release
    benches/kills.py --kills {{number}}

# What each stage of a run of 153 councils costs
bench-stages:
    cargo bench --bench councils

# The published pages in Chromium: WCAG 2.2 AA, console, reflow, print, valid HTML (installs from npm)
web:
    cargo run --release -- run --out target/web/councils
    cargo run --release -- templates --try target/web/edges
    cd tests/web && npm install --no-audit --no-fund
    node tests/web/check.mjs target/web/councils target/web/edges
    node tests/web/preview.mjs target/release/healthcheck

# What other people's programs make of what we publish and ask, and how we serve their editors; those not installed are skipped
peers:
    tests/peers/open_data.sh
    tests/peers/questionnaires.sh
    tests/peers/editor.sh
    tests/peers/vscode.sh

# Seeds of the fuzzers changed at random, as often as asked, on stable Rust without a fuzzer
fuzz runs="10000" target="":
    FUZZ_RUNS={{runs}} {{ if target == "" { "" } else { "FUZZ_TARGET=" + target } }} cargo test --lib fuzzing::replay -- --nocapture

# A day's watching: 20,000 edits, and whether memory stays as it was
day edits="20000":
    WATCH_EDITS={{edits}} cargo test --release --test flat_memory -- --nocapture
