//! The program: logging, arguments, and the runtime.

use std::process::ExitCode;

use clap::Parser as _;
use mentor::cli::arguments::{Arguments, run};
use mentor::ops::logging;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let asked = std::env::var("RUST_LOG").unwrap_or_else(|_| arguments.usual_logging().to_owned());
    logging::start(&asked);
    run(arguments).await
}
