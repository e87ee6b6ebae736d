//! An account is switched off: for a week nothing happens, since it may come back; then its pairs close kindly.
//!
//! Owns: closing such a pair and telling the other half, once. Must not: decide since when somebody is gone (see
//! `store::departures`).

use chrono::{DateTime, Utc};

use super::draw::Drawing;
use crate::ctx::Ctx;
use crate::domain::identifiers::PairId;
use crate::domain::leaving::still_owed_about_leaving;
use crate::domain::pairs::PairOfPeople;
use crate::domain::reminders::Owed;
use crate::domain::reviews::{Finish, Words};
use crate::render::leaving_messages;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::{calendars, closing, departures, finishes, pairs};

/// Whether somebody of a pair is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departed {
    /// Both are here, or the pair does not go on anyway.
    Nobody,
    /// Somebody is, and may still come back before this.
    ClosesAt(DateTime<Utc>),
    /// Somebody has been for a week, and the pair is closed now.
    Closed,
}

/// Looks whether somebody of a pair has been gone for too long.
///
/// # Errors
/// When the database fails.
pub async fn look_at(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople) -> Result<Departed, StoreFailure> {
    if !of.pair.is_live() {
        return Ok(Departed::Nobody);
    }
    let now = ctx.now();
    match departures::closes_at(tx, of).await? {
        None => Ok(Departed::Nobody),
        Some(at) if now < at => Ok(Departed::ClosesAt(at)),
        Some(_) => close(ctx, tx, of, now).await,
    }
}

/// The app starts: see [`departures::at_start`].
///
/// # Errors
/// When the database fails.
pub async fn at_start(ctx: &Ctx) -> Result<(), StoreFailure> {
    let mut tx = ctx.db.begin().await?;
    departures::at_start(&mut tx, ctx.now()).await?;
    tx.commit().await
}

async fn close(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<Departed, StoreFailure> {
    let by = of.gone().next().map_or(of.pair.mentee, |person| person.id);
    if !closing::end(tx, of, by, now).await? {
        return Ok(Departed::Nobody);
    }
    let programme = ctx.programme();
    let mut told = Vec::new();
    for person in of.gone() {
        // When it ended is read from here; nobody said a word.
        let (pair, person_id, words) = (of.pair.id, person.id, Words::default());
        let finish = Finish { pair, person: person_id, words, ended_it: true, finished_at: now };
        finishes::insert(tx, ctx.ids.ordered(now), &finish).await?;
        let other = of.other(person.id);
        if !other.deactivated {
            let due_at = other.working_time(&programme).next_open(now);
            let owed = Owed::person_left(of, other.id, due_at);
            queue::enqueue(tx, &owed, &ctx.ids, now).await?;
            told.push(owed);
        }
    }
    let told: Vec<&Owed> = told.iter().collect();
    calendars::changed(tx, of.pair.id, &told, &programme, &ctx.ids, now).await?;
    Ok(Departed::Closed)
}

/// What the other half is told.
///
/// # Errors
/// When the database fails, or the pair is gone.
pub async fn draw(ctx: &Ctx, tx: &mut Tx, message: &Message) -> Result<Drawing, StoreFailure> {
    let of = pairs::find(tx, PairId(message.subject)).await?.ok_or(StoreFailure::Unexpected("outbox.subject_id"))?;
    let outgoing = leaving_messages::left(&of, of.half(message.to));
    let still_owed = ctx.now() <= message.until && still_owed_about_leaving(&of, message.to);
    Ok(Drawing { outgoing, still_owed, channel: None })
}
