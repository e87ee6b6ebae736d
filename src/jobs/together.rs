//! One message instead of several, when a person has several pairs on one day.
//!
//! Owns: owing at once what would come later on the same day, and drawing what a message carries. Must not: decide what is
//! owed, or send.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::draw::{Drawing, draw};
use crate::ctx::Ctx;
use crate::domain::reminders::{Owed, about_meeting};
use crate::render;
use crate::slack::api::Outgoing;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::together;
use crate::store::{agenda, meetings};

/// A message about a meeting goes out now: what its reader would hear later on the same day ahead of other meetings is owed
/// along with it.
///
/// # Errors
/// When the database fails.
pub async fn owe_the_days(ctx: &Ctx, tx: &mut Tx, said: &Owed, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    if !said.kind.is_said_ahead() {
        return Ok(());
    }
    let programme = ctx.programme();
    for id in meetings::to_come_of(tx, said.to, now).await? {
        let Some(other) = meetings::find(tx, id).await?.filter(|other| other.meeting.id.0 != said.subject) else {
            continue;
        };
        let closing = other.of.half(said.to).working_time(&programme).closes(said.due_at);
        if closing <= said.due_at {
            continue;
        }
        let empty = agenda::not_prepared(tx, &other).await?;
        let plan = about_meeting(&other, |person| empty.contains(&person), &programme, closing);
        for owed in plan.owed.into_iter().filter(|owed| owed.to == said.to && owed.kind.is_said_ahead()) {
            queue::enqueue(tx, &Owed { due_at: said.due_at, ..owed }, &ctx.ids, now).await?;
        }
    }
    Ok(())
}

type Drawn = Vec<(Message, Option<Drawing>)>;

/// What a message that is about to go out carries beside itself: each with its drawing, or nothing when it cannot be drawn.
/// A nudge to prepare what the same message asks for is not drawn, unless that is not owed any more.
///
/// # Errors
/// When the database is away.
pub async fn carried(ctx: &Ctx, tx: &mut Tx, carrier: &Message) -> Result<Vec<(Uuid, Option<Drawing>)>, StoreFailure> {
    let drawn = all_drawn(ctx, tx, carrier).await?;
    let is_owed = |drawing: &Option<Drawing>| drawing.as_ref().is_some_and(|drawing| drawing.still_owed);
    let drawn = not_said_twice(carrier, drawn, is_owed);
    Ok(drawn.into_iter().map(|(message, drawing)| (message.id, drawing)).collect())
}

async fn all_drawn(ctx: &Ctx, tx: &mut Tx, carrier: &Message) -> Result<Drawn, StoreFailure> {
    let mut drawn = Vec::new();
    for message in together::carried(tx, carrier.id).await? {
        match draw(ctx, tx, &message).await {
            Ok(drawing) => drawn.push((message, Some(drawing))),
            Err(failure) if failure.is_passing() => return Err(failure),
            Err(_) => drawn.push((message, None)),
        }
    }
    Ok(drawn)
}

/// Without what the carrier or another of them says anyway; only those that `stand` say anything.
fn not_said_twice(carrier: &Message, mut drawn: Drawn, stand: impl Fn(&Option<Drawing>) -> bool) -> Drawn {
    let mut saying = vec![carrier.clone()];
    saying.extend(drawn.iter().filter(|(_, drawing)| stand(drawing)).map(|(message, _)| message.clone()));
    let is_said = |message: &Message| {
        saying.iter().any(|other| other.subject == message.subject && message.kind.is_said_by(other.kind))
    };
    drawn.retain(|(message, _)| !is_said(message));
    drawn
}

/// A message that is to be sent, with what it carries and is still owed; the rest does not stand in it.
///
/// # Errors
/// When the database fails.
pub async fn to_send(
    ctx: &Ctx,
    carrier: &Message,
    first: Outgoing,
    carried: Vec<(Uuid, Option<Drawing>)>,
) -> Result<Outgoing, StoreFailure> {
    let mut others = Vec::new();
    for (id, drawing) in carried {
        match drawing {
            Some(drawing) if drawing.still_owed => others.push(drawing.outgoing),
            drawing => {
                let mut tx = ctx.db.begin().await?;
                match drawing {
                    Some(_) => together::leave_out(&mut tx, carrier.id, id).await?,
                    None => together::put_one_back(&mut tx, carrier.id, id).await?,
                }
                tx.commit().await?;
            }
        }
    }
    Ok(render::together::draw(first, others))
}

/// A message that was sent, as it reads now.
///
/// # Errors
/// When the database is away.
pub async fn redrawn(ctx: &Ctx, tx: &mut Tx, carrier: &Message) -> Result<Outgoing, StoreFailure> {
    let first = draw(ctx, tx, carrier).await?.outgoing;
    // All of them were said.
    let others = not_said_twice(carrier, all_drawn(ctx, tx, carrier).await?, |_| true);
    Ok(render::together::draw(first, others.into_iter().filter_map(|(_, drawing)| Some(drawing?.outgoing)).collect()))
}
