//! Messages about an agenda. What it says stays behind a button; here is only how much there is.

use chrono::{DateTime, Utc};

use crate::domain::identifiers::PersonId;
use crate::domain::meetings::{MeetingOfPair, MeetingState};
use crate::domain::pairs::PairKind;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{EDIT_AGENDA, LEAVE_OUT, MOVE, OPEN_AGENDA, PREPARE};
use crate::render::words::{counted, homework_count, mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Button, Markup, actions, message, section};

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

/// Draws a message about a meeting's agenda for somebody; `size` is that of the agenda it speaks of.
pub fn draw(kind: MessageKind, of: &MeetingOfPair, to: PersonId, size: AgendaSize, now: DateTime<Utc>) -> Outgoing {
    match kind {
        MessageKind::AgendaNotice | MessageKind::AgendaLate => for_reader(of, of.of.other(to), size, now),
        MessageKind::AgendaNudge => for_preparer(of, of.of.other(to), size, now, "Last call for your agenda"),
        _ => for_preparer(of, of.of.other(to), size, now, "Prepare your agenda"),
    }
}

fn for_preparer(
    of: &MeetingOfPair,
    other: &Person,
    size: AgendaSize,
    now: DateTime<Utc>,
    headline: &'static str,
) -> Outgoing {
    let meeting = &of.meeting;
    let with = mention(other);
    let text = format!("{headline} for {}", name(other));
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

fn for_reader(of: &MeetingOfPair, other: &Person, size: AgendaSize, now: DateTime<Utc>) -> Outgoing {
    let meeting = &of.meeting;
    let with = mention(other);
    let text = if !meeting.takes_agenda(now) {
        format!("Your meeting with {}", name(other))
    } else if size.parts > 0 && of.of.pair.is_of_peers() {
        format!("{} has prepared an agenda", name(other))
    } else if size.parts > 0 {
        format!("The agenda with {} is ready", name(other))
    } else {
        format!("No agenda yet from {}", name(other))
    };
    let mut blocks: Blocks = Vec::new();
    if !meeting.takes_agenda(now) {
        blocks.push(section(&outcome(of, &with)));
    } else if size.parts > 0 {
        let line = match of.of.pair.is_of_peers() {
            true => with.and(" has prepared: "),
            false => Markup::words("The agenda with ").piece(&with).and(" is ready: "),
        };
        blocks.push(section(&line.piece(&size.words()).and(".\n").piece(&when(meeting.starts_at))));
        let mut buttons = vec![OPEN_AGENDA.primary_on(meeting.id)];
        buttons.extend(change_from_here(of, now));
        blocks.push(actions(buttons));
    } else {
        blocks.push(section(
            &Markup::words("No agenda yet from ").piece(&with).and(" for ").piece(&when(meeting.starts_at)).and("."),
        ));
        let buttons = change_from_here(of, now);
        if !buttons.is_empty() {
            blocks.push(actions(buttons));
        }
    }
    message(text, blocks)
}

/// The buttons that move or skip a meeting, for a mentor outside: commands and Home are not theirs.
fn change_from_here(of: &MeetingOfPair, now: DateTime<Utc>) -> Vec<Button> {
    let outside = of.of.pair.kind == PairKind::External && of.meeting.may_change(now).is_ok();
    if outside { vec![MOVE.on(of.meeting.id), LEAVE_OUT.on(of.meeting.id)] } else { Vec::new() }
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
