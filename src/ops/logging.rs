//! Logs: what is written where.
//!
//! Owns: the filter. Libraries that log bodies are held at `warn`, whatever is asked for: bodies are private text.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Targets whose lower levels show what people wrote.
const TALKATIVE: [&str; 9] = [
    "slack_morphism",
    "sqlx",
    "sqlx::query",
    "hyper",
    "hyper_util",
    "h2",
    "tungstenite",
    "tokio_tungstenite",
    "rustls",
];

/// The filter for what was asked for, `info` by default.
pub fn filter(asked: &str) -> EnvFilter {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse_lossy(asked);
    TALKATIVE.iter().filter_map(|target| format!("{target}=warn").parse().ok()).fold(filter, EnvFilter::add_directive)
}

/// Starts logging to standard error.
pub fn start(asked: &str) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter(asked))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .compact();
    // A second start in one process keeps the first.
    let _ = subscriber.try_init();
    // What a panic says may quote what it tripped over, and that may be private: only the place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "somewhere".to_owned(), ToString::to_string);
        tracing::error!(place, "a panic: this is a fault of the program");
    }));
}
