//! What is owed because of a calendar: "it starts soon", and news of a meeting whose place or hour changed.
//!
//! Owns: when each is due. Must not: know the words of a message or how it travels.

use chrono::{DateTime, TimeDelta, Utc};

use super::meetings::MeetingOfPair;
use super::people::Person;
use super::reminders::{MessageKind, Owed};
use super::working_time::WorkingTime;

/// When each half who wants it hears that the meeting starts soon: only inside their working hours, and not about a time
/// that was chosen later than that.
pub fn starting_soon<'a>(
    of: &'a MeetingOfPair,
    programme: &'a WorkingTime,
) -> impl Iterator<Item = (DateTime<Utc>, &'a Person)> {
    [&of.of.mentee, &of.of.mentor].into_iter().filter_map(move |half| {
        let working = half.working_time(programme);
        let minutes = working.leads.starting_soon_minutes;
        let at = of.meeting.starts_at - TimeDelta::minutes(minutes.into());
        (minutes > 0 && at > of.meeting.planned_at && working.contains(at)).then_some((at, half))
    })
}

/// Whether a meeting that stays has come to lie outside somebody's working hours with another zone.
pub fn is_odd_hour(at: DateTime<Utc>, before: &WorkingTime, after: &WorkingTime) -> bool {
    let is_odd = |working: &WorkingTime| {
        let local = at.with_timezone(&working.zone).time();
        !(working.from..working.until).contains(&local)
    };
    !is_odd(before) && is_odd(after)
}

impl Owed {
    /// News of a meeting that nobody changed by hand, for one half: in their working hours, or at once where they would
    /// otherwise come in vain. `was_at` is when the meeting was to start before.
    pub fn calendar_news(
        kind: MessageKind,
        of: &MeetingOfPair,
        to: &Person,
        was_at: DateTime<Utc>,
        programme: &WorkingTime,
        now: DateTime<Utc>,
    ) -> Self {
        let meeting = &of.meeting;
        let opens = to.working_time(programme).next_open(now);
        let due_at = if opens < was_at.min(meeting.starts_at) { opens } else { now };
        Self { kind, subject: meeting.id.0, occasion: meeting.occasion(), to: to.id, due_at, until: meeting.starts_at }
    }
}
