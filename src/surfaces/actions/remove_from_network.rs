//! *Remove*, on one's own network: somebody goes from it, and never learns that they were on it.

use crate::ctx::Ctx;
use crate::domain::network::page_with;
use crate::domain::permissions::{ChangeNetworkEntry, Permit};
use crate::render::network_list;
use crate::store::db::Tx;
use crate::store::network;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Removes them.
pub struct RemoveEntry;

impl Handler for RemoveEntry {
    type Action = ChangeNetworkEntry;
    type Input = Option<String>;
    const CHANGES: bool = true;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<ChangeNetworkEntry>,
        list: Option<String>,
    ) -> Result<Answer, Failure> {
        let (me, entry) = permit.take();
        let before = network::of_owner(tx, me.id).await?;
        network::remove(tx, &entry).await?;
        let page = page_with(&before, entry.id);
        let left: Vec<_> = before.into_iter().filter(|one| one.id != entry.id).collect();
        let view = network_list::draw(&left, page);
        Ok(match list {
            Some(view_id) => Answer::Redrawn { view_id, view },
            None => Answer::Modal(view),
        })
    }
}
