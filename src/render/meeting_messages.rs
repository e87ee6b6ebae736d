//! "Did you meet?", and what it turns into once it is answered.

use crate::domain::identifiers::PersonId;
use crate::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use crate::domain::reminders::MessageKind;
use crate::render::controls::{MOVE, NOT_YET, SKIPPED, WE_MET};
use crate::render::words::{homework_count, mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, message, section};

/// What is known besides when a message about a meeting is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Besides<'a> {
    /// Homework that is open.
    pub open_homework: usize,
    /// The pair's next meeting, while it can be moved.
    pub next: Option<&'a Meeting>,
}

/// Draws a message that asks somebody about a meeting.
pub fn draw(kind: MessageKind, of: &MeetingOfPair, to: PersonId, besides: Besides<'_>) -> Outgoing {
    let meeting = &of.meeting;
    let other = of.of.other(to);
    let with = mention(other);
    let blocks: Blocks = match meeting.state {
        MeetingState::Planned if meeting.not_yet_at.is_some() && kind == MessageKind::DidYouMeet => {
            vec![section(&Markup::words("Not yet. I will ask once more in two days."))]
        }
        MeetingState::Planned => {
            let question = Markup::words("Did you meet ").piece(&with).and("?\n").piece(&when(meeting.starts_at));
            let mut buttons = vec![WE_MET.primary_on(meeting.id)];
            // Asked once more, there is no third time.
            if kind == MessageKind::DidYouMeet {
                buttons.push(NOT_YET.on(meeting.id));
            }
            buttons.push(SKIPPED.on(meeting.id));
            vec![section(&question), actions(buttons)]
        }
        MeetingState::Held => {
            let line = Markup::words("You met ").piece(&with).and(", ").piece(&when(meeting.starts_at)).and(".");
            let line = match homework_count(besides.open_homework) {
                Some(open) => line.and("\nUntil next time: ").piece(&open).and("."),
                None => line,
            };
            match besides.next {
                Some(next) => vec![
                    section(&line.and("\nNext meeting: ").piece(&when(next.starts_at)).and(".")),
                    actions([MOVE.on(next.id)]),
                ],
                None => vec![section(&line)],
            }
        }
        MeetingState::Skipped => {
            vec![section(&Markup::words("Skipped this one with ").piece(&with).and(". The rhythm stays."))]
        }
        MeetingState::Missed => {
            vec![section(&Markup::words("This meeting with ").piece(&with).and(" counts as missed. The rhythm stays."))]
        }
        MeetingState::Moved => vec![section(&Markup::words("This meeting with ").piece(&with).and(" was moved."))],
    };
    message(format!("Did you meet {}?", name(other)), blocks)
}
