//! How long ahead of a meeting people are told: the programme's choice, or their own.
//!
//! Owns: the lead times, their defaults and bounds. Must not: know what is told.

use super::pairs::PairKind;

/// The most working days ahead that somebody can be asked for an agenda, or told about one.
pub const LONGEST_LEAD: u32 = 10;
/// Minutes before a meeting at which "it starts soon" can be told; none is never.
pub const STARTING_SOON: [u32; 4] = [0, 10, 30, 60];

/// How long ahead of a meeting somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leads {
    /// Working days before the meeting at which the agenda is asked for, 1 to [`LONGEST_LEAD`].
    pub agenda_days: u32,
    /// The same in a pair with somebody from outside.
    pub external_agenda_days: u32,
    /// Working days before the meeting at which the mentor is told of the agenda, 1 to [`LONGEST_LEAD`].
    pub notice_days: u32,
    /// Minutes before the meeting at which somebody is told that it starts, one of [`STARTING_SOON`].
    pub starting_soon_minutes: u32,
}

impl Default for Leads {
    /// Two working days, five with somebody from outside; the mentor one; "starting soon" never.
    fn default() -> Self {
        Self { agenda_days: 2, external_agenda_days: 5, notice_days: 1, starting_soon_minutes: 0 }
    }
}

impl Leads {
    /// Working days before a meeting of this kind of pair at which the agenda is asked for.
    pub const fn agenda_days_of(&self, kind: PairKind) -> u32 {
        match kind {
            PairKind::External => self.external_agenda_days,
            PairKind::InOrg | PairKind::Peer => self.agenda_days,
        }
    }
}
