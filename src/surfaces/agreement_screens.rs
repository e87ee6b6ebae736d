//! An agreement on a screen, and what follows from every change of it.

use serde_json::Value;

use super::failure::Failure;
use crate::ctx::Ctx;
use crate::domain::agreements::Agreement;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::render::agreement_form::{OnAgreement, read};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{agreements, goals, pairs, reviews, screens};

/// The agreement as one of the two reads it; `note` is said first. `None` for a pair that has none.
///
/// # Errors
/// When the database fails.
pub async fn view(tx: &mut Tx, of: &PairOfPeople, me: &Person, note: Option<Markup>) -> Result<Option<Value>, Failure> {
    let Some(standing) = agreements::standing(tx, of.pair.id).await? else { return Ok(None) };
    let change = agreements::change(tx, of.pair.id).await?;
    let review = reviews::open(tx, of.pair.id).await?;
    let goals = goals::open(tx, of.pair.id).await?;
    let on = OnAgreement { standing: &standing, change: change.as_ref(), review: review.as_ref(), goals: &goals };
    Ok(Some(read(of, on, me, note.as_ref())))
}

/// What is answered while a pair has no agreement yet: the planner is about to draw it up.
pub fn not_yet() -> Markup {
    Markup::words("Your agreement is being drawn up. Please look again in a moment.")
}

/// Redraws what shows this version, and lets the planner look at the pair.
///
/// # Errors
/// When the database fails.
pub async fn changed(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, version: &Agreement) -> Result<(), Failure> {
    let now = ctx.now();
    screens::refresh_messages(tx, version.id.0, now).await?;
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_homes(tx, of).await?;
    pairs::set_attention(tx, of.pair.id, Some(now)).await?;
    Ok(())
}
