//! `/mentor ask @person`: opens the form, or says why not.

use crate::ctx::Ctx;
use crate::domain::pairs::{CannotAsk, Pair, PairKind};
use crate::domain::people::{CannotMentor, Person};
use crate::domain::permissions::{AskToMentor, Permit};
use crate::render;
use crate::render::held_messages::too_close;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::pairs;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::never_the_boss::keeps_apart;
use crate::surfaces::room::why_not_now;

/// Opens the form.
pub struct Ask;

impl Handler for Ask {
    type Action = AskToMentor;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskToMentor>, (): ()) -> Result<Answer, Failure> {
        let (me, mentor) = permit.take();
        Ok(match may_ask(ctx, tx, &me, &mentor, false).await? {
            Ok(kind) if keeps_apart(ctx, tx, &[&me, &mentor], kind).await?.is_some() => {
                Answer::notice(Markup::default().text(&too_close(&mentor.name)))
            }
            Ok(kind) => match why_not_now(tx, &me, &mentor, kind).await? {
                None => Answer::Modal(render::ask_form::open(Some(&mentor))),
                Some(reason) => Answer::notice(Markup::default().text(&reason)),
            },
            Err(reason) => Answer::notice(Markup::default().text(&why_not(&me, &mentor, reason))),
        })
    }
}

/// The kind of pair that begins when one asks the other, or why that cannot be asked.
///
/// # Errors
/// When the database fails.
pub async fn may_ask(
    ctx: &Ctx,
    tx: &mut Tx,
    me: &Person,
    mentor: &Person,
    as_peers: bool,
) -> Result<Result<PairKind, CannotAsk>, Failure> {
    let latest = pairs::latest(tx, me.id, mentor.id).await?;
    let turned_round = pairs::latest(tx, mentor.id, me.id).await?;
    let kind = Pair::kind_with(mentor, as_peers);
    Ok(kind.and_then(|kind| {
        Pair::may_ask(me, mentor, kind, latest.as_ref(), turned_round.as_ref(), ctx.now()).map(|()| kind)
    }))
}

/// Why somebody cannot be asked, in words; times on the clock of the one who asks.
pub fn why_not(me: &Person, mentor: &Person, reason: CannotAsk) -> String {
    let name = &mentor.name;
    match reason {
        CannotAsk::Yourself => "That is you. Ask somebody with whom nothing is at stake.".to_owned(),
        CannotAsk::Mentor(CannotMentor::Bot) => format!("{name} is an app, not a person. Ask a person."),
        CannotAsk::Mentor(CannotMentor::Deactivated) => format!("{name}’s account is switched off. Ask somebody else."),
        CannotAsk::Mentor(CannotMentor::Outsider) => {
            format!("{name} is not in this workspace. Ask somebody of your own organisation.")
        }
        CannotAsk::Mentor(CannotMentor::Guest) => {
            format!("{name} is a guest here and cannot be asked. Ask a full member.")
        }
        CannotAsk::AlreadyAsked { answer_by } => {
            let by = answer_by.with_timezone(&me.zone()).format("%A, %-d %B, %H:%M");
            format!("You have asked {name} already; you will hear by {by}.")
        }
        CannotAsk::AlreadyPaired(PairKind::Peer) => {
            format!("You and {name} are peers already. Type `/mentor` to see when you meet next.")
        }
        CannotAsk::AlreadyPaired(PairKind::InOrg | PairKind::External) => {
            format!(
                "You and {name} are a pair already. Type `/mentor` to see when you meet next, or `/mentor peers` to become peers."
            )
        }
        CannotAsk::PeerOutside => {
            format!("{name} is outside this organisation; peers are two people inside. Ask them as a mentor.")
        }
    }
}
