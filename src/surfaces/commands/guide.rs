//! `/mentor guide [words]`, *Mentor or manager?* and the menu in it. What is looked up is neither kept nor logged.

use crate::ctx::Ctx;
use crate::domain::guide::{Situation, by_words};
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::private_text::PrivateText;
use crate::render::guide_screens;
use crate::store::db::Tx;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::spots;

/// Shows the guide.
pub struct SeeGuide;

/// What somebody looks up. It is nobody's business: not even `Debug` tells.
pub enum LookUp {
    /// Nothing yet.
    Nothing,
    /// What they chose.
    Chosen(&'static Situation),
    /// What they typed.
    Typed(PrivateText),
}

impl Handler for SeeGuide {
    type Action = SeeOwnStatus;
    type Input = LookUp;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, look_up: LookUp) -> Result<Answer, Failure> {
        let has_agenda = !spots(ctx, tx, &permit.actor).await?.is_empty();
        let (chosen, not_found) = match look_up {
            LookUp::Nothing => (None, false),
            LookUp::Chosen(situation) => (Some(situation), false),
            LookUp::Typed(words) => {
                let found = by_words(words.reveal());
                (found, found.is_none())
            }
        };
        Ok(Answer::Turned(guide_screens::draw(chosen, not_found, has_agenda)))
    }
}
