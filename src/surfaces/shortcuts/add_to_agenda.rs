//! **Add to mentor agenda**, on a message: opens the form with what the message says.

use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::domain::agenda_items::SourceLink;
use crate::domain::permissions::{ParkOnAgenda, Permit};
use crate::domain::private_text::cleaned;
use crate::render;
use crate::slack::blocks::Markup;
use crate::slack::inbound::Shortcut;
use crate::slack::readable;
use crate::store::db::Tx;
use crate::store::people;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::spots;

/// People named in a message whose names are looked up; the rest stay nameless.
const NAMES_MOST: usize = 20;

/// Opens the form.
pub struct AddToAgenda;

impl Handler for AddToAgenda {
    type Action = ParkOnAgenda;
    type Input = Shortcut;
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ParkOnAgenda>, used: Shortcut) -> Result<Answer, Failure> {
        let me = permit.actor;
        let Some(message) = used.message else {
            return Ok(Answer::notice(Markup::words("Choose this one beside a message, under its three dots.")));
        };
        let spots = spots(ctx, tx, &me).await?;
        if spots.is_empty() {
            return Ok(Answer::notice(render::parked::nobody()));
        }
        let mut names = BTreeMap::new();
        for user_id in readable::mentioned(&message.text).into_iter().take(NAMES_MOST) {
            if let Some(person) = people::find_user(tx, &user_id).await? {
                names.insert(user_id, person.name);
            }
        }
        let text = cleaned(&readable::text(&message.text, &names));
        let link = used
            .team_domain
            .as_deref()
            .and_then(|domain| SourceLink::of_message(domain, &message.channel_id, &message.ts));
        Ok(Answer::Modal(render::park_form::open(&me, text.trim(), link.as_ref(), &spots)))
    }
}
