//! Planning about the question whether two become peers: its reminder, its end, and the word to who asked.
//!
//! Owns: looking at questions whose moment has come. Must not: talk to Slack.

use crate::ctx::Ctx;
use crate::domain::identifiers::PeerQuestionId;
use crate::domain::peers::PeerQuestionState;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{peer_questions, screens};

/// Looks at one question.
///
/// # Errors
/// When the database fails.
pub async fn look_at(ctx: &Ctx, tx: &mut Tx, id: PeerQuestionId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    if !peer_questions::take_look(tx, id, now).await? {
        return Ok(());
    }
    let Some(mut of) = peer_questions::find(tx, id).await? else { return Ok(()) };
    let mut plan = of.plan(&ctx.programme(), now);
    if plan.time_is_up
        && let Ok(lapsed) = of.question.clone().answered(PeerQuestionState::Lapsed)
    {
        peer_questions::answer(tx, &lapsed).await?;
        of.question = lapsed;
        plan = of.plan(&ctx.programme(), now);
    }
    for owed in &plan.owed {
        queue::enqueue(tx, owed, &ctx.ids, now).await?;
    }
    if now >= of.question.answer_by {
        screens::refresh_messages(tx, id.0, now).await?;
        screens::refresh_homes(tx, &of.of).await?;
    }
    peer_questions::look_again(tx, id, plan.look_again_at).await
}
