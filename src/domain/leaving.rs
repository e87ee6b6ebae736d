//! Leaving: how often somebody takes their data along, what being forgotten leaves behind, and how long a place is kept for
//! somebody whose account is switched off.
//!
//! Owns: the spans, the word that has to be typed, and the counts that are shown. Must not: know how anything is erased.

use chrono::{DateTime, TimeDelta, Utc};

use super::identifiers::PersonId;
use super::pairs::{PairOfPeople, PairState};
use super::people::{Person, SlackIdentity};
use super::reminders::{MessageKind, Owed};
use uuid::Uuid;

/// How long a pair waits for somebody whose account is switched off.
pub const RETURN_WITHIN: TimeDelta = TimeDelta::days(7);
/// Between two exports of one person.
pub const EXPORT_EVERY: TimeDelta = TimeDelta::hours(24);
/// What has to be typed before anything is erased.
pub const FORGET_WORD: &str = "forget";
/// The name in the place of the one that is gone.
pub const SOMEBODY_WHO_LEFT: &str = "somebody who left";
/// The workspace in the place of the one that is gone; no workspace of Slack has such an id.
const NOWHERE: &str = "forgotten";
/// How long a file or a receipt is worth sending.
const WINDOW: TimeDelta = TimeDelta::days(2);
/// How long the word that somebody left is worth telling.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

/// How much is kept of one pair, in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Meetings, with when they were and how they went.
    pub meetings: i64,
    /// Entries on agendas.
    pub agendas: i64,
    /// Homework.
    pub homework: i64,
    /// Goals.
    pub goals: i64,
    /// Wins.
    pub wins: i64,
    /// Versions of the agreement.
    pub agreements: i64,
    /// Reviews.
    pub reviews: i64,
    /// Those of the two who left words at the end.
    pub finish_words: i64,
}

/// What was erased, in pieces, and what stays with others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Pairs that went on until then.
    pub pairs_ended: i64,
    /// Pairs that stay readable to the other half.
    pub pairs_kept: i64,
    /// Pairs of which nobody is left.
    pub pairs_erased: i64,
    /// Entries on agendas.
    pub agendas: i64,
    /// Homework.
    pub homework: i64,
    /// Goals.
    pub goals: i64,
    /// Wins.
    pub wins: i64,
}

/// Whether an export may be asked for, after the last one.
///
/// # Errors
/// When the next one may.
pub fn may_export(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
    match last.map(|last| last + EXPORT_EVERY) {
        Some(next) if now < next => Err(next),
        _ => Ok(()),
    }
}

/// Whether what was typed is the word; people put it in quotes, and keyboards begin with a capital.
pub fn is_the_word(typed: &str) -> bool {
    let word = typed.trim().trim_matches(|character: char| !character.is_alphanumeric());
    word.eq_ignore_ascii_case(FORGET_WORD)
}

impl Person {
    /// Whether this is what is left of somebody who was forgotten.
    pub fn is_forgotten(&self) -> bool {
        self.slack.team_id == NOWHERE
    }

    /// Who somebody is in Slack once they are forgotten: nobody.
    pub fn nobody(id: PersonId) -> SlackIdentity {
        SlackIdentity { team_id: NOWHERE.to_owned(), user_id: id.to_string() }
    }
}

impl PairOfPeople {
    /// Who of the two is not here.
    pub fn gone(&self) -> impl Iterator<Item = &Person> {
        [&self.mentee, &self.mentor].into_iter().filter(|person| person.deactivated)
    }
}

impl Owed {
    /// The two files of an export, for whoever asked for it.
    pub fn export(export: Uuid, to: PersonId, now: DateTime<Utc>) -> [Self; 2] {
        [MessageKind::ExportText, MessageKind::ExportJson].map(|kind| Self {
            kind,
            subject: export,
            occasion: None,
            to,
            due_at: now,
            until: now + WINDOW,
        })
    }

    /// The last message to somebody who was forgotten.
    pub fn receipt(erasure: Uuid, to: PersonId, now: DateTime<Utc>) -> Self {
        Self { kind: MessageKind::Receipt, subject: erasure, occasion: None, to, due_at: now, until: now + WINDOW }
    }

    /// That the other half has left the workspace, at a time at which `to` works.
    pub fn person_left(of: &PairOfPeople, to: PersonId, due_at: DateTime<Utc>) -> Self {
        let (kind, subject) = (MessageKind::PersonLeft, of.pair.id.0);
        Self { kind, subject, occasion: None, to, due_at, until: due_at + NEWS_WINDOW }
    }
}

/// Whether the word that somebody left is still worth telling.
pub fn still_owed_about_leaving(of: &PairOfPeople, to: PersonId) -> bool {
    of.pair.state == PairState::Ended && !of.half(to).deactivated
}
