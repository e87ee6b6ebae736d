//! What is said when a calendar, and nobody by hand, has changed a meeting; and that one starts soon. Never whose day off it was.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::meetings::{MeetingOfPair, MeetingState};
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{LEAVE_OUT, MOVE, OPEN_AGENDA};
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, message, section};

/// Farther away than this a meeting does not start soon: it was moved since.
const SOON: TimeDelta = TimeDelta::minutes(61);
const THE_OTHERS_STAY: &str = "The other meetings stay where they are.";

/// Draws a message about a meeting; `to` is the reader, `has_next` whether another meeting comes after it.
pub fn draw(kind: MessageKind, of: &MeetingOfPair, to: &Person, has_next: bool, now: DateTime<Utc>) -> Outgoing {
    let other = name(of.of.other(to.id));
    let (line, text) = match kind {
        MessageKind::MeetingFellOut => (fell_out(of, to, has_next), format!("Your meeting with {other} is skipped")),
        _ if of.meeting.state == MeetingState::Skipped => {
            (yours(of, to, ", ").and(", is skipped."), format!("Your meeting with {other} is skipped"))
        }
        MessageKind::StartingSoon => return soon(of, to, now),
        MessageKind::MeetingAtOddHour => (odd_hour(of, to), format!("Your meeting with {other} stays where it is")),
        _ => (placed_anew(of, to), format!("Your meeting with {other} is at another time")),
    };
    let mut blocks: Blocks = vec![section(&line)];
    if kind != MessageKind::MeetingFellOut && of.meeting.may_change(now).is_ok() {
        blocks.push(actions([MOVE.on(of.meeting.id), LEAVE_OUT.on(of.meeting.id)]));
    }
    message(text, blocks)
}

fn yours(of: &MeetingOfPair, to: &Person, between: &'static str) -> Markup {
    let with = Markup::words("Your meeting with ").piece(&mention(of.of.other(to.id)));
    with.and(between).piece(&when(of.meeting.starts_at))
}

fn placed_anew(of: &MeetingOfPair, to: &Person) -> Markup {
    let line = yours(of, to, " is now ");
    let line = if of.meeting.starts_at == of.meeting.slot_at {
        line.and(", where it belongs: that is no day off any more.\n")
    } else {
        line.and(": it fell on a day off.\n")
    };
    line.and(THE_OTHERS_STAY)
}

fn fell_out(of: &MeetingOfPair, to: &Person, has_next: bool) -> Markup {
    if !has_next {
        return yours(of, to, ", ")
            .and(", is skipped: it fell on a day off, and as yet there is no day to come on which you could meet.\n")
            .and("What stood on its agenda waits. Once there is such a day, your next meeting is planned.");
    }
    yours(of, to, ", ")
        .and(", is skipped: it fell on a day off, and there is no other day before your next one.\n")
        .and("What stood on its agenda is on the next one. ")
        .and(THE_OTHERS_STAY)
}

fn odd_hour(of: &MeetingOfPair, to: &Person) -> Markup {
    let at = of.meeting.starts_at;
    let agreed = of.of.pair.rhythm.as_ref().map_or(chrono_tz::Tz::UTC, |rhythm| rhythm.zone);
    let clock = |zone: chrono_tz::Tz| at.with_timezone(&zone).format("%H:%M").to_string();
    let city = agreed.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
    Markup::words("Your meeting with ")
        .piece(&mention(of.of.other(to.id)))
        .and(" stays at ")
        .text(&clock(agreed))
        .and(" in ")
        .text(&city)
        .and(", which is ")
        .text(&clock(to.zone()))
        .and(" for you: ")
        .piece(&when(at))
        .and(".")
}

fn soon(of: &MeetingOfPair, to: &Person, now: DateTime<Utc>) -> Outgoing {
    let meeting = &of.meeting;
    let starts = if (TimeDelta::zero()..=SOON).contains(&(meeting.starts_at - now)) {
        yours(of, to, " starts soon: ")
    } else {
        yours(of, to, ": ")
    };
    let mut blocks: Blocks = vec![section(&starts.and("."))];
    if meeting.takes_agenda(now) {
        blocks.push(actions([OPEN_AGENDA.on(meeting.id)]));
    }
    message(format!("Your meeting with {} starts soon", name(of.of.other(to.id))), blocks)
}
