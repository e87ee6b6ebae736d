//! `/mentor programme` and `/mentor programme aliases`, for coordinators: what there is, and the words that mean the same.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, RunProgramme};
use crate::render::alias_form::{self, ON_A_PAGE, Page};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::topic_aliases;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Says what there is.
pub struct ProgrammeNow;

/// Opens the form with what was added, or another page of it; pages count from 0.
pub struct ListAliases;

impl Handler for ProgrammeNow {
    type Action = RunProgramme;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, _permit: Permit<RunProgramme>, (): ()) -> Result<Answer, Failure> {
        Ok(Answer::Message(alias_form::programme(topic_aliases::count(tx).await?)))
    }
}

impl Handler for ListAliases {
    type Action = RunProgramme;
    type Input = usize;
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, _permit: Permit<RunProgramme>, page: usize) -> Result<Answer, Failure> {
        Ok(list(tx, page).await?)
    }
}

/// The form with a page of what was added; in the place of the one that was clicked in. A page that is not there is the last.
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, page: usize) -> Result<Answer, StoreFailure> {
    let count = topic_aliases::count(tx).await?;
    let number = page.min(count.saturating_sub(1) / ON_A_PAGE);
    let groups = topic_aliases::some(tx, ON_A_PAGE, number * ON_A_PAGE).await?;
    Ok(Answer::Turned(alias_form::draw(Page { groups: &groups, number, count })))
}
