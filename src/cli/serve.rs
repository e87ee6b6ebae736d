//! `mentor serve`: the app, until it is told to stop.

use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::app::{App, Parts, open_storage};
use crate::clock::Clock;
use crate::config::Found;
use crate::ids::Ids;

/// Runs the app until SIGTERM, SIGINT, or until Slack refuses it for good.
///
/// # Errors
/// In words for an installer.
pub async fn run(found: Found) -> anyhow::Result<()> {
    let config = found.into_config()?;
    let (clock, ids) = (Clock::system(), Arc::new(Ids::system()));
    let stop = CancellationToken::new();
    stop_on_signals(stop.clone())?;
    let db = open_storage(&config.storage, &clock, &ids).await?;
    tracing::info!(database = db.name(), "storage is ready");
    if let Some(app) = stop.run_until_cancelled(App::assemble(Parts::of(&config, clock, ids), db)).await {
        app?.run(config.health_address, stop).await?;
    }
    tracing::info!("stopped");
    Ok(())
}

/// Cancels the token on the first SIGTERM or SIGINT.
///
/// # Errors
/// When the signals cannot be listened for.
pub fn stop_on_signals(stop: CancellationToken) -> std::io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}
