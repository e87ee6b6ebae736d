//! *Not now*: the mentee hears when the time to answer is over, in the same words as after silence.

use crate::ctx::Ctx;
use crate::domain::pairs::{AlreadyAnswered, CannotBegin, PairOfPeople, PairState};
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{inquiries, pairs, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Declines.
pub struct Decline;

impl Handler for Decline {
    type Action = AnswerProposal;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let pair = match of.pair.clone().decline() {
            Ok(pair) => pair,
            Err(already) => {
                // The button was an old one; let the message show what is.
                inquiries::refresh(tx, of.pair.id, ctx.now()).await?;
                return Ok(Answer::notice(already_answered(&of, already)));
            }
        };
        pairs::set_state(tx, &pair, PairState::Proposed, ctx.now()).await?;
        inquiries::refresh(tx, pair.id, ctx.now()).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}

/// Why a wish to accept comes to nothing.
pub fn cannot_begin(of: &PairOfPeople, reason: CannotBegin) -> Markup {
    match reason {
        CannotBegin::MenteeLeft => {
            Markup::default().text(&of.mentee.name).and("’s account has been switched off, so this cannot begin.")
        }
        CannotBegin::Mentor(_) if of.pair.is_of_peers() => {
            Markup::words("Only full members of this workspace can be peers, and your account is not one.")
        }
        CannotBegin::Mentor(_) => {
            Markup::words("Only full members of this workspace can mentor, and your account is not one.")
        }
    }
}

/// What an old button answers.
pub fn already_answered(of: &PairOfPeople, AlreadyAnswered(state): AlreadyAnswered) -> Markup {
    let mentee = mention(&of.mentee);
    match state {
        PairState::Active | PairState::Paused => {
            Markup::words("You said yes to ").piece(&mentee).and(" already. Nothing was changed.")
        }
        PairState::Declined => {
            Markup::words("You answered “not now” to ").piece(&mentee).and(" already. Nothing was changed.")
        }
        PairState::Expired => Markup::words("The time to answer ").piece(&mentee).and(" is over. Nothing was changed."),
        PairState::Ended | PairState::Proposed => Markup::words("That was answered before. Nothing was changed."),
    }
}
