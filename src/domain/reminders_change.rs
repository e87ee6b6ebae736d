//! What is owed at once about one meeting: it was moved or left out, or its agenda came late.
//!
//! Owns: who is told. Must not: know whether it may be changed (see `meetings`).

use chrono::{DateTime, Utc};

use super::identifiers::PersonId;
use super::meetings::MeetingOfPair;
use super::reminders::{MessageKind, Owed};

impl Owed {
    /// What one half of a pair did to a meeting that had not begun, for the other half, at once.
    pub fn meeting_changed(kind: MessageKind, of: &MeetingOfPair, by: PersonId, now: DateTime<Utc>) -> Self {
        Self {
            kind,
            subject: of.meeting.id.0,
            occasion: of.meeting.occasion(),
            to: of.of.other(by).id,
            due_at: now,
            until: of.meeting.starts_at.max(now),
        }
    }

    /// The agenda, for who reads it, at once: the notice went out before there was one.
    pub fn agenda_late(of: &MeetingOfPair, reader: PersonId, now: DateTime<Utc>) -> Self {
        Self {
            kind: MessageKind::AgendaLate,
            subject: of.meeting.id.0,
            occasion: of.meeting.occasion(),
            to: reader,
            due_at: now,
            until: of.meeting.starts_at,
        }
    }
}
