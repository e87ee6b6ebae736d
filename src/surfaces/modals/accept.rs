//! The mentor accepts, with how often, weekday, time and length: the pair begins and its first meeting is on the calendar.

use crate::ctx::Ctx;
use crate::domain::identifiers::MeetingId;
use crate::domain::meetings::Meeting;
use crate::domain::pairs::{PairKind, PairOfPeople, PairState};
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::domain::reminders::Owed;
use crate::render::held_messages;
use crate::render::rhythm_inputs::DAY;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, inquiries, meetings, org_chart, pairs, profiles, reviews, screens};
use crate::surfaces::actions::decline::{already_answered, cannot_begin};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::rhythm;
use crate::surfaces::never_the_boss::keeps_apart;
use crate::surfaces::room::cannot_take_more;

/// Accepts.
pub struct Accept;

impl Handler for Accept {
    type Action = AnswerProposal;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        if let Err(reason) = of.may_begin() {
            return Ok(Answer::notice(cannot_begin(&of, reason)));
        }
        // As the chart is when this is saved, not as it was when the question was asked.
        org_chart::hold_still(tx).await?;
        if keeps_apart(ctx, tx, &[&of.mentee, &of.mentor], of.pair.kind).await?.is_some() {
            return Ok(Answer::notice(held_messages::cannot_begin(&of.mentee)));
        }
        let rhythm = match rhythm::read(&form, &me.working_time(&ctx.programme()).days, me.zone(), now) {
            Ok(rhythm) => rhythm,
            Err(answer) => return Ok(*answer),
        };
        let both = of.working_times(&ctx.programme());
        let first = Meeting::first(MeetingId(ctx.ids.opaque()), of.pair.id, &rhythm, &both, now);
        let pair = match of.pair.clone().accept(rhythm) {
            Ok(pair) => pair,
            Err(already) => {
                inquiries::refresh(tx, of.pair.id, now).await?;
                return Ok(Answer::notice(already_answered(&of, already)));
            }
        };
        // Held before it is counted: of two who accept at once, the second sees the first.
        profiles::hold(tx, me.id).await?;
        if pair.kind != PairKind::Peer
            && let Some(words) = cannot_take_more(tx, &me).await?
        {
            // At a field, so that the form can be sent again once there is room.
            return Ok(Answer::error(DAY, words));
        }
        pairs::set_state(tx, &pair, PairState::Proposed, now).await?;
        if let Some(first) = &first {
            meetings::plan(tx, first).await?;
        }
        let of = PairOfPeople { pair: pair.clone(), ..of };
        reviews::begin_pair(tx, &of, &ctx.ids, now).await?;
        pairs::set_attention(tx, pair.id, Some(now)).await?;
        let (asked, accepted) = (Owed::pair_proposal(&pair, now), Owed::pair_accepted(&pair, now));
        queue::enqueue(tx, &accepted, &ctx.ids, now).await?;
        // The mentor's file goes with the question, which says by now what they answered.
        calendars::changed(tx, pair.id, &[&asked, &accepted], &ctx.programme(), &ctx.ids, now).await?;
        inquiries::refresh(tx, pair.id, now).await?;
        screens::refresh_homes(tx, &of).await?;
        Ok(Answer::Nothing)
    }
}
