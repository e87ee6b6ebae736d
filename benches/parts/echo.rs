//! A bare client that acknowledges at once and does nothing else: what is left is loopback, scheduling and the generator.
//!
//! It runs as a process of its own, as the app does, on the same runtime and WebSocket library.

use std::process::{Child, Command};

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use super::hub::Hub;

/// The argument that makes this program the client.
pub(crate) const ARGUMENT: &str = "--echo-client-of";

/// A running client.
pub(crate) struct Echo(Child);

impl Echo {
    /// Starts this program again as a client of the hub.
    pub(crate) fn start(hub: &Hub) -> Result<Self> {
        let program = std::env::current_exe()?;
        let child = Command::new(program).arg(ARGUMENT).arg(format!("ws://{}/link", hub.address)).spawn()?;
        Ok(Self(child))
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        // It has nothing to lose.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs as the client, for ever.
pub(crate) fn run(address: &str) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let other = tokio::spawn(acknowledge(address.to_owned()));
        acknowledge(address.to_owned()).await?;
        other.await?
    })
}

async fn acknowledge(address: String) -> Result<()> {
    let (stream, _) = connect_async(address).await?;
    let (mut sink, mut stream) = stream.split();
    while let Some(message) = stream.next().await {
        let Message::Text(text) = message? else { continue };
        // The hello has no id.
        let Some((_, rest)) = text.as_str().split_once(r#""envelope_id":""#) else { continue };
        let (id, _) = rest.split_once('"').context("an id without an end")?;
        // As long as an answer with blocks, so that bytes are not the difference.
        let ack = format!(r#"{{"envelope_id":"{id}","payload":{{"text":"{}"}}}}"#, "x".repeat(700));
        sink.send(Message::text(ack)).await?;
    }
    Ok(())
}
