//! Messages about an agenda. What it says stays behind a button; here is only how much there is.

use chrono::{DateTime, Utc};

use crate::domain::meetings::{MeetingOfPair, MeetingState};
use crate::domain::reminders::MessageKind;
use crate::render::controls::{EDIT_AGENDA, LEAVE_OUT, MOVE, OPEN_AGENDA, PREPARE};
use crate::render::words::{counted, homework_count, mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, message, section};

/// How much there is on an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgendaSize {
    /// Parts that say something.
    pub parts: usize,
    /// Homework that is carried to this meeting.
    pub homework: usize,
    /// Something was put there for this very meeting, not only carried on.
    pub prepared: bool,
}

impl AgendaSize {
    fn words(self) -> Markup {
        let parts = counted(self.parts, "part", "parts");
        match homework_count(self.homework) {
            Some(homework) => parts.and(", ").piece(&homework),
            None => parts,
        }
    }
}

/// Draws a message about a meeting's agenda.
pub fn draw(kind: MessageKind, of: &MeetingOfPair, size: AgendaSize, now: DateTime<Utc>) -> Outgoing {
    match kind {
        MessageKind::AgendaNotice | MessageKind::AgendaLate => for_mentor(of, size, now),
        MessageKind::AgendaNudge => for_mentee(of, size, now, "Last call for your agenda"),
        _ => for_mentee(of, size, now, "Prepare your agenda"),
    }
}

fn for_mentee(of: &MeetingOfPair, size: AgendaSize, now: DateTime<Utc>, headline: &'static str) -> Outgoing {
    let meeting = &of.meeting;
    let with = mention(&of.of.mentor);
    let text = format!("{headline} for {}", name(&of.of.mentor));
    let mut blocks: Blocks = Vec::new();
    if meeting.takes_agenda(now) && size.prepared {
        let line = Markup::words("Your agenda for ").piece(&with).and(" is ready: ").piece(&size.words());
        blocks.push(section(&line.and(".\n").piece(&when(meeting.starts_at))));
        blocks.push(actions([EDIT_AGENDA.on(meeting.id)]));
    } else if meeting.takes_agenda(now) {
        let mut line =
            Markup::default().bold(headline).and(" for ").piece(&with).and(", ").piece(&when(meeting.starts_at));
        if let Some(open) = homework_count(size.homework) {
            line = line.and("\nComing back: ").piece(&open);
        }
        if size.parts > 0 {
            line = line.and("\nCarried over: ").piece(&counted(size.parts, "part", "parts"));
        }
        blocks.push(section(&line.and("\nFive short parts; even one helps.")));
        let mut buttons = vec![PREPARE.primary_on(meeting.id)];
        if meeting.may_change(now).is_ok() {
            buttons.extend([MOVE.on(meeting.id), LEAVE_OUT.on(meeting.id)]);
        }
        blocks.push(actions(buttons));
    } else {
        blocks.push(section(&outcome(of, &with)));
    }
    message(text, blocks)
}

fn for_mentor(of: &MeetingOfPair, size: AgendaSize, now: DateTime<Utc>) -> Outgoing {
    let meeting = &of.meeting;
    let with = mention(&of.of.mentee);
    let text = if !meeting.takes_agenda(now) {
        format!("Your meeting with {}", name(&of.of.mentee))
    } else if size.parts > 0 {
        format!("The agenda with {} is ready", name(&of.of.mentee))
    } else {
        format!("No agenda yet from {}", name(&of.of.mentee))
    };
    let mut blocks: Blocks = Vec::new();
    if !meeting.takes_agenda(now) {
        blocks.push(section(&outcome(of, &with)));
    } else if size.parts > 0 {
        let line = Markup::words("The agenda with ").piece(&with).and(" is ready: ").piece(&size.words());
        blocks.push(section(&line.and(".\n").piece(&when(meeting.starts_at))));
        blocks.push(actions([OPEN_AGENDA.primary_on(meeting.id)]));
    } else {
        blocks.push(section(
            &Markup::words("No agenda yet from ").piece(&with).and(" for ").piece(&when(meeting.starts_at)).and("."),
        ));
    }
    message(text, blocks)
}

fn outcome(of: &MeetingOfPair, with: &Markup) -> Markup {
    let how = match of.meeting.state {
        MeetingState::Planned => "Your meeting with ",
        MeetingState::Held => "You met ",
        MeetingState::Missed => "You missed your meeting with ",
        MeetingState::Skipped => "You skipped your meeting with ",
        MeetingState::Moved => "You moved your meeting with ",
    };
    Markup::words(how).piece(with).and(", ").piece(&when(of.meeting.starts_at)).and(".")
}
