//! Keeps the connections open.
//!
//! Owns: when to connect, to replace, to wait, to do with fewer, to give up. Must not: read or write a connection.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

use super::backoff::Backoff;
use super::connection::{Connection, NoConnection, Shared};
use super::desk::Desk;
use super::reader::Ending;
use super::status::Counter;
use super::{Listener, SocketOptions, SocketStatus, Stopped};
use crate::slack::api::{Api, CallFailure};

/// A connection that held for so long has nothing to do with the failures before it.
const STEADY_AFTER: Duration = Duration::from_secs(10);

/// The longest wait before replacing a connection that is still open: Slack closes it ten seconds after its warning.
const LONGEST_REPLACEMENT_WAIT: Duration = Duration::from_secs(1);

/// On stopping, for the closing of connections whose handlers are done.
const CLOSING: Duration = Duration::from_secs(2);

/// What happened to an open connection.
enum Turn {
    Replace,
    Ended(Ending),
}

/// What a failed attempt asks for.
enum Setback {
    /// Waiting at least so long.
    Wait(Duration),
    /// Slack has too many connections of ours.
    Crowded,
    Stop(Stopped),
}

/// Keeps the connections open and the listener busy until `stop` is cancelled: then it stops reading, lets handlers
/// under way finish, writes their acknowledgements and closes.
///
/// # Errors
/// When connecting again is pointless until a person acts; all connections have been ended then.
pub async fn keep_open<L: Listener>(
    api: Api,
    listener: Arc<L>,
    options: SocketOptions,
    status: SocketStatus,
    stop: CancellationToken,
) -> Result<(), Stopped> {
    let quit = stop.child_token();
    // Should this future be dropped, its tasks go, too.
    let _abandoned = quit.clone().drop_guard();
    let desk = Arc::new(Desk::new(listener, &options, status.clone()));
    let options = Arc::new(options);
    let connections = TaskTracker::new();
    let shared = Arc::new(Shared {
        desk: Arc::clone(&desk),
        options: Arc::clone(&options),
        status,
        quit: quit.clone(),
        connections: connections.clone(),
    });
    let mut places = JoinSet::new();
    for place in 0..options.connections.max(1) {
        places.spawn(keep_place(api.clone(), Arc::clone(&shared), place as u64));
    }
    let mut outcome = Ok(());
    while let Some(ended) = places.join_next().await {
        if let Err(stopped) = ended.unwrap_or(Err(Stopped::Broken)) {
            outcome = outcome.and(Err(stopped));
            quit.cancel();
        }
    }
    connections.close();
    // Each connection keeps its own time; the limit is for what none of them foresaw.
    let closed = timeout(options.drain.saturating_add(CLOSING), connections.wait());
    let (_closed, ()) = tokio::join!(closed, desk.finish(options.drain));
    outcome
}

/// Keeps one connection open.
async fn keep_place<L: Listener>(api: Api, shared: Arc<Shared<L>>, place: u64) -> Result<(), Stopped> {
    let quit = shared.quit.clone();
    let mut backoff = Backoff::new(shared.options.backoff, shared.options.seed.wrapping_add(place));
    let mut old: Option<Connection> = None;
    loop {
        let opened = tokio::select! {
            biased;
            () = quit.cancelled() => return Ok(()),
            opened = open(&api, &shared) => opened,
        };
        let wait = match opened {
            Ok(mut connection) => {
                info!(place, "connected to Slack");
                if let Some(old) = old.take() {
                    shared.supersede(old);
                }
                let turn = tokio::select! {
                    biased;
                    () = quit.cancelled() => return Ok(()),
                    turn = attend(&mut connection, &mut backoff) => turn,
                };
                match turn {
                    Turn::Replace => {
                        old = Some(connection);
                        backoff.next().min(LONGEST_REPLACEMENT_WAIT)
                    }
                    Turn::Ended(Ending::Disabled) => return Err(Stopped::LinkDisabled),
                    Turn::Ended(Ending::Crowded) => crowded(&shared, &mut backoff, false),
                    Turn::Ended(ending) => {
                        warn!(place, ?ending, "a connection to Slack ended");
                        backoff.next()
                    }
                }
            }
            Err(Setback::Stop(stopped)) => return Err(stopped),
            Err(Setback::Wait(at_least)) => {
                shared.status.count(Counter::OpenFailed);
                backoff.next().max(at_least)
            }
            Err(Setback::Crowded) => {
                shared.status.count(Counter::OpenFailed);
                let replacing = old.take_if(|old| !old.ending.is_finished());
                let wait = crowded(&shared, &mut backoff, replacing.is_some());
                old = replacing;
                wait
            }
        };
        tokio::select! {
            biased;
            () = quit.cancelled() => return Ok(()),
            () = sleep(wait) => {}
        }
    }
}

/// Watches an open connection.
async fn attend(connection: &mut Connection, backoff: &mut Backoff) -> Turn {
    let steady = sleep(STEADY_AFTER);
    tokio::pin!(steady);
    let mut settled = false;
    loop {
        tokio::select! {
            biased;
            ending = &mut connection.ending => return Turn::Ended(ending.unwrap_or(Ending::Failed)),
            () = connection.replace.cancelled() => return Turn::Replace,
            () = &mut steady, if !settled => {
                settled = true;
                backoff.reset();
            }
        }
    }
}

/// How long to wait when Slack has too many connections of ours.
fn crowded<L>(shared: &Shared<L>, backoff: &mut Backoff, replacing: bool) -> Duration {
    warn!("Slack counts too many connections of this app: going on with fewer");
    if replacing {
        // There is room as soon as the one to be replaced has gone, which Slack sees to within seconds.
        LONGEST_REPLACEMENT_WAIT
    } else if shared.status.open() > 0 {
        shared.options.crowded_rest
    } else {
        backoff.next()
    }
}

async fn open<L: Listener>(api: &Api, shared: &Shared<L>) -> Result<Connection, Setback> {
    let address = api.open_connection().await.map_err(|failure| {
        warn!(%failure, "no address for a connection");
        match (Stopped::by(&failure), failure) {
            (Some(stopped), _) => Setback::Stop(stopped),
            (None, CallFailure::RateLimited { retry_after, .. }) => Setback::Wait(retry_after),
            (None, _) => Setback::Wait(Duration::ZERO),
        }
    })?;
    shared.connect(&address, api.web_socket_connector()).await.map_err(|reason| match reason {
        NoConnection::Ended(Ending::Disabled) => Setback::Stop(Stopped::LinkDisabled),
        NoConnection::Ended(Ending::Crowded) => Setback::Crowded,
        NoConnection::Ended(ending) => {
            warn!(?ending, "a connection ended before it said hello");
            Setback::Wait(Duration::ZERO)
        }
        NoConnection::Unreachable | NoConnection::Slow => {
            warn!("a connection could not be opened");
            Setback::Wait(Duration::ZERO)
        }
    })
}
