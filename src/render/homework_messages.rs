//! The nudge halfway between two meetings. What the homework says stays behind a button; here is only how much is open.

use chrono::{DateTime, Utc};

use crate::domain::meetings::{MeetingOfPair, MeetingState};
use crate::domain::people::Person;
use crate::render::controls::SEE_HOMEWORK;
use crate::render::words::{homework_count, mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, message, section};

/// Draws the nudge for somebody who has this much open homework.
pub fn draw(of: &MeetingOfPair, reader: &Person, open: usize, now: DateTime<Utc>) -> Outgoing {
    let other = of.of.other(reader.id);
    let with = mention(other);
    let meeting = &of.meeting;
    let to_come = meeting.state == MeetingState::Planned && now < meeting.starts_at;
    let mut blocks: Blocks = Vec::new();
    match homework_count(open).filter(|_| to_come) {
        Some(count) => {
            let line = Markup::words("Halfway to your next meeting with ").piece(&with).and(", ");
            let line = line.piece(&when(meeting.starts_at)).and(": ").piece(&count).and(" of yours ");
            blocks.push(section(&line.and(if open == 1 { "is open." } else { "are open." })));
            blocks.push(actions([SEE_HOMEWORK.on("")]));
        }
        None if to_come => {
            blocks
                .push(section(&Markup::words("Nothing of your homework with ").piece(&with).and(" is open any more.")));
        }
        None => {
            let line = Markup::words("This was about your homework for the meeting with ").piece(&with).and(", ");
            blocks.push(section(&line.piece(&when(meeting.starts_at)).and(".")));
        }
    }
    message(format!("Homework for your next meeting with {}", name(other)), blocks)
}
