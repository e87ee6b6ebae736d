//! Messages about an agreement, a review and the end of a pair: what they say at this moment.

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::{AgreementId, PairId, ReviewId};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_agreement::{
    still_owed_about_agreement, still_owed_about_draft, still_owed_about_end, still_owed_about_review,
};
use crate::render::{agreement_messages, finish_forms, review_forms};
use crate::slack::api::Outgoing;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{agreements, finishes, pairs, reviews};

const GONE: StoreFailure = StoreFailure::Unexpected("outbox.subject_id");

/// Draws one of them.
///
/// # Errors
/// When the database fails, or what the message is about is gone.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let (of, outgoing, owed) = match message.kind {
        MessageKind::AgreementReminder => {
            let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(GONE)?;
            let standing = agreements::standing(tx, of.pair.id).await?;
            let owed = still_owed_about_draft(&of, standing.as_ref(), message.to);
            let standing = standing.ok_or(GONE)?;
            let outgoing = agreement_messages::reminder(&of, &standing, of.half(message.to));
            (of, outgoing, owed)
        }
        MessageKind::ReviewAsked | MessageKind::ReviewAskedAgain => {
            let found = reviews::find(tx, ReviewId(message.subject)).await?.ok_or(GONE)?;
            let owed = still_owed_about_review(&found, message.to);
            let outgoing = review_forms::draw(message.kind, &found, found.of.half(message.to));
            (found.of, outgoing, owed)
        }
        MessageKind::PairEnded | MessageKind::FinishAnswered => {
            let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(GONE)?;
            let finishes = finishes::of_pair(tx, of.pair.id).await?;
            let owed = still_owed_about_end(message.kind, &of, &finishes, message.to);
            let outgoing = finish_forms::draw(message.kind, &of, &finishes, of.half(message.to));
            let still_owed = ctx.now() <= message.until && owed;
            return Ok(Drawing { outgoing, still_owed, channel: None });
        }
        kind => {
            let found = agreements::find(tx, AgreementId(message.subject)).await?.ok_or(GONE)?;
            let owed = still_owed_about_agreement(kind, &found, message.to);
            let outgoing = agreement_messages::draw(kind, &found, found.of.half(message.to));
            (found.of, outgoing, owed)
        }
    };
    let outgoing = match over(tx, &of, message).await? {
        Some(over) => over,
        None => outgoing,
    };
    Ok(Drawing { outgoing, still_owed: ctx.now() <= message.until && owed, channel: None })
}

/// What every message of a finished pair says instead of offering anything.
///
/// # Errors
/// When the database fails.
pub async fn over(tx: &mut Tx, of: &PairOfPeople, message: &Message) -> Result<Option<Outgoing>, StoreFailure> {
    if of.pair.state != PairState::Ended {
        return Ok(None);
    }
    let at = finishes::of_pair(tx, of.pair.id).await?.first().map(|finish| finish.finished_at);
    Ok(Some(finish_forms::over(of, message.to, at)))
}
