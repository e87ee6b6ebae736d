//! `/mentor homework` and *See homework*: what both of each pair carry, in a modal, because its text is private.

use serde_json::Value;

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows the homework carried.
pub struct ListHomework;

impl Handler for ListHomework {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        if overview.active().next().is_none() {
            return Ok(Answer::notice(no_pair()));
        }
        Ok(Answer::Modal(render::homework_list::draw(&overview)))
    }
}

/// What is answered to somebody who has nobody to do homework with.
pub fn no_pair() -> Markup {
    Markup::words(
        "You have no mentor or mentee yet, so there is no homework. Type `/mentor ask @name` to ask somebody to be your mentor.",
    )
}

/// The list as it is now.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, me: PersonId) -> Result<Value, Failure> {
    Ok(render::homework_list::draw(&overview::get(tx, me).await?))
}
