//! `/mentor end` and `/mentor agreement`: about the one pair somebody has, or the one they choose.

use crate::ctx::Ctx;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::controls::{FINISH, OUR_AGREEMENT};
use crate::render::finish_forms::{choose, form};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::agreement_screens::{not_yet, view};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// What somebody wants with a pair as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Finish.
    End,
    /// Read what the two agreed.
    Agreement,
}

/// Opens it.
pub struct OfAPair;

impl Handler for OfAPair {
    type Action = SeeOwnStatus;
    type Input = Wanted;
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, wanted: Wanted) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        let mut pairs = overview.active();
        let Some(first) = pairs.next() else {
            return Ok(Answer::notice(Markup::words(match wanted {
                Wanted::End => "There is nobody to finish with. `/mentor history` shows whom you finished with before.",
                Wanted::Agreement => {
                    "You have no pair yet whose agreement there is to read. Type `/mentor ask @name` to ask somebody."
                }
            })));
        };
        if pairs.next().is_some() {
            return Ok(Answer::Modal(match wanted {
                Wanted::End => choose(&overview, "Finish", FINISH),
                Wanted::Agreement => choose(&overview, "Our agreement", OUR_AGREEMENT),
            }));
        }
        Ok(match wanted {
            Wanted::End => Answer::Modal(form(&first.of, &overview.me)),
            Wanted::Agreement => match view(tx, &first.of, &overview.me, None).await? {
                Some(view) => Answer::Modal(view),
                None => Answer::notice(not_yet()),
            },
        })
    }
}
