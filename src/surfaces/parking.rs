//! Putting something on an agenda: where it can go, what keeps it from going there, who sees it then.
//!
//! Owns: what commands, shortcuts and forms that park something have in common. Must not: answer anybody.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{AgendaItem, CannotPark, MOST_ITEMS, SourceLink, Spot, open_spots};
use crate::domain::identifiers::AgendaItemId;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::preparing::Preparer;
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::{MessageKind, Owed, Timetable};
use crate::domain::reminders_homework::MOST_TO_MENTOR;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{agenda, agenda_items, carrying, pairs, screens};

/// Where somebody can put something, the nearest meeting first.
///
/// # Errors
/// When the database fails.
pub async fn spots(ctx: &Ctx, tx: &mut Tx, me: &Person) -> Result<Vec<Spot>, StoreFailure> {
    let mut spots = Vec::new();
    for of in pairs::of_person(tx, me.id).await? {
        let meeting = carrying::next_to_come(tx, of.pair.id, ctx.now()).await?;
        spots.push(Spot { of, meeting });
    }
    Ok(open_spots(spots, me.id))
}

/// What somebody puts on an agenda.
#[derive(Debug)]
pub struct Parked {
    /// What it says, known to fit.
    pub body: PrivateText,
    /// The message it comes from.
    pub source: Option<SourceLink>,
    /// Under which part, unless a mentor adds it.
    pub part: Part,
}

/// Puts it there: who prepares has it under its part, a mentor among the points. It is kept, or the reason why not.
///
/// # Errors
/// When the database fails.
pub async fn park(
    ctx: &Ctx,
    tx: &mut Tx,
    me: &Person,
    spot: &Spot,
    parked: Parked,
) -> Result<Result<AgendaItem, CannotPark>, StoreFailure> {
    let now = ctx.now();
    let item = AgendaItem {
        id: AgendaItemId(ctx.ids.ordered(now)),
        pair: spot.of.pair.id,
        meeting: spot.meeting.as_ref().map(|meeting| meeting.id),
        part: spot.of.pair.prepares(me.id).then_some(parked.part),
        author: me.id,
        body: parked.body,
        source: parked.source,
        created_at: now,
        age: None,
    };
    put(ctx, tx, spot, item).await
}

/// Puts an entry at a spot, if there is room.
///
/// # Errors
/// When the database fails.
pub async fn put(
    ctx: &Ctx,
    tx: &mut Tx,
    spot: &Spot,
    item: AgendaItem,
) -> Result<Result<AgendaItem, CannotPark>, StoreFailure> {
    let there = match &spot.meeting {
        Some(meeting) => agenda_items::of_meeting(tx, meeting).await?,
        None => agenda_items::waiting(tx, spot.of.pair.id).await?,
    };
    let whose = whose(&spot.of, &item);
    let there = there.on_agenda_of(whose.person);
    // Sent twice by an impatient hand, or typed twice: it is there once.
    let says_the_same = |other: &&AgendaItem| {
        (other.author, &other.body, &other.source) == (item.author, &item.body, &item.source)
            && other.part.is_some() == item.part.is_some()
    };
    if let Some(same) = there.0.iter().find(says_the_same) {
        return Ok(Ok(same.clone()));
    }
    if there.0.iter().filter(|item| item.age.is_none()).count() >= MOST_ITEMS {
        return Ok(Err(CannotPark::Full));
    }
    let Some(meeting) = spot.meeting.clone() else {
        agenda_items::insert(tx, &item).await?;
        return Ok(Ok(item));
    };
    let of = MeetingOfPair { meeting, of: spot.of.clone() };
    let was_prepared = agenda::is_prepared(tx, of.meeting.id, whose).await?;
    agenda_items::insert(tx, &item).await?;
    tell(ctx, tx, &of, whose, was_prepared).await?;
    Ok(Ok(item))
}

/// Whose agenda an entry stands on.
pub fn whose(of: &PairOfPeople, item: &AgendaItem) -> Preparer {
    let author = of.half(item.author).id;
    of.pair.preparer(if item.is_on_agenda_of(author) { author } else { of.other(author).id })
}

/// Somebody's agenda has changed: every screen shows it, and who reads it and was told that there is none hears that there is
/// one.
///
/// # Errors
/// When the database fails.
pub async fn tell(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &MeetingOfPair,
    by: Preparer,
    was_prepared: bool,
) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let (preparer, reader) = (of.of.half(by.person), of.of.other(by.person));
    // The mentor was told that there is none, or could not be told; a notice still on its way will say what is now.
    let too_late_for_notice = now >= Timetable::between(of, preparer, reader, &ctx.programme()).notice_at
        && !queue::is_waiting(tx, of.meeting.id.0, MessageKind::AgendaNotice, reader.id).await?;
    // A mentor who was nudged about homework of their own has had both messages of this meeting: the notice that said
    // "no agenda yet" becomes the agenda in place.
    let room =
        of.of.pair.prepares(reader.id) || queue::count_to(tx, of.meeting.id.0, reader.id).await? < MOST_TO_MENTOR;
    if !was_prepared && too_late_for_notice && room && agenda::is_prepared(tx, of.meeting.id, by).await? {
        queue::enqueue(tx, &Owed::agenda_late(of, reader.id, now), &ctx.ids, now).await?;
    }
    screens::refresh_messages(tx, of.meeting.id.0, now).await?;
    screens::refresh_homes(tx, &of.of).await
}
