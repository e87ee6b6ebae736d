//! The mentor accepts, with weekday, time and length: the pair begins and its first meeting is on the calendar.

use chrono::{NaiveTime, Weekday};

use crate::ctx::Ctx;
use crate::domain::identifiers::MeetingId;
use crate::domain::meetings::Meeting;
use crate::domain::pairs::PairState;
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::domain::reminders::Owed;
use crate::domain::rhythm::Rhythm;
use crate::render::accept_form::{DAY, LENGTH, TIME};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{meetings, pairs, screens};
use crate::surfaces::actions::decline::{already_answered, cannot_begin};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Accepts.
pub struct Accept;

impl Handler for Accept {
    type Action = AnswerProposal;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let Some(day) = form
            .choice(DAY)
            .and_then(|word| word.parse::<Weekday>().ok())
            .filter(|day| ctx.programme.days.contains(day))
        else {
            return Ok(Answer::error(DAY, "Choose a working day."));
        };
        if let Err(reason) = of.may_begin() {
            return Ok(Answer::notice(cannot_begin(&of, reason)));
        }
        let Some(time) = form.time(TIME).and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok()) else {
            return Ok(Answer::error(TIME, "Choose a time of day, such as 10:00."));
        };
        let Some(length) = form.choice(LENGTH).and_then(|minutes| minutes.parse().ok()) else {
            return Ok(Answer::error(LENGTH, "Choose how long you meet."));
        };
        let rhythm = match Rhythm::weekly(day, time, me.zone(), length) {
            Ok(rhythm) => rhythm,
            Err(refused) => return Ok(Answer::error(LENGTH, refused.to_string())),
        };
        let first = Meeting::first(MeetingId(ctx.ids.opaque()), of.pair.id, &rhythm, now);
        let pair = match of.pair.clone().accept(rhythm) {
            Ok(pair) => pair,
            Err(already) => {
                screens::refresh_messages(tx, of.pair.id.0, now).await?;
                return Ok(Answer::notice(already_answered(&of, already)));
            }
        };
        pairs::set_state(tx, &pair, PairState::Proposed, now).await?;
        if let Some(first) = &first {
            meetings::plan(tx, first).await?;
        }
        queue::enqueue(tx, &Owed::pair_accepted(&pair, now), &ctx.ids, now).await?;
        screens::refresh_messages(tx, pair.id.0, now).await?;
        screens::refresh_home(tx, of.mentee.id).await?;
        screens::refresh_home(tx, of.mentor.id).await?;
        Ok(Answer::Nothing)
    }
}
