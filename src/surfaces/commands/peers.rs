//! `/mentor peers` and *Become peers*: opens the form, or says why not.

use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::overview::PairOverview;
use crate::domain::pairs::PairOfPeople;
use crate::domain::peers::{CannotBecomePeers, PeerQuestion};
use crate::domain::people::Person;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::render::peer_form;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{overview, peer_questions};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form, for one pair or for all that can become peers.
pub struct OpenPeerForm;

impl Handler for OpenPeerForm {
    type Action = SeeOwnStatus;
    type Input = Option<PairId>;
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<SeeOwnStatus>,
        wanted: Option<PairId>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let overview = overview::get(tx, permit.actor.id).await?;
        let mut can: Vec<&PairOverview> = Vec::new();
        let mut why = None;
        for pair in overview.active().filter(|pair| wanted.is_none_or(|wanted| wanted == pair.of.pair.id)) {
            let latest = peer_questions::latest(tx, pair.of.pair.id).await?;
            match PeerQuestion::may_ask(&pair.of, overview.me.id, latest.as_ref(), now) {
                Ok(()) => can.push(pair),
                Err(reason) => why = why.or_else(|| Some(why_not(&pair.of, &overview.me, reason))),
            }
        }
        if can.is_empty() {
            let words = why.unwrap_or_else(|| {
                "You are in no pair that could become peers. Type `/mentor ask @name` to ask somebody; the form has *As peers*, too."
                    .to_owned()
            });
            return Ok(Answer::notice(Markup::default().text(&words)));
        }
        can.sort_by_key(|pair| pair.next_meeting(now).map(|next| next.meeting.starts_at));
        Ok(Answer::Modal(peer_form::open(&overview, &can)))
    }
}

/// Why two do not become peers, in words; times on the clock of the one who asks.
pub fn why_not(of: &PairOfPeople, me: &Person, reason: CannotBecomePeers) -> String {
    let name = &of.other(me.id).name;
    match reason {
        CannotBecomePeers::ArePeers => format!("You and {name} are peers already."),
        CannotBecomePeers::Outside => {
            format!("{name} is outside this organisation; peers are two people inside. You stay mentee and mentor.")
        }
        CannotBecomePeers::OtherLeft => format!("{name}’s account is switched off."),
        CannotBecomePeers::AlreadyAsked { answer_by } => {
            let by = answer_by.with_timezone(&me.zone()).format("%A, %-d %B, %H:%M");
            format!("You have asked {name} already; you will hear by {by}.")
        }
        CannotBecomePeers::AskedByOther => {
            format!("{name} has asked you that: the answer is yours, in your messages from me.")
        }
    }
}
