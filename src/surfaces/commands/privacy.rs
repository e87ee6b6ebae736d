//! `/mentor privacy`, and *Who sees what* on Home: what is kept, and who reads it, with the actual people.

use crate::ctx::Ctx;
use crate::domain::pairs::PairState;
use crate::domain::people::Person;
use crate::domain::permissions::{Action, AskAround, Permit, SeePrivacy};
use crate::render::privacy;
use crate::store::db::Tx;
use crate::store::{asks, exports, network, pairs, privacy as counts};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ShowPrivacy;

impl Handler for ShowPrivacy {
    type Action = SeePrivacy;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeePrivacy>, (): ()) -> Result<Answer, Failure> {
        let mut all = Vec::new();
        for id in exports::pairs_of(tx, permit.actor.id).await? {
            let Some(of) = pairs::find(tx, id).await? else { continue };
            if of.pair.is_live() || of.pair.state == PairState::Ended {
                let kept = counts::kept(tx, id).await?;
                all.push((of, kept));
            }
        }
        let me = &permit.actor;
        let readers = asks::readers(tx, me.id, ctx.same_manager).await?;
        let readers: Vec<&Person> = readers.iter().map(|reader| &reader.person).collect();
        let asks = AskAround::rule(me, &()).is_ok().then_some(&readers[..]);
        let network = network::count(tx, me.id).await?;
        Ok(Answer::Modal(privacy::draw(me, &all, asks, network)))
    }
}
