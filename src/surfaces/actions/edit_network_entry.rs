//! *Edit*, on one's own network: opens what was noted of somebody.

use crate::ctx::Ctx;
use crate::domain::permissions::{ChangeNetworkEntry, Permit};
use crate::render::network_form;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens it.
pub struct OpenEntry;

impl Handler for OpenEntry {
    type Action = ChangeNetworkEntry;
    type Input = Option<String>;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        _tx: &mut Tx,
        permit: Permit<ChangeNetworkEntry>,
        list: Option<String>,
    ) -> Result<Answer, Failure> {
        Ok(Answer::Modal(network_form::edit(&permit.object, list.as_deref())))
    }
}
