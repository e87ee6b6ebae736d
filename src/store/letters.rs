//! What a letter says, gathered from where each thing is kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::outbox::queue::{self, Message};
use super::statements::statements;
use super::{agenda, agenda_items, calendars, contacts, homework, meetings, pairs, pauses, screens};
use crate::domain::agenda::Agenda;
use crate::domain::agenda_items::Entries;
use crate::domain::calendar::Entry;
use crate::domain::contacts::{Contact, NotPosted};
use crate::domain::identifiers::MeetingId;
use crate::domain::letters::{Letter, ToForward};
use crate::domain::meetings::Meeting;
use crate::domain::pairs::{PairOfPeople, Role};
use crate::domain::reminders::MessageKind;

statements! {
    WHY = "SELECT reason FROM outbox WHERE id = $1";
    FAILED = "SELECT id FROM outbox WHERE person_id = $1 AND state = 'dropped' AND until_at > $2
        AND reason IN ('refused', 'unreachable', 'nobody_to_answer') ORDER BY due_at, id";
    AGAIN = "UPDATE outbox SET state = 'pending', reason = NULL, settled_at = NULL, not_before = $2, due_at = $2
        WHERE id = $1 AND state = 'dropped'";
    EXISTS = "SELECT COUNT(*) FROM outbox WHERE id = $1";
}

/// Reads the letter that an outbox row to a contact is, as of now. `None` when rows of this kind are no letters.
///
/// # Errors
/// When the database fails.
pub async fn of_message(
    tx: &mut Tx,
    message: &Message,
    contact: &Contact,
    now: DateTime<Utc>,
) -> Result<Option<Letter>, StoreFailure> {
    let of = pairs::find(tx, contact.pair).await?.ok_or(StoreFailure::Unexpected("contacts.pair_id"))?;
    let told = calendars::told(tx, contact.pair).await?;
    let mut letter = Letter {
        kind: message.kind,
        of,
        meeting: None,
        agenda: Agenda::default(),
        entries: Entries::default(),
        homework: Vec::new(),
        until: None,
        aim: None,
        entry: None,
    };
    match message.kind {
        MessageKind::FirstLetter | MessageKind::RhythmLetter => {
            letter.meeting = next_meeting(tx, &letter.of, now).await?;
            letter.entry = entry_of(&told, letter.meeting.as_ref());
            let says_aim = contact.sends_aim && message.kind == MessageKind::FirstLetter;
            letter.aim = says_aim.then(|| letter.of.pair.aim.clone());
        }
        MessageKind::AgendaNotice
        | MessageKind::AgendaLate
        | MessageKind::InvitationLetter
        | MessageKind::MeetingMoved
        | MessageKind::MeetingLeftOut
        | MessageKind::MeetingPlacedAnew
        | MessageKind::MeetingFellOut => {
            let Some(found) = meetings::find(tx, MeetingId(message.subject)).await? else { return Ok(None) };
            letter.entry = entry_of(&told, Some(&found.meeting));
            if matches!(message.kind, MessageKind::AgendaNotice | MessageKind::AgendaLate) {
                letter.agenda = agenda::get(tx, &found.meeting, Role::Mentee).await?;
                let entries = agenda_items::of_meeting(tx, &found.meeting).await?;
                letter.entries = entries.on_agenda_of(letter.of.mentee.id);
                letter.homework = homework::carried(tx, letter.of.pair.id).await?;
            }
            letter.meeting = Some(found.meeting);
        }
        MessageKind::PairPaused => {
            letter.until = pauses::find(tx, message.subject).await?.map(|(pause, _)| pause.until);
            letter.entry = taken_back(&told, now);
        }
        MessageKind::PairEnded | MessageKind::WithdrawalLetter => letter.entry = taken_back(&told, now),
        _ => return Ok(None),
    }
    Ok(Some(letter))
}

async fn next_meeting(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<Option<Meeting>, StoreFailure> {
    let planned = meetings::without_outcome(tx, of.pair.id).await?;
    Ok(planned.into_iter().find(|meeting| meeting.starts_at > now))
}

fn entry_of(told: &[Entry], meeting: Option<&Meeting>) -> Option<Entry> {
    let slot_at = meeting?.slot_at;
    told.iter().find(|entry| entry.slot_at == slot_at).cloned()
}

/// The entry that a mentor was invited to and is not any more: they are invited to the next meeting only.
fn taken_back(told: &[Entry], now: DateTime<Utc>) -> Option<Entry> {
    let latest = told.iter().map(|entry| entry.revision).max()?;
    let gone = |entry: &&Entry| entry.cancelled && entry.revision == latest && entry.starts_at > now;
    told.iter().find(gone).cloned()
}

/// Finds such a letter by its row.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: Uuid, now: DateTime<Utc>) -> Result<Option<ToForward>, StoreFailure> {
    let known: i64 = on!(tx, connection => sqlx::query_scalar(EXISTS).bind(id).fetch_one(connection))?;
    if known == 0 {
        return Ok(None);
    }
    let message = queue::get(tx, id).await?;
    let Some(contact) = contacts::find(tx, message.to).await? else { return Ok(None) };
    let why: Option<String> = on!(tx, connection => sqlx::query_scalar(WHY).bind(id).fetch_one(connection))?;
    let why = why.as_deref().and_then(NotPosted::from_word);
    let letter = of_message(tx, &message, &contact, now).await?;
    Ok(letter.map(|letter| ToForward { id, letter, contact, why }))
}

/// What did not go out to a contact because of their address, or of where answers go, is tried again; what is not owed any
/// more, the next attempt finds out.
///
/// # Errors
/// When the database fails.
pub async fn post_again(tx: &mut Tx, contact: &Contact, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(FAILED)
        .bind(contact.person.0).bind(now).fetch_all(connection))?;
    for id in ids {
        changed!(tx, sqlx::query(AGAIN).bind(id).bind(now))?;
        screens::refresh_messages(tx, id, now).await?;
    }
    Ok(())
}
