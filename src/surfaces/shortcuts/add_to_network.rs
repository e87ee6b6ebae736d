//! **Add to my network**, on a message: opens the form with whoever wrote it.

use crate::ctx::Ctx;
use crate::domain::permissions::{KeepNetwork, Permit};
use crate::slack::blocks::Markup;
use crate::slack::inbound::Shortcut;
use crate::store::db::Tx;
use crate::surfaces::actions::add_to_network::{OpenAddForm, Wanted, Whom};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct AddToNetwork;

impl Handler for AddToNetwork {
    type Action = KeepNetwork;
    type Input = Shortcut;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<KeepNetwork>, used: Shortcut) -> Result<Answer, Failure> {
        let Some(message) = used.message else {
            return Ok(Answer::notice(Markup::words("Choose this one beside a message, under its three dots.")));
        };
        match message.user_id {
            Some(user_id) => OpenAddForm::run(ctx, tx, permit, Wanted { whom: Whom::User(user_id), below: None }).await,
            None => Ok(Answer::notice(Markup::words("An app wrote that. Choose a message that a person wrote."))),
        }
    }
}
