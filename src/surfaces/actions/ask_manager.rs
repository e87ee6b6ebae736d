//! *Ask my manager to suggest someone*: opens the form that says what will happen and asks who the manager is.

use crate::ctx::Ctx;
use crate::domain::permissions::{EditProfile, Permit};
use crate::render::suggestion_screens;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::suggestions;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenManagerForm;

impl Handler for OpenManagerForm {
    type Action = EditProfile;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<EditProfile>, (): ()) -> Result<Answer, Failure> {
        let latest = suggestions::latest_request(tx, permit.actor.id).await?;
        if let Some(open) = latest.as_ref().filter(|request| request.looks_open_to_asker(ctx.now())) {
            return Ok(Answer::notice(Markup::default().piece(&suggestion_screens::requested(open))));
        }
        // Who it was last time stands there already.
        let known = latest.filter(|request| !request.manager.deactivated).map(|request| request.manager.slack.user_id);
        Ok(Answer::Modal(suggestion_screens::ask_manager(known.as_deref())))
    }
}
