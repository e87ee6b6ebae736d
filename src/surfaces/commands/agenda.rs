//! `/mentor agenda`: the agenda of the next meeting, for writing or, as a mentor, for reading.

use crate::ctx::Ctx;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::rhythm_words::waits;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::actions::{open_agenda, prepare_agenda};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the next agenda.
pub struct NextAgenda;

impl Handler for NextAgenda {
    type Action = SeeOwnStatus;
    type Input = ();
    // A mentor's copy chooses its questions when it is opened for the first time.
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let overview = overview::get(tx, permit.actor.id).await?;
        // One's own preparing comes before other people's.
        let next = overview
            .active()
            .filter_map(|pair| pair.next_meeting(now).map(|next| (pair, next)))
            .min_by_key(|(pair, next)| (!overview.prepares_in(pair), next.meeting.starts_at));
        let Some((pair, next)) = next else {
            if let Some(pair) = overview.active().find(|pair| !pair.meets()) {
                return Ok(Answer::notice(waits(pair, &overview, now)));
            }
            return Ok(Answer::notice(Markup::words(
                "You have no meeting to prepare. Type `/mentor ask @name` to ask somebody to be your mentor.",
            )));
        };
        let of = MeetingOfPair { meeting: next.meeting.clone(), of: pair.of.clone() };
        Ok(Answer::Modal(match overview.prepares_in(pair) {
            true => prepare_agenda::form(tx, &of, permit.actor.id).await?,
            false => open_agenda::view(ctx, tx, &of, permit.actor.id).await?,
        }))
    }
}
