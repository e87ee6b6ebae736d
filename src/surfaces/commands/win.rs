//! `/mentor win [text]`, the shortcut *Log a win*, and *Log a win* on Home and beside a goal: opens the form.

use crate::ctx::Ctx;
use crate::domain::identifiers::GoalId;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::private_text::PrivateText;
use crate::render::win_form;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{goals, overview};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::fitting;

/// Opens the form.
pub struct OpenWinForm;

/// What stands in the form already.
#[derive(Debug)]
pub enum Prefilled {
    /// Nothing.
    Nothing,
    /// What was typed.
    Typed(PrivateText),
    /// A goal of one's own that was reached.
    Goal(GoalId),
}

impl Handler for OpenWinForm {
    type Action = SeeOwnStatus;
    type Input = Prefilled;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<SeeOwnStatus>,
        prefilled: Prefilled,
    ) -> Result<Answer, Failure> {
        let me = permit.actor.id;
        let overview = overview::get(tx, me).await?;
        if overview.active().next().is_none() {
            return Ok(Answer::notice(nobody()));
        }
        let text = match prefilled {
            Prefilled::Nothing => None,
            Prefilled::Typed(text) => Some(text),
            // Somebody else's goal, or none: the form opens empty and says nothing about it.
            Prefilled::Goal(id) => goals::find(tx, id).await?.filter(|of| of.goal.owner == me).map(|of| of.goal.goal),
        };
        let (fits, rest) = match &text {
            Some(text) => fitting(text.reveal()),
            None => ("", None),
        };
        Ok(Answer::Modal(win_form::open(&overview, Some(fits), rest)))
    }
}

/// What is answered to somebody who has nobody to share a win with.
pub fn nobody() -> Markup {
    Markup::words("Well done! You have no mentor yet to share it with. Type `/mentor ask @name` to ask somebody.")
}
