//! *Remove*, beside words that mean the same: searches no longer take them for the same.

use super::super::commands::aliases;
use crate::ctx::Ctx;
use crate::domain::identifiers::TopicAliasId;
use crate::domain::permissions::{Permit, RunProgramme};
use crate::store::db::Tx;
use crate::store::topic_aliases;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Removes a group; one that is gone already stays so.
pub struct RemoveAlias;

impl Handler for RemoveAlias {
    type Action = RunProgramme;
    type Input = Option<TopicAliasId>;
    const CHANGES: bool = true;
    const CHANGES_WORDS: bool = true;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        _permit: Permit<RunProgramme>,
        id: Option<TopicAliasId>,
    ) -> Result<Answer, Failure> {
        if let Some(id) = id {
            topic_aliases::remove(tx, id).await?;
        }
        Ok(aliases::list(tx, 0).await?)
    }
}
