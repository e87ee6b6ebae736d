//! Entries on agendas as kept: each a sealed row of its own.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::statements::statements;
use super::vault::{OwnKey, Place};
use super::{pair_keys, pairs};
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{Age, AgendaItem, AgendaItemOfPair, Entries, SourceLink};
use crate::domain::identifiers::{AgendaItemId, MeetingId, PairId, PersonId};
use crate::domain::meetings::Meeting;

statements! {
    INSERT = "INSERT INTO agenda_items
        (id, pair_id, meeting_id, part, author_id, body, source, created_at, first_meant_for, carried)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_MEETING = "SELECT id, pair_id, meeting_id, part, author_id, body, source, created_at, first_meant_for, carried
        FROM agenda_items WHERE meeting_id = $1 ORDER BY created_at, id";
    WAITING = "SELECT id, pair_id, meeting_id, part, author_id, body, source, created_at, first_meant_for, carried
        FROM agenda_items WHERE pair_id = $1 AND meeting_id IS NULL ORDER BY created_at, id";
    BY_ID = "SELECT id, pair_id, meeting_id, part, author_id, body, source, created_at, first_meant_for, carried
        FROM agenda_items WHERE id = $1";
    PREPARED = "SELECT COUNT(*) FROM agenda_items WHERE meeting_id = $1 AND author_id = $2 AND part IS NOT NULL
        AND carried = 0";
    SET_PART = "UPDATE agenda_items SET part = $2 WHERE id = $1 AND part IS NOT NULL";
    SET_BODY = "UPDATE agenda_items SET body = $3 WHERE id = $1 AND meeting_id = $2 AND part IS NOT NULL";
    CARRY = "UPDATE agenda_items SET meeting_id = $3, first_meant_for = $4, carried = $5
        WHERE id = $1 AND meeting_id = $2";
    ADOPT = "UPDATE agenda_items SET meeting_id = $2 WHERE pair_id = $1 AND meeting_id IS NULL";
    DELETE = "DELETE FROM agenda_items WHERE id = $1";
    DELETE_OF_MEETING = "DELETE FROM agenda_items WHERE id = $1 AND meeting_id = $2 AND part IS NOT NULL";
}

#[derive(FromRow)]
struct ItemRow {
    id: Uuid,
    pair_id: Uuid,
    meeting_id: Option<Uuid>,
    part: Option<String>,
    author_id: Uuid,
    body: Vec<u8>,
    source: Option<Vec<u8>>,
    created_at: DateTime<Utc>,
    first_meant_for: Option<DateTime<Utc>>,
    carried: i32,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "agenda_items", column, row }
}

impl ItemRow {
    fn into_item(self, key: &OwnKey) -> Result<AgendaItem, StoreFailure> {
        let part = match self.part.as_deref() {
            Some(word) => Some(Part::from_word(word).ok_or(StoreFailure::Unexpected("agenda_items.part"))?),
            None => None,
        };
        let source = match self.source {
            Some(sealed) => SourceLink::parse(key.open(place("source", self.id), &sealed)?.reveal()),
            None => None,
        };
        let meetings = u32::try_from(self.carried).map_err(|_| StoreFailure::Unexpected("agenda_items.carried"))?;
        Ok(AgendaItem {
            id: AgendaItemId(self.id),
            pair: PairId(self.pair_id),
            meeting: self.meeting_id.map(MeetingId),
            part,
            author: PersonId(self.author_id),
            body: key.open(place("body", self.id), &self.body)?,
            source,
            created_at: self.created_at,
            age: self.first_meant_for.filter(|_| meetings > 0).map(|since| Age { since, meetings }),
        })
    }
}

/// Puts an entry on an agenda.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, item: &AgendaItem) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, item.pair).await?;
    let body = key.seal(place("body", item.id.0), &item.body)?;
    let source = item.source.as_ref().map(|link| key.seal(place("source", item.id.0), link.as_text())).transpose()?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(item.id.0)
            .bind(item.pair.0)
            .bind(item.meeting.map(|meeting| meeting.0))
            .bind(item.part.map(Part::word))
            .bind(item.author.0)
            .bind(&body)
            .bind(source.as_deref())
            .bind(item.created_at)
            .bind(item.age.map(|age| age.since))
            .bind(carried(item.age)?)
    )?;
    Ok(())
}

fn carried(age: Option<Age>) -> Result<i32, StoreFailure> {
    i32::try_from(age.map_or(0, |age| age.meetings)).map_err(|_| StoreFailure::Unexpected("agenda_items.carried"))
}

/// The entries on a meeting's agenda, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_meeting(tx: &mut Tx, meeting: &Meeting) -> Result<Entries, StoreFailure> {
    let rows: Vec<ItemRow> =
        on!(tx, connection => sqlx::query_as(OF_MEETING).bind(meeting.id.0).fetch_all(connection))?;
    opened(tx, meeting.pair, rows).await
}

/// The entries that wait for a pair's next meeting, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(tx: &mut Tx, pair: PairId) -> Result<Entries, StoreFailure> {
    let rows: Vec<ItemRow> = on!(tx, connection => sqlx::query_as(WAITING).bind(pair.0).fetch_all(connection))?;
    opened(tx, pair, rows).await
}

async fn opened(tx: &mut Tx, pair: PairId, rows: Vec<ItemRow>) -> Result<Entries, StoreFailure> {
    if rows.is_empty() {
        return Ok(Entries::default());
    }
    let key = pair_keys::get(tx, pair).await?;
    rows.into_iter().map(|row| row.into_item(&key)).collect::<Result<_, _>>().map(Entries)
}

/// Finds an entry with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: AgendaItemId) -> Result<Option<AgendaItemOfPair>, StoreFailure> {
    let row: Option<ItemRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(row) = row else { return Ok(None) };
    let pair = PairId(row.pair_id);
    let item = row.into_item(&pair_keys::get(tx, pair).await?)?;
    let of = pairs::find(tx, pair).await?.ok_or(StoreFailure::Unexpected("agenda_items.pair_id"))?;
    Ok(Some(AgendaItemOfPair { item, of }))
}

/// How many entries somebody put on their own agenda for this very meeting; what was carried on and the other's points do not
/// count.
///
/// # Errors
/// When the database fails.
pub async fn prepared(tx: &mut Tx, meeting: MeetingId, by: PersonId) -> Result<usize, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(PREPARED).bind(meeting.0).bind(by.0).fetch_one(connection))?;
    usize::try_from(count).map_err(|_| StoreFailure::Unexpected("agenda_items"))
}

/// Puts an entry under another part.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is gone.
pub async fn set_part(tx: &mut Tx, id: AgendaItemId, part: Part) -> Result<(), StoreFailure> {
    one_row(changed!(tx, sqlx::query(SET_PART).bind(id.0).bind(part.word()))?, "the entry's part")
}

/// Keeps what an entry of a meeting says now; one that was moved away or taken off meanwhile stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn set_body(tx: &mut Tx, item: &AgendaItem, meeting: MeetingId) -> Result<(), StoreFailure> {
    let body = pair_keys::get(tx, item.pair).await?.seal(place("body", item.id.0), &item.body)?;
    changed!(tx, sqlx::query(SET_BODY).bind(item.id.0).bind(meeting.0).bind(&body))?;
    Ok(())
}

/// Takes an entry off a meeting's agenda; one that was moved away meanwhile stays.
///
/// # Errors
/// When the database fails.
pub async fn delete_of(tx: &mut Tx, id: AgendaItemId, meeting: MeetingId) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(DELETE_OF_MEETING).bind(id.0).bind(meeting.0))?;
    Ok(())
}

/// Takes an entry off, wherever it is.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it is gone.
pub async fn delete(tx: &mut Tx, id: AgendaItemId) -> Result<(), StoreFailure> {
    one_row(changed!(tx, sqlx::query(DELETE).bind(id.0))?, "the entry")
}

/// Carries an entry from a meeting to another, or to the one that is not on the calendar yet; it is older then.
///
/// # Errors
/// When the database fails.
pub async fn carry(tx: &mut Tx, item: &AgendaItem, from: &Meeting, to: Option<MeetingId>) -> Result<(), StoreFailure> {
    let age = Age::carried_from(item.age, from.starts_at);
    changed!(
        tx,
        sqlx::query(CARRY)
            .bind(item.id.0)
            .bind(from.id.0)
            .bind(to.map(|meeting| meeting.0))
            .bind(age.since)
            .bind(carried(Some(age))?)
    )?;
    Ok(())
}

/// A meeting is on the calendar: what waited for the pair's next one is on its agenda.
///
/// # Errors
/// When the database fails.
pub async fn adopt(tx: &mut Tx, meeting: &Meeting) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(ADOPT).bind(meeting.pair.0).bind(meeting.id.0))?;
    Ok(())
}
