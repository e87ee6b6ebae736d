//! The forms that move one meeting or leave it out, and what the other half of the pair is told.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::meetings::MeetingOfPair;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{LEAVE_OUT, MOVE, forms};
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Input, Markup, actions, context, date_input, message, modal, section, time_input};

/// The new day, YYYY-MM-DD.
pub const DATE: &str = "date";
/// The new time of day, HH:MM.
pub const TIME: &str = "time";

const THE_OTHERS_STAY: &str = "The other meetings stay where they are.";

/// Another day and time, on the clock of whoever moves it.
pub fn move_meeting(of: &MeetingOfPair, me: &Person) -> Value {
    let local = of.meeting.starts_at.with_timezone(&me.zone());
    let input = |field, label| Input { field, label, hint: None, optional: false };
    let zone = Markup::words("On your clock (").text(me.zone().name()).and("). ").and(THE_OTHERS_STAY);
    let blocks: Blocks = vec![
        section(&with_whom(of, me)),
        date_input(input(DATE, "Day"), Some(local.date_naive())),
        time_input(input(TIME, "Time"), local.time()),
        context(&zone),
    ];
    modal(forms::MOVE, "Move this one", Some("Move"), of.meeting.id.to_string(), blocks)
}

/// Whether to leave it out.
pub fn leave_out(of: &MeetingOfPair, me: &Person) -> Value {
    let other = of.of.other(me.id);
    let blocks: Blocks =
        vec![section(&with_whom(of, me)), section(&mention(other).and(" is told. ").and(THE_OTHERS_STAY))];
    modal(forms::LEAVE_OUT, "Skip this one?", Some("Skip this one"), of.meeting.id.to_string(), blocks)
}

fn with_whom(of: &MeetingOfPair, me: &Person) -> Markup {
    Markup::words("Your meeting with ").piece(&mention(of.of.other(me.id))).and(", ").piece(&when(of.meeting.starts_at))
}

/// What the other half is told; `to` is the reader.
pub fn told(kind: MessageKind, of: &MeetingOfPair, to: &Person, now: DateTime<Utc>) -> Outgoing {
    let by = of.of.other(to.id);
    let meeting = &of.meeting;
    if kind == MessageKind::MeetingLeftOut {
        let line = mention(by).and(" leaves out your meeting, ").piece(&when(meeting.starts_at)).and(".\n");
        let text = format!("{} leaves out one meeting", name(by));
        return message(text, vec![section(&line.and(THE_OTHERS_STAY))]);
    }
    let line = mention(by).and(" moved your meeting: it is now ").piece(&when(meeting.starts_at)).and(".\n");
    let mut blocks: Blocks = vec![section(&line.and(THE_OTHERS_STAY))];
    if meeting.may_change(now).is_ok() {
        blocks.push(actions([MOVE.on(meeting.id), LEAVE_OUT.on(meeting.id)]));
    }
    message(format!("{} moved your meeting", name(by)), blocks)
}
