//! `mentor migrate`: brings the database to this version and stops.

use std::sync::Arc;

use super::say;
use crate::app::open_storage;
use crate::clock::Clock;
use crate::config::Found;
use crate::ids::Ids;

/// Migrates.
///
/// # Errors
/// In words for an installer.
pub async fn run(found: Found) -> anyhow::Result<()> {
    let storage = found.into_storage()?;
    let db = open_storage(&storage, &Clock::system(), &Arc::new(Ids::system())).await?;
    say(format!("{} is ready.", db.name()));
    db.close().await;
    Ok(())
}
