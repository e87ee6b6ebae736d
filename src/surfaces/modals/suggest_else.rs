//! A mentor suggests somebody else: the mentee hears whom at once, and about the proposal itself what they would have heard
//! after "not now".

use crate::ctx::Ctx;
use crate::domain::pairs::PairState;
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::domain::suggestion::{MentorSuggestion, told_suggestion};
use crate::render::suggestion_screens::{NOTE, WHOM};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{inquiries, pairs, people, screens, suggestions};
use crate::surfaces::actions::decline::already_answered;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::written;
use crate::surfaces::room::why_not_suggested;

/// Suggests.
pub struct SuggestElse;

impl Handler for SuggestElse {
    type Action = AnswerProposal;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let Some(user_id) = form.user(WHOM) else {
            return Ok(Answer::error(WHOM, "Choose whom you suggest."));
        };
        let note = match written(&form, NOTE) {
            Ok(note) => note,
            Err(problem) => return Ok(problem),
        };
        let whom = people::find_user(tx, user_id).await?.ok_or_else(|| Failure::Unknown(user_id.to_owned()))?;
        let declined = match of.pair.clone().decline() {
            Ok(declined) => declined,
            Err(already) => {
                inquiries::refresh(tx, of.pair.id, now).await?;
                return Ok(Answer::notice(already_answered(&of, already)));
            }
        };
        if let Some(reason) = why_not_suggested(ctx, tx, &me, &of.mentee, &whom).await? {
            return Ok(Answer::error(WHOM, reason));
        }
        pairs::set_state(tx, &declined, PairState::Proposed, now).await?;
        suggestions::insert(tx, &MentorSuggestion { pair: of.pair.id, suggested: whom, note }, now).await?;
        queue::enqueue(tx, &told_suggestion(&of, now), &ctx.ids, now).await?;
        inquiries::refresh(tx, of.pair.id, now).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}
