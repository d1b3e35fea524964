# Everyday commands; `just check` is exactly what is checked before a change lands.

default: check

check:
    .ci/run

# The fast part: library tests only.
test:
    cargo test --lib

# Needs `cargo install cargo-mutants --locked`; what no test noticed is listed in target/mutants.out/missed.txt.
# Change files in small ways and see a library test fail for each: `just mutants crates/core/src/vi/number.rs`.
mutants +FILES:
    cargo mutants --workspace {{prepend("--file ", FILES)}} --output target --cargo-arg=--lib

# One concern of the whole program: `just suite figures` runs tests/suite/figures.rs.
suite CONCERN:
    cargo test --test suite -- {{CONCERN}}::

# Build the workbooks of the project from their texts in examples/workbooks.
workbooks:
    cargo run --example build_workbooks

# Accept the outputs of the project as they are now.
golden:
    UPDATE_GOLDEN=1 cargo test --test suite -- golden:: command_line:: reference::

# Licences, sources and double versions of the dependencies (needs cargo-deny).
deny:
    cargo deny check bans licenses sources

# The program compiles for Windows (the script says what it needs).
windows-compile:
    checks/windows-compile.sh

# Measure beside what people would use instead: `just compare M --rounds 5` (docs/performance.md).
compare *ARGS:
    benches/compare.sh {{ARGS}}
