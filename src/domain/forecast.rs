//! What will happen in the weeks to come if nobody does anything: meetings, and the messages around them.
//!
//! Owns: going through the calendar without a clock. Must not: send, keep or change anything.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::identifiers::{MeetingId, PersonId};
use super::meetings::{Meeting, MeetingOfPair};
use super::pairs::PairOfPeople;
use super::pauses::Pauses;
use super::people::Person;
use super::reminders::{MessageKind, Timetable};
use super::reminders_calendar::starting_soon;
use super::working_time::WorkingTime;

/// Something to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coming {
    /// The pair meets.
    Meeting,
    /// A message to one of the two.
    Message(MessageKind, PersonId),
}

/// When something is to come, and about which meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub coming: Coming,
    /// The start of the meeting it is about.
    pub meeting: DateTime<Utc>,
}

/// What a pair has to expect after `now` and until a moment, in order of time, if no agenda is written and every meeting
/// takes place. `planned` are its meetings without an outcome.
pub fn of_pair(
    of: &PairOfPeople,
    planned: &[Meeting],
    programme: &WorkingTime,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Forecast> {
    let mut meetings: Vec<Meeting> = planned.to_vec();
    if let (Some(rhythm), Some(last)) = (&of.pair.rhythm, planned.iter().max_by_key(|meeting| meeting.slot_at)) {
        let mut last = last.clone();
        let both = of.working_times(programme);
        while let Some(next) = last.following(last.id, rhythm, &both, now).filter(|next| next.starts_at < until) {
            // It is put on the calendar when the one before begins.
            let next = Meeting { planned_at: last.starts_at, ..next };
            meetings.push(next.clone());
            last = next;
        }
    }
    let mut coming: Vec<Forecast> = meetings
        .iter()
        .flat_map(|meeting| around(of, meeting, programme))
        .filter(|one| one.at > now && one.at < until)
        .collect();
    coming.sort_by_key(|one| one.at);
    coming
}

/// What a person hears ahead of several meetings on one day is said with the first of it.
pub fn say_together(coming: &mut [(&PairOfPeople, Forecast)]) {
    let mut first: BTreeMap<(PersonId, NaiveDate), DateTime<Utc>> = BTreeMap::new();
    for (of, one) in coming.iter() {
        if let Some(day) = day_ahead(of, one) {
            first.entry(day).and_modify(|at| *at = one.at.min(*at)).or_insert(one.at);
        }
    }
    for (of, one) in coming {
        if let Some(at) = day_ahead(of, one).and_then(|day| first.get(&day)) {
            one.at = *at;
        }
    }
}

/// Who is told something ahead of a meeting, and on which day of theirs.
fn day_ahead(of: &PairOfPeople, one: &Forecast) -> Option<(PersonId, NaiveDate)> {
    match one.coming {
        Coming::Message(kind, to) if kind.is_said_ahead() => {
            Some((to, one.at.with_timezone(&of.half(to).zone()).date_naive()))
        }
        _ => None,
    }
}

/// What a paused pair has to expect: nothing before it goes on by itself, then as any other. `planned` are its meetings
/// without an outcome.
pub fn of_paused_pair(
    of: &PairOfPeople,
    pauses: &Pauses,
    planned: &[Meeting],
    programme: &WorkingTime,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Forecast> {
    let goes_on_at = pauses.last(of, now).map_or(now, |(_, ends_at)| ends_at);
    let mut meetings: Vec<Meeting> = planned.iter().filter(|meeting| meeting.starts_at > now).cloned().collect();
    if let (true, Some(rhythm)) = (meetings.is_empty(), &of.pair.rhythm) {
        // Only its times are looked at.
        let id = MeetingId(of.pair.id.0);
        meetings.extend(Meeting::by_rhythm(
            id,
            of.pair.id,
            rhythm,
            &of.working_times(programme),
            goes_on_at,
            goes_on_at,
        ));
    }
    of_pair(of, &meetings, programme, goes_on_at, until)
}

fn around(of: &PairOfPeople, meeting: &Meeting, programme: &WorkingTime) -> Vec<Forecast> {
    let of = MeetingOfPair { meeting: meeting.clone(), of: of.clone() };
    let start = meeting.starts_at;
    let soon = starting_soon(&of, programme).map(|(at, to)| (at, MessageKind::StartingSoon, to));
    let message = |at, kind, to: &Person| Forecast { at, coming: Coming::Message(kind, to.id), meeting: start };
    let mut around: Vec<Forecast> = soon.map(|(at, kind, to)| message(at, kind, to)).collect();
    around.push(Forecast { at: start, coming: Coming::Meeting, meeting: start });
    for (preparer, reader) in of.of.agendas() {
        let times = Timetable::between(&of, preparer, reader, programme);
        around.extend([
            message(times.request_at, MessageKind::AgendaRequest, preparer),
            message(times.notice_at, MessageKind::AgendaNotice, reader),
            message(times.report_at, MessageKind::DidYouMeet, preparer),
        ]);
    }
    around
}
