//! Carrying on what was not covered: from one meeting's agenda to the next one's, a meeting older each time.
//!
//! The agenda that is over stays as it was. When the next meeting is not on the calendar yet, what is carried waits for it
//! and is adopted when it is planned.

use chrono::{DateTime, Utc};

use super::db::Tx;
use super::failure::StoreFailure;
use super::{agenda, agenda_items, homework, meetings, screens};
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{Age, AgendaItem};
use crate::domain::identifiers::{AgendaItemId, PairId};
use crate::domain::meetings::{Meeting, MeetingOfPair};
use crate::ids::Ids;

/// What was not covered at a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncovered {
    /// These parts.
    pub parts: Vec<Part>,
    /// The mentor's points.
    pub points: bool,
}

impl Uncovered {
    /// Everything: the meeting did not take place.
    pub fn everything() -> Self {
        Self { parts: Part::ALL.to_vec(), points: true }
    }
}

/// The pair's next meeting that has not begun.
///
/// # Errors
/// When the database fails.
pub async fn next_to_come(tx: &mut Tx, pair: PairId, now: DateTime<Utc>) -> Result<Option<Meeting>, StoreFailure> {
    let planned = meetings::without_outcome(tx, pair).await?;
    Ok(planned.into_iter().find(|meeting| meeting.starts_at > now))
}

/// Carries what was not covered to the pair's next meeting.
///
/// # Errors
/// When the database fails.
pub async fn carry(
    tx: &mut Tx,
    of: &MeetingOfPair,
    uncovered: &Uncovered,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<(), StoreFailure> {
    let from = &of.meeting;
    let next = next_to_come(tx, from.pair, now).await?.filter(|next| next.id != from.id);
    let to = next.as_ref().map(|next| next.id);
    let entries = agenda_items::of_meeting(tx, from).await?;
    for (preparer, _) in of.of.agendas() {
        let by = of.of.pair.preparer(preparer.id);
        let written = agenda::get(tx, from, by.role).await?;
        for (part, text) in written.parts.iter().filter(|(part, _)| uncovered.parts.contains(part)) {
            let item = AgendaItem {
                id: AgendaItemId(ids.ordered(now)),
                pair: from.pair,
                meeting: to,
                part: Some(*part),
                author: by.person,
                body: text.clone(),
                source: None,
                created_at: now,
                age: Some(Age::carried_from(None, from.starts_at)),
            };
            agenda_items::insert(tx, &item).await?;
        }
    }
    let is_uncovered = |part: Option<Part>| part.map_or(uncovered.points, |part| uncovered.parts.contains(&part));
    for item in entries.0.iter().filter(|item| is_uncovered(item.part)) {
        agenda_items::carry(tx, item, from, to).await?;
    }
    if let Some(next) = next {
        if uncovered.parts.contains(&Part::Homework) {
            homework::carry_returned(tx, from.id, next.id).await?;
        }
        screens::refresh_messages(tx, next.id.0, now).await?;
    }
    Ok(())
}
