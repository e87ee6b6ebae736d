//! A pair ends: everything that was to come stops, and the other is told.

use super::failure::Failure;
use crate::ctx::Ctx;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::reviews::{Finish, Words};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{agreements, calendars, finishes, meetings, pairs, reviews, screens};

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
            stop(ctx, tx, of).await?;
            pairs::set_state(tx, ended, of.pair.state, now).await?;
            pairs::set_attention(tx, of.pair.id, None).await?;
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
    screens::refresh_home(tx, of.mentee.id).await?;
    screens::refresh_home(tx, of.mentor.id).await?;
    Ok(true)
}

/// Meetings that have not begun are left out, the review is over, and what waits to be said is not worth saying any more.
async fn stop(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let mut silent = vec![of.pair.id.0];
    for meeting in meetings::without_outcome(tx, of.pair.id).await? {
        silent.push(meeting.id.0);
        match meeting.clone().left_out(now) {
            Ok(left_out) => meetings::report(tx, &left_out, now).await?,
            // It has begun, and nobody will be asked how it went.
            Err(_) => meetings::set_attention(tx, meeting.id, None).await?,
        }
    }
    if let Some(review) = reviews::open(tx, of.pair.id).await? {
        reviews::close(tx, review.id, now).await?;
    }
    silent.extend(reviews::of_pair(tx, of.pair.id).await?.into_iter().map(|id| id.0));
    silent.extend(agreements::versions(tx, of.pair.id).await?.into_iter().map(|id| id.0));
    for subject in silent {
        queue::drop_waiting(tx, subject, now).await?;
        screens::refresh_messages(tx, subject, now).await?;
    }
    Ok(())
}
