//! `/mentor move` and `/mentor skip`: the next meeting, of whichever pair meets first.

use crate::ctx::Ctx;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::change_forms;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// What shall become of the next meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another time.
    Move,
    /// Left out.
    LeaveOut,
}

/// Opens the form about the next meeting.
pub struct ChangeNext;

impl Handler for ChangeNext {
    type Action = SeeOwnStatus;
    type Input = Change;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, change: Change) -> Result<Answer, Failure> {
        let now = ctx.now();
        let overview = overview::get(tx, permit.actor.id).await?;
        let next = overview
            .active()
            .filter(|pair| pair.meets())
            .flat_map(|pair| pair.meetings.iter().map(move |meeting| (pair, &meeting.meeting)))
            .filter(|(_, meeting)| meeting.may_change(now).is_ok())
            .min_by_key(|(_, meeting)| meeting.starts_at);
        let Some((pair, meeting)) = next else {
            return Ok(Answer::notice(Markup::words("There is no meeting to come that could be moved or skipped.")));
        };
        let of = MeetingOfPair { meeting: meeting.clone(), of: pair.of.clone() };
        Ok(Answer::Modal(match change {
            Change::Move => change_forms::move_meeting(&of, &permit.actor),
            Change::LeaveOut => change_forms::leave_out(&of, &permit.actor),
        }))
    }
}
