//! What is the same about messages of one kind: which are said together, and which say what others say.
//!
//! Owns: these rules. Must not: know when a message is owed (see `reminders`).

use super::reminders::MessageKind;

impl MessageKind {
    /// Whether a message of this kind may go out together with others to the same person: those that time alone owes.
    /// What somebody has just done is news of its own.
    pub fn may_be_said_together(self) -> bool {
        self.is_said_ahead() || matches!(self, Self::DidYouMeet | Self::DidYouMeetAgain | Self::HomeworkNudge)
    }

    /// Whether a message of this kind says nothing that the other, about the same meeting and at the same moment, does not.
    pub fn is_said_by(self, other: Self) -> bool {
        match other {
            Self::AgendaRequest => matches!(self, Self::AgendaNudge | Self::HomeworkNudge),
            Self::DidYouMeet => self == Self::DidYouMeetAgain,
            _ => false,
        }
    }

    /// Whether it comes days ahead of a meeting: an hour earlier on the same day is as good, if that saves a message.
    pub fn is_said_ahead(self) -> bool {
        matches!(self, Self::AgendaRequest | Self::AgendaNotice | Self::AgendaNudge)
    }
}
