//! Messages to a mentor outside that Slack does not let through: they see the app only where a channel is shared.
//!
//! Nothing is wrong with the installation then, and trying again changes nothing: the message is dropped, and the mentee, who
//! knows other ways, hears what to do. A question that never arrived is not left open.
//!
//! Owns: how such an attempt ends, and telling the mentee. Must not: send.

use crate::ctx::Ctx;
use crate::domain::identifiers::{AgreementId, MeetingId, PairId, ReviewId};
use crate::domain::pairs::{PairKind, PairOfPeople, PairState};
use crate::domain::people::{Person, Standing};
use crate::domain::reminders::{MessageKind, Owed};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::Ending;
use crate::store::{agreements, meetings, pairs, pauses, reviews, rhythm_proposals, screens};

/// What Slack says when somebody cannot be written to, or not any more.
const REFUSALS: [&str; 7] = [
    "user_not_visible",
    "user_not_found",
    "invalid_user_combination",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "restricted_action",
];

/// Why such a message was dropped, in one word.
const UNREACHABLE: &str = "unreachable";

/// How an attempt at somebody outside ends: that they cannot be reached is the mentee's news, not a fault.
pub fn settled(to: &Person, ending: Ending) -> Ending {
    match ending {
        Ending::Parked { reason } if to.standing == Standing::Outsider && REFUSALS.contains(&reason.as_str()) => {
            Ending::Dropped { reason: UNREACHABLE }
        }
        other => other,
    }
}

/// Owes the mentee the word that their mentor outside cannot be reached, once a pair; a question that did not arrive is over.
///
/// # Errors
/// When the database fails.
pub async fn tell_mentee(ctx: &Ctx, tx: &mut Tx, message: &Message, ending: &Ending) -> Result<(), StoreFailure> {
    if !matches!(ending, Ending::Dropped { reason: UNREACHABLE }) {
        return Ok(());
    }
    let now = ctx.now();
    let Some(of) = pair_of(tx, message).await? else { return Ok(()) };
    if of.pair.kind != PairKind::External || message.to != of.mentor.id {
        return Ok(());
    }
    if let Ok(expired) = of.pair.clone().expire() {
        pairs::set_state(tx, &expired, PairState::Proposed, now).await?;
        // The mentee hears at once and in other words; there is nothing left to tell at the deadline.
        pairs::set_attention(tx, expired.id, None).await?;
        screens::refresh_messages(tx, expired.id.0, now).await?;
        screens::refresh_home(tx, of.mentee.id).await?;
    }
    queue::enqueue(tx, &Owed::outsider_unreachable(&of.pair, now), &ctx.ids, now).await?;
    Ok(())
}

async fn pair_of(tx: &mut Tx, message: &Message) -> Result<Option<PairOfPeople>, StoreFailure> {
    match message.kind {
        MessageKind::PairProposal
        | MessageKind::PairProposalReminder
        | MessageKind::AgreementReminder
        | MessageKind::PairEnded
        | MessageKind::FinishAnswered => pairs::find(tx, PairId(message.subject)).await,
        MessageKind::AgreementEdited
        | MessageKind::AgreementSigned
        | MessageKind::ChangeProposed
        | MessageKind::ChangeReminder
        | MessageKind::ChangeLapsed => {
            Ok(agreements::find(tx, AgreementId(message.subject)).await?.map(|found| found.of))
        }
        MessageKind::ReviewAsked | MessageKind::ReviewAskedAgain => {
            Ok(reviews::find(tx, ReviewId(message.subject)).await?.map(|found| found.of))
        }
        MessageKind::RhythmProposed
        | MessageKind::RhythmProposedReminder
        | MessageKind::RhythmAgreed
        | MessageKind::RhythmStays => Ok(rhythm_proposals::find(tx, message.subject).await?.map(|about| about.of)),
        MessageKind::PairPaused | MessageKind::PairResumed => {
            Ok(pauses::find(tx, message.subject).await?.map(|(_, of)| of))
        }
        _ => Ok(meetings::find(tx, MeetingId(message.subject)).await?.map(|of| of.of)),
    }
}
