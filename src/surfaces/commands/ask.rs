//! `/mentor ask @person`: opens the form, or says why not.

use crate::ctx::Ctx;
use crate::domain::pairs::{CannotAsk, Pair};
use crate::domain::people::{CannotMentor, Person};
use crate::domain::permissions::{AskToMentor, Permit};
use crate::render;
use crate::render::words::{mention, when};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::pairs;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct Ask;

impl Handler for Ask {
    type Action = AskToMentor;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskToMentor>, (): ()) -> Result<Answer, Failure> {
        let (me, mentor) = permit.take();
        let latest = pairs::latest(tx, me.id, mentor.id).await?;
        Ok(match Pair::may_ask(&me, &mentor, latest.as_ref(), ctx.now()) {
            Ok(()) => Answer::Modal(render::ask_form::open(&mentor)),
            Err(reason) => Answer::notice(why_not(&mentor, reason)),
        })
    }
}

/// Why somebody cannot be asked, in words.
pub fn why_not(mentor: &Person, reason: CannotAsk) -> Markup {
    match reason {
        CannotAsk::Yourself => {
            Markup::words("That is you. Ask somebody with whom nothing is at stake: `/mentor ask @name`.")
        }
        CannotAsk::Mentor(CannotMentor::Bot) => {
            mention(mentor).and(" is an app, not a person. Ask a person: `/mentor ask @name`.")
        }
        CannotAsk::Mentor(CannotMentor::Deactivated) => Markup::default()
            .text(&mentor.name)
            .and("’s account is switched off. Ask somebody else: `/mentor ask @name`."),
        CannotAsk::Mentor(CannotMentor::Outsider) => mention(mentor)
            .and(" is not in this workspace. Ask somebody of your own organisation: `/mentor ask @name`."),
        CannotAsk::Mentor(CannotMentor::Guest) => {
            mention(mentor).and(" is a guest here and cannot be asked. Ask a full member: `/mentor ask @name`.")
        }
        CannotAsk::AlreadyAsked { answer_by } => Markup::words("You have asked ")
            .piece(&mention(mentor))
            .and(" already; you will hear by ")
            .piece(&when(answer_by))
            .and("."),
        CannotAsk::AlreadyPaired => {
            mention(mentor).and(" mentors you already. Type `/mentor` to see when you meet next.")
        }
    }
}
