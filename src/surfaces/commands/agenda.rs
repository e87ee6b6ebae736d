//! `/mentor agenda [text]`: the agenda of the next meeting, for writing or, as a mentor, for reading. Text typed behind it
//! stands in the form, in the part about a topic.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::Role;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::private_text::PrivateText;
use crate::render;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{agenda, overview};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the next agenda.
pub struct NextAgenda;

impl Handler for NextAgenda {
    type Action = SeeOwnStatus;
    type Input = Option<PrivateText>;
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<SeeOwnStatus>,
        text: Option<PrivateText>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let overview = overview::get(tx, permit.actor.id).await?;
        // One's own preparing comes before other people's.
        let next = overview
            .active()
            .filter_map(|pair| pair.next_meeting(now).map(|next| (pair, next)))
            .min_by_key(|(pair, next)| (overview.role_in(pair) != Role::Mentee, next.meeting.starts_at));
        let Some((pair, next)) = next else {
            return Ok(Answer::notice(Markup::words(
                "You have no meeting to prepare. Type `/mentor ask @name` to ask somebody to be your mentor.",
            )));
        };
        let of = MeetingOfPair { meeting: next.meeting.clone(), of: pair.of.clone() };
        let mut written = agenda::get(tx, &of.meeting).await?;
        if let Some(text) = text {
            written.add(Part::Topic, &text);
        }
        Ok(Answer::Modal(match overview.role_in(pair) {
            Role::Mentee => render::agenda_form::write(&of, &written, &pair.homework),
            Role::Mentor => render::agenda_form::read(&of, &written, &pair.homework, permit.actor.id),
        }))
    }
}
