//! A manager is asked to suggest a mentor.

use crate::ctx::Ctx;
use crate::domain::identifiers::ManagerRequestId;
use crate::domain::people::CannotMentor;
use crate::domain::permissions::{AskForSuggestion, Permit};
use crate::domain::suggestion::ManagerRequest;
use crate::render::suggestion_screens::{MANAGER, requested};
use crate::slack::blocks::{Markup, notice};
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{profiles, screens, suggestions};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Asks.
pub struct SendToManager;

impl Handler for SendToManager {
    type Action = AskForSuggestion;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskForSuggestion>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, manager) = permit.take();
        if manager.id == me.id {
            return Ok(Answer::error(MANAGER, "That is you. Choose who your manager is."));
        }
        if let Err(reason) = manager.can_mentor() {
            let name = &manager.name;
            let words = match reason {
                CannotMentor::Bot => format!("{name} is an app, not a person. Choose who your manager is."),
                CannotMentor::Deactivated => format!("{name}’s account is switched off. Choose somebody else."),
                CannotMentor::Outsider | CannotMentor::Guest => {
                    format!("{name} is not a full member here. Choose somebody who is.")
                }
            };
            return Ok(Answer::error(MANAGER, words));
        }
        // Of two requests at once one waits for the other, so that it is seen.
        profiles::hold(tx, manager.id).await?;
        let latest = suggestions::latest_request(tx, me.id).await?;
        if let Some(open) = latest.filter(|request| request.looks_open_to_asker(now)) {
            return Ok(Answer::notice(requested(&open)));
        }
        let request = ManagerRequest::ask(ManagerRequestId(ctx.ids.opaque()), me, manager, &ctx.programme(), now);
        let apart = profiles::said_not_with(tx, request.manager.id, request.asker.id).await?;
        // A manager who wants nothing to do with who asks has answered beforehand; to the asker that is silence.
        let request = if apart { request.clone().nobody().unwrap_or(request) } else { request };
        suggestions::insert_request(tx, &request).await?;
        if !apart {
            queue::enqueue(tx, &request.asked(now), &ctx.ids, now).await?;
            screens::refresh_home(tx, request.manager.id).await?;
        }
        screens::refresh_home(tx, request.asker.id).await?;
        let words = Markup::default().piece(&requested(&request)).and(" They are never told what comes of it.");
        Ok(Answer::Modal(notice("Sent", &words)))
    }
}
