//! *Please don't ask me again*: opts out of being introduced for good, and is a "not now" for this one.

use crate::ctx::Ctx;
use crate::domain::people::Standing;
use crate::domain::permissions::{AnswerNomination, Permit};
use crate::domain::profile::Profile;
use crate::render::introduction_nominee;
use crate::store::db::Tx;
use crate::store::{introduction_rows, profiles, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep};

/// Opts out.
pub struct NeverAgain;

impl Handler for NeverAgain {
    type Action = AnswerNomination;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerNomination>,
        clicked: Clicked,
    ) -> Result<Answer, Failure> {
        let (me, named) = permit.take();
        let (mut of, nomination) = (named.of, named.nomination);
        introduction_rows::set_most_a_month(tx, me.id, 0).await?;
        if let Some(profile) = profiles::find(tx, me.id).await?.filter(|profile| profile.introductions) {
            profiles::save(tx, &Profile { introductions: false, ..profile }, ctx.now()).await?;
        }
        let before = of.introduction.clone();
        let too_late = match of.introduction.refuse(nomination.id) {
            Ok(()) => {
                keep(ctx, tx, &mut of, &before).await?;
                None
            }
            Err(_) => {
                screens::refresh_messages(tx, nomination.id.0, ctx.now()).await?;
                Some(introduction_nominee::outcome(&of, &nomination))
            }
        };
        screens::refresh_home(tx, me.id).await?;
        let can_change = me.standing != Standing::Outsider;
        Ok(match clicked {
            Clicked::InModal => Answer::Turned(introduction_nominee::never_again_modal(can_change, too_late.as_ref())),
            Clicked::Elsewhere => Answer::Message(introduction_nominee::never_again(can_change, too_late.as_ref())),
        })
    }
}
