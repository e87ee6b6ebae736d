//! What is the same about every answer to "did you meet?": what follows, and what an old button says.

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::meetings::{CannotReport, MeetingOfPair, MeetingState};
use crate::render::words::{mention, when};
use crate::slack::blocks::Markup;
use crate::store::carrying::{self, Uncovered};
use crate::store::db::Tx;
use crate::store::{meetings, screens};
use crate::surfaces::failure::Failure;

/// Keeps an outcome and what follows from it: the next meeting is on the calendar, and every screen shows the outcome.
///
/// # Errors
/// When somebody else reported meanwhile, or the database fails.
pub async fn keep(ctx: &Ctx, tx: &mut Tx, of: &MeetingOfPair) -> Result<(), Failure> {
    let now = ctx.now();
    meetings::report(tx, &of.meeting, now).await?;
    meetings::plan_following(tx, of, &ctx.programme(), &ctx.ids, now).await?;
    if of.meeting.state == MeetingState::Skipped {
        carrying::carry(tx, of, &Uncovered::everything(), &ctx.ids, now).await?;
    }
    screens::refresh_messages(tx, of.meeting.id.0, now).await?;
    screens::refresh_homes(tx, &of.of).await?;
    Ok(())
}

/// What an old button answers.
pub fn cannot_report(of: &MeetingOfPair, me: PersonId, reason: CannotReport) -> Markup {
    let with = mention(of.of.other(me));
    let peers = of.of.pair.is_of_peers();
    match reason {
        CannotReport::Already(MeetingState::Held) => {
            let said = if peers { "One of you said already that you met " } else { "You said already that you met " };
            Markup::words(said).piece(&with).and(". Nothing was changed.")
        }
        CannotReport::Already(MeetingState::Skipped) => {
            let skipped = if peers { "One of you skipped that one with " } else { "You skipped that one with " };
            Markup::words(skipped).piece(&with).and(" already. Nothing was changed.")
        }
        CannotReport::Already(MeetingState::Missed) => {
            Markup::words("That meeting with ").piece(&with).and(" counts as missed by now. Nothing was changed.")
        }
        CannotReport::Already(MeetingState::Planned | MeetingState::Moved) => {
            Markup::words("That one with ").piece(&with).and(" was moved. Nothing was changed.")
        }
        CannotReport::NotBegun => Markup::words("Your meeting with ")
            .piece(&with)
            .and(" begins ")
            .piece(&when(of.meeting.starts_at))
            .and(". I will ask afterwards."),
    }
}

/// What a button for an agenda answers once the meeting is over, to who prepares it.
pub fn too_late(of: &MeetingOfPair) -> Markup {
    is_over(of).and(". Type `/mentor agenda` for the next one.")
}

/// The same to who reads it, who may be outside and have no commands.
pub fn too_late_for_a_point(of: &MeetingOfPair) -> Markup {
    is_over(of).and(". The agenda for the next one takes points once it is ready.")
}

fn is_over(of: &MeetingOfPair) -> Markup {
    Markup::words("That meeting is over, so its agenda is closed: ").piece(&when(of.meeting.starts_at))
}
