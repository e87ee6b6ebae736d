//! From what a message about finding a mentor is about to what it says, at this moment.

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::{InquiryId, ManagerRequestId, PairId};
use crate::domain::pairs::PairOfPeople;
use crate::domain::reminders::MessageKind;
use crate::render::proposal_screens::Background;
use crate::render::{inquiry_screens, suggestion_screens};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::Message;
use crate::store::{inquiries, pairs, people, suggestions};

const GONE: StoreFailure = StoreFailure::Unexpected("outbox.subject_id");

/// Draws one.
///
/// # Errors
/// When the database fails, or what the message is about is gone.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let (outgoing, owed) = match message.kind {
        MessageKind::MentorSuggests => {
            let pair = PairId(message.subject);
            let of = pairs::find(tx, pair).await?.ok_or(GONE)?;
            let suggestion = suggestions::of_pair(tx, pair).await?.ok_or(GONE)?;
            (suggestion_screens::told(&of, &suggestion), !of.mentee.deactivated)
        }
        MessageKind::ManagerAsked
        | MessageKind::ManagerAskedReminder
        | MessageKind::ManagerSuggests
        | MessageKind::ManagerNobody => {
            let request = suggestions::find_request(tx, ManagerRequestId(message.subject)).await?.ok_or(GONE)?;
            (suggestion_screens::draw(message.kind, &request), request.still_owed(message.kind))
        }
        kind => {
            let of = inquiries::find(tx, InquiryId(message.subject)).await?.ok_or(GONE)?;
            let all = inquiries::of_pair(tx, of.of.pair.id).await?;
            (inquiry_screens::draw(kind, &of, &all), of.still_owed(kind, now))
        }
    };
    Ok(Drawing { outgoing, still_owed: owed && now <= message.until, channel: None })
}

/// What a mentor did before or instead of answering a proposal, and what is known of who asks.
///
/// # Errors
/// When the database fails.
pub async fn background(tx: &mut Tx, of: &PairOfPeople) -> Result<Background, StoreFailure> {
    Ok(Background {
        inquiries: inquiries::of_pair(tx, of.pair.id).await?,
        suggestion: suggestions::of_pair(tx, of.pair.id).await?,
        title: people::title(tx, of.mentee.id).await?,
    })
}
