//! What is owed when names meet: one message to the group, or one to each of them when Slack allows no group.
//!
//! Owns: to whom each is owed and for how long. Must not: know their words, or how a group is opened.

use chrono::{DateTime, Utc};

use super::contacts::NotPosted;
use super::identifiers::{IntroductionId, NominationId, PersonId};
use super::reminders::{MessageKind, NEWS_WINDOW, Owed};

/// The message in which names meet: to the group, owed to the asker, at once.
pub fn names_meet(introduction: IntroductionId, asker: PersonId, now: DateTime<Utc>) -> Owed {
    news(MessageKind::NamesMeet, introduction, asker, now)
}

/// Instead of it, for one of them.
pub fn names_meet_apart(introduction: IntroductionId, to: PersonId, now: DateTime<Utc>) -> Owed {
    news(MessageKind::NamesMeetApart, introduction, to, now)
}

/// The nudge in the thread: owed to the asker, who said that they have not talked yet.
pub fn names_meet_nudge(introduction: IntroductionId, asker: PersonId, due_at: DateTime<Utc>) -> Owed {
    news(MessageKind::NamesMeetNudge, introduction, asker, due_at)
}

fn news(kind: MessageKind, introduction: IntroductionId, to: PersonId, due_at: DateTime<Utc>) -> Owed {
    Owed { kind, subject: introduction.0, occasion: None, to, due_at, until: due_at + NEWS_WINDOW }
}

/// The letter to somebody outside, by e-mail; owed to whoever named them and has clicked. Once, whatever comes of it.
pub fn outside_letter(nomination: NominationId, writer: PersonId, until: DateTime<Utc>, now: DateTime<Utc>) -> Owed {
    Owed { kind: MessageKind::OutsideLetter, subject: nomination.0, occasion: None, to: writer, due_at: now, until }
}

/// That it did not go out, or may not have, for whoever named them, at once.
pub fn outside_letter_failed(nomination: NominationId, writer: PersonId, now: DateTime<Utc>) -> Owed {
    let until = now + NEWS_WINDOW;
    let kind = MessageKind::OutsideLetterFailed;
    Owed { kind, subject: nomination.0, occasion: None, to: writer, due_at: now, until }
}

/// Where the letter to somebody outside stands that was to go by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutsideLetter {
    /// It goes out, or is going.
    OnItsWay,
    /// It is out.
    Out,
    /// It did not go out, or may not have.
    NotOut(NotPosted),
}
