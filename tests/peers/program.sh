# For the scripts beside it, which source it in the folder of the project: `program` is HEALTHCHECK, or
# else built afresh; `out` is a folder that vanishes.
program="${HEALTHCHECK:-}"
if [ -z "$program" ]; then
    cargo build --quiet
    program="${CARGO_TARGET_DIR:-$PWD/target}/debug/healthcheck"
fi
program="$(realpath "$program")"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
