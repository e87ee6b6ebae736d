//! `/health` for the orchestrator, `/metrics` for the monitoring, and `/stop` for those who get letters.
//!
//! Owns: two pages of counts. Must not: show a label that names a person, a pair or a text.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use chrono::TimeDelta;

use super::stop_page;
use crate::ctx::Ctx;
use crate::slack::socket::SocketStatus;
use crate::store::directory::{self, SourceStatus};
use crate::store::failure::StoreFailure;
use crate::store::held;
use crate::store::outbox::counts;

/// A doubt older than this should be looked into by a person.
const WORRYING: TimeDelta = TimeDelta::minutes(15);

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Health {
    /// The database.
    pub ctx: Arc<Ctx>,
    /// The connections.
    pub status: SocketStatus,
    /// Whether letters can be stopped here, too.
    pub stops_letters: bool,
}

/// Serves both pages for ever. An address that is taken is logged; the app runs without them.
pub async fn serve(address: SocketAddr, health: Health) {
    let router = pages(health);
    let served = match tokio::net::TcpListener::bind(address).await {
        Ok(listener) => axum::serve(listener, router).await,
        Err(error) => Err(error),
    };
    if let Err(error) = served {
        tracing::error!(%address, %error, "health is not served");
    }
}

/// Every page there is.
pub fn pages(health: Health) -> Router {
    let stop = health.stops_letters.then(|| stop_page::router(health.ctx.clone()));
    let router = Router::new().route("/health", get(is_well)).route("/metrics", get(metrics)).with_state(health);
    match stop {
        Some(stop) => router.merge(stop),
        None => router,
    }
}

/// 200 while connected to Slack and to the database, else 503 with what is missing.
async fn is_well(State(health): State<Health>) -> (StatusCode, String) {
    let database = states(&health.ctx).await.is_ok();
    let connections = health.status.open();
    let code = if database && connections > 0 { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let database = if database { "ok" } else { "unreachable" };
    (code, format!("{{\"database\":\"{database}\",\"connections\":{connections}}}\n"))
}

async fn metrics(State(health): State<Health>) -> Result<String, StatusCode> {
    page(&health).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}

/// The metrics, in the text format of Prometheus.
///
/// # Errors
/// When the database fails.
pub async fn page(health: &Health) -> Result<String, StoreFailure> {
    let states = states(&health.ctx).await?;
    let worrying = health.ctx.now() - WORRYING;
    let old_doubts = counts::doubts_before(&mut health.ctx.db.read().await?, worrying).await?;
    let (directories, held) = charts(&health.ctx).await?;
    let socket = health.status.counts();
    let mut page = String::new();
    let mut line = |name: &str, value: u64| {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "mentor_{name} {value}");
    };
    line("slack_connections", health.status.open() as u64);
    line("slack_envelopes_total", socket.envelopes);
    line("slack_acknowledged_total", socket.acknowledged);
    line("slack_unanswered_total", socket.unanswered);
    line("slack_acknowledged_late_total", socket.late);
    line("handler_panics_total", socket.panicked);
    line("outbox_old_doubts", u64::try_from(old_doubts).unwrap_or_default());
    line("pairs_held_by_org_chart", u64::try_from(held).unwrap_or_default());
    for directory in directories {
        let source = directory.source.word();
        line(&format!("directory_people{{source=\"{source}\"}}"), u64::try_from(directory.people).unwrap_or_default());
        line(
            &format!("directory_managers{{source=\"{source}\"}}"),
            u64::try_from(directory.managers).unwrap_or_default(),
        );
        let waits = directory.managers_gone.is_some() || directory.problem.is_some();
        line(&format!("directory_needs_a_look{{source=\"{source}\"}}"), waits.into());
    }
    for (state, count) in states {
        line(&format!("outbox_messages{{state=\"{state}\"}}"), u64::try_from(count).unwrap_or_default());
    }
    Ok(page)
}

async fn states(ctx: &Ctx) -> Result<std::collections::BTreeMap<String, i64>, StoreFailure> {
    counts::by_state(&mut ctx.db.read().await?).await
}

async fn charts(ctx: &Ctx) -> Result<(Vec<SourceStatus>, i64), StoreFailure> {
    let mut reading = ctx.db.read().await?;
    Ok((directory::status(&mut reading).await?, held::count(&mut reading).await?))
}
