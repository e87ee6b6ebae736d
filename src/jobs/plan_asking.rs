//! Planning what finding a mentor owes: questions before an answer, and requests to managers.
//!
//! Owns: looking at those whose moment has come. Must not: talk to Slack.

use chrono::{DateTime, Utc};

use super::plan::{A_TICK, AFTER_FAILURE, owe, postpone};
use crate::ctx::Ctx;
use crate::domain::identifiers::{InquiryId, ManagerRequestId};
use crate::domain::pairs::PairState;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{inquiries, screens, suggestions};

/// Looks at everything of these whose moment has come. Returns when there is something to look at next.
///
/// # Errors
/// When the database fails; what was planned before stays planned.
pub async fn tick(ctx: &Ctx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let now = ctx.now();
    let mut reading = ctx.db.read().await?;
    let questions = inquiries::due(&mut reading, now, A_TICK).await?;
    let requests = suggestions::due(&mut reading, now, A_TICK).await?;
    drop(reading);
    for id in &questions {
        let mut tx = ctx.db.begin().await?;
        match look_at_inquiry(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                inquiries::set_attention(&mut tx, *id, Some(now + AFTER_FAILURE)).await?;
                tx.commit().await?;
            }
        }
    }
    for id in &requests {
        let mut tx = ctx.db.begin().await?;
        match look_at_request(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                suggestions::set_attention(&mut tx, *id, Some(now + AFTER_FAILURE)).await?;
                tx.commit().await?;
            }
        }
    }
    if !questions.is_empty() || !requests.is_empty() {
        ctx.bell.notify_one();
    }
    next_attention(&mut ctx.db.read().await?).await
}

/// When there is something of these to look at next.
///
/// # Errors
/// When the database fails.
pub async fn next_attention(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let next = [inquiries::next_attention(tx).await?, suggestions::next_attention(tx).await?];
    Ok(next.into_iter().flatten().min())
}

async fn look_at_inquiry(ctx: &Ctx, tx: &mut Tx, id: InquiryId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let Some(mut of) = inquiries::find(tx, id).await? else { return Ok(()) };
    let plan = of.plan(&ctx.programme(), now);
    owe(ctx, tx, &plan, now).await?;
    if !plan.time_is_up {
        return inquiries::set_attention(tx, id, plan.look_again_at).await;
    }
    let Ok(over) = of.inquiry.clone().give_up() else { return Ok(()) };
    inquiries::settle(tx, &over).await?;
    of.inquiry = over;
    // Looked at late, the mentor still has all the time that was left; a deadline that was told never comes sooner.
    let answer_by = of.inquiry.proposal_answer_by(&of.of, &ctx.programme(), now).max(of.of.pair.answer_by);
    inquiries::start_clock(tx, of.of.pair.id, answer_by, now).await?;
    of.of.pair.answer_by = answer_by;
    if of.of.pair.state == PairState::Proposed {
        queue::enqueue(tx, &of.unanswered(&ctx.programme(), now), &ctx.ids, now).await?;
    }
    inquiries::refresh(tx, of.of.pair.id, now).await?;
    screens::refresh_homes(tx, &of.of).await
}

async fn look_at_request(ctx: &Ctx, tx: &mut Tx, id: ManagerRequestId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let Some(request) = suggestions::find_request(tx, id).await? else { return Ok(()) };
    let plan = request.plan(&ctx.programme(), now);
    if plan.time_is_up
        && let Ok(expired) = request.clone().expire()
    {
        suggestions::settle_request(tx, &expired).await?;
        screens::refresh_messages(tx, id.0, now).await?;
        screens::refresh_home(tx, request.manager.id).await?;
    }
    owe(ctx, tx, &plan, now).await?;
    if now >= request.answer_by {
        // What the asker sees changes when the time is over, not when the manager answers.
        screens::refresh_home(tx, request.asker.id).await?;
    }
    suggestions::set_attention(tx, id, plan.look_again_at).await
}
