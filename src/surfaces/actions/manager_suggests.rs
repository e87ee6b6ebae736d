//! *Suggest*: a manager suggests who is chosen beside the button, or in the form that opens where nobody is.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerRequest, Permit};
use crate::domain::suggestion::{ManagerRequest, RequestClosed, RequestState};
use crate::render::suggestion_screens::{self, WHOM};
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{people, screens, suggestions};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::room::why_not_suggested;

/// Suggests.
pub struct SuggestChosen;

impl Handler for SuggestChosen {
    type Action = AnswerRequest;
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerRequest>,
        chosen: Option<String>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, request) = permit.take();
        if let Err(closed) = request.must_be_open() {
            screens::refresh_messages(tx, request.id.0, now).await?;
            return Ok(Answer::notice(closed_already(&request, closed)));
        }
        let Some(user_id) = chosen else { return Ok(Answer::Modal(suggestion_screens::suggest(&request))) };
        let whom = people::find_user(tx, &user_id).await?.ok_or(Failure::Unknown(user_id))?;
        if let Some(reason) = why_not_suggested(ctx, tx, &me, &request.asker, &whom).await? {
            return Ok(Answer::error(WHOM, reason));
        }
        let suggested = match request.clone().suggest(whom) {
            Ok(suggested) => suggested,
            Err(closed) => return Ok(Answer::notice(closed_already(&request, closed))),
        };
        suggestions::settle_request(tx, &suggested).await?;
        queue::enqueue(tx, &suggested.told(now), &ctx.ids, now).await?;
        screens::refresh_messages(tx, suggested.id.0, now).await?;
        screens::refresh_home(tx, suggested.asker.id).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}

/// What an old button answers.
pub fn closed_already(request: &ManagerRequest, RequestClosed(state): RequestClosed) -> Markup {
    let asker = mention(&request.asker);
    match state {
        RequestState::Suggested => {
            Markup::words("You suggested somebody to ").piece(&asker).and(" already. Nothing was changed.")
        }
        RequestState::Expired => {
            Markup::words("The time to suggest somebody to ").piece(&asker).and(" is over. Nothing was changed.")
        }
        _ => Markup::words("You answered ").piece(&asker).and(" already. Nothing was changed."),
    }
}
