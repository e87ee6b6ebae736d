# What is here, in a list.
_default:
    @just --list --unsorted

# Try everything on this machine, with a pretend Slack and pretend people.
demo *arguments:
    cargo run --quiet --package mentor -- demo {{ arguments }}

# Run the app; tokens come from the environment.
run *arguments:
    cargo run --release --package mentor -- {{ arguments }}

# Run the pretend Slack alone.
sandbox *arguments:
    cargo run --quiet --package slack-sandbox -- {{ arguments }}

# Every test, with PostgreSQL started for it.
test *arguments:
    scripts/test {{ arguments }}

# Formatting, lints and documentation.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

# Latency, memory and start-up, with their aims.
bench *arguments:
    cargo bench --bench ack -- {{ arguments }}

# A throw-away PostgreSQL: `just postgres start` prints its address, `just postgres stop` removes it.
postgres action:
    scripts/postgres {{ action }}

# The container image.
image tag="mentor":
    docker build --tag {{ tag }} .
