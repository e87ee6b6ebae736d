//! A pair ends: everything that was to come stops, and the other is told.

use super::failure::Failure;
use crate::ctx::Ctx;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::reviews::{Finish, Words};
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, closing, finishes, screens};

/// One of the two finishes a pair that goes on, or adds a few words to one that the other has finished. False when they
/// had finished before.
///
/// # Errors
/// When the database fails.
pub async fn finish(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, me: &Person, words: Words) -> Result<bool, Failure> {
    let now = ctx.now();
    let before = finishes::of_pair(tx, of.pair.id).await?;
    if before.iter().any(|finish| finish.person == me.id) {
        return Ok(false);
    }
    let other = of.other(me.id).id;
    let ended = of.pair.clone().end().ok();
    let says_something = words.say_something();
    let finish = Finish { pair: of.pair.id, person: me.id, words, ended_it: ended.is_some(), finished_at: now };
    finishes::insert(tx, ctx.ids.ordered(now), &finish).await?;
    match &ended {
        Some(ended) => {
            closing::end(tx, of, me.id, now).await?;
            let told = Owed::about_end(MessageKind::PairEnded, ended, other, now);
            queue::enqueue(tx, &told, &ctx.ids, now).await?;
            calendars::changed(tx, of.pair.id, &[&told], &ctx.programme(), &ctx.ids, now).await?;
        }
        None if says_something => {
            let told = Owed::about_end(MessageKind::FinishAnswered, &of.pair, other, now);
            queue::enqueue(tx, &told, &ctx.ids, now).await?;
        }
        None => {}
    }
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_homes(tx, of).await?;
    Ok(true)
}
