//! From what a message is about to what it says, at this moment; or that nobody is owed it any more.

use super::{departures, draw_agreement, draw_asking, draw_introductions, draw_letters, draw_names_meet, draw_rhythm};
use crate::ctx::Ctx;
use crate::domain::held;
use crate::domain::homework::HomeworkState;
use crate::domain::identifiers::{MeetingId, PairId, PeerQuestionId, WinId};
use crate::domain::inquiry::is_out;
use crate::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::{MessageKind, still_owed_about_meeting, still_owed_about_pair};
use crate::domain::reminders_homework::{open_of, still_owed_about_win, still_owed_nudge};
use crate::mail::calendar_links::{google, outlook};
use crate::mail::ics::CalendarEntry;
use crate::render::agenda_messages::AgendaSize;
use crate::render::meeting_messages::Besides;
use crate::render::{
    agenda_messages, agreement_messages, calendar_links, calendar_messages, change_forms, held_messages,
    homework_messages, imported_messages, leaving_messages, meeting_messages, pair_messages, peer_messages,
    win_messages,
};
use crate::slack::api::Outgoing;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::{agenda, agreements, held as store_held, homework, meetings, pairs, peer_questions, people, wins};

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
        | MessageKind::PairNotNow
        | MessageKind::OutsiderUnreachable => {
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
        | MessageKind::MeetingLeftOut
        | MessageKind::MeetingPlacedAnew
        | MessageKind::MeetingFellOut
        | MessageKind::MeetingAtOddHour
        | MessageKind::StartingSoon => {
            let of = meetings::find(tx, MeetingId(message.subject))
                .await?
                .ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
            about_meeting(ctx, tx, message, &of).await
        }
        MessageKind::PeersAsked | MessageKind::PeersReminder | MessageKind::PeersAgreed | MessageKind::PeersNotNow => {
            about_peers(ctx, tx, message).await
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
        MessageKind::IntroductionAsked
        | MessageKind::IntroductionAskedReminder
        | MessageKind::NomineeAsked
        | MessageKind::NomineeAskedReminder
        | MessageKind::IntroductionHelped
        | MessageKind::IntroductionNobody
        | MessageKind::IntroductionFollowUp
        | MessageKind::IntroductionFollowUpAgain
        | MessageKind::IntroductionThanks => draw_introductions::draw(ctx, tx, message).await,
        MessageKind::NamesMeet
        | MessageKind::NamesMeetApart
        | MessageKind::NamesMeetNudge
        | MessageKind::IntroductionWritten
        | MessageKind::OutsideNominated
        | MessageKind::OutsideNominatedReminder
        | MessageKind::OutsideLetterFailed => draw_names_meet::draw(ctx, tx, message).await,
        MessageKind::PersonLeft => departures::draw(ctx, tx, message).await,
        MessageKind::LetterToForward | MessageKind::LettersStopped => draw_letters::draw(ctx, tx, message).await,
        // Not drawn as messages: see `files`, `exports`, `receipts`, `letters` and `outside_letters`.
        MessageKind::CalendarFile
        | MessageKind::ExportText
        | MessageKind::ExportJson
        | MessageKind::Receipt
        | MessageKind::FileToForward
        | MessageKind::FirstLetter
        | MessageKind::InvitationLetter
        | MessageKind::RhythmLetter
        | MessageKind::WithdrawalLetter
        | MessageKind::OutsideLetter => Err(StoreFailure::Unexpected("outbox.kind")),
        MessageKind::RhythmProposed
        | MessageKind::RhythmProposedReminder
        | MessageKind::RhythmAgreed
        | MessageKind::RhythmStays => draw_rhythm::about_proposal(ctx, tx, message).await,
        MessageKind::PairPaused | MessageKind::PairResumed => draw_rhythm::about_pause(ctx, tx, message).await,
        MessageKind::AgreementReminder
        | MessageKind::AgreementEdited
        | MessageKind::AgreementSigned
        | MessageKind::ChangeProposed
        | MessageKind::ChangeReminder
        | MessageKind::ChangeLapsed
        | MessageKind::ReviewAsked
        | MessageKind::ReviewAskedAgain
        | MessageKind::PairEnded
        | MessageKind::FinishAnswered => draw_agreement::draw(ctx, tx, message).await,
        MessageKind::PairHeld | MessageKind::PairHeldSettled => about_held(ctx, tx, message).await,
        MessageKind::PairImported => about_imported(ctx, tx, message).await,
    }
}

async fn about_pair(ctx: &Ctx, tx: &mut Tx, message: &Message, of: &PairOfPeople) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let upcoming = meetings::without_outcome(tx, of.pair.id).await?;
    let next = upcoming.iter().find(|meeting| meeting.starts_at > now);
    // Who was never reached has not said no.
    let heard_otherwise = message.kind == MessageKind::PairNotNow
        && queue::is_out(tx, of.pair.id.0, MessageKind::OutsiderUnreachable).await?;
    let background = draw_asking::background(tx, of).await?;
    // A mentor whose question is with the mentee has nothing to be reminded of.
    let pointless = message.kind == MessageKind::PairProposalReminder && is_out(&background.inquiries);
    let mut outgoing = pair_messages::draw(message.kind, of, next, &background);
    if let Some(over) = draw_agreement::over(tx, of, message).await? {
        outgoing = over;
    } else {
        if let Some(next) = next.filter(|_| of.pair.state == PairState::Active) {
            add_to_calendar(&mut outgoing, of, next);
        }
        if matches!(of.pair.state, PairState::Active | PairState::Paused)
            && let Some(standing) = agreements::standing(tx, of.pair.id).await?
        {
            outgoing = agreement_messages::with_button(outgoing, of, &standing);
        }
    }
    Ok(Drawing {
        outgoing,
        still_owed: now <= message.until && !pointless && !heard_otherwise && still_owed_about_pair(message.kind, of),
        channel: None,
    })
}

async fn about_peers(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let id = PeerQuestionId(message.subject);
    let of = peer_questions::find(tx, id).await?.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let still_owed = ctx.now() <= message.until && of.still_owed(message.kind);
    let outgoing = match draw_agreement::over(tx, &of.of, message).await? {
        Some(over) => over,
        None => peer_messages::draw(message.kind, &of),
    };
    Ok(Drawing { outgoing, still_owed, channel: None })
}

async fn about_meeting(ctx: &Ctx, tx: &mut Tx, message: &Message, of: &MeetingOfPair) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    // To who reads it a message speaks of the other's agenda, to who prepares of their own.
    let for_reader = matches!(message.kind, MessageKind::AgendaNotice | MessageKind::AgendaLate);
    let whose = of.of.pair.preparer(if for_reader { of.of.other(message.to).id } else { message.to });
    let parts = agenda::count(tx, of.meeting.id, whose).await?;
    let prepared = agenda::is_prepared(tx, of.meeting.id, whose).await?;
    let carried = homework::carried(tx, of.meeting.pair).await?;
    let outgoing = match message.kind {
        MessageKind::DidYouMeet | MessageKind::DidYouMeetAgain => {
            let open = carried.iter().filter(|item| item.state == HomeworkState::Open).count();
            let planned = meetings::without_outcome(tx, of.meeting.pair).await?;
            let is_next = |next: &&Meeting| next.slot_at > of.meeting.slot_at && next.may_change(now).is_ok();
            let next = planned.iter().find(is_next);
            meeting_messages::draw(message.kind, of, message.to, Besides { open_homework: open, next })
        }
        kind @ (MessageKind::MeetingMoved | MessageKind::MeetingLeftOut) => {
            let to = of.of.half(message.to);
            let mut told = change_forms::told(kind, of, to, now);
            if kind == MessageKind::MeetingMoved && of.meeting.may_change(now).is_ok() {
                add_to_calendar(&mut told, &of.of, &of.meeting);
            }
            told
        }
        kind @ (MessageKind::MeetingPlacedAnew
        | MessageKind::MeetingFellOut
        | MessageKind::MeetingAtOddHour
        | MessageKind::StartingSoon) => {
            let next = meetings::first_of_later_slot(tx, of.meeting.pair, of.meeting.slot_at).await?;
            calendar_messages::draw(kind, of, of.of.half(message.to), next.is_some(), now)
        }
        kind => {
            let size = AgendaSize { parts, homework: carried.len(), prepared };
            agenda_messages::draw(kind, of, message.to, size, now)
        }
    };
    let open = of.meeting.state == MeetingState::Planned;
    let outgoing = match draw_agreement::over(tx, &of.of, message).await?.filter(|_| open) {
        Some(over) => over,
        None => outgoing,
    };
    let is_held = store_held::is_held(tx, of.meeting.pair).await?;
    let still_owed = now <= message.until && !is_held && still_owed_about_meeting(message.kind, of, !prepared, now);
    Ok(Drawing { outgoing, still_owed, channel: None })
}

/// Puts the "add to calendar" buttons below a message that tells when a meeting is.
fn add_to_calendar(message: &mut Outgoing, of: &PairOfPeople, meeting: &Meeting) {
    let entry = CalendarEntry {
        pair: of.pair.id,
        slot_at: meeting.slot_at,
        sequence: meeting.revision,
        names: [&of.mentee.name, &of.mentor.name],
        starts_at: meeting.starts_at,
        length_minutes: meeting.length_minutes,
        skipped: false,
        changed_at: meeting.planned_at,
        invited: None,
    };
    calendar_links::add(message, google(&entry), outlook(&entry));
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
    let Some(of) = wins::find(tx, WinId(message.subject)).await? else {
        return Ok(Drawing { outgoing: leaving_messages::win_taken_back(), still_owed: false, channel: None });
    };
    let refused = queue::reason(tx, message.subject, MessageKind::WinToChannel).await?;
    let still_owed = ctx.now() <= message.until && still_owed_about_win(message.kind, &of, message.to);
    let channel = of.win.channel.clone().filter(|_| message.kind == MessageKind::WinToChannel);
    Ok(Drawing { outgoing: win_messages::draw(message.kind, &of, refused.as_deref()), still_owed, channel })
}

async fn about_held(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let unexpected = StoreFailure::Unexpected("outbox.subject_id");
    let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(unexpected)?;
    let found = store_held::latest(tx, of.pair.id).await?.ok_or(StoreFailure::Unexpected("pairs_held"))?;
    Ok(Drawing {
        outgoing: held_messages::draw(message.kind, &of, &found, message.to),
        still_owed: ctx.now() <= message.until && held::still_owed(message.kind, &of, &found),
        channel: None,
    })
}

async fn about_imported(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let now = ctx.now();
    let unexpected = StoreFailure::Unexpected("outbox.subject_id");
    let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(unexpected)?;
    let upcoming = meetings::without_outcome(tx, of.pair.id).await?;
    let next = upcoming.iter().find(|meeting| meeting.starts_at > now);
    Ok(Drawing {
        outgoing: imported_messages::draw(&of, next, message.to),
        still_owed: now <= message.until && of.both_are_here() && of.pair.state == PairState::Active,
        channel: None,
    })
}
