//! `mentor manifest`: the manifest to paste into Slack.

use super::say;

/// The manifest, as it stands in the repository.
pub const MANIFEST: &str = include_str!("../../manifest.yml");

/// Prints it.
///
/// # Errors
/// Never.
pub fn run() -> anyhow::Result<()> {
    say(MANIFEST.trim_end());
    Ok(())
}
