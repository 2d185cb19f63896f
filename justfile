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

# What a run of 153 councils costs
bench:
    cargo bench --bench councils

# What other people's programs make of what we publish; those not installed are skipped
peers:
    tests/peers/open_data.sh
