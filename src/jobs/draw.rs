//! From what a message is about to what it says, at this moment; or that nobody is owed it any more.

use super::draw_asking;
use crate::ctx::Ctx;
use crate::domain::homework::HomeworkState;
use crate::domain::identifiers::{MeetingId, PairId, WinId};
use crate::domain::inquiry::is_out;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::PairOfPeople;
use crate::domain::reminders::{MessageKind, still_owed_about_meeting, still_owed_about_pair};
use crate::domain::reminders_homework::{open_of, still_owed_about_win, still_owed_nudge};
use crate::render::agenda_messages::AgendaSize;
use crate::render::{agenda_messages, change_forms, homework_messages, meeting_messages, pair_messages, win_messages};
use crate::slack::api::Outgoing;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::{agenda, homework, meetings, pairs, people, wins};

/// What a message says now, and whether it is still worth saying.
pub struct Drawing {
    /// What it says.
    pub outgoing: Outgoing,
    /// Whether a message that has not been sent is still owed.
    pub still_owed: bool,
    /// Where it goes, if not to the person who is owed it.
    pub channel: Option<String>,
}

/// Draws a message.
///
/// # Errors
/// When the database fails, or what the message is about is gone.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    match message.kind {
        MessageKind::PairProposal
        | MessageKind::PairProposalReminder
        | MessageKind::PairAccepted
        | MessageKind::PairNotNow => {
            let of =
                pairs::find(tx, PairId(message.subject)).await?.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
            about_pair(ctx, tx, message, &of).await
        }
        MessageKind::AgendaRequest
        | MessageKind::AgendaNotice
        | MessageKind::AgendaNudge
        | MessageKind::AgendaLate
        | MessageKind::DidYouMeet
        | MessageKind::DidYouMeetAgain
        | MessageKind::MeetingMoved
        | MessageKind::MeetingLeftOut => {
            let of = meetings::find(tx, MeetingId(message.subject))
                .await?
                .ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
            about_meeting(ctx, tx, message, &of).await
        }
        MessageKind::InquiryAsked
        | MessageKind::InquiryReminder
        | MessageKind::InquiryAnswered
        | MessageKind::InquiryUnanswered
        | MessageKind::MentorSuggests
        | MessageKind::ManagerAsked
        | MessageKind::ManagerAskedReminder
        | MessageKind::ManagerSuggests
        | MessageKind::ManagerNobody => draw_asking::draw(ctx, tx, message).await,
        MessageKind::HomeworkNudge => nudge(ctx, tx, message).await,
        MessageKind::WinShared | MessageKind::WinToChannel | MessageKind::WinNotInChannel => {
            about_win(ctx, tx, message).await
        }
    }
}

async fn about_pair(ctx: &Ctx, tx: &mut Tx, message: &Message, of: &PairOfPeople) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let upcoming = meetings::without_outcome(tx, of.pair.id).await?;
    let next = upcoming.iter().find(|meeting| meeting.starts_at > now);
    let background = draw_asking::background(tx, of).await?;
    // A mentor whose question is with the mentee has nothing to be reminded of.
    let pointless = message.kind == MessageKind::PairProposalReminder && is_out(&background.inquiries);
    Ok(Drawing {
        outgoing: pair_messages::draw(message.kind, of, next, &background),
        still_owed: now <= message.until && !pointless && still_owed_about_pair(message.kind, of),
        channel: None,
    })
}

async fn about_meeting(ctx: &Ctx, tx: &mut Tx, message: &Message, of: &MeetingOfPair) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let parts = agenda::count(tx, of.meeting.id).await?;
    let prepared = agenda::is_prepared(tx, of.meeting.id).await?;
    let carried = homework::carried(tx, of.meeting.pair).await?;
    let outgoing = match message.kind {
        MessageKind::DidYouMeet | MessageKind::DidYouMeetAgain => {
            let open = carried.iter().filter(|item| item.state == HomeworkState::Open).count();
            meeting_messages::draw(message.kind, of, open)
        }
        kind @ (MessageKind::MeetingMoved | MessageKind::MeetingLeftOut) => {
            let to = of.of.half(message.to);
            change_forms::told(kind, of, to, now)
        }
        kind => agenda_messages::draw(kind, of, AgendaSize { parts, homework: carried.len(), prepared }, now),
    };
    let still_owed = now <= message.until && still_owed_about_meeting(message.kind, of, !prepared, now);
    Ok(Drawing { outgoing, still_owed, channel: None })
}

async fn nudge(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let of =
        meetings::find(tx, MeetingId(message.subject)).await?.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let open = open_of(&homework::carried(tx, of.meeting.pair).await?, message.to);
    let reader = people::get(tx, message.to).await?;
    let still_owed = now <= message.until && still_owed_nudge(&of, open, now);
    Ok(Drawing { outgoing: homework_messages::draw(&of, &reader, open, now), still_owed, channel: None })
}

async fn about_win(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let of = wins::find(tx, WinId(message.subject)).await?.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let refused = queue::reason(tx, message.subject, MessageKind::WinToChannel).await?;
    let still_owed = ctx.now() <= message.until && still_owed_about_win(message.kind, &of, message.to);
    let channel = of.win.channel.clone().filter(|_| message.kind == MessageKind::WinToChannel);
    Ok(Drawing { outgoing: win_messages::draw(message.kind, &of, refused.as_deref()), still_owed, channel })
}
