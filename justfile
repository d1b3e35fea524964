# Everyday commands; `just check` is exactly what is checked before a change lands.

default: check

check:
    .ci/run

# The fast part: library tests only.
test:
    cargo test --lib

# Build the workbooks of the project from their texts in examples/workbooks.
workbooks:
    cargo run --example build_workbooks

# Accept the outputs of the project as they are now.
golden:
    UPDATE_GOLDEN=1 cargo test --test golden --test command_line --test reference

# Licences, sources and double versions of the dependencies (needs cargo-deny).
deny:
    cargo deny check bans licenses sources

# Measure beside what people would use instead: `just compare M --rounds 5` (docs/performance.md).
compare *ARGS:
    benches/compare.sh {{ARGS}}
