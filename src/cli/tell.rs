//! What an administrator reads in the terminal.

use std::io::Write as _;

/// A line on standard output. A terminal that is gone is no reason to stop.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", line.as_ref());
}

/// A failure on standard error, with what caused it.
pub fn say_error(failure: &anyhow::Error) {
    let _ = writeln!(std::io::stderr().lock(), "mentor: {failure:#}");
}
