//! A win is shared: with each pair that was ticked, and with a channel if one was chosen.

use crate::ctx::Ctx;
use crate::domain::identifiers::WinId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::permissions::{Permit, SeeOwnStatus};
use crate::domain::reminders::Owed;
use crate::domain::wins::Win;
use crate::render::win_form::{CHANNEL, PAIRS, WIN};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{overview, screens, wins};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::win::nobody;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::{Filled, needed};

/// Shares it.
pub struct LogIt;

impl Handler for LogIt {
    type Action = SeeOwnStatus;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<SeeOwnStatus>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let form = form.fields;
        let now = ctx.now();
        let me = permit.actor;
        let overview = overview::get(tx, me.id).await?;
        if overview.active().next().is_none() {
            return Ok(Answer::notice(nobody()));
        }
        let text = match needed(&form, WIN, "Write a line: what is there to celebrate?") {
            Ok(text) => text,
            Err(problem) => return Ok(problem),
        };
        // Only one's own pairs count, whatever a form says.
        let ticked = form.choices(PAIRS);
        let pairs = overview.active().filter(|pair| ticked.contains(&pair.of.pair.id.to_string().as_str()));
        let pairs: Vec<&PairOfPeople> = pairs.map(|pair| &pair.of).collect();
        if pairs.is_empty() {
            return Ok(Answer::error(PAIRS, "Tick somebody who sees it."));
        }
        // A channel is told once, however many pairs see the win.
        let mut channel = form.conversations(CHANNEL).first().map(|id| (*id).to_owned());
        if channel.as_deref().is_some_and(|id| !is_public_channel(id)) {
            return Ok(Answer::error(CHANNEL, "Choose a channel, or leave it empty."));
        }
        for of in pairs {
            let win = Win {
                id: WinId(ctx.ids.ordered(now)),
                pair: of.pair.id,
                person: me.id,
                text: text.clone(),
                logged_at: now,
                channel: channel.take(),
            };
            wins::keep(tx, &win).await?;
            queue::enqueue(tx, &Owed::win_shared(&win, of.other(me.id).id, now), &ctx.ids, now).await?;
            if win.channel.is_some() {
                queue::enqueue(tx, &Owed::win_to_channel(&win, now), &ctx.ids, now).await?;
            }
            screens::refresh_home(tx, of.other(me.id).id).await?;
        }
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}

/// The id of a channel: a direct message or a person is none. Whether it is public and takes a post, Slack says.
fn is_public_channel(id: &str) -> bool {
    id.len() > 1 && id.starts_with('C') && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
