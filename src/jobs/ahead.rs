//! Looking ahead: when the jobs have something to do next.
//!
//! Owns: putting together what every job waits for. Must not: do any of it.

use chrono::{DateTime, Utc};

use super::plan_asking;
use crate::ctx::Ctx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{introductions, meetings, pairs, peer_questions, screens};

/// The next moment after now at which something is planned, due or shown; `None` when nothing is in sight.
///
/// # Errors
/// When the database fails.
pub async fn next_moment(ctx: &Ctx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let (now, mut reading) = (ctx.now(), ctx.db.read().await?);
    let moments = [
        pairs::next_attention(&mut reading).await?,
        meetings::next_attention(&mut reading).await?,
        peer_questions::next_attention(&mut reading).await?,
        plan_asking::next_attention(&mut reading).await?,
        introductions::next_attention(&mut reading).await?,
        queue::next_due(&mut reading, now).await?,
        screens::next_due(&mut reading, now).await?,
    ];
    Ok(moments.into_iter().flatten().filter(|at| *at > now).min())
}
