# Everyday commands; `just check` runs exactly what is checked before a change lands.

default: check

check:
    .ci/run

# The fast tests: unit tests only.
test:
    cargo test --lib

# Needs `cargo install cargo-mutants --locked`; mutants that no test caught are in target/mutants.out/missed.txt.
# Mutate files and check that a unit test fails for each mutant: `just mutants crates/core/src/vi/number.rs`.
mutants +FILES:
    cargo mutants --workspace {{prepend("--file ", FILES)}} --output target --cargo-arg=--lib

# One module of the integration tests: `just suite figures` runs tests/suite/figures.rs.
suite CONCERN:
    cargo test --test suite -- {{CONCERN}}::

# Build the example workbooks from their texts in examples/workbooks.
workbooks:
    cargo run --example build_workbooks

# Accept the current outputs as the reviewed ones.
golden:
    UPDATE_GOLDEN=1 cargo test --test suite -- golden:: command_line:: reference::

# Licences, sources and duplicate versions of the dependencies (needs cargo-deny).
deny:
    cargo deny check bans licenses sources

# Check that the program compiles for Windows (the script lists its requirements).
windows-compile:
    checks/windows-compile.sh

# Benchmark against other tools: `just compare M --rounds 5` (docs/performance.md).
compare *ARGS:
    benches/compare.sh {{ARGS}}

# Spelling, needs `pip install typos` or `cargo install typos-cli`.
typos:
    typos
