//! Somebody is forgotten, in one transaction: their pairs end, their questions and asks are withdrawn, their rows and their name go.
//!
//! Owns: what ends before anything is erased. Must not: know tables (see `store::erasing`).

use super::ending::finish;
use super::failure::Failure;
use crate::ctx::Ctx;
use crate::domain::pairs::{PairState, Role};
use crate::domain::people::Person;
use crate::domain::reminders::Owed;
use crate::domain::reviews::Words;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{erasing, erasures, introductions, pairs, screens};

/// Forgets them, and owes them the receipt.
///
/// # Errors
/// When the database fails.
pub async fn forget(ctx: &Ctx, tx: &mut Tx, me: &Person) -> Result<(), Failure> {
    let now = ctx.now();
    let mut ended = 0;
    for of in pairs::of_person(tx, me.id).await? {
        let role = of.pair.role_of(me.id);
        match of.pair.state {
            PairState::Active | PairState::Paused => {
                finish(ctx, tx, &of, me, Words::default()).await?;
                ended += 1;
            }
            PairState::Proposed if role == Some(Role::Mentee) => {
                // Withdrawn: whoever was asked has nothing more to do.
                if let Ok(expired) = of.pair.clone().expire() {
                    pairs::set_state(tx, &expired, PairState::Proposed, now).await?;
                }
                queue::drop_waiting(tx, of.pair.id.0, now).await?;
                pairs::set_attention(tx, of.pair.id, None).await?;
            }
            PairState::Proposed => {
                // As a "not now": whoever asked hears when the time is over, in the words of silence.
                if let Ok(declined) = of.pair.clone().decline() {
                    pairs::set_state(tx, &declined, PairState::Proposed, now).await?;
                }
            }
            PairState::Declined if role == Some(Role::Mentee) => {
                // Nobody is left to be told.
                pairs::set_attention(tx, of.pair.id, None).await?;
            }
            PairState::Declined | PairState::Ended | PairState::Expired => {}
        }
        screens::refresh_home(tx, of.other(me.id).id).await?;
    }
    for mut of in introductions::every_of_asker(tx, me.id).await? {
        if of.introduction.withdraw(now).is_ok() {
            introductions::save(tx, &mut of, None).await?;
        }
        // Whoever was asked has nothing more to do, and nothing of it to see.
        screens::refresh_introduction(tx, &of.introduction, now).await?;
    }
    // Whoever is asked to name somebody, or was named, is not waited for; the ask goes on.
    for ask in introductions::around(tx, me.id).await? {
        for person in ask.people.keys() {
            screens::refresh_home(tx, *person).await?;
        }
    }
    introductions::wake(tx, me.id, now).await?;
    let mut erased = erasing::erase(tx, me, now).await?;
    erased.pairs_ended = ended;
    let id = ctx.ids.opaque();
    erasures::insert(tx, id, me.id, &me.slack, &erased, now).await?;
    queue::enqueue(tx, &Owed::receipt(id, me.id, now), &ctx.ids, now).await?;
    Ok(())
}
