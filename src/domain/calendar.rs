//! What the calendars of a pair's two people should show, slot by slot of its rhythm.
//!
//! Owns: how far ahead, and what has changed since they were told last. Must not: know how a calendar is told (see
//! `mail::ics`), or anything of what a pair writes.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::meetings::{Meeting, MeetingState, next_place};
use super::pairs::{Pair, PairState};
use super::working_time::WorkingTime;

/// How far ahead calendars are filled: half a year, after which a pair looks at itself anyway.
pub const REACH: TimeDelta = TimeDelta::days(182);
/// The most meetings ahead.
pub const MOST: usize = 26;

/// One slot of a pair's rhythm as calendars should show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The rhythm's own moment: with the pair, the entry's identity.
    pub slot_at: DateTime<Utc>,
    /// When the meeting starts.
    pub starts_at: DateTime<Utc>,
    /// How long it takes, in minutes.
    pub length_minutes: u16,
    /// It does not take place.
    pub cancelled: bool,
    /// The pair's calendar revision at its last change; grows with every change.
    pub revision: u32,
    /// When it was put there or changed last.
    pub changed_at: DateTime<Utc>,
}

/// The entries that are new or different, as of `revision`, the earliest slot first. `both` are when the two work,
/// `planned` are the pair's meetings
/// without an outcome, `last_slot` its latest slot on the calendar whatever became of it, `told` all that calendars were
/// told. What has begun stays as it is.
pub fn changes(
    pair: &Pair,
    both: &[WorkingTime; 2],
    planned: &[Meeting],
    last_slot: Option<DateTime<Utc>>,
    told: &[Entry],
    revision: u32,
    now: DateTime<Utc>,
) -> Vec<Entry> {
    let wanted = wanted(pair, both, planned, last_slot, told, now);
    let known: BTreeMap<DateTime<Utc>, &Entry> = told.iter().map(|entry| (entry.slot_at, entry)).collect();
    let mut changes: Vec<Entry> = wanted
        .iter()
        .map(|(slot_at, (starts_at, length_minutes))| Entry {
            slot_at: *slot_at,
            starts_at: *starts_at,
            length_minutes: *length_minutes,
            cancelled: false,
            revision,
            changed_at: now,
        })
        .filter(|entry| known.get(&entry.slot_at).is_none_or(|told| !shows_the_same(told, entry)))
        .collect();
    let left_out =
        told.iter().filter(|told| !told.cancelled && told.starts_at > now && !wanted.contains_key(&told.slot_at));
    changes.extend(left_out.map(|told| Entry { cancelled: true, revision, changed_at: now, ..told.clone() }));
    changes.sort_by_key(|entry| entry.slot_at);
    changes
}

fn shows_the_same(one: &Entry, other: &Entry) -> bool {
    (one.starts_at, one.length_minutes, one.cancelled) == (other.starts_at, other.length_minutes, other.cancelled)
}

/// Start and length of every meeting to come, by slot: those on the pair's calendar, and those that its rhythm promises
/// as far as calendars have been filled; half a year when there is nothing to come in them, or the next is beyond that.
fn wanted(
    pair: &Pair,
    both: &[WorkingTime; 2],
    planned: &[Meeting],
    last_slot: Option<DateTime<Utc>>,
    told: &[Entry],
    now: DateTime<Utc>,
) -> BTreeMap<DateTime<Utc>, (DateTime<Utc>, u16)> {
    let Some(rhythm) = pair.rhythm.as_ref().filter(|_| pair.state == PairState::Active) else {
        return BTreeMap::new();
    };
    let planned: Vec<&Meeting> = planned.iter().filter(|meeting| meeting.state == MeetingState::Planned).collect();
    let mut wanted: BTreeMap<_, _> = planned
        .iter()
        .filter(|meeting| meeting.starts_at > now)
        .map(|meeting| (meeting.slot_at, (meeting.starts_at, meeting.length_minutes)))
        .collect();
    let filled = told.iter().filter(|entry| !entry.cancelled && entry.starts_at > now).map(|entry| entry.slot_at).max();
    let reaches = |filled: &DateTime<Utc>| planned.iter().all(|meeting| meeting.slot_at <= *filled);
    let until = filled.filter(reaches).unwrap_or(now + REACH);
    let last = planned.iter().map(|meeting| meeting.slot_at).max().or(last_slot).unwrap_or(now).max(now);
    let mut next = next_place(rhythm, both, last);
    while let Some((slot, at)) = next.filter(|(slot, _)| *slot <= until && wanted.len() < MOST) {
        wanted.insert(slot, (at, rhythm.length_minutes));
        next = next_place(rhythm, both, slot);
    }
    wanted
}
